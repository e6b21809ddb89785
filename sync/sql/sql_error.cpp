// SPDX-License-Identifier: EUPL-1.2
#include "sync/sql/sql_error.h"

#include <sqlite3.h>

namespace teren::sql {

Errc errcOf(int extendedCode) noexcept
{
    if (extendedCode == SQLITE_IOERR_DATA || extendedCode == SQLITE_IOERR_CORRUPTFS)
        return Errc::Damaged;
    switch (extendedCode & 0xff) {
    case SQLITE_FULL:
        return Errc::DiskFull;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Errc::Damaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Errc::Busy;
    default:
        return Errc::Disk;
    }
}

Error errorOf(sqlite3* handle, int extendedCode)
{
    std::string detail = "sqlite " + std::to_string(extendedCode) + ": " + sqlite3_errstr(extendedCode);
    const int primary = extendedCode & 0xff;
    if (handle != nullptr && (primary == SQLITE_ERROR || primary == SQLITE_CONSTRAINT)) {
        const std::string message = sqlite3_errmsg(handle);
        // FTS5 quotes the searched text in its messages; all others name parts of the schema only.
        if (!message.starts_with("fts5"))
            detail += ": " + message;
    }
    return {errcOf(extendedCode), std::move(detail)};
}

}  // namespace teren::sql
