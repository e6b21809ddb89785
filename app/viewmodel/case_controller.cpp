// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/case_controller.h"

#include "app/viewmodel/record_words.h"
#include "app/viewmodel/scale_chart.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace teren {
namespace {

// The path of a case in the rural model, as the page shows it.
constexpr std::array kPath{"zgloszenie", "karta", "zgoda",      "wywiad",
                           "diagnoza",   "ipw",   "realizacja", "ewaluacja"};

std::vector<StageRow> path(const std::string& stage)
{
    const auto here = std::ranges::find_if(kPath, [&stage](const char* id) { return stage == id; });
    std::vector<StageRow> rows;
    for (auto at = kPath.begin(); at != kPath.end(); ++at) {
        // An ended case has passed all of them.
        const int place = here == kPath.end() || at < here ? -1 : at == here ? 0 : 1;
        rows.push_back({.stage = QString::fromLatin1(*at), .label = wording::stage(*at), .place = place});
    }
    return rows;
}

}  // namespace

CaseController::CaseController(
    DeskLink& link, const Clock& clock, const domain::SchemaSet& schemas, QObject* parent)
    : QObject(parent),
      link_(link),
      clock_(clock),
      schemas_(schemas)
{
    connect(&link_, &DeskLink::changed, this, &CaseController::refresh);
    connect(&link_, &DeskLink::closed, this, [this] { clear(State::Nothing); });
}

void CaseController::open(const QString& caseId)
{
    if (caseId != caseId_)
        clear(State::Loading);
    caseId_ = caseId;
    refresh();
}

void CaseController::refresh()
{
    const auto id = service::CaseId::fromHex(caseId_.toStdString());
    if (!id)
        return;
    link_.ask(
        this,
        [id = *id, context = rows::Context{schemas_, clock_.now()}](Desk& desk) {
            return read(desk, id, context);
        },
        [this, caseId = caseId_](const Result<View>& view) {
            if (caseId != caseId_)
                return;
            if (view)
                show(*view);
            else
                clear(State::Missing);
        });
}

Result<CaseController::View> CaseController::read(
    Desk& desk, const service::CaseId& id, const rows::Context& context)
{
    TEREN_TRY(const auto head, desk.findCase(id));
    TEREN_TRY(const auto records, desk.records(id));
    View view;
    std::vector<EntryRow> tasks;
    view.head = rows::caseRow(head);
    view.stages = path(head.stage);
    for (const service::RecordView& record : records) {
        if (record.type == "person") {
            view.household.push_back(rows::person(record, context));
        } else if (record.type == "goal") {
            view.plan.push_back(rows::plan(record, context));
        } else if (record.type == "task") {
            tasks.push_back(rows::plan(record, context));
        } else if (record.type == "visit" || record.type == "contact" || record.type == "note") {
            view.events.push_back(rows::event(record, context));
            // The last visit knows best what to look out for; records come oldest first.
            const QString safety = rows::value(record, "safety_note");
            view.safety = safety.isEmpty() ? view.safety : safety;
        } else if (record.type == "expectation_card") {
            view.card = rows::card(record, context);
            view.cardScales = rows::cardScales(record);
        } else if (record.type == "case") {
            view.recordId = wording::text(record.id.hex());
        }
    }
    view.plan.insert(view.plan.end(), tasks.begin(), tasks.end());
    std::ranges::sort(view.events, [](const EntryRow& a, const EntryRow& b) {
        return std::tie(b.order, b.recordId) < std::tie(a.order, a.recordId);
    });
    const ScaleChart chart = scaleChart(records, context.schemas);
    view.scales = chart.lines;
    view.months = chart.months;
    return view;
}

void CaseController::show(const View& view)
{
    view_ = view;
    state_ = State::Shown;
    stages_.setRows(view.stages);
    cardScales_.setRows(view.cardScales);
    household_.setRows(view.household);
    plan_.setRows(view.plan);
    events_.setRows(view.events);
    scales_.setRows(view.scales);
    emit shown();
}

void CaseController::clear(State state)
{
    show({});
    state_ = state;
    if (state == State::Nothing)
        caseId_.clear();
    emit shown();
}

}  // namespace teren
