// SPDX-License-Identifier: EUPL-1.2
#include "app/store/change_log.h"

namespace teren::store {
namespace {

#define TEREN_CHANGE_COLUMNS                                                                                 \
    "SELECT id, author, seq, wall, tick, group_id, context, seen, state, own, unsent, sealed FROM change "

}  // namespace

Result<LoggedChange> ChangeLog::at(const sql::Statement& row) const
{
    LoggedChange logged;
    logged.id = row.columnInt(0);
    TEREN_TRY(logged.change.dot.author, core_.interner.author(row.columnInt(1)));
    logged.change.dot.seq = row.columnUint(2);
    logged.change.stamp = {
        Instant(std::chrono::milliseconds(row.columnInt(3))), static_cast<std::uint16_t>(row.columnInt(4))};
    if (!row.isNull(5)) {
        TEREN_TRY(logged.change.group, idAt<GroupId>(row, 5));
    }
    TEREN_TRY(logged.change.context, core_.interner.decode(row.columnBlob(6)));
    if (!row.isNull(7)) {
        TEREN_TRY(logged.seen, core_.interner.decodeVector(row.columnBlob(7)));
    }
    logged.state = static_cast<ChangeState>(row.columnInt(8));
    logged.own = row.columnInt(9) != 0;
    logged.unsent = row.columnInt(10) != 0;
    logged.sealed = row.columnInt(11) != 0;
    return logged;
}

Status ChangeLog::readOps(LoggedChange& logged)
{
    sql::Statement& rows
        = core_.db.statement("SELECT o.id, r.uuid, o.field, o.kind, o.value FROM op o JOIN record r "
                             "ON r.id = o.record WHERE o.id BETWEEN ? AND ? ORDER BY o.id");
    rows.with(opIdOf(logged.id, 0, 0), opIdOf(logged.id + 1, 0, 0) - 1);
    return eachRow(rows, [&](sql::Statement& row) -> Status {
        const std::int64_t id = row.columnInt(0);
        const bool secondRow = isOrderPart(id) && static_cast<OpKind>(row.columnInt(3)) == OpKind::Insert;
        if (indexOf(id) + (secondRow ? 1U : 0U) != logged.change.ops.size())
            return fail(Errc::Damaged, "an operation is missing in the store");
        if (secondRow) {
            logged.change.ops.back().value = toBytes(row.columnBlob(4));
            return {};
        }
        Op op;
        TEREN_TRY(op.record, idAt<RecordId>(row, 1));
        op.kind = static_cast<OpKind>(row.columnInt(3));
        if (op.kind == OpKind::Insert) {
            op.field = std::string(textOf(row.columnBlob(4)));
        } else {
            TEREN_TRY(op.field, core_.interner.name(row.columnInt(2)));
            op.value = toBytes(row.columnBlob(4));
        }
        logged.change.ops.push_back(std::move(op));
        return {};
    });
}

Result<std::vector<LoggedChange>> ChangeLog::read(sql::Statement& rows)
{
    std::vector<LoggedChange> changes;
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) -> Status {
        TEREN_TRY(LoggedChange logged, at(row));
        changes.push_back(std::move(logged));
        return {};
    }));
    for (LoggedChange& logged : changes)
        TEREN_CHECK(readOps(logged));
    return changes;
}

Result<std::vector<LoggedChange>> ChangeLog::all(const SpaceEntry& space)
{
    return read(core_.db.statement(TEREN_CHANGE_COLUMNS "WHERE space = ? ORDER BY id").with(space.row));
}

Result<std::vector<LoggedChange>> ChangeLog::waiting(const SpaceEntry& space)
{
    return read(
        core_.db.statement(TEREN_CHANGE_COLUMNS "WHERE space = ? AND state = 2 ORDER BY id").with(space.row));
}

Result<std::vector<LoggedChange>> ChangeLog::voided(const SpaceEntry& space)
{
    return read(core_.db.statement(TEREN_CHANGE_COLUMNS "WHERE space = ? AND state = 3 ORDER BY author, seq")
                    .with(space.row));
}

Result<std::vector<LoggedChange>> ChangeLog::of(const SpaceEntry& space, const Author& author, Which which)
{
    TEREN_TRY(const std::int64_t id, core_.interner.idOf(author));
    switch (which) {
    case Which::Unsent:
        return read(
            core_.db
                .statement(TEREN_CHANGE_COLUMNS "WHERE space = ? AND author = ? AND unsent = 1 ORDER BY seq")
                .with(space.row, id));
    case Which::Everything:
        break;
    }
    return read(core_.db.statement(TEREN_CHANGE_COLUMNS "WHERE space = ? AND author = ? ORDER BY seq")
                    .with(space.row, id));
}

Result<std::vector<LoggedChange>> ChangeLog::firstUnsealed(
    const SpaceEntry& space, const Author& author, const std::function<bool(const Change&)>& takes)
{
    std::vector<LoggedChange> changes;
    TEREN_TRY(const std::int64_t id, core_.interner.idOf(author));
    sql::Statement& rows
        = core_.db
              .statement(TEREN_CHANGE_COLUMNS "WHERE space = ? AND author = ? AND sealed = 0 ORDER BY seq")
              .with(space.row, id);
    bool isWanted = true;
    while (isWanted) {
        TEREN_TRY(const bool more, rows.step());
        if (!more)
            return changes;
        TEREN_TRY(LoggedChange logged, at(rows));
        TEREN_CHECK(readOps(logged));
        isWanted = takes(logged.change);
        if (isWanted)
            changes.push_back(std::move(logged));
    }
    rows.reset();
    return changes;
}

