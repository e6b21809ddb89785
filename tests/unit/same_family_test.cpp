// SPDX-License-Identifier: EUPL-1.2
#include "app/service/same_family.h"

#include "app/service/office_parts.h"
#include "tests/support/seeded.h"
#include "tests/support/two_workers.h"

using namespace teren;
using namespace teren::service;
using teren::test::ServedOffice;
using teren::test::TwoWorkers;

namespace {

/// Anna and Marta have each opened a case of one family, and know both.
struct Twice : TwoWorkers {
    Twice() : annas(caseId), martas(opened(*marta, "Rodzina Próbnych"))
    {
        exchange();
        first = std::min(annas, martas);
        second = std::max(annas, martas);
    }
    static CaseId opened(Office& office, const std::string& title)
    {
        const auto made = office.newCase(title, {});
        REQUIRE(made);
        return made->id;
    }
    CaseId annas;
    CaseId martas;
    CaseId first;
    CaseId second;
};

RecordId personIn(Office& office, const CaseId& caseId, const FieldValues& fields)
{
    const auto person = office.addRecord(caseId, "person", fields);
    REQUIRE(person);
    return *person;
}

Family familyHere(Office& office, const CaseId& caseId)
{
    const auto family = familyOf(office, caseId);
    REQUIRE(family);
    return *family;
}

std::vector<CaseId> idsOf(const Family& family)
{
    std::vector<CaseId> ids;
    for (const CaseName& name : family.cases)
        ids.push_back(name.id);
    return ids;
}

std::vector<FamilySuggestion> suggestionsHere(Office& office)
{
    const auto suggestions = familySuggestions(office);
    REQUIRE(suggestions);
    return *suggestions;
}

}  // namespace

TEST_CASE("same family: a PESEL, or a name and day of birth, in two cases is a suggestion on every device")
{
    Twice two;
    const RecordId one
        = personIn(*two.anna, two.annas, {{"name", "Łucja Próbna"}, {"birth_date", "1944-05-14"}});
    const RecordId other
        = personIn(*two.marta, two.martas, {{"name", "PROBNA  Lucja"}, {"pesel", "44051401359"}});
    personIn(*two.marta, two.martas, {{"name", "Łucja Próbna"}});
    personIn(*two.anna, two.annas, {{"name", "Ewa Inna"}, {"birth_date", "2003-02-01"}});
    personIn(*two.marta, two.martas, {{"name", "Ewa Inna"}, {"birth_date", "2003-02-02"}});
    CHECK(suggestionsHere(*two.anna).empty());
    two.exchange();
    for (Office* office : {two.anna.get(), two.marta.get()}) {
        const auto found = suggestionsHere(*office);
        REQUIRE(found.size() == 1);
        CHECK(found.front().first.id == two.first);
        CHECK(found.front().second.id == two.second);
        REQUIRE(found.front().because.size() == 1);
        const SamePerson& person = found.front().because.front();
        CHECK(person.why == SamePerson::Why::NameAndBirthDate);
        CHECK(person.first == (two.first == two.annas ? one : other));
        CHECK(person.second == (two.first == two.annas ? other : one));
    }
    REQUIRE(
        two.anna->setFields(one, {{"pesel", "44051401359"}, {"name", "Zupełnie Inna"}, {"birth_date", ""}}));
    const auto found = suggestionsHere(*two.anna);
    REQUIRE(found.size() == 1);
    CHECK(found.front().because.front().why == SamePerson::Why::Pesel);
    REQUIRE(two.anna->deleteRecord(one));
    CHECK(suggestionsHere(*two.anna).empty());
}

TEST_CASE("same family: linked cases are read together and stay two; unlinked they are not suggested again")
{
    Twice two;
    personIn(*two.anna, two.annas, {{"name", "Łucja Próbna"}, {"pesel", "44051401359"}});
    personIn(*two.marta, two.martas, {{"name", "Łucja Próbna"}, {"pesel", "44051401359"}});
    two.exchange();
    REQUIRE(linkFamily(*two.marta, two.annas, two.martas));
    const std::uint64_t saves = two.marta->parts().store->savesMade();
    REQUIRE(linkFamily(*two.marta, two.martas, two.annas));
    CHECK(two.marta->parts().store->savesMade() == saves);
    two.exchange();
    for (Office* office : {two.anna.get(), two.marta.get()}) {
        for (const CaseId& one : {two.annas, two.martas}) {
            const Family family = familyHere(*office, one);
            CHECK(idsOf(family) == std::vector{two.first, two.second});
            CHECK(family.disputed.empty());
            CHECK(family.elsewhere == 0);
        }
        CHECK(families(*office)->size() == 1);
        CHECK(familyRecords(*office, two.annas, "person")->size() == 2);
        CHECK(office->records(two.annas, "person")->size() == 1);
        CHECK(suggestionsHere(*office).empty());
        CHECK(office->conflicts()->empty());
        CHECK(office->selfCheck()->ok);
    }
    REQUIRE(separateFamily(*two.anna, two.martas, two.annas));
    two.exchange();
    for (Office* office : {two.anna.get(), two.marta.get()}) {
        CHECK(idsOf(familyHere(*office, two.annas)) == std::vector{two.annas});
        CHECK(families(*office)->empty());
        CHECK(suggestionsHere(*office).empty());
    }
    // Who knows better may link them all the same, and nothing is disputed then.
    REQUIRE(linkFamily(*two.marta, two.annas, two.martas));
    two.exchange();
    CHECK(familyHere(*two.anna, two.annas).cases.size() == 2);
    CHECK(familyHere(*two.anna, two.annas).disputed.empty());
}

