// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/schema.h"

#include "tests/support/catch.h"
#include "tests/support/sample_form.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

// Every valid file is broken in every place, one fault at a time, and each is refused with file and place.
namespace teren::domain {
namespace {

using Json = nlohmann::ordered_json;
using Place = Json::json_pointer;

/// Files by name, as they would lie in the two folders.
struct Files {
    std::map<std::string, Json> schemas;
    std::map<std::string, Json> codeLists;
};

Files filesOf(std::span<const SchemaFile> schemas, std::span<const SchemaFile> codeLists)
{
    Files files;
    for (const SchemaFile& file : schemas)
        files.schemas[std::string(file.name)] = Json::parse(file.text);
    for (const SchemaFile& file : codeLists)
        files.codeLists[std::string(file.name)] = Json::parse(file.text);
    return files;
}

Files sampleFiles()
{
    const test::SampleForm form = test::sampleForm();
    return filesOf(form.schemas, form.codeLists);
}

/// The reason against the files, or "accepted".
std::string reasonFor(const Files& files)
{
    std::vector<std::string> texts;
    texts.reserve(files.schemas.size() + files.codeLists.size());
    std::vector<SchemaFile> schemas;
    std::vector<SchemaFile> codeLists;
    for (const auto& [name, json] : files.schemas)
        schemas.push_back({name, texts.emplace_back(json.dump())});
    for (const auto& [name, json] : files.codeLists)
        codeLists.push_back({name, texts.emplace_back(json.dump())});
    const Result<SchemaSet> set = SchemaSet::parse(schemas, codeLists);
    return set ? "accepted" : set.error().detail;
}

void forEachPlace(const Json& json, const Place& here, const std::function<void(const Place&)>& visit)
{
    if (!here.empty())
        visit(here);
    if (json.is_object())
        for (const auto& [key, value] : json.items())
            forEachPlace(value, here / key, visit);
    if (json.is_array())
        for (std::size_t i = 0; i < json.size(); ++i)
            forEachPlace(json[i], here / i, visit);
}

/// "/fields/3/label/pl" is in the field /fields/3, whose id says where the fault is.
std::string partOf(const Json& file, const Place& place)
{
    Place part = place;
    while (!part.parent_pointer().parent_pointer().empty())
        part = part.parent_pointer();
    if (part.empty() || part.parent_pointer().empty() || !file[part].is_object()
        || !file[part].contains("id"))
        return {};
    return file[part]["id"];
}

/// Calls `break_` at every place of every file with a copy of all files; returns how many were refused.
/// Every refusal names the file, or one that depends on it, and in the file itself the field, table or item.
int breakEverywhere(const Files& files, const std::function<bool(Json& file, const Place&)>& breakAt)
{
    int refused = 0;
    const auto breakFile = [&](const std::string& name, std::map<std::string, Json> Files::* folder) {
        forEachPlace((files.*folder).at(name), Place(), [&](const Place& place) {
            Files broken = files;
            Json& file = (broken.*folder).at(name);
            const std::string part = partOf(file, place);
            if (!breakAt(file, place))
                return;
            const std::string reason = reasonFor(broken);
            INFO(name << " at " << place.to_string() << ": " << reason);
            REQUIRE(reason != "accepted");
            REQUIRE(reason.find(".json: ") != std::string::npos);
            // An id that is gone is told by its index; what goes missing may be missed elsewhere.
            const bool isOwnFault = reason.starts_with(name);
            const bool isWithin = std::ranges::count(place.to_string(), '/') > 2;
            const bool isKeyed = isWithin && place.back() != "id" && !part.empty();
            if (isOwnFault && isKeyed)
                REQUIRE(reason.find(part) != std::string::npos);
            ++refused;
        });
    };
    for (const auto& [name, json] : files.schemas)
        breakFile(name, &Files::schemas);
    for (const auto& [name, json] : files.codeLists)
        breakFile(name, &Files::codeLists);
    return refused;
}

/// Keys that a schema may leave out: without them it says less and is still valid.
bool isOptional(const Json& file, const Place& place)
{
    static const std::set<std::string> kOptional{
        "$comment",
        "version",
        "space",
        "familyCopy",
        "models",
        "decider",
        "source",
        "migrations",
        "tables",
        "sections",
        "policy",
        "hint",
        "required",
        "lengthMax",
        "min",
        "max",
        "internal",
        "unit",
        "requiredForPrint",
        "shownWhen",
        "calculated",
        "leaves",
        "proposedAs",
        "printPlace",
        "printedRows",
        "text",
        "code",
        "under",
        "retired",
        "closing",
        "withFamily",
        "draft",
        "fields",
        "of",
        "rural",
        "urban-rural",
        "urban"};
    const std::string& key = place.back();
    const Json& holder = file[place.parent_pointer()];
    if (key == "fields")
        return !place.parent_pointer().empty();
    if (key == "of")
        return holder.contains("type");
    if (key == "policy")
        return holder.contains("internal") || (holder[key] != "set" && holder[key] != "state");
    return kOptional.contains(key) || !holder.is_object()
        || place.parent_pointer().to_string().ends_with("/map");
}

}  // namespace

TEST_CASE("schema faults: a sample of all that a schema may say is accepted", "[domain]")
{
    CHECK(reasonFor(sampleFiles()) == "accepted");
    CHECK(reasonFor(filesOf(schemaFiles(), codeListFiles())) == "accepted");
}

TEST_CASE("schema faults: a needed key that is gone is missed", "[domain]")
{
    const int refused = breakEverywhere(sampleFiles(), [](Json& file, const Place& place) {
        if (isOptional(file, place))
            return false;
        file[place.parent_pointer()].erase(place.back());
        return true;
    });
    CHECK(refused > 150);
}

TEST_CASE("schema faults: a needed key that is gone is missed in the files built in", "[domain]")
{
    // The sample is broken everywhere; of these, which are many, each kind of place in each kind of file.
    std::set<std::string> broken;
    const int refused
        = breakEverywhere(filesOf(schemaFiles(), codeListFiles()), [&broken](Json& file, const Place& place) {
              std::string kind = file.contains("items") ? "list" : "type";
              for (Place at = place; !at.empty(); at = at.parent_pointer())
                  if (!file[at.parent_pointer()].is_array())
                      kind += "/" + at.back();
              if (isOptional(file, place) || !broken.insert(kind).second)
                  return false;
              file[place.parent_pointer()].erase(place.back());
              return true;
          });
    CHECK(refused > 20);
}

TEST_CASE("schema faults: a value of another kind is refused wherever it stands", "[domain]")
{
    for (const Json& wrong :
         {Json(nullptr), Json(-7.5), Json::object({{"colour", "red"}}), Json::array({Json::array()})}) {
        const int refused = breakEverywhere(sampleFiles(), [&](Json& file, const Place& place) {
            file[place] = wrong;
            return true;
        });
        CHECK(refused > 300);
    }
}

TEST_CASE("schema faults: an unknown key is refused in every object", "[domain]")
{
    const int refused = breakEverywhere(sampleFiles(), [](Json& file, const Place& place) {
        // The keys of a map are the author's own.
        if (!file[place].is_object() || place.back() == "map")
            return false;
        file[place]["colour"] = "red";
        return true;
    });
    CHECK(refused > 80);
}

TEST_CASE("schema faults: the same thing twice is refused in every list", "[domain]")
{
    const int refused = breakEverywhere(sampleFiles(), [](Json& file, const Place& place) {
        const bool isOnce = file[place].is_array() && !file[place].empty() && place.back() != "sections";
        if (!isOnce)
            return false;
        file[place].push_back(file[place][0]);
        return true;
    });
    CHECK(refused > 25);
}

TEST_CASE("schema faults: a name that leads nowhere is refused", "[domain]")
{
    static const std::set<std::string> kNames{"titleField", "type",      "policy",    "space", "choicesFrom",
                                              "proposedAs", "leaves",    "by",        "under", "field",
                                              "into",       "shownWhen", "calculated"};
    const int refused = breakEverywhere(sampleFiles(), [](Json& file, const Place& place) {
        const std::string list = place.parent_pointer().empty() ? "" : place.parent_pointer().back();
        const bool isName = kNames.contains(place.back()) || list == "of" || list == "who"
            || list == "safestFirst" || list == "closing" || list == "into"
            || (place.to_string().starts_with("/sections") && (list == "fields" || list == "tables"));
        // A table's `of` is a name, a field's a list of them.
        const bool isTableOf = place.back() == "of" && file[place].is_string();
        if (!file[place].is_string() || !(isName || isTableOf))
            return false;
        file[place] = "nowhere";
        return true;
    });
    CHECK(refused > 80);
}

TEST_CASE("schema faults: whatever goes in a circle is refused", "[domain]")
{
    Files files = sampleFiles();
    Json& survey = files.schemas.at("survey.json");
    const auto fieldOf = [&survey](const std::string& id) -> Json& {
        for (Json& field : survey["fields"])
            if (field["id"] == id)
                return field;
        FAIL("no field " << id);
        return survey;
    };
    SECTION("of calculations")
    {
        fieldOf("total")["calculated"] = "per_head * 2";
        CHECK(reasonFor(files) == "survey.json: total: its rules go in a circle: total, per_head, total");
    }
    SECTION("of what is shown")
    {
        fieldOf("works")["shownWhen"] = "pay > 3";
        CHECK(reasonFor(files) == "survey.json: works: its rules go in a circle: works, pay, works");
    }
    SECTION("of one rule through a section")
    {
        survey["sections"][0]["shownWhen"] = "works";
        CHECK(reasonFor(files) == "survey.json: name: its rules go in a circle: name, works, name");
    }
    SECTION("of a table and what is calculated from it")
    {
        survey["tables"][0]["shownWhen"] = "total > 0";
        CHECK(reasonFor(files) == "survey.json: total: its rules go in a circle: total, members, total");
    }
    SECTION("of tables")
    {
        Json& income = files.schemas.at("survey_income.json");
        income["tables"] = Json::array(
            {{{"id", "surveys"}, {"label", {{"pl", "a"}, {"en", "b"}}}, {"of", "survey"}, {"by", "friend"}}});
        fieldOf("friend")["of"] = {"survey_income"};
        fieldOf("friend")["required"] = true;
        CHECK(reasonFor(files) == "survey.json: members: the tables go in a circle, back to 'survey'");
    }
}

TEST_CASE("schema faults: a record that can stand alone may be a row", "[domain]")
{
    Files files = sampleFiles();
    Json& by = files.schemas.at("survey_income.json")["fields"][0];
    by.erase("required");
    CHECK(reasonFor(files) == "accepted");
    by["of"] = {"survey_member", "survey"};
    CHECK(
        reasonFor(files)
        == "survey_member.json: incomes: 'by' names 'member', which is no field of 'survey_income' that "
           "names a record of 'survey_member' alone");
}

TEST_CASE("schema faults: a record is named by what people can read", "[domain]")
{
    for (const char* const field : {"mood", "needs", "works", "friend"}) {
        Files files = sampleFiles();
        files.schemas.at("survey.json")["titleField"] = field;
        CHECK(
            reasonFor(files)
            == "survey.json: titleField '" + std::string(field)
                + "' holds an identifier, which nobody can read");
    }
}

TEST_CASE("schema faults: what is in one space names nothing of another", "[domain]")
{
    Files files = sampleFiles();
    Json& survey = files.schemas.at("survey.json");
    SECTION("a reference")
    {
        files.schemas.at("summary.json")["fields"].push_back(
            {{"id", "from"}, {"type", "record"}, {"of", {"survey"}}, {"label", {{"pl", "a"}, {"en", "b"}}}});
        CHECK(reasonFor(files) == "summary.json: from: 'of' names 'survey', which lives in another space");
    }
    SECTION("rows")
    {
        Json& income = files.schemas.at("survey_income.json");
        income["space"] = "either";
        CHECK(reasonFor(files) == "accepted");
        income["space"] = "internal";
        files.schemas.at("survey_member.json")["space"] = "either";
        CHECK(
            reasonFor(files) == "survey_member.json: incomes: its rows live in another space than the form");
    }
    SECTION("what is the team's already does not leave")
    {
        files.schemas.at("summary.json")["fields"][0]["leaves"] = "proposed";
        CHECK(reasonFor(files) == "summary.json: mood: 'leaves' is for answers of the internal space");
    }
    SECTION("a proposal goes to the team, as the same kind of answer")
    {
        survey["fields"][3]["proposedAs"] = "survey.mood";
        const std::string reason
            = "survey.json: mood: 'proposedAs' names 'survey.mood', which is no field of the "
              "same type in the team's space";
        CHECK(reasonFor(files) == reason);
    }
    SECTION("nothing goes where nothing leaves")
    {
        survey["fields"][3].erase("leaves");
        CHECK(reasonFor(files) == "survey.json: mood: 'proposedAs' is for what leaves");
    }
}

TEST_CASE("schema faults: choices that are retired go by their identifier alone", "[domain]")
{
    const test::SampleForm form = test::sampleForm();
    const SchemaSet set = *SchemaSet::parse(form.schemas, form.codeLists);
    const RecordType& survey = *set.find("survey");
    CHECK(*set.canonical(survey, "mood", "sunny") == "sunny");
    const auto byLabel = set.canonical(survey, "mood", "słoneczny");
    REQUIRE_FALSE(byLabel.has_value());
    CHECK(byLabel.error().detail == "survey.mood: 'słoneczny' is none of its answers: low, good, very_good");
    CHECK(*set.canonical(survey, "needs", "work, home") == "home,work");
    CHECK(
        set.canonical(survey, "total", "5").error().detail
        == "survey.total: is calculated from other answers");
    CHECK(set.findList("mood")->find("low")->code == "N1");
    CHECK(survey.find("mood")->choices.size() == 4);
}

}  // namespace teren::domain
