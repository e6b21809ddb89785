// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/other_crypto.h"

#include "tests/support/catch.h"

#include <argon2.h>
#include <blake2.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <bit>
#include <memory>
#include <string>

namespace teren::test::other {
namespace {

template <auto Free>
struct With {
    template <typename Object>
    void operator()(Object* object) const
    {
        Free(object);
    }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, With<EVP_CIPHER_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, With<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, With<EVP_PKEY_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, With<EVP_MD_CTX_free>>;
using MacKind = std::unique_ptr<EVP_MAC, With<EVP_MAC_free>>;
using Mac = std::unique_ptr<EVP_MAC_CTX, With<EVP_MAC_CTX_free>>;

using Words = std::array<std::uint32_t, 16>;

std::uint32_t wordAt(ByteView bytes, std::size_t index)
{
    std::uint32_t word = 0;
    for (std::size_t i = 4; i-- > 0;)
        word = word << 8 | bytes[4 * index + i];
    return word;
}

void putWord(std::span<std::uint8_t> bytes, std::size_t index, std::uint32_t word)
{
    for (std::size_t i = 0; i < 4; ++i)
        bytes[4 * index + i] = static_cast<std::uint8_t>(word >> (8 * i));
}

constexpr std::string_view kSigma{"expand 32-byte k"};

/// HChaCha20 from OpenSSL's ChaCha20: the block is the rounds' result plus the state before them.
Bytes32 hChaCha(ByteView key, ByteView nonce)
{
    const Cipher cipher(EVP_CIPHER_CTX_new());
    REQUIRE(EVP_EncryptInit_ex(cipher.get(), EVP_chacha20(), nullptr, key.data(), nonce.data()) == 1);
    const std::array<std::uint8_t, 64> zeros{};
    std::array<std::uint8_t, 64> block{};
    int size = 0;
    REQUIRE(EVP_EncryptUpdate(cipher.get(), block.data(), &size, zeros.data(), 64) == 1);
    Bytes32 out{};
    for (std::size_t i = 0; i < 4; ++i) {
        putWord(out, i, wordAt(block, i) - wordAt(viewOf(kSigma), i));
        putWord(out, 4 + i, wordAt(block, 12 + i) - wordAt(nonce, i));
    }
    return out;
}

std::array<std::uint8_t, 12> innerNonce(ByteView nonce)
{
    std::array<std::uint8_t, 12> inner{};
    std::ranges::copy(nonce.subspan(16, 8), inner.begin() + 4);
    return inner;
}

/// The Salsa20 rounds (Bernstein, "The Salsa20 family of stream ciphers"), without the final addition.
Words salsaRounds(Words x)
{
    const auto quarter = [&x](std::size_t a, std::size_t b, std::size_t c, std::size_t d) {
        x[b] ^= std::rotl(x[a] + x[d], 7);
        x[c] ^= std::rotl(x[b] + x[a], 9);
        x[d] ^= std::rotl(x[c] + x[b], 13);
        x[a] ^= std::rotl(x[d] + x[c], 18);
    };
    for (int round = 0; round < 20; round += 2) {
        quarter(0, 4, 8, 12);
        quarter(5, 9, 13, 1);
        quarter(10, 14, 2, 6);
        quarter(15, 3, 7, 11);
        quarter(0, 1, 2, 3);
        quarter(5, 6, 7, 4);
        quarter(10, 11, 8, 9);
        quarter(15, 12, 13, 14);
    }
    return x;
}

/// `input` are the 16 bytes in the middle: nonce, then counter.
Words salsaState(ByteView key, ByteView input)
{
    Words state{};
    for (std::size_t i = 0; i < 4; ++i) {
        state[5 * i] = wordAt(viewOf(kSigma), i);
        state[1 + i] = wordAt(key, i);
        state[6 + i] = wordAt(input, i);
        state[11 + i] = wordAt(key, 4 + i);
    }
    return state;
}

Bytes32 hSalsa(ByteView key, ByteView nonce)
{
    const Words x = salsaRounds(salsaState(key, nonce));
    Bytes32 out{};
    constexpr std::array<std::size_t, 8> kTaken{0, 5, 10, 15, 6, 7, 8, 9};
    for (std::size_t i = 0; i < kTaken.size(); ++i)
        putWord(out, i, x[kTaken[i]]);
    return out;
}

Bytes salsaStream(ByteView key, ByteView nonce, std::size_t size)
{
    Bytes stream;
    std::array<std::uint8_t, 16> input{};
    std::ranges::copy(nonce.first(8), input.begin());
    for (std::uint32_t block = 0; stream.size() < size; ++block) {
        putWord(input, 2, block);
        const Words state = salsaState(key, input);
        const Words rounds = salsaRounds(state);
        std::array<std::uint8_t, 64> bytes{};
        for (std::size_t i = 0; i < 16; ++i)
            putWord(bytes, i, rounds[i] + state[i]);
        stream.insert(stream.end(), bytes.begin(), bytes.end());
    }
    stream.resize(size);
    return stream;
}

Bytes mac(const char* kind, ByteView key, ByteView message, std::size_t size)
{
    const MacKind known(EVP_MAC_fetch(nullptr, kind, nullptr));
    REQUIRE(known != nullptr);
    const Mac context(EVP_MAC_CTX_new(known.get()));
    std::size_t wanted = size;
    const std::array<OSSL_PARAM, 2> parameters{
        std::string_view(kind) == "POLY1305" ? OSSL_PARAM_construct_end()
                                             : OSSL_PARAM_construct_size_t("size", &wanted),
        OSSL_PARAM_construct_end()};
    REQUIRE(EVP_MAC_init(context.get(), key.data(), key.size(), parameters.data()) == 1);
    REQUIRE(EVP_MAC_update(context.get(), message.data(), message.size()) == 1);
    Bytes out(64);
    std::size_t got = 0;
    REQUIRE(EVP_MAC_final(context.get(), out.data(), &got, out.size()) == 1);
    out.resize(got);
    return out;
}

Key privateKey(int kind, ByteView secret)
{
    return Key(EVP_PKEY_new_raw_private_key(kind, nullptr, secret.data(), secret.size()));
}

Key publicKey(int kind, ByteView bytes)
{
    return Key(EVP_PKEY_new_raw_public_key(kind, nullptr, bytes.data(), bytes.size()));
}

Bytes32 publicOf(const Key& key)
{
    Bytes32 bytes{};
    std::size_t size = bytes.size();
    REQUIRE(EVP_PKEY_get_raw_public_key(key.get(), bytes.data(), &size) == 1);
    return bytes;
}

}  // namespace

std::optional<Bytes> openXChaCha(ByteView key, ByteView associated, ByteView box)
{
    if (box.size() < 40)
        return {};
    const Bytes32 inner = hChaCha(key, box.first(16));
    const auto nonce = innerNonce(box);
    const ByteView text = box.subspan(24, box.size() - 40);
    Bytes tag = toBytes(box.last(16));
    const Cipher cipher(EVP_CIPHER_CTX_new());
    REQUIRE(
        EVP_DecryptInit_ex(cipher.get(), EVP_chacha20_poly1305(), nullptr, inner.data(), nonce.data()) == 1);
    int size = 0;
    REQUIRE(
        EVP_DecryptUpdate(
            cipher.get(), nullptr, &size, associated.data(), static_cast<int>(associated.size()))
        == 1);
    Bytes plain(text.size() + 16);
    REQUIRE(
        EVP_DecryptUpdate(cipher.get(), plain.data(), &size, text.data(), static_cast<int>(text.size()))
        == 1);
    REQUIRE(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, 16, tag.data()) == 1);
    int rest = 0;
    if (EVP_DecryptFinal_ex(cipher.get(), plain.data() + size, &rest) != 1)
        return {};
    plain.resize(text.size());
    return plain;
}

Bytes sealXChaCha(ByteView key, ByteView associated, ByteView plaintext, ByteView nonce)
{
    const Bytes32 inner = hChaCha(key, nonce.first(16));
    const auto iv = innerNonce(nonce);
    const Cipher cipher(EVP_CIPHER_CTX_new());
    REQUIRE(EVP_EncryptInit_ex(cipher.get(), EVP_chacha20_poly1305(), nullptr, inner.data(), iv.data()) == 1);
    int size = 0;
    REQUIRE(
        EVP_EncryptUpdate(
            cipher.get(), nullptr, &size, associated.data(), static_cast<int>(associated.size()))
        == 1);
    Bytes text(plaintext.size() + 16);
    REQUIRE(
        EVP_EncryptUpdate(
            cipher.get(), text.data(), &size, plaintext.data(), static_cast<int>(plaintext.size()))
        == 1);
    int rest = 0;
    REQUIRE(EVP_EncryptFinal_ex(cipher.get(), text.data() + size, &rest) == 1);
    REQUIRE(
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, 16, text.data() + plaintext.size()) == 1);
    Bytes box = toBytes(nonce);
    box.insert(box.end(), text.begin(), text.end());
    return box;
}

