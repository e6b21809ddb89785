// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"
#include "crypto/sign/secret_text.h"

#include <optional>

namespace teren::service {

// Sealed backups of a profile: a folder on a stick or anywhere else, made while the profile is open, checked
// and restored without it. What opens one is the passphrase, or the recovery code, that the profile had when
// it was made.

struct BackupReport {
    std::filesystem::path folder;  ///< The backup's own, within the one that was chosen.
    Instant made{};
    std::size_t files = 0;
    std::uint64_t bytes = 0;
};

/// Makes a backup in a new folder within `into`. Earlier ones are not touched. Takes as long as the disk
/// takes to write all of it; the office can do nothing else meanwhile.
/// @return `NotFound` if there is no such folder (is the stick in?); `DiskFull`, before anything is written
/// if the
///         room is known to be too little; `Disk` if the stick was pulled out; the sentence says that earlier
///         backups are as they were. `Refused` for a folder within the profile.
Result<BackupReport> createBackup(Office& office, const std::filesystem::path& into);

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
    std::vector<std::string> problems;  ///< English sentences for an operator; none if all is well.
};

/// Reads every byte of a backup. With a `secret`, which may be null, also restores it into a temporary
/// folder, sealed as it is, opens it, checks all that `Office::selfCheck` checks, and removes it. Changes
/// nothing of the backup.
/// @return what is wrong with the backup is among the problems; an error is for what kept from checking:
///         `NotFound` if it is no backup, `WrongPassphrase`, `Invalid` for a mistyped code, `TooNew`,
///         `DiskFull` for the temporary folder, `Disk`.
Result<BackupCheck> checkBackup(
    const std::filesystem::path& folder, const BackupSecret* secret, Surroundings around);

/// Makes a profile of a backup in `directory`, which is missing or empty, and opens it. The device goes on
/// under a new life, so that it and the device that was backed up never write one change number; what was
/// unsent in the backup is unsent here. A stop before the end leaves no profile, and may be followed by
/// another try.
/// @return `WrongPassphrase`, `Invalid` for a mistyped code, `NotFound`, `Damaged` if the backup is not as it
/// was
///         made, `Refused` if `directory` holds something, `Busy`, `TooNew`, `DiskFull`, `Disk`.
Result<std::unique_ptr<Office>> restoreBackup(
    const std::filesystem::path& folder, const std::filesystem::path& directory, const BackupSecret& secret,
    Surroundings around);

}  // namespace teren::service
