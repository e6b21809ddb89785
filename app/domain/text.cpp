// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/text.h"

#include "crypto/base/assert.h"
#include "crypto/base/utf8.h"

#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace teren::domain {
namespace {

struct Free {
    void operator()(utf8proc_uint8_t* memory) const noexcept { std::free(memory); }
};

utf8proc_option_t optionsOf(int flags)
{
    return static_cast<utf8proc_option_t>(flags);
}

const utf8proc_uint8_t* bytesOf(std::string_view text)
{
    return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

/// Calls `take(code, offset, length)` for each code point; a broken byte counts as U+FFFD.
template <typename Take>
void eachCodePoint(std::string_view text, Take take)
{
    for (std::size_t offset = 0; offset < text.size();) {
        if (const auto byte = static_cast<unsigned char>(text[offset]); byte < 0x80) {
            take(static_cast<char32_t>(byte), offset, std::size_t{1});
            ++offset;
            continue;
        }
        utf8proc_int32_t code = 0;
        const utf8proc_ssize_t read = utf8proc_iterate(
            bytesOf(text) + offset, static_cast<utf8proc_ssize_t>(text.size() - offset), &code);
        const std::size_t length = read > 0 ? static_cast<std::size_t>(read) : 1;
        take(read > 0 ? static_cast<char32_t>(code) : U'\uFFFD', offset, length);
        offset += length;
    }
}

void append(std::string& text, char32_t code)
{
    std::array<utf8proc_uint8_t, 4> bytes{};
    const utf8proc_ssize_t size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code), bytes.data());
    text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

bool isControl(char32_t code)
{
    return utf8proc_category(static_cast<utf8proc_int32_t>(code)) == UTF8PROC_CATEGORY_CC;
}

/// Unicode's Bidi_Control characters: unseen, they turn the direction of what stands around them.
bool turnsDirection(char32_t code)
{
    return code == U'\u061C' || code == U'\u200E' || code == U'\u200F'
        || (code >= U'\u202A' && code <= U'\u202E') || (code >= U'\u2066' && code <= U'\u2069');
}

/// Letters whose stroke is no separate mark, so that taking a letter apart does not remove it.
char32_t withoutStroke(char32_t code)
{
    switch (code) {
    case U'ł':
    case U'Ł':
        return U'l';
    case U'đ':
    case U'Đ':
        return U'd';
    case U'ø':
    case U'Ø':
        return U'o';
    default:
        return code;
    }
}

bool isWordPart(char32_t code)
{
    const utf8proc_category_t category = utf8proc_category(static_cast<utf8proc_int32_t>(code));
    const bool isLetter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    const bool isNumber = category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO;
    return isLetter || isNumber || category == UTF8PROC_CATEGORY_CO;
}

/// `text` with '\n' for every kind of line end and without other control characters but tabs.
std::string plainLines(std::string_view text)
{
    std::string plain;
    plain.reserve(text.size());
    bool afterReturn = false;
    eachCodePoint(text, [&](char32_t code, std::size_t offset, std::size_t length) {
        const bool lineEnd = code == U'\r' || code == U'\u2028' || code == U'\u2029' || code == U'\u0085';
        if (lineEnd || (code == U'\n' && !afterReturn))
            plain += '\n';
        else if (code != U'\n' && (code == U'\t' || !isControl(code)))
            plain.append(text.substr(offset, length));
        afterReturn = code == U'\r';
    });
    return plain;
}

/// Where the blanks at the end of `text` begin.
std::size_t endWithoutBlanks(std::string_view text)
{
    std::size_t end = 0;
    eachCodePoint(text, [&](char32_t code, std::size_t offset, std::size_t length) {
        if (!isBlank(code))
            end = offset + length;
    });
    return end;
}

}  // namespace

