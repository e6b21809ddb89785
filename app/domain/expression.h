// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace teren::domain {

enum class FieldType : std::uint8_t;
struct RecordType;
class SchemaSet;

/// A rule of a schema: when a field is shown, or what it is calculated from. Grammar: SCHEMAS.md, "Rules".
/// Small and total: it has no loops and no names but those of the schema, so it always ends with a value or
/// with "not known", and never fails.
struct Expression {
    enum class Kind : std::uint8_t {
        Number,
        Text,
        YesNo,
        Today,
        Field,
        And,
        Or,
        Not,
        Equal,
        Unequal,
        Less,
        AtMost,
        Greater,
        AtLeast,
        Contains,
        Add,
        Subtract,
        Multiply,
        Divide,
        Negate,
        Call,
    };

    Kind kind = Kind::YesNo;
    std::string text;       ///< Of `Text`; the name in a `Field` and a `Call`.
    double number = 0;      ///< Of `Number`.
    bool yes = false;       ///< Of `YesNo`.
    std::size_t place = 1;  ///< The character of the rule it starts at, from 1.
    std::vector<Expression> parts;
};

/// A rule as it is written, and as it is read.
struct Formula {
    std::string text;
    Expression root;
};

/// What a rule comes to.
enum class ValueKind : std::uint8_t {
    Number,
    Text,
    Date,
    Time,
    YesNo,
    Choice,   ///< One of the choices of a field.
    Choices,  ///< Several.
    Record,   ///< Which record a field names: only asked for, never compared.
};
std::string_view nameOf(ValueKind kind);
/// What a field of this type holds, as a rule sees it.
ValueKind kindOfField(FieldType type);

/// @return `Invalid` with the place in the rule and the reason, "at 12: a ')' is missing".
Result<Formula> parseFormula(std::string_view text);

/// What the rule comes to, where its names are those of `type` and of the types of its tables in `set`.
/// @return `Invalid` with place and reason for a name that is not there, and for kinds that do not fit.
Result<ValueKind> kindOf(const Formula& rule, const RecordType& type, const SchemaSet& set);

/// The fields of the record itself that the rule reads; tables by their id. Each once.
std::vector<std::string> namesIn(const Formula& rule);

}  // namespace teren::domain
