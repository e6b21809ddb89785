// SPDX-License-Identifier: EUPL-1.2
#include "app/service/backup.h"

#include "app/service/attachments.h"
#include "app/service/office_parts.h"
#include "app/service/typed_passphrase.h"
#include "app/store/backup.h"
#include "crypto/base/hex.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

namespace teren::service {
namespace {

constexpr std::size_t kListedMax = 100;
constexpr std::string_view kHeaderChanged{
    "The file with the keys of this profile, vault.header, was damaged or changed from outside while the "
    "profile is open. This backup holds it as it ought to be, and can be restored; the profile itself cannot "
    "be opened again once it is closed. Keep this backup, and call the person who looks after the devices."};

BackupReport reportOf(const std::filesystem::path& folder, const store::BackupManifest& manifest)
{
    return {folder, manifest.made, manifest.files.size(), manifest.size(), {}};
}

/// What files of `attachments/` are to people.
class FileNaming {
public:
    explicit FileNaming(Office& office) : office_(office) {}

    BackupWork::FileLabel labelOf(const AttachmentBinding& binding)
    {
        BackupWork::FileLabel label{
            binding.attachment, binding.part == AttachmentPart::Thumbnail, std::string(), std::string()};
        const Result<store::StoredRecord> record = office_.parts().stored(binding.attachment);
        if (!record)
            return label;
        label.caseName = caseName(record->space);
        if (const Result<AttachmentView> view = Attachments(office_).find({record->space, record->id}))
            label.name = view->name;
        return label;
    }

private:
    const std::string& caseName(const CaseId& id)
    {
        const auto [label, isFirst] = cases_.try_emplace(id);
        const Result<CaseSummary> found = isFirst ? office_.findCase(id) : fail(Errc::NotFound);
        if (found)
            label->second = found->number + " (" + found->title + ")";
        return label->second;
    }

