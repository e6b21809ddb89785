// SPDX-License-Identifier: EUPL-1.2
// Our wrappers against the same primitives from other hands, on random inputs, both ways.
#include "crypto/aead.h"
#include "crypto/box.h"
#include "crypto/password.h"
#include "crypto/sign/agreement_key.h"
#include "crypto/sign/hash.h"
#include "crypto/sign/signature.h"
#include "tests/support/catch.h"
#include "tests/support/other_crypto.h"
#include "tests/support/seeded.h"

#include <sodium.h>

#include <algorithm>
#include <string>

namespace teren {
namespace {

namespace other = test::other;

constexpr int kRounds = 400;

struct Inputs {
    test::SeededRandom random{20'261'122};

    Bytes bytes(std::size_t size)
    {
        Bytes out(size);
        random.fill(out);
        return out;
    }
    /// Often around the borders of blocks.
    Bytes text()
    {
        const std::size_t block = std::size_t{16} << random.below(5);
        return bytes(random.chance(50) ? random.below(600) : block * random.below(4) + random.below(3));
    }
    SecretKey key() { return SecretKey::generate(random); }
    void bend(Bytes& bytes)
    {
        const std::uint64_t bit = random.below(bytes.size() * 8);
        bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] ^ (1U << (bit % 8)));
    }
};

}  // namespace

TEST_CASE("differential: XChaCha20-Poly1305 is the other's, both ways, and both refuse the same", "[crypto]")
{
    Inputs in;
    for (int round = 0; round < kRounds; ++round) {
        const SecretKey key = in.key();
        const Bytes associated = in.text();
        const Bytes plain = in.text();
        const Bytes ours = seal(key, associated, plain, in.random);
        REQUIRE(other::openXChaCha(key.reveal(), associated, ours) == plain);
        const Bytes theirs = other::sealXChaCha(key.reveal(), associated, plain, in.bytes(24));
        REQUIRE(open(key, associated, theirs) == plain);
        REQUIRE(other::sealXChaCha(key.reveal(), associated, plain, ByteView(ours).first(24)) == ours);
        Bytes bent = ours;
        in.bend(bent);
        REQUIRE_FALSE(open(key, associated, bent));
        REQUIRE_FALSE(other::openXChaCha(key.reveal(), associated, bent));
    }
}

TEST_CASE("differential: BLAKE2b-256, keyed and not, whole and in pieces", "[crypto]")
{
    Inputs in;
    for (int round = 0; round < kRounds; ++round) {
        const Bytes first = in.text();
        const Bytes second = in.text();
        Bytes both = first;
        both.insert(both.end(), second.begin(), second.end());
        const Hash plain = blake2b({first, second});
        REQUIRE(toBytes(plain) == other::blake2b({}, both, 32));
        REQUIRE(Hasher().add(first).add(second).finish() == plain);
        const Bytes key = in.bytes(16 + in.random.below(49));
        const Hash keyed = blake2bKeyed(key, {first, second});
        REQUIRE(toBytes(keyed) == other::blake2b(key, both, 32));
        REQUIRE(toBytes(keyed) == other::blake2bMac(key, both));
        REQUIRE(keyed != plain);
    }
}

TEST_CASE("differential: Ed25519 makes the same keys and signatures, and verifies the same", "[crypto]")
{
    Inputs in;
    for (int round = 0; round < kRounds; ++round) {
        const SigningKey key = SigningKey::generate(in.random);
        const Bytes message = in.text();
        const auto seed = key.seed().reveal();
        REQUIRE(key.publicKey() == other::ed25519PublicKey(seed));
        const Signature signature = key.sign("", message);
        REQUIRE(toBytes(signature) == other::ed25519Sign(seed, message));
        REQUIRE(verify(key.publicKey(), "", message, signature));

        Bytes bentMessage = message;
        bentMessage.push_back(1);
        REQUIRE_FALSE(verify(key.publicKey(), "", bentMessage, signature));
        Bytes bent = toBytes(signature);
        in.bend(bent);
        Signature bentSignature{};
        std::ranges::copy(bent, bentSignature.begin());
        REQUIRE_FALSE(verify(key.publicKey(), "", message, bentSignature));
        REQUIRE_FALSE(other::ed25519Verify(key.publicKey(), message, bent));
        Bytes bentKey = toBytes(key.publicKey());
        in.bend(bentKey);
        VerifyKey wrong{};
        std::ranges::copy(bentKey, wrong.begin());
        REQUIRE_FALSE(verify(wrong, "", message, signature));
        REQUIRE_FALSE(other::ed25519Verify(bentKey, message, signature));
    }
}

