// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/store_engine.h"

#include <cstdlib>
#include <iostream>

namespace teren::bench {
namespace {

[[noreturn]] void giveUp(const SqliteLibrary& library, sqlite3* handle, std::string_view what)
{
    std::cerr << "store bench: " << what << ": " << (handle != nullptr ? library.errmsg(handle) : "no memory")
              << "\n";
    std::exit(1);
}

}  // namespace

Query::Query(const SqliteLibrary& library, sqlite3* handle, std::string_view sql)
    : library_(library),
      handle_(handle)
{
    require(library_.prepare(handle, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr));
}

void Query::require(int code) const
{
    if (code != SQLITE_OK)
        giveUp(library_, handle_, "a statement");
}

Query& Query::with(int at, std::int64_t value)
{
    require(library_.bindInt(statement_, at, value));
    return *this;
}

Query& Query::with(int at, std::span<const std::uint8_t> blob)
{
    require(library_.bindBlob(statement_, at, blob.data(), static_cast<int>(blob.size()), SQLITE_STATIC));
    return *this;
}

Query& Query::with(int at, std::string_view text)
{
    require(library_.bindText(statement_, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC));
    return *this;
}

bool Query::step()
{
    const int code = library_.step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        giveUp(library_, handle_, "a step");
    return code == SQLITE_ROW;
}

std::string Query::text() const
{
    const unsigned char* text = library_.columnText(statement_, 0);
    return text == nullptr ? std::string() : reinterpret_cast<const char*>(text);
}

void Query::run()
{
    while (step()) {}
    reset();
}

Store::Store(const Engine& engine, const std::filesystem::path& file, int cacheKibibytes) : engine_(engine)
{
    const bool isNew = !std::filesystem::exists(file);
    const int code = engine.library.open(
        file.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
        engine.vfs.c_str());
    if (code != SQLITE_OK)
        giveUp(engine.library, handle_, engine.name + " does not open");
    int reserved = engine.reservedBytes;
    if (reserved > 0)
        engine.library.fileControl(handle_, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
    execute(engine.keySql);
    execute("PRAGMA page_size = 4096; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0");
    if (isNew)
        execute("PRAGMA journal_mode = MEMORY; PRAGMA journal_mode = WAL");
    execute("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000");
    execute("PRAGMA cache_size = -" + std::to_string(cacheKibibytes));
}

void Store::execute(std::string_view sql)
{
    if (engine_.library.exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        giveUp(engine_.library, handle_, engine_.name + ": " + std::string(sql));
}

std::unique_ptr<Query> Store::query(std::string_view sql)
{
    return std::make_unique<Query>(engine_.library, handle_, sql);
}

std::int64_t Store::number(std::string_view sql)
{
    const auto query = this->query(sql);
    return query->step() ? query->number() : -1;
}

std::string Store::text(std::string_view sql)
{
    const auto query = this->query(sql);
    return query->step() ? query->text() : std::string();
}

}  // namespace teren::bench
