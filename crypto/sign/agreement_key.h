// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"

#include <array>

namespace teren {

/// Whether anything can be sealed to this X25519 public key. False for the few points of low order, with
/// which every agreement gives zero (RFC 7748 section 6.1): nobody makes one by accident, and sealing to one
/// fails.
bool isUsableAgreementKey(const std::array<std::uint8_t, 32>& publicKey);

}  // namespace teren
