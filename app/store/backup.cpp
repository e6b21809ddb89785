// SPDX-License-Identifier: EUPL-1.2
#include "app/store/backup.h"

#include "app/platform/durable_file.h"
#include "app/store/profile_lock.h"
#include "app/store/vault_files.h"
#include "crypto/base/hex.h"
#include "crypto/base/iso_time.h"
#include "crypto/sign/hash.h"

#include <algorithm>
#include <utility>

namespace teren::store {
namespace {

constexpr std::size_t kPiece = std::size_t{256} << 10;
/// For the freshness file, the list, and what a file system itself takes.
constexpr std::uint64_t kSpareBytes = std::uint64_t{2} << 20;
constexpr std::string_view kBackupKeyLabel{"teren.vault.backup.v1"};
constexpr std::string_view kAttachments{"attachments"};
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

std::string megabytes(std::uint64_t bytes)
{
    return std::to_string((bytes + 999'999) / 1'000'000) + " MB";
}

/// Counts bytes, tells of them, and says when to stop.
class Meter {
public:
    Meter(Progress tell, std::uint64_t total) : tell_(std::move(tell)), total_(total) {}

    Status add(std::uint64_t bytes)
    {
        done_ += bytes;
        isStopped_ = tell_ && !tell_(done_, total_);
        return isStopped_ ? fail(Errc::Refused, "stopped as asked") : Status();
    }
    bool isStopped() const { return isStopped_; }

private:
    Progress tell_;
    std::uint64_t total_;
    std::uint64_t done_ = 0;
    bool isStopped_ = false;
};

/// Passes a file on, piece by piece, and returns what it was. `take` may be empty.
Result<BackedFile> readThrough(
    const std::filesystem::path& path, std::string name, platform::Files& files, Meter& meter,
    const std::function<Status(ByteView)>& take)
{
    TEREN_TRY(const std::unique_ptr<platform::InFile> in, files.open(path));
    BackedFile read{std::move(name), 0, {}};
    TEREN_TRY(read.size, in->size());
    Hasher hasher;
    Bytes piece(kPiece);
    for (std::uint64_t at = 0; at < read.size;) {
        const std::span part = std::span(piece).first(
            static_cast<std::size_t>(std::min<std::uint64_t>(read.size - at, kPiece)));
        TEREN_CHECK(in->readAt(at, part));
        hasher.add(part);
        if (take)
            TEREN_CHECK(take(part));
        TEREN_CHECK(meter.add(part.size()));
        at += part.size();
    }
    read.hash = hasher.finish();
    return read;
}

/// Copies a file, durably but for its name.
Result<BackedFile> copyFile(
    const std::filesystem::path& from, const std::filesystem::path& to, std::string name,
    platform::Files& files, Meter& meter)
{
    TEREN_TRY(const std::unique_ptr<platform::OutFile> out, files.create(to));
    TEREN_TRY(BackedFile copied, readThrough(from, std::move(name), files, meter, [&](ByteView part) {
                  return out->write(part);
              }));
    TEREN_CHECK(out->sync());
    return copied;
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
        if (!size && size.error().code == Errc::Damaged)
            continue;  // No file: a folder or a link of that name.
        if (!size)
            return std::unexpected(size.error());
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

bool isWithin(const std::filesystem::path& inner, const std::filesystem::path& outer)
{
    std::error_code ignored;
    const auto in = std::filesystem::weakly_canonical(inner, ignored);
    const auto out = std::filesystem::weakly_canonical(outer, ignored);
    return std::ranges::mismatch(out, in).in1 == out.end();
}

/// Of this vault, and not those that another run is at work on: a copy of the vault has the same name.
void removeStopped(const std::filesystem::path& into, const VaultId& vault)
{
    platform::removeAbandoned(into, [end = suffixOf(vault) + ".new"](std::string_view name) {
        return name.starts_with("teren-") && name.ends_with(end);
    });
}

Status checkRoom(const std::filesystem::path& on, std::uint64_t needed, platform::Files& files)
{
    TEREN_TRY(const std::uint64_t free, files.freeBytes(on));
    if (free < needed)
        return fail(
            Errc::DiskFull, "it needs " + megabytes(needed) + " and there are " + megabytes(free) + " free");
    return {};
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
    return {};
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
    Meter meter({}, 0);
    TEREN_TRY(
        BackedFile header,
        copyFile(profile_ / "vault.header", fresh_ / "vault.header", "vault.header", files_, meter));
    manifest_.files.push_back(std::move(header));
    return {};
}

Result<BackupWriting> BackupWriting::begin(
    Vault& vault, const std::filesystem::path& into, const Clock& clock, platform::Files& files)
{
    TEREN_CHECK(checkPlace(vault, into));
    removeStopped(into, vault.id());
    TEREN_TRY(const std::uint64_t needed, roomNeeded(vault, files));
    if (const Status room = checkRoom(into, needed, files); !room)
        return failed(room.error(), "there is not enough room for a backup");
    BackupWriting writing(vault, into, files);
    TEREN_CHECK(writing.takeName(clock.now()));
    if (const Status copied = writing.copyVault(vault); !copied)
        return failed(copied.error(), "the backup could not be written");
    return writing;
}

/// Everything but the renaming.
Result<BackupManifest> BackupWriting::fill(const Progress& progress)
{
    TEREN_TRY(const std::vector<BackedFile> attachments, attachmentsOf(profile_, files_));
    std::error_code unknown;
    const std::uintmax_t database = std::filesystem::file_size(fresh_ / "vault.db", unknown);
    const std::uintmax_t freshness = std::filesystem::file_size(fresh_ / "vault.db-fresh", unknown);
    Meter meter(progress, unknown ? 0 : database + freshness + sizeOf(attachments));
    for (const char* name : {"vault.db", "vault.db-fresh"}) {
        TEREN_TRY(BackedFile file, readThrough(fresh_ / name, name, files_, meter, {}));
        manifest_.files.push_back(std::move(file));
    }
    if (!attachments.empty())
        TEREN_CHECK(files_.makeFolder(fresh_ / kAttachments));
    for (const BackedFile& file : attachments) {
        TEREN_TRY(
            BackedFile copied, copyFile(profile_ / file.name, fresh_ / file.name, file.name, files_, meter));
        manifest_.files.push_back(std::move(copied));
    }
    if (!attachments.empty())
        TEREN_CHECK(files_.syncFolder(fresh_ / kAttachments));
    std::ranges::sort(manifest_.files, {}, &BackedFile::name);
    TEREN_TRY(
        const std::unique_ptr<platform::OutFile> list, files_.create(fresh_ / BackupManifest::kFileName));
    TEREN_CHECK(list->write(manifest_.toFile(key_)));
    TEREN_CHECK(list->sync());
    TEREN_CHECK(files_.syncFolder(fresh_));
    return manifest_;
}

/// Whether all that the list names is there as it was written: something else may have been at work here.
Status BackupWriting::checkWritten() const
{
    for (const BackedFile& file : manifest_.files) {
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
    Result<BackupManifest> manifest = fill(progress);
    Status named = manifest ? checkWritten() : std::unexpected(manifest.error());
    if (named)
        named = files_.rename(fresh_, folder_);
    if (named)
        named = files_.syncFolder(into_);
    if (!named)
        return failed(named.error(), "the backup could not be written");
    fresh_.clear();
    claim_.reset();
    return Backup{folder_, *std::move(manifest)};
}

Result<Backup> writeBackup(
    Vault& vault, const std::filesystem::path& into, const Clock& clock, platform::Files& files)
{
    TEREN_TRY(BackupWriting writing, BackupWriting::begin(vault, into, clock, files));
    return writing.finish();
}

Result<BackupManifest> readManifest(const std::filesystem::path& folder)
{
    const Result<Bytes> file
        = platform::readWhole(folder / BackupManifest::kFileName, BackupManifest::kFileSizeMax);
    if (!file && file.error().code == Errc::NotFound)
        return fail(Errc::NotFound, "there is no backup; it is a folder that ends in .backup");
    if (!file && file.error().code == Errc::LimitExceeded)
        return fail(Errc::Damaged, "backup.manifest is too large");
    if (!file)
        return std::unexpected(file.error());
    return BackupManifest::fromFile(*file);
}

Result<std::vector<std::string>> checkBackupFiles(
    const std::filesystem::path& folder, const BackupManifest& manifest, platform::Files& files,
    const Progress& progress)
{
    std::vector<std::string> problems;
    Meter meter(progress, manifest.size());
    for (const BackedFile& expected : manifest.files) {
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
    const auto strangers = [&](const std::filesystem::path& within, const std::string& prefix) -> Status {
        TEREN_TRY(const std::vector<std::string> names, files.names(within));
        for (const std::string& name : names) {
            const bool known = manifest.find(prefix + name) != nullptr
                || (prefix.empty() && (name == BackupManifest::kFileName || name == kAttachments));
            if (!known)
                problems.emplace_back("the backup holds a file that is not part of it: ")
                    .append(prefix)
                    .append(name);
        }
        return {};
    };
    TEREN_CHECK(strangers(folder, ""));
    TEREN_CHECK(strangers(folder / kAttachments, "attachments/"));
    const Result<Bytes> header = platform::readWhole(folder / "vault.header", KeySlots::kFileSize);
    const Result<KeySlots> slots = header ? KeySlots::fromFile(*header) : std::unexpected(header.error());
    if (!slots && slots.error().code == Errc::TooNew)
        return std::unexpected(slots.error());
    if (!slots || slots->vault() != manifest.vault)
        problems.emplace_back("vault.header is not the one of this backup");
    return problems;
}

namespace {

Status copyBack(
    const std::filesystem::path& folder, const std::filesystem::path& into, const BackupManifest& manifest,
    platform::Files& files, const Progress& progress)
{
    Meter meter(progress, manifest.size());
    if (std::ranges::any_of(manifest.files, [](const BackedFile& file) { return file.name.contains('/'); }))
        TEREN_CHECK(files.makeFolder(into / kAttachments));
    for (const BackedFile& expected : manifest.files) {
        if (expected.name == "vault.header")
            continue;
        const Result<BackedFile> copied
            = copyFile(folder / expected.name, into / expected.name, expected.name, files, meter);
        if (!copied && copied.error().code == Errc::NotFound)
            return fail(Errc::Damaged, "the backup lacks " + expected.name);
        if (!copied)
            return std::unexpected(copied.error());
        if (*copied != expected)
            return fail(Errc::Damaged, "the backup's " + expected.name + " is not as it was written");
    }
    TEREN_TRY(const std::vector<std::string> attachments, files.names(into / kAttachments));
    if (!attachments.empty())
        TEREN_CHECK(files.syncFolder(into / kAttachments));
    return files.syncFolder(into);
}

}  // namespace

Result<std::unique_ptr<Vault>> restoreVault(
    const std::filesystem::path& folder, const std::filesystem::path& into, const Unlock& unlock,
    RandomSource& random, platform::Files& files, const Progress& progress)
{
    const VaultFiles target(into);
    if (!target.isFree())
        return fail(Errc::Refused, "the folder to restore into holds a profile or other files already");
    TEREN_TRY(const BackupManifest manifest, readManifest(folder));
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
    TEREN_CHECK(checkRoom(into, manifest.size() + kSpareBytes, files));
    TEREN_CHECK(target.beginCreation());
    TEREN_CHECK(copyBack(folder, into, manifest, files, progress));
    return Vault::openRestored(into, std::move(lock), slots, std::move(master), random);
}

}  // namespace teren::store
