// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/key_slots.h"

#include <filesystem>
#include <vector>

namespace teren::store {

/// What a folder is, by the names in it.
enum class FolderState {
    Missing,
    Empty,       ///< Nothing, or only a lock file.
    Unfinished,  ///< A creation was stopped before its end; there is nothing in it to lose.
    Profile,
    Headless,    ///< A database whose header file is gone: not to be touched.
    Unreadable,  ///< Its permissions forbid to look.
    Other,       ///< Somebody else's files.
};

/// The files of a profile: names, the order in which they come into being, what belongs there.
///
/// Creation writes the marker first and the header last, then removes the marker. So a header means a whole
/// profile, and a marker without a header means one that never held anything.
class VaultFiles {
public:
    explicit VaultFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path header() const { return folder_ / "vault.header"; }
    std::filesystem::path database() const { return folder_ / "vault.db"; }
    /// A folder: see `AttachmentStore`, which knows what belongs there.
    std::filesystem::path attachments() const { return folder_ / "attachments"; }
    std::filesystem::path marker() const { return folder_ / "vault.unfinished"; }
    /// What the list of profiles shows; there only if somebody chose so.
    std::filesystem::path shownName() const { return folder_ / "profile.shown"; }
    /// There only after wrong passphrases.
    std::filesystem::path tries() const { return folder_ / "vault.tries"; }

    FolderState state() const;
    /// Whether everything that a profile is opened with is what it must be: `attachments` a folder, all
    /// others plain files, or not there. No link is followed. @return `Damaged`, naming the first that is
    /// not.
    Status checkKinds() const;
    /// Whether a profile may be made here: nothing, or what a stopped creation left.
    bool isFree() const;
    /// Makes the folder, for the user alone.
    Status makeFolder() const;
    enum class Making { Profile, Restored };
    /// Makes the marker, then removes what a stopped creation left.
    Status beginCreation(Making what = Making::Profile) const;
    /// Whether what is unfinished is a restored backup: an empty profile in its place would pass for it.
    bool isStoppedRestore() const;
    Status endCreation() const;
    Result<KeySlots> readHeader() const;
    Status writeHeader(const KeySlots& slots, const SecretKey& master) const;
    /// Removes what an interrupted write or creation left, if it can be that: a plain file, no larger than
    /// what is written there, that begins like it. @return a sentence for each other thing by such a name,
    /// which stays as it is.
    std::vector<std::string> clearLeftovers() const;
    /// What is weaker than this program makes it, in sentences: others who may read or write the files.
    std::vector<std::string> remarks() const;
    /// Names in the folder that do not belong to a profile.
    std::vector<std::string> strangers() const;

private:
    std::filesystem::path folder_;
};

}  // namespace teren::store
