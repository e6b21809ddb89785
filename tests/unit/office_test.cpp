// SPDX-License-Identifier: EUPL-1.2
#include "app/service/people.h"
#include "tests/support/two_workers.h"

using namespace teren;
using namespace teren::service;
using teren::test::ServedOffice;
using teren::test::TwoWorkers;

namespace {

std::vector<std::string> valuesOf(Office& office, const RecordId& record, const std::string& field)
{
    const Result<RecordView> view = office.record(record);
    REQUIRE(view);
    const auto found = view->fields.find(field);
    return found == view->fields.end() ? std::vector<std::string>() : shownIn(found->second);
}

using Values = std::vector<std::string>;

}  // namespace

TEST_CASE("office: a form that was open while a colleague's work arrived does not replace it")
{
    TwoWorkers two;
    const ShownValues before = TwoWorkers::screen(*two.anna, two.card);
    REQUIRE(two.marta->setFields(two.card, {{"situation", "Marta's"}}));
    ServedOffice::sync(*two.marta);
    ServedOffice::sync(*two.anna);

    const Status late = two.anna->setFields(two.card, {{"situation", "Anna's"}, {"needs", "hers"}}, before);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == Errc::ChangedMeanwhile);
    CHECK(late.error().detail.find("expectation_card.situation") != std::string::npos);
    CHECK(late.error().detail.find("Marta") == std::string::npos);
    CHECK(valuesOf(*two.anna, two.card, "situation") == Values{"Marta's"});
    CHECK(valuesOf(*two.anna, two.card, "needs").empty());

    // Another field of the same record is nobody's loss, nor is the same answer, nor what was looked at
    // again.
    CHECK(two.anna->setFields(two.card, {{"needs", "hers"}}, before));
    CHECK(two.anna->setFields(two.card, {{"situation", "Marta's"}}, before));
    CHECK(two.anna->setFields(two.card, {{"situation", "both"}}, TwoWorkers::screen(*two.anna, two.card)));
    CHECK(valuesOf(*two.anna, two.card, "situation") == Values{"both"});
}

TEST_CASE("office: a withdrawn consent counts at once where a colleague set another stage meanwhile")
{
    TwoWorkers two;
    const auto records = two.anna->records(two.caseId, "case");
    REQUIRE(records);
    const RecordId head = records->front().id;
    REQUIRE(two.anna->setFields(head, {{"stage", "cofniecie_zgody"}}));
    REQUIRE(two.marta->setFields(head, {{"stage", "realizacja"}}));
    two.exchange();
    for (Office* office : {two.anna.get(), two.marta.get()}) {
        CHECK(office->cases()->front().stage == "cofniecie_zgody");
        CHECK(valuesOf(*office, head, "stage") == Values{"cofniecie_zgody", "realizacja"});
        CHECK(office->conflicts()->size() == 1);
    }
}

TEST_CASE("office: a conflict that came meanwhile is not written over by who saw one value")
{
    TwoWorkers two;
    const ShownValues before = TwoWorkers::screen(*two.anna, two.card);
    REQUIRE(two.marta->setFields(two.card, {{"situation", "Marta's"}}));
    REQUIRE(two.anna->setFields(two.card, {{"situation", "Anna's"}}));
    two.exchange();
    CHECK(valuesOf(*two.anna, two.card, "situation").size() == 2);
    const Status late = two.anna->setFields(two.card, {{"situation", "third"}}, before);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == Errc::ChangedMeanwhile);
    CHECK(two.anna->conflicts()->size() == 1);
}

TEST_CASE("office: elements that others put into a set meanwhile stay there")
{
    TwoWorkers two;
    const auto cases = two.anna->records(two.caseId, "case");
    REQUIRE(cases);
    const RecordId record = cases->front().id;
    const auto schemas = domain::SchemaSet::builtIn();
    const auto& fields = schemas->find("case")->fields;
    const auto set = std::ranges::find(fields, domain::MergePolicy::Set, &domain::Field::policy);
    REQUIRE(set != fields.end());
    REQUIRE(set->choices.size() >= 3);
    const std::string one = set->choices[0].id;
    const std::string two_ = set->choices[1].id;
    const std::string three = set->choices[2].id;
    REQUIRE(two.anna->setFields(record, {{set->id, one}}));
    two.exchange();

    const ShownValues before = TwoWorkers::screen(*two.anna, record);
    REQUIRE(two.marta->setFields(record, {{set->id, one + "," + two_}}));
    ServedOffice::sync(*two.marta);
    ServedOffice::sync(*two.anna);
    // Anna had only the first before her: she took it out and put in the third.
    REQUIRE(two.anna->setFields(record, {{set->id, three}}, before));
    Values left = valuesOf(*two.anna, record, set->id);
    std::ranges::sort(left);
    Values wanted{two_, three};
    std::ranges::sort(wanted);
    CHECK(left == wanted);
}

