// SPDX-License-Identifier: EUPL-1.2
#include "crypto/key_slots.h"
#include "crypto/page/page_cipher.h"
#include "tests/support/catch.h"
#include "tests/support/sealed_database.h"
#include "tests/support/seeded.h"
#include "tests/support/vector_file.h"

#include <map>

namespace teren {
namespace {

constexpr std::string_view kPassphrase{"an invented passphrase"};

/// A header file from fixed inputs, through the real Argon2id.
Bytes sampleHeader()
{
    test::SeededRandom random(99);
    const SecretKey master = test::sampleKey(0x5a);
    KeySlots slots(test::sampleVault(0x11));
    REQUIRE(slots.setPassphrase(master, kPassphrase, kKdfFloor, KdfPolicy::Floor, random).has_value());
    return slots.toFile(master);
}

constexpr page::Place kPlace{page::UnitKind::FramePage, 5, 7};

/// The bytes 0 to 63, sealed as page 7 in frame 5, then the trailer.
Bytes sampleUnit()
{
    test::SeededRandom random(98);
    page::PageCipher cipher(test::sampleKey(0x5a), test::sampleVault(0x11), random);
    Bytes unit(64 + page::kTrailerSize);
    for (std::size_t i = 0; i < 64; ++i)
        unit[i] = static_cast<std::uint8_t>(i);
    const std::span all(unit);
    cipher.seal(kPlace, toBytes(all.first(64)), all.first(64), all.last<page::kTrailerSize>());
    return unit;
}

}  // namespace

TEST_CASE("vault formats: the bytes on disk are those of the golden files", "[vault]")
{
    std::map<std::string, Bytes> golden;
    for (const auto& file : test::vectorsIn("vault"))
        golden[file.name] = file.bytes;
    REQUIRE(golden.size() == 2);
    CHECK((sampleHeader() == golden["header"]));
    CHECK((sampleUnit() == golden["frame-page"]));
}

TEST_CASE("vault formats: the golden files open", "[vault]")
{
    for (const auto& file : test::vectorsIn("vault")) {
        if (file.name == "header") {
            const auto slots = KeySlots::fromFile(file.bytes);
            REQUIRE(slots.has_value());
            const auto master = slots->open(kPassphrase);
            REQUIRE(master.has_value());
            CHECK(std::ranges::equal(master->reveal(), test::sampleKey(0x5a).reveal()));
            continue;
        }
        test::SeededRandom random(1);
        const page::PageCipher cipher(test::sampleKey(0x5a), test::sampleVault(0x11), random);
        Bytes unit = file.bytes;
        const std::span all(unit);
        REQUIRE(cipher.open(kPlace, all.first(64), all.last<page::kTrailerSize>()));
        CHECK(unit[63] == 63);
    }
}

}  // namespace teren
