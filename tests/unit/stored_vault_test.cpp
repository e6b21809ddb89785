// SPDX-License-Identifier: EUPL-1.2
// Profiles as earlier builds left them on disk: opened, checked and worked in by every later one.
#include "tests/support/served_office.h"

using namespace teren;
using namespace teren::service;
using teren::test::ServedOffice;

namespace {

const std::filesystem::path kSkew = std::filesystem::path(TEREN_VECTOR_DIR) / "skew";
constexpr std::string_view kTitle = "Rodzina próbna";
constexpr std::string_view kNote = "Zapisane przez wcześniejszą wersję: żółta łódź.";

std::vector<std::filesystem::path> storedVaults()
{
    std::vector<std::filesystem::path> folders;
    for (const auto& entry : std::filesystem::directory_iterator(kSkew))
        if (entry.is_directory() && entry.path().filename().string().starts_with("vault-"))
            folders.push_back(entry.path());
    std::ranges::sort(folders);
    return folders;
}

}  // namespace

TEST_CASE("stored vault: every profile that a build ever stored opens, is whole, and can be worked in")
{
    const std::vector<std::filesystem::path> stored = storedVaults();
    REQUIRE_FALSE(stored.empty());
    ServedOffice served;
    for (const std::filesystem::path& one : stored) {
        INFO(one.filename().string());
        const std::filesystem::path copy = served.folderOf(one.filename().string());
        std::filesystem::copy(one, copy, std::filesystem::copy_options::recursive);
        const auto opened = Office::open(copy, ServedOffice::kPassphrase, served.around());
        REQUIRE(opened);
        Office& office = **opened;
        CHECK(office.personName() == "Anna");
        const auto cases = office.cases();
        REQUIRE(cases);
        REQUIRE(cases->size() == 1);
        CHECK(cases->front().title == kTitle);
        const CaseId caseId = cases->front().id;
        const auto notes = office.records(caseId, "note");
        REQUIRE(notes);
        REQUIRE(notes->size() == 1);
        CHECK(notes->front().fields.at("text").text() == kNote);
        CHECK(office.search("zolta lodz")->size() == 1);
        CHECK(office.selfCheck()->ok);
        CHECK(office.syncStatus()->confirmed > 0);
        CHECK(office.syncStatus()->unsent == 1);
        REQUIRE(office.setFields(notes->front().id, {{"text", "poprawione"}}));
        CHECK(office.history(notes->front().id)->size() >= 3);
        CHECK(office.selfCheck()->ok);
    }
}

// Stores a profile as this build makes it: name it by what changed, see tests/vectors/skew/README.md.
TEST_CASE("stored vault: writer", "[.generate]")
{
    const char* const name = std::getenv("TEREN_SKEW_NAME");
    REQUIRE(name != nullptr);
    REQUIRE_FALSE(std::filesystem::exists(kSkew / name));
    ServedOffice served;
    {
        const auto anna = served.founder("Anna");
        const auto made = anna->newCase(std::string(kTitle), {});
        REQUIRE(made);
        ServedOffice::sync(*anna);
        REQUIRE(anna->addRecord(made->id, "note", {{"text", std::string(kNote)}}));
    }
    std::filesystem::create_directories(kSkew);
    std::filesystem::copy(served.folderOf("Anna"), kSkew / name, std::filesystem::copy_options::recursive);
}
