// SPDX-License-Identifier: EUPL-1.2
#include "app/service/changes.h"

#include "app/service/office_parts.h"
#include "app/service/operations.h"
#include "app/service/record_view.h"

#include <algorithm>

namespace teren::service {
namespace {

/// Titles of cases and records, each read once.
class Titles {
public:
    explicit Titles(Office::Parts& parts) : parts_(parts) {}

    struct Case {
        std::string title;
        std::string number;
    };
    Result<Case> ofCase(const SpaceId& space)
    {
        if (const auto known = cases_.find(space); known != cases_.end())
            return known->second;
        TEREN_TRY(const std::vector<store::StoredRecord> found, parts_.store->records(space, "case"));
        Case one;
        if (!found.empty())
            one = {valueIn(found.front(), "title"), valueIn(found.front(), "number")};
        return cases_.emplace(space, std::move(one)).first->second;
    }
    Result<std::string> ofRecord(const SpaceId& space, const RecordId& record)
    {
        const auto key = std::pair(space, record);
        if (const auto known = records_.find(key); known != records_.end())
            return known->second;
        const Result<store::StoredRecord> stored = parts_.store->record(space, record);
        if (!stored && stored.error().code != Errc::NotFound)
            return std::unexpected(stored.error());
        return records_.emplace(key, stored ? titleOf(*stored, parts_.around.schemas) : std::string())
            .first->second;
    }

private:
    Office::Parts& parts_;
    std::map<SpaceId, Case> cases_;
    std::map<std::pair<SpaceId, RecordId>, std::string> records_;
};

/// Whether this person wrote it, on whatever device.
bool isOwn(const store::WorkspaceStore& store, const Author& author)
{
    if (author.device == store.device())
        return true;
    const auto* theirs = store.membership().find(author.device);
    const auto* self = store.membership().find(store.device());
    return theirs != nullptr && self != nullptr && theirs->member == self->member;
}

/// @return nothing for what people do not see: places of rows, and fields that only the program writes.
std::optional<ChangeItem> itemOf(
    const store::RecordChange& change, const domain::RecordType* type, const People& people)
{
    ChangeItem item;
    bool tells = false;
    for (const auto& [kind, field] : change.ops) {
        if (kind == OpKind::Insert) {
            item.kind = ChangeKind::Created;
            tells = true;
        } else if (kind == OpKind::Delete) {
            item.kind = ChangeKind::Deleted;
            tells = true;
        } else if (!field.starts_with('@')) {
            const domain::Field* known = type == nullptr ? nullptr : type->find(field);
            if (known != nullptr && known->internal)
                continue;
            if (std::ranges::find(item.fields, field) == item.fields.end())
                item.fields.push_back(field);
        }
    }
    if (!tells && item.fields.empty())
        return std::nullopt;
    if (type != nullptr)
        std::ranges::sort(item.fields, {}, [&](const std::string& field) {
            return std::pair(
                std::ranges::find(type->fields, field, &domain::Field::id) - type->fields.begin(), field);
        });
    item.caseId = change.space;
    item.record = change.record;
    item.type = change.type;
    item.by = people.authorship(change.dot, change.stamp);
    item.deleted = change.deleted;
    item.confirmed = !change.unsent;
    return item;
}

/// An insertion of a record that was there before brings it back.
Status tellRestored(store::WorkspaceStore& store, ChangeItem& item, const store::RecordChange& change)
{
    if (item.kind != ChangeKind::Created)
        return {};
    TEREN_TRY(const std::vector<store::HistoryEntry> history, store.history(change.space, change.record));
    for (const store::HistoryEntry& entry : history)
        if (entry.value.kind == OpKind::Insert) {
            if (entry.value.dot != change.dot)
                item.kind = ChangeKind::Restored;
            break;
        }
    return {};
}

Result<std::vector<ChangeItem>> itemsOf(
    Office::Parts& parts, Titles& titles, const std::vector<store::RecordChange>& changes)
{
    std::vector<ChangeItem> items;
    for (const store::RecordChange& change : changes) {
        std::optional<ChangeItem> item
            = itemOf(change, parts.around.schemas.find(change.type), *parts.people);
        if (!item)
            continue;
        TEREN_CHECK(tellRestored(*parts.store, *item, change));
        TEREN_TRY(const Titles::Case found, titles.ofCase(change.space));
        item->caseTitle = found.title;
        TEREN_TRY(item->recordTitle, titles.ofRecord(change.space, change.record));
        items.push_back(*std::move(item));
    }
    return items;
}

/// The newest first.
Result<std::vector<store::Unlooked>> othersWork(
    store::WorkspaceStore& store, const std::optional<SpaceId>& space)
{
    TEREN_TRY(std::vector<store::Unlooked> found, store.unlooked(space));
    std::erase_if(found, [&store](const store::Unlooked& one) { return isOwn(store, one.author); });
    std::ranges::sort(found, [](const store::Unlooked& left, const store::Unlooked& right) {
        return std::tie(right.last, left.space, left.author) < std::tie(left.last, right.space, right.author);
    });
    return found;
}

void addName(std::vector<std::string>& names, std::string name)
{
    if (!name.empty() && std::ranges::find(names, name) == names.end())
        names.push_back(std::move(name));
}

}  // namespace

Result<NewsOverview> Changes::overview(std::size_t limit)
{
    Office::Parts& parts = office_.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_TRY(const std::vector<store::Unlooked> found, othersWork(*store, {}));
    std::map<SpaceId, CaseNews> cases;
    NewsOverview overview;
    for (const store::Unlooked& one : found) {
        CaseNews& news = cases[one.space];
        news.caseId = one.space;
        news.changes += one.upTo - one.after;
        news.last = std::max(news.last, one.last);
        news.isNew = !one.everLooked;
        news.seen.add({one.author, one.upTo});
        addName(news.authors, parts.people->authorship({one.author, one.upTo}, {one.last, 0}).author);
    }
    for (auto& [space, news] : cases) {
        overview.changes += news.changes;
        overview.newCases += news.isNew ? 1 : 0;
        overview.seen[space] = news.seen;
        overview.cases.push_back(std::move(news));
    }
    overview.caseCount = overview.cases.size();
    std::ranges::sort(overview.cases, [](const CaseNews& left, const CaseNews& right) {
        return std::tie(right.last, left.caseId) < std::tie(left.last, right.caseId);
    });
    if (overview.cases.size() > limit)
        overview.cases.resize(limit);
    Titles titles(parts);
    for (CaseNews& news : overview.cases) {
        TEREN_TRY(const Titles::Case named, titles.ofCase(news.caseId));
        news.title = named.title;
        news.number = named.number;
    }
    return overview;
}

Result<ChangeList> Changes::unseen(const std::optional<CaseId>& caseId, std::size_t limit)
{
    Office::Parts& parts = office_.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_TRY(std::vector<store::Unlooked> found, othersWork(*store, caseId));
    ChangeList list;
    for (const store::Unlooked& one : found)
        list.seen[one.space].add({one.author, one.upTo});
    // The newest `limit` changes are of those authors and cases that have the newest last ones.
    list.more = found.size() > limit;
    if (list.more)
        found.resize(limit);
    std::vector<store::RecordChange> changes;
    for (const store::Unlooked& one : found) {
        TEREN_TRY(std::vector<store::RecordChange> theirs, store->changesOf(one, limit));
        list.more = list.more || one.upTo - one.after > limit;
        std::ranges::move(theirs, std::back_inserter(changes));
    }
    std::ranges::sort(changes, [](const store::RecordChange& left, const store::RecordChange& right) {
        return std::tie(right.stamp, right.dot, left.record) < std::tie(left.stamp, left.dot, right.record);
    });
    if (changes.size() > limit) {
        changes.resize(limit);
        list.more = true;
    }
    Titles titles(parts);
    TEREN_TRY(list.items, itemsOf(parts, titles, changes));
    return list;
}

Result<ChangeList> Changes::since(
    const std::optional<Instant>& from, const std::optional<CaseId>& caseId, std::size_t limit)
{
    Office::Parts& parts = office_.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_TRY(std::vector<store::RecordChange> changes, store->changesSince(from, caseId, limit + 1));
    ChangeList list;
    list.more = changes.size() > limit;
    if (list.more)
        changes.resize(limit);
    Titles titles(parts);
    TEREN_TRY(list.items, itemsOf(parts, titles, changes));
    return list;
}

Status Changes::markSeen(const ChangesSeen& shown)
{
    TEREN_TRY(store::WorkspaceStore * store, office_.parts().workspace());
    return store->together([&]() -> Status {
        for (const auto& [caseId, upTo] : shown)
            TEREN_CHECK(store->looked(caseId, upTo));
        return {};
    });
}

std::string_view identifierOf(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Created:
        return "created";
    case ChangeKind::Edited:
        return "edited";
    case ChangeKind::Deleted:
        return "deleted";
    case ChangeKind::Restored:
        break;
    }
    return "restored";
}

}  // namespace teren::service
