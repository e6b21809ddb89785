// SPDX-License-Identifier: EUPL-1.2
#include "app/store/record_reader.h"

#include "app/store/record_table.h"
#include "sync/merge/reading.h"
#include "sync/merge/state_digest.h"

#include <algorithm>

namespace teren::store {
namespace {

// CROSS JOIN fixes the order of the loops: records as wanted, then their operations, so that nothing is
// sorted.
#define TEREN_RECORD_COLUMNS                                                                                 \
    "SELECT r.id, r.uuid, r.space, r.order_key, o.id, o.field, o.kind, o.value, c.author, c.seq, c.wall, "   \
    "c.tick, "                                                                                               \
    "c.unsent, CASE WHEN o.kind = 5 THEN c.seen END FROM record r CROSS JOIN op o ON o.record = r.id AND "   \
    "o.live = 1 "                                                                                            \
    "CROSS JOIN change c ON c.id = o.id >> 15 "

constexpr int kDeletedPresence = static_cast<int>(Presence::Deleted);
static_assert(kDeletedPresence == 1, "the queries below name it");

FieldValue valueAt(const sql::Statement& row, const Author& author, int kindColumn)
{
    FieldValue value;
    value.dot = {author, row.columnUint(kindColumn + 3)};
    value.kind = static_cast<OpKind>(row.columnInt(kindColumn));
    value.value = toBytes(row.columnBlob(kindColumn + 1));
    value.stamp
        = {Instant(std::chrono::milliseconds(row.columnInt(kindColumn + 4))),
           static_cast<std::uint16_t>(row.columnInt(kindColumn + 5))};
    return value;
}

bool placedBefore(const FieldValue& left, const FieldValue& right)
{
    return std::tie(left.dot, left.index) < std::tie(right.dot, right.index);
}

void putInOrder(std::vector<HistoryEntry>& entries)
{
    std::vector<teren::HistoryEntry> causal;
    for (const HistoryEntry& entry : entries) {
        FieldValue place = entry.value;
        place.value.clear();
        causal.push_back({std::move(place), entry.seen});
    }
    sortCausally(causal);
    std::map<std::pair<Dot, std::uint32_t>, std::size_t> places;
    for (std::size_t i = 0; i < causal.size(); ++i)
        places.emplace(std::pair(causal[i].value.dot, causal[i].value.index), i);
    std::ranges::sort(entries, {}, [&](const HistoryEntry& entry) {
        return places.at({entry.value.dot, entry.value.index});
    });
}

}  // namespace

/// A record while its rows come.
struct RecordReader::Draft {
    std::int64_t row = 0;
    StoredRecord record;
    std::map<std::string, std::vector<FieldValue>> fields;
    std::vector<Tombstone> tombstones;
};

Status RecordReader::takeRow(const sql::Statement& row, Draft& draft) const
{
    TEREN_TRY(const Author author, core_.interner.author(row.columnInt(8)));
    FieldValue value = valueAt(row, author, 6);
    value.index = indexOf(row.columnInt(4));
    StoredRecord& record = draft.record;
    record.unsent = record.unsent || row.columnInt(12) != 0;
    if (std::tie(record.lastStamp, record.lastDot) < std::tie(value.stamp, value.dot)) {
        record.lastStamp = value.stamp;
        record.lastDot = value.dot;
    }
    if (value.kind == OpKind::Delete) {
        TEREN_TRY(VersionVector seen, core_.interner.decodeVector(row.columnBlob(13)));
        draft.tombstones.push_back({value.dot, value.stamp, std::move(seen), value.value});
        record.deletions.push_back(std::move(value));
        return {};
    }
    if (value.kind == OpKind::Insert)
        value.kind = OpKind::Assign;
    TEREN_TRY(const std::string field, core_.interner.name(row.columnInt(5)));
    draft.fields[field].push_back(std::move(value));
    return {};
}

Result<StoredRecord> RecordReader::finish(Draft draft)
{
    RecordState state;
    for (auto& [field, values] : draft.fields) {
        std::ranges::sort(values, placedBefore);
        state.fields.emplace(field, Register(std::move(values)));
    }
    std::ranges::sort(draft.tombstones, {}, &Tombstone::dot);
    state.tombstones = std::move(draft.tombstones);
    StoredRecord record = std::move(draft.record);
    std::ranges::sort(record.deletions, placedBefore);
    const Presence presence = state.presence();
    record.deleted = presence == Presence::Deleted;
    record.deletedButEdited = presence == Presence::DeletedButEdited;
    record.type = RecordTable::typeOf(state);
    for (auto& [field, values] : state.fields)
        if (!field.starts_with('@'))
            record.fields.emplace(field, std::move(values));
    return record;
}

Result<std::vector<StoredRecord>> RecordReader::collect(sql::Statement& rows)
{
    std::vector<StoredRecord> records;
    Draft draft;
    const auto close = [&]() -> Status {
        if (draft.row == 0)
            return {};
        TEREN_TRY(StoredRecord record, finish(std::exchange(draft, Draft{})));
        records.push_back(std::move(record));
        return {};
    };
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) -> Status {
        if (row.columnInt(0) != draft.row) {
            TEREN_CHECK(close());
            draft.row = row.columnInt(0);
            TEREN_TRY(draft.record.id, idAt<RecordId>(row, 1));
            const SpaceEntry* space = core_.find(row.columnInt(2));
            if (space == nullptr)
                return fail(Errc::Damaged, "a record of an unknown space in the store");
            draft.record.space = space->id;
            draft.record.order = std::string(textOf(row.columnBlob(3)));
        }
        return takeRow(row, draft);
    }));
    TEREN_CHECK(close());
    return records;
}

