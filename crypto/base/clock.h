// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>

namespace teren {

/// A moment in UTC, to the millisecond.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// The time as this device believes it to be. It may jump, in either direction.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

}  // namespace teren
