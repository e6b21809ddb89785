// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/random.h"
#include "crypto/base/result.h"
#include "crypto/sign/secret_key.h"
#include "crypto/vault_id.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace teren::page {

/// Bytes that a database opened through `PageVfs` must reserve at the end of each page: tell SQLite so
/// (SQLITE_FCNTL_RESERVE_BYTES) right after opening, before the first write.
inline constexpr int kReservedBytes = 40;

/// Pages of a database, about 12 GiB: what an anchor can vouch for. A write beyond is SQLITE_FULL.
inline constexpr std::uint32_t kDatabasePagesMax = 110 * 113 * 253;

/// How a `PageVfs` works.
struct PageVfsOptions {
    /// The VFS that does the input and output; empty for the platform's. On Unix that is "unix-excl", whose
    /// locks keep a second process out of the database as well.
    std::string baseVfs{};
    /// How long after a commit it is anchored, on a thread of its own; 0 for never.
    std::chrono::milliseconds anchorDelay{500};
};

/// A registered SQLite VFS through which one vault's database lies sealed on the disk.
///
/// It keeps main file and WAL, and nothing else: rollback journals, temporary files, other page sizes and
/// memory mapping are refused, and what connections share stays in this process's heap. A new database is
/// made with `PRAGMA journal_mode = MEMORY` followed by `= WAL`. A unit that does not authenticate is
/// SQLITE_IOERR_DATA, and so is one that is older than the last *anchor*, a record of the current version in
/// a third file: opening fails then, and `findings` says why. The files carry the database's name, and that
/// name with "-wal" and "-fresh". All three are one; a copy of the database is a copy of the three, at rest.
class PageVfs {
public:
    /// Registers the VFS under `name`, which no other may have at the same time.
    ///
    /// @param random   Outlives this object; called under a lock, by any thread that uses a connection.
    /// @return `Disk` if there is no such base or SQLite refuses.
    static Result<std::unique_ptr<PageVfs>> create(
        std::string name, SecretKey key, VaultId vault, RandomSource& random,
        const PageVfsOptions& options = {});

    PageVfs(const PageVfs&) = delete;
    PageVfs& operator=(const PageVfs&) = delete;
    /// Every connection that uses the VFS is closed by now; the key is wiped.
    ~PageVfs();

    const std::string& name() const;

    /// Anchors all that was committed, now. The last connection to close does so by itself.
    /// @return `DiskFull`, `Disk`.
    Status anchor();
    /// What was found wrong with the freshness of the database opened last, in words; why it did not open, or
    /// what was made good.
    std::vector<std::string> findings() const;

    /// The rest is for the functions that SQLite calls.
    struct State;

private:
    explicit PageVfs(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace teren::page
