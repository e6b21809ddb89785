// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/merge/change.h"
#include "sync/merge/void_set.h"

#include <optional>

namespace teren {

/// What the author of each applied change had seen. A replica implements it.
class SeenLookup {
public:
    virtual ~SeenLookup() = default;
    /// The vector that `seenBy(change, …)` gave when the change was applied.
    /// @return nothing if the dot is voided or not applied here.
    virtual std::optional<VersionVector> seenBy(const Dot& dot) const = 0;
};

/// Whether all that a change builds on is applied or voided: its predecessor, and every dot of its context.
bool isReady(const Change& change, const VersionVector& applied);

/// The first dot that a change still waits for: its predecessor first, then its context in order.
std::optional<Dot> firstMissing(const Change& change, const VersionVector& applied);

/// What the author of `change` had seen, the change itself not included: its predecessor and every dot of
/// its context, each with what *its* author had seen. The same on every replica with the same voided dots.
///
/// A voided dot stands for its author's work up to it that is not void; what the voided change itself had
/// seen does not count, since a replica that never held it could not know.
///
/// @param change  Ready here.
VersionVector seenBy(const Change& change, const SeenLookup& lookup, const VoidSet& voids);

/// The context for a new change by `own` on a replica that has applied `applied`: the maximal kept dots,
/// other than `own`'s last one. `seenBy` makes of it exactly the kept part of `applied`.
///
/// The result may exceed `limits::kContextMax` in a space where more people than that have worked apart;
/// a change without operations that cites some of them then joins these into one dot.
std::vector<Dot> maximalDots(
    const VersionVector& applied, const Author& own, const SeenLookup& lookup, const VoidSet& voids);

}  // namespace teren
