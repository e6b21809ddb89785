// SPDX-License-Identifier: EUPL-1.2
#include "app/picture/pixels.h"

#include <algorithm>

namespace teren::picture {
namespace {

struct Range {
    std::uint32_t begin;
    std::uint32_t end;
};

/// The pixels of a side of length `full` that fall into pixel `index` of one of length `small`.
Range fallingInto(std::uint32_t index, std::uint32_t full, std::uint32_t small)
{
    const auto border = [&](std::uint64_t i) { return static_cast<std::uint32_t>(i * full / small); };
    return {border(index), std::max(border(std::uint64_t{index} + 1), border(index) + 1)};
}

void putMean(const Pixels& from, const Range& columns, const Range& rows, std::uint8_t* to)
{
    const std::uint64_t count
        = std::uint64_t{columns.end - columns.begin} * std::uint64_t{rows.end - rows.begin};
    for (std::uint32_t channel = 0; channel < from.channels; ++channel) {
        std::uint64_t sum = 0;
        for (std::uint32_t y = rows.begin; y < rows.end; ++y)
            for (std::uint32_t x = columns.begin; x < columns.end; ++x)
                sum += from.at(x, y)[channel];
        to[channel] = static_cast<std::uint8_t>((sum + count / 2) / count);
    }
}

}  // namespace

Pixels shrunk(Pixels picture, std::uint32_t side)
{
    const std::uint32_t longer = std::max(picture.width, picture.height);
    if (longer <= side)
        return picture;
    const auto scaled = [&](std::uint32_t length) {
        return std::max(static_cast<std::uint32_t>(std::uint64_t{length} * side / longer), std::uint32_t{1});
    };
    Pixels small{scaled(picture.width), scaled(picture.height), picture.channels, {}};
    small.bytes.resize(std::size_t{small.width} * small.height * small.channels);
    for (std::uint32_t y = 0; y < small.height; ++y) {
        const Range rows = fallingInto(y, picture.height, small.height);
        for (std::uint32_t x = 0; x < small.width; ++x)
            putMean(picture, fallingInto(x, picture.width, small.width), rows, small.at(x, y));
    }
    return small;
}

Pixels upright(Pixels picture, unsigned orientation)
{
    if (orientation < 2 || orientation > 8)
        return picture;
    // From 5 on, rows and columns change places.
    const bool swaps = orientation >= 5;
    Pixels turned{
        swaps ? picture.height : picture.width, swaps ? picture.width : picture.height, picture.channels, {}};
    turned.bytes.resize(picture.bytes.size());
    const bool fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool fromBelow = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    for (std::uint32_t y = 0; y < turned.height; ++y)
        for (std::uint32_t x = 0; x < turned.width; ++x) {
            const std::uint32_t column = swaps ? y : x;
            const std::uint32_t row = swaps ? x : y;
            const std::uint8_t* from = picture.at(
                fromRight ? picture.width - 1 - column : column, fromBelow ? picture.height - 1 - row : row);
            std::copy_n(from, picture.channels, turned.at(x, y));
        }
    return turned;
}

}  // namespace teren::picture
