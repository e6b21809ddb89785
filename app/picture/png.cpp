// SPDX-License-Identifier: EUPL-1.2
#include "app/picture/png.h"

#include "crypto/base/big_endian.h"
#include "crypto/base/limits.h"

#include <png.h>

#include <algorithm>
#include <array>
#include <memory>

namespace teren::picture {
namespace {

/// The library's own state, given back however a function ends.
struct Image {
    Image() { raw.version = PNG_IMAGE_VERSION; }
    Image(const Image&) = delete;
    Image& operator=(const Image&) = delete;
    ~Image() { png_image_free(&raw); }
    png_image raw{};
};

std::unexpected<Error> unreadable()
{
    return fail(Errc::Refused, "the picture cannot be read, so what it says beside it cannot be taken out");
}

/// The format with this many channels of 8 bits.
std::uint32_t formatOf(std::uint32_t channels)
{
    const bool hasColour = channels >= 3;
    const bool hasAlpha = channels == 2 || channels == 4;
    return (hasColour ? PNG_FORMAT_FLAG_COLOR : 0U) | (hasAlpha ? PNG_FORMAT_FLAG_ALPHA : 0U);
}

/// What the pixels depend on.
constexpr std::array<std::string_view, 8> kEssential{"IHDR", "PLTE", "tRNS", "gAMA",
                                                     "cHRM", "sRGB", "IDAT", "IEND"};

/// The file without all other chunks. The library would read them, and take as much memory for one as the
/// chunk says that it has, however short the file is.
/// @return `Refused` for a file that breaks off.
Result<Bytes> essentialOf(ByteView file)
{
    constexpr std::size_t kSignature = 8;
    constexpr std::size_t kAround = 12;  // Length, type and checksum of a chunk.
    if (file.size() < kSignature + kAround)
        return unreadable();
    Bytes essential = toBytes(file.first(kSignature));
    for (std::size_t at = kSignature; at <= file.size() - kAround;) {
        const std::size_t length
            = getBigEndian<std::uint32_t>(std::span<const std::uint8_t, 4>(file.subspan(at, 4)));
        if (length > file.size() - at - kAround)
            return unreadable();
        const std::string_view type = textOf(file.subspan(at + 4, 4));
        const ByteView chunk = file.subspan(at, length + kAround);
        if (std::ranges::find(kEssential, type) != kEssential.end())
            essential.insert(essential.end(), chunk.begin(), chunk.end());
        if (type == "IEND")
            return essential;
        at += chunk.size();
    }
    return unreadable();
}

}  // namespace

Result<Pixels> decodePng(ByteView file)
{
    TEREN_TRY(const Bytes essential, essentialOf(file));
    Image image;
    if (png_image_begin_read_from_memory(&image.raw, essential.data(), essential.size()) == 0)
        return unreadable();
    const std::uint64_t count = std::uint64_t{image.raw.width} * image.raw.height;
    if (std::max(image.raw.width, image.raw.height) > limits::kPhotoSideMax
        || count > limits::kPhotoPixelsMax)
        return fail(
            Errc::LimitExceeded,
            "the picture has " + std::to_string(image.raw.width) + " by " + std::to_string(image.raw.height)
                + " pixels, more than this program decodes");
    const std::uint32_t channels = ((image.raw.format & PNG_FORMAT_FLAG_COLOR) != 0 ? 3U : 1U)
        + ((image.raw.format & PNG_FORMAT_FLAG_ALPHA) != 0 ? 1U : 0U);
    image.raw.format = formatOf(channels);
    if (count * channels > limits::kPhotoWorkMax)
        return fail(
            Errc::LimitExceeded,
            "the picture takes more memory than this program gives to one; save it smaller, or as JPEG");
    Pixels pixels{image.raw.width, image.raw.height, channels, {}};
    pixels.bytes.resize(count * channels);
    if (png_image_finish_read(&image.raw, nullptr, pixels.bytes.data(), 0, nullptr) == 0)
        return unreadable();
    return pixels;
}

Result<Bytes> encodePng(const Pixels& pixels)
{
    Image image;
    image.raw.width = pixels.width;
    image.raw.height = pixels.height;
    image.raw.format = formatOf(pixels.channels);
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image.raw);
    // As much as it could take at worst, of which only what is written is ever touched.
    const auto file = std::make_unique_for_overwrite<std::uint8_t[]>(size);  // NOLINT(*-avoid-c-arrays)
    if (png_image_write_to_memory(&image.raw, file.get(), &size, 0, pixels.bytes.data(), 0, nullptr) == 0)
        return fail(Errc::Refused, "the picture could not be written anew");
    return toBytes(ByteView(file.get(), size));
}

Pixels withoutAlpha(const Pixels& pixels)
{
    const bool hasColour = pixels.channels >= 3;
    const bool hasAlpha = pixels.channels == 2 || pixels.channels == 4;
    Pixels plain{pixels.width, pixels.height, 3, {}};
    plain.bytes.resize(std::size_t{plain.width} * plain.height * 3);
    for (std::uint32_t y = 0; y < plain.height; ++y)
        for (std::uint32_t x = 0; x < plain.width; ++x) {
            const std::uint8_t* from = pixels.at(x, y);
            const unsigned alpha = hasAlpha ? from[pixels.channels - 1] : 255U;
            for (std::uint32_t channel = 0; channel < 3; ++channel)
                plain.at(x, y)[channel] = static_cast<std::uint8_t>(
                    (from[hasColour ? channel : 0] * alpha + 255U * (255U - alpha)) / 255U);
        }
    return plain;
}

}  // namespace teren::picture