Bytes blake2b(ByteView key, ByteView message, std::size_t size)
{
    Bytes out(size);
    REQUIRE(::blake2b(out.data(), message.data(), key.data(), size, message.size(), key.size()) == 0);
    return out;
}

Bytes blake2bMac(ByteView key, ByteView message)
{
    return mac("BLAKE2BMAC", key, message, 32);
}

Bytes32 ed25519PublicKey(ByteView seed)
{
    return publicOf(privateKey(EVP_PKEY_ED25519, seed));
}

Bytes ed25519Sign(ByteView seed, ByteView message)
{
    const Key key = privateKey(EVP_PKEY_ED25519, seed);
    const Digest context(EVP_MD_CTX_new());
    REQUIRE(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
    Bytes signature(64);
    std::size_t size = signature.size();
    REQUIRE(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) == 1);
    return signature;
}

bool ed25519Verify(ByteView key, ByteView message, ByteView signature)
{
    const Key known = publicKey(EVP_PKEY_ED25519, key);
    const Digest context(EVP_MD_CTX_new());
    REQUIRE(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, known.get()) == 1);
    return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size())
        == 1;
}

Bytes32 x25519PublicKey(ByteView secret)
{
    return publicOf(privateKey(EVP_PKEY_X25519, secret));
}

std::optional<Bytes32> x25519(ByteView secret, ByteView theirs)
{
    const Key own = privateKey(EVP_PKEY_X25519, secret);
    const Key other = publicKey(EVP_PKEY_X25519, theirs);
    const KeyContext context(EVP_PKEY_CTX_new(own.get(), nullptr));
    REQUIRE(EVP_PKEY_derive_init(context.get()) == 1);
    REQUIRE(EVP_PKEY_derive_set_peer(context.get(), other.get()) == 1);
    Bytes32 shared{};
    std::size_t size = shared.size();
    if (EVP_PKEY_derive(context.get(), shared.data(), &size) != 1)
        return {};
    return shared;
}

