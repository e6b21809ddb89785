// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/schema.h"
#include "app/service/apart.h"
#include "app/service/attachments.h"
#include "app/service/backup.h"
#include "app/service/bundles.h"
#include "app/service/changes.h"
#include "app/service/conflict_inbox.h"
#include "app/service/delivery.h"
#include "app/service/device_facts.h"
#include "app/service/peer_sync.h"
#include "app/service/sync_overview.h"
#include "app/service/sync_report.h"
#include "app/service/values.h"
#include "crypto/base/result.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace teren {

/// What the pages ask of an unlocked office. Declared here by its user; `OfficeDesk` answers from a vault,
/// `SampleDesk` from a few invented cases in memory.
///
/// Lives on the worker thread and is used there only, through `DeskLink`. Texts, errors and durability are
/// those of `service::Office`.
class Desk {
public:
    struct Holder {
        std::string person;
        std::string workspace;  ///< Empty until a workspace was created or joined.
        std::string code;       ///< To read to the inviter, while this device waits to be let in; else empty.
        service::Model model = service::Model::Rural;
    };

    virtual ~Desk() = default;

    virtual Holder holder() = 0;
    virtual Result<std::vector<service::CaseSummary>> cases() = 0;
    virtual Result<service::CaseSummary> newCase(const std::string& title, const std::string& number) = 0;
    virtual Result<service::CaseSummary> findCase(const service::CaseId& id) = 0;
    virtual Result<std::vector<service::RecordView>> records(const service::CaseId& id) = 0;
    virtual Result<service::RecordView> record(const service::CaseId& id, const RecordId& record) = 0;
    virtual Status saveForm(const service::FormKey& form, const service::Draft& answers) = 0;

    /// `day` is local, "2026-11-22".
    virtual Result<std::vector<service::RecordView>> visitsOn(const std::string& day) = 0;
    /// Open tasks over all cases whose `due` is not after `day`, earliest first.
    virtual Result<std::vector<service::RecordView>> tasksDueBy(const std::string& day) = 0;

    /// The one that waits longest first.
    virtual Result<std::vector<service::OpenConflict>> conflicts() = 0;
    virtual Status decide(
        const service::CaseId& id, const RecordId& record, const std::string& field,
        const service::Decision& decision)
        = 0;

    /// Who changed what since somebody last looked: as in `service/changes.h`.
    virtual Result<service::NewsOverview> news() = 0;
    virtual Result<service::ChangeList> changes(const std::optional<service::CaseId>& of, std::size_t limit)
        = 0;
    virtual Status markSeen(const service::ChangesSeen& shown) = 0;
    virtual Result<service::RecordHistory> history(const service::CaseId& id, const RecordId& record) = 0;

    virtual Result<std::vector<service::SearchHit>> search(const std::string& text) = 0;

    virtual Result<service::SyncStatus> syncStatus() = 0;
    virtual Status dismissNotices(std::int64_t upTo) = 0;
    /// Talks to the server once. Both are called on the worker thread, at once or later: `told` whenever it
    /// is further than it was, a few times a second at most, and `done` at the end.
    virtual void sync(
        std::function<void(const service::SyncProgress&)> told,
        std::function<void(Result<service::SyncReport>)> done)
        = 0;
    /// Ends such a talk, with a report that says so; what has arrived stays. Nothing if none is under way.
    virtual void stopSync() = 0;
    virtual Result<service::SyncOverview> syncOverview() = 0;
    /// Of everything written here: what the server has confirmed, and whose devices say that they have it.
    virtual Result<service::DeliveryView> delivery() = 0;
    virtual Status askForContent(const service::CaseId& id, const RecordId& record) = 0;
    /// Files that are carried; errors as in `service/bundles.h`, and `Busy` for taking one in while there is
    /// a talk with the server. @param folder  Gets a new file.
    virtual Result<service::BundleReport> exportBundle(const std::string& folder, bool unsentOnly) = 0;
    virtual Result<service::ImportReport> importBundle(const std::string& path) = 0;

