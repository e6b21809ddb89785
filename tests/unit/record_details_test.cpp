// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/json.h"
#include "app/service/record_details.h"
#include "tests/support/two_workers.h"

using namespace teren;
using namespace teren::service;
using teren::test::ServedOffice;
using teren::test::TwoWorkers;

namespace {

std::vector<std::string> textsOf(const std::vector<ValueInForce>& values)
{
    std::vector<std::string> texts;
    for (const ValueInForce& value : values)
        texts.push_back(value.value);
    return texts;
}

using Values = std::vector<std::string>;

RecordDetails detailsHere(Office& office, const RecordId& record)
{
    const auto details = detailsOf(office, record);
    REQUIRE(details);
    return *details;
}

}  // namespace

TEST_CASE("record details: corrections of what was appended are told with who made them, everywhere alike")
{
    TwoWorkers two;
    const auto note = two.anna->addRecord(two.caseId, "note", {{"text", "Byłam o 10."}});
    REQUIRE(note);
    two.exchange();
    REQUIRE(two.marta->setFields(*note, {{"text", "Byłam o 11."}}));
    two.exchange();
    REQUIRE(two.anna->setFields(*note, {{"text", "Byłam o 12."}}));
    REQUIRE(two.marta->setFields(*note, {{"text", "Byłyśmy o 11."}}));
    two.exchange();
    for (Office* office : {two.anna.get(), two.marta.get()}) {
        const RecordDetails details = detailsHere(*office, *note);
        const Appended& text = details.appended.at("text");
        CHECK(textsOf(text.originals) == Values{"Byłam o 10."});
        REQUIRE(text.amendments.size() == 3);
        CHECK(text.amendments[0].value == "Byłam o 11.");
        CHECK(text.amendments[0].by.author == "Marta");
        // Two corrections made apart are a conflict, and neither is in force.
        CHECK(details.view.fields.at("text").conflict);
        CHECK(details.appended.size() == 1);
    }
}

TEST_CASE("record details: two originals written apart are both told")
{
    TwoWorkers two;
    const auto mark = two.anna->addRecord(two.caseId, "scale_mark", {{"value", "4"}});
    REQUIRE(mark);
    two.exchange();
    REQUIRE(two.anna->setFields(*mark, {{"area", "A"}}));
    REQUIRE(two.marta->setFields(*mark, {{"area", "B"}}));
    two.exchange();
    const RecordDetails details = detailsHere(*two.marta, *mark);
    CHECK(textsOf(details.appended.at("area").originals).size() == 2);
    CHECK(details.appended.at("area").amendments.empty());
}

TEST_CASE("record details: a deleted record says who withdrew it and why")
{
    TwoWorkers two;
    CHECK_FALSE(detailsHere(*two.anna, two.card).withdrawn);
    REQUIRE(two.marta->deleteRecord(two.card, "wpisana dwa razy"));
    two.exchange();
    const RecordDetails details = detailsHere(*two.anna, two.card);
    REQUIRE(details.withdrawn);
    CHECK(details.withdrawn->value == "wpisana dwa razy");
    CHECK(details.withdrawn->by.author == "Marta");
}

TEST_CASE("record details: what was entered apart from a closing is told as entered after it, and kept")
{
    TwoWorkers two;
    const RecordId head = two.anna->records(two.caseId, "case")->front().id;
    REQUIRE(two.marta->setFields(two.card, {{"needs", "before"}}));
    two.exchange();
    REQUIRE(two.anna->setFields(head, {{"stage", "rezygnacja"}}));
    REQUIRE(two.marta->setFields(two.card, {{"situation", "late"}}));
    two.exchange();
    // Who knows of the closing and writes all the same is not meant.
    REQUIRE(two.marta->setFields(two.card, {{"needs", "after, knowing"}}));
    two.exchange();
    for (Office* office : {two.anna.get(), two.marta.get()}) {
        const RecordDetails details = detailsHere(*office, two.card);
        REQUIRE(details.enteredAfterClosing.size() == 1);
        const LateEntry& late = details.enteredAfterClosing.front();
        CHECK(late.field == "situation");
        CHECK(late.value == "late");
        CHECK(late.by.author == "Marta");
        CHECK(late.closing.value == "rezygnacja");
        CHECK(late.closing.by.author == "Anna");
        CHECK(details.view.fields.at("situation").text() == "late");
    }
}

