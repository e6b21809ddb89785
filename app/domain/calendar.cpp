// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/calendar.h"

#include "app/domain/value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

namespace teren::domain {
namespace {

using std::chrono::days;
using std::chrono::month_day;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::year_month_day;

/// A holiday on the same date every year.
struct FixedHoliday {
    month_day date;
    year since = year::min();
};

/// The Act of 18 January 1951, article 1.
constexpr std::array kFixed{
    FixedHoliday{std::chrono::January / 1},
    FixedHoliday{std::chrono::January / 6, year(2011)},  // Dz.U. 2010 nr 224 poz. 1459
    FixedHoliday{std::chrono::May / 1},
    FixedHoliday{std::chrono::May / 3},
    FixedHoliday{std::chrono::August / 15},
    FixedHoliday{std::chrono::November / 1},
    FixedHoliday{std::chrono::November / 11},
    FixedHoliday{std::chrono::December / 24, year(2025)},  // Dz.U. 2024 poz. 1965
    FixedHoliday{std::chrono::December / 25},
    FixedHoliday{std::chrono::December / 26},
};
/// Easter Sunday and Monday, Whit Sunday, Corpus Christi: days after Easter Sunday.
constexpr std::array kAfterEaster{days(0), days(1), days(49), days(60)};

bool isWeekend(Day day)
{
    const weekday name(day);
    return name == std::chrono::Saturday || name == std::chrono::Sunday;
}

Day nextWorkingDay(Day day, days step)
{
    day += step;
    while (!isWorkingDay(day))
        day += step;
    return day;
}

Day endAsCounted(Day event, const Term& term)
{
    switch (term.unit) {
    case TermUnit::WorkingDays:
        return addWorkingDays(event, term.amount);
    case TermUnit::Days:
        return event + days(term.amount);
    case TermUnit::Weeks:
        return event + std::chrono::weeks(term.amount);
    case TermUnit::Months:
        return addMonths(event, term.amount);
    case TermUnit::Years:
        return addMonths(event, 12 * term.amount);
    }
    return event;
}

}  // namespace

std::optional<Day> dayFrom(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    std::array<int, 3> numbers{};
    const std::array parts{text.substr(0, 4), text.substr(5, 2), text.substr(8, 2)};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::string_view part = parts.at(i);
        const char* end = std::to_address(part.end());
        if (std::from_chars(std::to_address(part.begin()), end, numbers.at(i)).ptr != end)
            return std::nullopt;
    }
    if (!isDate(numbers[0], numbers[1], numbers[2]))
        return std::nullopt;
    return Day(
        year(numbers[0]) / std::chrono::month(static_cast<unsigned>(numbers[1]))
        / std::chrono::day(static_cast<unsigned>(numbers[2])));
}

std::string dayText(Day day)
{
    const year_month_day date(day);
    const auto put = [](std::string& text, unsigned number, std::size_t width) {
        const std::string digits = std::to_string(number);
        text.append(width - std::min(width, digits.size()), '0').append(digits);
    };
    std::string text;
    put(text, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    put(text += '-', static_cast<unsigned>(date.month()), 2);
    put(text += '-', static_cast<unsigned>(date.day()), 2);
    return text;
}

Day easterSunday(std::chrono::year year)
{
    const int number = static_cast<int>(year);
    const int golden = number % 19;
    const int century = number / 100;
    const int inCentury = number % 100;
    const int moonShift = (century - (century + 8) / 25 + 1) / 3;
    const int epact = (19 * golden + century - century / 4 - moonShift + 15) % 30;
    const int weekdayShift = (32 + 2 * (century % 4) + 2 * (inCentury / 4) - epact - inCentury % 4) % 7;
    const int late = (golden + 11 * epact + 22 * weekdayShift) / 451;
    const int sinceMarch = epact + weekdayShift - 7 * late + 114;
    return Day(
        year / std::chrono::month(static_cast<unsigned>(sinceMarch / 31))
        / std::chrono::day(static_cast<unsigned>(sinceMarch % 31 + 1)));
}

bool isPublicHoliday(Day day)
{
    const year_month_day date(day);
    const month_day inYear = date.month() / date.day();
    const auto fixed = std::ranges::find(kFixed, inYear, &FixedHoliday::date);
    if (fixed != kFixed.end() && date.year() >= fixed->since)
        return true;
    // Easter Sunday is 22 March at the earliest, Corpus Christi 24 June at the latest.
    if (date.month() < std::chrono::March || date.month() > std::chrono::June)
        return false;
    return std::ranges::find(kAfterEaster, day - easterSunday(date.year())) != kAfterEaster.end();
}

std::vector<Day> publicHolidays(std::chrono::year year)
{
    std::vector<Day> holidays;
    for (Day day(year / std::chrono::January / 1); day <= Day(year / std::chrono::December / 31);
         day += days(1))
        if (isPublicHoliday(day))
            holidays.push_back(day);
    return holidays;
}

bool isWorkingDay(Day day)
{
    return !isWeekend(day) && !isPublicHoliday(day);
}

Day addWorkingDays(Day from, int count)
{
    const days step(count < 0 ? -1 : 1);
    for (int left = count; left != 0; left -= static_cast<int>(step.count()))
        from = nextWorkingDay(from, step);
    return from;
}

int workingDaysAfter(Day from, Day to)
{
    if (to < from)
        return -workingDaysAfter(to - days(1), from - days(1));
    int count = 0;
    while (from < to)
        count += isWorkingDay(from += days(1)) ? 1 : 0;
    return count;
}

Day addMonths(Day from, int months)
{
    const year_month_day date(from);
    const auto month = date.year() / date.month() + std::chrono::months(months);
    const year_month_day same = month / date.day();
    return same.ok() ? Day(same) : Day(month / std::chrono::last);
}

Day endOfTerm(Day event, const Term& term)
{
    const Day end = endAsCounted(event, term);
    if (isWorkingDay(end))
        return end;
    switch (term.freeLastDay) {
    case FreeLastDay::Stays:
        return end;
    case FreeLastDay::NextWorkingDay:
        return nextWorkingDay(end, days(1));
    case FreeLastDay::PreviousWorkingDay:
        return nextWorkingDay(end, days(-1));
    }
    return end;
}

}  // namespace teren::domain
