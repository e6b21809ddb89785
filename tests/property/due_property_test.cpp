// SPDX-License-Identifier: EUPL-1.2
// The list is what one gets by looking at every rule of every occurrence by itself.
#include "app/domain/due.h"

#include "tests/support/days.h"
#include "tests/support/property.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace teren::domain {
namespace {

using Days = std::set<Day>;

Days daysOf(
    const std::vector<DatedEvent>& events, std::uint32_t caseNumber, std::uint32_t occurrence,
    std::optional<EventIndex> event, std::optional<Day> notAfter)
{
    Days days;
    for (const DatedEvent& each : events)
        if (each.caseNumber == caseNumber && each.occurrence == occurrence && each.event == event
            && (!notAfter || each.day <= *notAfter))
            days.insert(each.day);
    return days;
}

bool endsAfter(const Days& ends, Day start)
{
    return !ends.empty() && *ends.rbegin() >= start;
}

/// One rule of one occurrence, in the words of due.h.
std::optional<DueItem> naive(
    const RuleSet& rules, RuleIndex index, const std::vector<DatedEvent>& events, std::uint32_t caseNumber,
    std::uint32_t occurrence, Day today, const DueOptions& options)
{
    const Rule& rule = rules.rules()[index];
    if (!rule.term() || !rule.from || rule.kind == RuleKind::Duration || rule.kind == RuleKind::Warning)
        return std::nullopt;
    Days starts = daysOf(events, caseNumber, occurrence, rule.from, {});
    const Days dones = daysOf(events, caseNumber, occurrence, rule.doneBy, today);
    if (rule.kind == RuleKind::Rhythm)
        starts.insert(dones.begin(), dones.end());
    if (starts.empty())
        return std::nullopt;
    const Day start = *starts.rbegin();
    if (rule.until
        && (endsAfter(daysOf(events, caseNumber, occurrence, rule.until, today), start)
            || endsAfter(daysOf(events, caseNumber, 0, rule.until, today), start)))
        return std::nullopt;
    DueItem item{endOfTerm(start, *rule.term()), caseNumber, occurrence, index, DueState::Due, 0};
    item.daysLeft = static_cast<int>((item.due - today).count());
    const bool settles = rule.kind != RuleKind::Rhythm && rule.doneBy && rule.doneBy != rule.from;
    if (settles && !dones.empty() && (*rule.amount <= 0 || *dones.rbegin() >= start))
        item.state = DueState::Done;
    else if (item.daysLeft < 0)
        item.state = DueState::Overdue;
    else {
        Day soon = item.due - std::chrono::days(options.soonDays);
        if (rule.warning) {
            const Rule& warning = rules.rules()[*rule.warning];
            soon = endOfTerm(warning.from ? start : item.due, *warning.term());
        }
        item.state = today >= soon ? DueState::Soon : DueState::Due;
    }
    if (item.state == DueState::Done && !options.withDone)
        return std::nullopt;
    return item;
}

}  // namespace

TEST_CASE("due property: the list is every rule of every occurrence, by day")
{
    std::vector<RuleSet> sets;
    for (const char* profile : {"rural-2021", "urban-rural-2019", "urban-rural-2021", "urban-2021"})
        sets.push_back(*RuleSet::forProfile(profile));
    test::checkLaw(
        [&] {
            const RuleSet& rules = sets[*rc::gen::inRange<std::size_t>(0, sets.size())];
            const Day first = test::day("2026-01-01");
            const Day today = first + std::chrono::days(*rc::gen::inRange(0, 800));
            const DueOptions options{*rc::gen::inRange(0, 30), *rc::gen::arbitrary<bool>()};
            std::vector<DatedEvent> events;
            const int count = *rc::gen::inRange(0, 60);
            for (int i = 0; i < count; ++i)
                events.push_back(
                    {*rc::gen::inRange(0U, 2U), *rc::gen::inRange(0U, 3U),
                     *rc::gen::inRange<EventIndex>(0, static_cast<EventIndex>(rules.events().size())),
                     first + std::chrono::days(*rc::gen::inRange(0, 800))});
            std::vector<DueItem> expected;
            for (std::uint32_t number = 0; number < 2; ++number)
                for (std::uint32_t occurrence = 0; occurrence < 3; ++occurrence)
                    for (RuleIndex index = 0; index < rules.rules().size(); ++index)
                        if (const auto item = naive(rules, index, events, number, occurrence, today, options))
                            expected.push_back(*item);
            std::ranges::sort(expected, {}, [](const DueItem& item) {
                return std::tuple(item.due, item.caseNumber, item.rule, item.occurrence);
            });
            RC_ASSERT((dueItems(rules, events, today, options) == expected));
        },
        400);
}

}  // namespace teren::domain
