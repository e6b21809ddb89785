// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"

namespace teren::platform {

/// The computer's own clock, as it is set.
class SystemClock final : public Clock {
public:
    Instant now() const override
    {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

}  // namespace teren::platform
