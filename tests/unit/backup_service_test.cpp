// SPDX-License-Identifier: EUPL-1.2
#include "app/service/backup.h"

#include "app/service/attachments.h"
#include "app/service/office_parts.h"
#include "app/service/profile.h"
#include "app/service/profiles.h"
#include "tests/support/files.h"
#include "tests/support/served_office.h"

#include <algorithm>
#include <array>
#include <set>

using namespace teren;
using namespace teren::service;
using teren::test::ServedOffice;

namespace {

const BackupSecret kByPassphrase{SecretText(ServedOffice::kPassphrase), {}};

std::multiset<std::string> titlesOf(Office& office)
{
    std::multiset<std::string> titles;
    const auto cases = office.cases();
    REQUIRE(cases);
    for (const CaseSummary& summary : *cases)
        titles.insert(summary.title);
    return titles;
}

/// Anna's office, a stick, and where a backup is restored.
struct BackedOffice {
    ServedOffice served;
    std::unique_ptr<Office> anna = served.founder("Anna");
    std::filesystem::path stick = served.folderOf("stick");
    std::filesystem::path restoredFolder = served.folderOf("Anna-restored");

    BackedOffice() { std::filesystem::create_directory(stick); }
    std::filesystem::path backUp()
    {
        const auto made = createBackup(*anna, stick);
        REQUIRE(made);
        CHECK(made->files >= 3);
        return made->folder;
    }
    std::unique_ptr<Office> restore(const std::filesystem::path& backup)
    {
        auto restored = restoreBackup(backup, restoredFolder, kByPassphrase, served.around());
        REQUIRE(restored);
        CHECK(restored->problems == std::vector<std::string>());
        return std::move(restored->office);
    }
    Result<BackupCheck> check(const std::filesystem::path& backup, const BackupSecret& secret)
    {
        return checkBackup(backup, &secret, served.around());
    }
};

std::uint64_t lifeOf(Office& office)
{
    return office.parts().store->keys().life;
}

std::filesystem::path theAttachmentIn(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "attachments"))
        found.push_back(entry.path());
    REQUIRE(found.size() == 1);
    return found.front();
}

std::size_t leftInTemp()
{
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::temp_directory_path()))
        count += entry.path().filename().string().starts_with("teren-check-") ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("backup: the restored device and the one that lives on never write one change number")
{
    BackedOffice office;
    REQUIRE(office.anna->newCase("Przed kopią", {}));
    ServedOffice::sync(*office.anna);
    const auto backup = office.backUp();

    REQUIRE(office.anna->newCase("Po kopii, na starym", {}));
    const auto restored = office.restore(backup);
    CHECK(restored->personName() == "Anna");
    // Before anybody asks a server, and whatever becomes of the old one.
    const std::array lives{lifeOf(*office.anna), lifeOf(*restored)};
    CHECK(lives[0] != lives[1]);
    REQUIRE(restored->newCase("Po kopii, na nowym", {}));
    ServedOffice::sync(*office.anna);
    ServedOffice::sync(*restored);
    ServedOffice::sync(*office.anna);
    ServedOffice::sync(*restored);

    const std::multiset<std::string> all{"Przed kopią", "Po kopii, na starym", "Po kopii, na nowym"};
    CHECK(titlesOf(*office.anna) == all);
    CHECK(titlesOf(*restored) == all);
    CHECK(office.anna->digests()->digest == restored->digests()->digest);
    CHECK(office.anna->conflicts()->empty());
    for (Office* each : {office.anna.get(), restored.get()}) {
        const auto report = each->selfCheck();
        REQUIRE(report);
        CHECK(report->problems == std::vector<std::string>());
        CHECK(each->syncStatus()->unsent == 0);
    }
    // Neither was told that it exists twice.
    CHECK(lifeOf(*office.anna) == lives[0]);
    CHECK(lifeOf(*restored) == lives[1]);

    office.restoredFolder += "-again";
    const std::uint64_t third = lifeOf(*office.restore(backup));
    CHECK(third != lives[0]);
    CHECK(third != lives[1]);
}

TEST_CASE("backup: what was unsent in a backup is sent by the restored device")
{
    BackedOffice office;
    const auto first = office.anna->newCase("Wspólna", {});
    REQUIRE(first);
    const auto note = office.anna->addRecord(first->id, "note", {{"text", "base"}});
    REQUIRE(note);
    ServedOffice::sync(*office.anna);
    REQUIRE(office.anna->setFields(*note, {{"text", "unsent"}}));
    REQUIRE(office.anna->newCase("Niewysłana", {}));
    const auto backup = office.backUp();
    // The old device is gone.
    office.anna.reset();
    const auto restored = office.restore(backup);
    CHECK(restored->syncStatus()->unsent > 0);
    ServedOffice::sync(*restored);
    CHECK(restored->syncStatus()->unsent == 0);
    CHECK(titlesOf(*restored) == std::multiset<std::string>{"Wspólna", "Niewysłana"});
    CHECK(restored->record(*note)->fields.at("text").text() == "unsent");
    CHECK(restored->selfCheck()->problems == std::vector<std::string>());
}

