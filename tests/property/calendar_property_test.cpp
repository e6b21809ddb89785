// SPDX-License-Identifier: EUPL-1.2
// What holds for every day: terms keep the order of their events, and counting undoes adding.
#include "app/domain/calendar.h"

#include "tests/support/days.h"
#include "tests/support/property.h"

namespace teren::domain {
namespace {

using std::chrono::days;

/// From 1991 to 2100.
Day anyDay()
{
    return test::day("1991-01-01") + days(*rc::gen::inRange(0, 40'000));
}

Term anyTerm()
{
    const auto unit = *rc::gen::element(
        TermUnit::WorkingDays, TermUnit::Days, TermUnit::Weeks, TermUnit::Months, TermUnit::Years);
    const auto free
        = *rc::gen::element(FreeLastDay::Stays, FreeLastDay::NextWorkingDay, FreeLastDay::PreviousWorkingDay);
    return {*rc::gen::inRange(-60, 61), unit, free};
}

}  // namespace

TEST_CASE("calendar property: a day's text is read as the day")
{
    test::checkLaw([] {
        const Day day = anyDay();
        RC_ASSERT(dayFrom(dayText(day)) == day);
        RC_ASSERT(dayText(day) < dayText(day + days(1)));
    });
}

TEST_CASE("calendar property: counting working days undoes adding them")
{
    test::checkLaw([] {
        const Day from = anyDay();
        const int count = *rc::gen::inRange(-300, 301);
        const Day to = addWorkingDays(from, count);
        RC_ASSERT(workingDaysAfter(from, to) == count);
        RC_ASSERT(count == 0 || isWorkingDay(to));
        if (isWorkingDay(from))
            RC_ASSERT(addWorkingDays(to, -count) == from);
    });
}

TEST_CASE("calendar property: working days added in parts are those added at once")
{
    test::checkLaw([] {
        const Day from = anyDay();
        const int first = *rc::gen::inRange(0, 60);
        const int second = *rc::gen::inRange(0, 60);
        RC_ASSERT(
            addWorkingDays(addWorkingDays(from, first), second) == addWorkingDays(from, first + second));
    });
}

TEST_CASE("calendar property: a later event never has an earlier end, nor a longer term")
{
    test::checkLaw([] {
        const Day event = anyDay();
        const Day later = event + days(*rc::gen::inRange(0, 400));
        const Term term = anyTerm();
        Term longer = term;
        longer.amount += *rc::gen::inRange(0, 40);
        RC_ASSERT(endOfTerm(event, term) <= endOfTerm(later, term));
        RC_ASSERT(endOfTerm(event, term) <= endOfTerm(event, longer));
    });
}

TEST_CASE("calendar property: a moved last day is worked, and nothing between it and the counted one is")
{
    test::checkLaw([] {
        const Day event = anyDay();
        Term term = anyTerm();
        const Day end = endOfTerm(event, term);
        term.freeLastDay = FreeLastDay::Stays;
        const Day counted = endOfTerm(event, term);
        term.freeLastDay = FreeLastDay::NextWorkingDay;
        const Day next = endOfTerm(event, term);
        term.freeLastDay = FreeLastDay::PreviousWorkingDay;
        const Day previous = endOfTerm(event, term);
        RC_ASSERT((end == counted || end == next || end == previous));
        RC_ASSERT((isWorkingDay(next) && isWorkingDay(previous)));
        RC_ASSERT((previous <= counted && counted <= next));
        for (Day day = counted; day < next; day += days(1))
            RC_ASSERT_FALSE(isWorkingDay(day));
        for (Day day = counted; day > previous; day -= days(1))
            RC_ASSERT_FALSE(isWorkingDay(day));
    });
}

TEST_CASE("calendar property: months and years keep the number of the day wherever the month has it")
{
    test::checkLaw([] {
        const std::chrono::year_month_day date(anyDay());
        const int months = *rc::gen::inRange(-500, 501);
        const Day end = addMonths(Day(date), months);
        const std::chrono::year_month_day ended(end);
        RC_ASSERT(date.year() / date.month() + std::chrono::months(months) == ended.year() / ended.month());
        const std::chrono::year_month_day next(end + days(1));
        RC_ASSERT((ended.day() == date.day() || (ended.day() < date.day() && next.month() != ended.month())));
        RC_ASSERT(endOfTerm(Day(date), {2, TermUnit::Years}) == addMonths(Day(date), 24));
    });
}

TEST_CASE("calendar property: a year has its holidays and 247 to 256 working days")
{
    test::checkLaw([] {
        const std::chrono::year year(*rc::gen::inRange(1991, 2'500));
        const std::vector<Day> holidays = publicHolidays(year);
        RC_ASSERT(
            holidays.size()
            == (year >= std::chrono::year(2025)       ? 14U
                    : year >= std::chrono::year(2011) ? 13U
                                                      : 12U));
        RC_ASSERT(std::chrono::weekday(easterSunday(year)) == std::chrono::Sunday);
        int working = 0;
        for (Day day(year / std::chrono::January / 1); day <= Day(year / std::chrono::December / 31);
             day += days(1))
            working += isWorkingDay(day) ? 1 : 0;
        RC_ASSERT((working >= 247 && working <= 256));
    });
}

}  // namespace teren::domain
