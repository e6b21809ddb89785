// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"

#include <chrono>
#include <optional>

namespace teren {

/// When the draft of a form goes to the disk while somebody types: soon after they began, then once a second,
/// never while the disk still works on the draft before.
///
/// Only decides; whoever holds it has the timer. A keystroke waits at most `kBetween` for its write, and no
/// two writes begin within that time, however long somebody types.
class DraftPace {
public:
    using Milliseconds = std::chrono::milliseconds;

    /// The first letters after a rest share a write.
    static constexpr Milliseconds kPause{200};
    static constexpr Milliseconds kBetween{1000};

    /// An answer was changed.
    void changed(Instant now);
    /// Whether there is something that no write has taken along.
    bool isDirty() const { return dirty_; }
    /// How long from `now` until the next write; none if nothing waits, or a write is under way. Never more
    /// than `kBetween`, also where the clock was set back.
    std::optional<Milliseconds> wait(Instant now) const;
    /// A write begins, with all that was changed so far.
    void started(Instant now);
    /// It ended, well or badly.
    void finished();
    /// There is nothing to write any more.
    void dropped();

private:
    bool dirty_ = false;
    bool writing_ = false;
    Instant due_;
    std::optional<Instant> lastStart_;
};

}  // namespace teren
