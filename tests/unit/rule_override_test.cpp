// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/rule_override.h"

#include "app/domain/rule_set.h"

#include "tests/support/catch.h"

namespace teren::domain {
namespace {

/// The reason why an office cannot have these numbers.
std::string refused(std::string_view profile, std::string_view json)
{
    const Result<std::vector<RuleOverride>> overrides = parseRuleOverrides(json);
    if (!overrides)
        return overrides.error().detail;
    const Result<RuleSet> set = RuleSet::forProfile(profile)->withOverrides(*overrides);
    return set ? "accepted" : set.error().detail;
}

}  // namespace

TEST_CASE("rule override: an office's number replaces the model's, and no other", "[domain]")
{
    const RuleSet rules = *RuleSet::forProfile("rural-2021");
    const RuleSet own = *rules.withOverrides(*parseRuleOverrides(
        R"({"ipw_review_interval": {"amount": 6, "unit": "weeks"}, "archive_period": {"amount": 10}})"));
    REQUIRE(own.rules().size() == rules.rules().size());
    for (std::size_t i = 0; i < rules.rules().size(); ++i) {
        const Rule& rule = own.rules()[i];
        const bool changed = rule.id == "ipw_review_interval" || rule.id == "archive_period";
        INFO(rule.id);
        CHECK((rule.amount == rules.rules()[i].amount) == !changed);
        CHECK((rule.origin == RuleOrigin::Workspace) == changed);
    }
    CHECK(own.find("ipw_review_interval")->term() == Term{6, TermUnit::Weeks});
    CHECK(own.find("archive_period")->term() == Term{10, TermUnit::Years});
    CHECK(rules.find("ipw_review_interval")->term() == Term{3, TermUnit::Months});
}

TEST_CASE("rule override: what the law sets is not an office's to change", "[domain]")
{
    CHECK(
        refused("rural-2021", R"({"interview_due": {"amount": 20}})")
        == "interview_due: is set by law; take it out of the office's settings");
    CHECK(
        refused("rural-2021", R"({"scale_max": {"amount": 5}})")
        == "scale_max: is the same in every office; take it out of the office's settings");
    CHECK(refused("rural-2021", R"({"interview_update_interval": {"amount": 5}})") == "accepted");
}

TEST_CASE("rule override: a number that means nothing is refused, with the rule and the reason", "[domain]")
{
    CHECK(refused("rural-2021", "{}") == "accepted");
    CHECK(refused("rural-2021", "nonsense") == "the office's rules are not a JSON object of rules");
    CHECK(refused("rural-2021", "[1]") == "the office's rules are not a JSON object of rules");
    CHECK(refused("rural-2021", R"({"a_rule": {"amount": 2}})") == "'a_rule' is no rule of this office");
    CHECK(
        refused("rural-2021", R"({"ipw_length_max": 12})")
        == "ipw_length_max: needs a whole number 'amount'");
    CHECK(
        refused("rural-2021", R"({"ipw_length_max": {"amount": 1.5}})")
        == "ipw_length_max: needs a whole number 'amount'");
    CHECK(
        refused("rural-2021", R"({"ipw_length_max": {"amount": 5000000000}})")
        == "ipw_length_max: 'amount' is out of range");
    CHECK(
        refused("rural-2021", R"({"ipw_length_max": {"amount": 12, "until": 3}})")
        == "ipw_length_max: unknown key 'until'; there are 'amount' and 'unit'");
    CHECK(
        refused("rural-2021", R"({"ipw_length_max": {"amount": 12, "unit": "moons"}})")
        == "ipw_length_max: unknown unit \"moons\"");
    CHECK(
        refused("rural-2021", R"({"ipw_length_max": {"amount": 12, "unit": "minutes"}})")
        == "ipw_length_max: counts months, which are not minutes");
    CHECK(
        refused("rural-2021", R"({"workshops_per_case": {"amount": 2, "unit": "days"}})")
        == "workshops_per_case: counts count, which are not days");
    CHECK(
        refused("rural-2021", R"({"pzk_meeting_interval": {"amount": 0}})")
        == "pzk_meeting_interval: 0 is for a deadline or an expiry on the very day of the event; write 1 or "
           "more");
    CHECK(
        refused("rural-2021", R"({"pzk_meeting_interval": {"amount": -1}})")
        == "pzk_meeting_interval: does not lie before its event; write a number above zero");
    CHECK(
        refused("urban-rural-2021", R"({"ggk_notice": {"amount": 5}})")
        == "ggk_notice: lies before its event; write a number below zero");
    CHECK(
        refused("rural-2021", R"({"pzk_meeting_interval": {"amount": 20000}})")
        == "pzk_meeting_interval: 20000 is too much; the most is 10000");
}

TEST_CASE(
    "rule override: the least of something is not above the most of it, nor a warning too late", "[domain]")
{
    CHECK(
        refused("rural-2021", R"({"stage_2_length_min": {"amount": 7}})")
        == "stage_2_length_min (7 months) is more than stage_2_length_max (6 months)");
    CHECK(
        refused("rural-2021", R"({"stage_2_length_min": {"amount": 7}, "stage_2_length_max": {"amount": 8}})")
        == "accepted");
    CHECK(
        refused("rural-2021", R"({"ipw_length_max": {"amount": 18446744073709551611}})")
        == "ipw_length_max: 'amount' is out of range");
    CHECK(
        refused("rural-2021", R"({"ipw_length_max": {"amount": 11}})")
        == "ipw_length_warning (12 months) is more than ipw_length_max (11 months)");
}

TEST_CASE("rule override: one rule is not given two numbers", "[domain]")
{
    const std::vector<RuleOverride> twice{{"ipw_length_max", 13, {}}, {"ipw_length_max", 14, {}}};
    const Result<RuleSet> set = RuleSet::forProfile("rural-2021")->withOverrides(twice);
    REQUIRE_FALSE(set);
    CHECK(set.error().detail == "ipw_length_max: is there twice");
}

}  // namespace teren::domain