TEST_CASE("record details: a stage that closes nothing marks nothing")
{
    TwoWorkers two;
    const RecordId head = two.anna->records(two.caseId, "case")->front().id;
    REQUIRE(two.anna->setFields(head, {{"stage", "wywiad"}}));
    REQUIRE(two.marta->setFields(two.card, {{"situation", "apart"}}));
    two.exchange();
    CHECK(detailsHere(*two.anna, two.card).enteredAfterClosing.empty());
}

TEST_CASE("record details: terenctl prints what the history tells, beside what it printed before")
{
    TwoWorkers two;
    const auto note = two.anna->addRecord(two.caseId, "note", {{"text", "raz"}});
    REQUIRE(note);
    REQUIRE(two.anna->setFields(*note, {{"text", "dwa"}}));
    const cli::Json json = cli::toJson(detailsHere(*two.anna, *note));
    CHECK(json["fields"]["text"]["values"][0]["value"] == "dwa");
    CHECK(json["fields"]["text"]["originals"][0]["value"] == "raz");
    CHECK(json["fields"]["text"]["amendments"][0]["value"] == "dwa");
    CHECK(json["fields"]["text"]["amendments"][0]["author"] == "Anna");
    CHECK(json["withdrawn"].is_null());
    CHECK(json["enteredAfterClosing"] == cli::Json::array());
}

TEST_CASE("conflicts: edits of different paragraphs are proposed together, the same to everybody")
{
    TwoWorkers two;
    REQUIRE(two.anna->setFields(two.card, {{"situation", "Jeden.\n\nDwa.\n\nTrzy."}}));
    two.exchange();
    const auto jan = two.served.colleague(*two.anna, "Jan");
    ServedOffice::sync(*jan);
    REQUIRE(two.anna->setFields(two.card, {{"situation", "Jeden i pół.\n\nDwa.\n\nTrzy."}}));
    REQUIRE(two.marta->setFields(two.card, {{"situation", "Jeden.\n\nDwa.\n\nTrzy i cztery."}}));
    REQUIRE(jan->setFields(two.card, {{"situation", "Jeden.\n\nDwa i nic.\n\nTrzy."}}));
    ServedOffice::sync(*jan);
    two.exchange();
    ServedOffice::sync(*jan);
    const std::string all = "Jeden i pół.\n\nDwa i nic.\n\nTrzy i cztery.";
    for (Office* office : {two.anna.get(), two.marta.get(), jan.get()}) {
        const auto open = office->conflicts();
        REQUIRE(open);
        REQUIRE(open->size() == 1);
        CHECK(open->front().proposal == all);
        const cli::Json json = cli::toJson(open->front());
        CHECK(json["proposal"] == all);
        CHECK(json["bothPossible"] == true);
        CHECK(json["sides"].size() == 3);
        CHECK(json["sides"][0]["difference"].size() >= 2);
        CHECK(json["inForce"].is_null());
        CHECK(json["baseBy"]["author"] == "Anna");
    }
    REQUIRE(jan->decide(two.card, "situation", {.kind = Decision::Kind::KeepBoth}));
    CHECK(jan->record(two.card)->fields.at("situation").text() == all);
}

TEST_CASE("conflicts: overlapping edits have no proposal, states set apart say which counts")
{
    TwoWorkers two;
    const RecordId head = two.anna->records(two.caseId, "case")->front().id;
    REQUIRE(two.anna->setFields(two.card, {{"situation", "tak"}}));
    REQUIRE(two.marta->setFields(two.card, {{"situation", "nie"}}));
    REQUIRE(two.anna->setFields(head, {{"stage", "realizacja"}}));
    REQUIRE(two.marta->setFields(head, {{"stage", "cofniecie_zgody"}}));
    two.exchange();
    const auto open = two.anna->conflicts();
    REQUIRE(open);
    REQUIRE(open->size() == 2);
    for (const ConflictView& conflict : *open) {
        const cli::Json json = cli::toJson(conflict);
        CHECK(json["proposal"].is_null());
        if (conflict.field == "stage")
            CHECK(json["inForce"] == "cofniecie_zgody");
    }
}
