// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"

#include <span>

namespace teren::store {

/// Goes over to the server's members' log: see `engine::Replica::followStatements`. Inside a transaction; the
/// caller puts `Core::membership` back if that fails.
///
/// The statements above `common` that are here were signed by members and counted once. Nobody may put them
/// into another log as they are, and no rule may make them count there by itself: a removed administrator
/// could sign a log from any point of the past. So each device decides anew what it decided itself, with the
/// rights that it has in the log that counts; and cases that were opened are opened again by whoever holds
/// their keys. What took something away from somebody is not followed out of.
Status followStatements(Core& core, std::uint64_t common, std::span<const ledger::SignedStatement> theirs);

}  // namespace teren::store
