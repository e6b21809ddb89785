// SPDX-License-Identifier: EUPL-1.2
#include "sync/sql/transaction.h"

#include "tests/support/catch.h"
#include "tests/support/power_cut_vfs.h"
#include "tests/support/sealed_database.h"

#include <sqlite3.h>

#include <optional>

namespace teren::page {
namespace {

using test::PowerCutVfs;
using Loss = PowerCutVfs::Loss;

/// Rows 1 to n without a gap, a total that each transaction changes along with them, and a bulk of pages that
/// all carry the number of the last transaction that wrote them.
constexpr std::string_view kSchema
    = "CREATE TABLE row (n INTEGER PRIMARY KEY, filler BLOB); CREATE TABLE total (rows INTEGER, bulk "
      "INTEGER);"
      "CREATE TABLE bulk (id INTEGER PRIMARY KEY, round INTEGER, filler BLOB);"
      "INSERT INTO total VALUES (0, 0);"
      "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 40)"
      "  INSERT INTO bulk SELECT i, 0, randomblob(900) FROM c;";

/// One run of a fixed piece of work on a disk whose power may go at any moment.
class Work {
public:
    explicit Work(PowerCutVfs& disk)
        : sealing_(test::sampleKey(3), test::sampleVault(3), "teren-work", disk.name())
    {
    }

    void makeDatabase()
    {
        REQUIRE(open());
        REQUIRE(run(kSchema));
        database_.reset();
    }
    /// Goes on until something fails.
    bool work()
    {
        return open() && addRow() && addRow() && addLargeRow() && undo() && addRow()
            && run("PRAGMA wal_checkpoint(TRUNCATE)") && addRow() && sealing_.vfs().anchor().has_value()
            && addRow() && run("DELETE FROM bulk WHERE id % 2") && run("VACUUM") && addRow()
            && run("PRAGMA wal_checkpoint(PASSIVE)") && addRow() && grow() && reopen() && addRow()
            && sealing_.vfs().anchor().has_value() && run("PRAGMA wal_checkpoint(RESTART)") && addLargeRow()
            && addRow() && reopen() && addRow();
    }
    /// A shorter piece, which ends with the files at rest.
    bool workBriefly()
    {
        if (!open() || !addRow() || !sealing_.vfs().anchor() || !addRow()
            || !run("PRAGMA wal_checkpoint(TRUNCATE)") || !addRow() || !grow() || !reopen())
            return false;
        close();
        return true;
    }
    void close() { database_.reset(); }
    Status anchor() { return sealing_.vfs().anchor(); }
    /// From now on commits wait for no disk.
    bool hurry() { return run("PRAGMA synchronous = NORMAL"); }
    std::int64_t committed() const { return committed_; }
    std::vector<std::string> findings() { return sealing_.vfs().findings(); }
    std::string error() const { return error_; }

    bool open()
    {
        auto opened = sealing_.open("/a.db", "PRAGMA cache_size = 5; PRAGMA wal_autocheckpoint = 30");
        if (!opened) {
            error_ = opened.error().detail;
            for (const std::string& finding : findings())
                error_ += "; " + finding;
            return false;
        }
        database_ = *std::move(opened);
        return true;
    }
    bool addRow()
    {
        auto transaction = sql::Transaction::begin(*database_);
        if (!transaction
            || !database_->statement("INSERT INTO row VALUES (?, randomblob(300))").with(committed_ + 1).run()
            || !database_->execute("UPDATE total SET rows = rows + 1") || !transaction->commit())
            return false;
        ++committed_;
        return true;
    }
    /// The number of rows, if all is whole; -1 if not.
    std::int64_t wholeRows()
    {
        const auto number = [this](std::string_view sql) { return database_->number(sql).value_or(-2); };
        const std::int64_t rows = number("SELECT count(*) FROM row");
        const bool isWhole = rows >= 0 && number("SELECT rows FROM total") == rows
            && number("SELECT coalesce(max(n), 0) FROM row") == rows
            && number("SELECT count(DISTINCT round) FROM bulk") == 1
            && number("SELECT max(round) FROM bulk") == number("SELECT bulk FROM total")
            && test::isIntact(*database_);
        committed_ = rows;
        return isWhole ? rows : -1;
    }

private:
    bool run(std::string_view sql) { return database_->execute(sql).has_value(); }
    bool reopen()
    {
        database_.reset();
        return open();
    }
    /// Spills, and writes the same pages again in the log.
    bool addLargeRow()
    {
        auto transaction = sql::Transaction::begin(*database_);
        if (!transaction)
            return false;
        for (int again = 0; again < 2; ++again) {
            if (!database_->statement("UPDATE bulk SET round = ?, filler = randomblob(900)")
                     .with(committed_ + 1)
                     .run())
                return false;
        }
        if (!database_->statement("INSERT INTO row VALUES (?, randomblob(300))").with(committed_ + 1).run()
            || !database_->statement("UPDATE total SET rows = rows + 1, bulk = ?").with(committed_ + 1).run()
            || !transaction->commit())
            return false;
        ++committed_;
        return true;
    }
    /// Pages that reach the log and are taken back, in part and as a whole.
    bool undo()
    {
        return run("BEGIN; UPDATE bulk SET filler = randomblob(900) WHERE id < 12; SAVEPOINT s;"
                   "UPDATE bulk SET filler = randomblob(901), round = -1; ROLLBACK TO s;"
                   "UPDATE bulk SET filler = randomblob(900) WHERE id > 5; COMMIT;"
                   "BEGIN; UPDATE bulk SET filler = randomblob(902), round = -2; ROLLBACK");
    }
    bool grow()
    {
        return run("WITH RECURSIVE c (i) AS (SELECT 101 UNION ALL SELECT i + 1 FROM c WHERE i < 140)"
                   "  INSERT INTO bulk SELECT i, (SELECT bulk FROM total), randomblob(900) FROM c");
    }

