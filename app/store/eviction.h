// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"

namespace teren::store {

/// A case that is to take no room here any more: its sealed bodies and what they add up to go, headers with
/// their hashes, numbers and chains stay, and so do the keys. Nobody writes there until it is back.
///
///     here --evict--> away --fetch--> returning --the last body has come--> here
///
/// Only what a backup of the server on another machine holds may go, and all of the space or nothing. What
/// others write meanwhile is kept as sealed.
class Eviction {
public:
    explicit Eviction(Core& core) : core_(core) {}

    /// @return `Refused`, in words, unless all of the space is whole, counts, and is under the `safe` mark.
    Status evict(const SpaceEntry& space, std::string_view label);
    /// Asks for the bodies again, with the next session. @return `NotFound` if it is not away.
    Status fetch(const SpaceEntry& space);
    /// Sets how far the spaces that are to come back have come, whatever question a page has answered: one
    /// may have been asked for since.
    Status askOn();
    /// A body that was away has come. @return whether it was one.
    Result<bool> takeBack(std::int64_t segment, SpaceId space, ByteView body);
    /// If it was the last: the space is here again, as far as its segments; they are to be opened.
    Result<bool> isComplete(const SpaceEntry& space);
    /// Sets `EvictedSpace::lost` of each, once entries have lost their numbers, or have them again.
    Status countLost();
    /// After entries of a space: tells people if the server holds all of it again, which it had lost.
    Status tellOfRegained(const SpaceId& space);
    /// What of the cases above neither the server nor this device holds, as part of a notice; empty if
    /// nothing.
    std::string lostInWords() const;

    static Status load(Core& core);

private:
    Status checkMayGo(const SpaceEntry& space);
    Status write(const SpaceId& space);

    Core& core_;
};

}  // namespace teren::store
