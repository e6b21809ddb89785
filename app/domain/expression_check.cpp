// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/expression.h"
#include "app/domain/schema.h"
#include "app/domain/value.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace teren::domain {
namespace {

using Kind = Expression::Kind;

std::unexpected<Error> refuse(const Expression& where, const std::string& reason)
{
    return fail(Errc::Invalid, "at " + std::to_string(where.place) + ": " + reason);
}

/// What a part of a rule comes to; of a choice, of which field.
struct Found {
    ValueKind kind;
    const Field* field = nullptr;
};

/// The functions whose arguments are plain values.
struct Function {
    std::string_view name;
    ValueKind result;
    std::array<ValueKind, 2> takes;
    std::size_t least;
    std::size_t most;
};
constexpr std::array kFunctions{
    Function{"age", ValueKind::Number, {ValueKind::Date, ValueKind::Date}, 1, 2},
    Function{"birth_date", ValueKind::Date, {ValueKind::Text, ValueKind::Text}, 1, 1},
    Function{"add_days", ValueKind::Date, {ValueKind::Date, ValueKind::Number}, 2, 2},
    Function{"add_months", ValueKind::Date, {ValueKind::Date, ValueKind::Number}, 2, 2},
    Function{"days_between", ValueKind::Number, {ValueKind::Date, ValueKind::Date}, 2, 2},
};

class Checker {
public:
    Checker(const RecordType& type, const SchemaSet& set) : type_(type), set_(set) {}

    Result<Found> check(const Expression& part) const
    {
        switch (part.kind) {
        case Kind::Number:
            return Found{ValueKind::Number};
        case Kind::Text:
            return Found{ValueKind::Text};
        case Kind::YesNo:
            return Found{ValueKind::YesNo};
        case Kind::Today:
            return Found{ValueKind::Date};
        case Kind::Field:
            return field(part);
        case Kind::And:
        case Kind::Or:
        case Kind::Not:
            return all(part, ValueKind::YesNo);
        case Kind::Add:
        case Kind::Subtract:
        case Kind::Multiply:
        case Kind::Divide:
        case Kind::Negate:
            return all(part, ValueKind::Number);
        case Kind::Equal:
        case Kind::Unequal:
        case Kind::Less:
        case Kind::AtMost:
        case Kind::Greater:
        case Kind::AtLeast:
            return comparison(part);
        case Kind::Contains:
            return contains(part);
        case Kind::Call:
            return call(part);
        }
        return refuse(part, "is not known");
    }

private:
    Result<Found> field(const Expression& part) const
    {
        const Field* const known = type_.find(part.text);
        if (known == nullptr)
            return refuse(part, "there is no field '" + part.text + "'");
        if (known->internal)
            return refuse(part, "the field '" + part.text + "' is not for people");
        const ValueKind kind = kindOfField(known->type);
        return Found{kind, known};
    }

    Status needs(const Expression& part, ValueKind kind) const
    {
        TEREN_TRY(const Found found, check(part));
        if (found.kind != kind)
            return refuse(
                part,
                "a " + std::string(nameOf(kind)) + " is needed, and this is a "
                    + std::string(nameOf(found.kind)));
        return {};
    }

    Result<Found> all(const Expression& part, ValueKind kind) const
    {
        for (const Expression& one : part.parts)
            TEREN_CHECK(needs(one, kind));
        return Found{kind};
    }

    /// A text written into the rule, where it stands for a value of the other side.
    Status literalFits(const Found& other, const Expression& literal) const
    {
        if (other.kind == ValueKind::Choice || other.kind == ValueKind::Choices) {
            if (std::ranges::find(other.field->choices, literal.text, &Choice::id)
                == other.field->choices.end())
                return refuse(literal, "'" + literal.text + "' is no choice of '" + other.field->id + "'");
            return {};
        }
        Field like;
        like.type = other.kind == ValueKind::Time ? FieldType::Time : FieldType::Date;
        const Result<std::string> canonical = canonicalOf(like, literal.text);
        if (!canonical || *canonical != literal.text)
            return refuse(literal, "'" + literal.text + "' is no " + std::string(nameOf(other.kind)));
        return {};
    }

    Result<Found> comparison(const Expression& part) const
    {
        TEREN_TRY(const Found left, check(part.parts[0]));
        TEREN_TRY(const Found right, check(part.parts[1]));
        const auto takesText = [](ValueKind kind) {
            return kind == ValueKind::Choice || kind == ValueKind::Date || kind == ValueKind::Time;
        };
        if (part.parts[1].kind == Kind::Text && takesText(left.kind)) {
            TEREN_CHECK(literalFits(left, part.parts[1]));
        } else if (part.parts[0].kind == Kind::Text && takesText(right.kind)) {
            TEREN_CHECK(literalFits(right, part.parts[0]));
        } else if (left.kind != right.kind) {
            return refuse(
                part,
                "a " + std::string(nameOf(left.kind)) + " is compared with a "
                    + std::string(nameOf(right.kind)));
        }
        const ValueKind kind = part.parts[0].kind == Kind::Text ? right.kind : left.kind;
        const bool isOrdered
            = kind == ValueKind::Number || kind == ValueKind::Date || kind == ValueKind::Time;
        const bool asksOrder = part.kind != Kind::Equal && part.kind != Kind::Unequal;
        if (kind == ValueKind::Choices || kind == ValueKind::Record || (asksOrder && !isOrdered))
            return refuse(part, "values of the kind " + std::string(nameOf(kind)) + " are not compared so");
        return Found{ValueKind::YesNo};
    }

