// SPDX-License-Identifier: EUPL-1.2
//
// Goal: work that nobody has a receipt for is told as overdue after a day, whatever is done to the clock of
// the device meanwhile, and the time since when it waits is never ahead of that clock.
//
// Methodology: the rule by itself, then real stores with a clock that is set.
#include "app/store/unsent_since.h"
#include "crypto/base/limits.h"
#include "tests/support/store_office.h"

#include <algorithm>

namespace teren::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

using store::anchored;
using store::UnsentAnchor;

const Instant kNow = ManualClock().now();

Instant since(StoreDevice& device)
{
    const std::optional<Instant> found = must(device->outboxCounts()).oldestUnsent;
    REQUIRE(found.has_value());
    CHECK(found.value_or(Instant()) <= device.clock.now());
    return found.value_or(Instant());
}

bool isOverdue(StoreDevice& device)
{
    return device.clock.now() - since(device) >= limits::kUnsentAlarm;
}

bool isToldOfClock(StoreDevice& device)
{
    return std::ranges::any_of(must(device->notices()), [](const store::Notice& notice) {
        return notice.text.find("bears a time that its clock has not reached") != std::string::npos;
    });
}

struct Clocks : StoreOffice {
    Clocks() : space(anna.openCase()) { sync(anna); }

    StoreDevice& anna = founder();
    SpaceId space;
};

}  // namespace

TEST_CASE("unsent since: with a clock that goes on, it is the time of the oldest work", "[store]")
{
    const UnsentAnchor first = anchored({}, kNow, kNow + 1h, kNow - 1h);
    CHECK(first.sinceAt(kNow + 1h) == kNow);
    CHECK(anchored(first, kNow, kNow + days(40), kNow - 1h).sinceAt(kNow + days(40)) == kNow);
    // Once that is confirmed, later work counts for itself.
    CHECK(anchored(first, kNow + 5h, kNow + 6h, kNow - 1h).sinceAt(kNow + 6h) == kNow + 5h);
    // Older work that the server has lost since counts from its own time.
    CHECK(anchored(first, kNow - 9h, kNow + 6h, kNow - 1h).sinceAt(kNow + 6h) == kNow - 9h);
}

TEST_CASE("unsent since: a clock that is set takes no alarm back and makes none of its own", "[store]")
{
    const UnsentAnchor late = anchored({}, kNow, kNow + days(3), {});
    REQUIRE(late.isOverdue);
    // Set back behind all that: still told.
    const Instant past = kNow - days(9);
    CHECK(past - anchored(late, kNow, past, {}).sinceAt(past) >= limits::kUnsentAlarm);
    // A clock that was behind the office's and is set right: from the office's time on.
    const UnsentAnchor behind = anchored({}, kNow, kNow - 30h, kNow - 1min);
    CHECK(behind.sinceAt(kNow - 30h) == kNow - 30h);
    const UnsentAnchor right = anchored(behind, kNow, kNow + 1h, kNow - 1min);
    CHECK(right.sinceAt(kNow + 1h) == kNow - 1min);
    CHECK_FALSE(right.isOverdue);
    // A colleague's clock that is a little ahead is no clock that was set.
    CHECK(anchored({}, kNow + 30min, kNow, kNow - days(3)).sinceAt(kNow) == kNow);
}

TEST_CASE_METHOD(
    Clocks, "unsent since: written a month ahead, then set right: overdue after a day", "[store]")
{
    const Instant start = anna.clock.now();
    anna.clock.set(start + days(30));
    anna.add(space, "note", "text", "ahead");
    CHECK_FALSE(isOverdue(anna));
    anna.clock.set(start + 2h);
    CHECK_FALSE(isOverdue(anna));
    CHECK(isToldOfClock(anna));
    const Instant known = since(anna);
    anna.reopen();
    anna.clock.set(start + 20h);
    CHECK(since(anna) == known);  // It does not move along with the clock.
    CHECK_FALSE(isOverdue(anna));
    for (const days later : {days(5), days(29), days(31)}) {
        anna.clock.set(start + later);
        CHECK(isOverdue(anna));
        CHECK(since(anna) == known);
        CHECK(must(anna->delivery(space)).at(0).oldestUnsent == known);
    }
    sync(anna);
    CHECK_FALSE(must(anna->outboxCounts()).oldestUnsent.has_value());
}

TEST_CASE_METHOD(Clocks, "unsent since: nobody looked while the clock was ahead", "[store]")
{
    const Instant start = anna.clock.now();
    must(anna->heardTime(start, start));
    anna.clock.set(start + days(30));
    anna.add(space, "note", "text", "ahead");
    anna.clock.set(start + days(5));
    CHECK(since(anna) == start);  // After the last contact, as much as is known.
}

TEST_CASE_METHOD(Clocks, "unsent since: a clock more than a year behind", "[store]")
{
    const Instant start = anna.clock.now();
    must(anna->heardTime(start, start));
    anna.clock.set(start - days(400));
    anna.add(space, "note", "text", "behind");
    CHECK_FALSE(isOverdue(anna));
    CHECK(isToldOfClock(anna));
    anna.clock.advance(5 * days(1));
    CHECK(isOverdue(anna));
    CHECK(must(anna->delivery(space)).at(0).oldestUnsent == since(anna));
    anna.clock.set(start + 1h);
    CHECK_FALSE(isOverdue(anna));
}

TEST_CASE_METHOD(Clocks, "unsent since: later work does not inherit the age of what was confirmed", "[store]")
{
    anna.add(space, "note", "text", "one");
    CHECK_FALSE(isOverdue(anna));
    anna.clock.advance(23h);
    sync(anna);
    anna.add(space, "note", "text", "two");
    anna.clock.advance(2h);
    CHECK_FALSE(isOverdue(anna));
    CHECK_FALSE(isToldOfClock(anna));
}

}  // namespace teren::test
