// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/form_controller.h"

#include "app/viewmodel/record_words.h"
#include "app/viewmodel/trouble.h"
#include "app/viewmodel/wording.h"

#include <algorithm>
#include <utility>

namespace teren {
namespace {

QVariantMap choice(const QString& id, const QString& label)
{
    return {{QStringLiteral("id"), id}, {QStringLiteral("label"), label}};
}

/// Whether a field of `type` may name a record of the type `other`.
bool mayName(const domain::RecordType& type, const std::string& other)
{
    return std::ranges::any_of(type.fields, [&other](const domain::Field& field) {
        return std::ranges::find(field.of, other) != field.of.end();
    });
}

/// What is wrong with an answer, by the kind of its field.
QString fieldProblem(domain::FieldType type)
{
    switch (type) {
    case domain::FieldType::Date:
        return FormController::tr("This is not a date. Write it as 2026-02-28.");
    case domain::FieldType::Time:
        return FormController::tr("This is not a time. Write it as 9:30.");
    case domain::FieldType::Number:
        return FormController::tr("This is not a number.");
    case domain::FieldType::Phone:
        return FormController::tr("This is not a telephone number.");
    case domain::FieldType::Pesel:
        return FormController::tr("This is not a PESEL number. Compare its 11 digits with the document.");
    case domain::FieldType::Line:
    case domain::FieldType::Text:
    case domain::FieldType::Scale:
    case domain::FieldType::Choice:
    case domain::FieldType::Choices:
    case domain::FieldType::YesNo:
    case domain::FieldType::Record:
        break;
    }
    return FormController::tr("This answer is too long or not one of those offered.");
}

/// Answers that did not get into the record stay as the draft: the window may be locked before it hears of
/// it.
Status saveOrKeep(Desk& desk, const service::FormKey& form, const service::Draft& answers)
{
    Status saved = desk.saveForm(form, answers);
    if (!saved)
        static_cast<void>(desk.saveDraft(form.text(), answers));
    return saved;
}

}  // namespace

FormController::FormController(
    DeskLink& link, const Clock& clock, const domain::SchemaSet& schemas, QObject* parent)
    : QObject(parent),
      link_(link),
      clock_(clock),
      schemas_(schemas)
{
    draftTimer_.setSingleShot(true);
    draftTimer_.setTimerType(Qt::PreciseTimer);
    connect(&draftTimer_, &QTimer::timeout, this, &FormController::keepDraft);
    connect(&link_, &DeskLink::changed, this, &FormController::follow);
    connect(&link_, &DeskLink::closed, this, [this] {
        draftTimer_.stop();
        draftPace_ = {};
        state_ = State::Nothing;
        answers_ = {};
        others_.clear();
        caseTitle_.clear();
        problem_.clear();
        draftSaved_.clear();
        fields_.clear();
        sections_.clear();
        emit shown();
    });
}

QString FormController::title() const
{
    return type_ == nullptr ? QString() : wording::label(type_->label);
}

bool FormController::mayTakeFiles() const
{
    const domain::RecordType* attachment = schemas_.find("attachment");
    return type_ != nullptr && attachment != nullptr && mayName(*attachment, type_->id);
}

QString FormController::today() const
{
    return wording::local(clock_.now()).date().toString(Qt::ISODate);
}

int FormController::problems() const
{
    int count = 0;
    for (int i = 0; i < fields_.count(); ++i)
        count += fields_.row<FieldRow>(i).problem.isEmpty() ? 0 : 1;
    return count;
}

void FormController::open(const QString& caseId, const QString& type, const QString& recordId)
{
    keepDraft();
    const auto id = service::CaseId::fromHex(caseId.toStdString());
    type_ = schemas_.find(type.toStdString());
    if (!id || type_ == nullptr)
        return;
    draftFailed_ = false;
    caseId_ = *id;
    record_.reset();
    if (const auto record = RecordId::fromHex(recordId.toStdString()))
        record_ = *record;
    state_ = State::Loading;
    answers_ = {};
    draftSaved_.clear();
    problem_.clear();
    sections_.clear();
    fields_.clear();
    emit shown();
    link_.ask(
        this, [form = key(), type = type_](Desk& desk) { return read(desk, form, *type); },
        [this, form = key()](const Result<Content>& content) {
            if (form != key())
                return;
            if (content)
                show(*content);
            else
                giveUp(content.error());
        });
}

/// The form cannot be shown: says why, and lets a draft that cannot be read be thrown away.
void FormController::giveUp(const Error& error)
{
    const wording::Trouble trouble = wording::trouble(error.code);
    problem_ = trouble.title + QLatin1Char(' ') + trouble.advice;
    state_ = State::Nothing;
    emit shown();
}

Result<FormController::Content> FormController::read(
    Desk& desk, const service::FormKey& form, const domain::RecordType& type)
{
    Content content;
    TEREN_TRY(content.of, desk.findCase(form.caseId));
    if (form.record) {
        TEREN_TRY(content.view, desk.record(form.caseId, *form.record));
    }
    TEREN_TRY(content.draft, desk.draft(form.text()));
    if (std::ranges::none_of(type.fields, [](const domain::Field& field) { return !field.of.empty(); }))
        return content;
    TEREN_TRY(content.others, desk.records(form.caseId));
    std::erase_if(
        content.others, [&type](const service::RecordView& other) { return !mayName(type, other.type); });
    return content;
}

void FormController::propose(const domain::Field& field)
{
    // What happened most likely happened today.
    const bool isVisitOrContact = type_->id == "visit" || type_->id == "contact" || type_->id == "scale_mark";
    if (isVisitOrContact && field.id == "date")
        answers_.propose(field.id, today().toStdString());
}

std::vector<domain::Section> FormController::layout() const
{
    if (!type_->sections.empty())
        return type_->sections;
    domain::Section all{.title = type_->label, .text = {}, .fields = {}, .tables = {}};
    for (const domain::Field& field : type_->fields)
        all.fields.push_back(field.id);
    return {all};
}

void FormController::show(const Content& content)
{
    caseTitle_ = wording::text(content.of.title);
    answers_ = FormAnswers(*type_, content.view, content.draft);
    others_ = content.others;
    const bool isBegun = record_ || answers_.any();
    std::vector<SectionRow> sections;
    std::vector<FieldRow> rows;
    for (const domain::Section& section : layout()) {
        const int at = static_cast<int>(sections.size());
        sections.push_back({.section = at, .title = wording::label(section.title)});
        for (const std::string& id : section.fields) {
            const domain::Field* field = type_->find(id);
            if (field == nullptr)
                continue;
            if (!isBegun)
                propose(*field);
            rows.push_back(row(*field, at));
        }
    }
    state_ = State::Editing;
    fields_.setRows(rows);
    sections_.setRows(sections);
    emit shown();
}

/// Work of colleagues, or of another page, may have reached the record that is open here.
void FormController::follow()
{
    if (state_ != State::Editing || !record_)
        return;
    link_.ask(
        this, [form = key()](Desk& desk) { return desk.record(form.caseId, *form.record); },
        [this, form = key()](const Result<service::RecordView>& view) {
            if (form == key())
                followWith(view);
        });
}

void FormController::followWith(const Result<service::RecordView>& view)
{
    if (!view || state_ != State::Editing)
        return;
    answers_.follow(*view);
    if (view->presence != service::Presence::Alive)
        problem_ = tr("Somebody deleted this record meanwhile. Your answers stay here as a draft.");
    for (int i = 0; i < fields_.count(); ++i)
        updateRow(fields_.row<FieldRow>(i).fieldId.toStdString());
    emit shown();
}

QVariantList FormController::choicesOf(const domain::Field& field) const
{
    QVariantList choices;
    for (const domain::Choice& one : field.choices)
        choices.push_back(choice(wording::text(one.id), wording::label(one.label)));
    const std::string chosen = answers_.value(field.id);
    bool isOffered = false;
    for (const service::RecordView& other : others_) {
        if (std::ranges::find(field.of, other.type) == field.of.end())
            continue;
        choices.push_back(choice(wording::text(other.id.hex()), rows::title(other, schemas_)));
        isOffered = isOffered || other.id.hex() == chosen;
    }
    if (field.type == domain::FieldType::Record && !chosen.empty() && !isOffered)
        choices.push_back(choice(wording::text(chosen), tr("something that is no longer here")));
    return choices;
}

FieldRow FormController::row(const domain::Field& field, int section) const
{
    FieldRow row{
        .fieldId = wording::text(field.id),
        .kind = static_cast<int>(field.type),
        .section = section,
        .label = wording::label(field.label),
        .hint = wording::label(field.hint),
        .value = wording::text(answers_.value(field.id)),
        .previous = {},
        .problem = {},
        .theirs = {},
        .theirsBy = {},
        .choices = choicesOf(field),
        .needed = field.required,
        .conflict = answers_.current(field.id).conflict,
        .answeredHere = answers_.draft().answers.contains(field.id)};
    if (!answers_.changedMeanwhile(field.id))
        return row;
    QStringList values;
    QStringList people;
    for (const service::ValueInForce& value : answers_.current(field.id).values) {
        QString words = rows::words(value.value, field);
        for (const QVariant& offered : row.choices) {
            if (offered.toMap().value(QStringLiteral("id")) == wording::text(value.value))
                words = offered.toMap().value(QStringLiteral("label")).toString();
        }
        values.push_back(words.isEmpty() ? tr("(empty)") : words);
        people.push_back(
            wording::author(value.by) + QStringLiteral(", ") + wording::moment(value.by.at, clock_.now()));
    }
    row.theirs = values.join(QStringLiteral(" / "));
    row.theirsBy = people.join(QStringLiteral("; "));
    return row;
}

/// Shows a field as it is now. What is wrong with the answer stays said until it is answered anew.
void FormController::updateRow(const std::string& field)
{
    for (int i = 0; i < fields_.count(); ++i) {
        const auto before = fields_.row<FieldRow>(i);
        if (before.fieldId != wording::text(field))
            continue;
        FieldRow now = row(*type_->find(field), before.section);
        now.problem = before.value == now.value ? before.problem : QString();
        if (now != before)
            fields_.setRow(i, now);
    }
}

void FormController::setAnswer(const QString& fieldId, const QString& value)
{
    const std::string field = fieldId.toStdString();
    if (state_ != State::Editing || type_->find(field) == nullptr
        || answers_.value(field) == value.toStdString())
        return;
    answers_.set(field, value.toStdString());
    answered(field);
}

void FormController::keepMine(const QString& fieldId)
{
    const std::string field = fieldId.toStdString();
    if (state_ != State::Editing || !answers_.changedMeanwhile(field))
        return;
    answers_.keepMine(field);
    answered(field);
}

void FormController::takeTheirs(const QString& fieldId)
{
    const std::string field = fieldId.toStdString();
    if (state_ != State::Editing || !answers_.changedMeanwhile(field))
        return;
    answers_.takeTheirs(field);
    answered(field);
}

void FormController::answered(const std::string& field)
{
    updateRow(field);
    draftPace_.changed(clock_.now());
    armDraft();
    emit shown();
}

void FormController::armDraft()
{
    if (const auto wait = draftPace_.wait(clock_.now()))
        draftTimer_.start(*wait);
    else
        draftTimer_.stop();
}

void FormController::keepDraft()
{
    if (!draftPace_.isDirty())
        return;
    draftPace_.started(clock_.now());
    draftTimer_.stop();
    link_.ask(
        this,
        [form = key(), draft = answers_.draft()](Desk& desk) { return desk.saveDraft(form.text(), draft); },
        [this, form = key()](const Status& done) { draftWritten(form, done); });
}

void FormController::draftWritten(const service::FormKey& form, const Status& done)
{
    draftPace_.finished();
    if (form == key() && state_ == State::Editing) {
        if (done) {
            draftSaved_ = wording::local(clock_.now()).time().toString(QStringLiteral("H:mm:ss"));
        } else if (isDraft()) {
            // Again and again: it gets there as soon as the disk takes it.
            draftPace_.changed(clock_.now());
        }
        if (!done)
            problem_ = wording::trouble(done.error().code).title;
        else if (draftFailed_)
            problem_.clear();
        draftFailed_ = !done;
    }
    armDraft();
    emit shown();
}

DeskLink::LastWork FormController::parting()
{
    if (!draftPace_.isDirty())
        return {};
    draftPace_.dropped();
    return
        [form = key(), draft = answers_.draft()](Desk& desk) { return desk.saveDraft(form.text(), draft); };
}

bool FormController::check()
{
    bool fine = true;
    for (int i = 0; i < fields_.count(); ++i) {
        auto row = fields_.row<FieldRow>(i);
        const std::string id = row.fieldId.toStdString();
        row.problem.clear();
        if (record_ == std::nullopt && row.needed && row.value.trimmed().isEmpty())
            row.problem = tr("Please answer this one: it names the record.");
        else if (!schemas_.canonical(*type_, id, row.value.toStdString()))
            row.problem = fieldProblem(type_->find(id)->type);
        fine = fine && row.problem.isEmpty();
        fields_.setRow(i, row);
    }
    return fine;
}

int FormController::choicesLeft() const
{
    int count = 0;
    for (int i = 0; i < fields_.count(); ++i)
        count += fields_.row<FieldRow>(i).theirsBy.isEmpty() ? 0 : 1;
    return count;
}

void FormController::save()
{
    if (state_ != State::Editing)
        return;
    problem_.clear();
    if (!check()) {
        problem_ = tr("%n answer(s) need a correction. The draft is kept.", nullptr, problems());
        emit shown();
        return;
    }
    if (const int left = choicesLeft(); left > 0) {
        problem_ = tr(
            "%n answer(s) were written by somebody else meanwhile. Choose one of the two there.", nullptr,
            left);
        emit shown();
        return;
    }
    draftTimer_.stop();
    draftPace_.dropped();
    state_ = State::Saving;
    emit shown();
    link_.ask(
        this, [form = key(), draft = answers_.draft()](Desk& desk) { return saveOrKeep(desk, form, draft); },
        // Another form may be open by then; the answers are saved or kept as a draft without it.
        [this, form = key()](const Status& done) {
            if (form == key())
                finish(done);
            else if (done)
                emit link_.changed();
        });
}

void FormController::finish(const Status& done)
{
    state_ = State::Editing;
    if (!done) {
        const wording::Trouble trouble = wording::trouble(done.error().code);
        problem_ = trouble.title + QLatin1Char(' ') + trouble.advice;
        follow();
        emit shown();
        return;
    }
    answers_ = FormAnswers(*type_, answers_.record(), {});
    emit shown();
    emit saved(wording::text(caseId_.hex()));
    emit link_.changed();
}

void FormController::discard()
{
    draftTimer_.stop();
    draftPace_.dropped();
    answers_ = {};
    link_.ask(
        this, [form = key()](Desk& desk) { return desk.dropDraft(form.text()); },
        [this](const Status&) { emit discarded(); });
}

service::FormKey FormController::key() const
{
    return {caseId_, type_ == nullptr ? std::string() : type_->id, record_};
}

}  // namespace teren
