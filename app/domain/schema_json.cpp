// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/schema_json.h"

#include "crypto/base/limits.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <set>

namespace teren::domain {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::pair<std::string_view, FieldType>, 12> kTypes{{
    {"line", FieldType::Line},
    {"text", FieldType::Text},
    {"date", FieldType::Date},
    {"time", FieldType::Time},
    {"number", FieldType::Number},
    {"scale", FieldType::Scale},
    {"choice", FieldType::Choice},
    {"choices", FieldType::Choices},
    {"phone", FieldType::Phone},
    {"yes_no", FieldType::YesNo},
    {"record", FieldType::Record},
    {"pesel", FieldType::Pesel},
}};
constexpr std::array<std::pair<std::string_view, MergePolicy>, 7> kPolicies{{
    {"register", MergePolicy::Register},
    {"latest", MergePolicy::Latest},
    {"text", MergePolicy::Text},
    {"set", MergePolicy::Set},
    {"append", MergePolicy::Append},
    {"state", MergePolicy::State},
    {"once", MergePolicy::Once},
}};

template <typename Value, std::size_t N>
std::optional<Value> valueNamed(
    const std::array<std::pair<std::string_view, Value>, N>& names, std::string_view name)
{
    const auto found = std::ranges::find(names, name, [](const auto& entry) { return entry.first; });
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

/// English snake_case: what goes to the wire as a field's name.
bool isIdentifier(std::string_view id)
{
    const auto isPart = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !id.empty() && id.size() <= limits::kNameMax && id.front() >= 'a' && id.front() <= 'z'
        && std::ranges::all_of(id, isPart);
}

Status checkKeys(const Json& object, std::initializer_list<std::string_view> known)
{
    if (!object.is_object())
        return fail(Errc::Invalid, "is not an object");
    for (const auto& [key, value] : object.items())
        if (std::ranges::find(known, key) == known.end())
            return fail(Errc::Invalid, "unknown key '" + key + "'");
    return {};
}

Result<std::string> textAt(const Json& object, const char* key)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string() || found->get_ref<const std::string&>().empty())
        return fail(Errc::Invalid, std::string("needs a text '") + key + "'");
    return found->get<std::string>();
}

Result<std::string> identifierAt(const Json& object, const char* key)
{
    TEREN_TRY(std::string id, textAt(object, key));
    if (!isIdentifier(id))
        return fail(Errc::Invalid, "'" + id + "' is not an identifier in snake_case");
    return id;
}

/// The same; a hyphen may part its words, as in the roles and models that the command line names.
Result<std::string> choiceIdAt(const Json& object)
{
    TEREN_TRY(std::string id, textAt(object, "id"));
    std::string snake = id;
    std::ranges::replace(snake, '-', '_');
    if (!isIdentifier(snake))
        return fail(Errc::Invalid, "'" + id + "' is not an identifier of a choice");
    return id;
}

Result<LocalText> localTextAt(const Json& object, const char* key)
{
    const auto found = object.find(key);
    if (found == object.end())
        return fail(Errc::Invalid, std::string("needs '") + key + "'");
    TEREN_CHECK(checkKeys(*found, {"pl", "en"}));
    LocalText text;
    TEREN_TRY(text.pl, textAt(*found, "pl"));
    TEREN_TRY(text.en, textAt(*found, "en"));
    return text;
}

/// The elements of an optional array.
Result<std::vector<Json>> listAt(const Json& object, const char* key)
{
    const auto found = object.find(key);
    if (found == object.end())
        return std::vector<Json>{};
    if (!found->is_array())
        return fail(Errc::Invalid, std::string("'") + key + "' is not a list");
    return std::vector<Json>(found->begin(), found->end());
}

/// Puts `where` before the reason.
template <typename Value>
Result<Value> at(const std::string& where, Result<Value> result)
{
    if (!result)
        return fail(result.error().code, where + ": " + result.error().detail);
    return result;
}

