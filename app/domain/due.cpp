// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/due.h"

#include "app/domain/value.h"

#include <algorithm>
#include <tuple>

namespace teren::domain {
namespace {

/// The days of one occurrence's events.
class EventDays {
public:
    explicit EventDays(std::size_t events) : days_(events) {}

    /// The latest day of the event, also one to come.
    std::optional<Day> latest(EventIndex event) const { return days_[event].latest; }
    /// The latest that is not after today.
    std::optional<Day> happened(std::optional<EventIndex> event) const
    {
        return event ? days_[*event].happened : std::nullopt;
    }
    const std::vector<EventIndex>& seen() const { return seen_; }

    void add(EventIndex event, Day day, Day today)
    {
        Days& days = days_[event];
        if (!days.latest)
            seen_.push_back(event);
        days.latest = std::max(days.latest, std::optional(day));
        if (day <= today)
            days.happened = std::max(days.happened, std::optional(day));
    }
    void clear()
    {
        for (const EventIndex event : seen_)
            days_[event] = {};
        seen_.clear();
    }

private:
    struct Days {
        std::optional<Day> latest;
        std::optional<Day> happened;
    };
    std::vector<Days> days_;
    std::vector<EventIndex> seen_;
};

/// What the list needs of a rule that sets a day.
struct DayRule {
    RuleIndex index = 0;
    bool isRhythm = false;
    EventIndex from = 0;
    std::optional<EventIndex> doneBy;
    std::optional<EventIndex> until;
    Term term;
    std::optional<Term> warning;
    bool warnsFromStart = false;  ///< Else the warning goes by the day due.
};

/// Nothing for a rule that sets no day, or not yet.
std::optional<DayRule> dayRule(const RuleSet& rules, RuleIndex index)
{
    const Rule& rule = rules.rules()[index];
    const std::optional<Term> term = rule.term();
    if (!setsDay(rule.kind) || !term || !rule.from)
        return std::nullopt;
    DayRule found{index, rule.kind == RuleKind::Rhythm, *rule.from, rule.doneBy, rule.until, *term, {},
                  false};
    // What is renewed by its own event is never settled, only put off.
    if (!found.isRhythm && found.doneBy == found.from)
        found.doneBy.reset();
    if (rule.warning) {
        const Rule& warning = rules.rules()[*rule.warning];
        found.warning = warning.term();
        found.warnsFromStart = warning.from.has_value();
    }
    return found;
}

/// Walks through the cases, one occurrence after the other.
class DueList {
public:
    DueList(const RuleSet& rules, Day today, const DueOptions& options)
        : today_(today),
          options_(options),
          startedBy_(rules.events().size()),
          ofCase_(rules.events().size()),
          ofOccurrence_(rules.events().size())
    {
        for (std::size_t index = 0; index < rules.rules().size(); ++index) {
            const std::optional<DayRule> rule = dayRule(rules, static_cast<RuleIndex>(index));
            if (!rule)
                continue;
            startedBy_[rule->from].push_back(*rule);
            if (rule->isRhythm && rule->doneBy && rule->doneBy != rule->from)
                startedBy_[*rule->doneBy].push_back(*rule);
        }
    }

    /// @param events  Sorted by case and occurrence.
    std::vector<DueItem> of(const std::vector<DatedEvent>& events)
    {
        for (std::size_t start = 0, end = 0; start < events.size(); start = end) {
            const DatedEvent& first = events[start];
            if (start == 0 || first.caseNumber != events[start - 1].caseNumber)
                ofCase_.clear();
            EventDays& days = first.occurrence == 0 ? ofCase_ : ofOccurrence_;
            ofOccurrence_.clear();
            for (end = start; end < events.size() && events[end].caseNumber == first.caseNumber
                 && events[end].occurrence == first.occurrence;
                 ++end)
                days.add(events[end].event, events[end].day, today_);
            addItems(first, days);
        }
        return std::move(items_);
    }

private:
    void addItems(const DatedEvent& of, const EventDays& days)
    {
        for (const EventIndex event : days.seen())
            for (const DayRule& rule : startedBy_[event])
                // A rhythm is reached by its start and by its last time: once is enough.
                if (event == rule.from || !days.latest(rule.from))
                    addItem(of, days, rule);
    }

    void addItem(const DatedEvent& of, const EventDays& days, const DayRule& rule)
    {
        const std::optional<Day> done = days.happened(rule.doneBy);
        const std::optional<Day> start
            = rule.isRhythm ? std::max(days.latest(rule.from), done) : days.latest(rule.from);
        // A rhythm whose start is unknown and whose last time is still to come has not begun.
        if (!start || hasEnded(rule, days, *start))
            return;
        const bool isSettled = !rule.isRhythm && done && (rule.term.amount <= 0 || *done >= *start);
        if (isSettled && !options_.withDone)
            return;
        const Day due = endOfTerm(*start, rule.term);
        const auto left = static_cast<int>((due - today_).count());
        const DueState state = isSettled ? DueState::Done : stateOf(rule, *start, due);
        items_.push_back({due, of.caseNumber, of.occurrence, rule.index, state, left});
    }

    /// What ends a rule may have come to the occurrence or to its case.
    bool hasEnded(const DayRule& rule, const EventDays& days, Day start) const
    {
        const std::optional<Day> end = std::max(days.happened(rule.until), ofCase_.happened(rule.until));
        return end && *end >= start;
    }

    DueState stateOf(const DayRule& rule, Day start, Day due) const
    {
        if (due < today_)
            return DueState::Overdue;
        const Day soon = rule.warning ? endOfTerm(rule.warnsFromStart ? start : due, *rule.warning)
                                      : due - std::chrono::days(options_.soonDays);
        return today_ >= soon ? DueState::Soon : DueState::Due;
    }

    Day today_;
    DueOptions options_;
    std::vector<std::vector<DayRule>> startedBy_;  ///< By event: the rules that it may start.
    EventDays ofCase_;
    EventDays ofOccurrence_;
    std::vector<DueItem> items_;
};

}  // namespace

std::vector<DueItem> dueItems(
    const RuleSet& rules, std::vector<DatedEvent> events, Day today, const DueOptions& options)
{
    std::ranges::sort(
        events, {}, [](const DatedEvent& event) { return std::tuple(event.caseNumber, event.occurrence); });
    std::vector<DueItem> items = DueList(rules, today, options).of(events);
    std::ranges::sort(items, {}, [](const DueItem& item) {
        return std::tuple(item.due, item.caseNumber, item.rule, item.occurrence);
    });
    return items;
}

std::optional<Day> birthDay(std::string_view dateOrPesel)
{
    if (const std::optional<Day> day = dayFrom(dateOrPesel))
        return day;
    const Result<std::string> born = birthDateIn(dateOrPesel);
    return born ? dayFrom(*born) : std::nullopt;
}

bool isUnderAge(const RuleSet& rules, Day born, Day day)
{
    const Rule* age = rules.find("person_of_age");
    const std::optional<Term> term = age != nullptr ? age->term() : std::nullopt;
    return term && day < endOfTerm(born, *term);
}

}  // namespace teren::domain
