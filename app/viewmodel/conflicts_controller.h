// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/draft_keeper.h"
#include "app/viewmodel/lists.h"

#include <QObject>

namespace teren {

/// The conflicts that wait for a decision, and the one that is open on the conflict page.
class ConflictsController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(teren::ConflictList* conflicts READ conflicts CONSTANT FINAL)
    Q_PROPERTY(State state READ state NOTIFY shown FINAL)
    Q_PROPERTY(QString caseTitle READ caseTitle NOTIFY shown FINAL)
    Q_PROPERTY(QString record READ record NOTIFY shown FINAL)
    Q_PROPERTY(QString field READ field NOTIFY shown FINAL)
    Q_PROPERTY(bool hasBase READ hasBase NOTIFY shown FINAL)
    Q_PROPERTY(QString base READ base NOTIFY shown FINAL)
    Q_PROPERTY(QString baseBy READ baseBy NOTIFY shown FINAL)
    Q_PROPERTY(bool bothPossible READ bothPossible NOTIFY shown FINAL)
    Q_PROPERTY(bool writable READ writable NOTIFY shown FINAL)
    Q_PROPERTY(QString proposal READ proposal NOTIFY shown FINAL)
    Q_PROPERTY(QString version READ version NOTIFY shown FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(QString owner READ owner NOTIFY shown FINAL)
    Q_PROPERTY(QString age READ age NOTIFY shown FINAL)
    Q_PROPERTY(QString inForce READ inForce NOTIFY shown FINAL)
    Q_PROPERTY(QString caseId READ caseId NOTIFY shown FINAL)
    Q_PROPERTY(QString recordId READ recordId NOTIFY shown FINAL)
    Q_PROPERTY(int mine READ mine NOTIFY shown FINAL)
    Q_PROPERTY(QString oldestAge READ oldestAge NOTIFY shown FINAL)
    Q_PROPERTY(teren::SideList* sides READ sides CONSTANT FINAL)

public:
    enum State {
        Nothing,
        Undecided,
        Deciding,
        Gone  ///< Decided here or elsewhere since it was opened.
    };
    Q_ENUM(State)

    ConflictsController(
        DeskLink& link, const Clock& clock, const domain::SchemaSet& schemas, QObject* parent = nullptr);

    ConflictList* conflicts() { return &conflicts_; }
    State state() const { return state_; }
    QString caseTitle() const { return QString::fromStdString(open_.caseTitle); }
    QString record() const;
    QString field() const;
    bool hasBase() const { return open_.base.has_value(); }
    QString base() const { return shownValue(open_, open_.base.value_or("")); }
    QString baseBy() const;
    bool bothPossible() const { return open_.bothPossible; }
    /// Whether a third version can be written: not for a deletion, and not where the answer is one of a few.
    bool writable() const;
    /// A text that joins both sides; empty where none could be made.
    QString proposal() const { return QString::fromStdString(open_.proposal); }
    /// Changes when the open conflict is another one, or something was added to it.
    QString version() const { return QString::fromStdString(open_.version); }
    QString problem() const { return problem_; }
    /// Whose decision the open conflict is, and for how long it has waited.
    QString owner() const { return owner_; }
    QString age() const { return age_; }
    /// Of states, the one that counts until it is decided, in words; empty for what has none.
    QString inForce() const;
    QString caseId() const { return QString::fromStdString(open_.caseId.hex()); }
    QString recordId() const { return QString::fromStdString(open_.record.hex()); }
    /// How many of all wait for this person.
    int mine() const;
    /// For how long the first of them has waited; empty with none.
    QString oldestAge() const;
    SideList* sides() { return &sides_; }

    Q_INVOKABLE void open(const QString& key);
    Q_INVOKABLE void keep(int side);
    Q_INVOKABLE void keepBoth();
    Q_INVOKABLE void write(const QString& value);
    /// A third version as far as it is typed: kept as a draft until it is decided.
    Q_INVOKABLE void keepTyped(const QString& value);
    DeskLink::LastWork parting() { return draft_.parting(); }
    void refresh();

signals:
    void shown();
    void decided();
    /// What was typed here before.
    void typedFound(const QString& value);

private:
    void show(std::vector<service::OpenConflict> conflicts);
    void showOpen();
    void decide(service::Decision decision);
    ConflictRow row(const service::OpenConflict& open) const;
    SideRow side(const service::ConflictSide& side, int at) const;
    QString fieldName(const service::ConflictView& conflict) const;
    QString recordName(const service::ConflictView& conflict) const;
    QString shownValue(const service::ConflictView& conflict, const std::string& value) const;
    const domain::Field* schemaField(const service::ConflictView& conflict) const;

    DeskLink& link_;
    const Clock& clock_;
    const domain::SchemaSet& schemas_;
    std::vector<service::OpenConflict> all_;  ///< The one that waits longest first.
    ConflictList conflicts_;
    State state_ = State::Nothing;
    QString openKey_;
    service::ConflictView open_;
    QString owner_;
    QString age_;
    QString problem_;
    DraftKeeper draft_;
    SideList sides_;
};

}  // namespace teren