Result<std::string> toNfc(std::string_view text)
{
    if (!isUtf8(viewOf(text)))
        return fail(Errc::Invalid, "the text is not UTF-8");
    utf8proc_uint8_t* raw = nullptr;
    const utf8proc_ssize_t size = utf8proc_map(
        bytesOf(text), static_cast<utf8proc_ssize_t>(text.size()), &raw,
        optionsOf(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    const std::unique_ptr<utf8proc_uint8_t, Free> owner(raw);
    if (size < 0)
        return fail(Errc::Invalid, "the text cannot be normalised");
    return std::string(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size));
}

bool isBlank(char32_t code)
{
    if (code == U'\t' || code == U'\n' || code == U'\r' || code == U'\u0085')
        return true;
    const utf8proc_category_t category = utf8proc_category(static_cast<utf8proc_int32_t>(code));
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL
        || category == UTF8PROC_CATEGORY_ZP;
}

std::size_t codePoints(std::string_view text)
{
    std::size_t count = 0;
    eachCodePoint(text, [&](char32_t, std::size_t, std::size_t) { ++count; });
    return count;
}

std::string tidyLine(std::string_view text)
{
    std::string line;
    line.reserve(text.size());
    bool gap = false;
    eachCodePoint(text, [&](char32_t code, std::size_t offset, std::size_t length) {
        if (isBlank(code)) {
            gap = true;
            return;
        }
        if (isControl(code) || turnsDirection(code))
            return;
        if (gap && !line.empty())
            line += ' ';
        gap = false;
        line.append(text.substr(offset, length));
    });
    return line;
}

std::string tidyText(std::string_view text)
{
    const std::string plain = plainLines(text);
    std::string tidy;
    tidy.reserve(plain.size());
    std::size_t gaps = 0;
    for (std::size_t start = 0; start <= plain.size();) {
        const std::size_t end = std::min(plain.find('\n', start), plain.size());
        const std::string_view line = std::string_view(plain).substr(start, end - start);
        const std::size_t kept = endWithoutBlanks(line);
        start = end + 1;
        if (kept == 0) {
            ++gaps;
            continue;
        }
        if (!tidy.empty())
            tidy.append(gaps + 1, '\n');
        gaps = 0;
        tidy.append(line.substr(0, kept));
    }
    return tidy;
}

std::string fold(std::string_view text)
{
    return foldWithOrigins(text).text;
}

FoldedText foldWithOrigins(std::string_view text)
{
    constexpr int kFlags = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK;
    FoldedText folded;
    folded.text.reserve(text.size());
    folded.origins.reserve(text.size());
    eachCodePoint(text, [&](char32_t code, std::size_t offset, std::size_t) {
        if (code < 0x80) {
            const bool upper = code >= U'A' && code <= U'Z';
            folded.text += static_cast<char>(upper ? code + 32 : code);
            folded.origins.push_back(offset);
            return;
        }
        std::array<utf8proc_int32_t, 32> parts{};
        int lastClass = 0;
        const utf8proc_ssize_t count = utf8proc_decompose_char(
            static_cast<utf8proc_int32_t>(code), parts.data(), parts.size(), optionsOf(kFlags), &lastClass);
        for (std::size_t i = 0; count > 0 && i < std::min(static_cast<std::size_t>(count), parts.size()); ++i)
            append(folded.text, withoutStroke(static_cast<char32_t>(parts[i])));
        folded.origins.resize(folded.text.size(), offset);
    });
    return folded;
}

std::vector<std::string_view> words(std::string_view folded)
{
    std::vector<std::string_view> found;
    std::size_t start = 0;
    std::size_t end = 0;
    const auto close = [&] {
        if (end > start)
            found.push_back(folded.substr(start, end - start));
    };
    eachCodePoint(folded, [&](char32_t code, std::size_t offset, std::size_t length) {
        if (!isWordPart(code)) {
            close();
            start = end = offset + length;
            return;
        }
        end = offset + length;
    });
    close();
    return found;
}

}  // namespace teren::domain
