// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/merge/record_state.h"

namespace teren {

/// Adds to the operations of one Save what its author means by them on `record`, as they see it in `state`.
/// Merging never guesses it: a deletion is answered by an insertion or by another deletion, and by nothing
/// else.
///
/// Who edits a deleted record brings it back: it is inserted again where it was. Who edits a record whose
/// deletion is in conflict with an edit has not decided that conflict: it stays open, and an edit that leaves
/// no value writes the row's place again, or the deletion would win by it.
///
/// A deleted record that nothing inserted has no type to come back with; its edit shows as a conflict.
void completeIntent(std::vector<Op>& ops, const RecordId& record, const RecordState& state);

}  // namespace teren