TEST_CASE("office: a form does not bring back a record whose deletion its author has not seen")
{
    TwoWorkers two;
    const ShownValues before = TwoWorkers::screen(*two.anna, two.card);
    REQUIRE(two.marta->deleteRecord(two.card, "twice"));
    ServedOffice::sync(*two.marta);
    ServedOffice::sync(*two.anna);
    const Status late = two.anna->setFields(two.card, {{"needs", "hers"}}, before);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == Errc::ChangedMeanwhile);
    CHECK(two.anna->record(two.card)->presence == Presence::Deleted);
    // Said of the record as it is, it does.
    CHECK(two.anna->setFields(two.card, {{"needs", "hers"}}));
    CHECK(two.anna->record(two.card)->presence == Presence::Alive);
}

TEST_CASE("office: a decision is about the versions that were looked at")
{
    TwoWorkers two;
    const auto jan = two.served.colleague(*two.anna, "Jan");
    ServedOffice::sync(*jan);
    REQUIRE(two.marta->setFields(two.card, {{"situation", "Marta's"}}));
    REQUIRE(two.anna->setFields(two.card, {{"situation", "Anna's"}}));
    REQUIRE(jan->setFields(two.card, {{"situation", "Jan's"}}));
    two.exchange();
    const auto looked = two.anna->conflicts();
    REQUIRE(looked);
    REQUIRE(looked->size() == 1);
    REQUIRE(looked->front().sides.size() == 2);

    ServedOffice::sync(*jan);
    ServedOffice::sync(*two.anna);
    Decision keepMine{.kind = Decision::Kind::KeepSide, .side = 0, .version = looked->front().version};
    const Status late = two.anna->decide(two.card, "situation", keepMine);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == Errc::ChangedMeanwhile);

    const auto again = two.anna->conflicts();
    REQUIRE(again);
    REQUIRE(again->front().sides.size() == 3);
    keepMine.version = again->front().version;
    CHECK(two.anna->decide(two.card, "situation", keepMine));
    CHECK(two.anna->conflicts()->empty());
    CHECK(valuesOf(*two.anna, two.card, "situation") == Values{"Anna's"});
}

TEST_CASE("office: a deletion against an edit is decided about the edits that were looked at")
{
    TwoWorkers two;
    const auto jan = two.served.colleague(*two.anna, "Jan");
    ServedOffice::sync(*jan);
    REQUIRE(two.marta->deleteRecord(two.card, "twice"));
    REQUIRE(two.anna->setFields(two.card, {{"situation", "Anna's"}}));
    two.exchange();
    const auto looked = two.anna->conflicts();
    REQUIRE(looked);
    REQUIRE(looked->size() == 1);
    REQUIRE(looked->front().field == "@deleted");
    REQUIRE(jan->setFields(two.card, {{"needs", "a late word"}}));
    ServedOffice::sync(*jan);
    ServedOffice::sync(*two.anna);

    Decision decision{.kind = Decision::Kind::KeepSide, .version = looked->front().version};
    const auto& sides = looked->front().sides;
    decision.side
        = static_cast<std::size_t>(std::ranges::find_if(sides, &ConflictSide::deletion) - sides.begin());
    const Status late = two.anna->decide(two.card, "@deleted", decision);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == Errc::ChangedMeanwhile);
}

