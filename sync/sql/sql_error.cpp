// SPDX-License-Identifier: EUPL-1.2
#include "sync/sql/sql_error.h"

#include <sqlite3.h>

#include <cstdint>
#include <optional>

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

/// What happened, for a person who knows no SQLite.
std::string inWords(int extendedCode)
{
    if (extendedCode == SQLITE_IOERR_DATA)
        return "a page of the database does not carry its seal: it was changed from outside or the disk "
               "failed";
    if (extendedCode == SQLITE_IOERR_CORRUPTFS)
        return "a file lies beside the database that this program never writes: a journal, put there from "
               "outside";
    if ((extendedCode & 0xff) == SQLITE_CORRUPT || (extendedCode & 0xff) == SQLITE_NOTADB)
        return "the database was changed from outside, cut short, or the disk failed";
    if ((extendedCode & 0xff) == SQLITE_FULL)
        return "the disk is full";
    if (extendedCode == SQLITE_READONLY_DBMOVED)
        return "the disk this profile is on was removed, or its files were moved away; connect it again and "
               "open "
               "the profile again";
    if ((extendedCode & 0xff) == SQLITE_READONLY)
        return "the disk or the folder cannot be written to; nothing in it is lost: make it writable, or "
               "copy the "
               "folder to another disk and open the copy";
    if ((extendedCode & 0xff) == SQLITE_BUSY || (extendedCode & 0xff) == SQLITE_LOCKED)
        return "the database is in use by another program";
    if ((extendedCode & 0xff) == SQLITE_CANTOPEN)
        return "the database file cannot be opened; check the folder and its permissions";
    const std::string number = " (database error " + std::to_string(extendedCode) + ")";
    switch (extendedCode & 0xff) {
    case SQLITE_IOERR:
        return "the disk failed while the database was read or written" + number;
    case SQLITE_NOMEM:
        return "this computer has too little memory left; close other programs" + number;
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return "the database is closed to what was asked of it" + number;
    case SQLITE_TOOBIG:
    case SQLITE_CONSTRAINT:
        return "the database does not take this value" + number;
    default:
        return "the program asked something of the database that it does not do: a fault of the program"
            + number;
    }
}

/// What `PRAGMA name` answers; 0 if nothing.
std::int64_t pragma(sqlite3* handle, const char* name)
{
    sqlite3_stmt* statement = nullptr;
    std::int64_t value = 0;
    if (sqlite3_prepare_v2(handle, name, -1, &statement, nullptr) == SQLITE_OK
        && sqlite3_step(statement) == SQLITE_ROW)
        value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

/// Whether it is the database that has no more room, and not the disk: SQLite has one code for both. What the
/// failed statement had added is taken back by now, so pages that it may have wanted are allowed for.
std::optional<Error> limitError(sqlite3* handle)
{
    constexpr std::int64_t kWanted = 1'024;
    constexpr std::int64_t kMebibyte = std::int64_t{1} << 20;
    const std::int64_t most = pragma(handle, "PRAGMA max_page_count");
    if (pragma(handle, "PRAGMA page_count") < most - kWanted)
        return std::nullopt;
    const std::int64_t size = most * pragma(handle, "PRAGMA page_size");
    return Error{
        Errc::DiskFull,
        "the database has the greatest size that it can have (" + std::to_string(size / kMebibyte)
            + " MiB). All that is in it is safe and can be read, sent and backed up; nothing can be added "
              "until "
              "something was removed"};
}

}  // namespace

Error errorOf(sqlite3* handle, int extendedCode)
{
    if (handle != nullptr && (extendedCode & 0xff) == SQLITE_FULL) {
        if (auto error = limitError(handle))
            return *std::move(error);
    }
    std::string detail = inWords(extendedCode);
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
