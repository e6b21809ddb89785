// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/id.h"
#include "crypto/base/result.h"

#include <optional>
#include <vector>

namespace teren::store {

class Core;

/// How far the work that this device wrote in one space has come on another device that may read it.
struct DeviceDelivery {
    DeviceId device;
    std::uint64_t applied = 0;          ///< Of the changes made here.
    std::optional<Instant> stated;      ///< When it last said anything of the space, by its own clock.
    std::optional<Instant> lacksSince;  ///< When the oldest change that it has not applied was made.
};

/// What became of the changes made on this device in one space. `unsent` and `confirmed` are all of them.
struct SpaceDelivery {
    SpaceId space;
    std::uint64_t unsent = 0;  ///< Without a receipt under the log that the server shows now.
    std::uint64_t sent = 0;    ///< Of `unsent`: sealed, and offered to the server or to a carrier.
    std::uint64_t lost = 0;    ///< Of `unsent`: once confirmed, and the server has it no more.
    std::uint64_t confirmed = 0;
    std::optional<Instant> oldestUnsent;  ///< Unsent since then, by this device's clock; never ahead of it.
    std::optional<std::uint64_t> lastNumber;  ///< In the server's log, of what is confirmed.
    std::optional<Instant> confirmedAt;       ///< The time in the newest receipt, by the server's clock.
    std::vector<DeviceDelivery> devices;      ///< Other members' that may read the space, by id.
};

/// Spaces in which this device has written. @param only  Of this space.
Result<std::vector<SpaceDelivery>> deliveryOf(Core& core, const std::optional<SpaceId>& only);

}  // namespace teren::store
