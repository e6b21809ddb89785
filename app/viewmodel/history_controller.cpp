// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/history_controller.h"

#include "app/viewmodel/record_words.h"
#include "app/viewmodel/trouble.h"

#include <algorithm>

namespace teren {

using service::HistoryKind;

HistoryController::HistoryController(
    DeskLink& link, const Clock& clock, const domain::SchemaSet& schemas, QObject* parent)
    : QObject(parent),
      link_(link),
      clock_(clock),
      schemas_(schemas)
{
    connect(&link_, &DeskLink::changed, this, &HistoryController::refresh);
    connect(&link_, &DeskLink::closed, this, [this] {
        caseId_.clear();
        recordId_.clear();
        clear(State::Nothing);
    });
}

void HistoryController::clear(State state)
{
    state_ = state;
    history_ = {};
    written_.clear();
    field_ = 0;
    problem_.clear();
    advice_.clear();
    steps_.clear();
    emit shown();
}

QString HistoryController::title() const
{
    const domain::RecordType* type = schemas_.find(history_.type);
    const QString label = type == nullptr ? wording::text(history_.type) : wording::label(type->label);
    const QString title = wording::text(history_.title);
    // A record without a title of its own bears that of its type, in English.
    const bool hasOwn = !title.isEmpty() && (type == nullptr || history_.title != type->label.en);
    return hasOwn ? label + QStringLiteral(" · ") + title : label;
}

QString HistoryController::standing() const
{
    switch (history_.presence) {
    case service::Presence::Deleted:
        return tr("This record was deleted. Its history stays.");
    case service::Presence::DeletedButEdited:
        return tr("One deleted this record, another went on with it: somebody has to decide.");
    case service::Presence::Alive:
        break;
    }
    return {};
}

QVariantList HistoryController::fields() const
{
    QVariantList choices;
    const auto add = [&choices](const QString& label) {
        choices.push_back(QVariantMap{
            {QStringLiteral("id"), QString::number(choices.size())}, {QStringLiteral("label"), label}});
    };
    add(tr("Everything"));
    for (const std::string& field : written_)
        add(named(field));
    return choices;
}

void HistoryController::setField(int field)
{
    if (field == field_ || field < 0 || field > static_cast<int>(written_.size()))
        return;
    field_ = field;
    showSteps();
}

void HistoryController::open(const QString& caseId, const QString& recordId)
{
    if (caseId != caseId_ || recordId != recordId_)
        clear(State::Loading);
    caseId_ = caseId;
    recordId_ = recordId;
    refresh();
}

void HistoryController::refresh()
{
    const auto space = service::CaseId::fromHex(caseId_.toStdString());
    const auto record = RecordId::fromHex(recordId_.toStdString());
    if (!space || !record)
        return;
    link_.ask(
        this, [space = *space, record = *record](Desk& desk) { return desk.history(space, record); },
        [this, recordId = recordId_](const Result<service::RecordHistory>& history) {
            if (recordId != recordId_)
                return;
            if (!history) {
                clear(State::Missing);
                const wording::Trouble trouble = wording::trouble(history.error().code);
                problem_ = trouble.title;
                advice_ = trouble.advice;
                emit shown();
                return;
            }
            state_ = State::Shown;
            history_ = *history;
            showSteps();
        });
}

void HistoryController::showSteps()
{
    const domain::RecordType* type = schemas_.find(history_.type);
    const std::string chosen = field_ == 0 ? std::string() : written_[static_cast<std::size_t>(field_) - 1];
    written_.clear();
    for (const service::HistoryItem& item : history_.items)
        if (!item.field.starts_with('@') && std::ranges::find(written_, item.field) == written_.end())
            written_.push_back(item.field);
    if (type != nullptr)
        std::ranges::sort(written_, {}, [type](const std::string& field) {
            return std::pair(
                std::ranges::find(type->fields, field, &domain::Field::id) - type->fields.begin(), field);
        });
    const auto at = std::ranges::find(written_, chosen);
    field_ = chosen.empty() || at == written_.end() ? 0 : static_cast<int>(at - written_.begin()) + 1;
    // The newest first: that is what people look for.
    std::vector<HistoryRow> rows;
    for (std::size_t i = history_.items.size(); i-- > 0;)
        if (field_ == 0 || history_.items[i].field == chosen)
            rows.push_back(row(history_.items[i], i));
    steps_.setRows(rows);
    emit shown();
}

QString HistoryController::named(const std::string& field) const
{
    const domain::RecordType* type = schemas_.find(history_.type);
    const domain::Field* known = type == nullptr ? nullptr : type->find(field);
    return known == nullptr ? wording::text(field) : wording::label(known->label);
}

QString HistoryController::shownValue(const std::string& field, const std::string& value) const
{
    const domain::RecordType* type = schemas_.find(history_.type);
    const domain::Field* known = type == nullptr ? nullptr : type->find(field);
    if (known == nullptr)
        return wording::text(value);
    if (known->type == domain::FieldType::Record && !value.empty())
        return tr("another record of this case");
    const QDate day = known->type == domain::FieldType::Date ? wording::date(value) : QDate();
    return day.isValid() ? wording::shortDate(day, clock_.now()) : rows::words(value, *known);
}

QString HistoryController::signature(const service::Authorship& by) const
{
    const QString who = tr("%1, %2").arg(wording::author(by), wording::moment(by.at, clock_.now()));
    return by.device.empty() ? who : who + QStringLiteral(" · ") + wording::text(by.device);
}

QString HistoryController::noteOn(const service::HistoryItem& item) const
{
    if (item.kind == HistoryKind::Decided) {
        QStringList versions;
        for (const std::string& value : item.decidedOver)
            versions.push_back(value.empty() ? tr("empty") : tr("“%1”").arg(shownValue(item.field, value)));
        return tr("Decided between %1.").arg(versions.join(tr(" and ")));
    }
    if (item.amendedBy)
        return tr("Corrected by %1.").arg(signature(*item.amendedBy));
    return {};
}

HistoryRow HistoryController::row(const service::HistoryItem& item, std::size_t at) const
{
    HistoryRow row{
        .step = static_cast<int>(at),
        .field = named(item.field),
        .value = shownValue(item.field, item.newValue),
        .before = shownValue(item.field, item.oldValue),
        .by = signature(item.by),
        .note = noteOn(item),
        .stateWords = {}};
    switch (item.kind) {
    case HistoryKind::Created:
        row.field = tr("Added to the case");
        row.value.clear();
        break;
    case HistoryKind::Restored:
        row.field = tr("Brought back");
        row.value.clear();
        break;
    case HistoryKind::Deleted:
        row.field = tr("Deleted");
        row.stateWords = tr("deleted");
        row.tone = Tone::Alarm;
        break;
    case HistoryKind::Decided:
        row.stateWords = tr("decision");
        row.tone = Tone::New;
        break;
    case HistoryKind::Amended:
        row.stateWords = tr("correction");
        row.tone = Tone::New;
        break;
    case HistoryKind::Added:
        row.stateWords = tr("added");
        break;
    case HistoryKind::TakenOut:
        row.value.clear();
        row.stateWords = tr("taken out");
        break;
    case HistoryKind::Written:
        break;
    }
    const bool isValue = !item.field.starts_with('@');
    if (isValue && item.newValue.empty() && item.kind != HistoryKind::TakenOut)
        row.value = tr("emptied");
    if (isValue && row.stateWords.isEmpty() && item.inForce) {
        row.stateWords = tr("counts now");
        row.tone = Tone::Done;
    }
    if (!item.confirmed) {
        row.stateWords = row.stateWords.isEmpty() ? tr("unsent") : tr("%1, unsent").arg(row.stateWords);
        row.tone = Tone::Waiting;
    }
    return row;
}

}  // namespace teren
