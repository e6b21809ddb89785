// SPDX-License-Identifier: EUPL-1.2
#include "app/store/recorded.h"

#include "app/store/core.h"
#include "app/store/rows.h"

namespace teren::store {
namespace {

Instant at(std::int64_t milliseconds)
{
    return Instant(std::chrono::milliseconds(milliseconds));
}

}  // namespace

Result<std::vector<RecordedSegment>> recordedIn(Core& core, const SpaceId& space)
{
    const SpaceEntry* entry = core.find(space);
    if (entry == nullptr)
        return fail(Errc::NotFound, "space " + space.hex() + " is not on this device");
    std::vector<RecordedSegment> all;
    sql::Statement& times = core.db.statement(
        "SELECT segment.number, min(change.wall), max(change.wall) FROM segment JOIN change "
        "ON change.space = segment.space AND change.author = segment.author "
        "AND change.seq >= segment.first_seq AND change.seq < segment.first_seq + segment.count "
        "WHERE segment.own = 1 AND segment.number IS NOT NULL AND segment.state = 1 AND segment.space = ? "
        "GROUP BY segment.number ORDER BY segment.number");
    TEREN_CHECK(eachRow(times.with(entry->row), [&](sql::Statement& row) {
        all.push_back({row.columnUint(0), at(row.columnInt(1)), at(row.columnInt(2)), {}});
    }));
    // Operations of one change have consecutive ids; see change_log.h.
    sql::Statement& kinds = core.db.statement(
        "SELECT segment.number, name.name, count(DISTINCT record.id) FROM segment JOIN change "
        "ON change.space = segment.space AND change.author = segment.author "
        "AND change.seq >= segment.first_seq AND change.seq < segment.first_seq + segment.count "
        "JOIN op ON op.id >= (change.id << 15) AND op.id < ((change.id + 1) << 15) "
        "JOIN record ON record.id = op.record JOIN name ON name.id = record.type "
        "WHERE segment.own = 1 AND segment.number IS NOT NULL AND segment.state = 1 AND segment.space = ? "
        "GROUP BY segment.number, name.name ORDER BY segment.number");
    auto place = all.begin();
    TEREN_CHECK(eachRow(kinds.with(entry->row), [&](sql::Statement& row) {
        while (place != all.end() && place->number < row.columnUint(0))
            ++place;
        if (place != all.end() && place->number == row.columnUint(0))
            place->records[std::string(textOf(row.columnBlob(1)))] = row.columnUint(2);
    }));
    return all;
}

}  // namespace teren::store
