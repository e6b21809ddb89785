// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/limits.h"

#include "tests/support/catch.h"
#include "tests/unit/merge/desk.h"

#include <limits>

namespace teren::test {
namespace {

constexpr std::chrono::milliseconds kSecond{1'000};

}  // namespace

TEST_CASE("hybrid clock: follows the wall clock", "[merge]")
{
    ManualClock wall;
    HybridClock clock(wall, {});
    CHECK(clock.issue() == HybridStamp{wall.now(), 0});
    wall.advance(kSecond);
    CHECK(clock.issue() == HybridStamp{wall.now(), 0});
}

TEST_CASE("hybrid clock: two changes in one millisecond differ", "[merge]")
{
    ManualClock wall;
    HybridClock clock(wall, {});
    const HybridStamp first = clock.issue();
    CHECK(clock.issue() > first);
}

TEST_CASE("hybrid clock: never runs back when somebody sets the laptop's date back", "[merge]")
{
    ManualClock wall;
    HybridClock clock(wall, {});
    const HybridStamp before = clock.issue();
    wall.advance(-std::chrono::hours(24 * 365));
    HybridStamp last = before;
    for (int i = 0; i < 70'000; ++i) {  // More than a tick can count.
        const HybridStamp next = clock.issue();
        REQUIRE(next > last);
        last = next;
    }
    CHECK(last.wall == before.wall + std::chrono::milliseconds(1));
}

TEST_CASE("hybrid clock: goes on from the greatest stamp in the store", "[merge]")
{
    ManualClock wall;
    const HybridStamp stored{wall.now() + kSecond, 4};
    HybridClock clock(wall, stored);
    CHECK(clock.issue() == HybridStamp{stored.wall, 5});
}

TEST_CASE("hybrid clock: a change made after reading another is stamped later", "[merge]")
{
    ManualClock wall;
    HybridClock clock(wall, {});
    const HybridStamp remote{wall.now() + limits::kClockLeadMax, 7};
    clock.observe(remote);
    CHECK(clock.issue() > remote);
}

TEST_CASE("hybrid clock: a device whose clock is hours ahead does not drag the others along", "[merge]")
{
    ManualClock wall;
    HybridClock clock(wall, {});
    clock.observe({wall.now() + limits::kClockLeadMax + std::chrono::milliseconds(1), 0});
    CHECK(clock.issue() == HybridStamp{wall.now(), 0});
    clock.observe({Instant::max(), std::numeric_limits<std::uint16_t>::max()});
    CHECK(clock.last().wall == wall.now());
}

TEST_CASE("hybrid clock: an afternoon far in the future is over when the date is right again", "[merge]")
{
    ManualClock wall;
    HybridClock clock(wall, {});
    clock.heard(wall.now());
    const Instant right = wall.now() + kSecond;
    wall.set(right + std::chrono::days(40 * 365));
    CHECK(clock.issue().wall == wall.now());
    wall.set(right);
    CHECK(clock.issue() == HybridStamp{right, 0});
    CHECK(clock.issue() == HybridStamp{right, 1});
    // As little ahead as clocks are allowed to differ, it only waits.
    wall.advance(limits::kClockLeadMax);
    const HybridStamp last = clock.issue();
    wall.advance(-limits::kClockLeadMax);
    CHECK(clock.issue() > last);
}

TEST_CASE("hybrid clock: a date that the office knows to be behind does not undo what was right", "[merge]")
{
    ManualClock wall;
    HybridClock clock(wall, {});
    const Instant office = wall.now();
    clock.heard(office);
    wall.advance(std::chrono::days(5));  // Without the office, and with a clock that is right.
    const HybridStamp last = clock.issue();
    wall.set(office - std::chrono::days(3'000));  // A flat battery.
    CHECK(clock.issue() > last);
    CHECK(clock.last().wall == last.wall);

    HybridClock both(wall, {office + limits::kClockAwayMax + kSecond, 0});
    both.heard(office);
    CHECK(both.issue() == HybridStamp{wall.now(), 0});
}

}  // namespace teren::test
