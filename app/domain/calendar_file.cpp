// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/calendar_file.h"

#include "crypto/base/iso_time.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace teren::domain {
namespace {

constexpr std::size_t kNumberMax = 40;
/// "MGOPS" has five.
constexpr int kLettersInRowMax = 5;
constexpr std::size_t kLineOctets = 75;

bool isCapital(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool continuesCharacter(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// A rule's label says after a colon how its number counts; what is due is before it.
std::string_view kindOf(const Rule& rule, CalendarLanguage language)
{
    const std::string_view label = language == CalendarLanguage::Polish ? rule.label.pl : rule.label.en;
    return label.substr(0, label.find(':'));
}

/// ISO 8601 without what parts its fields.
std::string compact(std::string text)
{
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

/// "20261124T011500Z"
std::string stampText(Instant stamp)
{
    const std::string text = isoUtc(stamp);
    return compact(text.substr(0, text.find('.'))) + "Z";
}

void put(std::string& file, std::string_view name, std::string_view value)
{
    file += foldedLine(std::string(name).append(":").append(value));
}

}  // namespace

Result<CaseNumber> CaseNumber::parse(std::string_view text)
{
    if (text.empty() || text.size() > kNumberMax)
        return fail(
            Errc::Invalid, "the number of a case has 1 to " + std::to_string(kNumberMax) + " characters");
    int letters = 0;
    for (const char c : text) {
        if (!isCapital(c) && !isDigit(c) && std::string_view("/.-_").find(c) == std::string_view::npos)
            return fail(
                Errc::Invalid,
                "the number of a case has capital letters A to Z, digits, '/', '.', '-' and '_' alone");
        letters = isCapital(c) ? letters + 1 : 0;
        if (letters > kLettersInRowMax)
            return fail(
                Errc::Invalid, "the number of a case has no words; at most five letters stand together");
    }
    if (std::ranges::none_of(text, isDigit))
        return fail(Errc::Invalid, "the number of a case has a digit");
    return CaseNumber(text);
}

std::string escapedText(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        if (c == '\r')
            continue;
        if (c == '\\' || c == ';' || c == ',')
            escaped += '\\';
        if (c == '\n')
            escaped += "\\n";
        else
            escaped += c;
    }
    return escaped;
}

std::string foldedLine(std::string_view line)
{
    std::string folded;
    std::size_t room = kLineOctets;
    while (line.size() > room) {
        std::size_t end = room;
        while (end > 1 && continuesCharacter(line[end]))
            --end;
        folded.append(line.substr(0, end)).append("\r\n ");
        line.remove_prefix(end);
        // The blank that begins a continued line is one of its octets.
        room = kLineOctets - 1;
    }
    return folded.append(line).append("\r\n");
}

Result<std::string> calendarFile(
    const RuleSet& rules, std::span<const CalendarEntry> entries, CalendarLanguage language, Instant stamp)
{
    if (entries.empty())
        return fail(Errc::Invalid, "nothing is due, so there is no calendar to write");
    const auto isRule = [&](const CalendarEntry& entry) { return entry.kind < rules.rules().size(); };
    if (!std::ranges::all_of(entries, isRule))
        return fail(Errc::Invalid, "an entry's kind is no rule of this office");
    std::vector<CalendarEntry> sorted(entries.begin(), entries.end());
    std::ranges::sort(sorted, {}, [](const CalendarEntry& entry) {
        return std::tuple(entry.day, std::string_view(entry.number.text()), entry.kind);
    });
    std::string file;
    put(file, "BEGIN", "VCALENDAR");
    put(file, "VERSION", "2.0");
    put(file, "PRODID", "-//Teren//Teren//EN");
    put(file, "METHOD", "PUBLISH");
    std::map<std::string, int> times;
    for (const CalendarEntry& entry : sorted) {
        const Rule& rule = rules.rules()[entry.kind];
        const std::string what = rule.id + "-" + entry.number.text();
        put(file, "BEGIN", "VEVENT");
        put(file, "UID", what + "-" + std::to_string(++times[what]) + "@teren");
        put(file, "DTSTAMP", stampText(stamp));
        put(file, "DTSTART;VALUE=DATE", compact(dayText(entry.day)));
        put(file, "SUMMARY", escapedText(kindOf(rule, language)) + " " + escapedText(entry.number.text()));
        put(file, "CLASS", "CONFIDENTIAL");
        // It takes up nobody's day.
        put(file, "TRANSP", "TRANSPARENT");
        put(file, "END", "VEVENT");
    }
    put(file, "END", "VCALENDAR");
    return file;
}

}  // namespace teren::domain
