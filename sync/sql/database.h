// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/sql/statement.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>

namespace teren::sql {

enum class Access { ReadWrite, ReadOnly };

struct OpenOptions {
    /// The registered VFS that the file is opened with; empty for SQLite's default.
    std::string vfs{};
    Access access = Access::ReadWrite;
    /// Bytes that SQLite leaves free at the end of each page of a new file, for a VFS that needs them.
    int reservedBytes = 0;
    /// How long a statement waits for another connection's lock before it fails with `Busy`.
    std::chrono::milliseconds busyTimeout{5'000};
};

/// One SQLite connection, used by one thread at a time.
///
/// Every connection has foreign keys on, temporary tables in memory and extended result codes; it never
/// reads a path as a URI, and refuses ATTACH of any file but the one that `compactInto` announces. Failures
/// are `DiskFull` (also if the database has its own greatest size, and in other words), `Damaged`, `Busy`, or
/// `Disk` for all the rest, broken constraints and wrong SQL included.
class Database {
public:
    /// Opens or, for `ReadWrite`, makes the file. An unreadable file may show only at the first statement.
    static Result<Database> open(const std::filesystem::path& path, const OpenOptions& options = {});
    static Result<Database> openInMemory();

    /// Runs one or more statements without parameters.
    Status execute(std::string_view sql);
    /// The first column of the first row, NULL as 0. @return `NotFound` if there is no row.
    Result<std::int64_t> number(std::string_view sql);
    /// The statement for this one text, made at its first use and kept, reset and without parameters.
    /// The same text gives the same object: a loop over its rows must not ask for it again inside.
    Statement& statement(std::string_view sql);

    /// Makes `target` what this is at one moment, whatever other connections do meanwhile. `target` is empty,
    /// has the page size of this one, and no transaction.
    Status copyTo(Database& target);
    /// Writes what this is to `path`, a file that is missing or empty, page by page anew and without free
    /// pages: with the VFS of this connection, or with `vfs`, another registered one. There is no open
    /// transaction. What a failure leaves there is no database.
    Status compactInto(const std::filesystem::path& path, std::string_view vfs = {});

    /// Rows that the last INSERT, UPDATE or DELETE changed.
    std::int64_t lastChanges() const;
    std::int64_t lastInsertId() const;
    /// Whether a transaction is open.
    bool inTransaction() const;
    /// For registering functions, tokenizers and collations. Not for statements.
    sqlite3* handle() { return handle_.get(); }

private:
    struct Close {
        void operator()(sqlite3* handle) const noexcept;
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    explicit Database(sqlite3* handle) : attachable_(std::make_unique<std::string>()), handle_(handle) {}
    static Result<Database> openNamed(const std::string& name, const OpenOptions& options);
    Status prepareConnection(const OpenOptions& options);

    /// The one name that ATTACH may have, besides none; where SQLite finds it even if this object moves.
    std::unique_ptr<std::string> attachable_;
    std::unique_ptr<sqlite3, Close> handle_;
    std::unordered_map<std::string, std::unique_ptr<Statement>, TextHash, std::equal_to<>> statements_;
};

}  // namespace teren::sql
