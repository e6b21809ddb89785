// SPDX-License-Identifier: EUPL-1.2
#include "app/store/key_value.h"

namespace teren::store {

Result<KeyValue> KeyValue::open(sql::Database& database)
{
    TEREN_CHECK(database
                    .statement("CREATE TABLE IF NOT EXISTS key_value (key TEXT PRIMARY KEY, value BLOB NOT "
                               "NULL) STRICT, WITHOUT ROWID")
                    .run());
    return KeyValue(database);
}

Status KeyValue::put(const std::string& key, ByteView value)
{
    return database_->statement("INSERT OR REPLACE INTO key_value (key, value) VALUES (?, ?)")
        .with(std::string_view(key), value)
        .run();
}

Result<std::optional<Bytes>> KeyValue::get(const std::string& key)
{
    sql::Statement& statement = database_->statement("SELECT value FROM key_value WHERE key = ?");
    TEREN_TRY(const bool found, statement.with(std::string_view(key)).step());
    if (!found)
        return std::optional<Bytes>();
    std::optional<Bytes> value = toBytes(statement.columnBlob(0));
    statement.reset();
    return value;
}

Status KeyValue::drop(const std::string& key)
{
    return database_->statement("DELETE FROM key_value WHERE key = ?").with(std::string_view(key)).run();
}

Result<std::vector<std::string>> KeyValue::keysWithPrefix(const std::string& prefix)
{
    sql::Statement& statement = database_->statement(
        "SELECT key FROM key_value WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key");
    statement.with(std::string_view(prefix));
    std::vector<std::string> keys;
    for (;;) {
        TEREN_TRY(const bool more, statement.step());
        if (!more)
            return keys;
        keys.emplace_back(statement.columnText(0));
    }
}

}  // namespace teren::store
