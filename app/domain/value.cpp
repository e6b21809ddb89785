// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/value.h"

#include "app/domain/text.h"
#include "crypto/base/id.h"
#include "crypto/base/limits.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>

namespace teren::domain {
namespace {

constexpr std::size_t kLineMax = 500;
/// Four bytes a code point at most, so a text of this length always fits `limits::kValueMax`.
constexpr std::size_t kTextMax = 60'000;
constexpr std::size_t kDigitsMax = 15;
constexpr int kYearMin = 1850;
constexpr int kYearMax = 2199;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool allDigits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, isDigit);
}

/// What was typed, for an answer that shows it; cut where it is long.
std::string quoted(std::string_view text)
{
    constexpr std::size_t kShown = 40;
    if (text.size() <= kShown)
        return "'" + std::string(text) + "'";
    std::size_t end = kShown;
    while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return "'" + std::string(text.substr(0, end)) + "…'";
}

Result<std::string> withinLength(const Field& field, std::string text, std::size_t typeMax)
{
    const std::size_t most = field.lengthMax == 0 ? typeMax : std::min(field.lengthMax, typeMax);
    const std::size_t length = codePoints(text);
    if (length > most)
        return fail(
            Errc::Invalid,
            "is " + std::to_string(length) + " characters long; at most " + std::to_string(most) + " fit");
    return text;
}

/// Three numbers parted by one and the same separator.
std::optional<std::array<std::string_view, 3>> threeParts(std::string_view text)
{
    const std::size_t first = text.find_first_of("-./");
    if (first == std::string_view::npos)
        return std::nullopt;
    const std::size_t second = text.find(text[first], first + 1);
    if (second == std::string_view::npos)
        return std::nullopt;
    std::array parts{
        text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
    const auto isShortNumber = [](std::string_view part) { return allDigits(part) && part.size() <= 4; };
    if (!std::ranges::all_of(parts, isShortNumber))
        return std::nullopt;
    return parts;
}

int numberOf(std::string_view digits)
{
    int number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

std::string padded(int number, std::size_t width)
{
    const std::string text = std::to_string(number);
    return std::string(width - std::min(width, text.size()), '0') + text;
}

Result<std::string> canonicalDate(std::string_view text)
{
    const auto refuse = [&] {
        return fail(Errc::Invalid, quoted(text) + " is not a date; write year-month-day, such as 2026-11-22");
    };
    std::string compact = tidyLine(text);
    std::erase(compact, ' ');
    auto parts = threeParts(compact);
    if (!parts)
        return refuse();
    if ((*parts)[0].size() != 4)
        std::swap((*parts)[0], (*parts)[2]);
    if ((*parts)[0].size() != 4 || (*parts)[1].size() > 2 || (*parts)[2].size() > 2)
        return refuse();
    const int year = numberOf((*parts)[0]);
    const int month = numberOf((*parts)[1]);
    const int day = numberOf((*parts)[2]);
    if (year < kYearMin || year > kYearMax)
        return fail(
            Errc::Invalid,
            quoted(text) + " is out of range; years go from " + std::to_string(kYearMin) + " to "
                + std::to_string(kYearMax));
    if (!isDate(year, month, day))
        return fail(Errc::Invalid, quoted(text) + " is not a day of the calendar");
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
}

Result<std::string> canonicalTime(std::string_view text)
{
    const auto refuse
        = [&] { return fail(Errc::Invalid, quoted(text) + " is not a time of day; write it as 09:30"); };
    const std::string line = tidyLine(text);
    const std::size_t parting = line.find_first_of(":.");
    if (parting == std::string::npos)
        return refuse();
    const std::string_view hour = std::string_view(line).substr(0, parting);
    const std::string_view minute = std::string_view(line).substr(parting + 1);
    if (!allDigits(hour) || !allDigits(minute) || hour.size() > 2 || minute.size() != 2)
        return refuse();
    if (numberOf(hour) > 23 || numberOf(minute) > 59)
        return refuse();
    return padded(numberOf(hour), 2) + ":" + std::string(minute);
}

Result<std::string> canonicalNumber(std::string_view text)
{
    std::string line = tidyLine(text);
    std::erase(line, ' ');
    std::ranges::replace(line, ',', '.');
    const bool negative = line.starts_with('-');
    const std::string_view digits = std::string_view(line).substr(negative ? 1 : 0);
    const std::size_t point = std::min(digits.find('.'), digits.size());
    std::string_view whole = digits.substr(0, point);
    std::string_view part = point < digits.size() ? digits.substr(point + 1) : std::string_view();
    const bool wellFormed = allDigits(whole) && (point == digits.size() || allDigits(part));
    if (!wellFormed || whole.size() + part.size() > kDigitsMax)
        return fail(Errc::Invalid, quoted(text) + " is not a number; write it as 12.5");
    whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size() - 1));
    part = part.substr(0, part.find_last_not_of('0') + 1);
    const bool isZero = whole == "0" && part.empty();
    return (negative && !isZero ? "-" : "") + std::string(whole)
        + (part.empty() ? "" : "." + std::string(part));
}

