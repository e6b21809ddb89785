// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/conflicts_controller.h"

#include "app/viewmodel/record_words.h"
#include "app/viewmodel/trouble.h"
#include "app/viewmodel/wording.h"

#include <algorithm>

namespace teren {
namespace {

// Marks of the conflict page, on its white card: ink on them keeps a contrast of 12:1.
const QString kAdded = QStringLiteral("#CFE8D6");
const QString kRemoved = QStringLiteral("#F8D7D4");

/// The answer that a draft holds.
constexpr const char* kTyped = "value";

QString html(const QString& text)
{
    return text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

QString marked(const QString& text, const QString& colour, const char* decoration)
{
    // The space around the words stays outside of the mark.
    const QString core = text.trimmed();
    const auto at = text.indexOf(core);
    return html(text.left(at))
        + QStringLiteral("<span style=\"background-color:%1;text-decoration:%2\">%3</span>")
              .arg(colour, QString::fromLatin1(decoration), html(core))
        + html(text.mid(at + core.size()));
}

/// Added words underlined, removed ones struck through, so that nothing depends on colour.
QString markedText(const std::vector<service::TextSpan>& spans)
{
    QString text;
    for (const service::TextSpan& span : spans) {
        const QString words = wording::text(span.text);
        switch (span.kind) {
        case service::TextSpan::Kind::Equal:
            text += html(words);
            break;
        case service::TextSpan::Kind::Added:
            text += marked(words, kAdded, "underline");
            break;
        case service::TextSpan::Kind::Removed:
            // A replacement: the words that came instead follow at once.
            text += marked(words, kRemoved, "line-through") + QLatin1Char(' ');
            break;
        }
    }
    return text;
}

QString keyOf(const service::ConflictView& conflict)
{
    return wording::text(conflict.caseId.hex() + "/" + conflict.record.hex() + "/" + conflict.field);
}

}  // namespace

ConflictsController::ConflictsController(
    DeskLink& link, const Clock& clock, const domain::SchemaSet& schemas, QObject* parent)
    : QObject(parent),
      link_(link),
      clock_(clock),
      schemas_(schemas),
      draft_(link, clock)
{
    connect(&link_, &DeskLink::opened, this, &ConflictsController::refresh);
    connect(&link_, &DeskLink::changed, this, &ConflictsController::refresh);
    connect(&link_, &DeskLink::closed, this, [this] {
        openKey_.clear();
        show({});
    });
}

QString ConflictsController::record() const
{
    return recordName(open_);
}

QString ConflictsController::field() const
{
    return fieldName(open_);
}

QString ConflictsController::baseBy() const
{
    if (!open_.baseBy)
        return {};
    return tr("%1, %2").arg(wording::moment(open_.baseBy->at, clock_.now()), wording::author(*open_.baseBy));
}

bool ConflictsController::writable() const
{
    const domain::Field* field = schemaField(open_);
    if (field == nullptr || std::ranges::any_of(open_.sides, &service::ConflictSide::deletion))
        return false;
    return field->type == domain::FieldType::Line || field->type == domain::FieldType::Text
        || field->type == domain::FieldType::Number || field->type == domain::FieldType::Phone
        || field->type == domain::FieldType::Pesel || field->type == domain::FieldType::Date
        || field->type == domain::FieldType::Time;
}

void ConflictsController::open(const QString& key)
{
    openKey_ = key;
    problem_.clear();
    state_ = State::Nothing;
    showOpen();
    refresh();
    draft_.begin("conflict/" + key.toStdString(), [this](const service::FieldValues& kept) {
        if (const auto value = kept.find(kTyped); value != kept.end())
            emit typedFound(wording::text(value->second));
    });
}

void ConflictsController::keepTyped(const QString& value)
{
    draft_.keep({{kTyped, value.toStdString()}});
}

void ConflictsController::keep(int side)
{
    decide({.kind = service::Decision::Kind::KeepSide, .side = static_cast<std::size_t>(side)});
}

void ConflictsController::keepBoth()
{
    decide({.kind = service::Decision::Kind::KeepBoth});
}

void ConflictsController::write(const QString& value)
{
    decide({.kind = service::Decision::Kind::WriteValue, .value = value.toStdString()});
}

void ConflictsController::decide(service::Decision decision)
{
    if (state_ != State::Undecided)
        return;
    state_ = State::Deciding;
    problem_.clear();
    decision.version = open_.version;
    emit shown();
    link_.ask(
        this,
        [caseId = open_.caseId, record = open_.record, field = open_.field,
         decision = std::move(decision)](Desk& desk) { return desk.decide(caseId, record, field, decision); },
        [this](const Status& done) {
            if (done) {
                draft_.drop();
                openKey_.clear();
                state_ = State::Nothing;
                emit decided();
                emit link_.changed();
                return;
            }
            state_ = State::Undecided;
            const wording::Trouble trouble = wording::trouble(done.error().code);
            problem_ = tr("%1 Both versions are still there. %2").arg(trouble.title, trouble.advice);
            emit shown();
            refresh();
        });
}

void ConflictsController::refresh()
{
    link_.ask(
        this, [](Desk& desk) { return desk.conflicts(); },
        [this](const Result<std::vector<service::OpenConflict>>& conflicts) {
            if (conflicts)
                show(*conflicts);
        });
}

void ConflictsController::show(std::vector<service::OpenConflict> conflicts)
{
    all_ = std::move(conflicts);
    std::vector<ConflictRow> rows;
    rows.reserve(all_.size());
    for (const service::OpenConflict& open : all_)
        rows.push_back(row(open));
    conflicts_.setRows(rows);
    showOpen();
}

void ConflictsController::showOpen()
{
    const auto found = std::ranges::find(
        all_, openKey_, [](const service::OpenConflict& open) { return keyOf(open.view); });
    std::vector<SideRow> rows;
    if (found != all_.end()) {
        const bool isSame = keyOf(open_) == openKey_;
        if (isSame && state_ == State::Undecided && open_.version != found->view.version)
            problem_ = tr("Something was added while you were looking. Look at the versions again.");
        open_ = found->view;
        const ConflictRow told = row(*found);
        owner_ = told.owner;
        age_ = told.age;
        if (state_ != State::Deciding)
            state_ = State::Undecided;
        for (std::size_t i = 0; i < open_.sides.size(); ++i)
            rows.push_back(side(open_.sides[i], static_cast<int>(i)));
    } else if (!openKey_.isEmpty() && state_ != State::Nothing) {
        state_ = State::Gone;
    } else {
        open_ = {};
        owner_.clear();
        age_.clear();
        state_ = State::Nothing;
    }
    sides_.setRows(rows);
    emit shown();
}

QString ConflictsController::inForce() const
{
    return open_.inForce ? shownValue(open_, *open_.inForce) : QString();
}

int ConflictsController::mine() const
{
    return static_cast<int>(std::ranges::count_if(all_, &service::OpenConflict::isMine));
}

QString ConflictsController::oldestAge() const
{
    return all_.empty() ? QString() : wording::age(all_.front().since, clock_.now());
}

ConflictRow ConflictsController::row(const service::OpenConflict& open) const
{
    const service::ConflictView& conflict = open.view;
    QStringList owners;
    for (const std::string& owner : open.owners)
        owners.push_back(owner.empty() ? wording::author({}) : wording::text(owner));
    QStringList people;
    Instant latest{};
    for (const service::ConflictSide& side : conflict.sides) {
        const QString name = wording::author(side.by);
        if (!people.contains(name))
            people.push_back(name);
        latest = std::max(latest, side.by.at);
    }
    return {
        .key = keyOf(conflict),
        .caseTitle = wording::text(conflict.caseTitle),
        .record = recordName(conflict),
        .field = fieldName(conflict),
        .people = people.join(tr(" and ")),
        .when = wording::moment(latest, clock_.now()),
        .age = wording::age(open.since, clock_.now()),
        .owner = owners.join(tr(" or ")),
        .mine = open.isMine};
}

SideRow ConflictsController::side(const service::ConflictSide& side, int at) const
{
    const QString value = side.deletion ? tr("Deleted") : shownValue(open_, side.value);
    SideRow row{
        .side = at,
        .author = side.by.mine ? tr("Your version") : wording::author(side.by),
        .when = wording::moment(side.by.at, clock_.now()),
        .marked = html(value),
        .spoken = value,
        .mine = side.by.mine,
        .deletion = side.deletion};
    if (!side.by.device.empty())
        row.when += QStringLiteral(" · ") + wording::text(side.by.device);
    if (writable() && open_.base && !side.difference.empty())
        row.marked = markedText(side.difference);
    return row;
}

QString ConflictsController::fieldName(const service::ConflictView& conflict) const
{
    if (conflict.field == "@deleted")
        return tr("Deleted by one, edited by another");
    const domain::Field* field = schemaField(conflict);
    return field == nullptr ? wording::text(conflict.field) : wording::label(field->label);
}

QString ConflictsController::recordName(const service::ConflictView& conflict) const
{
    const domain::RecordType* type = schemas_.find(conflict.recordType);
    const QString label = type == nullptr ? wording::text(conflict.recordType) : wording::label(type->label);
    if (conflict.recordTitle.empty() || conflict.recordType == "expectation_card")
        return label;
    return label + QStringLiteral(" · ") + wording::text(conflict.recordTitle);
}

QString ConflictsController::shownValue(const service::ConflictView& conflict, const std::string& value) const
{
    const domain::Field* field = schemaField(conflict);
    return field == nullptr ? wording::text(value) : rows::words(value, *field);
}

const domain::Field* ConflictsController::schemaField(const service::ConflictView& conflict) const
{
    const domain::RecordType* type = schemas_.find(conflict.recordType);
    return type == nullptr ? nullptr : type->find(conflict.field);
}

}  // namespace teren
