// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/draft_pace.h"
#include "app/viewmodel/form_answers.h"
#include "app/viewmodel/lists.h"

#include <QObject>
#include <QTimer>

namespace teren {

/// One form, made from its schema: a record that is new or is being changed.
///
/// Every answer goes into a draft on this device at once; nothing reaches the record, and nobody else, before
/// `save`. A draft that was left is found again when the same form is opened. Where a colleague's value
/// arrived for an answer that was being written, both are shown and the person chooses before anything is
/// saved.
class FormController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(State state READ state NOTIFY shown FINAL)
    Q_PROPERTY(QString title READ title NOTIFY shown FINAL)
    Q_PROPERTY(QString caseId READ caseId NOTIFY shown FINAL)
    Q_PROPERTY(QString recordId READ recordId NOTIFY shown FINAL)
    Q_PROPERTY(bool mayTakeFiles READ mayTakeFiles NOTIFY shown FINAL)
    Q_PROPERTY(bool takesFiles READ takesFiles NOTIFY shown FINAL)
    Q_PROPERTY(QString caseTitle READ caseTitle NOTIFY shown FINAL)
    Q_PROPERTY(bool isNew READ isNew NOTIFY shown FINAL)
    Q_PROPERTY(bool isDraft READ isDraft NOTIFY shown FINAL)
    Q_PROPERTY(QString draftSaved READ draftSaved NOTIFY shown FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(QString today READ today NOTIFY shown FINAL)
    Q_PROPERTY(int problems READ problems NOTIFY shown FINAL)
    Q_PROPERTY(teren::SectionList* sections READ sections CONSTANT FINAL)
    Q_PROPERTY(teren::FieldList* fields READ fields CONSTANT FINAL)

public:
    enum State { Nothing, Loading, Editing, Saving };
    Q_ENUM(State)

    FormController(
        DeskLink& link, const Clock& clock, const domain::SchemaSet& schemas, QObject* parent = nullptr);

    State state() const { return state_; }
    QString title() const;
    QString caseTitle() const { return caseTitle_; }
    QString caseId() const { return QString::fromStdString(caseId_.hex()); }
    /// Empty for a new record.
    QString recordId() const { return record_ ? QString::fromStdString(record_->hex()) : QString(); }
    /// Whether photos and files may belong to records of this type, and to this one, which is there already.
    bool mayTakeFiles() const;
    bool takesFiles() const { return record_.has_value() && mayTakeFiles(); }
    bool isNew() const { return !record_.has_value(); }
    /// Whether there are answers that were not saved into the record.
    bool isDraft() const { return answers_.any(); }
    /// When the draft was last written to the disk, "10:14:07"; empty before.
    QString draftSaved() const { return draftSaved_; }
    QString problem() const { return problem_; }
    /// What a press of "today" writes into a date.
    QString today() const;
    /// Answers that are not accepted as they are.
    int problems() const;
    SectionList* sections() { return &sections_; }
    FieldList* fields() { return &fields_; }

    /// @param recordId Empty for a new record.
    Q_INVOKABLE void open(const QString& caseId, const QString& type, const QString& recordId);
    Q_INVOKABLE void setAnswer(const QString& fieldId, const QString& value);
    /// A colleague's value came while this one was being answered: overwrite it, knowing it, or give up one's
    /// own answer.
    Q_INVOKABLE void keepMine(const QString& fieldId);
    Q_INVOKABLE void takeTheirs(const QString& fieldId);
    Q_INVOKABLE void save();
    /// Throws the draft away; the record stays as it was.
    Q_INVOKABLE void discard();
    /// Writes the draft now: the page is being left.
    Q_INVOKABLE void keepDraft();
    /// The same as the last thing that is done at the desk, because the screen is being locked; empty if
    /// there is nothing to write.
    DeskLink::LastWork parting();

signals:
    void shown();
    void saved(const QString& caseId);
    void discarded();

private:
    struct Content {
        service::CaseSummary of;
        service::RecordView view;  ///< Empty for a new record.
        service::Draft draft;
        std::vector<service::RecordView> others;  ///< What a field of this form may name.
    };
    static Result<Content> read(Desk& desk, const service::FormKey& form, const domain::RecordType& type);
    void show(const Content& content);
    void follow();
    void followWith(const Result<service::RecordView>& view);
    void propose(const domain::Field& field);
    std::vector<domain::Section> layout() const;
    FieldRow row(const domain::Field& field, int section) const;
    QVariantList choicesOf(const domain::Field& field) const;
    void updateRow(const std::string& field);
    void answered(const std::string& field);
    void armDraft();
    void draftWritten(const service::FormKey& form, const Status& done);
    bool check();
    int choicesLeft() const;
    void finish(const Status& done);
    void giveUp(const Error& error);
    service::FormKey key() const;

    DeskLink& link_;
    const Clock& clock_;
    const domain::SchemaSet& schemas_;
    State state_ = State::Nothing;
    service::CaseId caseId_;
    const domain::RecordType* type_ = nullptr;
    std::optional<RecordId> record_;
    QString caseTitle_;
    FormAnswers answers_;
    std::vector<service::RecordView> others_;
    DraftPace draftPace_;
    bool draftFailed_ = false;  ///< `problem_` says so.
    QString draftSaved_;
    QString problem_;
    SectionList sections_;
    FieldList fields_;
    QTimer draftTimer_;
};

}  // namespace teren
