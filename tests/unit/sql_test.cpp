// SPDX-License-Identifier: EUPL-1.2
#include "sync/sql/migrations.h"
#include "sync/sql/sql_error.h"
#include "sync/sql/transaction.h"

#include "tests/support/catch.h"
#include "tests/support/temp_folder.h"

#include <sqlite3.h>

#include <array>
#include <fstream>
#include <limits>

namespace teren::sql {
namespace {

constexpr std::array kSteps{
    Migration{1, "visits", "CREATE TABLE visit (id INTEGER PRIMARY KEY, place TEXT NOT NULL) STRICT;"},
    Migration{2, "find by place", "CREATE INDEX visit_place ON visit (place);"},
};

}  // namespace

TEST_CASE("statement: every kind of value comes back as it was bound", "[sql]")
{
    Database database = *Database::openInMemory();
    REQUIRE(database.execute("CREATE TABLE t (a, b, c, d, e, f)").has_value());
    const Bytes blob{0, 1, 255};
    const std::uint64_t large = std::numeric_limits<std::uint64_t>::max() - 1;
    REQUIRE(database.statement("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)")
                .with(-7, large, ByteView(blob), "Łódź", nullptr, ByteView())
                .run()
                .has_value());
    CHECK(database.lastChanges() == 1);

    Statement& row = database.statement("SELECT a, b, c, d, e, f FROM t");
    REQUIRE(*row.step());
    CHECK(row.columnInt(0) == -7);
    CHECK(row.columnUint(1) == large);
    CHECK(toBytes(row.columnBlob(2)) == blob);
    CHECK(row.columnText(3) == "Łódź");
    CHECK(row.isNull(4));
    CHECK_FALSE(row.isNull(5));
    CHECK(row.columnBlob(5).empty());
    CHECK_FALSE(*row.step());
}

TEST_CASE("statement: asking again for the same text gives it reset, without old parameters", "[sql]")
{
    Database database = *Database::openInMemory();
    Statement& first = database.statement("SELECT ?1");
    first.bind(1, 5);
    REQUIRE(*first.step());
    Statement& again = database.statement("SELECT ?1");
    CHECK(&first == &again);
    REQUIRE(*again.step());
    CHECK(again.isNull(0));
}

TEST_CASE("statement: wrong SQL and wrong parameters show at step", "[sql]")
{
    Database database = *Database::openInMemory();
    CHECK(database.statement("SELECT nonsense FROM nowhere").step().error().code == Errc::Disk);
    CHECK(database.statement("SELECT ?1").bind(2, 1).step().error().code == Errc::Disk);
    REQUIRE(database.execute("CREATE TABLE nowhere (nonsense)").has_value());
    CHECK(database.statement("SELECT nonsense FROM nowhere").step() == Result<bool>(false));
}

TEST_CASE("connection: foreign keys hold, and no named file can be attached", "[sql]")
{
    Database database = *Database::openInMemory();
    REQUIRE(database.execute("CREATE TABLE a (id PRIMARY KEY); CREATE TABLE b (a REFERENCES a (id))"));
    CHECK(database.execute("INSERT INTO b VALUES (1)").error().code == Errc::Disk);
    CHECK_FALSE(database.execute("ATTACH 'other.db' AS other").has_value());
    CHECK_FALSE(database.execute("ATTACH ':memory:' AS other").has_value());
    CHECK_FALSE(database.statement("ATTACH ? AS other").with("").step().has_value());
    CHECK(database.execute("VACUUM").has_value());
}

TEST_CASE("connection: a database at its greatest size is told from a full disk, and can be read", "[sql]")
{
    test::TempFolder folder;
    Database database = *Database::open(folder.path() / "a.db");
    REQUIRE(database.execute("CREATE TABLE t (a); PRAGMA max_page_count = 2000").has_value());
    Status added;
    while (added)
        added = database.execute("INSERT INTO t VALUES (randomblob(1000000))");
    CHECK(added.error().code == Errc::DiskFull);
    CHECK(added.error().detail.find("the greatest size that it can have (7 MiB)") != std::string::npos);
    CHECK(added.error().detail.find("is safe") != std::string::npos);
    CHECK(*database.number("SELECT count(*) FROM t") > 5);
    REQUIRE(database.execute("DELETE FROM t").has_value());
    CHECK(database.execute("INSERT INTO t VALUES (randomblob(1000000))").has_value());
}

TEST_CASE("connection: only the file that is announced can be attached, and only then", "[sql]")
{
    test::TempFolder folder;
    const std::filesystem::path copy = folder.path() / "a copy, 100% {ż}?vfs=x&#.db";
    Database database = *Database::open(folder.path() / "a.db");
    REQUIRE(database.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2); DELETE FROM t WHERE a = 1"));
    const std::string name = copy.string();
    CHECK_FALSE(database.execute("VACUUM INTO '" + name + "'").has_value());
    CHECK_FALSE(std::filesystem::exists(copy));
    Database moved = std::move(database);
    SECTION("with the connection's own VFS")
    {
        REQUIRE(moved.compactInto(copy).has_value());
    }
    SECTION("with another, by its name")
    {
        REQUIRE(moved.compactInto(copy, "unix-excl").has_value());
    }
    CHECK(*Database::open(copy)->number("SELECT a FROM t") == 2);
    CHECK_FALSE(moved.compactInto(copy).has_value());
    CHECK_FALSE(moved.execute("ATTACH '" + name + "' AS other").has_value());
    CHECK_FALSE(moved.execute("VACUUM INTO '" + (folder.path() / "b.db").string() + "'").has_value());
    CHECK_FALSE(std::filesystem::exists(folder.path() / "b.db"));
    CHECK(*moved.number("SELECT count(*) FROM t") == 1);
}

TEST_CASE("connection: a path that looks like a URI is a path", "[sql]")
{
    test::TempFolder folder;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());
    auto database = Database::open("file:memory?mode=memory");
    const bool written = database && database->execute("CREATE TABLE t (a)").has_value();
    std::filesystem::current_path(before);
    REQUIRE(written);
    CHECK(std::filesystem::exists(folder.path() / "file:memory?mode=memory"));
}

