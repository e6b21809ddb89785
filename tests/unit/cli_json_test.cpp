// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/exit_code.h"
#include "app/cli/json.h"
#include "app/cli/peer_commands.h"
#include "app/cli/sync_command.h"

#include "tests/support/catch.h"

namespace teren::cli {

TEST_CASE("json: bytes that are no text are replaced, not the end of the program", "[cli]")
{
    CHECK(oneLine(Json{{"value", "\xff ok"}}) == "{\"value\":\"\xef\xbf\xbd ok\"}");
    CHECK(oneLine(Json{{"value", "łódź"}}) == "{\"value\":\"łódź\"}");
}

TEST_CASE("text: how far a sync is, in a line", "[cli]")
{
    service::SyncProgress progress;
    CHECK(lineFor(progress).empty());
    progress.sent = {1'500, 300'000};
    CHECK(lineFor(progress) == "sent 2 of 300 kB");
    progress.received = {0, 1};
    progress.filesReceived = {10'000, 20'000};
    progress.timeLeft = std::chrono::seconds(75);
    CHECK(
        lineFor(progress)
        == "sent 2 of 300 kB, received 0 of 1 kB, attachments received 10 of 20 kB, about 75 s left");
}

TEST_CASE("json: a moment is written in UTC with milliseconds, none as null", "[cli]")
{
    const Instant moment{std::chrono::milliseconds(1'795'356'123'004)};
    CHECK(toJson(std::optional(moment)) == "2026-11-22T14:02:03.004Z");
    CHECK(toJson(std::optional<Instant>()).is_null());
}

TEST_CASE("text: nothing that was written elsewhere steers a terminal", "[cli]")
{
    const std::string wild = "a\x1b[2J\x7f\xC2\x9B"
                             "31m\xE2\x80\xAE"
                             "dno\xE2\x81\xA6"
                             "b\xE2\x80\xA8"
                             "c\xC2\x80"
                             "d";
    CHECK(toText(Json{{"value", wild}}) == "value: a [2J  31m dno b c d\n");
    CHECK(toText(Json{{wild, "x"}}) == "a [2J  31m dno b c d: x\n");
    const Json list = Json::array({Json{{wild, wild}}});
    CHECK(toText(list) == "a [2J  31m dno b c d\na [2J  31m dno b c d\n");
    CHECK(toText(Json("lone \x9B byte")) == "lone ? byte\n");
    CHECK(
        toText(Json("łódź\n№ 5 – „tak” \xC2\xA0 👩‍👧"))
        == "łódź\n№ 5 – „tak” \xC2\xA0 👩‍👧\n");
}

TEST_CASE("json: what steers a terminal is escaped and remains the same value", "[cli]")
{
    const Json value{{"a\xC2\x80", "\x1b\x7f\xC2\x9B \xE2\x80\xAE \xE2\x81\xA9 \xD8\x9C \xE2\x80\x8F\\"}};
    CHECK(oneLine(value) == R"({"a\u0080":"\u001b\u007f\u009b \u202e \u2069 \u061c \u200f\\"})");
    CHECK(Json::parse(oneLine(value)) == value);
    const Json harmless{"łódź\n№ 5 – „tak” \xC2\xA0 👩‍👧"};
    CHECK(oneLine(harmless) == harmless.dump());
}

TEST_CASE("an error of a line without a server says itself what to do")
{
    CHECK(sentenceFor({Errc::Unreachable, "the line broke. Call again."}) == "the line broke. Call again.");
    CHECK(sentenceFor({Errc::Unreachable, "no answer"}).find("the server") != std::string::npos);
    CHECK(sentenceFor({Errc::Refused, "not so."}).find("Nothing was changed") != std::string::npos);
}

TEST_CASE("error: who waited for a colleague is told what was kept and what was not sent", "[cli]")
{
    service::PeerReport report;
    report.taken.changes = 3;
    const auto said = [&](const Error& why) {
        report.delivered = std::unexpected(why);
        return sentenceFor(halfExchanged(report));
    };
    const std::string broken = said({Errc::Unreachable, "the line broke"});
    CHECK(broken.find("the line broke: it is not known whether it has what was sent to it. ") == 0);
    const std::string own = said({Errc::Disk, "a read failed"});
    CHECK(own.find("could not be put together (a read failed): nothing of it was sent") != own.npos);
    for (const std::string& sentence :
         {broken, own, said({Errc::DiskFull, {}}), said({Errc::Damaged, "a page"})}) {
        CHECK(sentence.find("is kept here (changes: 3), and nothing is lost") != sentence.npos);
        CHECK(sentence.find("Nothing of this step") == sentence.npos);
        CHECK(sentence.find("Nothing was changed") == sentence.npos);
    }
}

TEST_CASE("error: a sentence is one line and steers nothing", "[cli]")
{
    const std::string sentence = sentenceFor({Errc::Invalid, "zła\nwartość \x1b[0m\xC2\x9B"});
    CHECK(sentence.starts_with("zła wartość  [0m . "));
    CHECK(sentence.find('\n') == std::string::npos);
}

}  // namespace teren::cli
