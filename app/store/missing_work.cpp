// SPDX-License-Identifier: EUPL-1.2
#include "app/store/missing_work.h"

#include "app/store/change_log.h"
#include "app/store/segment_table.h"

#include <algorithm>

namespace teren::store {

Status MissingWork::fetchAgain(const SpaceId& space, std::uint64_t after)
{
    if (after >= core_.cursorOf(space))
        return {};  // It has not been passed over yet.
    const ledger::Membership::Space* opened = core_.membership.find(space);
    if (opened == nullptr)
        return {};
    TEREN_TRY(const SpaceEntry entry, core_.intern(space, opened->kind, opened->caseSpace));
    TEREN_CHECK(core_.db
                    .statement("INSERT INTO space_cursor (space, cursor) VALUES (?, ?) "
                               "ON CONFLICT (space) DO UPDATE SET cursor = min(cursor, excluded.cursor)")
                    .with(entry.row, after)
                    .run());
    return core_.loadExceptions();
}

Result<bool> MissingWork::askAgain()
{
    std::vector<SpaceEntry> waiting;
    sql::Statement& rows = core_.db.statement("SELECT DISTINCT space FROM change WHERE state = 2");
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) {
        if (const SpaceEntry* space = core_.find(row.columnInt(0)))
            waiting.push_back(*space);
    }));
    bool asked = false;
    for (const SpaceEntry& space : waiting) {
        TEREN_TRY(const bool due, isDue(space));
        if (!due || !core_.membership.canRead(core_.device, space.id))
            continue;
        TEREN_TRY(const std::optional<std::uint64_t> after, firstMissing(space));
        if (!after || *after >= core_.cursorOf(space.id))
            continue;
        TEREN_CHECK(fetchAgain(space.id, *after));
        TEREN_CHECK(core_.db.statement("INSERT OR REPLACE INTO asked_again (space, at) VALUES (?, ?)")
                        .with(space.row, core_.clock.now().time_since_epoch().count())
                        .run());
        asked = true;
    }
    return asked;
}

Result<bool> MissingWork::isDue(const SpaceEntry& space)
{
    std::optional<Instant> last;
    TEREN_CHECK(eachRow(
        core_.db.statement("SELECT at FROM asked_again WHERE space = ?").with(space.row),
        [&](sql::Statement& row) { last = Instant(std::chrono::milliseconds(row.columnInt(0))); }));
    const Instant now = core_.clock.now();
    return !last || now < *last || now - *last >= kAskEvery;
}

Result<std::optional<std::uint64_t>> MissingWork::firstMissing(const SpaceEntry& space)
{
    ChangeLog log(core_);
    SegmentTable segments(core_);
    const VoidSet voids = core_.voidsOf(space.id);
    TEREN_TRY(const VersionVector applied, log.applied(space));
    TEREN_TRY(const std::vector<LoggedChange> waiting, log.waiting(space));
    std::set<Dot> needed;
    for (const LoggedChange& logged : waiting) {
        const Dot& dot = logged.change.dot;
        needed.insert(logged.change.context.begin(), logged.change.context.end());
        if (dot.seq > 1)
            needed.insert({dot.author, dot.seq - 1});
    }
    std::optional<std::uint64_t> first;
    for (const Dot& dot : needed) {
        if (applied.contains(dot) || voids.contains(dot))
            continue;
        TEREN_TRY(const bool held, segments.covers(space, dot));
        if (held)
            continue;
        TEREN_TRY(const std::uint64_t number, segments.numberBefore(space, dot.author, dot.seq));
        first = std::min(first.value_or(number), number);
    }
    return first;
}

}  // namespace teren::store