    Result<Found> contains(const Expression& part) const
    {
        TEREN_TRY(const Found left, check(part.parts[0]));
        if (left.kind != ValueKind::Text && left.kind != ValueKind::Choices)
            return refuse(part, "'contains' asks a text or a field of several choices");
        if (left.kind == ValueKind::Choices && part.parts[1].kind == Kind::Text) {
            TEREN_CHECK(literalFits(left, part.parts[1]));
        } else {
            const bool isText = left.kind == ValueKind::Text;
            TEREN_CHECK(needs(part.parts[1], isText ? ValueKind::Text : ValueKind::Choice));
        }
        return Found{ValueKind::YesNo};
    }

    Result<Found> call(const Expression& part) const
    {
        if (part.text == "answered" || part.text == "asked")
            return about(part);
        if (part.text == "count" || part.text == "sum")
            return overRows(part);
        if (part.text == "if")
            return choiceOfTwo(part);
        const auto known = std::ranges::find(kFunctions, part.text, &Function::name);
        if (known == kFunctions.end())
            return refuse(part, "there is no function '" + part.text + "'");
        if (part.parts.size() < known->least || part.parts.size() > known->most)
            return refuse(part, "'" + part.text + "' has too many or too few arguments");
        for (std::size_t i = 0; i < part.parts.size(); ++i)
            TEREN_CHECK(needs(part.parts[i], known->takes.at(i)));
        return Found{known->result};
    }

    Result<Found> about(const Expression& part) const
    {
        if (part.parts.size() != 1 || part.parts[0].kind != Kind::Field)
            return refuse(part, "'" + part.text + "' is asked of one field");
        TEREN_TRY(const Found found, field(part.parts[0]));
        static_cast<void>(found);
        return Found{ValueKind::YesNo};
    }

    Result<Found> overRows(const Expression& part) const
    {
        const bool sums = part.text == "sum";
        const std::size_t most = 2;
        const std::size_t least = sums ? 2 : 1;
        if (part.parts.size() < least || part.parts.size() > most || part.parts[0].kind != Kind::Field)
            return refuse(part, "'" + part.text + "' takes a table, and what it is about in each row");
        const Table* const table = type_.findTable(part.parts[0].text);
        if (table == nullptr)
            return refuse(part.parts[0], "there is no table '" + part.parts[0].text + "'");
        const RecordType* const rows = set_.find(table->of);
        if (rows == nullptr)
            return refuse(part.parts[0], "the rows of '" + table->id + "' have no type");
        if (part.parts.size() == most)
            TEREN_CHECK(
                Checker(*rows, set_).needs(part.parts[1], sums ? ValueKind::Number : ValueKind::YesNo));
        return Found{ValueKind::Number};
    }

    Result<Found> choiceOfTwo(const Expression& part) const
    {
        if (part.parts.size() != 3)
            return refuse(part, "'if' takes a condition and two values");
        TEREN_CHECK(needs(part.parts[0], ValueKind::YesNo));
        TEREN_TRY(const Found one, check(part.parts[1]));
        if (one.kind == ValueKind::Choice || one.kind == ValueKind::Choices || one.kind == ValueKind::Record)
            return refuse(part, "'if' does not choose among answers");
        TEREN_CHECK(needs(part.parts[2], one.kind));
        return Found{one.kind};
    }

    const RecordType& type_;
    const SchemaSet& set_;
};

void collect(const Expression& part, std::vector<std::string>& names)
{
    if (part.kind == Kind::Field && std::ranges::find(names, part.text) == names.end())
        names.push_back(part.text);
    const bool overRows = part.kind == Kind::Call && (part.text == "count" || part.text == "sum");
    // What is said of the rows is about their own fields.
    const std::span<const Expression> parts
        = overRows ? std::span(part.parts).first(1) : std::span(part.parts);
    for (const Expression& one : parts)
        collect(one, names);
}

}  // namespace

std::string_view nameOf(ValueKind kind)
{
    switch (kind) {
    case ValueKind::Number:
        return "number";
    case ValueKind::Text:
        return "text";
    case ValueKind::Date:
        return "date";
    case ValueKind::Time:
        return "time";
    case ValueKind::YesNo:
        return "yes or no";
    case ValueKind::Choice:
        return "choice";
    case ValueKind::Choices:
        return "set of choices";
    case ValueKind::Record:
        return "record";
    }
    return "value";
}

ValueKind kindOfField(FieldType type)
{
    switch (type) {
    case FieldType::Line:
    case FieldType::Text:
    case FieldType::Phone:
    case FieldType::Pesel:
        return ValueKind::Text;
    case FieldType::Date:
        return ValueKind::Date;
    case FieldType::Time:
        return ValueKind::Time;
    case FieldType::Number:
    case FieldType::Scale:
        return ValueKind::Number;
    case FieldType::Choice:
        return ValueKind::Choice;
    case FieldType::Choices:
        return ValueKind::Choices;
    case FieldType::YesNo:
        return ValueKind::YesNo;
    case FieldType::Record:
        return ValueKind::Record;
    }
    return ValueKind::Text;
}

Result<ValueKind> kindOf(const Formula& rule, const RecordType& type, const SchemaSet& set)
{
    TEREN_TRY(const Found found, Checker(type, set).check(rule.root));
    return found.kind;
}

std::vector<std::string> namesIn(const Formula& rule)
{
    std::vector<std::string> names;
    collect(rule.root, names);
    return names;
}

}  // namespace teren::domain
