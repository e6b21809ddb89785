// SPDX-License-Identifier: EUPL-1.2
#include "app/picture/jpeg.h"

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
    int sampling = 0;
    int colours = 0;
    const int outcome = tjDecompressHeader3(
        handle.get(), file.data(), file.size(), &size.width, &size.height, &sampling, &colours);
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

/// The smallest size that the library decodes to, of those from which `side` is still shrunk.
Size scaledFor(const Size& full, std::uint32_t side)
{
    int count = 0;
    const tjscalingfactor* factors = tjGetScalingFactors(&count);
    Size best = full;
    for (const tjscalingfactor& factor : std::span(factors, static_cast<std::size_t>(count))) {
        const Size scaled{TJSCALED(full.width, factor), TJSCALED(full.height, factor)};
        const int longer = std::max(scaled.width, scaled.height);
        if (static_cast<std::uint32_t>(longer) >= side && longer < std::max(best.width, best.height))
            best = scaled;
    }
    return best;
}

}  // namespace

Result<Bytes> bareJpeg(ByteView file)
{
    const Handle handle(tjInitTransform());
    if (handle == nullptr)
        return unreadable();
    TEREN_CHECK(sizeOf(handle, file));
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

Result<Pixels> decodeJpeg(ByteView file, std::uint32_t side)
{
    const Handle handle(tjInitDecompress());
    if (handle == nullptr)
        return unreadable();
    TEREN_TRY(const Size full, sizeOf(handle, file));
    const Size size = scaledFor(full, side);
    Pixels pixels{static_cast<std::uint32_t>(size.width), static_cast<std::uint32_t>(size.height), 3, {}};
    pixels.bytes.resize(std::size_t{pixels.width} * pixels.height * pixels.channels);
    const int outcome = tjDecompress2(
        handle.get(), file.data(), file.size(), pixels.bytes.data(), size.width, 0, size.height, TJPF_RGB,
        kFlags);
    if (!isUsable(outcome, handle))
        return unreadable();
    return pixels;
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
