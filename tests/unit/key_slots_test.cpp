// SPDX-License-Identifier: EUPL-1.2
#include "crypto/key_slots.h"

#include "crypto/base/big_endian.h"
#include "crypto/sign/hash.h"
#include "tests/support/catch.h"
#include "tests/support/sealed_database.h"
#include "tests/support/seeded.h"

#include <algorithm>

namespace teren {
namespace {

constexpr std::string_view kPassphrase{"zażółć gęślą"};

/// Costs nothing, depends on everything: lets a test try thousands of files.
Result<SecretKey> quickStretch(std::string_view passphrase, const KdfSalt& salt, const KdfParameters& kdf)
{
    Bytes cost(12);
    putBigEndian(std::span(cost).subspan<0, 4>(), kdf.passes);
    putBigEndian(std::span(cost).subspan<4, 8>(), kdf.memoryBytes);
    return SecretKey::copyOf(blake2b({salt, cost, viewOf(passphrase)}));
}

Result<SecretKey> neverStretch(std::string_view, const KdfSalt&, const KdfParameters&)
{
    FAIL("nothing may be derived from this file");
    return fail(Errc::Invalid);
}

struct SampleSlots {
    test::SeededRandom random{1};
    SecretKey master = SecretKey::generate(random);
    KeySlots slots{test::sampleVault(3)};
    Bytes file;

