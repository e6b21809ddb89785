// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/rule_set.h"

#include "tests/support/catch.h"

#include <filesystem>
#include <fstream>
#include <set>

namespace teren::domain {
namespace {

const std::string kEvents = R"([{"id": "began", "label": {"pl": "Początek", "en": "Start"}},
                                {"id": "held", "label": {"pl": "Odbyło się", "en": "Held"}}])";

/// A rule that is right, with some of its text replaced.
std::string ruleWith(const std::string& what, const std::string& instead)
{
    std::string rule = R"({"id": "meeting", "label": {"pl": "Spotkanie", "en": "Meeting"},
        "kind": "rhythm", "about": "team", "amount": 3, "unit": "months", "from": "began", "done_by": "held",
        "strictness": "model", "origin": "source", "overridable": true,
        "source": {"section": "rural.md 2.6", "reference": "B:1"}})";
    if (!what.empty()) {
        const std::size_t at = rule.find(what);
        REQUIRE(at != std::string::npos);
        rule.replace(at, what.size(), instead);
    }
    return rule;
}

std::string documentWith(const std::string& rules, const std::string& events = kEvents)
{
    return R"({"profile": "p", "label": {"pl": "P", "en": "P"}, "events": )" + events + R"(, "rules": [)"
        + rules + "]}";
}

std::string reasonFor(const std::string& document)
{
    const RuleFile file{"p.json", document};
    const Result<RuleSet> set = RuleSet::parse(std::span(&file, 1));
    return set ? "accepted" : set.error().detail;
}

std::string reasonForRule(const std::string& what, const std::string& instead)
{
    return reasonFor(documentWith(ruleWith(what, instead)));
}

std::string warningOf(const std::string& rule, const std::string& rest)
{
    return R"({"id": "meeting_warning", "label": {"pl": "Zbliża się", "en": "Soon"}, "kind": "warning",
        "about": "team", "of": ")"
        + rule + "\", " + rest + R"(, "unit": "months", "strictness": "model", "origin": "source",
        "overridable": true, "source": {"section": "rural.md 2.6", "reference": "B:1"}})";
}

}  // namespace

TEST_CASE("rules: every file of the folder is built in and named after its profile", "[domain]")
{
    std::set<std::string> profiles;
    for (const std::string_view profile : ruleProfiles())
        profiles.insert(std::string(profile) + ".json");
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(TEREN_SOURCE_DIR "/app/domain/rules"))
        files.insert(entry.path().filename().string());
    CHECK(profiles == files);
    for (const RuleFile& file : ruleFiles()) {
        std::ifstream stream(TEREN_SOURCE_DIR "/app/domain/rules/" + std::string(file.name));
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        CHECK((text == file.text));
        const Result<RuleSet> set = RuleSet::parse(std::span(&file, 1));
        REQUIRE(set);
        CHECK(set->rules().front().profile + ".json" == file.name);
    }
}

TEST_CASE("rules: a profile brings its model's rules and those of the law", "[domain]")
{
    for (const std::string_view profile : ruleProfiles()) {
        const Result<RuleSet> set = RuleSet::forProfile(profile);
        INFO(profile);
        if (!set)
            FAIL(set.error().detail);
        REQUIRE(set->find("interview_due") != nullptr);
        CHECK(set->find("interview_due")->amount == 14);
    }
    const RuleSet rural = *RuleSet::forProfile("rural-2021");
    CHECK(rural.find("ipw_review_interval")->amount == 3);
    CHECK(rural.find("ggk_notice") == nullptr);
    CHECK(rural.find("ipw_length_max")->warning.has_value());
    CHECK(RuleSet::forProfile("urban-rural-2019")->find("meeting_reminder")->amount == -3);
    CHECK(RuleSet::forProfile("urban-rural-2021")->find("meeting_reminder")->amount == -1);
}

TEST_CASE("rules: what there is no profile of is answered with those there are", "[domain]")
{
    const Result<RuleSet> set = RuleSet::forProfile("rural-2035");
    REQUIRE_FALSE(set);
    CHECK(set.error().code == Errc::NotFound);
    CHECK(
        set.error().detail
        == "there are no rules 'rural-2035'; there are rural-2021, urban-rural-2019, urban-rural-2021, "
           "urban-2021, interview-statutory");
}

TEST_CASE("rules: only what sets a day has a term, and an open number has none", "[domain]")
{
    const RuleSet urban = *RuleSet::forProfile("urban-2021");
    CHECK_FALSE(urban.find("zzk_meeting_interval")->term());
    CHECK_FALSE(urban.find("minutes_goals")->term());
    CHECK_FALSE(urban.find("preparation_talk_max")->term());
    CHECK(urban.find("monitoring_after_support")->term() == Term{6, TermUnit::Months});
    CHECK(urban.find("interview_due")->term() == Term{14, TermUnit::WorkingDays});
}

