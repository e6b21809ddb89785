// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/draft_pace.h"

#include <algorithm>

namespace teren {

void DraftPace::changed(Instant now)
{
    if (dirty_)
        return;
    dirty_ = true;
    due_ = now + kPause;
    if (lastStart_)
        due_ = std::max(due_, *lastStart_ + kBetween);
}

std::optional<DraftPace::Milliseconds> DraftPace::wait(Instant now) const
{
    if (!dirty_ || writing_)
        return std::nullopt;
    return std::clamp(std::chrono::duration_cast<Milliseconds>(due_ - now), Milliseconds::zero(), kBetween);
}

void DraftPace::started(Instant now)
{
    dirty_ = false;
    writing_ = true;
    lastStart_ = now;
}

void DraftPace::finished()
{
    writing_ = false;
}

void DraftPace::dropped()
{
    dirty_ = false;
}

}  // namespace teren
