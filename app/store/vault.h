// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "crypto/key_slots.h"
#include "crypto/page/page_vfs.h"
#include "sync/sql/database.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace teren::store {

class ProfileLock;

/// `Floor` if the environment has `TEREN_KDF=floor`. For `Vault::create` only: opening obeys the vault.
KdfPolicy kdfPolicyFromEnvironment();

/// Finds the master key in the slots of a header. @return as `KeySlots::open`.
using Unlock = std::function<Result<SecretKey>(const KeySlots&)>;

struct VaultOptions {
    /// With a clock, wrong tries are counted, and after some of them the next has to wait. Outlives the call.
    const Clock* clock = nullptr;
    /// Decrypted pages that a connection keeps. More is quicker; a few MiB is what an office's cases need.
    std::size_t cacheBytes = std::size_t{8} << 20;
};

/// An open vault: one user's sealed database on one device, and the keys that the passphrase gives.
///
/// The folder holds `vault.header` (key slots), `vault.db` and `vault.db-wal` (sealed pages),
/// `vault.db-fresh` (which of their versions is the current one) and `profile.lock`; nothing in them can be
/// read, changed or put back to an earlier version unnoticed without the passphrase, save all of them
/// together. As long as this object lives, no other process can open the profile, and the keys are in guarded
/// memory. Not thread-safe; a thread of its own needs its own connection, `openConnection`.
class Vault {
public:
    /// Makes a profile in `folder`, which is missing or empty, and opens it. Stopped half-way, it leaves a
    /// folder that `open` reports as unfinished and that `create` takes over.
    ///
    /// @param random  Outlives this object; may be called by every thread that has a connection.
    /// @return `Invalid` passphrase; `Refused` if there is a profile or anything else in the folder; `Busy`;
    ///         `Disk`, `DiskFull`.
    static Result<std::unique_ptr<Vault>> create(
        const std::filesystem::path& folder, std::string_view passphrase, KdfPolicy policy,
        RandomSource& random, const VaultOptions& options = {});

    /// What was found wrong is written down before it can be overwritten; on a full disk, which is only
    /// read, as soon as there is room, or when this object goes.
    /// @return `NotFound` if `folder` is no profile or an unfinished one, `WrongPassphrase`, `Busy`,
    /// `Locked` while wrong tries make wait, `Damaged`, `TooNew`, `Refused` (too old), `Disk`, `DiskFull`.
    /// Nothing was changed then.
    static Result<std::unique_ptr<Vault>> open(
        const std::filesystem::path& folder, std::string_view passphrase, RandomSource& random,
        const VaultOptions& options = {});

    /// The same with another way to the master key: a recovery code, the office's key.
    /// @return as `open`; what `unlock` returns; `Locked` while wrong tries make wait.
    static Result<std::unique_ptr<Vault>> openWith(
        const std::filesystem::path& folder, const Unlock& unlock, RandomSource& random,
        const VaultOptions& options = {});

    /// A vault without any file, gone with the object: for tests, simulation and the sample.
    static Result<std::unique_ptr<Vault>> openInMemory(RandomSource& random);

    ~Vault();
    Vault(const Vault&) = delete;
    Vault& operator=(const Vault&) = delete;

    sql::Database& database();
    /// Another connection to the same database, for another thread; closed before this object goes.
    /// @return `Refused` for a vault in memory.
    Result<sql::Database> openConnection();

    /// The key for one purpose; `label` is a fixed text that names purpose and version.
    SecretKey key(std::string_view label) const;
    /// Seals drafts of forms.
    SecretKey draftKey() const { return key("teren.vault.drafts.v1"); }
    /// Wraps the device's own signing and sealing keys.
    SecretKey identityKey() const { return key("teren.vault.identity.v1"); }

    /// Empty for a vault in memory.
    const std::filesystem::path& folder() const;
    /// Where `AttachmentStore` keeps its files; empty for a vault in memory.
    std::filesystem::path attachmentFolder() const;
    const VaultId& id() const;
    /// Whether the passphrase is hashed at the least cost allowed: right for tests, not for people's data.
    bool usesFloorKdf() const;

    /// The slots of the header.
    const KeySlots& slots() const;
    /// Whether this is the passphrase; wrong tries count as those of `open`.
    /// @return `WrongPassphrase`, `Locked`, `Damaged`, `Disk`; `Refused` for a vault in memory.
    Status checkPassphrase(std::string_view passphrase);
    /// These replace the header file as a whole: whatever stops them, there is the former or the new one.
    /// A header that was replaced does not open the vault again (`Damaged`), put back or not; but together
    /// with the former passphrase it still gives the master key to whoever kept a copy of it.
    /// @param policy  For the cost of the new slot.
    /// @return `Invalid`, `Disk`, `DiskFull`; `Refused` for a vault in memory.
    Status setPassphrase(std::string_view passphrase, KdfPolicy policy);
    Status setRecoveryCode(const RecoveryCode& code);
    Status setOfficeRecovery(const BoxPublicKey& recipient);
    /// @return `NotFound` if there is no such slot; `Refused` for the passphrase, without which nobody gets
    /// in.
    Status removeSlot(SlotKind kind);

    /// From now on, nothing committed so far can be taken back unnoticed. It happens by itself within a
    /// second of a commit, and when the vault closes. @return `DiskFull`, `Disk`.
    Status anchor();
    /// The header file as it ought to be, whatever lies in the folder.
    Bytes headerFile() const;
    /// How large a copy of the database is.
    Result<std::uint64_t> databaseBytes();
    /// Makes a copy of the database, as it is at this moment, sealed under the same key, with an anchor of
    /// its own: `file`, and the one beside it that ends in "-fresh". @return `Disk`, `DiskFull`.
    Status copyDatabase(const std::filesystem::path& file);
    /// Opens what was restored into an unfinished profile folder whose `lock` is held. No header is written.
    static Result<std::unique_ptr<Vault>> openRestored(
        const std::filesystem::path& folder, ProfileLock lock, const KeySlots& slots, SecretKey master,
        RandomSource& random);
    /// Makes the folder a profile: from here on, `open` opens it. Call when all that must never be skipped
    /// was done.
    Status finishRestore();

    /// What can be seen at a glance of what is wrong with the files of this open vault.
    struct Glance {
        bool isGone = false;                 ///< The folder, or all of it: what is written is not kept.
        bool headerSound = true;             ///< The header file is the one that this program wrote last.
        std::vector<std::string> strangers;  ///< Names that do not belong to a profile.
        std::vector<std::string> findings;   ///< As `Vault::findings`.
    };
    /// Reads the header and the names in the folder: nothing that grows. A vault in memory is sound.
    Glance glance() const;
    /// What was found wrong at an opening, and may have been made good or overwritten since: sentences,
    /// oldest first. The vault keeps each until it is dismissed.
    const std::vector<std::string>& findings() const;
    /// A person was told of these.
    /// @return `Disk`, `DiskFull`.
    Status dismissFindings(const std::vector<std::string>& told);
    /// What is weaker than it should be, in sentences.
    std::vector<std::string> remarks() const;
    /// Reads all there is: header, every page, the database's own structure, the names in the folder.
    /// @return a sentence for each problem, none if all is well.
    Result<std::vector<std::string>> selfCheck();

private:
    struct State;
    Status replaceHeader(const std::function<Status(KeySlots&)>& change);
    explicit Vault(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace teren::store
