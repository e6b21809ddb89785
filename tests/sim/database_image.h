// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/assert.h"
#include "sync/sql/database.h"
#include "sync/sql/migrations.h"

#include <sqlite3.h>

#include <memory>

namespace teren::sim {

inline std::unique_ptr<sql::Database> emptyDatabase()
{
    Result<sql::Database> database = sql::Database::openInMemory();
    TEREN_ASSERT(database.has_value());
    return std::make_unique<sql::Database>(*std::move(database));
}

/// Makes `to` what the database behind `from` is now.
inline void copyInto(sqlite3* from, sql::Database& to)
{
    sqlite3_backup* backup = sqlite3_backup_init(to.handle(), "main", from, "main");
    TEREN_ASSERT(backup != nullptr);
    sqlite3_backup_step(backup, -1);
    const int code = sqlite3_backup_finish(backup);
    TEREN_ASSERT(code == SQLITE_OK);
}

/// The database behind `from` as it is now, in memory.
inline std::unique_ptr<sql::Database> copyOf(sqlite3* from)
{
    std::unique_ptr<sql::Database> to = emptyDatabase();
    copyInto(from, *to);
    return to;
}

/// One with these tables, which are made once in a process.
template <const auto& kMigrations>
std::unique_ptr<sql::Database> withTables()
{
    static const std::unique_ptr<sql::Database> made = [] {
        std::unique_ptr<sql::Database> first = emptyDatabase();
        const Status migrated = sql::migrate(*first, kMigrations());
        TEREN_ASSERT(migrated.has_value());
        return first;
    }();
    return copyOf(made->handle());
}

}  // namespace teren::sim