    /// Work that is kept here and does not count, with the name of its case: as in `service/apart.h`, like
    /// the functions below.
    struct Apart {
        service::ApartView view;
        std::string caseTitle;
    };
    virtual Result<std::vector<Apart>> apart() = 0;
    virtual Result<std::vector<service::WaitingView>> missing() = 0;
    virtual Status adopt(
        const service::CaseId& id, const DeviceId& device, std::uint64_t life, std::uint64_t change)
        = 0;
    /// @return also `Busy` while there is a talk with the server.
    virtual Result<service::VoidReport> voidWork(const service::VoidWish& wish) = 0;
    /// Writes what was signed twice: errors as in `service/evidence.h`. @param folder  Gets a new file.
    /// @return its path.
    virtual Result<std::string> exportEvidence(const std::string& folder) = 0;

    struct Attachment {
        service::AttachmentView view;
        std::optional<RecordId> about;  ///< The record that it belongs to, of the same case.
    };
    /// Files of a case, oldest first; errors of this and what follows as in `service/attachments.h`.
    virtual Result<std::vector<Attachment>> attachments(const service::CaseId& id) = 0;
    struct NewAttachment {
        service::CaseId caseId;
        std::string path;  ///< Of a file of this machine.
        std::optional<RecordId> about;
    };
    /// In pieces, between which other jobs run. `progress` and `done` are called on the worker thread, `done`
    /// at once or later; what is stopped ends with `Refused`, and what ends with the desk is not told. Either
    /// way nothing of it is there then.
    virtual void addAttachment(
        const NewAttachment& file, service::Progress progress, std::function<void(Status)> done)
        = 0;
    virtual Result<service::ShownPicture> picture(
        const service::CaseId& id, const RecordId& record, std::uint32_t side)
        = 0;
    virtual Result<service::ShownPicture> smallPicture(const service::CaseId& id, const RecordId& record) = 0;
    /// Writes it, unsealed, into `folder`, beside what is there. @return the path of the copy.
    virtual Result<std::string> exportAttachment(
        const service::CaseId& id, const RecordId& record, const std::string& folder)
        = 0;
    virtual Status removeAttachment(const service::CaseId& id, const RecordId& record) = 0;

    virtual Status saveDraft(const std::string& key, const service::Draft& draft) = 0;
    virtual Result<service::Draft> draft(const std::string& key) = 0;
    virtual Status dropDraft(const std::string& key) = 0;

    /// The ways into this profile; errors as in `service/profile.h`. Changing takes seconds of hashing.
    virtual Status changePassphrase(const std::string& current, const std::string& fresh) = 0;
    virtual std::vector<std::string> knownWords() = 0;
    virtual Result<std::string> drawRecoveryCode() = 0;
    virtual Status confirmRecoveryCode(const std::string& typed) = 0;
    virtual Status removeRecoveryCode() = 0;
    /// What the list of profiles shows; empty for nothing. Errors as in `service/profiles.h`.
    virtual std::string shownName() = 0;
    virtual Status showName(const std::string& name) = 0;  ///< Empty to show nothing.

    virtual Result<service::DeviceFacts> device() = 0;
    /// What is wrong with the files of the profile, at a glance.
    virtual std::vector<service::Alarm> alarms() = 0;
    /// Reads all of the profile. Seconds.
    virtual Result<service::CheckReport> selfCheck() = 0;
    /// What is left of a backup that was begun: needs no desk, and may be called by another thread, once.
    using BackupRest = std::function<Result<service::BackupReport>(const service::Progress&)>;
    /// Begins a backup in a new folder within `folder`; errors as in `service/backup.h`.
    virtual Result<BackupRest> beginBackup(const std::string& folder) = 0;
    /// Remembers that one was made a moment ago.
    virtual Status noteBackup() = 0;
    /// What the backup could not bring back that this profile was made of, until it is forgotten.
    virtual Result<std::vector<service::LostAttachment>> leftOut() = 0;
    virtual Status forgetLeftOut() = 0;

    /// Where a colleague's device in the same room waits, and the code that it shows.
    struct Meeting {
        std::string address;  ///< Empty: wait for a colleague to call.
        std::string code;
    };
    /// Exchanges with a colleague's device, without the server; other jobs run meanwhile.
    /// @param told  Called on any thread with what to tell the colleague, when there is somebody to wait.
    /// @param done  Called on the worker thread, at once or later; errors as in `service/peer_sync.h`, and
    ///              `Busy` while there is a meeting.
    virtual void meet(
        const Meeting& with, std::function<void(const Meeting&)> told,
        std::function<void(Result<service::PeerReport>)> done)
        = 0;
    /// Ends it, with `Refused`. Nothing if there is none.
    virtual void endMeeting() = 0;
};

}  // namespace teren