    SampleSlots()
    {
        REQUIRE(slots.setPassphrase(master, kPassphrase, kKdfFloor, KdfPolicy::Floor, random, quickStretch));
        file = slots.toFile(master);
    }
    /// The file with all three kinds of slots.
    Bytes fileWithAll(const RecoveryCode& code, const BoxPublicKey& office)
    {
        REQUIRE(slots.setRecoveryCode(master, code, random, quickStretch));
        REQUIRE(slots.setOfficeRecovery(master, office));
        slots.advance();
        return slots.toFile(master);
    }
    /// What an attacker who knows the format writes.
    static void fixChecksum(Bytes& file)
    {
        const Hash sum = blake2b({ByteView(file).first(KeySlots::kFileSize - 64)});
        std::ranges::copy(sum, file.end() - 64);
    }
};

bool isSame(const SecretKey& left, const SecretKey& right)
{
    return std::ranges::equal(left.reveal(), right.reveal());
}

}  // namespace

TEST_CASE("key slots: the passphrase gives the master key back, another does not", "[vault]")
{
    const SampleSlots sample;
    CHECK(sample.file.size() == KeySlots::kFileSize);
    const auto read = KeySlots::fromFile(sample.file);
    REQUIRE(read.has_value());
    CHECK(read->vault() == test::sampleVault(3));
    const auto opened = read->open(kPassphrase, quickStretch);
    REQUIRE(opened.has_value());
    CHECK(isSame(*opened, sample.master));
    CHECK(read->slots()[0].policy == KdfPolicy::Floor);
    CHECK(read->open("zażółć gęślą ", quickStretch).error().code == Errc::WrongPassphrase);
    CHECK(read->open("", quickStretch).error().code == Errc::WrongPassphrase);
    CHECK(read->open(std::string(1'025, 'x'), neverStretch).error().code == Errc::WrongPassphrase);
    CHECK(std::ranges::search(sample.file, sample.master.reveal()).empty());
}

TEST_CASE("key slots: a new passphrase takes the place of the former", "[vault]")
{
    SampleSlots sample;
    REQUIRE(sample.slots.setPassphrase(
        sample.master, "another passphrase", kKdfFloor, KdfPolicy::Calibrated, sample.random, quickStretch));
    const auto read = KeySlots::fromFile(sample.slots.toFile(sample.master));
    REQUIRE(read.has_value());
    CHECK(read->open("another passphrase", quickStretch).has_value());
    CHECK(read->open(kPassphrase, quickStretch).error().code == Errc::WrongPassphrase);
    CHECK(std::ranges::count(read->slots(), SlotKind::Empty, &KeySlot::kind) == 7);
    CHECK(read->slots()[0].policy == KdfPolicy::Calibrated);
}

TEST_CASE("key slots: any changed byte is damage before the passphrase is even asked for", "[vault]")
{
    const SampleSlots sample;
    for (std::size_t at = 0; at < KeySlots::kFileSize - 32; ++at) {
        Bytes bent = sample.file;
        bent[at] ^= 0x10;
        INFO("byte " << at);
        const auto read = KeySlots::fromFile(bent);
        REQUIRE_FALSE(read.has_value());
        REQUIRE(read.error().code == Errc::Damaged);
    }
}

TEST_CASE("key slots: with the checksum made to fit, no changed byte opens either", "[vault]")
{
    const SampleSlots sample;
    for (std::size_t at = 0; at < KeySlots::kFileSize; ++at) {
        Bytes bent = sample.file;
        bent[at] ^= 0x10;
        if (at < KeySlots::kFileSize - 64)
            SampleSlots::fixChecksum(bent);
        INFO("byte " << at);
        const auto read = KeySlots::fromFile(bent);
        if (!read.has_value()) {
            // Bytes 16 to 19 are the version.
            REQUIRE(read.error().code == (at >= 16 && at < 20 ? Errc::TooNew : Errc::Damaged));
            continue;
        }
        const auto opened = read->open(kPassphrase, quickStretch);
        REQUIRE_FALSE(opened.has_value());
        REQUIRE((opened.error().code == Errc::WrongPassphrase || opened.error().code == Errc::Damaged));
    }
}

TEST_CASE("key slots: recovery code and office key open the same vault, each its own slot", "[vault]")
{
    SampleSlots sample;
    const RecoveryCode code = RecoveryCode::generate(sample.random);
    const BoxKey office = BoxKey::generate(sample.random);
    CHECK(sample.slots.open(code, neverStretch).error().code == Errc::NotFound);
    CHECK(sample.slots.open(office).error().code == Errc::NotFound);
    auto read = KeySlots::fromFile(sample.fileWithAll(code, office.publicKey()));
    REQUIRE(read.has_value());
    CHECK(read->generation() == 1);
    CHECK(isSame(*read->open(kPassphrase, quickStretch), sample.master));
    CHECK(isSame(*read->open(code, quickStretch), sample.master));
    CHECK(isSame(*read->open(office), sample.master));
    // The code is no passphrase, and the passphrase's key no other slot's.
    CHECK(read->open(code.secret(), quickStretch).error().code == Errc::WrongPassphrase);
    CHECK(
        read->open(RecoveryCode::generate(sample.random), quickStretch).error().code
        == Errc::WrongPassphrase);
    CHECK(read->open(BoxKey::generate(sample.random)).error().code == Errc::NotFound);

    REQUIRE(read->remove(SlotKind::RecoveryCode));
    CHECK_FALSE(read->remove(SlotKind::RecoveryCode));
    read = KeySlots::fromFile(read->toFile(sample.master));
    REQUIRE(read.has_value());
    CHECK(read->open(code, neverStretch).error().code == Errc::NotFound);
    CHECK(isSame(*read->open(office), sample.master));
    CHECK(std::ranges::count(read->slots(), SlotKind::Empty, &KeySlot::kind) == 6);
}

TEST_CASE("key slots: nothing is sealed to a point that opens to everybody", "[vault]")
{
    SampleSlots sample;
    CHECK(sample.slots.setOfficeRecovery(sample.master, BoxPublicKey{}).error().code == Errc::Invalid);
    CHECK_FALSE(sample.slots.has(SlotKind::OfficeRecovery));
}

TEST_CASE("key slots: with three slots, no changed byte opens any of them unnoticed", "[vault]")
{
    SampleSlots sample;
    const RecoveryCode code = RecoveryCode::generate(sample.random);
    const BoxKey office = BoxKey::generate(sample.random);
    const Bytes file = sample.fileWithAll(code, office.publicKey());
    for (std::size_t at = 0; at < KeySlots::kFileSize; ++at) {
        Bytes bent = file;
        bent[at] ^= 0x01;
        INFO("byte " << at);
        REQUIRE((at >= KeySlots::kFileSize - 32 || !KeySlots::fromFile(bent).has_value()));
        if (at < KeySlots::kFileSize - 64)
            SampleSlots::fixChecksum(bent);
        const auto read = KeySlots::fromFile(bent);
        if (!read.has_value())
            continue;
        REQUIRE_FALSE(read->open(kPassphrase, quickStretch).has_value());
        REQUIRE_FALSE(read->open(code, quickStretch).has_value());
        REQUIRE_FALSE(read->open(office).has_value());
    }
}

TEST_CASE("key slots: a box of the attacker's own, sealed to the office, is not the vault's key", "[vault]")
{
    SampleSlots sample;
    const RecoveryCode code = RecoveryCode::generate(sample.random);
    const BoxKey office = BoxKey::generate(sample.random);
    Bytes file = sample.fileWithAll(code, office.publicKey());
    const SecretKey theirs = SecretKey::generate(sample.random);
    const Bytes box = sealTo(office.publicKey(), theirs.reveal());
    std::ranges::copy(box, file.begin() + 64 + 2 * 160 + 48 + 32);
    SampleSlots::fixChecksum(file);
    const auto read = KeySlots::fromFile(file);
    REQUIRE(read.has_value());
    CHECK(read->open(office).error().code == Errc::Damaged);
}

TEST_CASE("key slots: a file of any other size is damage", "[vault]")
{
    const SampleSlots sample;
    Bytes file = sample.file;
    file.push_back(0);
    CHECK(KeySlots::fromFile(file).error().code == Errc::Damaged);
    for (std::size_t size : {0u, 1u, 64u, 4'095u})
        CHECK(KeySlots::fromFile(ByteView(sample.file).first(size)).error().code == Errc::Damaged);
}

TEST_CASE("key slots: costs out of bounds are refused without being paid", "[vault]")
{
    const SampleSlots sample;
    const auto withCost = [&sample](std::uint32_t passes, std::uint64_t memory) {
        Bytes bent = sample.file;
        putBigEndian(std::span(bent).subspan<64 + 8, 4>(), passes);
        putBigEndian(std::span(bent).subspan<64 + 16, 8>(), memory);
        SampleSlots::fixChecksum(bent);
        return KeySlots::fromFile(bent);
    };
    CHECK(withCost(2, kKdfFloor.memoryBytes).has_value());
    CHECK(withCost(10, kKdfCeiling.memoryBytes).has_value());
    CHECK(withCost(1, kKdfFloor.memoryBytes).error().code == Errc::Damaged);
    CHECK(withCost(11, kKdfFloor.memoryBytes).error().code == Errc::Damaged);
    CHECK(withCost(2, kKdfFloor.memoryBytes - 1).error().code == Errc::Damaged);
    CHECK(withCost(2, kKdfCeiling.memoryBytes + 1).error().code == Errc::Damaged);
    CHECK(withCost(2, std::uint64_t{1} << 60).error().code == Errc::Damaged);

    CHECK(
        stretchPassphrase(kPassphrase, {}, {2, std::uint64_t{1} << 60}).error().code == Errc::LimitExceeded);
    CHECK(stretchPassphrase(kPassphrase, {}, {1, kKdfFloor.memoryBytes}).error().code == Errc::LimitExceeded);
    CHECK(stretchPassphrase(std::string(1'025, 'x'), {}, kKdfFloor).error().code == Errc::LimitExceeded);
}

TEST_CASE("password: Argon2id gives the same key for the same passphrase, salt and cost only", "[vault]")
{
    const KdfSalt salt{1, 2, 3};
    const auto key = stretchPassphrase(kPassphrase, salt, kKdfFloor);
    REQUIRE(key.has_value());
    CHECK(isSame(*key, *stretchPassphrase(kPassphrase, salt, kKdfFloor)));
    CHECK_FALSE(isSame(*key, *stretchPassphrase(kPassphrase, {1, 2, 4}, kKdfFloor)));
    CHECK_FALSE(isSame(*key, *stretchPassphrase("zażółć gęśla", salt, kKdfFloor)));
    CHECK_FALSE(isSame(*key, *stretchPassphrase(kPassphrase, salt, {3, kKdfFloor.memoryBytes})));
}

TEST_CASE("password: a new passphrase has eight characters or more, however many bytes they are", "[vault]")
{
    CHECK(checkNewPassphrase("").error().code == Errc::Invalid);
    CHECK(checkNewPassphrase("żółćęśą").error().code == Errc::Invalid);
    CHECK(checkNewPassphrase("żółćęśąń").has_value());
    CHECK(checkNewPassphrase("12345678").has_value());
    CHECK(checkNewPassphrase(std::string(1'024, 'x')).has_value());
    CHECK(checkNewPassphrase(std::string(1'025, 'x')).error().code == Errc::Invalid);
    CHECK(checkNewPassphrase("12345678\xff").error().code == Errc::Invalid);
}

TEST_CASE("password: calibration ends between half a second and one and a half, or at a bound", "[vault]")
{
    // A machine that does `speed` MiB-passes in a millisecond.
    const auto onMachine = [](double speed) {
        return chooseKdfParameters(KdfPolicy::Calibrated, [speed](const KdfParameters& kdf) {
            const double work = static_cast<double>(kdf.passes) * static_cast<double>(kdf.memoryBytes >> 20);
            return std::chrono::milliseconds(static_cast<std::int64_t>(work / speed));
        });
    };
    for (double speed = 0.01; speed < 1'000; speed *= 1.3) {
        const KdfParameters kdf = onMachine(speed);
        INFO("speed " << speed << ": " << kdf.passes << " passes, " << (kdf.memoryBytes >> 20) << " MiB");
        REQUIRE(checkKdfParameters(kdf).has_value());
        const double took
            = static_cast<double>(kdf.passes) * static_cast<double>(kdf.memoryBytes >> 20) / speed;
        if (speed > 0.1 && speed < 18)
            REQUIRE((took >= 490 && took <= 1'510));
    }
    CHECK(onMachine(0.001) == kKdfFloor);
    CHECK(onMachine(1e6) == kKdfCeiling);
    CHECK(
        chooseKdfParameters(
            KdfPolicy::Floor,
            [](const KdfParameters&) {
                FAIL("the floor needs no measuring");
                return std::chrono::milliseconds(0);
            })
        == kKdfFloor);
}

}  // namespace teren
