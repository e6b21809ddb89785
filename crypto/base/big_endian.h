// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <concepts>
#include <cstdint>
#include <span>

namespace teren {

/// Writes `number` as sizeof(Number) bytes, most significant first.
template <std::unsigned_integral Number>
void putBigEndian(std::span<std::uint8_t, sizeof(Number)> out, Number number)
{
    for (std::size_t i = sizeof(Number); i-- > 0;) {
        out[i] = static_cast<std::uint8_t>(number & 0xff);
        number = static_cast<Number>(number >> 8);
    }
}

template <std::unsigned_integral Number>
Number getBigEndian(std::span<const std::uint8_t, sizeof(Number)> in)
{
    Number number = 0;
    for (const std::uint8_t byte : in)
        number = static_cast<Number>(static_cast<Number>(number << 8) | byte);
    return number;
}

}  // namespace teren
