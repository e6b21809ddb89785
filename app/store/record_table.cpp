// SPDX-License-Identifier: EUPL-1.2
#include "app/store/record_table.h"

#include "app/domain/text.h"

#include <algorithm>

namespace teren::store {
namespace {

FieldValue valueAt(const sql::Statement& row, const Dot& dot, HybridStamp stamp)
{
    FieldValue value;
    value.dot = dot;
    value.index = indexOf(row.columnInt(0));
    const auto kind = static_cast<OpKind>(row.columnInt(2));
    value.kind = kind == OpKind::Insert ? OpKind::Assign : kind;
    value.stamp = stamp;
    value.value = toBytes(row.columnBlob(3));
    return value;
}

/// The order key in force: the latest, like any state of a view.
Bytes orderOf(const RecordState& state)
{
    const Register* order = state.find(kOrderField);
    if (order == nullptr)
        return {};
    return std::ranges::max_element(
               order->values(),
               [](const FieldValue& left, const FieldValue& right) {
                   return std::tie(left.stamp, left.dot) < std::tie(right.stamp, right.dot);
               })
        ->value;
}

bool isReserved(std::string_view field)
{
    return field.starts_with('@');
}

}  // namespace

Result<LoadedRecord> RecordTable::load(const SpaceEntry& space, const RecordId& id)
{
    LoadedRecord record;
    record.id = id;
    sql::Statement& find = core_.db.statement("SELECT id FROM record WHERE uuid = ? AND space = ?");
    TEREN_TRY(record.row, numberOf(find.with(id.view(), space.row)));
    if (record.row != 0) {
        TEREN_CHECK(loadLive(record));
        return record;
    }
    TEREN_CHECK(core_.db.statement("INSERT INTO record (uuid, space) VALUES (?, ?)")
                    .with(id.view(), space.row)
                    .run());
    record.row = core_.db.lastInsertId();
    record.isNew = true;
    return record;
}

Status RecordTable::loadLive(LoadedRecord& record)
{
    std::map<std::string, std::vector<FieldValue>> fields;
    sql::Statement& rows = core_.db.statement(
        "SELECT o.id, o.field, o.kind, o.value, c.author, c.seq, c.wall, c.tick, "
        "CASE WHEN o.kind = 5 THEN c.seen END FROM op o JOIN change c ON c.id = o.id >> 15 "
        "WHERE o.record = ? AND o.live = 1");
    TEREN_CHECK(eachRow(rows.with(record.row), [&](sql::Statement& row) -> Status {
        const std::int64_t op = row.columnInt(0);
        Dot dot;
        TEREN_TRY(dot.author, core_.interner.author(row.columnInt(4)));
        dot.seq = row.columnUint(5);
        const HybridStamp stamp{
            Instant(std::chrono::milliseconds(row.columnInt(6))),
            static_cast<std::uint16_t>(row.columnInt(7))};
        record.liveBefore.insert(op);
        record.changeIds.emplace(dot, changeOf(op));
        FieldValue value = valueAt(row, dot, stamp);
        if (value.kind == OpKind::Delete) {
            TEREN_TRY(VersionVector seen, core_.interner.decodeVector(row.columnBlob(8)));
            record.state.tombstones.push_back({dot, stamp, std::move(seen), std::move(value.value)});
            record.tombstoneOps.emplace(dot, op);
            return {};
        }
        TEREN_TRY(const std::string field, core_.interner.name(row.columnInt(1)));
        fields[field].push_back(std::move(value));
        return {};
    }));
    std::ranges::sort(record.state.tombstones, {}, &Tombstone::dot);
    for (auto& [field, values] : fields) {
        std::ranges::sort(values, [](const FieldValue& left, const FieldValue& right) {
            return std::tie(left.dot, left.index) < std::tie(right.dot, right.index);
        });
        record.state.fields.emplace(field, Register(std::move(values)));
    }
    return {};
}

Result<std::vector<LoadedRecord>> RecordTable::clear(const SpaceEntry& space)
{
    TEREN_CHECK(core_.db
                    .statement("UPDATE op SET live = 0 WHERE live = 1 AND record IN "
                               "(SELECT id FROM record WHERE space = ?)")
                    .with(space.row)
                    .run());
    std::vector<LoadedRecord> records;
    sql::Statement& rows = core_.db.statement("SELECT id, uuid FROM record WHERE space = ?").with(space.row);
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) -> Status {
        LoadedRecord record;
        record.row = row.columnInt(0);
        TEREN_TRY(record.id, idAt<RecordId>(row, 1));
        record.touched = true;
        records.push_back(std::move(record));
        return {};
    }));
    return records;
}