TEST_CASE("office: a deletion against an edit is decided by saying so, and its sides are true")
{
    TwoWorkers two;
    const auto jan = two.served.colleague(*two.anna, "Jan");
    ServedOffice::sync(*jan);
    REQUIRE(two.anna->setFields(two.card, {{"situation", "Anna's"}}));
    REQUIRE(two.anna->deleteRecord(two.card, "twice"));
    REQUIRE(two.marta->setFields(two.card, {{"situation", "Marta's"}}));
    two.exchange();
    ServedOffice::sync(*jan);
    const auto fieldsOf = [](Office& office) {
        std::vector<std::string> fields;
        const auto conflicts = office.conflicts();
        REQUIRE(conflicts);
        for (const ConflictView& conflict : *conflicts)
            fields.push_back(conflict.field);
        return fields;
    };
    const auto sidesOf = [](Office& office) {
        std::vector<std::string> sides;
        const auto conflicts = office.conflicts();
        REQUIRE(conflicts);
        for (const ConflictSide& side : conflicts->back().sides)
            sides.push_back((side.deletion ? "-" : "+") + side.value + " " + side.by.author);
        std::ranges::sort(sides);
        return sides;
    };
    REQUIRE(fieldsOf(*jan) == Values{"situation", "@deleted"});
    CHECK(sidesOf(*jan) == Values{"+Marta's Marta", "-twice Anna"});

    // Neither another field nor the decision of one decides it.
    REQUIRE(jan->setFields(two.card, {{"needs", "Jan's"}}));
    REQUIRE(jan->decide(two.card, "situation", {.kind = Decision::Kind::KeepSide, .side = 0}));
    CHECK(fieldsOf(*jan) == Values{"@deleted"});
    ServedOffice::sync(*jan);
    two.exchange();
    CHECK(fieldsOf(*two.anna) == Values{"@deleted"});
    CHECK(fieldsOf(*two.marta) == Values{"@deleted"});

    // Decided apart and in two ways, each side is of who decided so.
    const auto decide = [&](Office& office, bool keepsDeletion) {
        const auto conflicts = office.conflicts();
        const auto& sides = conflicts->back().sides;
        const auto side = std::ranges::find(sides, keepsDeletion, &ConflictSide::deletion) - sides.begin();
        REQUIRE(office.decide(
            two.card, "@deleted",
            {.kind = Decision::Kind::KeepSide, .side = static_cast<std::size_t>(side)}));
        CHECK(office.conflicts()->empty());
    };
    decide(*two.marta, false);
    decide(*two.anna, true);
    two.exchange();
    const std::vector<std::string> sides = sidesOf(*two.anna);
    REQUIRE(sides.size() == 2);
    CHECK(sides.front().ends_with(" Marta"));
    CHECK(sides.back() == "-twice Anna");
    decide(*two.anna, true);
    two.exchange();
    CHECK(two.marta->record(two.card)->presence == Presence::Deleted);
}

TEST_CASE("office: a reference leads to a record of the case, of a type that fits, that is there")
{
    TwoWorkers two;
    const auto person = two.anna->addRecord(two.caseId, "person", {{"name", "Jan Próbny"}});
    const auto visit = two.anna->addRecord(two.caseId, "visit", {{"date", "2026-11-22"}});
    const auto elsewhere = two.anna->newCase("Inna rodzina", {});
    REQUIRE(elsewhere);
    const auto stranger = two.anna->addRecord(elsewhere->id, "person", {{"name", "Ewa Obca"}});
    REQUIRE(person);
    REQUIRE(visit);
    REQUIRE(stranger);
    const auto about = [&](const RecordId& id) {
        const auto added = two.anna->addRecord(two.caseId, "note", {{"text", "x"}, {"about", id.hex()}});
        return added ? std::string("added") : added.error().detail;
    };
    CHECK(about(*person) == "added");
    CHECK(about(*visit).starts_with("note.about: record " + visit->hex() + " is a visit"));
    CHECK(about(*stranger).find("there is no record") != std::string::npos);
    CHECK(about(RecordId{}).find("there is no record") != std::string::npos);
    const auto note = two.anna->addRecord(two.caseId, "note", {{"text", "y"}, {"about", person->hex()}});
    REQUIRE(note);
    REQUIRE(two.anna->deleteRecord(*person, "twice"));
    CHECK(about(*person).find("was deleted") != std::string::npos);
    // What stands there already keeps nobody from the rest.
    CHECK(two.anna->setFields(*note, {{"text", "z"}, {"about", person->hex()}}));
    CHECK(two.anna->setFields(*note, {{"about", visit->hex()}}).error().code == Errc::Invalid);
}

