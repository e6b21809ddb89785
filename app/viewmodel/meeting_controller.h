// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace teren {

/// Two devices in one room, without the server: waiting for a colleague, or calling the one who waits.
class MeetingController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(State state READ state NOTIFY shown FINAL)
    Q_PROPERTY(QString address READ address NOTIFY shown FINAL)
    Q_PROPERTY(QString code READ code NOTIFY shown FINAL)
    Q_PROPERTY(QString report READ report NOTIFY shown FINAL)
    Q_PROPERTY(QString reportAdvice READ reportAdvice NOTIFY shown FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(QString advice READ advice NOTIFY shown FINAL)

public:
    enum State { Idle, Waiting, Calling };
    Q_ENUM(State)

    explicit MeetingController(DeskLink& link, QObject* parent = nullptr);

    State state() const { return state_; }
    /// While waiting: what to tell the colleague; empty until there is something to call.
    QString address() const { return address_; }
    QString code() const { return code_; }
    QString report() const { return report_; }
    QString reportAdvice() const { return reportAdvice_; }
    QString problem() const { return problem_; }
    QString advice() const { return advice_; }

    Q_INVOKABLE void waitForColleague();
    Q_INVOKABLE void call(const QString& address, const QString& code);
    /// Ends the waiting.
    Q_INVOKABLE void stop();

signals:
    void shown();

private:
    void clear();
    void begin(State state, const Desk::Meeting& with);
    void finish(const Result<service::PeerReport>& report);

    DeskLink& link_;
    State state_ = State::Idle;
    bool stopping_ = false;
    QString address_;
    QString code_;
    QString report_;
    QString reportAdvice_;
    QString problem_;
    QString advice_;
};

}  // namespace teren
