// SPDX-License-Identifier: EUPL-1.2
#include "app/store/rows.h"

#include <algorithm>

namespace teren::store {

Result<std::int64_t> numberOf(sql::Statement& statement, std::int64_t missing)
{
    TEREN_TRY(const bool found, statement.step());
    if (!found)
        return missing;
    const std::int64_t number = statement.isNull(0) ? missing : statement.columnInt(0);
    statement.reset();
    return number;
}

Result<Hash> hashAt(const sql::Statement& row, int column)
{
    const ByteView bytes = row.columnBlob(column);
    Hash hash{};
    if (bytes.size() != hash.size())
        return fail(Errc::Damaged, "a hash of the wrong size in the store");
    std::ranges::copy(bytes, hash.begin());
    return hash;
}

}  // namespace teren::store
