// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/rule.h"
#include "app/domain/rule_files.h"

#include <string_view>
#include <vector>

namespace teren::domain {

/// A rule with its references still by name; empty where it has none.
struct NamedRule {
    Rule rule;
    std::string from;
    std::string doneBy;
    std::string until;
    std::string of;
};

/// One file of rules.
struct RuleDocument {
    std::string profile;
    LocalText label;
    std::vector<RuleEvent> events;
    std::vector<NamedRule> rules;
};

/// Every key known, every label there in both languages, every rule complete for its kind. What needs other
/// rules to be judged, `RuleSet::parse` checks.
/// @return `Invalid` naming file, rule and reason.
Result<RuleDocument> parseRules(const RuleFile& file);

/// What holds of a number within its rule: its sign and size fit the kind and the unit.
/// @return `Invalid` with the reason alone.
Status checkAmount(const Rule& rule);

/// The words of the files: "rhythm", "working_days", "at_least".
std::string_view nameOf(RuleKind kind);
std::string_view nameOf(RuleUnit unit);
std::string_view nameOf(RuleBound bound);
std::string_view nameOf(RuleSubject subject);
std::string_view nameOf(RuleStrictness strictness);
std::string_view nameOf(RuleOrigin origin);
std::string_view nameOf(FreeLastDay freeLastDay);
std::optional<RuleUnit> ruleUnitNamed(std::string_view name);

}  // namespace teren::domain