TEST_CASE("same family: a link and its opposite, made apart, leave them linked and disputed until decided")
{
    Twice two;
    REQUIRE(linkFamily(*two.anna, two.annas, two.martas));
    REQUIRE(separateFamily(*two.marta, two.annas, two.martas));
    two.exchange();
    for (Office* office : {two.anna.get(), two.marta.get()}) {
        const Family family = familyHere(*office, two.annas);
        CHECK(family.cases.size() == 2);
        CHECK(family.disputed == std::vector{std::pair(two.first, two.second)});
    }
    SECTION("for the link")
    {
        REQUIRE(linkFamily(*two.marta, two.annas, two.martas));
        two.exchange();
        CHECK(familyHere(*two.anna, two.annas).cases.size() == 2);
    }
    SECTION("against it")
    {
        REQUIRE(separateFamily(*two.marta, two.annas, two.martas));
        two.exchange();
        CHECK(familyHere(*two.anna, two.annas).cases.size() == 1);
    }
    CHECK(familyHere(*two.anna, two.annas).disputed.empty());
    CHECK(familyHere(*two.marta, two.annas).disputed.empty());
}

TEST_CASE(
    "same family: three cases are one class; who cuts one link of a circle is told what still joins them")
{
    Twice two;
    const CaseId third = Twice::opened(*two.anna, "Trzecia");
    REQUIRE(linkFamily(*two.anna, two.annas, two.martas));
    REQUIRE(linkFamily(*two.anna, two.martas, third));
    CHECK(familyHere(*two.anna, third).cases.size() == 3);
    CHECK_FALSE(*areLinked(*two.anna, two.annas, third));
    REQUIRE(separateFamily(*two.anna, two.annas, third));
    CHECK(familyHere(*two.anna, third).cases.size() == 3);
    CHECK(
        familyHere(*two.anna, third).disputed
        == std::vector<std::pair<CaseId, CaseId>>{std::minmax(two.annas, third)});
    REQUIRE(separateFamily(*two.anna, two.martas, third));
    CHECK(familyHere(*two.anna, third).cases.size() == 1);
    CHECK(familyHere(*two.anna, two.annas).cases.size() == 2);
    CHECK(linkFamily(*two.anna, third, third).error().code == Errc::Invalid);
    CHECK(linkFamily(*two.anna, third, CaseId{}).error().code == Errc::NotFound);
}

TEST_CASE(
    "same family: a link says nothing of the other case to who reads one, and one end alone joins nothing")
{
    Twice two;
    REQUIRE(linkFamily(*two.anna, two.annas, two.martas));
    store::WorkspaceStore& store = *two.anna->parts().store;
    const auto head = store.records(two.annas, "case");
    REQUIRE(head);
    const auto& values = head->front().fields.at("same_as").values();
    REQUIRE(values.size() == 1);
    const std::string tag(textOf(values.front().value));
    CHECK(tag.size() == 32);
    CHECK(tag != two.martas.hex());
    // A colleague who may write here and makes a mark up joins nothing by it.
    const store::SpaceOps lone{
        two.annas, {{OpKind::SetAdd, head->front().id, "same_as", toBytes(viewOf("made up"))}}};
    REQUIRE(store.save({&lone, 1}));
    CHECK(familyHere(*two.anna, two.annas).cases.size() == 2);
    CHECK(familyHere(*two.anna, two.annas).elsewhere == 1);
    CHECK(two.anna->record(head->front().id)->fields.count("same_as") == 0);
    CHECK(two.anna->setFields(head->front().id, {{"same_as", tag}}).error().code == Errc::Invalid);
}

TEST_CASE("same family: whatever two people link and cut apart, they see the same in the end")
{
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        INFO(seed);
        test::SeededRandom random(seed);
        Twice two;
        const std::vector<CaseId> cases{
            two.annas, two.martas, Twice::opened(*two.anna, "Trzecia"), Twice::opened(*two.marta, "Czwarta")};
        two.exchange();
        const auto act = [&](Office& office) {
            const CaseId& one = cases[random.below(cases.size())];
            const CaseId& other = cases[random.below(cases.size())];
            if (one != other)
                REQUIRE((
                    random.chance(50) ? linkFamily(office, one, other) : separateFamily(office, one, other)));
        };
        for (int step = 0; step < 24; ++step) {
            act(random.chance(50) ? *two.anna : *two.marta);
            if (random.chance(20))
                ServedOffice::sync(random.chance(50) ? *two.anna : *two.marta);
        }
        two.exchange();
        for (const CaseId& one : cases) {
            const Family here = familyHere(*two.anna, one);
            const Family there = familyHere(*two.marta, one);
            CHECK(idsOf(here) == idsOf(there));
            CHECK(here.disputed == there.disputed);
            CHECK(here.elsewhere == 0);
        }
        CHECK(two.anna->digests()->digest == two.marta->digests()->digest);
        // Then one of them decides about all pairs, and it is as they say.
        for (const CaseId& one : cases)
            for (const CaseId& other : cases)
                if (one < other)
                    REQUIRE(separateFamily(*two.anna, one, other));
        two.exchange();
        CHECK(families(*two.marta)->empty());
    }
}