TEST_CASE("errors: SQLite's codes become the ones that a caller can act on", "[sql]")
{
    CHECK(errcOf(SQLITE_FULL) == Errc::DiskFull);
    CHECK(errcOf(SQLITE_CORRUPT_INDEX) == Errc::Damaged);
    CHECK(errcOf(SQLITE_NOTADB) == Errc::Damaged);
    CHECK(errcOf(SQLITE_IOERR_DATA) == Errc::Damaged);
    CHECK(errcOf(SQLITE_IOERR_CORRUPTFS) == Errc::Damaged);
    CHECK(errcOf(SQLITE_IOERR_READ) == Errc::Disk);
    CHECK(errcOf(SQLITE_BUSY_SNAPSHOT) == Errc::Busy);
    CHECK(errcOf(SQLITE_LOCKED) == Errc::Busy);
    CHECK(errcOf(SQLITE_CONSTRAINT_UNIQUE) == Errc::Disk);
    // What people meet is said in words; the code stays for the administrator.
    for (const int code :
         {SQLITE_IOERR_DATA, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FULL, SQLITE_READONLY_DBMOVED,
          SQLITE_IOERR_FSYNC, SQLITE_NOMEM, SQLITE_PERM, SQLITE_AUTH, SQLITE_CONSTRAINT_UNIQUE, SQLITE_TOOBIG,
          SQLITE_ERROR, SQLITE_MISUSE}) {
        const std::string detail = errorOf(nullptr, code).detail;
        INFO(detail);
        CHECK(detail.size() > 10);
        CHECK(detail.find("sqlite") == std::string::npos);
        CHECK(detail.find("SQL") == std::string::npos);
    }
    CHECK(errorOf(nullptr, SQLITE_IOERR_FSYNC).detail.find("1034") != std::string::npos);
}

