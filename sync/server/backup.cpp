// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/backup.h"

#include "sync/server/data_folder.h"
#include "sync/server/sqlite_schema.h"
#include "sync/server/tree_reader.h"
#include "sync/sql/transaction.h"

#include <bit>

namespace teren::server {
namespace {

Result<sql::Database> openToRead(const std::filesystem::path& file)
{
    sql::OpenOptions options;
    options.access = sql::Access::ReadOnly;
    return sql::Database::open(file, options);
}

/// Runs one transaction after which everything written to the file before it, and its name in its folder,
/// survive a power cut: SQLite syncs both on an EXTRA commit with a rollback journal.
template <typename Work>
Status settled(const std::filesystem::path& file, const Work& work)
{
    TEREN_TRY(sql::Database database, sql::Database::open(file));
    TEREN_CHECK(database.execute("PRAGMA synchronous = EXTRA"));
    TEREN_TRY(sql::Transaction transaction, sql::Transaction::begin(database));
    TEREN_CHECK(work(database));
    return transaction.commit();
}

Status markAsBackup(const std::filesystem::path& file, const BackupReport& report)
{
    return settled(file, [&report](sql::Database& database) -> Status {
        TEREN_CHECK(database.execute(
            "CREATE TABLE backup (made_ms INTEGER NOT NULL, blobs INTEGER NOT NULL) STRICT"));
        return database.statement("INSERT INTO backup VALUES (?, ?)")
            .with(report.made.time_since_epoch().count(), report.attachments)
            .run();
    });
}

/// Writes a file of blobs anew. A server that has never carried one has no such file, and neither has its
/// copy.
Status copyBlobs(const std::filesystem::path& from, const std::filesystem::path& to)
{
    std::error_code error;
    if (!std::filesystem::exists(from, error))
        return {};
    {
        TEREN_TRY(sql::Database database, sql::Database::open(from));
        TEREN_CHECK(database.compactInto(to));
    }
    return settled(to, [](sql::Database& database) {
        return database.execute("CREATE TABLE settling (one INTEGER) STRICT; DROP TABLE settling");
    });
}

/// @return how many there are; 0 for no file.
Result<std::uint64_t> auditBlobFile(const std::filesystem::path& file)
{
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return 0;
    TEREN_TRY(sql::Database database, openToRead(file));
    return auditBlobs(database);
}

Status markAsRestored(
    const std::filesystem::path& file, const std::vector<AuditedWorkspace>& workspaces, RandomSource& random)
{
    std::array<std::uint8_t, 8> incarnation{};
    random.fill(incarnation);
    // Of an earlier build, the store has to learn what is set here.
    TEREN_TRY(sql::Database database, sql::Database::open(file));
    TEREN_CHECK(sql::migrate(database, sqliteMigrations()));
    return settled(file, [&](sql::Database& settling) -> Status {
        TEREN_CHECK(settling.execute("DROP TABLE backup"));
        TEREN_CHECK(settling.statement("UPDATE server SET incarnation = ?")
                        .with(std::bit_cast<std::uint64_t>(incarnation))
                        .run());
        for (const AuditedWorkspace& workspace : workspaces)
            TEREN_CHECK(settling.statement("UPDATE workspace SET safe = ? WHERE workspace = ?")
                            .with(workspace.tree.size, workspace.workspace.view())
                            .run());
        return {};
    });
}

/// @return `Refused` if the folder holds anything but an unfinished copy, which is removed.
Status makeRoomForCopy(const std::filesystem::path& folder)
{
    std::error_code error;
    if (std::filesystem::create_directories(folder, error) && !error)
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    if (error || !std::filesystem::is_directory(folder, error))
        return fail(Errc::Disk, "the folder for the backup cannot be made");
    const bool isUnfinished = std::filesystem::exists(folder / kUnfinishedCopy, error);
    std::vector<std::filesystem::path> leavings;
    for (auto entry = std::filesystem::directory_iterator(folder, error);
         !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (!name.starts_with(kUnfinishedCopy) && !(isUnfinished && name.starts_with(kBlobFile)))
            return fail(Errc::Refused, "the folder for the backup is not empty; nothing was changed");
        leavings.push_back(entry->path());
    }
    for (const std::filesystem::path& leaving : leavings)
        std::filesystem::remove(leaving, error);
    if (error)
        return fail(Errc::Disk, "the folder for the backup cannot be used: " + error.message());
    return {};
}

void removeCopy(const std::filesystem::path& copy)
{
    std::error_code ignored;
    for (const char* end : {"", "-journal", "-wal", "-shm"})
        std::filesystem::remove(std::filesystem::path(copy) += end, ignored);
}

Status moveTo(const std::filesystem::path& from, const std::filesystem::path& to)
{
    std::error_code error;
    std::filesystem::rename(from, to, error);
    if (error)
        return fail(Errc::Disk, "a file cannot be renamed: " + error.message());
    return {};
}

Result<std::vector<AuditedWorkspace>> auditFile(const std::filesystem::path& file)
{
    TEREN_TRY(sql::Database database, openToRead(file));
    return audit(database);
}

}  // namespace

Result<BackupReport> makeBackup(
    const std::filesystem::path& data, const std::filesystem::path& folder, RandomSource& random, Instant now)
{
    TEREN_TRY(DataFolder server, DataFolder::open(data, DataFolder::Use::Existing, random));
    TEREN_CHECK(makeRoomForCopy(folder));
    const std::filesystem::path copy = folder / kUnfinishedCopy;
    const auto written = [&]() -> Result<BackupReport> {
        BackupReport report;
        report.made = now;
        TEREN_CHECK(server.store().copyTo(copy));
        // After the records: so every attachment that they name as sent is among them.
        TEREN_CHECK(copyBlobs(data / kBlobFile, folder / kBlobFile));
        TEREN_TRY(report.workspaces, auditFile(copy));
        TEREN_TRY(report.attachments, auditBlobFile(folder / kBlobFile));
        TEREN_CHECK(markAsBackup(copy, report));
        TEREN_CHECK(moveTo(copy, folder / kStoreFile));
        return report;
    }();
    if (!written) {
        removeCopy(folder / kBlobFile);
        removeCopy(copy);
    }
    return written;
}

Result<BackupReport> checkBackup(const std::filesystem::path& folder)
{
    std::error_code error;
    if (!std::filesystem::exists(folder / kStoreFile, error))
        return std::filesystem::exists(folder / kUnfinishedCopy, error)
            ? fail(Errc::Damaged, "the backup was not finished; make another")
            : fail(Errc::NotFound, "there is no backup of a server in this folder");
    TEREN_TRY(sql::Database database, openToRead(folder / kStoreFile));
    BackupReport report;
    TEREN_TRY(report.workspaces, audit(database));
    const Result<std::int64_t> made = database.number("SELECT made_ms FROM backup");
    if (!made)
        return fail(Errc::Damaged, "this is a server's folder or a plain copy of it, not a backup");
    report.made = Instant(std::chrono::milliseconds(*made));
    TEREN_TRY(report.attachments, auditBlobFile(folder / kBlobFile));
    TEREN_TRY(const std::int64_t wanted, database.number("SELECT blobs FROM backup"));
    if (report.attachments != static_cast<std::uint64_t>(wanted))
        return fail(Errc::Damaged, "the backup has not all of its attachments");
    return report;
}

Result<BackupReport> restoreBackup(
    const std::filesystem::path& folder, const std::filesystem::path& data, RandomSource& random)
{
    TEREN_TRY(BackupReport report, checkBackup(folder));
    TEREN_CHECK(DataFolder::makeVacant(data));
    const std::filesystem::path copy = data / kUnfinishedRestore;
    {
        TEREN_TRY(sql::Database database, openToRead(folder / kStoreFile));
        TEREN_CHECK(database.compactInto(copy));
    }
    TEREN_CHECK(copyBlobs(folder / kBlobFile, data / kBlobFile));
    TEREN_CHECK(markAsRestored(copy, report.workspaces, random));
    TEREN_CHECK(auditFile(copy));
    TEREN_CHECK(moveTo(copy, data / kStoreFile));
    return report;
}

Status countAsElsewhere(ServerStore& store, const BackupReport& backup)
{
    for (const AuditedWorkspace& kept : backup.workspaces) {
        const Result<WorkspaceState> state = store.state(kept.workspace);
        const auto past = state && kept.tree.size <= state->tree.size
            ? treeAt(store, kept.workspace, kept.tree.size)
            : Result<ledger::CompactTree>(fail(Errc::NotFound, "no such past"));
        if (!past || past->root() != kept.tree.root)
            return fail(
                Errc::Refused,
                "the backup is not an earlier state of this server: workspace "
                    + kept.workspace.hex().substr(0, 8) + " differs; nothing was counted as safe");
    }
    for (const AuditedWorkspace& kept : backup.workspaces)
        TEREN_CHECK(store.raiseSafe(kept.workspace, kept.tree.size));
    return {};
}

}  // namespace teren::server
