// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/assert.h"
#include "sync/sql/database.h"

#include <sqlite3.h>

#include <memory>

namespace teren::sim {

inline std::unique_ptr<sql::Database> emptyDatabase()
{
    Result<sql::Database> database = sql::Database::openInMemory();
    TEREN_ASSERT(database.has_value());
    return std::make_unique<sql::Database>(*std::move(database));
}

/// The database behind `from` as it is now, in memory.
inline std::unique_ptr<sql::Database> copyOf(sqlite3* from)
{
    std::unique_ptr<sql::Database> to = emptyDatabase();
    sqlite3_backup* backup = sqlite3_backup_init(to->handle(), "main", from, "main");
    TEREN_ASSERT(backup != nullptr);
    sqlite3_backup_step(backup, -1);
    const int code = sqlite3_backup_finish(backup);
    TEREN_ASSERT(code == SQLITE_OK);
    return to;
}

}  // namespace teren::sim
