// SPDX-License-Identifier: EUPL-1.2
// The table in app/domain/README.md is what people check against the sources, and the rules are what the
// program goes by: each must say what the other says.
#include "app/domain/rule_json.h"
#include "app/domain/rule_set.h"

#include "tests/support/days.h"
#include "tests/support/markdown_table.h"

#include <map>
#include <set>

namespace teren::domain {
namespace {

using test::day;

struct Row {
    std::string test;
    std::string source;
    std::string profile;
    std::string rule;
    std::string value;
    std::string meaning;
    std::string weight;
    std::string example;
};

std::vector<Row> inventory()
{
    std::vector<Row> rows;
    for (const std::vector<std::string>& cells : test::tableRows("app/domain/README.md", "test")) {
        REQUIRE(cells.size() == 8);
        rows.push_back({cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]});
    }
    return rows;
}

/// Every rule with the events it names, in the order of the files.
std::vector<std::pair<Rule, NamedRule>> allRules()
{
    std::vector<std::pair<Rule, NamedRule>> rules;
    for (const RuleFile& file : ruleFiles()) {
        const Result<RuleDocument> document = parseRules(file);
        REQUIRE(document);
        const Result<RuleSet> set = RuleSet::parse(std::span(&file, 1));
        if (!set)
            FAIL(set.error().detail);
        for (std::size_t i = 0; i < document->rules.size(); ++i)
            rules.emplace_back(set->rules()[i], document->rules[i]);
    }
    return rules;
}

std::string valueOf(const Rule& rule)
{
    return (rule.amount ? std::to_string(*rule.amount) : "open") + " " + std::string(nameOf(rule.unit));
}

std::string meaningOf(const Rule& rule, const NamedRule& named)
{
    std::string text(nameOf(rule.kind));
    if (rule.bound != RuleBound::None)
        text += ", " + std::string(nameOf(rule.bound));
    if (rule.freeLastDay != FreeLastDay::Stays)
        text += ", " + std::string(nameOf(rule.freeLastDay));
    if (!named.of.empty())
        text += ", of " + named.of;
    if (!named.from.empty())
        text += ", from " + named.from;
    if (!named.doneBy.empty())
        text += ", done by " + named.doneBy;
    if (!named.until.empty())
        text += ", until " + named.until;
    return text + ", " + std::string(nameOf(rule.about));
}

std::string weightOf(const Rule& rule)
{
    return std::string(nameOf(rule.strictness)) + ", " + std::string(nameOf(rule.origin))
        + (rule.overridable ? "" : ", fixed");
}

/// The example of the row, counted by the rule: "2026-11-30 to 2027-02-28".
std::string exampleOf(const Rule& rule, const std::string& written)
{
    const std::optional<Term> term = rule.term();
    if (!term)
        return "-";
    const std::optional<Day> event = dayFrom(written.substr(0, 10));
    return event ? dayText(*event) + " to " + dayText(endOfTerm(*event, *term)) : "no example";
}

}  // namespace

TEST_CASE("rules: the inventory and the rules name the same numbers in the same order", "[domain]")
{
    std::vector<std::string> inTable;
    std::set<std::string> tests;
    for (const Row& row : inventory()) {
        inTable.push_back(row.profile + "/" + row.rule);
        INFO(row.test);
        CHECK(tests.insert(row.test).second);
    }
    std::vector<std::string> builtIn;
    for (const auto& [rule, named] : allRules())
        builtIn.push_back(rule.profile + "/" + rule.id);
    const std::set<std::string> written(inTable.begin(), inTable.end());
    const std::set<std::string> known(builtIn.begin(), builtIn.end());
    for (const std::string& name : builtIn)
        if (!written.contains(name))
            FAIL_CHECK(name + " has no row in app/domain/README.md");
    for (const std::string& name : inTable)
        if (!known.contains(name))
            FAIL_CHECK(name + " has a row in app/domain/README.md and is no rule");
    CHECK((inTable == builtIn));
    CHECK(inTable.size() > 130);
}

TEST_CASE("rules: every number of the inventory is the one compiled in", "[domain]")
{
    std::map<std::string, std::pair<Rule, NamedRule>> rules;
    for (const auto& entry : allRules())
        rules.emplace(entry.first.profile + "/" + entry.first.id, entry);
    for (const Row& row : inventory()) {
        DYNAMIC_SECTION(row.test << " " << row.rule)
        {
            const auto found = rules.find(row.profile + "/" + row.rule);
            REQUIRE((found != rules.end()));
            const auto& [rule, named] = found->second;
            CHECK(valueOf(rule) == row.value);
            CHECK(meaningOf(rule, named) == row.meaning);
            CHECK(weightOf(rule) == row.weight);
            CHECK(rule.source.section + ", " + rule.source.reference == row.source);
            CHECK(exampleOf(rule, row.example) == row.example);
        }
    }
}

}  // namespace teren::domain
