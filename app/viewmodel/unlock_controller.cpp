// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/unlock_controller.h"

#include "app/viewmodel/wording.h"

namespace teren {

UnlockController::UnlockController(DeskLink& link, QString profile, QObject* parent)
    : QObject(parent),
      link_(link),
      profile_(std::move(profile))
{
}

QString UnlockController::problem() const
{
    return state_ == State::Failed ? wording::trouble(error_).title : QString();
}

QString UnlockController::advice() const
{
    return state_ == State::Failed ? wording::trouble(error_).advice : QString();
}

QString UnlockController::model() const
{
    return wording::model(holder_.model);
}

void UnlockController::unlock(const QString& passphrase)
{
    if (state_ == State::Unlocking || state_ == State::Open)
        return;
    enter(State::Unlocking);
    link_.open(passphrase.toStdString(), [this](const Result<Desk::Holder>& answer) { finish(answer); });
}

void UnlockController::lock()
{
    if (state_ != State::Open)
        return;
    holder_ = {};
    enter(State::Locked);
    link_.close();
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

void UnlockController::enter(State state)
{
    state_ = state;
    emit stateChanged();
}

}  // namespace teren
