// SPDX-License-Identifier: EUPL-1.2
#include "sync/sql/statement.h"

#include "crypto/base/assert.h"
#include "sync/sql/sql_error.h"

#include <sqlite3.h>

namespace teren::sql {

Statement::Statement(sqlite3* handle, std::string_view sql) : handle_(handle)
{
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v3(
        handle, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw_, &tail);
    if (code != SQLITE_OK)
        note(code);
    else
        TEREN_ASSERT(raw_ != nullptr);
}

Statement::~Statement()
{
    sqlite3_finalize(raw_);
}

void Statement::note(int code)
{
    if (code != SQLITE_OK && !error_)
        error_ = errorOf(handle_, sqlite3_extended_errcode(handle_));
}

Statement& Statement::bindInt(int index, std::int64_t number)
{
    if (raw_ != nullptr)
        note(sqlite3_bind_int64(raw_, index, number));
    return *this;
}

Statement& Statement::bind(int index, ByteView blob)
{
    // A null pointer would store NULL instead of an empty blob.
    const void* data = blob.empty() ? static_cast<const void*>("") : blob.data();
    if (raw_ != nullptr)
        note(sqlite3_bind_blob64(raw_, index, data, blob.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind(int index, std::string_view text)
{
    const char* data = text.empty() ? "" : text.data();
    if (raw_ != nullptr)
        note(sqlite3_bind_text64(raw_, index, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(int index, std::nullptr_t)
{
    if (raw_ != nullptr)
        note(sqlite3_bind_null(raw_, index));
    return *this;
}

Result<bool> Statement::step()
{
    if (error_)
        return std::unexpected(*error_);
    const int code = sqlite3_step(raw_);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(raw_);
        return false;
    }
    Error error = errorOf(handle_, sqlite3_extended_errcode(handle_));
    sqlite3_reset(raw_);
    return std::unexpected(std::move(error));
}

Status Statement::run()
{
    for (;;) {
        TEREN_TRY(const bool hasRow, step());
        if (!hasRow)
            return {};
    }
}

void Statement::reset()
{
    if (raw_ == nullptr)
        return;
    sqlite3_reset(raw_);
    sqlite3_clear_bindings(raw_);
    error_.reset();
}

std::int64_t Statement::columnInt(int column) const
{
    return sqlite3_column_int64(raw_, column);
}

ByteView Statement::columnBlob(int column) const
{
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(raw_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(raw_, column))};
}

std::string_view Statement::columnText(int column) const
{
    const void* data = sqlite3_column_text(raw_, column);
    return {static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(raw_, column))};
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(raw_, column) == SQLITE_NULL;
}

}  // namespace teren::sql
