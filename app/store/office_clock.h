// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"

namespace teren::store {

/// How this device's clock stands to the office's. Nothing is decided by it: it tells people, and keeps a
/// stamp that cannot be true from being followed. Kept under `clock.heard`: both times in milliseconds.
class OfficeClock {
public:
    explicit OfficeClock(Core& core) : core_(core) {}

    Status load();
    /// A session brought the server's time. People are told of a difference that is new.
    Status hear(HeardTime heard);
    /// By how much this device's clock is ahead of the office's, as far as that is known: as it was when they
    /// were compared last, or, where it has been set back since, at most so much.
    std::optional<std::chrono::milliseconds> lead() const;

private:
    Status tell(std::chrono::milliseconds lead);

    Core& core_;
};

}  // namespace teren::store
