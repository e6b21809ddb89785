// SPDX-License-Identifier: EUPL-1.2
#include "app/service/same_family.h"

#include "app/domain/text.h"
#include "app/domain/value.h"
#include "app/service/office_parts.h"
#include "app/service/operations.h"
#include "crypto/base/hex.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

namespace teren::service {
namespace {

constexpr const char* kSame = "same_as";
constexpr const char* kNotSame = "not_same";
/// So many cases with one key are all compared with each other; of more each with the first. A key that fits
/// that many is no sign of one family.
constexpr std::size_t kComparedMax = 32;

using Tags = std::set<std::string>;
using CasePair = std::pair<CaseId, CaseId>;

CasePair inOrder(const CaseId& one, const CaseId& other)
{
    return std::minmax(one, other);
}

Tags tagsOf(const store::StoredRecord& record, const char* field)
{
    Tags tags;
    const auto found = record.fields.find(field);
    if (found == record.fields.end())
        return tags;
    for (const DistinctValue& value : read(ReadingPolicy::Set, found->second).values)
        tags.emplace(textOf(value.value));
    return tags;
}

Tags shared(const Tags& one, const Tags& other)
{
    Tags both;
    std::ranges::set_intersection(one, other, std::inserter(both, both.end()));
    return both;
}

/// One case and what it says of others.
struct Linked {
    CaseName name;
    RecordId record;
    Tags same;
    Tags notSame;
};

/// All cases of this device, and what joins them.
class Cases {
public:
    static Result<Cases> of(store::WorkspaceStore& store)
    {
        TEREN_TRY(const std::vector<store::StoredRecord> records, store.recordsOfType("case"));
        Cases cases;
        for (const store::StoredRecord& record : records)
            if (store.holds(record.space, ledger::SpaceKind::CaseInternal))
                cases.take(record);
        cases.join();
        return cases;
    }

    Result<const Linked*> at(const CaseId& id) const
    {
        const auto found = cases_.find(id);
        if (found == cases_.end())
            return fail(Errc::NotFound, "no case " + id.hex() + " on this device");
        return &found->second;
    }
    bool has(const CaseId& id) const { return cases_.contains(id); }
    CaseId headOf(const CaseId& id) const { return heads_.at(id); }
    /// Every case by the one that stands for its class.
    std::map<CaseId, std::vector<CaseId>> classes() const
    {
        std::map<CaseId, std::vector<CaseId>> classes;
        for (const auto& [id, head] : heads_)
            classes[head].push_back(id);
        return classes;
    }
    /// Pairs with a tag of both.
    std::vector<CasePair> pairs(Tags Linked::* which) const
    {
        std::map<std::string_view, std::vector<CaseId>> holders;
        for (const auto& [id, one] : cases_)
            for (const std::string& tag : one.*which)
                holders[tag].push_back(id);
        std::set<CasePair> found;
        for (const auto& [tag, ids] : holders)
            for (std::size_t i = 1; i < ids.size(); ++i)
                found.emplace(ids.front(), ids[i]);
        return {found.begin(), found.end()};
    }

    Family family(const std::vector<CaseId>& members, const std::vector<CasePair>& different) const
    {
        Family family;
        std::map<std::string_view, std::size_t> uses;
        for (const CaseId& id : members) {
            const Linked& one = cases_.at(id);
            family.cases.push_back(one.name);
            for (const std::string& tag : one.same)
                ++uses[tag];
        }
        family.elsewhere = static_cast<std::size_t>(
            std::ranges::count(uses, 1U, [](const auto& use) { return use.second; }));
        for (const CasePair& pair : different)
            if (headOf(pair.first) == headOf(pair.second) && headOf(pair.first) == headOf(members.front()))
                family.disputed.push_back(pair);
        return family;
    }

private:
    void take(const store::StoredRecord& record)
    {
        const auto [place, isFirst] = cases_.try_emplace(record.space);
        Linked& one = place->second;
        if (isFirst) {
            one.name = {record.space, valueIn(record, "number"), valueIn(record, "title")};
            one.record = record.id;
        }
        one.same.merge(tagsOf(record, kSame));
        one.notSame.merge(tagsOf(record, kNotSame));
    }
    CaseId rootOf(CaseId id)
    {
        while (heads_.at(id) != id)
            id = heads_[id] = heads_.at(heads_.at(id));
        return id;
    }
    /// The smallest id stands for a class.
    void join()
    {
        for (const auto& [id, one] : cases_)
            heads_[id] = id;
        for (const CasePair& pair : pairs(&Linked::same)) {
            const auto [head, other] = inOrder(rootOf(pair.first), rootOf(pair.second));
            heads_[other] = head;
        }
        for (auto& [id, head] : heads_)
            head = rootOf(id);
    }

