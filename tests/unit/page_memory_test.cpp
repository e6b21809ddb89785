// SPDX-License-Identifier: EUPL-1.2
//
// Goal: freshness takes no more than one percent of the files' size in memory, and a file that is open takes
// beside it what it takes in an empty vault, however large the vault is.
//
// Methodology: vaults of 1, 16 and 128 MB, every byte of `operator new` counted. SQLite allocates with malloc
// and is not in the figures, but for what it keeps in the "shared memory" that the VFS gives it.
#include "tests/support/catch.h"
#include "tests/support/counted_heap.h"
#include "tests/support/sealed_database.h"
#include "tests/support/temp_folder.h"

namespace teren::page {
namespace {

constexpr std::size_t kMegabyte = std::size_t{1} << 20;
/// Rows that fill a page each.
constexpr std::size_t kRowSize = 3'900;

class Vault {
public:
    explicit Vault(std::size_t megabytes)
    {
        sql::Database database = open();
        must(database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, rest BLOB)"));
        // In transactions of a usual size, so that the log stays small.
        for (std::size_t i = 0; i < megabytes; ++i)
            must(database.execute(
                "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 256)"
                " INSERT INTO t (rest) SELECT randomblob("
                + std::to_string(kRowSize) + ") FROM c"));
    }
    sql::Database open(std::string_view pragmas = {})
    {
        auto database = sealing_.open(path_, pragmas);
        REQUIRE(database.has_value());
        // A connection holds everything that it ever will once it has read.
        REQUIRE(database->number("SELECT count(*) FROM t").value_or(0) >= 0);
        return *std::move(database);
    }
    std::size_t mainSize() const { return std::filesystem::file_size(path_); }
    std::size_t logSize() const { return std::filesystem::file_size(path_.string() + "-wal"); }

    static void must(const Status& done) { REQUIRE(done.has_value()); }

private:
    test::TempFolder folder_;
    std::filesystem::path path_ = folder_.path() / "a.db";
    test::Sealing sealing_{test::sampleKey(5), test::sampleVault(5)};
};

struct Held {
    std::size_t first = 0;    ///< By an open vault.
    std::size_t peak = 0;     ///< While it was opened and all of it was read.
    std::size_t further = 0;  ///< By another connection to it.
};

Held heldBy(Vault& vault)
{
    Held held;
    const std::size_t before = test::heapInUse();
    test::forgetHeapPeak();
    const sql::Database one = vault.open();
    held.first = test::heapInUse() - before;
    held.peak = test::heapPeak() - before;
    const sql::Database two = vault.open();
    held.further = test::heapInUse() - before - held.first;
    return held;
}

/// What an open vault takes that has nothing in it.
const Held& heldByEmpty()
{
    static const Held held = [] {
        Vault vault(0);
        (void)heldBy(vault);
        return heldBy(vault);
    }();
    return held;
}

}  // namespace

TEST_CASE(
    "page memory: freshness takes less than one percent of the file, and all else is constant", "[page]")
{
    const Held& empty = heldByEmpty();
    CHECK(empty.first < 256 * 1024);
    CHECK(empty.further < 64 * 1024);
    for (const std::size_t megabytes : {1U, 16U, 128U}) {
        Vault vault(megabytes);
        INFO(megabytes << " MB");
        const std::size_t size = vault.mainSize();
        CHECK(size >= megabytes * kMegabyte);
        const Held held = heldBy(vault);
        CHECK(held.first - empty.first <= size / 100);
        CHECK(held.peak - empty.peak <= size / 100);
        // Some bytes of difference are names: that of one folder is longer than another's.
        CHECK(held.further <= empty.further + 4096);
    }
}

TEST_CASE("page memory: neither a large log nor its end takes more than one percent of the files", "[page]")
{
    const Held& empty = heldByEmpty();
    for (const std::size_t megabytes : {1U, 16U, 128U}) {
        Vault vault(megabytes);
        INFO(megabytes << " MB");
        const std::size_t before = test::heapInUse();
        {
            sql::Database database = vault.open("PRAGMA wal_autocheckpoint = 0");
            Vault::must(database.execute("UPDATE t SET rest = randomblob(length(rest))"));
            const std::size_t files = vault.mainSize() + vault.logSize();
            CHECK(files >= 2 * megabytes * kMegabyte);
            CHECK(test::heapInUse() - before - empty.first <= files / 100);

            test::forgetHeapPeak();
            Vault::must(database.execute("PRAGMA wal_checkpoint(TRUNCATE)"));
            CHECK(test::heapPeak() - before - empty.first <= files / 100);
            // What the log took is given back with it.
            CHECK(test::heapInUse() - before - empty.first <= vault.mainSize() / 100);
            CHECK(vault.logSize() == 0);
        }
    }
}

}  // namespace teren::page
