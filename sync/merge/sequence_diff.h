// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace teren {

/// A place where a side differs from the base: `base[baseFrom, baseTo)` became `side[sideFrom, sideTo)`.
/// Between hunks the two are equal.
struct Hunk {
    std::size_t baseFrom = 0;
    std::size_t baseTo = 0;
    std::size_t sideFrom = 0;
    std::size_t sideTo = 0;

    friend bool operator==(const Hunk&, const Hunk&) = default;
};

/// The shortest way from `base` to `side` (Myers, "An O(ND) Difference Algorithm", 1986), as hunks in order.
/// Two sequences that differ in more than a few thousand places are one hunk between their common ends:
/// nobody reads such a comparison, and time and memory stay bounded.
std::vector<Hunk> diffSequences(
    std::span<const std::string_view> base, std::span<const std::string_view> side);

}  // namespace teren
