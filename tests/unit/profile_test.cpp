// SPDX-License-Identifier: EUPL-1.2
#include "app/service/profile.h"

#include "crypto/recovery_code.h"
#include "crypto/sign/system_random.h"
#include "tests/support/catch.h"
#include "tests/support/files.h"
#include "tests/support/seeded.h"
#include "tests/support/temp_folder.h"

#include <cstdlib>

using namespace teren;
using namespace teren::service;

namespace {

constexpr std::string_view kFirst{"zielona-lipa-nad-stawem"};
constexpr std::string_view kSecond{"rower kasztan perkoz walizka"};

struct SampleProfile {
    test::TempFolder outer;
    std::filesystem::path folder = outer.path() / "profile";
    SystemRandom random;
    test::ManualClock clock;
    Result<domain::SchemaSet> schemas = domain::SchemaSet::builtIn();

    SampleProfile()
    {
        setenv("TEREN_KDF", "floor", 1);
        REQUIRE(schemas);
        REQUIRE(Office::createProfile(folder, "Grażyna Sołtysik", kFirst, around()));
    }
    Surroundings around() { return {clock, random, *schemas}; }
    Result<std::unique_ptr<Office>> open(std::string_view passphrase)
    {
        return Office::open(folder, passphrase, around());
    }
    std::unique_ptr<Office> opened(std::string_view passphrase = kFirst)
    {
        auto office = open(passphrase);
        REQUIRE(office);
        return *std::move(office);
    }
    std::string confirmedCode()
    {
        const auto office = opened();
        const auto code = newRecoveryCode(*office);
        REQUIRE(code);
        REQUIRE(confirmRecoveryCode(*office, *code));
        return *code;
    }
};

}  // namespace

TEST_CASE("profile: no profile is made with a weak passphrase, its owner's name included")
{
    SampleProfile sample;
    const auto place = sample.outer.path() / "other";
    for (const char* weak : {"haslo123", "Soltysik-Grazyna-1970"}) {
        const Status made = Office::createProfile(place, "Grażyna Sołtysik", weak, sample.around());
        REQUIRE_FALSE(made);
        CHECK(made.error().code == Errc::Invalid);
    }
    CHECK_FALSE(std::filesystem::exists(place));
}

TEST_CASE("profile: the passphrase is changed by who knows it, to a good one")
{
    SampleProfile sample;
    const auto office = sample.opened();
    CHECK(changePassphrase(*office, "perkoz kasztan", kSecond).error().code == Errc::WrongPassphrase);
    CHECK(changePassphrase(*office, kFirst, "haslo123").error().code == Errc::Invalid);
    CHECK(changePassphrase(*office, kFirst, "grazynasoltysik").error().code == Errc::Invalid);
    REQUIRE(changePassphrase(*office, kFirst, kSecond));
}

TEST_CASE("profile: a passphrase opens in whichever way a keyboard writes its letters")
{
    constexpr std::string_view kComposed{"\u017c\u00f3\u0142w \u015bpi pod grusz\u0105 noc\u0105"};
    constexpr std::string_view kDecomposed{"z\u0307o\u0301\u0142w s\u0301pi pod grusza\u0328 noca\u0328"};
    for (const auto& [made, typed] : {std::pair(kComposed, kDecomposed), std::pair(kDecomposed, kComposed)}) {
        SampleProfile profile;
        REQUIRE(changePassphrase(*profile.opened(), kFirst, made));
        CHECK(profile.open(made));
        CHECK(profile.open(typed));
        REQUIRE(changePassphrase(*profile.opened(typed), typed, kSecond));
        CHECK_FALSE(profile.open(made));
    }
}

TEST_CASE("profile: a changed passphrase holds at the next start")
{
    SampleProfile sample;
    REQUIRE(changePassphrase(*sample.opened(), kFirst, kSecond));
    CHECK(sample.open(kFirst).error().code == Errc::WrongPassphrase);
    CHECK(sample.opened(kSecond)->personName() == "Grażyna Sołtysik");
}

