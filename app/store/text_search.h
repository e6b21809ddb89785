// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"

namespace teren::store {

/// Finds records whose text holds all words of `text`, the last one as a beginning, whatever the case and the
/// diacritics. A hit names the fields that hold most of the words.
Result<std::vector<TextHit>> searchText(Core& core, const std::string& text, std::size_t limit);

/// What of a value's original text to show for a hit that covers `length` bytes from `start`: one line, cut
/// at code points, with … where it was cut.
std::string snippetAround(std::string_view original, std::size_t start, std::size_t length);

}  // namespace teren::store
