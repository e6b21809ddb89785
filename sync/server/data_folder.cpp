// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/data_folder.h"

#include "crypto/base/limits.h"
#include "sync/server/sqlite_blobs.h"

#include <fstream>

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

/// Stands beside the store while it is being made: a first start that was cut short may be done again.
constexpr const char* kMaking = "teren.db.making";

bool isThere(const std::filesystem::path& file)
{
    std::error_code unreadable;
    // What cannot be looked at counts as there: nothing is made over it.
    return std::filesystem::exists(file, unreadable) || unreadable;
}

bool holdsSomething(const std::filesystem::path& file)
{
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    return error ? isThere(file) : size > 0;
}

/// @return whether a store has to be made; `Damaged` where one has been lost.
Result<bool> lacksStore(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / kStoreFile;
    if (isThere(folder / "vault.header"))
        return fail(
            Errc::Invalid,
            "the folder holds a profile of Teren, not a server; nothing was changed; name another folder");
    if (holdsSomething(file))
        return isThere(folder / kMaking);
    if (isThere(folder / kUnfinishedRestore))
        return fail(Errc::Damaged, "a backup was being restored here and that was not finished");
    bool traces = isThere(file);
    for (const char* name : {"serving.lock", "teren.db-wal", "teren.db-shm", kBlobFile})
        traces = traces || isThere(folder / name);
    // In this order: another process may have been making the store meanwhile.
    if (!traces || isThere(folder / kMaking) || holdsSomething(file))
        return true;
    return fail(
        Errc::Damaged,
        isThere(file) ? "teren.db is empty although there was a server in this folder"
                      : "teren.db is missing although there was a server in this folder");
}

Status noteMaking(const std::filesystem::path& folder)
{
    if (!std::ofstream(folder / kMaking))
        return fail(Errc::Disk, "nothing can be written into the data folder");
    return {};
}

/// Says of a store that is not whole what to do.
std::unexpected<Error> inWords(Error error)
{
    if (error.code == Errc::Damaged)
        error.detail = "the store is damaged (" + error.detail
            + "); nothing was changed; restore a backup into another folder";
    return std::unexpected(std::move(error));
}

}  // namespace

Result<DataFolder> DataFolder::open(
    const std::filesystem::path& folder, Use use, RandomSource& random, const SqliteStoreOptions& options)
{
    Result<DataFolder> opened = openFolder(folder, use, random, options);
    if (!opened)
        return inWords(std::move(opened).error());
    return opened;
}

Result<DataFolder> DataFolder::openFolder(
    const std::filesystem::path& folder, Use use, RandomSource& random, const SqliteStoreOptions& options)
{
    DataFolder data;
    if (use != Use::Existing)
        TEREN_CHECK(makeFolder(folder));
    TEREN_TRY(data.isNew_, lacksStore(folder));
    if (data.isNew_ && use == Use::Existing)
        return fail(Errc::NotFound, "there is no server in this folder; nothing was made");
    if (data.isNew_)
        TEREN_CHECK(noteMaking(folder));
    if (use == Use::Serve) {
        TEREN_TRY(data.lock_, takeLock(folder));
    }
    SqliteStoreOptions wanted = options;
    wanted.mayBeNew = data.isNew_;
    TEREN_TRY(data.store_, SqliteStore::open(folder / kStoreFile, random, wanted));
    if (use == Use::Serve) {
        TEREN_TRY(
            std::unique_ptr<SqliteBlobs> blobs,
            SqliteBlobs::open(folder / kBlobFile, {options.bytesMax, limits::kDiskReserve}));
        data.store_->carry(std::move(blobs));
    }
    std::error_code ignored;
    std::filesystem::remove(folder / kMaking, ignored);  // Left over, it says "new" once more.
    return data;
}

Status DataFolder::makeVacant(const std::filesystem::path& folder)
{
    TEREN_CHECK(makeFolder(folder));
    if (isThere(folder / kUnfinishedRestore) && !isThere(folder / kStoreFile)) {
        std::error_code error;
        for (const std::string& name :
             {std::string(kBlobFile), std::string(kBlobFile) + "-journal", std::string(kUnfinishedRestore),
              std::string(kUnfinishedRestore) + "-journal"})
            std::filesystem::remove(folder / name, error);
        if (error)
            return fail(Errc::Disk, "an unfinished restore cannot be removed: " + error.message());
    }
    const Result<bool> vacant = lacksStore(folder);
    if (!vacant && vacant.error().code == Errc::Invalid)
        return std::unexpected(vacant.error());
    if (!vacant.value_or(false) || isThere(folder / kMaking))
        return fail(
            Errc::Refused,
            "there is or was a server in this folder; nothing was changed; name an empty folder, or move "
            "that "
            "server away first");
    return {};
}

}  // namespace teren::server
