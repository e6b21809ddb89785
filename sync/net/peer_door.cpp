// SPDX-License-Identifier: EUPL-1.2
#include "sync/net/peer_door.h"

namespace teren::net {

std::optional<PeerDoor::Caller> PeerDoor::admit(Caller caller, Time now)
{
    standing_.push_back({caller, now});
    if (standing_.size() <= kCallersMax)
        return std::nullopt;
    const Caller oldest = standing_.front().caller;
    standing_.pop_front();
    return oldest;
}

void PeerDoor::leave(Caller caller)
{
    std::erase_if(standing_, [caller](const Standing& one) { return one.caller == caller; });
}

std::vector<PeerDoor::Caller> PeerDoor::late(Time now) const
{
    std::vector<Caller> found;
    for (const Standing& one : standing_)
        if (now - one.since > kPatience)
            found.push_back(one.caller);
    return found;
}

}  // namespace teren::net
