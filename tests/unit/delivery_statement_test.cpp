// SPDX-License-Identifier: EUPL-1.2
//
// Goal: the page that people read says what the block in it proves; nobody changes a character of it unseen.
//
// Methodology: real offices over a real server; the text is altered as somebody with an editor would.
#include "app/service/delivery_paper.h"
#include "app/service/delivery_proving.h"
#include "app/service/delivery_statement.h"
#include "app/service/office_parts.h"
#include "tests/support/two_workers.h"
#include "tests/support/vector_file.h"

#include <fstream>
#include <sstream>

namespace teren::test {
namespace {

using service::Language;

struct StatingOffice : TwoWorkers {
    StatingOffice()
    {
        REQUIRE(anna->addRecord(caseId, "note", {{"text", "a secret of the family"}}));
        exchange();
        REQUIRE(anna->addRecord(caseId, "note", {{"text", "not sent"}}));
    }
    std::string write(Language language)
    {
        const std::filesystem::path path = folder.path() / std::to_string(++written);
        const auto made = service::exportDelivery(*anna, caseId, language, path);
        REQUIRE(made);
        unconfirmed = made->total - made->proven;
        std::ifstream in(path, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        CHECK(text.str().find(made->code) != std::string::npos);
        return text.str();
    }
    Result<service::DeliveryCheck> check(
        const std::string& text, const std::vector<std::string>& fingerprints = {})
    {
        const std::filesystem::path path = folder.path() / "checked";
        std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
        return service::checkDeliveryFile(path, files, fingerprints);
    }
    static std::string replaced(std::string text, const std::string& what, const std::string& with)
    {
        const std::size_t at = text.find(what);
        REQUIRE(at != std::string::npos);
        return text.replace(at, what.size(), with);
    }

    TempFolder folder;
    platform::Files& files = served.around().files;
    int written = 0;
    std::uint64_t unconfirmed = 0;  ///< Of what was written last.
};

}  // namespace

TEST_CASE("statement of delivery: a page in either language, and what a stranger reads from it")
{
    StatingOffice office;
    for (const Language language : {Language::Polish, Language::English}) {
        const std::string text = office.write(language);
        const auto read = office.check(text);
        REQUIRE(read);
        CHECK(office.unconfirmed == 1);
        CHECK(read->person == "Anna");
        CHECK(read->unsent == 1);
        CHECK(read->proven() >= 3);
        CHECK(read->caseId == office.caseId.hex());
        REQUIRE(read->fingerprints.size() == 1);
        CHECK(text.find(read->fingerprints[0]) != std::string::npos);
        REQUIRE(read->holders.size() == 1);
        CHECK(read->holders[0].person == "Marta");
        CHECK(read->holders[0].applied + 1 == read->holders[0].of);
        const bool isPolish = language == Language::Polish;
        CHECK(text.starts_with(isPolish ? "POTWIERDZENIE DORĘCZENIA\n" : "STATEMENT OF DELIVERY\n"));
        CHECK(text.find(isPolish ? "Notatka: 1" : "Note: 1") != std::string::npos);
        CHECK(text.find(isPolish ? "Niepotwierdzone: 1" : "Not confirmed: 1") != std::string::npos);
        // As a mail program may send it on.
        std::string mailed = text;
        for (std::size_t at = 0; (at = mailed.find('\n', at)) != std::string::npos; at += 2)
            mailed.insert(at, 1, '\r');
        CHECK(office.check(mailed));
    }
}

TEST_CASE("statement of delivery: nothing of what was written is in it, nor the title of the case")
{
    StatingOffice office;
    const std::string text = office.write(Language::English);
    const auto block = service::blockIn(text);
    REQUIRE(block);
    for (const std::string secret : {"a secret of the family", "Rodzina próbna", "not sent"}) {
        CHECK(text.find(secret) == std::string::npos);
        CHECK(textOf(*block).find(secret) == std::string_view::npos);
    }
}

TEST_CASE("statement of delivery attack: one changed character")
{
    StatingOffice office;
    const std::string text = office.write(Language::Polish);
    REQUIRE(office.check(text));
    const std::size_t words = text.find("-----BEGIN");
    for (std::size_t i = 0; i < text.size(); i += i < words ? 1 : 17) {
        std::string altered = text;
        altered[i] = altered[i] == '7' ? '8' : '7';
        const auto read = office.check(altered);
        INFO(i);
        REQUIRE_FALSE(read);
    }
    // What a reader of base 32 would forgive.
    std::string lower = text;
    for (std::size_t i = words + 40; i < text.size() - 40; ++i)
        if (lower[i] >= 'A' && lower[i] <= 'Z')
            lower[i] = static_cast<char>(lower[i] - 'A' + 'a');
    REQUIRE_FALSE(office.check(lower));
    REQUIRE_FALSE(office.check(text + "\n"));
    REQUIRE_FALSE(office.check("Confirmed: everything.\n" + text));
    REQUIRE_FALSE(office.check(text.substr(0, text.size() - 1)));
    REQUIRE_FALSE(office.check(text + text));
    REQUIRE_FALSE(office.check(""));
}

TEST_CASE("statement of delivery attack: the page of one, the block of another")
{
    StatingOffice office;
    const std::string old = office.write(Language::English);
    REQUIRE(office.anna->addRecord(office.caseId, "note", {{"text", "more"}}));
    office.exchange();
    const std::string later = office.write(Language::English);
    const auto splice = [](const std::string& page, const std::string& block) {
        return page.substr(0, page.find("-----BEGIN")) + block.substr(block.find("-----BEGIN"));
    };
    REQUIRE(office.check(splice(old, old)));
    for (const std::string& altered :
         {splice(later, old), splice(old, later),
          StatingOffice::replaced(old, "Not confirmed: 1", "Not confirmed: 0"),
          StatingOffice::replaced(old, "Marta", "Zofia")}) {
        const auto read = office.check(altered);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == Errc::Forged);
    }
}

TEST_CASE("statement of delivery attack: a name that would read as a line of its own, or backwards")
{
    StatingOffice office;
    store::WorkspaceStore& store = **office.anna->parts().workspace();
    auto proof = service::proveDelivery(store, office.caseId);
    REQUIRE(proof);
    for (const std::string name : {"Anna \u202e1", "Anna\u2028Entry 99"}) {
        proof->told.person = name;
        const auto block = carrier::encode(*proof, store.keys().signing);
        REQUIRE(block);
        const auto delivered = carrier::checkDelivery(*proof);
        REQUIRE(delivered);
        const auto read = office.check(service::paperOf(proof->told, *delivered, *block));
        REQUIRE_FALSE(read);
        CHECK(read.error().code == Errc::Forged);
    }
}

TEST_CASE("statement of delivery: the fingerprint of the server is compared where it is given")
{
    StatingOffice office;
    const std::string text = office.write(Language::Polish);
    const auto read = office.check(text);
    REQUIRE(read);
    const std::string right = read->fingerprints.at(0);
    std::string shouted;
    for (std::size_t i = 0; i < right.size(); ++i)
        shouted += (i % 4 == 0 ? " " : "") + std::string(1, static_cast<char>(std::toupper(right[i])));
    CHECK(office.check(text, {right}));
    CHECK(office.check(text, {shouted}));
    std::string wrong = right;
    wrong[3] = wrong[3] == '0' ? '1' : '0';
    CHECK(office.check(text, {wrong, right}));
    const auto refused = office.check(text, {wrong});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::Forged);
    const auto unread = office.check(text, {"12"});
    REQUIRE_FALSE(unread);
    CHECK(unread.error().code == Errc::Invalid);
}

