// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/record_table.h"
#include "sync/merge/space_state.h"

namespace teren::store {

/// Applies changes to one space inside a transaction: what `SpaceState` does in memory, on rows. Every merge
/// decision is a pure function of sync/merge; this class loads what they need and writes what they say.
///
///     SpaceWriter writer(core, space);
///     TEREN_CHECK(writer.load());
///     TEREN_CHECK(writer.take(change, …)); …
///     TEREN_CHECK(writer.finish());   // Nothing is written before.
class SpaceWriter : private SeenLookup {
public:
    SpaceWriter(Core& core, const SpaceEntry& space) : SpaceWriter(core, space, core.voidsOf(space.id)) {}
    SpaceWriter(Core& core, const SpaceEntry& space, VoidSet voids)
        : core_(core),
          space_(space),
          log_(core),
          records_(core),
          voids_(std::move(voids))
    {
    }

    Status load();
    /// Saves a change made here and applies it. @return its dot.
    Result<Dot> write(std::vector<Op> ops, const std::optional<GroupId>& group);
    /// Issues under this device's life, again, a change that it had made having seen `wasSeen`, of which what
    /// is here counts.
    Result<Dot> reissue(Change change, const VersionVector& wasSeen);
    /// Whether work of the life that this device lives waits: what is written now would have to wait behind
    /// it.
    Result<bool> isHeldUp();

    /// Issues under this device's life what another change says that has no effect here, as its author had
    /// seen the rest, and notes in its records from where it comes.
    Result<Dot> adopt(const Change& from);

    using Outcome = ApplyReport::Outcome;
    /// A change from the log. `Fork`, `Full` and `Invalid` ones are not kept.
    Result<Outcome> take(Change change, bool own);
    /// Builds everything anew from the stored changes, with the voids of now. Instead of `load`.
    Status rebuild();
    Status finish();

    /// How many changes have taken effect, waiting ones included.
    std::size_t appliedCount() const { return appliedCount_; }
    /// A change that was taken cites work of the life that this device lives which is not here: its disk has
    /// forgotten it, and would give out its number again.
    bool citesForgotten() const { return citesForgotten_; }

private:
    struct Row {
        LoggedChange logged;
        bool stored = false;   ///< In the database already.
        bool changed = false;  ///< There with another state.
    };

    std::optional<VersionVector> seenBy(const Dot& dot) const override;
    Status remember(const Dot& cited);
    Status rememberFrontier(const VersionVector& applied);
    Status lookForForgotten(const Change& change);
    Status loadPending();
    Result<std::optional<Outcome>> known(const Change& change);
    Result<Dot> writeOwn(Change change);
    Status joinLargeContext(std::vector<Dot>& context, HybridStamp stamp);
    std::size_t addRow(Change change, ChangeState state, bool own);
    Status applyRow(std::size_t index);
    Status applyOps(const LoggedChange& logged, const VersionVector& seen);
    Status drain();
    Result<LoadedRecord*> record(const RecordId& id);
    Status writeRow(const Row& row);
    Status writeOps(const LoggedChange& logged);

    Core& core_;
    SpaceEntry space_;
    ChangeLog log_;
    RecordTable records_;
    VersionVector applied_;
    VersionVector appliedBefore_;
    VoidSet voids_;
    CausalBuffer pending_;
    bool pendingLoaded_ = false;
    std::map<Dot, VersionVector> seen_;
    std::vector<Row> rows_;
    std::map<Dot, std::size_t> rowOf_;
    std::map<RecordId, LoadedRecord> loaded_;
    std::map<RecordId, std::set<std::int64_t>> live_;      ///< While finishing.
    std::map<RecordId, std::set<std::int64_t>> inserted_;  ///< While finishing.
    std::int64_t nextId_ = 0;
    std::size_t appliedCount_ = 0;
    bool citesForgotten_ = false;
};

/// Whether a change of these operations is sure to fit into one segment, however badly it compresses.
Status checkSize(std::span<const Op> ops);

}  // namespace teren::store
