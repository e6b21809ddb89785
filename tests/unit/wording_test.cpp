// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/wording.h"

#include "tests/support/catch.h"
#include "tests/support/markdown_table.h"
#include "tests/support/sample_form.h"

#include <filesystem>
#include <fstream>
#include <set>

namespace teren::domain {
namespace {

const SchemaSet& sample()
{
    static const SchemaSet set = [] {
        const test::SampleForm form = test::sampleForm();
        return *SchemaSet::parse(form.schemas, form.codeLists);
    }();
    return set;
}

constexpr std::string_view kHead
    = R"("id": "oath", "of": "survey", "version": 2, "label": {"pl": "Ślub", "en": "Oath"})";
constexpr std::string_view kFirst
    = R"({"id": "first", "text": {"pl": "Ja, {survey.name}", "en": "I, {survey.name}"}, "before": "birth"})";
constexpr std::string_view kSecond
    = R"({"id": "second", "text": {"pl": "ślubuję", "en": "swear"}, "before": "members"})";
constexpr std::string_view kLast = R"({"id": "last", "text": {"pl": "Podpis", "en": "Signed"}})";

std::string document(const std::vector<std::string_view>& parts, std::string_view head = kHead)
{
    std::string text = "{" + std::string(head) + R"(, "parts": [)";
    for (const std::string_view part : parts)
        text += (text.ends_with('[') ? "" : ", ") + std::string(part);
    return text + "]}";
}

std::string reasonFor(const std::string& text)
{
    const Result<Wording> wording = parseWording({"oath.json", text}, sample());
    return wording ? "accepted" : wording.error().detail;
}

Wording oath()
{
    return *parseWording({"oath.json", document({kFirst, kSecond, kLast})}, sample());
}

}  // namespace

TEST_CASE(
    "wordings: every file of the folder is built in, loads, and is named after its document", "[domain]")
{
    const SchemaSet set = *SchemaSet::builtIn();
    const Result<std::vector<Wording>> wordings = builtInWordings(set);
    if (!wordings)
        FAIL(wordings.error().detail);
    std::set<std::string> names;
    for (const Wording& wording : *wordings) {
        INFO(wording.id);
        CHECK_FALSE(wording.source.empty());
        names.insert(wording.id + ".json");
    }
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(TEREN_SOURCE_DIR "/app/domain/wordings"))
        files.insert(entry.path().filename().string());
    CHECK(names == files);
}

TEST_CASE("wordings: every part has its row in the inventory, in order, and every row is one", "[domain]")
{
    const SchemaSet set = *SchemaSet::builtIn();
    std::vector<std::vector<std::string>> builtIn;
    for (const Wording& wording : *builtInWordings(set))
        for (const WordingPart& part : wording.parts)
            builtIn.push_back({wording.id, part.id, part.before.empty() ? "end" : part.before});
    std::vector<std::vector<std::string>> inSources;
    for (const auto& cells : test::tableRows("app/domain/schemas/INVENTORY.md", "source")) {
        REQUIRE(cells.size() == 4);
        CHECK_FALSE(cells[0].empty());
        inSources.push_back({cells[1], cells[2], cells[3]});
    }
    CHECK(builtIn == inSources);
    CHECK(builtIn.size() > 20);
}

TEST_CASE("wordings: the consent says what the law asks of a notice and of a consent", "[domain]")
{
    const SchemaSet set = *SchemaSet::builtIn();
    std::string text;
    for (const Wording& wording : *builtInWordings(set))
        if (wording.of == "consent")
            for (const WordingPart& part : wording.parts)
                text += part.text.pl + "\n";
    // RODO article 13: controller, officer, purpose and basis, recipients, period, rights, withdrawal,
    // complaint, whether it must be given, automated decisions; article 9(2)(a): explicit; 7(3): at any time.
    for (const char* const words :
         {"{workspace.controller}",
          "{workspace.dpo_email}",
          "art. 6 ust. 1 lit. a",
          "art. 9 ust. 2 lit. a",
          "podmiotom uprawnionym",
          "{consent.archive_years}",
          "prawo dostępu",
          "sprostowania",
          "uzupełnienia",
          "usunięcia",
          "ograniczenia przetwarzania",
          "przeniesienia",
          "cofnąć w każdej chwili",
          "{workspace.withdrawal_email}",
          "Prezesa Urzędu Ochrony Danych Osobowych",
          "dobrowolne",
          "zautomatyzowany",
          "wywiad środowiskowy",
          "warsztatach współpracy",
          "IPW",
          "ewaluację",
          "formie zdalnej",
          "szczególnych kategorii",
          "{consent.team}",
          "przedstawiciele ustawowi lub opiekunowie prawni"}) {
        INFO(words);
        CHECK(text.find(words) != std::string::npos);
    }
}

