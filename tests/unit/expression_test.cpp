// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/answers.h"
#include "app/domain/expression.h"
#include "app/domain/schema.h"

#include "tests/support/catch.h"
#include "tests/support/sample_form.h"
#include "tests/support/seeded.h"

namespace teren::domain {
namespace {

const SchemaSet& sample()
{
    static const SchemaSet set = [] {
        const test::SampleForm form = test::sampleForm();
        Result<SchemaSet> parsed = SchemaSet::parse(form.schemas, form.codeLists);
        if (!parsed)
            FAIL(parsed.error().detail);
        return *parsed;
    }();
    return set;
}

constexpr std::string_view kToday = "2026-11-24";

/// The sample form with one more field, calculated by `rule`; what it comes to, "" for not known, or the
/// reason against the rule.
std::string worth(const std::string& type, const std::string& rule, const Answers& answers)
{
    test::SampleForm form = test::sampleForm();
    std::string text(form.schemas[0].text);
    const std::string field = R"({"id": "result", "type": ")" + type
        + R"(", "label": {"pl": "a", "en": "b"}, "calculated": ")" + rule + R"("},)";
    const std::string fields = R"("fields": [)";
    text.insert(text.find(fields) + fields.size(), field);
    form.schemas[0].text = text;
    const Result<SchemaSet> set = SchemaSet::parse(form.schemas, form.codeLists);
    if (!set)
        return "! " + set.error().detail;
    const RuledAnswers out = ruled(*set->find("survey"), *set, answers, kToday);
    const auto found = out.answers.fields.find("result");
    return found == out.answers.fields.end() ? "" : found->second;
}

std::string number(const std::string& rule, const Answers& answers = {})
{
    return worth("number", rule, answers);
}

std::string decision(const std::string& rule, const Answers& answers = {})
{
    return worth("yes_no", rule, answers);
}

std::string date(const std::string& rule, const Answers& answers = {})
{
    return worth("date", rule, answers);
}

std::string reason(const std::string& rule)
{
    return decision(rule);
}

Answers householdOf(const std::vector<std::vector<std::string>>& incomes)
{
    Answers survey{{{"name", "Anna"}}, {}};
    for (const std::vector<std::string>& amounts : incomes) {
        Answers member{{{"name", "Ktoś"}, {"adult", amounts.size() > 1 ? "yes" : "no"}}, {}};
        for (const std::string& amount : amounts)
            member.tables["incomes"].push_back(Answers{{{"amount", amount}}, {}});
        survey.tables["members"].push_back(std::move(member));
    }
    return survey;
}

}  // namespace

TEST_CASE("rules: arithmetic keeps its order and is exact to the millionth", "[domain]")
{
    CHECK(number("1 + 2 * 3 - 4 / 2") == "5");
    CHECK(number("(1 + 2) * 3") == "9");
    CHECK(number("10 - 3 - 2") == "5");
    CHECK(number("-2 * -3") == "6");
    CHECK(number("- - 2") == "2");
    CHECK(number("0.1 + 0.2") == "0.3");
    CHECK(decision("0.1 + 0.2 = 0.3") == "yes");
    CHECK(number("1 / 3") == "0.333333");
    CHECK(number("1 / 0").empty());
    CHECK(number("0 / 0").empty());
    CHECK(number("99999999999999 * 99999999999999").empty());
    CHECK(number("0 * -1") == "0");
}

TEST_CASE("rules: what is not answered is not known, and one side may settle it", "[domain]")
{
    CHECK(number("pay + 1").empty());
    CHECK(decision("works = yes").empty());
    CHECK(decision("works and no") == "no");
    CHECK(decision("no and works") == "no");
    CHECK(decision("works or yes") == "yes");
    CHECK(decision("works or no").empty());
    CHECK(decision("not works").empty());
    CHECK(decision("not not yes") == "yes");
    CHECK(decision("asked(works)") == "no");
    CHECK(decision("asked(works)", {{{"name", "A"}, {"works", ""}}, {}}) == "yes");
    CHECK(decision("answered(works)", {{{"name", "A"}, {"works", ""}}, {}}) == "no");
    CHECK(decision("answered(works)", {{{"name", "A"}, {"works", "no"}}, {}}) == "yes");
    CHECK(number("if(answered(pay), pay, 7)") == "7");
    CHECK(number("if(works, 1, 2)").empty());
}

