// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/random.h"
#include "crypto/base/result.h"
#include "crypto/sign/secret_key.h"

namespace teren {

/// What `seal` adds to a plaintext: nonce (24) before it, tag (16) behind it.
inline constexpr std::size_t kSealOverhead = 24 + 16;

/// Encrypts and authenticates `plaintext` with XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03).
///
/// @param associated  Authenticated, not contained: says what the box is and where it belongs. It starts
///                    with a fixed label and version, so that a box made for one purpose does not open
///                    for another.
/// @return nonce (24) ‖ ciphertext ‖ tag (16). The nonce is random; at 192 bits a repeat is not a concern.
Bytes seal(const SecretKey& key, ByteView associated, ByteView plaintext, RandomSource& random);

/// Opens what `seal` made with the same key and associated data.
///
/// @return `Malformed` if too short, `Forged` in every other case; nothing of the plaintext is released.
Result<Bytes> open(const SecretKey& key, ByteView associated, ByteView box);

}  // namespace teren
