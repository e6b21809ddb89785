// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/migration.h"
#include "app/domain/schema.h"

#include "tests/support/catch.h"
#include "tests/support/sample_form.h"
#include "tests/support/seeded.h"

namespace teren::domain {
namespace {

/// The sample form with other migrations; the reason against them, or "accepted".
std::string reasonFor(const std::string& migrations)
{
    test::SampleForm form = test::sampleForm();
    std::string text(form.schemas[0].text);
    const std::string key = R"("migrations": [)";
    const std::size_t start = text.find(key) + key.size();
    text.replace(start, text.find("\n  ],", start) - start, migrations);
    form.schemas[0].text = text;
    const Result<SchemaSet> set = SchemaSet::parse(form.schemas, form.codeLists);
    return set ? "accepted" : set.error().detail;
}

FieldAnswers read(const FieldAnswers& answers)
{
    static const SchemaSet set = [] {
        const test::SampleForm form = test::sampleForm();
        return *SchemaSet::parse(form.schemas, form.codeLists);
    }();
    return migrated(*set.find("survey"), answers);
}

}  // namespace

TEST_CASE("migrations: old answers are read as the newest version has them", "[domain]")
{
    CHECK(read({{"weather", "sad"}}) == FieldAnswers{{"mood", "low"}});
    CHECK(read({{"mood_before", "good"}}) == FieldAnswers{{"mood", "good"}});
    CHECK(
        read({{"address", "Lipowa 12, Lipowo, gmina Lipowo"}})
        == FieldAnswers{{"street", "Lipowa 12"}, {"town", "Lipowo, gmina Lipowo"}});
    CHECK(read({{"address", "Lipowo"}}) == FieldAnswers{{"street", "Lipowo"}, {"town", ""}});
    CHECK(read({{"joys", "Ogród"}, {"worries", "Dach"}}) == FieldAnswers{{"words", "Ogród\nDach"}});
    CHECK(read({{"joys", ""}, {"worries", "Dach"}}) == FieldAnswers{{"words", "Dach"}});
    CHECK(read({{"worries", "Dach"}}) == FieldAnswers{{"words", "Dach"}});
}

TEST_CASE("migrations: not asked stays not asked, not answered stays not answered", "[domain]")
{
    CHECK(read({}).empty());
    CHECK(read({{"weather", ""}}) == FieldAnswers{{"mood", ""}});
    CHECK(read({{"joys", ""}, {"worries", ""}}) == FieldAnswers{{"words", ""}});
    CHECK(read({{"address", ""}}) == FieldAnswers{{"street", ""}, {"town", ""}});
}

TEST_CASE("migrations: whoever answered the new question is right", "[domain]")
{
    CHECK(read({{"weather", "sad"}, {"mood", "good"}}) == FieldAnswers{{"mood", "good"}});
    CHECK(read({{"weather", "sad"}, {"mood_before", "good"}}) == FieldAnswers{{"mood", "good"}});
    CHECK(read({{"weather", "sad"}, {"mood", ""}}) == FieldAnswers{{"mood", ""}});
    CHECK(read({{"address", "a, b"}, {"town", "c"}}) == FieldAnswers{{"town", "c"}});
    CHECK(read({{"joys", "a"}, {"words", "b"}}) == FieldAnswers{{"words", "b"}});
}

TEST_CASE("migrations: reading twice is reading once", "[domain]")
{
    const std::vector<std::string> fields{"weather", "mood_before", "mood",    "address", "street",
                                          "town",    "joys",        "worries", "words",   "name"};
    const std::vector<std::string> values{"", "sad", "low", "good", "a, b, c", "sunny"};
    test::SeededRandom random(5);
    for (int round = 0; round < 5'000; ++round) {
        FieldAnswers answers;
        for (std::uint64_t left = random.below(6); left > 0; --left)
            answers[fields[random.below(fields.size())]] = values[random.below(values.size())];
        const FieldAnswers once = read(answers);
        REQUIRE(read(once) == once);
    }
}

TEST_CASE("migrations: what leads nowhere is refused with its place", "[domain]")
{
    const auto one = [](const std::string& change) { return reasonFor(R"({"to": 2, )" + change + "}"); };
    CHECK(one(R"("rename": {"from": "old", "into": "name"})") == "accepted");
    CHECK(
        one(R"("rename": {"from": "old", "into": "nowhere"})")
        == "survey.json: migrations: 1: leads into 'nowhere', which is no field of that version");
    CHECK(
        one(R"("rename": {"from": "town", "into": "name"})")
        == "survey.json: migrations: 1: gives up 'town', which is still used");
    CHECK(
        one(R"("rename": {"from": "old", "into": "total"})")
        == "survey.json: migrations: 1: leads into 'total', which is no field of that version");
    CHECK(
        one(R"("mapChoice": {"field": "mood", "map": {"grey": "blue"}})")
        == "survey.json: migrations: 1: leads to 'blue', which is no choice of 'mood'");
    CHECK(
        one(R"("mapChoice": {"field": "mood", "map": {"low": "good"}})")
        == "survey.json: migrations: 1: gives up the choice 'low', which is still used");
    CHECK(
        one(R"("mapChoice": {"field": "name", "map": {"low": "good"}})")
        == "survey.json: migrations: 1: 'name' is no field of choices of that version");
    CHECK(
        one(R"("splitText": {"from": "old", "into": ["name", "birth"], "separator": "-"})")
        == "survey.json: migrations: 1: leads into 'birth', which is no text");
    CHECK(
        one(R"("splitText": {"from": "old", "into": ["name"], "separator": "-"})")
        == "survey.json: migrations: 1: splitText: 'into' lists two fields at least");
    CHECK(
        one(R"("rename": {"from": "old", "into": "name"}, "mapChoice": 1)").find("one change")
        != std::string::npos);
    CHECK(
        reasonFor(R"({"to": 5, "rename": {"from": "old", "into": "name"}})")
        == "survey.json: migrations: 1: leads to a version above the one after it, or above the type's");
    CHECK(
        reasonFor(R"({"to": 3, "rename": {"from": "old", "into": "name"}},)"
                  R"({"to": 2, "rename": {"from": "older", "into": "town"}})")
        == "survey.json: migrations: 1: leads to a version above the one after it, or above the type's");
}

}  // namespace teren::domain
