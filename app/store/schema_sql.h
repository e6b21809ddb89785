// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/sql/migrations.h"

#include <cstdint>

namespace teren::store {

/// The tables of one workspace in a vault, oldest step first.
std::span<const sql::Migration> storeMigrations();

/// What has become of a change here. Values are on disk.
enum class ChangeState : std::uint8_t {
    Applied = 1,
    Waiting = 2,  ///< For something it builds on.
    Voided = 3,   ///< Kept for its content, without effect.
};

/// What has become of a segment here. Values are on disk.
enum class SegmentState : std::uint8_t {
    Good = 1,         ///< Its changes are in the change log.
    Quarantined = 2,  ///< Kept and counted, not applied: `verdict` says why.
    Stalled = 3,      ///< To be opened later: its key is not here yet, or there is no room for it to wait in.
    Evicted = 5,      ///< Its body was removed; a backup of the server on another machine holds it.
    Returned = 6,     ///< Its body has come back; it is opened when those of all its space have.
    Replaced = 4,     ///< Ours, never receipted, its changes issued again under another life.
};

/// `segment.verdict` beyond those of `Membership::Verdict`.
inline constexpr int kVerdictUnreadable = 100;  ///< Does not open, or holds something else than it says.
inline constexpr int kVerdictInvalid = 101;     ///< Opens, but holds a change that nobody may apply.
inline constexpr int kVerdictForked = 102;      ///< Holds another change at a dot that is taken here.
inline constexpr int kVerdictChain = 103;       ///< Does not follow the author's segment before it.

}  // namespace teren::store
