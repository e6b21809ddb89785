// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

namespace teren::cli {

/// What a terminal may be shown of a text that came from elsewhere, so that it can neither steer the terminal
/// nor read as something else than it is: control characters (C0 except line breaks, DEL, C1), and what turns
/// the direction of writing or breaks a line unseen, become blanks. Bytes that are no UTF-8 become '?'.
std::string forTerminal(std::string text);

}  // namespace teren::cli
