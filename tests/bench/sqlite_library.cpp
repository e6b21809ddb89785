// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/sqlite_library.h"

#include <dlfcn.h>

namespace teren::bench {

SqliteLibrary SqliteLibrary::linked()
{
    return {::sqlite3_libversion, ::sqlite3_open_v2,      ::sqlite3_close_v2,     ::sqlite3_exec,
            ::sqlite3_errmsg,     ::sqlite3_file_control, ::sqlite3_prepare_v2,   ::sqlite3_finalize,
            ::sqlite3_step,       ::sqlite3_reset,        ::sqlite3_bind_int64,   ::sqlite3_bind_blob,
            ::sqlite3_bind_text,  ::sqlite3_column_int64, ::sqlite3_column_bytes, ::sqlite3_column_text};
}

SqliteLibrary SqliteLibrary::load(const std::string& file, std::string& why)
{
    // Deep binding: what the library calls is its own, not what this program is linked with.
    void* opened = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
    if (opened == nullptr) {
        // NOLINTNEXTLINE(concurrency-mt-unsafe): one thread loads libraries.
        why = ::dlerror();
        return {};
    }
    SqliteLibrary library;
    bool isWhole = true;
    const auto find = [&](auto& function, const char* name) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(opened, name));
        isWhole = isWhole && function != nullptr;
    };
    find(library.libversion, "sqlite3_libversion");
    find(library.open, "sqlite3_open_v2");
    find(library.close, "sqlite3_close_v2");
    find(library.exec, "sqlite3_exec");
    find(library.errmsg, "sqlite3_errmsg");
    find(library.fileControl, "sqlite3_file_control");
    find(library.prepare, "sqlite3_prepare_v2");
    find(library.finalize, "sqlite3_finalize");
    find(library.step, "sqlite3_step");
    find(library.reset, "sqlite3_reset");
    find(library.bindInt, "sqlite3_bind_int64");
    find(library.bindBlob, "sqlite3_bind_blob");
    find(library.bindText, "sqlite3_bind_text");
    find(library.columnInt, "sqlite3_column_int64");
    find(library.columnBytes, "sqlite3_column_bytes");
    find(library.columnText, "sqlite3_column_text");
    if (!isWhole) {
        why = "it lacks functions of SQLite";
        return {};
    }
    return library;
}

}  // namespace teren::bench
