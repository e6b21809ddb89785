// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sign/agreement_key.h"

#include <sodium.h>

namespace teren {

bool isUsableAgreementKey(const std::array<std::uint8_t, 32>& publicKey)
{
    // Any scalar will do: a point of low order gives zero with each, and libsodium refuses that result.
    const std::array<std::uint8_t, crypto_scalarmult_SCALARBYTES> scalar{1};
    std::array<std::uint8_t, crypto_scalarmult_BYTES> shared{};
    return crypto_scalarmult(shared.data(), scalar.data(), publicKey.data()) == 0;
}

}  // namespace teren
