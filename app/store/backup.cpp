// SPDX-License-Identifier: EUPL-1.2
#include "app/store/backup.h"

#include "app/store/backup_files.h"
#include "app/store/vault_files.h"
#include "crypto/base/hex.h"
#include "crypto/base/iso_time.h"
#include "crypto/sign/hash.h"

#include <algorithm>
#include <set>
#include <utility>

namespace teren::store {
namespace {

constexpr std::string_view kBackupKeyLabel{"teren.vault.backup.v1"};
/// As many copies of a vault may begin a backup in one moment.
constexpr int kNamesTried = 100;
constexpr const char* kUntouched = "; earlier backups are as they were, and so is the profile";

std::unexpected<Error> failed(Error error, std::string_view what)
{
    error.detail = std::string(what) + (error.detail.empty() ? "" : ": ") + error.detail + kUntouched;
    // What was there a moment ago: a stick that was pulled out.
    if (error.code == Errc::NotFound)
        error.code = Errc::Disk;
    return std::unexpected(std::move(error));
}

/// Files below `attachments/` that a backup takes, with their sizes; a name that no part of this program
/// gives is left out, and is for the self-check to report.
Result<std::vector<BackedFile>> attachmentsOf(const std::filesystem::path& profile, platform::Files& files)
{
    std::vector<BackedFile> found;
    TEREN_TRY(const std::vector<std::string> names, files.names(profile / kAttachments));
    for (const std::string& own : names) {
        const std::string name = std::string(kAttachments) + "/" + own;
        if (!isBackedName(name))
            continue;
        const auto in = files.open(profile / kAttachments / own);
        const Result<std::uint64_t> size = in ? (*in)->size() : std::unexpected(in.error());
        // No file, or none that can be read; if it ought to be one, that is found when it is copied.
        if (size)
            found.push_back({name, *size, {}});
    }
    return found;
}

std::uint64_t sizeOf(const std::vector<BackedFile>& files)
{
    std::uint64_t sum = 0;
    for (const BackedFile& file : files)
        sum += file.size;
    return sum;
}

/// "-1a2b3c4d.backup": which vault's it is, as far as anybody may know.
std::string suffixOf(const VaultId& vault)
{
    return "-" + toHex(ByteView(vault.bytes).first(4)) + ".backup";
}

/// "teren-20261122-234501120": ascending by time, to the millisecond, and a name on every file system.
std::string stemAt(Instant made)
{
    std::string digits;
    for (const char c : isoUtc(made))
        if (c >= '0' && c <= '9')
            digits += c;
    digits.resize(17, '0');
    return "teren-" + digits.substr(0, 8) + "-" + digits.substr(8);
}

/// Of this vault, and not those that another run is at work on: a copy of the vault has the same name.
void removeStopped(const std::filesystem::path& into, const VaultId& vault)
{
    platform::removeAbandoned(into, [end = suffixOf(vault) + ".new"](std::string_view name) {
        return name.starts_with("teren-") && name.ends_with(end);
    });
}

Status checkPlace(Vault& vault, const std::filesystem::path& into)
{
    if (vault.folder().empty())
        return fail(Errc::Refused, "a vault in memory has no backup");
    std::error_code unknown;
    if (!std::filesystem::is_directory(into, unknown))
        return fail(Errc::NotFound, "there is no such folder for the backup (is the stick plugged in?)");
    if (isWithin(into, vault.folder()))
        return fail(Errc::Refused, "a backup within the profile would be lost with it");
    return VaultFiles(vault.folder()).checkKinds();
}

Result<std::uint64_t> roomNeeded(Vault& vault, platform::Files& files)
{
    TEREN_TRY(const std::uint64_t database, vault.databaseBytes());
    TEREN_TRY(const std::vector<BackedFile> attachments, attachmentsOf(vault.folder(), files));
    return database + database / 64 + sizeOf(attachments) + kSpareBytes;
}

}  // namespace

SecretKey backupKey(const SecretKey& master)
{
    return master.derive(kBackupKeyLabel);
}

BackupWriting::BackupWriting(Vault& vault, std::filesystem::path into, platform::Files& files)
    : profile_(vault.folder()),
      into_(std::move(into)),
      key_(vault.key(kBackupKeyLabel)),
      files_(files)
{
    manifest_.vault = vault.id();
}

BackupWriting::BackupWriting(BackupWriting&& other) noexcept
    : profile_(std::move(other.profile_)),
      into_(std::move(other.into_)),
      folder_(std::move(other.folder_)),
      claim_(std::exchange(other.claim_, std::nullopt)),
      fresh_(std::exchange(other.fresh_, {})),
      manifest_(std::move(other.manifest_)),
      expected_(std::move(other.expected_)),
      written_(std::move(other.written_)),
      lost_(std::move(other.lost_)),
      headerSound_(other.headerSound_),
      key_(std::move(other.key_)),
      files_(other.files_)
{
}

BackupWriting::~BackupWriting()
{
    std::error_code ignored;
    if (!fresh_.empty())
        std::filesystem::remove_all(fresh_, ignored);
}

/// The name of this moment, or of one of the next that no other run has.
Status BackupWriting::takeName(Instant now)
{
    for (int later = 0; later < kNamesTried; ++later) {
        manifest_.made = now + std::chrono::milliseconds(later);
        folder_ = into_ / (stemAt(manifest_.made) + suffixOf(manifest_.vault));
        std::filesystem::path fresh = folder_;
        fresh += ".new";
        Result<platform::Claim> claim = platform::Claim::take(fresh);
        if (!claim && claim.error().code == Errc::Busy)
            continue;
        std::error_code unknown;
        if (std::filesystem::exists(folder_, unknown) || std::filesystem::exists(fresh, unknown))
            continue;
        // A file system without locks takes a backup all the same, and then nothing of it is ever removed.
        if (claim)
            claim_.emplace(*std::move(claim));
        fresh_ = std::move(fresh);
        return {};
    }
    return fail(Errc::Refused, "there are backups of this moment already");
}

Status BackupWriting::copyVault(Vault& vault)
{
    TEREN_CHECK(files_.makeFolder(fresh_));
    // The database first: files of attachments only come, so all that it names are there afterwards.
    TEREN_CHECK(vault.copyDatabase(fresh_ / "vault.db"));
    headerSound_ = vault.glance().headerSound;
    const Bytes header = vault.headerFile();
    TEREN_TRY(const std::unique_ptr<platform::OutFile> out, files_.create(fresh_ / "vault.header"));
    TEREN_CHECK(out->write(header));
    TEREN_CHECK(out->sync());
    manifest_.files.push_back({"vault.header", header.size(), blake2b({header})});
    return {};
}

Result<BackupWriting> BackupWriting::begin(
    Vault& vault, const std::filesystem::path& into, const Clock& clock, platform::Files& files,
    std::vector<BackedFile> attachments)
{
    TEREN_CHECK(checkPlace(vault, into));
    removeStopped(into, vault.id());
    TEREN_TRY(const std::uint64_t needed, roomNeeded(vault, files));
    if (const Status room = checkRoom(into, needed, files); !room)
        return failed(room.error(), "there is not enough room for a backup");
    BackupWriting writing(vault, into, files);
    writing.expected_ = std::move(attachments);
    TEREN_CHECK(writing.takeName(clock.now()));
    if (const Status copied = writing.copyVault(vault); !copied)
        return failed(copied.error(), "the backup could not be written");
    return writing;
}

/// What ought to be here and is not whole is listed as it ought to be: the list tells of it ever after. Bytes
/// that were changed are kept all the same, most of them may be right.
Status BackupWriting::takeAttachment(const BackedFile& due, bool isExpected, Meter& meter)
{
    TEREN_TRY(
        CopiedAttachment copied,
        copyAttachment(profile_ / due.name, fresh_ / due.name, due.name, files_, meter));
    if (copied.file && isExpected && *copied.file != due)
        copied.lost = LostFile{due.name, false, "its bytes were changed"};
    if (copied.lost && isExpected)
        lost_.push_back(*std::move(copied.lost));
    if (isExpected)
        manifest_.files.push_back(due);
    else if (copied.file)
        manifest_.files.push_back(*copied.file);
    if (copied.file)
        written_.push_back(*std::move(copied.file));
    return {};
}

/// Everything but the renaming.
Status BackupWriting::fill(const Progress& progress)
{
    // Whoever finishes it comes later than who began it.
    TEREN_CHECK(VaultFiles(profile_).checkKinds());
    TEREN_TRY(const std::vector<BackedFile> found, attachmentsOf(profile_, files_));
    std::error_code unknown;
    const std::uintmax_t database = std::filesystem::file_size(fresh_ / "vault.db", unknown);
    const std::uintmax_t freshness = std::filesystem::file_size(fresh_ / "vault.db-fresh", unknown);
    Meter meter(progress, unknown ? 0 : database + freshness + sizeOf(found));
    for (const char* name : {"vault.db", "vault.db-fresh"}) {
        TEREN_TRY(BackedFile file, readThrough(fresh_ / name, name, files_, meter, {}));
        manifest_.files.push_back(std::move(file));
    }
    written_ = manifest_.files;
    if (!found.empty() || !expected_.empty())
        TEREN_CHECK(files_.makeFolder(fresh_ / kAttachments));
    std::set<std::string> taken;
    for (const BackedFile& due : expected_) {
        taken.insert(due.name);
        TEREN_CHECK(takeAttachment(due, true, meter));
    }
    for (const BackedFile& file : found)
        if (!taken.contains(file.name))
            TEREN_CHECK(takeAttachment(file, false, meter));
    if (isPlainFolder(fresh_ / kAttachments))
        TEREN_CHECK(files_.syncFolder(fresh_ / kAttachments));
    std::ranges::sort(manifest_.files, {}, &BackedFile::name);
    TEREN_TRY(
        const std::unique_ptr<platform::OutFile> list, files_.create(fresh_ / BackupManifest::kFileName));
    TEREN_CHECK(list->write(manifest_.toFile(key_)));
    TEREN_CHECK(list->sync());
    return files_.syncFolder(fresh_);
}

/// Whether all that was written is there: something else may have been at work here.
Status BackupWriting::checkWritten() const
{
    for (const BackedFile& file : written_) {
        const auto in = files_.open(fresh_ / file.name);
        const Result<std::uint64_t> size = in ? (*in)->size() : std::unexpected(in.error());
        if (!size || *size != file.size)
            return fail(Errc::Disk, "what was written is not there any more: " + file.name);
    }
    const Result<BackupManifest> list = readManifest(fresh_);
    if (!list || !list->isAuthentic(key_) || list->files != manifest_.files)
        return fail(Errc::Disk, "what was written is not there any more: the list");
    return {};
}

Result<Backup> BackupWriting::finish(const Progress& progress)
{
    Status named = fill(progress);
    if (named)
        named = checkWritten();
    if (named)
        named = files_.rename(fresh_, folder_);
    if (named)
        named = files_.syncFolder(into_);
    if (!named)
        return failed(named.error(), "the backup could not be written");
    fresh_.clear();
    claim_.reset();
    return Backup{folder_, std::move(manifest_), std::move(lost_), headerSound_};
}

Result<Backup> writeBackup(
    Vault& vault, const std::filesystem::path& into, const Clock& clock, platform::Files& files,
    std::vector<BackedFile> attachments)
{
    TEREN_TRY(BackupWriting writing, BackupWriting::begin(vault, into, clock, files, std::move(attachments)));
    return writing.finish();
}

}  // namespace teren::store
