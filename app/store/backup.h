// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/claim.h"
#include "app/platform/files.h"
#include "app/store/backup_manifest.h"
#include "app/store/vault.h"

#include <functional>
#include <optional>

namespace teren::store {

// A backup is a folder: the files of a profile as they are on the disk, sealed, and a list of them
// (`BackupManifest`). It is opened by the passphrase or recovery code that the vault had when it was made.

class Meter;

/// An attachment's file that is not where it ought to be, or not what it ought to be.
struct LostFile {
    std::string name;  ///< In the profile and in the backup, with '/'.
    bool isMissing = false;
    std::string what;  ///< If it is there: what is wrong with it.
};

struct Backup {
    std::filesystem::path folder;
    BackupManifest manifest;
    /// Of the profile: the list names them as they ought to be, so every check finds them wanting.
    std::vector<LostFile> lost;
    /// Whether the profile's header file is sound. The backup's is in any case: the open vault knows it.
    bool headerSound = true;
};

/// Told how many of how many bytes are done, every quarter of a mebibyte; returns whether to go on. What is
/// stopped so ends with `Refused`. Empty for nobody who wants to know.
using Progress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

/// A backup that is being made. The vault is needed to begin it and not to finish it, which another thread
/// may do while the vault is in use, or closed: files of attachments only come.
class BackupWriting {
public:
    /// Copies header and database, as they are at this moment, into a folder whose name ends in ".new"; the
    /// header as the open vault has it, since the file may have been damaged meanwhile.
    /// @param attachments  What ought to be in `attachments/`, as the vault says; other files go with them.
    /// @return as `writeBackup`. `files` outlives the object.
    static Result<BackupWriting> begin(
        Vault& vault, const std::filesystem::path& into, const Clock& clock, platform::Files& files,
        std::vector<BackedFile> attachments = {});
    BackupWriting(BackupWriting&& other) noexcept;
    BackupWriting& operator=(BackupWriting&&) = delete;
    BackupWriting(const BackupWriting&) = delete;
    BackupWriting& operator=(const BackupWriting&) = delete;
    /// What was not finished is removed.
    ~BackupWriting();

    /// Copies attachments, writes the list and gives the folder its name. Called once.
    Result<Backup> finish(const Progress& progress = {});

private:
    BackupWriting(Vault& vault, std::filesystem::path into, platform::Files& files);
    Status takeName(Instant now);
    Status copyVault(Vault& vault);
    Status fill(const Progress& progress);
    Status takeAttachment(const BackedFile& due, bool isExpected, Meter& meter);
    Status checkWritten() const;

    std::filesystem::path profile_;
    std::filesystem::path into_;
    std::filesystem::path folder_;
    std::optional<platform::Claim> claim_;  ///< Of `fresh_`; none where no lock can be had.
    std::filesystem::path fresh_;           ///< Empty when there is nothing to remove.
    BackupManifest manifest_;
    std::vector<BackedFile> expected_;  ///< What ought to be in `attachments/`.
    std::vector<BackedFile> written_;   ///< What the new folder holds.
    std::vector<LostFile> lost_;
    bool headerSound_ = true;
    SecretKey key_;
    platform::Files& files_;
};

/// Makes a backup of an open vault in a new folder within `into`, which is there already. Consistent while
/// the vault is in use by this process. Written under a name that ends in ".new", synced, and renamed: what
/// has the name of a backup is whole. Earlier backups are not touched, nor what another run is writing; the
/// rest of a stopped one of this vault is removed.
/// @return `NotFound` if there is no such folder; `Refused` for one within the profile and a vault in memory;
///         `Damaged` if a file or folder of the profile is a link or something else, which is not followed;
///         `DiskFull`, before anything is written if the room is known to be too little; `Disk`.
Result<Backup> writeBackup(
    Vault& vault, const std::filesystem::path& into, const Clock& clock, platform::Files& files,
    std::vector<BackedFile> attachments = {});

/// Reads a backup's list, and nothing else of it. @return `NotFound`, `Damaged`, `TooNew`, `Disk`.
Result<BackupManifest> readManifest(const std::filesystem::path& folder);

/// Reads every byte of a backup and compares it with the list: what can be told without a key.
/// @return a sentence for each problem.
Result<std::vector<std::string>> checkBackupFiles(
    const std::filesystem::path& folder, const BackupManifest& manifest, platform::Files& files,
    const Progress& progress = {});

struct RestoredVault {
    std::unique_ptr<Vault> vault;
    std::vector<LostFile> lost;  ///< Attachments that the backup does not hold as it was made.
};

/// Puts a backup into the profile folder `into`, which is missing or empty, and opens it there. It is no
/// profile before `Vault::finishRestore`: what stops this before leaves a folder that `open` reports as
/// unfinished, and that can be restored into again. An attachment that is missing or damaged is left out.
/// @return what `unlock` returns; `Damaged` if list, header or database are not as they were made, or
///         missing; `Refused`, `Busy` as `Vault::create`, and for a folder within the backup; `NotFound`,
///         `TooNew`, `Disk`, `DiskFull`.
Result<RestoredVault> restoreVault(
    const std::filesystem::path& folder, const std::filesystem::path& into, const Unlock& unlock,
    RandomSource& random, platform::Files& files, const Progress& progress = {});

/// The key of a vault's backups, from its master key.
SecretKey backupKey(const SecretKey& master);

}  // namespace teren::store
