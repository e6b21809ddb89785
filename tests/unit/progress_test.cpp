// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/catch.h"
#include "tests/support/client_desk.h"

// How far a session has come, and how long it still takes.
namespace teren::test {
namespace {

using namespace std::chrono_literals;
using engine::RateMeter;

constexpr Instant kBegin{std::chrono::hours(24 * 365 * 50)};

}  // namespace

TEST_CASE("progress: a rate is what came lately, and nothing before there is enough of it", "[engine]")
{
    RateMeter meter;
    CHECK(meter.perSecond(kBegin) == 0);
    meter.begin(kBegin);
    meter.note(1'000, kBegin + 100ms);
    CHECK(meter.perSecond(kBegin + 100ms) == 0);
    meter.note(7'000, kBegin + 1s);
    CHECK(meter.perSecond(kBegin + 1s) == 8'000);
    // A line that became slower is as slow as it is.
    for (int second = 2; second <= 40; ++second)
        meter.note(1'000, kBegin + std::chrono::seconds(second));
    CHECK(meter.perSecond(kBegin + 40s) <= 1'100);
    CHECK(meter.perSecond(kBegin + 40s) >= 900);
    // After a pause it is measured anew; a clock that is set back breaks nothing.
    meter.note(5'000, kBegin + 100s);
    CHECK(meter.perSecond(kBegin + 101s) == 5'000);
    meter.note(5'000, kBegin);
    CHECK(meter.perSecond(kBegin) == 0);
}

TEST_CASE("progress: time is what the slower direction needs, and is not guessed", "[engine]")
{
    RateMeter up;
    RateMeter down;
    CHECK_FALSE(engine::timeFor(0, up, 0, down, kBegin));
    CHECK_FALSE(engine::timeFor(1, up, 0, down, kBegin));
    up.begin(kBegin);
    up.note(1'000, kBegin + 1s);
    CHECK(engine::timeFor(2'500, up, 0, down, kBegin + 1s) == 3s);
    CHECK_FALSE(engine::timeFor(2'500, up, 1, down, kBegin + 1s));
    down.begin(kBegin);
    down.note(100, kBegin + 1s);
    CHECK(engine::timeFor(2'500, up, 1'000, down, kBegin + 1s) == 10s);
}

TEST_CASE(
    "progress: both directions of a session are counted, what has left before what is confirmed", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(2, 1'000);
    const ledger::Segment ours = desk.save(3'000);
    desk.connect();
    wire::Answer answer = desk.office.answer(0);
    answer.toReceive = 2 * (1'000 + 268);
    desk.hear(answer);
    CHECK(desk.machine.progress(desk.now).received.total == 2'536);
    CHECK(desk.machine.progress(desk.now).received.done == 0);
    CHECK(desk.machine.progress(desk.now).sent.total == 3'000);
    CHECK(desk.machine.progress(desk.now).sent.done == 0);
    desk.now += 1s;
    desk.machine.left(1'500, desk.now);
    desk.hear(desk.office.page(0, 1));
    const engine::Progress half = desk.machine.progress(desk.now);
    CHECK(half.sent.done == 1'500);
    CHECK(half.received.done == 1'268);
    CHECK(half.timeLeft == 1s);
    desk.machine.left(1'600, desk.now);
    desk.hear(desk.office.page(1, 2));
    desk.office.append(ours);
    desk.hear(desk.office.receipt(2));
    CHECK(desk.machine.state() == engine::ClientMachine::State::Settled);
    const engine::Progress whole = desk.machine.progress(desk.now);
    CHECK(whole.sent.done == 3'000);
    CHECK(whole.sent.total == 3'000);
    CHECK(whole.received.left() == 0);
    CHECK_FALSE(whole.timeLeft);
}

TEST_CASE("progress: parts of a body are as large as the line carries in a second", "[engine]")
{
    ClientDesk desk;
    const ledger::Segment first = desk.save(2'000);
    desk.connect();
    desk.hear(wire::Answer{});
    desk.now += 1s;
    desk.machine.left(6'000, desk.now);
    desk.office.append(first);
    desk.save(20'000);
    desk.machine.localChange(desk.now);
    CHECK(desk.hear(desk.office.receipt(0)) == "put 0+6000, put 6000+6000, put 12000+6000, put 18000+2000");
}

}  // namespace teren::test
