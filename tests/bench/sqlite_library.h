// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <sqlite3.h>

#include <string>

namespace teren::bench {

/// The functions of one SQLite: the one this program is linked with, or another of a library file, whose
/// symbols have the same names and must not get mixed up with it.
struct SqliteLibrary {
    decltype(&::sqlite3_libversion) libversion = nullptr;
    decltype(&::sqlite3_open_v2) open = nullptr;
    decltype(&::sqlite3_close_v2) close = nullptr;
    decltype(&::sqlite3_exec) exec = nullptr;
    decltype(&::sqlite3_errmsg) errmsg = nullptr;
    decltype(&::sqlite3_file_control) fileControl = nullptr;
    decltype(&::sqlite3_prepare_v2) prepare = nullptr;
    decltype(&::sqlite3_finalize) finalize = nullptr;
    decltype(&::sqlite3_step) step = nullptr;
    decltype(&::sqlite3_reset) reset = nullptr;
    decltype(&::sqlite3_bind_int64) bindInt = nullptr;
    decltype(&::sqlite3_bind_blob) bindBlob = nullptr;
    decltype(&::sqlite3_bind_text) bindText = nullptr;
    decltype(&::sqlite3_column_int64) columnInt = nullptr;
    decltype(&::sqlite3_column_bytes) columnBytes = nullptr;
    decltype(&::sqlite3_column_text) columnText = nullptr;

    static SqliteLibrary linked();
    /// @return functions that are all null, and `why`, if the file is no such library.
    static SqliteLibrary load(const std::string& file, std::string& why);
};

}  // namespace teren::bench
