// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"

namespace teren::store {

/// Goes on under a new life (sync.md section 3): own changes without a receipt are set aside with their
/// segments and issued again under the new life, in order, as seeing what they saw. Runs inside the caller's
/// transaction; the announcement to the log is made when drafts are signed.
Status beginNewLife(Core& core, engine::LifeReason reason);

/// Goes on under a new life if work of this device waits in the space, because what it had built on does not
/// count any more: what a person enters is in force at once. Before anything is written there; runs inside
/// the caller's transaction.
Status leaveHeldUp(Core& core, const SpaceEntry& space);
/// The same where anything waits that nobody has confirmed: before it is sent, so that no colleague is handed
/// work that cites what never comes.
Status leaveHeldUp(Core& core);

}  // namespace teren::store
