// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/server/sqlite_store.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace teren::server {

/// The store and the attachments, in a server's folder and in a backup.
inline constexpr const char* kStoreFile = "teren.db";
inline constexpr const char* kBlobFile = "blobs.db";
/// A backup or a restore that is not finished: neither is taken for what it is to become.
inline constexpr const char* kUnfinishedCopy = "teren.db.copying";
inline constexpr const char* kUnfinishedRestore = "teren.db.restoring";

/// The folder that a server keeps everything in: the store, and a lock that one serving process holds.
class DataFolder {
public:
    enum class Use {
        Serve,       ///< Takes the lock. @return `Busy` if another server has it.
        Administer,  ///< Beside a server that may be running.
        Existing,    ///< Likewise, and makes nothing. @return `NotFound` if there is no server.
    };

    /// Makes the folder, readable by its owner only, and the store where there never was one.
    /// @return `Busy`, `Damaged` (also where a store has been and is lost), `TooNew`, `Disk`, `DiskFull`,
    /// `Invalid` for the folder of a profile.
    static Result<DataFolder> open(
        const std::filesystem::path& folder, Use use, RandomSource& random,
        const SqliteStoreOptions& options = {});

    /// Makes `folder` one that a store can be restored into; what an unfinished restore left there goes.
    /// @return `Refused` if there is or was a server, `Invalid` for the folder of a profile, `Disk`.
    static Status makeVacant(const std::filesystem::path& folder);

    SqliteStore& store() { return *store_; }
    /// Whether there was no server here before: it has just been given keys of its own.
    bool isNew() const { return isNew_; }

private:
    DataFolder() = default;
    static Result<DataFolder> openFolder(
        const std::filesystem::path& folder, Use use, RandomSource& random,
        const SqliteStoreOptions& options);

    bool isNew_ = false;
    /// Holds an exclusive transaction on a file of its own: the operating system lets go of it however the
    /// process ends.
    std::optional<sql::Database> lock_;
    std::unique_ptr<SqliteStore> store_;
};

}  // namespace teren::server
