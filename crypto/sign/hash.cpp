// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sign/hash.h"

#include "crypto/base/assert.h"

#include <sodium.h>

namespace teren {
namespace {

crypto_generichash_state* stateIn(std::array<std::uint8_t, 384>& room)
{
    static_assert(sizeof(crypto_generichash_state) <= 384 && alignof(crypto_generichash_state) <= 64);
    return reinterpret_cast<crypto_generichash_state*>(room.data());
}

}  // namespace

Hasher::Hasher()
{
    crypto_generichash_init(stateIn(state_), nullptr, 0, sizeof(Hash));
}

Hasher& Hasher::add(ByteView bytes)
{
    crypto_generichash_update(stateIn(state_), bytes.data(), bytes.size());
    return *this;
}

Hasher& Hasher::addNumber(std::uint64_t number)
{
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < 8; ++i)
        bytes[i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
    return add(bytes);
}

Hash Hasher::finish()
{
    Hash hash{};
    crypto_generichash_final(stateIn(state_), hash.data(), hash.size());
    return hash;
}

Hash blake2b(std::initializer_list<ByteView> parts)
{
    Hasher hasher;
    for (const ByteView part : parts)
        hasher.add(part);
    return hasher.finish();
}

Hash blake2bKeyed(ByteView key, std::initializer_list<ByteView> parts)
{
    TEREN_ASSERT(
        key.size() >= crypto_generichash_KEYBYTES_MIN && key.size() <= crypto_generichash_KEYBYTES_MAX);
    crypto_generichash_state state;
    crypto_generichash_init(&state, key.data(), key.size(), sizeof(Hash));
    for (const ByteView part : parts)
        crypto_generichash_update(&state, part.data(), part.size());
    Hash hash{};
    crypto_generichash_final(&state, hash.data(), hash.size());
    sodium_memzero(&state, sizeof state);
    return hash;
}

bool equalInConstantTime(ByteView left, ByteView right)
{
    return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace teren
