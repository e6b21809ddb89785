// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/schema.h"

#include "app/domain/schema_files.h"
#include "app/domain/schema_json.h"
#include "app/domain/text.h"
#include "app/domain/value.h"

#include <algorithm>

namespace teren::domain {
namespace {

Status add(std::vector<RecordType>& types, std::string_view name, std::string_view json)
{
    TEREN_TRY(RecordType type, parseRecordType(name, json));
    if (std::ranges::find(types, type.id, &RecordType::id) != types.end())
        return fail(Errc::Invalid, std::string(name) + ": type '" + type.id + "' twice");
    types.push_back(std::move(type));
    return {};
}

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

Result<SchemaSet> SchemaSet::builtIn()
{
    SchemaSet set;
    for (const SchemaFile& file : schemaFiles())
        TEREN_CHECK(add(set.types_, file.name, file.text));
    return set;
}

Result<SchemaSet> SchemaSet::parse(const std::vector<std::string>& documents)
{
    SchemaSet set;
    for (std::size_t i = 0; i < documents.size(); ++i)
        TEREN_CHECK(add(set.types_, "document " + std::to_string(i + 1), documents[i]));
    return set;
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
