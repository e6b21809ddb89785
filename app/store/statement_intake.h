// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"

#include <span>

namespace teren::store {

/// Takes in statements that continue the membership log, with all that follows from them here: the one place
/// where membership moves. Inside a transaction; the caller puts `Core::membership` back if that fails.
Status takeStatements(Core& core, std::span<const ledger::SignedStatement> statements);

}  // namespace teren::store
