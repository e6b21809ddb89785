// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"

#include <array>
#include <optional>

// The primitives of crypto/ from other hands than libsodium's: OpenSSL (ChaCha20-Poly1305, Poly1305, X25519,
// Ed25519, keyed BLAKE2b), libb2 (BLAKE2b), libargon2. What none of them has is put together here from what
// they have, after the documents that define it; the Salsa20 core is the only primitive of our own, and for
// tests alone.
namespace teren::test::other {

using Bytes32 = std::array<std::uint8_t, 32>;

/// Opens nonce (24) ‖ ciphertext ‖ tag (draft-irtf-cfrg-xchacha-03) with OpenSSL's ChaCha20 and
/// ChaCha20-Poly1305.
std::optional<Bytes> openXChaCha(ByteView key, ByteView associated, ByteView box);
/// The other direction.
Bytes sealXChaCha(ByteView key, ByteView associated, ByteView plaintext, ByteView nonce);

/// BLAKE2b of `size` bytes by libb2; `key` may be empty.
Bytes blake2b(ByteView key, ByteView message, std::size_t size);
/// Keyed BLAKE2b-256 by OpenSSL.
Bytes blake2bMac(ByteView key, ByteView message);

Bytes32 ed25519PublicKey(ByteView seed);
Bytes ed25519Sign(ByteView seed, ByteView message);
bool ed25519Verify(ByteView publicKey, ByteView message, ByteView signature);

Bytes32 x25519PublicKey(ByteView secret);
/// Nothing for a point of low order.
std::optional<Bytes32> x25519(ByteView secret, ByteView publicKey);

/// Opens a box as libsodium's crypto_box_seal makes it.
std::optional<Bytes> openSealedBox(ByteView secret, ByteView box);

/// Argon2id 1.3 with one lane, by libargon2.
Bytes argon2id(
    std::string_view password, ByteView salt, std::uint32_t passes, std::uint32_t kib, std::size_t size);

}  // namespace teren::test::other
