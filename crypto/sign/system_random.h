// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/random.h"

namespace teren {

/// The operating system's generator, by libsodium. Also makes sure that libsodium is ready.
class SystemRandom final : public RandomSource {
public:
    SystemRandom();
    void fill(std::span<std::uint8_t> out) override;
};

}  // namespace teren
