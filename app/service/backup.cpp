// SPDX-License-Identifier: EUPL-1.2
#include "app/service/backup.h"

#include "app/service/office_parts.h"
#include "app/store/backup.h"
#include "crypto/base/hex.h"

#include <algorithm>
#include <functional>

namespace teren::service {
namespace {

constexpr std::size_t kListedMax = 100;

BackupReport reportOf(const std::filesystem::path& folder, const store::BackupManifest& manifest)
{
    return {folder, manifest.made, manifest.files.size(), manifest.size()};
}

/// For the `at`-th of `parts` equal parts of something.
Progress partOf(const Progress& whole, std::uint64_t at, std::uint64_t parts)
{
    if (!whole)
        return {};
    return [&whole, at, parts](std::uint64_t done, std::uint64_t total) {
        return whole(at * total + done, parts * total);
    };
}

/// What finds the master key in a backup's header. It uses `secret`, which outlives it.
Result<store::Unlock> unlockWith(const BackupSecret& secret)
{
    if (secret.passphrase.has_value() == secret.recoveryCode.has_value())
        return fail(Errc::Invalid, "a backup is opened by a passphrase or by a recovery code");
    if (secret.passphrase)
        return store::Unlock(
            [&secret](const KeySlots& slots) { return slots.open(secret.passphrase->reveal()); });
    TEREN_TRY(RecoveryCode code, RecoveryCode::fromTyped(secret.recoveryCode->reveal()));
    return store::Unlock([held = std::make_shared<const RecoveryCode>(std::move(code))](
                             const KeySlots& slots) { return slots.open(*held); });
}

/// A folder for a rehearsal, gone with the object.
class TemporaryFolder {
public:
    explicit TemporaryFolder(RandomSource& random)
    {
        std::array<std::uint8_t, 8> name{};
        random.fill(name);
        std::error_code failed;
        path_ = std::filesystem::temp_directory_path(failed) / ("teren-check-" + toHex(name));
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// A backup in a folder of its own, opened, and made a profile when `prepare` has ended well.
Result<std::unique_ptr<Office>> bringBack(
    const std::filesystem::path& folder, const std::filesystem::path& directory, const store::Unlock& unlock,
    const std::function<Status(Office::Parts&)>& prepare, Surroundings around, const Progress& progress)
{
    TEREN_TRY(
        std::unique_ptr<store::Vault> vault,
        store::restoreVault(folder, directory, unlock, around.random, around.files, progress));
    TEREN_TRY(std::unique_ptr<Office> office, Office::openVault(std::move(vault), around));
    TEREN_CHECK(prepare(office->parts()));
    TEREN_CHECK(office->parts().vault->finishRestore());
    return office;
}

Status beginRestoredLife(Office::Parts& parts)
{
    // The device that was backed up may still found it.
    TEREN_TRY(const std::optional<Bytes> pending, parts.settings.get(kPendingFoundingKey));
    if (pending)
        return abandonFounding(parts);
    return parts.store == nullptr ? Status() : parts.store->startNewLife(engine::LifeReason::Restored);
}

/// Whether the error is about the backup, and not about what kept from checking it.
bool isFinding(Errc code)
{
    return code == Errc::Damaged || code == Errc::Malformed || code == Errc::Forged;
}

Status rehearse(
    const std::filesystem::path& folder, const store::Unlock& unlock, BackupCheck& check, Surroundings around,
    const Progress& progress)
{
    const TemporaryFolder place(around.random);
    const auto asItIs = [](Office::Parts&) { return Status(); };
    const Result<std::unique_ptr<Office>> office
        = bringBack(folder, place.path(), unlock, asItIs, around, progress);
    if (!office && isFinding(office.error().code)) {
        check.problems.push_back(office.error().detail);
        return {};
    }
    if (!office && office.error().code == Errc::DiskFull)
        return fail(
            Errc::DiskFull, "the temporary folder is too small for a trial: " + office.error().detail);
    if (!office)
        return std::unexpected(office.error());
    check.opened = true;
    TEREN_TRY(const CheckReport report, (*office)->selfCheck());
    check.problems.insert(check.problems.end(), report.problems.begin(), report.problems.end());
    return {};
}

}  // namespace

BackupWork::BackupWork(std::unique_ptr<store::BackupWriting> writing) : writing_(std::move(writing)) {}
BackupWork::BackupWork(BackupWork&&) noexcept = default;
BackupWork& BackupWork::operator=(BackupWork&&) noexcept = default;
BackupWork::~BackupWork() = default;

Result<BackupReport> BackupWork::finish(const Progress& progress)
{
    TEREN_TRY(const store::Backup made, writing_->finish(progress));
    return reportOf(made.folder, made.manifest);
}

Result<BackupWork> beginBackup(Office& office, const std::filesystem::path& into)
{
    Office::Parts& parts = office.parts();
    TEREN_TRY(
        store::BackupWriting writing,
        store::BackupWriting::begin(*parts.vault, into, parts.around.clock, parts.around.files));
    return BackupWork(std::make_unique<store::BackupWriting>(std::move(writing)));
}

Result<BackupReport> createBackup(Office& office, const std::filesystem::path& into)
{
    TEREN_TRY(BackupWork work, beginBackup(office, into));
    return work.finish({});
}

Result<std::vector<BackupReport>> backupsIn(const std::filesystem::path& folder)
{
    std::vector<BackupReport> found;
    const auto look = [&found](const std::filesystem::path& at) {
        const Result<store::BackupManifest> manifest = store::readManifest(at);
        if (manifest)
            found.push_back(reportOf(at, *manifest));
        else if (manifest.error().code != Errc::NotFound)
            found.push_back({at, {}, 0, 0});
        return manifest || manifest.error().code != Errc::NotFound;
    };
    std::error_code failed;
    if (!std::filesystem::is_directory(folder, failed))
        return fail(Errc::NotFound, "there is no such folder");
    if (look(folder))
        return found;
    std::filesystem::directory_iterator entry(folder, failed);
    for (; !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed))
        if (entry->path().extension() == ".backup")
            look(entry->path());
    std::ranges::sort(found, std::greater(), &BackupReport::made);
    found.resize(std::min(found.size(), kListedMax));
    return found;
}

Result<BackupCheck> checkBackup(
    const std::filesystem::path& folder, const BackupSecret* secret, Surroundings around,
    const Progress& progress)
{
    BackupCheck check;
    check.backup.folder = folder;
    std::optional<store::Unlock> unlock;
    if (secret) {
        TEREN_TRY(unlock, unlockWith(*secret));
    }
    const Result<store::BackupManifest> manifest = store::readManifest(folder);
    if (!manifest && isFinding(manifest.error().code)) {
        check.problems.push_back(manifest.error().detail);
        return check;
    }
    if (!manifest)
        return std::unexpected(manifest.error());
    check.backup = reportOf(folder, *manifest);
    TEREN_TRY(
        check.problems,
        store::checkBackupFiles(folder, *manifest, around.files, partOf(progress, 0, unlock ? 2 : 1)));
    // What is known to be broken is not worth restoring.
    if (unlock && check.problems.empty())
        TEREN_CHECK(rehearse(folder, *unlock, check, around, partOf(progress, 1, 2)));
    return check;
}

Result<std::unique_ptr<Office>> restoreBackup(
    const std::filesystem::path& folder, const std::filesystem::path& directory, const BackupSecret& secret,
    Surroundings around, const Progress& progress)
{
    TEREN_TRY(const store::Unlock unlock, unlockWith(secret));
    return bringBack(folder, directory, unlock, beginRestoredLife, around, progress);
}

}  // namespace teren::service
