// SPDX-License-Identifier: EUPL-1.2
#include "app/picture/jpeg.h"

#include "app/picture/jpeg_copy.h"
#include "crypto/base/assert.h"
#include "crypto/base/limits.h"

#include <turbojpeg.h>

#include <algorithm>
#include <memory>
#include <span>

namespace teren::picture {
namespace {

constexpr int kQuality = 75;
/// A progressive file may have any number of scans, each as long to decode as a picture.
constexpr int kFlags = TJFLAG_LIMITSCANS;

struct Destroy {
    void operator()(void* handle) const noexcept { tjDestroy(handle); }
};
using Handle = std::unique_ptr<void, Destroy>;

struct Free {
    void operator()(unsigned char* buffer) const noexcept { tjFree(buffer); }
};
using Buffer = std::unique_ptr<unsigned char, Free>;

struct Size {
    int width = 0;
    int height = 0;
    int sampling = 0;  ///< One of TJSAMP, or -1.
};

/// A picture that breaks off, or has a fault here and there, is still somebody's photo.
bool isUsable(int outcome, const Handle& handle)
{
    return outcome == 0 || tjGetErrorCode(handle.get()) == TJERR_WARNING;
}

std::unexpected<Error> unreadable()
{
    return fail(Errc::Refused, "the picture cannot be read, so what it says beside it cannot be taken out");
}

Result<Size> sizeOf(const Handle& handle, ByteView file)
{
    Size size;
    int colours = 0;
    const int outcome = tjDecompressHeader3(
        handle.get(), file.data(), file.size(), &size.width, &size.height, &size.sampling, &colours);
    if (!isUsable(outcome, handle) || size.width < 1 || size.height < 1)
        return unreadable();
    const auto side = static_cast<std::uint32_t>(std::max(size.width, size.height));
    const std::uint64_t pixels
        = static_cast<std::uint64_t>(size.width) * static_cast<std::uint64_t>(size.height);
    if (side > limits::kPhotoSideMax || pixels > limits::kPhotoPixelsMax)
        return fail(
            Errc::LimitExceeded,
            "the picture has " + std::to_string(size.width) + " by " + std::to_string(size.height)
                + " pixels, more than this program decodes");
    return size;
}

Bytes bytesOf(const Buffer& buffer, unsigned long size)
{
    const std::span<const unsigned char> all(buffer.get(), size);
    return {all.begin(), all.end()};
}

/// All coefficients, 2 bytes each, are in memory at once while a picture is transformed, or decoded if it is
/// not in one scan.
Status checkWork(const Size& size)
{
    std::uint64_t perPixel = 8;
    if (size.sampling == TJSAMP_GRAY)
        perPixel = 2;
    else if (size.sampling == TJSAMP_420 || size.sampling == TJSAMP_411)
        perPixel = 3;
    else if (size.sampling == TJSAMP_422 || size.sampling == TJSAMP_440)
        perPixel = 4;
    else if (size.sampling == TJSAMP_444)
        perPixel = 6;
    const std::uint64_t work
        = perPixel * static_cast<std::uint64_t>(size.width) * static_cast<std::uint64_t>(size.height);
    if (work <= limits::kPhotoWorkMax)
        return {};
    return fail(
        Errc::LimitExceeded,
        "the picture is stored so that it takes more memory at once than this program gives to one; save it "
        "smaller, or as a JPEG that is not progressive");
}

/// The smallest size that the library decodes to, of those from which `side` is still shrunk.
Size scaledFor(const Size& full, std::uint32_t side)
{
    int count = 0;
    const tjscalingfactor* factors = tjGetScalingFactors(&count);
    Size best = full;
    for (const tjscalingfactor& factor : std::span(factors, static_cast<std::size_t>(count))) {
        const Size scaled{TJSCALED(full.width, factor), TJSCALED(full.height, factor), full.sampling};
        const int longer = std::max(scaled.width, scaled.height);
        if (static_cast<std::uint32_t>(longer) >= side && longer < std::max(best.width, best.height))
            best = scaled;
    }
    return best;
}

Result<Pixels> decode(const Handle& handle, ByteView file, const Size& size, bool mayWarn)
{
    Pixels pixels{static_cast<std::uint32_t>(size.width), static_cast<std::uint32_t>(size.height), 3, {}};
    pixels.bytes.resize(std::size_t{pixels.width} * pixels.height * pixels.channels);
    const int outcome = tjDecompress2(
        handle.get(), file.data(), file.size(), pixels.bytes.data(), size.width, 0, size.height, TJPF_RGB,
        kFlags);
    if (mayWarn ? !isUsable(outcome, handle) : outcome != 0)
        return unreadable();
    return pixels;
}

/// Whether all that stands in the file is a picture that decodes without a word: nothing is missing, nothing
/// is left over in its scan. It goes through the file row by row.
bool isNothingButPicture(ByteView bare, const Size& full)
{
    const Handle handle(tjInitDecompress());
    return handle != nullptr && decode(handle, bare, scaledFor(full, 1), false).has_value();
}

Result<Bytes> transformed(const Handle& handle, ByteView file)
{
    tjtransform transform{};
    transform.op = TJXOP_NONE;
    transform.options = TJXOPT_COPYNONE;
    unsigned char* out = nullptr;
    unsigned long size = 0;
    const int outcome
        = tjTransform(handle.get(), file.data(), file.size(), 1, &out, &size, &transform, kFlags);
    const Buffer buffer(out);
    if (!isUsable(outcome, handle) || buffer == nullptr || size == 0)
        return unreadable();
    return bytesOf(buffer, size);
}

}  // namespace

Result<Bytes> bareJpeg(ByteView file)
{
    const Handle handle(tjInitTransform());
    if (handle == nullptr)
        return unreadable();
    TEREN_TRY(const Size size, sizeOf(handle, file));
    if (std::optional<Bytes> copy = copyOfPicture(file); copy && isNothingButPicture(*copy, size))
        return *std::move(copy);
    TEREN_CHECK(checkWork(size));
    return transformed(handle, file);
}

Result<Pixels> decodeJpeg(ByteView file, std::uint32_t side)
{
    const Handle handle(tjInitDecompress());
    if (handle == nullptr)
        return unreadable();
    TEREN_TRY(const Size full, sizeOf(handle, file));
    // What is in one scan goes by row by row.
    if (!isInOneScan(file))
        TEREN_CHECK(checkWork(full));
    return decode(handle, file, scaledFor(full, side), true);
}

Result<Bytes> encodeJpeg(const Pixels& pixels)
{
    TEREN_ASSERT(pixels.channels == 3);
    const Handle handle(tjInitCompress());
    unsigned char* out = nullptr;
    unsigned long size = 0;
    const int outcome = handle == nullptr
        ? -1
        : tjCompress2(
              handle.get(), pixels.bytes.data(), static_cast<int>(pixels.width), 0,
              static_cast<int>(pixels.height), TJPF_RGB, &out, &size, TJSAMP_420, kQuality, 0);
    const Buffer buffer(out);
    if (outcome != 0)
        return fail(Errc::Refused, "no small picture could be made");
    return bytesOf(buffer, size);
}

}  // namespace teren::picture
