// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/terminal_text.h"

#include "crypto/base/bytes.h"
#include "crypto/base/hex.h"
#include "crypto/base/utf8.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace teren::cli {
namespace {

/// Characters between two of the same length in UTF-8, both included.
struct Range {
    std::string_view first;
    std::string_view last;
};

// NOLINTBEGIN(misc-misleading-bidirectional): escaped, they mislead nobody, and finding them is the purpose.
constexpr std::array kSteering{
    Range{"\xC2\x80", "\xC2\x9F"},          // U+0080 to U+009F: C1 controls
    Range{"\xD8\x9C", "\xD8\x9C"},          // U+061C: a mark of direction
    Range{"\xE2\x80\x8E", "\xE2\x80\x8F"},  // U+200E, U+200F: marks of direction
    Range{"\xE2\x80\xA8", "\xE2\x80\xAE"},  // U+2028 to U+202E: line breaks, embeddings and overrides
    Range{"\xE2\x81\xA6", "\xE2\x81\xA9"},  // U+2066 to U+2069: isolates
};
// NOLINTEND(misc-misleading-bidirectional)

constexpr char kDelete = 0x7f;

bool isControl(char character)
{
    return (static_cast<unsigned char>(character) < 0x20 && character != '\n') || character == kDelete;
}

/// How many bytes at the beginning of `text` steer; 0 if none do.
std::size_t steeringAt(std::string_view text)
{
    for (const Range& range : kSteering) {
        const std::string_view here = text.substr(0, range.first.size());
        if (here.size() == range.first.size() && range.first <= here && here <= range.last)
            return here.size();
    }
    return 0;
}

/// JSON's \uXXXX of a character below U+10000.
std::string escapeOf(std::string_view character)
{
    const auto byte
        = [&](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(character[at])}; };
    std::uint32_t code = byte(0);
    if (character.size() == 2)
        code = (byte(0) & 0x1FU) << 6 | (byte(1) & 0x3FU);
    else if (character.size() == 3)
        code = (byte(0) & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
    return "\\u" + toHex(std::array{static_cast<std::uint8_t>(code >> 8), static_cast<std::uint8_t>(code)});
}

}  // namespace

std::string forTerminal(std::string text)
{
    if (!isUtf8(viewOf(text)))
        std::ranges::replace_if(
            text, [](char character) { return static_cast<unsigned char>(character) >= 0x80; }, '?');
    std::string shown;
    shown.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t steering = isControl(text[at]) ? 1 : steeringAt(std::string_view(text).substr(at));
        shown += steering > 0 ? ' ' : text[at];
        at += std::max(steering, std::size_t{1});
    }
    return shown;
}

std::string escapedForTerminal(std::string_view json)
{
    std::string shown;
    shown.reserve(json.size());
    for (std::size_t at = 0; at < json.size();) {
        const std::size_t steering = json[at] == kDelete ? 1 : steeringAt(json.substr(at));
        if (steering > 0)
            shown += escapeOf(json.substr(at, steering));
        else
            shown += json[at];
        at += std::max(steering, std::size_t{1});
    }
    return shown;
}

}  // namespace teren::cli
