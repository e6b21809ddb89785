// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/freshness_file.h"
#include "crypto/page/page_check.h"
#include "sync/sql/transaction.h"

#include "tests/support/catch.h"
#include "tests/support/files.h"
#include "tests/support/power_cut_vfs.h"
#include "tests/support/sealed_database.h"
#include "tests/support/temp_folder.h"

#include <malloc.h>
#include <sqlite3.h>

#include <thread>

namespace teren::page {
namespace {

using test::PowerCutVfs;
using Image = std::map<std::string, Bytes>;

constexpr std::size_t kBlock = FreshnessFile::kBlockSize;

/// A database on a disk in memory, of which copies are taken and put back.
class Desk {
public:
    Desk() : sealing_(test::sampleKey(5), test::sampleVault(5), "teren-desk", "teren-desk-disk") {}

    sql::Database open(std::string_view pragmas = "PRAGMA wal_autocheckpoint = 0")
    {
        auto database = sealing_.open("/a.db", pragmas);
        REQUIRE(database.has_value());
        return *std::move(database);
    }
    void run(std::string_view sql)
    {
        sql::Database database = open();
        REQUIRE(database.execute(sql).has_value());
    }
    void anchor() { REQUIRE(sealing_.vfs().anchor().has_value()); }
    Image image() const { return disk_.image(); }
    void restore(const Image& image) { disk_.restore(image); }
    PageVfs& vfs() { return sealing_.vfs(); }

    /// Opens `image` and reads all of it. @return whether nothing is wrong with it, in any way.
    bool isSound(const Image& image)
    {
        restore(image);
        auto database = sealing_.open("/a.db");
        if (!database)
            return false;
        const auto damaged = damagedPages(database->handle());
        return test::isIntact(*database) && damaged && damaged->empty() && vfs().findings().empty();
    }
    /// The number of rows in the table `mark`; -1 if the database does not open.
    std::int64_t marks(const Image& image)
    {
        restore(image);
        auto database = sealing_.open("/a.db");
        return database ? database->number("SELECT count(*) FROM mark").value_or(-1) : -1;
    }

private:
    PowerCutVfs disk_{"teren-desk-disk"};
    test::Sealing sealing_;
};

constexpr std::string_view kFill
    = "CREATE TABLE t (id INTEGER PRIMARY KEY, rest BLOB); CREATE TABLE mark (n INTEGER PRIMARY KEY);"
      "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 200)"
      "  INSERT INTO t SELECT i, randomblob(700) FROM c;"
      "CREATE TABLE gone (b); INSERT INTO gone VALUES (randomblob(40000)); DROP TABLE gone;";

std::span<std::uint8_t> pageOf(Image& image, std::size_t page)
{
    return std::span(image.at("/a.db")).subspan(page * kPageSize, kPageSize);
}

/// The same database twice, closed: every page of the second is newer than in the first.
struct TwoVersions {
    Desk desk;
    Image older;
    Image newer;

