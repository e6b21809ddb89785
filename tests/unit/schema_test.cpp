// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/schema.h"

#include "app/domain/schema_files.h"
#include "app/domain/value.h"

#include "tests/support/catch.h"
#include "tests/support/seeded.h"

#include <filesystem>
#include <fstream>
#include <set>

namespace teren::domain {
namespace {

std::string documentWith(const std::string& fields, const std::string& rest)
{
    return R"({"id": "thing", "label": {"pl": "Rzecz", "en": "Thing"},
               "plural": {"pl": "Rzeczy", "en": "Things"}, "fields": [)"
        + fields + "]" + rest + "}";
}

const std::string kName = R"({"id": "name", "type": "line", "label": {"pl": "Nazwa", "en": "Name"}})";
const std::string kTitle = R"(, "titleField": "name")";

std::string reasonFor(const std::string& document)
{
    const Result<SchemaSet> set = SchemaSet::parse({document});
    return set ? "accepted" : set.error().detail;
}

std::string textOf(const std::string& path)
{
    std::ifstream stream(TEREN_SOURCE_DIR + path);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// What comes of one field's input, or the reason.
std::string given(std::string_view type, std::string_view field, std::string_view value)
{
    static const SchemaSet set = *SchemaSet::builtIn();
    const Result<std::string> canonical = set.canonical(*set.find(type), field, value);
    return canonical ? *canonical : "! " + canonical.error().detail;
}

}  // namespace

TEST_CASE("schemas: every file of the folder is built in, loads, and is named after its type", "[domain]")
{
    const Result<SchemaSet> set = SchemaSet::builtIn();
    if (!set)
        FAIL(set.error().detail);
    std::set<std::string> names;
    for (const RecordType& type : set->types())
        names.insert(type.id + ".json");
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(TEREN_SOURCE_DIR "/app/domain/schemas"))
        if (entry.path().filename() != "INVENTORY.md")
            files.insert(entry.path().filename().string());
    CHECK(names == files);
    for (const SchemaFile& file : schemaFiles())
        CHECK(textOf("/app/domain/schemas/" + std::string(file.name)) == file.text);
}

TEST_CASE("schemas: every code list of the folder is built in and named after its file", "[domain]")
{
    const SchemaSet set = *SchemaSet::builtIn();
    std::set<std::string> names;
    for (const CodeList& list : set.lists())
        names.insert(list.id + ".json");
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(TEREN_SOURCE_DIR "/app/domain/code_lists"))
        files.insert(entry.path().filename().string());
    CHECK(names == files);
    for (const SchemaFile& file : codeListFiles())
        CHECK(textOf("/app/domain/code_lists/" + std::string(file.name)) == file.text);
}

TEST_CASE("schemas: every field has its place in a section, so that a form shows it", "[domain]")
{
    const SchemaSet set = *SchemaSet::builtIn();
    for (const RecordType& type : set.types()) {
        std::size_t placed = 0;
        for (const Section& section : type.sections)
            placed += section.fields.size();
        // What only the program writes has none.
        for (const Field& field : type.fields)
            placed += field.internal ? 1 : 0;
        INFO(type.id);
        CHECK(placed == type.fields.size());
        std::size_t tables = 0;
        for (const Section& section : type.sections)
            tables += section.tables.size();
        CHECK(tables == type.tables.size());
    }
}

TEST_CASE("schemas: the fields that the command line promises are there", "[domain]")
{
    const SchemaSet set = *SchemaSet::builtIn();
    const std::vector<std::pair<std::string, std::string>> promised{
        {"person", "name"},
        {"note", "text"},
        {"contact", "summary"},
        {"visit", "date"},
        {"goal", "title"},
        {"expectation_card", "situation"},
        {"task", "title"},
        {"task", "due"},
        {"scale_mark", "area"},
        {"scale_mark", "value"},
        {"scale_mark", "rater"},
        {"expectation_card", "scale_a_family"},
        {"expectation_card", "scale_c_institution"},
    };
    for (const auto& [type, field] : promised) {
        INFO(type << '.' << field);
        REQUIRE(set.find(type) != nullptr);
        CHECK(set.find(type)->find(field) != nullptr);
    }
}

