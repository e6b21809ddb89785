// SPDX-License-Identifier: EUPL-1.2
// What a person is shown. Nothing here writes, but for notices seen and an index that a check found wrong.
#include "app/store/apart.h"
#include "app/store/derived_state.h"
#include "app/store/news.h"
#include "app/store/notices.h"
#include "app/store/outbox_counts.h"
#include "app/store/record_reader.h"
#include "app/store/self_check.h"
#include "app/store/text_search.h"
#include "app/store/workspace_store.h"

namespace teren::store {
namespace {

Result<const SpaceEntry*> known(const Core& core, const SpaceId& space)
{
    const SpaceEntry* entry = core.find(space);
    if (entry == nullptr)
        return fail(Errc::NotFound, "space " + space.hex() + " is not on this device");
    return entry;
}

}  // namespace

SpaceId WorkspaceStore::workspaceSpace() const
{
    for (const auto& [id, space] : membership().spaces())
        if (space.kind == ledger::SpaceKind::Workspace)
            return id;
    return {};
}

std::vector<SpaceId> WorkspaceStore::spaces(ledger::SpaceKind kind) const
{
    std::vector<SpaceId> ids;
    for (const auto& [id, space] : core_->spaces)
        if (space.kind == kind && space.readable)
            ids.push_back(id);
    return ids;
}

bool WorkspaceStore::holds(const SpaceId& space, ledger::SpaceKind kind) const
{
    const SpaceEntry* entry = core_->find(space);
    return entry != nullptr && entry->kind == kind && entry->readable;
}

Result<StoredRecord> WorkspaceStore::record(const RecordId& id)
{
    return RecordReader(*core_).one(id);
}

Result<StoredRecord> WorkspaceStore::record(const SpaceId& space, const RecordId& id)
{
    TEREN_TRY(const SpaceEntry* entry, known(*core_, space));
    return RecordReader(*core_).one(id, entry);
}

Result<std::vector<StoredRecord>> WorkspaceStore::records(const SpaceId& space, const std::string& type)
{
    TEREN_TRY(const SpaceEntry* entry, known(*core_, space));
    return RecordReader(*core_).inSpace(*entry, type);
}

Result<std::vector<StoredRecord>> WorkspaceStore::recordsOfType(const std::string& type)
{
    return RecordReader(*core_).ofType(type);
}

Result<std::vector<HistoryEntry>> WorkspaceStore::history(const RecordId& id)
{
    return RecordReader(*core_).history(id);
}

Result<std::vector<HistoryEntry>> WorkspaceStore::history(const SpaceId& space, const RecordId& id)
{
    TEREN_TRY(const SpaceEntry* entry, known(*core_, space));
    return RecordReader(*core_).history(id, entry);
}

Result<std::vector<RecordId>> WorkspaceStore::everHaving(const SpaceId& space, const std::string& field)
{
    TEREN_TRY(const SpaceEntry* entry, known(*core_, space));
    return RecordReader(*core_).everHaving(*entry, field);
}

Result<std::vector<FieldConflict>> WorkspaceStore::conflicts(const std::optional<SpaceId>& space)
{
    const SpaceEntry* entry = nullptr;
    if (space) {
        TEREN_TRY(entry, known(*core_, *space));
    }
    return RecordReader(*core_).conflicts(entry);
}

Result<std::map<SpaceId, std::uint64_t>> WorkspaceStore::conflictCounts()
{
    return RecordReader(*core_).countsBySpace(
        "SELECT space, sum(conflicts) FROM record WHERE raw_conflicts > 0 AND conflicts > 0 "
        "GROUP BY space");
}

Result<std::map<SpaceId, std::uint64_t>> WorkspaceStore::unsentCounts()
{
    return RecordReader(*core_).countsBySpace(
        "SELECT space, count(*) FROM change WHERE unsent = 1 GROUP BY space");
}

Result<WorkspaceStore::RecordCounts> WorkspaceStore::caseRecordCounts(const std::string& type)
{
    TEREN_TRY(const std::int64_t typeId, core_->interner.idOf(std::string_view(type)));
    RecordCounts counts;
    sql::Statement& rows
        = core_->db.statement("SELECT r.type = ?, count(*) FROM record r JOIN space s ON s.id = r.space "
                              "WHERE s.kind = ? AND r.type IS NOT NULL AND r.presence <> 1 GROUP BY 1");
    TEREN_CHECK(eachRow(
        rows.with(typeId, static_cast<std::int64_t>(ledger::SpaceKind::CaseInternal)),
        [&](sql::Statement& row) -> Status {
            counts.all += row.columnUint(1);
            counts.ofType += row.columnInt(0) != 0 ? row.columnUint(1) : 0;
            return {};
        }));
    return counts;
}

Result<std::vector<Unlooked>> WorkspaceStore::unlooked(const std::optional<SpaceId>& space)
{
    const SpaceEntry* entry = nullptr;
    if (space) {
        TEREN_TRY(entry, known(*core_, *space));
    }
    return News(*core_).unlooked(entry);
}

Result<std::vector<RecordChange>> WorkspaceStore::changesOf(const Unlooked& what, std::size_t limit)
{
    return News(*core_).changesOf(what, limit);
}

Result<std::vector<RecordChange>> WorkspaceStore::changesSince(
    const std::optional<Instant>& since, const std::optional<SpaceId>& space, std::size_t limit)
{
    const SpaceEntry* entry = nullptr;
    if (space) {
        TEREN_TRY(entry, known(*core_, *space));
    }
    return News(*core_).since(since, entry, limit);
}

Status WorkspaceStore::looked(const SpaceId& space, const VersionVector& upTo)
{
    TEREN_TRY(const SpaceEntry* entry, known(*core_, space));
    return core_->transact([&] { return News(*core_).looked(*entry, upTo); });
}

Result<std::vector<TextHit>> WorkspaceStore::search(const std::string& text, std::size_t limit)
{
    return searchText(*core_, text, limit);
}

Result<OutboxCounts> WorkspaceStore::outboxCounts()
{
    return countOutbox(*core_);
}

Result<std::vector<AwaitedWork>> WorkspaceStore::awaited()
{
    return Apart(*core_).awaited();
}

Result<std::vector<ApartWork>> WorkspaceStore::apart(const SpaceId& space)
{
    TEREN_TRY(const SpaceEntry* entry, known(*core_, space));
    return Apart(*core_).work(*entry);
}

Result<std::vector<SpaceDelivery>> WorkspaceStore::delivery(const std::optional<SpaceId>& only)
{
    return deliveryOf(*core_, only);
}

Result<KeptReceipts> WorkspaceStore::receipts(const std::optional<SpaceId>& only)
{
    return keptReceipts(*core_, only);
}

Result<std::vector<RecordedSegment>> WorkspaceStore::recorded(const SpaceId& space)
{
    return recordedIn(*core_, space);
}

Result<Hash> WorkspaceStore::digest(const SpaceId& space)
{
    TEREN_TRY(const SpaceEntry* entry, known(*core_, space));
    if (const auto evicted = core_->own.evicted.find(space); evicted != core_->own.evicted.end())
        return evicted->second.digest;
    return RecordReader(*core_).digest(*entry);
}

Result<std::vector<std::string>> WorkspaceStore::selfCheck()
{
    SelfCheck check(*core_);
    TEREN_TRY(std::vector<std::string> problems, check.run());
    if (!check.repetitionDiffers())
        return problems;
    const Status made = core_->transact([&] { return makeDerivedAnew(*core_); });
    problems.push_back(
        made ? "The search index and what lists show were made anew from the records; check once more."
             : "The search index and what lists show could not be made anew: " + made.error().detail + ".");
    return problems;
}

Result<std::vector<Notice>> WorkspaceStore::notices()
{
    return Notices(*core_).open();
}

Status WorkspaceStore::tell(NoticeKind kind, const std::vector<std::string>& parts)
{
    return core_->transact([&] { return Notices(*core_).tell(kind, parts); });
}

Status WorkspaceStore::dismissNotices(std::int64_t upTo)
{
    return core_->transact([&] { return Notices(*core_).dismiss(upTo); });
}

}  // namespace teren::store
