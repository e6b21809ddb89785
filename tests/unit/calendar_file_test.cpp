// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/calendar_file.h"

#include "app/domain/text.h"

#include "tests/support/days.h"
#include "tests/support/property.h"

#include <type_traits>

namespace teren::domain {
namespace {

using test::day;

const RuleSet& rural()
{
    static const RuleSet rules = *RuleSet::forProfile("rural-2021");
    return rules;
}

[[maybe_unused]] void hasThreeMembers(const CalendarEntry& entry)
{
    [[maybe_unused]] const auto& [kind, number, on] = entry;
}

CalendarEntry entry(std::string_view rule, std::string_view number, std::string_view on)
{
    const Rule* found = rural().find(rule);
    INFO(rule);
    REQUIRE(found != nullptr);
    return {static_cast<RuleIndex>(found - rural().rules().data()), *CaseNumber::parse(number), day(on)};
}

constexpr Instant kStamp{
    std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + std::chrono::seconds(4'503)};

std::string fileOf(
    const std::vector<CalendarEntry>& entries, CalendarLanguage language = CalendarLanguage::Polish)
{
    const Result<std::string> file = calendarFile(rural(), entries, language, kStamp);
    return file ? *file : "! " + file.error().detail;
}

std::string reasonFor(std::string_view number)
{
    const Result<CaseNumber> parsed = CaseNumber::parse(number);
    return parsed ? "accepted" : parsed.error().detail;
}

/// The content lines of a file as a reader unfolds them (section 3.1); nothing where a line is not as it must
/// be.
std::optional<std::vector<std::string>> unfolded(std::string_view file)
{
    std::vector<std::string> lines;
    while (!file.empty()) {
        const std::size_t end = file.find("\r\n");
        const std::string_view line = file.substr(0, end);
        if (end == std::string_view::npos || line.size() > 75
            || line.find_first_of("\r\n") != std::string_view::npos || !toNfc(line))
            return std::nullopt;
        if (line.starts_with(' ') && !lines.empty())
            lines.back() += line.substr(1);
        else
            lines.emplace_back(line);
        file.remove_prefix(end + 2);
    }
    return lines;
}

std::vector<std::string> linesWith(const std::string& file, std::string_view name)
{
    std::vector<std::string> found;
    const auto lines = unfolded(file);
    REQUIRE(lines);
    for (const std::string& line : *lines)
        if (line.starts_with(name))
            found.push_back(line.substr(name.size()));
    return found;
}

}  // namespace

// An entry is a kind, a number and a day: with another member, or one of another type, this does not compile.
static_assert(std::is_same_v<decltype(CalendarEntry::kind), RuleIndex>);
static_assert(std::is_same_v<decltype(CalendarEntry::number), CaseNumber>);
static_assert(std::is_same_v<decltype(CalendarEntry::day), Day>);
// A number is not made of a text unless it has been looked at.
static_assert(!std::is_constructible_v<CaseNumber, std::string>);
static_assert(!std::is_constructible_v<CaseNumber, std::string_view>);
static_assert(!std::is_constructible_v<CaseNumber, const char*>);
static_assert(!std::is_default_constructible_v<CaseNumber>);
// The four things that a file is made of, and no other.
static_assert(
    std::is_same_v<
        decltype(&calendarFile),
        Result<std::string> (*)(const RuleSet&, std::span<const CalendarEntry>, CalendarLanguage, Instant)>);

TEST_CASE("calendar file: an entry has its kind, its number and its day, and nothing else", "[domain]")
{
    CHECK(
        fileOf({entry("ipw_review_interval", "GOPS/12/2026", "2027-02-28")})
        == "BEGIN:VCALENDAR\r\n"
           "VERSION:2.0\r\n"
           "PRODID:-//Teren//Teren//EN\r\n"
           "METHOD:PUBLISH\r\n"
           "BEGIN:VEVENT\r\n"
           "UID:ipw_review_interval-GOPS/12/2026-1@teren\r\n"
           "DTSTAMP:20261124T011503Z\r\n"
           "DTSTART;VALUE=DATE:20270228\r\n"
           "SUMMARY:Weryfikacja IPW z rodziną GOPS/12/2026\r\n"
           "CLASS:CONFIDENTIAL\r\n"
           "TRANSP:TRANSPARENT\r\n"
           "END:VEVENT\r\n"
           "END:VCALENDAR\r\n");
    CHECK(
        linesWith(
            fileOf({entry("interview_due", "GOPS/12/2026", "2027-01-08")}, CalendarLanguage::English),
            "SUMMARY:")
        == std::vector<std::string>{"Environmental interview GOPS/12/2026"});
}

TEST_CASE("calendar file: a UID stays when the day moves, and tells apart what is due twice", "[domain]")
{
    const auto uids
        = [](const std::vector<CalendarEntry>& entries) { return linesWith(fileOf(entries), "UID:"); };
    const CalendarEntry first = entry("person_of_age", "OPS.5.2026", "2027-02-28");
    const CalendarEntry second = entry("person_of_age", "OPS.5.2026", "2030-05-01");
    const CalendarEntry moved = entry("person_of_age", "OPS.5.2026", "2027-03-28");
    const CalendarEntry other = entry("person_of_age", "OPS.6.2026", "2027-02-28");
    using Uids = std::vector<std::string>;
    CHECK(uids({first}) == Uids{"person_of_age-OPS.5.2026-1@teren"});
    CHECK(uids({moved}) == uids({first}));
    CHECK(
        uids({second, other, first})
        == Uids{
            "person_of_age-OPS.5.2026-1@teren", "person_of_age-OPS.6.2026-1@teren",
            "person_of_age-OPS.5.2026-2@teren"});
    CHECK(fileOf({second, other, first}) == fileOf({other, first, second}));
}

TEST_CASE("calendar file: there is none without entries, nor of kinds that are no rules", "[domain]")
{
    CHECK(fileOf({}) == "! nothing is due, so there is no calendar to write");
    CalendarEntry unknown = entry("interview_due", "OPS.5.2026", "2027-02-28");
    unknown.kind = static_cast<RuleIndex>(rural().rules().size());
    CHECK(fileOf({unknown}) == "! an entry's kind is no rule of this office");
}

TEST_CASE("calendar file: every kind of every profile gives lines that a reader takes", "[domain]")
{
    for (const std::string_view profile : ruleProfiles()) {
        const RuleSet rules = *RuleSet::forProfile(profile);
        for (const CalendarLanguage language : {CalendarLanguage::Polish, CalendarLanguage::English}) {
            std::vector<CalendarEntry> entries;
            for (RuleIndex kind = 0; kind < rules.rules().size(); ++kind)
                entries.push_back({kind, *CaseNumber::parse(std::string(40, '7')), day("2026-11-24")});
            const Result<std::string> file = calendarFile(rules, entries, language, kStamp);
            REQUIRE(file);
            const auto lines = unfolded(*file);
            REQUIRE(lines);
            CHECK(lines->size() == 5 + 8 * entries.size());
        }
    }
}

TEST_CASE("calendar file: the number of a case is a number, no name and no text", "[domain]")
{
    for (const char* number : {"1", "GOPS/12/2026", "MGOPS.5221.12.2026.JK", "SO-III_7", "2026-0012"}) {
        INFO(number);
        CHECK(reasonFor(number) == "accepted");
    }
    const std::string characters
        = "the number of a case has capital letters A to Z, digits, '/', '.', '-' and '_' alone";
    for (const char* text :
         {"Nowak 1", "GOPS 1", "KOŁO/1", "GOPS/1\r\nATTENDEE:x", "GOPS;1", "GOPS,1", "GOPS\\1",
          "ul. Polna 3"}) {
        INFO(text);
        CHECK(reasonFor(text) == characters);
    }
    CHECK(
        reasonFor("KOWALSKI/1") == "the number of a case has no words; at most five letters stand together");
    CHECK(reasonFor("GOPS/A") == "the number of a case has a digit");
    CHECK(reasonFor("") == "the number of a case has 1 to 40 characters");
    CHECK(reasonFor(std::string(41, '1')) == "the number of a case has 1 to 40 characters");
    CHECK(CaseNumber::parse("GOPS/12/2026")->text() == "GOPS/12/2026");
}

TEST_CASE("calendar file: text is escaped as RFC 5545 says", "[domain]")
{
    CHECK(escapedText("a, b; c\\d: \"e\"") == "a\\, b\\; c\\\\d: \"e\"");
    CHECK(escapedText("one\r\ntwo\nthree") == "one\\ntwo\\nthree");
    CHECK(escapedText("Łódź").size() == 7);
}

TEST_CASE("calendar file: a line is folded at 75 octets, between characters", "[domain]")
{
    const std::string full(75, 'x');
    CHECK(foldedLine("") == "\r\n");
    CHECK(foldedLine(full) == full + "\r\n");
    CHECK(foldedLine(full + "y") == full + "\r\n y\r\n");
    CHECK(foldedLine(full + std::string(75, 'y')) == full + "\r\n " + std::string(74, 'y') + "\r\n y\r\n");
    CHECK(foldedLine(std::string(74, 'x') + "ż") == std::string(74, 'x') + "\r\n ż\r\n");
    CHECK(foldedLine(std::string(73, 'x') + "żz") == std::string(73, 'x') + "ż\r\n z\r\n");
}

TEST_CASE("calendar file property: what was folded is unfolded to the same line")
{
    test::checkLaw([] {
        const std::vector<std::string> letters{"a", "ż", "€", "𝄞", ",", " "};
        std::string line = "X";
        for (int left = *rc::gen::inRange(0, 300); left > 0; --left)
            line += *rc::gen::elementOf(letters);
        const auto lines = unfolded(foldedLine(line));
        RC_ASSERT(lines.has_value());
        RC_ASSERT((*lines == std::vector<std::string>{line}));
    });
}

}  // namespace teren::domain
