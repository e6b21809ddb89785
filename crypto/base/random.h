// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <span>

namespace teren {

/// Where unpredictable bytes come from. `SystemRandom` is the only one that ships;
/// the seeded one lives in tests/support, where no released binary can link it.
class RandomSource {
public:
    virtual ~RandomSource() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

}  // namespace teren