TEST_CASE("rules: comparisons, choices and texts", "[domain]")
{
    const Answers answers{
        {{"name", "Łucja Żak"},
         {"mood", "good"},
         {"needs", "home,rest"},
         {"hour", "09:30"},
         {"birth", "2000-02-29"},
         {"works", "yes"}},
        {}};
    CHECK(decision("1 < 2 and 2 <= 2 and 3 > 2 and 3 >= 3 and 1 != 2", answers) == "yes");
    CHECK(decision("2 < 2 or 3 <= 2 or 2 > 2 or 2 >= 3 or 1 = 2", answers) == "no");
    CHECK(decision("mood = 'good'", answers) == "yes");
    CHECK(decision("'low' != mood", answers) == "yes");
    CHECK(decision("needs contains 'rest'", answers) == "yes");
    CHECK(decision("needs contains 'work'", answers) == "no");
    CHECK(decision("name contains 'lucja'", answers) == "yes");
    CHECK(decision("name = 'Łucja Żak'", answers) == "yes");
    CHECK(decision("hour < '10:00'", answers) == "yes");
    CHECK(decision("birth >= '2000-02-29' and birth < '2000-03-01'", answers) == "yes");
}

TEST_CASE("rules: ages and days of the calendar", "[domain]")
{
    const auto born = [](const std::string& day) { return Answers{{{"name", "A"}, {"birth", day}}, {}}; };
    CHECK(number("age(birth)", born("2008-11-24")) == "18");
    CHECK(number("age(birth)", born("2008-11-25")) == "17");
    CHECK(number("age(birth)", born("2026-11-24")) == "0");
    CHECK(number("age(birth)", born("2026-11-25")).empty());
    CHECK(number("age(birth, '2026-02-28')", born("2008-02-29")).starts_with("!"));
    CHECK(number("age(birth, add_days(today, -270))", born("2008-02-29")) == "17");
    CHECK(date("add_months(birth, 1)", born("2026-01-31")) == "2026-02-28");
    CHECK(date("add_months(birth, 13)", born("2026-11-24")) == "2027-12-24");
    CHECK(date("add_months(birth, -3)", born("2024-05-31")) == "2024-02-29");
    CHECK(date("add_days(birth, 1)", born("2024-02-28")) == "2024-02-29");
    CHECK(date("add_days(birth, 0.5)", born("2024-02-28")).empty());
    CHECK(date("add_days(birth, 99999999)", born("2024-02-28")).empty());
    CHECK(date("add_days(birth, 150000)", born("2024-02-28")).empty());
    CHECK(number("days_between(birth, today)", born("2026-11-20")) == "4");
    CHECK(number("days_between(today, birth)", born("2026-11-20")) == "-4");
    CHECK(date("birth_date(number)", {{{"name", "A"}, {"number", "44051401359"}}, {}}) == "1944-05-14");
    CHECK(date("birth_date(name)", born("2026-11-20")).empty());
    CHECK(date("today") == kToday);
}

TEST_CASE("rules: counts and sums go over the rows of a table, and over theirs", "[domain]")
{
    const Answers household = householdOf({{"6000", "888"}, {"0.5"}, {}});
    CHECK(number("sum(members, income)", household) == "6888.5");
    CHECK(number("sum(members, income + 1)", household) == "6891.5");
    CHECK(number("count(members)", household) == "3");
    CHECK(number("count(members, adult)", household) == "1");
    CHECK(number("count(members, not adult and income > 0)", household) == "1");
    CHECK(number("count(members, count(incomes) = 0)", household) == "1");
    CHECK(number("sum(members, income)", householdOf({})) == "0");
    // What nobody answered makes the sum not known, never too small.
    CHECK(number("sum(members, income)", householdOf({{"6000", ""}})).empty());
    const RuledAnswers out = ruled(*sample().find("survey"), sample(), household, kToday);
    CHECK(out.answers.fields.at("total") == "6888.5");
    CHECK(out.answers.fields.at("per_head") == "1722.125");
    CHECK(out.tables.at("members")[0].answers.fields.at("income") == "6888");
}

TEST_CASE("rules: what is hidden is as if it had not been asked, and comes back", "[domain]")
{
    const RecordType& type = *sample().find("survey");
    Answers answers{
        {{"name", "Anna"}, {"works", "no"}, {"since", "2026-01-31"}, {"birth", "1990-01-01"}}, {}};
    RuledAnswers out = ruled(type, sample(), answers, kToday);
    CHECK(out.hidden.contains("since"));
    CHECK_FALSE(out.answers.fields.contains("since"));
    CHECK_FALSE(out.answers.fields.contains("review"));
    CHECK(missingForPrint(type, out).empty());

    answers.fields["works"] = "yes";
    out = ruled(type, sample(), answers, kToday);
    CHECK_FALSE(out.hidden.contains("since"));
    CHECK(out.answers.fields.at("since") == "2026-01-31");
    CHECK(out.answers.fields.at("review") == "2026-04-30");

    answers.fields["since"] = "";
    out = ruled(type, sample(), answers, kToday);
    CHECK(missingForPrint(type, out) == std::vector<std::string>{"since"});

    // A section's rule is one of each of its fields.
    answers.fields.erase("name");
    out = ruled(type, sample(), answers, kToday);
    CHECK(out.hidden.contains("works"));
    CHECK(out.hidden.contains("since"));
    CHECK(out.hidden.contains("members"));
    CHECK(missingForPrint(type, out) == std::vector<std::string>{"name"});
}

