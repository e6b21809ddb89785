// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/wording.h"

#include "app/domain/json_read.h"
#include "app/domain/wording_files.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace teren::domain {
namespace {

/// What stands in braces: "consent.team" of "PZK w {consent.team}". `Invalid` for a brace without its other.
Result<std::vector<std::string>> placesIn(std::string_view text)
{
    std::vector<std::string> places;
    for (std::size_t at = text.find_first_of("{}"); at != std::string_view::npos;
         at = text.find_first_of("{}", at)) {
        const std::size_t end = text.find_first_of("{}", at + 1);
        if (text[at] == '}' || end == std::string_view::npos || text[end] == '{')
            return fail(Errc::Invalid, "has a brace without its other");
        places.emplace_back(text.substr(at + 1, end - at - 1));
        at = end + 1;
    }
    return places;
}

/// "type.field", of a field that people see.
bool isAnswer(const std::string& place, const SchemaSet& schemas)
{
    const std::size_t dot = place.find('.');
    const RecordType* const type
        = dot == std::string::npos ? nullptr : schemas.find(std::string_view(place).substr(0, dot));
    const Field* const field
        = type == nullptr ? nullptr : type->find(std::string_view(place).substr(dot + 1));
    return field != nullptr && !field->internal;
}

Status checkPlaces(std::string_view text, const SchemaSet& schemas)
{
    TEREN_TRY(const std::vector<std::string> places, placesIn(text));
    for (const std::string& place : places)
        if (!isAnswer(place, schemas))
            return fail(Errc::Invalid, "'{" + place + "}' is no answer of a record");
    return {};
}

/// The place of what the part stands above, in the order of the form; behind all of it for the end.
std::size_t placeOf(const RecordType& type, const WordingPart& part)
{
    std::size_t place = 0;
    for (const Section& section : type.sections)
        for (const std::vector<std::string>* names : {&section.fields, &section.tables})
            for (const std::string& name : *names) {
                if (name == part.before)
                    return place;
                ++place;
            }
    return place;
}

Result<WordingPart> parsePart(const Json& json, const RecordType& type, const SchemaSet& schemas)
{
    TEREN_CHECK(checkKeys(json, {"id", "text", "before", "source"}));
    WordingPart part;
    TEREN_TRY(part.id, identifierAt(json, "id"));
    TEREN_TRY(part.text, at(part.id, localTextAt(json, "text")));
    TEREN_CHECK(at(part.id, checkPlaces(part.text.pl, schemas)));
    TEREN_CHECK(at(part.id, checkPlaces(part.text.en, schemas)));
    TEREN_TRY(part.before, at(part.id, optionalTextAt(json, "before")));
    if (!part.before.empty() && type.find(part.before) == nullptr && type.findTable(part.before) == nullptr)
        return fail(
            Errc::Invalid, part.id + ": 'before' names '" + part.before + "', which '" + type.id + "' lacks");
    TEREN_TRY(part.source, at(part.id, textsAt(json, "source")));
    for (const std::string& source : part.source)
        if (!isSource(source))
            return fail(
                Errc::Invalid,
                part.id + ": source: '" + source + "' says no place; see SCHEMAS.md, \"Source\"");
    return part;
}

Status parseParts(const Json& json, const RecordType& type, const SchemaSet& schemas, Wording& wording)
{
    TEREN_TRY(const std::vector<Json> parts, listAt(json, "parts"));
    std::size_t last = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        TEREN_TRY(WordingPart part, at("parts", i, parsePart(parts[i], type, schemas)));
        if (wording.find(part.id) != nullptr)
            return fail(Errc::Invalid, part.id + ": is there twice");
        const std::size_t place = placeOf(type, part);
        if (place < last)
            return fail(Errc::Invalid, part.id + ": stands above what comes before the part above it");
        last = place;
        wording.parts.push_back(std::move(part));
    }
    if (wording.parts.empty())
        return fail(Errc::Invalid, "has no parts");
    return {};
}

Result<Wording> parseDocument(const Json& json, const SchemaSet& schemas)
{
    TEREN_CHECK(checkKeys(json, {"$comment", "id", "of", "version", "label", "source", "parts"}));
    if (const Result<std::string> comment = optionalTextAt(json, "$comment"); !comment)
        return std::unexpected(comment.error());
    Wording wording;
    TEREN_TRY(wording.id, identifierAt(json, "id"));
    TEREN_TRY(wording.of, identifierAt(json, "of"));
    const RecordType* const type = schemas.find(wording.of);
    if (type == nullptr)
        return fail(Errc::Invalid, "'of' names '" + wording.of + "', which is no type");
    TEREN_TRY(const std::optional<std::int64_t> version, wholeAt(json, "version", 1));
    if (!version)
        return fail(Errc::Invalid, "needs 'version'");
    wording.version = std::to_string(*version);
    TEREN_TRY(wording.label, at("label", localTextAt(json, "label")));
    TEREN_TRY(wording.source, textsAt(json, "source"));
    for (const std::string& source : wording.source)
        if (!isSource(source))
            return fail(Errc::Invalid, "source: '" + source + "' says no place; see SCHEMAS.md, \"Source\"");
    TEREN_CHECK(parseParts(json, *type, schemas, wording));
    return wording;
}

}  // namespace

const WordingPart* Wording::find(std::string_view part) const
{
    const auto found = std::ranges::find(parts, part, &WordingPart::id);
    return found == parts.end() ? nullptr : &*found;
}

Result<Wording> parseWording(const SchemaFile& file, const SchemaSet& schemas)
{
    TEREN_TRY(const Json document, at(file.name, parseJson(file.text)));
    return at(file.name, parseDocument(document, schemas));
}

Result<std::vector<Wording>> builtInWordings(const SchemaSet& schemas)
{
    std::vector<Wording> wordings;
    for (const SchemaFile& file : wordingFiles()) {
        TEREN_TRY(Wording wording, parseWording(file, schemas));
        if (std::ranges::find(wordings, wording.id, &Wording::id) != wordings.end())
            return fail(
                Errc::Invalid, std::string(file.name) + ": wording '" + wording.id + "' is there twice");
        wordings.push_back(std::move(wording));
    }
    return wordings;
}

Status checkOfficeWording(const Wording& builtIn, const OfficeWording& own, const SchemaSet& schemas)
{
    if (own.document != builtIn.id)
        return fail(
            Errc::Invalid, "is the text of '" + own.document + "', which is not '" + builtIn.id + "'");
    if (builtIn.find(own.part) == nullptr)
        return fail(Errc::Invalid, "'" + builtIn.id + "' has no part '" + own.part + "'");
    return at(own.part, checkPlaces(own.text, schemas));
}

Wording wordingOn(const Wording& builtIn, std::span<const OfficeWording> own, std::string_view today)
{
    Wording wording = builtIn;
    std::int64_t highest = 0;
    for (WordingPart& part : wording.parts) {
        const OfficeWording* latest = nullptr;
        for (const OfficeWording& one : own) {
            const bool counts = one.document == builtIn.id && one.part == part.id && one.validFrom <= today;
            if (counts
                && (latest == nullptr
                    || std::tie(latest->validFrom, latest->version, latest->text)
                        < std::tie(one.validFrom, one.version, one.text)))
                latest = &one;
        }
        if (latest == nullptr)
            continue;
        part.text = {.pl = latest->text, .en = latest->text};
        highest = std::max(highest, latest->version);
    }
    if (highest != 0)
        wording.version += "/" + std::to_string(highest);
    return wording;
}

}  // namespace teren::domain