    std::map<CaseId, Linked> cases_;
    std::map<CaseId, CaseId> heads_;
};

void appendTag(
    std::vector<Op>& one, std::vector<Op>& other, const Linked& first, const Linked& second, OpKind kind,
    const char* field, const std::string& tag)
{
    one.push_back({kind, first.record, field, toBytes(viewOf(tag))});
    other.push_back({kind, second.record, field, toBytes(viewOf(tag))});
}

/// Puts one of two marks on a pair and takes away the other, in one Save.
Status mark(Office& office, const CaseId& one, const CaseId& other, const char* add, const char* drop)
{
    if (one == other)
        return fail(Errc::Invalid, "these are one case, not two");
    Office::Parts& parts = office.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_TRY(const Cases cases, Cases::of(*store));
    TEREN_TRY(const Linked* first, cases.at(one));
    TEREN_TRY(const Linked* second, cases.at(other));
    const auto tagsIn = [](const Linked& linked, const char* field) -> const Tags& {
        return field == kSame ? linked.same : linked.notSame;
    };
    std::vector<Op> here;
    std::vector<Op> there;
    for (const std::string& tag : shared(tagsIn(*first, drop), tagsIn(*second, drop)))
        appendTag(here, there, *first, *second, OpKind::SetRemove, drop, tag);
    if (shared(tagsIn(*first, add), tagsIn(*second, add)).empty()) {
        const RecordId tag = RecordId::random(parts.around.random);
        appendTag(here, there, *first, *second, OpKind::SetAdd, add, tag.hex());
    }
    if (here.empty())
        return {};
    const std::array saves{store::SpaceOps{one, std::move(here)}, store::SpaceOps{other, std::move(there)}};
    return store->save(saves);
}

std::vector<std::string> valuesIn(const store::StoredRecord& record, const char* field)
{
    std::vector<std::string> values;
    if (const auto found = record.fields.find(field); found != record.fields.end())
        for (const DistinctValue& value : found->second.distinctValues())
            if (!value.value.empty())
                values.emplace_back(textOf(value.value));
    return values;
}

/// "Kowalska Anna" and "ANNA  KOWALSKA" are one name.
std::string nameKey(const std::string& name)
{
    const std::string folded = domain::fold(name);
    std::vector<std::string_view> words = domain::words(folded);
    std::ranges::sort(words);
    std::string key;
    for (const std::string_view word : words)
        key.append(word).append(" ");
    return key;
}

using Key = std::pair<SamePerson::Why, std::string>;

/// By what a person is known again. Each side of a conflict counts: one of them is right.
std::set<Key> keysOf(const store::StoredRecord& person)
{
    std::set<Key> keys;
    std::vector<std::string> days = valuesIn(person, "birth_date");
    for (const std::string& pesel : valuesIn(person, "pesel")) {
        keys.emplace(SamePerson::Why::Pesel, pesel);
        if (Result<std::string> day = domain::birthDateIn(pesel))
            days.push_back(*std::move(day));
    }
    for (const std::string& name : valuesIn(person, "name"))
        if (const std::string key = nameKey(name); !key.empty())
            for (const std::string& day : days)
                keys.emplace(SamePerson::Why::NameAndBirthDate, key + day);
    return keys;
}

struct Person {
    CaseId caseId;
    RecordId id;
};

using Matches = std::map<CasePair, std::set<SamePerson>>;

void match(Matches& matches, SamePerson::Why why, const Person& one, const Person& other, const Cases& cases)
{
    if (cases.headOf(one.caseId) == cases.headOf(other.caseId))
        return;
    const bool isInOrder = one.caseId < other.caseId;
    const Person& first = isInOrder ? one : other;
    const Person& second = isInOrder ? other : one;
    matches[{first.caseId, second.caseId}].insert({why, first.id, second.id});
}

Result<Matches> matchesIn(store::WorkspaceStore& store, const Cases& cases)
{
    TEREN_TRY(const std::vector<store::StoredRecord> persons, store.recordsOfType("person"));
    std::map<Key, std::vector<Person>> byKey;
    for (const store::StoredRecord& person : persons)
        if (cases.has(person.space))
            for (const Key& key : keysOf(person))
                byKey[key].push_back({person.space, person.id});
    Matches matches;
    for (const auto& [key, found] : byKey)
        for (std::size_t i = 1; i < found.size(); ++i)
            for (std::size_t j = 0; j < (found.size() > kComparedMax ? 1 : i); ++j)
                match(matches, key.first, found[j], found[i], cases);
    return matches;
}

}  // namespace

Result<std::vector<FamilySuggestion>> familySuggestions(Office& office)
{
    TEREN_TRY(store::WorkspaceStore * store, office.parts().workspace());
    TEREN_TRY(const Cases cases, Cases::of(*store));
    TEREN_TRY(const Matches matches, matchesIn(*store, cases));
    std::set<CasePair> different;
    for (const CasePair& pair : cases.pairs(&Linked::notSame))
        different.insert(inOrder(cases.headOf(pair.first), cases.headOf(pair.second)));
    std::vector<FamilySuggestion> suggestions;
    for (const auto& [pair, because] : matches) {
        if (different.contains(inOrder(cases.headOf(pair.first), cases.headOf(pair.second))))
            continue;
        TEREN_TRY(const Linked* first, cases.at(pair.first));
        TEREN_TRY(const Linked* second, cases.at(pair.second));
        suggestions.push_back({first->name, second->name, {because.begin(), because.end()}});
    }
    return suggestions;
}

Status linkFamily(Office& office, const CaseId& one, const CaseId& other)
{
    return mark(office, one, other, kSame, kNotSame);
}

Status separateFamily(Office& office, const CaseId& one, const CaseId& other)
{
    return mark(office, one, other, kNotSame, kSame);
}

Result<bool> areLinked(Office& office, const CaseId& one, const CaseId& other)
{
    TEREN_TRY(store::WorkspaceStore * store, office.parts().workspace());
    TEREN_TRY(const Cases cases, Cases::of(*store));
    TEREN_TRY(const Linked* first, cases.at(one));
    TEREN_TRY(const Linked* second, cases.at(other));
    return !shared(first->same, second->same).empty();
}

Result<Family> familyOf(Office& office, const CaseId& one)
{
    TEREN_TRY(store::WorkspaceStore * store, office.parts().workspace());
    TEREN_TRY(const Cases cases, Cases::of(*store));
    TEREN_CHECK(cases.at(one));
    return cases.family(cases.classes().at(cases.headOf(one)), cases.pairs(&Linked::notSame));
}

Result<std::vector<Family>> families(Office& office)
{
    TEREN_TRY(store::WorkspaceStore * store, office.parts().workspace());
    TEREN_TRY(const Cases cases, Cases::of(*store));
    const std::vector<CasePair> different = cases.pairs(&Linked::notSame);
    std::vector<Family> found;
    for (const auto& [head, members] : cases.classes())
        if (members.size() > 1)
            found.push_back(cases.family(members, different));
    return found;
}

Result<std::vector<RecordView>> familyRecords(Office& office, const CaseId& one, const std::string& type)
{
    TEREN_TRY(const Family family, familyOf(office, one));
    std::vector<RecordView> all;
    for (const CaseName& member : family.cases) {
        TEREN_TRY(std::vector<RecordView> records, office.records(member.id, type));
        std::ranges::move(records, std::back_inserter(all));
    }
    return all;
}

}  // namespace teren::service
