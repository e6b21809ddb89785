// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/segment_table.h"
#include "app/store/space_writer.h"

namespace teren::store {

/// Takes in segments of the workspace log: keeps them, opens them, applies what they hold. Runs inside the
/// caller's transaction.
class Receiver {
public:
    explicit Receiver(Core& core) : core_(core), segments_(core) {}

    Status takePage(std::span<const engine::Incoming> entries);
    /// Opens segments that could not be opened or did not fit before.
    Status retryStalled(const SpaceEntry& space);
    /// A receipt for a segment that is here. What was on its way while its work was issued again is in the
    /// log all the same: others have it, so it is kept here too.
    Status takeNumber(StoredSegment stored, std::uint64_t number);
    /// A segment that came from a colleague, verified and judged; it is new here and has no number.
    Status takeCarried(const ledger::Segment& segment, SpaceWriter& writer);
    /// Whether it is of the life that this device lives, by which nobody else may write.
    bool isOwnUnknown(const ledger::SegmentHeader& header) const;
    Status moveCursors(const engine::Reached& reached);
    /// Opens what stood too late for a removed device, where that is now known to be no reason.
    Status retryRemoved();

    const engine::PageOutcome& outcome() const { return outcome_; }

    /// Where a page showed, by failing, that entries of a space were left out before.
    struct Hole {
        SpaceId space;
        std::uint64_t after = 0;  ///< What is missing stands above this number.
    };
    const std::optional<Hole>& hole() const { return hole_; }

private:
    Status takeSpace(std::span<const engine::Incoming* const> entries);
    Status takeEntry(const engine::Incoming& entry, SpaceWriter& writer);
    /// @return the verdict on a segment by its place in its chain, 0 for a good one; `Forged` for a hole.
    Result<int> judgeChain(const SpaceEntry& space, const ledger::SegmentHeader& header);
    /// Where the server had lost a segment that is here and has taken another in its place since.
    Status yieldTo(const SpaceEntry& space, std::span<const engine::Incoming* const> entries);
    Status takeKnown(StoredSegment stored, const engine::Incoming& entry, SpaceWriter& writer);
    /// Opens `stored` and gives its changes to `writer`; sets the state that comes of it.
    Status open(StoredSegment& stored, SpaceWriter& writer);
    Status takeChanges(StoredSegment& stored, std::vector<Change> changes, SpaceWriter& writer);
    /// What the author of a segment that came before its number has seen, held against that.
    Status compareView(const StoredSegment& stored, std::uint64_t number);

    Core& core_;
    SegmentTable segments_;
    /// A space whose last removed body has come.
    Status openReturned(const SpaceEntry& space);

    engine::PageOutcome outcome_;
    std::optional<Hole> hole_;
};

}  // namespace teren::store
