// SPDX-License-Identifier: EUPL-1.2
#include "sync/sql/transaction.h"

#include "tests/support/catch.h"
#include "tests/support/power_cut_vfs.h"
#include "tests/support/sealed_database.h"
#include "tests/support/temp_folder.h"

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace teren::page {
namespace {

/// A ledger whose every state between transactions is recognisable: rows 1 to n without a gap, and a total
/// that each transaction changes along with them. Every fifth transaction is far larger than the cache.
constexpr std::string_view kSchema
    = "CREATE TABLE row (n INTEGER PRIMARY KEY, filler BLOB); CREATE TABLE total (rows INTEGER, bulk "
      "INTEGER);"
      "CREATE TABLE bulk (id INTEGER PRIMARY KEY, round INTEGER, filler BLOB); INSERT INTO total VALUES (0, "
      "0);"
      "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 150)"
      "  INSERT INTO bulk SELECT i, 0, randomblob(900) FROM c;";
constexpr std::string_view kPragmas = "PRAGMA cache_size = 5; PRAGMA wal_autocheckpoint = 60";

Status addRow(sql::Database& database, std::int64_t n)
{
    TEREN_TRY(sql::Transaction transaction, sql::Transaction::begin(database));
    TEREN_CHECK(database.statement("INSERT INTO row VALUES (?, randomblob(300))").with(n).run());
    if (n % 5 == 0) {
        for (int again = 0; again < 2; ++again)
            TEREN_CHECK(
                database.statement("UPDATE bulk SET round = ?, filler = randomblob(900)").with(n).run());
        TEREN_CHECK(database.statement("UPDATE total SET bulk = ?").with(n).run());
    }
    TEREN_CHECK(database.execute("UPDATE total SET rows = rows + 1"));
    return transaction.commit();
}

/// The number of rows, if all is whole; -1 if not.
std::int64_t wholeRows(sql::Database& database)
{
    const auto number = [&database](std::string_view sql) { return database.number(sql).value_or(-2); };
    const std::int64_t rows = number("SELECT count(*) FROM row");
    const bool isWhole = rows >= 0 && number("SELECT rows FROM total") == rows
        && number("SELECT coalesce(max(n), 0) FROM row") == rows
        && number("SELECT count(DISTINCT round) FROM bulk") == 1
        && number("SELECT max(round) FROM bulk") == number("SELECT bulk FROM total")
        && number("SELECT bulk FROM total") == rows / 5 * 5 && test::isIntact(database);
    return isWhole ? rows : -1;
}

/// Adds rows and says so on `ready` for ever. Runs in a process of its own, without the test framework.
[[noreturn]] void work(const std::filesystem::path& path, const SecretKey& key, int ready)
{
    // Anchors as often as can be, so that many kills meet one.
    test::Sealing sealing(key, test::sampleVault(1), "teren-child", {}, std::chrono::milliseconds(1));
    auto database = sealing.open(path, kPragmas);
    std::int64_t n = database ? database->number("SELECT count(*) FROM row").value_or(-1) : -1;
    while (n >= 0 && addRow(*database, ++n).has_value()) {
        if (::write(ready, &n, sizeof n) != sizeof n)
            break;
    }
    ::_exit(1);
}

}  // namespace

TEST_CASE("crash: a process killed at any moment loses nothing that it had confirmed", "[page]")
{
    test::TempFolder folder;
    const std::filesystem::path path = folder.path() / "a.db";
    const SecretKey key = test::sampleKey(1);
    test::Sealing sealing(key, test::sampleVault(1));
    {
        auto database = sealing.open(path);
        REQUIRE(database.has_value());
        REQUIRE(database->execute(kSchema).has_value());
    }
    test::SeededRandom random(30);
    std::int64_t confirmed = 0;
    for (int round = 0; round < 25; ++round) {
        std::array<int, 2> ends{};
        REQUIRE(::pipe(ends.data()) == 0);
        const pid_t child = ::fork();
        if (child == 0)
            work(path, key, ends[1]);
        ::close(ends[1]);
        std::int64_t n = 0;
        const std::uint64_t patience = random.below(25);
        for (std::uint64_t i = 0; i <= patience && ::read(ends[0], &n, sizeof n) == sizeof n; ++i)
            confirmed = n;
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        REQUIRE(WIFSIGNALED(status));
        while (::read(ends[0], &n, sizeof n) == sizeof n)
            confirmed = n;
        ::close(ends[0]);

        INFO("round " << round << ", " << confirmed << " confirmed");
        auto database = sealing.open(path);
        REQUIRE(database.has_value());
        const std::int64_t rows = wholeRows(*database);
        REQUIRE(rows >= confirmed);
        REQUIRE(rows <= confirmed + 1);
    }
    CHECK(confirmed > 100);
}

TEST_CASE("crash: a power cut at any write, with any sectors lost, leaves all that was committed", "[page]")
{
    test::PowerCutVfs disk("teren-cut");
    test::Sealing sealing(test::sampleKey(2), test::sampleVault(2), "teren-on-cut", "teren-cut");
    {
        auto database = sealing.open("/a.db");
        REQUIRE(database.has_value());
        REQUIRE(database->execute(kSchema).has_value());
    }
    std::int64_t rows = 0;
    for (std::uint64_t round = 0; round < 400; ++round) {
        test::SeededRandom random(1'000 + round);
        std::int64_t committed = rows;
        {
            auto database = sealing.open("/a.db", kPragmas);
            REQUIRE(database.has_value());
            disk.failFrom(1 + random.below(round % 4 == 0 ? 1'500 : 60), SQLITE_IOERR_WRITE);
            while (addRow(*database, committed + 1).has_value())
                ++committed;
        }
        disk.cut(random);
        INFO("round " << round << ", " << committed << " committed");
        auto database = sealing.open("/a.db");
        REQUIRE(database.has_value());
        rows = wholeRows(*database);
        REQUIRE(rows >= committed);
        REQUIRE(rows <= committed + 1);
    }
    CHECK(rows > 300);
    CHECK_FALSE(disk.anyFileHolds("CREATE TABLE"));
}

TEST_CASE("crash: a full disk refuses the transaction and harms no other", "[page]")
{
    test::PowerCutVfs disk("teren-full");
    test::Sealing sealing(test::sampleKey(2), test::sampleVault(2), "teren-on-full", "teren-full");
    auto database = sealing.open("/a.db", kPragmas);
    REQUIRE(database.has_value());
    REQUIRE(database->execute(kSchema).has_value());
    std::int64_t committed = 0;
    for (std::uint64_t operation = 1; operation < 400; operation += 3) {
        disk.failFrom(operation, SQLITE_FULL);
        Status added = addRow(*database, committed + 1);
        while (added.has_value())
            added = addRow(*database, ++committed + 1);
        REQUIRE(added.error().code == Errc::DiskFull);
        disk.repair();
        const std::int64_t rows = wholeRows(*database);
        // A commit that was written and could not be synced may still be there.
        REQUIRE(rows >= committed);
        REQUIRE(rows <= committed + 1);
        committed = rows;
    }
}

}  // namespace teren::page
