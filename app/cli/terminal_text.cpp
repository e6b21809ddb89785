// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/terminal_text.h"

#include "crypto/base/bytes.h"
#include "crypto/base/utf8.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace teren::cli {
namespace {

/// Characters between two of the same length in UTF-8, both included.
struct Range {
    std::string_view first;
    std::string_view last;
};

constexpr std::array kSteering{
    Range{"\xC2\x80", "\xC2\x9F"},          // U+0080 to U+009F: C1 controls
    Range{"\xD8\x9C", "\xD8\x9C"},          // U+061C: a mark of direction
    Range{"\xE2\x80\x8E", "\xE2\x80\x8F"},  // U+200E, U+200F: marks of direction
    Range{"\xE2\x80\xA8", "\xE2\x80\xAE"},  // U+2028 to U+202E: line breaks, embeddings and overrides
    Range{"\xE2\x81\xA6", "\xE2\x81\xA9"},  // U+2066 to U+2069: isolates
};

bool isControl(char character)
{
    return (static_cast<unsigned char>(character) < 0x20 && character != '\n') || character == 0x7f;
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

}  // namespace teren::cli
