// SPDX-License-Identifier: EUPL-1.2
// How a session seals what waits, step by step beside the line.
#include "tests/support/catch.h"
#include "tests/support/client_desk.h"

namespace teren::test {

using namespace std::chrono_literals;
using State = engine::ClientMachine::State;
using Calls = std::vector<std::string>;

namespace {

/// One segment is sealed at a time.
struct SealingDesk : ClientDesk {
    SealingDesk() { replica.sealMax = 1; }
    bool sealsAtOnce() const { return machine.wakeAt() <= now; }
};

}  // namespace

TEST_CASE("client sealing: the first segment is on its way before the next is sealed", "[engine]")
{
    SealingDesk desk;
    for (int i = 0; i < 3; ++i)
        desk.save();
    desk.connect();
    CHECK(desk.hear(wire::Answer{}) == "put 0+200");
    CHECK(desk.replica.unsealed.size() == 2);
    CHECK(desk.sealsAtOnce());
    CHECK(desk.did(desk.machine.woken(desk.now)) == "put 0+200");
    CHECK(desk.sealsAtOnce());
    CHECK(desk.did(desk.machine.woken(desk.now)) == "put 0+200");
    CHECK_FALSE(desk.sealsAtOnce());
    CHECK(desk.machine.wakeAt() >= desk.now + engine::ClientMachine::kReplyWait);
    CHECK(desk.machine.counts().roundTrips == 2);
    for (const ledger::Segment& segment : desk.replica.unsent)
        desk.office.append(segment);
    CHECK(desk.hear(desk.office.receipt(0)) == "");
    CHECK(desk.machine.state() == State::Settled);
}

TEST_CASE("client sealing: a session does not end before all is sealed and confirmed", "[engine]")
{
    SealingDesk desk;
    for (int i = 0; i < 3; ++i)
        desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    // Each receipt comes while nothing else is under way.
    for (std::uint64_t i = 0; i < 3; ++i) {
        CHECK(desk.machine.state() == State::Uploading);
        CHECK_FALSE(desk.machine.isDone());
        desk.office.append(desk.replica.unsent.back());
        CHECK(desk.hear(desk.office.receipt(i)) == (i < 2 ? "put 0+200" : ""));
    }
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.machine.counts().confirmed == 3);
    CHECK_FALSE(desk.sealsAtOnce());
}

TEST_CASE("client sealing: no more is sealed than the line takes", "[engine]")
{
    SealingDesk desk;
    for (int i = 0; i < 8; ++i)
        desk.save(100'000);
    desk.connect();
    desk.hear(wire::Answer{});
    while (desk.sealsAtOnce())
        desk.did(desk.machine.woken(desk.now));
    CHECK(desk.replica.unsent.size() == 3);  // More than 256 KiB.
    desk.office.append(desk.replica.unsent[0]);
    desk.hear(desk.office.receipt(0));
    CHECK(desk.replica.unsent.size() == 4);
    CHECK_FALSE(desk.sealsAtOnce());
}

TEST_CASE("client sealing: what happens between two steps does not keep the next from being made", "[engine]")
{
    SealingDesk desk;
    desk.colleagueWrites(2);
    for (int i = 0; i < 3; ++i)
        desk.save();
    desk.connect();
    CHECK(desk.hear(desk.office.answer(0)) == "put 0+200");
    CHECK(desk.hear(desk.office.page(0, 1)) == "");
    CHECK(desk.sealsAtOnce());
    CHECK(desk.did(desk.machine.woken(desk.now)) == "put 0+200");
    CHECK(desk.hear(desk.office.page(1, 2)) == "");
    desk.now -= 1h;  // Somebody sets the clock back.
    desk.did(desk.machine.localChange(desk.now));
    CHECK(desk.sealsAtOnce());
    CHECK(desk.did(desk.machine.woken(desk.now)) == "put 0+200");
}

TEST_CASE("client sealing: what is saved while nothing is left to seal goes when all has landed", "[engine]")
{
    SealingDesk desk;
    desk.save();
    desk.connect();
    CHECK(desk.hear(wire::Answer{}) == "put 0+200");
    CHECK_FALSE(desk.sealsAtOnce());
    desk.save(300);
    desk.save(400);
    CHECK(desk.did(desk.machine.localChange(desk.now)) == "");
    desk.office.append(desk.replica.unsent[0]);
    CHECK(desk.hear(desk.office.receipt(0)) == "put 0+300");
    CHECK(desk.sealsAtOnce());
    CHECK(desk.did(desk.machine.woken(desk.now)) == "put 0+400");
}

TEST_CASE("client sealing: saving without a pause does not keep own statements waiting", "[engine]")
{
    SealingDesk desk;
    desk.save();
    desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    desk.save();
    desk.machine.localChange(desk.now);
    CHECK(desk.did(desk.machine.woken(desk.now)) == "put 0+200");
    desk.save();
    desk.machine.localChange(desk.now);
    CHECK_FALSE(desk.sealsAtOnce());
    CHECK(desk.replica.unsealed.size() == 2);
    const ledger::SignedStatement draft = desk.office.sign(
        desk.office.founder(), {ledger::NewLife{77, desk.office.founder().statement.life}});
    desk.replica.drafts = [draft] { return std::vector{draft}; };
    desk.office.append(desk.replica.unsent[0]);
    CHECK(desk.hear(desk.office.receipt(0)) == "");
    desk.office.append(desk.replica.unsent[1]);
    CHECK(desk.hear(desk.office.receipt(1)) == "submit 1");
    CHECK(desk.hear(wire::StatementsResult{}) == "put 0+200");
    CHECK(desk.did(desk.machine.woken(desk.now)) == "put 0+200");
}

TEST_CASE("client sealing: a chain that is refused does not hold up the session", "[engine]")
{
    SealingDesk desk;
    for (int i = 0; i < 3; ++i)
        desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    CHECK(
        desk.hear(wire::SegmentRefused{desk.replica.unsent[0].head.hash, wire::SegmentRefusal::NotAWriter})
        == "");
    // The rest has nothing to stand on; it is sealed all the same, as it would be for a later session.
    CHECK(desk.machine.state() == State::Uploading);
    CHECK(desk.sealsAtOnce());
    CHECK(desk.did(desk.machine.woken(desk.now)) == "");
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.unsealed.empty());
}

