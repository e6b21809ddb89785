// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/id.h"
#include "crypto/base/result.h"

#include <map>
#include <string>
#include <vector>

namespace teren::store {

class Core;

/// What one segment of this device holds, told without its content.
struct RecordedSegment {
    std::uint64_t number = 0;  ///< In the server's log.
    Instant first{};           ///< When its first change was saved, by this device's clock.
    Instant last{};            ///< The same of its last.
    std::map<std::string, std::uint64_t> records;  ///< How many records of each type were written.
};

/// This device's segments in one space that the server's log holds, by number.
/// @return `NotFound` for a space that is not on this device.
Result<std::vector<RecordedSegment>> recordedIn(Core& core, const SpaceId& space);

}  // namespace teren::store
