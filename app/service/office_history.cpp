// SPDX-License-Identifier: EUPL-1.2
// Everything that was ever written to a record, by whom and over what.
#include "app/service/office_parts.h"
#include "app/service/operations.h"
#include "app/service/record_view.h"
#include "app/service/values_before.h"

#include <algorithm>

namespace teren::service {
namespace {

/// What an assignment was, and over what.
void tellAssignment(
    HistoryItem& item, const store::HistoryEntry& entry, const ValuesBefore& values,
    const domain::Field* field)
{
    const store::HistoryEntry* before = values.of(entry);
    if (before != nullptr)
        item.oldValue = std::string(textOf(before->value.value));
    std::vector<std::string> apart;
    for (const store::HistoryEntry* one : values.allOf(entry))
        apart.emplace_back(textOf(one->value.value));
    std::ranges::sort(apart);
    apart.erase(std::ranges::unique(apart).begin(), apart.end());
    if (apart.size() > 1) {
        item.kind = HistoryKind::Decided;
        item.decidedOver = std::move(apart);
    } else if (before != nullptr && field != nullptr && field->policy == domain::MergePolicy::Append) {
        item.kind = HistoryKind::Amended;
    }
}

/// @param inserted  Whether the history up to the entry has inserted the record already.
HistoryItem itemOf(
    const store::HistoryEntry& entry, bool inserted, const ValuesBefore& values, const domain::Field* field)
{
    HistoryItem item;
    item.field = entry.field;
    item.newValue = std::string(textOf(entry.value.value));
    item.confirmed = entry.confirmed;
    item.inForce = entry.inForce;
    switch (entry.value.kind) {
    case OpKind::Insert:
        // A record is inserted again to bring it back from a deletion.
        item.kind = inserted ? HistoryKind::Restored : HistoryKind::Created;
        item.field = inserted ? "@restored" : "@created";
        break;
    case OpKind::Delete:
        item.kind = HistoryKind::Deleted;
        item.field = "@deleted";
        break;
    case OpKind::SetAdd:
        item.kind = HistoryKind::Added;
        break;
    case OpKind::SetRemove:
        item.kind = HistoryKind::TakenOut;
        std::swap(item.oldValue, item.newValue);
        break;
    case OpKind::Assign:
        tellAssignment(item, entry, values, field);
        break;
    }
    return item;
}

/// The history and, of each entry that people see, its item.
struct Told {
    const store::HistoryEntry* entry;
    HistoryItem item;
};

/// Says of a value who corrected it, where nothing is replaced: the first in time.
void tellCorrections(std::vector<Told>& told, const ValuesBefore& values)
{
    std::map<const store::HistoryEntry*, const HistoryItem*> corrections;
    for (const Told& one : told)
        if (one.item.kind == HistoryKind::Amended || one.item.kind == HistoryKind::Decided)
            for (const store::HistoryEntry* before : values.allOf(*one.entry))
                corrections.emplace(before, &one.item);
    for (Told& one : told)
        if (const auto found = corrections.find(one.entry); found != corrections.end())
            one.item.amendedBy = found->second->by;
}

}  // namespace

Result<std::vector<HistoryItem>> Office::history(const RecordRef& which)
{
    TEREN_TRY(RecordHistory history, recordHistory(which));
    return std::move(history.items);
}

Result<RecordHistory> Office::recordHistory(const RecordRef& which)
{
    TEREN_TRY(const store::StoredRecord record, parts_->stored(which));
    TEREN_TRY(const std::vector<store::HistoryEntry> all, parts_->store->history(record.space, record.id));
    TEREN_TRY(const std::vector<store::StoredRecord> cases, parts_->store->records(record.space, "case"));
    RecordHistory history;
    history.record = record.id;
    history.caseId = record.space;
    history.caseTitle = cases.empty() ? std::string() : valueIn(cases.front(), "title");
    history.type = record.type;
    history.title = titleOf(record, parts_->around.schemas);
    history.presence = toView(record, parts_->around.schemas, *parts_->people).presence;
    const ValuesBefore values(all);
    const domain::RecordType* type = parts_->around.schemas.find(record.type);
    std::vector<Told> told;
    told.reserve(all.size());
    bool inserted = false;
    for (const store::HistoryEntry& entry : all) {
        const domain::Field* field = type == nullptr ? nullptr : type->find(entry.field);
        if ((field != nullptr && field->internal) || entry.field == kOrderField)
            continue;
        HistoryItem item = itemOf(entry, inserted, values, field);
        inserted = inserted || entry.value.kind == OpKind::Insert;
        item.by = parts_->people->authorship(entry.value.dot, entry.value.stamp);
        told.push_back({&entry, std::move(item)});
    }
    tellCorrections(told, values);
    history.items.reserve(told.size());
    for (Told& one : told)
        history.items.push_back(std::move(one.item));
    return history;
}

std::string_view identifierOf(HistoryKind kind)
{
    switch (kind) {
    case HistoryKind::Created:
        return "created";
    case HistoryKind::Written:
        return "written";
    case HistoryKind::Amended:
        return "amended";
    case HistoryKind::Decided:
        return "decided";
    case HistoryKind::Added:
        return "added";
    case HistoryKind::TakenOut:
        return "taken-out";
    case HistoryKind::Deleted:
        return "deleted";
    case HistoryKind::Restored:
        break;
    }
    return "restored";
}

}  // namespace teren::service