TEST_CASE("schemas: the Expectations Card keeps the printed order", "[domain]")
{
    const SchemaSet set = *SchemaSet::builtIn();
    const RecordType& card = *set.find("expectation_card");
    std::vector<std::string> inSections;
    for (const Section& section : card.sections)
        inSections.insert(inSections.end(), section.fields.begin(), section.fields.end());
    std::vector<std::string> inFields;
    for (const Field& field : card.fields)
        inFields.push_back(field.id);
    CHECK(inSections == inFields);
    CHECK(inFields.front() == "situation");
    CHECK(inFields.back() == "key_worker");
}

TEST_CASE("schemas: a faulty document is refused with its reason", "[domain]")
{
    CHECK(reasonFor(documentWith(kName, kTitle)) == "accepted");
    CHECK(reasonFor("{\n") == "document 1: is not JSON; see line 2");
    CHECK(reasonFor(R"({"id": "a", "id": "b"})") == "document 1: key 'id' twice");
    CHECK(reasonFor(documentWith(kName, kTitle + R"(, "colour": 1)")) == "document 1: unknown key 'colour'");
    CHECK(
        reasonFor(documentWith(kName, R"(, "titleField": "title")"))
        == "document 1: titleField 'title' is no field");
    CHECK(reasonFor(documentWith(kName + "," + kName, kTitle)) == "document 1: field 'name' twice");
    CHECK(
        reasonFor(documentWith(R"({"id": "name", "type": "line", "label": {"pl": "Nazwa"}})", kTitle))
        == "document 1: name: needs a text 'en'");
    CHECK(
        reasonFor(
            documentWith(R"({"id": "name", "type": "colour", "label": {"pl": "a", "en": "b"}})", kTitle))
        == "document 1: name: unknown type 'colour'");
    CHECK(
        reasonFor(documentWith(
            R"({"id": "name", "type": "line", "policy": "x", "label": {"pl": "a", "en": "b"}})", kTitle))
        == "document 1: name: unknown policy 'x'");
    CHECK(
        reasonFor(documentWith(
            R"({"id": "name", "type": "line", "policy": "once", "label": {"pl": "a", "en": "b"}})", kTitle))
        == "document 1: name: what is written once is internal");
    CHECK(
        reasonFor(
            documentWith(R"({"id": "name", "type": "choice", "label": {"pl": "a", "en": "b"}})", kTitle))
        == "document 1: name: choices are for choice and choices, and needed there");
    CHECK(
        reasonFor(documentWith(
            R"({"id": "name", "type": "line", "min": 1, "label": {"pl": "a", "en": "b"}})", kTitle))
        == "document 1: name: 'min' is a whole number, for a field of numbers");
    CHECK(
        reasonFor(documentWith(
            R"({"id": "name", "type": "number", "min": 2, "max": 1, "label": {"pl": "a", "en": "b"}})",
            kTitle))
        == "document 1: name: 'min' is above 'max'");
    const auto withOrder = [](const std::string& rest) {
        return reasonFor(documentWith(
            kName
                + R"(, {"id": "state", "type": "choice", "label": {"pl": "a", "en": "b"}, "choices": [)"
                  R"({"id": "on", "label": {"pl": "a", "en": "b"}}, {"id": "off", "label": {"pl": "c", "en": "d"}}])"
                + rest + "}",
            kTitle));
    };
    CHECK(withOrder(R"(, "policy": "state", "safestFirst": ["off", "on"])") == "accepted");
    for (const std::string& wrong :
         {std::string(R"(, "policy": "state")"), std::string(R"(, "safestFirst": ["off", "on"])")})
        CHECK(
            withOrder(wrong)
            == "document 1: state: 'safestFirst' is for a choice with the policy 'state', and needed there");
    CHECK(
        withOrder(R"(, "policy": "state", "safestFirst": ["off"])")
        == "document 1: state: 'safestFirst' leaves out 'on'");
    CHECK(
        withOrder(R"(, "policy": "state", "safestFirst": ["off", "off"])")
        == "document 1: state: 'safestFirst' lists what is no choice, or one twice");
    CHECK(
        reasonFor(documentWith(
            kName, kTitle + R"(, "sections": [{"title": {"pl": "a", "en": "b"}, "fields": ["x"]}])"))
        == "document 1: sections name 'x', which is no field");
    CHECK(
        reasonFor(documentWith(R"({"id": "Name", "type": "line"})", kTitle))
        == "document 1: fields: 1: 'Name' is not an identifier in snake_case");
    const Result<SchemaSet> twice
        = SchemaSet::parse({documentWith(kName, kTitle), documentWith(kName, kTitle)});
    REQUIRE_FALSE(twice.has_value());
    CHECK(twice.error().detail == "document 2: type 'thing' twice");
}