TEST_CASE("rules: a document that is wrong is refused, with the place and the reason", "[domain]")
{
    CHECK(reasonFor(documentWith(ruleWith("", ""))) == "accepted");
    CHECK(reasonFor("nonsense") == "p.json: is not JSON");
    CHECK(reasonFor("[]") == "p.json: is not an object");
    CHECK(reasonFor(R"({"profile": "p"})") == "p.json: needs 'label'");
    CHECK(
        reasonFor(documentWith(R"({"id": "Bad Id"})"))
        == "p.json: 'Bad Id' is not an identifier in snake_case");
    CHECK(reasonForRule("rhythm", "habit") == "p.json: meeting: unknown kind 'habit'");
    CHECK(reasonForRule("months", "moons") == "p.json: meeting: unknown unit 'moons'");
    CHECK(reasonForRule("\"en\"", "\"de\"") == "p.json: meeting: unknown key 'de'");
    CHECK(reasonForRule("3,", "2.5,") == "p.json: meeting: 'amount' is not a whole number");
    // -5 to who reads it as a signed number.
    CHECK(reasonForRule("3,", "18446744073709551611,") == "p.json: meeting: 'amount' is out of range");
    CHECK(
        reasonForRule("\"amount\": 3, ", "") == "p.json: meeting: has an amount, or else the origin 'open'");
    CHECK(
        reasonForRule("\"origin\": \"source\"", "\"origin\": \"open\"")
        == "p.json: meeting: has an amount, or else the origin 'open'");
    CHECK(
        reasonForRule("\"overridable\": true", "\"overridable\": 1")
        == "p.json: meeting: needs 'overridable', true or false");
    CHECK(reasonForRule(", \"reference\": \"B:1\"", "") == "p.json: meeting: needs a text 'reference'");
    CHECK(reasonForRule("\"id\"", "\"extra\": 1, \"id\"") == "p.json: unknown key 'extra'");
    CHECK(reasonFor(documentWith(ruleWith("", "") + "," + ruleWith("", ""))) == "p: rule 'meeting' twice");
}

TEST_CASE("rules: a rule says what its kind needs, and nothing that it has no use for", "[domain]")
{
    CHECK(
        reasonForRule(", \"done_by\": \"held\"", "")
        == "p.json: meeting: needs 'done_by', or it would never be settled");
    CHECK(
        reasonForRule("\"from\": \"began\", ", "")
        == "p.json: meeting: needs 'from', the event that it is counted from");
    CHECK(
        reasonForRule("months", "minutes")
        == "p.json: meeting: what sets a day counts days, weeks, months or years");
    CHECK(
        reasonForRule("months", "count")
        == "p.json: meeting: the unit 'count' is for limits, scales and rows, and needed there");
    CHECK(
        reasonForRule("\"rhythm\"", "\"duration\"")
        == "p.json: meeting: 'done_by' and 'until' are for what sets a day");
    CHECK(
        reasonForRule("\"rhythm\",", "\"rhythm\", \"bound\": \"at_most\",")
        == "p.json: meeting: 'bound' is for durations, limits and scales, and needed there");
    CHECK(
        reasonForRule("\"rhythm\",", "\"rhythm\", \"of\": \"meeting\",")
        == "p.json: meeting: 'of' is for warnings, and needed there");
    CHECK(
        reasonForRule("3,", "-3,")
        == "p.json: meeting: -3 is below zero; only a deadline or a warning can lie before its event");
    CHECK(
        reasonForRule("3,", "0,")
        == "p.json: meeting: 0 is for a deadline or an expiry on the very day of the event; write 1 or more");
    CHECK(reasonForRule("3,", "10001,") == "p.json: meeting: 10001 is too much; the most is 10000");
    CHECK(reasonForRule("3,", "99999999999,") == "p.json: meeting: 'amount' is out of range");
}

TEST_CASE("rules: what a rule names is there, and every event serves a rule", "[domain]")
{
    CHECK(reasonForRule("\"began\"", "\"begun\"") == "p: meeting: 'begun' is no event");
    CHECK(reasonForRule("\"held\"", "\"began\"") == "no rule counts the event 'held'");
    const std::string rule = ruleWith("", "");
    CHECK(reasonFor(documentWith(rule + "," + warningOf("meeting", "\"amount\": -1"))) == "accepted");
    CHECK(reasonFor(documentWith(warningOf("meeting", "\"amount\": -1") + "," + rule)) == "accepted");
    CHECK(
        reasonFor(documentWith(rule + "," + warningOf("talk", "\"amount\": -1")))
        == "p: meeting_warning: 'talk' is no rule that sets a day");
    CHECK(
        reasonFor(documentWith(rule + "," + warningOf("meeting", "\"amount\": 1")))
        == "p: meeting_warning: would come after the day that it announces");
    CHECK(
        reasonFor(documentWith(rule + "," + warningOf("meeting", R"("amount": 1, "from": "held")")))
        == "p: meeting_warning: counts from another event than 'meeting'");
    CHECK(
        reasonFor(documentWith(rule + "," + warningOf("meeting", R"("amount": 4, "from": "began")")))
        == "meeting_warning (4 months) is more than meeting (3 months)");
}

}  // namespace teren::domain
