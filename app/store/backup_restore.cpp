// SPDX-License-Identifier: EUPL-1.2
// Checking a backup and bringing it back.
#include "app/platform/durable_file.h"
#include "app/store/backup_files.h"
#include "app/store/profile_lock.h"
#include "app/store/vault_files.h"
#include "crypto/sign/hash.h"

#include <algorithm>

namespace teren::store {

Result<BackupManifest> readManifest(const std::filesystem::path& folder)
{
    const std::filesystem::path path = folder / BackupManifest::kFileName;
    std::error_code unknown;
    const auto kind = std::filesystem::symlink_status(path, unknown).type();
    if (kind != std::filesystem::file_type::not_found && kind != std::filesystem::file_type::regular)
        return fail(Errc::Damaged, "backup.manifest is no file, but a link or something else");
    const Result<Bytes> file = platform::readWhole(path, BackupManifest::kFileSizeMax);
    if (!file && file.error().code == Errc::NotFound)
        return fail(Errc::NotFound, "there is no backup; it is a folder that ends in .backup");
    if (!file && file.error().code == Errc::LimitExceeded)
        return fail(Errc::Damaged, "backup.manifest is too large");
    if (!file)
        return std::unexpected(file.error());
    return BackupManifest::fromFile(*file);
}

namespace {

/// A link in place of the folder leads to files that are none of the backup's.
bool hasLinkedAttachments(const std::filesystem::path& folder)
{
    std::error_code unknown;
    const auto kind = std::filesystem::symlink_status(folder / kAttachments, unknown).type();
    return kind != std::filesystem::file_type::not_found && kind != std::filesystem::file_type::directory;
}

bool isAttachment(const BackedFile& file)
{
    return file.name.contains('/');
}

Status addStrangers(
    const std::filesystem::path& folder, const std::string& within, const BackupManifest& manifest,
    platform::Files& files, std::vector<std::string>& problems)
{
    TEREN_TRY(const std::vector<std::string> names, files.names(folder / within));
    for (const std::string& name : names) {
        const bool known = manifest.find(within + name) != nullptr
            || (within.empty() && (name == BackupManifest::kFileName || name == kAttachments));
        if (!known)
            problems.emplace_back("the backup holds a file that is not part of it: ")
                .append(within)
                .append(name);
    }
    return {};
}

constexpr std::string_view kNoFolder{"attachments is no folder, but a link or something else"};

}  // namespace

Result<std::vector<std::string>> checkBackupFiles(
    const std::filesystem::path& folder, const BackupManifest& manifest, platform::Files& files,
    const Progress& progress)
{
    std::vector<std::string> problems;
    Meter meter(progress, manifest.size());
    const bool isLinked = hasLinkedAttachments(folder);
    for (const BackedFile& expected : manifest.files) {
        if (isLinked && isAttachment(expected)) {
            problems.push_back(expected.name + " cannot be read: " + std::string(kNoFolder));
            continue;
        }
        const Result<BackedFile> found = readThrough(folder / expected.name, expected.name, files, meter, {});
        if (meter.isStopped())
            return std::unexpected(found.error());
        if (!found && found.error().code == Errc::NotFound)
            problems.push_back(expected.name + " is missing");
        else if (!found)
            problems.push_back(expected.name + " cannot be read: " + found.error().detail);
        else if (*found != expected)
            problems.push_back(expected.name + " is not as it was written");
    }
    TEREN_CHECK(addStrangers(folder, "", manifest, files, problems));
    if (!isLinked)
        TEREN_CHECK(addStrangers(folder, "attachments/", manifest, files, problems));
    if (!isPlainFile(folder / "vault.header"))
        return problems;
    const Result<Bytes> header = platform::readWhole(folder / "vault.header", KeySlots::kFileSize);
    const Result<KeySlots> slots = header ? KeySlots::fromFile(*header) : std::unexpected(header.error());
    if (!slots && slots.error().code == Errc::TooNew)
        return std::unexpected(slots.error());
    if (!slots || slots->vault() != manifest.vault)
        problems.emplace_back("vault.header is not the one of this backup");
    return problems;
}

namespace {

Status copyVaultBack(
    const std::filesystem::path& folder, const std::filesystem::path& into, const BackedFile& expected,
    platform::Files& files, Meter& meter)
{
    const Result<BackedFile> copied
        = copyFile(folder / expected.name, into / expected.name, expected.name, files, meter);
    if (!copied && copied.error().code == Errc::NotFound)
        return fail(Errc::Damaged, "the backup lacks " + expected.name);
    if (!copied)
        return fail(copied.error().code, "the backup's " + expected.name + ": " + copied.error().detail);
    if (*copied != expected)
        return fail(Errc::Damaged, "the backup's " + expected.name + " is not as it was written");
    return {};
}

/// What is not as it was made is left out, and named.
Result<std::optional<LostFile>> copyAttachmentBack(
    const std::filesystem::path& folder, const std::filesystem::path& into, const BackedFile& expected,
    platform::Files& files, Meter& meter)
{
    const std::filesystem::path to = into / expected.name;
    TEREN_TRY(
        const CopiedAttachment copied,
        copyAttachment(folder / expected.name, to, expected.name, files, meter));
    if (copied.lost || copied.file == expected)
        return copied.lost;
    TEREN_CHECK(files.remove(to));
    return LostFile{expected.name, false, "it is not as it was written"};
}

Result<std::vector<LostFile>> copyBack(
    const std::filesystem::path& folder, const std::filesystem::path& into, const BackupManifest& manifest,
    platform::Files& files, const Progress& progress)
{
    Meter meter(progress, manifest.size());
    std::vector<LostFile> lost;
    for (const BackedFile& expected : manifest.files)
        if (!isAttachment(expected) && expected.name != "vault.header")
            TEREN_CHECK(copyVaultBack(folder, into, expected, files, meter));
    if (std::ranges::any_of(manifest.files, isAttachment))
        TEREN_CHECK(files.makeFolder(into / kAttachments));
    const bool isLinked = hasLinkedAttachments(folder);
    for (const BackedFile& expected : manifest.files) {
        if (!isAttachment(expected))
            continue;
        std::optional<LostFile> without;
        if (isLinked) {
            without = LostFile{expected.name, false, std::string(kNoFolder)};
        } else {
            TEREN_TRY(without, copyAttachmentBack(folder, into, expected, files, meter));
        }
        if (without)
            lost.push_back(*std::move(without));
    }
    // A stick that was pulled out lacks everything from there on.
    if (!lost.empty() && !readManifest(folder))
        return fail(Errc::Disk, "the backup is not there any more (was the stick pulled out?)");
    TEREN_TRY(const std::vector<std::string> attachments, files.names(into / kAttachments));
    if (!attachments.empty())
        TEREN_CHECK(files.syncFolder(into / kAttachments));
    TEREN_CHECK(files.syncFolder(into));
    return lost;
}

}  // namespace

Result<RestoredVault> restoreVault(
    const std::filesystem::path& folder, const std::filesystem::path& into, const Unlock& unlock,
    RandomSource& random, platform::Files& files, const Progress& progress)
{
    if (isWithin(into, folder))
        return fail(Errc::Refused, "the folder to restore into is within the backup, which is only read");
    const VaultFiles target(into);
    if (!target.isFree())
        return fail(Errc::Refused, "the folder to restore into holds a profile or other files already");
    TEREN_TRY(const BackupManifest manifest, readManifest(folder));
    if (!isPlainFile(folder / "vault.header"))
        return fail(Errc::Damaged, "the backup's vault.header is missing, or a link or something else");
    TEREN_TRY(const KeySlots slots, VaultFiles(folder).readHeader());
    TEREN_TRY(SecretKey master, unlock(slots));
    const Hash header = blake2b({slots.toFile(master)});
    const bool isSame = slots.vault() == manifest.vault && manifest.find("vault.header")->hash == header;
    if (!isSame || !manifest.isAuthentic(backupKey(master)))
        return fail(Errc::Damaged, "the backup's list was not written by this vault");
    TEREN_CHECK(target.makeFolder());
    TEREN_TRY(ProfileLock lock, ProfileLock::take(into));
    // Once more, now that no other process can be making one here.
    if (!target.isFree())
        return fail(Errc::Refused, "the folder to restore into holds a profile already");
    if (const Status room = checkRoom(into, manifest.size() + kSpareBytes, files); !room)
        return fail(
            room.error().code, "there is not enough room to restore the backup here: " + room.error().detail);
    TEREN_CHECK(target.beginCreation(VaultFiles::Making::Restored));
    TEREN_TRY(std::vector<LostFile> lost, copyBack(folder, into, manifest, files, progress));
    TEREN_TRY(
        std::unique_ptr<Vault> vault,
        Vault::openRestored(into, std::move(lock), slots, std::move(master), random));
    return RestoredVault{std::move(vault), std::move(lost)};
}

}  // namespace teren::store
