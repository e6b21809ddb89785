// SPDX-License-Identifier: EUPL-1.2
#include "app/service/versions.h"

#include "app/service/office_parts.h"
#include "app/service/operations.h"
#include "app/service/version_content.h"
#include "tests/support/two_workers.h"
#include "tests/support/vector_writer.h"

using namespace teren;
using namespace teren::service;
using teren::test::ServedOffice;
using teren::test::TwoWorkers;

namespace {

/// What no use case writes: another build, or a colleague with a tool of their own.
void saveRaw(Office& office, const SpaceId& space, std::vector<Op> ops)
{
    const store::SpaceOps save{space, std::move(ops)};
    REQUIRE(office.parts().store->save({&save, 1}));
}

std::vector<VersionView> versionsHere(Office& office, const RecordId& record)
{
    const auto versions = versionsOf(office, record);
    REQUIRE(versions);
    return *versions;
}

std::string digestOf(Office& office)
{
    const auto digests = office.digests();
    REQUIRE(digests);
    return digests->digest;
}

}  // namespace

TEST_CASE("version: what was frozen stays as it was, whatever happens to the record afterwards")
{
    TwoWorkers two;
    const auto version = freeze(*two.anna, two.card);
    REQUIRE(version);
    CHECK(versionsHere(*two.anna, two.card).front().current);
    CHECK_FALSE(versionsHere(*two.anna, two.card).front().confirmed);
    two.exchange();
    REQUIRE(two.marta->setFields(two.card, {{"situation", "poprawione po podpisie"}}));
    two.exchange();
    for (Office* office : {two.anna.get(), two.marta.get()}) {
        const auto versions = versionsHere(*office, two.card);
        REQUIRE(versions.size() == 1);
        const VersionView& view = versions.front();
        CHECK(view.id == *version);
        CHECK(view.genuine);
        CHECK_FALSE(view.current);
        CHECK(view.confirmed);
        CHECK(view.hash.starts_with(version->hex()));
        CHECK(view.content.find("\"situation\":\"base\"") != std::string::npos);
        REQUIRE(view.by.size() == 1);
        CHECK(view.by.front().author == "Anna");
        CHECK(office->record(two.card)->fields.at("situation").text() == "poprawione po podpisie");
    }
    const auto second = freeze(*two.marta, two.card);
    REQUIRE(second);
    CHECK(*second != *version);
    REQUIRE(two.marta->deleteRecord(two.card, "dwa razy"));
    two.exchange();
    for (Office* office : {two.anna.get(), two.marta.get()}) {
        const auto versions = versionsHere(*office, two.card);
        REQUIRE(versions.size() == 2);
        CHECK(versions[0].id == *version);
        CHECK(versions[1].id == *second);
        CHECK_FALSE(versions[1].current);
        CHECK(office->selfCheck()->ok);
    }
    CHECK(digestOf(*two.anna) == digestOf(*two.marta));
}

TEST_CASE("version: the same content is one version, frozen once, twice, or by two people apart")
{
    TwoWorkers two;
    const auto annas = freeze(*two.anna, two.card);
    REQUIRE(annas);
    const std::uint64_t saves = two.anna->parts().store->savesMade();
    CHECK(*freeze(*two.anna, two.card) == *annas);
    CHECK(two.anna->parts().store->savesMade() == saves);
    const auto martas = freeze(*two.marta, two.card);
    REQUIRE(martas);
    CHECK(*martas == *annas);
    two.exchange();
    for (Office* office : {two.anna.get(), two.marta.get()}) {
        const auto versions = versionsHere(*office, two.card);
        REQUIRE(versions.size() == 1);
        CHECK(versions.front().by.size() == 2);
        CHECK(versions.front().attempts.empty());
        CHECK(office->conflicts()->empty());
        CHECK(office->records(two.caseId)->size() == 1);
        CHECK(office->search("situation")->empty());
    }
    CHECK(digestOf(*two.anna) == digestOf(*two.marta));
}

TEST_CASE("version: a document that is several records is frozen with all of them")
{
    TwoWorkers two;
    const auto goal = two.anna->addRecord(two.caseId, "goal", {{"title", "Mieszkanie"}});
    REQUIRE(goal);
    const RecordRef part(*goal);
    const auto version = freeze(*two.anna, two.card, {&part, 1});
    REQUIRE(version);
    CHECK(*version != *freeze(*two.anna, two.card));
    REQUIRE(versionsHere(*two.anna, two.card).size() == 2);
    CHECK(versionsHere(*two.anna, two.card).front().current);
    CHECK(versionsHere(*two.anna, *goal).empty());
    REQUIRE(two.anna->setFields(*goal, {{"title", "Mieszkanie chronione"}}));
    CHECK_FALSE(versionsHere(*two.anna, two.card).front().current);
    CHECK(versionsHere(*two.anna, two.card).back().current);
}

