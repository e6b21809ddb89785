// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/unlock_controller.h"

#include "app/viewmodel/wording.h"

namespace teren {

UnlockController::UnlockController(DeskLink& link, QString folder, QObject* parent)
    : QObject(parent),
      link_(link),
      folder_(std::move(folder))
{
    connect(&link_, &DeskLink::changed, this, &UnlockController::refresh);
}

QString UnlockController::problem() const
{
    return state_ == State::Failed ? wording::trouble(error_).title : QString();
}

QString UnlockController::advice() const
{
    return state_ == State::Failed ? wording::trouble(error_).advice : QString();
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
    enter(State::Unlocking);
    link_.open(passphrase.toStdString(), [this](const Result<Desk::Holder>& answer) { finish(answer); });
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
    error_ = answer.error().code;
    enter(State::Failed);
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
