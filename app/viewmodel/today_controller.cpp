// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/today_controller.h"

#include "app/viewmodel/record_words.h"

#include <QRegularExpression>

namespace teren {
namespace {

/// "Lipowo, ul. Polna 3" and "Nowa Wieś 12a": what stands before the street or the number of the house.
QString villageOf(const QString& place)
{
    static const QRegularExpression number(QStringLiteral(" \\d+\\S*$"));
    return place.section(QLatin1Char(','), 0, 0).remove(number).trimmed();
}

}  // namespace

TodayController::TodayController(
    DeskLink& link, const Clock& clock, const domain::SchemaSet& schemas, QObject* parent)
    : QObject(parent),
      link_(link),
      clock_(clock),
      schemas_(schemas)
{
    connect(&link_, &DeskLink::opened, this, &TodayController::refresh);
    connect(&link_, &DeskLink::changed, this, &TodayController::refresh);
    connect(&link_, &DeskLink::closed, this, [this] { show({}); });
}

QString TodayController::heading() const
{
    return tr("Today, %1").arg(wording::longDate(wording::local(clock_.now()).date()));
}

QString TodayController::summary() const
{
    if (visits_.count() == 0)
        return tr("No visits planned");
    const QString visits = tr("%n visit(s)", nullptr, visits_.count());
    return places_.isEmpty() ? visits : visits + QStringLiteral(" · ") + places_.join(QStringLiteral(", "));
}

void TodayController::refresh()
{
    link_.ask(
        this, [context = rows::Context{schemas_, clock_.now()}](Desk& desk) { return read(desk, context); },
        [this](const Result<Day>& day) {
            if (day)
                show(*day);
        });
}

Result<TodayController::Day> TodayController::read(Desk& desk, const rows::Context& context)
{
    const QDate today = wording::local(context.now).date();
    Day day;
    TEREN_TRY(const auto visits, desk.visitsOn(today.toString(Qt::ISODate).toStdString()));
    for (const service::RecordView& record : visits) {
        TEREN_TRY(const auto of, desk.findCase(record.caseId));
        day.visits.push_back(rows::visit(record, of, context));
        const QString village = villageOf(day.visits.back().place);
        if (!village.isEmpty() && !day.places.contains(village))
            day.places.push_back(village);
    }
    TEREN_TRY(
        const auto tasks, desk.tasksDueBy(today.addDays(kDaysAhead).toString(Qt::ISODate).toStdString()));
    for (const service::RecordView& record : tasks) {
        TEREN_TRY(const auto of, desk.findCase(record.caseId));
        day.dues.push_back(rows::task(record, of, context));
    }
    return day;
}

void TodayController::show(const Day& day)
{
    visits_.setRows(day.visits);
    dues_.setRows(day.dues);
    places_ = day.places;
    emit shown();
}

}  // namespace teren