/// Ids are drawn so that no two meet by chance. Who knows one can write another record under it in any space
/// of theirs, so an id alone must never choose between two spaces.
Result<std::optional<std::int64_t>> RecordReader::rowOf(const RecordId& id, const SpaceEntry* space)
{
    std::vector<std::int64_t> rows;
    std::vector<std::int64_t> spaces;
    sql::Statement& found = core_.db.statement(
        "SELECT id, space FROM record WHERE uuid = ?1 AND (?2 IS NULL OR space = ?2) ORDER BY space");
    std::optional<std::int64_t> spaceRow;
    if (space != nullptr)
        spaceRow = space->row;
    TEREN_CHECK(eachRow(found.with(id.view(), spaceRow), [&](sql::Statement& row) {
        rows.push_back(row.columnInt(0));
        spaces.push_back(row.columnInt(1));
    }));
    if (rows.empty())
        return std::optional<std::int64_t>();
    if (rows.size() == 1)
        return std::optional(rows.front());
    std::string names;
    for (const std::int64_t one : spaces)
        if (const SpaceEntry* entry = core_.find(one))
            names += (names.empty() ? "" : " and ") + entry->id.hex();
    return fail(
        Errc::Refused,
        "record " + id.hex() + " stands in " + std::to_string(rows.size()) + " cases, " + names
            + "; one of them was put there on purpose, so say which is meant");
}

Result<StoredRecord> RecordReader::one(const RecordId& id, const SpaceEntry* space)
{
    TEREN_TRY(const std::optional<std::int64_t> row, rowOf(id, space));
    Result<StoredRecord> found = row ? byRow(*row) : fail(Errc::NotFound, {});
    if (!found && found.error().code == Errc::NotFound)
        return fail(Errc::NotFound, "no record " + id.hex() + " on this device");
    return found;
}

Result<StoredRecord> RecordReader::byRow(std::int64_t row)
{
    TEREN_TRY(
        std::vector<StoredRecord> found,
        collect(core_.db.statement(TEREN_RECORD_COLUMNS "WHERE r.id = ?").with(row)));
    if (found.empty())
        return fail(Errc::NotFound, "no such record on this device");
    return std::move(found.front());
}

Result<std::vector<StoredRecord>> RecordReader::inSpace(const SpaceEntry& space, const std::string& type)
{
    if (type.empty())
        return collect(core_.db
                           .statement(TEREN_RECORD_COLUMNS "WHERE r.space = ? AND r.presence <> 1 "
                                                           "ORDER BY r.order_key, r.uuid, r.id")
                           .with(space.row));
    TEREN_TRY(const std::int64_t typeId, core_.interner.idOf(std::string_view(type)));
    return collect(core_.db
                       .statement(TEREN_RECORD_COLUMNS "WHERE r.space = ? AND r.type = ? AND r.presence <> 1 "
                                                       "ORDER BY r.order_key, r.uuid, r.id")
                       .with(space.row, typeId));
}

Result<std::vector<StoredRecord>> RecordReader::ofType(const std::string& type)
{
    TEREN_TRY(const std::int64_t typeId, core_.interner.idOf(std::string_view(type)));
    return collect(core_.db
                       .statement(TEREN_RECORD_COLUMNS "WHERE r.type = ? AND r.presence <> 1 "
                                                       "ORDER BY r.order_key, r.uuid, r.id")
                       .with(typeId));
}

Result<std::vector<HistoryEntry>> RecordReader::history(const RecordId& id, const SpaceEntry* space)
{
    TEREN_TRY(const std::optional<std::int64_t> record, rowOf(id, space));
    if (!record)
        return std::vector<HistoryEntry>{};
    sql::Statement& rows = core_.db.statement(
        "SELECT o.id, o.field, o.live, c.seen, c.unsent, c.author, o.kind, o.value, 0, c.seq, c.wall, c.tick "
        "FROM op o JOIN change c ON c.id = o.id >> 15 WHERE o.record = ? AND c.state = 1");
    std::vector<HistoryEntry> entries;
    TEREN_CHECK(eachRow(rows.with(*record), [&](sql::Statement& row) -> Status {
        const std::int64_t op = row.columnInt(0);
        TEREN_TRY(const Author author, core_.interner.author(row.columnInt(5)));
        HistoryEntry entry;
        entry.record = id;
        entry.value = valueAt(row, author, 6);
        if (entry.value.kind == OpKind::Insert && isOrderPart(op))
            return {};
        entry.value.index = indexOf(op);
        TEREN_TRY(entry.field, core_.interner.name(row.columnInt(1)));
        TEREN_TRY(entry.seen, core_.interner.decodeVector(row.columnBlob(3)));
        entry.inForce = row.columnInt(2) != 0;
        entry.confirmed = row.columnInt(4) == 0;
        entries.push_back(std::move(entry));
        return {};
    }));
    putInOrder(entries);
    return entries;
}

