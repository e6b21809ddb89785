// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "tests/sim/plan.h"
#include "tests/sim/sim_device.h"

namespace teren::sim {

using Devices = std::vector<std::unique_ptr<SimDevice>>;

/// What those who do something in a world have in common; all of it outlives them.
struct Stage {
    test::Scheduler& scheduler;
    test::SeededRandom& random;  ///< Apart from the world's own.
    Trace& trace;
    SimServer& server;
    Devices& devices;
    const Plan& plan;
    std::vector<std::string>& problems;

    std::size_t someone() const { return static_cast<std::size_t>(random.below(devices.size())); }
    std::chrono::milliseconds within(std::chrono::milliseconds length) const
    {
        return std::chrono::milliseconds(random.below(static_cast<std::uint64_t>(length.count())));
    }
};

}  // namespace teren::sim
