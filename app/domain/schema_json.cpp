// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/schema_json.h"

#include "app/domain/schema_check.h"

namespace teren::domain {
namespace {

constexpr std::array<std::pair<std::string_view, Space>, 5> kSpaces{{
    {"internal", Space::Internal},
    {"team", Space::Team},
    {"either", Space::Either},
    {"partnership", Space::Partnership},
    {"workspace", Space::Workspace},
}};
constexpr std::array<std::pair<std::string_view, Need>, 2> kNeeds{{
    {"necessary", Need::Necessary},
    {"more", Need::More},
}};
constexpr std::array<std::string_view, 3> kModels{"rural", "urban-rural", "urban"};

Status parseTableRest(const Json& json, Table& table)
{
    TEREN_CHECK(
        checkKeys(json, {"id", "label", "of", "by", "printedRows", "shownWhen", "printPlace", "source"}));
    TEREN_TRY(table.label, localTextAt(json, "label"));
    TEREN_TRY(table.of, identifierAt(json, "of"));
    TEREN_TRY(table.by, identifierAt(json, "by"));
    TEREN_TRY(const std::optional<std::int64_t> rows, wholeAt(json, "printedRows", 1));
    table.printedRows = static_cast<std::size_t>(rows.value_or(0));
    TEREN_TRY(table.shownWhen, shownWhenAt(json));
    TEREN_TRY(table.printPlace, optionalTextAt(json, "printPlace"));
    TEREN_TRY(table.source, sourceAt(json));
    return {};
}

Result<Table> parseTable(const Json& json, std::size_t index)
{
    Table table;
    TEREN_TRY(table.id, at("tables", index, identifierAt(json, "id")));
    TEREN_CHECK(at(table.id, parseTableRest(json, table)));
    return table;
}

/// A section's rule becomes one of each of its fields and tables.
void hand(const Formula& rule, const Section& section, RecordType& type)
{
    for (Field& field : type.fields)
        if (std::ranges::find(section.fields, field.id) != section.fields.end())
            field.shownWhen.push_back(rule);
    for (Table& table : type.tables)
        if (std::ranges::find(section.tables, table.id) != section.tables.end())
            table.shownWhen.push_back(rule);
}

Result<Section> parseSection(const Json& json, RecordType& type)
{
    TEREN_CHECK(checkKeys(json, {"title", "text", "fields", "tables", "shownWhen"}));
    Section section;
    TEREN_TRY(section.title, localTextAt(json, "title"));
    TEREN_TRY(section.text, optionalLocalTextAt(json, "text"));
    TEREN_TRY(const std::vector<Json> fields, listAt(json, "fields"));
    for (const Json& field : fields) {
        if (!field.is_string())
            return fail(Errc::Invalid, "a section lists something that is not a field's id");
        section.fields.push_back(field.get<std::string>());
    }
    TEREN_TRY(section.tables, textsAt(json, "tables"));
    TEREN_TRY(const std::vector<Formula> rules, shownWhenAt(json));
    for (const Formula& rule : rules)
        hand(rule, section, type);
    return section;
}

Result<std::map<std::string, Need>> modelsAt(const Json& json)
{
    std::map<std::string, Need> models;
    const auto found = json.find("models");
    if (found == json.end())
        return models;
    TEREN_CHECK(checkKeys(*found, {kModels[0], kModels[1], kModels[2]}));
    for (const auto& [model, need] : found->items()) {
        const std::optional<Need> known
            = need.is_string() ? valueNamed(kNeeds, need.get_ref<const std::string&>()) : std::nullopt;
        if (!known)
            return fail(Errc::Invalid, model + ": is neither 'necessary' nor 'more'");
        models[model] = *known;
    }
    if (models.empty())
        return fail(Errc::Invalid, "names no model");
    return models;
}

struct MigrationForm {
    const char* key;
    Migration::Kind kind;
};
constexpr std::array kMigrations{
    MigrationForm{"rename", Migration::Kind::Rename}, MigrationForm{"mapChoice", Migration::Kind::MapChoice},
    MigrationForm{"splitText", Migration::Kind::SplitText},
    MigrationForm{"mergeText", Migration::Kind::MergeText}};

/// "from" of what is one field, or a list of several.
Result<std::vector<std::string>> fieldsAt(const Json& json, const char* key, bool several)
{
    std::vector<std::string> fields;
    if (several) {
        TEREN_TRY(fields, textsAt(json, key));
    } else {
        TEREN_TRY(std::string field, textAt(json, key));
        fields.push_back(std::move(field));
    }
    for (const std::string& field : fields)
        if (!isIdentifier(field))
            return fail(Errc::Invalid, "'" + field + "' is not an identifier in snake_case");
    if (fields.size() < (several ? 2U : 1U))
        return fail(Errc::Invalid, std::string("'") + key + "' lists two fields at least");
    return fields;
}

Status parseMap(const Json& json, Migration& migration)
{
    TEREN_CHECK(checkKeys(json, {"field", "map"}));
    TEREN_TRY(migration.from, fieldsAt(json, "field", false));
    const auto map = json.find("map");
    if (map == json.end() || !map->is_object() || map->empty())
        return fail(Errc::Invalid, "needs a 'map' from old choices to new ones");
    for (const auto& [before, after] : map->items()) {
        if (!after.is_string())
            return fail(Errc::Invalid, "'" + before + "' is mapped to something that is not a text");
        migration.map[before] = after.get<std::string>();
    }
    return {};
}

Status parseChange(const Json& json, Migration& migration)
{
    using Kind = Migration::Kind;
    if (migration.kind == Kind::MapChoice)
        return parseMap(json, migration);
    const bool hasSeparator = migration.kind != Kind::Rename;
    TEREN_CHECK(
        hasSeparator ? checkKeys(json, {"from", "into", "separator"}) : checkKeys(json, {"from", "into"}));
    TEREN_TRY(migration.from, fieldsAt(json, "from", migration.kind == Kind::MergeText));
    TEREN_TRY(migration.into, fieldsAt(json, "into", migration.kind == Kind::SplitText));
    if (hasSeparator) {
        TEREN_TRY(migration.separator, textAt(json, "separator"));
    }
    return {};
}

Result<Migration> parseMigration(const Json& json)
{
    TEREN_CHECK(checkKeys(json, {"to", "rename", "mapChoice", "splitText", "mergeText"}));
    Migration migration;
    TEREN_TRY(const std::optional<std::int64_t> version, wholeAt(json, "to", 2));
    if (!version || json.size() != 2)
        return fail(Errc::Invalid, "needs 'to' and one change: rename, mapChoice, splitText or mergeText");
    migration.to = *version;
    for (const MigrationForm& form : kMigrations) {
        const auto change = json.find(form.key);
        if (change == json.end())
            continue;
        migration.kind = form.kind;
        TEREN_CHECK(at(form.key, parseChange(*change, migration)));
    }
    return migration;
}

Status parseCare(const Json& json, RecordType& type)
{
    TEREN_TRY(const std::optional<std::int64_t> version, wholeAt(json, "version", 1));
    type.version = version.value_or(1);
    TEREN_TRY(type.space, namedAt(json, "space", kSpaces, Space::Internal));
    TEREN_TRY(type.familyCopy, flagAt(json, "familyCopy"));
    TEREN_TRY(type.models, at("models", modelsAt(json)));
    TEREN_TRY(type.decider, deciderAt(json));
    TEREN_TRY(type.source, sourceAt(json));
    TEREN_TRY(const std::vector<Json> migrations, listAt(json, "migrations"));
    for (std::size_t i = 0; i < migrations.size(); ++i) {
        TEREN_TRY(Migration parsed, at("migrations", i, parseMigration(migrations[i])));
        type.migrations.push_back(std::move(parsed));
    }
    return {};
}

Status parseParts(const Json& json, std::span<const CodeList> lists, RecordType& type)
{
    TEREN_TRY(const std::vector<Json> fields, listAt(json, "fields"));
    for (std::size_t i = 0; i < fields.size(); ++i) {
        TEREN_TRY(Field parsed, parseField(fields[i], i, lists));
        type.fields.push_back(std::move(parsed));
    }
    TEREN_TRY(const std::vector<Json> tables, listAt(json, "tables"));
    for (std::size_t i = 0; i < tables.size(); ++i) {
        TEREN_TRY(Table parsed, parseTable(tables[i], i));
        type.tables.push_back(std::move(parsed));
    }
    TEREN_TRY(const std::vector<Json> sections, listAt(json, "sections"));
    for (std::size_t i = 0; i < sections.size(); ++i) {
        TEREN_TRY(Section parsed, at("sections", i, parseSection(sections[i], type)));
        type.sections.push_back(std::move(parsed));
    }
    return {};
}

Result<RecordType> parseDocument(const Json& json, std::span<const CodeList> lists)
{
    // `$comment` carries the licence line, since JSON has no comments.
    TEREN_CHECK(checkKeys(
        json,
        {"$comment", "id", "label", "plural", "titleField", "fields", "tables", "sections", "version",
         "migrations", "space", "familyCopy", "models", "decider", "source"}));
    if (const Result<std::string> comment = optionalTextAt(json, "$comment"); !comment)
        return std::unexpected(comment.error());
    RecordType type;
    TEREN_TRY(type.id, identifierAt(json, "id"));
    TEREN_TRY(type.label, at("label", localTextAt(json, "label")));
    TEREN_TRY(type.plural, at("plural", localTextAt(json, "plural")));
    TEREN_TRY(type.titleField, identifierAt(json, "titleField"));
    TEREN_CHECK(parseCare(json, type));
    TEREN_CHECK(parseParts(json, lists, type));
    TEREN_CHECK(checkRecordType(type));
    return type;
}

}  // namespace

Result<RecordType> parseRecordType(
    std::string_view name, std::string_view json, std::span<const CodeList> lists)
{
    TEREN_TRY(const Json document, at(name, parseJson(json)));
    return at(name, parseDocument(document, lists));
}

}  // namespace teren::domain
