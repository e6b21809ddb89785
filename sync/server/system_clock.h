// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"

namespace teren::server {

/// The machine's own clock, for the program; tests have their own.
class SystemClock final : public Clock {
public:
    Instant now() const override
    {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

}  // namespace teren::server
