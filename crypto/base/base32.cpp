// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/base32.h"

#include <algorithm>
#include <array>

namespace teren {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What people, word processors and editors put between the groups: blanks and dashes of any kind, a line's
/// end, a mark at the beginning of a file. In UTF-8.
constexpr std::array<std::string_view, 15> kSeparators{
    "-",
    " ",
    "\t",
    "\r",
    "\n",
    "\xC2\xA0",      // no-break space
    "\xC2\xAD",      // soft hyphen
    "\xE2\x80\x8B",  // zero width space
    "\xE2\x80\xAF",  // narrow no-break space
    "\xE2\x80\x90",  // hyphen
    "\xE2\x80\x91",  // non-breaking hyphen
    "\xE2\x80\x93",  // en dash
    "\xE2\x80\x94",  // em dash
    "\xE2\x88\x92",  // minus
    "\xEF\xBB\xBF",  // byte order mark
};

/// Bytes of the separator that `text` begins with; 0 for none.
std::size_t separatorAt(std::string_view text)
{
    const auto found
        = std::ranges::find_if(kSeparators, [text](std::string_view mark) { return text.starts_with(mark); });
    return found == kSeparators.end() ? 0 : found->size();
}

char canonical(char c)
{
    if (c >= 'a' && c <= 'z')
        c = static_cast<char>(c - 'a' + 'A');
    if (c == 'I' || c == 'L')
        return '1';
    return c == 'O' ? '0' : c;
}

/// A byte of some other script is not shown by itself.
std::string named(char c)
{
    return c > ' ' && c <= '~' ? std::string{'\'', c, '\''} : std::string("not a letter or digit");
}

}  // namespace

std::string toBase32(ByteView bytes)
{
    std::string text;
    text.reserve((bytes.size() * 8 + 4) / 5);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const std::uint8_t byte : bytes) {
        bits = (bits << 8 | byte) & 0xfff;
        for (count += 8; count >= 5; count -= 5)
            text += kAlphabet[bits >> (count - 5) & 31];
    }
    if (count > 0)
        text += kAlphabet[bits << (5 - count) & 31];
    return text;
}

Result<Bytes> fromBase32(std::string_view text)
{
    Bytes bytes;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : normalizeBase32(text)) {
        const std::size_t value = kAlphabet.find(c);
        if (value == std::string_view::npos)
            return fail(Errc::Malformed, "a character that is never used here: " + named(c));
        bits = (bits << 5 | static_cast<std::uint32_t>(value)) & 0xfff;
        count += 5;
        if (count < 8)
            continue;
        count -= 8;
        bytes.push_back(static_cast<std::uint8_t>(bits >> count));
    }
    if (count >= 5 || (bits & ((1U << count) - 1)) != 0)
        return fail(Errc::Malformed, "a text of another length");
    return bytes;
}

std::string normalizeBase32(std::string_view text)
{
    std::string normal;
    while (!text.empty()) {
        const std::size_t separator = separatorAt(text);
        if (separator == 0)
            normal += canonical(text.front());
        text.remove_prefix(std::max<std::size_t>(separator, 1));
    }
    return normal;
}

}  // namespace teren
