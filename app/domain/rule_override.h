// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/rule.h"

#include <string>
#include <string_view>
#include <vector>

namespace teren::domain {

/// An office's own number for one rule.
struct RuleOverride {
    std::string rule;
    int amount = 0;
    std::optional<RuleUnit> unit;  ///< Nothing to keep the rule's own.
};

/// An office's numbers as its settings keep them:
/// {"ipw_review_interval": {"amount": 2}, "archive_period": {"amount": 10, "unit": "years"}}.
/// `RuleSet::withOverrides` checks them against the rules.
/// @return `Invalid` naming the rule and what is wrong with its entry.
Result<std::vector<RuleOverride>> parseRuleOverrides(std::string_view json);

/// What holds between rules: "x_min" is not above "x_max", and a warning not after what it announces, where
/// both are in one unit.
/// @return `Invalid` naming both rules.
Status checkPairs(const std::vector<Rule>& rules);

}  // namespace teren::domain
