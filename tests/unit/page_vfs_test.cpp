// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/page_check.h"
#include "crypto/page/page_format.h"
#include "sync/sql/transaction.h"

#include "tests/support/catch.h"
#include "tests/support/files.h"
#include "tests/support/power_cut_vfs.h"
#include "tests/support/sealed_database.h"
#include "tests/support/seeded.h"
#include "tests/support/temp_folder.h"

#include <sqlite3.h>

#include <thread>

namespace teren::page {
namespace {

using test::anyFileHolds;
using test::isIntact;
using test::readFile;
using test::writeFile;

constexpr std::string_view kPlanted{"Zenobia Wyszkowska-Planted"};

/// A closed database of about 100 pages whose every row holds the planted words.
class SampleFile {
public:
    SampleFile() : key_(test::sampleKey(7)), vault_(test::sampleVault(9)) { make(path()); }
    std::filesystem::path path() const { return folder_.path() / "a.db"; }
    std::filesystem::path walPath() const { return folder_.path() / "a.db-wal"; }
    std::filesystem::path freshPath() const { return folder_.path() / "a.db-fresh"; }
    const std::filesystem::path& folder() const { return folder_.path(); }
    const SecretKey& key() const { return key_; }
    const VaultId& vault() const { return vault_; }

    static Status fill(sql::Database& database, int rows)
    {
        TEREN_CHECK(database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, rest BLOB) STRICT"));
        TEREN_TRY(sql::Transaction transaction, sql::Transaction::begin(database));
        for (int i = 1; i <= rows; ++i)
            TEREN_CHECK(
                database.statement("INSERT INTO t VALUES (?, ?, randomblob(700))").with(i, kPlanted).run());
        return transaction.commit();
    }
    void make(const std::filesystem::path& path)
    {
        test::Sealing sealing(key_, vault_);
        auto database = sealing.open(path);
        REQUIRE(database.has_value());
        REQUIRE(fill(*database, 400).has_value());
    }
    /// Opens the file as it lies there and reads all of it.
    Status readAll() { return readAll(key_, vault_); }
    Status readAll(const SecretKey& key, const VaultId& vault)
    {
        test::Sealing sealing(key, vault);
        TEREN_TRY(
            sql::Database database,
            sql::Database::open(path(), {.vfs = sealing.name(), .reservedBytes = kReservedBytes}));
        TEREN_TRY(
            const std::int64_t good,
            database.number("SELECT count(*) FROM t WHERE name = "
                            "'Zenobia Wyszkowska-Planted' AND length(rest) = 700"));
        if (good != 400)
            return fail(Errc::Invalid, "rows are missing");
        return isIntact(database) ? Status() : fail(Errc::Damaged, "integrity_check");
    }

private:
    test::TempFolder folder_;
    SecretKey key_;
    VaultId vault_;
};

}  // namespace

TEST_CASE("sealed file: what was written is read again, and is in no file", "[page]")
{
    SampleFile file;
    CHECK(file.readAll().has_value());
    CHECK_FALSE(std::filesystem::exists(file.walPath()));
    CHECK_FALSE(anyFileHolds(file.folder(), kPlanted));
    CHECK_FALSE(anyFileHolds(file.folder(), "SQLite format"));
    CHECK_FALSE(anyFileHolds(file.folder(), "CREATE TABLE"));
    const std::uintmax_t size = std::filesystem::file_size(file.path());
    CHECK(size % kPageSize == 0);
}

TEST_CASE("sealed file: an open WAL holds nothing readable, and no memory file lies beside it", "[page]")
{
    SampleFile file;
    test::Sealing sealing(file.key(), file.vault());
    auto database = sealing.open(file.path());
    REQUIRE(database.has_value());
    REQUIRE(database->execute("UPDATE t SET name = name || ' again'").has_value());
    REQUIRE(std::filesystem::file_size(file.walPath()) > kWalHeaderSlot + kFrameSlot);
    CHECK((std::filesystem::file_size(file.walPath()) - kWalHeaderSlot) % kFrameSlot == 0);
    CHECK_FALSE(std::filesystem::exists(file.folder() / "a.db-shm"));
    CHECK_FALSE(anyFileHolds(file.folder(), kPlanted));
    // SQLite's own WAL magic, in its two byte orders.
    CHECK_FALSE(anyFileHolds(file.folder(), "\x37\x7f\x06\x82"));
    CHECK_FALSE(anyFileHolds(file.folder(), "\x37\x7f\x06\x83"));
    for (const auto& entry : std::filesystem::directory_iterator(file.folder()))
        CHECK(
            (entry.path() == file.path() || entry.path() == file.walPath()
             || entry.path() == file.freshPath()));
}

TEST_CASE("sealed file: another key or another vault opens nothing", "[page]")
{
    SampleFile file;
    CHECK(file.readAll(test::sampleKey(8), file.vault()).error().code == Errc::Damaged);
    CHECK(file.readAll(file.key(), test::sampleVault(1)).error().code == Errc::Damaged);
}

TEST_CASE("sealed file: any flipped bit is noticed, in whatever page", "[page]")
{
    SampleFile file;
    const Bytes good = readFile(file.path());
    test::SeededRandom random(20);
    const std::size_t pages = good.size() / kPageSize;
    REQUIRE(pages > 60);
    for (std::size_t page = 0; page < pages; ++page) {
        Bytes bent = good;
        const std::size_t at = page * kPageSize + random.below(kPageSize);
        bent[at] = static_cast<std::uint8_t>(bent[at] ^ (1u << random.below(8)));
        writeFile(file.path(), bent);
        INFO("byte " << at);
        const Status status = file.readAll();
        REQUIRE_FALSE(status.has_value());
        REQUIRE(status.error().code == Errc::Damaged);
    }
    writeFile(file.path(), good);
    CHECK(file.readAll().has_value());
}

TEST_CASE("sealed file: every byte of the header block counts", "[page]")
{
    SampleFile file;
    const Bytes good = readFile(file.path());
    for (std::size_t at = 0; at < kMainHeaderSlot; at += at < kMainHeaderSize ? 1 : 97) {
        Bytes bent = good;
        bent[at] ^= 1;
        writeFile(file.path(), bent);
        INFO("byte " << at);
        REQUIRE(file.readAll().error().code == Errc::Damaged);
    }
}

TEST_CASE("sealed file: pages swapped, zeroed, of another vault, or cut off are noticed", "[page]")
{
    SampleFile file;
    Bytes bytes = readFile(file.path());
    const auto page
        = [&bytes](std::size_t index) { return std::span(bytes).subspan(index * kPageSize, kPageSize); };

    SECTION("swapped")
    {
        std::ranges::swap_ranges(page(20), page(21));
    }
    SECTION("zeroed")
    {
        std::ranges::fill(page(30), std::uint8_t{0});
    }
    SECTION("the same page of another vault with the same key")
    {
        test::TempFolder other;
        {
            test::Sealing sealing(file.key(), test::sampleVault(77));
            auto database = sealing.open(other.path() / "b.db");
            REQUIRE(database.has_value());
            REQUIRE(SampleFile::fill(*database, 400).has_value());
        }
        const Bytes foreign = readFile(other.path() / "b.db");
        std::ranges::copy(std::span(foreign).subspan(25 * kPageSize, kPageSize), page(25).begin());
    }
    SECTION("the last page cut off")
    {
        bytes.resize(bytes.size() - kPageSize);
    }
    SECTION("cut inside the last page")
    {
        bytes.resize(bytes.size() - 1'000);
    }
    SECTION("cut inside the header block")
    {
        bytes.resize(1'000);
    }
    SECTION("a database in the clear")
    {
        test::TempFolder other;
        {
            auto plain = sql::Database::open(other.path() / "b.db");
            REQUIRE(SampleFile::fill(*plain, 400).has_value());
        }
        bytes = readFile(other.path() / "b.db");
    }
    writeFile(file.path(), bytes);
    CHECK(file.readAll().error().code == Errc::Damaged);
}

TEST_CASE("sealed file: only a WAL is ever written", "[page]")
{
    SampleFile file;
    test::Sealing sealing(file.key(), file.vault());
    auto database = sealing.open(file.path());
    REQUIRE(database.has_value());
    for (const char* mode : {"DELETE", "TRUNCATE", "PERSIST", "MEMORY", "OFF", "delete"})
        CHECK_FALSE(database->execute(std::string("PRAGMA journal_mode = ") + mode).has_value());
    CHECK_FALSE(database->execute("PRAGMA locking_mode = EXCLUSIVE").has_value());
    CHECK_FALSE(database->execute("PRAGMA page_size = 8192").has_value());
    // A file that nobody announced.
    CHECK_FALSE(database->execute("VACUUM INTO 'copy.db'").has_value());
    sql::Statement& mode = database->statement("PRAGMA journal_mode");
    REQUIRE(*mode.step());
    CHECK(mode.columnText(0) == "wal");
}

TEST_CASE("sealed file: temporary files and journals of every kind are refused", "[page]")
{
    test::TempFolder folder;
    test::Sealing sealing(test::sampleKey(1), test::sampleVault(1));
    sqlite3_vfs* vfs = sqlite3_vfs_find(sealing.name().c_str());
    REQUIRE(vfs != nullptr);
    std::vector<std::max_align_t> memory(
        static_cast<std::size_t>(vfs->szOsFile) / sizeof(std::max_align_t) + 1);
    auto* file = reinterpret_cast<sqlite3_file*>(memory.data());
    const std::string name = (folder.path() / "a.tmp").string();
    for (const int kind :
         {SQLITE_OPEN_TEMP_DB, SQLITE_OPEN_TRANSIENT_DB, SQLITE_OPEN_MAIN_JOURNAL, SQLITE_OPEN_TEMP_JOURNAL,
          SQLITE_OPEN_SUBJOURNAL, SQLITE_OPEN_SUPER_JOURNAL}) {
        const int flags = kind | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        CHECK(vfs->xOpen(vfs, nullptr, file, flags, nullptr) == SQLITE_CANTOPEN);
        CHECK(vfs->xOpen(vfs, name.c_str(), file, flags, nullptr) == SQLITE_CANTOPEN);
        CHECK(file->pMethods == nullptr);
    }
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("sealed file: a new database without reserved bytes or with other pages is refused", "[page]")
{
    test::TempFolder folder;
    test::Sealing sealing(test::sampleKey(1), test::sampleVault(1));
    {
        auto database = sql::Database::open(folder.path() / "a.db", {.vfs = sealing.name()});
        REQUIRE(database.has_value());
        const Status made = database->execute(
            "PRAGMA journal_mode = MEMORY; PRAGMA journal_mode = WAL; CREATE TABLE t (a)");
        CHECK_FALSE(made.has_value());
    }
    auto journal = sql::Database::open(
        folder.path() / "b.db", {.vfs = sealing.name(), .reservedBytes = kReservedBytes});
    REQUIRE(journal.has_value());
    // The first transaction of a file without any page has its journal in memory; a second would need one.
    CHECK(journal->execute("CREATE TABLE planted_name (a)").has_value());
    CHECK_FALSE(journal->execute("INSERT INTO planted_name VALUES (1)").has_value());
    CHECK_FALSE(std::filesystem::exists(folder.path() / "b.db-journal"));
    CHECK_FALSE(test::anyFileHolds(folder.path(), "planted_name"));
}

TEST_CASE("sealed file: VACUUM INTO makes a sealed copy with a WAL, under this key or another", "[page]")
{
    SampleFile file;
    test::Sealing sealing(file.key(), file.vault());
    test::Sealing other(test::sampleKey(9), test::sampleVault(9), "teren-rekeyed");
    auto database = sealing.open(file.path(), "PRAGMA cache_size = 10");
    REQUIRE(database.has_value());
    REQUIRE(database->execute("DELETE FROM t WHERE id % 3 = 0").has_value());
    const std::int64_t rows = *database->number("SELECT count(*) FROM t");
    const std::filesystem::path path = file.folder() / "copy.db";
    bool isRekeyed = false;
    SECTION("under this key")
    {
        REQUIRE(database->compactInto(path).has_value());
    }
    SECTION("under another")
    {
        isRekeyed = true;
        REQUIRE(database->compactInto(path, other.name()).has_value());
        CHECK_FALSE(sealing.open(path).has_value());
    }
    CHECK_FALSE(std::filesystem::exists(path.string() + "-journal"));
    auto copy = (isRekeyed ? other : sealing).open(path);
    REQUIRE(copy.has_value());
    CHECK(*copy->number("SELECT count(*) FROM t") == rows);
    CHECK(*copy->number("PRAGMA freelist_count") == 0);
    CHECK(test::isIntact(*copy));
    CHECK(damagedPages(copy->handle())->empty());
    CHECK((isRekeyed ? other : sealing).vfs().findings().empty());
    // It is written to as any other.
    REQUIRE(copy->execute("UPDATE t SET name = 'planted_name'").has_value());
    CHECK(std::filesystem::exists(path.string() + "-wal"));
    CHECK_FALSE(test::anyFileHolds(file.folder(), "planted_name"));
    CHECK_FALSE(database->compactInto(path).has_value());
    // The one that was copied goes on.
    REQUIRE(database->execute("INSERT INTO t (name) VALUES ('x')").has_value());
    CHECK(test::isIntact(*database));
}

TEST_CASE(
    "sealed file: a VACUUM INTO that fails on the way leaves the source whole and no database", "[page]")
{
    test::PowerCutVfs disk("teren-into");
    test::Sealing sealing(test::sampleKey(2), test::sampleVault(2), "teren-on-into", "teren-into");
    auto database = sealing.open("/a.db");
    REQUIRE(database.has_value());
    REQUIRE(
        database
            ->execute("CREATE TABLE t (a); WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c "
                      "WHERE i < 80) INSERT INTO t SELECT randomblob(2000) FROM c")
            .has_value());
    bool isDone = false;
    for (std::uint64_t operation = 1; !isDone; ++operation) {
        INFO("operation " << operation);
        const std::string name = "/copy" + std::to_string(operation) + ".db";
        disk.failFrom(operation, SQLITE_FULL);
        isDone = database->compactInto(name).has_value();
        disk.repair();
        REQUIRE(*database->number("SELECT count(*) FROM t") == 80);
        // What is there is all of it, or it is told.
        auto copy = sealing.open(name);
        const bool isWhole = copy.has_value() && copy->number("SELECT count(*) FROM t").value_or(-1) == 80;
        REQUIRE((isWhole || !isDone));
        REQUIRE((isWhole || !copy || !copy->number("SELECT count(*) FROM t")));
    }
    CHECK(test::isIntact(*database));
}

TEST_CASE("sealed file: a planted rollback journal is refused, not played back", "[page]")
{
    SampleFile file;
    writeFile(file.folder() / "a.db-journal", Bytes(2'000, 0x41));
    CHECK(file.readAll().error().code == Errc::Damaged);
}

TEST_CASE("sealed file: indexes, large sorts and VACUUM need no temporary file", "[page]")
{
    SampleFile file;
    test::Sealing sealing(file.key(), file.vault());
    auto database = sealing.open(file.path(), "PRAGMA cache_size = 10");
    REQUIRE(database.has_value());
    REQUIRE(database->execute("CREATE INDEX t_rest ON t (rest)").has_value());
    REQUIRE(database->execute("CREATE TABLE s AS SELECT * FROM t ORDER BY rest DESC, name").has_value());
    REQUIRE(database->execute("DELETE FROM t WHERE id % 2").has_value());
    REQUIRE(database->execute("PRAGMA wal_checkpoint(TRUNCATE)").has_value());
    const auto before = std::filesystem::file_size(file.path());
    REQUIRE(database->execute("VACUUM").has_value());
    REQUIRE(database->execute("PRAGMA wal_checkpoint(TRUNCATE)").has_value());
    CHECK(std::filesystem::file_size(file.path()) < before);
    CHECK(isIntact(*database));
    CHECK(*database->number("SELECT count(*) FROM t") == 200);
    CHECK_FALSE(anyFileHolds(file.folder(), kPlanted));
}

TEST_CASE("sealed file: a transaction larger than the cache is whole, whether kept or rolled back", "[page]")
{
    SampleFile file;
    test::Sealing sealing(file.key(), file.vault());
    {
        auto database = sealing.open(file.path(), "PRAGMA cache_size = 5");
        REQUIRE(database.has_value());
        {
            sql::Transaction transaction = *sql::Transaction::begin(*database);
            for (int round = 0; round < 3; ++round)
                REQUIRE(database->execute("UPDATE t SET rest = randomblob(700), name = 'gone'").has_value());
        }
        CHECK(*database->number("SELECT count(*) FROM t WHERE name = 'gone'") == 0);
        sql::Transaction transaction = *sql::Transaction::begin(*database);
        for (int round = 0; round < 3; ++round)
            REQUIRE(database->execute("UPDATE t SET rest = zeroblob(701), name = name || '.'").has_value());
        REQUIRE(transaction.commit().has_value());
        // The copy is what a power cut would leave: the log is read again from its beginning.
        std::filesystem::create_directory(file.folder() / "copy");
        std::filesystem::copy_file(file.path(), file.folder() / "copy" / "a.db");
        std::filesystem::copy_file(file.walPath(), file.folder() / "copy" / "a.db-wal");
        std::filesystem::copy_file(file.freshPath(), file.folder() / "copy" / "a.db-fresh");
    }
    for (const auto& path : {file.path(), file.folder() / "copy" / "a.db"}) {
        auto database = sealing.open(path);
        REQUIRE(database.has_value());
        CHECK(
            *database->number("SELECT count(*) FROM t WHERE length(rest) = 701 AND name LIKE '%...'") == 400);
        CHECK(isIntact(*database));
    }
}

TEST_CASE("sealed WAL: changed frames never turn into content", "[page]")
{
    SampleFile file;
    const Bytes goodMain = readFile(file.path());
    const Bytes goodFresh = readFile(file.freshPath());
    Bytes goodWal;
    {
        test::Sealing sealing(file.key(), file.vault());
        auto database = sealing.open(file.path(), "PRAGMA wal_autocheckpoint = 0");
        REQUIRE(database.has_value());
        for (int i = 0; i < 20; ++i)
            REQUIRE(database
                        ->execute("UPDATE t SET name = name WHERE id % 40 = 0; UPDATE t SET rest = "
                                  "randomblob(700) WHERE id % 20 = 1")
                        .has_value());
        goodWal = readFile(file.walPath());
    }
    REQUIRE(goodWal.size() > 50 * kFrameSlot);
    test::SeededRandom random(21);
    for (int round = 0; round < 150; ++round) {
        Bytes bent = goodWal;
        const std::size_t at = round < 20 ? random.below(kWalHeaderSlot) : random.below(bent.size());
        bent[at] = static_cast<std::uint8_t>(bent[at] ^ (1u << random.below(8)));
        writeFile(file.path(), goodMain);
        writeFile(file.walPath(), bent);
        writeFile(file.freshPath(), goodFresh);
        INFO("byte " << at);
        const Status status = file.readAll();
        // Nothing was anchored: a changed frame looks like the torn end of the log, an earlier, whole state;
        // and a header to which no frame chains like one that was torn before there was any.
        const bool isInHeaderTag = at >= 72 && at < 88;
        if (at < kWalHeaderSlot && !isInHeaderTag)
            REQUIRE(status.error().code == Errc::Damaged);
        else
            REQUIRE((status.has_value() || status.error().code == Errc::Damaged));
    }
}

TEST_CASE("sealed WAL: a log torn at its end opens as the last whole commit", "[page]")
{
    SampleFile file;
    const Bytes goodMain = readFile(file.path());
    test::Sealing sealing(file.key(), file.vault());
    Bytes wal;
    Bytes fresh;
    std::vector<std::size_t> ends;
    {
        auto database = sealing.open(file.path(), "PRAGMA wal_autocheckpoint = 0");
        REQUIRE(database.has_value());
        REQUIRE(database->execute("CREATE TABLE mark (n)").has_value());
        for (int i = 1; i <= 12; ++i) {
            REQUIRE(database->execute("INSERT INTO mark VALUES (" + std::to_string(i) + ")").has_value());
            ends.push_back(std::filesystem::file_size(file.walPath()));
        }
        wal = readFile(file.walPath());
        // Nothing was anchored yet.
        fresh = readFile(file.freshPath());
    }
    test::SeededRandom random(22);
    for (int round = 0; round < 60; ++round) {
        const std::size_t cut = ends[0] + random.below(wal.size() - ends[0] + 1);
        Bytes torn(wal.begin(), wal.begin() + static_cast<std::ptrdiff_t>(cut));
        const Bytes garbage = [&random] {
            Bytes bytes(random.below(9'000));
            random.fill(bytes);
            return bytes;
        }();
        torn.insert(torn.end(), garbage.begin(), garbage.end());
        writeFile(file.path(), goodMain);
        writeFile(file.walPath(), torn);
        writeFile(file.freshPath(), fresh);
        const auto whole = std::ranges::count_if(ends, [cut](std::size_t end) { return end <= cut; });
        auto database = sealing.open(file.path());
        REQUIRE(database.has_value());
        REQUIRE(*database->number("SELECT max(n) FROM mark") == whole);
        REQUIRE(isIntact(*database));
        REQUIRE(database->execute("INSERT INTO mark VALUES (100)").has_value());
    }
}

TEST_CASE("sealed file: a page 1 torn during a checkpoint is healed by the WAL", "[page]")
{
    SampleFile file;
    test::Sealing sealing(file.key(), file.vault());
    Bytes wal;
    Bytes fresh;
    {
        auto database = sealing.open(file.path());
        REQUIRE(database.has_value());
        // Changes page 1.
        REQUIRE(database->execute("CREATE TABLE later (a); INSERT INTO later VALUES (5)").has_value());
        wal = readFile(file.walPath());
        fresh = readFile(file.freshPath());
    }
    Bytes main = readFile(file.path());
    std::ranges::fill(std::span(main).subspan(kMainHeaderSlot + 512, 1'024), std::uint8_t{0xa5});
    writeFile(file.path(), main);
    CHECK(sealing.open(file.path()).error().code == Errc::Damaged);
    writeFile(file.walPath(), wal);
    writeFile(file.freshPath(), fresh);
    auto database = sealing.open(file.path());
    REQUIRE(database.has_value());
    CHECK(*database->number("SELECT a FROM later") == 5);
    CHECK(isIntact(*database));
}

TEST_CASE("sealed file: a reader keeps its view while a writer in the same process goes on", "[page]")
{
    SampleFile file;
    test::Sealing sealing(file.key(), file.vault());
    auto writer = sealing.open(file.path());
    auto reader = sealing.open(file.path());
    REQUIRE(writer.has_value());
    REQUIRE(reader.has_value());
    REQUIRE(reader->execute("BEGIN").has_value());
    CHECK(*reader->number("SELECT count(*) FROM t") == 400);
    REQUIRE(writer->execute("DELETE FROM t WHERE id > 100").has_value());
    CHECK(*reader->number("SELECT count(*) FROM t") == 400);
    REQUIRE(reader->execute("COMMIT").has_value());
    CHECK(*reader->number("SELECT count(*) FROM t") == 100);

    REQUIRE(writer->execute("BEGIN IMMEDIATE").has_value());
    sqlite3_busy_timeout(reader->handle(), 0);
    CHECK(sql::Transaction::begin(*reader).error().code == Errc::Busy);
    REQUIRE(writer->execute("COMMIT").has_value());
    CHECK(sql::Transaction::begin(*reader).has_value());
}

TEST_CASE("sealed file: threads that read and write find every transaction whole", "[page]")
{
    SampleFile file;
    test::Sealing sealing(file.key(), file.vault());
    auto writer = sealing.open(file.path(), "PRAGMA wal_autocheckpoint = 20");
    REQUIRE(writer.has_value());
    REQUIRE(writer->execute("CREATE TABLE pair (a, b); INSERT INTO pair VALUES (0, 0)").has_value());
    int torn = 0;
    int failed = 0;
    std::thread other([&] {
        auto reader = sealing.open(file.path());
        for (int i = 0; i < 500; ++i) {
            auto wrong = reader->number("SELECT count(*) FROM pair WHERE a <> b");
            failed += wrong.has_value() ? 0 : 1;
            torn += wrong.value_or(0) == 0 ? 0 : 1;
        }
    });
    int unwritten = 0;
    for (int i = 0; i < 300; ++i) {
        const Status done = writer->execute("BEGIN IMMEDIATE; UPDATE pair SET a = a + 1; UPDATE t SET rest = "
                                            "randomblob(700) WHERE id % 50 = 0;"
                                            "UPDATE pair SET b = b + 1; COMMIT");
        unwritten += done.has_value() ? 0 : 1;
    }
    other.join();
    CHECK(torn == 0);
    CHECK(failed == 0);
    CHECK(unwritten == 0);
    CHECK(*writer->number("SELECT b FROM pair") == 300);
    CHECK(isIntact(*writer));
}

}  // namespace teren::page