    TwoVersions()
    {
        desk.run(kFill);
        older = desk.image();
        desk.run("UPDATE t SET rest = randomblob(700); INSERT INTO mark VALUES (1);"
                 "CREATE TABLE gone (b); INSERT INTO gone VALUES (randomblob(40000)); DROP TABLE gone;");
        newer = desk.image();
        REQUIRE(newer.at("/a.db").size() == older.at("/a.db").size());
        REQUIRE(desk.isSound(newer));
    }
    std::size_t pages() const { return newer.at("/a.db").size() / kPageSize - 1; }
};

}  // namespace

TEST_CASE("freshness: for every page, an earlier version put back at its own place is noticed", "[page]")
{
    TwoVersions two;
    std::size_t changed = 0;
    for (std::size_t page = 1; page <= two.pages(); ++page) {
        Image bent = two.newer;
        if (std::ranges::equal(pageOf(two.older, page), pageOf(bent, page)))
            continue;
        std::ranges::copy(pageOf(two.older, page), pageOf(bent, page).begin());
        INFO("page " << page);
        REQUIRE_FALSE(two.desk.isSound(bent));
        ++changed;
    }
    CHECK(changed > 45);
    CHECK(two.desk.isSound(two.newer));
}

TEST_CASE(
    "freshness: for every page, free ones too, a bit, a swap, a cut and a foreign page are noticed", "[page]")
{
    TwoVersions two;
    test::SeededRandom random(31);
    PowerCutVfs otherDisk("teren-foreign-disk");
    {
        test::Sealing foreign(
            test::sampleKey(5), test::sampleVault(6), "teren-foreign", "teren-foreign-disk");
        auto database = foreign.open("/a.db");
        REQUIRE(database->execute(kFill).has_value());
    }
    Image foreign = otherDisk.image();
    for (std::size_t page = 1; page <= two.pages(); ++page) {
        INFO("page " << page);
        Image bent = two.newer;
        pageOf(bent, page)[random.below(kPageSize)] ^= static_cast<std::uint8_t>(1u << random.below(8));
        REQUIRE_FALSE(two.desk.isSound(bent));
        bent = two.newer;
        const std::size_t other = 1 + page % two.pages();
        std::ranges::swap_ranges(pageOf(bent, page), pageOf(bent, other));
        REQUIRE_FALSE(two.desk.isSound(bent));
        bent = two.newer;
        bent.at("/a.db").resize(page * kPageSize + random.below(kPageSize));
        REQUIRE_FALSE(two.desk.isSound(bent));
        bent = two.newer;
        std::ranges::copy(pageOf(foreign, page), pageOf(bent, page).begin());
        REQUIRE_FALSE(two.desk.isSound(bent));
    }
    Image longer = two.newer;
    longer.at("/a.db").resize(longer.at("/a.db").size() + kPageSize);
    CHECK_FALSE(two.desk.isSound(longer));
}

TEST_CASE("freshness: an older file beside newer ones is noticed, all of them together are not", "[page]")
{
    TwoVersions two;
    for (const char* file : {"/a.db", "/a.db-fresh"}) {
        Image mixed = two.newer;
        mixed.at(file) = two.older.at(file);
        INFO(file);
        CHECK_FALSE(two.desk.isSound(mixed));
        CHECK(two.desk.marks(mixed) == -1);
    }
    // The stated limit of a disk's own memory.
    CHECK(two.desk.isSound(two.older));
}

TEST_CASE("freshness file: missing, emptied, cut or foreign is damage, and nothing is made anew", "[page]")
{
    TwoVersions two;
    Image bent = two.newer;
    SECTION("missing")
    {
        bent.erase("/a.db-fresh");
    }
    SECTION("emptied")
    {
        bent.at("/a.db-fresh").clear();
    }
    SECTION("cut behind the anchors")
    {
        bent.at("/a.db-fresh").resize(3 * kBlock);
    }
    SECTION("the database emptied")
    {
        bent.at("/a.db").clear();
    }
    SECTION("the database cut to its header")
    {
        bent.at("/a.db").resize(kPageSize);
    }
    two.desk.restore(bent);
    CHECK_FALSE(sql::Database::open("/a.db", {.vfs = two.desk.vfs().name()}).has_value());
    CHECK_FALSE(two.desk.vfs().findings().empty());
    CHECK((two.desk.image() == bent));
}

TEST_CASE("freshness file: at rest, a bit in an anchor, the mark or a node is noticed", "[page]")
{
    TwoVersions two;
    test::SeededRandom random(32);
    const Bytes& good = two.newer.at("/a.db-fresh");
    for (std::size_t block = 0; block < good.size() / kBlock; ++block) {
        for (int round = 0; round < 40; ++round) {
            Image bent = two.newer;
            const std::size_t at = block * kBlock + random.below(kBlock);
            if (at >= good.size())
                continue;
            bent.at("/a.db-fresh")[at] ^= static_cast<std::uint8_t>(1u << random.below(8));
            INFO("byte " << at);
            const bool isSound = two.desk.isSound(bent);
            // Blocks that lie free hold former versions of nodes: nobody reads them, and the mark hashes
            // them.
            REQUIRE_FALSE(isSound);
        }
    }
}

TEST_CASE("freshness file: at rest, what is added behind its end or cut off it is noticed", "[page]")
{
    TwoVersions two;
    for (const std::size_t added : {1UL, kBlock, std::size_t{1} << 20}) {
        Image bent = two.newer;
        bent.at("/a.db-fresh").resize(bent.at("/a.db-fresh").size() + added, 0x5a);
        INFO("added " << added);
        CHECK_FALSE(two.desk.isSound(bent));
    }
    for (const std::size_t cut : {1UL, kBlock}) {
        Image bent = two.newer;
        bent.at("/a.db-fresh").resize(bent.at("/a.db-fresh").size() - cut);
        INFO("cut by " << cut);
        CHECK_FALSE(two.desk.isSound(bent));
    }
}

TEST_CASE("freshness file: one that somebody made huge is told, and is not read at every end", "[page]")
{
    TwoVersions two;
    Image bent = two.newer;
    const std::size_t good = bent.at("/a.db-fresh").size();
    bent.at("/a.db-fresh").resize(std::size_t{64} << 20);
    two.desk.restore(bent);
    {
        sql::Database database = two.desk.open();
        REQUIRE(two.desk.vfs().findings().size() == 1);
        CHECK(two.desk.vfs().findings()[0].find("added, changed or cut off") != std::string::npos);
        // Nothing is cut off while nothing is written.
        CHECK(two.desk.image().at("/a.db-fresh").size() == std::size_t{64} << 20);
        REQUIRE(database.execute("INSERT INTO mark VALUES (2)").has_value());
    }
    CHECK(two.desk.image().at("/a.db-fresh").size() <= 2 * good);
    CHECK(two.desk.isSound(two.desk.image()));
    CHECK(two.desk.marks(two.desk.image()) == 2);
}

TEST_CASE("freshness file: one bad anchor is told and made good, two are the end", "[page]")
{
    TwoVersions two;
    const std::size_t copy = GENERATE(0u, 1u);
    Image bent = two.newer;
    bent.at("/a.db-fresh")[copy * kBlock + 40] ^= 1;
    two.desk.restore(bent);
    {
        sql::Database database = two.desk.open();
        REQUIRE(two.desk.vfs().findings().size() == 1);
        CHECK(two.desk.vfs().findings()[0].find("one of the two copies") != std::string::npos);
        REQUIRE(database.execute("INSERT INTO mark VALUES (2)").has_value());
    }
    CHECK(two.desk.isSound(two.desk.image()));
    bent.at("/a.db-fresh")[(1 - copy) * kBlock + 40] ^= 1;
    CHECK_FALSE(two.desk.isSound(bent));
}

TEST_CASE("freshness file: anchors put back are noticed, alone or with their nodes", "[page]")
{
    TwoVersions two;
    Image bent = two.newer;
    const Bytes& old = two.older.at("/a.db-fresh");
    Bytes& now = bent.at("/a.db-fresh");
    SECTION("one copy")
    {
        std::copy_n(old.begin(), kBlock, now.begin());
    }
    SECTION("both copies")
    {
        std::copy_n(old.begin(), 2 * kBlock, now.begin());
    }
    SECTION("both copies and the mark")
    {
        std::copy_n(old.begin(), 3 * kBlock, now.begin());
    }
    SECTION("one copy in the place of the other")
    {
        std::copy_n(now.begin(), kBlock, now.begin() + kBlock);
    }
    SECTION("the mark")
    {
        std::copy_n(old.begin() + 2 * kBlock, 512, now.begin() + 2 * kBlock);
    }
    CHECK_FALSE(two.desk.isSound(bent));
}

namespace {

/// A database left as a crash leaves it: ten commits in the log, of which six are anchored. Then a
/// checkpoint, and a log of the next generation with as many.
struct LogOnDisk {
    Desk desk;
    std::vector<Image> after;  ///< The disk after each commit; [0] before the first.
    Image anchored;            ///< After the sixth, anchored.
    Image nextGeneration;
    std::size_t frames(std::size_t commit) const { return framesIn(after[commit]); }
    static std::size_t framesIn(const Image& image)
    {
        const auto found = image.find("/a.db-wal");
        const std::size_t size = found == image.end() ? 0 : found->second.size();
        return size < kWalHeaderSlot ? 0 : (size - kWalHeaderSlot) / kFrameSlot;
    }