Result<std::optional<LoggedChange>> ChangeLog::find(const SpaceEntry& space, const Dot& dot)
{
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(dot.author));
    TEREN_TRY(
        std::vector<LoggedChange> found,
        read(core_.db.statement(TEREN_CHANGE_COLUMNS "WHERE space = ? AND author = ? AND seq = ?")
                 .with(space.row, author, dot.seq)));
    if (found.empty())
        return std::optional<LoggedChange>();
    return std::optional(std::move(found.front()));
}

Result<VersionVector> ChangeLog::seenBy(const SpaceEntry& space, const Dot& dot)
{
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(dot.author));
    sql::Statement& row
        = core_.db.statement("SELECT seen FROM change WHERE space = ? AND author = ? AND seq = ? "
                             "AND seen IS NOT NULL");
    TEREN_TRY(const bool found, row.with(space.row, author, dot.seq).step());
    if (!found)
        return fail(Errc::Damaged, "a change that others build on is missing in the store");
    Result<VersionVector> seen = core_.interner.decodeVector(row.columnBlob(0));
    row.reset();
    return seen;
}

Result<VersionVector> ChangeLog::applied(const SpaceEntry& space)
{
    VersionVector applied;
    sql::Statement& rows
        = core_.db.statement("SELECT author, seq FROM applied WHERE space = ?").with(space.row);
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) -> Status {
        TEREN_TRY(const Author author, core_.interner.author(row.columnInt(0)));
        applied.add({author, row.columnUint(1)});
        return {};
    }));
    return applied;
}

Result<std::int64_t> ChangeLog::nextId()
{
    TEREN_TRY(const std::int64_t last, numberOf(core_.db.statement("SELECT max(id) FROM change")));
    return last + 1;
}

Status ChangeLog::insert(const SpaceEntry& space, const LoggedChange& row)
{
    const Change& change = row.change;
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(change.dot.author));
    TEREN_TRY(const Bytes context, core_.interner.encode(change.context));
    std::optional<Bytes> seen;
    if (row.seen) {
        TEREN_TRY(seen, core_.interner.encode(*row.seen));
    }
    std::optional<ByteView> group;
    if (change.group)
        group = change.group->view();
    return core_.db
        .statement(
            "INSERT INTO change (id, space, author, seq, wall, tick, group_id, context, seen, state, own, "
            "unsent, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .with(
            row.id, space.row, author, change.dot.seq, change.stamp.wall.time_since_epoch().count(),
            change.stamp.tick, group, ByteView(context), seen ? std::optional<ByteView>(*seen) : std::nullopt,
            static_cast<int>(row.state), row.own ? 1 : 0, row.unsent ? 1 : 0, row.sealed ? 1 : 0)
        .run();
}

Status ChangeLog::insertOp(
    std::int64_t id, std::int64_t record, std::int64_t field, OpKind kind, ByteView value, bool live)
{
    return core_.db
        .statement("INSERT INTO op (id, record, field, kind, live, value) VALUES (?, ?, ?, ?, ?, ?)")
        .with(id, record, field, static_cast<int>(kind), live ? 1 : 0, value)
        .run();
}

Status ChangeLog::updateState(const LoggedChange& row)
{
    std::optional<Bytes> seen;
    if (row.seen) {
        TEREN_TRY(seen, core_.interner.encode(*row.seen));
    }
    return core_.db.statement("UPDATE change SET state = ?, seen = ? WHERE id = ?")
        .with(static_cast<int>(row.state), seen ? std::optional<ByteView>(*seen) : std::nullopt, row.id)
        .run();
}

Status ChangeLog::markSealed(const SpaceEntry& space, const Dot& first, std::uint64_t last)
{
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(first.author));
    return core_.db
        .statement("UPDATE change SET sealed = 1 WHERE space = ? AND author = ? AND seq BETWEEN ? AND ?")
        .with(space.row, author, first.seq, last)
        .run();
}

Status ChangeLog::remove(std::int64_t id)
{
    TEREN_CHECK(core_.db.statement("DELETE FROM op WHERE id BETWEEN ? AND ?")
                    .with(opIdOf(id, 0, 0), opIdOf(id + 1, 0, 0) - 1)
                    .run());
    return core_.db.statement("DELETE FROM change WHERE id = ?").with(id).run();
}

Status ChangeLog::markUnsent(std::int64_t space, std::int64_t author, std::uint64_t first, std::uint64_t last)
{
    return core_.db
        .statement("UPDATE change SET unsent = 1 WHERE space = ? AND author = ? AND own = 1 "
                   "AND seq BETWEEN ? AND ?")
        .with(space, author, first, last)
        .run();
}

Status ChangeLog::saveApplied(const SpaceEntry& space, const VersionVector& before, const VersionVector& now)
{
    for (const VersionVector::Entry& entry : now.entries()) {
        if (before.of(entry.author) == entry.seq)
            continue;
        TEREN_TRY(const std::int64_t author, core_.interner.idOf(entry.author));
        TEREN_CHECK(core_.db.statement("INSERT OR REPLACE INTO applied (space, author, seq) VALUES (?, ?, ?)")
                        .with(space.row, author, entry.seq)
                        .run());
    }
    return {};
}

}  // namespace teren::store
