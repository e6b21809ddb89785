// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/sql/database.h"

#include <type_traits>

namespace teren::store {

/// Calls `take(row)` for each row of a statement whose parameters are bound. `take` returns nothing, or a
/// `Status` that ends the walk.
template <typename Take>
Status eachRow(sql::Statement& rows, Take take)
{
    for (;;) {
        TEREN_TRY(const bool more, rows.step());
        if (!more)
            return {};
        if constexpr (std::is_void_v<std::invoke_result_t<Take&, sql::Statement&>>) {
            take(rows);
        } else if (Status taken = take(rows); !taken) {
            rows.reset();
            return taken;
        }
    }
}

/// The first column of the only row; `missing` if there is none.
Result<std::int64_t> numberOf(sql::Statement& statement, std::int64_t missing = 0);

/// An identifier in a column. @return `Damaged` if it has the wrong size.
template <typename IdType>
Result<IdType> idAt(const sql::Statement& row, int column)
{
    Result<IdType> id = IdType::from(row.columnBlob(column));
    if (!id)
        return fail(Errc::Damaged, "an identifier of the wrong size in the store");
    return id;
}

/// 32 bytes in a column. @return `Damaged` for any other size.
Result<Hash> hashAt(const sql::Statement& row, int column);

}  // namespace teren::store
