// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <bit>
#include <cstdint>

namespace teren {

/// The next size that PADMÉ allows (Nikitin and others, "Reducing Metadata Leakage from Encrypted Files and
/// Communication with PURBs", 2019): of the size's bits, as many leading ones are kept as it takes to write
/// its exponent. So at most 12 % is added, and a size gives away O(log log size) bits.
constexpr std::uint64_t padme(std::uint64_t size)
{
    if (size < 2)
        return size;
    const auto exponent = static_cast<unsigned>(std::bit_width(size)) - 1;
    const auto significant = static_cast<unsigned>(std::bit_width(exponent));
    const std::uint64_t mask
        = exponent > significant ? (std::uint64_t{1} << (exponent - significant)) - 1 : 0;
    return (size + mask) & ~mask;
}

}  // namespace teren
