// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/office_desk.h"

#include "app/service/backup.h"
#include "app/service/device_facts.h"
#include "app/service/enrolment.h"
#include "app/service/evidence.h"
#include "app/service/profile.h"
#include "app/service/profiles.h"

#include <chrono>
#include <filesystem>
#include <future>
#include <map>
#include <thread>
#include <utility>

namespace teren {
namespace {

// How long a page that asks for something waits for the talk with the server, at most.
constexpr std::chrono::milliseconds kSlice{30};
/// Nobody reads figures that change faster.
constexpr unsigned kSlicesTold = 8;
// How many copies of one name a folder may have.
constexpr int kCopiesMax = 100;

std::filesystem::path pathOf(const std::string& utf8)
{
    return std::filesystem::path(std::u8string(utf8.begin(), utf8.end()));
}

std::string textOf(const std::filesystem::path& path)
{
    const std::u8string utf8 = path.u8string();
    return {utf8.begin(), utf8.end()};
}

/// "photo.jpg", or "photo (2).jpg" where that is taken.
std::filesystem::path freeName(const std::filesystem::path& wanted)
{
    std::error_code ignored;
    std::filesystem::path target = wanted;
    for (int copy = 2; copy < kCopiesMax && std::filesystem::exists(target, ignored); ++copy) {
        const std::string mark = " (" + std::to_string(copy) + ")";
        target = wanted.parent_path() / wanted.stem();
        target += mark;
        target += wanted.extension();
    }
    return target;
}

}  // namespace

OfficeDesk::OfficeDesk(std::unique_ptr<service::Office> office, platform::Worker& worker)
    : worker_(worker),
      office_(std::move(office))
{
}

OfficeDesk::~OfficeDesk()
{
    if (meeting_ != nullptr)
        meeting_->end();
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

Result<std::vector<service::OpenConflict>> OfficeDesk::conflicts()
{
    return service::conflictInbox(*office_);
}

Status OfficeDesk::decide(
    const service::CaseId& id, const RecordId& record, const std::string& field,
    const service::Decision& decision)
{
    return office_->decide({id, record}, field, decision);
}

Result<service::NewsOverview> OfficeDesk::news()
{
    if (!office_->hasWorkspace())
        return service::NewsOverview();
    return service::Changes(*office_).overview();
}

Result<service::ChangeList> OfficeDesk::changes(const std::optional<service::CaseId>& of, std::size_t limit)
{
    return service::Changes(*office_).unseen(of, limit);
}

Status OfficeDesk::markSeen(const service::ChangesSeen& shown)
{
    return service::Changes(*office_).markSeen(shown);
}

Result<service::RecordHistory> OfficeDesk::history(const service::CaseId& id, const RecordId& record)
{
    return office_->recordHistory({id, record});
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

void OfficeDesk::sync(
    std::function<void(const service::SyncProgress&)> told,
    std::function<void(Result<service::SyncReport>)> done)
{
    if (talk_ != nullptr || !office_->hasWorkspace()) {
        done(fail(Errc::Refused, talk_ != nullptr ? "a session is under way" : "no workspace"));
        return;
    }
    talk_ = std::make_shared<Talk>(*office_, worker_);
    talk_->told = std::move(told);
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
    if (talk->session.advance(kSlice)) {
        talk->done(talk->session.finish());
        return;
    }
    talk->tell();
    talk->worker.post([weak] { goOn(weak); });
}

void OfficeDesk::Talk::tell()
{
    if (++slices < kSlicesTold)
        return;
    slices = 0;
    service::SyncProgress progress = session.progress();
    if (progress == last)
        return;
    last = std::move(progress);
    told(last);
}

void OfficeDesk::stopSync()
{
    // Its next slice finds that it is over.
    if (talk_ != nullptr)
        talk_->session.cancel();
}

Result<service::SyncOverview> OfficeDesk::syncOverview()
{
    return service::syncOverview(*office_);
}

Result<service::DeliveryView> OfficeDesk::delivery()
{
    if (!office_->hasWorkspace())
        return service::DeliveryView();
    return service::deliveryOf(*office_);
}

Status OfficeDesk::askForContent(const service::CaseId& id, const RecordId& record)
{
    return service::askForContent(*office_, id, record);
}

Result<service::BundleReport> OfficeDesk::exportBundle(const std::string& folder, bool unsentOnly)
{
    service::BundleOptions options;
    options.unsentOnly = unsentOnly;
    return service::exportBundle(*office_, freeName(pathOf(folder) / "teren.bundle"), options);
}

Result<service::ImportReport> OfficeDesk::importBundle(const std::string& path)
{
    // What arrives by two ways at once would be read by each as if the other were not.
    if (talk_ != nullptr)
        return fail(Errc::Busy, "a session is under way");
    return service::importBundle(*office_, pathOf(path));
}

Result<std::vector<Desk::Apart>> OfficeDesk::apart()
{
    std::vector<Apart> all;
    if (!office_->hasWorkspace())
        return all;
    TEREN_TRY(std::vector<service::ApartView> views, service::apart(*office_));
    for (service::ApartView& view : views) {
        const Result<service::CaseSummary> found = office_->findCase(view.caseId);
        all.push_back({std::move(view), found ? found->title : std::string()});
    }
    return all;
}

Result<std::vector<service::WaitingView>> OfficeDesk::missing()
{
    if (!office_->hasWorkspace())
        return std::vector<service::WaitingView>();
    return service::waitingFor(*office_);
}

Status OfficeDesk::adopt(
    const service::CaseId& id, const DeviceId& device, std::uint64_t life, std::uint64_t change)
{
    return service::adopt(*office_, id, device, life, change);
}

Result<service::VoidReport> OfficeDesk::voidWork(const service::VoidWish& wish)
{
    // It talks to the server itself.
    if (talk_ != nullptr)
        return fail(Errc::Busy, "a session is under way");
    return service::voidWork(*office_, wish);
}

Result<std::string> OfficeDesk::exportEvidence(const std::string& folder)
{
    const std::filesystem::path path = freeName(pathOf(folder) / "teren.evidence");
    TEREN_TRY([[maybe_unused]] const service::EvidenceReport made, service::exportEvidence(*office_, path));
    return textOf(path);
}

bool OfficeDesk::MeetingRun::ended()
{
    const std::lock_guard held(gate);
    return isEnded;
}

void OfficeDesk::MeetingRun::end()
{
    const std::lock_guard held(gate);
    isEnded = true;
}

bool OfficeDesk::MeetingRun::post(platform::Worker::Job job)
{
    const std::lock_guard held(gate);
    if (isEnded)
        return false;
    worker->post(std::move(job));
    return true;
}

bool OfficeDesk::MeetingRun::runAtProfile(
    const std::shared_ptr<MeetingRun>& run, const std::function<void()>& job)
{
    const auto hasRun = std::make_shared<std::promise<bool>>();
    std::future<bool> answer = hasRun->get_future();
    // The worker runs whatever was posted before it goes, so the answer comes.
    const bool isPosted = run->post([run, hasRun, &job] {
        const bool isOpen = !run->ended();
        if (isOpen)
            job();
        hasRun->set_value(isOpen);
    });
    return isPosted && answer.get();
}

void OfficeDesk::meet(
    const Meeting& with, std::function<void(const Meeting&)> told,
    std::function<void(Result<service::PeerReport>)> done)
{
    if (meeting_ != nullptr) {
        done(fail(Errc::Busy, "a meeting is under way"));
        return;
    }
    Result<std::unique_ptr<service::PeerMeeting>> begun
        = service::PeerMeeting::begin(*office_, with.address.empty() ? std::string() : with.code);
    if (!begun) {
        done(std::unexpected(begun.error()));
        return;
    }
    meeting_ = std::make_shared<MeetingRun>();
    meeting_->peer = *std::move(begun);
    meeting_->desk = this;
    meeting_->worker = &worker_;
    meeting_->done = std::move(done);
    // Nobody waits for this thread: calling a device that is gone takes as long as it takes.
    std::thread([run = meeting_, with, told = std::move(told)] {
        const auto at
            = [&run](const std::function<void()>& job) { return MeetingRun::runAtProfile(run, job); };
        if (with.address.empty())
            run->peer->listen(
                "0.0.0.0:0",
                [&told](const std::string& address, const std::string& code) { told({address, code}); },
                [&run] { return run->ended(); }, at);
        else
            run->peer->call(with.address, at);
        run->post([run] { conclude(run); });
    }).detach();
}

void OfficeDesk::conclude(const std::shared_ptr<MeetingRun>& run)
{
    if (run->ended())
        return;
    OfficeDesk& desk = *run->desk;
    // What came is taken in between two talks with the server, never during one.
    if (desk.talk_ != nullptr) {
        run->post([run] { conclude(run); });
        return;
    }
    Result<service::PeerReport> report = run->peer->conclude();
    run->end();
    desk.meeting_.reset();
    run->done(std::move(report));
}

void OfficeDesk::endMeeting()
{
    if (meeting_ == nullptr)
        return;
    const std::shared_ptr<MeetingRun> run = std::move(meeting_);
    meeting_.reset();
    run->end();
    run->done(fail(Errc::Refused, "it was ended"));
}

Result<std::vector<Desk::Attachment>> OfficeDesk::attachments(const service::CaseId& id)
{
    TEREN_TRY(const auto views, service::Attachments(*office_).list(id));
    TEREN_TRY(const auto records, office_->records(id, "attachment"));
    std::map<RecordId, RecordId> about;
    for (const service::RecordView& record : records)
        if (const auto field = record.fields.find("about"); field != record.fields.end())
            if (const auto other = RecordId::fromHex(field->second.text()))
                about.emplace(record.id, *other);
    std::vector<Attachment> found;
    for (const service::AttachmentView& view : views) {
        const auto other = about.find(view.id);
        found.push_back({view, other == about.end() ? std::nullopt : std::optional(other->second)});
    }
    return found;
}

void OfficeDesk::addAttachment(
    const NewAttachment& file, service::Progress progress, std::function<void(Status)> done)
{
    if (adding_ != nullptr) {
        done(fail(Errc::Refused, "another file is being added"));
        return;
    }
    auto begun = service::Attachments(*office_).beginAdding(
        file.caseId, {.source = pathOf(file.path), .name = {}, .keepTelling = false});
    if (!begun) {
        done(std::unexpected(begun.error()));
        return;
    }
    adding_ = std::make_shared<Adding>(*std::move(begun), file, std::move(progress), std::move(done));
    goOnAdding(adding_);
}

void OfficeDesk::goOnAdding(const std::shared_ptr<Adding>& adding)
{
    const Result<bool> isOver = addPiece(*adding);
    if (isOver && !*isOver) {
        // Gone with the desk: the next piece then finds nothing to do.
        worker_.post([this, weak = std::weak_ptr(adding)] {
            if (const std::shared_ptr<Adding> still = weak.lock())
                goOnAdding(still);
        });
        return;
    }
    const std::function<void(Status)> done = std::move(adding->done);
    adding_.reset();
    done(isOver ? Status() : std::unexpected(isOver.error()));
}

Result<bool> OfficeDesk::addPiece(Adding& adding)
{
    if (!adding.progress(adding.file.done(), adding.file.total()))
        return fail(Errc::Refused, "adding the file was stopped");
    TEREN_TRY(const bool isAll, adding.file.advance());
    if (!isAll)
        return false;
    TEREN_TRY(const service::AttachmentView added, adding.file.finish());
    if (adding.wanted.about)
        TEREN_CHECK(
            office_->setFields({adding.wanted.caseId, added.id}, {{"about", adding.wanted.about->hex()}}));
    return true;
}

Result<service::ShownPicture> OfficeDesk::picture(
    const service::CaseId& id, const RecordId& record, std::uint32_t side)
{
    return service::Attachments(*office_).picture({id, record}, side);
}

Result<service::ShownPicture> OfficeDesk::smallPicture(const service::CaseId& id, const RecordId& record)
{
    return service::Attachments(*office_).smallPicture({id, record});
}

Result<std::string> OfficeDesk::exportAttachment(
    const service::CaseId& id, const RecordId& record, const std::string& folder)
{
    service::Attachments attachments(*office_);
    TEREN_TRY(const service::AttachmentView view, attachments.find({id, record}));
    const std::filesystem::path target = freeName(pathOf(folder) / pathOf(view.name));
    TEREN_CHECK(attachments.saveContent({id, record}, target));
    return textOf(target);
}

Status OfficeDesk::removeAttachment(const service::CaseId& id, const RecordId& record)
{
    return service::Attachments(*office_).remove({id, record});
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

Status OfficeDesk::removeRecoveryCode()
{
    return service::removeRecoveryCode(*office_);
}

std::string OfficeDesk::shownName()
{
    return service::shownName(*office_);
}

Status OfficeDesk::showName(const std::string& name)
{
    return name.empty() ? service::hideName(*office_) : service::showName(*office_, name);
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
    TEREN_TRY(service::BackupWork work, service::beginBackup(*office_, pathOf(folder)));
    return BackupRest([held = std::make_shared<service::BackupWork>(std::move(work))](
                          const service::Progress& progress) { return held->finish(progress); });
}

Status OfficeDesk::noteBackup()
{
    return service::noteBackup(*office_);
}

Result<std::vector<service::LostAttachment>> OfficeDesk::leftOut()
{
    return service::leftOut(*office_);
}

Status OfficeDesk::forgetLeftOut()
{
    return service::forgetLeftOut(*office_);
}

}  // namespace teren
