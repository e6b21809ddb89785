// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

namespace teren::cli {

/// What a terminal may be shown of a text that came from elsewhere, so that it can neither steer the terminal
/// nor read as something else than it is: control characters (C0 except line breaks, DEL, C1), and what turns
/// the direction of writing or breaks a line unseen, become blanks. Bytes that are no UTF-8 become '?'.
std::string forTerminal(std::string text);

/// The same JSON value, in which what `forTerminal` takes away is written as \uXXXX, so that a program reads
/// all of it and a terminal obeys none of it. @param json  JSON in UTF-8 with its C0 controls escaped
/// already.
std::string escapedForTerminal(std::string_view json);

}  // namespace teren::cli
