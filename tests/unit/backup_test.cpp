// SPDX-License-Identifier: EUPL-1.2
#include "app/store/backup.h"

#include "app/store/vault_files.h"
#include "crypto/base/big_endian.h"
#include "crypto/sign/hash.h"
#include "crypto/sign/system_random.h"
#include "tests/support/catch.h"
#include "tests/support/failing_files.h"
#include "tests/support/files.h"
#include "tests/support/seeded.h"
#include "tests/support/temp_folder.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <map>

namespace teren::store {
namespace {

using test::FailingFiles;

constexpr std::string_view kPassphrase{"zielona lipa nad stawem"};
constexpr std::string_view kPlanted{"Zenobia Wyszkowska-Planted"};

struct SampleProfile {
    test::TempFolder outer;
    std::filesystem::path folder = outer.path() / "profile";
    std::filesystem::path stick = outer.path() / "stick";
    std::filesystem::path restored = outer.path() / "restored";
    SystemRandom random;
    test::ManualClock clock;
    std::unique_ptr<Vault> vault;
    std::vector<std::string> lost;  ///< By the latest restoring.

    SampleProfile()
    {
        auto made = Vault::create(folder, kPassphrase, KdfPolicy::Floor, random);
        REQUIRE(made);
        vault = *std::move(made);
        REQUIRE(vault->database().execute("CREATE TABLE t (a)"));
        add(kPlanted);
        std::filesystem::create_directory(stick);
    }
    void add(std::string_view text) const
    {
        REQUIRE(vault->database().statement("INSERT INTO t VALUES (?)").with(text).run());
    }
    void attach(const char* name, std::string_view content) const
    {
        std::filesystem::create_directory(folder / "attachments");
        test::writeFile(folder / "attachments" / name, viewOf(content));
    }
    Result<Backup> backUp(platform::Files& files = platform::systemFiles())
    {
        clock.advance(std::chrono::seconds(1));
        return writeBackup(*vault, stick, clock, files);
    }
    static Result<SecretKey> unlock(const KeySlots& slots) { return slots.open(kPassphrase); }
    Result<std::unique_ptr<Vault>> restore(
        const std::filesystem::path& backup, platform::Files& files = platform::systemFiles())
    {
        lost.clear();
        Result<RestoredVault> made = restoreVault(backup, restored, unlock, random, files);
        if (!made)
            return std::unexpected(made.error());
        for (const LostFile& file : made->lost)
            lost.push_back(file.name);
        return std::move(made->vault);
    }
    static std::vector<std::string> problemsIn(const std::filesystem::path& backup)
    {
        const auto manifest = readManifest(backup);
        REQUIRE(manifest);
        const auto problems = checkBackupFiles(backup, *manifest, platform::systemFiles());
        REQUIRE(problems);
        return *problems;
    }
};

std::vector<std::string> namesIn(const std::filesystem::path& folder)
{
    return *platform::systemFiles().names(folder);
}

std::map<std::string, Bytes> contentOf(const std::filesystem::path& folder)
{
    std::map<std::string, Bytes> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            files[entry.path().lexically_relative(folder).generic_string()] = test::readFile(entry.path());
    return files;
}

/// What an attacker who knows the format, and not the key, makes of the list.
void fixManifest(const std::filesystem::path& backup, const std::string& name)
{
    auto manifest = *readManifest(backup);
    for (BackedFile& file : manifest.files) {
        if (file.name != name)
            continue;
        const Bytes content = test::readFile(backup / name);
        file.size = content.size();
        file.hash = blake2b({content});
    }
    test::SeededRandom random(5);
    test::writeFile(backup / BackupManifest::kFileName, manifest.toFile(SecretKey::generate(random)));
}

}  // namespace

TEST_CASE("backup: made while the vault is in use, it holds that moment, and restores to it", "[vault]")
{
    SampleProfile profile;
    auto other = profile.vault->openConnection();
    REQUIRE(other);
    REQUIRE(other->execute("BEGIN; SELECT count(*) FROM t"));
    profile.add("second");
    profile.attach("0a1b2c", "sealed bytes");
    const auto backup = profile.backUp();
    REQUIRE(backup);
    profile.add("third");
    CHECK(namesIn(profile.stick).size() == 1);
    CHECK(namesIn(profile.stick).front().ends_with(".backup"));
    CHECK(
        namesIn(backup->folder)
        == std::vector<std::string>{
            "attachments", "backup.manifest", "vault.db", "vault.db-fresh", "vault.header"});
    CHECK(SampleProfile::problemsIn(backup->folder).empty());
    CHECK_FALSE(test::anyFileHolds(backup->folder, kPlanted));
    CHECK_FALSE(test::anyFileHolds(backup->folder, "CREATE TABLE"));

    const auto before = contentOf(backup->folder);
    {
        auto restored = profile.restore(backup->folder);
        REQUIRE(restored);
        CHECK(VaultFiles(profile.restored).state() == FolderState::Unfinished);
        REQUIRE((*restored)->finishRestore());
    }
    CHECK(contentOf(backup->folder) == before);
    auto opened = Vault::open(profile.restored, kPassphrase, profile.random);
    REQUIRE(opened);
    CHECK(*(*opened)->database().number("SELECT count(*) FROM t") == 2);
    CHECK((*opened)->selfCheck() == std::vector<std::string>());
    CHECK(textOf(test::readFile(profile.restored / "attachments" / "0a1b2c")) == "sealed bytes");
    CHECK(*profile.vault->database().number("SELECT count(*) FROM t") == 3);
    REQUIRE(other->execute("COMMIT"));
    CHECK(profile.vault->selfCheck() == std::vector<std::string>());
}

TEST_CASE("backup: one that was begun is finished when the vault is in use, and when it is closed", "[vault]")
{
    SampleProfile profile;
    profile.attach("0a1b2c", "sealed bytes");
    profile.clock.advance(std::chrono::seconds(1));
    auto writing
        = BackupWriting::begin(*profile.vault, profile.stick, profile.clock, platform::systemFiles());
    REQUIRE(writing);
    profile.add("after it was begun");
    profile.vault.reset();
    std::vector<std::uint64_t> told;
    std::uint64_t all = 0;
    const auto backup = writing->finish([&](std::uint64_t done, std::uint64_t total) {
        told.push_back(done);
        all = total;
        return true;
    });
    REQUIRE(backup);
    REQUIRE_FALSE(told.empty());
    CHECK(std::ranges::is_sorted(told));
    CHECK(told.back() == all);
    CHECK(SampleProfile::problemsIn(backup->folder).empty());
    auto restored = profile.restore(backup->folder);
    REQUIRE(restored);
    CHECK(*(*restored)->database().number("SELECT count(*) FROM t") == 1);
}

TEST_CASE("backup: stopped at any moment, nothing of it is left, and a restoration is no profile", "[vault]")
{
    SampleProfile profile;
    profile.attach("0a1b2c", "sealed bytes");
    const auto whole = profile.backUp();
    REQUIRE(whole);
    const auto before = namesIn(profile.stick);
    std::size_t stopAt = 0;
    for (bool ended = false; !ended; ++stopAt) {
        std::size_t calls = 0;
        const Progress stop = [&](std::uint64_t, std::uint64_t) { return calls++ < stopAt; };
        {
            profile.clock.advance(std::chrono::seconds(1));
            auto writing
                = BackupWriting::begin(*profile.vault, profile.stick, profile.clock, platform::systemFiles());
            REQUIRE(writing);
            const auto made = writing->finish(stop);
            ended = made.has_value();
            if (!ended)
                CHECK(made.error().code == Errc::Refused);
        }
        if (!ended)
            CHECK(namesIn(profile.stick) == before);
    }
    CHECK(stopAt > 2);
    const auto restored = restoreVault(
        whole->folder, profile.restored, SampleProfile::unlock, profile.random, platform::systemFiles(),
        [](std::uint64_t, std::uint64_t) { return false; });
    CHECK(restored.error().code == Errc::Refused);
    CHECK(VaultFiles(profile.restored).state() == FolderState::Unfinished);
    CHECK(
        checkBackupFiles(
            whole->folder, whole->manifest, platform::systemFiles(),
            [](std::uint64_t, std::uint64_t) { return false; })
            .error()
            .code
        == Errc::Refused);
    CHECK(profile.restore(whole->folder).has_value());
}

TEST_CASE("backup: opened by what opened the vault then, a recovery code as well", "[vault]")
{
    SampleProfile profile;
    const RecoveryCode code = RecoveryCode::generate(profile.random);
    REQUIRE(profile.vault->setRecoveryCode(code));
    const auto backup = profile.backUp();
    REQUIRE(backup);
    REQUIRE(profile.vault->setPassphrase("another good passphrase", KdfPolicy::Floor));
    const auto open = [&](const Unlock& unlock) {
        return restoreVault(
            backup->folder, profile.restored, unlock, profile.random, platform::systemFiles());
    };
    const auto changed = open([](const KeySlots& slots) { return slots.open("another good passphrase"); });
    REQUIRE_FALSE(changed);
    CHECK(changed.error().code == Errc::WrongPassphrase);
    CHECK_FALSE(std::filesystem::exists(profile.restored));
    const auto restored = open([&code](const KeySlots& slots) { return slots.open(code); });
    REQUIRE(restored);
    REQUIRE(restored->vault->finishRestore());
}

TEST_CASE("backup: any changed byte is found, with and without the key", "[vault]")
{
    SampleProfile profile;
    profile.attach("0a1b2c", "sealed bytes");
    const auto backup = profile.backUp();
    REQUIRE(backup);
    for (const auto& [name, content] : contentOf(backup->folder)) {
        const bool isList = name == BackupManifest::kFileName;
        for (std::size_t at = 0; at < content.size(); at += isList || content.size() < 100 ? 1 : 1'013) {
            Bytes bent = content;
            bent[at] ^= 0x04;
            test::writeFile(backup->folder / name, bent);
            INFO(name << " at " << at);
            const auto manifest = readManifest(backup->folder);
            // The MAC is for who has the key.
            const bool isMac = isList && at >= content.size() - 32;
            if (isMac) {
                REQUIRE(manifest);
                REQUIRE(SampleProfile::problemsIn(backup->folder).empty());
            } else if (isList) {
                REQUIRE_FALSE(manifest);
                REQUIRE(manifest.error().code == Errc::Damaged);
            } else {
                REQUIRE_FALSE(SampleProfile::problemsIn(backup->folder).empty());
            }
        }
        Bytes cut = content;
        cut.pop_back();
        test::writeFile(backup->folder / name, cut);
        const auto manifest = readManifest(backup->folder);
        CHECK((!manifest || !SampleProfile::problemsIn(backup->folder).empty()));
        const auto restored = profile.restore(backup->folder);
        if (name.starts_with("attachments/")) {
            CHECK(restored);
            CHECK(profile.lost == std::vector{name});
            CHECK(namesIn(profile.restored / "attachments").empty());
        } else {
            REQUIRE_FALSE(restored);
            CHECK(restored.error().code == Errc::Damaged);
        }
        test::writeFile(backup->folder / name, content);
    }
    Bytes list = test::readFile(backup->folder / BackupManifest::kFileName);
    list.back() ^= 1;
    test::writeFile(backup->folder / BackupManifest::kFileName, list);
    CHECK(profile.restore(backup->folder).error().code == Errc::Damaged);
}

TEST_CASE("backup: missing, added and exchanged files are found; the key finds a list made to fit", "[vault]")
{
    SampleProfile profile;
    profile.attach("0a1b2c", "sealed bytes");
    const auto former = profile.backUp();
    profile.add("more");
    const auto backup = profile.backUp();
    REQUIRE(former);
    REQUIRE(backup);
    SECTION("added")
    {
        test::writeFile(backup->folder / "letter.txt", viewOf("hello"));
        CHECK(SampleProfile::problemsIn(backup->folder).size() == 1);
    }
    SECTION("added among the attachments")
    {
        test::writeFile(backup->folder / "attachments" / "0f", viewOf("hello"));
        CHECK(SampleProfile::problemsIn(backup->folder).size() == 1);
    }
    SECTION("missing")
    {
        std::filesystem::remove(backup->folder / "attachments" / "0a1b2c");
        CHECK(SampleProfile::problemsIn(backup->folder).size() == 1);
        CHECK(profile.restore(backup->folder));
        CHECK(profile.lost == std::vector<std::string>{"attachments/0a1b2c"});
    }
    SECTION("missing, of the database")
    {
        std::filesystem::remove(backup->folder / "vault.db-fresh");
        CHECK(profile.restore(backup->folder).error().code == Errc::Damaged);
    }
    SECTION("an older database of the same vault, in a list made to fit")
    {
        for (const char* name : {"vault.db", "vault.db-fresh"}) {
            std::filesystem::copy_file(
                former->folder / name, backup->folder / name,
                std::filesystem::copy_options::overwrite_existing);
            fixManifest(backup->folder, name);
        }
        CHECK(SampleProfile::problemsIn(backup->folder).empty());
        CHECK(profile.restore(backup->folder).error().code == Errc::Damaged);
    }
    SECTION("an older database of the same vault, beside the list as it was")
    {
        for (const char* name : {"vault.db", "vault.db-fresh"})
            std::filesystem::copy_file(
                former->folder / name, backup->folder / name,
                std::filesystem::copy_options::overwrite_existing);
        const auto restored = profile.restore(backup->folder);
        REQUIRE_FALSE(restored);
        CHECK(restored.error().code == Errc::Damaged);
        // Not a profile, and to be restored into again.
        CHECK(VaultFiles(profile.restored).isFree());
        std::filesystem::remove_all(profile.restored);
    }
    SECTION("another attachment, in a list made to fit")
    {
        test::writeFile(backup->folder / "attachments" / "0a1b2c", viewOf("other bytes"));
        fixManifest(backup->folder, "attachments/0a1b2c");
        CHECK(profile.restore(backup->folder).error().code == Errc::Damaged);
    }
    CHECK(VaultFiles(profile.restored).isFree());
}

TEST_CASE("backup: an earlier header of the same vault, and the list of another, are refused", "[vault]")
{
    SampleProfile profile;
    const auto former = profile.backUp();
    REQUIRE(former);
    REQUIRE(profile.vault->setPassphrase("another good passphrase", KdfPolicy::Floor));
    const auto backup = profile.backUp();
    REQUIRE(backup);
    SECTION("a header whose passphrase was changed since")
    {
        std::filesystem::copy_file(
            former->folder / "vault.header", backup->folder / "vault.header",
            std::filesystem::copy_options::overwrite_existing);
        CHECK_FALSE(SampleProfile::problemsIn(backup->folder).empty());
        const auto restored = profile.restore(backup->folder);
        REQUIRE_FALSE(restored);
        CHECK(restored.error().code == Errc::Damaged);
    }
    SECTION("the list of another vault, written by one who has the key")
    {
        auto manifest = *readManifest(former->folder);
        manifest.vault = VaultId::random(profile.random);
        const SecretKey master = *SampleProfile::unlock(*VaultFiles(former->folder).readHeader());
        test::writeFile(former->folder / BackupManifest::kFileName, manifest.toFile(backupKey(master)));
        REQUIRE(SampleProfile::problemsIn(former->folder).size() == 1);
        CHECK(profile.restore(former->folder).error().code == Errc::Damaged);
    }
    SECTION("untouched")
    {
        REQUIRE(profile.restore(former->folder));
    }
}

TEST_CASE("backup: a list names nothing that leads out of its folder", "[vault]")
{
    for (const char* good :
         {"vault.db", "vault.db-fresh", "vault.header", "attachments/0f", "attachments/a-b_c"})
        CHECK(isBackedName(good));
    for (const char* bad :
         {"", "..", "vault.unfinished", "profile.lock", "vault.db-wal", "attachments", "attachments/",
          "attachments/..", "attachments/.", "attachments/a/b", "attachments//etc/passwd", "../vault.db",
          "/etc/passwd", "attachments/../../x", "attachments\\x", "attachments/A", "attachments/a b"})
        CHECK_FALSE(isBackedName(bad));
    CHECK_FALSE(isBackedName("attachments/" + std::string(100, 'a')));

    test::SeededRandom random(2);
    const SecretKey key = SecretKey::generate(random);
    BackupManifest hostile;
    hostile.files
        = {{"../../x", 1, {}}, {"vault.db", 1, {}}, {"vault.db-fresh", 1, {}}, {"vault.header", 1, {}}};
    CHECK(BackupManifest::fromFile(hostile.toFile(key)).error().code == Errc::Damaged);
    hostile.files.erase(hostile.files.begin());
    CHECK(BackupManifest::fromFile(hostile.toFile(key)));
    hostile.files.push_back(hostile.files.back());
    CHECK(BackupManifest::fromFile(hostile.toFile(key)).error().code == Errc::Damaged);
    hostile.files = {{"vault.db", std::uint64_t(-1), {}}, {"vault.db-fresh", 1, {}}, {"vault.header", 1, {}}};
    CHECK(BackupManifest::fromFile(hostile.toFile(key)).error().code == Errc::Damaged);
}

TEST_CASE(
    "backup: whatever fails while it is written, the earlier one is whole and nothing half is named",
    "[vault]")
{
    SampleProfile profile;
    profile.attach("0a1b2c", "sealed bytes");
    const auto former = profile.backUp();
    REQUIRE(former);
    const auto before = contentOf(former->folder);
    std::size_t failures = 0;
    for (const Errc code : {Errc::Disk, Errc::DiskFull}) {
        for (std::size_t at = 0;; ++at) {
            FailingFiles files(at, code);
            const auto backup = profile.backUp(files);
            if (backup)
                break;
            ++failures;
            INFO("step " << at);
            REQUIRE(backup.error().code == code);
            // A rename whose folder could not be synced has happened all the same.
            for (const std::string& name : namesIn(profile.stick))
                if (name.ends_with(".backup"))
                    REQUIRE(SampleProfile::problemsIn(profile.stick / name).empty());
            REQUIRE(contentOf(former->folder) == before);
        }
    }
    CHECK(failures > 20);
    CHECK(profile.vault->selfCheck() == std::vector<std::string>());
    const auto names = namesIn(profile.stick);
    CHECK(std::ranges::none_of(names, [](const std::string& name) { return name.ends_with(".new"); }));
}

TEST_CASE("backup: what has a name is on the disk with all its files, and so is what was restored", "[vault]")
{
    using Did = FailingFiles::Did;
    SampleProfile profile;
    profile.attach("0a1b2c", "sealed bytes");
    profile.attach("0d", "others");
    FailingFiles files;
    const auto backup = profile.backUp(files);
    REQUIRE(backup);
    std::filesystem::path fresh = backup->folder;
    fresh += ".new";
    const auto named = std::ranges::find(files.events(), Did::Rename, &FailingFiles::Event::did);
    REQUIRE(named != files.events().end());
    CHECK(named->path == fresh);
    // Before it: each file, and each folder behind the last file made in it. Behind it: the stick.
    const auto atName = std::distance(files.events().begin(), named);
    const auto before = [&](Did did, const std::filesystem::path& path) {
        const auto last
            = std::find_if(std::reverse_iterator(named), files.events().rend(), [&](const auto& event) {
                  return event.did == did && event.path == path;
              });
        return last == files.events().rend() ? atName : std::distance(last, files.events().rend()) - 1;
    };
    for (const char* name : {"vault.header", "attachments/0a1b2c", "attachments/0d", "backup.manifest"}) {
        INFO(name);
        CHECK(before(Did::Create, fresh / name) < before(Did::Write, fresh / name));
        CHECK(before(Did::Write, fresh / name) < before(Did::Sync, fresh / name));
        CHECK(before(Did::Sync, fresh / name) < atName);
    }
    CHECK(before(Did::Create, fresh / "attachments/0d") < before(Did::SyncFolder, fresh / "attachments"));
    CHECK(before(Did::SyncFolder, fresh / "attachments") < atName);
    CHECK(before(Did::Create, fresh / "backup.manifest") < before(Did::SyncFolder, fresh));
    CHECK(before(Did::SyncFolder, fresh) < atName);
    CHECK(files.unsynced() == std::set<std::filesystem::path>());

    FailingFiles back;
    auto restored = profile.restore(backup->folder, back);
    REQUIRE(restored);
    CHECK(back.events().size() > 8);
    CHECK(back.unsynced() == std::set<std::filesystem::path>());

    SampleProfile bare;
    FailingFiles there;
    const auto small = bare.backUp(there);
    REQUIRE(small);
    CHECK(there.unsynced() == std::set<std::filesystem::path>());
    FailingFiles again;
    REQUIRE(bare.restore(small->folder, again));
    CHECK(again.unsynced() == std::set<std::filesystem::path>());
}

TEST_CASE("backup: of a profile whose header was damaged it has the sound one, and says so", "[vault]")
{
    SampleProfile profile;
    const auto former = profile.backUp();
    REQUIRE(former);
    CHECK(former->headerSound);
    const auto before = contentOf(former->folder);
    const Bytes good = test::readFile(profile.folder / "vault.header");
    Bytes bent = good;
    SECTION("a flipped bit")
    {
        bent[200] ^= 1;
    }
    SECTION("cut")
    {
        bent.resize(100);
    }
    test::writeFile(profile.folder / "vault.header", bent);
    const auto backup = profile.backUp();
    REQUIRE(backup);
    CHECK_FALSE(backup->headerSound);
    CHECK((test::readFile(backup->folder / "vault.header") == good));
    CHECK(SampleProfile::problemsIn(backup->folder).empty());
    CHECK(contentOf(former->folder) == before);
    // It is what the profile is saved by.
    profile.vault.reset();
    CHECK(Vault::open(profile.folder, kPassphrase, profile.random).error().code == Errc::Damaged);
    REQUIRE(profile.restore(backup->folder));
}

TEST_CASE("backup: no link in a profile is followed", "[vault]")
{
    SampleProfile profile;
    const std::filesystem::path letters = profile.outer.path() / "letters";
    std::filesystem::create_directory(letters);
    test::writeFile(letters / "0a", viewOf("a letter of somebody else"));
    SECTION("planted before it is begun")
    {
        std::filesystem::create_directory_symlink(letters, profile.folder / "attachments");
        CHECK(profile.backUp().error().code == Errc::Damaged);
    }
    SECTION("planted while it is made")
    {
        auto writing
            = BackupWriting::begin(*profile.vault, profile.stick, profile.clock, platform::systemFiles());
        REQUIRE(writing);
        std::filesystem::create_directory_symlink(letters, profile.folder / "attachments");
        const auto made = writing->finish();
        REQUIRE_FALSE(made);
        CHECK(made.error().code == Errc::Damaged);
        CHECK(made.error().detail.find("attachments is a symbolic link") != std::string::npos);
    }
    SECTION("in place of the header")
    {
        std::filesystem::rename(profile.folder / "vault.header", letters / "vault.header");
        std::filesystem::create_symlink(letters / "vault.header", profile.folder / "vault.header");
        CHECK(profile.backUp().error().code == Errc::Damaged);
    }
    CHECK(namesIn(profile.stick).empty());
}

TEST_CASE("backup: a stick that is pulled out or full is told as such", "[vault]")
{
    SampleProfile profile;
    SECTION("no folder")
    {
        std::filesystem::remove(profile.stick);
        CHECK(profile.backUp().error().code == Errc::NotFound);
    }
    SECTION("no room, known before")
    {
        FailingFiles files;
        files.room = 1'000'000;
        const auto backup = profile.backUp(files);
        REQUIRE_FALSE(backup);
        CHECK(backup.error().code == Errc::DiskFull);
        CHECK(backup.error().detail.find("there are 1 MB free") != std::string::npos);
        CHECK(backup.error().detail.find("earlier backups are as they were") != std::string::npos);
        CHECK(namesIn(profile.stick).empty());
    }
    SECTION("within the profile")
    {
        std::filesystem::create_directory(profile.folder / "attachments");
        CHECK(
            writeBackup(
                *profile.vault, profile.folder / "attachments", profile.clock, platform::systemFiles())
                .error()
                .code
            == Errc::Refused);
    }
    SECTION("the rest of a stopped one goes with the next, and other things stay")
    {
        const auto stopped = *profile.backUp();
        const std::filesystem::path half = stopped.folder.string() + ".new";
        std::filesystem::rename(stopped.folder, half);
        std::filesystem::create_directory(profile.stick / "teren-20250101-000000-00000000.backup.new");
        std::filesystem::create_directory(profile.stick / "photos.new");
        REQUIRE(profile.backUp());
        CHECK_FALSE(std::filesystem::exists(half));
        CHECK(namesIn(profile.stick).size() == 3);
    }
}

TEST_CASE("backup: one under way is touched by no other, and nothing that is not whole is named", "[vault]")
{
    SampleProfile profile;
    profile.attach("0a1b2c", "sealed bytes");
    // As two copies of one vault do, at one moment.
    auto first = BackupWriting::begin(*profile.vault, profile.stick, profile.clock, platform::systemFiles());
    REQUIRE(first);
    const auto second = writeBackup(*profile.vault, profile.stick, profile.clock, platform::systemFiles());
    REQUIRE(second);
    SECTION("both are whole")
    {
        const auto made = first->finish();
        REQUIRE(made);
        CHECK(made->folder != second->folder);
        CHECK(SampleProfile::problemsIn(made->folder).empty());
        CHECK(SampleProfile::problemsIn(second->folder).empty());
        CHECK(namesIn(profile.stick).size() == 2);
    }
    SECTION("a file that somebody took away meanwhile")
    {
        for (const std::string& name : namesIn(profile.stick))
            if (name.ends_with(".new"))
                REQUIRE(std::filesystem::remove(profile.stick / name / "vault.header"));
        const auto made = first->finish();
        REQUIRE_FALSE(made);
        CHECK(made.error().code == Errc::Disk);
        CHECK(made.error().detail.find("vault.header") != std::string::npos);
        CHECK(SampleProfile::problemsIn(second->folder).empty());
    }
}

TEST_CASE("backup: a disk that is full in the middle of the database leaves the earlier backup", "[vault]")
{
    SampleProfile profile;
    for (int i = 0; i < 100; ++i)
        profile.add(std::string(5'000, 'x'));
    const auto former = profile.backUp();
    REQUIRE(former);
    profile.vault.reset();
    const auto before = contentOf(former->folder);
    // In a process of its own, in which no file may grow beyond a bound: SQLite's writes fail too.
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        auto opened = Vault::open(profile.folder, kPassphrase, profile.random);
        const rlimit bound{300'000, 300'000};
        std::signal(SIGXFSZ, SIG_IGN);
        if (!opened || ::setrlimit(RLIMIT_FSIZE, &bound) != 0)
            ::_exit(1);
        profile.vault = *std::move(opened);
        const auto backup = profile.backUp();
        const bool told = !backup
            && (backup.error().code == Errc::Disk || backup.error().code == Errc::DiskFull)
            && backup.error().detail.find("earlier backups are as they were") != std::string::npos;
        profile.vault.reset();
        ::_exit(told ? 0 : 2);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    CHECK(contentOf(former->folder) == before);
    CHECK(namesIn(profile.stick) == std::vector<std::string>{former->folder.filename().string()});
    CHECK(
        (*Vault::open(profile.folder, kPassphrase, profile.random))->selfCheck()
        == std::vector<std::string>());
}

TEST_CASE("backup: a restoration that is stopped anywhere is no profile, and can be done again", "[vault]")
{
    SampleProfile profile;
    profile.attach("0a1b2c", "sealed bytes");
    const auto backup = profile.backUp();
    REQUIRE(backup);
    std::size_t failures = 0;
    for (std::size_t at = 0;; ++at) {
        FailingFiles files(at, Errc::DiskFull);
        auto restored = profile.restore(backup->folder, files);
        if (restored) {
            REQUIRE((*restored)->finishRestore());
            break;
        }
        ++failures;
        INFO("step " << at);
        REQUIRE(VaultFiles(profile.restored).isFree());
        REQUIRE(Vault::open(profile.restored, kPassphrase, profile.random).error().code == Errc::NotFound);
    }
    CHECK(failures > 8);
    {
        auto opened = Vault::open(profile.restored, kPassphrase, profile.random);
        REQUIRE(opened);
        CHECK((*opened)->selfCheck() == std::vector<std::string>());
    }
    // Not over a profile, and not over what is none.
    CHECK(profile.restore(backup->folder).error().code == Errc::Refused);
    profile.restored = profile.stick;
    CHECK(profile.restore(backup->folder).error().code == Errc::Refused);
    CHECK(namesIn(profile.stick).size() == 1);
    // Nor into the backup, which is only read.
    const auto before = contentOf(backup->folder);
    profile.restored = backup->folder / "attachments" / "profile";
    CHECK(profile.restore(backup->folder).error().code == Errc::Refused);
    CHECK(contentOf(backup->folder) == before);
    CHECK_FALSE(std::filesystem::exists(profile.restored));
}

TEST_CASE("backup: what was done in a restored vault before it counted cannot be taken back", "[vault]")
{
    SampleProfile profile;
    const auto backup = profile.backUp();
    REQUIRE(backup);
    auto restored = profile.restore(backup->folder);
    REQUIRE(restored);
    // As the new life is begun.
    REQUIRE((*restored)->database().execute("INSERT INTO t VALUES ('new life')"));
    REQUIRE((*restored)->finishRestore());
    // What a killed process leaves, and then its log is taken away.
    const std::filesystem::path crashed = profile.outer.path() / "crashed";
    std::filesystem::copy(profile.restored, crashed, std::filesystem::copy_options::recursive);
    REQUIRE(std::filesystem::remove(crashed / "vault.db-wal"));
    const auto opened = Vault::open(crashed, kPassphrase, profile.random);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == Errc::Damaged);
}

TEST_CASE("backup: a stick that is pulled out while a backup is restored is told as that", "[vault]")
{
    SampleProfile profile;
    profile.attach("0a1b2c", "sealed bytes");
    const auto backup = profile.backUp();
    REQUIRE(backup);
    const auto size = [&](const char* name) { return backup->manifest.find(name)->size; };
    const std::uint64_t database = size("vault.db") + size("vault.db-fresh");
    const auto restored = restoreVault(
        backup->folder, profile.restored, SampleProfile::unlock, profile.random, platform::systemFiles(),
        [&](std::uint64_t done, std::uint64_t) {
            if (done >= database)
                std::filesystem::remove_all(backup->folder);
            return true;
        });
    REQUIRE_FALSE(restored);
    CHECK(restored.error().code == Errc::Disk);
    CHECK(VaultFiles(profile.restored).isFree());
}

TEST_CASE(
    "backup: an attachment that is not what the vault says is told, and listed as it ought to be", "[vault]")
{
    SampleProfile profile;
    profile.attach("0a1b2c", "sealed bytes");
    const Bytes due = toBytes(viewOf("sealed bites"));
    const auto backup = writeBackup(
        *profile.vault, profile.stick, profile.clock, platform::systemFiles(),
        {{"attachments/0a1b2c", due.size(), blake2b({due})}, {"attachments/0d", 5, {}}});
    REQUIRE(backup);
    REQUIRE(backup->lost.size() == 2);
    CHECK(backup->lost[0].name == "attachments/0a1b2c");
    CHECK_FALSE(backup->lost[0].isMissing);
    CHECK(backup->lost[1].isMissing);
    CHECK(backup->manifest.find("attachments/0a1b2c")->hash == blake2b({due}));
    // Most of the bytes may be right: they are there.
    CHECK(textOf(test::readFile(backup->folder / "attachments" / "0a1b2c")) == "sealed bytes");
    CHECK(SampleProfile::problemsIn(backup->folder).size() == 2);
}

TEST_CASE("backup: no link in a backup is followed", "[vault]")
{
    SampleProfile profile;
    profile.attach("0a1b2c", "sealed bytes");
    const auto backup = profile.backUp();
    REQUIRE(backup);
    const std::filesystem::path aside = profile.outer.path() / "aside";
    const auto link = [&](const char* name) {
        std::filesystem::rename(backup->folder / name, aside);
        std::filesystem::create_symlink(aside, backup->folder / name);
    };
    SECTION("the attachments")
    {
        link("attachments");
        CHECK(SampleProfile::problemsIn(backup->folder).size() == 1);
        CHECK(profile.restore(backup->folder));
        CHECK(profile.lost == std::vector<std::string>{"attachments/0a1b2c"});
        CHECK(namesIn(profile.restored / "attachments").empty());
    }
    SECTION("the list")
    {
        link("backup.manifest");
        CHECK(readManifest(backup->folder).error().code == Errc::Damaged);
        CHECK(profile.restore(backup->folder).error().code == Errc::Damaged);
    }
    SECTION("the header")
    {
        link("vault.header");
        CHECK_FALSE(SampleProfile::problemsIn(backup->folder).empty());
        CHECK(profile.restore(backup->folder).error().code == Errc::Damaged);
    }
}

TEST_CASE(
    "backup: a restored vault that was never finished opens nowhere, whatever was done in it", "[vault]")
{
    SampleProfile profile;
    const auto backup = profile.backUp();
    REQUIRE(backup);
    {
        const auto restored = profile.restore(backup->folder);
        REQUIRE(restored);
        REQUIRE((*restored)->database().execute("INSERT INTO t VALUES (2)"));
        // No second one meanwhile.
        CHECK(profile.restore(backup->folder).error().code == Errc::Busy);
    }
    CHECK(Vault::open(profile.restored, kPassphrase, profile.random).error().code == Errc::NotFound);
    auto again = profile.restore(backup->folder);
    REQUIRE(again);
    CHECK(*(*again)->database().number("SELECT count(*) FROM t") == 1);
}

}  // namespace teren::store
