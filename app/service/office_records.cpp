// SPDX-License-Identifier: EUPL-1.2
// Cases and records: what people write down.
#include "app/service/eviction.h"
#include "app/service/office_parts.h"
#include "app/service/operations.h"
#include "app/service/record_view.h"
#include "app/service/value_checks.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <set>

namespace teren::service {
namespace {

constexpr std::string_view kFirstStage = "zgloszenie";

/// Types that the app writes itself; nobody adds one by hand.
bool isWorkspaceType(const std::string& type)
{
    return type == "case" || type == "member" || type == "device" || type == "workspace";
}

/// 12 for "AS-1/2026/012" and the prefix "AS-1/2026/"; 0 for a number of another kind. Numbers are also given
/// and changed by hand, so the highest one counts and not how many there are.
std::size_t countIn(const std::string& number, const std::string& prefix)
{
    constexpr std::size_t kCountDigitsMax = 9;
    if (!number.starts_with(prefix) || number.size() - prefix.size() > kCountDigitsMax)
        return 0;
    std::size_t count = 0;
    const char* const end = number.data() + number.size();
    const auto read = std::from_chars(number.data() + prefix.size(), end, count);
    return read.ec == std::errc() && read.ptr == end ? count : 0;
}

/// "AS-1/2026/003": unique without a network, because the device's label is.
Result<std::string> nextCaseNumber(Office& office)
{
    Office::Parts& parts = office.parts();
    const auto today = std::chrono::floor<std::chrono::days>(parts.around.clock.now());
    const int year = static_cast<int>(std::chrono::year_month_day(today).year());
    const std::string prefix
        = parts.people->deviceLabel(parts.store->device()) + "/" + std::to_string(year) + "/";
    if (parts.numberPrefix != prefix) {
        TEREN_TRY(const std::vector<store::StoredRecord> cases, parts.store->recordsOfType("case"));
        parts.numbersTaken = 0;
        for (const store::StoredRecord& one : cases)
            parts.numbersTaken = std::max(parts.numbersTaken, countIn(valueIn(one, "number"), prefix));
        for (const EvictedCase& away : evictedCases(office))
            parts.numbersTaken = std::max(parts.numbersTaken, countIn(away.number, prefix));
        parts.numberPrefix = prefix;
    }
    const std::string count = std::to_string(++parts.numbersTaken);
    return prefix + std::string(count.size() < 3 ? 3 - count.size() : 0, '0') + count;
}

/// Whether the office lets this device open a case. A case that the server would refuse must not begin here.
Status checkMayOpenCases(const store::WorkspaceStore& store)
{
    if (!store.isMember())
        return fail(Errc::Refused, "this device is not admitted to the workspace yet");
    const ledger::Membership::Device* self = store.membership().find(store.device());
    if (self == nullptr || (self->rights & ledger::OpenSpaces) == 0)
        return fail(
            Errc::Refused, "your role does not let you open a case; ask a social worker or the animator");
    return {};
}

CaseSummary summaryOf(const store::StoredRecord& record, const domain::SchemaSet& schemas)
{
    CaseSummary summary;
    summary.id = record.space;
    summary.title = valueIn(record, "title");
    summary.number = valueIn(record, "number");
    summary.stage = inForceOf(record, "stage", schemas);
    summary.place = valueIn(record, "place");
    summary.changedAt = record.lastStamp.wall;
    return summary;
}

std::set<std::string> elementsOf(const std::string& list)
{
    std::set<std::string> elements;
    for (std::size_t start = 0; start <= list.size();) {
        const std::size_t end = std::min(list.find(',', start), list.size());
        if (end > start)
            elements.insert(list.substr(start, end - start));
        start = end + 1;
    }
    return elements;
}

/// What there is of a field, and what its author had before them.
struct FieldBefore {
    std::vector<std::string> now;
    std::vector<std::string> shown;
};

/// A set field takes the elements that should be there. Only what the author added to the elements that were
/// shown, or took out of them, becomes operations: an element that came meanwhile was not taken out.
void appendSetOps(
    std::vector<Op>& ops, const RecordId& record, const std::string& field, const std::string& wanted,
    const FieldBefore& before)
{
    const std::set<std::string> target = elementsOf(wanted);
    const std::set<std::string> there(before.now.begin(), before.now.end());
    for (const std::string& element : target)
        if (!there.contains(element))
            ops.push_back({OpKind::SetAdd, record, field, toBytes(viewOf(element))});
    for (const std::string& element : std::set<std::string>(before.shown.begin(), before.shown.end()))
        if (!target.contains(element) && there.contains(element))
            ops.push_back({OpKind::SetRemove, record, field, toBytes(viewOf(element))});
}

/// Fields of an existing record, and what their author had before them.
struct RecordBefore {
    RecordView view;
    const std::optional<ShownValues>& shown;

