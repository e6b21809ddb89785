// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/left_out.h"
#include "app/service/office.h"
#include "crypto/sign/secret_text.h"

#include <functional>
#include <map>
#include <optional>

namespace teren::store {
class BackupWriting;
}

namespace teren::service {

// Sealed backups of a profile: a folder on a stick or anywhere else, made while the profile is open, checked
// and restored without it. What opens one is the passphrase, or the recovery code, that the profile had when
// it was made.

struct BackupReport {
    std::filesystem::path folder;  ///< The backup's own, within the one that was chosen.
    Instant made{};
    std::size_t files = 0;
    std::uint64_t bytes = 0;
    /// Of the profile that was backed up: a sentence for each attachment that ought to be on this device and
    /// is missing or damaged, which the backup lists, and for a damaged header, which the backup has whole.
    std::vector<std::string> problems{};
    std::vector<LostAttachment> lost{};  ///< The same attachments, each once.
};

/// Told how many of how many bytes are done, often, by the thread that works; returns whether to go on. What
/// is stopped so ends with `Refused`, and as if it had not been begun. Empty for nobody who wants to know.
using Progress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

/// Makes a backup in a new folder within `into`. Earlier ones are not touched. Takes as long as the disk
/// takes to write all of it; the office can do nothing else meanwhile.
/// @return `NotFound` if there is no such folder (is the stick in?); `DiskFull`, before anything is written
/// if the
///         room is known to be too little; `Disk` if the stick was pulled out; the sentence says that earlier
///         backups are as they were. `Refused` for a folder within the profile.
Result<BackupReport> createBackup(Office& office, const std::filesystem::path& into);

/// A backup that was begun. Finishing it needs nothing of the office: another thread may do it while the
/// office is in use, or closed. What is not finished is removed with the object.
class BackupWork {
public:
    /// A file of an attachment, as people know it.
    struct FileLabel {
        RecordId attachment;
        bool isSmallPicture = false;
        std::string name;      ///< Of the attachment; empty if no record says it.
        std::string caseName;  ///< Empty if it is not known.
    };
    /// By the name of a file.
    using FileLabels = std::map<std::string, FileLabel>;
    BackupWork(std::unique_ptr<store::BackupWriting> writing, FileLabels labels);
    BackupWork(BackupWork&&) noexcept;
    BackupWork& operator=(BackupWork&&) noexcept;
    ~BackupWork();

    /// Takes as long as the disk takes. Called once. @return as `createBackup`.
    Result<BackupReport> finish(const Progress& progress);

private:
    std::unique_ptr<store::BackupWriting> writing_;
    FileLabels labels_;
};

/// `createBackup` in two parts: the first copies the database as it is at this moment, and no attachment.
/// @return as `createBackup`.
Result<BackupWork> beginBackup(Office& office, const std::filesystem::path& into);

/// The backups in a folder, newest first, or the one that the folder is: what their lists say, unchecked.
/// One whose list cannot be read has no files. No more than 100. @return `NotFound` if there is no such
/// folder.
Result<std::vector<BackupReport>> backupsIn(const std::filesystem::path& folder);

/// What opens a backup: exactly one of the two.
struct BackupSecret {
    std::optional<SecretText> passphrase;
    std::optional<SecretText> recoveryCode;
};

struct BackupCheck {
    BackupReport backup;
    /// Whether it was opened: without a secret, only what can be told without one was checked, against hashes
    /// that one who changes the files can change too.
    bool opened = false;
    std::vector<std::string> problems;   ///< English sentences for an operator; none if all is well.
    std::vector<std::string> remarks{};  ///< What the answer is worth.
    /// Every problem is with a file of an attachment: all the rest can be restored.
    bool onlyAttachments = false;
    /// Of the problems, those with attachments, each once. Not opened, one for each file, without a name.
    std::vector<LostAttachment> lost{};
};

/// Reads every byte of a backup. With a `secret`, which may be null, also restores it into a temporary
/// folder, sealed as it is, opens it, checks all that `Office::selfCheck` checks, and removes it. Changes
/// nothing of the backup.
/// @return what is wrong with the backup is among the problems; an error is for what kept from checking:
///         `NotFound` if it is no backup, `WrongPassphrase`, `Invalid` for a mistyped code, `TooNew`,
///         `DiskFull` for the temporary folder, `Disk`.
Result<BackupCheck> checkBackup(
    const std::filesystem::path& folder, const BackupSecret* secret, Surroundings around,
    const Progress& progress = {});

struct RestoredProfile {
    std::unique_ptr<Office> office;
    /// A sentence for each attachment that the backup does not hold as it was made: it was left out.
    std::vector<std::string> problems;
    std::vector<LostAttachment> lost{};  ///< The same attachments, each once.
};

/// What to do about the device that was backed up, which may live on: an English sentence or two.
std::string twinAdvice();

/// Makes a profile of a backup in `directory`, which is missing or empty, and opens it. The device goes on
/// under a new life, so that it and the device that was backed up never write one change number; what was
/// unsent in the backup is unsent here. A stop before the end leaves no profile, and may be followed by
/// another try.
/// @return `WrongPassphrase`, `Invalid` for a mistyped code, `NotFound`, `Damaged` if the backup's list,
///         header or database is not as it was made, `Refused` if `directory` holds something, `Busy`,
///         `TooNew`, `DiskFull`, `Disk`.
Result<RestoredProfile> restoreBackup(
    const std::filesystem::path& folder, const std::filesystem::path& directory, const BackupSecret& secret,
    Surroundings around, const Progress& progress = {});

}  // namespace teren::service
