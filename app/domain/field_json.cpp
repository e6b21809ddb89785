// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/schema_json.h"

#include <set>

namespace teren::domain {
namespace {

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
constexpr std::array<std::pair<std::string_view, Leaves>, 3> kLeaves{{
    {"never", Leaves::Never},
    {"proposed", Leaves::Proposed},
    {"withheld", Leaves::Withheld},
}};

Result<Choice> parseChoice(const Json& json)
{
    TEREN_CHECK(checkKeys(json, {"id", "label", "retired"}));
    Choice choice;
    TEREN_TRY(choice.id, choiceIdAt(json, "id"));
    TEREN_TRY(choice.label, at(choice.id, localTextAt(json, "label")));
    TEREN_TRY(choice.retired, at(choice.id, flagAt(json, "retired")));
    return choice;
}

Status parseKinds(const Json& json, Field& field)
{
    TEREN_TRY(const std::string typeName, textAt(json, "type"));
    const std::optional<FieldType> type = valueNamed(kTypes, typeName);
    if (!type)
        return fail(Errc::Invalid, "unknown type '" + typeName + "'");
    field.type = *type;
    TEREN_TRY(field.policy, namedAt(json, "policy", kPolicies, MergePolicy::Register));
    return {};
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
    TEREN_TRY(field.requiredForPrint, flagAt(json, "requiredForPrint"));
    if (const auto most = json.find("lengthMax"); most != json.end()) {
        if (!most->is_number_unsigned())
            return fail(Errc::Invalid, "'lengthMax' is not a number");
        field.lengthMax = most->get<std::size_t>();
    }
    TEREN_TRY(field.min, boundAt(json, "min", field.type));
    TEREN_TRY(field.max, boundAt(json, "max", field.type));
    if (field.min && field.max && *field.min > *field.max)
        return fail(Errc::Invalid, "'min' is above 'max'");
    TEREN_TRY(field.unit, optionalLocalTextAt(json, "unit"));
    if (!field.unit.pl.empty() && field.type != FieldType::Number)
        return fail(Errc::Invalid, "'unit' is for a field of numbers");
    return {};
}

/// The field's own choices, or those of a code list.
Status parseChoices(const Json& json, std::span<const CodeList> lists, Field& field)
{
    TEREN_TRY(const std::vector<Json> choices, listAt(json, "choices"));
    for (std::size_t i = 0; i < choices.size(); ++i) {
        TEREN_TRY(Choice parsed, at("choices", i, parseChoice(choices[i])));
        field.choices.push_back(std::move(parsed));
    }
    TEREN_TRY(field.choicesFrom, optionalTextAt(json, "choicesFrom"));
    if (field.choicesFrom.empty())
        return {};
    if (json.contains("choices"))
        return fail(Errc::Invalid, "has both 'choices' and 'choicesFrom'");
    const auto list = std::ranges::find(lists, field.choicesFrom, &CodeList::id);
    if (list == lists.end())
        return fail(Errc::Invalid, "'choicesFrom' names '" + field.choicesFrom + "', which is no code list");
    field.choices = list->items;
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
    TEREN_TRY(field.closing, textsAt(json, "closing"));
    for (const std::string& id : field.closing)
        if (std::ranges::find(field.safestFirst, id) == field.safestFirst.end())
            return fail(Errc::Invalid, "'closing' lists what is no state of this field");
    return {};
}

Status parseRules(const Json& json, Field& field)
{
    TEREN_TRY(field.shownWhen, shownWhenAt(json));
    TEREN_TRY(const std::string calculated, optionalTextAt(json, "calculated"));
    if (calculated.empty())
        return {};
    TEREN_TRY(field.calculated, at("calculated", parseFormula(calculated)));
    return {};
}

/// Where the answer may go, who decides about it, where it is printed and where the question comes from.
Status parseCare(const Json& json, Field& field)
{
    TEREN_TRY(field.leaves, namedAt(json, "leaves", kLeaves, Leaves::Never));
    TEREN_TRY(field.proposedAs, optionalTextAt(json, "proposedAs"));
    TEREN_TRY(field.decider, deciderAt(json));
    TEREN_TRY(field.printPlace, optionalTextAt(json, "printPlace"));
    TEREN_TRY(field.source, sourceAt(json));
    return {};
}

Status parseRest(const Json& json, std::span<const CodeList> lists, Field& field)
{
    TEREN_CHECK(parseKinds(json, field));
    TEREN_CHECK(parseLimits(json, field));
    TEREN_TRY(field.label, localTextAt(json, "label"));
    TEREN_TRY(field.hint, optionalLocalTextAt(json, "hint"));
    TEREN_CHECK(parseChoices(json, lists, field));
    TEREN_CHECK(parseSafety(json, field));
    TEREN_CHECK(parseClosing(json, field));
    TEREN_TRY(field.of, textsAt(json, "of"));
    if (!field.of.empty() && field.type != FieldType::Record)
        return fail(Errc::Invalid, "'of' lists types of records, for a field that names one");
    TEREN_CHECK(parseRules(json, field));
    return parseCare(json, field);
}

}  // namespace

Result<Field> parseField(const Json& json, std::size_t index, std::span<const CodeList> lists)
{
    Field field;
    TEREN_TRY(field.id, at("fields", index, identifierAt(json, "id")));
    TEREN_CHECK(
        at(field.id,
           checkKeys(
               json,
               {"id",
                "type",
                "policy",
                "label",
                "hint",
                "choices",
                "choicesFrom",
                "of",
                "required",
                "lengthMax",
                "min",
                "max",
                "safestFirst",
                "closing",
                "internal",
                "unit",
                "requiredForPrint",
                "shownWhen",
                "calculated",
                "leaves",
                "proposedAs",
                "decider",
                "printPlace",
                "source"})));
    TEREN_CHECK(at(field.id, parseRest(json, lists, field)));
    return field;
}

Result<Decider> deciderAt(const Json& json)
{
    const auto found = json.find("decider");
    if (found == json.end())
        return Decider{};
    TEREN_CHECK(at("decider", checkKeys(*found, {"who", "withFamily", "draft"})));
    Decider decider;
    TEREN_TRY(decider.who, at("decider", textsAt(*found, "who")));
    TEREN_TRY(decider.withFamily, at("decider", flagAt(*found, "withFamily")));
    TEREN_TRY(decider.draft, at("decider", flagAt(*found, "draft")));
    if (decider.who.empty())
        return fail(Errc::Invalid, "decider: needs 'who'");
    return decider;
}

Result<std::vector<std::string>> sourceAt(const Json& json)
{
    TEREN_TRY(std::vector<std::string> places, textsAt(json, "source"));
    for (const std::string& place : places)
        if (!isSource(place))
            return fail(Errc::Invalid, "source: '" + place + "' says no place; see SCHEMAS.md, \"Source\"");
    return places;
}

Result<std::vector<Formula>> shownWhenAt(const Json& json)
{
    std::vector<Formula> rules;
    TEREN_TRY(const std::string text, optionalTextAt(json, "shownWhen"));
    if (text.empty())
        return rules;
    TEREN_TRY(Formula rule, at("shownWhen", parseFormula(text)));
    rules.push_back(std::move(rule));
    return rules;
}

}  // namespace teren::domain
