// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"

namespace teren::store {

/// Since when work has been on this device alone, by its own clock. The times in the work cannot tell it once
/// somebody sets that clock: they may lie ahead of it for months. So what it showed when the work was first
/// seen unsent is kept.
struct UnsentAnchor {
    Instant oldest{};  ///< The time that the oldest unsent change bears: which work this is about.
    Instant since{};   ///< By this device's clock.
    Instant floor{};   ///< Later than `since` if that clock was behind the office's: counts once reached.
    bool isOverdue = false;  ///< People were to be told. Setting the clock back does not take that back.

    /// Never later than `now`, if it was `anchored` at `now`.
    Instant sinceAt(Instant now) const;
    friend bool operator==(const UnsentAnchor&, const UnsentAnchor&) = default;
};

/// What is to be kept at `now`. Where the clock leaves it open, the work counts as unsent for longer.
/// @param kept    As of the last look, if work was unsent then.
/// @param oldest  The time that the oldest unsent change bears.
/// @param office  The office's time as heard last.
UnsentAnchor anchored(
    const std::optional<UnsentAnchor>& kept, Instant oldest, Instant now, std::optional<Instant> office);

/// Whether a time of this device's work is later than any right clock would have given it.
bool isFromAhead(Instant stamp, Instant now);

/// The anchor of a vault, under `unsent.since`.
class UnsentSince {
public:
    explicit UnsentSince(Core& core) : core_(core) {}

    /// Looks, and keeps what is new. A store that cannot be written does not keep it, and counts all the
    /// same. People are told of work from ahead of this device's clock. @return nothing while all is
    /// confirmed.
    Result<std::optional<UnsentAnchor>> look();

private:
    Status keep(const std::optional<UnsentAnchor>& anchor, Instant now);

    Core& core_;
};

}  // namespace teren::store
