// SPDX-License-Identifier: EUPL-1.2
#include "sync/engine/progress.h"

#include <algorithm>

namespace teren::engine {

void RateMeter::begin(Instant now)
{
    if (since_) {
        const Instant last = samples_.empty() ? *since_ : samples_.back().at;
        // A clock that was set back makes what was measured old at once, and nothing worse.
        if (last <= now && now - last < kLately)
            return;
    }
    samples_.clear();
    since_ = now;
}

void RateMeter::note(std::uint64_t bytes, Instant now)
{
    begin(now);
    samples_.push_back({now, bytes});
    while (samples_.front().at + kLately < now) {
        since_ = samples_.front().at;
        samples_.pop_front();
    }
}

std::uint64_t RateMeter::perSecond(Instant now) const
{
    if (!since_ || samples_.empty())
        return 0;
    const auto passed = now - *since_;
    if (passed < kLeast)
        return 0;
    std::uint64_t bytes = 0;
    for (const Sample& sample : samples_)
        bytes += sample.bytes;
    return bytes * 1'000 / static_cast<std::uint64_t>(passed.count());
}

std::optional<std::chrono::seconds> timeFor(
    std::uint64_t up, const RateMeter& upRate, std::uint64_t down, const RateMeter& downRate, Instant now)
{
    std::uint64_t longest = 0;
    const auto add = [&](std::uint64_t bytes, std::uint64_t rate) {
        if (bytes > 0 && rate == 0)
            return false;
        // A second that has begun counts.
        longest = std::max(longest, bytes > 0 ? (bytes + rate - 1) / rate : 0);
        return true;
    };
    const bool known = add(up, upRate.perSecond(now)) && add(down, downRate.perSecond(now));
    if (!known || up + down == 0)
        return std::nullopt;
    return std::chrono::seconds(longest);
}

}  // namespace teren::engine
