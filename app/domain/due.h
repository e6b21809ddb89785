// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/rule_set.h"

#include <string_view>
#include <vector>

// What is due when, by the rules of an office. Pure: what day it is today is an argument.
namespace teren::domain {

/// Something that happened, or is fixed to happen, on a day.
struct DatedEvent {
    std::uint32_t caseNumber = 0;  ///< The caller's number of a case, or of a team.
    /// What it happened to within the case: 0 for the case itself, else the caller's number of a person, a
    /// certificate, a session. What settles a rule is an event of the same occurrence.
    std::uint32_t occurrence = 0;
    EventIndex event = 0;
    Day day;
};

enum class DueState : std::uint8_t {
    Overdue,  ///< The day is past and nothing settled it.
    Soon,     ///< Within the time of warning; on the day itself too.
    Due,      ///< Later than that.
    Done,     ///< Settled.
};

struct DueItem {
    Day due;
    std::uint32_t caseNumber = 0;
    std::uint32_t occurrence = 0;
    RuleIndex rule = 0;  ///< In `RuleSet::rules`.
    DueState state = DueState::Due;
    int daysLeft = 0;  ///< Days of the calendar; below zero where the day is past.

    bool operator==(const DueItem&) const = default;
};

struct DueOptions {
    int soonDays = 7;       ///< The time of warning of a rule that has no warning of its own.
    bool withDone = false;  ///< Whether what is settled is listed.
};

/// All that is due in many cases, by day; of one day by case, rule and occurrence.
///
/// Of an event that came several times to one occurrence the latest counts. A deadline or an expiry is
/// settled by an event on or after the one it is counted from; where the amount is zero or less, by any. A
/// rhythm goes on from the last time it was done, or from its start where that is later. What settles or ends
/// a rule counts from its day on: a meeting that is planned is not yet held. Open rules set no day.
///
/// Time: the events are sorted once, and each is looked at once for every rule that counts from it. Memory:
/// one table of events and the list itself, however many cases there are.
/// @param events  In any order; every `event` is one of `rules`.
std::vector<DueItem> dueItems(
    const RuleSet& rules, std::vector<DatedEvent> events, Day today, const DueOptions& options = {});

/// The day of birth in a canonical date or in a canonical PESEL; nothing in any other text.
std::optional<Day> birthDay(std::string_view dateOrPesel);

/// Whether somebody born on `born` is under age on `day`, by the rule "person_of_age". Only for those who
/// were when their case began, "born" is an event to look at: for everybody else it is long past.
bool isUnderAge(const RuleSet& rules, Day born, Day day);

}  // namespace teren::domain
