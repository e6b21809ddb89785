// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/lists.h"

#include <QObject>

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
    explicit CasesController(DeskLink& link, QObject* parent = nullptr);

    QString query() const { return query_; }
    /// Cases whose title, number, place or any record holds this; all cases if it is empty.
    void setQuery(const QString& query);
    int total() const { return total_; }
    CaseList* cases() { return &cases_; }

    /// Opens a new case; `caseMade` follows.
    Q_INVOKABLE void newCase(const QString& title, const QString& number);
    void refresh();

signals:
    void queryChanged();
    void shown();
    void caseMade(const QString& caseId);
    void refused(const QString& problem);

private:
    struct Found {
        std::vector<CaseRow> rows;
        int total = 0;
    };
    static Result<Found> read(Desk& desk, const QString& query);
    void show(const Found& found);

    DeskLink& link_;
    QString query_;
    int total_ = 0;
    CaseList cases_;
};

}  // namespace teren
