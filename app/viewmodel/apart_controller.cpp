// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/apart_controller.h"

#include "app/viewmodel/record_words.h"
#include "app/viewmodel/trouble.h"

#include <QDir>

#include <algorithm>
#include <set>

namespace teren {
namespace {

/// How many values of one piece of work are shown.
constexpr std::size_t kEntriesShown = 6;

QString signature(const service::Authorship& by)
{
    const QString who = wording::author(by);
    return by.device.empty() ? who : who + QStringLiteral(" · ") + wording::text(by.device);
}

}  // namespace

ApartController::ApartController(
    DeskLink& link, const Clock& clock, const domain::SchemaSet& schemas, QObject* parent)
    : QObject(parent),
      link_(link),
      clock_(clock),
      schemas_(schemas)
{
    connect(&link_, &DeskLink::changed, this, &ApartController::refresh);
    connect(&link_, &DeskLink::closed, this, &ApartController::clear);
}

void ApartController::clear()
{
    open_ = false;
    known_ = false;
    working_ = false;
    apart_.clear();
    waiting_.clear();
    work_.clear();
    missing_.clear();
    clearOutcome();
    emit shown();
}

void ApartController::clearOutcome()
{
    wish_.reset();
    question_.clear();
    questionAdvice_.clear();
    report_.clear();
    reportAdvice_.clear();
    problem_.clear();
    advice_.clear();
}

void ApartController::open()
{
    clearOutcome();
    open_ = true;
    refresh();
}

void ApartController::leave()
{
    clear();
}

void ApartController::refresh()
{
    if (!open_)
        return;
    link_.ask(
        this, [](Desk& desk) { return desk.apart(); },
        [this](const Result<std::vector<Desk::Apart>>& found) {
            if (!found || !open_)
                return;
            known_ = true;
            apart_ = *found;
            std::vector<ApartRow> rows;
            for (const Desk::Apart& apart : apart_)
                rows.push_back(row(apart));
            work_.setRows(rows);
            emit shown();
        });
    link_.ask(
        this, [](Desk& desk) { return desk.missing(); },
        [this](const Result<std::vector<service::WaitingView>>& found) {
            if (!found || !open_)
                return;
            waiting_ = *found;
            std::vector<MissingRow> rows;
            for (const service::WaitingView& waiting : waiting_)
                rows.push_back(row(waiting));
            missing_.setRows(rows);
            emit shown();
        });
}

void ApartController::tell(Errc code)
{
    const wording::Trouble trouble = wording::workApart(code);
    problem_ = trouble.title;
    advice_ = trouble.advice;
}

bool ApartController::begin()
{
    if (working_ || !link_.isOpen())
        return false;
    working_ = true;
    return true;
}

void ApartController::enterAgain(int line)
{
    if (line < 0 || line >= static_cast<int>(apart_.size()) || !begin())
        return;
    clearOutcome();
    emit shown();
    const service::ApartView& view = apart_[static_cast<std::size_t>(line)].view;
    std::set<std::uint64_t> changes;
    for (const service::ApartEntry& entry : view.entries)
        changes.insert(entry.seq);
    link_.ask(
        this,
        [caseId = view.caseId, device = view.device, life = view.life, changes](Desk& desk) -> Status {
            for (const std::uint64_t change : changes)
                TEREN_CHECK(desk.adopt(caseId, device, life, change));
            return {};
        },
        [this](const Status& done) {
            working_ = false;
            if (done) {
                report_ = tr("It was entered again, as yours.");
                reportAdvice_ = tr("What others have written since stands beside it, under Conflicts.");
            } else {
                tell(done.error().code);
            }
            emit shown();
            if (done)
                emit link_.changed();
        });
}

void ApartController::askToGoOn(int line)
{
    if (line < 0 || line >= static_cast<int>(waiting_.size()))
        return;
    clearOutcome();
    const service::WaitingView& waiting = waiting_[static_cast<std::size_t>(line)];
    wish_ = service::VoidWish{.device = waiting.device, .caseId = waiting.caseId, .early = !waiting.overdue};
    question_ = tr("Go on in “%1” without %n change(s) of %2?", nullptr,
                   static_cast<int>(waiting.to - waiting.from + 1))
                    .arg(wording::text(waiting.caseTitle), signature(waiting.by));
    questionAdvice_
        = tr("They would have no effect any more, on any device, also if they arrive later. Whoever wrote "
             "them can enter them again. It cannot be taken back, so ask that person first.");
    emit shown();
}

void ApartController::cancel()
{
    clearOutcome();
    emit shown();
}

void ApartController::confirm()
{
    if (!wish_ || !begin())
        return;
    const service::VoidWish wish = *wish_;
    clearOutcome();
    emit shown();
    link_.ask(
        this, [wish](Desk& desk) { return desk.voidWork(wish); },
        [this](const Result<service::VoidReport>& done) {
            working_ = false;
            if (done) {
                report_ = tr("The case goes on without it.");
                reportAdvice_ = done->published
                    ? tr("The office has it, and every device gets it with its next synchronisation.")
                    : tr("The office gets it with the next synchronisation of this device, the others after "
                         "that.");
            } else {
                tell(done.error().code);
            }
            emit shown();
            if (done)
                emit link_.changed();
        });
}

void ApartController::writeEvidence(const QString& folder)
{
    if (!begin())
        return;
    clearOutcome();
    emit shown();
    link_.askBeyond(
        this, [folder = folder.toStdString()](Desk& desk) { return desk.exportEvidence(folder); },
        [this](const Result<std::string>& written) {
            working_ = false;
            if (written) {
                report_ = tr("Written: %1").arg(QDir::toNativeSeparators(wording::text(*written)));
                reportAdvice_ = tr("Anybody can check it with Teren, without a profile. It holds signatures "
                                   "and nothing about any case.");
            } else if (written.error().code == Errc::NotFound) {
                report_ = tr("There is nothing to prove.");
                reportAdvice_
                    = tr("Neither the server nor a device has signed two things that exclude each other, as "
                         "far as this device knows; or there is no such folder.");
            } else {
                const wording::Trouble trouble = wording::writingBundle(written.error().code);
                problem_ = trouble.title;
                advice_ = trouble.advice;
            }
            emit shown();
        });
}

QString ApartController::entry(const service::ApartView& view, const service::ApartEntry& entry) const
{
    if (entry.field == "@created") {
        const domain::RecordType* type = schemas_.find(entry.value);
        return tr("added: %1")
            .arg(type == nullptr ? wording::text(entry.value) : wording::label(type->label));
    }
    if (entry.field == "@deleted")
        return tr("deleted: %1").arg(wording::text(entry.value));
    // Of a record that it did not make, the work alone does not tell the type: any that has such a field.
    const auto made = std::ranges::find_if(view.entries, [&entry](const service::ApartEntry& one) {
        return one.record == entry.record && one.field == "@created";
    });
    const bool isMade = made != view.entries.end();
    for (const domain::RecordType& type : schemas_.types()) {
        const domain::Field* field = isMade && type.id != made->value ? nullptr : type.find(entry.field);
        if (field != nullptr && !field->internal)
            return tr("%1: %2").arg(wording::label(field->label), rows::words(entry.value, *field));
    }
    return {};
}

ApartRow ApartController::row(const Desk::Apart& apart) const
{
    const service::ApartView& view = apart.view;
    QStringList entries;
    for (const service::ApartEntry& one : view.entries) {
        if (entries.size() == kEntriesShown)
            break;
        if (const QString words = entry(view, one); !words.isEmpty())
            entries.push_back(words);
    }
    if (!view.readable)
        entries.push_back(tr("It cannot be read on this device."));
    const bool isMine = view.by.mine;
    const bool isIssuedAgain = isMine && view.why == "replaced";
    ApartRow row{
        .key = wording::text(view.device.hex()) + QString::number(view.life) + QLatin1Char('/')
            + QString::number(view.from),
        .title = wording::text(apart.caseTitle),
        .detail = isMine ? tr("written by you, %1").arg(wording::moment(view.by.at, clock_.now()))
                         : tr("%1, %2").arg(signature(view.by), wording::moment(view.by.at, clock_.now())),
        .entries = entries.join(QLatin1Char('\n')),
        .stateWords = wording::workApartWhy(view.why, isMine),
        .tone = isIssuedAgain ? Tone::Neutral : Tone::Waiting,
        .canEnter = view.readable && !isIssuedAgain && view.why != "erased"};
    return row;
}

MissingRow ApartController::row(const service::WaitingView& waiting) const
{
    const QString title = waiting.caseTitle.empty() ? tr("A case that has not arrived yet")
                                                    : wording::text(waiting.caseTitle);
    return {
        .key = wording::text(waiting.caseId.hex()) + wording::text(waiting.device.hex())
            + QString::number(waiting.from),
        .title = title,
        .detail = tr("%n change(s) wait", nullptr, static_cast<int>(waiting.waiting)) + QStringLiteral(" · ")
            + tr("for the work of %1, since %2")
                  .arg(signature(waiting.by), wording::moment(waiting.since, clock_.now())),
        .stateWords = waiting.isHere ? tr("here, and does not count")
                                     : (waiting.overdue ? tr("for a week or more") : tr("on its way")),
        .tone = waiting.overdue ? Tone::Waiting : Tone::Neutral};
}

}  // namespace teren
