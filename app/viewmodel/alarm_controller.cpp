// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/alarm_controller.h"

#include "app/viewmodel/trouble.h"

#include <algorithm>

namespace teren {
AlarmController::AlarmController(DeskLink& link, QObject* parent) : QObject(parent), link_(link)
{
    timer_.setInterval(kEvery);
    connect(&timer_, &QTimer::timeout, this, &AlarmController::look);
    connect(&link_, &DeskLink::opened, this, [this] {
        timer_.start();
        look();
    });
    connect(&link_, &DeskLink::changed, this, &AlarmController::look);
    connect(&link_, &DeskLink::failed, this, &AlarmController::tellFailure);
    connect(&link_, &DeskLink::closed, this, [this] {
        timer_.stop();
        checking_ = false;
        problem_.clear();
        advice_.clear();
        dismissed_.clear();
        report_.clear();
        checkProblem_.clear();
        checkAdvice_.clear();
        emit shown();
    });
}

void AlarmController::look()
{
    link_.ask(
        this, [](Desk& desk) { return Result<std::vector<service::Alarm>>(desk.alarms()); },
        [this](const Result<std::vector<service::Alarm>>& alarms) {
            if (alarms)
                tell(*alarms);
        });
}

void AlarmController::tell(const std::vector<service::Alarm>& alarms)
{
    if (alarms.empty())
        return;
    // The worst first.
    const service::Alarm& alarm = *std::ranges::min_element(alarms, {}, &service::Alarm::kind);
    const wording::Trouble words = wording::alarm(alarm.kind);
    show(words.title, words.advice, alarm.detail);
}

void AlarmController::tellFailure(const Error& error)
{
    if (!wording::isAlarming(error.code))
        return;
    const wording::Trouble trouble = wording::met(error.code);
    show(trouble.title, trouble.advice, error.detail);
}

void AlarmController::show(const QString& problem, const QString& advice, const std::string& detail)
{
    const QString words = wording::withDetail(advice, detail);
    if (words == dismissed_ || words == advice_)
        return;
    problem_ = problem;
    advice_ = words;
    emit shown();
}

void AlarmController::dismiss()
{
    dismissed_ = advice_;
    problem_.clear();
    advice_.clear();
    emit shown();
}

void AlarmController::check()
{
    if (checking_)
        return;
    checking_ = true;
    report_.clear();
    checkProblem_.clear();
    checkAdvice_.clear();
    emit shown();
    link_.ask(
        this, [](Desk& desk) { return desk.selfCheck(); },
        [this](const Result<service::CheckReport>& report) { tellCheck(report); });
}

void AlarmController::tellCheck(const Result<service::CheckReport>& report)
{
    checking_ = false;
    if (!report) {
        const wording::Trouble trouble = wording::met(report.error().code);
        checkProblem_ = trouble.title;
        checkAdvice_ = wording::withDetail(trouble.advice, report.error().detail);
    } else if (report->problems.empty()) {
        report_ = tr("All of it was read, and all of it is as Teren wrote it.");
    } else {
        std::string details;
        for (const std::string& one : report->problems)
            details += (details.empty() ? "" : "; ") + one;
        checkProblem_ = tr(
            "%n thing(s) are not as Teren wrote them.", nullptr, static_cast<int>(report->problems.size()));
        checkAdvice_ = wording::withDetail(
            tr("What was confirmed by the office is safe there, and so are earlier backups. Do not delete "
               "anything; call the person who looks after the devices."),
            details);
    }
    emit shown();
}

}  // namespace teren
