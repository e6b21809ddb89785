// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/record_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace teren::rows {
namespace {

/// The context of every text here, for the translators' files.
struct Records {
    Q_DECLARE_TR_FUNCTIONS(Records)
};

struct State {
    QString words;
    int tone = Tone::Neutral;
};

bool inConflict(const service::RecordView& record)
{
    return record.presence == service::Presence::DeletedButEdited
        || std::ranges::any_of(record.fields, [](const auto& field) { return field.second.conflict; });
}

/// What every record says of itself before anything of its type: two versions, or not sent yet.
State state(const service::RecordView& record, State own)
{
    if (inConflict(record))
        return {Records::tr("two versions"), Tone::Alarm};
    if (record.unsent)
        return {Records::tr("unsent"), Tone::Waiting};
    return own;
}

/// How far a visit, a goal or a task is. The words are the schema's, the kind of state is ours.
State progress(const service::RecordView& record, const Context& context)
{
    const QString status = value(record, "status");
    State own{words(record, "status", context.schemas), Tone::Neutral};
    if (status == QLatin1String("done") || status == QLatin1String("achieved")
        || status == QLatin1String("in_progress"))
        own.tone = Tone::Done;
    if (status == QLatin1String("draft") || status == QLatin1String("partly"))
        own.tone = Tone::Waiting;
    return own;
}

State dueState(const QDate& due, Instant now)
{
    const qint64 days = wording::local(now).date().daysTo(due);
    const int soon = days <= 7 ? Tone::Waiting : Tone::Neutral;
    return {wording::dueIn(due, now), days < 0 ? Tone::Alarm : soon};
}

/// The parts that are not empty, with a dot between.
QString joined(std::initializer_list<QString> parts)
{
    QStringList kept;
    for (const QString& part : parts) {
        if (!part.isEmpty())
            kept.push_back(part);
    }
    return kept.join(QStringLiteral(" · "));
}

EntryRow entry(const service::RecordView& record, const State& own)
{
    const State shown = state(record, own);
    return {
        .recordId = wording::text(record.id.hex()),
        .type = wording::text(record.type),
        .lead = {},
        .title = {},
        .detail = {},
        .stateWords = shown.words,
        .tone = shown.tone,
        .order = {}};
}

}  // namespace

QString value(const service::RecordView& record, const char* field)
{
    const auto found = record.fields.find(field);
    return found == record.fields.end() ? QString() : wording::text(found->second.text());
}

QString words(const std::string& value, const domain::Field& field)
{
    for (const domain::Choice& choice : field.choices) {
        if (choice.id == value)
            return wording::label(choice.label);
    }
    if (field.type == domain::FieldType::YesNo && !value.empty())
        return value == "yes" ? Records::tr("Yes") : Records::tr("No");
    return wording::text(value);
}

QString words(const service::RecordView& record, const char* field, const domain::SchemaSet& schemas)
{
    const domain::RecordType* type = schemas.find(record.type);
    const domain::Field* known = type == nullptr ? nullptr : type->find(field);
    const auto state = record.fields.find(field);
    if (known == nullptr || state == record.fields.end())
        return value(record, field);
    return words(state->second.text(), *known);
}

QString title(const service::RecordView& record, const domain::SchemaSet& schemas)
{
    const domain::RecordType* type = schemas.find(record.type);
    const QString own = type == nullptr ? QString() : value(record, type->titleField.c_str());
    if (!own.isEmpty())
        return own;
    return type == nullptr ? wording::text(record.type) : wording::label(type->label);
}

VisitRow visit(const service::RecordView& record, const service::CaseSummary& of, const Context& context)
{
    const State shown = state(record, progress(record, context));
    const QTime time = QTime::fromString(value(record, "time"), QStringLiteral("HH:mm"));
    const QString place = value(record, "place");
    const QString purpose = value(record, "purpose");
    return {
        .recordId = wording::text(record.id.hex()),
        .caseId = wording::text(record.caseId.hex()),
        .time = time.isValid() ? time.toString(QStringLiteral("H:mm")) : QString(),
        .title = wording::text(of.title),
        .place = place.isEmpty() ? wording::text(of.place) : place,
        .purpose = purpose.isEmpty() ? words(record, "kind", context.schemas) : purpose,
        .safety = value(record, "safety_note"),
        .stateWords = shown.words,
        .tone = shown.tone};
}

