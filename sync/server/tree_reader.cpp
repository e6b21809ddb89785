// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/tree_reader.h"

namespace teren::server {

ledger::SubtreeSource subtreesOf(ServerStore& store, const WorkspaceId& workspace)
{
    return [&store, workspace](unsigned level, std::uint64_t index) {
        return store.subtree(workspace, level, index);
    };
}

Result<ledger::CompactTree> treeAt(ServerStore& store, const WorkspaceId& workspace, std::uint64_t size)
{
    std::vector<Hash> nodes;
    std::uint64_t before = 0;
    for (unsigned level = 64; level-- > 0;) {
        if ((size >> level & 1) == 0)
            continue;
        TEREN_TRY(const Hash node, store.subtree(workspace, level, before >> level));
        nodes.push_back(node);
        before += std::uint64_t{1} << level;
    }
    return ledger::CompactTree::from(size, std::move(nodes));
}

}  // namespace teren::server
