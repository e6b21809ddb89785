// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/backup.h"

namespace teren::service {

/// One profile of a computer's list, as anybody may see it who sits down there.
struct ListedProfile {
    std::filesystem::path folder;
    /// What its owner chose to show; empty if nothing. Anybody may have written the file: it is one line of
    /// at most 60 characters, without control characters and without what turns the direction of writing.
    std::string shown;
    /// Its permissions forbid to look: it may be a profile.
    bool isUnreadable = false;
};

/// A folder of profiles, for several people on one computer. Each is a vault of its own in a folder whose
/// name is random: before a profile is unlocked, the list tells how many there are, and what their owners
/// chose to show.
class Profiles {
public:
    explicit Profiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Where this computer keeps the profiles of this user. @return `NotFound` if the system does not say.
    static Result<std::filesystem::path> defaultFolder();

    /// Whole profiles, and folders that cannot be looked into; of the profiles those with a shown name first,
    /// by name; then the others, always in the same order. No more than 100. A folder that is not there holds
    /// none. @return `Disk`.
    Result<std::vector<ListedProfile>> list() const;
    /// Makes a profile in a new folder. @param shown  What the list is to show; empty for nothing, as is the
    /// default.
    /// @return the folder; as `Office::createProfile`; `Invalid` for a name that cannot be shown.
    Result<std::filesystem::path> create(
        const std::string& name, std::string_view passphrase, const std::string& shown,
        Surroundings around) const;
    struct Restored {
        std::filesystem::path folder;
        std::vector<LostAttachment> lost;  ///< What the backup could not bring back.
    };
    /// The same of a backup. The list shows nothing for it. What is stopped or fails leaves nothing.
    /// @return as `restoreBackup`.
    Result<Restored> restore(
        const std::filesystem::path& backup, const BackupSecret& secret, Surroundings around,
        const Progress& progress = {}) const;

private:
    Result<std::filesystem::path> freshFolder(RandomSource& random) const;

    std::filesystem::path folder_;
};

/// What the list shows for a profile folder; empty if nothing.
std::string shownName(const std::filesystem::path& profile);
/// The same of the profile that is open.
std::string shownName(Office& office);
/// Shows `name` on the list, until it is hidden: it stands in the profile's folder for everybody to read. The
/// vault remembers it as well, so that `Office::selfCheck` tells when somebody else changed the file.
/// @return `Invalid` for a name that cannot be shown as it is, `Disk`, `DiskFull`.
Status showName(Office& office, const std::string& name);
Status hideName(Office& office);
/// @return what is wrong with the file beside the vault; empty if nothing is.
Result<std::string> checkShownName(Office& office);

}  // namespace teren::service
