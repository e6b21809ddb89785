// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "tests/bench/sqlite_library.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace teren::bench {

/// One way to keep a database: which SQLite, through which VFS, with which key.
struct Engine {
    std::string name;
    /// The engine that this one is compared with: the same SQLite without encryption.
    std::string base;
    SqliteLibrary library;
    std::string vfs;
    /// Run first on each connection.
    std::string keySql;
    /// Asked of SQLite at the end of each page.
    int reservedBytes = 0;
};

/// A statement of a `Store`. Any failure ends the program with a word: a figure of half a run is none.
class Query {
public:
    Query(const SqliteLibrary& library, sqlite3* handle, std::string_view sql);
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query() { library_.finalize(statement_); }

    Query& with(int at, std::int64_t value);
    Query& with(int at, std::span<const std::uint8_t> blob);
    Query& with(int at, std::string_view text);
    /// @return whether there is a row.
    bool step();
    std::int64_t number() const { return library_.columnInt(statement_, 0); }
    std::string text() const;
    std::int64_t size() const { return library_.columnBytes(statement_, 0); }
    void reset() { library_.reset(statement_); }
    /// Runs it to its end, and makes it ready for the next time.
    void run();

private:
    void require(int code) const;

    const SqliteLibrary& library_;
    sqlite3* handle_;
    sqlite3_stmt* statement_ = nullptr;
};

/// A connection with the settings that all engines have in common: WAL, synchronous=FULL, pages of 4096
/// bytes.
class Store {
public:
    Store(const Engine& engine, const std::filesystem::path& file, int cacheKibibytes);
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    ~Store() { engine_.library.close(handle_); }

    void execute(std::string_view sql);
    std::int64_t number(std::string_view sql);
    std::string text(std::string_view sql);
    std::unique_ptr<Query> query(std::string_view sql);

private:
    const Engine& engine_;
    sqlite3* handle_ = nullptr;
};

}  // namespace teren::bench
