// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/page/page_vfs.h"
#include "crypto/sign/system_random.h"
#include "sync/sql/database.h"

#include <filesystem>
#include <string>

namespace teren::test {

/// A key, a vault id and a registered VFS: what a test needs to open sealed databases without a passphrase.
class Sealing {
public:
    explicit Sealing(
        const SecretKey& key, VaultId vault, std::string name = "teren-test", const std::string& base = {},
        std::chrono::milliseconds anchorDelay = {})
        : vfs_(*page::PageVfs::create(
              std::move(name), key.clone(), vault, random_, {.baseVfs = base, .anchorDelay = anchorDelay}))
    {
    }

    /// Opens the database at `path`, made if there is none.
    Result<sql::Database> open(const std::filesystem::path& path, std::string_view pragmas = {})
    {
        TEREN_TRY(
            sql::Database database,
            sql::Database::open(path, {.vfs = vfs_->name(), .reservedBytes = page::kReservedBytes}));
        TEREN_TRY(const std::int64_t pages, database.number("PRAGMA page_count"));
        if (pages == 0)
            TEREN_CHECK(database.execute("PRAGMA journal_mode = MEMORY"));
        TEREN_CHECK(database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"));
        TEREN_CHECK(database.execute(pragmas));
        return database;
    }
    const std::string& name() const { return vfs_->name(); }
    page::PageVfs& vfs() { return *vfs_; }

private:
    SystemRandom random_;
    std::unique_ptr<page::PageVfs> vfs_;
};

inline SecretKey sampleKey(std::uint8_t fill)
{
    std::array<std::uint8_t, SecretKey::kSize> bytes;
    bytes.fill(fill);
    return SecretKey::copyOf(bytes);
}

inline VaultId sampleVault(std::uint8_t fill)
{
    VaultId id;
    id.bytes.fill(fill);
    return id;
}

inline bool isIntact(sql::Database& database)
{
    sql::Statement& check = database.statement("PRAGMA integrity_check");
    const auto row = check.step();
    const bool isOk = row.has_value() && *row && check.columnText(0) == "ok";
    check.reset();
    return isOk;
}

}  // namespace teren::test