    FieldBefore field(const std::string& id) const
    {
        FieldBefore before;
        if (const auto found = view.fields.find(id); found != view.fields.end())
            before.now = shownIn(found->second);
        before.shown = before.now;
        if (shown) {
            const auto found = shown->find(id);
            before.shown = found == shown->end() ? std::vector<std::string>() : found->second;
        }
        return before;
    }
};

bool hasAnswer(const FieldBefore& before)
{
    return std::ranges::any_of(before.now, [](const std::string& one) { return !one.empty(); });
}

/// Whether the field holds `value` and nothing else.
bool holdsOnly(const FieldBefore& before, const std::string& value)
{
    return before.now.empty() ? value.empty() : before.now.size() == 1 && before.now.front() == value;
}

/// Checks every value against the schema and turns it into operations. An unchanged value makes none.
/// @param space     Of the record; nothing for a case that is to be opened.
/// @param existing  nullptr for a new record.
/// @return `ChangedMeanwhile` if one would replace a value that its author was not shown.
Result<std::vector<Op>> opsFor(
    const Office::Parts& parts, const std::optional<SpaceId>& space, const domain::RecordType& type,
    const RecordId& record, const FieldValues& fields, const RecordBefore* existing)
{
    std::vector<Op> ops;
    std::string changed;
    for (const auto& [fieldId, input] : fields) {
        const domain::Field* field = type.find(fieldId);
        if (field == nullptr)
            return fail(Errc::Invalid, type.id + "." + fieldId + ": there is no such field");
        TEREN_TRY(const std::string value, parts.around.schemas.canonical(type, fieldId, input));
        const FieldBefore before = existing == nullptr ? FieldBefore() : existing->field(fieldId);
        if (hasAnswer(before))
            TEREN_CHECK(checkNotEmptied(type, *field, value));
        if (field->policy == domain::MergePolicy::Set) {
            appendSetOps(ops, record, fieldId, value, before);
            continue;
        }
        if (holdsOnly(before, value))
            continue;
        if (before.now != before.shown)
            changed += (changed.empty() ? "" : ", ") + type.id + "." + fieldId;
        if (space)
            TEREN_CHECK(checkReference(*parts.store, *space, type, *field, value));
        ops.push_back(assignOp(record, fieldId, value));
    }
    if (!changed.empty())
        return fail(Errc::ChangedMeanwhile, changed + ": somebody else wrote here meanwhile");
    return ops;
}

/// Looks at what would be written, not at what was typed: blanks alone are no answer.
Status checkRequired(const domain::RecordType& type, const std::vector<Op>& ops)
{
    for (const domain::Field& field : type.fields) {
        const auto isAnswer = [&](const Op& op) { return op.field == field.id && !op.value.empty(); };
        if (field.required && std::ranges::none_of(ops, isAnswer))
            return fail(Errc::Invalid, type.id + "." + field.id + ": this field is needed to add the record");
    }
    return {};
}

Status checkIsCase(const Office::Parts& parts, const CaseId& caseId)
{
    if (!parts.store->holds(caseId, ledger::SpaceKind::CaseInternal))
        return fail(Errc::NotFound, "no case " + caseId.hex() + " on this device");
    return {};
}

}  // namespace

Result<CaseSummary> Office::newCase(const std::string& title, const std::string& number)
{
    TEREN_TRY(store::WorkspaceStore * store, parts_->workspace());
    TEREN_CHECK(checkMayOpenCases(*store));
    TEREN_TRY(const domain::RecordType* type, parts_->typeNamed("case"));
    FieldValues fields{
        {"title", title},
        {"number", number},
        {"stage", std::string(kFirstStage)},
        {"model", std::string(identifierOf(model()))}};
    if (number.empty()) {
        TEREN_TRY(fields["number"], nextCaseNumber(*this));
    } else {
        parts_->forgetNumbers();
    }
    parts_->caseNumbers.reset();
    const RecordId record = RecordId::random(parts_->around.random);
    TEREN_TRY(std::vector<Op> ops, opsFor(*parts_, {}, *type, record, fields, nullptr));
    TEREN_CHECK(checkRequired(*type, ops));
    ops.insert(ops.begin(), insertOp(record, "case", {}));
    TEREN_CHECK(store->openSpace(ledger::SpaceKind::CaseInternal, ops));
    TEREN_TRY(const store::StoredRecord made, store->record(record));
    CaseSummary summary = summaryOf(made, parts_->around.schemas);
    summary.unsent = 1;
    return summary;
}

Result<std::vector<CaseSummary>> Office::cases()
{
    TEREN_TRY(store::WorkspaceStore * store, parts_->workspace());
    TEREN_TRY(const std::vector<store::StoredRecord> records, store->recordsOfType("case"));
    TEREN_TRY(const auto unsent, store->unsentCounts());
    TEREN_TRY(const auto conflicts, store->conflictCounts());
    const auto countIn = [](const std::map<SpaceId, std::uint64_t>& counts, const SpaceId& space) {
        const auto found = counts.find(space);
        return found == counts.end() ? std::uint64_t{0} : found->second;
    };
    std::vector<CaseSummary> cases;
    cases.reserve(records.size());
    for (const store::StoredRecord& record : records) {
        CaseSummary summary = summaryOf(record, parts_->around.schemas);
        summary.unsent = countIn(unsent, record.space);
        summary.conflicts = countIn(conflicts, record.space);
        cases.push_back(std::move(summary));
    }
    std::ranges::sort(cases, {}, [](const CaseSummary& one) { return std::tie(one.number, one.id); });
    return cases;
}

Result<std::vector<CaseId>> Office::casesNumbered(const std::string& number)
{
    TEREN_TRY(store::WorkspaceStore * store, parts_->workspace());
    std::optional<std::multimap<std::string, CaseId>>& known = parts_->caseNumbers;
    if (!known) {
        TEREN_TRY(const std::vector<store::StoredRecord> records, store->recordsOfType("case"));
        known.emplace();
        for (const store::StoredRecord& record : records)
            known->emplace(valueIn(record, "number"), record.space);
    }
    std::vector<CaseId> cases;
    for (auto [next, end] = known->equal_range(number); next != end; ++next)
        cases.push_back(next->second);
    return cases;
}

Result<CaseSummary> Office::findCase(const CaseId& id)
{
    TEREN_TRY(store::WorkspaceStore * store, parts_->workspace());
    TEREN_CHECK(checkIsCase(*parts_, id));
    TEREN_TRY(const std::vector<store::StoredRecord> records, store->records(id, "case"));
    if (records.empty())
        return std::unexpected(whyNotHere(*this, id));
    CaseSummary summary = summaryOf(records.front(), parts_->around.schemas);
    TEREN_TRY(const auto unsent, store->unsentCounts());
    TEREN_TRY(const auto conflicts, store->conflictCounts());
    if (const auto found = unsent.find(id); found != unsent.end())
        summary.unsent = found->second;
    if (const auto found = conflicts.find(id); found != conflicts.end())
        summary.conflicts = found->second;
    return summary;
}

Result<RecordId> Office::addRecord(const CaseId& caseId, const std::string& typeId, const FieldValues& fields)
{
    TEREN_TRY(store::WorkspaceStore * store, parts_->workspace());
    TEREN_CHECK(checkIsCase(*parts_, caseId));
    if (isWorkspaceType(typeId))
        return fail(Errc::Invalid, "type: '" + typeId + "' is not added by hand");
    if (typeId == kAttachmentType)
        return fail(Errc::Invalid, "type: an attachment is added with its file");
    if (typeId == kVersionType)
        return fail(Errc::Invalid, "type: a version is made by freezing a record");
    TEREN_TRY(const domain::RecordType* type, parts_->typeNamed(typeId));
    const RecordId record = RecordId::random(parts_->around.random);
    TEREN_TRY(std::vector<Op> ops, opsFor(*parts_, caseId, *type, record, fields, nullptr));
    TEREN_CHECK(checkRequired(*type, ops));
    TEREN_TRY(const std::string order, parts_->orderAtEnd(caseId, typeId));
    ops.insert(ops.begin(), insertOp(record, typeId, order));
    const store::SpaceOps save{caseId, std::move(ops)};
    TEREN_CHECK(store->save({&save, 1}));
    return record;
}

Status Office::setFields(
    const RecordRef& which, const FieldValues& fields, const std::optional<ShownValues>& shown)
{
    TEREN_TRY(const store::StoredRecord record, parts_->stored(which));
    TEREN_CHECK(parts_->checkMayEdit(record));
    TEREN_TRY(const domain::RecordType* type, parts_->typeNamed(record.type));
    // An edit brings a deleted record back: not by somebody who does not know that it was deleted.
    if (shown && (record.deleted || record.deletedButEdited))
        return fail(Errc::ChangedMeanwhile, record.type + ": somebody else deleted this record");
    const RecordBefore before{toView(record, parts_->around.schemas, *parts_->people), shown};
    TEREN_TRY(std::vector<Op> ops, opsFor(*parts_, record.space, *type, record.id, fields, &before));
    if (ops.empty())
        return {};
    if (record.type == "case")
        parts_->forgetNumbers();
    const store::SpaceOps save{record.space, std::move(ops)};
    return parts_->store->save({&save, 1});
}

Status Office::saveForm(const FormKey& form, const Draft& answers)
{
    TEREN_TRY(store::WorkspaceStore * store, parts_->workspace());
    const Status saved = store->together([&]() -> Status {
        if (form.record) {
            TEREN_CHECK(setFields({form.caseId, *form.record}, answers.answers, answers.shown));
        } else {
            TEREN_CHECK(addRecord(form.caseId, form.type, answers.answers));
        }
        return dropDraft(form.text());
    });
    if (!saved)
        // Why it was not accepted matters more than why it could not be kept as well.
        (void)saveDraft(form.text(), answers);
    return saved;
}

Status Office::deleteRecord(const RecordRef& which, const std::string& reason)
{
    TEREN_TRY(const store::StoredRecord record, parts_->stored(which));
    if (isWorkspaceType(record.type))
        return fail(Errc::Refused, "a " + record.type + " is not deleted by hand");
    if (record.type == kVersionType)
        return fail(Errc::Refused, "a frozen version stays as it is; correct the record and freeze it again");
    if (record.deleted)
        return {};
    const auto isUnwritable = [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return (code < 0x20 && c != '\t' && c != '\n' && c != '\r') || code == 0x7F;
    };
    if (std::ranges::any_of(reason, isUnwritable))
        return fail(Errc::Invalid, "reason: holds a control character; take it out");
    const store::SpaceOps save{record.space, {{OpKind::Delete, record.id, {}, toBytes(viewOf(reason))}}};
    return parts_->store->save({&save, 1});
}

Result<RecordView> Office::record(const RecordRef& which)
{
    TEREN_TRY(const store::StoredRecord record, parts_->stored(which));
    return toView(record, parts_->around.schemas, *parts_->people);
}

Result<std::vector<RecordView>> Office::records(const CaseId& caseId, const std::string& type)
{
    TEREN_TRY(store::WorkspaceStore * store, parts_->workspace());
    TEREN_CHECK(checkIsCase(*parts_, caseId));
    if (!type.empty())
        TEREN_CHECK(parts_->typeNamed(type));
    TEREN_TRY(const std::vector<store::StoredRecord> records, store->records(caseId, type));
    std::vector<RecordView> views;
    for (const store::StoredRecord& record : records)
        // The case itself and versions are asked for by type; among its records they would be strangers.
        if (!type.empty() || (record.type != "case" && record.type != kVersionType))
            views.push_back(toView(record, parts_->around.schemas, *parts_->people));
    return views;
}

Result<std::vector<RecordView>> Office::visitsOn(const std::string& day)
{
    TEREN_TRY(store::WorkspaceStore * store, parts_->workspace());
    TEREN_TRY(const std::vector<store::StoredRecord> visits, store->recordsOfType("visit"));
    std::vector<RecordView> views;
    for (const store::StoredRecord& visit : visits)
        if (valueIn(visit, "date") == day)
            views.push_back(toView(visit, parts_->around.schemas, *parts_->people));
    std::ranges::sort(views, {}, [](const RecordView& view) {
        const auto time = view.fields.find("time");
        return time == view.fields.end() ? std::string() : time->second.text();
    });
    return views;
}

Result<std::vector<RecordView>> Office::tasksDueBy(const std::string& day)
{
    TEREN_TRY(store::WorkspaceStore * store, parts_->workspace());
    TEREN_TRY(const std::vector<store::StoredRecord> tasks, store->recordsOfType("task"));
    const auto dueOf = [](const RecordView& view) {
        const auto due = view.fields.find("due");
        return due == view.fields.end() ? std::string() : due->second.text();
    };
    std::vector<RecordView> views;
    for (const store::StoredRecord& task : tasks) {
        const std::string due = valueIn(task, "due");
        const std::string status = valueIn(task, "status");
        if (!due.empty() && due <= day && status != "done" && status != "dropped")
            views.push_back(toView(task, parts_->around.schemas, *parts_->people));
    }
    std::ranges::sort(views, {}, dueOf);
    return views;
}

}  // namespace teren::service
