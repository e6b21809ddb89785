// SPDX-License-Identifier: EUPL-1.2
#include "sync/segment/compression.h"

#include "crypto/base/assert.h"
#include "crypto/base/limits.h"

#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <memory>

namespace teren::segment {
namespace {

constexpr int kLevel = 3;

struct FreeContext {
    void operator()(ZSTD_DCtx* context) const noexcept { ZSTD_freeDCtx(context); }
};

Error errorOf(std::size_t result)
{
    const bool isLimit = ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge;
    return {isLimit ? Errc::LimitExceeded : Errc::Malformed, ZSTD_getErrorName(result)};
}

/// What a frame says of its size bounds the memory that is set aside for it, but is not believed.
std::size_t roomFor(ByteView compressed, std::size_t max)
{
    const unsigned long long stated = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
    const bool isKnown = stated != ZSTD_CONTENTSIZE_UNKNOWN && stated != ZSTD_CONTENTSIZE_ERROR;
    return isKnown && stated < max ? static_cast<std::size_t>(stated) : max;
}

}  // namespace

Bytes compress(ByteView plain)
{
    Bytes compressed(ZSTD_compressBound(plain.size()));
    const std::size_t size
        = ZSTD_compress(compressed.data(), compressed.size(), plain.data(), plain.size(), kLevel);
    TEREN_ASSERT(ZSTD_isError(size) == 0);
    compressed.resize(size);
    return compressed;
}

Result<Bytes> decompress(ByteView compressed, std::size_t max)
{
    const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
    TEREN_ASSERT(context != nullptr);
    ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, limits::kZstdWindowLogMax);
    // One byte of room more than needed, so that the end of the frame is reached and an overflow is seen.
    Bytes plain(roomFor(compressed, max) + 1);
    ZSTD_inBuffer in{compressed.data(), compressed.size(), 0};
    ZSTD_outBuffer out{plain.data(), plain.size(), 0};
    std::size_t left = 1;
    while (left != 0 && out.pos < out.size) {
        const std::size_t before = in.pos + out.pos;
        left = ZSTD_decompressStream(context.get(), &out, &in);
        if (ZSTD_isError(left) != 0)
            return std::unexpected(errorOf(left));
        if (left != 0 && in.pos + out.pos == before)
            return fail(Errc::Malformed, "compressed content breaks off");
    }
    if (out.pos > max)
        return fail(Errc::LimitExceeded, "content larger than its header says");
    if (left != 0 || in.pos != in.size)
        return fail(Errc::Malformed, "not one compressed content");
    plain.resize(out.pos);
    return plain;
}

}  // namespace teren::segment
