// SPDX-License-Identifier: EUPL-1.2
#include "app/store/vault.h"
#include "crypto/sign/system_random.h"
#include "tests/support/catch.h"
#include "tests/support/files.h"
#include "tests/support/seeded.h"
#include "tests/support/temp_folder.h"

#include <array>
#include <map>

// What becomes of a vault when its ways in are changed, and when files are put back.
namespace teren::store {
namespace {

constexpr std::string_view kFirst{"zielona lipa nad stawem"};
constexpr std::string_view kSecond{"siedem mokrych bocianow"};
constexpr std::array kDatabaseFiles{"vault.db", "vault.db-wal", "vault.db-fresh"};

struct SampleVault {
    test::TempFolder outer;
    std::filesystem::path folder = outer.path() / "profile";
    SystemRandom random;
    test::ManualClock clock;

    SampleVault()
    {
        auto made = Vault::create(folder, kFirst, KdfPolicy::Floor, random);
        REQUIRE(made);
        REQUIRE((*made)->database().execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)"));
    }
    Result<std::unique_ptr<Vault>> open(std::string_view passphrase)
    {
        return Vault::open(folder, passphrase, random, {.clock = &clock});
    }
    Result<std::unique_ptr<Vault>> open(const RecoveryCode& code)
    {
        return Vault::openWith(
            folder, [&code](const KeySlots& slots) { return slots.open(code); }, random, {.clock = &clock});
    }
    void changePassphrase()
    {
        auto vault = open(kFirst);
        REQUIRE(vault);
        REQUIRE((*vault)->setPassphrase(kSecond, KdfPolicy::Floor));
    }
    std::map<std::string, Bytes> content() const
    {
        std::map<std::string, Bytes> files;
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            files[entry.path().filename().string()] = test::readFile(entry.path());
        return files;
    }
    void putBack(const std::map<std::string, Bytes>& files, std::string_view name) const
    {
        const auto found = files.find(std::string(name));
        if (found == files.end())
            std::filesystem::remove(folder / name);
        else
            test::writeFile(folder / name, found->second);
    }
};

Errc codeOf(const Result<std::unique_ptr<Vault>>& vault)
{
    REQUIRE_FALSE(vault);
    return vault.error().code;
}

}  // namespace

TEST_CASE("vault slots: the new passphrase opens, the former does not, the content is there", "[vault]")
{
    SampleVault sample;
    sample.changePassphrase();
    CHECK(codeOf(sample.open(kFirst)) == Errc::WrongPassphrase);
    auto vault = sample.open(kSecond);
    REQUIRE(vault);
    CHECK(*(*vault)->database().number("SELECT count(*) FROM t") == 1);
    CHECK((*vault)->slots().generation() == 1);
    CHECK((*vault)->selfCheck() == std::vector<std::string>());
    // A second change in one session, and the check of the current one.
    REQUIRE((*vault)->setPassphrase(kFirst, KdfPolicy::Floor));
    CHECK((*vault)->checkPassphrase(kFirst));
    CHECK((*vault)->checkPassphrase(kSecond).error().code == Errc::WrongPassphrase);
    CHECK((*vault)->selfCheck() == std::vector<std::string>());
    CHECK((*vault)->setPassphrase("kurz", KdfPolicy::Floor).error().code == Errc::Invalid);
    CHECK((*vault)->checkPassphrase(kFirst));
}

TEST_CASE(
    "vault slots: a former header that is put back is noticed, with the former passphrase too", "[vault]")
{
    SampleVault sample;
    const auto before = sample.content();
    sample.changePassphrase();
    sample.putBack(before, "vault.header");
    const auto vault = sample.open(kFirst);
    CHECK(codeOf(vault) == Errc::Damaged);
    CHECK(vault.error().detail.find("put back") != std::string::npos);
    CHECK(codeOf(sample.open(kSecond)) == Errc::WrongPassphrase);
}

TEST_CASE("vault slots: nor does cutting the log, or any one file put back, bring it back", "[vault]")
{
    SampleVault sample;
    const auto before = sample.content();
    std::map<std::string, Bytes> during;
    {
        auto vault = sample.open(kFirst);
        REQUIRE(vault);
        REQUIRE((*vault)->setPassphrase(kSecond, KdfPolicy::Floor));
        during = sample.content();
    }
    // As after a crash right behind the change: the note is in the log, and anchored.
    for (const auto& [name, bytes] : during)
        sample.putBack(during, name);
    sample.putBack(before, "vault.header");
    SECTION("the log gone")
    {
        std::filesystem::remove(sample.folder / "vault.db-wal");
    }
    SECTION("the log emptied")
    {
        std::filesystem::resize_file(sample.folder / "vault.db-wal", 0);
    }
    SECTION("the log without its last frame")
    {
        const auto file = sample.folder / "vault.db-wal";
        std::filesystem::resize_file(file, std::filesystem::file_size(file) - 4'160);
    }
    SECTION("the database of before")
    {
        sample.putBack(before, "vault.db");
    }
    SECTION("the anchor of before")
    {
        sample.putBack(before, "vault.db-fresh");
    }
    SECTION("nothing else") {}
    CHECK(codeOf(sample.open(kFirst)) == Errc::Damaged);
}

TEST_CASE("vault slots: the power goes between the header and the note in the database", "[vault]")
{
    SampleVault sample;
    const auto before = sample.content();
    sample.changePassphrase();
    const auto after = sample.content();
    for (const char* name : kDatabaseFiles)
        sample.putBack(before, name);
    {
        const auto vault = sample.open(kSecond);
        REQUIRE(vault);
        CHECK((*vault)->selfCheck() == std::vector<std::string>());
    }
    // It was noted at that start.
    sample.putBack(before, "vault.header");
    CHECK(codeOf(sample.open(kFirst)) == Errc::Damaged);
}

TEST_CASE("vault slots: the power goes while the header is written", "[vault]")
{
    SampleVault sample;
    const auto before = sample.content();
    sample.changePassphrase();
    const auto after = sample.content();
    SampleVault fresh;
    for (const auto& [name, bytes] : before)
        fresh.putBack(before, name);
    for (const std::size_t size : {std::size_t{0}, std::size_t{512}, KeySlots::kFileSize}) {
        test::writeFile(fresh.folder / "vault.header.new", ByteView(after.at("vault.header")).first(size));
        const auto vault = fresh.open(kFirst);
        REQUIRE(vault);
        CHECK((*vault)->selfCheck() == std::vector<std::string>());
    }
}

TEST_CASE("vault slots: a header that cannot be written leaves the former passphrase", "[vault]")
{
    SampleVault sample;
    {
        auto vault = sample.open(kFirst);
        REQUIRE(vault);
        std::filesystem::create_directory(sample.folder / "vault.header.new");
        CHECK((*vault)->setPassphrase(kSecond, KdfPolicy::Floor).error().code == Errc::Damaged);
        CHECK((*vault)->checkPassphrase(kFirst));
        std::filesystem::remove(sample.folder / "vault.header.new");
    }
    CHECK(codeOf(sample.open(kSecond)) == Errc::WrongPassphrase);
    CHECK(sample.open(kFirst));
}

TEST_CASE("vault slots: the recovery code opens until it is replaced or removed", "[vault]")
{
    SampleVault sample;
    const RecoveryCode first = RecoveryCode::generate(sample.random);
    const RecoveryCode second = RecoveryCode::generate(sample.random);
    CHECK(codeOf(sample.open(first)) == Errc::NotFound);
    {
        auto vault = sample.open(kFirst);
        REQUIRE(vault);
        REQUIRE((*vault)->setRecoveryCode(first));
    }
    REQUIRE(sample.open(first));
    {
        auto vault = sample.open(first);
        REQUIRE(vault);
        REQUIRE((*vault)->setRecoveryCode(second));
    }
    CHECK(codeOf(sample.open(first)) == Errc::WrongPassphrase);
    {
        auto vault = sample.open(second);
        REQUIRE(vault);
        REQUIRE((*vault)->removeSlot(SlotKind::RecoveryCode));
        CHECK((*vault)->removeSlot(SlotKind::RecoveryCode).error().code == Errc::NotFound);
        CHECK((*vault)->removeSlot(SlotKind::Passphrase).error().code == Errc::Refused);
        CHECK((*vault)->slots().generation() == 3);
    }
    CHECK(codeOf(sample.open(second)) == Errc::NotFound);
    CHECK(sample.open(kFirst));
}

TEST_CASE("vault slots: wrong tries make wait, across openings, and the right one forgets them", "[vault]")
{
    SampleVault sample;
    for (int i = 0; i < 4; ++i)
        CHECK(codeOf(sample.open(kSecond)) == Errc::WrongPassphrase);
    const auto locked = sample.open(kFirst);
    CHECK(codeOf(locked) == Errc::Locked);
    CHECK(locked.error().detail.find("wait 5 seconds") != std::string::npos);
    sample.clock.advance(std::chrono::seconds(5));
    auto vault = sample.open(kFirst);
    REQUIRE(vault);
    CHECK_FALSE(std::filesystem::exists(sample.folder / "vault.tries"));
    CHECK((*vault)->selfCheck() == std::vector<std::string>());
    // At an unlocked screen as well.
    for (int i = 0; i < 4; ++i)
        CHECK((*vault)->checkPassphrase(kSecond).error().code == Errc::WrongPassphrase);
    CHECK((*vault)->checkPassphrase(kFirst).error().code == Errc::Locked);
    CHECK((*vault)->selfCheck() == std::vector<std::string>());
}

TEST_CASE("vault slots: a vault in memory has none", "[vault]")
{
    SystemRandom random;
    auto vault = Vault::openInMemory(random);
    REQUIRE(vault);
    CHECK((*vault)->setPassphrase(kSecond, KdfPolicy::Floor).error().code == Errc::Refused);
    CHECK((*vault)->checkPassphrase(kSecond).error().code == Errc::Refused);
}

}  // namespace teren::store
