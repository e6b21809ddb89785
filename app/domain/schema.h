// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/code_list.h"
#include "app/domain/expression.h"
#include "app/domain/local_text.h"
#include "app/domain/migration.h"
#include "app/domain/schema_files.h"
#include "crypto/base/result.h"
#include "sync/merge/reading.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace teren::domain {

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

/// Which kind of space a type's records live in.
enum class Space : std::uint8_t {
    Internal,     ///< Of a case, the welfare centre's own: nothing leaves it but by a proposal.
    Team,         ///< Of a case, what its team sees.
    Either,       ///< Of a case, a record of its own in each of the two: people, frozen versions.
    Partnership,  ///< Of the cooperation team: agreements, meetings, service lists. Never clients.
    Workspace,    ///< Of the workspace: staff, devices, institutions. Never clients.
};

/// Whether an answer of the internal space may go to the team. Nothing ever goes by itself: a person reads,
/// shortens and accepts each proposal.
enum class Leaves : std::uint8_t {
    Never,
    Proposed,  ///< Offered, and chosen beforehand.
    Withheld,  ///< Offered, and not chosen beforehand: diagnoses, addictions, convictions, third persons.
};

/// Who decides when two people wrote different things. Others may propose; overruling somebody who is away
/// is allowed and shown to them.
struct Decider {
    std::vector<std::string> who;  ///< `taker`, whoever took the words down, or items of the list `decider`.
    bool withFamily = false;
    bool draft = false;  ///< The decision is a draft to agree with the family.

    bool isSet() const { return !who.empty(); }
};

/// Which of the three models a document belongs to, and whether it is necessary there.
enum class Need : std::uint8_t {
    Necessary,
    More,  ///< Under "Więcej dokumentów".
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
    std::string choicesFrom;               ///< The code list that `choices` are from; empty: the field's own.
    LocalText unit;                        ///< Of a `Number`: "zł".
    bool requiredForPrint = false;         ///< A print without it says that it is missing.
    std::vector<Formula> shownWhen;        ///< All of them; a section's rule is one of each of its fields.
    std::optional<Formula> calculated;     ///< Never typed nor stored: it comes out of other answers.
    Leaves leaves = Leaves::Never;         ///< Of a type of the internal space.
    std::string proposedAs;                ///< "type.field" of the team space; empty: as text.
    Decider decider;                       ///< Not set: as the type says.
    std::string printPlace;                ///< Where on the paper: the number there, "A.III.2".
    std::vector<std::string> source;       ///< Where the question comes from.

    /// Whether people type into it.
    bool isTyped() const { return !internal && !calculated; }
};

/// A table of a form: each row is a record of the type `of`, which names the form's record in its field `by`.
struct Table {
    std::string id;
    LocalText label;
    std::string of;
    std::string by;
    std::size_t printedRows = 0;  ///< The rows that the paper has at least; 0 where it is no paper.
    std::vector<Formula> shownWhen;
    std::string printPlace;
    std::vector<std::string> source;
};

/// A titled group of fields of a form, in order, then its tables.
struct Section {
    LocalText title;
    LocalText text;  ///< What is read out or stands on the paper before the answers; may be empty.
    std::vector<std::string> fields;
    std::vector<std::string> tables;
};

struct RecordType {
    std::string id;
    LocalText label;
    LocalText plural;
    std::string titleField;  ///< The field that names a record in lists and conflicts.
    std::vector<Field> fields;
    std::vector<Table> tables;
    std::vector<Section> sections;
    std::int64_t version = 1;
    std::vector<Migration> migrations;
    Space space = Space::Internal;
    bool familyCopy = false;  ///< The family is given a copy.
    std::map<std::string, Need> models;
    Decider decider;
    std::vector<std::string> source;

    const Field* find(std::string_view field) const;
    const Table* findTable(std::string_view table) const;
};

/// All record types this build knows, from app/domain/schemas/*.json and their code_lists/*.json, which are
/// compiled in and checked when the build makes them and again on loading. A new form is a new file there, no
/// C++: SCHEMAS.md says how to write one.
class SchemaSet {
public:
    /// The compiled-in schemas. A fault in them is a fault of the build: a test loads them.
    static Result<SchemaSet> builtIn();
    static Result<SchemaSet> parse(const std::vector<std::string>& documents);
    /// @return `Invalid` with file, place and reason of the first fault.
    static Result<SchemaSet> parse(
        std::span<const SchemaFile> schemas, std::span<const SchemaFile> codeLists);

    const RecordType* find(std::string_view type) const;
    const std::vector<RecordType>& types() const { return types_; }
    const CodeList* findList(std::string_view list) const;
    const std::vector<CodeList>& lists() const { return lists_; }

    /// The canonical form of a person's input for one field: trimmed, NFC, dates and numbers normalised.
    /// @return `Invalid` for an internal or a calculated field; `Invalid` with field and reason in words, for
    /// example "visit.date: '31.02.2026' is not a
    ///         day of the calendar". An empty value is valid and clears the field.
    Result<std::string> canonical(
        const RecordType& type, std::string_view field, std::string_view value) const;

private:
    std::vector<RecordType> types_;
    std::vector<CodeList> lists_;
};

}  // namespace teren::domain
