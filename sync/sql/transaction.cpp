// SPDX-License-Identifier: EUPL-1.2
#include "sync/sql/transaction.h"

#include "crypto/base/assert.h"

namespace teren::sql {

Result<Transaction> Transaction::begin(Database& database)
{
    TEREN_CHECK(database.statement("BEGIN IMMEDIATE").run());
    return Transaction(database);
}

Transaction::~Transaction()
{
    // SQLite has rolled back by itself after some errors, a full disk among them.
    if (database_ != nullptr && database_->inTransaction())
        (void)database_->statement("ROLLBACK").run();
}

Status Transaction::commit()
{
    TEREN_ASSERT(database_ != nullptr);
    TEREN_CHECK(database_->statement("COMMIT").run());
    database_ = nullptr;
    return {};
}

}  // namespace teren::sql
