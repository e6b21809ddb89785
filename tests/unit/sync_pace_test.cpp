// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/sync_pace.h"
#include "tests/support/catch.h"
#include "tests/support/seeded.h"

using namespace teren;
using namespace std::chrono_literals;

namespace {

struct Window {
    test::ManualClock clock;
    test::SeededRandom random{7};
    SyncPace pace{random};

    std::chrono::milliseconds wait() const { return pace.next().value() - clock.now(); }
    void talk(bool answered)
    {
        if (const auto next = pace.next())
            clock.set(*next);
        pace.started(clock.now());
        if (answered)
            pace.succeeded(clock.now());
        else
            pace.failed(clock.now());
    }
};

bool about(std::chrono::milliseconds wait, std::chrono::milliseconds whole)
{
    return wait >= whole * 3 / 4 && wait <= whole * 5 / 4;
}

}  // namespace

TEST_CASE("sync pace: a window with nothing to send asks soon after it was opened, then every few minutes")
{
    Window window;
    CHECK_FALSE(window.pace.next());
    window.pace.opened(window.clock.now());
    CHECK(window.wait() == SyncPace::kAfterOpening);
    for (int i = 0; i < 20; ++i) {
        window.talk(true);
        CHECK(about(window.wait(), SyncPace::kBetween));
    }
}

TEST_CASE("sync pace: a save is sent soon, however long the pause would have been")
{
    Window window;
    window.pace.opened(window.clock.now());
    window.talk(true);
    window.clock.advance(20s);
    window.pace.changed(window.clock.now());
    CHECK(window.wait() == SyncPace::kAfterChange);
    window.clock.advance(4s);
    window.pace.changed(window.clock.now());
    CHECK(window.wait() == SyncPace::kAfterChange - 4s);
}

TEST_CASE("sync pace: a server that does not answer is asked ever more rarely, also for something new")
{
    Window window;
    window.pace.opened(window.clock.now());
    SyncPace::Seconds expected = SyncPace::kAfterFailureFirst;
    for (int i = 0; i < 8; ++i) {
        window.talk(false);
        CHECK(about(window.wait(), expected));
        const auto before = window.pace.next();
        window.pace.changed(window.clock.now());
        CHECK(window.pace.next() == before);
        expected = std::min(2 * expected, SyncPace::kAfterFailureMax);
    }
    window.talk(true);
    window.talk(false);
    CHECK(about(window.wait(), SyncPace::kAfterFailureFirst));
}

TEST_CASE("sync pace: who comes to the window does not wait for the pause to end, and does not cause a storm")
{
    Window window;
    window.pace.opened(window.clock.now());
    window.talk(false);
    window.talk(false);
    window.talk(false);
    window.clock.advance(SyncPace::kAttention);
    window.pace.attended(window.clock.now());
    CHECK(window.wait() == SyncPace::kAfterOpening);
    window.talk(false);
    const auto before = window.pace.next();
    window.clock.advance(1s);
    window.pace.attended(window.clock.now());
    CHECK(window.pace.next() == before);
}

TEST_CASE("sync pace: nothing is planned while a talk is under way, nor while locked")
{
    Window window;
    window.pace.opened(window.clock.now());
    window.pace.started(window.clock.now());
    window.pace.changed(window.clock.now());
    CHECK_FALSE(window.pace.next());
    window.pace.closed();
    window.pace.changed(window.clock.now());
    window.pace.attended(window.clock.now());
    CHECK_FALSE(window.pace.next());
    // A talk that ends after the lock plans nothing either.
    window.pace.succeeded(window.clock.now());
    CHECK_FALSE(window.pace.next());
}