TEST_CASE("statement of delivery: the words for one block are these in every build")
{
    for (const VectorFile& file : vectorsIn("delivery")) {
        if (file.at("expect") != "ok")
            continue;
        const auto proof = carrier::decodeDelivery(file.bytes);
        REQUIRE(proof);
        const auto delivered = carrier::checkDelivery(*proof);
        REQUIRE(delivered);
        std::ifstream in(
            std::filesystem::path(TEREN_VECTOR_DIR) / "delivery" / (file.name + ".txt"), std::ios::binary);
        REQUIRE(in);
        std::ostringstream text;
        text << in.rdbuf();
        CHECK(service::paperOf(proof->told, *delivered, file.bytes) == text.str());
    }
}

TEST_CASE("vectors: write the pages of statements of delivery", "[.generate]")
{
    for (const VectorFile& file : vectorsIn("delivery")) {
        const auto path = std::filesystem::path(TEREN_VECTOR_DIR) / "delivery" / (file.name + ".txt");
        if (file.at("expect") != "ok" || std::filesystem::exists(path))
            continue;
        const auto proof = carrier::decodeDelivery(file.bytes);
        REQUIRE(proof);
        const auto delivered = carrier::checkDelivery(*proof);
        REQUIRE(delivered);
        std::ofstream(path, std::ios::binary) << service::paperOf(proof->told, *delivered, file.bytes);
    }
}

}  // namespace teren::test