TEST_CASE("wordings: a file with a fault is refused with file, part and reason", "[domain]")
{
    CHECK(reasonFor(document({kFirst, kSecond, kLast})) == "accepted");
    CHECK(reasonFor("{").starts_with("oath.json: "));
    CHECK(reasonFor(document({})) == "oath.json: has no parts");
    CHECK(reasonFor(document({kFirst, kFirst})) == "oath.json: first: is there twice");
    CHECK(
        reasonFor(document({kSecond, kFirst}))
        == "oath.json: first: stands above what comes before the part above it");
    CHECK(
        reasonFor(document({kLast, kFirst}))
        == "oath.json: first: stands above what comes before the part above it");
    const auto part = [](std::string_view rest) {
        return document({R"({"id": "p", "text": {"pl": "a", "en": "b"}, )" + std::string(rest) + "}"});
    };
    CHECK(
        reasonFor(part(R"("before": "nowhere")"))
        == "oath.json: parts: 1: p: 'before' names 'nowhere', which 'survey' lacks");
    CHECK(reasonFor(part(R"("colour": "red")")) == "oath.json: parts: 1: unknown key 'colour'");
    CHECK(
        reasonFor(part(R"("source": ["hearsay"])"))
        == "oath.json: parts: 1: p: source: 'hearsay' says no place; see SCHEMAS.md, \"Source\"");
    const auto head = [](std::string_view of, std::string_view version) {
        return document(
            {kLast},
            R"("id": "oath", "of": ")" + std::string(of) + R"(", "version": )" + std::string(version)
                + R"(, "label": {"pl": "a", "en": "b"})");
    };
    CHECK(reasonFor(head("nobody", "1")) == "oath.json: 'of' names 'nobody', which is no type");
    CHECK(reasonFor(head("survey", "0")) != "accepted");
}

TEST_CASE("wordings: a place in a text is the answer of a record", "[domain]")
{
    const auto reason = [](const std::string& text) {
        const Status status = checkOfficeWording(
            oath(), {.document = "oath", .part = "last", .text = text, .version = 1, .validFrom = {}},
            sample());
        return status ? "accepted" : status.error().detail;
    };
    CHECK(reason("bez pytań") == "accepted");
    CHECK(reason("{survey.name} i {survey.total}") == "accepted");
    CHECK(reason("{survey.nobody}") == "last: '{survey.nobody}' is no answer of a record");
    CHECK(reason("{name}") == "last: '{name}' is no answer of a record");
    CHECK(reason("{}") == "last: '{}' is no answer of a record");
    for (const char* const broken : {"{survey.name", "survey.name}", "{{survey.name}}", "{", "}"}) {
        INFO(broken);
        CHECK(reason(broken) == "last: has a brace without its other");
    }
}

TEST_CASE("wordings: an office's text is for a part that is there", "[domain]")
{
    const auto reason = [](const std::string& of, const std::string& part) {
        const Status status = checkOfficeWording(
            oath(), {.document = of, .part = part, .text = "x", .version = 1, .validFrom = {}}, sample());
        return status ? "accepted" : status.error().detail;
    };
    CHECK(reason("oath", "first") == "accepted");
    CHECK(reason("oath", "third") == "'oath' has no part 'third'");
    CHECK(reason("vow", "first") == "is the text of 'vow', which is not 'oath'");
}

TEST_CASE("wordings: of each part the office's text that came into force last counts", "[domain]")
{
    const std::vector<OfficeWording> own{
        {.document = "oath", .part = "second", .text = "nowszy", .version = 4, .validFrom = "2026-03-01"},
        {.document = "oath", .part = "second", .text = "starszy", .version = 7, .validFrom = "2026-01-01"},
        {.document = "oath", .part = "last", .text = "poprawiony", .version = 3, .validFrom = "2026-03-01"},
        {.document = "oath", .part = "last", .text = "pierwszy", .version = 2, .validFrom = "2026-03-01"},
        {.document = "vow", .part = "first", .text = "cudzy", .version = 9, .validFrom = "2026-01-01"}};
    const auto on = [&own](std::string_view day) {
        const Wording wording = wordingOn(oath(), own, day);
        return wording.version + ": " + wording.parts[0].text.pl + ", " + wording.parts[1].text.pl + ", "
            + wording.parts[2].text.pl;
    };
    CHECK(on("2025-12-31") == "2: Ja, {survey.name}, ślubuję, Podpis");
    CHECK(on("2026-01-01") == "2/7: Ja, {survey.name}, starszy, Podpis");
    CHECK(on("2026-03-01") == "2/4: Ja, {survey.name}, nowszy, poprawiony");
    const std::vector<OfficeWording> backwards(own.rbegin(), own.rend());
    CHECK(wordingOn(oath(), backwards, "2026-03-01").parts[2].text.pl == "poprawiony");
    CHECK(wordingOn(oath(), backwards, "2026-03-01").version == "2/4");
}

}  // namespace teren::domain
