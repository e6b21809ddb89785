// SPDX-License-Identifier: EUPL-1.2
//
// Goal: a program that is killed at any moment, unlocking included, loses nothing that it had confirmed, and
// what it leaves is whole and raises no alarm.
//
// Methodology: one real kill -9 a round. Each round's process unlocks the vault with the passphrase, at the
// least cost allowed, checks what the killed one before it left, and then commits, spills, anchors,
// checkpoints and vacuums until it is killed, some time after so many confirmed commits. TEREN_KILLS says how
// many rounds.
#include "app/store/vault.h"
#include "crypto/sign/system_random.h"
#include "sync/sql/transaction.h"

#include "tests/support/catch.h"
#include "tests/support/seeded.h"
#include "tests/support/temp_folder.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

namespace teren::store {
namespace {

constexpr std::string_view kPassphrase{"zażółć gęślą jaźń"};
/// Reported instead of a number of rows.
constexpr std::int64_t kBroken = -1;

int rounds()
{
    const char* wanted = std::getenv("TEREN_KILLS");
    return wanted == nullptr ? 60 : std::clamp(std::atoi(wanted), 1, 500);
}

/// Rows 1 to n without a gap, and a total that each transaction changes along with them.
constexpr std::string_view kSchema
    = "CREATE TABLE row (n INTEGER PRIMARY KEY, filler BLOB); CREATE TABLE total (rows INTEGER);"
      "CREATE TABLE bulk (id INTEGER PRIMARY KEY, round INTEGER, filler BLOB); INSERT INTO total VALUES (0);"
      "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 120)"
      "  INSERT INTO bulk SELECT i, 0, randomblob(900) FROM c;";

Status addRow(Vault& vault, std::int64_t n)
{
    sql::Database& database = vault.database();
    TEREN_TRY(sql::Transaction transaction, sql::Transaction::begin(database));
    TEREN_CHECK(database.statement("INSERT INTO row VALUES (?, randomblob(300))").with(n).run());
    if (n % 5 == 0)
        TEREN_CHECK(database.statement("UPDATE bulk SET round = ?, filler = randomblob(900)").with(n).run());
    TEREN_CHECK(database.execute("UPDATE total SET rows = rows + 1"));
    TEREN_CHECK(transaction.commit());
    if (n % 7 == 0)
        TEREN_CHECK(vault.anchor());
    if (n % 31 == 0)
        TEREN_CHECK(database.execute("VACUUM"));
    return {};
}

/// The number of rows, if nothing at all is wrong with the vault.
std::int64_t wholeRows(Vault& vault)
{
    const auto number
        = [&vault](std::string_view sql) { return vault.database().number(sql).value_or(kBroken); };
    const std::int64_t rows = number("SELECT count(*) FROM row");
    const bool isWhole = rows >= 0 && number("SELECT rows FROM total") == rows
        && number("SELECT coalesce(max(n), 0) FROM row") == rows
        && number("SELECT count(DISTINCT round) FROM bulk") == 1
        && number("SELECT max(round) FROM bulk") == rows / 5 * 5;
    const auto problems = vault.selfCheck();
    return isWhole && problems && problems->empty() ? rows : kBroken;
}

/// One round's process: says how many rows there are, then so after each commit, until it is killed.
[[noreturn]] void work(const std::filesystem::path& folder, int reports, bool checksFirst)
{
    const auto tell = [reports](std::int64_t n) { return ::write(reports, &n, sizeof n) == sizeof n; };
    SystemRandom random;
    auto vault = Vault::open(folder, kPassphrase, random, {.cacheBytes = 64 << 10});
    std::int64_t n = kBroken;
    if (vault && (*vault)->database().execute("PRAGMA wal_autocheckpoint = 60"))
        // The self-check empties the log: some rounds go on with the one they found.
        n = checksFirst ? wholeRows(**vault)
                        : (*vault)->database().number("SELECT count(*) FROM row").value_or(kBroken);
    bool goesOn = tell(n) && n != kBroken;
    while (goesOn)
        goesOn = addRow(**vault, ++n).has_value() && tell(n);
    ::_exit(1);
}

/// What was told and not read yet, or nothing within `patience`; the last one counts.
std::optional<std::int64_t> lastOf(int reports, int patience)
{
    std::optional<std::int64_t> last;
    pollfd waiting{reports, POLLIN, 0};
    std::int64_t n = 0;
    while (::poll(&waiting, 1, patience) > 0 && ::read(reports, &n, sizeof n) == sizeof n) {
        last = n;
        patience = 0;
    }
    return last;
}

}  // namespace

TEST_CASE("vault kill: a program killed at any moment loses nothing confirmed and raises no alarm", "[vault]")
{
    test::TempFolder outer;
    const std::filesystem::path folder = outer.path() / "profile";
    SystemRandom random;
    {
        auto vault = Vault::create(folder, kPassphrase, KdfPolicy::Floor, random);
        REQUIRE(vault.has_value());
        REQUIRE((*vault)->database().execute(kSchema).has_value());
    }
    test::SeededRandom dice(77);
    std::int64_t confirmed = 0;
    int kills = 0;
    for (; kills < rounds(); ++kills) {
        std::array<int, 2> ends{};
        REQUIRE(::pipe(ends.data()) == 0);
        const bool checksFirst = kills % 3 != 0;
        const pid_t child = ::fork();
        if (child == 0)
            work(folder, ends[1], checksFirst);
        ::close(ends[1]);
        INFO("round " << kills << ", " << confirmed << " confirmed");
        std::int64_t n = confirmed;
        // One in ten is killed while it unlocks.
        if (dice.chance(10)) {
            n = lastOf(ends[0], static_cast<int>(dice.below(200))).value_or(confirmed);
        } else {
            REQUIRE(::read(ends[0], &n, sizeof n) == sizeof n);
            REQUIRE(n >= confirmed);
            REQUIRE(n <= confirmed + 1);
            const std::int64_t wanted = n + static_cast<std::int64_t>(dice.below(30));
            while (n < wanted && ::read(ends[0], &n, sizeof n) == sizeof n) {}
            REQUIRE(n >= wanted);
        }
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        REQUIRE(WIFSIGNALED(status));
        // Confirmed in the moment before the kill.
        n = lastOf(ends[0], 0).value_or(n);
        REQUIRE(n >= confirmed);
        confirmed = n;
        ::close(ends[0]);
    }
    auto vault = Vault::open(folder, kPassphrase, random);
    REQUIRE(vault.has_value());
    const std::int64_t rows = wholeRows(**vault);
    CHECK(rows >= confirmed);
    CHECK(rows <= confirmed + 1);
    CHECK(confirmed > kills);
    WARN(kills << " kills, " << confirmed << " commits confirmed and found");
}

}  // namespace teren::store
