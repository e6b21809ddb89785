// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"

#include <compare>
#include <cstdint>
#include <optional>

namespace teren {

/// A moment that never runs backwards on one device and orders changes across devices.
/// Milliseconds come first, so a list sorted by stamp reads like a calendar to a person.
struct HybridStamp {
    Instant wall{};
    std::uint16_t tick = 0;

    friend auto operator<=>(const HybridStamp&, const HybridStamp&) = default;
};

/// Issues stamps for changes made here, and keeps them ahead of every change seen from elsewhere
/// (hybrid logical clock, Kulkarni et al. 2014).
///
/// A laptop in the field may have its date set by hand, so the wall clock is only a hint: if it stands
/// still or jumps back, the tick carries on from the last stamp; if a received stamp is ahead of it, we
/// follow, but by no more than `limits::kClockLeadMax`, so that one wrong clock does not drag the others.
///
/// A device whose own date was years ahead for an afternoon must not date everything by that afternoon for
/// ever. So where the office's time is known, a last stamp that it makes incredible is given up: then stamps
/// run back once.
///
/// Stamps order concurrent values *for display* and resolve the `latest` reading. They never decide which
/// edit survives. Not thread-safe; owned by the store.
class HybridClock {
public:
    /// @param clock  Outlives this object.
    /// @param last   The greatest stamp in the store, or a default stamp for an empty store.
    HybridClock(const Clock& clock, HybridStamp last) : clock_(clock), last_(last) {}

    /// Returns a stamp greater than any issued or observed before, but for one that is given up.
    HybridStamp issue();

    /// What time it was in the office when it was heard last.
    void heard(Instant office) { office_ = office; }

    /// Notes a stamp made on another device. One that leads our wall clock by more than
    /// `limits::kClockLeadMax` is kept with its change but does not move this clock.
    void observe(HybridStamp remote);

    HybridStamp last() const { return last_; }

private:
    bool isLastCredible(Instant now) const;

    const Clock& clock_;
    std::optional<Instant> office_;
    HybridStamp last_;
};

}  // namespace teren
