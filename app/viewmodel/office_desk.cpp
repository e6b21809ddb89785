// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/office_desk.h"

#include "app/service/backup.h"
#include "app/service/device_facts.h"
#include "app/service/enrolment.h"
#include "app/service/profile.h"

#include <chrono>
#include <utility>

namespace teren {
namespace {

// How long a page that asks for something waits for the talk with the server, at most.
constexpr std::chrono::milliseconds kSlice{30};

}  // namespace

OfficeDesk::OfficeDesk(std::unique_ptr<service::Office> office, platform::Worker& worker)
    : worker_(worker),
      office_(std::move(office))
{
}

Desk::Holder OfficeDesk::holder()
{
    Holder holder{
        .person = office_->personName(), .workspace = {}, .code = {}, .model = service::Model::Rural};
    if (office_->hasWorkspace()) {
        holder.workspace = office_->workspaceName();
        holder.model = office_->model();
    }
    if (auto code = service::Enrolment(*office_).waitingCode())
        holder.code = *std::move(code);
    return holder;
}

Result<std::vector<service::CaseSummary>> OfficeDesk::cases()
{
    return office_->cases();
}

Result<service::CaseSummary> OfficeDesk::newCase(const std::string& title, const std::string& number)
{
    return office_->newCase(title, number);
}

Result<service::CaseSummary> OfficeDesk::findCase(const service::CaseId& id)
{
    return office_->findCase(id);
}

Result<std::vector<service::RecordView>> OfficeDesk::records(const service::CaseId& id)
{
    return office_->records(id);
}

Result<service::RecordView> OfficeDesk::record(const service::CaseId& id, const RecordId& record)
{
    return office_->record({id, record});
}

Status OfficeDesk::saveForm(const service::FormKey& form, const service::Draft& answers)
{
    return office_->saveForm(form, answers);
}

Result<std::vector<service::RecordView>> OfficeDesk::visitsOn(const std::string& day)
{
    return office_->visitsOn(day);
}

Result<std::vector<service::RecordView>> OfficeDesk::tasksDueBy(const std::string& day)
{
    return office_->tasksDueBy(day);
}

Result<std::vector<service::ConflictView>> OfficeDesk::conflicts()
{
    return office_->conflicts();
}

Status OfficeDesk::decide(
    const service::CaseId& id, const RecordId& record, const std::string& field,
    const service::Decision& decision)
{
    return office_->decide({id, record}, field, decision);
}

Status OfficeDesk::dismissNotices(std::int64_t upTo)
{
    return office_->dismissNotices(upTo);
}

Result<std::vector<service::SearchHit>> OfficeDesk::search(const std::string& text)
{
    return office_->search(text);
}

Result<service::SyncStatus> OfficeDesk::syncStatus()
{
    return office_->syncStatus();
}

void OfficeDesk::sync(std::function<void(Result<service::SyncReport>)> done)
{
    if (talk_ != nullptr || !office_->hasWorkspace()) {
        done(fail(Errc::Refused, talk_ != nullptr ? "a session is under way" : "no workspace"));
        return;
    }
    talk_ = std::make_shared<Talk>(*office_, worker_);
    talk_->done = [this, done = std::move(done)](Result<service::SyncReport> report) {
        talk_.reset();
        done(std::move(report));
    };
    goOn(talk_);
}

void OfficeDesk::goOn(const std::weak_ptr<Talk>& weak)
{
    const std::shared_ptr<Talk> talk = weak.lock();
    if (talk == nullptr)
        return;
    if (talk->session.advance(kSlice))
        talk->done(talk->session.finish());
    else
        talk->worker.post([weak] { goOn(weak); });
}

Status OfficeDesk::saveDraft(const std::string& key, const service::Draft& draft)
{
    return office_->saveDraft(key, draft);
}

Result<service::Draft> OfficeDesk::draft(const std::string& key)
{
    return office_->draft(key);
}

Status OfficeDesk::dropDraft(const std::string& key)
{
    return office_->dropDraft(key);
}

Status OfficeDesk::changePassphrase(const std::string& current, const std::string& fresh)
{
    return service::changePassphrase(*office_, current, fresh);
}

std::vector<std::string> OfficeDesk::knownWords()
{
    return service::knownWords(*office_);
}

Result<std::string> OfficeDesk::drawRecoveryCode()
{
    return service::newRecoveryCode(*office_);
}

Status OfficeDesk::confirmRecoveryCode(const std::string& typed)
{
    TEREN_CHECK(service::confirmRecoveryCode(*office_, typed));
    return service::noteRecoveryCode(*office_);
}

Result<service::DeviceFacts> OfficeDesk::device()
{
    return service::deviceFacts(*office_);
}

std::vector<service::Alarm> OfficeDesk::alarms()
{
    return service::alarms(*office_);
}

Result<service::CheckReport> OfficeDesk::selfCheck()
{
    return office_->selfCheck();
}

Result<Desk::BackupRest> OfficeDesk::beginBackup(const std::string& folder)
{
    const std::filesystem::path into(std::u8string(folder.begin(), folder.end()));
    TEREN_TRY(service::BackupWork work, service::beginBackup(*office_, into));
    return BackupRest(
        [held = std::make_shared<service::BackupWork>(std::move(work))](
            const service::Progress& progress) -> Result<std::uint64_t> {
            TEREN_TRY(const service::BackupReport report, held->finish(progress));
            return report.bytes;
        });
}

Status OfficeDesk::noteBackup()
{
    return service::noteBackup(*office_);
}

}  // namespace teren
