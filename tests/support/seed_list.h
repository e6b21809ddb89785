// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <vector>

namespace teren::test {

/// 0, 1, 2, … or the one that TEREN_SEED names. TEREN_SEEDS sets another number of them, TEREN_SEED_FIRST
/// another beginning.
inline std::vector<std::uint64_t> seedsToRun(std::size_t count)
{
    if (const char* only = std::getenv("TEREN_SEED"))
        return {std::strtoull(only, nullptr, 10)};
    if (const char* wanted = std::getenv("TEREN_SEEDS"))
        count = static_cast<std::size_t>(std::strtoull(wanted, nullptr, 10));
    const char* first = std::getenv("TEREN_SEED_FIRST");
    std::vector<std::uint64_t> seeds(count);
    std::iota(seeds.begin(), seeds.end(), first == nullptr ? 0 : std::strtoull(first, nullptr, 10));
    return seeds;
}

}  // namespace teren::test