Result<Choice> parseChoice(const Json& json)
{
    TEREN_CHECK(checkKeys(json, {"id", "label"}));
    Choice choice;
    TEREN_TRY(choice.id, choiceIdAt(json));
    TEREN_TRY(choice.label, at(choice.id, localTextAt(json, "label")));
    return choice;
}

Status parseKinds(const Json& json, Field& field)
{
    TEREN_TRY(const std::string typeName, textAt(json, "type"));
    const std::optional<FieldType> type = valueNamed(kTypes, typeName);
    if (!type)
        return fail(Errc::Invalid, "unknown type '" + typeName + "'");
    field.type = *type;
    if (!json.contains("policy"))
        return {};
    TEREN_TRY(const std::string policyName, textAt(json, "policy"));
    const std::optional<MergePolicy> policy = valueNamed(kPolicies, policyName);
    if (!policy)
        return fail(Errc::Invalid, "unknown policy '" + policyName + "'");
    field.policy = *policy;
    return {};
}

/// False where it is left out.
Result<bool> flagAt(const Json& json, const char* key)
{
    const auto found = json.find(key);
    if (found == json.end())
        return false;
    if (!found->is_boolean())
        return fail(Errc::Invalid, std::string("'") + key + "' is neither true nor false");
    return found->get<bool>();
}

/// A whole number that limits a field of numbers; nothing where it is left out.
Result<std::optional<std::int64_t>> boundAt(const Json& json, const char* key, FieldType type)
{
    const auto found = json.find(key);
    if (found == json.end())
        return std::nullopt;
    if (type != FieldType::Number || !found->is_number_integer())
        return fail(Errc::Invalid, std::string("'") + key + "' is a whole number, for a field of numbers");
    return found->get<std::int64_t>();
}

Status parseLimits(const Json& json, Field& field)
{
    TEREN_TRY(field.required, flagAt(json, "required"));
    TEREN_TRY(field.internal, flagAt(json, "internal"));
    if (const auto most = json.find("lengthMax"); most != json.end()) {
        if (!most->is_number_unsigned())
            return fail(Errc::Invalid, "'lengthMax' is not a number");
        field.lengthMax = most->get<std::size_t>();
    }
    TEREN_TRY(field.min, boundAt(json, "min", field.type));
    TEREN_TRY(field.max, boundAt(json, "max", field.type));
    if (field.min && field.max && *field.min > *field.max)
        return fail(Errc::Invalid, "'min' is above 'max'");
    return {};
}

/// Every choice of a field of states has its place in the order of safety, or nobody could say which counts.
Status parseSafety(const Json& json, Field& field)
{
    TEREN_TRY(const std::vector<Json> order, listAt(json, "safestFirst"));
    const bool isState = field.policy == MergePolicy::State;
    if (isState != !order.empty() || (isState && field.type != FieldType::Choice))
        return fail(Errc::Invalid, "'safestFirst' is for a choice with the policy 'state', and needed there");
    std::set<std::string> ids;
    for (const Choice& choice : field.choices)
        ids.insert(choice.id);
    for (const Json& id : order) {
        if (!id.is_string() || ids.erase(id.get<std::string>()) == 0)
            return fail(Errc::Invalid, "'safestFirst' lists what is no choice, or one twice");
        field.safestFirst.push_back(id.get<std::string>());
    }
    if (isState && !ids.empty())
        return fail(Errc::Invalid, "'safestFirst' leaves out '" + *ids.begin() + "'");
    return {};
}

Status parseClosing(const Json& json, Field& field)
{
    TEREN_TRY(const std::vector<Json> closing, listAt(json, "closing"));
    for (const Json& id : closing) {
        if (!id.is_string()
            || std::ranges::find(field.safestFirst, id.get<std::string>()) == field.safestFirst.end())
            return fail(Errc::Invalid, "'closing' lists what is no state of this field");
        field.closing.push_back(id.get<std::string>());
    }
    return {};
}

