// SPDX-License-Identifier: EUPL-1.2
#include "app/picture/picture.h"

#include "app/picture/jpeg.h"
#include "app/picture/orientation.h"
#include "app/picture/png.h"

namespace teren::picture {

Result<Bytes> withoutMetadata(Format format, ByteView file)
{
    if (format == Format::Jpeg) {
        const unsigned orientation = orientationOfJpeg(file);
        TEREN_TRY(Bytes bare, bareJpeg(file));
        Bytes freed = orientation == 1 ? std::move(bare) : withOrientation(bare, orientation);
        if (!saysNothing(freed))
            return fail(Errc::Refused, "what the picture says beside what it shows could not be taken out");
        return freed;
    }
    TEREN_TRY(Pixels pixels, decodePng(file));
    return encodePng(upright(std::move(pixels), orientationOfPng(file)));
}

Result<Pixels> pixelsOf(Format format, ByteView file, std::uint32_t side)
{
    if (format == Format::Jpeg) {
        TEREN_TRY(Pixels pixels, decodeJpeg(file, side));
        return upright(shrunk(std::move(pixels), side), orientationOfJpeg(file));
    }
    TEREN_TRY(Pixels pixels, decodePng(file));
    return withoutAlpha(upright(shrunk(std::move(pixels), side), orientationOfPng(file)));
}

Result<Bytes> thumbnail(Format format, ByteView file)
{
    TEREN_TRY(const Pixels pixels, pixelsOf(format, file, kThumbnailSide));
    return encodeJpeg(pixels);
}

}  // namespace teren::picture
