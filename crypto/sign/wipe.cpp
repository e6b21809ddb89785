// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sign/wipe.h"

#include <sodium.h>

namespace teren {

void wipeBytes(std::span<std::byte> bytes)
{
    sodium_memzero(bytes.data(), bytes.size());
}

void wipeStack()
{
    constexpr std::size_t kBytes = std::size_t{64} << 10;
    ::sodium_stackzero(kBytes);
}

}  // namespace teren
