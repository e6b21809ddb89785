// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/traffic_controller.h"

#include "app/viewmodel/trouble.h"
#include "app/viewmodel/wording.h"

#include <QLocale>

namespace teren {

TrafficController::TrafficController(DeskLink& link, const Clock& clock, QObject* parent)
    : QObject(parent),
      link_(link),
      clock_(clock)
{
    connect(&link_, &DeskLink::changed, this, &TrafficController::refresh);
    connect(&link_, &DeskLink::closed, this, [this] {
        problem_.clear();
        show(service::SyncOverview());
        show(service::DeliveryView());
    });
}

void TrafficController::setWatched(bool watched)
{
    if (watched == watched_)
        return;
    watched_ = watched;
    emit watchedChanged();
    refresh();
}

QString TrafficController::moreCases() const
{
    const auto more = static_cast<int>(overview_.caseCount) - cases_.count();
    return more <= 0 ? QString() : tr("and %n more case(s), with less to wait for", nullptr, more);
}

QString TrafficController::missing() const
{
    QStringList lines;
    for (const service::WaitingView& one : overview_.missing) {
        const QString who = one.by.device.empty() ? wording::author(one.by) : wording::text(one.by.device);
        const QString name
            = one.caseTitle.empty() ? tr("a case that has not arrived") : wording::text(one.caseTitle);
        lines.push_back(tr("%1: %n change(s) wait for work from %2.", nullptr, static_cast<int>(one.waiting))
                            .arg(name, who));
    }
    return lines.join(QLatin1Char('\n'));
}

QString TrafficController::missingAdvice() const
{
    for (const service::WaitingView& one : overview_.missing)
        if (one.overdue)
            return tr("It has been missing for a week. If that device is lost, tell the head of the centre: "
                      "the case can go on without it.");
    return tr("It comes when that device talks to the office. Nothing is lost, and nothing of yours waits.");
}

void TrafficController::fetch(const QString& caseId, const QString& recordId)
{
    const auto space = service::CaseId::fromHex(caseId.toStdString());
    const auto record = RecordId::fromHex(recordId.toStdString());
    if (!space || !record)
        return;
    link_.ask(
        this, [space = *space, record = *record](Desk& desk) { return desk.askForContent(space, record); },
        [this](const Status& done) {
            problem_ = done ? QString() : wording::trouble(done.error().code).title;
            refresh();
            if (done)
                emit fetching();
        });
}

void TrafficController::refresh()
{
    if (!watched_ || !link_.isOpen())
        return;
    link_.ask(
        this, [](Desk& desk) { return desk.syncOverview(); },
        [this](const Result<service::SyncOverview>& overview) {
            if (overview)
                show(*overview);
        });
    link_.ask(
        this, [](Desk& desk) { return desk.delivery(); },
        [this](const Result<service::DeliveryView>& delivery) {
            if (delivery)
                show(*delivery);
        });
}

void TrafficController::show(const service::SyncOverview& overview)
{
    overview_ = overview;
    std::vector<TrafficRow> rows;
    for (const service::CaseTraffic& traffic : overview.cases)
        rows.push_back(row(traffic));
    cases_.setRows(rows);
    std::vector<AwaitedRow> files;
    for (const service::AwaitedFile& file : overview.awaited) {
        const QString title = wording::text(file.caseTitle);
        files.push_back(
            {.recordId = wording::text(file.record.hex()),
             .caseId = wording::text(file.caseId.hex()),
             .title = wording::text(file.name),
             .detail = file.size == 0 ? title : tr("%1, %2").arg(title, wording::fileSize(file.size)),
             .asked = file.asked});
    }
    awaited_.setRows(files);
    emit shown();
}

void TrafficController::show(const service::DeliveryView& delivery)
{
    std::vector<HolderRow> rows;
    for (const service::HolderView& holder : delivery.holders)
        rows.push_back(row(holder));
    holders_.setRows(rows);
    emit shown();
}

HolderRow TrafficController::row(const service::HolderView& holder) const
{
    const Instant now = clock_.now();
    const QString who = holder.person.empty() ? wording::author({}) : wording::text(holder.person);
    QStringList details;
    if (!holder.hasAll() && holder.lacksSince)
        details.push_back(tr("lacks work from %1 on").arg(wording::moment(*holder.lacksSince, now)));
    details.push_back(
        holder.stated ? tr("said so %1").arg(wording::moment(*holder.stated, now))
                      : tr("has said nothing yet"));
    return {
        .key = wording::text(holder.id),
        .title = who + QStringLiteral(" · ") + wording::text(holder.device),
        .detail = details.join(QStringLiteral(" · ")),
        .stateWords
        = holder.hasAll() ? tr("has received all of it") : tr("%1 of %2").arg(holder.applied).arg(holder.of),
        .tone = holder.hasAll() ? Tone::Done : Tone::Neutral};
}

TrafficRow TrafficController::row(const service::CaseTraffic& traffic) const
{
    QStringList details;
    details.push_back(tr("confirmed: %1").arg(traffic.confirmed));
    if (traffic.oldestUnsent)
        details.push_back(tr("the oldest from %1").arg(wording::moment(*traffic.oldestUnsent, clock_.now())));
    if (traffic.waiting > 0)
        details.push_back(tr("%n waiting for others' work", nullptr, static_cast<int>(traffic.waiting)));
    TrafficRow row{
        .caseId = wording::text(traffic.caseId.hex()),
        .title = traffic.title.empty() ? tr("A case that has not arrived yet") : wording::text(traffic.title),
        .detail = details.join(QStringLiteral(" · ")),
        .stateWords = tr("all sent"),
        .tone = Tone::Done};
    if (traffic.unsent > 0) {
        row.stateWords = tr("%n unsent", nullptr, static_cast<int>(traffic.unsent));
        row.tone = Tone::Waiting;
    }
    return row;
}

}  // namespace teren
