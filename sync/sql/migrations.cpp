// SPDX-License-Identifier: EUPL-1.2
#include "sync/sql/migrations.h"

#include "crypto/base/assert.h"
#include "sync/sql/transaction.h"

namespace teren::sql {
namespace {

bool numberedWithoutGaps(std::span<const Migration> migrations)
{
    for (std::size_t i = 0; i < migrations.size(); ++i)
        if (migrations[i].version != static_cast<int>(i) + 1)
            return false;
    return true;
}

}  // namespace

Status migrate(Database& database, std::span<const Migration> migrations)
{
    TEREN_ASSERT(numberedWithoutGaps(migrations));
    TEREN_TRY(const std::int64_t current, database.number("PRAGMA user_version"));
    if (current < 0)
        return fail(Errc::Damaged, "schema " + std::to_string(current));
    if (current > static_cast<std::int64_t>(migrations.size()))
        return fail(Errc::TooNew, "schema " + std::to_string(current));

    for (const Migration& step : migrations.subspan(static_cast<std::size_t>(current))) {
        TEREN_TRY(Transaction transaction, Transaction::begin(database));
        TEREN_CHECK(database.execute(step.sql));
        TEREN_CHECK(database.execute("PRAGMA user_version = " + std::to_string(step.version)));
        TEREN_CHECK(transaction.commit());
    }
    return {};
}

}  // namespace teren::sql
