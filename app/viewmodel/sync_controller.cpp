// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/sync_controller.h"

#include "app/service/delivery.h"
#include "app/viewmodel/notice_words.h"
#include "app/viewmodel/tone.h"
#include "app/viewmodel/trouble.h"
#include "app/viewmodel/wording.h"
#include "crypto/base/limits.h"

#include <algorithm>
#include <utility>

namespace teren {
namespace {

/// As many as a person reads at once; the oldest first.
constexpr std::size_t kNoticesShown = 4;

}  // namespace

SyncController::SyncController(Parts parts, QObject* parent)
    : QObject(parent),
      link_(parts.link),
      clock_(parts.clock),
      byItself_(parts.pace),
      pace_(parts.random)
{
    nextTimer_.setSingleShot(true);
    connect(&nextTimer_, &QTimer::timeout, this, &SyncController::syncNow);
    alarmTimer_.setSingleShot(true);
    connect(&alarmTimer_, &QTimer::timeout, this, [this] {
        armAlarm();  // It may have come a little early.
        emit shown();
    });
    connect(&link_, &DeskLink::opened, this, &SyncController::open);
    connect(&link_, &DeskLink::changed, this, &SyncController::refresh);
    connect(&link_, &DeskLink::closed, this, &SyncController::close);
}

void SyncController::open(const Desk::Holder& holder)
{
    if (byItself_ == Pace::ByItself && (!holder.workspace.empty() || !holder.code.empty()))
        pace_.opened(clock_.now());
    refresh();
}

void SyncController::close()
{
    state_ = State::Idle;
    status_ = {};
    known_ = false;
    error_.reset();
    detail_.clear();
    stopping_ = false;
    stopped_ = false;
    report_.reset();
    pace_.closed();
    arm();
    armAlarm();
    showProgress({});
    emit shown();
}

QString SyncController::oldest() const
{
    return status_.oldestUnsent ? wording::moment(*status_.oldestUnsent, clock_.now()) : QString();
}

bool SyncController::overdue() const
{
    return service::isOverdue(status_.oldestUnsent, clock_.now());
}

QString SyncController::overdueProblem() const
{
    return overdue() ? tr("Work has been on this device alone for more than a day.") : QString();
}

QString SyncController::overdueAdvice() const
{
    return tr(
        "It is saved, but the office does not have it: if this device is lost, it is lost as well. Go where "
        "there is a network and synchronise. If it still does not go, tell the person who looks after the "
        "office's Teren; it can also be carried there on a stick.");
}

QString SyncController::lastContact() const
{
    return status_.lastContact ? wording::moment(*status_.lastContact, clock_.now()) : QString();
}

QString SyncController::nextAttempt() const
{
    const std::optional<Instant> next = pace_.next() ? pace_.next() : status_.nextAttempt;
    return next ? wording::moment(*next, clock_.now()) : QString();
}

QString SyncController::problem() const
{
    switch (status_.server) {
    case service::ServerState::WentBack:
        return tr("The server remembers less than it had confirmed.");
    case service::ServerState::Forked:
        return tr("The server shows this device another history than the one it had confirmed.");
    case service::ServerState::Refused:
        return tr("The office's server takes nothing from this device.");
    case service::ServerState::Unknown:
    case service::ServerState::Ok:
    case service::ServerState::Unreachable:
        break;
    }
    if (error_ == Errc::Refused)
        return tr("The office's server takes nothing from this device.");
    return error_ ? wording::trouble(*error_).title : QString();
}

QString SyncController::advice() const
{
    if (status_.server == service::ServerState::WentBack || status_.server == service::ServerState::Forked)
        return tr("Everything is safe on this device and can be sent again. Tell the head of the centre; "
                  "until it is explained, do not delete anything.");
    const bool isRefused = status_.server == service::ServerState::Refused;
    if (isRefused && status_.serverRefusal && !status_.serverRefusal->isOfDevice())
        return tr("Everything is saved here. Tell the person who looks after the office's Teren: %1.")
            .arg(wording::refusal(status_.serverRefusal->why));
    if (isRefused || error_ == Errc::Refused)
        return tr(
            "Everything is saved here. If you wait to be let in, read your code to the person who invited "
            "you; otherwise ask the head of the centre.");
    return error_ ? wording::trouble(*error_).advice : QString();
}

QString SyncController::held() const
{
    if (status_.refused > 0)
        return tr(
            "The office's server does not take %n of your changes.", nullptr,
            static_cast<int>(status_.refused));
    if (status_.quarantined > 0)
        return tr(
            "%n change(s) of others could not be accepted.", nullptr, static_cast<int>(status_.quarantined));
    return {};
}

QString SyncController::heldAdvice() const
{
    if (status_.refused > 0 && status_.refusedWhy == "no-room")
        return tr("Its disk is full. They are saved here and offered again at each synchronisation. Tell the "
                  "person who looks after the office's Teren to make room.");
    if (status_.refused > 0)
        return tr("They are saved here and offered again at each synchronisation. Tell the person who looks "
                  "after "
                  "the office's Teren: %1.")
            .arg(wording::refusal(status_.refusedWhy));
    return tr("They are kept aside, and nothing of yours was changed. Tell the person who looks after the "
              "office's Teren.");
}

std::span<const service::Notice> SyncController::shownNotices() const
{
    return std::span(status_.notices).first(std::min(status_.notices.size(), kNoticesShown));
}

QString SyncController::messages() const
{
    QStringList paragraphs;
    for (const service::Notice& notice : shownNotices())
        paragraphs.push_back(
            wording::moment(notice.at, clock_.now()) + QStringLiteral(": ") + wording::notice(notice));
    if (const std::size_t more = status_.notices.size() - shownNotices().size(); more > 0)
        paragraphs.push_back(
            tr("%n more come(s) when you have read these.", nullptr, static_cast<int>(more)));
    return paragraphs.join(QStringLiteral("\n\n"));
}

void SyncController::dismissMessages()
{
    if (status_.notices.empty())
        return;
    link_.ask(
        this, [upTo = shownNotices().back().id](Desk& desk) { return desk.dismissNotices(upTo); },
        [this](const Status&) { refresh(); });
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
    detail_.clear();
    stopped_ = false;
    pace_.started(clock_.now());
    arm();
    emit shown();
    link_.sync(
        this, [this](const service::SyncProgress& progress) { showProgress(progress); },
        [this](const Result<service::SyncReport>& report) { finish(report); });
}

void SyncController::showProgress(const service::SyncProgress& progress)
{
    progress_ = progress;
    emit moved();
}

int SyncController::percent() const
{
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    for (const auto& leg :
         {progress_.sent, progress_.received, progress_.filesSent, progress_.filesReceived}) {
        done += std::min(leg.done, leg.total);
        total += leg.total;
    }
    return total == 0 ? -1 : static_cast<int>(100.0 * static_cast<double>(done) / static_cast<double>(total));
}

QString SyncController::moving() const
{
    QStringList lines;
    const auto add = [&lines](const QString& words, const service::SyncProgress::Leg& leg) {
        if (leg.total > 0)
            lines.push_back(words.arg(wording::fileSize(leg.done), wording::fileSize(leg.total)));
    };
    add(tr("Sent: %1 of %2"), progress_.sent);
    add(tr("Received: %1 of %2"), progress_.received);
    add(tr("Photos and files sent: %1 of %2"), progress_.filesSent);
    add(tr("Photos and files received: %1 of %2"), progress_.filesReceived);
    return lines.join(QLatin1Char('\n'));
}

QString SyncController::timeLeft() const
{
    using namespace std::chrono_literals;
    if (!progress_.timeLeft)
        return {};
    if (*progress_.timeLeft < 60s)
        return tr("About %1 s left").arg(progress_.timeLeft->count());
    if (*progress_.timeLeft < 90min)
        return tr("About %1 min left")
            .arg(std::chrono::round<std::chrono::minutes>(*progress_.timeLeft).count());
    return tr("About %1 h left").arg(std::chrono::round<std::chrono::hours>(*progress_.timeLeft).count());
}

void SyncController::stop()
{
    if (state_ != State::Syncing || stopping_)
        return;
    stopping_ = true;
    emit shown();
    link_.ask(
        this,
        [](Desk& desk) -> Status {
            desk.stopSync();
            return {};
        },
        [](const Status&) {});
}

QString SyncController::backedUp() const
{
    if (status_.backedUp == 0)
        return tr("never");
    return tr("%1 of %2").arg(status_.backedUp).arg(status_.confirmed);
}

QString SyncController::backedUpDetail() const
{
    if (status_.backedUp == 0)
        return tr("The server has not told of any backup of itself yet. What it confirmed is on its one "
                  "machine, and on your colleagues' devices.");
    if (allBackedUp())
        return tr("All that the office has confirmed is on another machine as well.");
    return tr("The rest of what is confirmed is on the server's one machine until its next backup.");
}

QString SyncController::files() const
{
    const service::AttachmentCounts& counts = status_.attachments;
    if (counts.unsent > 0)
        return tr("%n unsent", nullptr, static_cast<int>(counts.unsent));
    if (counts.awaited > 0)
        return tr("%n not here", nullptr, static_cast<int>(counts.awaited));
    return counts.sent > 0 ? tr("all sent") : tr("none");
}

QString SyncController::filesDetail() const
{
    const service::AttachmentCounts& counts = status_.attachments;
    QStringList lines;
    if (counts.unsent + counts.sent > 0)
        lines.push_back(
            tr("%n whole on this device", nullptr, static_cast<int>(counts.unsent + counts.sent)));
    if (counts.unsentBytes > 0)
        lines.push_back(tr("%1 to send").arg(wording::fileSize(counts.unsentBytes)));
    if (counts.unsent > 0 && counts.awaited > 0)
        lines.push_back(tr("%n still to come", nullptr, static_cast<int>(counts.awaited)));
    return lines.join(QStringLiteral(" · "));
}

int SyncController::filesTone() const
{
    const service::AttachmentCounts& counts = status_.attachments;
    if (counts.unsent > 0)
        return Tone::Waiting;
    return counts.awaited > 0 || counts.sent == 0 ? Tone::Neutral : Tone::Done;
}

QString SyncController::filesTrouble() const
{
    return report_ ? wording::text(report_->filesTrouble) : QString();
}

void SyncController::attend()
{
    pace_.attended(clock_.now());
    arm();
}

void SyncController::finish(const Result<service::SyncReport>& report)
{
    // What was asked to stop and ended well before it heard of it ended well.
    stopping_ = false;
    stopped_ = report && report->isCancelled;
    showProgress({});
    state_ = report || stopped_ ? State::Idle : State::Failed;
    if (report)
        report_ = *report;
    if (stopped_) {
        pace_.failed(clock_.now());
    } else if (report) {
        pace_.succeeded(clock_.now());
    } else {
        error_ = report.error().code;
        detail_ = wording::text(report.error().detail);
        pace_.failed(clock_.now());
    }
    // A failed talk may have moved something as well; one that moved nothing is no reason to read all again.
    if (!report || report->sent > 0 || report->received > 0)
        emit link_.changed();
    else
        refresh();
}

void SyncController::refresh()
{
    link_.ask(
        this, [](Desk& desk) { return desk.syncStatus(); },
        [this](const Result<service::SyncStatus>& status) {
            known_ = known_ || status.has_value();
            show(status ? *status : status_);
        });
}

void SyncController::show(const service::SyncStatus& status)
{
    // New work goes soon. What the server did not take would not go any sooner for asking again.
    if (status.total > status_.total && status.unsent > status.refused)
        pace_.changed(clock_.now());
    status_ = status;
    arm();
    armAlarm();
    emit shown();
}

void SyncController::arm()
{
    const std::optional<Instant> next = pace_.next();
    if (byItself_ == Pace::ByHand || !next)
        nextTimer_.stop();
    else
        nextTimer_.start(std::max(*next - clock_.now(), Instant::duration::zero()));
}

void SyncController::armAlarm()
{
    if (!status_.oldestUnsent || overdue())
        alarmTimer_.stop();
    else
        alarmTimer_.start(std::min<Instant::duration>(
            *status_.oldestUnsent + limits::kUnsentAlarm - clock_.now(), limits::kUnsentAlarm));
}

}  // namespace teren
