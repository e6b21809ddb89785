// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/schema.h"

#include "app/domain/json_read.h"
#include "app/domain/schema_check.h"
#include "app/domain/schema_json.h"
#include "app/domain/text.h"
#include "app/domain/value.h"

#include <algorithm>

namespace teren::domain {
namespace {

/// Nothing that people type. To take it out unsaid could make another word of what was meant.
bool isUnwritable(char c)
{
    const auto code = static_cast<unsigned char>(c);
    return (code < 0x20 && c != '\t' && c != '\n' && c != '\r') || code == 0x7F;
}

}  // namespace

const Field* RecordType::find(std::string_view field) const
{
    const auto found = std::ranges::find(fields, field, &Field::id);
    return found == fields.end() ? nullptr : &*found;
}

const Table* RecordType::findTable(std::string_view table) const
{
    const auto found = std::ranges::find(tables, table, &Table::id);
    return found == tables.end() ? nullptr : &*found;
}

Result<SchemaSet> SchemaSet::builtIn()
{
    return parse(schemaFiles(), codeListFiles());
}

Result<SchemaSet> SchemaSet::parse(const std::vector<std::string>& documents)
{
    std::vector<std::string> names;
    names.reserve(documents.size());
    for (std::size_t i = 0; i < documents.size(); ++i)
        names.push_back("document " + std::to_string(i + 1));
    std::vector<SchemaFile> files;
    files.reserve(documents.size());
    for (std::size_t i = 0; i < documents.size(); ++i)
        files.push_back({names[i], documents[i]});
    return parse(files, {});
}

Result<SchemaSet> SchemaSet::parse(std::span<const SchemaFile> schemas, std::span<const SchemaFile> codeLists)
{
    SchemaSet set;
    for (const SchemaFile& file : codeLists) {
        TEREN_TRY(CodeList list, parseCodeList(file.name, file.text));
        if (set.findList(list.id) != nullptr)
            return fail(Errc::Invalid, std::string(file.name) + ": code list '" + list.id + "' twice");
        set.lists_.push_back(std::move(list));
    }
    for (const SchemaFile& file : schemas) {
        TEREN_TRY(RecordType type, parseRecordType(file.name, file.text, set.lists_));
        if (set.find(type.id) != nullptr)
            return fail(Errc::Invalid, std::string(file.name) + ": type '" + type.id + "' twice");
        set.types_.push_back(std::move(type));
    }
    for (std::size_t i = 0; i < schemas.size(); ++i)
        TEREN_CHECK(at(schemas[i].name, checkInSet(set.types_[i], set)));
    return set;
}

const CodeList* SchemaSet::findList(std::string_view list) const
{
    const auto found = std::ranges::find(lists_, list, &CodeList::id);
    return found == lists_.end() ? nullptr : &*found;
}

const RecordType* SchemaSet::find(std::string_view type) const
{
    const auto found = std::ranges::find(types_, type, &RecordType::id);
    return found == types_.end() ? nullptr : &*found;
}

Result<std::string> SchemaSet::canonical(
    const RecordType& type, std::string_view field, std::string_view value) const
{
    const std::string place = type.id + "." + std::string(field);
    const Field* found = type.find(field);
    if (found == nullptr)
        return fail(Errc::Invalid, place + ": there is no such field");
    if (found->internal)
        return fail(Errc::Invalid, place + ": is not written by hand");
    if (found->calculated)
        return fail(Errc::Invalid, place + ": is calculated from other answers");
    const Result<std::string> text = toNfc(value);
    if (!text)
        return fail(Errc::Invalid, place + ": " + text.error().detail);
    if (const auto control = std::ranges::find_if(*text, isUnwritable); control != text->end())
        return fail(
            Errc::Invalid,
            place + ": holds a control character (code " + std::to_string(static_cast<int>(*control))
                + "); take it out");
    if (tidyLine(*text).empty())
        return std::string();
    Result<std::string> canonical = canonicalOf(*found, *text);
    if (!canonical)
        return fail(canonical.error().code, place + ": " + canonical.error().detail);
    // Taking characters away can bring others together that compose.
    return toNfc(*canonical);
}

}  // namespace teren::domain