TEST_CASE("office: what a record cannot be added without cannot be emptied")
{
    TwoWorkers two;
    const auto person = two.anna->addRecord(two.caseId, "person", {{"name", "Jan Próbny"}});
    REQUIRE(person);
    const Status emptied = two.anna->setFields(*person, {{"name", "  "}});
    REQUIRE_FALSE(emptied);
    CHECK(emptied.error().code == Errc::Invalid);
    CHECK(emptied.error().detail == "person.name: this field is needed and cannot be emptied");
    const auto cases = two.anna->records(two.caseId, "case");
    REQUIRE(cases);
    for (const char* field : {"title", "number"})
        CHECK(two.anna->setFields(cases->front().id, {{field, ""}}).error().code == Errc::Invalid);

    two.exchange();
    REQUIRE(two.anna->setFields(*person, {{"name", "Anna's"}}));
    REQUIRE(two.marta->setFields(*person, {{"name", "Marta's"}}));
    two.exchange();
    const Status decided
        = two.anna->decide(*person, "name", {.kind = Decision::Kind::WriteValue, .value = " "});
    REQUIRE_FALSE(decided);
    CHECK(decided.error().code == Errc::Invalid);
    CHECK(two.anna->conflicts()->size() == 1);
}

TEST_CASE("office: names and titles have nothing unseen that would show them as others")
{
    CHECK(cleanName("Anna\xE2\x80\xAE Sowa\xC2\x9B\x1b") == "Anna Sowa");
    CHECK(cleanName("\xE2\x80\xAE \xE2\x80\x8F").error().code == Errc::Invalid);
    const TwoWorkers two;
    const auto made = two.anna->newCase(
        "Rodzina \xE2\x80\xAE"
        "druga\xC2\x9B",
        {});
    REQUIRE(made);
    CHECK(made->title == "Rodzina druga");
}

TEST_CASE("office: a form is saved and its draft gone at once, or the draft is kept")
{
    TwoWorkers two;
    const FormKey fresh{two.caseId, "note", {}};
    const Draft words{{{"text", "A note"}, {"date", "2026-11-22"}}, {}};
    REQUIRE(two.anna->saveDraft(fresh.text(), words));
    REQUIRE(two.anna->saveForm(fresh, words));
    CHECK(two.anna->draft(fresh.text())->answers.empty());
    CHECK(two.anna->records(two.caseId, "note")->size() == 1);

    // Not accepted: nothing of it is in the case, and the newest answers are the draft.
    const Draft wrong{{{"text", "Another"}, {"date", "no date"}}, {}};
    const Status refused = two.anna->saveForm(fresh, wrong);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::Invalid);
    CHECK(two.anna->draft(fresh.text())->answers == wrong.answers);
    CHECK(two.anna->records(two.caseId, "note")->size() == 1);

    const FormKey ofCard{two.caseId, "expectation_card", two.card};
    const Draft late{{{"situation", "Anna's"}}, {{"situation", {"what was never there"}}}};
    const Status clash = two.anna->saveForm(ofCard, late);
    REQUIRE_FALSE(clash);
    CHECK(clash.error().code == Errc::ChangedMeanwhile);
    CHECK(*two.anna->draft(ofCard.text()) == late);
    CHECK(valuesOf(*two.anna, two.card, "situation") == Values{"base"});
}

TEST_CASE("office: a draft remembers what it was written over")
{
    ServedOffice served;
    const auto anna = served.profile("Anna");
    const Draft draft{
        {{"situation", "Łódź \"cytat\"\n"}, {"needs", ""}}, {{"situation", {"a", "b"}}, {"needs", {}}}};
    REQUIRE(anna->saveDraft("key", draft));
    const auto kept = anna->draft("key");
    REQUIRE(kept);
    CHECK(kept->answers == draft.answers);
    CHECK(kept->shown.at("situation") == Values{"a", "b"});
    CHECK(anna->draft("another")->answers.empty());
    REQUIRE(anna->dropDraft("key"));
    CHECK(anna->draft("key")->answers.empty());
    REQUIRE(anna->saveDraft("broken", {{{"situation", "\xff"}}, {}}));
    CHECK(anna->draft("broken"));
}
