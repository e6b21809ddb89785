// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/calendar.h"

#include "tests/support/days.h"

namespace teren::domain {
namespace {

using test::day;

std::string endOf(std::string_view event, Term term)
{
    return dayText(endOfTerm(day(event), term));
}

std::string afterWorkingDays(std::string_view from, int count)
{
    return dayText(addWorkingDays(day(from), count));
}

std::vector<std::string> holidaysOf(int year)
{
    std::vector<std::string> texts;
    for (const Day holiday : publicHolidays(std::chrono::year(year)))
        texts.push_back(dayText(holiday).substr(5));
    return texts;
}

/// Easter by another algorithm (J.-M. Oudin, 1940), of full moons and weekdays instead of epacts.
Day easterByOudin(int year)
{
    const int century = year / 100;
    const int golden = year % 19;
    int moon = (century - century / 4 - (century - (century - 17) / 25) / 3 + 19 * golden + 15) % 30;
    moon -= moon / 28 * (1 - moon / 28 * (29 / (moon + 1)) * ((21 - golden) / 11));
    const int weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    const int sinceMarch = moon - weekday;
    const int month = 3 + (sinceMarch + 40) / 44;
    const int number = sinceMarch + 28 - 31 * (month / 4);
    return {
        std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month))
        / std::chrono::day(static_cast<unsigned>(number))};
}

}  // namespace

TEST_CASE("calendar: a day is read from its canonical text, and from no other", "[domain]")
{
    CHECK(dayText(day("2026-11-22")) == "2026-11-22");
    CHECK(dayText(day("2028-02-29")) == "2028-02-29");
    CHECK(dayText(Day(std::chrono::days(0))) == "1970-01-01");
    for (const char* text :
         {"", "2026-11-2", "2026-11-222", "22.11.2026", "2026/11/22", "2026-02-29", "2026-13-01",
          "2026-00-10", "2026-10-00", "-026-10-10", "2026--1-10", "2026-1x-10", "2026-11 22", "1849-01-01"}) {
        INFO(text);
        CHECK_FALSE(dayFrom(text));
    }
}

TEST_CASE("calendar: Easter is when the tables say", "[domain]")
{
    // The earliest and the latest that there are, and the years of this program.
    for (const char* sunday :
         {"1981-04-19", "1991-03-31", "2000-04-23", "2008-03-23", "2011-04-24", "2016-03-27",
          "2019-04-21", "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31",
          "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21",
          "2035-03-25", "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28", "2199-04-14"}) {
        const std::chrono::year_month_day date(day(sunday));
        CHECK(dayText(easterSunday(date.year())) == sunday);
    }
    CHECK(dayText(easterSunday(std::chrono::year(1583))) == "1583-04-10");
    CHECK(dayText(easterSunday(std::chrono::year(1818))) == "1818-03-22");
    CHECK(dayText(easterSunday(std::chrono::year(1943))) == "1943-04-25");
}

TEST_CASE("calendar: two algorithms agree on Easter for two and a half thousand years", "[domain]")
{
    for (int year = 1583; year < 4'100; ++year) {
        INFO(year);
        REQUIRE(easterSunday(std::chrono::year(year)) == easterByOudin(year));
    }
}

TEST_CASE("calendar: the public holidays of a year are those of the Act as it read in that year", "[domain]")
{
    using Days = std::vector<std::string>;
    CHECK(
        holidaysOf(2010)
        == Days{
            "01-01", "04-04", "04-05", "05-01", "05-03", "05-23", "06-03", "08-15", "11-01", "11-11", "12-25",
            "12-26"});
    CHECK(
        holidaysOf(2011)
        == Days{
            "01-01", "01-06", "04-24", "04-25", "05-01", "05-03", "06-12", "06-23", "08-15", "11-01", "11-11",
            "12-25", "12-26"});
    CHECK(
        holidaysOf(2024)
        == Days{
            "01-01", "01-06", "03-31", "04-01", "05-01", "05-03", "05-19", "05-30", "08-15", "11-01", "11-11",
            "12-25", "12-26"});
    CHECK(
        holidaysOf(2025)
        == Days{
            "01-01", "01-06", "04-20", "04-21", "05-01", "05-03", "06-08", "06-19", "08-15", "11-01", "11-11",
            "12-24", "12-25", "12-26"});
    CHECK(
        holidaysOf(2026)
        == Days{
            "01-01", "01-06", "04-05", "04-06", "05-01", "05-03", "05-24", "06-04", "08-15", "11-01", "11-11",
            "12-24", "12-25", "12-26"});
    CHECK(
        holidaysOf(2027)
        == Days{
            "01-01", "01-06", "03-28", "03-29", "05-01", "05-03", "05-16", "05-27", "08-15", "11-01", "11-11",
            "12-24", "12-25", "12-26"});
    CHECK(
        holidaysOf(2038)
        == Days{
            "01-01", "01-06", "04-25", "04-26", "05-01", "05-03", "06-13", "06-24", "08-15", "11-01", "11-11",
            "12-24", "12-25", "12-26"});
}

