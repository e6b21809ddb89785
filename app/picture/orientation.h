// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"

namespace teren::picture {

// Which side of a picture is up: the only thing that is kept of what a camera writes beside it (EXIF 2.32,
// tag 0x0112): 1 to 8, 1 being upright. Anything broken or missing is 1.

unsigned orientationOfJpeg(ByteView jpeg);
unsigned orientationOfPng(ByteView png);
/// Of the EXIF data itself, a TIFF structure.
unsigned orientationOfExif(ByteView bytes);

/// A JPEG of this program's own making with the orientation, and nothing else, written into it.
Bytes withOrientation(ByteView jpeg, unsigned orientation);

/// Whether a JPEG has nothing before its picture but what `withOrientation` writes, and what decoding needs.
bool saysNothing(ByteView jpeg);

}  // namespace teren::picture
