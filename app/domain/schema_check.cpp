// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/schema_check.h"

#include "app/domain/json_read.h"

#include <algorithm>
#include <set>

namespace teren::domain {
namespace {

Status checkCalculated(const Field& field)
{
    if (!field.calculated)
        return {};
    const bool isPlain = field.policy == MergePolicy::Register && !field.required && !field.internal;
    const bool canBe = field.type == FieldType::Number || field.type == FieldType::Scale
        || field.type == FieldType::Date || field.type == FieldType::Line || field.type == FieldType::YesNo;
    if (!isPlain || !canBe)
        return fail(
            Errc::Invalid,
            field.id + ": calculated is a line, number, scale, date or yes_no that nobody types or merges");
    return {};
}

Status checkField(const Field& field)
{
    const bool chooses = field.type == FieldType::Choice || field.type == FieldType::Choices;
    if (chooses == field.choices.empty())
        return fail(Errc::Invalid, field.id + ": choices are for choice and choices, and needed there");
    // What only the program writes may be a set of anything.
    const bool isSet = field.policy == MergePolicy::Set;
    if ((field.type == FieldType::Choices) != isSet && !(isSet && field.internal))
        return fail(Errc::Invalid, field.id + ": choices is merged as a set, and nothing else is");
    if (field.policy == MergePolicy::Once && !field.internal)
        return fail(Errc::Invalid, field.id + ": what is written once is internal");
    if (field.policy == MergePolicy::Text && field.type != FieldType::Text)
        return fail(Errc::Invalid, field.id + ": only a text is merged by paragraphs");
    if (field.internal && (field.requiredForPrint || !field.shownWhen.empty() || !field.printPlace.empty()))
        return fail(Errc::Invalid, field.id + ": what is internal is neither shown nor printed");
    std::set<std::string_view> ids;
    for (const Choice& choice : field.choices)
        if (!ids.insert(choice.id).second)
            return fail(Errc::Invalid, field.id + ": choice '" + choice.id + "' twice");
    return checkCalculated(field);
}

/// Lists show the value as it stands: that of a choice or of a record is an identifier.
Status checkTitle(const RecordType& type)
{
    const Field* const title = type.find(type.titleField);
    if (title == nullptr)
        return fail(Errc::Invalid, "titleField '" + type.titleField + "' is no field");
    if (!title->choices.empty() || title->type == FieldType::Record || title->type == FieldType::YesNo)
        return fail(
            Errc::Invalid, "titleField '" + type.titleField + "' holds an identifier, which nobody can read");
    return {};
}

Status checkSectionFields(const RecordType& type)
{
    std::set<std::string_view> placed;
    for (const Section& section : type.sections) {
        for (const std::string& field : section.fields) {
            const Field* known = type.find(field);
            if (known == nullptr)
                return fail(Errc::Invalid, "sections name '" + field + "', which is no field");
            if (known->internal)
                return fail(Errc::Invalid, "sections name '" + field + "', which nobody types");
            if (!placed.insert(field).second)
                return fail(Errc::Invalid, "sections name '" + field + "' twice");
        }
    }
    return {};
}

Status checkSectionTables(const RecordType& type)
{
    std::set<std::string_view> placed;
    for (const Section& section : type.sections) {
        for (const std::string& table : section.tables) {
            if (type.findTable(table) == nullptr)
                return fail(Errc::Invalid, "sections name '" + table + "', which is no table");
            if (!placed.insert(table).second)
                return fail(Errc::Invalid, "sections name '" + table + "' twice");
        }
    }
    return {};
}

/// No two answers go to one place of the paper.
Status checkPlaces(const RecordType& type)
{
    std::set<std::string_view> places;
    const auto isTwice
        = [&](const std::string& place) { return !place.empty() && !places.insert(place).second; };
    for (const Field& field : type.fields)
        if (isTwice(field.printPlace))
            return fail(Errc::Invalid, field.id + ": printPlace '" + field.printPlace + "' twice");
    for (const Table& table : type.tables)
        if (isTwice(table.printPlace))
            return fail(Errc::Invalid, table.id + ": printPlace '" + table.printPlace + "' twice");
    return {};
}

/// Whether a record of one type may name one of the other: a name reaches no further than its space.
bool shareSpace(Space left, Space right)
{
    const auto isOfCase = [](Space space) {
        return space == Space::Internal || space == Space::Team || space == Space::Either;
    };
    const bool isEither = left == Space::Either || right == Space::Either;
    return left == right || (isEither && isOfCase(left) && isOfCase(right));
}

Status checkReferences(const RecordType& type, const SchemaSet& set, const Field& field)
{
    for (const std::string& name : field.of) {
        const RecordType* const other = set.find(name);
        if (other == nullptr)
            return fail(Errc::Invalid, field.id + ": 'of' names '" + name + "', which is no type");
        if (!shareSpace(type.space, other->space))
            return fail(
                Errc::Invalid, field.id + ": 'of' names '" + name + "', which lives in another space");
    }
    return {};
}

Status checkLeaving(const RecordType& type, const SchemaSet& set, const Field& field)
{
    if (field.leaves == Leaves::Never && field.proposedAs.empty())
        return {};
    if (field.leaves == Leaves::Never)
        return fail(Errc::Invalid, field.id + ": 'proposedAs' is for what leaves");
    if (type.space != Space::Internal || field.internal)
        return fail(Errc::Invalid, field.id + ": 'leaves' is for answers of the internal space");
    if (field.proposedAs.empty())
        return {};
    const std::size_t dot = field.proposedAs.find('.');
    const RecordType* const other = set.find(std::string_view(field.proposedAs).substr(0, dot));
    const Field* const target = other == nullptr || dot == std::string::npos
        ? nullptr
        : other->find(std::string_view(field.proposedAs).substr(dot + 1));
    if (target == nullptr)
        return fail(
            Errc::Invalid, field.id + ": 'proposedAs' names '" + field.proposedAs + "', which is no field");
    if (other->space != Space::Team || target->type != field.type || !target->isTyped())
        return fail(
            Errc::Invalid,
            field.id + ": 'proposedAs' names '" + field.proposedAs
                + "', which is no field of the same type in the team's space");
    return {};
}

Status checkDecider(const Decider& decider, const SchemaSet& set)
{
    const CodeList* const known = set.findList("decider");
    for (const std::string& who : decider.who)
        if (who != "taker" && (known == nullptr || known->find(who) == nullptr))
            return fail(
                Errc::Invalid, "decider: '" + who + "' is neither 'taker' nor an item of the list 'decider'");
    return {};
}

/// Whether the tables of `from`, and of their rows, lead to the type `to`.
bool leadsTo(const SchemaSet& set, const RecordType& from, const std::string& to, std::set<std::string>& seen)
{
    for (const Table& table : from.tables) {
        if (table.of == to)
            return true;
        const RecordType* const rows = set.find(table.of);
        if (rows != nullptr && seen.insert(table.of).second && leadsTo(set, *rows, to, seen))
            return true;
    }
    return false;
}

Status checkTable(const RecordType& type, const SchemaSet& set, const Table& table)
{
    const RecordType* const rows = set.find(table.of);
    if (rows == nullptr)
        return fail(Errc::Invalid, table.id + ": 'of' names '" + table.of + "', which is no type");
    const Field* const by = rows->find(table.by);
    const std::vector<std::string> onlyThis{type.id};
    if (by == nullptr || by->type != FieldType::Record || by->of != onlyThis)
        return fail(
            Errc::Invalid,
            table.id + ": 'by' names '" + table.by + "', which is no field of '" + table.of
                + "' that names a record of '" + type.id + "' alone");
    // Those of either space name the form, so that they are of the same case.
    if (rows->space != type.space && rows->space != Space::Either)
        return fail(Errc::Invalid, table.id + ": its rows live in another space than the form");
    std::set<std::string> seen;
    if (table.of == type.id || leadsTo(set, *rows, type.id, seen))
        return fail(Errc::Invalid, table.id + ": the tables go in a circle, back to '" + type.id + "'");
    for (const Table& other : type.tables)
        if (&other != &table && other.of == table.of && other.by == table.by)
            return fail(Errc::Invalid, table.id + ": has the same rows as '" + other.id + "'");
    return {};
}

Status checkRules(const RecordType& type, const SchemaSet& set, const std::vector<Formula>& shownWhen)
{
    for (const Formula& rule : shownWhen) {
        TEREN_TRY(const ValueKind kind, kindOf(rule, type, set));
        if (kind != ValueKind::YesNo)
            return fail(Errc::Invalid, "comes to a " + std::string(nameOf(kind)) + "; it answers yes or no");
    }
    return {};
}

Status checkCalculation(const RecordType& type, const SchemaSet& set, const Field& field)
{
    if (!field.calculated)
        return {};
    TEREN_TRY(const ValueKind kind, kindOf(*field.calculated, type, set));
    if (kind != kindOfField(field.type))
        return fail(
            Errc::Invalid,
            "comes to a " + std::string(nameOf(kind)) + ", and the field holds a "
                + std::string(nameOf(kindOfField(field.type))));
    return {};
}

/// What the field or table `name` depends on, within its record.
std::vector<std::string> needsOf(const RecordType& type, const std::string& name)
{
    std::vector<std::string> needs;
    const auto add = [&needs](const Formula& rule) {
        for (std::string& one : namesIn(rule))
            needs.push_back(std::move(one));
    };
    const Field* const field = type.find(name);
    const Table* const table = type.findTable(name);
    if (field != nullptr && field->calculated)
        add(*field->calculated);
    if (field != nullptr)
        std::ranges::for_each(field->shownWhen, add);
    if (table != nullptr)
        std::ranges::for_each(table->shownWhen, add);
    return needs;
}

/// Depth first; `path` is the way here. A name that was left behind leads into no circle.
Status follow(
    const RecordType& type, const std::string& name, std::vector<std::string>& path,
    std::set<std::string>& left)
{
    if (left.contains(name))
        return {};
    if (const auto before = std::ranges::find(path, name); before != path.end()) {
        std::string circle;
        for (auto one = before; one != path.end(); ++one)
            circle += *one + ", ";
        return fail(Errc::Invalid, name + ": its rules go in a circle: " + circle + name);
    }
    path.push_back(name);
    for (const std::string& next : needsOf(type, name))
        TEREN_CHECK(follow(type, next, path, left));
    path.pop_back();
    left.insert(name);
    return {};
}

Status checkCircles(const RecordType& type)
{
    std::vector<std::string> path;
    std::set<std::string> left;
    for (const Field& field : type.fields)
        TEREN_CHECK(follow(type, field.id, path, left));
    for (const Table& table : type.tables)
        TEREN_CHECK(follow(type, table.id, path, left));
    return {};
}

}  // namespace

Status checkRecordType(const RecordType& type)
{
    if (type.fields.empty())
        return fail(Errc::Invalid, "has no fields");
    std::set<std::string_view> ids;
    for (const Field& field : type.fields) {
        if (!ids.insert(field.id).second)
            return fail(Errc::Invalid, "field '" + field.id + "' twice");
        TEREN_CHECK(checkField(field));
    }
    for (const Table& table : type.tables)
        if (!ids.insert(table.id).second)
            return fail(Errc::Invalid, "table '" + table.id + "' twice, or a field has its name");
    TEREN_CHECK(checkTitle(type));
    TEREN_CHECK(checkSectionFields(type));
    TEREN_CHECK(checkSectionTables(type));
    TEREN_CHECK(checkPlaces(type));
    return checkMigrations(type);
}

Status checkInSet(const RecordType& type, const SchemaSet& set)
{
    TEREN_CHECK(checkDecider(type.decider, set));
    for (const Field& field : type.fields) {
        TEREN_CHECK(checkReferences(type, set, field));
        TEREN_CHECK(checkLeaving(type, set, field));
        TEREN_CHECK(at(field.id, checkDecider(field.decider, set)));
        TEREN_CHECK(at(field.id + ": shownWhen", checkRules(type, set, field.shownWhen)));
        TEREN_CHECK(at(field.id + ": calculated", checkCalculation(type, set, field)));
    }
    for (const Table& table : type.tables) {
        TEREN_CHECK(checkTable(type, set, table));
        TEREN_CHECK(at(table.id + ": shownWhen", checkRules(type, set, table.shownWhen)));
    }
    return checkCircles(type);
}

}  // namespace teren::domain