/// A number within the field's bounds. At most 15 digits, so a double tells every two of them apart.
Result<std::string> canonicalNumberOf(const Field& field, std::string_view text)
{
    TEREN_TRY(std::string number, canonicalNumber(text));
    double value = 0;
    std::from_chars(number.data(), number.data() + number.size(), value);
    if (field.min && value < static_cast<double>(*field.min))
        return fail(Errc::Invalid, number + " is too small; the least is " + std::to_string(*field.min));
    if (field.max && value > static_cast<double>(*field.max))
        return fail(Errc::Invalid, number + " is too large; the most is " + std::to_string(*field.max));
    return number;
}

Result<std::string> canonicalScale(std::string_view text)
{
    Result<std::string> number = canonicalNumber(text);
    if (!number || !allDigits(*number) || number->size() > 2 || numberOf(*number) < 1
        || numberOf(*number) > 10)
        return fail(Errc::Invalid, quoted(text) + " is not on the scale; it goes from 1 to 10");
    return number;
}

std::string idsOf(const Field& field)
{
    std::string ids;
    for (const Choice& choice : field.choices)
        if (!choice.retired)
            ids += (ids.empty() ? "" : ", ") + choice.id;
    return ids;
}

/// An identifier, or what people read in either language. What is retired goes by its identifier alone: it
/// comes from an old answer, not from a person.
Result<std::string> canonicalChoice(const Field& field, std::string_view text)
{
    const std::string answer = fold(tidyLine(text));
    const auto isMeant = [&](const Choice& choice) {
        return fold(choice.id) == answer
            || (!choice.retired && (fold(choice.label.pl) == answer || fold(choice.label.en) == answer));
    };
    const auto choice = std::ranges::find_if(field.choices, isMeant);
    if (choice == field.choices.end())
        return fail(Errc::Invalid, quoted(text) + " is none of its answers: " + idsOf(field));
    return choice->id;
}

/// Identifiers in the order of the schema, each once, joined by commas.
Result<std::string> canonicalChoices(const Field& field, std::string_view text)
{
    std::vector<bool> taken(field.choices.size());
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        const std::string_view item = text.substr(start, end - start);
        start = end + 1;
        if (tidyLine(item).empty())
            continue;
        TEREN_TRY(const std::string id, canonicalChoice(field, item));
        const auto found = std::ranges::find(field.choices, id, &Choice::id);
        taken[static_cast<std::size_t>(found - field.choices.begin())] = true;
    }
    std::string joined;
    for (std::size_t i = 0; i < taken.size(); ++i)
        if (taken[i])
            joined += (joined.empty() ? "" : ",") + field.choices[i].id;
    return joined;
}

