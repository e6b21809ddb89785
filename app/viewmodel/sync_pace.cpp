// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/sync_pace.h"

#include <algorithm>
#include <array>

namespace teren {

void SyncPace::opened(Instant now)
{
    open_ = true;
    next_ = now + kAfterOpening;
}

void SyncPace::closed()
{
    open_ = false;
    talking_ = false;
    failing_ = false;
    retryWait_ = kAfterFailureFirst;
    lastTried_.reset();
    next_.reset();
}

void SyncPace::changed(Instant now)
{
    if (!failing_)
        noLaterThan(now + kAfterChange);
}

void SyncPace::attended(Instant now)
{
    if (!lastTried_ || now - *lastTried_ >= kAttention)
        noLaterThan(now + kAfterOpening);
}

void SyncPace::started(Instant now)
{
    talking_ = true;
    lastTried_ = now;
    next_.reset();
}

void SyncPace::succeeded(Instant now)
{
    talking_ = false;
    failing_ = false;
    retryWait_ = kAfterFailureFirst;
    plan(now + spread(kBetween));
}

void SyncPace::failed(Instant now)
{
    talking_ = false;
    failing_ = true;
    plan(now + spread(retryWait_));
    retryWait_ = std::min(2 * retryWait_, kAfterFailureMax);
}

void SyncPace::plan(Instant moment)
{
    if (open_)
        next_ = moment;
}

void SyncPace::noLaterThan(Instant moment)
{
    if (open_ && !talking_)
        next_ = next_ ? std::min(*next_, moment) : moment;
}

std::chrono::milliseconds SyncPace::spread(Seconds wait)
{
    std::array<std::uint8_t, 1> chance{};
    random_.fill(chance);
    const std::chrono::milliseconds whole = wait;
    return whole * 3 / 4 + whole / 2 * chance[0] / 255;
}

}  // namespace teren
