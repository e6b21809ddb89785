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

}  // namespace teren::test
