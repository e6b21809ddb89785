// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sign/signature.h"

#include <sodium.h>

#include <algorithm>

namespace teren {
namespace {

Bytes labelled(std::string_view label, ByteView message)
{
    Bytes bytes;
    bytes.reserve(label.size() + message.size());
    bytes.insert(bytes.end(), label.begin(), label.end());
    bytes.insert(bytes.end(), message.begin(), message.end());
    return bytes;
}

}  // namespace

SigningKey SigningKey::generate(RandomSource& random)
{
    return fromSeed(SecretKey::generate(random));
}

SigningKey SigningKey::fromSeed(SecretKey seed)
{
    VerifyKey publicKey{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
    crypto_sign_seed_keypair(publicKey.data(), secret.data(), seed.reveal().data());
    sodium_memzero(secret.data(), secret.size());
    return {std::move(seed), publicKey};
}

Signature SigningKey::sign(std::string_view label, ByteView message) const
{
    // libsodium's secret key is seed ‖ public key; it is put together only for the call.
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
    std::ranges::copy(seed_.reveal(), secret.begin());
    std::ranges::copy(publicKey_, secret.begin() + SecretKey::kSize);
    const Bytes text = labelled(label, message);
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, text.data(), text.size(), secret.data());
    sodium_memzero(secret.data(), secret.size());
    return signature;
}

bool verify(const VerifyKey& key, std::string_view label, ByteView message, const Signature& signature)
{
    const Bytes text = labelled(label, message);
    return crypto_sign_verify_detached(signature.data(), text.data(), text.size(), key.data()) == 0;
}

}  // namespace teren