Result<std::vector<RecordId>> RecordReader::everHaving(const SpaceEntry& space, const std::string& field)
{
    TEREN_TRY(const std::int64_t fieldId, core_.interner.idOf(std::string_view(field)));
    sql::Statement& rows = core_.db.statement(
        "SELECT DISTINCT r.uuid FROM record r CROSS JOIN op o ON o.record = r.id AND o.field = ?2 "
        "CROSS JOIN change c ON c.id = o.id >> 15 AND c.state = 1 WHERE r.space = ?1 ORDER BY r.uuid");
    std::vector<RecordId> ids;
    TEREN_CHECK(eachRow(rows.with(space.row, fieldId), [&](sql::Statement& row) -> Status {
        TEREN_TRY(const RecordId id, idAt<RecordId>(row, 0));
        ids.push_back(id);
        return {};
    }));
    return ids;
}

Result<std::vector<FieldConflict>> RecordReader::conflicts(const SpaceEntry* space)
{
    std::vector<std::int64_t> rows;
    sql::Statement& statement = core_.db.statement(
        "SELECT id FROM record WHERE raw_conflicts > 0 AND conflicts > 0 AND (?1 IS NULL OR space = ?1) "
        "ORDER BY space, order_key, uuid");
    std::optional<std::int64_t> spaceRow;
    if (space != nullptr)
        spaceRow = space->row;
    TEREN_CHECK(
        eachRow(statement.with(spaceRow), [&](sql::Statement& row) { rows.push_back(row.columnInt(0)); }));
    std::vector<FieldConflict> conflicts;
    for (const std::int64_t row : rows) {
        TEREN_TRY(const StoredRecord record, byRow(row));
        for (const auto& [field, values] : record.fields)
            if (values.inConflict() && (!core_.readings || core_.readings(record.type, field).conflicts))
                conflicts.push_back({record.id, record.space, record.type, field});
        if (record.deletedButEdited)
            conflicts.push_back({record.id, record.space, record.type, {}});
    }
    return conflicts;
}

Result<std::map<SpaceId, std::uint64_t>> RecordReader::countsBySpace(std::string_view sql)
{
    std::map<SpaceId, std::uint64_t> counts;
    TEREN_CHECK(eachRow(core_.db.statement(sql), [&](sql::Statement& row) {
        if (const SpaceEntry* space = core_.find(row.columnInt(0)))
            counts.emplace(space->id, row.columnUint(1));
    }));
    return counts;
}

Result<Hash> RecordReader::digest(const SpaceEntry& space)
{
    StateDigest digest;
    sql::Statement& values = core_.db.statement(
        "SELECT r.uuid, n.name, o.id, c.author, c.seen, 0, o.kind, o.value, 0, c.seq, c.wall, c.tick "
        "FROM record r JOIN op o ON o.record = r.id AND o.live = 1 JOIN change c ON c.id = o.id >> 15 "
        "JOIN author a ON a.id = c.author JOIN name n ON n.id = o.field WHERE r.space = ?1 AND (o.kind = 5) "
        "= ?2 "
        "ORDER BY r.uuid, n.name, a.device, a.life, c.seq, o.id");
    for (const int tombstones : {0, 1})
        TEREN_CHECK(eachRow(values.with(space.row, tombstones), [&](sql::Statement& row) -> Status {
            TEREN_TRY(const RecordId record, idAt<RecordId>(row, 0));
            TEREN_TRY(const Author author, core_.interner.author(row.columnInt(3)));
            FieldValue value = valueAt(row, author, 6);
            value.index = indexOf(row.columnInt(2));
            if (value.kind == OpKind::Delete) {
                TEREN_TRY(VersionVector seen, core_.interner.decodeVector(row.columnBlob(4)));
                digest.add(
                    record, Tombstone{value.dot, value.stamp, std::move(seen), std::move(value.value)});
                return {};
            }
            if (value.kind == OpKind::Insert)
                value.kind = OpKind::Assign;
            digest.add(record, textOf(row.columnBlob(1)), value);
            return {};
        }));
    TEREN_TRY(const VersionVector applied, ChangeLog(core_).applied(space));
    return digest.finish(applied);
}

}  // namespace teren::store
