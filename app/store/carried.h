// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/receiver.h"

namespace teren::store {

/// Takes in segments that came from a colleague's device or a file. They are applied like any other, and have
/// no number: the server's page gives them one, or another segment stands in the log in their place, which
/// then counts (`giveWay`). Runs inside the caller's transaction.
class CarriedIntake {
public:
    explicit CarriedIntake(Core& core) : core_(core), segments_(core), receiver_(core) {}

    Status take(std::span<const ledger::Segment> segments);
    const CarriedOutcome& outcome() const { return outcome_; }

private:
    enum class Fate : std::uint8_t { Take, Known, NotOurs, Early, Apart };

    Status takeSpace(std::span<const ledger::Segment* const> segments);
    /// By the membership log alone.
    Fate judge(const ledger::SegmentHeader& header) const;
    /// By what else is here of its chain.
    Result<Fate> place(const SpaceEntry& space, const ledger::Segment& segment);
    /// Whether this device's own log holds exactly what the segment does: it was sealed once more since.
    Result<bool> isOwnWork(const SpaceEntry& space, const ledger::Segment& segment);
    void count(Fate fate);

    Core& core_;
    SegmentTable segments_;
    Receiver receiver_;
    CarriedOutcome outcome_;
};

/// Work of this device that came back to it by colleagues counts as confirmed no sooner than any other. Runs
/// inside the caller's transaction.
Status countOwnCarried(Core& core);

/// Once a device is removed, what came of it from colleagues and has no number counts no longer, unless the
/// server turns out to have had it before. Runs inside the caller's transaction.
Status putRemovedApart(Core& core);

}  // namespace teren::store
