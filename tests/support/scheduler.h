// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "tests/support/seeded.h"

#include <functional>
#include <map>

namespace teren::test {

/// Simulated time: runs callbacks in order of their time; ties run in the order of scheduling.
class Scheduler {
public:
    void in(std::chrono::milliseconds delay, std::function<void()> run)
    {
        queue_.emplace(clock_.now() + delay, std::move(run));
    }
    void at(Instant when, std::function<void()> run)
    {
        queue_.emplace(std::max(when, clock_.now()), std::move(run));
    }
    /// Runs what is due until `end`, or until `done` says so after a callback.
    void runUntil(Instant end, const std::function<bool()>& done = {})
    {
        while (!queue_.empty() && queue_.begin()->first <= end) {
            auto node = queue_.extract(queue_.begin());
            clock_.set(node.key());
            node.mapped()();
            if (done && done())
                return;
        }
        clock_.set(end);
    }
    Instant now() const { return clock_.now(); }

private:
    ManualClock clock_;
    std::multimap<Instant, std::function<void()>> queue_;
};

}  // namespace teren::test
