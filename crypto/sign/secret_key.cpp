// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sign/secret_key.h"

#include "crypto/base/assert.h"
#include "crypto/sign/hash.h"

#include <sodium.h>

#include <cstring>

namespace teren {

void SecretKey::Wipe::operator()(std::uint8_t* bytes) const noexcept
{
    sodium_free(bytes);
}

namespace {

/// libsodium's guarded memory needs its start-up to have run, whoever makes the first key.
std::uint8_t* guardedBytes(std::size_t size)
{
    static const bool ready = sodium_init() >= 0;
    TEREN_ASSERT(ready);
    return static_cast<std::uint8_t*>(sodium_malloc(size));
}

}  // namespace

SecretKey::SecretKey() : bytes_(guardedBytes(kSize))
{
    TEREN_ASSERT(bytes_ != nullptr);
}

SecretKey SecretKey::generate(RandomSource& random)
{
    SecretKey key;
    random.fill({key.bytes_.get(), kSize});
    return key;
}

SecretKey SecretKey::copyOf(std::span<const std::uint8_t, kSize> bytes)
{
    SecretKey key;
    std::memcpy(key.bytes_.get(), bytes.data(), kSize);
    return key;
}

SecretKey SecretKey::derive(std::string_view label) const
{
    Hash derived = blake2bKeyed(reveal(), {viewOf(label)});
    SecretKey key = copyOf(derived);
    sodium_memzero(derived.data(), derived.size());
    return key;
}

}  // namespace teren
