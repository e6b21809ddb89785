// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/rule_json.h"

#include "app/domain/json_read.h"

#include <algorithm>
#include <array>

namespace teren::domain {
namespace {

/// So that a term never leaves the years that `std::chrono` knows.
constexpr int kTimeAmountMax = 10'000;
constexpr int kCountMax = 1'000'000;

template <typename Value, std::size_t N>
using Names = std::array<std::pair<std::string_view, Value>, N>;

constexpr Names<RuleKind, 9> kKinds{{
    {"deadline", RuleKind::Deadline},
    {"rhythm", RuleKind::Rhythm},
    {"expiry", RuleKind::Expiry},
    {"retention", RuleKind::Retention},
    {"warning", RuleKind::Warning},
    {"duration", RuleKind::Duration},
    {"limit", RuleKind::Limit},
    {"scale", RuleKind::Scale},
    {"print_rows", RuleKind::PrintRows},
}};
constexpr Names<RuleUnit, 8> kUnits{{
    {"working_days", RuleUnit::WorkingDays},
    {"days", RuleUnit::Days},
    {"weeks", RuleUnit::Weeks},
    {"months", RuleUnit::Months},
    {"years", RuleUnit::Years},
    {"hours", RuleUnit::Hours},
    {"minutes", RuleUnit::Minutes},
    {"count", RuleUnit::Count},
}};
constexpr Names<RuleBound, 5> kBounds{{
    {"none", RuleBound::None},
    {"at_least", RuleBound::AtLeast},
    {"at_most", RuleBound::AtMost},
    {"exactly", RuleBound::Exactly},
    {"about", RuleBound::About},
}};
constexpr Names<RuleSubject, 5> kSubjects{{
    {"person", RuleSubject::Person},
    {"case", RuleSubject::Case},
    {"team", RuleSubject::Team},
    {"meeting", RuleSubject::Meeting},
    {"form", RuleSubject::Form},
}};
constexpr Names<RuleStrictness, 3> kStrictness{{
    {"statutory", RuleStrictness::Statutory},
    {"model", RuleStrictness::Model},
    {"recommended", RuleStrictness::Recommended},
}};
/// What a workspace sets is in no file.
constexpr Names<RuleOrigin, 3> kOrigins{{
    {"source", RuleOrigin::Source},
    {"inferred", RuleOrigin::Inferred},
    {"open", RuleOrigin::Open},
}};
constexpr Names<FreeLastDay, 3> kFreeLastDays{{
    {"stays", FreeLastDay::Stays},
    {"next_working_day", FreeLastDay::NextWorkingDay},
    {"previous_working_day", FreeLastDay::PreviousWorkingDay},
}};

template <typename Value, std::size_t N>
std::string_view nameIn(const Names<Value, N>& names, Value value)
{
    const auto found = std::ranges::find(names, value, [](const auto& entry) { return entry.second; });
    return found == names.end() ? "workspace" : found->first;
}

/// With the rule for its place, as all that is wrong in one.
Result<LocalText> labelOf(const Json& object)
{
    const auto found = object.find("label");
    if (found == object.end())
        return fail(Errc::Invalid, "needs 'label'");
    TEREN_CHECK(checkKeys(*found, {"pl", "en"}));
    LocalText text;
    TEREN_TRY(text.pl, textAt(*found, "pl"));
    TEREN_TRY(text.en, textAt(*found, "en"));
    return text;
}

/// One of the words that the key may have.
template <typename Value, std::size_t N>
Result<Value> wordAt(const Json& object, const char* key, const Names<Value, N>& names)
{
    TEREN_TRY(const std::string word, textAt(object, key));
    const std::optional<Value> value = valueNamed(names, word);
    if (!value)
        return fail(Errc::Invalid, std::string("unknown ") + key + " '" + word + "'");
    return *value;
}

Status parseNumber(const Json& json, Rule& rule)
{
    TEREN_TRY(rule.unit, wordAt(json, "unit", kUnits));
    TEREN_TRY(rule.origin, wordAt(json, "origin", kOrigins));
    const auto amount = json.find("amount");
    if ((amount == json.end()) != (rule.origin == RuleOrigin::Open))
        return fail(Errc::Invalid, "has an amount, or else the origin 'open'");
    if (amount == json.end())
        return {};
    const std::optional<std::int64_t> number = wholeOf(*amount);
    if (!number)
        return fail(Errc::Invalid, "'amount' is not a whole number");
    if (*number < -kCountMax || *number > kCountMax)
        return fail(Errc::Invalid, "'amount' is out of range");
    rule.amount = static_cast<int>(*number);
    return {};
}

Status parseMeaning(const Json& json, NamedRule& named)
{
    TEREN_TRY(named.rule.kind, wordAt(json, "kind", kKinds));
    TEREN_TRY(named.rule.about, wordAt(json, "about", kSubjects));
    TEREN_TRY(named.rule.strictness, wordAt(json, "strictness", kStrictness));
    if (json.contains("bound")) {
        TEREN_TRY(named.rule.bound, wordAt(json, "bound", kBounds));
    }
    if (json.contains("free_last_day")) {
        TEREN_TRY(named.rule.freeLastDay, wordAt(json, "free_last_day", kFreeLastDays));
    }
    TEREN_TRY(named.from, optionalTextAt(json, "from"));
    TEREN_TRY(named.doneBy, optionalTextAt(json, "done_by"));
    TEREN_TRY(named.until, optionalTextAt(json, "until"));
    TEREN_TRY(named.of, optionalTextAt(json, "of"));
    const auto overridable = json.find("overridable");
    if (overridable == json.end() || !overridable->is_boolean())
        return fail(Errc::Invalid, "needs 'overridable', true or false");
    named.rule.overridable = overridable->get<bool>();
    return {};
}

Result<RuleSource> parseSource(const Json& json)
{
    const auto found = json.find("source");
    if (found == json.end())
        return fail(Errc::Invalid, "needs 'source'");
    TEREN_CHECK(checkKeys(*found, {"section", "reference"}));
    RuleSource source;
    TEREN_TRY(source.section, textAt(*found, "section"));
    TEREN_TRY(source.reference, textAt(*found, "reference"));
    return source;
}

/// A rule says all that its kind needs and nothing that its kind has no use for.
Status checkKind(const NamedRule& named)
{
    const Rule& rule = named.rule;
    const bool isWarning = rule.kind == RuleKind::Warning;
    const bool counts
        = rule.kind == RuleKind::Limit || rule.kind == RuleKind::Scale || rule.kind == RuleKind::PrintRows;
    if (counts != (rule.unit == RuleUnit::Count))
        return fail(Errc::Invalid, "the unit 'count' is for limits, scales and rows, and needed there");
    if ((setsDay(rule.kind) || isWarning) && !isCalendarUnit(rule.unit))
        return fail(Errc::Invalid, "what sets a day counts days, weeks, months or years");
    if (setsDay(rule.kind) && named.from.empty())
        return fail(Errc::Invalid, "needs 'from', the event that it is counted from");
    if (counts && !named.from.empty())
        return fail(Errc::Invalid, "'from' is for what takes time");
    if ((rule.kind == RuleKind::Deadline || rule.kind == RuleKind::Rhythm) && named.doneBy.empty())
        return fail(Errc::Invalid, "needs 'done_by', or it would never be settled");
    if (!setsDay(rule.kind) && !(named.doneBy.empty() && named.until.empty()))
        return fail(Errc::Invalid, "'done_by' and 'until' are for what sets a day");
    if (isWarning == named.of.empty())
        return fail(Errc::Invalid, "'of' is for warnings, and needed there");
    const bool hasBound = rule.bound != RuleBound::None;
    if (hasBound != (rule.kind == RuleKind::Duration || (counts && rule.kind != RuleKind::PrintRows)))
        return fail(Errc::Invalid, "'bound' is for durations, limits and scales, and needed there");
    if (rule.freeLastDay != FreeLastDay::Stays && !setsDay(rule.kind) && !isWarning)
        return fail(Errc::Invalid, "'free_last_day' is for what sets a day");
    return checkAmount(rule);
}

Result<NamedRule> parseRest(const Json& json, std::string id)
{
    NamedRule named;
    named.rule.id = std::move(id);
    TEREN_CHECK(parseNumber(json, named.rule));
    TEREN_CHECK(parseMeaning(json, named));
    TEREN_TRY(named.rule.label, labelOf(json));
    TEREN_TRY(named.rule.source, parseSource(json));
    TEREN_CHECK(checkKind(named));
    return named;
}

Result<NamedRule> parseRule(const Json& json)
{
    TEREN_CHECK(checkKeys(
        json,
        {"id", "label", "kind", "about", "bound", "amount", "unit", "free_last_day", "of", "from", "done_by",
         "until", "strictness", "origin", "overridable", "source"}));
    TEREN_TRY(const std::string id, identifierAt(json, "id"));
    return at(id, parseRest(json, id));
}

Result<RuleEvent> parseEvent(const Json& json)
{
    TEREN_CHECK(checkKeys(json, {"id", "label"}));
    RuleEvent event;
    TEREN_TRY(event.id, identifierAt(json, "id"));
    TEREN_TRY(event.label, at(event.id, labelOf(json)));
    return event;
}

Result<RuleDocument> parseDocument(const Json& json)
{
    // `$comment` carries the licence line, since JSON has no comments.
    TEREN_CHECK(checkKeys(json, {"$comment", "profile", "label", "events", "rules"}));
    RuleDocument document;
    TEREN_TRY(document.profile, textAt(json, "profile"));
    TEREN_TRY(document.label, labelOf(json));
    for (const char* key : {"events", "rules"})
        if (!json.contains(key) || !json.at(key).is_array())
            return fail(Errc::Invalid, std::string("needs a list '") + key + "'");
    for (const Json& event : json.at("events")) {
        TEREN_TRY(RuleEvent parsed, parseEvent(event));
        document.events.push_back(std::move(parsed));
    }
    for (const Json& rule : json.at("rules")) {
        TEREN_TRY(NamedRule parsed, parseRule(rule));
        parsed.rule.profile = document.profile;
        document.rules.push_back(std::move(parsed));
    }
    return document;
}

}  // namespace

Status checkAmount(const Rule& rule)
{
    if (!rule.amount)
        return {};
    const int most = rule.unit == RuleUnit::Count ? kCountMax : kTimeAmountMax;
    if (*rule.amount > most || *rule.amount < -most)
        return fail(
            Errc::Invalid,
            std::to_string(*rule.amount) + " is too much; the most is " + std::to_string(most));
    const bool mayPrecede = rule.kind == RuleKind::Deadline || rule.kind == RuleKind::Warning;
    if (*rule.amount < 0 && !mayPrecede)
        return fail(
            Errc::Invalid,
            std::to_string(*rule.amount)
                + " is below zero; only a deadline or a warning can lie before its event");
    const bool mayBeAtOnce = rule.kind == RuleKind::Deadline || rule.kind == RuleKind::Expiry;
    if (*rule.amount == 0 && !mayBeAtOnce)
        return fail(
            Errc::Invalid, "0 is for a deadline or an expiry on the very day of the event; write 1 or more");
    return {};
}

Result<RuleDocument> parseRules(const RuleFile& file)
{
    const Json json = Json::parse(file.text, nullptr, false);
    if (json.is_discarded())
        return fail(Errc::Invalid, std::string(file.name) + ": is not JSON");
    return at(file.name, parseDocument(json));
}

std::string_view nameOf(RuleKind kind)
{
    return nameIn(kKinds, kind);
}

std::string_view nameOf(RuleUnit unit)
{
    return nameIn(kUnits, unit);
}

std::string_view nameOf(RuleBound bound)
{
    return nameIn(kBounds, bound);
}

std::string_view nameOf(RuleSubject subject)
{
    return nameIn(kSubjects, subject);
}

std::string_view nameOf(RuleStrictness strictness)
{
    return nameIn(kStrictness, strictness);
}

std::string_view nameOf(RuleOrigin origin)
{
    return nameIn(kOrigins, origin);
}

std::string_view nameOf(FreeLastDay freeLastDay)
{
    return nameIn(kFreeLastDays, freeLastDay);
}

std::optional<RuleUnit> ruleUnitNamed(std::string_view name)
{
    return valueNamed(kUnits, name);
}

}  // namespace teren::domain