    test::Sealing sealing_;
    std::optional<sql::Database> database_;
    std::int64_t committed_ = 0;
    std::string error_;
};

/// What a vault must be after a power cut, whatever was lost.
void requireWhole(PowerCutVfs& disk, std::int64_t committed, Loss loss)
{
    std::int64_t rows = 0;
    {
        Work after(disk);
        const bool isOpen = after.open();
        INFO(after.error());
        REQUIRE(isOpen);
        rows = after.wholeRows();
        REQUIRE(rows >= committed);
        REQUIRE(rows <= committed + 1);
        // A disk that tears its sectors may tear the mark: noticed, and harmless.
        if (loss != Loss::SomeBytes)
            REQUIRE(after.findings() == std::vector<std::string>());
        REQUIRE(after.addRow());
        after.close();
    }
    Work again(disk);
    REQUIRE(again.open());
    REQUIRE(again.findings() == std::vector<std::string>());
    REQUIRE(again.wholeRows() == rows + 1);
}

}  // namespace

TEST_CASE("freshness: a power cut at every single write loses nothing and alarms nobody", "[page]")
{
    PowerCutVfs disk("teren-every");
    Work(disk).makeDatabase();
    const auto start = disk.image();
    {
        Work whole(disk);
        disk.repair();
        REQUIRE(whole.work());
        whole.close();
    }
    const std::uint64_t operations = disk.operations();
    REQUIRE(operations > 300);
    for (std::uint64_t n = 1; n <= operations; ++n) {
        for (const Loss loss : {Loss::Nothing, Loss::SomeSectors, Loss::SomeBytes, Loss::Everything}) {
            disk.restore(start);
            test::SeededRandom random(n * 4 + static_cast<std::uint64_t>(loss));
            std::int64_t committed = 0;
            {
                Work work(disk);
                disk.failFrom(n, SQLITE_IOERR_WRITE);
                (void)work.work();
                work.close();
                committed = work.committed();
            }
            disk.cut(random, loss);
            INFO("operation " << n << " of " << operations << ", loss " << static_cast<int>(loss));
            requireWhole(disk, committed, loss);
        }
    }
}

TEST_CASE("freshness: a crash at every write, then a power cut at every write of the way back", "[page]")
{
    PowerCutVfs disk("teren-twice");
    Work(disk).makeDatabase();
    const auto start = disk.image();
    disk.repair();
    REQUIRE(Work(disk).workBriefly());
    const std::uint64_t operations = disk.operations();
    REQUIRE(operations > 50);
    for (std::uint64_t n = 1; n <= operations; ++n) {
        for (std::uint64_t again = 1; again <= 30; ++again) {
            disk.restore(start);
            test::SeededRandom random(n * 100 + again);
            const bool isKilled = random.chance(50);
            std::int64_t committed = 0;
            INFO("operation " << n << (isKilled ? ", killed, " : ", cut, ") << again);
            {
                Work work(disk);
                disk.failFrom(n, SQLITE_IOERR_WRITE);
                (void)work.workBriefly();
                work.close();
                committed = work.committed();
            }
            isKilled ? disk.kill() : disk.cut(random);
            {
                Work back(disk);
                disk.failFrom(again, SQLITE_IOERR_WRITE);
                if (back.open()) {
                    // What a killed process had not synced may be seen, and be lost again.
                    const std::int64_t rows = back.wholeRows();
                    REQUIRE((rows == -1 || rows >= committed));
                    (void)back.anchor();
                    while (rows >= 0 && back.committed() < rows + 3 && back.addRow())
                        committed = back.committed();
                }
                back.close();
            }
            disk.cut(random, random.chance(50) ? Loss::SomeSectors : Loss::Everything);
            requireWhole(disk, committed, Loss::SomeSectors);
        }
    }
}

TEST_CASE("freshness: a commit that no disk was waited for is not anchored, and may be lost", "[page]")
{
    PowerCutVfs disk("teren-hurry");
    Work(disk).makeDatabase();
    std::int64_t committed = 0;
    for (std::uint64_t round = 0; round < 60; ++round) {
        test::SeededRandom random(70'000 + round);
        {
            Work work(disk);
            REQUIRE(work.open());
            REQUIRE(work.wholeRows() >= committed);
            REQUIRE(work.hurry());
            const std::uint64_t rows = random.below(30);
            for (std::uint64_t i = 0; i < rows; ++i) {
                REQUIRE(work.addRow());
                REQUIRE(work.anchor().has_value());
            }
            disk.failFrom(1, SQLITE_IOERR_WRITE);
            work.close();
        }
        disk.cut(random, random.chance(50) ? Loss::Everything : Loss::SomeSectors);
        Work after(disk);
        const bool isOpen = after.open();
        INFO("round " << round << ": " << after.error());
        REQUIRE(isOpen);
        REQUIRE(after.findings() == std::vector<std::string>());
        committed = after.wholeRows();
        REQUIRE(committed >= 0);
    }
    CHECK(committed > 100);
}

TEST_CASE("freshness: power cuts on the way back from power cuts do no harm either", "[page]")
{
    PowerCutVfs disk("teren-again");
    Work(disk).makeDatabase();
    std::int64_t rows = 0;
    for (std::uint64_t round = 0; round < 400; ++round) {
        test::SeededRandom random(50'000 + round);
        constexpr std::array kLosses{Loss::Nothing, Loss::SomeSectors, Loss::Everything};
        const Loss loss = kLosses[random.below(kLosses.size())];
        {
            Work work(disk);
            disk.failFrom(1 + random.below(60), SQLITE_IOERR_WRITE);
            if (work.open() && work.wholeRows() >= 0) {
                INFO("round " << round);
                REQUIRE(work.committed() >= rows);
                rows = work.committed();
                while (work.addRow())
                    rows = work.committed();
            }
        }
        disk.cut(random, loss);
        INFO("round " << round << ", loss " << static_cast<int>(loss));
        Work after(disk);
        const bool isOpen = after.open();
        INFO(after.error());
        REQUIRE(isOpen);
        REQUIRE(after.findings() == std::vector<std::string>());
        const std::int64_t found = after.wholeRows();
        REQUIRE(found >= rows);
        REQUIRE(found <= rows + 1);
        rows = found;
        // As often as not the next cut finds this session open.
        if (random.chance(50))
            disk.failFrom(1 + random.below(10), SQLITE_IOERR_WRITE);
        after.close();
        disk.cut(random, loss);
    }
    CHECK(rows > 300);
}

TEST_CASE("freshness: a disk that fails for a while, then works again, leaves a vault that opens", "[page]")
{
    PowerCutVfs disk("teren-while");
    Work(disk).makeDatabase();
    const auto start = disk.image();
    for (std::uint64_t n = 1; n < 400; n += 1) {
        disk.restore(start);
        test::SeededRandom random(90'000 + n);
        std::int64_t committed = 0;
        {
            Work work(disk);
            REQUIRE(work.open());
            disk.failFrom(n, SQLITE_IOERR_FSYNC);
            for (int i = 0; i < 15; ++i) {
                if (!work.addRow())
                    disk.repair();
                if (i > 8)
                    disk.repair();
            }
            const std::int64_t rows = work.wholeRows();
            INFO("operation " << n);
            REQUIRE(rows >= 0);
            REQUIRE(work.addRow());
            REQUIRE(work.addRow());
            committed = work.committed();
            disk.failFrom(1 + random.below(12), SQLITE_IOERR_WRITE);
            work.close();
        }
        disk.cut(random, Loss::SomeSectors);
        INFO("operation " << n);
        requireWhole(disk, committed, Loss::SomeSectors);
    }
}

}  // namespace teren::page
