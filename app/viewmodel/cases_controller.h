// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/draft_keeper.h"
#include "app/viewmodel/lists.h"

#include <QObject>

#include <map>
#include <vector>

namespace teren {

/// All cases on this device, and the search over everything in them.
class CasesController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged FINAL)
    Q_PROPERTY(int total READ total NOTIFY shown FINAL)
    Q_PROPERTY(teren::CaseList* cases READ cases CONSTANT FINAL)

public:
    CasesController(DeskLink& link, const Clock& clock, QObject* parent = nullptr);

    QString query() const { return query_; }
    /// Cases whose title, number, place or any record holds this; all cases if it is empty.
    void setQuery(const QString& query);
    int total() const { return static_cast<int>(known_.size()); }
    CaseList* cases() { return &cases_; }

    /// Opens a new case; `caseMade` follows.
    Q_INVOKABLE void newCase(const QString& title, const QString& number);
    /// A new case as far as it is typed: kept as a draft until it is made, or given up.
    Q_INVOKABLE void keepTyped(const QString& title, const QString& number);
    /// Asks for what was typed before; `typedFound` answers if there is anything.
    Q_INVOKABLE void findTyped();
    Q_INVOKABLE void giveUp() { draft_.drop(); }
    DeskLink::LastWork parting() { return draft_.parting(); }
    void refresh();

signals:
    void typedFound(const QString& title, const QString& number);
    void queryChanged();
    void shown();
    void caseMade(const QString& caseId);
    void refused(const QString& problem);

private:
    struct Known {
        CaseRow row;
        QString names;  ///< Title, number and place, as they are searched.
    };
    /// Where a search over the records met its words, by the case.
    using Hits = std::map<QString, QString>;

    static Result<std::vector<Known>> read(Desk& desk);
    void search();
    /// Shows what fits the query: by name from memory at once, by what is written when the search is back.
    void show();

    DeskLink& link_;
    DraftKeeper draft_;
    QString query_;
    std::vector<Known> known_;  ///< All cases, by title.
    Hits hits_;
    QString hitsFor_;  ///< The words that `hits_` answer.
    CaseList cases_;
};

}  // namespace teren
