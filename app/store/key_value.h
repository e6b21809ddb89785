// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/sql/database.h"

#include <optional>
#include <vector>

namespace teren::store {

/// Small values by name in a vault, there before any workspace is: the person's name, settings, drafts of
/// forms, secrets of open invitations. Each call is one durable transaction. Not thread-safe.
class KeyValue {
public:
    /// @param database  Outlives this object; the table is made if it is missing.
    static Result<KeyValue> open(sql::Database& database);

    Status put(const std::string& key, ByteView value);
    Result<std::optional<Bytes>> get(const std::string& key);
    Status drop(const std::string& key);
    /// Keys that start with `prefix`, sorted.
    Result<std::vector<std::string>> keysWithPrefix(const std::string& prefix);

private:
    explicit KeyValue(sql::Database& database) : database_(&database) {}

    sql::Database* database_;
};

}  // namespace teren::store