TEST_CASE(
    "differential: X25519 makes the same keys and agreements, for any bytes of a public key", "[crypto]")
{
    Inputs in;
    for (int round = 0; round < kRounds; ++round) {
        const BoxKey key = BoxKey::generate(in.random);
        const auto secret = key.secret().reveal();
        REQUIRE(key.publicKey() == other::x25519PublicKey(secret));
        BoxPublicKey theirs{};
        std::ranges::copy(in.bytes(32), theirs.begin());
        BoxPublicKey shared{};
        const int code = crypto_scalarmult(shared.data(), secret.data(), theirs.data());
        const auto expected = other::x25519(secret, theirs);
        REQUIRE((code == 0) == expected.has_value());
        REQUIRE(isUsableAgreementKey(theirs) == expected.has_value());
        if (expected)
            REQUIRE(shared == *expected);
    }
}

TEST_CASE("differential: sealed boxes open elsewhere, and a changed one nowhere", "[crypto]")
{
    Inputs in;
    for (int round = 0; round < kRounds; ++round) {
        const BoxKey key = BoxKey::generate(in.random);
        const Bytes plain = in.text();
        Bytes box = sealTo(key.publicKey(), plain);
        REQUIRE(box.size() == plain.size() + kBoxOverhead);
        REQUIRE(other::openSealedBox(key.secret().reveal(), box) == plain);
        REQUIRE(key.open(box) == plain);
        const BoxKey another = BoxKey::generate(in.random);
        REQUIRE_FALSE(another.open(box));
        REQUIRE_FALSE(other::openSealedBox(another.secret().reveal(), box));
        // The top bit of an X25519 key means nothing, but the nonce is made of it.
        in.bend(box);
        REQUIRE_FALSE(key.open(box));
        REQUIRE_FALSE(other::openSealedBox(key.secret().reveal(), box));
    }
}

TEST_CASE("differential: Argon2id, at the costs that slots have and at small ones", "[crypto]")
{
    Inputs in;
    for (int round = 0; round < 60; ++round) {
        const Bytes salt = in.bytes(kKdfSaltSize);
        // A string has a place even when it is empty; libsodium wants one.
        const std::string password(textOf(in.text()));
        const auto passes = static_cast<std::uint32_t>(1 + in.random.below(4));
        const auto kib = static_cast<std::uint32_t>(8 + in.random.below(200));
        Bytes ours(16 + in.random.below(100));
        REQUIRE(
            crypto_pwhash(
                ours.data(), ours.size(), password.data(), password.size(), salt.data(), passes,
                std::size_t{kib} * 1'024, crypto_pwhash_ALG_ARGON2ID13)
            == 0);
        REQUIRE(ours == other::argon2id(password, salt, passes, kib, ours.size()));
    }
    for (const KdfParameters& kdf : {kKdfFloor, KdfParameters{3, std::uint64_t{65} << 20}}) {
        KdfSalt salt{};
        in.random.fill(salt);
        for (const std::string_view passphrase : {"zażółć gęślą jaźń", ""}) {
            const auto key = stretchPassphrase(passphrase, salt, kdf);
            REQUIRE(key);
            const auto kib = static_cast<std::uint32_t>(kdf.memoryBytes / 1'024);
            CHECK(toBytes(key->reveal()) == other::argon2id(passphrase, salt, kdf.passes, kib, 32));
        }
    }
}

}  // namespace teren
