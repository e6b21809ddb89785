// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"

namespace teren::store {

/// What the store keeps although it follows from the changes and the schemas: the registers, the search index
/// and what lists show of a record. A vault names the rules of merging and the readings that they were made
/// with; here they are made anew if those of now are others. A vault that names none comes from a build whose
/// index may be wrong: where it was, a notice says so.
Status bringDerivedUpToDate(Core& core);
/// Notes that a vault without records has nothing to bring up to date.
Status noteDerivedUpToDate(Core& core);
/// Without asking, the tables of the full-text search included.
Status makeDerivedAnew(Core& core);

}  // namespace teren::store
