// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/data_folder.h"

namespace teren::server {
namespace {

Status makeFolder(const std::filesystem::path& folder)
{
    std::error_code error;
    const bool made = std::filesystem::create_directories(folder, error);
    if (!error && made)
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    if (error)
        return fail(Errc::Disk, "the data folder cannot be made: " + error.message());
    if (!std::filesystem::is_directory(folder, error))
        return fail(Errc::Disk, "the data folder is not a folder");
    return {};
}

Result<sql::Database> takeLock(const std::filesystem::path& folder)
{
    sql::OpenOptions options;
    options.busyTimeout = std::chrono::milliseconds(0);
    TEREN_TRY(sql::Database lock, sql::Database::open(folder / "serving.lock", options));
    if (const Status taken = lock.execute("BEGIN EXCLUSIVE"); !taken) {
        if (taken.error().code == Errc::Busy)
            return fail(Errc::Busy, "another server serves this data folder");
        return std::unexpected(taken.error());
    }
    return lock;
}

}  // namespace

Result<DataFolder> DataFolder::open(
    const std::filesystem::path& folder, Use use, RandomSource& random, const SqliteStoreOptions& options)
{
    DataFolder data;
    TEREN_CHECK(makeFolder(folder));
    if (use == Use::Serve) {
        TEREN_TRY(data.lock_, takeLock(folder));
    }
    std::error_code unreadable;
    data.isNew_ = !std::filesystem::exists(folder / "teren.db", unreadable) && !unreadable;
    TEREN_TRY(data.store_, SqliteStore::open(folder / "teren.db", random, options));
    return data;
}

}  // namespace teren::server
