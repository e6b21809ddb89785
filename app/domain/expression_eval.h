// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/expression.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

// What a checked rule comes to. `ruled` in answers.h is the way in for everybody else.
namespace teren::domain {

/// Not known, a number, a text (also a date, a time, choices), or yes and no.
using Value = std::variant<std::monostate, double, std::string, bool>;

/// The answers that a rule reads.
class Reader {
public:
    virtual ~Reader() = default;
    /// Absent where it was not asked or is not shown.
    virtual std::optional<std::string> answer(const std::string& field) = 0;
    virtual std::size_t rows(const std::string& table) = 0;
    /// What `part` comes to among the answers of one row.
    virtual Value inRow(const std::string& table, std::size_t row, const Expression& part) = 0;
    virtual FieldType typeOf(const std::string& field) const = 0;
    virtual std::string_view today() const = 0;
};

/// Never fails: what is not answered, a division by nothing and a day outside the calendar are "not known",
/// and so is what is made of them. `and` and `or` are known where one side settles it.
Value evaluate(const Expression& part, Reader& reader);

/// As a field stores it; nothing for what is not known.
std::optional<std::string> textOf(const Value& value);

}  // namespace teren::domain
