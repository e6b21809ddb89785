// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/picture/pixels.h"
#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

// Pictures that strangers made, freed of what they say beside what they show. The bytes may be hostile: sizes
// are judged before anything is decoded (`limits::kPhotoPixelsMax`, `kPhotoSideMax`), and nothing of a file
// but its pixels, in a JPEG its coefficients, is ever written again.
namespace teren::picture {

enum class Format { Jpeg, Png };

/// The picture without EXIF, GPS, embedded small pictures, XMP, IPTC, ICC profiles, comments, text, further
/// pictures and whatever stands behind its end. Which side is up is kept. A JPEG keeps every coefficient, so
/// it looks exactly as before; a PNG becomes one of 8 bits a channel, upright.
/// @return `Refused` for what cannot be decoded, `LimitExceeded` for too many pixels.
Result<Bytes> withoutMetadata(Format format, ByteView file);

/// The longer side of a small picture, in pixels.
inline constexpr std::uint32_t kThumbnailSide = 320;

/// A small JPEG of the picture, upright, with nothing but pixels in it.
/// @return as `withoutMetadata`.
Result<Bytes> thumbnail(Format format, ByteView file);

/// The picture as RGB pixels, upright and on white, no side longer than `side`: to be shown, never written.
/// @return as `withoutMetadata`.
Result<Pixels> pixelsOf(Format format, ByteView file, std::uint32_t side);

}  // namespace teren::picture
