// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/worker.h"
#include "app/service/attachments.h"
#include "app/service/office.h"
#include "app/service/sync_service.h"
#include "app/viewmodel/desk.h"

#include <memory>
#include <mutex>

namespace teren {

/// The desk of a real profile. Passes on to the office; a talk with the server goes on in slices between
/// other jobs of the worker, so that nobody waits for a network.
class OfficeDesk : public Desk {
public:
    OfficeDesk(std::unique_ptr<service::Office> office, platform::Worker& worker);
    ~OfficeDesk() override;
    OfficeDesk(const OfficeDesk&) = delete;
    OfficeDesk& operator=(const OfficeDesk&) = delete;

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
    Result<std::vector<service::LostAttachment>> leftOut() override;
    Status forgetLeftOut() override;

private:
    /// One talk with the server. Gone with the desk: its next slice then finds nothing to do.
    struct Talk {
        Talk(service::Office& office, platform::Worker& on) : session(office), worker(on) {}
        service::SyncSession session;
        platform::Worker& worker;
        std::function<void(const service::SyncProgress&)> told;
        std::function<void(Result<service::SyncReport>)> done;
        service::SyncProgress last;  ///< What was told.
        unsigned slices = 0;         ///< Since then.
        void tell();
    };
    static void goOn(const std::weak_ptr<Talk>& weak);

    /// A file that is being added, in pieces like a talk.
    struct Adding {
        service::Attachments::Adding file;
        NewAttachment wanted;
        service::Progress progress;
        std::function<void(Status)> done;
    };
    void goOnAdding(const std::shared_ptr<Adding>& adding);
    /// The next piece. @return whether it is over, and the attachment there.
    Result<bool> addPiece(Adding& adding);

    /// A meeting with a colleague's device. The thread that waits or calls owns it as well, and may outlive
    /// the desk: it comes to the profile only while `isEnded` is false.
    struct MeetingRun {
        std::unique_ptr<service::PeerMeeting> peer;
        OfficeDesk* desk = nullptr;
        platform::Worker* worker = nullptr;
        std::function<void(Result<service::PeerReport>)> done;
        std::mutex gate;       ///< Held to end it, and to post to the worker.
        bool isEnded = false;  ///< Written on the worker thread alone.

        bool ended();
        void end();
        /// Posts a job to the worker, unless it is ended.
        bool post(platform::Worker::Job job);
        /// The same, and waits for it.
        static bool runAtProfile(const std::shared_ptr<MeetingRun>& run, const std::function<void()>& job);
    };
    static void conclude(const std::shared_ptr<MeetingRun>& run);

    platform::Worker& worker_;
    std::unique_ptr<service::Office> office_;
    std::shared_ptr<MeetingRun> meeting_;
    std::shared_ptr<Talk> talk_;      ///< Ends before the office.
    std::shared_ptr<Adding> adding_;  ///< Likewise.
};

}  // namespace teren
