// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/sync_controller.h"

#include "app/viewmodel/wording.h"

#include <algorithm>

namespace teren {

SyncController::SyncController(DeskLink& link, const Clock& clock, Pace pace, QObject* parent)
    : QObject(parent),
      link_(link),
      clock_(clock),
      pace_(pace)
{
    nextTimer_.setSingleShot(true);
    connect(&nextTimer_, &QTimer::timeout, this, &SyncController::syncNow);
    connect(&link_, &DeskLink::opened, this, &SyncController::refresh);
    connect(&link_, &DeskLink::changed, this, &SyncController::refresh);
    connect(&link_, &DeskLink::closed, this, [this] {
        state_ = State::Idle;
        status_ = {};
        error_.reset();
        report_.reset();
        nextTimer_.stop();
        nextAt_.reset();
        emit shown();
    });
}

QString SyncController::oldest() const
{
    return status_.oldestUnsent ? wording::moment(*status_.oldestUnsent, clock_.now()) : QString();
}

QString SyncController::lastContact() const
{
    return status_.lastContact ? wording::moment(*status_.lastContact, clock_.now()) : QString();
}

QString SyncController::nextAttempt() const
{
    const std::optional<Instant> next = nextAt_ ? nextAt_ : status_.nextAttempt;
    return next ? wording::moment(*next, clock_.now()) : QString();
}

QString SyncController::problem() const
{
    switch (status_.server) {
    case service::ServerState::WentBack:
        return tr("The server remembers less than it had confirmed.");
    case service::ServerState::Forked:
        return tr("The server shows this device another history than the one it had confirmed.");
    case service::ServerState::Unknown:
    case service::ServerState::Ok:
    case service::ServerState::Unreachable:
        break;
    }
    return error_ ? wording::trouble(*error_).title : QString();
}

QString SyncController::advice() const
{
    if (status_.server == service::ServerState::WentBack || status_.server == service::ServerState::Forked)
        return tr("Everything is safe on this device and can be sent again. Tell the head of the centre; "
                  "until it is explained, do not delete anything.");
    return error_ ? wording::trouble(*error_).advice : QString();
}

QString SyncController::report() const
{
    if (!report_)
        return {};
    const int sent = static_cast<int>(report_->sent);
    const int received = static_cast<int>(report_->received);
    return tr("Sent: %1, received: %2.").arg(sent).arg(received);
}

void SyncController::syncNow()
{
    if (state_ == State::Syncing || !link_.isOpen())
        return;
    state_ = State::Syncing;
    error_.reset();
    nextTimer_.stop();
    nextAt_.reset();
    emit shown();
    link_.sync(this, [this](const Result<service::SyncReport>& report) { finish(report); });
}

void SyncController::finish(const Result<service::SyncReport>& report)
{
    state_ = report ? State::Idle : State::Failed;
    if (report) {
        report_ = *report;
        retryWait_ = kAfterFailureFirst;
    } else {
        error_ = report.error().code;
        schedule(retryWait_);
        retryWait_ = std::min(2 * retryWait_, kAfterFailureMax);
    }
    emit link_.changed();
}

void SyncController::schedule(std::chrono::seconds wait)
{
    if (pace_ == Pace::ByHand)
        return;
    nextAt_ = clock_.now() + wait;
    nextTimer_.start(wait);
}

void SyncController::refresh()
{
    link_.ask(
        this, [](Desk& desk) { return desk.syncStatus(); },
        [this](const Result<service::SyncStatus>& status) {
            if (status)
                status_ = *status;
            if (status_.unsent > 0 && state_ == State::Idle && !nextTimer_.isActive())
                schedule(kAfterChange);
            emit shown();
        });
}

}  // namespace teren
