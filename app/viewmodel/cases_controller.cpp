// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/cases_controller.h"

#include "app/viewmodel/record_words.h"
#include "app/viewmodel/trouble.h"
#include "app/viewmodel/wording.h"

#include <QCollator>

#include <algorithm>

namespace teren {
namespace {

// The answers that a draft holds.
constexpr const char* kTitle = "title";
constexpr const char* kNumber = "number";

/// Without accents and case, so that "lodz" finds "Łódź". The letter ł has no decomposition.
QString folded(const QString& text)
{
    QString plain;
    for (const QChar letter : text.toLower().normalized(QString::NormalizationForm_D)) {
        if (letter.category() != QChar::Mark_NonSpacing)
            plain += letter == QChar(0x142) ? QLatin1Char('l') : letter;
    }
    return plain;
}

}  // namespace

CasesController::CasesController(DeskLink& link, const Clock& clock, QObject* parent)
    : QObject(parent),
      link_(link),
      draft_(link, clock)
{
    connect(&link_, &DeskLink::opened, this, &CasesController::refresh);
    connect(&link_, &DeskLink::changed, this, &CasesController::refresh);
    connect(&link_, &DeskLink::closed, this, [this] {
        query_.clear();
        known_.clear();
        hits_.clear();
        hitsFor_.clear();
        show();
        emit queryChanged();
    });
}

void CasesController::setQuery(const QString& query)
{
    if (query == query_)
        return;
    query_ = query;
    emit queryChanged();
    show();
    search();
}

void CasesController::newCase(const QString& title, const QString& number)
{
    link_.ask(
        this,
        [title = title.trimmed().toStdString(), number = number.trimmed().toStdString()](Desk& desk) {
            return desk.newCase(title, number);
        },
        [this](const Result<service::CaseSummary>& made) {
            if (!made) {
                emit refused(wording::trouble(made.error().code).title);
                return;
            }
            draft_.drop();
            emit link_.changed();
            emit caseMade(wording::text(made->id.hex()));
        });
}

void CasesController::keepTyped(const QString& title, const QString& number)
{
    draft_.keep({{kTitle, title.toStdString()}, {kNumber, number.toStdString()}});
}

void CasesController::findTyped()
{
    draft_.begin("new-case", [this](const service::FieldValues& kept) {
        const auto of = [&kept](const char* field) {
            const auto found = kept.find(field);
            return found == kept.end() ? QString() : wording::text(found->second);
        };
        emit typedFound(of(kTitle), of(kNumber));
    });
}

void CasesController::refresh()
{
    link_.ask(
        this, [](Desk& desk) { return read(desk); },
        [this](const Result<std::vector<Known>>& known) {
            if (!known)
                return;
            known_ = *known;
            show();
        });
    search();
}

Result<std::vector<CasesController::Known>> CasesController::read(Desk& desk)
{
    TEREN_TRY(const auto cases, desk.cases());
    const QCollator collator;
    std::vector<std::pair<QCollatorSortKey, std::size_t>> order;
    order.reserve(cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i)
        order.emplace_back(collator.sortKey(wording::text(cases[i].title)), i);
    std::ranges::sort(order, [](const auto& a, const auto& b) { return a.first.compare(b.first) < 0; });
    std::vector<Known> known;
    known.reserve(cases.size());
    for (const auto& [key, at] : order) {
        CaseRow row = rows::caseRow(cases[at]);
        QString names = folded(row.title + QLatin1Char(' ') + row.number + QLatin1Char(' ') + row.place);
        known.push_back({std::move(row), std::move(names)});
    }
    return known;
}

void CasesController::search()
{
    const QString words = query_.trimmed();
    if (words.isEmpty())
        return;
    link_.ask(
        this, [words](Desk& desk) { return desk.search(words.toStdString()); },
        [this, words](const Result<std::vector<service::SearchHit>>& found) {
            if (!found || words != query_.trimmed())
                return;
            hits_.clear();
            hitsFor_ = words;
            for (const service::SearchHit& hit : *found)
                hits_.try_emplace(wording::text(hit.caseId.hex()), wording::text(hit.snippet));
            show();
        });
}

void CasesController::show()
{
    const QString words = folded(query_.trimmed());
    // Those of an earlier query say nothing about this one.
    if (hitsFor_ != query_.trimmed())
        hits_.clear();
    std::vector<CaseRow> rows;
    for (const Known& known : known_) {
        const auto hit = hits_.find(known.row.caseId);
        if (hit == hits_.end() && !known.names.contains(words))
            continue;
        rows.push_back(known.row);
        if (hit != hits_.end())
            rows.back().found = hit->second;
    }
    cases_.setRows(rows);
    emit shown();
}

}  // namespace teren
