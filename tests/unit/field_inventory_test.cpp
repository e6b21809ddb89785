// SPDX-License-Identifier: EUPL-1.2
// The table in app/domain/schemas/INVENTORY.md is written from the source documents, and the schemas from it:
// each must say what the other says, field by field.
#include "app/domain/schema.h"

#include "tests/support/catch.h"
#include "tests/support/markdown_table.h"

#include <array>
#include <map>
#include <set>

namespace teren::domain {
namespace {

struct Row {
    std::string test;
    std::string source;
    std::string document;
    std::string name;  ///< "type", "type.field", or "-" for what is not built.
    std::string label;
    std::string meaning;
    std::string layout;

    bool isBuilt() const { return name != "-"; }
    /// What the paper asks and another record answers: it is counted there.
    bool isShownFromElsewhere() const { return meaning == "shown from there"; }
};

const std::vector<Row>& inventory()
{
    static const std::vector<Row> rows = [] {
        std::vector<Row> read;
        for (const auto& cells : test::tableRows("app/domain/schemas/INVENTORY.md", "test")) {
            INFO(cells[0]);
            REQUIRE(cells.size() == 7);
            read.push_back({cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]});
        }
        return read;
    }();
    return rows;
}

const SchemaSet& schemas()
{
    static const SchemaSet set = *SchemaSet::builtIn();
    return set;
}

std::string nameOf(FieldType type)
{
    constexpr std::array kNames{"line",   "text",    "date",  "time",   "number", "scale",
                                "choice", "choices", "phone", "yes_no", "record", "pesel"};
    return kNames.at(static_cast<std::size_t>(type));
}

std::string nameOf(MergePolicy policy)
{
    switch (policy) {
    case MergePolicy::Register:
        return {};
    case MergePolicy::Latest:
        return ", latest";
    case MergePolicy::Text:
        return ", merged";
    case MergePolicy::Set:
        return ", set";
    case MergePolicy::Append:
        return ", append";
    case MergePolicy::State:
        return ", state";
    case MergePolicy::Once:
        return ", once";
    }
    return {};
}

std::string nameOf(Space space)
{
    constexpr std::array kNames{"internal", "team", "either", "partnership", "workspace"};
    return kNames.at(static_cast<std::size_t>(space));
}

std::string joined(const std::vector<std::string>& parts)
{
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : "/") + part;
    return text;
}

std::string choicesOf(const Field& field)
{
    if (field.choices.empty())
        return {};
    if (!field.choicesFrom.empty())
        return " from " + field.choicesFrom;
    std::vector<std::string> ids;
    for (const Choice& choice : field.choices)
        ids.push_back(choice.id + (choice.retired ? " (retired)" : ""));
    return " of " + joined(ids);
}

std::string limitsOf(const Field& field)
{
    std::string text;
    if (!field.of.empty())
        text += " of " + joined(field.of);
    if (field.lengthMax != 0)
        text += ", " + std::to_string(field.lengthMax) + " characters";
    if (field.min)
        text += ", from " + std::to_string(*field.min);
    if (field.max)
        text += ", to " + std::to_string(*field.max);
    if (!field.unit.pl.empty())
        text += ", " + field.unit.pl;
    if (!field.safestFirst.empty())
        text += ", safest first " + joined(field.safestFirst);
    if (!field.closing.empty())
        text += ", closed by " + joined(field.closing);
    return text;
}

std::string deciderOf(const Decider& decider)
{
    if (!decider.isSet())
        return {};
    return ", decided by " + joined(decider.who) + (decider.withFamily ? " with the family" : "")
        + (decider.draft ? " as a draft" : "");
}

std::string rulesOf(const std::vector<Formula>& shownWhen)
{
    std::string text;
    for (const Formula& rule : shownWhen)
        text += ", shown when " + rule.text;
    return text;
}

std::string careOf(const Field& field)
{
    std::string text;
    if (field.leaves != Leaves::Never)
        text += field.leaves == Leaves::Proposed ? ", proposed" : ", withheld";
    if (!field.proposedAs.empty())
        text += " as " + field.proposedAs;
    text += deciderOf(field.decider);
    if (!field.printPlace.empty())
        text += ", printed at " + field.printPlace;
    return text;
}

std::string meaningOf(const Field& field)
{
    std::string text = nameOf(field.type) + choicesOf(field) + nameOf(field.policy) + limitsOf(field);
    if (field.internal)
        text += ", internal";
    if (field.required)
        text += ", required";
    if (field.requiredForPrint)
        text += ", required for print";
    text += rulesOf(field.shownWhen);
    if (field.calculated)
        text += ", = " + field.calculated->text;
    return text + careOf(field);
}

