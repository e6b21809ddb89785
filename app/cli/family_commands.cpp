// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/family_commands.h"

#include "app/cli/command_parts.h"
#include "app/service/same_family.h"

namespace teren::cli {
namespace {

using service::Office;

struct Given {
    std::string first;
    std::string second;
};

Json nameToJson(const service::CaseName& name)
{
    return {{"case", name.id.hex()}, {"number", name.number}, {"title", name.title}};
}

Json toJson(const service::Family& family)
{
    Json cases = Json::array();
    for (const service::CaseName& name : family.cases)
        cases.push_back(nameToJson(name));
    Json disputed = Json::array();
    for (const auto& [one, other] : family.disputed)
        disputed.push_back(Json::array({one.hex(), other.hex()}));
    return {
        {"head", family.cases.front().id.hex()},
        {"cases", std::move(cases)},
        {"disputed", std::move(disputed)},
        {"elsewhere", family.elsewhere}};
}

Json toJson(const service::FamilySuggestion& suggestion)
{
    Json because = Json::array();
    for (const service::SamePerson& person : suggestion.because)
        because.push_back(
            {{"by", person.why == service::SamePerson::Why::Pesel ? "pesel" : "name-and-birth-date"},
             {"persons", Json::array({person.first.hex(), person.second.hex()})}});
    return {
        {"cases", Json::array({nameToJson(suggestion.first), nameToJson(suggestion.second)})},
        {"because", std::move(because)}};
}

template <typename Value>
Result<Json> listOf(const Result<std::vector<Value>>& values)
{
    if (!values)
        return std::unexpected(values.error());
    Json list = Json::array();
    for (const Value& value : *values)
        list.push_back(toJson(value));
    return list;
}

Result<Json> familyNow(Office& office, const service::CaseId& one)
{
    TEREN_TRY(const service::Family family, service::familyOf(office, one));
    return toJson(family);
}

enum class Act : std::uint8_t { Same, NotSame, Unlink };

Result<Json> decided(Office& office, const Given& given, Act act)
{
    TEREN_TRY(const service::CaseId one, caseFrom(office, given.first));
    TEREN_TRY(const service::CaseId other, caseFrom(office, given.second));
    if (act == Act::Unlink) {
        TEREN_TRY(const bool linked, service::areLinked(office, one, other));
        if (!linked)
            return fail(Errc::Refused, "these two cases have no link of their own; see `case family`");
    }
    TEREN_CHECK(
        act == Act::Same ? service::linkFamily(office, one, other)
                         : service::separateFamily(office, one, other));
    return familyNow(office, one);
}

void addDecision(CLI::App& cases, Command& chosen, const char* name, const char* what, Act act)
{
    const auto given = options<Given>();
    CLI::App* command = cases.add_subcommand(name, what);
    command->add_option("case", given->first, "Identifier or number of a case")->required();
    command->add_option("other", given->second, "Of the other")->required();
    command->callback([&chosen, given, act] {
        chosen = onOffice([given, act](Office& office) { return decided(office, *given, act); });
    });
}

}  // namespace

void addFamilyCommands(CLI::App& cases, Command& chosen)
{
    cases.add_subcommand("suggestions", "Cases that may be one family, entered twice")->callback([&chosen] {
        chosen = onOffice([](Office& office) { return listOf(service::familySuggestions(office)); });
    });
    cases.add_subcommand("families", "Every family of more than one case")->callback([&chosen] {
        chosen = onOffice([](Office& office) { return listOf(service::families(office)); });
    });
    const auto given = options<Given>();
    CLI::App* family = cases.add_subcommand("family", "The cases that are one family with this one");
    family->add_option("case", given->first, "Identifier or number of a case")->required();
    family->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            TEREN_TRY(const service::CaseId one, caseFrom(office, given->first));
            return familyNow(office, one);
        });
    });
    addDecision(cases, chosen, "same", "Two cases are one family: read them together", Act::Same);
    addDecision(
        cases, chosen, "not-same", "Two cases are different families: never suggest it again", Act::NotSame);
    addDecision(cases, chosen, "unlink", "Two linked cases are different families after all", Act::Unlink);
}

}  // namespace teren::cli
