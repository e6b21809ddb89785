// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"

namespace teren::picture {

/// A picture as rows of pixels, each of `channels` bytes, without gaps.
struct Pixels {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint32_t channels = 3;
    Bytes bytes;

    std::uint8_t* at(std::uint32_t x, std::uint32_t y)
    {
        return bytes.data() + (std::size_t{y} * width + x) * channels;
    }
    const std::uint8_t* at(std::uint32_t x, std::uint32_t y) const
    {
        return bytes.data() + (std::size_t{y} * width + x) * channels;
    }
};

/// The picture made smaller, by the mean of what falls together, so that neither side is longer than `side`.
/// One that fits is returned as it is.
Pixels shrunk(Pixels picture, std::uint32_t side);

/// The picture turned upright. @param orientation  1 to 8, as EXIF 2.32 counts in tag 0x0112.
Pixels upright(Pixels picture, unsigned orientation);

}  // namespace teren::picture