TEST_CASE("profile: a recovery code counts only when it was typed back")
{
    SampleProfile sample;
    std::string code;
    {
        const auto office = sample.opened();
        CHECK(confirmRecoveryCode(*office, "ABC").error().code == Errc::Invalid);
        const auto drawn = newRecoveryCode(*office);
        REQUIRE(drawn);
        code = *drawn;
        CHECK(waysIn(*office).size() == 1);
    }
    CHECK_FALSE(test::anyFileHolds(sample.folder, code));
    CHECK(resetPassphrase(sample.folder, code, kSecond, sample.around()).error().code == Errc::NotFound);
    {
        // It waits for being typed back over the program's end; another code, or a mistyped one, is none.
        const auto office = sample.opened();
        CHECK(
            confirmRecoveryCode(*office, RecoveryCode::generate(sample.random).text()).error().code
            == Errc::Refused);
        std::string mistyped = code;
        mistyped[14] = mistyped[14] == '7' ? '8' : '7';
        const Status wrong = confirmRecoveryCode(*office, mistyped);
        REQUIRE_FALSE(wrong);
        CHECK(wrong.error().detail.find("group 3") != std::string::npos);
        CHECK(recoveryCodeProblem(mistyped)->group == 3);
        REQUIRE(confirmRecoveryCode(*office, code));
        CHECK(confirmRecoveryCode(*office, code).error().code == Errc::Refused);
        REQUIRE(waysIn(*office).size() == 2);
        CHECK(waysIn(*office)[1].kind == WayIn::Kind::RecoveryCode);
    }
    CHECK(resetPassphrase(sample.folder, code, "haslo123", sample.around()).error().code == Errc::Invalid);
    REQUIRE(resetPassphrase(sample.folder, code, kSecond, sample.around()));
    CHECK(sample.open(kFirst).error().code == Errc::WrongPassphrase);
    CHECK(sample.opened(kSecond)->personName() == "Grażyna Sołtysik");
}

TEST_CASE("profile: a new recovery code takes the former's place when it is confirmed, not before")
{
    SampleProfile sample;
    const std::string former = sample.confirmedCode();
    std::string next;
    {
        const auto office = sample.opened();
        next = *newRecoveryCode(*office);
    }
    REQUIRE(resetPassphrase(sample.folder, former, kFirst, sample.around()));
    REQUIRE(confirmRecoveryCode(*sample.opened(), next));
    CHECK(
        resetPassphrase(sample.folder, former, kSecond, sample.around()).error().code
        == Errc::WrongPassphrase);
    REQUIRE(removeRecoveryCode(*sample.opened()));
    CHECK(removeRecoveryCode(*sample.opened()).error().code == Errc::NotFound);
    CHECK(resetPassphrase(sample.folder, next, kSecond, sample.around()).error().code == Errc::NotFound);
}

TEST_CASE("profile: removing takes back a code that was only drawn as well")
{
    SampleProfile sample;
    const auto office = sample.opened();
    const auto code = newRecoveryCode(*office);
    REQUIRE(code);
    REQUIRE(removeRecoveryCode(*office));
    CHECK(confirmRecoveryCode(*office, *code).error().code == Errc::Refused);
}

TEST_CASE("profile: the office's key opens until its slot is removed")
{
    SampleProfile sample;
    const BoxKey officeKey = BoxKey::generate(sample.random);
    CHECK(resetPassphrase(sample.folder, officeKey, kSecond, sample.around()).error().code == Errc::NotFound);
    REQUIRE(setOfficeRecovery(*sample.opened(), officeKey.publicKey()));
    CHECK(setOfficeRecovery(*sample.opened(), {}).error().code == Errc::Invalid);
    REQUIRE(resetPassphrase(sample.folder, officeKey, kSecond, sample.around()));
    CHECK(
        resetPassphrase(sample.folder, BoxKey::generate(sample.random), kFirst, sample.around()).error().code
        == Errc::NotFound);
    REQUIRE(removeOfficeRecovery(*sample.opened(kSecond)));
    CHECK(resetPassphrase(sample.folder, officeKey, kFirst, sample.around()).error().code == Errc::NotFound);
}

TEST_CASE("profile: wrong passphrases and codes count together, and the wait is told beforehand")
{
    SampleProfile sample;
    sample.confirmedCode();
    CHECK(waitBeforeUnlock(sample.folder, sample.clock).count() == 0);
    const std::string other = RecoveryCode::generate(sample.random).text();
    for (int i = 0; i < 2; ++i) {
        CHECK(sample.open(kSecond).error().code == Errc::WrongPassphrase);
        CHECK(
            resetPassphrase(sample.folder, other, kSecond, sample.around()).error().code
            == Errc::WrongPassphrase);
        // A typing error is no try.
        CHECK(
            resetPassphrase(sample.folder, "ABCDE", kSecond, sample.around()).error().code == Errc::Invalid);
    }
    CHECK(waitBeforeUnlock(sample.folder, sample.clock).count() == 5);
    CHECK(sample.open(kFirst).error().code == Errc::Locked);
    sample.clock.advance(std::chrono::seconds(5));
    CHECK(sample.opened()->personName() == "Grażyna Sołtysik");
    CHECK(waitBeforeUnlock(sample.folder, sample.clock).count() == 0);
}
