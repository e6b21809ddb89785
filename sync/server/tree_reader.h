// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/ledger/merkle.h"
#include "sync/server/server_store.h"

namespace teren::server {

/// The stored subtrees of one workspace, for proofs. @param store  Outlives the result.
ledger::SubtreeSource subtreesOf(ServerStore& store, const WorkspaceId& workspace);

/// The tree of the first `size` entries, put together from stored subtrees.
Result<ledger::CompactTree> treeAt(ServerStore& store, const WorkspaceId& workspace, std::uint64_t size);

}  // namespace teren::server
