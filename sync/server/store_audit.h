// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/server/server_store.h"
#include "sync/sql/database.h"

namespace teren::server {

/// One workspace whose every part was read and found whole.
struct AuditedWorkspace {
    WorkspaceId workspace;
    ledger::TreeHead tree;
    std::uint64_t height = 0;  ///< Of the membership log.
};

/// Reads all that a store's file keeps and computes it again: the file's own structure, each workspace's
/// membership log by its rules and signatures, each entry's header, hash and body, the Merkle tree with every
/// stored node, and the head. Writes nothing; takes as long as reading the file does.
/// @param database  A store of this build or an earlier one, open for reading.
/// @return `Damaged` with the first thing that is not whole; `TooNew` for a store of a later build.
Result<std::vector<AuditedWorkspace>> audit(sql::Database& database);

/// Reads every blob of a file of them and hashes it again. @return how many are whole and sound; `Damaged`.
Result<std::uint64_t> auditBlobs(sql::Database& database);

}  // namespace teren::server
