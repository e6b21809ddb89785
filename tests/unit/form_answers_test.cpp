// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/form_answers.h"
#include "tests/support/catch.h"

using namespace teren;

namespace {

const domain::RecordType& cardType()
{
    static const auto schemas = domain::SchemaSet::builtIn();
    REQUIRE(schemas.has_value());
    return *schemas->find("expectation_card");
}

service::RecordView holding(const std::string& field, const std::vector<std::string>& values)
{
    service::RecordView view;
    for (const std::string& value : values)
        view.fields[field].values.push_back({value, {}});
    return view;
}

/// The identifier of a field of several choices, and two of its choices.
struct SetField {
    const domain::RecordType* type = nullptr;
    std::string id;
    std::string first;
    std::string second;
};

SetField aSetField()
{
    static const auto schemas = domain::SchemaSet::builtIn();
    REQUIRE(schemas.has_value());
    for (const char* name :
         {"case", "person", "expectation_card", "visit", "contact", "goal", "task", "note"}) {
        const domain::RecordType* type = schemas->find(name);
        for (const domain::Field& field : type->fields)
            if (field.policy == domain::MergePolicy::Set && field.choices.size() >= 2)
                return {type, field.id, field.choices[0].id, field.choices[1].id};
    }
    return {};
}

}  // namespace

TEST_CASE("form answers: an answer that nobody touched follows the record")
{
    FormAnswers answers(cardType(), holding("situation", {"before"}), {});
    answers.follow(holding("situation", {"after"}));
    CHECK(answers.value("situation") == "after");
    CHECK_FALSE(answers.any());
    CHECK_FALSE(answers.changedMeanwhile("situation"));
}

TEST_CASE("form answers: what came while an answer was written stands beside it")
{
    FormAnswers answers(cardType(), holding("situation", {"before"}), {});
    answers.set("situation", "mine");
    answers.follow(holding("situation", {"theirs"}));
    CHECK(answers.value("situation") == "mine");
    REQUIRE(answers.changedMeanwhile("situation"));
    CHECK(answers.current("situation").text() == "theirs");
    CHECK(answers.draft().shown.at("situation") == std::vector<std::string>{"before"});

    SECTION("kept, it is written over theirs")
    {
        answers.keepMine("situation");
        CHECK_FALSE(answers.changedMeanwhile("situation"));
        CHECK(answers.draft().answers.at("situation") == "mine");
        CHECK(answers.draft().shown.at("situation") == std::vector<std::string>{"theirs"});
    }
    SECTION("given up, theirs stands")
    {
        answers.takeTheirs("situation");
        CHECK(answers.value("situation") == "theirs");
        CHECK_FALSE(answers.any());
    }
    SECTION("typing on is not a choice")
    {
        answers.set("situation", "mine, and more");
        CHECK(answers.changedMeanwhile("situation"));
    }
    SECTION("typing what they wrote is agreement")
    {
        answers.set("situation", "theirs");
        CHECK_FALSE(answers.changedMeanwhile("situation"));
        CHECK_FALSE(answers.any());
    }
}

TEST_CASE("form answers: a draft that waited knows what it was written over")
{
    const service::Draft draft{{{"situation", "mine"}}, {{"situation", {"before"}}}};
    CHECK(FormAnswers(cardType(), holding("situation", {"theirs"}), draft).changedMeanwhile("situation"));
    CHECK_FALSE(
        FormAnswers(cardType(), holding("situation", {"before"}), draft).changedMeanwhile("situation"));
    CHECK_FALSE(FormAnswers(cardType(), holding("situation", {"mine"}), draft).changedMeanwhile("situation"));
    CHECK(FormAnswers(cardType(), holding("situation", {"a", "b"}), draft).changedMeanwhile("situation"));
    CHECK(FormAnswers(cardType(), holding("situation", {}), draft).changedMeanwhile("situation"));
}

TEST_CASE("form answers: what others put into a set is no question for the person")
{
    const SetField set = aSetField();
    REQUIRE(set.type != nullptr);
    FormAnswers answers(*set.type, holding(set.id, {set.first}), {});
    answers.set(set.id, "");
    answers.follow(holding(set.id, {set.first, set.second}));
    CHECK_FALSE(answers.changedMeanwhile(set.id));
    CHECK(answers.draft().shown.at(set.id) == std::vector<std::string>{set.first});
}
