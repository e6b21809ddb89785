// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/result.h"
#include "sync/merge/reading.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace teren::domain {

struct LocalText {
    std::string pl;
    std::string en;
};

/// What a field holds. Values are UTF-8 text in one canonical form each, so equal answers are equal bytes.
enum class FieldType : std::uint8_t {
    Line,     ///< One line of text.
    Text,     ///< Several paragraphs.
    Date,     ///< "2026-11-22".
    Time,     ///< "09:30".
    Number,   ///< Digits with an optional minus and one decimal point.
    Scale,    ///< "1" to "10".
    Choice,   ///< One identifier of `choices`.
    Choices,  ///< A set of them.
    Phone,
    YesNo,   ///< "yes" or "no"; empty is "not answered", an absent field is "not asked".
    Record,  ///< The hex id of another record of the same case.
    Pesel,   ///< The Polish identification number: eleven digits that hold a birth date and a check digit.
};

/// How a field's register is read. Never changes what is stored.
using MergePolicy = ReadingPolicy;

struct Choice {
    std::string id;
    LocalText label;
};

struct Field {
    std::string id;  ///< English snake_case.
    FieldType type = FieldType::Line;
    MergePolicy policy = MergePolicy::Register;
    LocalText label;
    LocalText hint;
    std::vector<Choice> choices;
    std::vector<std::string> of;           ///< Of a `Record`: the types of record it may name.
    std::vector<std::string> safestFirst;  ///< Of the policy `State`: all choices, see `read`.
    std::vector<std::string> closing;      ///< Of these, those after which nothing more is entered.
    bool required = false;                 ///< To add the record; never blocks leaving a form.
    std::size_t lengthMax = 0;             ///< In code points; 0 for the type's own limit.
    std::optional<std::int64_t> min;       ///< Of a `Number`; inclusive.
    std::optional<std::int64_t> max;       ///< Of a `Number`; inclusive.
    bool internal = false;                 ///< Written by the program alone: never typed, shown or searched.
};

/// A titled group of fields of a form, in order.
struct Section {
    LocalText title;
    std::vector<std::string> fields;
};

struct RecordType {
    std::string id;
    LocalText label;
    LocalText plural;
    std::string titleField;  ///< The field that names a record in lists and conflicts.
    std::vector<Field> fields;
    std::vector<Section> sections;

    const Field* find(std::string_view field) const;
};

/// All record types this build knows, from app/domain/schemas/*.json, which are compiled in and checked when
/// the build makes them and again on loading. A new form is a new file there, no C++.
class SchemaSet {
public:
    /// The compiled-in schemas. A fault in them is a fault of the build: a test loads them.
    static Result<SchemaSet> builtIn();
    static Result<SchemaSet> parse(const std::vector<std::string>& documents);

    const RecordType* find(std::string_view type) const;
    const std::vector<RecordType>& types() const { return types_; }

    /// The canonical form of a person's input for one field: trimmed, NFC, dates and numbers normalised.
    /// @return `Invalid` for an internal field; `Invalid` with field and reason in words, for example
    /// "visit.date: '31.02.2026' is not a
    ///         day of the calendar". An empty value is valid and clears the field.
    Result<std::string> canonical(
        const RecordType& type, std::string_view field, std::string_view value) const;

private:
    std::vector<RecordType> types_;
};

}  // namespace teren::domain
