// SPDX-License-Identifier: EUPL-1.2
// Published vectors through our wrappers, and the inputs that implementations have got wrong, in the manner
// of Project Wycheproof; each says where it is from.
#include "crypto/aead.h"
#include "crypto/base/hex.h"
#include "crypto/box.h"
#include "crypto/password.h"
#include "crypto/sign/agreement_key.h"
#include "crypto/sign/hash.h"
#include "crypto/sign/signature.h"
#include "tests/support/catch.h"
#include "tests/support/other_crypto.h"
#include "tests/support/seeded.h"

#include <argon2.h>
#include <sodium.h>

#include <algorithm>
#include <array>

namespace teren {
namespace {

Bytes hex(std::string_view text)
{
    const Result<Bytes> bytes = fromHex(text);
    REQUIRE(bytes);
    return *bytes;
}

template <std::size_t Size>
std::array<std::uint8_t, Size> hexArray(std::string_view text)
{
    std::array<std::uint8_t, Size> out{};
    const Bytes bytes = hex(text);
    REQUIRE(bytes.size() == Size);
    std::ranges::copy(bytes, out.begin());
    return out;
}

SecretKey secret(std::string_view text)
{
    return SecretKey::copyOf(hexArray<32>(text));
}

Bytes counted(std::size_t size)
{
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<std::uint8_t>(i);
    return bytes;
}

Bytes joined(std::initializer_list<ByteView> parts)
{
    Bytes all;
    for (const ByteView part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

/// Gives out what it was told to.
class FixedRandom : public RandomSource {
public:
    explicit FixedRandom(Bytes bytes) : bytes_(std::move(bytes)) {}
    void fill(std::span<std::uint8_t> out) override
    {
        REQUIRE(out.size() <= bytes_.size());
        std::copy_n(bytes_.begin(), out.size(), out.begin());
        bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(out.size()));
    }

private:
    Bytes bytes_;
};

}  // namespace

// ---- XChaCha20-Poly1305 ---------------------------------------------------------------------------------

TEST_CASE("vectors: XChaCha20-Poly1305 of draft-irtf-cfrg-xchacha-03, appendix A.3.1", "[crypto]")
{
    const Bytes plain = toBytes(viewOf(std::string_view(
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        "sunscreen would be it.")));
    const Bytes associated = hex("50515253c0c1c2c3c4c5c6c7");
    const SecretKey key = secret("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    const Bytes nonce = hex("404142434445464748494a4b4c4d4e4f5051525354555657");
    const Bytes sealed = hex(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
        "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
        "21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49");
    FixedRandom random(nonce);
    const Bytes box = seal(key, associated, plain, random);
    CHECK(box == joined({nonce, sealed}));
    CHECK(open(key, associated, box) == plain);
}

TEST_CASE("vectors: XChaCha20-Poly1305 refuses every changed tag, nonce and length", "[crypto]")
{
    const SecretKey key = secret("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    for (const std::size_t size : {0UL, 1UL, 15UL, 16UL, 17UL, 63UL, 64UL, 65UL, 255UL, 256UL}) {
        FixedRandom random(counted(24));
        const Bytes plain = counted(size);
        const Bytes box = seal(key, {}, plain, random);
        REQUIRE(box.size() == size + kSealOverhead);
        REQUIRE(open(key, {}, box) == plain);
        // Nonce and tag, bit by bit.
        for (std::size_t at = 0; at < box.size(); at = at + 1 == 24 ? box.size() - 16 : at + 1) {
            for (unsigned bit = 0; bit < 8; ++bit) {
                Bytes bent = box;
                bent[at] = static_cast<std::uint8_t>(bent[at] ^ (1U << bit));
                REQUIRE(open(key, {}, bent).error().code == Errc::Forged);
            }
        }
        // Tags that a careless comparison lets through: all zero, all one, inverted, swapped halves.
        const ByteView tag = ByteView(box).last(16);
        Bytes inverted = toBytes(tag);
        for (std::uint8_t& byte : inverted)
            byte = static_cast<std::uint8_t>(~byte);
        const Bytes swapped = joined({tag.last(8), tag.first(8)});
        for (const Bytes& forged : {Bytes(16, 0), Bytes(16, 0xff), inverted, swapped}) {
            Bytes bent = box;
            std::ranges::copy(forged, bent.end() - 16);
            REQUIRE(open(key, {}, bent).error().code == Errc::Forged);
        }
        REQUIRE(open(key, {}, joined({box, Bytes{0}})).error().code == Errc::Forged);
        // Associated data and text are told apart.
        REQUIRE_FALSE(open(key, Bytes{0}, box));
    }
    CHECK(open(key, {}, {}).error().code == Errc::Malformed);
    CHECK(open(key, {}, Bytes(39)).error().code == Errc::Malformed);
}

// ---- BLAKE2b --------------------------------------------------------------------------------------------

TEST_CASE("vectors: BLAKE2b-256", "[crypto]")
{
    // Computed with CPython's hashlib, which is the reference code of the authors of BLAKE2.
    CHECK(
        toHex(blake2b({viewOf(std::string_view("abc"))}))
        == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    CHECK(toHex(blake2b({})) == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    CHECK(
        toHex(blake2bKeyed(counted(32), {counted(256)}))
        == "b42be36ea26392f67d1d3706ffa72b6c61c2ff38e1fabd9a49e154d54b967d83");
    CHECK(
        toHex(blake2bKeyed(counted(64), {}))
        == "2fa9fbd9be36437de204e139e97d402bce68c828f43391608c891b5faed8a98a");
    CHECK(
        toHex(blake2bKeyed(counted(16), {counted(128)}))
        == "dd8916a99bcfb015fa42b63b831a8f8e9d1875e6c595704e9c2e5fefb2df2c6c");
}

TEST_CASE("vectors: the BLAKE2b that others are compared with is that of RFC 7693, appendix A", "[crypto]")
{
    CHECK(
        toHex(test::other::blake2b({}, viewOf(std::string_view("abc")), 64))
        == "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
           "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
}

// ---- Ed25519 --------------------------------------------------------------------------------------------

TEST_CASE("vectors: Ed25519 of RFC 8032, section 7.1, tests 1 to 3", "[crypto]")
{
    struct Vector {
        std::string_view seed, key, message, signature;
    };
    constexpr std::array kVectors{
        Vector{
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b"},
        Vector{
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00"},
        Vector{
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
            "4a7c15e9716ed28dc027beceea1ec40a"}};
    for (const Vector& vector : kVectors) {
        const SigningKey key = SigningKey::fromSeed(secret(vector.seed));
        CHECK(toHex(key.publicKey()) == vector.key);
        const Signature signature = key.sign("", hex(vector.message));
        CHECK(toHex(signature) == vector.signature);
        CHECK(verify(key.publicKey(), "", hex(vector.message), signature));
    }
}

TEST_CASE("vectors: an Ed25519 signature has one form: S beyond the group's order is refused", "[crypto]")
{
    // Of the kind that Wycheproof calls SignatureMalleability: S + n L verifies where S is not checked.
    const Bytes order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    test::SeededRandom random(3);
    for (int round = 0; round < 20; ++round) {
        const SigningKey key = SigningKey::generate(random);
        const Bytes message = counted(static_cast<std::size_t>(round));
        Signature signature = key.sign("", message);
        REQUIRE(verify(key.publicKey(), "", message, signature));
        // As long as S + n L fits.
        for (int times = 1; times < 15; ++times) {
            unsigned carry = 0;
            for (std::size_t i = 0; i < 32; ++i) {
                carry += signature[32 + i] + static_cast<unsigned>(order[i]);
                signature[32 + i] = static_cast<std::uint8_t>(carry);
                carry >>= 8;
            }
            REQUIRE(carry == 0);
            REQUIRE_FALSE(verify(key.publicKey(), "", message, signature));
        }
    }
}

TEST_CASE(
    "vectors: Ed25519 keys and commitments of small order, or written another way, are refused", "[crypto]")
{
    // The points of small order, with the ways to write them that are not the right one. Of each kind a
    // signature with S = 0 can be made that verifies for many messages where they are not refused.
    constexpr std::array kSmall{
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"};
    test::SeededRandom random(4);
    const SigningKey honest = SigningKey::generate(random);
    for (const char* key : kSmall) {
        for (const char* commitment : kSmall) {
            Signature forged{};
            std::ranges::copy(hex(commitment), forged.begin());
            for (std::uint8_t text = 0; text < 16; ++text)
                REQUIRE_FALSE(verify(hexArray<32>(key), "", Bytes{text}, forged));
        }
        Signature forged = honest.sign("", {});
        std::ranges::copy(hex(key), forged.begin());
        REQUIRE_FALSE(verify(honest.publicKey(), "", {}, forged));
    }
    // y from p to 2^255 - 1: another way to write a small y, of whatever order.
    for (unsigned low = 0xed; low <= 0xff; ++low) {
        VerifyKey key = hexArray<32>("00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        key[0] = static_cast<std::uint8_t>(low);
        REQUIRE_FALSE(verify(key, "", {}, honest.sign("", {})));
    }
    CHECK_FALSE(verify(honest.publicKey(), "", {}, Signature{}));
}

// ---- X25519 and sealed boxes ----------------------------------------------------------------------------

TEST_CASE("vectors: X25519 of RFC 7748, sections 5.2 and 6.1", "[crypto]")
{
    struct Vector {
        std::string_view scalar, point, product;
    };
    constexpr std::array kVectors{
        Vector{
            "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
            "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
            "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"},
        Vector{
            "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
            "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
            "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"}};
    for (const Vector& vector : kVectors) {
        std::array<std::uint8_t, 32> product{};
        REQUIRE(crypto_scalarmult(product.data(), hex(vector.scalar).data(), hex(vector.point).data()) == 0);
        CHECK(toHex(product) == vector.product);
    }
    const BoxKey alice
        = BoxKey::fromSecret(secret("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));
    const BoxKey bob
        = BoxKey::fromSecret(secret("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));
    CHECK(toHex(alice.publicKey()) == "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    CHECK(toHex(bob.publicKey()) == "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    CHECK(
        toHex(*test::other::x25519(alice.secret().reveal(), bob.publicKey()))
        == "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
}

TEST_CASE("vectors: nothing is sealed to an X25519 point of low order, nor opened from one", "[crypto]")
{
    // Wycheproof's list of low order: 0, 1, two of order 8, p - 1, p, p + 1; the top bit means nothing.
    constexpr std::array kLow{
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"};
    test::SeededRandom random(5);
    const BoxKey key = BoxKey::generate(random);
    for (const char* text : kLow) {
        for (const std::uint8_t top : {std::uint8_t{0}, std::uint8_t{0x80}}) {
            BoxPublicKey low = hexArray<32>(text);
            low[31] |= top;
            CHECK_FALSE(isUsableAgreementKey(low));
            CHECK_FALSE(test::other::x25519(key.secret().reveal(), low));
            // A box that claims such a sender would be opened by everybody's key.
            Bytes box = sealTo(key.publicKey(), counted(32));
            std::ranges::copy(low, box.begin());
            CHECK(key.open(box).error().code == Errc::Forged);
        }
    }
    // Written beyond p, but of the whole group: usable, as RFC 7748 says.
    CHECK(isUsableAgreementKey(
        hexArray<32>("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")));
    CHECK(isUsableAgreementKey(key.publicKey()));
}

TEST_CASE("vectors: a sealed box is whole or nothing", "[crypto]")
{
    test::SeededRandom random(6);
    const BoxKey key = BoxKey::generate(random);
    for (const std::size_t size : {0UL, 1UL, 31UL, 32UL, 33UL, 64UL, 200UL}) {
        const Bytes box = sealTo(key.publicKey(), counted(size));
        for (std::size_t at = 0; at < box.size(); ++at) {
            Bytes bent = box;
            bent[at] ^= 0x80;
            REQUIRE(key.open(bent).error().code == Errc::Forged);
            REQUIRE(key.open(ByteView(box).first(at)).error().code == Errc::Forged);
        }
        REQUIRE(key.open(joined({box, Bytes{0}})).error().code == Errc::Forged);
    }
}

// ---- Argon2id -------------------------------------------------------------------------------------------

TEST_CASE("vectors: the Argon2id that ours is compared with is that of RFC 9106, section 5.3", "[crypto]")
{
    // With a secret and associated data, which libsodium does not offer.
    Bytes password(32, 1);
    Bytes salt(16, 2);
    Bytes key(8, 3);
    Bytes associated(12, 4);
    Bytes out(32);
    argon2_context context{};
    context.out = out.data();
    context.outlen = 32;
    context.pwd = password.data();
    context.pwdlen = 32;
    context.salt = salt.data();
    context.saltlen = 16;
    context.secret = key.data();
    context.secretlen = 8;
    context.ad = associated.data();
    context.adlen = 12;
    context.t_cost = 3;
    context.m_cost = 32;
    context.lanes = 4;
    context.threads = 4;
    context.version = ARGON2_VERSION_13;
    REQUIRE(argon2id_ctx(&context) == ARGON2_OK);
    CHECK(toHex(out) == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
}

TEST_CASE("vectors: stretched passphrases stay what they were", "[crypto]")
{
    // Computed with libargon2.
    KdfSalt salt{};
    std::ranges::copy(counted(kKdfSaltSize), salt.begin());
    const auto key = stretchPassphrase("zażółć gęślą jaźń", salt, kKdfFloor);
    REQUIRE(key);
    CHECK(toHex(key->reveal()) == "9b37cac62583d9250d283556f907691aa2d47c703dc6bea65ade4425b2b086d5");
}

}  // namespace teren
