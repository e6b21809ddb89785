// SPDX-License-Identifier: EUPL-1.2
#include "sync/sql/database.h"

#include "sync/sql/sql_error.h"

#include <sqlite3.h>

namespace teren::sql {
namespace {

/// VACUUM attaches a nameless temporary database of its own, VACUUM INTO the file that was announced. Any
/// other ATTACH could name a file or a VFS that would take plaintext. Nothing is told of a name that is no
/// literal.
int authorize(
    void* context, int action, const char* first, const char* /*second*/, const char* /*database*/,
    const char* /*trigger*/)
{
    if (action != SQLITE_ATTACH)
        return SQLITE_OK;
    const std::string& announced = *static_cast<const std::string*>(context);
    const bool isAllowed = first != nullptr && (*first == '\0' || first == announced);
    return isAllowed ? SQLITE_OK : SQLITE_DENY;
}

std::string textOf(const std::filesystem::path& path)
{
    const std::u8string name = path.u8string();
    return {name.begin(), name.end()};
}

/// The only way to name a VFS to ATTACH.
std::string uriOf(std::string_view path, std::string_view vfs)
{
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char letter : path) {
        const auto byte = static_cast<unsigned char>(letter);
        const bool isPlain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
            || (byte >= '0' && byte <= '9') || letter == '/' || letter == '.' || letter == '-'
            || letter == '_';
        if (isPlain)
            uri += letter;
        else
            (uri += '%').append({kHex[byte >> 4], kHex[byte & 15]});
    }
    return uri.append("?vfs=").append(vfs);
}

}  // namespace

void Database::Close::operator()(sqlite3* handle) const noexcept
{
    sqlite3_close_v2(handle);
}

Result<Database> Database::open(const std::filesystem::path& path, const OpenOptions& options)
{
    // Debian's SQLite reads any name that starts with "file:" as a URI; an absolute path never does.
    std::error_code failed;
    const std::filesystem::path absolute = std::filesystem::absolute(path, failed);
    if (failed)
        return fail(Errc::Disk, "no absolute path: " + failed.message());
    return openNamed(textOf(absolute), options);
}

Result<Database> Database::openInMemory()
{
    return openNamed(":memory:", {});
}

Result<Database> Database::openNamed(const std::string& name, const OpenOptions& options)
{
    const int access = options.access == Access::ReadOnly ? SQLITE_OPEN_READONLY
                                                          : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(
        name.c_str(), &handle, access | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
        options.vfs.empty() ? nullptr : options.vfs.c_str());
    Database database(handle);
    if (code != SQLITE_OK)
        return std::unexpected(errorOf(handle, code));
    TEREN_CHECK(database.prepareConnection(options));
    return database;
}

Status Database::prepareConnection(const OpenOptions& options)
{
    sqlite3* handle = handle_.get();
    sqlite3_busy_timeout(handle, static_cast<int>(options.busyTimeout.count()));
    sqlite3_set_authorizer(handle, authorize, attachable_.get());
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (options.reservedBytes > 0) {
        int reserved = options.reservedBytes;
        const int code = sqlite3_file_control(handle, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
        if (code != SQLITE_OK)
            return std::unexpected(errorOf(handle, code));
    }
    return execute("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;");
}

Status Database::execute(std::string_view sql)
{
    const int code = sqlite3_exec(handle_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return std::unexpected(errorOf(handle_.get(), sqlite3_extended_errcode(handle_.get())));
    return {};
}

Result<std::int64_t> Database::number(std::string_view sql)
{
    Statement statement(handle_.get(), sql);
    TEREN_TRY(const bool hasRow, statement.step());
    if (!hasRow)
        return fail(Errc::NotFound, "no row");
    return statement.columnInt(0);
}

Statement& Database::statement(std::string_view sql)
{
    const auto found = statements_.find(sql);
    if (found != statements_.end() && found->second->isPrepared()) {
        found->second->reset();
        return *found->second;
    }
    auto& slot = statements_[std::string(sql)];
    slot = std::make_unique<Statement>(handle_.get(), sql);
    return *slot;
}

Status Database::copyTo(Database& target)
{
    sqlite3_backup* backup = sqlite3_backup_init(target.handle(), "main", handle_.get(), "main");
    if (backup == nullptr)
        return std::unexpected(errorOf(target.handle(), sqlite3_extended_errcode(target.handle())));
    const int step = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (step == SQLITE_DONE && finished == SQLITE_OK)
        return {};
    return std::unexpected(errorOf(target.handle(), finished == SQLITE_OK ? step : finished));
}

Status Database::compactInto(const std::filesystem::path& path, std::string_view vfs)
{
    std::error_code failed;
    const std::filesystem::path absolute = std::filesystem::absolute(path, failed);
    if (failed)
        return fail(Errc::Disk, "no absolute path: " + failed.message());
    *attachable_ = vfs.empty() ? textOf(absolute) : uriOf(textOf(absolute), vfs);
    const Status done = Statement(handle_.get(), "VACUUM INTO ?").with(std::string_view(*attachable_)).run();
    attachable_->clear();
    return done;
}

std::int64_t Database::lastChanges() const
{
    return sqlite3_changes64(handle_.get());
}

std::int64_t Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(handle_.get());
}

bool Database::inTransaction() const
{
    return sqlite3_get_autocommit(handle_.get()) == 0;
}

}  // namespace teren::sql
