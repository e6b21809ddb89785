// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/draft_pace.h"
#include "tests/support/catch.h"
#include "tests/support/seed_list.h"
#include "tests/support/seeded.h"

#include <algorithm>
#include <vector>

using namespace teren;
using namespace std::chrono_literals;

namespace {

/// Somebody types into a form for a while; a disk takes the drafts.
struct Typing {
    test::ManualClock clock;
    DraftPace pace;
    std::chrono::milliseconds diskTakes = 0ms;

    std::vector<Instant> starts;
    std::chrono::milliseconds longestWait = 0ms;

    /// Types with the pauses that `pause()` gives for `whole`, then rests until everything is written.
    template <typename Pause>
    void run(std::chrono::milliseconds whole, Pause pause)
    {
        const Instant end = clock.now() + whole;
        Instant key = clock.now();
        std::vector<Instant> waiting;
        std::optional<Instant> writeEnds;
        while (key < end || !waiting.empty() || writeEnds) {
            const auto wait = pace.wait(clock.now());
            Instant next = wait ? clock.now() + *wait : Instant::max();
            if (writeEnds)
                next = std::min(next, *writeEnds);
            if (key < end && key <= next) {
                clock.set(key);
                waiting.push_back(key);
                pace.changed(key);
                key += pause();
                continue;
            }
            clock.set(next);
            if (writeEnds == next) {
                pace.finished();
                writeEnds.reset();
                continue;
            }
            pace.started(next);
            starts.push_back(next);
            for (const Instant typed : waiting)
                longestWait = std::max(longestWait, next - typed);
            waiting.clear();
            writeEnds = next + diskTakes;
        }
    }

    std::chrono::milliseconds shortestGap() const
    {
        auto shortest = std::chrono::milliseconds::max();
        for (std::size_t i = 1; i < starts.size(); ++i)
            shortest = std::min(shortest, starts[i] - starts[i - 1]);
        return shortest;
    }
};

}  // namespace

TEST_CASE("draft pace: a minute of steady typing is sixty writes, and no letter waits longer than a second")
{
    Typing typing;
    typing.run(60s, [] { return 80ms; });
    CHECK(typing.starts.size() <= 61);
    CHECK(typing.starts.size() >= 59);
    CHECK(typing.shortestGap() >= 1s);
    CHECK(typing.longestWait <= 1s);
}

TEST_CASE(
    "draft pace: however somebody types, writes are a second apart and letters wait no longer than that")
{
    for (const std::uint64_t seed : test::seedsToRun(200)) {
        test::SeededRandom random(seed);
        Typing typing;
        typing.run(120s, [&random] {
            const bool thinks = random.chance(5);
            return std::chrono::milliseconds(1 + random.below(thinks ? 4000 : 300));
        });
        INFO("seed " << seed);
        REQUIRE(typing.shortestGap() >= 1s);
        REQUIRE(typing.longestWait <= 1s);
    }
}

TEST_CASE("draft pace: a slow disk gets the next draft when it is done with the last")
{
    Typing typing;
    typing.diskTakes = 2500ms;
    typing.run(30s, [] { return 80ms; });
    CHECK(typing.shortestGap() >= 2500ms);
    CHECK(typing.longestWait <= 2500ms);
    CHECK(typing.starts.size() == 13);
}

TEST_CASE("draft pace: a letter after a rest is written soon, and a rest writes nothing")
{
    Typing typing;
    typing.run(1ms, [] { return 80ms; });
    REQUIRE(typing.starts.size() == 1);
    CHECK(typing.longestWait == DraftPace::kPause);
    typing.clock.advance(1h);
    CHECK_FALSE(typing.pace.wait(typing.clock.now()));
    typing.run(1ms, [] { return 80ms; });
    CHECK(typing.starts.size() == 2);
    CHECK(typing.longestWait == DraftPace::kPause);
}

TEST_CASE("draft pace: a clock that was set back holds no draft up")
{
    test::ManualClock clock;
    DraftPace pace;
    pace.changed(clock.now());
    pace.started(clock.now());
    pace.finished();
    clock.set(clock.now() - 24h);
    pace.changed(clock.now());
    REQUIRE(pace.wait(clock.now()));
    CHECK(*pace.wait(clock.now()) <= 1s);
}

TEST_CASE("draft pace: what was thrown away is not written")
{
    test::ManualClock clock;
    DraftPace pace;
    pace.changed(clock.now());
    CHECK(pace.isDirty());
    pace.dropped();
    CHECK_FALSE(pace.wait(clock.now()));
}
