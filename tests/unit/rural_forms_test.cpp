// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/answers.h"
#include "app/domain/schema.h"

#include "tests/support/catch.h"

#include <algorithm>
#include <array>

// What the rules of the rural documents make of answers; what the documents ask is in the inventory.
namespace teren::domain {
namespace {

const SchemaSet& schemas()
{
    static const SchemaSet set = *SchemaSet::builtIn();
    return set;
}

RuledAnswers read(std::string_view type, const Answers& answers)
{
    return ruled(*schemas().find(type), schemas(), answers, "2026-11-24");
}

/// A calculated answer, or "not known".
std::string valueOf(const RuledAnswers& read, std::string_view field)
{
    const auto found = read.answers.fields.find(field);
    return found == read.answers.fields.end() ? "not known" : found->second;
}

std::vector<std::string> missing(std::string_view type, const Answers& answers)
{
    return missingForPrint(*schemas().find(type), read(type, answers));
}

}  // namespace

TEST_CASE("rural forms: a refusal and a withdrawal are asked about where they were decided", "[domain]")
{
    constexpr std::array kWithdrawal{"withdrawn_on", "withdrawn_parts", "withdrawn_way", "withdrawn_to"};
    for (const char* const type : {"consent_adult", "consent_minor"})
        for (const char* const decision : {"offered", "given", "refused", "withdrawn"}) {
            INFO(type << " " << decision);
            const RuledAnswers form = read(type, {{{"decision", decision}}, {}});
            for (const char* const field : kWithdrawal)
                CHECK(form.hidden.contains(field) == (std::string_view(decision) != "withdrawn"));
            CHECK(form.hidden.contains("refused_on") == (std::string_view(decision) != "refused"));
        }
}

TEST_CASE("rural forms: of two decisions written apart a withdrawal counts, then a refusal", "[domain]")
{
    for (const char* const type : {"consent_adult", "consent_minor"}) {
        const Field& decision = *schemas().find(type)->find("decision");
        CHECK(decision.policy == MergePolicy::State);
        CHECK(decision.safestFirst == std::vector<std::string>{"withdrawn", "refused", "offered", "given"});
        // What was withdrawn is still written down, and a new consent may be given.
        CHECK(decision.closing.empty());
    }
}

TEST_CASE("rural forms: a representative is a person of the case or a name", "[domain]")
{
    CHECK_FALSE(read("consent_representative", {}).hidden.contains("name"));
    CHECK(read("consent_representative", {{{"person", std::string(32, 'a')}}, {}}).hidden.contains("name"));
    CHECK(missing("consent_representative", {}) == std::vector<std::string>{"name", "capacity"});
}

TEST_CASE("rural forms: a print of the programme says what it lacks", "[domain]")
{
    CHECK(
        missing("ipw", {})
        == std::vector<std::string>{"subject", "start", "end", "version_number", "date", "agreed"});
    const Answers first{{{"version_number", "1"}}, {}};
    const Answers second{{{"version_number", "2"}}, {}};
    CHECK(read("ipw", first).hidden.contains("changed"));
    CHECK_FALSE(read("ipw", second).hidden.contains("changed"));
}

TEST_CASE("rural forms: the interview always has A, H, I and J, and what the worker switches on", "[domain]")
{
    constexpr std::array<std::pair<const char*, const char*>, 8> kOfSegment{
        {{"material", "criterion"},
         {"material", "expenses"},
         {"housing", "rooms"},
         {"vocational", "qualifications"},
         {"health", "certificates"},
         {"upbringing", "relations_description"},
         {"other", "convictions"},
         {"health", "addictions"}}};
    const RuledAnswers none = read("environmental_interview", {{{"segments", ""}}, {}});
    for (const auto& [segment, field] : kOfSegment) {
        INFO(segment);
        CHECK(none.hidden.contains(field));
        const RuledAnswers one = read("environmental_interview", {{{"segments", segment}}, {}});
        CHECK_FALSE(one.hidden.contains(field));
    }
    for (const char* const always :
         {"applicant", "members", "needs", "expectations", "diagnosis", "conclusions", "plan", "help",
          "warned", "duty_told"})
        CHECK_FALSE(none.hidden.contains(always));
}

TEST_CASE("rural forms: income is computed per person and compared with the criterion", "[domain]")
{
    const auto income = [](const char* amount) { return Answers{{{"amount", amount}}, {}}; };
    const auto member
        = [](std::vector<Answers> incomes) { return Answers{{}, {{"incomes", std::move(incomes)}}}; };
    const auto interview = [](std::vector<Answers> members, const char* criterion) {
        return read(
            "environmental_interview",
            {{{"segments", "material"}, {"criterion", criterion}}, {{"members", std::move(members)}}});
    };
    const std::vector<Answers> family{
        member({income("1800.50"), income("200")}), member({}), member({income("800")})};
    const RuledAnswers within = interview(family, "940");
    CHECK(valueOf(within, "household_size") == "3");
    CHECK(valueOf(within, "income_total") == "2800.5");
    CHECK(valueOf(within, "within_criterion") == "yes");
    CHECK(valueOf(interview(family, "930"), "within_criterion") == "no");
    // What is not answered is never taken for nothing.
    CHECK(valueOf(interview(family, ""), "within_criterion") == "not known");
    CHECK(valueOf(interview({member({income("")})}, "940"), "income_total") == "not known");
    CHECK(valueOf(interview({}, "940"), "income_per_person") == "not known");
}

TEST_CASE(
    "rural forms: diagnoses, addictions, convictions and others' data are not chosen to leave", "[domain]")
{
    const RecordType& interview = *schemas().find("environmental_interview");
    CHECK(interview.space == Space::Internal);
    for (const char* const field :
         {"diagnosis", "addictions", "convictions", "third_persons", "health_description", "debts"}) {
        INFO(field);
        CHECK(interview.find(field)->leaves == Leaves::Withheld);
    }
    CHECK(interview.find("conclusions")->leaves == Leaves::Proposed);
    for (const Field& field : interview.fields) {
        INFO(field.id);
        CHECK((field.type == FieldType::Text || field.leaves == Leaves::Never));
    }
}

TEST_CASE("rural forms: only what may go to partners lives in a space that they see", "[domain]")
{
    // The table of what leaves the internal space, and what is never of a case.
    constexpr std::array kMayGo{"person",     "version",  "expectation_card", "card_presentation",
                                "ipw",        "ipw_area", "ipw_signature",    "goal",
                                "scale_mark", "task"};
    for (const RecordType& type : schemas().types()) {
        INFO(type.id);
        const bool isSeen = type.space == Space::Team || type.space == Space::Either;
        CHECK(isSeen == (std::ranges::find(kMayGo, type.id) != kMayGo.end()));
    }
}

TEST_CASE("rural forms: a new case needs four documents, and the family gets three of them", "[domain]")
{
    std::vector<std::string> necessary;
    std::vector<std::string> copies;
    for (const RecordType& type : schemas().types()) {
        const auto need = type.models.find("rural");
        if (need != type.models.end() && need->second == Need::Necessary)
            necessary.push_back(type.id);
        if (type.familyCopy)
            copies.push_back(type.id);
    }
    CHECK(
        necessary
        == std::vector<std::string>{"expectation_card", "consent", "ipw", "environmental_interview"});
    CHECK(copies == std::vector<std::string>{"expectation_card", "consent", "ipw"});
}

}  // namespace teren::domain