Result<std::string> canonicalPhone(std::string_view text)
{
    std::string number = tidyLine(text);
    std::erase_if(
        number, [](char c) { return c == ' ' || c == '-' || c == '(' || c == ')' || c == '.' || c == '/'; });
    if (number.starts_with("00"))
        number = "+" + number.substr(2);
    const std::string_view digits = std::string_view(number).substr(number.starts_with('+') ? 1 : 0);
    if (!allDigits(digits) || digits.size() < 3 || digits.size() > kDigitsMax)
        return fail(Errc::Invalid, "is not a phone number; write it as 600 100 200 or +48 600 100 200");
    return number;
}

/// Eleven digits: year, month and day of birth with the century in the month, four of a series, a check
/// digit. Source: act of 24 September 2010 on the population register, article 15; weights of the check digit
/// by the Ministry of Digital Affairs, gov.pl, "Czym jest numer PESEL".
Result<std::string> canonicalPesel(std::string_view text)
{
    constexpr std::size_t kDigits = 11;
    constexpr std::array kWeights{1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1};
    static_assert(kWeights.size() == kDigits);
    std::string number = tidyLine(text);
    std::erase_if(number, [](char c) { return c == ' ' || c == '-'; });
    if (!allDigits(number) || number.size() != kDigits)
        return fail(Errc::Invalid, "is not a PESEL number; it has 11 digits");
    int sum = 0;
    for (std::size_t i = 0; i < kDigits; ++i)
        sum += (number[i] - '0') * kWeights[i];
    if (sum % 10 != 0 || !birthDateIn(number))
        return fail(Errc::Invalid, "is not a PESEL number: a digit is wrong; compare it with the document");
    return number;
}

Result<std::string> canonicalYesNo(std::string_view text)
{
    const std::string answer = fold(tidyLine(text));
    if (answer == "yes" || answer == "tak")
        return std::string("yes");
    if (answer == "no" || answer == "nie")
        return std::string("no");
    return fail(Errc::Invalid, quoted(text) + " is neither yes nor no");
}

Result<std::string> canonicalRecord(std::string_view text)
{
    const Result<RecordId> id = RecordId::fromHex(tidyLine(text));
    if (!id)
        return fail(Errc::Invalid, "is not the id of a record (32 hex digits)");
    return id->hex();
}

}  // namespace

Result<std::string> birthDateIn(std::string_view pesel)
{
    constexpr std::array kCenturies{1900, 2000, 2100, 2200, 1800};
    if (!allDigits(pesel) || pesel.size() != 11)
        return fail(Errc::Invalid, "is not a PESEL number");
    const int monthAndCentury = numberOf(pesel.substr(2, 2));
    const int year
        = kCenturies.at(static_cast<std::size_t>(monthAndCentury / 20)) + numberOf(pesel.substr(0, 2));
    const int month = monthAndCentury % 20;
    const int day = numberOf(pesel.substr(4, 2));
    if (!isDate(year, month, day))
        return fail(Errc::Invalid, "holds no day of the calendar");
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
}

bool isDate(int year, int month, int day)
{
    if (year < kYearMin || year > kYearMax || month < 1 || day < 1)
        return false;
    return std::chrono::year_month_day(
               std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
               std::chrono::day(static_cast<unsigned>(day)))
        .ok();
}

Result<std::string> canonicalOf(const Field& field, std::string_view text)
{
    switch (field.type) {
    case FieldType::Line:
        return withinLength(field, tidyLine(text), kLineMax);
    case FieldType::Text:
        return withinLength(field, tidyText(text), kTextMax);
    case FieldType::Date:
        return canonicalDate(text);
    case FieldType::Time:
        return canonicalTime(text);
    case FieldType::Number:
        return canonicalNumberOf(field, text);
    case FieldType::Scale:
        return canonicalScale(text);
    case FieldType::Choice:
        return canonicalChoice(field, text);
    case FieldType::Choices:
        return canonicalChoices(field, text);
    case FieldType::Phone:
        return canonicalPhone(text);
    case FieldType::YesNo:
        return canonicalYesNo(text);
    case FieldType::Record:
        return canonicalRecord(text);
    case FieldType::Pesel:
        return canonicalPesel(text);
    }
    return fail(Errc::Invalid, "has a type that this version does not know");
}

}  // namespace teren::domain
