// SPDX-License-Identifier: EUPL-1.2
#include "app/service/profiles.h"

#include "crypto/sign/system_random.h"
#include "tests/support/catch.h"
#include "tests/support/files.h"
#include "tests/support/seeded.h"
#include "tests/support/temp_folder.h"

#include <cstdlib>

using namespace teren;
using namespace teren::service;

namespace {

constexpr std::string_view kPassphrase{"zielona-lipa-nad-stawem"};

struct SharedComputer {
    test::TempFolder outer;
    std::filesystem::path folder = outer.path() / "profiles";
    Profiles profiles{folder};
    SystemRandom random;
    test::ManualClock clock;
    Result<domain::SchemaSet> schemas = domain::SchemaSet::builtIn();

    SharedComputer() { setenv("TEREN_KDF", "floor", 1); }
    Surroundings around() { return {clock, random, *schemas}; }
    std::filesystem::path add(const std::string& name, const std::string& shown)
    {
        const auto made = profiles.create(name, kPassphrase, shown, around());
        REQUIRE(made);
        return *made;
    }
    std::unique_ptr<Office> open(const std::filesystem::path& profile)
    {
        auto office = Office::open(profile, kPassphrase, around());
        REQUIRE(office);
        return *std::move(office);
    }
    std::vector<std::string> shown()
    {
        std::vector<std::string> names;
        const auto found = profiles.list();
        REQUIRE(found);
        for (const ListedProfile& profile : *found)
            names.push_back(profile.shown);
        return names;
    }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("profiles: the list shows what people chose to show, and of others that they are there")
{
    SharedComputer computer;
    CHECK(computer.shown().empty());
    computer.add("Zenobia Wyszkowska", "");
    computer.add("Łucja Malinowska", "Łucja");
    const auto anna = computer.add("Anna Sowa", "pani Anna");
    CHECK(computer.shown() == Names{"Łucja", "pani Anna", ""});
    CHECK_FALSE(test::anyFileHolds(computer.folder, "Zenobia"));
    CHECK_FALSE(test::anyFileHolds(computer.folder, "Sowa"));
    for (const auto& entry : std::filesystem::directory_iterator(computer.folder))
        CHECK(entry.path().filename().string().starts_with("profile-"));
    {
        const auto office = computer.open(anna);
        REQUIRE(showName(*office, "  Anka \n"));
        CHECK(computer.shown() == Names{"Anka", "Łucja", ""});
        CHECK(office->selfCheck()->problems == Names());
        REQUIRE(hideName(*office));
        REQUIRE(hideName(*office));
        CHECK(office->selfCheck()->problems == Names());
    }
    CHECK(computer.shown() == Names{"Łucja", "", ""});
}

TEST_CASE("profiles: a name that cannot be shown is refused")
{
    SharedComputer computer;
    const auto office = computer.open(computer.add("Anna Sowa", ""));
    const std::string tooLong(61, 'a');
    for (const std::string& bad :
         {std::string(), std::string("  "), std::string("\xff\xfe"), tooLong, std::string("\xE2\x80\x8B")})
        CHECK(showName(*office, bad).error().code == Errc::Invalid);
    CHECK(
        computer.profiles.create("Jan", kPassphrase, tooLong, computer.around()).error().code
        == Errc::Invalid);
    CHECK(computer.shown() == Names{""});
}

TEST_CASE(
    "profiles: whatever stands in the file, the list shows a short harmless line, and its owner is told")
{
    SharedComputer computer;
    const auto anna = computer.add("Anna Sowa", "Anna");
    const auto plant
        = [&anna](std::string_view text) { test::writeFile(anna / "profile.shown", viewOf(text)); };
    plant("\x1b]0;owned\x07\x1b[31mAn\xE2\x80\xAEna\r\nroot");
    const std::string shown = computer.shown().front();
    CHECK(shown.find_first_of("\x1b\x07\r\n") == std::string::npos);
    CHECK(shown.find("\xE2\x80\xAE") == std::string::npos);
    CHECK(computer.open(anna)->selfCheck()->problems.size() == 1);
    plant(std::string(10'000'000, 'a'));
    CHECK(computer.shown() == Names{""});
    plant(std::string(200, 'a'));
    CHECK(computer.shown() == Names{""});
    plant(std::string("\xff\xff\x00\x01", 4));
    CHECK(computer.shown() == Names{""});
    plant("Marta");
    CHECK(computer.open(anna)->selfCheck()->problems.size() == 1);
    std::filesystem::remove(anna / "profile.shown");
    std::filesystem::create_directory(anna / "profile.shown");
    CHECK(computer.shown() == Names{""});
    CHECK(computer.open(anna)->selfCheck()->problems.size() == 1);
}

TEST_CASE("profiles: what is no whole profile is not on the list")
{
    SharedComputer computer;
    const auto anna = computer.add("Anna Sowa", "Anna");
    std::filesystem::create_directory(computer.folder / "photos");
    test::writeFile(computer.folder / "letter.txt", viewOf("hello"));
    std::filesystem::create_directory(computer.folder / "half");
    test::writeFile(computer.folder / "half" / "vault.unfinished", {});
    std::filesystem::create_directory_symlink(anna, computer.folder / "link");
    CHECK(computer.shown() == Names{"Anna"});
    // A weak passphrase leaves nothing behind.
    CHECK(
        computer.profiles.create("Jan", "haslo123", "Jan", computer.around()).error().code == Errc::Invalid);
    CHECK(computer.shown() == Names{"Anna"});
}