TEST_CASE("rules: a fault is refused with its place", "[domain]")
{
    const std::string at = "! survey.json: result: calculated: at ";
    CHECK(reason("wroks") == at + "1: there is no field 'wroks'");
    CHECK(reason("works and") == at + "10: the rule ends too early");
    CHECK(reason("works and or") == at + "11: 'or' is not expected here");
    CHECK(reason("(works") == at + "7: a ')' is missing");
    CHECK(reason("works works") == at + "7: 'works' is not expected here");
    CHECK(reason("works & yes") == at + "7: a character that means nothing in a rule");
    CHECK(reason("name = 'Anna") == at + "8: the text has no closing quote");
    CHECK(reason("pay > 1.2.3") == at + "7: '1.2.3' is not a number; write it as 12.5");
    CHECK(reason("1 < pay < 3") == at + "9: '<' is not expected here");
    CHECK(reason("pay and yes") == at + "1: a yes or no is needed, and this is a number");
    CHECK(reason("mood = 'blue'") == at + "8: 'blue' is no choice of 'mood'");
    CHECK(reason("needs contains 'blue'") == at + "16: 'blue' is no choice of 'needs'");
    CHECK(reason("birth > '2026-02-30'") == at + "9: '2026-02-30' is no date");
    CHECK(reason("birth > 3") == at + "7: a date is compared with a number");
    CHECK(reason("name < 'a'") == at + "6: values of the kind text are not compared so");
    CHECK(reason("friend = friend") == at + "8: values of the kind record are not compared so");
    CHECK(reason("pay contains 'a'") == at + "5: 'contains' asks a text or a field of several choices");
    CHECK(reason("sqrt(pay) > 1") == at + "1: there is no function 'sqrt'");
    CHECK(reason("age() > 1") == at + "1: 'age' has too many or too few arguments");
    CHECK(reason("count(people) > 1") == at + "7: there is no table 'people'");
    CHECK(reason("count(members, pay > 1) > 1") == at + "16: there is no field 'pay'");
    CHECK(reason("sum(members) > 1") == at + "1: 'sum' takes a table, and what it is about in each row");
    CHECK(reason("answered(1)") == at + "1: 'answered' is asked of one field");
    CHECK(
        reason("if(works, 1, 2)")
        == "! survey.json: result: calculated: comes to a number, and the field "
           "holds a yes or no");
    CHECK(reason("result") == "! survey.json: result: its rules go in a circle: result, result");
    CHECK(
        reason("per_head > 1 and result = yes").find("go in a circle: result, result") != std::string::npos);
    CHECK(reason(std::string(100, '(') + "yes").find("the rule is too deep") != std::string::npos);
    CHECK(reason("yes" + std::string(1000, ' ')).find("longer than 1000") != std::string::npos);
}

TEST_CASE("rules: any row of pieces is read or refused, and what is read comes to something", "[domain]")
{
    const std::vector<std::string> pieces{
        "works", "pay",   "birth", "mood", "needs", "name", "members", "and", "or",     "not",  "contains",
        "yes",   "today", "1",     "2.5",  "'low'", "'",    "(",       ")",   ",",      "+",    "-",
        "*",     "/",     "=",     "!=",   "<",     ">=",   "age(",    "if(", "count(", "sum(", "answered("};
    const RecordType& type = *sample().find("survey");
    test::SeededRandom random(11);
    std::size_t read = 0;
    std::size_t fitting = 0;
    for (int round = 0; round < 40'000; ++round) {
        std::string text;
        for (std::uint64_t left = 1 + random.below(7); left > 0; --left)
            text += pieces[random.below(pieces.size())] + " ";
        const Result<Formula> rule = parseFormula(text);
        if (!rule) {
            REQUIRE(rule.error().detail.starts_with("at "));
            continue;
        }
        ++read;
        const Result<ValueKind> kind = kindOf(*rule, type, sample());
        if (!kind)
            REQUIRE(kind.error().detail.starts_with("at "));
        else
            ++fitting;
    }
    CHECK(read > 1000);
    CHECK(fitting > 500);
}

}  // namespace teren::domain
