// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/hybrid_clock.h"

#include "crypto/base/limits.h"

#include <algorithm>
#include <limits>

namespace teren {

/// Whether a last stamp far ahead of the wall clock is the one of both that is right. Without a word of the
/// office it is taken for that: dates are set back more often than forward. A clock that is behind the office
/// is wrong for sure, and the stamp was made before it went wrong, if it can have been.
bool HybridClock::isLastCredible(Instant now) const
{
    if (!office_ || last_.wall <= now + limits::kClockLeadMax)
        return true;
    return now < *office_ - limits::kClockLeadMax && last_.wall <= *office_ + limits::kClockAwayMax;
}

HybridStamp HybridClock::issue()
{
    const Instant now = clock_.now();
    if (now > last_.wall || !isLastCredible(now))
        last_ = {now, 0};
    else if (last_.tick < std::numeric_limits<std::uint16_t>::max())
        ++last_.tick;
    else
        last_ = {last_.wall + std::chrono::milliseconds(1), 0};
    return last_;
}

void HybridClock::observe(HybridStamp remote)
{
    if (remote.wall <= clock_.now() + limits::kClockLeadMax)
        last_ = std::max(last_, remote);
}

}  // namespace teren
