// SPDX-License-Identifier: EUPL-1.2
#include "app/service/device_facts.h"

#include "app/service/attachments.h"
#include "app/service/office_parts.h"
#include "tests/support/files.h"
#include "tests/support/sample_pictures.h"
#include "tests/support/served_office.h"

using namespace teren;
using namespace teren::service;
using teren::test::ServedOffice;

TEST_CASE("device: what is here is counted as reading all of it would")
{
    ServedOffice served;
    const auto anna = served.founder("Anna");
    CHECK(deviceFacts(*anna)->cases == 0);
    const auto first = anna->newCase("Rodzina próbna", {});
    const auto second = anna->newCase("Druga", {});
    REQUIRE((first && second));
    REQUIRE(anna->addRecord(first->id, "note", {{"text", "Rozmowa."}}));
    const auto gone = anna->addRecord(second->id, "note", {{"text", "Pomyłka."}});
    REQUIRE(gone);
    REQUIRE(anna->deleteRecord(*gone));
    REQUIRE(anna->saveDraft("new-case", {.answers = {{"title", "Trzecia"}}, .shown = {}}));
    std::uint64_t records = 0;
    const auto cases = anna->cases();
    for (const CaseSummary& one : *cases)
        records += anna->records(one.id)->size();
    const auto facts = deviceFacts(*anna);
    REQUIRE(facts);
    CHECK(facts->cases == 2);
    CHECK(facts->records == records);
    CHECK(facts->drafts == 1);
}

TEST_CASE("device: a stranger, a changed header and a folder that is gone are seen at a glance")
{
    ServedOffice served;
    const auto anna = served.founder("Anna");
    CHECK(alarms(*anna).empty());
    const auto folder = served.folderOf("Anna");
    test::writeFile(folder / "vault.db-old", viewOf("x"));
    REQUIRE(alarms(*anna).size() == 1);
    CHECK(alarms(*anna).front().kind == Alarm::Kind::Stranger);
    CHECK(alarms(*anna).front().detail.contains("vault.db-old"));
    std::filesystem::remove(folder / "vault.db-old");
    const Bytes header = test::readFile(folder / "vault.header");
    Bytes bent = header;
    bent[100] ^= 1;
    test::writeFile(folder / "vault.header", bent);
    REQUIRE(alarms(*anna).size() == 1);
    CHECK(alarms(*anna).front().kind == Alarm::Kind::Header);
    test::writeFile(folder / "vault.header", header);
    CHECK(alarms(*anna).empty());
    std::filesystem::rename(folder, served.folderOf("away"));
    REQUIRE(alarms(*anna).size() == 1);
    CHECK(alarms(*anna).front().kind == Alarm::Kind::Gone);
    std::filesystem::rename(served.folderOf("away"), folder);
    CHECK(alarms(*anna).empty());
}

TEST_CASE("attachments: a photo is decoded to be shown, upright and no larger than asked; others are not")
{
    ServedOffice served;
    const auto anna = served.founder("Anna");
    const auto made = anna->newCase("Rodzina próbna", {});
    REQUIRE(made);
    const auto file = served.folderOf("photo.png");
    test::writeFile(file, test::talkingPng(test::samplePixels(900, 600), 6, "planted"));
    Attachments attachments(*anna);
    const auto added = attachments.add(made->id, {file, {}});
    REQUIRE(added);
    const auto shown = attachments.picture(added->id, 300);
    REQUIRE(shown);
    CHECK(shown->width == 200);
    CHECK(shown->height == 300);
    CHECK(shown->rgb.size() == std::size_t{200} * 300 * 3);
    const auto small = attachments.smallPicture(added->id);
    REQUIRE(small);
    CHECK(std::max(small->width, small->height) == 320);
    const auto letter = served.folderOf("letter.txt");
    test::writeFile(letter, viewOf("a letter"));
    const auto other = attachments.add(made->id, {letter, {}});
    REQUIRE(other);
    CHECK(attachments.picture(other->id, 300).error().code == Errc::Refused);
    CHECK(attachments.smallPicture(other->id).error().code == Errc::NotFound);
}
