// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <chrono>

namespace teren {

/// What is wrong with the profile that is open: damage that somebody's question met, a file that does not
/// belong there, a folder that is gone. Shown above every page until it is put away.
class AlarmController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(QString advice READ advice NOTIFY shown FINAL)
    Q_PROPERTY(bool checking READ checking NOTIFY shown FINAL)
    Q_PROPERTY(QString report READ report NOTIFY shown FINAL)
    Q_PROPERTY(QString checkProblem READ checkProblem NOTIFY shown FINAL)
    Q_PROPERTY(QString checkAdvice READ checkAdvice NOTIFY shown FINAL)

public:
    /// How often the files are looked at while the profile is open, and nothing else asks for it.
    static constexpr std::chrono::seconds kEvery{10};

    explicit AlarmController(DeskLink& link, QObject* parent = nullptr);

    QString problem() const { return problem_; }
    /// What is safe and what to do; then exactly what is wrong, for whoever looks after the devices.
    QString advice() const { return advice_; }
    bool checking() const { return checking_; }
    /// Of a check that a person asked for, that nothing is wrong.
    QString report() const { return report_; }
    QString checkProblem() const { return checkProblem_; }
    QString checkAdvice() const { return checkAdvice_; }

    /// Reads all of the profile. The desk does nothing else meanwhile.
    Q_INVOKABLE void check();
    /// Puts what is shown away, until something else is wrong.
    Q_INVOKABLE void dismiss();
    void look();

signals:
    void shown();

private:
    void tell(const std::vector<service::Alarm>& alarms);
    void tellFailure(const Error& error);
    void tellCheck(const Result<service::CheckReport>& report);
    void show(const QString& problem, const QString& advice, const std::string& detail);

    DeskLink& link_;
    QTimer timer_;
    bool checking_ = false;
    QString problem_;
    QString advice_;
    QString dismissed_;  ///< The advice that was put away: it names what it is about.
    QString report_;
    QString checkProblem_;
    QString checkAdvice_;
};

}  // namespace teren
