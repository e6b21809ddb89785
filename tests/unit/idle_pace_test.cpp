// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/idle_pace.h"
#include "tests/support/catch.h"
#include "tests/support/seeded.h"

using namespace teren;
using namespace std::chrono_literals;

TEST_CASE("idle pace: a window that nobody touches is locked when its time is over, and not before")
{
    test::ManualClock clock;
    IdlePace pace;
    pace.setLimit(3min);
    CHECK_FALSE(pace.wait(clock.now()));
    pace.opened(clock.now());
    CHECK(pace.wait(clock.now()) == 3min);
    clock.advance(3min - 1ms);
    CHECK(pace.wait(clock.now()) == 1ms);
    clock.advance(1ms);
    CHECK(pace.wait(clock.now()) == 0ms);
    pace.closed();
    CHECK_FALSE(pace.wait(clock.now()));
}

TEST_CASE("idle pace: whoever touches it has the whole time again")
{
    test::ManualClock clock;
    IdlePace pace;
    pace.setLimit(3min);
    pace.opened(clock.now());
    clock.advance(2min);
    pace.touched(clock.now());
    clock.advance(2min);
    CHECK(pace.wait(clock.now()) == 1min);
}

TEST_CASE("idle pace: a touch of a locked window opens nothing and starts no time")
{
    test::ManualClock clock;
    IdlePace pace;
    pace.touched(clock.now());
    CHECK_FALSE(pace.wait(clock.now()));
}

TEST_CASE("idle pace: a shorter time holds at once, and time asleep counts")
{
    test::ManualClock clock;
    IdlePace pace;
    pace.setLimit(30min);
    pace.opened(clock.now());
    clock.advance(2min);
    pace.setLimit(1min);
    CHECK(pace.wait(clock.now()) == 0ms);
    pace.setLimit(30min);
    clock.advance(8h);
    CHECK(pace.wait(clock.now()) == 0ms);
}

TEST_CASE("idle pace: a clock that was set back never makes the time longer")
{
    test::ManualClock clock;
    IdlePace pace;
    pace.setLimit(5min);
    pace.opened(clock.now());
    clock.set(clock.now() - 24h);
    CHECK(pace.wait(clock.now()) == 5min);
    clock.advance(5min);
    CHECK(pace.wait(clock.now()) == 0ms);
}
