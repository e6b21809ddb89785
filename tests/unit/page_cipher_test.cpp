// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/page_cipher.h"
#include "crypto/page/quick_aead.h"

#include "tests/support/catch.h"
#include "tests/support/sealed_database.h"
#include "tests/support/seeded.h"

#include <sodium.h>

#include <atomic>
#include <set>
#include <thread>

namespace teren::page {
namespace {

Bytes bytesOf(test::SeededRandom& random, std::size_t size)
{
    Bytes bytes(size);
    random.fill(bytes);
    return bytes;
}

template <std::size_t Size>
std::array<std::uint8_t, Size> arrayOf(test::SeededRandom& random)
{
    std::array<std::uint8_t, Size> bytes{};
    random.fill(bytes);
    return bytes;
}

/// One text sealed by libsodium alone.
struct Sealed {
    std::array<std::uint8_t, 32> key;
    std::array<std::uint8_t, 24> nonce;
    Bytes associated;
    Bytes plain;
    Bytes text;
    std::array<std::uint8_t, 16> tag{};

    explicit Sealed(test::SeededRandom& random)
        : key(arrayOf<32>(random)),
          nonce(arrayOf<24>(random)),
          associated(bytesOf(random, random.below(90))),
          plain(bytesOf(random, random.below(5'000))),
          text(plain.size())
    {
        crypto_aead_xchacha20poly1305_ietf_encrypt_detached(
            text.data(), tag.data(), nullptr, plain.data(), plain.size(), associated.data(),
            associated.size(), nullptr, nonce.data(), key.data());
    }
};

}  // namespace

TEST_CASE("page cipher: the quick way and libsodium's give the same bytes", "[page]")
{
    test::SeededRandom random(70);
    QuickAead quick;
    for (int i = 0; i < 500; ++i) {
        const Sealed expected(random);
        Bytes text(expected.plain.size());
        std::array<std::uint8_t, 16> tag{};
        INFO("size " << text.size());
        REQUIRE(
            quick.seal(expected.key, expected.nonce, expected.associated, expected.plain, text, tag)
            == QuickAead::Answer::Done);
        REQUIRE(text == expected.text);
        REQUIRE(tag == expected.tag);
        // In its own place.
        Bytes again = expected.plain;
        REQUIRE(
            quick.seal(expected.key, expected.nonce, expected.associated, again, again, tag)
            == QuickAead::Answer::Done);
        REQUIRE(again == expected.text);
        REQUIRE(
            quick.open(expected.key, expected.nonce, expected.associated, again, expected.tag)
            == QuickAead::Answer::Done);
        REQUIRE(again == expected.plain);
    }
}

TEST_CASE("page cipher: the quick way opens nothing that was changed", "[page]")
{
    test::SeededRandom random(71);
    QuickAead quick;
    const auto bend = [&random](std::span<std::uint8_t> bytes) {
        bytes[random.below(bytes.size())] ^= static_cast<std::uint8_t>(1u << random.below(8));
    };
    for (int i = 0; i < 300; ++i) {
        Sealed bent(random);
        if (bent.text.empty() || bent.associated.empty())
            continue;
        switch (i % 5) {
        case 0:
            bend(bent.text);
            break;
        case 1:
            bend(bent.tag);
            break;
        case 2:
            bend(bent.nonce);
            break;
        case 3:
            bend(bent.key);
            break;
        default:
            bend(bent.associated);
            break;
        }
        REQUIRE(
            quick.open(bent.key, bent.nonce, bent.associated, bent.text, bent.tag)
            == QuickAead::Answer::Forged);
    }
}

TEST_CASE("page cipher: threads that seal at once get units that open, under nonces of their own", "[page]")
{
    SystemRandom random;
    PageCipher cipher(test::sampleKey(7), test::sampleVault(7), random);
    constexpr int kThreads = 4;
    constexpr std::uint32_t kUnits = 300;
    std::array<std::vector<Bytes>, kThreads> nonces;
    std::atomic<int> failures = 0;
    const auto work = [&](std::size_t thread) {
        Bytes page(kPageSize);
        const std::span all(page);
        for (std::uint32_t i = 1; i <= kUnits; ++i) {
            const Place place{UnitKind::MainPage, thread, i};
            std::ranges::fill(all.first(kPagePlainSize), static_cast<std::uint8_t>(i));
            cipher.seal(
                place, all.first(kPagePlainSize), all.first(kPagePlainSize), all.last<kTrailerSize>());
            nonces.at(thread).emplace_back(page.end() - kTrailerSize, page.end() - 16);
            if (!cipher.open(place, all.first(kPagePlainSize), all.last<kTrailerSize>())
                || page.front() != static_cast<std::uint8_t>(i) || page[kPagePlainSize - 1] != page.front())
                ++failures;
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t thread = 0; thread < kThreads; ++thread)
            threads.emplace_back(work, thread);
    }
    CHECK(failures == 0);
    std::set<Bytes> different;
    for (const auto& each : nonces)
        different.insert(each.begin(), each.end());
    CHECK(different.size() == kThreads * kUnits);
}

}  // namespace teren::page