TEST_CASE("version: what is a conflict, deleted or beyond this build is not frozen")
{
    TwoWorkers two;
    REQUIRE(two.anna->setFields(two.card, {{"situation", "Anna"}}));
    REQUIRE(two.marta->setFields(two.card, {{"situation", "Marta"}}));
    two.exchange();
    const auto undecided = freeze(*two.anna, two.card);
    REQUIRE_FALSE(undecided);
    CHECK(undecided.error().code == Errc::Refused);
    CHECK(undecided.error().detail.find("situation") != std::string::npos);
    REQUIRE(two.anna->decide(two.card, "situation", {.kind = Decision::Kind::KeepSide, .side = 0}));
    REQUIRE(freeze(*two.anna, two.card));
    saveRaw(*two.anna, two.caseId, {assignOp(two.card, "field_of_tomorrow", "?")});
    const auto newer = freeze(*two.anna, two.card);
    REQUIRE_FALSE(newer);
    CHECK(newer.error().detail.find("field_of_tomorrow") != std::string::npos);
    const auto note = two.anna->addRecord(two.caseId, "note", {{"text", "x"}});
    REQUIRE(two.anna->deleteRecord(*note));
    CHECK_FALSE(freeze(*two.anna, *note));
    CHECK_FALSE(freeze(*two.anna, two.anna->records(two.caseId, "case")->front().id));
    CHECK_FALSE(freeze(*two.anna, versionsHere(*two.anna, two.card).front().id));
    const auto elsewhere = two.anna->newCase("Inna", {});
    const auto stranger = two.anna->addRecord(elsewhere->id, "goal", {{"title", "x"}});
    const RecordRef part(*stranger);
    CHECK_FALSE(freeze(*two.anna, *two.anna->addRecord(two.caseId, "note", {{"text", "y"}}), {&part, 1}));
}

TEST_CASE("version: no use case writes into one")
{
    TwoWorkers two;
    const auto version = freeze(*two.anna, two.card);
    REQUIRE(version);
    CHECK(two.anna->setFields(*version, {{"frozen", "anders"}}).error().code == Errc::Invalid);
    CHECK(two.anna->deleteRecord(*version).error().code == Errc::Refused);
    CHECK(two.anna->addRecord(two.caseId, "version", {{"frozen", "x"}}).error().code == Errc::Invalid);
}

TEST_CASE("version: a colleague who writes over one, deletes it or makes it something else changes nothing")
{
    TwoWorkers two;
    const auto version = freeze(*two.anna, two.card);
    REQUIRE(version);
    two.exchange();
    const std::string genuine = versionsHere(*two.anna, two.card).front().content;
    std::string forged = genuine;
    forged.replace(forged.find("base"), 4, "fals");
    // Over it, as a set element beside it, then its deletion, then another type in its place.
    saveRaw(*two.marta, two.caseId, {assignOp(*version, "frozen", forged)});
    saveRaw(*two.marta, two.caseId, {{OpKind::SetAdd, *version, "frozen", toBytes(viewOf("set"))}});
    saveRaw(*two.marta, two.caseId, {insertOp(*version, "note", "m")});
    saveRaw(*two.marta, two.caseId, {{OpKind::Delete, *version, {}, {}}});
    two.exchange();
    for (Office* office : {two.anna.get(), two.marta.get()}) {
        const auto versions = versionsHere(*office, two.card);
        REQUIRE(versions.size() == 1);
        CHECK(versions.front().id == *version);
        CHECK(versions.front().content == genuine);
        CHECK(versions.front().by.size() == 1);
        REQUIRE(versions.front().attempts.size() == 2);
        CHECK(versions.front().attempts.front().content == forged);
        CHECK(versions.front().attempts.front().by.author == "Marta");
    }
}

