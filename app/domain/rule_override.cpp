// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/rule_override.h"

#include "app/domain/json_read.h"
#include "app/domain/rule_json.h"
#include "app/domain/rule_set.h"

#include <algorithm>
#include <set>

namespace teren::domain {
namespace {

constexpr std::string_view kMin = "_min";
constexpr std::string_view kMax = "_max";

std::string described(const Rule& rule)
{
    return rule.id + " (" + std::to_string(rule.amount.value_or(0)) + " " + std::string(nameOf(rule.unit))
        + ")";
}

Result<RuleOverride> parseOverride(const std::string& rule, const Json& json)
{
    RuleOverride parsed{rule, 0, std::nullopt};
    const Json* amount = json.is_object() && json.contains("amount") ? &json.at("amount") : nullptr;
    const std::optional<std::int64_t> number = amount == nullptr ? std::nullopt : wholeOf(*amount);
    if (!number)
        return fail(Errc::Invalid, rule + ": needs a whole number 'amount'");
    parsed.amount = static_cast<int>(*number);
    if (parsed.amount != *number)
        return fail(Errc::Invalid, rule + ": 'amount' is out of range");
    for (const auto& [key, value] : json.items()) {
        if (key == "amount")
            continue;
        if (key != "unit")
            return fail(
                Errc::Invalid,
                std::string(rule)
                    .append(": unknown key '")
                    .append(key)
                    .append("'; there are 'amount' and 'unit'"));
        parsed.unit = value.is_string() ? ruleUnitNamed(value.get_ref<const std::string&>()) : std::nullopt;
        if (!parsed.unit)
            return fail(Errc::Invalid, rule + ": unknown unit " + value.dump());
    }
    return parsed;
}

bool isOfOneSort(RuleUnit one, RuleUnit other)
{
    const bool counts = one == RuleUnit::Count || other == RuleUnit::Count;
    return one == other || (!counts && isCalendarUnit(one) == isCalendarUnit(other));
}

Status apply(const RuleOverride& given, Rule& rule)
{
    if (!rule.overridable)
        return fail(
            Errc::Invalid,
            rule.strictness == RuleStrictness::Statutory
                ? "is set by law; take it out of the office's settings"
                : "is the same in every office; take it out of the office's settings");
    const RuleUnit unit = given.unit.value_or(rule.unit);
    if (!isOfOneSort(unit, rule.unit))
        return fail(
            Errc::Invalid,
            "counts " + std::string(nameOf(rule.unit)) + ", which are not " + std::string(nameOf(unit)));
    if (rule.amount && (*rule.amount < 0) != (given.amount < 0))
        return fail(
            Errc::Invalid,
            rule.amount < 0 ? "lies before its event; write a number below zero"
                            : "does not lie before its event; write a number above zero");
    rule.amount = given.amount;
    rule.unit = unit;
    rule.origin = RuleOrigin::Workspace;
    return checkAmount(rule);
}

Status checkOrder(const Rule& lower, const Rule& upper)
{
    if (lower.unit == upper.unit && lower.amount && upper.amount && *lower.amount > *upper.amount)
        return fail(Errc::Invalid, described(lower) + " is more than " + described(upper));
    return {};
}

}  // namespace

Result<std::vector<RuleOverride>> parseRuleOverrides(std::string_view json)
{
    const Json document = Json::parse(json, nullptr, false);
    if (!document.is_object())
        return fail(Errc::Invalid, "the office's rules are not a JSON object of rules");
    std::vector<RuleOverride> overrides;
    for (const auto& [rule, value] : document.items()) {
        TEREN_TRY(RuleOverride parsed, parseOverride(rule, value));
        overrides.push_back(std::move(parsed));
    }
    return overrides;
}

Status checkPairs(const std::vector<Rule>& rules)
{
    for (const Rule& rule : rules) {
        if (rule.of && rule.from)
            TEREN_CHECK(checkOrder(rule, rules[*rule.of]));
        if (!rule.id.ends_with(kMin))
            continue;
        const std::string upper = rule.id.substr(0, rule.id.size() - kMin.size()) + std::string(kMax);
        const auto found = std::ranges::find(rules, upper, &Rule::id);
        if (found != rules.end())
            TEREN_CHECK(checkOrder(rule, *found));
    }
    return {};
}

Result<RuleSet> RuleSet::withOverrides(std::span<const RuleOverride> overrides) const
{
    RuleSet changed = *this;
    std::set<std::string_view> seen;
    for (const RuleOverride& given : overrides) {
        const auto rule = std::ranges::find(changed.rules_, given.rule, &Rule::id);
        if (rule == changed.rules_.end())
            return fail(Errc::Invalid, "'" + given.rule + "' is no rule of this office");
        if (!seen.insert(given.rule).second)
            return fail(Errc::Invalid, given.rule + ": is there twice");
        if (const Status applied = apply(given, *rule); !applied)
            return fail(applied.error().code, given.rule + ": " + applied.error().detail);
    }
    TEREN_CHECK(checkPairs(changed.rules_));
    return changed;
}

}  // namespace teren::domain
