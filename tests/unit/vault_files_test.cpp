// SPDX-License-Identifier: EUPL-1.2
// What somebody may put in the place of a profile's files, and how it is told.
#include "app/platform/durable_file.h"
#include "app/store/profile_lock.h"
#include "app/store/vault.h"
#include "crypto/sign/system_random.h"
#include "tests/support/catch.h"
#include "tests/support/files.h"
#include "tests/support/temp_folder.h"

#include <sys/stat.h>
#include <unistd.h>

namespace teren::store {
namespace {

constexpr std::string_view kPassphrase{"zażółć gęślą jaźń"};

struct SampleFolder {
    test::TempFolder outer;
    std::filesystem::path folder = outer.path() / "profile";
    SystemRandom random;

    SampleFolder()
    {
        auto vault = Vault::create(folder, kPassphrase, KdfPolicy::Floor, random);
        REQUIRE(vault.has_value());
        REQUIRE((*vault)->database().execute("CREATE TABLE t (a)").has_value());
    }
    Result<std::unique_ptr<Vault>> open() { return Vault::open(folder, kPassphrase, random); }
};

enum class Kind { Pipe, Folder, Link, DanglingLink };

/// Puts something of `kind` where `path` is; a link leads to what was there.
void plant(Kind kind, const std::filesystem::path& path)
{
    const std::filesystem::path aside = path.parent_path().parent_path() / "aside";
    std::filesystem::remove_all(aside);
    if (std::filesystem::exists(path))
        std::filesystem::rename(path, aside);
    else
        test::writeFile(aside, {});
    switch (kind) {
    case Kind::Pipe:
        REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
        break;
    case Kind::Folder:
        std::filesystem::create_directory(path);
        break;
    case Kind::Link:
        std::filesystem::create_symlink(aside, path);
        break;
    case Kind::DanglingLink:
        std::filesystem::create_symlink(path.parent_path() / "nowhere", path);
        break;
    }
}

const std::vector<Kind> kKinds{Kind::Pipe, Kind::Folder, Kind::Link, Kind::DanglingLink};

}  // namespace

TEST_CASE("vault files: what is no plain file is named, not waited for, followed or removed", "[vault]")
{
    const auto* name = GENERATE(
        "vault.header", "vault.db", "vault.db-wal", "vault.db-fresh", "vault.unfinished", "vault.tries",
        "profile.lock", "attachments");
    for (const Kind kind : kKinds) {
        if (std::string_view(name) == "attachments" && kind == Kind::Folder)
            continue;
        SampleFolder profile;
        INFO(name << " as kind " << static_cast<int>(kind));
        plant(kind, profile.folder / name);
        const auto before = std::filesystem::symlink_status(profile.folder / name).type();
        const auto vault = profile.open();
        REQUIRE_FALSE(vault.has_value());
        CHECK(vault.error().code == Errc::Damaged);
        CHECK(vault.error().detail.starts_with(name));
        CHECK(std::filesystem::symlink_status(profile.folder / name).type() == before);
        const auto made = Vault::create(profile.folder, kPassphrase, KdfPolicy::Floor, profile.random);
        CHECK_FALSE(made.has_value());
    }
}

TEST_CASE("vault files: reading, writing and removing do plain files only", "[vault]")
{
    test::TempFolder outer;
    const std::filesystem::path folder = outer.path() / "profile";
    std::filesystem::create_directory(folder);
    const std::filesystem::path file = folder / "file";
    const std::filesystem::path fresh = folder / "file.new";
    for (const Kind kind : kKinds) {
        INFO("kind " << static_cast<int>(kind));
        for (const auto& place : {file, fresh}) {
            std::filesystem::remove_all(file);
            std::filesystem::remove_all(fresh);
            plant(kind, place);
            const Status written = platform::writeDurably(file, viewOf("text"));
            REQUIRE_FALSE(written.has_value());
            CHECK(written.error().code == Errc::Damaged);
            CHECK(written.error().detail.starts_with(place.filename().string()));
            CHECK(platform::readWhole(place, 10).error().code == Errc::Damaged);
            CHECK(platform::removeDurably(place).error().code == Errc::Damaged);
            CHECK(platform::FileLock::take(place).error().code == Errc::Damaged);
            CHECK(std::filesystem::symlink_status(place).type() != std::filesystem::file_type::not_found);
        }
    }
}

TEST_CASE("vault files: a leftover with a second name is not written into", "[vault]")
{
    test::TempFolder outer;
    const std::filesystem::path letter = outer.path() / "letter";
    test::writeFile(letter, viewOf("dear"));
    std::filesystem::create_hard_link(letter, outer.path() / "file.new");
    REQUIRE(platform::writeDurably(outer.path() / "file", viewOf("text")).has_value());
    CHECK(textOf(test::readFile(letter)) == "dear");
}

TEST_CASE("vault files: nothing is confirmed into a folder that is gone", "[vault]")
{
    SampleFolder profile;
    auto vault = profile.open();
    REQUIRE(vault.has_value());
    REQUIRE((*vault)->database().execute("INSERT INTO t VALUES (1)").has_value());
    SECTION("the folder removed")
    {
        std::filesystem::remove_all(profile.folder);
    }
    SECTION("the database unlinked")
    {
        std::filesystem::remove(profile.folder / "vault.db");
    }
    SECTION("another file in its place")
    {
        std::filesystem::rename(profile.folder / "vault.db", profile.outer.path() / "aside");
        std::filesystem::copy(profile.outer.path() / "aside", profile.folder / "vault.db");
    }
    const Status added = (*vault)->database().execute("INSERT INTO t VALUES (2)");
    REQUIRE_FALSE(added.has_value());
    CHECK(added.error().code == Errc::Disk);
    CHECK(added.error().detail.find("the disk this profile is on was removed") != std::string::npos);
    CHECK(*(*vault)->database().number("SELECT count(*) FROM t") == 1);
}

TEST_CASE("vault files: what an interrupted write leaves goes at the next opening", "[vault]")
{
    SampleFolder profile;
    const Bytes header = test::readFile(profile.folder / "vault.header");
    test::writeFile(profile.folder / "vault.header.new", ByteView(header).first(700));
    test::writeFile(profile.folder / "vault.tries.new", Bytes(64));
    const bool wasRestored = GENERATE(false, true);
    test::writeFile(profile.folder / "vault.unfinished", wasRestored ? viewOf("restore\n") : ByteView());
    test::writeFile(profile.folder / "vault.unfinished.new", {});
    test::writeFile(profile.folder / "profile.shown.new", viewOf("Żaneta"));
    test::writeFile(profile.folder / "profile.lock", viewOf("terenctl (process 4711)\n"));
    auto vault = profile.open();
    REQUIRE(vault.has_value());
    CHECK((*vault)->findings().empty());
    CHECK((*vault)->selfCheck() == std::vector<std::string>());
    for (const auto& entry : std::filesystem::directory_iterator(profile.folder)) {
        CHECK(entry.path().extension() != ".new");
        CHECK(entry.path().filename() != "vault.unfinished");
    }
}

TEST_CASE("vault files: what is no leftover by the name of one is told, and left as it is", "[vault]")
{
    const auto* name = GENERATE(
        "vault.header.new", "vault.tries.new", "vault.unfinished.new", "profile.shown.new",
        "vault.unfinished");
    for (const std::size_t size : {30UL, 5'000UL}) {
        SampleFolder profile;
        INFO(name << " of " << size);
        test::writeFile(profile.folder / name, Bytes(size, 0x9c));
        {
            auto vault = profile.open();
            REQUIRE(vault.has_value());
            REQUIRE((*vault)->selfCheck()->size() == 1);
            CHECK((*vault)->selfCheck()->front().starts_with(name));
        }
        CHECK(std::filesystem::file_size(profile.folder / name) == size);
        std::filesystem::remove(profile.folder / name);
        CHECK((*profile.open())->selfCheck()->size() == 1);
    }
    if (std::string_view(name) == "vault.unfinished")
        return;
    for (const Kind kind : kKinds) {
        SampleFolder profile;
        INFO(name << " as kind " << static_cast<int>(kind));
        plant(kind, profile.folder / name);
        auto vault = profile.open();
        REQUIRE(vault.has_value());
        REQUIRE((*vault)->selfCheck()->size() == 1);
        CHECK((*vault)->selfCheck()->front().starts_with(name));
    }
}

TEST_CASE("vault files: a lock file that this program did not write is told, once it is gone too", "[vault]")
{
    for (const std::string& planted :
         {std::string("hello"), std::string(100'000, 'x'), std::string("a (process 12x)\n"),
          std::string("\x01")}) {
        SampleFolder profile;
        test::writeFile(profile.folder / "profile.lock", viewOf(planted));
        REQUIRE(profile.open().has_value());
        auto vault = profile.open();
        REQUIRE((*vault)->selfCheck()->size() == 1);
        CHECK((*vault)->selfCheck()->front().starts_with("profile.lock held what"));
    }
}

TEST_CASE("vault files: a folder that may not be looked into is told as that", "[vault]")
{
    SampleFolder profile;
    std::filesystem::permissions(profile.folder, std::filesystem::perms::none);
    // Whom permissions do not hold becomes somebody else for a moment.
    const bool isRoot = ::geteuid() == 0;
    if (isRoot)
        REQUIRE(::seteuid(65'534) == 0);
    const auto opened = profile.open();
    const auto made = Vault::create(profile.folder, kPassphrase, KdfPolicy::Floor, profile.random);
    if (isRoot)
        REQUIRE(::seteuid(0) == 0);
    std::filesystem::permissions(profile.folder, std::filesystem::perms::owner_all);
    for (const auto* tried : {&opened, &made}) {
        REQUIRE_FALSE(tried->has_value());
        CHECK(tried->error().code == Errc::Disk);
        CHECK(tried->error().detail.find("cannot be read") != std::string::npos);
    }
    CHECK(profile.open().has_value());
}

TEST_CASE("vault files: files that others may read or write are remarked upon", "[vault]")
{
    SampleFolder profile;
    auto vault = profile.open();
    const bool isQuiet = (*vault)->remarks().empty();
    std::filesystem::permissions(profile.folder, std::filesystem::perms::all);
    std::filesystem::permissions(
        profile.folder / "vault.db", std::filesystem::perms::others_read, std::filesystem::perm_options::add);
    CHECK((*vault)->remarks().size() == 2);
    // SQLite makes its files by the umask, which `terenctl` sets.
    CHECK((isQuiet || (*vault)->remarks().size() == 2));
}

}  // namespace teren::store