DueRow task(const service::RecordView& record, const service::CaseSummary& of, const Context& context)
{
    const State due = dueState(QDate::fromString(value(record, "due"), Qt::ISODate), context.now);
    return {
        .recordId = wording::text(record.id.hex()),
        .caseId = wording::text(record.caseId.hex()),
        .title = value(record, "title"),
        .caseTitle = wording::text(of.title),
        .detail = joined({wording::text(of.title), value(record, "who")}),
        .stateWords = due.words,
        .tone = due.tone};
}

CaseRow caseRow(const service::CaseSummary& summary)
{
    return {
        .caseId = wording::text(summary.id.hex()),
        .title = wording::text(summary.title),
        .number = wording::text(summary.number),
        .stage = wording::stage(summary.stage),
        .place = wording::text(summary.place),
        .found = {},
        .unsent = static_cast<int>(summary.unsent),
        .conflicts = static_cast<int>(summary.conflicts)};
}

EntryRow person(const service::RecordView& record, const Context& context)
{
    EntryRow row = entry(record, {});
    row.title = value(record, "name");
    const QDate born = QDate::fromString(value(record, "birth_date"), Qt::ISODate);
    QString age;
    if (born.isValid()) {
        const QDate today = wording::local(context.now).date();
        const bool hadBirthday = today >= born.addYears(today.year() - born.year());
        age = Records::tr("aged %n", nullptr, today.year() - born.year() - (hadBirthday ? 0 : 1));
    }
    const QString relation = value(record, "relation");
    row.detail = joined(
        {relation.isEmpty() ? words(record, "role", context.schemas) : relation, age,
         value(record, "phone")});
    return row;
}

EntryRow event(const service::RecordView& record, const Context& context)
{
    const QDate written = QDate::fromString(value(record, "date"), Qt::ISODate);
    const QDate day = written.isValid() ? written : wording::local(record.lastChange.at).date();
    EntryRow row = entry(record, record.type == "visit" ? progress(record, context) : State{});
    row.lead = wording::shortDate(day, context.now);
    row.order = day.toString(Qt::ISODate) + value(record, "time");
    if (record.type == "visit") {
        const QString notes = value(record, "notes");
        row.title = joined({Records::tr("Visit"), value(record, "purpose")});
        row.detail = notes.isEmpty() ? value(record, "place") : notes;
    } else if (record.type == "note") {
        row.title = joined({Records::tr("Note"), wording::author(record.lastChange)});
        row.detail = value(record, "text");
    } else {
        QString form = words(record, "form", context.schemas);
        form = form.left(1).toUpper() + form.mid(1);
        row.title = joined({form.isEmpty() ? Records::tr("Contact") : form, value(record, "with_whom")});
        row.detail = value(record, "summary");
    }
    return row;
}

EntryRow plan(const service::RecordView& record, const Context& context)
{
    if (record.type == "goal") {
        EntryRow row = entry(record, progress(record, context));
        const QString area = value(record, "area").toUpper();
        row.title
            = area.isEmpty() ? value(record, "title") : area + QStringLiteral(" · ") + value(record, "title");
        row.detail = value(record, "involved");
        return row;
    }
    const QString status = value(record, "status");
    const QDate due = QDate::fromString(value(record, "due"), Qt::ISODate);
    const bool open = status != QLatin1String("done") && status != QLatin1String("dropped");
    EntryRow row
        = entry(record, open && due.isValid() ? dueState(due, context.now) : progress(record, context));
    row.title = value(record, "title");
    row.detail = value(record, "who");
    return row;
}

EntryRow card(const service::RecordView& record, const Context& context)
{
    EntryRow row = entry(record, {Records::tr("filled in"), Tone::Done});
    row.lead = Records::tr("%1, %2").arg(
        wording::author(record.lastChange), wording::moment(record.lastChange.at, context.now));
    row.detail = value(record, "situation");
    return row;
}

std::vector<EntryRow> cardScales(const service::RecordView& record)
{
    std::vector<EntryRow> rows;
    for (const char area : {'a', 'b', 'c'}) {
        const std::string id(1, area);
        const QString name = value(record, ("area_" + id).c_str());
        const QString family = value(record, ("scale_" + id + "_family").c_str());
        const QString institution = value(record, ("scale_" + id + "_institution").c_str());
        if (name.isEmpty() && family.isEmpty() && institution.isEmpty())
            continue;
        EntryRow row;
        row.recordId = wording::text(id);
        row.title = joined({wording::text(id).toUpper(), name});
        row.detail = joined(
            {family.isEmpty() ? QString() : Records::tr("family %1").arg(family),
             institution.isEmpty() ? QString() : Records::tr("institution %1").arg(institution)});
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace teren::rows
