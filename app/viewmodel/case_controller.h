// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/lists.h"
#include "app/viewmodel/record_words.h"

#include <QObject>

namespace teren {

/// One case: header with the path of its stages, household, Expectations Card, plan, scales, visits and
/// contacts.
class CaseController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(State state READ state NOTIFY shown FINAL)
    Q_PROPERTY(QString caseId READ caseId NOTIFY shown FINAL)
    Q_PROPERTY(QString title READ title NOTIFY shown FINAL)
    Q_PROPERTY(QString number READ number NOTIFY shown FINAL)
    Q_PROPERTY(QString place READ place NOTIFY shown FINAL)
    Q_PROPERTY(QString stage READ stage NOTIFY shown FINAL)
    Q_PROPERTY(QString safety READ safety NOTIFY shown FINAL)
    Q_PROPERTY(int conflicts READ conflicts NOTIFY shown FINAL)
    Q_PROPERTY(QString cardId READ cardId NOTIFY shown FINAL)
    Q_PROPERTY(QString cardText READ cardText NOTIFY shown FINAL)
    Q_PROPERTY(QString cardWritten READ cardWritten NOTIFY shown FINAL)
    Q_PROPERTY(QString cardState READ cardState NOTIFY shown FINAL)
    Q_PROPERTY(int cardTone READ cardTone NOTIFY shown FINAL)
    Q_PROPERTY(QStringList chartMonths READ chartMonths NOTIFY shown FINAL)
    Q_PROPERTY(teren::StageList* stages READ stages CONSTANT FINAL)
    Q_PROPERTY(QString recordId READ recordId NOTIFY shown FINAL)
    Q_PROPERTY(teren::EntryList* cardScales READ cardScales CONSTANT FINAL)
    Q_PROPERTY(teren::EntryList* household READ household CONSTANT FINAL)
    Q_PROPERTY(teren::EntryList* plan READ plan CONSTANT FINAL)
    Q_PROPERTY(teren::EntryList* events READ events CONSTANT FINAL)
    Q_PROPERTY(teren::ScaleList* scales READ scales CONSTANT FINAL)

public:
    enum State {
        Nothing,
        Loading,
        Shown,
        Missing  ///< Not on this device, or not readable.
    };
    Q_ENUM(State)

    CaseController(
        DeskLink& link, const Clock& clock, const domain::SchemaSet& schemas, QObject* parent = nullptr);

    State state() const { return state_; }
    QString caseId() const { return caseId_; }
    QString title() const { return view_.head.title; }
    QString number() const { return view_.head.number; }
    QString place() const { return view_.head.place; }
    QString stage() const { return view_.head.stage; }
    QString safety() const { return view_.safety; }
    int conflicts() const { return view_.head.conflicts; }
    QString cardId() const { return view_.card.recordId; }
    QString cardText() const { return view_.card.detail; }
    QString cardWritten() const { return view_.card.lead; }
    QString cardState() const { return view_.card.stateWords; }
    int cardTone() const { return view_.card.tone; }
    QStringList chartMonths() const { return view_.months; }
    StageList* stages() { return &stages_; }
    QString recordId() const { return view_.recordId; }
    EntryList* cardScales() { return &cardScales_; }
    EntryList* household() { return &household_; }
    EntryList* plan() { return &plan_; }
    EntryList* events() { return &events_; }
    ScaleList* scales() { return &scales_; }

    Q_INVOKABLE void open(const QString& caseId);
    void refresh();

signals:
    void shown();

private:
    struct View {
        CaseRow head;
        QString safety;
        EntryRow card;
        QStringList months;
        std::vector<StageRow> stages;
        QString recordId;
        std::vector<EntryRow> cardScales;
        std::vector<EntryRow> household;
        std::vector<EntryRow> plan;
        std::vector<EntryRow> events;
        std::vector<ScaleRow> scales;
    };
    static Result<View> read(Desk& desk, const service::CaseId& id, const rows::Context& context);
    void show(const View& view);
    void clear(State state);

    DeskLink& link_;
    const Clock& clock_;
    const domain::SchemaSet& schemas_;
    State state_ = State::Nothing;
    QString caseId_;
    View view_;
    StageList stages_;
    EntryList cardScales_;
    EntryList household_;
    EntryList plan_;
    EntryList events_;
    ScaleList scales_;
};

}  // namespace teren
