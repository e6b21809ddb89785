// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/server/sqlite_store.h"
#include "sync/server/store_audit.h"

#include <filesystem>

namespace teren::server {

/// A server's backup: a folder with a copy of its store as of one moment, read again from beginning to end
/// before it counts. It holds the server's keys, and nothing that could be read. No server starts on it: it
/// has to be restored, so that what was done since cannot be mixed into it.
struct BackupReport {
    std::vector<AuditedWorkspace> workspaces;
    std::uint64_t attachments = 0;
    Instant made{};
};

/// Copies the store of a server, which may be running, into `folder`. A copy that a stop left unfinished
/// there is begun anew.
/// @param data    The server's folder. @return `NotFound` if no server is there.
/// @param folder  Missing or empty; made for its owner alone.
/// @return the copy as it was read again; `Refused` if `folder` holds anything else, `Damaged` if the store
/// is,
///         `Disk`, `DiskFull`. After an error nothing in `folder` counts as a backup.
Result<BackupReport> makeBackup(
    const std::filesystem::path& data, const std::filesystem::path& folder, RandomSource& random,
    Instant now);

/// Reads a whole backup. @return `NotFound` if there is none, `Damaged` if it is unfinished or not whole,
/// `TooNew`.
Result<BackupReport> checkBackup(const std::filesystem::path& folder);

/// Makes a server of a backup, with the same keys and an incarnation of its own. Stopped half-way, it can be
/// done again, and no server starts in `data` meanwhile.
/// @param data  A folder without a server, or none. @return `Refused` if there is one.
Result<BackupReport> restoreBackup(
    const std::filesystem::path& folder, const std::filesystem::path& data, RandomSource& random);

/// Notes in the store that what `backup` holds is kept on another machine: devices may rely on it.
/// @return `Refused` if it is not a past state of this store's logs.
Status countAsElsewhere(ServerStore& store, const BackupReport& backup);

}  // namespace teren::server
