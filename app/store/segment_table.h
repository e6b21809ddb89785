// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"
#include "app/store/schema_sql.h"

namespace teren::store {

/// A segment and what this store knows of it.
struct StoredSegment {
    std::int64_t id = 0;
    std::int64_t space = 0;
    std::optional<std::uint64_t> number;  ///< Its place in the workspace log, once that is proven.
    bool own = false;
    SegmentState state = SegmentState::Good;
    int verdict = 0;
    bool lost = false;     ///< It had a number, and the server went back behind that.
    bool carried = false;  ///< It came from a colleague's device and has had no number yet.
    std::optional<wire::SegmentRefusal> refused;  ///< Why the server did not take it, last time.
    ledger::Segment segment;
};

/// Stored segments: sealed bytes as they travel, ours and others'.
class SegmentTable {
public:
    explicit SegmentTable(Core& core) : core_(core) {}

    /// Adds a segment; its hash must be new. Fills `id` and `space`.
    Status insert(StoredSegment& stored);
    Result<std::optional<StoredSegment>> find(const Hash& hash);
    /// By id. An empty list of states means all.
    Result<std::vector<StoredSegment>> all();
    Result<std::vector<StoredSegment>> inState(SegmentState state, std::int64_t space);
    Status setState(std::int64_t id, SegmentState state, int verdict);

    /// How a segment joins what is here of its chain. What was replaced, or gave way to another in the log,
    /// is no part of that: the server will never have it.
    enum class Link : std::uint8_t {
        Follows,
        Breaks,  ///< What stands before it in the log is another segment than it names.
        Hole,    ///< What it follows is not here.
    };
    Result<Link> linkOf(const SpaceEntry& space, const ledger::SegmentHeader& header);
    /// The number of the chain's last segment here that begins at or before `seq` and is in the log; 0 if
    /// none.
    Result<std::uint64_t> numberBefore(const SpaceEntry& space, const Author& author, std::uint64_t seq);
    /// Whether a segment that holds the dot is here, in whatever state.
    Result<bool> covers(const SpaceEntry& space, const Dot& dot);

    /// The hash that the next segment of this device in this space names; zero before the first.
    Result<Hash> chainHead(const SpaceEntry& space);
    /// Segments of ours without a receipt, oldest first, with a header only.
    Result<std::vector<StoredSegment>> unsent(const SpaceEntry& space);
    /// Opens the seal of an unsent segment again: its changes are to be sealed anew.
    Status unseal(const StoredSegment& stored);
    /// For the outbox, with an id above `after`: what is good, ours and unnumbered, and what the server lost.
    Result<std::vector<StoredSegment>> outbox(std::int64_t after, std::size_t maxBytes);
    /// Of the outbox: bytes of bodies, and changes in them.
    Result<engine::Waiting> waiting();
    /// How many of this device's, of any life, have a number above `cursor`.
    Result<std::uint64_t> ownAbove(std::uint64_t cursor);

    /// Whether segments of a space are here, of others or lost by the server, that the log may yet hold
    /// otherwise.
    Result<bool> anyUnnumbered(const SpaceEntry& space);
    /// One of these that holds a seq of `head`'s and is another one.
    Result<std::optional<StoredSegment>> unnumberedInsteadOf(
        const SpaceEntry& space, const ledger::SignedSegmentHeader& head);

    /// A segment in use, whatever its number, that holds a seq of `head`'s and is another one.
    Result<bool> isTaken(const SpaceEntry& space, const ledger::SignedSegmentHeader& head);
    /// Good ones, for others to take along: first those without a number, then by number; no more than about
    /// `maxBytes`. @param all  Those with a number as well.
    Result<std::vector<StoredSegment>> toCarry(bool all, std::size_t maxBytes);
    /// Those that came from colleagues and have no number.
    Result<std::vector<StoredSegment>> carried();

    /// The log holds the segment at `number`: its changes, if ours, are confirmed.
    Status setNumber(const StoredSegment& stored, std::uint64_t number);
    Status refuse(const Hash& hash, wire::SegmentRefusal code);

private:
    Result<StoredSegment> at(const sql::Statement& row) const;
    Result<std::vector<StoredSegment>> read(sql::Statement& rows);
    Result<std::vector<StoredSegment>> readUpTo(sql::Statement& rows, std::size_t maxBytes);

    Core& core_;
};

/// Opens a segment with the key that is here. @return `NotFound` without the key, else as
/// `segment::openSegment`.
Result<segment::Content> openStored(Core& core, const SpaceEntry& space, const ledger::Segment& segment);

}  // namespace teren::store