TEST_CASE("errors: a file that is no database is damaged, a second writer finds it busy", "[sql]")
{
    test::TempFolder folder;
    std::ofstream(folder.path() / "text.db") << std::string(5'000, 'x');
    auto text = Database::open(folder.path() / "text.db");
    REQUIRE(text.has_value());
    CHECK(text->number("SELECT count(*) FROM sqlite_schema").error().code == Errc::Damaged);

    const OpenOptions impatient{.busyTimeout = std::chrono::milliseconds(0)};
    Database one = *Database::open(folder.path() / "a.db", impatient);
    Database two = *Database::open(folder.path() / "a.db", impatient);
    auto held = Transaction::begin(one);
    REQUIRE(held.has_value());
    CHECK(Transaction::begin(two).error().code == Errc::Busy);
}

TEST_CASE("errors: a file over its size limit is a full disk, and a failed search quotes nothing", "[sql]")
{
    Database database = *Database::openInMemory();
    REQUIRE(database.execute("CREATE TABLE t (a); PRAGMA max_page_count = 4").has_value());
    CHECK(database.execute("INSERT INTO t VALUES (randomblob(100000))").error().code == Errc::DiskFull);
    REQUIRE(
        database.execute("PRAGMA max_page_count = 1000; CREATE VIRTUAL TABLE f USING fts5(x)").has_value());
    const auto failed = database.statement("SELECT * FROM f WHERE f MATCH ?").with("\"Kowalska").step();
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().detail.find("Kowalska") == std::string::npos);
}

TEST_CASE("transaction: what is not committed is gone", "[sql]")
{
    Database database = *Database::openInMemory();
    REQUIRE(database.execute("CREATE TABLE t (a)").has_value());
    {
        Transaction transaction = *Transaction::begin(database);
        REQUIRE(database.execute("INSERT INTO t VALUES (1)").has_value());
        CHECK_FALSE(Transaction::begin(database).has_value());
    }
    CHECK(*database.number("SELECT count(*) FROM t") == 0);
    CHECK_FALSE(database.inTransaction());
    {
        Transaction transaction = *Transaction::begin(database);
        REQUIRE(database.execute("INSERT INTO t VALUES (1)").has_value());
        REQUIRE(transaction.commit().has_value());
    }
    CHECK(*database.number("SELECT count(*) FROM t") == 1);
    CHECK(database.number("SELECT a FROM t WHERE a = 2").error().code == Errc::NotFound);
}

TEST_CASE("connection: moving it keeps its statements usable", "[sql]")
{
    Database first = *Database::openInMemory();
    REQUIRE(first.execute("CREATE TABLE t (a)").has_value());
    REQUIRE(first.statement("INSERT INTO t VALUES (?)").with(3).run().has_value());
    Database second = std::move(first);
    REQUIRE(second.statement("INSERT INTO t VALUES (?)").with(4).run().has_value());
    CHECK(*second.number("SELECT sum(a) FROM t") == 7);
    second = *Database::openInMemory();
    CHECK_FALSE(second.number("SELECT sum(a) FROM t").has_value());
}

TEST_CASE("migrate: a step that fails leaves the version before it, and a later run carries on", "[sql]")
{
    Database database = *Database::openInMemory();
    const std::array broken{
        kSteps[0], Migration{2, "half a step", "CREATE TABLE x (a) STRICT; SELECT nonsense;"}};

    CHECK(migrate(database, broken).error().code == Errc::Disk);
    CHECK(*database.number("PRAGMA user_version") == 1);
    CHECK(*database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'x'") == 0);

    CHECK(migrate(database, kSteps).has_value());
    CHECK(*database.number("PRAGMA user_version") == 2);
    CHECK(*database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'visit_place'") == 1);
    CHECK(migrate(database, kSteps).has_value());
}

TEST_CASE("migrate: a database from a later build is left untouched", "[sql]")
{
    Database database = *Database::openInMemory();
    REQUIRE(database.execute("PRAGMA user_version = 999").has_value());
    CHECK(migrate(database, kSteps).error().code == Errc::TooNew);
    CHECK(*database.number("SELECT count(*) FROM sqlite_schema") == 0);
}

}  // namespace teren::sql
