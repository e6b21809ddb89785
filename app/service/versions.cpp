// SPDX-License-Identifier: EUPL-1.2
#include "app/service/versions.h"

#include "app/service/office_parts.h"
#include "app/service/operations.h"
#include "app/service/record_view.h"
#include "app/service/version_content.h"
#include "crypto/base/hex.h"
#include "crypto/base/limits.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace teren::service {
namespace {

using Json = nlohmann::json;

constexpr const char* kFrozenField = "frozen";

/// What a record of a case may not be to be signed.
Status checkFreezable(const store::StoredRecord& record)
{
    for (const std::string_view type : {"case", "member", "device", "workspace"})
        if (record.type == type)
            return fail(Errc::Refused, "a " + record.type + " is no document; freeze a record of a case");
    if (record.type == kVersionType || record.type == kAttachmentType)
        return fail(Errc::Refused, "what is in a " + record.type + " never changes; nothing is to be frozen");
    if (record.deleted)
        return fail(Errc::Refused, "record " + record.id.hex() + " was deleted");
    if (record.deletedButEdited)
        return fail(
            Errc::Refused,
            "record " + record.id.hex()
                + " was deleted by one person and edited by another; decide that first");
    return {};
}

/// The answer of one field. A merge makes no version: what is a conflict is for people to decide.
Result<FrozenValue> frozenValue(
    const domain::RecordType& type, const domain::Field& field, const Register& values)
{
    const Reading reading = read(field.policy, values, field.safestFirst);
    if (reading.inConflict)
        return fail(
            Errc::Refused,
            type.id + "." + field.id
                + " has two versions that were written apart; decide between them first");
    std::vector<std::string> texts;
    texts.reserve(reading.values.size());
    for (const DistinctValue& value : reading.values)
        texts.emplace_back(textOf(value.value));
    if (field.policy == domain::MergePolicy::Set)
        return FrozenValue(std::move(texts));
    return FrozenValue(
        reading.inForce ? std::string(textOf(reading.values[*reading.inForce].value)) : std::string());
}

Result<FrozenRecord> frozenRecord(const store::StoredRecord& record, const domain::RecordType& type)
{
    FrozenRecord frozen{record.type, {}};
    for (const auto& [id, values] : record.fields) {
        const domain::Field* const field = type.find(id);
        if (id == store::kAdoptedField || values.empty() || (field != nullptr && field->internal))
            continue;
        // Nobody signs what is not shown to them, and nobody signs less than there is.
        if (field == nullptr)
            return fail(
                Errc::Refused,
                type.id + "." + id + " was written by another version of the program; update this one first");
        TEREN_TRY(frozen.fields[id], frozenValue(type, *field, values));
    }
    return frozen;
}

Result<std::string> contentOf(
    const Office::Parts& parts, const store::StoredRecord& document, std::span<const RecordRef> with)
{
    FrozenState state{document.space, document.id, {}};
    const auto add = [&](const store::StoredRecord& record) -> Status {
        TEREN_CHECK(checkFreezable(record));
        TEREN_TRY(const domain::RecordType* type, parts.typeNamed(record.type));
        TEREN_TRY(state.records[record.id], frozenRecord(record, *type));
        return {};
    };
    TEREN_CHECK(add(document));
    for (const RecordRef& one : with) {
        const Result<store::StoredRecord> record = parts.store->record(document.space, one.id);
        if (!record || record->type.empty())
            return fail(Errc::NotFound, "no record " + one.id.hex() + " in the document's case");
        TEREN_CHECK(add(*record));
    }
    TEREN_TRY(std::string content, canonicalJson(std::move(state)));
    if (content.size() > limits::kValueMax)
        return fail(
            Errc::LimitExceeded,
            "the document has " + std::to_string(content.size()) + " bytes; a version holds at most "
                + std::to_string(limits::kValueMax));
    return content;
}

/// What was ever written as the content of a version.
struct Written {
    WrittenOnce once;
    std::set<Dot> confirmed;  ///< Of these, what the server has.
};

Result<Written> writtenIn(store::WorkspaceStore& store, const SpaceId& space, const RecordId& version)
{
    TEREN_TRY(std::vector<store::HistoryEntry> history, store.history(space, version));
    Written written;
    std::vector<teren::HistoryEntry> entries;
    for (store::HistoryEntry& entry : history) {
        if (entry.field != kFrozenField || entry.value.kind == OpKind::SetRemove)
            continue;
        if (entry.confirmed)
            written.confirmed.insert(entry.value.dot);
        entries.push_back({std::move(entry.value), std::move(entry.seen)});
    }
    const auto isItsContent = [&](ByteView content) { return versionId(textOf(content)) == version; };
    written.once = readOnce(std::move(entries), isItsContent);
    return written;
}

bool isSubject(ByteView content, const SpaceId& space, const RecordId& document)
{
    const Result<VersionSubject> subject = subjectOf(textOf(content));
    return subject && *subject == VersionSubject{space, document};
}

/// Whether the records of a version, taken as they stand today, come out as the same bytes.
bool isCurrent(const Office::Parts& parts, const store::StoredRecord& document, std::string_view content)
{
    const Json json = Json::parse(content, nullptr, false);
    if (!json.is_object() || !json.contains("records") || !json["records"].is_object())
        return false;
    std::vector<RecordRef> with;
    for (const auto& [id, record] : json["records"].items())
        if (const Result<RecordId> one = RecordId::fromHex(id); one && *one != document.id)
            with.emplace_back(*one);
    const Result<std::string> today = contentOf(parts, document, with);
    return today && *today == content;
}

/// The writings of one version, in the order of `VersionView`.
struct Found {
    VersionView view;
    std::optional<teren::HistoryEntry> first;
};

std::optional<Found> versionFrom(
    const Office::Parts& parts, const store::StoredRecord& document, const RecordId& id, Written all)
{
    Found found;
    WrittenOnce& written = all.once;
    VersionView& view = found.view;
    view.id = id;
    view.caseId = document.space;
    view.document = document.id;
    view.genuine = !written.writings.empty()
        && isSubject(written.writings.front().value.value, document.space, document.id);
    const auto claims = [&](const teren::HistoryEntry& entry) {
        return isSubject(entry.value.value, document.space, document.id);
    };
    if (!view.genuine && (!written.writings.empty() || std::ranges::none_of(written.attempts, claims)))
        return std::nullopt;
    for (const teren::HistoryEntry& entry : written.attempts)
        view.attempts.push_back(
            {std::string(textOf(entry.value.value)),
             parts.people->authorship(entry.value.dot, entry.value.stamp)});
    if (!view.genuine)
        return found;
    view.content = std::string(textOf(written.writings.front().value.value));
    view.hash = toHex(versionHash(view.content));
    view.current = isCurrent(parts, document, view.content);
    view.confirmed = std::ranges::any_of(written.writings, [&](const teren::HistoryEntry& entry) {
        return all.confirmed.contains(entry.value.dot);
    });
    for (const teren::HistoryEntry& entry : written.writings)
        view.by.push_back(parts.people->authorship(entry.value.dot, entry.value.stamp));
    found.first = std::move(written.writings.front());
    return found;
}

/// Causes before effects, the false ones last.
std::vector<VersionView> inOrder(std::vector<Found> found)
{
    std::vector<teren::HistoryEntry> firsts;
    for (const Found& one : found)
        if (one.first)
            firsts.push_back(*one.first);
    sortCausally(firsts);
    const auto place = [&](const Found& one) {
        const auto same = [&](const teren::HistoryEntry& first) {
            return one.first && first.value.dot == one.first->value.dot
                && first.value.value == one.first->value.value;
        };
        return std::pair(std::ranges::find_if(firsts, same) - firsts.begin(), one.view.id);
    };
    std::ranges::sort(found, {}, place);
    std::vector<VersionView> views;
    views.reserve(found.size());
    for (Found& one : found)
        views.push_back(std::move(one.view));
    return views;
}

}  // namespace

