// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/random.h"

#include <chrono>
#include <optional>

namespace teren {

/// When an open window talks to the server by itself: soon after it was opened or brought to the front, soon
/// after something was saved, every few minutes for what others wrote, and ever more rarely while the server
/// does not answer.
///
/// Only decides; whoever holds it has the timer. All waits but the short ones are spread by chance, so that
/// the devices of an office do not come at the same moment when the network is back.
class SyncPace {
public:
    using Seconds = std::chrono::seconds;

    static constexpr Seconds kAfterOpening{2};
    static constexpr Seconds kAfterChange{10};
    static constexpr Seconds kBetween{3 * 60};
    static constexpr Seconds kAfterFailureFirst{60};
    static constexpr Seconds kAfterFailureMax{10 * 60};
    /// How long after an attempt coming to the window is no reason for another.
    static constexpr Seconds kAttention{60};

    explicit SyncPace(RandomSource& random) : random_(random) {}

    /// When to talk next; none while a talk is under way, while locked, and without an office.
    std::optional<Instant> next() const { return next_; }

    void opened(Instant now);
    void closed();
    /// Something waits to be sent. A server that does not answer is not asked more often for it.
    void changed(Instant now);
    /// Somebody came to the window: perhaps the network is back.
    void attended(Instant now);
    void started(Instant now);
    void succeeded(Instant now);
    void failed(Instant now);

private:
    void plan(Instant moment);
    void noLaterThan(Instant moment);
    /// About `wait`: between three and five quarters of it.
    std::chrono::milliseconds spread(Seconds wait);

    RandomSource& random_;
    bool open_ = false;
    bool talking_ = false;
    bool failing_ = false;
    Seconds retryWait_ = kAfterFailureFirst;
    std::optional<Instant> lastTried_;
    std::optional<Instant> next_;
};

}  // namespace teren
