// SPDX-License-Identifier: EUPL-1.2
#include "app/store/delivery.h"

#include "app/store/applied_by.h"
#include "app/store/unsent_since.h"

#include <algorithm>

namespace teren::store {
namespace {

/// What this device wrote in one space under one of its lives.
struct OwnRun {
    std::int64_t author = 0;
    Author who;
    std::uint64_t count = 0;
    std::uint64_t last = 0;
};

class Counter {
public:
    explicit Counter(Core& core) : core_(core) {}

    Result<std::vector<SpaceDelivery>> count(const std::optional<SpaceId>& only)
    {
        TEREN_CHECK(loadLives());
        TEREN_CHECK(loadUnsent());
        TEREN_CHECK(loadUnnumbered());
        TEREN_CHECK(loadNumbered());
        TEREN_TRY(anchor_, UnsentSince(core_).look());
        std::vector<SpaceDelivery> all;
        for (const auto& [id, space] : core_.spaces) {
            if (only && id != *only)
                continue;
            TEREN_TRY(const std::vector<OwnRun> runs, runsIn(space));
            if (!runs.empty() || only) {
                TEREN_TRY(SpaceDelivery one, deliveryIn(space, runs));
                all.push_back(std::move(one));
            }
        }
        return all;
    }

private:
    /// What is kept of one space beside its changes.
    struct Sendings {
        std::uint64_t count = 0;
        std::optional<Instant> oldest;
        std::uint64_t sent = 0;
        std::uint64_t lost = 0;
        std::optional<std::uint64_t> lastNumber;
        std::optional<Instant> confirmedAt;
    };

    Status loadLives()
    {
        sql::Statement& rows = core_.db.statement("SELECT id FROM author WHERE device = ?");
        return eachRow(rows.with(core_.device.view()), [this](sql::Statement& row) -> Status {
            OwnRun run;
            run.author = row.columnInt(0);
            TEREN_TRY(run.who, core_.interner.author(run.author));
            lives_.push_back(run);
            return {};
        });
    }

    Status loadUnsent()
    {
        sql::Statement& rows = core_.db.statement(
            "SELECT space, count(*), min(wall) FROM change WHERE unsent = 1 GROUP BY space");
        return eachRow(rows, [this](sql::Statement& row) {
            Sendings& waiting = waiting_[row.columnInt(0)];
            waiting.count = row.columnUint(1);
            waiting.oldest = Instant(std::chrono::milliseconds(row.columnInt(2)));
        });
    }

    /// What a refused segment holds up, and that itself, was not taken: it counts as unsent only.
    Status loadUnnumbered()
    {
        sql::Statement& rows = core_.db.statement(
            "SELECT space, count, lost, refused IS NOT NULL OR EXISTS (SELECT 1 FROM segment AS before "
            "WHERE before.space = segment.space AND before.author = segment.author "
            "AND before.first_seq < segment.first_seq AND before.number IS NULL AND before.own = 1 "
            "AND before.state = 1 AND before.refused IS NOT NULL) "
            "FROM segment WHERE own = 1 AND number IS NULL AND state = 1");
        return eachRow(rows, [this](sql::Statement& row) {
            Sendings& waiting = waiting_[row.columnInt(0)];
            if (row.columnInt(2) == 1)
                waiting.lost += row.columnUint(1);
            else if (row.columnInt(3) == 0)
                waiting.sent += row.columnUint(1);
        });
    }

    Status loadNumbered()
    {
        sql::Statement& rows = core_.db.statement(
            "SELECT newest.space, newest.number, receipt.time FROM (SELECT space, max(number) AS number, "
            "max(receipt) AS receipt FROM segment WHERE own = 1 AND number IS NOT NULL GROUP BY space) "
            "AS newest LEFT JOIN receipt ON receipt.id = newest.receipt");
        return eachRow(rows, [this](sql::Statement& row) {
            Sendings& waiting = waiting_[row.columnInt(0)];
            waiting.lastNumber = row.columnUint(1);
            if (!row.isNull(2))
                waiting.confirmedAt = Instant(std::chrono::milliseconds(row.columnInt(2)));
        });
    }