TEST_CASE("backup: what both have unsent comes out once")
{
    BackedOffice office;
    const auto first = office.anna->newCase("Wspólna", {});
    REQUIRE(first);
    const auto note = office.anna->addRecord(first->id, "note", {{"text", "base"}});
    REQUIRE(note);
    ServedOffice::sync(*office.anna);
    REQUIRE(office.anna->setFields(*note, {{"text", "unsent"}}));
    REQUIRE(office.anna->addRecord(first->id, "task", {{"title", "zadzwonić"}}));
    const auto backup = office.backUp();
    const auto restored = office.restore(backup);
    for (int i = 0; i < 2; ++i) {
        ServedOffice::sync(*office.anna);
        ServedOffice::sync(*restored);
    }
    for (Office* each : {office.anna.get(), restored.get()}) {
        CHECK(each->records(first->id, "task")->size() == 1);
        CHECK(each->records(first->id, "note")->size() == 1);
        CHECK(each->record(*note)->fields.at("text").text() == "unsent");
        CHECK(each->conflicts()->empty());
        CHECK(each->selfCheck()->problems == std::vector<std::string>());
    }
    CHECK(office.anna->digests()->digest == restored->digests()->digest);
}

TEST_CASE("backup: a case that both have unsent is one case afterwards")
{
    BackedOffice office;
    ServedOffice::sync(*office.anna);
    const auto made = office.anna->newCase("Niewysłana", {});
    REQUIRE(made);
    REQUIRE(office.anna->addRecord(made->id, "note", {{"text", "z kopii"}}));
    const auto backup = office.backUp();
    const auto restored = office.restore(backup);
    REQUIRE(office.anna->addRecord(made->id, "note", {{"text", "na starym"}}));
    REQUIRE(restored->addRecord(made->id, "note", {{"text", "na nowym"}}));
    for (int i = 0; i < 2; ++i) {
        ServedOffice::sync(*office.anna);
        ServedOffice::sync(*restored);
    }
    for (Office* each : {office.anna.get(), restored.get()}) {
        CHECK(titlesOf(*each) == std::multiset<std::string>{"Niewysłana"});
        CHECK(each->records(made->id, "note")->size() == 3);
        CHECK(each->conflicts()->empty());
        CHECK(each->selfCheck()->problems == std::vector<std::string>());
        CHECK(each->syncStatus()->unsent == 0);
    }
    CHECK(office.anna->digests()->digest == restored->digests()->digest);
}

TEST_CASE("backup: a check with the passphrase restores it for trial and leaves nothing behind")
{
    BackedOffice office;
    REQUIRE(office.anna->newCase("Rodzina próbna", {}));
    const auto backup = office.backUp();
    const std::size_t before = leftInTemp();
    const auto without = checkBackup(backup, nullptr, office.served.around());
    REQUIRE(without);
    CHECK(without->problems == std::vector<std::string>());
    CHECK_FALSE(without->opened);
    const auto with = office.check(backup, kByPassphrase);
    REQUIRE(with);
    CHECK(with->problems == std::vector<std::string>());
    CHECK(with->opened);
    CHECK(office.check(backup, BackupSecret{SecretText("wrong"), {}}).error().code == Errc::WrongPassphrase);
    CHECK(office.check(backup, BackupSecret{{}, SecretText("ABC")}).error().code == Errc::Invalid);
    CHECK(office.check(backup, BackupSecret{}).error().code == Errc::Invalid);
    CHECK(office.check(office.stick, kByPassphrase).error().code == Errc::NotFound);
    CHECK(leftInTemp() == before);
    // Still as it was: it can be restored.
    CHECK(titlesOf(*office.restore(backup)) == std::multiset<std::string>{"Rodzina próbna"});
}

TEST_CASE("backup: a damaged one is told as such, with and without the passphrase")
{
    BackedOffice office;
    const auto backup = office.backUp();
    Bytes content = test::readFile(backup / "vault.db");
    content[content.size() / 2] ^= 1;
    test::writeFile(backup / "vault.db", content);
    CHECK(checkBackup(backup, nullptr, office.served.around())->problems.size() == 1);
    CHECK(office.check(backup, kByPassphrase)->problems.size() == 1);
    CHECK(
        restoreBackup(backup, office.restoredFolder, kByPassphrase, office.served.around()).error().code
        == Errc::Damaged);
    test::writeFile(backup / "backup.manifest", viewOf("rubbish"));
    CHECK(office.check(backup, kByPassphrase)->problems.size() == 1);
}

TEST_CASE("backup: of a profile without an office, by the recovery code")
{
    BackedOffice office;
    const auto jan = office.served.profile("Jan");
    const auto code = newRecoveryCode(*jan);
    REQUIRE(confirmRecoveryCode(*jan, *code));
    const auto made = createBackup(*jan, office.stick);
    REQUIRE(made);
    const auto restored = restoreBackup(
        made->folder, office.restoredFolder, BackupSecret{{}, SecretText(*code)}, office.served.around());
    REQUIRE(restored);
    CHECK(restored->office->personName() == "Jan");
    CHECK_FALSE(restored->office->hasWorkspace());
}

