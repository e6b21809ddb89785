// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/sign/secret_key.h"

namespace teren {

/// An Ed25519 public key (RFC 8032).
using VerifyKey = std::array<std::uint8_t, 32>;
/// An Ed25519 signature.
using Signature = std::array<std::uint8_t, 64>;

/// An Ed25519 key pair, kept as its 32-byte seed.
class SigningKey {
public:
    static SigningKey generate(RandomSource& random);
    static SigningKey fromSeed(SecretKey seed);

    const VerifyKey& publicKey() const { return publicKey_; }
    const SecretKey& seed() const { return seed_; }

    /// Signs `label ‖ message`. The label says what kind of thing is signed and ends in a version,
    /// for example "teren.segment.v1", so a signature made for one thing never fits another.
    Signature sign(std::string_view label, ByteView message) const;

private:
    SigningKey(SecretKey seed, VerifyKey publicKey) : seed_(std::move(seed)), publicKey_(publicKey) {}

    SecretKey seed_;
    VerifyKey publicKey_;
};

/// Whether `signature` is `key`'s over `label ‖ message`.
bool verify(const VerifyKey& key, std::string_view label, ByteView message, const Signature& signature);

}  // namespace teren
