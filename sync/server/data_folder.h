// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/server/sqlite_store.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace teren::server {

/// The folder that a server keeps everything in: the store, and a lock that one serving process holds.
class DataFolder {
public:
    enum class Use {
        Serve,       ///< Takes the lock. @return `Busy` if another server has it.
        Administer,  ///< Beside a server that may be running.
    };

    /// Makes the folder, readable by its owner only, and the store where there never was one.
    /// @return `Busy`, `Damaged` (also where a store has been and is lost), `TooNew`, `Disk`, `DiskFull`,
    /// `Invalid` for the folder of a profile.
    static Result<DataFolder> open(
        const std::filesystem::path& folder, Use use, RandomSource& random,
        const SqliteStoreOptions& options = {});

    SqliteStore& store() { return *store_; }
    /// Whether there was no server here before: it has just been given keys of its own.
    bool isNew() const { return isNew_; }

private:
    DataFolder() = default;

    bool isNew_ = false;
    /// Holds an exclusive transaction on a file of its own: the operating system lets go of it however the
    /// process ends.
    std::optional<sql::Database> lock_;
    std::unique_ptr<SqliteStore> store_;
};

}  // namespace teren::server
