// SPDX-License-Identifier: EUPL-1.2
#include "app/service/record_details.h"

#include "app/service/office_parts.h"
#include "app/service/operations.h"
#include "app/service/record_view.h"

#include <algorithm>

namespace teren::service {
namespace {

ValueInForce valueOf(const FieldValue& value, const People& people)
{
    return {std::string(textOf(value.value)), people.authorship(value.dot, value.stamp)};
}

std::vector<ValueInForce> valuesOf(const std::vector<teren::HistoryEntry>& entries, const People& people)
{
    std::vector<ValueInForce> values;
    values.reserve(entries.size());
    for (const teren::HistoryEntry& entry : entries)
        values.push_back(valueOf(entry.value, people));
    return values;
}

/// The history of each field that is appended to.
std::map<std::string, std::vector<teren::HistoryEntry>> appendedIn(
    const std::vector<store::HistoryEntry>& history, const domain::RecordType& type)
{
    std::map<std::string, std::vector<teren::HistoryEntry>> fields;
    for (const store::HistoryEntry& entry : history) {
        const domain::Field* const field = type.find(entry.field);
        if (field != nullptr && !field->internal && field->policy == domain::MergePolicy::Append)
            fields[entry.field].push_back({entry.value, entry.seen});
    }
    return fields;
}

std::optional<ValueInForce> withdrawalIn(const store::StoredRecord& record, const People& people)
{
    if (!record.deleted || record.deletions.empty())
        return std::nullopt;
    const auto latest = std::ranges::max_element(record.deletions, {}, [](const FieldValue& deletion) {
        return std::tuple(deletion.stamp, deletion.dot);
    });
    return valueOf(*latest, people);
}

/// Every closing of the case in `space`, causes before effects.
Result<std::vector<store::HistoryEntry>> closingsOf(Office::Parts& parts, const SpaceId& space)
{
    std::vector<store::HistoryEntry> closings;
    const domain::RecordType* const type = parts.around.schemas.find("case");
    const domain::Field* const stage = type == nullptr ? nullptr : type->find("stage");
    if (stage == nullptr)
        return closings;
    TEREN_TRY(const std::vector<store::StoredRecord> cases, parts.store->records(space, "case"));
    for (const store::StoredRecord& one : cases) {
        TEREN_TRY(std::vector<store::HistoryEntry> history, parts.store->history(space, one.id));
        for (store::HistoryEntry& entry : history)
            if (entry.field == stage->id
                && std::ranges::find(stage->closing, textOf(entry.value.value)) != stage->closing.end())
                closings.push_back(std::move(entry));
    }
    return closings;
}

/// What people wrote; what only the program writes and where a row stands is none of it.
bool isEntry(const store::HistoryEntry& entry, const domain::RecordType* type)
{
    if (entry.value.kind == OpKind::Insert || entry.value.kind == OpKind::Delete
        || entry.field == kOrderField)
        return false;
    const domain::Field* const field = type == nullptr ? nullptr : type->find(entry.field);
    return field == nullptr || !field->internal;
}

std::vector<LateEntry> lateIn(
    const std::vector<store::HistoryEntry>& history, const std::vector<store::HistoryEntry>& closings,
    const domain::RecordType* type, const People& people)
{
    std::vector<LateEntry> late;
    for (const store::HistoryEntry& entry : history) {
        const auto isApart = [&](const store::HistoryEntry& closing) {
            return entry.value.dot != closing.value.dot && !entry.seen.contains(closing.value.dot)
                && !closing.seen.contains(entry.value.dot);
        };
        const auto closing = std::ranges::find_if(closings, isApart);
        if (closing == closings.end() || !isEntry(entry, type))
            continue;
        const ValueInForce written = valueOf(entry.value, people);
        late.push_back({entry.field, written.value, written.by, valueOf(closing->value, people)});
    }
    return late;
}

}  // namespace

Result<RecordDetails> detailsOf(Office& office, const RecordRef& which)
{
    Office::Parts& parts = office.parts();
    TEREN_TRY(const store::StoredRecord record, parts.stored(which));
    TEREN_TRY(const std::vector<store::HistoryEntry> history, parts.store->history(record.space, record.id));
    const domain::RecordType* const type = parts.around.schemas.find(record.type);
    RecordDetails details;
    details.view = toView(record, parts.around.schemas, *parts.people);
    if (type != nullptr)
        for (auto& [field, entries] : appendedIn(history, *type)) {
            const Amendments written = amendmentsOf(std::move(entries));
            details.appended[field]
                = {valuesOf(written.originals, *parts.people), valuesOf(written.amendments, *parts.people)};
        }
    details.withdrawn = withdrawalIn(record, *parts.people);
    TEREN_TRY(const std::vector<store::HistoryEntry> closings, closingsOf(parts, record.space));
    details.enteredAfterClosing = lateIn(history, closings, type, *parts.people);
    return details;
}

}  // namespace teren::service
