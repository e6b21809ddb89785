// SPDX-License-Identifier: EUPL-1.2
#include "app/store/backup_manifest.h"
#include "app/store/wrong_tries.h"
#include "crypto/key_slots.h"
#include "tests/support/catch.h"
#include "tests/support/files.h"
#include "tests/support/sealed_database.h"
#include "tests/support/seeded.h"
#include "tests/support/temp_folder.h"
#include "tests/support/vector_writer.h"

#include <map>

// Golden bytes of what opens a vault and of its backups.
namespace teren {
namespace {

constexpr std::string_view kPassphrase{"an invented passphrase"};

RecoveryCode sampleCode()
{
    test::SeededRandom random(97);
    return RecoveryCode::generate(random);
}

BoxKey sampleOffice()
{
    return BoxKey::fromSecret(test::sampleKey(0x77));
}

/// The sealed box has an ephemeral key of its own, so this is other bytes each time.
Bytes sampleHeader()
{
    test::SeededRandom random(96);
    const SecretKey master = test::sampleKey(0x5a);
    KeySlots slots(test::sampleVault(0x11));
    REQUIRE(slots.setPassphrase(master, kPassphrase, kKdfFloor, KdfPolicy::Floor, random));
    REQUIRE(slots.setRecoveryCode(master, sampleCode(), random));
    REQUIRE(slots.setOfficeRecovery(master, sampleOffice().publicKey()));
    slots.advance();
    return slots.toFile(master);
}

Bytes sampleTries()
{
    const test::TempFolder folder;
    const test::ManualClock clock;
    const store::WrongTries tries(folder.path() / "vault.tries");
    for (int i = 0; i < 5; ++i)
        REQUIRE(tries.add(clock.now()));
    return test::readFile(folder.path() / "vault.tries");
}

store::BackupManifest sampleManifest()
{
    store::BackupManifest manifest;
    manifest.vault = test::sampleVault(0x11);
    manifest.made = test::ManualClock().now();
    manifest.files
        = {{"attachments/0a1b2c", 70'000, {}},
           {"vault.db", 8'192, {}},
           {"vault.db-fresh", 16'384, {}},
           {"vault.header", 4'096, {}}};
    for (std::size_t i = 0; i < manifest.files.size(); ++i)
        manifest.files[i].hash.fill(static_cast<std::uint8_t>(i + 1));
    return manifest;
}

std::map<std::string, Bytes> golden()
{
    std::map<std::string, Bytes> files;
    for (const auto& file : test::vectorsIn("keys"))
        files[file.name] = file.bytes;
    return files;
}

}  // namespace

TEST_CASE("key formats: the golden header opens by passphrase, recovery code and office key", "[vault]")
{
    const auto slots = KeySlots::fromFile(golden()["header-slots"]);
    REQUIRE(slots);
    CHECK(slots->generation() == 1);
    for (const auto& master :
         {slots->open(kPassphrase), slots->open(sampleCode()), slots->open(sampleOffice())}) {
        REQUIRE(master);
        CHECK(std::ranges::equal(master->reveal(), test::sampleKey(0x5a).reveal()));
    }
}

TEST_CASE("key formats: counted tries and the list of a backup are the golden bytes", "[vault]")
{
    auto files = golden();
    CHECK(files["tries"] == sampleTries());
    const SecretKey key = test::sampleKey(0x5b);
    CHECK(files["backup-manifest"] == sampleManifest().toFile(key));
    const auto manifest = store::BackupManifest::fromFile(files["backup-manifest"]);
    REQUIRE(manifest);
    CHECK(manifest->isAuthentic(key));
    CHECK_FALSE(manifest->isAuthentic(test::sampleKey(0x5c)));
    CHECK(manifest->files == sampleManifest().files);
    CHECK(manifest->made == sampleManifest().made);
    CHECK(manifest->size() == 98'672);
}

// Writes the files that are missing: see tests/vectors/README.md.
TEST_CASE("key formats: golden files", "[.generate]")
{
    const std::string from = " in tests/unit/key_formats_test.cpp";
    test::addVector(
        "keys",
        {"header-slots",
         {{"from", "sampleHeader" + from},
          {"passphrase", std::string(kPassphrase)},
          {"recovery-code", sampleCode().text()},
          {"office-key", "32 times 77"},
          {"master-key", "32 times 5a"},
          {"vault", "16 times 11"}},
         sampleHeader()});
    test::addVector("keys", {"tries", {{"from", "sampleTries" + from}, {"tries", "5"}}, sampleTries()});
    test::addVector(
        "keys",
        {"backup-manifest",
         {{"from", "sampleManifest" + from}, {"key", "32 times 5b"}, {"vault", "16 times 11"}},
         sampleManifest().toFile(test::sampleKey(0x5b))});
}

}  // namespace teren
