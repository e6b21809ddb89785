// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/schema.h"
#include "app/platform/files.h"
#include "app/service/values.h"
#include "crypto/base/random.h"
#include "crypto/base/result.h"

#include <filesystem>
#include <memory>

namespace teren::store {
class Vault;
}

namespace teren::service {

/// What a use case needs from its surroundings; all outlive the office.
struct Surroundings {
    const Clock& clock;
    RandomSource& random;
    const domain::SchemaSet& schemas;
    platform::Files& files = platform::systemFiles();  ///< For attachments.
};

/// One unlocked profile: the use cases of the app and of `terenctl`, no Qt, no network.
///
/// Everything here is local, synchronous and durable when it returns: with no network all of it works. What
/// needs the server is in `enrolment.h` and `sync_service.h`. Not thread-safe: one worker thread owns it.
/// Errors: `Invalid` names field and reason; `NotFound` for ids that are not on this device; `Refused` for a
/// right or a rule; `Damaged`, `Disk`, `DiskFull` from the vault, with nothing changed.
class Office {
public:
    /// Makes a new profile in `directory`: a vault, and the person's own name.
    /// @return `Invalid` for a passphrase that is too weak, saying what to do (`passphrase_strength.h`).
    static Status createProfile(
        const std::filesystem::path& directory, const std::string& name, std::string_view passphrase,
        Surroundings parts);
    /// Unlocks. @return `WrongPassphrase`; `Locked` while wrong tries make wait, saying how long (also
    /// `waitBeforeUnlock` in `profile.h`); `Busy`, `Damaged`, `TooNew`, `NotFound`.
    static Result<std::unique_ptr<Office>> open(
        const std::filesystem::path& directory, std::string_view passphrase, Surroundings around);
    ~Office();
    Office(const Office&) = delete;
    Office& operator=(const Office&) = delete;

    const std::string& personName() const;
    /// False until a workspace was created or joined here.
    bool hasWorkspace() const;
    std::string workspaceName() const;
    Model model() const;
    std::string deviceName() const;

    Result<CaseSummary> newCase(const std::string& title, const std::string& number);
    Result<std::vector<CaseSummary>> cases();
    Result<CaseSummary> findCase(const CaseId& id);
    /// The cases with exactly this number: mostly one, but two devices without a network may give it twice.
    Result<std::vector<CaseId>> casesNumbered(const std::string& number);

    Result<RecordId> addRecord(const CaseId& caseId, const std::string& type, const FieldValues& fields);
    /// @param shown  What the author had before them; without it, what is there now.
    /// @return `ChangedMeanwhile`, naming the fields, if one of them holds another value than was shown, or
    /// if the record was deleted; nothing is written then. Without `shown`, writing brings a deleted record
    /// back.
    Status setFields(
        const RecordRef& which, const FieldValues& fields, const std::optional<ShownValues>& shown = {});
    /// Puts the answers of a form into its record, or into a new one, and drops the draft, at once or not at
    /// all. If they are not accepted, they are kept as the draft and nothing else is changed.
    /// @return as `setFields` and `addRecord`.
    Status saveForm(const FormKey& form, const Draft& answers);
    Status deleteRecord(const RecordRef& which, const std::string& reason = {});
    Result<RecordView> record(const RecordRef& which);
    /// Living records of a case, oldest first; all types if `type` is empty.
    Result<std::vector<RecordView>> records(const CaseId& caseId, const std::string& type = {});
    Result<std::vector<HistoryItem>> history(const RecordRef& which);
    /// The same, and what record it is; also of one that was deleted.
    Result<RecordHistory> recordHistory(const RecordRef& which);

    /// Visits of one day over all cases, by time. `day` is local, "2026-11-22".
    Result<std::vector<RecordView>> visitsOn(const std::string& day);
    /// Open tasks over all cases that are due on `day` or before, earliest first.
    Result<std::vector<RecordView>> tasksDueBy(const std::string& day);

    Result<std::vector<ConflictView>> conflicts();
    Result<std::vector<ConflictView>> conflicts(const CaseId& caseId);
    /// @return `ChangedMeanwhile` if the conflict is no longer the one that the decision was made about.
    Status decide(const RecordRef& which, const std::string& field, const Decision& decision);

    Result<std::vector<SearchHit>> search(const std::string& text, std::size_t limit = 50);
    Result<SyncStatus> syncStatus();
    /// Does not tell these notices again. @param upTo  The `id` of the newest one that was read.
    Status dismissNotices(std::int64_t upTo);
    /// Hex digest of everything, or of one case, and of each space by its hex id.
    struct Digests {
        std::string digest;
        std::map<std::string, std::string> spaces;
    };
    Result<Digests> digests(const std::optional<CaseId>& caseId = {});
    Result<CheckReport> selfCheck();

    /// Unsaved form state, durable at once, encrypted, never sent: survives lock, crash and a flat battery.
    Status saveDraft(const std::string& key, const Draft& draft);
    Result<Draft> draft(const std::string& key);
    Status dropDraft(const std::string& key);

    /// For the use cases beside this one; not for view-models.
    static Result<std::unique_ptr<Office>> openVault(
        std::unique_ptr<store::Vault> vault, Surroundings around);
    class Parts;
    Parts& parts() { return *parts_; }

private:
    explicit Office(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace teren::service
