// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/idle_pace.h"

#include <algorithm>

namespace teren {

void IdlePace::touched(Instant now)
{
    if (last_)
        last_ = now;
}

std::optional<IdlePace::Milliseconds> IdlePace::wait(Instant now)
{
    if (!last_)
        return std::nullopt;
    last_ = std::min(*last_, now);
    return std::max(*last_ + limit_ - now, Milliseconds::zero());
}

}  // namespace teren
