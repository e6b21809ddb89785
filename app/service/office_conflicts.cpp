// SPDX-License-Identifier: EUPL-1.2
// Conflicts: two values of one thing, who wrote them, and a person's decision.
#include "app/service/office_parts.h"
#include "app/service/operations.h"
#include "app/service/record_view.h"
#include "app/service/value_checks.h"
#include "crypto/base/hex.h"
#include "crypto/sign/hash.h"

#include <algorithm>
#include <tuple>

namespace teren::service {
namespace {

constexpr std::string_view kDeletedField = "@deleted";

std::vector<teren::HistoryEntry> historyOf(
    const std::vector<store::HistoryEntry>& all, const std::string& field)
{
    std::vector<teren::HistoryEntry> entries;
    for (const store::HistoryEntry& entry : all)
        if (entry.field == field)
            entries.push_back({entry.value, entry.seen});
    return entries;
}

bool keepsBoth(const domain::Field* field)
{
    return field != nullptr && field->type == domain::FieldType::Text;
}

void putMineFirst(std::vector<ConflictSide>& sides)
{
    std::ranges::sort(sides, [](const ConflictSide& left, const ConflictSide& right) {
        if (left.by.mine != right.by.mine)
            return left.by.mine;
        return std::tie(left.by.at, left.value) < std::tie(right.by.at, right.value);
    });
}

/// A text with the edits of all sides; empty where some overlap. The same on every device, whoever's side
/// comes first there.
std::string proposalFor(const ConflictView& view)
{
    std::vector<std::string> texts;
    texts.reserve(view.sides.size());
    for (const ConflictSide& side : view.sides)
        texts.push_back(side.value);
    std::ranges::sort(texts);
    const std::string base = view.base.value_or("");
    std::optional<std::string> merged = texts.front();
    for (std::size_t i = 1; merged && i < texts.size(); ++i)
        merged = mergeTexts(base, *merged, texts[i]);
    return merged.value_or("");
}

/// The sides of a field that was edited apart, what they began from, and a merge where one can be proposed.
void describeEdits(
    ConflictView& view, const Register& values, const std::vector<teren::HistoryEntry>& history,
    const domain::Field* field, const People& people)
{
    std::vector<Dot> dots;
    for (const DistinctValue& value : values.distinctValues()) {
        const Writing& writing = value.writings.back();
        dots.push_back(writing.dot);
        view.sides.push_back(
            {std::string(textOf(value.value)), false, people.authorship(writing.dot, writing.stamp), {}});
    }
    const std::vector<FieldValue> bases = commonBase(history, dots);
    if (bases.size() == 1) {
        view.base = std::string(textOf(bases.front().value));
        view.baseBy = people.authorship(bases.front().dot, bases.front().stamp);
    }
    putMineFirst(view.sides);
    for (ConflictSide& side : view.sides)
        side.difference = wordDiff(view.base.value_or(""), side.value);
    view.bothPossible = keepsBoth(field);
    if (view.bothPossible)
        view.proposal = proposalFor(view);
    if (field != nullptr && field->policy == domain::MergePolicy::State) {
        const Reading reading = read(field->policy, values, field->safestFirst);
        if (reading.inForce)
            view.inForce = std::string(textOf(reading.values[*reading.inForce].value));
    }
}

void addVersion(Hasher& hasher, std::span<const FieldValue> values)
{
    for (const FieldValue& value : values)
        hasher.add(value.dot.author.device.view())
            .addNumber(value.dot.author.life)
            .addNumber(value.dot.seq)
            .addNumber(value.index);
}

/// Names what the conflict is made of: any other writing in it gives another version.
std::string versionOf(const store::StoredRecord& record, const std::string& field)
{
    Hasher hasher;
    if (field == kDeletedField) {
        addVersion(hasher, record.deletions);
        for (const auto& [id, values] : record.fields)
            addVersion(hasher, values.values());
    } else if (const auto found = record.fields.find(field); found != record.fields.end()) {
        addVersion(hasher, found->second.values());
    }
    constexpr std::size_t kVersionBytes = 8;
    const Hash hash = hasher.finish();
    return toHex(std::span(hash).first(kVersionBytes));
}

/// Whether a value is in force that none of the deletions in force had seen.
bool isAgainst(const store::HistoryEntry& entry, const std::vector<store::HistoryEntry>& all)
{
    const OpKind kind = entry.value.kind;
    if (!entry.inForce || kind == OpKind::Delete || kind == OpKind::SetRemove)
        return false;
    return std::ranges::none_of(all, [&](const store::HistoryEntry& other) {
        return other.inForce && other.value.kind == OpKind::Delete && other.seen.contains(entry.value.dot);
    });
}

/// Of what one device wrote against a deletion, the writing that tells people most: the title before other
/// fields, those before bringing the record back, the latest of equals.
bool tellsMore(
    const store::HistoryEntry& left, const store::HistoryEntry& right, const std::string& titleField)
{
    const auto rank = [&](const store::HistoryEntry& entry) {
        return std::tuple(
            entry.field == titleField, !entry.field.starts_with('@'), entry.value.stamp, entry.value.dot);
    };
    return rank(left) > rank(right);
}

/// The sides of a deletion that met edits: each deletion, and of each device what it wrote that no deletion
/// had seen. Somebody who only kept the record stands with its title.
void describeDeletion(
    ConflictView& view, const store::StoredRecord& record, const std::vector<store::HistoryEntry>& history,
    const domain::RecordType* type, const People& people)
{
    for (const FieldValue& deletion : record.deletions)
        view.sides.push_back(
            {std::string(textOf(deletion.value)), true, people.authorship(deletion.dot, deletion.stamp), {}});
    const std::string titleField = type == nullptr ? std::string() : type->titleField;
    std::map<DeviceId, const store::HistoryEntry*> edits;
    for (const store::HistoryEntry& entry : history) {
        if (!isAgainst(entry, history))
            continue;
        const store::HistoryEntry*& best = edits[entry.value.dot.author.device];
        if (best == nullptr || tellsMore(entry, *best, titleField))
            best = &entry;
    }
    for (const auto& [device, edit] : edits) {
        const bool isField = !edit->field.starts_with('@');
        view.sides.push_back(
            {isField ? std::string(textOf(edit->value.value)) : view.recordTitle,
             false,
             people.authorship(edit->value.dot, edit->value.stamp),
             {}});
    }
    putMineFirst(view.sides);
}

Result<ConflictView> describe(Office::Parts& parts, const store::FieldConflict& conflict)
{
    TEREN_TRY(const store::StoredRecord record, parts.store->record(conflict.space, conflict.record));
    ConflictView view;
    view.record = conflict.record;
    view.caseId = conflict.space;
    view.recordType = record.type;
    view.recordTitle = titleOf(record, parts.around.schemas);
    TEREN_TRY(const std::vector<store::StoredRecord> cases, parts.store->records(conflict.space, "case"));
    view.caseTitle = cases.empty() ? std::string() : valueIn(cases.front(), "title");
    const domain::RecordType* type = parts.around.schemas.find(record.type);
    TEREN_TRY(
        const std::vector<store::HistoryEntry> history,
        parts.store->history(conflict.space, conflict.record));
    if (conflict.field.empty()) {
        view.field = kDeletedField;
        view.version = versionOf(record, view.field);
        describeDeletion(view, record, history, type, *parts.people);
        return view;
    }
    view.field = conflict.field;
    view.version = versionOf(record, view.field);
    const domain::Field* field = type == nullptr ? nullptr : type->find(conflict.field);
    const auto values = record.fields.find(conflict.field);
    if (values != record.fields.end())
        describeEdits(view, values->second, historyOf(history, conflict.field), field, *parts.people);
    return view;
}

Result<std::vector<ConflictView>> describeAll(Office::Parts& parts, const std::optional<SpaceId>& space)
{
    TEREN_TRY(const std::vector<store::FieldConflict> found, parts.store->conflicts(space));
    std::vector<ConflictView> views;
    for (const store::FieldConflict& conflict : found) {
        TEREN_TRY(ConflictView view, describe(parts, conflict));
        views.push_back(std::move(view));
    }
    return views;
}

Result<ConflictView> conflictAt(Office::Parts& parts, const RecordRef& which, const std::string& field)
{
    TEREN_TRY(const store::StoredRecord record, parts.stored(which));
    TEREN_TRY(const std::vector<store::FieldConflict> found, parts.store->conflicts(record.space));
    for (const store::FieldConflict& conflict : found)
        if (conflict.record == record.id
            && (conflict.field.empty() ? kDeletedField : std::string_view(conflict.field)) == field)
            return describe(parts, conflict);
    return fail(Errc::NotFound, "no open conflict in '" + field + "' of record " + which.id.hex());
}

std::string bothOf(const ConflictView& conflict)
{
    if (!conflict.proposal.empty())
        return conflict.proposal;
    std::string both;
    for (const ConflictSide& side : conflict.sides) {
        if (!both.empty() && !side.value.empty())
            both += "\n\n";
        both += side.value;
    }
    return both;
}

/// Puts a record back: writing its type again has seen the deletion, so it answers it.
Op keepRecord(const store::StoredRecord& record)
{
    return insertOp(record.id, record.type, record.order);
}

Result<Op> decisionOnDeletion(
    const store::StoredRecord& record, const ConflictView& conflict, const Decision& decision)
{
    if (decision.kind != Decision::Kind::KeepSide)
        return fail(Errc::Invalid, "a deletion against an edit is decided by keeping one side");
    if (!conflict.sides[decision.side].deletion)
        return keepRecord(record);
    return Op{OpKind::Delete, record.id, {}, toBytes(viewOf(conflict.sides[decision.side].value))};
}

Result<std::string> decidedValue(
    const domain::SchemaSet& schemas, const ConflictView& conflict, const Decision& decision)
{
    const domain::RecordType* type = schemas.find(conflict.recordType);
    switch (decision.kind) {
    case Decision::Kind::KeepSide:
        return conflict.sides[decision.side].value;
    case Decision::Kind::WriteValue:
        return type == nullptr ? Result<std::string>(decision.value)
                               : schemas.canonical(*type, conflict.field, decision.value);
    case Decision::Kind::KeepBoth:
        break;
    }
    if (!conflict.bothPossible)
        return fail(
            Errc::Invalid,
            conflict.field + ": both values cannot be kept in this field; keep one or write a third");
    return type == nullptr ? Result<std::string>(bothOf(conflict))
                           : schemas.canonical(*type, conflict.field, bothOf(conflict));
}

/// A side that is kept may name what was deleted since: it is there already.
Status checkDecided(
    const Office::Parts& parts, const store::StoredRecord& record, const std::string& fieldId,
    const Decision& decision, const std::string& value)
{
    const domain::RecordType* type = parts.around.schemas.find(record.type);
    const domain::Field* field = type == nullptr ? nullptr : type->find(fieldId);
    if (field == nullptr)
        return {};
    TEREN_CHECK(checkNotEmptied(*type, *field, value));
    if (decision.kind == Decision::Kind::KeepSide)
        return {};
    return checkReference(*parts.store, record.space, *type, *field, value);
}

}  // namespace

Result<std::vector<ConflictView>> Office::conflicts()
{
    TEREN_CHECK(parts_->workspace());
    return describeAll(*parts_, std::nullopt);
}

Result<std::vector<ConflictView>> Office::conflicts(const CaseId& caseId)
{
    TEREN_TRY(const CaseSummary known, findCase(caseId));
    return describeAll(*parts_, known.id);
}

Status Office::decide(const RecordRef& which, const std::string& field, const Decision& decision)
{
    TEREN_TRY(const ConflictView conflict, conflictAt(*parts_, which, field));
    if (decision.version && *decision.version != conflict.version)
        return fail(
            Errc::ChangedMeanwhile, field + ": something was added to this conflict since it was looked at");
    if (decision.kind == Decision::Kind::KeepSide && decision.side >= conflict.sides.size())
        return fail(
            Errc::Invalid,
            "keep: there are " + std::to_string(conflict.sides.size()) + " sides, counted from 1");
    TEREN_TRY(const store::StoredRecord record, parts_->stored(which));
    TEREN_CHECK(parts_->checkMayEdit(record));
    parts_->forgetNumbers();
    store::SpaceOps save{record.space, {}};
    if (field == kDeletedField) {
        TEREN_TRY(Op op, decisionOnDeletion(record, conflict, decision));
        save.ops.push_back(std::move(op));
    } else {
        TEREN_TRY(const std::string value, decidedValue(parts_->around.schemas, conflict, decision));
        TEREN_CHECK(checkDecided(*parts_, record, field, decision, value));
        save.ops.push_back(assignOp(record.id, field, value));
    }
    return parts_->store->save({&save, 1});
}

}  // namespace teren::service
