// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/backups_controller.h"

#include "app/viewmodel/loss_words.h"
#include "app/viewmodel/unlock_controller.h"
#include "app/viewmodel/wording.h"

#include <QLocale>

#include <chrono>

namespace teren {
namespace {

QString size(std::uint64_t bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

/// For another thread; null for nothing typed.
std::shared_ptr<const service::BackupSecret> secretOf(const QString& typed, bool isCode)
{
    if (typed.isEmpty())
        return nullptr;
    auto secret = std::make_shared<service::BackupSecret>();
    (isCode ? secret->recoveryCode : secret->passphrase).emplace(typed.toStdString());
    return secret;
}

}  // namespace

BackupsController::BackupsController(
    DeskLink& link, UnlockController& unlock, const Clock& clock, QObject* parent)
    : QObject(parent),
      link_(link),
      unlock_(unlock),
      clock_(clock)
{
    connect(&work_, &LongWork::changed, this, [this] {
        stopped_ = stopped_ || work_.isStopping();
        emit shown();
    });
    connect(&link_, &DeskLink::opened, this, [this] {
        forget();
        lookForLeftOut();
    });
    connect(&link_, &DeskLink::changed, this, &BackupsController::shown);
    connect(&link_, &DeskLink::closed, this, [this] {
        leftOut_.clear();
        forget();
    });
}

void BackupsController::forget()
{
    work_.stop();
    folder_.clear();
    found_.clear();
    problem_.clear();
    advice_.clear();
    report_.clear();
    reportAdvice_.clear();
    details_.clear();
    emit shown();
}

void BackupsController::begin(State state)
{
    state_ = state;
    stopped_ = false;
    problem_.clear();
    advice_.clear();
    report_.clear();
    reportAdvice_.clear();
    details_.clear();
    emit shown();
}

void BackupsController::look(const QString& folder)
{
    if (work_.isRunning() || folder.trimmed().isEmpty())
        return;
    folder_ = folder.trimmed();
    begin(State::Looking);
    work_.start(
        [&doors = link_.doors(), at = folder_.toStdString()](const service::Progress&) {
            return doors.backups(at);
        },
        [this](const Result<std::vector<service::BackupReport>>& found) { list(found); });
}

void BackupsController::list(const Result<std::vector<service::BackupReport>>& found)
{
    state_ = State::Idle;
    std::vector<BackupRow> rows;
    for (const service::BackupReport& one : found ? *found : std::vector<service::BackupReport>()) {
        const std::u8string path = one.folder.u8string();
        const QString folder = QString::fromUtf8(
            reinterpret_cast<const char*>(path.data()), static_cast<qsizetype>(path.size()));
        const QString mark = folder.section(QLatin1Char('-'), -1).section(QLatin1Char('.'), 0, 0);
        if (one.files == 0)
            rows.push_back(
                {folder, folder.section(QLatin1Char('/'), -1), tr("Its list of contents cannot be read."),
                 tr("damaged"), Tone::Alarm});
        else
            rows.push_back(
                {folder, wording::moment(one.made, clock_.now()),
                 tr("%1 · profile %2").arg(size(one.bytes), mark), age(one), Tone::Neutral});
    }
    found_.setRows(rows);
    if (!found) {
        tellFailure(found.error().code);
    } else if (rows.empty()) {
        problem_ = tr("There is no backup in this folder.");
        advice_ = tr("A backup is a folder whose name ends in “.backup”. Is it the right stick?");
    }
    emit shown();
}

QString BackupsController::age(const service::BackupReport& backup) const
{
    const Instant now = clock_.now();
    if (backup.made > now)
        return tr("from the future");
    const QString age = wording::age(backup.made, now);
    return now - backup.made < std::chrono::minutes(1) ? age : tr("%1 old").arg(age);
}

void BackupsController::check(const QString& backup, const QString& secret, bool isCode)
{
    if (work_.isRunning() || backup.isEmpty())
        return;
    byCode_ = isCode;
    begin(State::Checking);
    work_.start(
        [&doors = link_.doors(), at = backup.toStdString(), given = secretOf(secret, isCode)](
            const service::Progress& progress) { return doors.checkBackup(at, given.get(), progress); },
        [this](const Result<service::BackupCheck>& check) { tellCheck(check); });
}

void BackupsController::tellCheck(const Result<service::BackupCheck>& check)
{
    state_ = State::Idle;
    if (!check) {
        tellFailure(check.error().code);
        emit shown();
        return;
    }
    const service::BackupReport& backup = check->backup;
    const bool usable = check->onlyAttachments && !check->lost.empty();
    if (usable) {
        const wording::Trouble words = wording::backupWithout(check->lost, check->opened);
        problem_ = words.title;
        advice_ = words.advice;
    } else if (!check->problems.empty()) {
        problem_ = tr("This backup is damaged: it is not as it was written.");
        advice_ = tr("The profile on this device and other backups are not touched by it. Make a new backup, "
                     "and do not rely on this one.");
    } else if (check->opened) {
        report_ = tr("This backup is whole: it was restored for trial, opened and read to its end.");
    } else {
        report_ = tr("Every byte is as it was written.");
    }
    for (const std::string& one : check->problems)
        details_.push_back(wording::text(one));
    if (!report_.isEmpty()) {
        reportAdvice_ = tr("Made %1, %2, %n file(s).", nullptr, static_cast<int>(backup.files))
                            .arg(wording::moment(backup.made, clock_.now()), size(backup.bytes));
        if (!check->opened)
            reportAdvice_
                += QLatin1Char(' ') + tr("Whether it opens shows only with its passphrase or recovery code.");
    }
    emit shown();
}

void BackupsController::restore(
    const QString& backup, const QString& secret, bool isCode, const QString& fresh)
{
    if (work_.isRunning() || backup.isEmpty() || secret.isEmpty())
        return;
    byCode_ = isCode;
    begin(State::Restoring);
    work_.start(
        [&doors = link_.doors(), at = backup.toStdString(), given = secretOf(secret, isCode)](
            const service::Progress& progress) { return doors.restore(at, *given, progress); },
        [this, secret, isCode, fresh](const Result<std::string>& made) {
            state_ = State::Idle;
            if (!made) {
                tellFailure(made.error().code);
                emit shown();
                return;
            }
            forget();
            unlock_.choose(wording::text(*made), tr("the restored profile"));
            if (isCode)
                unlock_.recover(secret, fresh);
            else
                unlock_.unlock(secret);
            emit restored();
        });
}

void BackupsController::lookForLeftOut()
{
    link_.ask(
        this, [](Desk& desk) { return desk.leftOut(); },
        [this](const Result<std::vector<service::LostAttachment>>& lost) {
            leftOut_ = lost ? *lost : std::vector<service::LostAttachment>();
            emit shown();
        });
}

QString BackupsController::leftOut() const
{
    return leftOut_.empty() ? QString() : wording::restoredWithout(leftOut_).title;
}

QString BackupsController::leftOutAdvice() const
{
    return leftOut_.empty() ? QString() : wording::restoredWithout(leftOut_).advice;
}

void BackupsController::forgetLeftOut()
{
    link_.ask(
        this, [](Desk& desk) { return desk.forgetLeftOut(); }, [this](const Status&) { lookForLeftOut(); });
}

void BackupsController::tellFailure(Errc error)
{
    const wording::Trouble words
        = stopped_ ? wording::stoppedReading() : wording::readingBackup(error, byCode_);
    problem_ = words.title;
    advice_ = words.advice;
}

}  // namespace teren