std::string meaningOf(const Table& table)
{
    std::string text = "table of " + table.of + " by " + table.by;
    if (table.printedRows != 0)
        text += ", " + std::to_string(table.printedRows) + " rows on paper";
    text += rulesOf(table.shownWhen);
    return table.printPlace.empty() ? text : text + ", printed at " + table.printPlace;
}

std::string meaningOf(const RecordType& type)
{
    std::string text = nameOf(type.space) + ", named by " + type.titleField;
    if (type.version != 1)
        text += ", version " + std::to_string(type.version);
    if (!type.migrations.empty())
        text += ", " + std::to_string(type.migrations.size()) + " migrations";
    if (type.familyCopy)
        text += ", copy for the family";
    for (const auto& [model, need] : type.models)
        text += ", " + model + (need == Need::Necessary ? " necessary" : " more");
    return text + deciderOf(type.decider);
}

/// What the table has to say of a type, a field or a table of rows.
struct Said {
    std::string label;
    std::string meaning;
};

/// By name, "type" or "type.field".
std::map<std::string, Said> said()
{
    std::map<std::string, Said> all;
    for (const RecordType& type : schemas().types()) {
        all[type.id] = {type.label.pl, meaningOf(type)};
        for (const Field& field : type.fields)
            all[type.id + "." + field.id] = {field.label.pl, meaningOf(field)};
        for (const Table& table : type.tables)
            all[type.id + "." + table.id] = {table.label.pl, meaningOf(table)};
    }
    return all;
}

}  // namespace

TEST_CASE("field inventory: every type, field and table has one row, and every row is one", "[domain]")
{
    std::map<std::string, int> rows;
    std::set<std::string> tests;
    for (const Row& row : inventory()) {
        INFO(row.test);
        CHECK(tests.insert(row.test).second);
        if (row.isBuilt() && !row.isShownFromElsewhere())
            ++rows[row.name];
    }
    const std::map<std::string, Said> built = said();
    for (const auto& [name, what] : built)
        if (rows[name] != 1)
            FAIL_CHECK(name << " has " << rows[name] << " rows in app/domain/schemas/INVENTORY.md");
    for (const Row& row : inventory())
        if (row.isBuilt() && !built.contains(row.name))
            FAIL_CHECK(row.test << " names " << row.name << ", which no schema has");
}

TEST_CASE("field inventory: the fields of a form stand in the order of the source", "[domain]")
{
    std::map<std::string, std::vector<std::string>> inSources;
    for (const Row& row : inventory())
        if (const std::size_t dot = row.name.find('.');
            row.isBuilt() && !row.isShownFromElsewhere() && dot != std::string::npos)
            inSources[row.name.substr(0, dot)].push_back(row.name.substr(dot + 1));
    for (const RecordType& type : schemas().types()) {
        std::vector<std::string> fields;
        std::vector<std::string> tables;
        for (const std::string& name : inSources[type.id])
            (type.find(name) != nullptr ? fields : tables).push_back(name);
        std::vector<std::string> inSchema;
        for (const Field& field : type.fields)
            inSchema.push_back(field.id);
        INFO(type.id);
        CHECK(fields == inSchema);
        inSchema.clear();
        for (const Table& table : type.tables)
            inSchema.push_back(table.id);
        CHECK(tables == inSchema);
    }
}

TEST_CASE("field inventory: every row says what the schema says", "[domain]")
{
    static const std::map<std::string, Said> built = said();
    for (const Row& row : inventory()) {
        if (!row.isBuilt() || row.isShownFromElsewhere())
            continue;
        DYNAMIC_SECTION(row.test)
        {
            INFO(row.name);
            const auto found = built.find(row.name);
            REQUIRE((found != built.end()));
            CHECK(row.label == found->second.label);
            CHECK(row.meaning == found->second.meaning);
        }
    }
}

TEST_CASE("field inventory: what is not built says why, and every row says where it comes from", "[domain]")
{
    constexpr std::size_t kShortestReason = 20;
    for (const Row& row : inventory()) {
        INFO(row.test);
        CHECK_FALSE(row.source.empty());
        CHECK_FALSE(row.document.empty());
        CHECK_FALSE(row.label.empty());
        if (!row.isBuilt())
            CHECK((row.meaning.starts_with("not built: ") && row.meaning.size() > kShortestReason));
    }
}

TEST_CASE("field inventory: a document of a model says which source it follows", "[domain]")
{
    for (const RecordType& type : schemas().types()) {
        INFO(type.id);
        CHECK((type.models.empty() || !type.source.empty()));
    }
}

}  // namespace teren::domain
