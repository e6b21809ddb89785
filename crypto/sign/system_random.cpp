// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sign/system_random.h"

#include "crypto/base/assert.h"

#include <sodium.h>

namespace teren {

SystemRandom::SystemRandom()
{
    TEREN_ASSERT(sodium_init() >= 0);
}

void SystemRandom::fill(std::span<std::uint8_t> out)
{
    randombytes_buf(out.data(), out.size());
}

}  // namespace teren
