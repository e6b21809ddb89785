// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/urgent_spaces.h"

#include <algorithm>

namespace teren::server {

Result<std::vector<SpaceId>> UrgentSpaces::of(const WorkspaceHub& hub, const DeviceId& device)
{
    const ledger::Membership::Device* self = hub.membership().find(device);
    if (self == nullptr)
        return std::vector<SpaceId>();
    const std::uint64_t size = hub.state().tree.size;
    const std::uint64_t after = size - std::min(size, kLookBack);
    std::map<SpaceId, std::uint64_t> newest;
    for (const auto& [id, other] : hub.membership().devices()) {
        if (other.member != self->member)
            continue;
        TEREN_TRY(
            const std::vector<LastWritten> written,
            hub.store().lastWritten(hub.workspace(), id, after, kMax));
        for (const LastWritten& last : written)
            newest[last.space] = std::max(newest[last.space], last.number);
    }
    std::vector<SpaceId> spaces;
    for (const auto& [space, number] : newest)
        if (hub.membership().canRead(device, space))
            spaces.push_back(space);
    std::ranges::sort(spaces, std::greater(), [&](const SpaceId& space) { return newest.at(space); });
    spaces.resize(std::min(spaces.size(), kMax));
    return spaces;
}

}  // namespace teren::server