std::optional<Bytes> openSealedBox(ByteView secret, ByteView box)
{
    if (box.size() < 48)
        return {};
    const ByteView ephemeral = box.first(32);
    const std::optional<Bytes32> shared = x25519(secret, ephemeral);
    if (!shared)
        return {};
    Bytes named = toBytes(ephemeral);
    const Bytes32 own = x25519PublicKey(secret);
    named.insert(named.end(), own.begin(), own.end());
    const Bytes nonce = blake2b({}, named, 24);
    const std::array<std::uint8_t, 16> zeros{};
    const Bytes32 inner = hSalsa(hSalsa(*shared, zeros), ByteView(nonce).first(16));
    const ByteView text = box.subspan(48);
    const Bytes stream = salsaStream(inner, ByteView(nonce).subspan(16), 32 + text.size());
    const Bytes tag = mac("POLY1305", ByteView(stream).first(32), text, 16);
    if (!std::ranges::equal(tag, box.subspan(32, 16)))
        return {};
    Bytes plain = toBytes(text);
    for (std::size_t i = 0; i < plain.size(); ++i)
        plain[i] ^= stream[32 + i];
    return plain;
}

Bytes argon2id(
    std::string_view password, ByteView salt, std::uint32_t passes, std::uint32_t kib, std::size_t size)
{
    Bytes out(size);
    REQUIRE(
        argon2id_hash_raw(
            passes, kib, 1, password.data(), password.size(), salt.data(), salt.size(), out.data(),
            out.size())
        == ARGON2_OK);
    return out;
}

}  // namespace teren::test::other
