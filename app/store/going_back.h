// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/segment_table.h"

namespace teren::store {

// What a store does when the server turns out to hold less than it had shown, or something else. Each runs
// inside the caller's transaction.

/// Keeps the newest head as the server signed it.
Status keepNewestHead(Core& core, const engine::ShownHead& shown);

/// Goes back to `found.common`; see `engine::Replica::wentBack`.
Status goBack(Core& core, const engine::WentBack& found);

/// Takes back what `segment`, which has no number, and those behind it in its chain brought. Their sealed
/// bytes stay here, in `state`.
Status takeBack(Core& core, const StoredSegment& segment, SegmentState state, int verdict);

/// The server had lost `segment`, or never had it, and has numbered another in its place: that one counts,
/// for everybody. Takes back what this one and those behind it in its chain brought; their sealed bytes stay
/// here.
Status giveWay(Core& core, const StoredSegment& segment);

}  // namespace teren::store