TEST_CASE("values: dates come out in one form, and only if they exist", "[domain]")
{
    CHECK(given("visit", "date", "2026-11-22") == "2026-11-22");
    CHECK(given("visit", "date", " 22.11.2026 ") == "2026-11-22");
    CHECK(given("visit", "date", "2.1.2026") == "2026-01-02");
    CHECK(given("visit", "date", "22. 11. 2026") == "2026-11-22");
    CHECK(given("visit", "date", "29/02/2028") == "2028-02-29");
    CHECK(given("visit", "date", "31.02.2026") == "! visit.date: '31.02.2026' is not a day of the calendar");
    CHECK(
        given("visit", "date", "jutro")
        == "! visit.date: 'jutro' is not a date; write year-month-day, such as 2026-11-22");
    CHECK(
        given("visit", "date", "2200-01-01")
        == "! visit.date: '2200-01-01' is out of range; years go from 1850 to 2199");
    using namespace std::string_literals;
    CHECK(given("note", "text", "a\0b"s) == "! note.text: holds a control character (code 0); take it out");
    CHECK(given("note", "text", "a\x1b[1mb").starts_with("!"));
    CHECK(given("note", "text", "a\tb\nc") == "a\tb\nc");
    CHECK(given("visit", "date", "29.02.2026").starts_with("! visit.date"));
    CHECK(given("visit", "date", "29.02.2100").starts_with("! visit.date"));
    CHECK(given("visit", "date", "29.02.2000") == "2000-02-29");
    CHECK(given("visit", "date", "2026-13-01").starts_with("!"));
    CHECK(given("visit", "date", "26-11-22").starts_with("!"));
    CHECK(given("visit", "date", "2026.11-22").starts_with("!"));
    CHECK(given("visit", "date", "jutro").starts_with("!"));
    CHECK(given("visit", "date", "").empty());
    CHECK(given("visit", "date", " \n").empty());
}

TEST_CASE("values: times, numbers, scales, phones, answers", "[domain]")
{
    CHECK(given("visit", "time", "9:30") == "09:30");
    CHECK(given("visit", "time", "09.05") == "09:05");
    CHECK(given("visit", "time", "24:00").starts_with("!"));
    CHECK(given("visit", "time", "9:5").starts_with("!"));
    CHECK(given("visit", "duration", "1 200,50") == "1200.5");
    CHECK(given("visit", "duration", "-0,0") == "0");
    CHECK(given("visit", "duration", "007") == "7");
    CHECK(given("visit", "duration", "1.").starts_with("!"));
    CHECK(given("visit", "duration", ",5").starts_with("!"));
    CHECK(given("visit", "duration", "-5") == "! visit.duration: -5 is too small; the least is 0");
    CHECK(given("visit", "duration", "-0.5").starts_with("!"));
    CHECK(given("visit", "duration", "1440") == "1440");
    CHECK(given("visit", "duration", "1440.1") == "! visit.duration: 1440.1 is too large; the most is 1440");
    CHECK(given("scale_mark", "value", "10") == "10");
    CHECK(
        given("scale_mark", "value", "11")
        == "! scale_mark.value: '11' is not on the scale; it goes from 1 to 10");
    CHECK(given("scale_mark", "value", "0").starts_with("!"));
    CHECK(given("scale_mark", "value", "2,5").starts_with("!"));
    CHECK(given("person", "phone", "600 100 200") == "600100200");
    CHECK(given("person", "phone", "0048 (22) 600-10-20") == "+48226001020");
    CHECK(given("person", "phone", "brak").starts_with("! person.phone: is not a phone number"));
    // Made up: born on 1 February 2003, and on 14 May 1944.
    CHECK(given("person", "pesel", " 032201-12346 ") == "03220112346");
    CHECK(given("person", "pesel", "44051401359") == "44051401359");
    CHECK(given("person", "pesel", "44051401358").find("a digit is wrong") != std::string::npos);
    CHECK(given("person", "pesel", "4405140135").find("11 digits") != std::string::npos);
    CHECK(given("person", "pesel", "44153201357").find("a digit is wrong") != std::string::npos);
    CHECK(*birthDateIn("03220112346") == "2003-02-01");
    CHECK(*birthDateIn("44051401359") == "1944-05-14");
    CHECK(*birthDateIn("99921012345") == "1899-12-10");
    CHECK_FALSE(birthDateIn("44153201357"));
    CHECK_FALSE(birthDateIn("no number"));
    CHECK(given("goal", "planned", "TAK") == "yes");
    CHECK(given("goal", "planned", "no") == "no");
    CHECK(given("goal", "planned", "może").starts_with("!"));
}

