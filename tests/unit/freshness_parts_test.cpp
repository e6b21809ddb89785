// SPDX-License-Identifier: EUPL-1.2
// What SQLite's own behaviour seldom or never reaches, and what the rest stands on.
#include "crypto/page/freshness.h"
#include "crypto/page/wal_format.h"

#include "tests/support/catch.h"
#include "tests/support/power_cut_vfs.h"
#include "tests/support/sealed_database.h"

#include <sqlite3.h>

namespace teren::page {
namespace {

Tag tagOf(std::uint8_t fill)
{
    Tag tag;
    tag.fill(fill);
    return tag;
}

bool isZeroTag(const Tag* tag)
{
    return tag != nullptr && *tag == Tag{};
}

/// What the first connection to a new database makes, on a disk in memory.
struct NewFreshness {
    test::PowerCutVfs disk{"teren-parts-disk"};
    sqlite3_vfs* base = sqlite3_vfs_find("teren-parts-disk");
    SystemRandom random;
    PageCipher cipher{test::sampleKey(5), test::sampleVault(5), random};
    BaseFile main{base};
    int told = 0;
    Freshness freshness{base, "/a.db", cipher, std::make_shared<Findings>(), [this] { ++told; }};

    NewFreshness()
    {
        const std::string name = std::string("/a.db") + std::string(2, '\0');
        int granted = 0;
        REQUIRE(
            main.open(
                name.c_str(), SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &granted)
            == SQLITE_OK);
        REQUIRE(freshness.begin(main) == SQLITE_OK);
        REQUIRE(freshness.join());
    }
    /// As the next session reads it from the disk.
    WalState anchored()
    {
        FreshnessFile file(base, "/a.db-fresh", cipher);
        TagTable table;
        std::vector<std::string> problems;
        REQUIRE(file.load(table, problems) == SQLITE_OK);
        return file.wal();
    }
};

}  // namespace

TEST_CASE("tag table: a page that was cut off does not come back with its former tag", "[page]")
{
    TagTable table;
    for (std::uint32_t page = 1; page <= 300; ++page)
        table.set(page, tagOf(7));
    for (const std::uint32_t left : {260U, 253U, 10U}) {
        table.shrink(left);
        CHECK(table.find(left + 1) == nullptr);
        // The table grows again, and not page by page.
        table.set(left + 5, tagOf(8));
        for (std::uint32_t page = left + 1; page < left + 5; ++page)
            CHECK(isZeroTag(table.find(page)));
        CHECK(*table.find(left) == tagOf(7));
        table.shrink(left);
        std::array<std::uint8_t, kPageSize> block{};
        table.writeLeaf(table.leafCount() - 1, block);
        const std::size_t within = (left - 1) % TagTable::kTagsPerLeaf + 1;
        CHECK(isZero(std::span(block).subspan(within * sizeof(Tag))));
    }
}

TEST_CASE("freshness: a sync counts for the commit that was there when it began, and for no other", "[page]")
{
    NewFreshness parts;
    Freshness& freshness = parts.freshness;
    const int& told = parts.told;
    freshness.walHeaderWritten(tagOf(1));
    freshness.frameWritten(0, {1, 1, tagOf(2), tagOf(3)});
    const WalPosition before = freshness.lastCommit();
    CHECK(before == WalPosition{1, tagOf(3)});
    // Another transaction in its place while the disk works.
    freshness.walSyncFailed();
    freshness.frameWritten(0, {1, 1, tagOf(4), tagOf(5)});
    freshness.walSynced(before);
    CHECK(freshness.durableFrames() == 0);
    CHECK(told == 0);
    freshness.walSynced(freshness.lastCommit());
    CHECK(freshness.durableFrames() == 1);
    CHECK(told == 1);
    freshness.leave(parts.main);
}

TEST_CASE(
    "freshness: where an anchor may lie that failed, none is built upon before it is overwritten", "[page]")
{
    NewFreshness parts;
    Freshness& freshness = parts.freshness;
    Freshness::Link link{};
    freshness.walHeaderWritten(tagOf(1));
    REQUIRE(freshness.beforeFrame(0, link) == SQLITE_OK);
    freshness.frameWritten(0, {1, 1, tagOf(2), tagOf(3)});
    freshness.walSynced(freshness.lastCommit());
    REQUIRE(freshness.anchor() == SQLITE_OK);
    const std::uint64_t generation = freshness.generation();
    test::SeededRandom random(3);
    SECTION("one that says that the log may go")
    {
        // The first copy lies on the disk, the second does not: the log is still in use.
        parts.disk.failFrom(3, SQLITE_IOERR_WRITE);
        REQUIRE(freshness.beforeWalGoes(&parts.main) != SQLITE_OK);
        parts.disk.repair();
        REQUIRE(parts.anchored().generation == generation + 1);
        REQUIRE(freshness.beforeFrame(1, link) == SQLITE_OK);
        CHECK(link.generation == generation);
        parts.disk.cut(random, test::PowerCutVfs::Loss::Everything);
        CHECK(parts.anchored() == WalState{generation, {1, tagOf(3)}});
    }
    SECTION("one of a commit that another takes the place of")
    {
        // Its own sync failed, and another connection's, which had begun, took it to the disk after all.
        freshness.frameWritten(1, {1, 1, tagOf(4), tagOf(5)});
        const WalPosition second = freshness.lastCommit();
        freshness.walSyncFailed();
        freshness.walSynced(second);
        REQUIRE(freshness.anchor() == SQLITE_OK);
        REQUIRE(parts.anchored().position == second);
        for (int i = 0; i < 2; ++i) {
            parts.disk.failFrom(1, SQLITE_IOERR_WRITE);
            REQUIRE(freshness.beforeFrame(1, link) != SQLITE_OK);
            parts.disk.repair();
        }
        REQUIRE(freshness.beforeFrame(1, link) == SQLITE_OK);
        parts.disk.cut(random, test::PowerCutVfs::Loss::Everything);
        CHECK(parts.anchored() == WalState{generation, {1, tagOf(3)}});
    }
}

TEST_CASE("freshness of the log: of a log that is begun anew, nothing stays behind the new frames", "[page]")
{
    test::PowerCutVfs disk("teren-parts-disk");
    test::Sealing sealing(test::sampleKey(5), test::sampleVault(5), "teren-parts", "teren-parts-disk");
    auto database = sealing.open("/a.db", "PRAGMA wal_autocheckpoint = 0");
    REQUIRE(database.has_value());
    REQUIRE(database->execute("CREATE TABLE t (b); INSERT INTO t VALUES (randomblob(200000))").has_value());
    const std::size_t large = disk.image().at("/a.db-wal").size();
    CHECK(large > 40 * kFrameSlot);
    REQUIRE(database->execute("PRAGMA wal_checkpoint(RESTART); UPDATE t SET b = 1").has_value());
    // Flipped, put back or left over, such a frame would be vouched for by nothing.
    const std::size_t small = disk.image().at("/a.db-wal").size();
    CHECK(small < large);
    int frames = 0;
    REQUIRE(
        sqlite3_wal_checkpoint_v2(database->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &frames, nullptr)
        == SQLITE_OK);
    CHECK(small == kWalHeaderSlot + static_cast<std::size_t>(frames) * kFrameSlot);
}

}  // namespace teren::page
