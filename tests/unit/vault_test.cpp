// SPDX-License-Identifier: EUPL-1.2
#include "app/store/vault.h"

#include "app/platform/process.h"
#include "app/store/profile_lock.h"
#include "crypto/sign/system_random.h"
#include "tests/support/catch.h"
#include "tests/support/files.h"
#include "tests/support/temp_folder.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

namespace teren::store {
namespace {

constexpr std::string_view kPassphrase{"zażółć gęślą jaźń"};
constexpr std::string_view kPlanted{"Zenobia Wyszkowska-Planted"};

/// A profile with one planted row, closed.
struct SampleProfile {
    test::TempFolder outer;
    std::filesystem::path folder = outer.path() / "profile";
    SystemRandom random;

    SampleProfile()
    {
        auto vault = Vault::create(folder, kPassphrase, KdfPolicy::Floor, random);
        REQUIRE(vault.has_value());
        REQUIRE((*vault)->database().execute("CREATE TABLE t (a)").has_value());
        REQUIRE((*vault)->database().statement("INSERT INTO t VALUES (?)").with(kPlanted).run().has_value());
    }
    Result<std::unique_ptr<Vault>> open(std::string_view passphrase = kPassphrase)
    {
        return Vault::open(folder, passphrase, random);
    }
    Bytes content(const char* name) const { return test::readFile(folder / name); }
    void replace(const char* name, ByteView bytes) const { test::writeFile(folder / name, bytes); }
};

std::vector<std::string> namesIn(const std::filesystem::path& folder)
{
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

}  // namespace

TEST_CASE("vault: what was written is there after closing and opening, with the same keys", "[vault]")
{
    SampleProfile profile;
    Hash label{};
    {
        auto vault = profile.open();
        REQUIRE(vault.has_value());
        CHECK(*(*vault)->database().number("SELECT count(*) FROM t") == 1);
        CHECK((*vault)->folder() == profile.folder);
        CHECK((*vault)->usesFloorKdf());
        CHECK((*vault)->selfCheck() == std::vector<std::string>());
        std::ranges::copy((*vault)->key("teren.test.v1").reveal(), label.begin());
    }
    auto vault = profile.open();
    REQUIRE(vault.has_value());
    CHECK(std::ranges::equal((*vault)->key("teren.test.v1").reveal(), label));
    CHECK_FALSE(std::ranges::equal((*vault)->draftKey().reveal(), (*vault)->identityKey().reveal()));
}

TEST_CASE("vault: the planted words are in no file, open or closed, and each file is known", "[vault]")
{
    SampleProfile profile;
    CHECK(
        namesIn(profile.folder)
        == std::vector<std::string>{"profile.lock", "vault.db", "vault.db-fresh", "vault.header"});
    CHECK_FALSE(test::anyFileHolds(profile.folder, kPlanted));
    auto vault = profile.open();
    REQUIRE(vault.has_value());
    REQUIRE((*vault)->database().statement("INSERT INTO t VALUES (?)").with(kPlanted).run().has_value());
    CHECK(
        namesIn(profile.folder)
        == std::vector<std::string>{
            "profile.lock", "vault.db", "vault.db-fresh", "vault.db-wal", "vault.header"});
    CHECK_FALSE(test::anyFileHolds(profile.folder, kPlanted));
    CHECK_FALSE(test::anyFileHolds(profile.folder, "CREATE TABLE"));
    // Nobody but the user looks into the folder.
    CHECK(std::filesystem::status(profile.folder).permissions() == std::filesystem::perms::owner_all);
}

TEST_CASE("vault: a wrong passphrase is told as such and changes nothing", "[vault]")
{
    SampleProfile profile;
    const Bytes before = profile.content("vault.header");
    CHECK(profile.open("zażółć gęślą jaźn").error().code == Errc::WrongPassphrase);
    CHECK(profile.open("").error().code == Errc::WrongPassphrase);
    CHECK(profile.content("vault.header") == before);
    CHECK(profile.content("profile.lock").empty());
    CHECK(profile.open().has_value());
}

TEST_CASE("vault: a weak passphrase makes no profile", "[vault]")
{
    test::TempFolder outer;
    SystemRandom random;
    CHECK(
        Vault::create(outer.path() / "p", "1234567", KdfPolicy::Floor, random).error().code == Errc::Invalid);
    CHECK_FALSE(std::filesystem::exists(outer.path() / "p"));
}

TEST_CASE("vault: folders that are no profile are left alone", "[vault]")
{
    test::TempFolder outer;
    SystemRandom random;
    CHECK(Vault::open(outer.path() / "missing", kPassphrase, random).error().code == Errc::NotFound);
    CHECK(Vault::open(outer.path(), kPassphrase, random).error().code == Errc::NotFound);
    CHECK(namesIn(outer.path()).empty());
    test::writeFile(outer.path() / "letter.txt", viewOf("hello"));
    CHECK(Vault::open(outer.path(), kPassphrase, random).error().code == Errc::NotFound);
    CHECK(Vault::create(outer.path(), kPassphrase, KdfPolicy::Floor, random).error().code == Errc::Refused);
    CHECK(namesIn(outer.path()) == std::vector<std::string>{"letter.txt"});
}

TEST_CASE("vault: no second profile is made over a first", "[vault]")
{
    SampleProfile profile;
    CHECK(
        Vault::create(profile.folder, kPassphrase, KdfPolicy::Floor, profile.random).error().code
        == Errc::Refused);
    CHECK(*(*profile.open())->database().number("SELECT count(*) FROM t") == 1);
}

TEST_CASE("vault: a creation stopped at any point is reported, and can be made again", "[vault]")
{
    SampleProfile profile;
    const Bytes header = profile.content("vault.header");
    std::filesystem::remove(profile.folder / "vault.header");
    SECTION("before the header, with its marker")
    {
        profile.replace("vault.unfinished", {});
        SECTION("a database") {}
        SECTION("half a database")
        {
            std::filesystem::resize_file(profile.folder / "vault.db", 5'000);
        }
        SECTION("no database yet")
        {
            std::filesystem::remove(profile.folder / "vault.db");
        }
        SECTION("a header not yet in its place")
        {
            profile.replace("vault.header.new", ByteView(header).first(100));
        }
        CHECK(profile.open().error().code == Errc::NotFound);
        auto made = Vault::create(profile.folder, "a new passphrase", KdfPolicy::Floor, profile.random);
        REQUIRE(made.has_value());
        CHECK((*made)->selfCheck() == std::vector<std::string>());
        CHECK_FALSE((*made)->database().number("SELECT count(*) FROM t").has_value());
        CHECK_FALSE(std::filesystem::exists(profile.folder / "vault.unfinished"));
    }
    SECTION("after the header: the profile is whole")
    {
        profile.replace("vault.header", header);
        profile.replace("vault.unfinished", {});
        REQUIRE(profile.open().has_value());
        CHECK_FALSE(std::filesystem::exists(profile.folder / "vault.unfinished"));
    }
    SECTION("a lost header is no stopped creation: the database is not touched")
    {
        const Bytes before = profile.content("vault.db");
        CHECK(profile.open().error().code == Errc::Damaged);
        CHECK(
            Vault::create(profile.folder, kPassphrase, KdfPolicy::Floor, profile.random).error().code
            == Errc::Refused);
        CHECK(profile.content("vault.db") == before);
    }
}

TEST_CASE("vault: a missing, emptied or shortened database is damage, not a new profile", "[vault]")
{
    SampleProfile profile;
    const std::filesystem::path file = profile.folder / "vault.db";
    SECTION("missing")
    {
        std::filesystem::remove(file);
    }
    SECTION("emptied")
    {
        std::filesystem::resize_file(file, 0);
    }
    SECTION("only its header block")
    {
        std::filesystem::resize_file(file, 4'096);
    }
    SECTION("cut inside a page")
    {
        std::filesystem::resize_file(file, std::filesystem::file_size(file) - 10);
    }
    SECTION("of another vault")
    {
        SampleProfile other;
        std::filesystem::copy_file(
            other.folder / "vault.db", file, std::filesystem::copy_options::overwrite_existing);
    }
    const auto vault = profile.open();
    // SQLite reads the last page only when something is in it.
    const Errc code
        = vault ? (*vault)->database().number("SELECT count(*) FROM t").error().code : vault.error().code;
    CHECK(code == Errc::Damaged);
}

TEST_CASE("vault: files put back, cut or taken away after a crash are told as tampering", "[vault]")
{
    SampleProfile profile;
    SampleProfile crashed;
    {
        auto vault = profile.open();
        REQUIRE((*vault)->database().execute("INSERT INTO t VALUES (2)").has_value());
        REQUIRE((*vault)->anchor().has_value());
        // What a killed process leaves.
        std::filesystem::remove_all(crashed.folder);
        std::filesystem::copy(profile.folder, crashed.folder);
    }
    std::string expected;
    SECTION("nothing happened to them")
    {
        auto vault = crashed.open();
        REQUIRE(vault.has_value());
        CHECK(*(*vault)->database().number("SELECT count(*) FROM t") == 2);
        CHECK((*vault)->selfCheck() == std::vector<std::string>());
        return;
    }
    SECTION("the log taken away")
    {
        std::filesystem::remove(crashed.folder / "vault.db-wal");
        expected = "the log lacks what the anchor says was committed";
    }
    SECTION("the log cut")
    {
        std::filesystem::resize_file(crashed.folder / "vault.db-wal", 1'000);
        expected = "the log lacks what the anchor says was committed";
    }
    SECTION("the freshness file taken away")
    {
        std::filesystem::remove(crashed.folder / "vault.db-fresh");
        expected = "the freshness file is missing";
    }
    SECTION("the freshness file of another vault")
    {
        crashed.replace("vault.db-fresh", SampleProfile().content("vault.db-fresh"));
        expected = "neither copy of the anchor can be used";
    }
    const auto vault = crashed.open();
    REQUIRE_FALSE(vault.has_value());
    CHECK(vault.error().code == Errc::Damaged);
    CHECK(vault.error().detail.find(expected) != std::string::npos);
}

TEST_CASE("vault: self-check tells of one damaged copy of the anchor, which is made good", "[vault]")
{
    SampleProfile profile;
    Bytes bytes = profile.content("vault.db-fresh");
    bytes[4'096 + 33] ^= 4;
    profile.replace("vault.db-fresh", bytes);
    {
        auto vault = profile.open();
        REQUIRE(vault.has_value());
        const auto problems = (*vault)->selfCheck();
        REQUIRE(problems.has_value());
        REQUIRE(problems->size() == 1);
        CHECK((*problems)[0].find("one of the two copies of the anchor") != std::string::npos);
        REQUIRE((*vault)->database().execute("INSERT INTO t VALUES (2)").has_value());
    }
    // Made good, and kept in mind until somebody was told.
    for (int i = 0; i < 2; ++i) {
        auto vault = profile.open();
        REQUIRE((*vault)->selfCheck()->size() == 1);
        REQUIRE((*vault)->findings().size() == 1);
        CHECK((*vault)->findings()[0].find("one of the two copies of the anchor") != std::string::npos);
    }
    {
        auto vault = profile.open();
        CHECK((*vault)->dismissFindings({"another"}).has_value());
        CHECK((*vault)->findings().size() == 1);
        const std::vector<std::string> told = (*vault)->findings();
        CHECK((*vault)->dismissFindings(told).has_value());
        CHECK((*vault)->selfCheck() == std::vector<std::string>());
    }
    CHECK((*profile.open())->selfCheck() == std::vector<std::string>());
}

TEST_CASE("vault: what was noticed and cannot be written down keeps the profile closed", "[vault]")
{
    SampleProfile profile;
    REQUIRE(profile.open());
    Bytes bytes = profile.content("vault.db-fresh");
    bytes[4'096 + 33] ^= 4;
    profile.replace("vault.db-fresh", bytes);
    // In a process of its own, in which no file may grow.
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const rlimit bound{2'000, 2'000};
        std::signal(SIGXFSZ, SIG_IGN);
        if (::setrlimit(RLIMIT_FSIZE, &bound) != 0)
            ::_exit(1);
        const auto vault = profile.open();
        const bool isTold = !vault && vault.error().code == Errc::Disk
            && vault.error().detail.find("one of the two copies of the anchor") != std::string::npos;
        ::_exit(isTold ? 0 : 2);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    const auto vault = profile.open();
    REQUIRE(vault.has_value());
    CHECK((*vault)->findings().size() == 1);
}

TEST_CASE("vault: no changed byte of the header opens", "[vault]")
{
    SampleProfile profile;
    const Bytes good = profile.content("vault.header");
    // A sample: key_slots_test.cpp bends every byte.
    for (std::size_t at = 0; at < good.size(); at += at < good.size() - 64 ? 61 : 16) {
        Bytes bent = good;
        bent[at] ^= 1;
        profile.replace("vault.header", bent);
        INFO("byte " << at);
        const auto vault = profile.open();
        REQUIRE_FALSE(vault.has_value());
        REQUIRE(vault.error().code == Errc::Damaged);
    }
}

TEST_CASE(
    "vault: self-check names a damaged page that nothing reads, and files that do not belong", "[vault]")
{
    SampleProfile profile;
    {
        auto vault = profile.open();
        sql::Database& database = (*vault)->database();
        REQUIRE(
            database
                .execute("CREATE TABLE big (b); INSERT INTO big VALUES (randomblob(40000)); DROP TABLE big")
                .has_value());
        REQUIRE(*database.number("PRAGMA freelist_count") > 5);
    }
    Bytes bytes = profile.content("vault.db");
    bytes[bytes.size() - 100] ^= 1;
    profile.replace("vault.db", bytes);
    profile.replace("notes.txt", viewOf("hello"));
    auto vault = profile.open();
    REQUIRE(vault.has_value());
    profile.replace("vault.header", Bytes(4'096));
    const auto problems = (*vault)->selfCheck();
    REQUIRE(problems.has_value());
    REQUIRE(problems->size() == 3);
    CHECK((*problems)[0].starts_with("vault.header"));
    CHECK((*problems)[1].ends_with("notes.txt"));
    CHECK((*problems)[2] == "vault.db: page " + std::to_string(bytes.size() / 4'096 - 1) + " is damaged");
}

TEST_CASE("vault: a second connection in the process sees what the first commits", "[vault]")
{
    SampleProfile profile;
    auto vault = profile.open();
    auto reader = (*vault)->openConnection();
    REQUIRE(reader.has_value());
    CHECK(*reader->number("SELECT count(*) FROM t") == 1);
    REQUIRE((*vault)->database().execute("INSERT INTO t VALUES (2)").has_value());
    CHECK(*reader->number("SELECT count(*) FROM t") == 2);
}

TEST_CASE("vault: connections are durable, with the cache they were given", "[vault]")
{
    SampleProfile profile;
    auto vault
        = Vault::open(profile.folder, kPassphrase, profile.random, {.cacheBytes = std::size_t{2} << 20});
    REQUIRE(vault.has_value());
    sql::Database& database = (*vault)->database();
    CHECK(*database.number("PRAGMA synchronous") == 2);
    CHECK(*database.number("PRAGMA cache_size") == -2'048);
    CHECK(*database.number("PRAGMA page_size") == 4'096);
    CHECK(*database.number("PRAGMA max_page_count") == page::kDatabasePagesMax);
    CHECK(*database.number("PRAGMA temp_store") == 2);
    CHECK(*database.number("PRAGMA foreign_keys") == 1);
    CHECK(*database.number("PRAGMA busy_timeout") == 5'000);
    CHECK_FALSE(database.execute("ATTACH 'other.db' AS other").has_value());
}

TEST_CASE("vault in memory: works without a folder", "[vault]")
{
    SystemRandom random;
    auto vault = Vault::openInMemory(random);
    REQUIRE(vault.has_value());
    REQUIRE((*vault)->database().execute("CREATE TABLE t (a)").has_value());
    CHECK((*vault)->selfCheck() == std::vector<std::string>());
    CHECK((*vault)->folder().empty());
    CHECK((*vault)->openConnection().error().code == Errc::Refused);
    CHECK_FALSE((*vault)->usesFloorKdf());
}

TEST_CASE(
    "profile lock: a second holder is told who is the first, and the file is empty afterwards", "[vault]")
{
    test::TempFolder folder;
    {
        auto first = ProfileLock::take(folder.path());
        REQUIRE(first.has_value());
        const auto second = ProfileLock::take(folder.path());
        REQUIRE_FALSE(second.has_value());
        CHECK(second.error().code == Errc::Busy);
        CHECK(second.error().detail.find(platform::programName()) != std::string::npos);
        CHECK(second.error().detail.find(std::to_string(platform::processId())) != std::string::npos);
        // Reading the file, as a backup might, does not let go of the lock.
        CHECK_FALSE(test::readFile(folder.path() / kProfileLockFile).empty());
        CHECK_FALSE(ProfileLock::take(folder.path()).has_value());
    }
    CHECK(test::readFile(folder.path() / kProfileLockFile).empty());
    CHECK(ProfileLock::take(folder.path()).has_value());
}

TEST_CASE(
    "profile lock: another process finds the profile busy, and free once the first was killed", "[vault]")
{
    SampleProfile profile;
    std::array<int, 2> ready{};
    REQUIRE(::pipe(ready.data()) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        auto vault = profile.open();
        const char answer = vault.has_value() ? '1' : '0';
        (void)!::write(ready[1], &answer, 1);
        for (;;)
            ::pause();
    }
    char answer = '0';
    REQUIRE(::read(ready[0], &answer, 1) == 1);
    CHECK(answer == '1');
    const auto refused = profile.open();
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == Errc::Busy);
    CHECK(refused.error().detail.find(std::to_string(child)) != std::string::npos);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ready[0]);
    ::close(ready[1]);
    CHECK(profile.open().has_value());
}

TEST_CASE("vault: only the word `floor` in the environment lowers the cost of a new passphrase", "[vault]")
{
    ::unsetenv("TEREN_KDF");
    CHECK(kdfPolicyFromEnvironment() == KdfPolicy::Calibrated);
    ::setenv("TEREN_KDF", "low", 1);
    CHECK(kdfPolicyFromEnvironment() == KdfPolicy::Calibrated);
    ::setenv("TEREN_KDF", "floor", 1);
    CHECK(kdfPolicyFromEnvironment() == KdfPolicy::Floor);
    ::unsetenv("TEREN_KDF");
}

}  // namespace teren::store