    LogOnDisk()
    {
        desk.run(kFill);
        sql::Database database = desk.open();
        after.push_back(desk.image());
        for (int i = 1; i <= 10; ++i) {
            commit(database, i);
            if (i == 6) {
                desk.anchor();
                anchored = desk.image();
            }
            after.push_back(desk.image());
        }
        REQUIRE(database.execute("PRAGMA wal_checkpoint(RESTART)").has_value());
        for (int i = 11; i <= 20; ++i)
            commit(database, i);
        desk.anchor();
        nextGeneration = desk.image();
    }
    void commit(sql::Database& database, int i)
    {
        const std::string n = std::to_string(i);
        REQUIRE(database
                    .execute(
                        "BEGIN; INSERT INTO mark VALUES (" + n
                        + "); UPDATE t SET rest = randomblob(700)"
                          " WHERE id = "
                        + n + "; COMMIT")
                    .has_value());
    }
};

std::span<std::uint8_t> frameOf(Image& image, std::size_t frame)
{
    return std::span(image.at("/a.db-wal")).subspan(kWalHeaderSlot + frame * kFrameSlot, kFrameSlot);
}

}  // namespace

TEST_CASE("freshness of the log: cut before the anchor it is damage, behind it an earlier commit", "[page]")
{
    LogOnDisk log;
    Desk& desk = log.desk;
    REQUIRE(desk.marks(log.after[10]) == 10);
    for (std::size_t frames = 0; frames <= log.frames(10); ++frames) {
        Image cut = log.after[10];
        cut.at("/a.db-wal").resize(kWalHeaderSlot + frames * kFrameSlot);
        std::int64_t whole = 0;
        while (whole < 10 && log.frames(static_cast<std::size_t>(whole) + 1) <= frames)
            ++whole;
        INFO(frames << " frames, " << whole << " commits");
        REQUIRE(desk.marks(cut) == (whole >= 6 ? whole : -1));
    }
    Image gone = log.after[10];
    gone.erase("/a.db-wal");
    CHECK(desk.marks(gone) == -1);
    REQUIRE(desk.vfs().findings().size() == 1);
    CHECK(desk.vfs().findings()[0].find("anchor") != std::string::npos);
    Image empty = log.after[10];
    empty.at("/a.db-wal").clear();
    CHECK(desk.marks(empty) == -1);
    // Zeros, as a file system may leave them: a log that was never synced, but the anchor knows better.
    std::ranges::fill(empty.at("/a.db-wal"), std::uint8_t{0});
    CHECK(desk.marks(empty) == -1);
}

TEST_CASE("freshness of the log: an earlier state of it is damage if it lacks what was anchored", "[page]")
{
    LogOnDisk log;
    for (std::size_t commit = 1; commit <= 10; ++commit) {
        Image mixed = log.after[10];
        mixed.at("/a.db-wal") = log.after[commit].at("/a.db-wal");
        INFO("as after commit " << commit);
        CHECK(log.desk.marks(mixed) == (commit >= 6 ? static_cast<std::int64_t>(commit) : -1));
    }
    SECTION("a log of an earlier generation")
    {
        REQUIRE(log.desk.marks(log.nextGeneration) == 20);
        Image mixed = log.nextGeneration;
        mixed.at("/a.db-wal") = log.after[10].at("/a.db-wal");
        CHECK(log.desk.marks(mixed) == -1);
    }
    SECTION("a log of a later generation, beside files that know nothing of it")
    {
        Image mixed = log.after[10];
        mixed.at("/a.db-wal") = log.nextGeneration.at("/a.db-wal");
        CHECK(log.desk.marks(mixed) == -1);
        mixed = log.after[0];
        mixed["/a.db-wal"] = log.nextGeneration.at("/a.db-wal");
        CHECK(log.desk.marks(mixed) == -1);
        CHECK(log.desk.vfs().findings().size() == 1);
    }
    SECTION("an obsolete log after a clean close")
    {
        log.desk.restore(log.nextGeneration);
        log.desk.open();
        Image closed = log.desk.image();
        REQUIRE_FALSE(closed.contains("/a.db-wal"));
        CHECK(log.desk.marks(closed) == 20);
        closed["/a.db-wal"] = log.nextGeneration.at("/a.db-wal");
        CHECK(log.desk.marks(closed) == -1);
        closed["/a.db-wal"] = log.after[10].at("/a.db-wal");
        CHECK(log.desk.marks(closed) == -1);
    }
}

TEST_CASE("freshness of the log: no changed, swapped or stale frame passes as content", "[page]")
{
    LogOnDisk log;
    test::SeededRandom random(33);
    const std::size_t anchored = log.frames(6);
    const auto firstLost = [&log](std::size_t frame) {
        std::int64_t whole = 0;
        while (whole < 10 && log.frames(static_cast<std::size_t>(whole) + 1) <= frame)
            ++whole;
        return whole;
    };
    for (std::size_t frame = 0; frame < log.frames(10); ++frame) {
        // The log ends before the frame; if the anchor knows it, that is damage.
        const std::int64_t expected = frame < anchored ? -1 : firstLost(frame);
        INFO("frame " << frame);
        for (int round = 0; round < 4; ++round) {
            Image bent = log.after[10];
            const std::size_t at = round == 0 ? random.below(64) : random.below(kFrameSlot);
            frameOf(bent, frame)[at] ^= static_cast<std::uint8_t>(1u << random.below(8));
            REQUIRE(log.desk.marks(bent) == expected);
        }
        if (frame > 0) {
            Image swapped = log.after[10];
            std::ranges::swap_ranges(frameOf(swapped, frame), frameOf(swapped, frame - 1));
            REQUIRE(log.desk.marks(swapped) == (frame - 1 < anchored ? -1 : firstLost(frame - 1)));
        }
        Image stale = log.nextGeneration;
        std::ranges::copy(frameOf(log.after[10], frame), frameOf(stale, frame).begin());
        REQUIRE(log.desk.marks(stale) == -1);
        // The page alone, which may well be the same page in the same frame.
        stale = log.nextGeneration;
        std::ranges::copy(
            frameOf(log.after[10], frame).subspan(kFrameHeaderSlot),
            frameOf(stale, frame).subspan(kFrameHeaderSlot).begin());
        REQUIRE(log.desk.marks(stale) == -1);
    }
}

TEST_CASE("freshness of the log: a torn header is an empty log, a changed one is not", "[page]")
{
    LogOnDisk log;
    const Bytes& whole = log.after[1].at("/a.db-wal");
    REQUIRE(log.desk.marks(log.after[1]) == 1);
    for (std::size_t kept = 1; kept < 96; ++kept) {
        Image torn = log.after[1];
        Bytes& wal = torn.at("/a.db-wal");
        wal.assign(kWalHeaderSlot, 0);
        std::copy_n(whole.begin(), kept, wal.begin());
        INFO(kept << " bytes");
        REQUIRE(log.desk.marks(torn) == 0);
    }
    for (std::size_t at = 0; at < kWalHeaderSlot; ++at) {
        // But for the tag, by which the frames know their header.
        if (at >= 72 && at < 88)
            continue;
        Image bent = log.after[1];
        bent.at("/a.db-wal")[at] ^= 1;
        INFO("byte " << at);
        REQUIRE(log.desk.marks(bent) == -1);
    }
}

TEST_CASE("freshness of the log: a commit whose page was torn is never anchored", "[page]")
{
    LogOnDisk log;
    // Headers and trailers came to the disk, and chain; a part of the page between them did not.
    Image torn = log.after[10];
    std::ranges::fill(frameOf(torn, log.frames(10) - 1).subspan(1'024, 512), std::uint8_t{0});
    log.desk.restore(torn);
    Image later;
    {
        sql::Database database = log.desk.open();
        REQUIRE(*database.number("SELECT count(*) FROM mark") == 9);
        REQUIRE(database.execute("PRAGMA wal_checkpoint(PASSIVE)").has_value());
        log.desk.anchor();
        later = log.desk.image();
    }
    CHECK(log.desk.marks(later) == 9);
}

TEST_CASE("freshness of the log: closing anchors a log that stays", "[page]")
{
    Desk desk;
    desk.run(kFill);
    {
        sql::Database database = desk.open();
        REQUIRE(
            sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr) == SQLITE_OK);
        REQUIRE(database.execute("INSERT INTO mark VALUES (1)").has_value());
    }
    Image closed = desk.image();
    REQUIRE(closed.contains("/a.db-wal"));
    CHECK(desk.marks(closed) == 1);
    closed.erase("/a.db-wal");
    CHECK(desk.marks(closed) == -1);
}

TEST_CASE("freshness of the log: beside a database at rest there is none", "[page]")
{
    Desk desk;
    desk.run(kFill);
    const Image atRest = desk.image();
    REQUIRE_FALSE(atRest.contains("/a.db-wal"));
    Image fork;
    {
        sql::Database database = desk.open();
        REQUIRE(database.execute("INSERT INTO mark VALUES (1)").has_value());
        // Killed at once, before any anchor: a mark that says so is on the disk all the same.
        fork = desk.image();
    }
    CHECK(desk.marks(fork) == 1);
    const Bytes& log = fork.at("/a.db-wal");
    for (const Bytes& planted :
         {log, Bytes(1, 0), Bytes(4'096, 7), Bytes(log.begin(), log.begin() + 128), Bytes(200'000, 0)}) {
        Image bent = atRest;
        bent["/a.db-wal"] = planted;
        INFO("a log of " << planted.size());
        CHECK(desk.marks(bent) == -1);
        CHECK((desk.image() == bent));
        CHECK_FALSE(desk.vfs().findings().empty());
    }
    // Who only reads makes an empty one, and may be killed.
    Image read = atRest;
    read["/a.db-wal"] = {};
    CHECK(desk.isSound(read));
}

TEST_CASE("freshness of the log: one that stayed at rest is not longer than it was", "[page]")
{
    Desk desk;
    desk.run(kFill);
    const auto keepLog = [](sql::Database& database) {
        REQUIRE(
            sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr) == SQLITE_OK);
    };
    {
        sql::Database database = desk.open();
        keepLog(database);
        REQUIRE(database.execute("INSERT INTO mark VALUES (1)").has_value());
    }
    const Image closed = desk.image();
    Image longer = closed;
    {
        sql::Database database = desk.open();
        REQUIRE(database.execute("INSERT INTO mark VALUES (2)").has_value());
        longer["/a.db-wal"] = desk.image().at("/a.db-wal");
    }
    CHECK(desk.marks(closed) == 1);
    CHECK(desk.marks(longer) == -1);
}

TEST_CASE("freshness of the log: a fork that was never anchored does not come back later", "[page]")
{
    LogOnDisk log;
    Desk& desk = log.desk;
    // The power went after the anchor, and the commits since then are lost; others took their place.
    Image fork = log.after[10];
    fork.at("/a.db-wal") = log.after[6].at("/a.db-wal");
    desk.restore(fork);
    Image forked;
    {
        sql::Database database = desk.open();
        for (int i = 100; i < 103; ++i)
            log.commit(database, i);
        desk.anchor();
        forked = desk.image();
    }
    REQUIRE(desk.marks(forked) == 9);
    forked.at("/a.db-wal") = log.after[10].at("/a.db-wal");
    CHECK(desk.marks(forked) == -1);
}

TEST_CASE("freshness: while it is open, a file changed behind the program's back gives no content", "[page]")
{
    TwoVersions two;
    two.desk.restore(two.newer);
    sql::Database database = two.desk.open("PRAGMA cache_size = 1");
    const auto damaged = damagedPages(database.handle());
    REQUIRE(damaged.has_value());
    REQUIRE(damaged->empty());
    test::TempFolder folder;
    {
        test::Sealing sealing(test::sampleKey(5), test::sampleVault(5));
        auto real = sealing.open(folder.path() / "a.db", "PRAGMA cache_size = 1");
        REQUIRE(real->execute(kFill).has_value());
        REQUIRE(real->execute("PRAGMA wal_checkpoint(TRUNCATE)").has_value());
        const Bytes before = test::readFile(folder.path() / "a.db");
        REQUIRE(real->execute("UPDATE t SET rest = randomblob(700); PRAGMA wal_checkpoint(TRUNCATE)")
                    .has_value());
        {
            std::fstream file(folder.path() / "a.db", std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(10 * 4'096);
            file.write(reinterpret_cast<const char*>(before.data()) + 10 * 4'096, 4'096);
        }
        const auto found = damagedPages(real->handle());
        REQUIRE(found.has_value());
        CHECK(*found == std::vector<std::uint32_t>{10});
        // A second connection knows what the first knows.
        auto second = sealing.open(folder.path() / "a.db");
        REQUIRE(second.has_value());
        CHECK(second->number("SELECT sum(length(rest)) FROM t").error().code == Errc::Damaged);
    }
}

TEST_CASE("freshness: a commit is anchored by itself a while later, off its own path", "[page]")
{
    test::TempFolder folder;
    test::Sealing sealing(
        test::sampleKey(5), test::sampleVault(5), "teren-timed", {}, std::chrono::milliseconds(1));
    auto database = sealing.open(folder.path() / "a.db");
    REQUIRE(database->execute("CREATE TABLE mark (n)").has_value());
    const auto fresh = [&folder] { return test::readFile(folder.path() / "a.db-fresh"); };
    for (int i = 0; i < 5; ++i) {
        const Bytes before = fresh();
        REQUIRE(database->execute("INSERT INTO mark VALUES (1)").has_value());
        // Ends when the thread has written; the test's own time limit is the bound.
        while (fresh() == before)
            std::this_thread::yield();
    }
}

TEST_CASE("freshness: closing does not wait for the next anchor to be due", "[page]")
{
    test::TempFolder folder;
    for (int i = 0; i < 3; ++i) {
        test::Sealing sealing(
            test::sampleKey(5), test::sampleVault(5), "teren-late", {}, std::chrono::hours(1));
        auto database = sealing.open(folder.path() / "a.db");
        REQUIRE(database->execute("CREATE TABLE IF NOT EXISTS mark (n); INSERT INTO mark VALUES (1)")
                    .has_value());
        CHECK(sealing.vfs().findings().empty());
    }
}

TEST_CASE("freshness: readers, a writer, checkpoints and anchors at once", "[page]")
{
    test::TempFolder folder;
    test::Sealing sealing(
        test::sampleKey(5), test::sampleVault(5), "teren-many", {}, std::chrono::milliseconds(1));
    auto writer
        = sealing.open(folder.path() / "a.db", "PRAGMA wal_autocheckpoint = 10; PRAGMA cache_size = 5");
    REQUIRE(writer.has_value());
    REQUIRE(writer->execute(kFill).has_value());
    REQUIRE(writer->execute("CREATE TABLE pair (a, b); INSERT INTO pair VALUES (0, 0)").has_value());
    int wrong = 0;
    std::vector<std::thread> readers;
    std::array<int, 2> wrongs{};
    for (int& count : wrongs) {
        readers.emplace_back([&sealing, &folder, &count] {
            for (int i = 0; i < 20; ++i) {
                auto reader = sealing.open(folder.path() / "a.db", "PRAGMA cache_size = 2");
                for (int k = 0; k < 10; ++k)
                    count
                        += reader && reader->number("SELECT count(*) FROM pair, t WHERE a <> b") == 0 ? 0 : 1;
            }
        });
    }
    std::thread anchoring([&sealing] {
        for (int i = 0; i < 100; ++i)
            (void)sealing.vfs().anchor();
    });
    for (int i = 0; i < 150; ++i) {
        const Status done = writer->execute("BEGIN IMMEDIATE; UPDATE pair SET a = a + 1; UPDATE t SET rest = "
                                            "randomblob(700) WHERE id % 20 = abs(random() % 20);"
                                            "UPDATE pair SET b = b + 1; COMMIT");
        wrong += done.has_value() ? 0 : 1;
    }
    for (std::thread& reader : readers)
        reader.join();
    anchoring.join();
    CHECK(wrong + wrongs[0] + wrongs[1] == 0);
    writer = sql::Database::openInMemory();
    auto again = sealing.open(folder.path() / "a.db");
    REQUIRE(again.has_value());
    CHECK(*again->number("SELECT b FROM pair") == 150);
    CHECK(sealing.vfs().findings().empty());
}

TEST_CASE("freshness: the copy that a backup makes is a database with an anchor of its own", "[page]")
{
    test::TempFolder folder;
    test::Sealing from(test::sampleKey(5), test::sampleVault(5), "teren-from");
    test::Sealing to(test::sampleKey(6), test::sampleVault(6), "teren-to");
    auto source = from.open(folder.path() / "a.db");
    REQUIRE(source->execute(kFill).has_value());
    {
        auto target = sql::Database::open(
            folder.path() / "b.db", {.vfs = to.name(), .reservedBytes = kReservedBytes});
        REQUIRE(target.has_value());
        REQUIRE(target->execute("PRAGMA journal_mode = MEMORY").has_value());
        sqlite3_backup* backup = sqlite3_backup_init(target->handle(), "main", source->handle(), "main");
        REQUIRE(backup != nullptr);
        REQUIRE(sqlite3_backup_step(backup, -1) == SQLITE_DONE);
        REQUIRE(sqlite3_backup_finish(backup) == SQLITE_OK);
    }
    auto copy = to.open(folder.path() / "b.db");
    REQUIRE(copy.has_value());
    CHECK(*copy->number("SELECT count(*) FROM t") == 200);
    CHECK(test::isIntact(*copy));
    CHECK(damagedPages(copy->handle())->empty());
    CHECK(to.vfs().findings().empty());
}

TEST_CASE("freshness: what it keeps in memory is less than one percent of the files", "[page]")
{
    constexpr std::uint32_t kPages = 100'000;
    const auto inUse = [] { return ::mallinfo2().uordblks + ::mallinfo2().hblkhd; };
    std::size_t before = inUse();
    TagTable table;
    for (std::uint32_t i = 1; i <= kPages; ++i)
        table.set(i, {});
    CHECK(inUse() - before < kPages * kPageSize / 200);
    CHECK(table.memory() < kPages * kPageSize / 200);
    before = inUse();
    WalChain chain;
    chain.begin({});
    for (std::uint32_t i = 0; i < kPages; ++i)
        chain.append(i, {i + 1, i % 7 == 0 ? i + 1 : 0, {}, {}});
    CHECK(inUse() - before < kPages * kFrameSlot / 100);
}

}  // namespace teren::page
