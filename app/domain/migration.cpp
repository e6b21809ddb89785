// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/migration.h"

#include "app/domain/json_read.h"
#include "app/domain/schema.h"
#include "app/domain/text.h"

#include <algorithm>
#include <set>

namespace teren::domain {
namespace {

using Kind = Migration::Kind;

bool isAskedAny(const FieldAnswers& answers, const std::vector<std::string>& fields)
{
    return std::ranges::any_of(fields, [&](const std::string& field) { return answers.contains(field); });
}

/// One choice, or several joined by commas, by their new names.
std::string mapped(const Migration& migration, const std::string& value)
{
    std::string joined;
    std::set<std::string> taken;
    for (std::size_t start = 0; start <= value.size();) {
        const std::size_t end = std::min(value.find(',', start), value.size());
        const std::string before = value.substr(start, end - start);
        start = end + 1;
        const auto found = migration.map.find(before);
        const std::string& after = found == migration.map.end() ? before : found->second;
        if (taken.insert(after).second)
            joined += (joined.empty() ? "" : ",") + after;
    }
    return joined;
}

/// All of the text, parted at the first separators; the last field takes the rest, and what there is too
/// little for was asked and not answered.
void split(const Migration& migration, std::string_view text, FieldAnswers& answers)
{
    for (std::size_t i = 0; i < migration.into.size(); ++i) {
        const bool isLast = i + 1 == migration.into.size();
        const std::size_t found = isLast ? std::string_view::npos : text.find(migration.separator);
        const std::size_t end = std::min(found, text.size());
        answers[migration.into[i]] = tidyText(text.substr(0, end));
        text.remove_prefix(found == std::string_view::npos ? end : end + migration.separator.size());
    }
}

std::string merged(const Migration& migration, const FieldAnswers& answers)
{
    std::string joined;
    for (const std::string& field : migration.from) {
        const auto found = answers.find(field);
        if (found != answers.end() && !found->second.empty())
            joined += (joined.empty() ? "" : migration.separator) + found->second;
    }
    return joined;
}

void apply(const Migration& migration, FieldAnswers& answers)
{
    if (!isAskedAny(answers, migration.from))
        return;
    if (migration.kind == Kind::MapChoice) {
        std::string& value = answers[migration.from[0]];
        value = mapped(migration, value);
        return;
    }
    if (!isAskedAny(answers, migration.into)) {
        if (migration.kind == Kind::SplitText)
            split(migration, answers[migration.from[0]], answers);
        else
            answers[migration.into[0]] = merged(migration, answers);
    }
    for (const std::string& field : migration.from)
        answers.erase(field);
}

/// The fields of a version, and for each the field of the newest one whose choices it has.
using Names = std::map<std::string, const Field*, std::less<>>;

/// Walking back from the newest version: `names` are those after this change; then those before it.
Status checkFields(const Migration& migration, const RecordType& type, Names& names)
{
    const Field* kept = nullptr;
    for (const std::string& field : migration.into) {
        const auto found = names.find(field);
        if (found == names.end())
            return fail(Errc::Invalid, "leads into '" + field + "', which is no field of that version");
        kept = migration.kind == Kind::Rename ? found->second : nullptr;
        if (migration.kind != Kind::Rename && found->second != nullptr
            && found->second->type != FieldType::Text && found->second->type != FieldType::Line)
            return fail(Errc::Invalid, "leads into '" + field + "', which is no text");
        names.erase(found);
    }
    for (const std::string& field : migration.from) {
        if (type.find(field) != nullptr || type.findTable(field) != nullptr || names.contains(field))
            return fail(Errc::Invalid, "gives up '" + field + "', which is still used");
        names[field] = kept;
    }
    return {};
}

Status checkMap(const Migration& migration, const std::set<std::string>& mappedLater, const Names& names)
{
    const auto found = names.find(migration.from[0]);
    const Field* const field = found == names.end() ? nullptr : found->second;
    if (field == nullptr || field->choices.empty())
        return fail(Errc::Invalid, "'" + migration.from[0] + "' is no field of choices of that version");
    const auto isChoice = [field](const std::string& id) {
        return std::ranges::find(field->choices, id, &Choice::id) != field->choices.end();
    };
    for (const auto& [before, after] : migration.map) {
        if (isChoice(before))
            return fail(Errc::Invalid, "gives up the choice '" + before + "', which is still used");
        if (!isChoice(after) && !mappedLater.contains(after))
            return fail(Errc::Invalid, "leads to '" + after + "', which is no choice of '" + field->id + "'");
    }
    return {};
}

}  // namespace

FieldAnswers migrated(const RecordType& type, FieldAnswers answers)
{
    for (const Migration& migration : type.migrations)
        apply(migration, answers);
    return answers;
}

Status checkMigrations(const RecordType& type)
{
    Names names;
    for (const Field& field : type.fields)
        if (field.isTyped())
            names[field.id] = &field;
    std::map<const Field*, std::set<std::string>> mappedLater;
    std::int64_t later = type.version;
    for (std::size_t i = type.migrations.size(); i-- > 0;) {
        const Migration& migration = type.migrations[i];
        if (migration.to > later)
            return at(
                "migrations", i,
                Status(
                    fail(Errc::Invalid, "leads to a version above the one after it, or above the type's")));
        later = migration.to;
        if (migration.kind != Kind::MapChoice) {
            TEREN_CHECK(at("migrations", i, checkFields(migration, type, names)));
            continue;
        }
        const auto found = names.find(migration.from[0]);
        std::set<std::string>& known = mappedLater[found == names.end() ? nullptr : found->second];
        TEREN_CHECK(at("migrations", i, checkMap(migration, known, names)));
        for (const auto& [before, after] : migration.map)
            known.insert(before);
    }
    return {};
}

}  // namespace teren::domain
