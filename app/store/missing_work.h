// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"

namespace teren::store {

/// Work that the log must hold and that is not here, because a server left it out: it is asked for again.
///
/// A change cites only what its author held, and a server numbers nothing before what it follows. So once
/// everything readable has come, nothing honest waits for a change of which not even the segment is here.
class MissingWork {
public:
    /// A device that cites what never was makes its readers ask in vain; they do it no more often than this.
    static constexpr std::chrono::hours kAskEvery{1};

    explicit MissingWork(Core& core) : core_(core) {}

    /// Fetches the space again from behind entry `after`. Inside the caller's transaction, as is the next.
    Status fetchAgain(const SpaceId& space, std::uint64_t after);
    /// For every space with changes that wait for what is not here. @return whether there was any.
    Result<bool> askAgain();

private:
    Result<bool> isDue(const SpaceEntry& space);
    /// The number behind which the first of what is missing stands; none if nothing is missing.
    Result<std::optional<std::uint64_t>> firstMissing(const SpaceEntry& space);

    Core& core_;
};

}  // namespace teren::store
