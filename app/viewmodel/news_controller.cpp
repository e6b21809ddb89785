// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/news_controller.h"

#include "app/viewmodel/record_words.h"
#include "app/viewmodel/trouble.h"

#include <algorithm>

namespace teren {
namespace {

/// How many fields of one Save are named.
constexpr std::size_t kFieldsNamed = 4;

QString names(const std::vector<std::string>& authors)
{
    QStringList list;
    for (const std::string& author : authors)
        list.push_back(wording::text(author));
    return list.join(QStringLiteral(", "));
}

}  // namespace

NewsController::NewsController(
    DeskLink& link, const Clock& clock, const domain::SchemaSet& schemas, QObject* parent)
    : QObject(parent),
      link_(link),
      clock_(clock),
      schemas_(schemas)
{
    connect(&link_, &DeskLink::opened, this, &NewsController::refresh);
    connect(&link_, &DeskLink::changed, this, &NewsController::refresh);
    connect(&link_, &DeskLink::closed, this, &NewsController::clear);
}

void NewsController::clear()
{
    caseCount_ = 0;
    changeCount_ = 0;
    byCase_.clear();
    known_ = false;
    pageOpen_ = false;
    more_ = false;
    openCaseId_.clear();
    openCase_.clear();
    problem_.clear();
    seen_.clear();
    cases_.clear();
    changes_.clear();
    emit shown();
}

QString NewsController::summary() const
{
    if (caseCount_ == 0)
        return {};
    return tr("%n change(s)", nullptr, changeCount_) + QLatin1Char(' ')
        + tr("in %n case(s)", nullptr, caseCount_);
}

int NewsController::changesOf(const QString& caseId) const
{
    const auto found = byCase_.find(caseId.toStdString());
    return found == byCase_.end() ? 0 : found->second;
}

void NewsController::open(const QString& caseId)
{
    openCaseId_ = caseId;
    openCase_.clear();
    problem_.clear();
    limit_ = kFirst;
    pageOpen_ = true;
    changes_.clear();
    seen_.clear();
    refreshOpen();
}

void NewsController::showMore()
{
    limit_ *= 2;
    refreshOpen();
}

void NewsController::markSeen()
{
    link_.ask(
        this, [seen = seen_](Desk& desk) { return desk.markSeen(seen); },
        [this](const Status& done) {
            if (!done) {
                const wording::Trouble trouble = wording::trouble(done.error().code);
                problem_ = tr("%1 The changes stay on this list. %2").arg(trouble.title, trouble.advice);
                emit shown();
                return;
            }
            problem_.clear();
            emit marked();
            refresh();
        });
}

void NewsController::refresh()
{
    link_.ask(
        this, [](Desk& desk) { return desk.news(); },
        [this](const Result<service::NewsOverview>& overview) {
            if (overview)
                showOverview(*overview);
        });
    if (pageOpen_)
        refreshOpen();
}

void NewsController::refreshOpen()
{
    const auto id = service::CaseId::fromHex(openCaseId_.toStdString());
    const std::optional<service::CaseId> of = id ? std::optional(*id) : std::nullopt;
    link_.ask(
        this, [of, limit = limit_](Desk& desk) { return desk.changes(of, limit); },
        [this, caseId = openCaseId_](const Result<service::ChangeList>& list) {
            if (list && caseId == openCaseId_)
                showOpen(*list);
        });
}

void NewsController::showOverview(const service::NewsOverview& overview)
{
    caseCount_ = static_cast<int>(overview.caseCount);
    changeCount_ = static_cast<int>(overview.changes);
    known_ = true;
    byCase_.clear();
    std::vector<NewsRow> rows;
    for (const service::CaseNews& news : overview.cases) {
        const QString when = wording::moment(news.last, clock_.now());
        const QString who = names(news.authors);
        byCase_[news.caseId.hex()] = static_cast<int>(news.changes);
        rows.push_back(
            {.caseId = wording::text(news.caseId.hex()),
             .title = news.title.empty() ? tr("A case that has not arrived yet") : wording::text(news.title),
             .detail = who.isEmpty() ? when : tr("%1, last %2").arg(who, when),
             .stateWords
             = news.isNew ? tr("new") : tr("%n change(s)", nullptr, static_cast<int>(news.changes))});
    }
    cases_.setRows(rows);
    emit shown();
}

void NewsController::showOpen(const service::ChangeList& list)
{
    std::vector<ChangeRow> rows;
    for (std::size_t i = 0; i < list.items.size(); ++i)
        rows.push_back(row(list.items[i], i));
    if (!openCaseId_.isEmpty() && !list.items.empty())
        openCase_ = wording::text(list.items.front().caseTitle);
    more_ = list.more;
    seen_ = list.seen;
    changes_.setRows(rows);
    emit shown();
}

QString NewsController::deed(const service::ChangeItem& item) const
{
    const domain::RecordType* type = schemas_.find(item.type);
    QStringList fields;
    for (const std::string& id : item.fields) {
        const domain::Field* field = type == nullptr ? nullptr : type->find(id);
        fields.push_back(field == nullptr ? wording::text(id) : wording::label(field->label));
        if (static_cast<std::size_t>(fields.size()) == kFieldsNamed && item.fields.size() > kFieldsNamed) {
            fields.push_back(tr("and %n more", nullptr, static_cast<int>(item.fields.size() - kFieldsNamed)));
            break;
        }
    }
    switch (item.kind) {
    case service::ChangeKind::Created:
        return tr("added");
    case service::ChangeKind::Deleted:
        return tr("deleted");
    case service::ChangeKind::Restored:
        return tr("brought back");
    case service::ChangeKind::Edited:
        break;
    }
    return tr("changed: %1").arg(fields.join(QStringLiteral(", ")));
}

ChangeRow NewsController::row(const service::ChangeItem& item, std::size_t at) const
{
    const domain::RecordType* type = schemas_.find(item.type);
    const QString label = type == nullptr ? wording::text(item.type) : wording::label(type->label);
    const QString title = wording::text(item.recordTitle);
    ChangeRow row{
        .key = wording::text(item.record.hex()) + QLatin1Char('/') + QString::number(at),
        .caseId = wording::text(item.caseId.hex()),
        .recordId = wording::text(item.record.hex()),
        .type = wording::text(item.type),
        .title = title.isEmpty() || title == label ? label : label + QStringLiteral(" · ") + title,
        .detail = tr("%1 · %2, %3")
                      .arg(deed(item), wording::author(item.by), wording::moment(item.by.at, clock_.now())),
        .stateWords = {},
        .openable = type != nullptr && !item.deleted};
    if (openCaseId_.isEmpty())
        row.title = wording::text(item.caseTitle) + QStringLiteral(": ") + row.title;
    switch (item.kind) {
    case service::ChangeKind::Created:
        row.stateWords = tr("new");
        row.tone = Tone::New;
        break;
    case service::ChangeKind::Deleted:
        row.stateWords = tr("deleted");
        row.tone = Tone::Alarm;
        break;
    case service::ChangeKind::Restored:
        row.stateWords = tr("brought back");
        break;
    case service::ChangeKind::Edited:
        break;
    }
    if (item.deleted && item.kind != service::ChangeKind::Deleted)
        row.stateWords = tr("deleted since");
    return row;
}

}  // namespace teren
