// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/page_check.h"
#include "sync/sql/transaction.h"

#include "tests/support/catch.h"
#include "tests/support/power_cut_vfs.h"
#include "tests/support/sealed_database.h"

#include <sqlite3.h>

#include <map>
#include <optional>

namespace teren::page {
namespace {

using test::PowerCutVfs;

/// What a table holds: a key, and a number that also says how long the row is.
using Model = std::map<std::int64_t, std::int64_t>;

/// A session of random work, with the model of what it has confirmed.
class Session {
public:
    Session(PowerCutVfs& disk, test::SeededRandom& random, Model& model)
        : random_(random),
          model_(model),
          sealing_(test::sampleKey(3), test::sampleVault(3), "teren-session", disk.name())
    {
    }

    bool open()
    {
        database_.reset();
        auto opened = sealing_.open(
            "/a.db",
            "PRAGMA cache_size = " + std::to_string(2 + random_.below(30))
                + "; PRAGMA wal_autocheckpoint = " + std::to_string(random_.below(60))
                + "; CREATE TABLE IF NOT EXISTS t (k INTEGER PRIMARY KEY, v INTEGER, filler BLOB)");
        if (!opened) {
            error_ = opened.error().detail;
            for (const std::string& finding : sealing_.vfs().findings())
                error_ += "; " + finding;
        }
        if (opened)
            database_ = *std::move(opened);
        return opened.has_value();
    }
    /// One step; false when the disk has failed.
    bool step()
    {
        switch (random_.below(14)) {
        case 0:
            return run("PRAGMA wal_checkpoint(PASSIVE)");
        case 1:
            return run("PRAGMA wal_checkpoint(RESTART)");
        case 2:
            return run("PRAGMA wal_checkpoint(TRUNCATE)");
        case 3:
            return run("VACUUM");
        case 4:
            return sealing_.vfs().anchor().has_value();
        case 5:
            return open();
        case 6:
            return readElsewhere();
        default:
            return transact();
        }
    }
    /// Whether the database holds the model, or the transaction that was on its way when the disk failed;
    /// that is the model from then on.
    bool agrees()
    {
        const auto content = read(*database_);
        if (!content || (*content != model_ && content != inFlight_)) {
            error_ = content ? "other content" : "cannot be read";
            return false;
        }
        model_ = *content;
        const auto damaged = damagedPages(database_->handle());
        if (!damaged || !sealing_.vfs().findings().empty())
            error_ = "findings";
        else if (!test::isIntact(*database_))
            error_ = "not intact";
        return error_.empty();
    }
    /// After a crash: what the session before had on its way.
    std::optional<Model> inFlight() const { return inFlight_; }
    void expect(std::optional<Model> inFlight) { inFlight_ = std::move(inFlight); }
    const std::string& error() const { return error_; }
    void close() { database_.reset(); }

private:
    bool run(std::string_view sql) { return database_->execute(sql).has_value(); }

    static std::optional<Model> read(sql::Database& database)
    {
        Model content;
        sql::Statement& rows = database.statement("SELECT k, v, length(filler) FROM t");
        for (;;) {
            const auto row = rows.step();
            if (!row)
                return std::nullopt;
            if (!*row)
                return content;
            content[rows.columnInt(0)] = rows.columnInt(1);
            if (rows.columnInt(2) != 1 + rows.columnInt(1) % 3'000)
                return std::nullopt;
        }
    }
    bool readElsewhere()
    {
        auto other = sealing_.open("/a.db");
        if (!other)
            return false;
        const auto content = read(*other);
        return content.has_value() && *content == model_;
    }
    bool change(Model& next)
    {
        const auto first = static_cast<std::int64_t>(random_.below(300));
        const auto last = first + static_cast<std::int64_t>(random_.below(60));
        if (random_.chance(25)) {
            next.erase(next.lower_bound(first), next.upper_bound(last));
            return database_->statement("DELETE FROM t WHERE k BETWEEN ? AND ?")
                .with(first, last)
                .run()
                .has_value();
        }
        const auto value = static_cast<std::int64_t>(random_.below(1'000'000));
        for (std::int64_t key = first; key <= last; ++key) {
            next[key] = value;
            if (!database_->statement("INSERT OR REPLACE INTO t VALUES (?1, ?2, randomblob(1 + ?2 % 3000))")
                     .with(key, value)
                     .run())
                return false;
        }
        return true;
    }
    bool transact()
    {
        Model next = model_;
        auto transaction = sql::Transaction::begin(*database_);
        if (!transaction)
            return false;
        const std::uint64_t changes = 1 + random_.below(4);
        for (std::uint64_t i = 0; i < changes; ++i) {
            if (!change(next))
                return false;
            if (random_.chance(20)) {
                Model lost = next;
                if (!run("SAVEPOINT s") || !change(lost) || !run("ROLLBACK TO s; RELEASE s"))
                    return false;
            }
        }
        if (random_.chance(15))
            return true;  // Rolled back when it goes.
        inFlight_ = next;
        if (!transaction->commit())
            return false;
        model_ = std::move(next);
        inFlight_.reset();
        return true;
    }

    test::SeededRandom& random_;
    Model& model_;
    std::optional<Model> inFlight_;
    test::Sealing sealing_;
    std::optional<sql::Database> database_;
    std::string error_;
};

}  // namespace

TEST_CASE("freshness: any work, cut anywhere, leaves exactly what was confirmed", "[page]")
{
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        test::SeededRandom random(seed);
        PowerCutVfs disk("teren-any");
        Model model;
        {
            Session first(disk, random, model);
            REQUIRE(first.open());
        }
        for (int crash = 0; crash < 5; ++crash) {
            INFO("seed " << seed << ", crash " << crash);
            std::optional<Model> inFlight;
            {
                Session session(disk, random, model);
                const bool isOpen = session.open();
                REQUIRE(isOpen);
                disk.failFrom(1 + random.below(random.chance(50) ? 40 : 400), SQLITE_IOERR_WRITE);
                while (session.step()) {}
                inFlight = session.inFlight();
                session.close();
            }
            constexpr std::array kLosses{
                PowerCutVfs::Loss::Nothing, PowerCutVfs::Loss::SomeSectors, PowerCutVfs::Loss::Everything};
            disk.cut(random, kLosses[random.below(kLosses.size())]);
            Session after(disk, random, model);
            const bool isOpen = after.open();
            INFO(after.error());
            REQUIRE(isOpen);
            after.expect(inFlight);
            const bool agrees = after.agrees();
            INFO(after.error());
            REQUIRE(agrees);
        }
    }
}

}  // namespace teren::page
