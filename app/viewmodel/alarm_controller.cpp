// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/alarm_controller.h"

#include "app/viewmodel/wording.h"

#include <algorithm>

namespace teren {
namespace {

/// Whether the profile itself is in trouble, and not only what was asked for.
bool isAlarming(Errc code)
{
    return code == Errc::Damaged || code == Errc::Malformed || code == Errc::Forged || code == Errc::Disk;
}

}  // namespace

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
    switch (alarm.kind) {
    case service::Alarm::Kind::Gone:
        show(
            tr("The folder of this profile is no longer there."),
            tr("What was saved before is safe if the folder is; what you write now is not kept. Leave Teren "
               "open, write down on paper what must not be lost, and put the folder or the stick back as it "
               "was. Then lock and unlock."),
            alarm.detail);
        return;
    case service::Alarm::Kind::Header:
        show(
            tr("The file with the keys of this profile was changed from outside."),
            tr("Everything you see is safe as long as Teren is open. Do not lock yet: make a backup now, "
               "then call the person who looks after the devices."),
            alarm.detail);
        return;
    case service::Alarm::Kind::Damaged:
        show(
            tr("Something in the files of this profile was changed from outside, or the disk failed."),
            tr("Teren noticed it and used none of it; what was confirmed by the office is safe there. Call "
               "the person who looks after the devices."),
            alarm.detail);
        return;
    case service::Alarm::Kind::Stranger:
        show(
            tr("There is a file in the folder of this profile that Teren did not put there."),
            tr("Your data is safe and unchanged, and Teren does not read that file. If nobody you know put "
               "it there, call the person who looks after the devices."),
            alarm.detail);
        return;
    }
}

void AlarmController::tellFailure(const Error& error)
{
    if (!isAlarming(error.code))
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
