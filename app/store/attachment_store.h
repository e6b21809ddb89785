// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/files.h"
#include "app/store/attachment_ref.h"
#include "crypto/attachment_seal.h"
#include "sync/sql/database.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>

namespace teren::store {

/// The sealed files beside the database: `attachments/` in the profile's folder.
///
/// A file's name is random. Before the file is begun, its row in the vault says "being written"; when it is
/// durable, one transaction of the caller makes the row "whole" together with the record that names it. So at
/// any moment that the power goes, a file is either whole and named by a record, or has a row that says that
/// it is to be removed. A file without a row was put there by somebody else: it is reported and never
/// touched. Nothing that is whole is ever removed here. Not thread-safe.
class AttachmentStore {
public:
    struct Parts {
        sql::Database& database;  ///< With the tables of `storeMigrations`.
        platform::Files& files;
        std::filesystem::path folder;  ///< `VaultFiles::attachments`; empty for a vault in memory.
        RandomSource& random;
    };
    explicit AttachmentStore(Parts parts);
    AttachmentStore(const AttachmentStore&) = delete;
    AttachmentStore& operator=(const AttachmentStore&) = delete;
    ~AttachmentStore();

    /// Removes what imports left that were stopped in an earlier session. Those of this one, under way or
    /// not yet recorded, stay. @return `Disk` and the vault's errors; what was not removed is next time.
    Status clean();

    /// A file on its way into the vault. Unless it was kept, all of it goes with this object.
    class Import {
    public:
        Import(Import&&) noexcept;
        Import& operator=(Import&&) = delete;
        ~Import();

        /// @return `LimitExceeded` above `limits::kAttachmentMax`, `DiskFull`, `Disk`.
        Status write(ByteView content);
        /// Puts what was written so far on the disk, so that `finish` takes no longer for a large file.
        Status settle();
        /// Seals the end. On return the file is durable under its name, and invisible.
        Result<AttachmentRef> finish();
        /// Marks it as whole: call inside the transaction that writes its record, after `finish`.
        Status keep();
        /// Call when that transaction has ended well.
        void kept();

    private:
        friend class AttachmentStore;
        struct State;
        explicit Import(std::unique_ptr<State> state);
        std::unique_ptr<State> state_;
    };
    /// @param expectedSize  Of the content, as far as known; the room for it is asked for before anything is
    ///                      written.
    /// @return `Refused` for a vault in memory, `LimitExceeded`, `DiskFull`, `Disk`.
    Result<Import> begin(const AttachmentBinding& binding, std::uint64_t expectedSize);

    /// Whether the file is on this device; a record may have come without it.
    Result<bool> has(const Hash& address);
    /// Opens a file of this device. It reads from the disk as it is asked to.
    /// @return `NotFound` if it is not on this device; `Damaged` if it is missing, cut, extended or another.
    Result<AttachmentOpener> open(const AttachmentRef& ref, const AttachmentBinding& binding);

    /// A whole file, as it may be copied elsewhere.
    struct StoredFile {
        std::filesystem::path path;
        Hash address{};
        AttachmentBinding binding;
        std::uint64_t sealedSize = 0;
    };
    Result<std::vector<StoredFile>> files();

    /// What the record that a file belongs to says of it; none if the record does not name it any more.
    using RefOf = std::function<Result<std::optional<AttachmentRef>>(const AttachmentBinding& binding)>;
    /// Cleans, then reads every byte of every file: its address, then each chunk under its key.
    /// @return a sentence for each file that is missing, damaged or nobody's.
    Result<std::vector<std::string>> selfCheck(const RefOf& refOf);

private:
    std::filesystem::path pathOf(const std::string& name) const { return parts_.folder / name; }
    Status checkRoom(std::uint64_t expectedSize);
    Status removeUnfinished(const std::string& name);
    /// The file's own name, if it is here.
    Result<std::optional<std::string>> nameOf(const Hash& address);
    Status checkFile(const StoredFile& file, const RefOf& refOf, std::vector<std::string>& problems);
    Status checkNames(std::vector<std::string>& problems);

    Parts parts_;
    std::set<std::string> active_;  ///< Names of imports of this session that are not kept yet.
};

}  // namespace teren::store
