// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/worker.h"
#include "app/viewmodel/sample_doors.h"
#include "app/viewmodel/workspace.h"
#include "crypto/base/assert.h"
#include "crypto/sign/system_random.h"

#include <QDir>
#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QtQml/qqmlregistration.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace teren::test {

/// The controllers of the app over the sample cases, for the tests of the pages. The passphrase is "kalina".
class SampleOffice : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(teren::Workspace* workspace READ workspace CONSTANT FINAL)

public:
    explicit SampleOffice(QObject* parent = nullptr) : QObject(parent), schemas_(domain::SchemaSet::builtIn())
    {
        TEREN_ASSERT(schemas_.has_value());
        fill(SampleDesk::Content::Full);
    }

    Workspace* workspace() { return workspace_.get(); }

    /// Starts anew, locked; `content` is used when it is unlocked.
    Q_INVOKABLE void restart(bool empty)
    {
        workspace_.reset();
        fill(empty ? SampleDesk::Content::Empty : SampleDesk::Content::Full);
    }

    /// The same for somebody who is in no office, or waits with this code to be let in.
    Q_INVOKABLE void restartOutside(const QString& code)
    {
        workspace_.reset();
        fill(SampleDesk::Content::Empty, Desk::Holder{"Ewa Mak", {}, code.toStdString(), {}});
    }

    /// A colleague writes into a record; it arrives with the next synchronisation.
    Q_INVOKABLE void colleagueWrites(const QString& record, const QString& field, const QString& value)
    {
        const Result<RecordId> id = RecordId::fromHex(record.toStdString());
        TEREN_ASSERT(id.has_value());
        worker_.post([this, id = *id, field = field.toStdString(), value = value.toStdString()] {
            desk_->colleagueWrites(id, field, value);
        });
    }

    /// Starts anew without a profile named; `names` are those of this machine, and what their owners chose to
    /// show.
    Q_INVOKABLE void restartWithProfiles(const QStringList& names)
    {
        workspace_.reset();
        doors_.listed.clear();
        for (const QString& name : names)
            doors_.listed.push_back({"/home/anna/" + name.toStdString(), name.toStdString()});
        fill(SampleDesk::Content::Empty, {}, true);
    }
    /// What opening a profile fails with from now on, an `Errc` by its name; empty for nothing.
    Q_INVOKABLE void failToOpen(const QString& what)
    {
        static const std::map<QString, Errc> known{
            {QStringLiteral("DiskFull"), Errc::DiskFull}, {QStringLiteral("Disk"), Errc::Disk},
            {QStringLiteral("NotFound"), Errc::NotFound}, {QStringLiteral("Damaged"), Errc::Damaged},
            {QStringLiteral("TooNew"), Errc::TooNew},     {QStringLiteral("Busy"), Errc::Busy}};
        doors_.failure.reset();
        if (const auto found = known.find(what); found != known.end())
            doors_.failure = found->second;
    }
    /// The wait after wrong tries is over.
    Q_INVOKABLE void endWait() { doors_.tries = 0; }
    /// The recovery code of the sample.
    Q_INVOKABLE QString code() const { return QString::fromStdString(SampleDesk::recoveryCode()); }
    /// A folder with one folder and one file in it.
    Q_INVOKABLE QString filesFolder()
    {
        QDir(files_.path()).mkdir(QStringLiteral("photos"));
        QFile letter(files_.filePath(QStringLiteral("letter.txt")));
        if (letter.open(QIODevice::WriteOnly))
            letter.write("a letter");
        return files_.path();
    }
    /// So many minutes pass, and the window sees it.
    Q_INVOKABLE void pass(int minutes)
    {
        clock_.later += std::chrono::minutes(minutes);
        workspace_->idle().check();
    }
    /// From now on nothing can be written, until `emptyDisk`.
    Q_INVOKABLE void fillDisk() { *full_ = true; }
    Q_INVOKABLE void emptyDisk() { *full_ = false; }
    /// From now on a talk with the server goes on until it is stopped.
    Q_INVOKABLE void slowLine() { *slow_ = true; }
    /// The server ended the last session with these words, "not-a-member" for example.
    Q_INVOKABLE void serverRefuses(const QString& why)
    {
        told_->change([&](Told& told) { told.refusal = why.toStdString(); });
    }
    /// The server showed an older state than it had confirmed.
    Q_INVOKABLE void putServerBack()
    {
        told_->change([](Told& told) { told.wentBack = true; });
    }
    /// One notice of each kind, with names as they are in an office; read with the next status.
    Q_INVOKABLE void noticeEverything()
    {
        told_->change([](Told& told) {
            told.notices.clear();
            for (std::size_t at = 0; at < store::kNoticeKinds; ++at)
                told.notices.push_back(sampleNotice(static_cast<service::NoticeKind>(at)));
        });
    }
    /// Much work that does not count, of every reason, under long names.
    Q_INVOKABLE void partWork()
    {
        told_->change([](Told& told) { told.muchApart = true; });
    }
    /// Whoever calls from now on hears nothing of what became of what was sent.
    Q_INVOKABLE void halfMeet()
    {
        told_->change([](Told& told) { told.halfMet = true; });
    }
    /// The lid is closed, or the desktop locks its session.
    Q_INVOKABLE void closeLid() { emit session_.locking(); }
    /// How often the machine was told that it may sleep.
    Q_INVOKABLE int readyToSleep() const { return session_.ready; }

