// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/lists.h"
#include "app/viewmodel/record_words.h"

#include <QObject>

namespace teren {

/// Today: the visits of the day and what is due.
class TodayController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(QString heading READ heading NOTIFY shown FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY shown FINAL)
    Q_PROPERTY(teren::VisitList* visits READ visits CONSTANT FINAL)
    Q_PROPERTY(teren::DueList* dues READ dues CONSTANT FINAL)

public:
    /// How far ahead a task is worth showing on the page of today.
    static constexpr int kDaysAhead = 40;

    TodayController(
        DeskLink& link, const Clock& clock, const domain::SchemaSet& schemas, QObject* parent = nullptr);

    QString heading() const;
    QString summary() const;
    VisitList* visits() { return &visits_; }
    DueList* dues() { return &dues_; }

    void refresh();

signals:
    void shown();

private:
    struct Day {
        std::vector<VisitRow> visits;
        std::vector<DueRow> dues;
        QStringList places;
    };
    static Result<Day> read(Desk& desk, const rows::Context& context);
    void show(const Day& day);

    DeskLink& link_;
    const Clock& clock_;
    const domain::SchemaSet& schemas_;
    VisitList visits_;
    DueList dues_;
    QStringList places_;
};

}  // namespace teren
