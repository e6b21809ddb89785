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

namespace {

/// What happened, for a person who knows no SQLite; empty where its own words serve.
std::string inWords(int extendedCode)
{
    if (extendedCode == SQLITE_IOERR_DATA)
        return "a page of the database does not carry its seal: it was changed from outside or the disk "
               "failed";
    if ((extendedCode & 0xff) == SQLITE_CORRUPT || (extendedCode & 0xff) == SQLITE_NOTADB)
        return "the database was changed from outside, cut short, or the disk failed";
    if ((extendedCode & 0xff) == SQLITE_FULL)
        return "the disk is full";
    if ((extendedCode & 0xff) == SQLITE_READONLY)
        return "the disk or the folder cannot be written to";
    if ((extendedCode & 0xff) == SQLITE_CANTOPEN)
        return "the database file cannot be opened; check the folder and its permissions";
    return {};
}

}  // namespace

Error errorOf(sqlite3* handle, int extendedCode)
{
    const std::string code = "sqlite " + std::to_string(extendedCode);
    const std::string words = inWords(extendedCode);
    std::string detail
        = words.empty() ? code + ": " + sqlite3_errstr(extendedCode) : words + " (" + code + ")";
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
