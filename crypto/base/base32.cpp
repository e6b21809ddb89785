// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/base32.h"

namespace teren {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

bool isSeparator(char c)
{
    return c == '-' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
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
    for (const char c : text)
        if (!isSeparator(c))
            normal += canonical(c);
    return normal;
}

}  // namespace teren