TEST_CASE("version: whoever wrote in a version's place before it was frozen does not keep it from counting")
{
    TwoWorkers two;
    const auto version = freeze(*two.anna, two.card);
    const std::string content = versionsHere(*two.anna, two.card).front().content;
    // Marta does the same on her device, apart, with rubbish first: Anna's content counts on both.
    saveRaw(
        *two.marta, two.caseId, {insertOp(*version, "version", {}), assignOp(*version, "frozen", "rubbish")});
    CHECK(versionsHere(*two.marta, two.card).empty());
    const auto again = freeze(*two.marta, two.card);
    REQUIRE(again);
    CHECK(*again == *version);
    two.exchange();
    for (Office* office : {two.anna.get(), two.marta.get()}) {
        const auto versions = versionsHere(*office, two.card);
        REQUIRE(versions.size() == 1);
        CHECK(versions.front().content == content);
        CHECK(versions.front().attempts.size() == 1);
        CHECK(versions.front().by.size() == 2);
    }
}

TEST_CASE("version: a content under another name, or of another case, is told as false")
{
    TwoWorkers two;
    const auto version = freeze(*two.anna, two.card);
    REQUIRE(version);
    const std::string content = versionsHere(*two.anna, two.card).front().content;
    const RecordId name{{9, 9, 9}};
    saveRaw(*two.marta, two.caseId, {insertOp(name, "version", {}), assignOp(name, "frozen", content)});
    two.exchange();
    const auto versions = versionsHere(*two.anna, two.card);
    REQUIRE(versions.size() == 2);
    CHECK(versions[0].genuine);
    CHECK_FALSE(versions[1].genuine);
    CHECK(versions[1].id == name);
    CHECK(versions[1].content.empty());
    REQUIRE(versions[1].attempts.size() == 1);
    CHECK(versions[1].attempts.front().by.author == "Marta");
    // Hung into another case it is no version of anything there.
    const auto elsewhere = two.anna->newCase("Inna", {});
    const auto note = two.anna->addRecord(elsewhere->id, "note", {{"text", "x"}});
    saveRaw(
        *two.anna, elsewhere->id, {insertOp(*version, "version", {}), assignOp(*version, "frozen", content)});
    CHECK(versionsHere(*two.anna, *note).empty());
    CHECK(versionsHere(*two.anna, two.card).size() == 2);
}

namespace {

FrozenState sampleState()
{
    FrozenState state;
    state.caseId.bytes.fill(0x11);
    state.document.bytes.fill(0x22);
    RecordId goal;
    goal.bytes.fill(0x03);
    state.records[state.document]
        = {"expectation_card",
           {{"situation",
             "Zażółć gęślą jaźń — „cytat” \"prosty\" \\ / \b\f\n\r\t\x01\x1f\x7f "
             "\U0001F469‍\U0001F467 "
             "\uE000"},
            {"date", "2026-11-23"},
            {"needs", ""},
            {"premises", std::vector<std::string>{"self_referred", "exhausted"}},
            {"none", std::vector<std::string>{}}}};
    state.records[goal] = {"goal", {{"title", "Mieszkanie"}}};
    return state;
}

}  // namespace

TEST_CASE("version: contents, hashes and names are what they were")
{
    const auto files = test::vectorsIn("version");
    REQUIRE_FALSE(files.empty());
    for (const test::VectorFile& file : files) {
        INFO(file.name);
        const std::string content(textOf(file.bytes));
        CHECK(toHex(versionHash(content)) == file.at("hash"));
        CHECK(versionId(content).hex() == file.at("version"));
        const auto subject = subjectOf(content);
        CHECK(test::outcomeOf(subject) == file.at("expect"));
        if (subject)
            CHECK(subject->caseId.hex() + " " + subject->document.hex() == file.at("subject"));
    }
    CHECK(*canonicalJson(sampleState()) == textOf(files.front().bytes));
    FrozenState bad = sampleState();
    bad.records.begin()->second.fields["situation"] = "\xFF";
    CHECK_FALSE(canonicalJson(bad));
}

TEST_CASE("version: golden writer", "[.generate]")
{
    const auto add = [](const std::string& name, const std::string& content) {
        test::VectorFile file{name, {}, toBytes(viewOf(content))};
        file.header["hash"] = toHex(versionHash(content));
        file.header["version"] = versionId(content).hex();
        const auto subject = subjectOf(content);
        file.header["expect"] = test::outcomeOf(subject);
        if (subject)
            file.header["subject"] = subject->caseId.hex() + " " + subject->document.hex();
        test::addVector("version", file);
    };
    const std::string content = *canonicalJson(sampleState());
    add("content", content);
    std::string changed = content;
    changed.replace(changed.find("Mieszkanie"), 1, "m");
    add("content-one-character-changed", changed);
    add("content-of-a-later-format",
        R"({"case":"11111111111111111111111111111111","document":"22222222222222222222222222222222","format":2,"more":[]})");
    add("not-a-version", R"({"format":1})");
}