private:
    /// What a test has the desk say; it is asked on the worker thread.
    struct Told {
        std::string refusal;
        std::vector<service::Notice> notices;
        bool wentBack = false;
        bool muchApart = false;
        bool halfMet = false;
    };
    class SharedTold {
    public:
        void change(const std::function<void(Told&)>& what)
        {
            const std::lock_guard guard(mutex_);
            what(told_);
        }
        Told read() const
        {
            const std::lock_guard guard(mutex_);
            return told_;
        }

    private:
        mutable std::mutex mutex_;
        Told told_;
    };

    static service::Notice sampleNotice(service::NoticeKind kind)
    {
        using What = service::NoticePart::What;
        service::Notice notice{
            static_cast<std::int64_t>(kind) + 1,
            std::string(store::noticePattern(kind)),
            SampleDesk::now(),
            kind,
            {}};
        std::string_view pattern = store::noticePattern(kind);
        for (std::size_t star = pattern.find('*'); star != std::string_view::npos; star = pattern.find('*')) {
            const std::string_view before = pattern.substr(0, star);
            pattern.remove_prefix(star + 1);
            if (before.ends_with("evice "))
                notice.parts.push_back({What::Device, "tablet JL-2"});
            else if (before.ends_with("space ") || before.ends_with("case "))
                notice.parts.push_back(
                    {What::Case, "LIP/2026/B2-015 (Rodzina Szczęsnych-Brzęczyszczykiewiczów)"});
            else
                notice.parts.push_back({What::Text, "12"});
        }
        return notice;
    }

    class SampleClock : public Clock {
    public:
        Instant now() const override { return SampleDesk::now() + later; }
        std::chrono::minutes later{0};
    };

    /// What "incomplete" backups are without.
    static std::vector<service::LostAttachment> lostOnes()
    {
        return {
            {.name = "scan.pdf", .caseName = "LIP/1 (Rodzina Nowych)", .isMissing = true},
            {.name = "plac zabaw.jpg", .caseName = {}, .isContentHere = true}};
    }

    class OtherDesk : public SampleDesk {
    public:
        OtherDesk(
            Content content, std::optional<Holder> holder, std::shared_ptr<std::atomic<bool>> full,
            std::shared_ptr<std::atomic<bool>> slow, std::shared_ptr<SharedTold> told,
            platform::Worker& worker)
            : SampleDesk(content),
              worker_(worker),
              holder_(std::move(holder)),
              full_(std::move(full)),
              slow_(std::move(slow)),
              told_(std::move(told))
        {
        }
        Result<service::SyncStatus> syncStatus() override
        {
            TEREN_TRY(service::SyncStatus status, SampleDesk::syncStatus());
            const Told told = told_->read();
            status.notices = told.notices;
            if (told.wentBack)
                status.server = service::ServerState::WentBack;
            if (!told.refusal.empty()) {
                status.server = service::ServerState::Refused;
                status.serverRefusal = service::ServerRefusal{told.refusal, now()};
            }
            return status;
        }
        Status dismissNotices(std::int64_t upTo) override
        {
            told_->change([upTo](Told& told) {
                std::erase_if(told.notices, [upTo](const auto& notice) { return notice.id <= upTo; });
            });
            return {};
        }
        Result<std::vector<Apart>> apart() override
        {
            TEREN_TRY(std::vector<Apart> found, SampleDesk::apart());
            if (found.empty() || !told_->read().muchApart)
                return found;
            const Apart first = found.front();
            for (const char* why : {"quarantined", "replaced", "lost", "forged", "erased"}) {
                Apart one = first;
                one.caseTitle
                    = "Rodzina Szczęsnych-Brzęczyszczykiewiczów z Nowej Wsi nad Jeziorem (opieka zastępcza)";
                one.view.by.mine = false;
                one.view.by.author = "Wirginia Brzozowska-Przykładowa";
                one.view.why = why;
                one.view.from = found.size() * 10;
                one.view.readable = std::string_view(why) != "erased";
                if (!one.view.readable)
                    one.view.entries.clear();
                found.push_back(one);
            }
            return found;
        }
        void meet(
            const Meeting& with, std::function<void(const Meeting&)> told,
            std::function<void(Result<service::PeerReport>)> done) override
        {
            if (!told_->read().halfMet || with.address.empty()) {
                SampleDesk::meet(with, std::move(told), std::move(done));
                return;
            }
            service::PeerReport report;
            report.taken.changes = 6;
            report.delivered = fail(Errc::Unreachable);
            done(report);
        }
        void sync(
            std::function<void(const service::SyncProgress&)> told,
            std::function<void(Result<service::SyncReport>)> done) override
        {
            if (!*slow_) {
                SampleDesk::sync(std::move(told), std::move(done));
                return;
            }
            talk_ = std::move(done);
            service::SyncProgress progress;
            progress.sent = {150'000, 300'000};
            progress.filesSent = {250'000, 700'000};
            progress.timeLeft = std::chrono::seconds(75);
            told(progress);
        }
        void stopSync() override
        {
            service::SyncReport report;
            report.isCancelled = true;
            if (talk_)
                std::exchange(talk_, {})(report);
        }
        Holder holder() override { return holder_ ? *holder_ : SampleDesk::holder(); }
        Status saveDraft(const std::string& key, const service::Draft& draft) override
        {
            return *full_ ? fail(Errc::DiskFull) : SampleDesk::saveDraft(key, draft);
        }
        /// A file whose name says "endless" is read until it is stopped.
        void addAttachment(
            const NewAttachment& file, service::Progress progress, std::function<void(Status)> done) override
        {
            if (!file.path.contains("endless"))
                SampleDesk::addAttachment(file, std::move(progress), std::move(done));
            else if (!progress(42, 100))
                done(fail(Errc::Refused));
            else
                worker_.post([this, alive = std::weak_ptr(alive_), file, progress, done] {
                    if (alive.lock())
                        addAttachment(file, progress, done);
                });
        }
        Result<BackupRest> beginBackup(const std::string& folder) override
        {
            if (*full_)
                return fail(Errc::DiskFull);
            if (!folder.contains("incomplete"))
                return SampleDesk::beginBackup(folder);
            return BackupRest([folder](const service::Progress&) {
                service::BackupReport made{folder, now(), 7, 14'200'000};
                made.lost = lostOnes();
                return Result<service::BackupReport>(made);
            });
        }

    private:
        platform::Worker& worker_;
        std::shared_ptr<int> alive_ = std::make_shared<int>();
        std::optional<Holder> holder_;
        std::shared_ptr<std::atomic<bool>> full_;
        std::shared_ptr<std::atomic<bool>> slow_;
        std::shared_ptr<SharedTold> told_;
        std::function<void(Result<service::SyncReport>)> talk_;
    };

    /// The desktop of the test: goes to sleep when it is told to.
    class TestSession : public SessionWatch {
    public:
        void readyToSleep() override { ++ready; }
        int ready = 0;
    };

    /// The passphrase is "kalina"; the third wrong one makes wait.
    class TestDoors : public SampleDoors {
    public:
        explicit TestDoors(SampleOffice& office) : office_(office) {}
        Result<std::vector<Listed>> profiles() override { return listed; }
        Result<std::string> create(const Fresh& profile) override
        {
            if (*office_.full_)
                return fail(Errc::DiskFull);
            passphrase = profile.passphrase;
            listed.push_back({"/home/anna/" + profile.name, profile.shown});
            return listed.back().folder;
        }
        Result<std::unique_ptr<Desk>> open(const std::string&, const std::string& given) override
        {
            if (failure)
                return fail(*failure);
            if (tries >= 3)
                return fail(Errc::Locked);
            if (given != passphrase) {
                ++tries;
                return fail(Errc::WrongPassphrase);
            }
            auto desk = std::make_unique<OtherDesk>(
                office_.content_, office_.holder_, office_.full_, office_.slow_, office_.told_,
                office_.worker_);
            desk->leaveOut(office_.leftOut_);
            office_.desk_ = desk.get();
            return desk;
        }
        Status reset(const std::string&, const std::string& code, const std::string& fresh) override
        {
            if (code != SampleDesk::recoveryCode())
                return fail(Errc::WrongPassphrase);
            passphrase = fresh;
            tries = 0;
            return {};
        }
        std::chrono::seconds wait(const std::string&) override
        {
            return std::chrono::seconds(tries >= 3 ? 5 : 0);
        }
        /// A backup whose name says "damaged" is; one that says "endless" is read until it is stopped.
        Result<service::BackupCheck> checkBackup(
            const std::string& backup, const service::BackupSecret* secret,
            const service::Progress& progress) override
        {
            TEREN_CHECK(readAll(backup, progress));
            if (secret != nullptr && secret->passphrase->reveal() != passphrase)
                return fail(Errc::WrongPassphrase);
            auto check = SampleDoors::checkBackup(backup, secret, progress);
            if (backup.contains("damaged"))
                check->problems = {"vault.db is not as it was written"};
            if (backup.contains("incomplete")) {
                check->onlyAttachments = true;
                check->lost = check->opened ? lostOnes() : std::vector<service::LostAttachment>(2);
                check->problems = {"one", "another"};
            }
            return check;
        }
        Result<std::string> restore(
            const std::string& backup, const service::BackupSecret& secret,
            const service::Progress& progress) override
        {
            TEREN_CHECK(readAll(backup, progress));
            if (backup.contains("damaged"))
                return fail(Errc::Damaged);
            if (secret.recoveryCode ? secret.recoveryCode->reveal() != SampleDesk::recoveryCode()
                                    : secret.passphrase->reveal() != passphrase)
                return fail(Errc::WrongPassphrase);
            office_.leftOut_ = backup.contains("incomplete") ? lostOnes() : decltype(office_.leftOut_)();
            return std::string("/home/anna/profile-restored");
        }
        static Status readAll(const std::string& backup, const service::Progress& progress)
        {
            for (std::uint64_t done = 0; done < 100 || backup.contains("endless"); ++done)
                if (!progress(std::min<std::uint64_t>(done, 42), 100))
                    return fail(Errc::Refused);
            return {};
        }

        std::string passphrase = "kalina";
        std::atomic<int> tries = 0;
        std::optional<Errc> failure;
        std::vector<Listed> listed;

    private:
        SampleOffice& office_;
    };

    void fill(
        SampleDesk::Content content, const std::optional<Desk::Holder>& holder = {}, bool several = false)
    {
        *full_ = false;
        *slow_ = false;
        told_->change([](Told& told) { told = {}; });
        clock_.later = std::chrono::minutes(0);
        content_ = content;
        holder_ = holder;
        doors_.passphrase = "kalina";
        doors_.tries = 0;
        workspace_ = std::make_unique<Workspace>(Workspace::Parts{
            .worker = worker_,
            .clock = clock_,
            .random = random_,
            .schemas = *schemas_,
            .doors = doors_,
            .folder = several ? QString() : QStringLiteral("/home/anna/teren/anna"),
            .settings = settings_,
            .session = session_,
            .pace = SyncController::Pace::ByHand,
        });
    }

    QTemporaryDir files_;
    SampleClock clock_;
    Result<domain::SchemaSet> schemas_;
    SystemRandom random_;
    TestSession session_;
    TestDoors doors_{*this};
    SampleDesk::Content content_ = SampleDesk::Content::Full;
    std::optional<Desk::Holder> holder_;
    std::vector<service::LostAttachment> leftOut_;
    std::shared_ptr<std::atomic<bool>> full_ = std::make_shared<std::atomic<bool>>(false);
    std::shared_ptr<std::atomic<bool>> slow_ = std::make_shared<std::atomic<bool>>(false);
    std::shared_ptr<SharedTold> told_ = std::make_shared<SharedTold>();
    SampleDesk* desk_ = nullptr;  ///< Touched on the worker thread only, while it is open.
    platform::Worker worker_;
    SettingsController settings_{QStringLiteral("en")};
    std::unique_ptr<Workspace> workspace_;
};

}  // namespace teren::test