TEST_CASE("client sealing: what needs the members' log first stops the sealing", "[engine]")
{
    SealingDesk desk;
    for (int i = 0; i < 4; ++i)
        desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    desk.did(desk.machine.woken(desk.now));
    REQUIRE(desk.replica.unsent.size() == 2);
    const auto stale = [&](std::size_t i) {
        return wire::SegmentRefused{desk.replica.unsent[i].head.hash, wire::SegmentRefusal::StaleEpoch};
    };
    CHECK(desk.hear(stale(0)) == "");
    CHECK_FALSE(desk.sealsAtOnce());
    CHECK(desk.replica.unsealed.size() == 2);
    CHECK(desk.hear(stale(1)) == "refresh");
    // In place of sealing anew, for which this replica has no keys, they are sent again.
    CHECK(desk.hear(wire::Answer{}) == "put 0+200, put 0+200, put 0+200");
    CHECK(desk.did(desk.machine.woken(desk.now)) == "put 0+200");
    for (const ledger::Segment& segment : desk.replica.unsent)
        desk.office.append(segment);
    desk.hear(desk.office.receipt(0));
    CHECK(desk.machine.state() == State::Settled);
}

TEST_CASE("client sealing: statements that come between two steps are looked at before the end", "[engine]")
{
    SealingDesk desk;
    desk.save();
    desk.save();
    desk.connect();
    REQUIRE(desk.hear(wire::Answer{}) == "put 0+200");
    desk.office.take(desk.office.sign(
        desk.office.colleague(),
        {ledger::Invite{InvitationId::random(desk.office.random()), {}, ledger::ReadInternal, {}}}));
    wire::Answer news;
    news.statements = {desk.office.statements().back()};
    CHECK(desk.hear(news) == "");
    CHECK(desk.did(desk.machine.woken(desk.now)) == "put 0+200");
    // What they mean for this device: it has something to say now.
    const ledger::SignedStatement draft = desk.office.sign(
        desk.office.founder(), {ledger::NewLife{77, desk.office.founder().statement.life}});
    desk.replica.drafts = [draft] { return std::vector{draft}; };
    for (const ledger::Segment& segment : desk.replica.unsent)
        desk.office.append(segment);
    CHECK(desk.hear(desk.office.receipt(0)) == "submit 1");
}

TEST_CASE("client sealing: a line that is lost ends the steps, and the next session goes on", "[engine]")
{
    SealingDesk desk;
    desk.save();
    desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    REQUIRE(desk.sealsAtOnce());
    desk.machine.lost(desk.now);
    CHECK_FALSE(desk.sealsAtOnce());
    CHECK(desk.replica.unsealed.size() == 1);
    CHECK(desk.connect() == "open");
    CHECK(desk.hear(wire::Answer{}) == "put 0+200, put 0+200");
}

TEST_CASE("client sealing: a disk that fails between two steps ends the session", "[engine]")
{
    SealingDesk desk;
    desk.save();
    desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    desk.replica.failure = Error{Errc::DiskFull, "no room"};
    CHECK(desk.did(desk.machine.woken(desk.now)) == "hang up");
    CHECK(desk.failure() == Errc::DiskFull);
    CHECK_FALSE(desk.sealsAtOnce());
}

TEST_CASE("client sealing: progress takes what is not sealed to be like what is", "[engine]")
{
    SealingDesk desk;
    for (const std::size_t size : {1'000U, 2'000U, 900U})
        desk.save(size, 2);
    desk.connect();
    desk.hear(wire::Answer{});
    CHECK(desk.machine.progress(desk.now).sent.total == 3'000);
    desk.did(desk.machine.woken(desk.now));
    CHECK(desk.machine.progress(desk.now).sent.total == 4'500);
    desk.did(desk.machine.woken(desk.now));
    CHECK(desk.machine.progress(desk.now).sent.total == 3'900);
    desk.office.append(desk.replica.unsent[0]);
    desk.hear(desk.office.receipt(0));
    CHECK(desk.machine.progress(desk.now).sent.done == 1'000);
    CHECK(desk.machine.progress(desk.now).sent.total == 3'900);
}

}  // namespace teren::test