    Office& office_;
    std::map<CaseId, std::string> cases_;
};

std::string nameOf(const store::AttachmentStore::StoredFile& file)
{
    return "attachments/" + file.path.filename().string();
}

Result<std::vector<store::BackedFile>> attachmentsDue(Office& office)
{
    std::vector<store::BackedFile> due;
    if (!office.hasWorkspace())
        return due;
    TEREN_TRY(const auto files, office.parts().attachments().files());
    for (const store::AttachmentStore::StoredFile& file : files)
        due.push_back({nameOf(file), file.sealedSize, file.address});
    return due;
}

Result<BackupWork::FileLabels> labelsOf(Office& office)
{
    BackupWork::FileLabels labels;
    if (!office.hasWorkspace())
        return labels;
    TEREN_TRY(const auto files, office.parts().attachments().files());
    FileNaming naming(office);
    for (const store::AttachmentStore::StoredFile& file : files)
        labels[nameOf(file)] = naming.labelOf(file.binding);
    return labels;
}

/// "The content of attachment scan.pdf (its id) in case LIP/1 (A case)".
std::string wordsFor(const BackupWork::FileLabel& label)
{
    const std::string what
        = label.isSmallPicture ? "The small picture of attachment " : "The content of attachment ";
    if (label.name.empty() && label.caseName.empty())
        return what + label.attachment.hex() + ", which no case names,";
    return what + (label.name.empty() ? std::string() : label.name + " ") + "(" + label.attachment.hex() + ")"
        + (label.caseName.empty() ? std::string() : " in case " + label.caseName);
}

std::vector<std::string> sentencesFor(
    const std::vector<store::LostFile>& lost, const BackupWork::FileLabels& labels)
{
    std::vector<std::string> sentences;
    for (const store::LostFile& file : lost) {
        const auto label = labels.find(file.name);
        sentences.push_back(
            (label == labels.end() ? "A file" : wordsFor(label->second))
            + (file.isMissing ? " is missing: " + file.name + "."
                              : " is damaged, in " + file.name + ": " + file.what + "."));
    }
    return sentences;
}

/// Each attachment once, whichever of its files are lost; those with a name first.
std::vector<LostAttachment> attachmentsOf(
    const std::vector<store::LostFile>& lost, const BackupWork::FileLabels& labels)
{
    std::vector<LostAttachment> found;
    std::map<RecordId, std::size_t> known;
    for (const store::LostFile& file : lost) {
        const auto label = labels.find(file.name);
        if (label == labels.end()) {
            found.push_back({.name = {}, .caseName = {}, .isMissing = file.isMissing});
            continue;
        }
        const BackupWork::FileLabel& of = label->second;
        const auto [at, isFirst] = known.try_emplace(of.attachment, found.size());
        if (isFirst)
            found.push_back({of.name, of.caseName, file.isMissing, of.isSmallPicture});
        else if (!of.isSmallPicture)
            found[at->second] = {of.name, of.caseName, file.isMissing, false};
    }
    std::ranges::sort(found, {}, [](const LostAttachment& one) {
        return std::tuple(one.name.empty(), one.caseName, one.name);
    });
    return found;
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
        return store::Unlock([&secret](const KeySlots& slots) {
            return slots.open(typedPassphrase(secret.passphrase->reveal()).reveal());
        });
    TEREN_TRY(RecoveryCode code, RecoveryCode::fromTyped(secret.recoveryCode->reveal()));
    return store::Unlock([held = std::make_shared<const RecoveryCode>(std::move(code))](
                             const KeySlots& slots) { return slots.open(*held); });
}

constexpr std::string_view kTrialPrefix{"teren-check-"};

/// A folder for a rehearsal, gone with the object; what stopped ones left goes with the next.
class TemporaryFolder {
public:
    /// @return `Refused` if there is no place for temporary files.
    static Result<std::unique_ptr<TemporaryFolder>> make(RandomSource& random)
    {
        std::error_code failed;
        const std::filesystem::path within = std::filesystem::temp_directory_path(failed);
        if (failed || within.empty())
            return fail(
                Errc::Refused,
                "there is no temporary folder to restore the backup into for trial: set TMPDIR to a folder "
                "that is there");
        std::array<std::uint8_t, 8> name{};
        random.fill(name);
        const std::string own = std::string(kTrialPrefix) + toHex(name);
        platform::removeAbandoned(within, [&own](std::string_view found) {
            return found.starts_with(kTrialPrefix) && found.size() == own.size();
        });
        return std::make_unique<TemporaryFolder>(within / own);
    }
    explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path))
    {
        // Without a lock nobody else removes it either.
        if (Result<platform::Claim> claim = platform::Claim::take(path_))
            claim_.emplace(*std::move(claim));
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
    std::optional<platform::Claim> claim_;
};

/// What a restored office is to do before it counts; told what was left out.
using Prepare = std::function<Status(Office& office, const std::vector<LostAttachment>& lost)>;

/// A backup in a folder of its own, opened, and made a profile when `prepare` has ended well.
Result<RestoredProfile> bringBack(
    const std::filesystem::path& folder, const std::filesystem::path& directory, const store::Unlock& unlock,
    const Prepare& prepare, Surroundings around, const Progress& progress)
{
    TEREN_TRY(
        store::RestoredVault restored,
        store::restoreVault(folder, directory, unlock, around.random, around.files, progress));
    TEREN_TRY(std::unique_ptr<Office> office, Office::openVault(std::move(restored.vault), around));
    std::vector<std::string> problems;
    std::vector<LostAttachment> lost;
    if (!restored.lost.empty()) {
        TEREN_TRY(const BackupWork::FileLabels labels, labelsOf(*office));
        problems = sentencesFor(restored.lost, labels);
        lost = attachmentsOf(restored.lost, labels);
    }
    TEREN_CHECK(prepare(*office, lost));
    TEREN_CHECK(office->parts().vault->finishRestore());
    return RestoredProfile{std::move(office), std::move(problems), std::move(lost)};
}

Status beginRestoredLife(Office& office, const std::vector<LostAttachment>& lost)
{
    Office::Parts& parts = office.parts();
    // Of this restoring, whatever the device that was backed up had noted of an earlier one.
    TEREN_CHECK(lost.empty() ? forgetLeftOut(office) : noteLeftOut(office, lost));
    // The device that was backed up may still found it.
    TEREN_TRY(const std::optional<Bytes> pending, parts.settings.get(kPendingFoundingKey));
    if (pending)
        return abandonFounding(parts);
    if (parts.store == nullptr)
        return {};
    return parts.store->startNewLife(engine::LifeReason::Restored);
}

/// The attachment's file that a sentence is about, or nothing.
std::string fileIn(std::string_view sentence)
{
    constexpr std::string_view kFolder{"attachments/"};
    const std::size_t at = sentence.find(kFolder);
    if (at == std::string_view::npos)
        return {};
    const std::string_view name = sentence.substr(at);
    return std::string(
        name.substr(0, name.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz", kFolder.size())));
}

/// Of `checkBackupFiles`: it keeps from no restoring.
bool isAboutAttachment(std::string_view problem)
{
    return problem.starts_with("attachments/");
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
    TEREN_TRY(const std::unique_ptr<TemporaryFolder> place, TemporaryFolder::make(around.random));
    const auto asItIs = [](Office&, const std::vector<LostAttachment>&) { return Status(); };
    const Result<RestoredProfile> office = bringBack(folder, place->path(), unlock, asItIs, around, progress);
    check.onlyAttachments = false;
    check.lost.clear();
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
    // The same files, with what they are.
    check.problems = office->problems;
    check.lost = office->lost;
    std::set<std::string> told;
    for (const std::string& problem : check.problems)
        told.insert(fileIn(problem));
    TEREN_TRY(const CheckReport report, office->office->selfCheck());
    for (const std::string& problem : report.problems)
        if (!told.contains(fileIn(problem)))
            check.problems.push_back(problem);
    check.onlyAttachments = check.problems.size() == office->problems.size();
    return {};
}

}  // namespace

BackupWork::BackupWork(std::unique_ptr<store::BackupWriting> writing, FileLabels labels)
    : writing_(std::move(writing)),
      labels_(std::move(labels))
{
}
BackupWork::BackupWork(BackupWork&&) noexcept = default;
BackupWork& BackupWork::operator=(BackupWork&&) noexcept = default;
BackupWork::~BackupWork() = default;

Result<BackupReport> BackupWork::finish(const Progress& progress)
{
    TEREN_TRY(const store::Backup made, writing_->finish(progress));
    BackupReport report = reportOf(made.folder, made.manifest);
    report.problems = sentencesFor(made.lost, labels_);
    if (!made.headerSound)
        report.problems.emplace_back(kHeaderChanged);
    report.lost = attachmentsOf(made.lost, labels_);
    return report;
}

Result<BackupWork> beginBackup(Office& office, const std::filesystem::path& into)
{
    Office::Parts& parts = office.parts();
    TEREN_TRY(std::vector<store::BackedFile> attachments, attachmentsDue(office));
    // What finishes it has no office to ask.
    TEREN_TRY(BackupWork::FileLabels labels, labelsOf(office));
    TEREN_TRY(
        store::BackupWriting writing,
        store::BackupWriting::begin(
            *parts.vault, into, parts.around.clock, parts.around.files, std::move(attachments)));
    return BackupWork(std::make_unique<store::BackupWriting>(std::move(writing)), std::move(labels));
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
            found.push_back({at, {}, 0, 0, {}});
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
    check.onlyAttachments = std::ranges::all_of(check.problems, isAboutAttachment);
    if (check.onlyAttachments)
        check.lost.resize(check.problems.size());
    // What is known not to be restored is not tried.
    if (unlock && check.onlyAttachments)
        TEREN_CHECK(rehearse(folder, *unlock, check, around, partOf(progress, 1, 2)));
    if (!check.opened)
        check.remarks.emplace_back(
            "Whose backup it is, when it was made and what it holds is not proven: who can write to it can "
            "change its list as well. A check with the passphrase or the recovery code proves it.");
    return check;
}

std::string twinAdvice()
{
    return "The old device, if it still exists, has the same keys, and they are valid: whoever has it and "
           "opens it reads and writes as this one. If it was lost, stolen or given away, tell whoever "
           "manages "
           "the members, so that it is removed, and join anew on this device; if you have it, use one of the "
           "two and delete the profile on the other.";
}

Result<RestoredProfile> restoreBackup(
    const std::filesystem::path& folder, const std::filesystem::path& directory, const BackupSecret& secret,
    Surroundings around, const Progress& progress)
{
    TEREN_TRY(const store::Unlock unlock, unlockWith(secret));
    return bringBack(folder, directory, unlock, beginRestoredLife, around, progress);
}

}  // namespace teren::service