std::set<std::int64_t> RecordTable::liveOf(const LoadedRecord& record)
{
    std::set<std::int64_t> live;
    for (const auto& [field, values] : record.state.fields)
        for (const FieldValue& value : values.values())
            live.insert(opIdOf(record.changeIds.at(value.dot), value.index, partOf(field)));
    for (const Tombstone& tombstone : record.state.tombstones)
        live.insert(record.tombstoneOps.at(tombstone.dot));
    return live;
}

Status RecordTable::save(
    const LoadedRecord& record, const std::set<std::int64_t>& live, const std::set<std::int64_t>& inserted)
{
    const auto set = [this](std::int64_t op, int value) {
        return core_.db.statement("UPDATE op SET live = ? WHERE id = ?").with(value, op).run();
    };
    for (const std::int64_t op : record.liveBefore)
        if (!live.contains(op))
            TEREN_CHECK(set(op, 0));
    for (const std::int64_t op : live)
        if (!record.liveBefore.contains(op) && !inserted.contains(op))
            TEREN_CHECK(set(op, 1));
    TEREN_CHECK(saveSummary(record));
    return saveText(record);
}

RecordTable::Conflicts RecordTable::conflictsOf(const RecordId& id, const RecordState& state) const
{
    Conflicts counts;
    const std::string type = typeOf(state);
    for (const Conflict& conflict : teren::conflictsOf(id, state)) {
        ++counts.raw;
        const bool shown = conflict.kind == Conflict::Kind::DeletedHereEditedThere || !core_.readings
            || core_.readings(type, conflict.field).conflicts;
        counts.shown += shown ? 1 : 0;
    }
    return counts;
}

std::string RecordTable::typeOf(const RecordState& state)
{
    const Register* type = state.find(kTypeField);
    return type == nullptr ? std::string() : std::string(teren::textOf(type->distinctValues().front().value));
}

std::string RecordTable::searchableText(const RecordState& state) const
{
    std::string text;
    if (state.presence() == Presence::Deleted)
        return text;
    const std::string type = typeOf(state);
    for (const auto& [field, values] : state.fields) {
        if (isReserved(field) || (core_.readings && !core_.readings(type, field).searchable))
            continue;
        for (const FieldValue& value : values.values()) {
            text += domain::fold(teren::textOf(value.value));
            text += '\n';
        }
    }
    return text;
}

Status RecordTable::saveSummary(const LoadedRecord& record)
{
    const std::string type = typeOf(record.state);
    std::optional<std::int64_t> typeId;
    if (!type.empty()) {
        TEREN_TRY(typeId, core_.interner.idOf(type));
    }
    const Conflicts counts = conflictsOf(record.id, record.state);
    const Bytes order = orderOf(record.state);
    return core_.db
        .statement("UPDATE record SET type = ?, order_key = ?, presence = ?, held = ?, raw_conflicts = ?, "
                   "conflicts = ? WHERE id = ?")
        .with(
            typeId, ByteView(order), static_cast<int>(record.state.presence()), record.state.empty() ? 0 : 1,
            counts.raw, counts.shown, record.row)
        .run();
}

Status RecordTable::saveText(const LoadedRecord& record)
{
    if (!record.isNew)
        TEREN_CHECK(core_.db.statement("DELETE FROM text_index WHERE rowid = ?").with(record.row).run());
    const std::string text = searchableText(record.state);
    if (text.empty())
        return {};
    return core_.db.statement("INSERT INTO text_index (rowid, folded) VALUES (?, ?)")
        .with(record.row, std::string_view(text))
        .run();
}

Result<std::size_t> RecordTable::refresh()
{
    std::vector<LoadedRecord> records;
    TEREN_CHECK(
        eachRow(core_.db.statement("SELECT id, uuid FROM record"), [&](sql::Statement& row) -> Status {
            LoadedRecord record;
            record.row = row.columnInt(0);
            TEREN_TRY(record.id, idAt<RecordId>(row, 1));
            records.push_back(std::move(record));
            return {};
        }));
    std::size_t differed = 0;
    for (LoadedRecord& record : records) {
        TEREN_CHECK(loadLive(record));
        TEREN_CHECK(saveSummary(record));
        std::string held;
        TEREN_CHECK(eachRow(
            core_.db.statement("SELECT folded FROM text_index WHERE rowid = ?").with(record.row),
            [&](sql::Statement& row) { held = std::string(row.columnText(0)); }));
        if (held != searchableText(record.state)) {
            ++differed;
            TEREN_CHECK(saveText(record));
        }
        record.state = {};
        record.changeIds.clear();
    }
    return differed;
}

}  // namespace teren::store
