// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk.h"

#include <map>

namespace teren {

/// A desk with a few invented cases in memory, the same each time: for eyes, screenshots and tests of pages.
/// What is written stays until the desk is gone; nothing touches a disk or a network.
class SampleDesk : public Desk {
public:
    /// The moment at which the sample plays; `now` of its clock: a morning in April.
    static Instant now();
    /// Without a case, as on the first day.
    enum class Content { Full, Empty };

    /// What `drawRecoveryCode` gives each time.
    static std::string recoveryCode();

    explicit SampleDesk(Content content = Content::Full);

    /// As if a backup had brought this desk back without them.
    void leaveOut(std::vector<service::LostAttachment> lost) { leftOut_ = std::move(lost); }

    /// A colleague's value: it arrives with the next talk with the server.
    void colleagueWrites(const RecordId& record, const std::string& field, const std::string& value);

    Holder holder() override;
    Result<std::vector<service::CaseSummary>> cases() override;
    Result<service::CaseSummary> newCase(const std::string& title, const std::string& number) override;
    Result<service::CaseSummary> findCase(const service::CaseId& id) override;
    Result<std::vector<service::RecordView>> records(const service::CaseId& id) override;
    Result<service::RecordView> record(const service::CaseId& id, const RecordId& record) override;
    Status saveForm(const service::FormKey& form, const service::Draft& answers) override;
    Result<std::vector<service::RecordView>> visitsOn(const std::string& day) override;
    Result<std::vector<service::RecordView>> tasksDueBy(const std::string& day) override;
    Result<std::vector<service::OpenConflict>> conflicts() override;
    Status decide(
        const service::CaseId& id, const RecordId& record, const std::string& field,
        const service::Decision& decision) override;
    Result<service::NewsOverview> news() override;
    Result<service::ChangeList> changes(const std::optional<service::CaseId>& of, std::size_t limit) override;
    Status markSeen(const service::ChangesSeen& shown) override;
    Result<service::RecordHistory> history(const service::CaseId& id, const RecordId& record) override;
    Result<std::vector<service::SearchHit>> search(const std::string& text) override;
    Result<service::SyncStatus> syncStatus() override;
    Status dismissNotices(std::int64_t upTo) override;
    void sync(
        std::function<void(const service::SyncProgress&)> told,
        std::function<void(Result<service::SyncReport>)> done) override;
    void stopSync() override;
    Result<service::SyncOverview> syncOverview() override;
    Result<service::DeliveryView> delivery() override;
    Status askForContent(const service::CaseId& id, const RecordId& record) override;
    Result<service::BundleReport> exportBundle(const std::string& folder, bool unsentOnly) override;
    Result<service::ImportReport> importBundle(const std::string& path) override;
    Result<std::vector<Apart>> apart() override;
    Result<std::vector<service::WaitingView>> missing() override;
    Status adopt(
        const service::CaseId& id, const DeviceId& device, std::uint64_t life, std::uint64_t change) override;
    Result<service::VoidReport> voidWork(const service::VoidWish& wish) override;
    Result<std::string> exportEvidence(const std::string& folder) override;
    void meet(
        const Meeting& with, std::function<void(const Meeting&)> told,
        std::function<void(Result<service::PeerReport>)> done) override;
    void endMeeting() override;
    Result<std::vector<Attachment>> attachments(const service::CaseId& id) override;
    void addAttachment(
        const NewAttachment& file, service::Progress progress, std::function<void(Status)> done) override;
    Result<service::ShownPicture> picture(
        const service::CaseId& id, const RecordId& record, std::uint32_t side) override;
    Result<service::ShownPicture> smallPicture(const service::CaseId& id, const RecordId& record) override;
    Result<std::string> exportAttachment(
        const service::CaseId& id, const RecordId& record, const std::string& folder) override;
    Status removeAttachment(const service::CaseId& id, const RecordId& record) override;
    Status saveDraft(const std::string& key, const service::Draft& draft) override;
    Result<service::Draft> draft(const std::string& key) override;
    Status dropDraft(const std::string& key) override;
    Status changePassphrase(const std::string& current, const std::string& fresh) override;
    std::vector<std::string> knownWords() override;
    Result<std::string> drawRecoveryCode() override;
    Status confirmRecoveryCode(const std::string& typed) override;
    Status removeRecoveryCode() override;
    std::string shownName() override;
    Status showName(const std::string& name) override;
    Result<service::DeviceFacts> device() override;
    std::vector<service::Alarm> alarms() override;
    Result<service::CheckReport> selfCheck() override;
    Result<BackupRest> beginBackup(const std::string& folder) override;
    Status noteBackup() override;
    Result<std::vector<service::LostAttachment>> leftOut() override { return leftOut_; }
    Status forgetLeftOut() override;

private:
    service::CaseId makeCase(
        const std::string& title, const std::string& number, const std::string& stage,
        const std::string& place);
    RecordId put(const service::CaseId& id, const std::string& type, const service::FieldValues& fields);
    void fillZenon();
    void fillFamily();
    void fillOthers();
    void fillConflicts();
    void fillNews();
    void attach(const service::CaseId& id, const std::string& name, const std::optional<RecordId>& about);

    std::uint8_t idsMade_ = 0;
    std::map<service::CaseId, service::CaseSummary> cases_;
    std::vector<service::RecordView> records_;
    std::vector<service::ConflictView> conflicts_;
    std::map<std::string, service::Draft> drafts_;
    void write(service::RecordView& record, const service::FieldValues& fields);
    void countSaved(service::RecordView& record, std::size_t changes);

    struct Coming {
        RecordId record;
        std::string field;
        std::string value;
    };
    std::vector<Coming> coming_;
    std::vector<service::ChangeItem> unseen_;  ///< Newest first.
    bool askedForFile_ = false;
    std::function<void(Result<service::PeerReport>)> waiting_;  ///< For a colleague.
    bool entered_ = false;                                      ///< The work apart was entered again.
    bool wentOn_ = false;                                       ///< Without what was missing.
    std::vector<Attachment> attachments_;
    std::uint8_t attached_ = 0;
    service::SyncStatus status_;
    std::optional<Instant> backup_;
    std::vector<service::LostAttachment> leftOut_;
    std::optional<Instant> codeMade_;
    std::string shown_ = "Anna Sowa";
};

}  // namespace teren
