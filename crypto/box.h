// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"
#include "crypto/sign/secret_key.h"

namespace teren {

/// An X25519 public key.
using BoxPublicKey = std::array<std::uint8_t, 32>;

/// Bytes that `sealTo` adds: an ephemeral public key, a tag.
inline constexpr std::size_t kBoxOverhead = 48;

/// An X25519 key pair that opens sealed boxes.
class BoxKey {
public:
    static BoxKey generate(RandomSource& random);
    static BoxKey fromSecret(SecretKey secret);

    const BoxPublicKey& publicKey() const { return publicKey_; }
    const SecretKey& secret() const { return secret_; }

    /// Opens what `sealTo(publicKey(), …)` made. @return `Forged` for anything else.
    Result<Bytes> open(ByteView box) const;

private:
    BoxKey(SecretKey secret, BoxPublicKey publicKey) : secret_(std::move(secret)), publicKey_(publicKey) {}

    SecretKey secret_;
    BoxPublicKey publicKey_;
};

/// Seals to a public key, anonymously (libsodium `crypto_box_seal`): `kBoxOverhead` longer than `plaintext`.
/// The ephemeral key is libsodium's own, so the result is not reproducible from a seed.
Bytes sealTo(const BoxPublicKey& recipient, ByteView plaintext);

}  // namespace teren
