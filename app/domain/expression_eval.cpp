// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/expression_eval.h"

#include "app/domain/schema.h"
#include "app/domain/text.h"
#include "app/domain/value.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <compare>

namespace teren::domain {
namespace {

using Kind = Expression::Kind;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::monostate kUnknown;

/// Numbers are exact to the millionth, so that 0.1 + 0.2 is 0.3 and equals it; beyond what a field holds
/// they are not known.
Value rounded(double number)
{
    constexpr double kParts = 1e6;
    constexpr double kMost = 1e15;
    constexpr double kExact = 9e15;
    if (!std::isfinite(number) || std::fabs(number) >= kMost)
        return kUnknown;
    const double parts = number * kParts;
    return std::fabs(parts) < kExact ? std::round(parts) / kParts : number;
}

std::optional<double> numberOf(const Value& value)
{
    const double* const number = std::get_if<double>(&value);
    return number == nullptr ? std::nullopt : std::optional(*number);
}

std::optional<bool> yesOf(const Value& value)
{
    const bool* const yes = std::get_if<bool>(&value);
    return yes == nullptr ? std::nullopt : std::optional(*yes);
}

std::optional<year_month_day> dayOf(const Value& value)
{
    const std::string* const text = std::get_if<std::string>(&value);
    if (text == nullptr || text->size() != 10)
        return std::nullopt;
    std::array<int, 3> parts{};
    constexpr std::array<std::pair<std::size_t, std::size_t>, 3> kPlaces{{{0, 4}, {5, 2}, {8, 2}}};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const char* const start = text->data() + kPlaces.at(i).first;
        std::from_chars(start, start + kPlaces.at(i).second, parts.at(i));
    }
    if (!isDate(parts[0], parts[1], parts[2]))
        return std::nullopt;
    return year_month_day(
        std::chrono::year(parts[0]), std::chrono::month(static_cast<unsigned>(parts[1])),
        std::chrono::day(static_cast<unsigned>(parts[2])));
}

Value textOfDay(const year_month_day& day)
{
    const int year = static_cast<int>(day.year());
    const auto month = static_cast<int>(static_cast<unsigned>(day.month()));
    const auto number = static_cast<int>(static_cast<unsigned>(day.day()));
    if (!isDate(year, month, number))
        return kUnknown;
    const auto two = [](int part) { return (part < 10 ? "0" : "") + std::to_string(part); };
    return std::to_string(year) + "-" + two(month) + "-" + two(number);
}

Value ofField(const Expression& part, Reader& reader)
{
    const std::optional<std::string> text = reader.answer(part.text);
    if (!text || text->empty())
        return kUnknown;
    switch (kindOfField(reader.typeOf(part.text))) {
    case ValueKind::Number: {
        double number = 0;
        const char* const end = text->data() + text->size();
        const auto read = std::from_chars(text->data(), end, number);
        return read.ec == std::errc() && read.ptr == end ? rounded(number) : Value(kUnknown);
    }
    case ValueKind::YesNo:
        return *text == "yes" || *text == "no" ? Value(*text == "yes") : Value(kUnknown);
    case ValueKind::Text:
    case ValueKind::Date:
    case ValueKind::Time:
    case ValueKind::Choice:
    case ValueKind::Choices:
    case ValueKind::Record:
        break;
    }
    return *text;
}

/// Kleene's and, or: one no, or one yes, settles it.
Value junction(const Expression& part, Reader& reader, bool settles)
{
    const std::optional<bool> left = yesOf(evaluate(part.parts[0], reader));
    const std::optional<bool> right = yesOf(evaluate(part.parts[1], reader));
    if (left == settles || right == settles)
        return settles;
    return left && right ? Value(!settles) : Value(kUnknown);
}

/// Dates and times are written so that the order of texts is theirs.
Value comparison(const Expression& part, Reader& reader)
{
    const Value left = evaluate(part.parts[0], reader);
    const Value right = evaluate(part.parts[1], reader);
    if (left.index() != right.index() || std::holds_alternative<std::monostate>(left))
        return kUnknown;
    const std::partial_ordering order = left <=> right;
    if (part.kind == Kind::Equal)
        return order == 0;
    if (part.kind == Kind::Unequal)
        return order != 0;
    if (part.kind == Kind::Less)
        return order < 0;
    if (part.kind == Kind::AtMost)
        return order <= 0;
    return part.kind == Kind::Greater ? order > 0 : order >= 0;
}

/// A choice among several; or one text within another, as people search: without case and diacritics.
Value contains(const Expression& part, Reader& reader)
{
    const Value left = evaluate(part.parts[0], reader);
    const Value right = evaluate(part.parts[1], reader);
    const std::string* const whole = std::get_if<std::string>(&left);
    const std::string* const piece = std::get_if<std::string>(&right);
    if (whole == nullptr || piece == nullptr)
        return kUnknown;
    const Expression& asked = part.parts[0];
    if (asked.kind == Kind::Field && reader.typeOf(asked.text) == FieldType::Choices)
        return ("," + *whole + ",").find("," + *piece + ",") != std::string::npos;
    return fold(*whole).find(fold(*piece)) != std::string::npos;
}

Value arithmetic(const Expression& part, Reader& reader)
{
    const std::optional<double> left = numberOf(evaluate(part.parts[0], reader));
    if (part.kind == Kind::Negate)
        return left ? rounded(-*left) : Value(kUnknown);
    const std::optional<double> right = numberOf(evaluate(part.parts[1], reader));
    if (!left || !right)
        return kUnknown;
    if (part.kind == Kind::Add)
        return rounded(*left + *right);
    if (part.kind == Kind::Subtract)
        return rounded(*left - *right);
    if (part.kind == Kind::Multiply)
        return rounded(*left * *right);
    return *right == 0 ? Value(kUnknown) : rounded(*left / *right);
}

/// A sum that left out what nobody has answered would be a wrong number: it is not known then. Counted are
/// the rows that certainly meet the condition.
Value overRows(const Expression& part, Reader& reader)
{
    const std::string& table = part.parts[0].text;
    const std::size_t rows = reader.rows(table);
    if (part.parts.size() == 1)
        return static_cast<double>(rows);
    double total = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        const Value value = reader.inRow(table, row, part.parts[1]);
        if (part.text == "count") {
            total += yesOf(value).value_or(false) ? 1 : 0;
            continue;
        }
        const std::optional<double> number = numberOf(value);
        if (!number)
            return kUnknown;
        total += *number;
    }
    return rounded(total);
}

