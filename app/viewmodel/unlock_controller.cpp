// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/unlock_controller.h"

#include "app/viewmodel/trouble.h"
#include "app/viewmodel/wording.h"

namespace teren {

UnlockController::UnlockController(DeskLink& link, QString folder, QObject* parent)
    : QObject(parent),
      link_(link),
      folder_(std::move(folder))
{
    connect(&link_, &DeskLink::changed, this, &UnlockController::refresh);
    waitTimer_.setInterval(std::chrono::seconds(1));
    connect(&waitTimer_, &QTimer::timeout, this, &UnlockController::lookAtWait);
    if (!folder_.isEmpty())
        lookAtWait();
}

QString UnlockController::profile() const
{
    return shown_.isEmpty() ? folder_.section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty) : shown_;
}

void UnlockController::choose(const QString& folder, const QString& shown)
{
    if (state_ == State::Open || state_ == State::Unlocking)
        return;
    folder_ = folder;
    shown_ = shown.isEmpty() && !folder.isEmpty() ? tr("a profile without a shown name") : shown;
    enter(State::Locked);
    lookAtWait();
}

void UnlockController::lookAtWait()
{
    wait_ = folder_.isEmpty() ? std::chrono::seconds(0) : link_.doors().wait(folder_.toStdString());
    if (wait_ == std::chrono::seconds(0))
        waitTimer_.stop();
    else if (!waitTimer_.isActive())
        waitTimer_.start();
    emit waitChanged();
}

QString UnlockController::waitWords() const
{
    if (waitSeconds() == 0)
        return {};
    if (waitSeconds() < 60)
        return tr("The next try is possible in %n second(s).", nullptr, waitSeconds());
    return tr("The next try is possible in %n minute(s).", nullptr, (waitSeconds() + 59) / 60);
}

QString UnlockController::problem() const
{
    if (state_ != State::Failed)
        return {};
    if (error_ == Errc::Locked)
        return tr("There were several wrong tries.");
    if (recovering_ && error_ == Errc::WrongPassphrase)
        return tr("This recovery code is of another profile, or is no longer valid.");
    if (recovering_ && error_ == Errc::NotFound)
        return tr("No recovery code was made for this profile.");
    if (recovering_ && error_ == Errc::Invalid)
        return tr("The recovery code is mistyped, or the new passphrase is too weak.");
    return wording::opening(error_).title;
}

QString UnlockController::advice() const
{
    if (state_ != State::Failed)
        return {};
    if (error_ == Errc::Locked)
        return tr("Your data is safe and unchanged; nothing is ever deleted for wrong tries. The wait grows "
                  "with each, "
                  "so that nobody can try one after another.");
    if (recovering_ && error_ == Errc::NotFound)
        return tr("Your data is safe, but without the passphrase nobody can open it. What was confirmed by "
                  "the office "
                  "is safe there.");
    if (recovering_ && (error_ == Errc::WrongPassphrase || error_ == Errc::Invalid))
        return tr("Your data is safe and unchanged. Compare it with the paper, group by group.");
    return wording::withDetail(wording::opening(error_).advice, detail_);
}

QString UnlockController::lost() const
{
    return lost_ ? tr("The last second of what you typed could not be kept.") : QString();
}

QString UnlockController::lostAdvice() const
{
    return lost_ ? wording::trouble(*lost_).title + QLatin1Char(' ')
            + tr("Everything before it is in the draft. Look at the form again before you save it.")
                 : QString();
}

void UnlockController::tellLost(const Error& error)
{
    lost_ = error.code;
    emit stateChanged();
}

QString UnlockController::model() const
{
    return wording::model(holder_.model);
}

UnlockController::Standing UnlockController::standing() const
{
    if (!holder_.code.empty())
        return Standing::Waiting;
    return holder_.workspace.empty() ? Standing::Outside : Standing::Inside;
}

void UnlockController::unlock(const QString& passphrase)
{
    if (state_ == State::Unlocking || state_ == State::Open)
        return;
    recovering_ = false;
    enter(State::Unlocking);
    link_.open(folder_.toStdString(), passphrase.toStdString(), [this](const Result<Desk::Holder>& answer) {
        finish(answer);
    });
}

void UnlockController::recover(const QString& code, const QString& fresh)
{
    if (state_ == State::Unlocking || state_ == State::Open)
        return;
    recovering_ = true;
    enter(State::Unlocking);
    link_.atDoors(
        this,
        [folder = folder_.toStdString(), code = code.toStdString(),
         fresh = fresh.toStdString()](Doors& doors) { return doors.reset(folder, code, fresh); },
        [this, fresh](const Status& done) {
            if (!done) {
                failWith(done.error());
                return;
            }
            state_ = State::Locked;
            unlock(fresh);
        });
}

void UnlockController::beginAgain()
{
    if (state_ == State::Failed)
        enter(State::Locked);
}

void UnlockController::failWith(const Error& error)
{
    error_ = error.code;
    // What is wrong with a passphrase or a code is said in words, all of it.
    const bool isOfFiles = error_ == Errc::Damaged || error_ == Errc::Malformed || error_ == Errc::Forged
        || error_ == Errc::TooNew || error_ == Errc::Disk;
    detail_ = isOfFiles ? error.detail : std::string();
    enter(State::Failed);
    lookAtWait();
}

bool UnlockController::lock(DeskLink::LastWork last, std::function<void(const Status&)> done)
{
    if (state_ != State::Open && state_ != State::Unlocking)
        return false;
    holder_ = {};
    lost_.reset();
    enter(State::Locked);
    link_.close(std::move(last), std::move(done));
    return true;
}

void UnlockController::finish(const Result<Desk::Holder>& answer)
{
    if (answer) {
        holder_ = *answer;
        enter(State::Open);
        return;
    }
    failWith(answer.error());
}

void UnlockController::refresh()
{
    link_.ask(
        this, [](Desk& desk) { return Result<Desk::Holder>(desk.holder()); },
        [this](const Result<Desk::Holder>& answer) {
            if (!answer)
                return;
            holder_ = *answer;
            emit stateChanged();
        });
}

void UnlockController::enter(State state)
{
    state_ = state;
    emit stateChanged();
}

}  // namespace teren
