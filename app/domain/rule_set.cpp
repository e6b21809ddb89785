// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/rule_set.h"

#include "app/domain/rule_json.h"

#include <algorithm>
#include <limits>

namespace teren::domain {
namespace {

constexpr std::string_view kFileEnd = ".json";

std::string_view profileOf(const RuleFile& file)
{
    return file.name.substr(0, file.name.size() - kFileEnd.size());
}

template <typename Value>
std::optional<std::uint16_t> indexOf(const std::vector<Value>& values, std::string_view id)
{
    const auto found = std::ranges::find(values, id, &Value::id);
    return found == values.end() ? std::nullopt
                                 : std::optional(static_cast<std::uint16_t>(found - values.begin()));
}

/// Nothing for an empty name.
Result<std::optional<EventIndex>> eventNamed(const std::vector<RuleEvent>& events, const std::string& id)
{
    if (id.empty())
        return std::nullopt;
    const std::optional<EventIndex> found = indexOf(events, id);
    if (!found)
        return fail(Errc::Invalid, "'" + id + "' is no event");
    return found;
}

Status linkEvents(const NamedRule& named, const std::vector<RuleEvent>& events, Rule& rule)
{
    TEREN_TRY(rule.from, eventNamed(events, named.from));
    TEREN_TRY(rule.doneBy, eventNamed(events, named.doneBy));
    TEREN_TRY(rule.until, eventNamed(events, named.until));
    return {};
}

Status linkWarning(const NamedRule& named, RuleIndex own, std::vector<Rule>& rules)
{
    if (named.of.empty())
        return {};
    const std::optional<RuleIndex> announced = indexOf(rules, named.of);
    if (!announced || !setsDay(rules[*announced].kind))
        return fail(Errc::Invalid, "'" + named.of + "' is no rule that sets a day");
    if (rules[*announced].warning)
        return fail(Errc::Invalid, "'" + named.of + "' has a warning already");
    const Rule& warning = rules[own];
    if (warning.from && warning.from != rules[*announced].from)
        return fail(Errc::Invalid, "counts from another event than '" + named.of + "'");
    if (!warning.from && warning.amount && *warning.amount > 0)
        return fail(Errc::Invalid, "would come after the day that it announces");
    rules[own].of = announced;
    rules[*announced].warning = own;
    return {};
}

/// Every event serves some rule, so that none is left behind by a rule that went.
Status checkEventsServe(const std::vector<RuleEvent>& events, const std::vector<Rule>& rules)
{
    for (std::size_t index = 0; index < events.size(); ++index) {
        const auto names = [index](const Rule& rule) {
            return rule.from == index || rule.doneBy == index || rule.until == index;
        };
        if (std::ranges::none_of(rules, names))
            return fail(Errc::Invalid, "no rule counts the event '" + events[index].id + "'");
    }
    return {};
}

Status inFile(const std::string& profile, const std::string& rule, const Status& status)
{
    if (!status)
        return fail(status.error().code, profile + ": " + rule + ": " + status.error().detail);
    return {};
}

}  // namespace

bool isCalendarUnit(RuleUnit unit)
{
    return unit <= RuleUnit::Years;
}

bool setsDay(RuleKind kind)
{
    return kind <= RuleKind::Retention;
}

std::optional<Term> Rule::term() const
{
    if (!amount || !isCalendarUnit(unit))
        return std::nullopt;
    return Term{*amount, static_cast<TermUnit>(unit), freeLastDay};
}

Result<RuleSet> RuleSet::forProfile(std::string_view profile)
{
    std::vector<RuleFile> files;
    std::string known;
    for (const RuleFile& file : ruleFiles()) {
        if (profileOf(file) == profile || profileOf(file) == kStatutoryProfile)
            files.push_back(file);
        known += (known.empty() ? "" : ", ") + std::string(profileOf(file));
    }
    if (std::ranges::find(files, profile, profileOf) == files.end())
        return fail(Errc::NotFound, "there are no rules '" + std::string(profile) + "'; there are " + known);
    return parse(files);
}

Result<RuleSet> RuleSet::parse(std::span<const RuleFile> files)
{
    RuleSet set;
    std::vector<NamedRule> named;
    for (const RuleFile& file : files) {
        TEREN_TRY(RuleDocument document, parseRules(file));
        for (RuleEvent& event : document.events) {
            if (set.event(event.id))
                return fail(Errc::Invalid, document.profile + ": event '" + event.id + "' twice");
            set.events_.push_back(std::move(event));
        }
        for (NamedRule& rule : document.rules) {
            if (set.find(rule.rule.id) != nullptr)
                return fail(Errc::Invalid, document.profile + ": rule '" + rule.rule.id + "' twice");
            set.rules_.push_back(rule.rule);
            named.push_back(std::move(rule));
        }
    }
    if (set.rules_.size() > std::numeric_limits<RuleIndex>::max()
        || set.events_.size() > std::numeric_limits<EventIndex>::max())
        return fail(Errc::Invalid, "too many rules or events");
    for (std::size_t index = 0; index < named.size(); ++index) {
        Rule& rule = set.rules_[index];
        TEREN_CHECK(inFile(rule.profile, rule.id, linkEvents(named[index], set.events_, rule)));
        TEREN_CHECK(inFile(
            rule.profile, rule.id, linkWarning(named[index], static_cast<RuleIndex>(index), set.rules_)));
    }
    TEREN_CHECK(checkEventsServe(set.events_, set.rules_));
    TEREN_CHECK(checkPairs(set.rules_));
    return set;
}

const Rule* RuleSet::find(std::string_view rule) const
{
    const std::optional<RuleIndex> index = indexOf(rules_, rule);
    return index ? &rules_[*index] : nullptr;
}

std::optional<EventIndex> RuleSet::event(std::string_view id) const
{
    return indexOf(events_, id);
}

std::vector<std::string_view> ruleProfiles()
{
    std::vector<std::string_view> profiles;
    for (const RuleFile& file : ruleFiles())
        profiles.push_back(profileOf(file));
    return profiles;
}

}  // namespace teren::domain
