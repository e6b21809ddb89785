// SPDX-License-Identifier: EUPL-1.2
// What goes to the server: drafts, segments, and what it said of them.
#include "app/store/applied_by.h"
#include "app/store/going_back.h"
#include "app/store/log_peaks.h"
#include "app/store/log_views.h"
#include "app/store/new_life.h"
#include "app/store/parted.h"
#include "app/store/receipts.h"
#include "app/store/receiver.h"
#include "app/store/sealer.h"
#include "app/store/segment_table.h"
#include "app/store/statement_log.h"
#include "app/store/workspace_store.h"

#include <limits>

namespace teren::store {
namespace {

/// What the server has lost of a device that was removed before anybody gave it back: no number that it could
/// get now would stand. Where the removal was lost as well, and the log says so, it is offered again.
bool isBeyondGivingBack(const ledger::Membership& membership, const StoredSegment& stored)
{
    constexpr std::uint64_t kAfterAll = std::numeric_limits<std::uint64_t>::max();
    return stored.lost && !stored.own
        && membership.judge(stored.segment.head.header, kAfterAll) == ledger::Membership::Verdict::Removed;
}

}  // namespace

Result<std::vector<ledger::SignedStatement>> WorkspaceStore::signDrafts(Instant now)
{
    return core_->produce([&]() -> Result<std::vector<ledger::SignedStatement>> {
        TEREN_CHECK(leaveHeldUp(*core_));
        return StatementLog(*core_).sign(now);
    });
}

Status WorkspaceStore::unsealStale()
{
    return Sealer(*core_).unsealStale();
}

Result<engine::Waiting> WorkspaceStore::sealSome(std::size_t maxBytes)
{
    return Sealer(*core_).sealSome(maxBytes);
}

Result<std::vector<engine::Outgoing>> WorkspaceStore::outbox(std::uint64_t after, std::size_t maxBytes)
{
    std::vector<engine::Outgoing> outgoing;
    for (auto last = static_cast<std::int64_t>(after); outgoing.empty();) {
        TEREN_TRY(std::vector<StoredSegment> segments, SegmentTable(*core_).outbox(last, maxBytes));
        if (segments.empty())
            break;
        last = segments.back().id;
        for (StoredSegment& stored : segments)
            if (!isBeyondGivingBack(core_->membership, stored))
                outgoing.push_back({static_cast<std::uint64_t>(stored.id), std::move(stored.segment)});
    }
    return outgoing;
}

Result<engine::Waiting> WorkspaceStore::waiting()
{
    TEREN_TRY(engine::Waiting waiting, SegmentTable(*core_).waiting());
    TEREN_TRY(waiting.unsealed, Sealer(*core_).unsealedChanges());
    return waiting;
}

Result<std::vector<Hash>> WorkspaceStore::peaks()
{
    return peaksOfHead(*core_);
}

Result<std::uint64_t> WorkspaceStore::ownAbove(std::uint64_t cursor)
{
    return SegmentTable(*core_).ownAbove(cursor);
}

Status WorkspaceStore::uploadStarted(const Hash& segment)
{
    Core& core = *core_;
    return core.transact([&] {
        core.own.uploading = segment;
        return core.saveOwn();
    });
}

Status WorkspaceStore::storeReceipt(const engine::ShownHead& head, std::span<const wire::Numbered> entries)
{
    Core& core = *core_;
    return core.transact([&]() -> Status {
        core.own.head = head.head.tree;
        core.own.safe = head.head.safe;
        TEREN_CHECK(LogViews(core).noteHead(head.head.tree));
        TEREN_CHECK(keepNewestHead(core, head));
        if (!head.peaks.empty())
            TEREN_CHECK(keepPeaks(core, head.peaks));
        SegmentTable segments(core);
        for (const wire::Numbered& entry : entries) {
            TEREN_TRY(const std::optional<StoredSegment> stored, segments.find(entry.segment));
            if (stored)
                TEREN_CHECK(Receiver(core).takeNumber(*stored, entry.number));
            if (core.own.uploading == entry.segment)
                core.own.uploading.reset();
        }
        TEREN_CHECK(keepReceipt(core, head, entries));
        return core.saveOwn();
    });
}

Status WorkspaceStore::segmentRefused(const Hash& segment, wire::SegmentRefusal code)
{
    Core& core = *core_;
    return core.transact([&]() -> Status {
        SegmentTable segments(core);
        TEREN_CHECK(segments.refuse(segment, code));
        if (code != wire::SegmentRefusal::Forked)
            return {};
        TEREN_TRY(const std::optional<StoredSegment> stored, segments.find(segment));
        return stored && (stored->lost || stored->carried) ? giveWay(core, *stored) : Status{};
    });
}

Result<std::vector<ledger::AppliedWord>> WorkspaceStore::appliedToTell(
    Instant now, std::size_t maxBytes, const std::set<SpaceId>& underWay)
{
    return AppliedBy(*core_).toTell(now, maxBytes, underWay);
}

Status WorkspaceStore::appliedTold(std::span<const ledger::AppliedWord> words)
{
    return AppliedBy(*core_).told(words);
}

Status WorkspaceStore::storeApplied(
    std::span<const ledger::AppliedWord> words, std::uint64_t serial, std::size_t forged)
{
    return AppliedBy(*core_).take(words, serial, forged);
}

Result<std::vector<ledger::TreeHead>> WorkspaceStore::pastHeads(std::uint64_t size)
{
    return LogViews(*core_).headsBelow(size);
}

Status WorkspaceStore::wentBack(const engine::WentBack& found)
{
    return core_->transact([&] { return goBack(*core_, found); });
}

Status WorkspaceStore::followStatements(std::uint64_t common, std::span<const ledger::SignedStatement> theirs)
{
    Core& core = *core_;
    const ledger::Membership before = core.membership;
    const Status followed = core.transact([&] { return store::followStatements(core, common, theirs); });
    if (!followed)
        core.membership = before;
    return followed;
}

Result<std::vector<ledger::SignedStatement>> WorkspaceStore::statementsAbove(
    std::uint64_t height, std::size_t maxBytes)
{
    return StatementLog(*core_).above(height, maxBytes);
}

}  // namespace teren::store