Status parseRest(const Json& json, Field& field)
{
    TEREN_CHECK(parseKinds(json, field));
    TEREN_CHECK(parseLimits(json, field));
    TEREN_TRY(field.label, localTextAt(json, "label"));
    if (json.contains("hint")) {
        TEREN_TRY(field.hint, localTextAt(json, "hint"));
    }
    TEREN_TRY(const std::vector<Json> choices, listAt(json, "choices"));
    for (const Json& choice : choices) {
        TEREN_TRY(Choice parsed, parseChoice(choice));
        field.choices.push_back(std::move(parsed));
    }
    TEREN_CHECK(parseSafety(json, field));
    TEREN_CHECK(parseClosing(json, field));
    TEREN_TRY(const std::vector<Json> types, listAt(json, "of"));
    for (const Json& type : types) {
        if (field.type != FieldType::Record || !type.is_string())
            return fail(Errc::Invalid, "'of' lists types of records, for a field that names one");
        field.of.push_back(type.get<std::string>());
    }
    return {};
}

Result<Field> parseField(const Json& json)
{
    TEREN_CHECK(checkKeys(
        json,
        {"id", "type", "policy", "label", "hint", "choices", "of", "required", "lengthMax", "min", "max",
         "safestFirst", "closing", "internal"}));
    Field field;
    TEREN_TRY(field.id, identifierAt(json, "id"));
    if (const Status rest = parseRest(json, field); !rest)
        return fail(rest.error().code, field.id + ": " + rest.error().detail);
    return field;
}

Result<Section> parseSection(const Json& json)
{
    TEREN_CHECK(checkKeys(json, {"title", "fields"}));
    Section section;
    TEREN_TRY(section.title, localTextAt(json, "title"));
    TEREN_TRY(const std::vector<Json> fields, listAt(json, "fields"));
    for (const Json& field : fields) {
        if (!field.is_string())
            return fail(Errc::Invalid, "a section lists something that is not a field's id");
        section.fields.push_back(field.get<std::string>());
    }
    return section;
}

Result<RecordType> parseDocument(const Json& json)
{
    // `$comment` carries the licence line, since JSON has no comments.
    TEREN_CHECK(checkKeys(json, {"$comment", "id", "label", "plural", "titleField", "fields", "sections"}));
    RecordType type;
    TEREN_TRY(type.id, identifierAt(json, "id"));
    TEREN_TRY(type.label, at("label", localTextAt(json, "label")));
    TEREN_TRY(type.plural, at("plural", localTextAt(json, "plural")));
    TEREN_TRY(type.titleField, identifierAt(json, "titleField"));
    TEREN_TRY(const std::vector<Json> fields, listAt(json, "fields"));
    for (const Json& field : fields) {
        TEREN_TRY(Field parsed, parseField(field));
        type.fields.push_back(std::move(parsed));
    }
    TEREN_TRY(const std::vector<Json> sections, listAt(json, "sections"));
    for (const Json& section : sections) {
        TEREN_TRY(Section parsed, at("sections", parseSection(section)));
        type.sections.push_back(std::move(parsed));
    }
    TEREN_CHECK(checkRecordType(type));
    return type;
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
    std::set<std::string_view> ids;
    for (const Choice& choice : field.choices)
        if (!ids.insert(choice.id).second)
            return fail(Errc::Invalid, field.id + ": choice '" + choice.id + "' twice");
    return {};
}

Status checkSections(const RecordType& type)
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
    if (type.find(type.titleField) == nullptr)
        return fail(Errc::Invalid, "titleField '" + type.titleField + "' is no field");
    return checkSections(type);
}

Result<RecordType> parseRecordType(std::string_view name, std::string_view json)
{
    const Json document = Json::parse(json, nullptr, false);
    if (document.is_discarded())
        return fail(Errc::Invalid, std::string(name) + ": is not JSON");
    return at(std::string(name), parseDocument(document));
}

}  // namespace teren::domain
