// SPDX-License-Identifier: EUPL-1.2
#include "app/service/plain_words.h"

#include "tests/support/catch.h"

using namespace teren;
using namespace teren::service;

namespace {

const std::string kDevice = "0123456789abcdef0123456789abcdef";
const std::string kCase = "fedcba9876543210fedcba9876543210";

const Naming kNaming{
    [](const DeviceId& id) { return id.hex() == kDevice ? "device AS-1" : "a device unknown here"; },
    [](const SpaceId& id) { return id.hex() == kCase ? "case LIP/1 (Rodzina)" : "a case unknown here"; }};

std::string plain(const std::string& notice)
{
    return inPlainWords(notice, kNaming);
}

}  // namespace

TEST_CASE("plain words: identifiers give way to names")
{
    CHECK(plain("Device " + kDevice + " has seen another log.") == "Device AS-1 has seen another log.");
    CHECK(plain("Device " + kCase + " has seen it.") == "A device unknown here has seen it.");
    CHECK(
        plain("A key for space " + kCase + " was granted, but it does not open.")
        == "A key for case LIP/1 (Rodzina) was granted, but it does not open.");
    CHECK(
        plain("The opening of case " + kDevice + ", decided here")
        == "The opening of a case unknown here, decided here");
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