/// Full years from one day to another; whoever is born on 29 February is a year older on 1 March.
Value age(const year_month_day& birth, const year_month_day& on)
{
    if (sys_days(on) < sys_days(birth))
        return kUnknown;
    int years = static_cast<int>(on.year()) - static_cast<int>(birth.year());
    if (on.month() < birth.month() || (on.month() == birth.month() && on.day() < birth.day()))
        --years;
    return static_cast<double>(years);
}

/// The same day of a later or earlier month; its last day where it has no such day.
Value monthsOn(const year_month_day& day, int months)
{
    const year_month_day moved = day + std::chrono::months(months);
    return textOfDay(moved.ok() ? moved : year_month_day(moved.year() / moved.month() / std::chrono::last));
}

Value called(const Expression& part, Reader& reader)
{
    const Value first = evaluate(part.parts[0], reader);
    const bool isOfOne = part.parts.size() == 1;
    if (part.text == "birth_date") {
        const std::string* const pesel = std::get_if<std::string>(&first);
        const Result<std::string> date = pesel == nullptr ? fail(Errc::Invalid) : birthDateIn(*pesel);
        return date ? Value(*date) : Value(kUnknown);
    }
    const Value second = isOfOne ? Value(std::string(reader.today())) : evaluate(part.parts[1], reader);
    const std::optional<year_month_day> day = dayOf(first);
    if (!day)
        return kUnknown;
    if (part.text == "age" || part.text == "days_between") {
        const std::optional<year_month_day> other = dayOf(second);
        if (!other)
            return kUnknown;
        if (part.text == "age")
            return age(*day, *other);
        return static_cast<double>((sys_days(*other) - sys_days(*day)).count());
    }
    // Further than all the years of the calendar there is no day.
    constexpr double kFar = 200'000;
    const std::optional<double> number = numberOf(second);
    if (!number || std::fabs(*number) > kFar || std::trunc(*number) != *number)
        return kUnknown;
    const int steps = static_cast<int>(*number);
    if (part.text == "add_months")
        return monthsOn(*day, steps);
    return textOfDay(year_month_day(sys_days(*day) + std::chrono::days(steps)));
}

Value call(const Expression& part, Reader& reader)
{
    if (part.text == "answered" || part.text == "asked") {
        const std::optional<std::string> text = reader.answer(part.parts[0].text);
        return text.has_value() && (part.text == "asked" || !text->empty());
    }
    if (part.text == "count" || part.text == "sum")
        return overRows(part, reader);
    if (part.text != "if")
        return called(part, reader);
    const std::optional<bool> yes = yesOf(evaluate(part.parts[0], reader));
    return yes ? evaluate(part.parts[*yes ? 1 : 2], reader) : Value(kUnknown);
}

}  // namespace

Value evaluate(const Expression& part, Reader& reader)
{
    switch (part.kind) {
    case Kind::Number:
        return rounded(part.number);
    case Kind::Text:
        return part.text;
    case Kind::YesNo:
        return part.yes;
    case Kind::Today:
        return std::string(reader.today());
    case Kind::Field:
        return ofField(part, reader);
    case Kind::And:
        return junction(part, reader, false);
    case Kind::Or:
        return junction(part, reader, true);
    case Kind::Not: {
        const std::optional<bool> yes = yesOf(evaluate(part.parts[0], reader));
        return yes ? Value(!*yes) : Value(kUnknown);
    }
    case Kind::Equal:
    case Kind::Unequal:
    case Kind::Less:
    case Kind::AtMost:
    case Kind::Greater:
    case Kind::AtLeast:
        return comparison(part, reader);
    case Kind::Contains:
        return contains(part, reader);
    case Kind::Add:
    case Kind::Subtract:
    case Kind::Multiply:
    case Kind::Divide:
    case Kind::Negate:
        return arithmetic(part, reader);
    case Kind::Call:
        return call(part, reader);
    }
    return kUnknown;
}

std::optional<std::string> textOf(const Value& value)
{
    if (const std::string* const text = std::get_if<std::string>(&value))
        return *text;
    if (const bool* const yes = std::get_if<bool>(&value))
        return *yes ? "yes" : "no";
    const double* const number = std::get_if<double>(&value);
    if (number == nullptr)
        return std::nullopt;
    constexpr int kDecimals = 6;
    std::array<char, 40> digits{};
    const auto end = std::to_chars(
        digits.data(), digits.data() + digits.size(), *number, std::chars_format::fixed, kDecimals);
    std::string text(digits.data(), end.ptr);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.pop_back();
    return text == "-0" ? "0" : text;
}

}  // namespace teren::domain
