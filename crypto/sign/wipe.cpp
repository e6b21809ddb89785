// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sign/wipe.h"

#include <sodium.h>

namespace teren {

void wipeBytes(std::span<std::byte> bytes)
{
    sodium_memzero(bytes.data(), bytes.size());
}

}  // namespace teren