TEST_CASE("values: choices by identifier or by what people read", "[domain]")
{
    CHECK(given("visit", "kind", "nobody_home") == "nobody_home");
    CHECK(given("visit", "kind", "Nikogo nie zastano") == "nobody_home");
    CHECK(given("scale_mark", "rater", "PZK") == "pzk");
    CHECK(given("workspace", "model", "urban-rural") == "urban-rural");
    CHECK(
        given("scale_mark", "rater", "sąsiad")
        == "! scale_mark.rater: 'sąsiad' is none of its answers: family, institution, pzk");
    CHECK(given("case", "premises", "exhausted, chronic_crisis,exhausted") == "chronic_crisis,exhausted");
    CHECK(given("case", "premises", "exhausted, x").starts_with("!"));
}

TEST_CASE("values: text is tidied and bounded, never cut", "[domain]")
{
    CHECK(given("person", "name", "  Anna\tMaria \n Zielona ") == "Anna Maria Zielona");
    CHECK(
        given(
            "person", "name",
            "Ło\xCC\x81"
            "dz\xCC\x81")
        == "Łódź");
    CHECK(given("note", "text", "\r\n raz  \r\ndwa\n\n\n trzy\n\n") == " raz\ndwa\n\n\n trzy");
    CHECK(given("person", "name", "\xC3(").starts_with("! person.name: the text is not UTF-8"));
    CHECK(
        given("person", "name", std::string(201, 'a'))
        == "! person.name: is 201 characters long; at most 200 fit");
    const std::string longest = [] {
        std::string text;
        for (int i = 0; i < 60'000; ++i)
            text += "\xF0\x9F\x8C\xB2";
        return text;
    }();
    CHECK(given("note", "text", longest) == longest);
    CHECK(given("note", "text", longest + "a").starts_with("!"));
    CHECK(given("note", "colour", "red") == "! note.colour: there is no such field");
    CHECK(given("task", "goal", std::string(32, 'A')) == std::string(32, 'a'));
    CHECK(given("task", "goal", "12").starts_with("!"));
}

TEST_CASE("values: canonical forms are their own canonical forms", "[domain]")
{
    const SchemaSet set = *SchemaSet::builtIn();
    const std::vector<std::string> pieces{
        "1",        "2",    "29",           "02",  "2028",   "-",           ".",    ":", "/",      ",",
        " ",        "\n",   "\r",           "\t",  "a",      "A",           "Ł",    "ó", "+48",    "\xCC\x81",
        "\xC2\xA0", "\x07", "\xE2\x80\xA8", "yes", "family", "nobody_home", "\xC3", "ﬁ", "600 100"};
    test::SeededRandom random(7);
    std::size_t accepted = 0;
    for (int round = 0; round < 60'000; ++round) {
        const RecordType& type = set.types()[random.below(set.types().size())];
        const Field& field = type.fields[random.below(type.fields.size())];
        std::string input;
        for (std::uint64_t left = random.below(6); left > 0; --left)
            input += pieces[random.below(pieces.size())];
        const Result<std::string> once = set.canonical(type, field.id, input);
        if (!once || once->empty())
            continue;
        ++accepted;
        const Result<std::string> twice = set.canonical(type, field.id, *once);
        INFO(type.id << '.' << field.id << " from '" << input << "'");
        REQUIRE(twice.has_value());
        REQUIRE(*twice == *once);
    }
    CHECK(accepted > 10'000);
}

TEST_CASE("values: every day of a leap century is a date, and nothing else is", "[domain]")
{
    int days = 0;
    for (int year = 2000; year < 2004; ++year)
        for (int month = 0; month <= 13; ++month)
            for (int day = 0; day <= 32; ++day)
                days += isDate(year, month, day) ? 1 : 0;
    CHECK(days == 366 + 3 * 365);
}

}  // namespace teren::domain
