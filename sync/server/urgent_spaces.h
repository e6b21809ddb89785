// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/server/hub.h"

namespace teren::server {

/// Which spaces a session brings before the rest, where it has much to bring. Nobody tells the server: it
/// looks at what it has numbered itself.
struct UrgentSpaces {
    static constexpr std::size_t kMax = 32;
    /// How far back in the log it is looked for them: years of a device, months of an office.
    static constexpr std::uint64_t kLookBack = 65'536;

    /// Those in which the member whose device this is has written, on whatever device, the newest first. A
    /// device that is new finds there what its person works on as well.
    static Result<std::vector<SpaceId>> of(const WorkspaceHub& hub, const DeviceId& device);
};

}  // namespace teren::server
