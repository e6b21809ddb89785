// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// What this program does to text that people type: one normal form for storing, one folded form for finding.
namespace teren::domain {

/// Normal form C (Unicode UAX #15), so that equal texts are equal bytes.
/// @return `Invalid` for bytes that are not UTF-8.
Result<std::string> toNfc(std::string_view text);

/// Whether the code point is white space for our purposes: blanks of any width, tabs, line ends.
bool isBlank(char32_t code);

/// Code points in well-formed UTF-8.
std::size_t codePoints(std::string_view text);

/// One line: blanks and line ends run together into single spaces, none at either end, no control characters,
/// and nothing that turns the direction of writing: a name would read as somebody else's.
std::string tidyLine(std::string_view text);

/// Paragraphs: line ends as '\n', no blanks at the end of a line, no empty lines at either end, no other
/// control characters.
std::string tidyText(std::string_view text);

/// A text as it is searched: lower case, without diacritics ("łódź" and "LODZ" are both "lodz"),
/// compatibility forms taken apart.
std::string fold(std::string_view text);

/// A folded text that knows where each of its bytes came from.
struct FoldedText {
    std::string text;
    std::vector<std::size_t>
        origins;  ///< For each byte of `text`, the offset of its code point before folding.
};
FoldedText foldWithOrigins(std::string_view text);

/// The words of a folded text: runs of letters and digits, as the full-text index cuts them.
std::vector<std::string_view> words(std::string_view folded);

}  // namespace teren::domain
