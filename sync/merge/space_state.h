// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/merge/causal_buffer.h"
#include "sync/merge/record_state.h"
#include "sync/merge/state_digest.h"

#include <map>
#include <optional>
#include <vector>

namespace teren {

/// What became of a change that a replica was given, and of those that had waited for it.
struct ApplyReport {
    enum class Outcome {
        Applied,
        Waiting,    ///< For something it builds on.
        Duplicate,  ///< Known already.
        Voided,     ///< Kept for its content, without effect.
        Fork,       ///< Another change has this dot: the device exists twice. Not kept.
        Full,       ///< Too much is waiting already. Not kept; offer it again later.
        Invalid,    ///< `validate` refused it, as every replica will. Not kept.
    };

    Outcome outcome = Outcome::Applied;
    std::vector<Dot> applied;         ///< In the order in which they took effect.
    Error reason{Errc::Invalid, {}};  ///< For `Invalid`.
};

/// A replica of one space in memory: the reference for what any store of the same changes must hold.
///
/// The state depends only on which changes were applied and which dots are void, never on the order,
/// grouping or repetition in which they came.
class SpaceState : public SeenLookup {
public:
    explicit SpaceState(std::size_t pendingBytesMax = limits::kPendingBytesMax) : pending_(pendingBytesMax) {}

    /// Takes a change, received or made here.
    ApplyReport apply(Change change);

    /// Takes the effect of some changes away, for good. If any of them was applied, the state is built anew
    /// from the others, which are then as if those had never been made.
    /// @return the waiting changes that could be applied now.
    std::vector<Dot> voidRange(VoidRange range);

    /// What the next change made here by `own` cites, and its number.
    Dot nextDot(const Author& own) const;
    std::vector<Dot> nextContext(const Author& own) const;

    std::optional<VersionVector> seenBy(const Dot& dot) const override;
    const VersionVector& applied() const { return applied_; }
    const VoidSet& voids() const { return voids_; }
    const CausalBuffer& pending() const { return pending_; }

    /// nullptr for a record that no kept change has touched.
    const RecordState* find(const RecordId& record) const;
    const std::map<RecordId, RecordState>& records() const { return records_; }
    /// Sorted by record, kind, field.
    std::vector<Conflict> conflicts() const;
    /// Every value that a kept change gave the field, causes before effects.
    std::vector<HistoryEntry> history(const RecordId& record, std::string_view field) const;
    /// The change with this dot, applied or voided; nullptr if it is not here.
    const Change* change(const Dot& dot) const;

    Hash digest() const;

private:
    struct Held {
        Change change;
        VersionVector seen;
    };

    ApplyReport::Outcome admit(Change change);
    std::vector<Dot> drain();
    void applyReady(Change change);
    void rebuild();

    std::map<RecordId, RecordState> records_;
    std::map<Dot, Held> held_;      ///< Applied and kept.
    std::vector<Dot> order_;        ///< Of `held_`, as applied: causes before effects.
    std::map<Dot, Change> voided_;  ///< Here, but without effect.
    VersionVector applied_;
    VoidSet voids_;
    CausalBuffer pending_;
};

}  // namespace teren