    Result<std::vector<OwnRun>> runsIn(const SpaceEntry& space)
    {
        std::vector<OwnRun> runs;
        for (OwnRun run : lives_) {
            sql::Statement& rows = core_.db.statement(
                "SELECT count(*), coalesce(max(seq), 0) FROM change WHERE space = ? AND author = ?");
            TEREN_CHECK(eachRow(rows.with(space.row, run.author), [&](sql::Statement& row) {
                run.count = row.columnUint(0);
                run.last = row.columnUint(1);
            }));
            if (run.count > 0)
                runs.push_back(run);
        }
        return runs;
    }

    Result<SpaceDelivery> deliveryIn(const SpaceEntry& space, const std::vector<OwnRun>& runs)
    {
        SpaceDelivery one;
        one.space = space.id;
        std::uint64_t made = 0;
        for (const OwnRun& run : runs)
            made += run.count;
        const Sendings& waiting = waiting_[space.row];
        one.unsent = waiting.count;
        if (waiting.oldest)
            one.oldestUnsent = sinceOf(*waiting.oldest);
        one.sent = std::min(waiting.sent, one.unsent);
        one.lost = std::min(waiting.lost, one.unsent);
        one.confirmed = made - std::min(made, one.unsent);
        one.lastNumber = waiting.lastNumber;
        one.confirmedAt = waiting.confirmedAt;
        TEREN_TRY(const std::vector<AppliedBy::Said> said, AppliedBy(core_).of(space));
        for (const auto& [device, known] : core_.membership.devices()) {
            if (device == core_.device || !core_.membership.canRead(device, space.id))
                continue;
            TEREN_TRY(const DeviceDelivery on, deliveryOn(space, device, runs, said));
            one.devices.push_back(on);
        }
        return one;
    }

    /// Where a clock that was set has made the times in this device's work wrong, each space counts from when
    /// the first was seen.
    Instant sinceOf(Instant oldest) const
    {
        const Instant now = core_.clock.now();
        if (!anchor_)
            return std::min(oldest, now);
        const Instant since = anchor_->sinceAt(now);
        return isFromAhead(anchor_->oldest, since) ? since : std::min(oldest, now);
    }

    Result<DeviceDelivery> deliveryOn(
        const SpaceEntry& space, const DeviceId& device, const std::vector<OwnRun>& runs,
        const std::vector<AppliedBy::Said>& all)
    {
        DeviceDelivery on;
        on.device = device;
        const auto said = std::ranges::find(all, device, &AppliedBy::Said::device);
        if (said != all.end())
            on.stated = said->stated;
        for (const OwnRun& run : runs) {
            const std::uint64_t seen = said == all.end() ? 0 : said->seen.of(run.who);
            if (seen >= run.last) {
                on.applied += run.count;
                continue;
            }
            sql::Statement& count = core_.db.statement(
                "SELECT count(*) FROM change WHERE space = ? AND author = ? AND seq <= ?");
            TEREN_TRY(const std::int64_t applied, numberOf(count.with(space.row, run.author, seen)));
            on.applied += static_cast<std::uint64_t>(applied);
            sql::Statement& first = core_.db.statement(
                "SELECT wall FROM change WHERE space = ? AND author = ? AND seq > ? ORDER BY seq LIMIT 1");
            TEREN_TRY(const std::int64_t wall, numberOf(first.with(space.row, run.author, seen)));
            const Instant since{std::chrono::milliseconds(wall)};
            on.lacksSince = std::min(on.lacksSince.value_or(since), since);
        }
        return on;
    }

    Core& core_;
    std::vector<OwnRun> lives_;
    std::map<std::int64_t, Sendings> waiting_;
    std::optional<UnsentAnchor> anchor_;
};

}  // namespace

Result<std::vector<SpaceDelivery>> deliveryOf(Core& core, const std::optional<SpaceId>& only)
{
    if (only && core.find(*only) == nullptr)
        return fail(Errc::NotFound, "space " + only->hex() + " is not on this device");
    return Counter(core).count(only);
}

}  // namespace teren::store