TEST_CASE("backup: the backups of a stick are listed, newest first, damaged ones as such")
{
    BackedOffice office;
    CHECK(backupsIn(office.stick)->empty());
    CHECK(backupsIn(office.served.folderOf("nowhere")).error().code == Errc::NotFound);
    const auto first = office.backUp();
    const auto second = office.backUp();
    std::filesystem::create_directory(office.stick / "photos.backup");
    auto listed = backupsIn(office.stick);
    REQUIRE(listed->size() == 2);
    CHECK(listed->front().folder == second);
    CHECK(listed->front().made > listed->back().made);
    CHECK(listed->front().bytes > 0);
    test::writeFile(second / "backup.manifest", viewOf("rubbish"));
    listed = backupsIn(office.stick);
    REQUIRE(listed->size() == 2);
    CHECK(listed->front().folder == first);
    CHECK(listed->back().files == 0);
    CHECK(backupsIn(first)->size() == 1);
}

TEST_CASE("backup: attachments that are lost are named, wherever they were lost, and remembered where they "
          "are missing")
{
    BackedOffice office;
    const auto made = office.anna->newCase("Rodzina próbna", "LIP/1");
    REQUIRE(made);
    const auto scan = office.served.folderOf("scan.pdf");
    test::writeFile(scan, viewOf("%PDF-1.7 umowa"));
    REQUIRE(Attachments(*office.anna).add(made->id, {scan, {}}));
    const auto whole = createBackup(*office.anna, office.stick);
    REQUIRE(whole);
    CHECK(whole->lost.empty());
    CHECK(checkBackup(whole->folder, nullptr, office.served.around())->onlyAttachments);
    const LostAttachment lost{"scan.pdf", made->number + " (Rodzina próbna)", true, false};

    // On the stick.
    std::filesystem::remove(theAttachmentIn(whole->folder));
    const auto unopened = checkBackup(whole->folder, nullptr, office.served.around());
    REQUIRE(unopened);
    CHECK(unopened->onlyAttachments);
    CHECK(unopened->lost == std::vector<LostAttachment>(1));
    const auto opened = office.check(whole->folder, kByPassphrase);
    REQUIRE(opened);
    CHECK(opened->onlyAttachments);
    CHECK(opened->lost == std::vector{lost});
    const Profiles profiles(office.served.folderOf("profiles"));
    const auto restored = profiles.restore(whole->folder, kByPassphrase, office.served.around());
    REQUIRE(restored);
    CHECK(restored->lost == std::vector{lost});
    {
        auto later = Office::open(restored->folder, ServedOffice::kPassphrase, office.served.around());
        REQUIRE(later);
        CHECK(*leftOut(**later) == std::vector{lost});
        REQUIRE(forgetLeftOut(**later));
        CHECK(leftOut(**later)->empty());
    }

    // On the device.
    test::writeFile(theAttachmentIn(office.served.folderOf("Anna")), viewOf("something else"));
    const auto without = createBackup(*office.anna, office.stick);
    REQUIRE(without);
    REQUIRE(without->lost.size() == 1);
    CHECK(without->lost.front().name == "scan.pdf");
    CHECK_FALSE(without->lost.front().isMissing);
    CHECK(leftOut(*office.anna)->empty());
}

TEST_CASE("backup: a damaged database is not said to be a loss of attachments only")
{
    BackedOffice office;
    const auto backup = office.backUp();
    Bytes content = test::readFile(backup / "vault.db");
    content[content.size() / 2] ^= 1;
    test::writeFile(backup / "vault.db", content);
    CHECK_FALSE(office.check(backup, kByPassphrase)->onlyAttachments);
    CHECK(office.check(backup, kByPassphrase)->lost.empty());
    test::writeFile(backup / "backup.manifest", viewOf("rubbish"));
    CHECK_FALSE(office.check(backup, kByPassphrase)->onlyAttachments);
}

TEST_CASE("backup: restored among the profiles of a machine, or not at all")
{
    BackedOffice office;
    REQUIRE(office.anna->newCase("Rodzina próbna", {}));
    const auto backup = office.backUp();
    const auto folder = office.served.folderOf("profiles");
    const Profiles profiles(folder);
    CHECK(
        profiles.restore(backup, BackupSecret{SecretText("wrong"), {}}, office.served.around()).error().code
        == Errc::WrongPassphrase);
    const auto stop = [](std::uint64_t, std::uint64_t) { return false; };
    CHECK(
        profiles.restore(backup, kByPassphrase, office.served.around(), stop).error().code == Errc::Refused);
    CHECK(std::filesystem::is_empty(folder));
    const auto made = profiles.restore(backup, kByPassphrase, office.served.around());
    REQUIRE(made);
    REQUIRE(profiles.list()->size() == 1);
    CHECK(profiles.list()->front().folder == made->folder);
    CHECK(made->lost.empty());
    CHECK(profiles.list()->front().shown.empty());
    auto opened = Office::open(made->folder, ServedOffice::kPassphrase, office.served.around());
    REQUIRE(opened);
    CHECK(titlesOf(**opened) == std::multiset<std::string>{"Rodzina próbna"});
}
