// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/picture/pixels.h"
#include "crypto/base/result.h"

// PNG by libpng.
namespace teren::picture {

/// Grey, grey with alpha, RGB or RGB with alpha, by what the file has.
/// @return `Refused` for what cannot be decoded, `LimitExceeded` for too many pixels.
Result<Pixels> decodePng(ByteView file);

/// @param pixels  Of 1 to 4 channels, as `decodePng` gives them.
Result<Bytes> encodePng(const Pixels& pixels);

/// RGB of what `decodePng` gives, on white.
Pixels withoutAlpha(const Pixels& pixels);

}  // namespace teren::picture
