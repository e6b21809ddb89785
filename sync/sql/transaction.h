// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/sql/database.h"

#include <utility>

namespace teren::sql {

/// A write transaction that rolls back unless committed. Transactions do not nest.
class Transaction {
public:
    /// Takes the write lock at once. @return `Busy` if another connection keeps it too long.
    static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    /// After an error nothing of the transaction is kept.
    Status commit();

private:
    explicit Transaction(Database& database) : database_(&database) {}

    Database* database_;
};

}  // namespace teren::sql
