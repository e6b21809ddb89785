// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/lists.h"

#include <QObject>
#include <QVariantList>

namespace teren {

/// Everything that was ever written to one record: what, by whom, when, on which device, over what.
class HistoryController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(State state READ state NOTIFY shown FINAL)
    Q_PROPERTY(QString caseTitle READ caseTitle NOTIFY shown FINAL)
    Q_PROPERTY(QString title READ title NOTIFY shown FINAL)
    Q_PROPERTY(QString standing READ standing NOTIFY shown FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(QString advice READ advice NOTIFY shown FINAL)
    Q_PROPERTY(QVariantList fields READ fields NOTIFY shown FINAL)
    Q_PROPERTY(int field READ field WRITE setField NOTIFY shown FINAL)
    Q_PROPERTY(teren::HistoryList* steps READ steps CONSTANT FINAL)

public:
    enum State { Nothing, Loading, Shown, Missing };
    Q_ENUM(State)

    HistoryController(
        DeskLink& link, const Clock& clock, const domain::SchemaSet& schemas, QObject* parent = nullptr);

    State state() const { return state_; }
    QString caseTitle() const { return QString::fromStdString(history_.caseTitle); }
    QString title() const;
    /// That the record was deleted, in words; empty for a living one.
    QString standing() const;
    QString problem() const { return problem_; }
    QString advice() const { return advice_; }
    /// The fields that were ever written to, in the order of the form; the first stands for all of them. Maps
    /// with `id`, for `field`, and `label`.
    QVariantList fields() const;
    /// Which of `fields` the list is of.
    int field() const { return field_; }
    void setField(int field);
    HistoryList* steps() { return &steps_; }

    Q_INVOKABLE void open(const QString& caseId, const QString& recordId);
    void refresh();

signals:
    void shown();

private:
    void clear(State state);
    void showSteps();
    HistoryRow row(const service::HistoryItem& item, std::size_t at) const;
    QString noteOn(const service::HistoryItem& item) const;
    QString named(const std::string& field) const;
    QString shownValue(const std::string& field, const std::string& value) const;
    QString signature(const service::Authorship& by) const;

    DeskLink& link_;
    const Clock& clock_;
    const domain::SchemaSet& schemas_;
    State state_ = State::Nothing;
    QString caseId_;
    QString recordId_;
    service::RecordHistory history_;
    std::vector<std::string> written_;  ///< Fields, in the order of the form.
    int field_ = 0;
    QString problem_;
    QString advice_;
    HistoryList steps_;
};

}  // namespace teren
