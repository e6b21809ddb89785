// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/picture/pixels.h"
#include "crypto/base/result.h"

// JPEG by libjpeg-turbo.
namespace teren::picture {

/// The same coefficients in a file with nothing beside them.
/// @return `Refused` for what cannot be decoded, `LimitExceeded` for too many pixels.
Result<Bytes> bareJpeg(ByteView file);

/// RGB, decoded no larger than needed to be shrunk to `side`. @return as `bareJpeg`.
Result<Pixels> decodeJpeg(ByteView file, std::uint32_t side);

/// @param pixels  RGB.
Result<Bytes> encodeJpeg(const Pixels& pixels);

}  // namespace teren::picture
