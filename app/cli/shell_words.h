// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/result.h"

#include <string_view>
#include <vector>

namespace teren::cli {

/// Splits a line as a POSIX shell splits words: blanks separate; '…' is literal; "…" keeps blanks and knows
/// \\, \",
/// \$ and \`; a backslash outside quotes takes the next character as it is; # at the start of a word begins a
/// comment. Nothing is expanded; \n inside "…" is a line break, so that a line can hold several paragraphs.
/// @return `Invalid` for a quote that is not closed.
Result<std::vector<std::string>> shellWords(std::string_view line);

}  // namespace teren::cli
