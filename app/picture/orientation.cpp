// SPDX-License-Identifier: EUPL-1.2
#include "app/picture/orientation.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>

namespace teren::picture {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view kExifLabel = "Exif\0\0"sv;
constexpr std::size_t kExifSize = 6 + 26;

constexpr std::uint8_t kStartOfImage = 0xd8;
constexpr std::uint8_t kEndOfImage = 0xd9;
constexpr std::uint8_t kStartOfScan = 0xda;
constexpr std::uint8_t kApp0 = 0xe0;
constexpr std::uint8_t kApp1 = 0xe1;
constexpr std::uint8_t kApp14 = 0xee;
constexpr std::uint8_t kApp15 = 0xef;
constexpr std::uint8_t kComment = 0xfe;

std::uint32_t bigEndian(ByteView bytes)
{
    std::uint32_t number = 0;
    for (const std::uint8_t byte : bytes)
        number = number << 8U | byte;
    return number;
}

/// Numbers in the byte order that the structure begins with.
class Tiff {
public:
    static std::optional<Tiff> in(ByteView bytes)
    {
        const std::string_view text = textOf(bytes);
        if (text.starts_with("II*\0"sv))
            return Tiff(bytes, false);
        if (text.starts_with("MM\0*"sv))
            return Tiff(bytes, true);
        return std::nullopt;
    }
    std::optional<std::uint32_t> number(std::size_t offset, std::size_t size) const
    {
        if (offset > bytes_.size() || bytes_.size() - offset < size)
            return std::nullopt;
        Bytes part = toBytes(bytes_.subspan(offset, size));
        if (!bigEndian_)
            std::ranges::reverse(part);
        return bigEndian(part);
    }

private:
    Tiff(ByteView bytes, bool isBigEndian) : bytes_(bytes), bigEndian_(isBigEndian) {}

    ByteView bytes_;
    bool bigEndian_;
};

/// A marker segment before the first scan of a JPEG.
struct Segment {
    std::uint8_t marker = 0;
    ByteView content;     ///< Behind its length.
    std::size_t end = 0;  ///< Where the next one begins.
};

/// Calls `take` for each segment before the picture, until it returns false.
/// @return whether all up to the first scan were well-formed.
bool eachSegment(ByteView jpeg, const std::function<bool(const Segment&)>& take)
{
    if (jpeg.size() < 2 || jpeg[0] != 0xff || jpeg[1] != kStartOfImage)
        return false;
    for (std::size_t at = 2;;) {
        // A marker may have any number of fill bytes before it.
        while (at + 1 < jpeg.size() && jpeg[at] == 0xff && jpeg[at + 1] == 0xff)
            ++at;
        if (jpeg.size() < 4 || at > jpeg.size() - 4 || jpeg[at] != 0xff)
            return false;
        const std::uint8_t marker = jpeg[at + 1];
        if (marker == kStartOfScan)
            return true;
        const std::size_t length = bigEndian(jpeg.subspan(at + 2, 2));
        if (marker == kEndOfImage || length < 2 || length > jpeg.size() - at - 2)
            return false;
        const Segment segment{marker, jpeg.subspan(at + 4, length - 2), at + 2 + length};
        if (!take(segment))
            return true;
        at = segment.end;
    }
}

bool isExif(const Segment& segment)
{
    return segment.marker == kApp1 && textOf(segment.content).starts_with(kExifLabel);
}

Bytes exifOf(unsigned orientation)
{
    Bytes bytes = toBytes(viewOf(kExifLabel));
    // Big-endian TIFF, first directory at 8: one entry, tag 0x0112, type 3 (short), one of them; no next one.
    const auto tiff = std::to_array<std::uint8_t>(
        {'M',  'M',  0, 42, 0, 0, 0, 8, 0, 1,
         0x01, 0x12, 0, 3,  0, 0, 0, 1, 0, static_cast<std::uint8_t>(orientation),
         0,    0,    0, 0,  0, 0});
    bytes.insert(bytes.end(), tiff.begin(), tiff.end());
    return bytes;
}

}  // namespace

