// SPDX-License-Identifier: EUPL-1.2
#include "app/service/peer_sync.h"
#include "tests/support/two_workers.h"

#include <future>

using namespace teren;
using namespace teren::service;
using teren::test::TwoWorkers;

namespace {

/// The profile lies still while a test waits: whoever comes may go to it at once.
bool atOnce(const std::function<void()>& job)
{
    job();
    return true;
}

struct Waiting {
    explicit Waiting(PeerMeeting& meeting, PeerMeeting::AtProfile at = atOnce)
    {
        over = std::async(std::launch::async, [this, &meeting, at = std::move(at)] {
            meeting.listen(
                "127.0.0.1:0",
                [this](const std::string& where, const std::string& what) { told.set_value({where, what}); },
                [this] { return stop.load(); }, at);
        });
        const auto both = told.get_future().get();
        address = both.first;
        code = both.second;
    }

    std::promise<std::pair<std::string, std::string>> told;
    std::atomic<bool> stop = false;
    std::string address;
    std::string code;
    std::future<void> over;
};

}  // namespace

TEST_CASE("meeting: two devices exchange what each has, on threads that are not the profile's")
{
    TwoWorkers two;
    REQUIRE(two.anna->setFields(two.card, {{"situation", "Anny"}}));
    REQUIRE(two.marta->setFields(two.card, {{"strengths", "Marty"}}));
    auto hers = PeerMeeting::begin(*two.anna);
    REQUIRE(hers);
    Waiting waiting(**hers);
    CHECK_FALSE(PeerMeeting::begin(*two.marta, "no code"));
    auto mine = PeerMeeting::begin(*two.marta, waiting.code);
    REQUIRE(mine);
    (*mine)->call(waiting.address, atOnce);
    waiting.over.get();
    const Result<PeerReport> taken = (*mine)->conclude();
    REQUIRE(taken);
    CHECK(taken->taken.changes >= 1);
    CHECK(taken->delivered);
    const Result<PeerReport> hersTaken = (*hers)->conclude();
    REQUIRE(hersTaken);
    CHECK(hersTaken->delivered);
    CHECK(hersTaken->sent == 1);
    CHECK(TwoWorkers::screen(*two.marta, two.card) == TwoWorkers::screen(*two.anna, two.card));
    CHECK(two.anna->record(two.card)->fields.at("strengths").text() == "Marty");
}

TEST_CASE("meeting: who stops waiting gets nothing, and a profile that is closed gives nothing away")
{
    TwoWorkers two;
    auto hers = PeerMeeting::begin(*two.anna);
    REQUIRE(hers);
    {
        Waiting waiting(**hers);
        waiting.stop = true;
        waiting.over.get();
    }
    CHECK((*hers)->conclude().error().code == Errc::Unreachable);

    auto again = PeerMeeting::begin(*two.anna);
    REQUIRE(again);
    Waiting closed(**again, [](const std::function<void()>&) { return false; });
    auto mine = PeerMeeting::begin(*two.marta, closed.code);
    REQUIRE(mine);
    (*mine)->call(closed.address, atOnce);
    CHECK_FALSE((*mine)->conclude());
    closed.stop = true;
    closed.over.get();
    CHECK_FALSE((*again)->conclude());
}
