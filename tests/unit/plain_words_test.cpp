// SPDX-License-Identifier: EUPL-1.2
#include "app/service/plain_words.h"

#include "tests/support/catch.h"

using namespace teren;
using namespace teren::service;

namespace {

using What = NoticePart::What;

const std::string kDevice = "0123456789abcdef0123456789abcdef";
const std::string kCase = "fedcba9876543210fedcba9876543210";

const Naming kNaming{
    [](const DeviceId& id) {
        return id.hex() == kDevice ? NoticePart{What::Device, "AS-1"} : NoticePart{What::NamelessDevice, {}};
    },
    [](const SpaceId& id) {
        return id.hex() == kCase ? NoticePart{What::Case, "LIP/1 (Rodzina)"}
                                 : NoticePart{What::UnknownCase, {}};
    }};

std::string plain(const std::string& notice)
{
    return inPlainWords(notice, kNaming);
}

}  // namespace

TEST_CASE("plain words: identifiers give way to names")
{
    CHECK(plain("Device " + kDevice + " has seen another log.") == "Device AS-1 has seen another log.");
    CHECK(plain("Device " + kCase + " has seen it.") == "A device that has no name here has seen it.");
    CHECK(
        plain("A key for space " + kCase + " was granted, but it does not open.")
        == "A key for case LIP/1 (Rodzina) was granted, but it does not open.");
    CHECK(
        plain("The opening of case " + kDevice + ", decided here")
        == "The opening of a case that has not arrived on this device, decided here");
    CHECK(
        plain("A void of work of device " + kDevice + " in space " + kCase + ", decided here")
        == "A void of work of device AS-1 in case LIP/1 (Rodzina), decided here");
}

TEST_CASE("plain words: what tells one notice from another goes")
{
    CHECK(plain("log at height 12 (1a2b3c4d) than here: it lies.") == "log at height 12 than here: it lies.");
    CHECK(plain("Invitation 1a2b3c4d, decided here") == "Invitation, decided here");
    CHECK(
        plain("goes on under the new life 12345678901234567890: it was restored")
        == "goes on under a new life: it was restored");
    CHECK(
        plain("restored from a backup, as number 123. The old device")
        == "restored from a backup. The old device");
    CHECK(
        plain("the new life of this device, 12345678901, so it is")
        == "the new life of this device, so it is");
    CHECK(plain("Identifier " + kCase + " is odd.") == "Identifier is odd.");
}

TEST_CASE("plain words: all else stays as it is")
{
    for (const char* same :
         {"", "The search index of 12 records was made anew. Nothing was lost.",
          "on 2026-11-23T06:00:00.000Z (noticed)", "cafe bead deadbeef", "two  blanks", "(1) 2, 3."})
        CHECK(plain(same) == std::string(same));
    CHECK(noticeOfFinding("the mark cannot be read").find("the mark cannot be read") != std::string::npos);
}

TEST_CASE("plain words: a notice of a known kind comes with what it names")
{
    const store::Notice told{
        3, store::noticeText(NoticeKind::WorkReplaced, {kDevice, "17", kCase}), Instant{}};
    const Notice notice = namedNotice(told, kNaming);
    CHECK(notice.id == 3);
    CHECK(
        notice.text.starts_with("What device AS-1 wrote from change 17 on in case LIP/1 (Rodzina) was lost"));
    REQUIRE(notice.kind == NoticeKind::WorkReplaced);
    REQUIRE(notice.parts.size() == 3);
    CHECK(notice.parts[0].what == What::Device);
    CHECK(notice.parts[0].words == "AS-1");
    CHECK(notice.parts[1].what == What::Text);
    CHECK(notice.parts[1].words == "17");
    CHECK(notice.parts[2].what == What::Case);
    CHECK(notice.parts[2].words == "LIP/1 (Rodzina)");

    const Notice unknown = namedNotice({4, "Device " + kDevice + " sang.", Instant{}}, kNaming);
    CHECK_FALSE(unknown.kind.has_value());
    CHECK(unknown.parts.empty());
    CHECK(unknown.text == "Device AS-1 sang.");
}