unsigned orientationOfExif(ByteView bytes)
{
    constexpr std::uint32_t kTag = 0x0112;
    constexpr std::uint32_t kShort = 3;
    const std::optional<Tiff> tiff = Tiff::in(bytes);
    if (!tiff)
        return 1;
    const std::optional<std::uint32_t> directory = tiff->number(4, 4);
    const std::optional<std::uint32_t> entries = directory ? tiff->number(*directory, 2) : std::nullopt;
    if (!entries)
        return 1;
    for (std::uint32_t i = 0; i < *entries; ++i) {
        const std::size_t entry = std::size_t{*directory} + 2 + std::size_t{12} * i;
        const std::optional<std::uint32_t> tag = tiff->number(entry, 2);
        if (!tag)
            return 1;
        if (*tag != kTag)
            continue;
        const std::optional<std::uint32_t> value = tiff->number(entry + 8, 2);
        const bool isOne = tiff->number(entry + 2, 2) == kShort && tiff->number(entry + 4, 4) == 1U;
        return isOne && value && *value >= 1 && *value <= 8 ? *value : 1;
    }
    return 1;
}

unsigned orientationOfJpeg(ByteView jpeg)
{
    unsigned orientation = 1;
    eachSegment(jpeg, [&](const Segment& segment) {
        if (!isExif(segment))
            return true;
        orientation = orientationOfExif(segment.content.subspan(kExifLabel.size()));
        return false;
    });
    return orientation;
}

unsigned orientationOfPng(ByteView png)
{
    // Signature 8; then chunks of length 4, type 4, data, checksum 4.
    for (std::size_t at = 8; png.size() >= 12 && at <= png.size() - 12;) {
        const std::size_t length = bigEndian(png.subspan(at, 4));
        if (length > png.size() - at - 12)
            return 1;
        if (textOf(png.subspan(at + 4, 4)) == "eXIf")
            return orientationOfExif(png.subspan(at + 8, length));
        at += 12 + length;
    }
    return 1;
}

Bytes withOrientation(ByteView jpeg, unsigned orientation)
{
    std::size_t place = 2;
    eachSegment(jpeg, [&](const Segment& segment) {
        // JFIF wants to be the first.
        if (segment.marker == kApp0)
            place = segment.end;
        return false;
    });
    Bytes bytes = toBytes(jpeg.first(place));
    const Bytes exif = exifOf(orientation);
    const std::size_t length = exif.size() + 2;
    bytes.insert(
        bytes.end(),
        {0xff, kApp1, static_cast<std::uint8_t>(length >> 8U), static_cast<std::uint8_t>(length & 0xffU)});
    bytes.insert(bytes.end(), exif.begin(), exif.end());
    bytes.insert(bytes.end(), jpeg.begin() + static_cast<std::ptrdiff_t>(place), jpeg.end());
    return bytes;
}

bool saysNothing(ByteView jpeg)
{
    bool silent = true;
    const bool whole = eachSegment(jpeg, [&](const Segment& segment) {
        const std::string_view content = textOf(segment.content);
        if (segment.marker == kApp0)
            // Version, density, and a small picture of no pixels.
            silent = silent && segment.content.size() == 14 && content.starts_with("JFIF\0"sv);
        else if (segment.marker == kApp14)
            silent = silent && segment.content.size() == 12 && content.starts_with("Adobe"sv);
        else if (segment.marker == kApp1)
            silent
                = silent && segment.content.size() == kExifSize && isExif(segment)
                && std::ranges::equal(
                      segment.content, exifOf(orientationOfExif(segment.content.subspan(kExifLabel.size()))));
        else if ((segment.marker >= kApp0 && segment.marker <= kApp15) || segment.marker == kComment)
            silent = false;
        return silent;
    });
    return whole && silent;
}

}  // namespace teren::picture
