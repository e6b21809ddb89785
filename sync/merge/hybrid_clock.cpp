// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/hybrid_clock.h"

#include "crypto/base/limits.h"

#include <algorithm>
#include <limits>

namespace teren {

HybridStamp HybridClock::issue()
{
    const Instant now = clock_.now();
    if (now > last_.wall)
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
