// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/meeting_controller.h"

#include "app/viewmodel/trouble.h"
#include "app/viewmodel/wording.h"

#include <utility>

namespace teren {

MeetingController::MeetingController(DeskLink& link, QObject* parent) : QObject(parent), link_(link)
{
    connect(&link_, &DeskLink::closed, this, &MeetingController::clear);
}

void MeetingController::clear()
{
    state_ = State::Idle;
    stopping_ = false;
    address_.clear();
    code_.clear();
    report_.clear();
    reportAdvice_.clear();
    problem_.clear();
    advice_.clear();
    emit shown();
}

void MeetingController::waitForColleague()
{
    begin(State::Waiting, {});
}

void MeetingController::call(const QString& address, const QString& code)
{
    begin(State::Calling, {address.trimmed().toStdString(), code.trimmed().toStdString()});
}

void MeetingController::begin(State state, const Desk::Meeting& with)
{
    if (state_ != State::Idle || !link_.isOpen())
        return;
    clear();
    state_ = state;
    emit shown();
    // Comes on any thread.
    const auto told = [self = QPointer(this), visit = link_.visit()](const Desk::Meeting& here) {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, visit, here] {
                if (!self || self->state_ != State::Waiting || self->link_.visit() != visit)
                    return;
                self->address_ = wording::text(here.address);
                self->code_ = wording::text(here.code);
                emit self->shown();
            },
            Qt::QueuedConnection);
    };
    link_.begin<Result<service::PeerReport>>(
        this, [with, told](Desk& desk, auto answer) { desk.meet(with, told, answer); },
        [this](const Result<service::PeerReport>& report) { finish(report); });
}

void MeetingController::finish(const Result<service::PeerReport>& report)
{
    const bool isStopped = std::exchange(stopping_, false) && !report;
    const bool isCall = state_ == State::Calling;
    clear();
    if (report) {
        report_
            = tr("You have met. Taken in: %n change(s).", nullptr, static_cast<int>(report->taken.changes));
        if (report->delivered) {
            reportAdvice_ = tr("Your colleague has got what was missing there. What is unsent stays unsent "
                               "until the office's server has it.");
        } else {
            const wording::Trouble trouble = wording::halfMeeting(isCall);
            problem_ = trouble.title;
            advice_ = trouble.advice;
        }
        emit link_.changed();
    } else if (!isStopped) {
        const wording::Trouble trouble = wording::meeting(report.error().code, isCall);
        problem_ = trouble.title;
        advice_ = trouble.advice;
    }
    emit shown();
}

void MeetingController::stop()
{
    if (state_ != State::Waiting || stopping_)
        return;
    stopping_ = true;
    link_.ask(
        this,
        [](Desk& desk) -> Status {
            desk.endMeeting();
            return {};
        },
        [](const Status&) {});
}

}  // namespace teren
