// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/space_writer.h"

namespace teren::store {

/// What does not count here and is kept, and what does not go on because something is missing.
///
/// Nothing is ever dropped by a deadline: people say which work will not come any more, and everything then
/// goes on without it (PROTOCOL.md, 16).
class Apart {
public:
    /// After this, people are told by name what is waited for.
    static constexpr std::chrono::hours kToldAfter{24 * 7};

    explicit Apart(Core& core) : core_(core) {}

    Result<std::vector<AwaitedWork>> awaited();
    /// Notes since when each is waited for, and tells people of what is overdue. Inside the caller's
    /// transaction.
    Status noteAwaited();
    Result<std::vector<ApartWork>> work(const SpaceEntry& space);
    /// Enters the change at `dot`, which does not count, again as one of this device. @return its own dot;
    /// `NotFound` if no such change stands apart here, `Refused` for one that says nothing.
    Result<Dot> adopt(const SpaceEntry& space, const Dot& dot);

private:
    Result<std::vector<AwaitedWork>> awaitedIn(const SpaceEntry& space);
    Status addVoided(const SpaceEntry& space, std::vector<ApartWork>& work);
    Status addSegments(const SpaceEntry& space, SegmentState state, std::vector<ApartWork>& work);
    VoidReason voidReasonOf(const SpaceEntry& space, const Dot& dot) const;

    Core& core_;
};

}  // namespace teren::store
