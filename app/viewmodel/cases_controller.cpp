// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/cases_controller.h"

#include "app/viewmodel/record_words.h"

#include <QCollator>

#include <algorithm>
#include <map>

namespace teren {
namespace {

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

/// By title, in the order of the language.
void sortByTitle(std::vector<service::CaseSummary>& cases)
{
    const QCollator collator;
    std::vector<std::pair<QCollatorSortKey, std::size_t>> keys;
    keys.reserve(cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i)
        keys.emplace_back(collator.sortKey(wording::text(cases[i].title)), i);
    std::ranges::sort(keys, [](const auto& a, const auto& b) { return a.first.compare(b.first) < 0; });
    std::vector<service::CaseSummary> sorted;
    sorted.reserve(cases.size());
    for (const auto& [key, at] : keys)
        sorted.push_back(std::move(cases[at]));
    cases = std::move(sorted);
}

}  // namespace

CasesController::CasesController(DeskLink& link, QObject* parent) : QObject(parent), link_(link)
{
    connect(&link_, &DeskLink::opened, this, &CasesController::refresh);
    connect(&link_, &DeskLink::changed, this, &CasesController::refresh);
    connect(&link_, &DeskLink::closed, this, [this] {
        query_.clear();
        show({});
        emit queryChanged();
    });
}

void CasesController::setQuery(const QString& query)
{
    if (query == query_)
        return;
    query_ = query;
    emit queryChanged();
    refresh();
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
            emit link_.changed();
            emit caseMade(wording::text(made->id.hex()));
        });
}

void CasesController::refresh()
{
    link_.ask(
        this, [query = query_](Desk& desk) { return read(desk, query); },
        [this, query = query_](const Result<Found>& found) {
            if (found && query == query_)
                show(*found);
        });
}

Result<CasesController::Found> CasesController::read(Desk& desk, const QString& query)
{
    TEREN_TRY(auto cases, desk.cases());
    sortByTitle(cases);
    Found found{.rows = {}, .total = static_cast<int>(cases.size())};
    const QString words = folded(query.trimmed());
    std::map<service::CaseId, QString> hits;
    if (!words.isEmpty()) {
        TEREN_TRY(const auto met, desk.search(query.trimmed().toStdString()));
        for (const service::SearchHit& hit : met)
            hits.try_emplace(hit.caseId, wording::text(hit.snippet));
    }
    for (const service::CaseSummary& summary : cases) {
        CaseRow row = rows::caseRow(summary);
        const auto hit = hits.find(summary.id);
        const bool named = folded(row.title + QLatin1Char(' ') + row.number + QLatin1Char(' ') + row.place)
                               .contains(words);
        if (!named && hit == hits.end())
            continue;
        if (hit != hits.end())
            row.found = hit->second;
        found.rows.push_back(std::move(row));
    }
    return found;
}

void CasesController::show(const Found& found)
{
    cases_.setRows(found.rows);
    total_ = found.total;
    emit shown();
}

}  // namespace teren
