// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/rule.h"
#include "app/domain/rule_files.h"
#include "app/domain/rule_override.h"

#include <span>
#include <string_view>
#include <vector>

namespace teren::domain {

/// The profile whose rules hold beside every model: the statutory interview and other law.
inline constexpr std::string_view kStatutoryProfile = "interview-statutory";

/// The rules that hold in one office, from app/domain/rules/*.json, which are compiled in and checked on
/// loading: every reference known, every rule complete for its kind. A value; it never changes.
class RuleSet {
public:
    /// A model's rules and the statutory ones. A fault in them is a fault of the build: a test loads them
    /// all.
    /// @param profile  A file's name without ".json", such as "rural-2021".
    /// @return `NotFound` naming the profiles there are.
    static Result<RuleSet> forProfile(std::string_view profile);
    /// @return `Invalid` naming file, rule and reason.
    static Result<RuleSet> parse(std::span<const RuleFile> files);

    /// In the order of the files.
    const std::vector<Rule>& rules() const { return rules_; }
    const std::vector<RuleEvent>& events() const { return events_; }

    const Rule* find(std::string_view rule) const;
    std::optional<EventIndex> event(std::string_view id) const;

    /// The same rules with an office's own numbers, see rule_override.h.
    Result<RuleSet> withOverrides(std::span<const RuleOverride> overrides) const;

private:
    std::vector<Rule> rules_;
    std::vector<RuleEvent> events_;
};

/// The compiled-in profiles, in the order of app/CMakeLists.txt.
std::vector<std::string_view> ruleProfiles();

}  // namespace teren::domain
