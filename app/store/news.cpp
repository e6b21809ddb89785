// SPDX-License-Identifier: EUPL-1.2
#include "app/store/news.h"

#include "app/store/change_log.h"

namespace teren::store {

Result<std::vector<Unlooked>> News::unlooked(const SpaceEntry* space)
{
    sql::Statement& rows = core_.db.statement(
        "SELECT a.space, a.author, a.seq, coalesce(l.seq, 0), coalesce(c.wall, 0), "
        "EXISTS (SELECT 1 FROM looked WHERE looked.space = a.space) "
        "FROM applied a JOIN space s ON s.id = a.space "
        "LEFT JOIN looked l ON l.space = a.space AND l.author = a.author "
        "LEFT JOIN change c ON c.space = a.space AND c.author = a.author AND c.seq = a.seq "
        "WHERE s.kind = ?1 AND (?2 IS NULL OR a.space = ?2) AND a.seq > coalesce(l.seq, 0)");
    std::optional<std::int64_t> spaceRow;
    if (space != nullptr)
        spaceRow = space->row;
    std::vector<Unlooked> found;
    TEREN_CHECK(eachRow(
        rows.with(static_cast<std::int64_t>(ledger::SpaceKind::CaseInternal), spaceRow),
        [&](sql::Statement& row) -> Status {
            TEREN_TRY(const Author author, core_.interner.author(row.columnInt(1)));
            const SpaceEntry* entry = core_.find(row.columnInt(0));
            if (entry == nullptr || !entry->readable || author == core_.author())
                return {};
            found.push_back(
                {entry->id, author, row.columnUint(3), row.columnUint(2),
                 Instant(std::chrono::milliseconds(row.columnInt(4))), row.columnInt(5) != 0});
            return {};
        }));
    return found;
}

Result<std::vector<RecordChange>> News::changesOf(const Unlooked& what, std::size_t limit)
{
    const SpaceEntry* space = core_.find(what.space);
    if (space == nullptr)
        return std::vector<RecordChange>{};
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(what.author));
    return read(core_.db
                    .statement("SELECT id, space, author, seq, wall, tick, unsent FROM change "
                               "WHERE space = ? AND author = ? AND seq > ? AND seq <= ? AND state = 1 "
                               "ORDER BY seq DESC LIMIT ?")
                    .with(space->row, author, what.after, what.upTo, limit));
}

Result<std::vector<RecordChange>> News::since(
    const std::optional<Instant>& since, const SpaceEntry* space, std::size_t limit)
{
    std::optional<std::int64_t> spaceRow;
    if (space != nullptr)
        spaceRow = space->row;
    std::optional<std::int64_t> wall;
    if (since)
        wall = since->time_since_epoch().count();
    return read(
        core_.db
            .statement("SELECT c.id, c.space, c.author, c.seq, c.wall, c.tick, c.unsent FROM change c "
                       "JOIN space s ON s.id = c.space WHERE s.kind = ?1 AND c.state = 1 "
                       "AND (?2 IS NULL OR c.wall >= ?2) AND (?3 IS NULL OR c.space = ?3) "
                       "ORDER BY c.wall DESC, c.tick DESC, c.id DESC LIMIT ?4")
            .with(static_cast<std::int64_t>(ledger::SpaceKind::CaseInternal), wall, spaceRow, limit));
}

Result<std::vector<RecordChange>> News::read(sql::Statement& changes)
{
    std::vector<std::pair<std::int64_t, RecordChange>> heads;
    TEREN_CHECK(eachRow(changes, [&](sql::Statement& row) -> Status {
        RecordChange head;
        const SpaceEntry* space = core_.find(row.columnInt(1));
        if (space == nullptr)
            return fail(Errc::Damaged, "a change of an unknown space in the store");
        head.space = space->id;
        TEREN_TRY(head.dot.author, core_.interner.author(row.columnInt(2)));
        head.dot.seq = row.columnUint(3);
        head.stamp
            = {Instant(std::chrono::milliseconds(row.columnInt(4))),
               static_cast<std::uint16_t>(row.columnInt(5))};
        head.unsent = row.columnInt(6) != 0;
        heads.emplace_back(row.columnInt(0), std::move(head));
        return {};
    }));
    std::vector<RecordChange> found;
    for (const auto& [id, head] : heads)
        TEREN_CHECK(readOps(id, head, found));
    return found;
}

Status News::readOps(std::int64_t change, const RecordChange& head, std::vector<RecordChange>& into)
{
    const std::size_t first = into.size();
    sql::Statement& rows = core_.db.statement(
        "SELECT o.id, r.uuid, o.kind, o.field, coalesce(r.type, 0), r.presence = 1 "
        "FROM op o JOIN record r ON r.id = o.record WHERE o.id BETWEEN ? AND ? ORDER BY o.id");
    rows.with(opIdOf(change, 0, 0), opIdOf(change + 1, 0, 0) - 1);
    return eachRow(rows, [&](sql::Statement& row) -> Status {
        if (isOrderPart(row.columnInt(0)))
            return {};
        TEREN_TRY(const RecordId record, idAt<RecordId>(row, 1));
        std::size_t at = first;
        while (at < into.size() && into[at].record != record)
            ++at;
        if (at == into.size()) {
            into.push_back(head);
            into.back().record = record;
            into.back().deleted = row.columnInt(5) != 0;
            if (row.columnInt(4) != 0) {
                TEREN_TRY(into.back().type, core_.interner.name(row.columnInt(4)));
            }
        }
        const auto kind = static_cast<OpKind>(row.columnInt(2));
        std::string field;
        if (kind == OpKind::Assign || kind == OpKind::SetAdd || kind == OpKind::SetRemove) {
            TEREN_TRY(field, core_.interner.name(row.columnInt(3)));
        }
        into[at].ops.emplace_back(kind, std::move(field));
        return {};
    });
}

Status News::looked(const SpaceEntry& space, const VersionVector& upTo)
{
    for (const VersionVector::Entry& entry : upTo.entries()) {
        TEREN_TRY(const std::int64_t author, core_.interner.idOf(entry.author));
        TEREN_CHECK(core_.db
                        .statement("INSERT INTO looked (space, author, seq) VALUES (?, ?, ?) "
                                   "ON CONFLICT (space, author) DO UPDATE SET seq = max(seq, excluded.seq)")
                        .with(space.row, author, entry.seq)
                        .run());
    }
    return {};
}

}  // namespace teren::store
