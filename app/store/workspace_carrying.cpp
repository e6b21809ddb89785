// SPDX-License-Identifier: EUPL-1.2
// What people carry from device to device where the server is out of reach.
#include "app/store/carried.h"
#include "app/store/evidence.h"
#include "app/store/log_views.h"
#include "app/store/workspace_store.h"

#include <limits>

namespace teren::store {

Result<std::vector<ledger::Segment>> WorkspaceStore::segmentsToCarry(bool all, std::size_t maxBytes)
{
    TEREN_TRY(std::vector<StoredSegment> stored, SegmentTable(*core_).toCarry(all, maxBytes));
    std::vector<ledger::Segment> segments;
    segments.reserve(stored.size());
    for (StoredSegment& one : stored)
        segments.push_back(std::move(one.segment));
    return segments;
}

Result<CarriedOutcome> WorkspaceStore::storeCarried(std::span<const ledger::Segment> segments)
{
    CarriedIntake intake(*core_);
    return core_->produce([&]() -> Result<CarriedOutcome> {
        TEREN_CHECK(intake.take(segments));
        return intake.outcome();
    });
}

Result<std::optional<ledger::SignedSegmentHeader>> WorkspaceStore::headOf(const Hash& segment)
{
    TEREN_TRY(std::optional<StoredSegment> stored, SegmentTable(*core_).find(segment));
    if (!stored)
        return std::optional<ledger::SignedSegmentHeader>();
    return std::optional(std::move(stored->segment.head));
}

Result<std::vector<HeadPair>> WorkspaceStore::headPairs()
{
    return SignedHeads(*core_).pairs();
}

Result<std::vector<HeaderPair>> WorkspaceStore::twinSegments()
{
    return store::twinSegments(*core_);
}

Result<std::optional<ledger::SignedHead>> WorkspaceStore::newestHead()
{
    return SignedHeads(*core_).newest();
}

Result<bool> WorkspaceStore::hearOfHead(const ledger::SignedHead& head, const DeviceId& from)
{
    return core_->produce([&] { return SignedHeads(*core_).hear(head, from); });
}

Status WorkspaceStore::hearOf(const engine::HeadClaim& claim)
{
    return core_->transact(
        [&] { return LogViews(*core_).hear(claim, std::numeric_limits<std::uint64_t>::max()); });
}

}  // namespace teren::store