TEST_CASE("calendar: 24 December is worked until 2024 and free from 2025", "[domain]")
{
    CHECK(isWorkingDay(day("2024-12-24")));
    CHECK_FALSE(isWorkingDay(day("2025-12-24")));
}

TEST_CASE("calendar: a week is worked from Monday to Friday", "[domain]")
{
    CHECK(isWorkingDay(day("2026-11-23")));
    CHECK(isWorkingDay(day("2026-11-27")));
    CHECK_FALSE(isWorkingDay(day("2026-11-28")));
    CHECK_FALSE(isWorkingDay(day("2026-11-29")));
}

TEST_CASE("calendar: fourteen working days pass over Christmas, Easter and Corpus Christi", "[domain]")
{
    CHECK(afterWorkingDays("2026-12-15", 14) == "2027-01-08");
    CHECK(afterWorkingDays("2024-12-16", 14) == "2025-01-09");
    CHECK(afterWorkingDays("2026-05-22", 14) == "2026-06-12");
    CHECK(afterWorkingDays("2027-03-18", 14) == "2027-04-08");
}

TEST_CASE("calendar: the day of the event is not counted, whatever day it is", "[domain]")
{
    CHECK(afterWorkingDays("2026-11-20", 1) == "2026-11-23");
    CHECK(afterWorkingDays("2026-11-21", 1) == "2026-11-23");
    CHECK(afterWorkingDays("2026-11-22", 2) == "2026-11-24");
    CHECK(afterWorkingDays("2026-11-22", 0) == "2026-11-22");
    CHECK(afterWorkingDays("2026-11-23", -1) == "2026-11-20");
    CHECK(afterWorkingDays("2027-01-04", -5) == "2026-12-23");
}

TEST_CASE("calendar: working days between two days are counted as they are added", "[domain]")
{
    CHECK(workingDaysAfter(day("2026-12-15"), day("2027-01-08")) == 14);
    CHECK(workingDaysAfter(day("2026-12-15"), day("2026-12-15")) == 0);
    CHECK(workingDaysAfter(day("2026-11-20"), day("2026-11-22")) == 0);
    CHECK(workingDaysAfter(day("2026-11-23"), day("2026-11-20")) == -1);
}

TEST_CASE("calendar: a term in months ends on the corresponding day, or the last of the month", "[domain]")
{
    CHECK(endOf("2026-11-30", {3, TermUnit::Months}) == "2027-02-28");
    CHECK(endOf("2027-11-30", {3, TermUnit::Months}) == "2028-02-29");
    CHECK(endOf("2026-01-31", {1, TermUnit::Months}) == "2026-02-28");
    CHECK(endOf("2026-02-28", {1, TermUnit::Months}) == "2026-03-28");
    CHECK(endOf("2026-10-31", {13, TermUnit::Months}) == "2027-11-30");
    CHECK(endOf("2026-03-31", {-1, TermUnit::Months}) == "2026-02-28");
    CHECK(endOf("2026-01-15", {-13, TermUnit::Months}) == "2024-12-15");
}

TEST_CASE("calendar: a term in years, weeks and days ends on the corresponding day", "[domain]")
{
    CHECK(endOf("2008-02-29", {18, TermUnit::Years}) == "2026-02-28");
    CHECK(endOf("2008-02-29", {20, TermUnit::Years}) == "2028-02-29");
    CHECK(endOf("2008-11-24", {18, TermUnit::Years}) == "2026-11-24");
    CHECK(endOf("2026-12-30", {2, TermUnit::Weeks}) == "2027-01-13");
    CHECK(endOf("2026-12-30", {7, TermUnit::Days}) == "2027-01-06");
    CHECK(endOf("2026-03-03", {-5, TermUnit::Days}) == "2026-02-26");
}

TEST_CASE("calendar: what a free last day becomes is a choice of the term", "[domain]")
{
    // 6 January 2027 is Epiphany, a Wednesday; 1 May 2027 is a Saturday, and Monday is 3 May, a holiday.
    CHECK(endOf("2026-12-30", {7, TermUnit::Days, FreeLastDay::NextWorkingDay}) == "2027-01-07");
    CHECK(endOf("2026-12-30", {7, TermUnit::Days, FreeLastDay::PreviousWorkingDay}) == "2027-01-05");
    CHECK(endOf("2027-04-01", {1, TermUnit::Months, FreeLastDay::Stays}) == "2027-05-01");
    CHECK(endOf("2027-04-01", {1, TermUnit::Months, FreeLastDay::NextWorkingDay}) == "2027-05-04");
    CHECK(endOf("2027-04-01", {1, TermUnit::Months, FreeLastDay::PreviousWorkingDay}) == "2027-04-30");
    CHECK(endOf("2027-04-02", {1, TermUnit::Weeks, FreeLastDay::NextWorkingDay}) == "2027-04-09");
}

}  // namespace teren::domain
