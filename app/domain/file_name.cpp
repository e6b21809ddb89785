// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/file_name.h"

#include "app/domain/text.h"

#include <algorithm>
#include <array>

namespace teren::domain {
namespace {

constexpr std::size_t kBytesMax = 200;
constexpr std::size_t kEndingMax = 16;

/// What Windows, the strictest of the systems, does not take in a name.
constexpr std::string_view kForbidden{"<>:\"|?*"};
/// Names that Windows gives to devices, whatever stands behind a dot ("Naming Files, Paths, and Namespaces").
constexpr std::array<std::string_view, 6> kDevices{"con", "prn", "aux", "nul", "conin$", "conout$"};
/// And these two, each with a digit behind it. The raised ones count as digits there.
constexpr std::array<std::string_view, 2> kPorts{"com", "lpt"};
constexpr std::array<std::string_view, 3> kRaisedDigits{"\xC2\xB9", "\xC2\xB2", "\xC2\xB3"};

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(
        lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

bool isDigit(std::string_view text)
{
    return (text.size() == 1 && text[0] >= '0' && text[0] <= '9')
        || std::ranges::find(kRaisedDigits, text) != kRaisedDigits.end();
}

bool isDevice(std::string_view name)
{
    std::string stem = lowerCase(name.substr(0, name.find('.')));
    // Windows does not see blanks before the dot either.
    stem.resize(stem.find_last_not_of(' ') + 1);
    const std::string_view seen(stem);
    const bool isPort = std::ranges::any_of(
        kPorts, [&](auto port) { return seen.starts_with(port) && isDigit(seen.substr(3)); });
    return isPort || std::ranges::find(kDevices, seen) != kDevices.end();
}

bool continuesCodePoint(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// The longest beginning of at most `size` bytes that ends with a whole code point.
std::string_view cut(std::string_view text, std::size_t size)
{
    if (text.size() <= size)
        return text;
    while (size > 0 && continuesCodePoint(text[size]))
        --size;
    return text.substr(0, size);
}

/// Short enough, with its ending if that is short itself, and without dots and blanks at the end, which
/// Windows drops.
std::string cutToSize(std::string name)
{
    if (name.size() > kBytesMax) {
        const std::size_t dot = name.rfind('.');
        const std::string ending
            = dot == std::string::npos || name.size() - dot > kEndingMax ? "" : name.substr(dot);
        name = std::string(cut(name, kBytesMax - ending.size())) + ending;
    }
    name.resize(name.find_last_not_of(". ") + 1);
    return name;
}

/// Text of any eight-bit code or of UTF-16: nothing that only programs write. RTF is one.
bool isPlainText(std::string_view bytes)
{
    if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff"))
        return true;
    return std::ranges::all_of(bytes, [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return code >= 0x20 || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    });
}

}  // namespace

Result<std::string> safeFileName(std::string_view name)
{
    if (const std::size_t slash = name.find_last_of("/\\"); slash != std::string_view::npos)
        name.remove_prefix(slash + 1);
    TEREN_TRY(const std::string text, toNfc(name));
    std::string safe = tidyLine(text);
    std::ranges::replace_if(safe, [](char c) { return kForbidden.find(c) != std::string_view::npos; }, '_');
    // A dot in front hides a file.
    const std::size_t first = safe.find_first_not_of(". ");
    if (first == std::string::npos)
        return fail(Errc::Invalid, "the file needs a name");
    safe = cutToSize(safe.substr(first));
    if (isDevice(safe))
        safe = cutToSize("_" + safe);
    return toNfc(safe);
}

FileKind kindOf(std::string_view bytes)
{
    using std::string_view_literals::operator""sv;
    if (bytes.starts_with("\xff\xd8\xff"sv))
        return FileKind::Jpeg;
    if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv))
        return FileKind::Png;
    if (bytes.starts_with("%PDF-"sv))
        return FileKind::Pdf;
    const bool isOfficeFile
        = bytes.starts_with("PK\3\4"sv) || bytes.starts_with("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv);
    return isOfficeFile || isPlainText(bytes) ? FileKind::Document : FileKind::Telling;
}

std::string_view mediaTypeOf(FileKind kind)
{
    switch (kind) {
    case FileKind::Jpeg:
        return "image/jpeg";
    case FileKind::Png:
        return "image/png";
    case FileKind::Pdf:
        return "application/pdf";
    case FileKind::Telling:
    case FileKind::Document:
        break;
    }
    return "application/octet-stream";
}

}  // namespace teren::domain
