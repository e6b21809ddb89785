// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Days as Polish offices count them. Pure functions of dates; nothing here knows what day it is today.
//
// Right for all years from 1991 on. Before that the Act of 18 January 1951 listed other days; no term of a
// case reaches back so far. See app/domain/README.md, decisions 1 to 3.
namespace teren::domain {

/// A day of the Gregorian calendar, without a time or a time zone.
using Day = std::chrono::sys_days;

/// @param text  A canonical date, "2026-11-22". @return nothing for any other text.
std::optional<Day> dayFrom(std::string_view text);
/// "2026-11-22"; for the years 0 to 9999.
std::string dayText(Day day);

/// Easter Sunday by the anonymous Gregorian algorithm (Meeus, "Astronomical Algorithms", chapter 8).
/// @param year  From 1583 on.
Day easterSunday(std::chrono::year year);

/// A day that the Act of 18 January 1951 on days off work (Dz.U. 2020 poz. 1920, with Dz.U. 2024 poz. 1965)
/// names, Easter and Whit Sunday among them; other Sundays are not.
bool isPublicHoliday(Day day);

/// In order. Fourteen a year from 2025 on, thirteen from 2011, twelve before.
std::vector<Day> publicHolidays(std::chrono::year year);

/// Monday to Friday, and no public holiday.
bool isWorkingDay(Day day);

/// The `count`-th working day after `from`, which itself is not counted. A negative count goes back in the
/// same way; for 0 it is `from`, working day or not.
Day addWorkingDays(Day from, int count);

/// How many working days are after `from`, up to and with `to`; negative where `to` is earlier. What
/// `addWorkingDays` added.
int workingDaysAfter(Day from, Day to);

/// The day with the same number `months` later, or the last one of that month where it has no such day.
/// A negative count goes back in the same way.
Day addMonths(Day from, int months);

enum class TermUnit : std::uint8_t { WorkingDays, Days, Weeks, Months, Years };

/// What becomes of a term whose last day is a Saturday, a Sunday or a public holiday.
enum class FreeLastDay : std::uint8_t {
    Stays,
    NextWorkingDay,      ///< Code of Administrative Procedure, article 57 § 4.
    PreviousWorkingDay,  ///< For what must be ready before an event: a later day would be too late.
};

/// A time from or to an event.
struct Term {
    int amount = 0;  ///< Negative for a day that lies before the event.
    TermUnit unit = TermUnit::Days;
    FreeLastDay freeLastDay = FreeLastDay::Stays;

    bool operator==(const Term&) const = default;
};

/// The last day of a term that an event on `event` starts, as the Code of Administrative Procedure, article
/// 57, counts: the day of the event is not counted (§ 1), weeks end on the same day of the week (§ 2), months
/// on the day that corresponds to the first, or else on the last of the month (§ 3), years likewise (§ 3a).
Day endOfTerm(Day event, const Term& term);

}  // namespace teren::domain
