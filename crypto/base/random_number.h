// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/random.h"

#include <array>

namespace teren {

/// Eight bytes as a number; any number, 0 too.
inline std::uint64_t randomNumber(RandomSource& random)
{
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes);
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes)
        number = number << 8 | byte;
    return number;
}

}  // namespace teren
