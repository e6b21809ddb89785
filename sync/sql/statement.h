// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

#include <concepts>
#include <cstddef>
#include <optional>

struct sqlite3;
struct sqlite3_stmt;

namespace teren::sql {

/// A prepared statement: bind, step through its rows, read columns.
///
/// Preparing and binding never fail on the spot; what went wrong there is what `step` returns. Parameters
/// count from 1 and columns from 0, as in SQLite. A statement that stands on a row holds a read
/// transaction: step it to its end, or `reset` it, before waiting for anything.
class Statement {
public:
    Statement(sqlite3* handle, std::string_view sql);
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    /// Unsigned numbers are stored as the signed number with the same 64 bits: see `columnUint`.
    template <std::integral Number>
    Statement& bind(int index, Number number)
    {
        return bindInt(index, static_cast<std::int64_t>(number));
    }
    Statement& bind(int index, ByteView blob);
    Statement& bind(int index, std::string_view text);
    Statement& bind(int index, std::nullptr_t);
    /// Nothing is stored as NULL.
    template <typename Value>
    Statement& bind(int index, const std::optional<Value>& value)
    {
        return value ? bind(index, *value) : bind(index, nullptr);
    }
    /// Binds the parameters 1, 2, 3, ... in order.
    template <typename... Values>
    Statement& with(const Values&... values)
    {
        int index = 0;
        (bind(++index, values), ...);
        return *this;
    }

    /// Goes to the next row. @return whether there is one. After false or an error the statement is reset.
    Result<bool> step();
    /// Runs a statement to its end; its rows, if any, are passed over.
    Status run();
    /// Leaves the row and clears the parameters.
    void reset();

    std::int64_t columnInt(int column) const;
    std::uint64_t columnUint(int column) const { return static_cast<std::uint64_t>(columnInt(column)); }
    /// Valid until the next `step` or `reset`.
    ByteView columnBlob(int column) const;
    /// Valid until the next `step` or `reset`.
    std::string_view columnText(int column) const;
    bool isNull(int column) const;

private:
    friend class Database;
    bool isPrepared() const { return raw_ != nullptr; }
    Statement& bindInt(int index, std::int64_t number);
    void note(int code);

    sqlite3* handle_;
    sqlite3_stmt* raw_ = nullptr;
    /// From preparing or binding; `step` hands it out.
    std::optional<Error> error_;
};

}  // namespace teren::sql