Result<RecordId> freeze(Office& office, const RecordRef& which, std::span<const RecordRef> with)
{
    Office::Parts& parts = office.parts();
    TEREN_TRY(const store::StoredRecord document, parts.stored(which));
    TEREN_TRY(const std::string content, contentOf(parts, document, with));
    const RecordId version = versionId(content);
    TEREN_TRY(const Written written, writtenIn(*parts.store, document.space, version));
    if (!written.once.writings.empty())
        return version;
    const store::SpaceOps save{
        document.space,
        {insertOp(version, std::string(kVersionType), {}), assignOp(version, kFrozenField, content)}};
    TEREN_CHECK(parts.store->save({&save, 1}));
    return version;
}

Result<std::vector<VersionView>> versionsOf(Office& office, const RecordRef& which)
{
    Office::Parts& parts = office.parts();
    TEREN_TRY(const store::StoredRecord document, parts.stored(which));
    TEREN_TRY(const std::vector<RecordId> candidates, parts.store->everHaving(document.space, kFrozenField));
    std::vector<Found> found;
    for (const RecordId& id : candidates) {
        TEREN_TRY(Written written, writtenIn(*parts.store, document.space, id));
        if (std::optional<Found> one = versionFrom(parts, document, id, std::move(written)))
            found.push_back(*std::move(one));
    }
    return inOrder(std::move(found));
}

}  // namespace teren::service
