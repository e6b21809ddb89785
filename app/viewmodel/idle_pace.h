// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"

#include <chrono>
#include <optional>

namespace teren {

/// When an open window that nobody touches is locked.
///
/// Only decides; whoever holds it has the timer. A clock that jumps ahead locks early, one that is set back
/// never locks later than `limit` from then.
class IdlePace {
public:
    using Milliseconds = std::chrono::milliseconds;

    void setLimit(std::chrono::minutes limit) { limit_ = limit; }
    void opened(Instant now) { last_ = now; }
    void closed() { last_.reset(); }
    /// A key, a mouse, a finger.
    void touched(Instant now);
    /// How long from `now` until the window is to be locked; zero if it is time, none while it is locked.
    std::optional<Milliseconds> wait(Instant now);

private:
    Milliseconds limit_ = std::chrono::minutes(5);
    std::optional<Instant> last_;  ///< Something while the window is open.
};

}  // namespace teren
