// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/lists.h"
#include "app/viewmodel/long_work.h"
#include "app/viewmodel/trouble.h"

#include <QImage>
#include <QObject>

#include <map>

namespace teren {

/// Photos and other files of a case, and the one that is open. What is shown is decrypted in memory only;
/// nothing is written unsealed but by `exportTo`. A locked window has none of it.
class AttachmentsController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(teren::AttachmentList* attachments READ attachments CONSTANT FINAL)
    Q_PROPERTY(bool adding READ adding NOTIFY shown FINAL)
    Q_PROPERTY(int addingPercent READ addingPercent NOTIFY shown FINAL)
    Q_PROPERTY(bool stopping READ stopping NOTIFY shown FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(QString advice READ advice NOTIFY shown FINAL)
    Q_PROPERTY(State state READ state NOTIFY shown FINAL)
    Q_PROPERTY(QString recordId READ recordId NOTIFY shown FINAL)
    Q_PROPERTY(QString caseId READ caseId NOTIFY shown FINAL)
    Q_PROPERTY(QString name READ name NOTIFY shown FINAL)
    Q_PROPERTY(QString detail READ detail NOTIFY shown FINAL)
    Q_PROPERTY(bool isPicture READ isPicture NOTIFY shown FINAL)
    Q_PROPERTY(QImage picture READ picture NOTIFY shown FINAL)
    Q_PROPERTY(bool working READ working NOTIFY shown FINAL)
    Q_PROPERTY(QString openProblem READ openProblem NOTIFY shown FINAL)
    Q_PROPERTY(QString openAdvice READ openAdvice NOTIFY shown FINAL)
    Q_PROPERTY(QString report READ report NOTIFY shown FINAL)
    Q_PROPERTY(QString reportAdvice READ reportAdvice NOTIFY shown FINAL)

public:
    enum State {
        Nothing,
        Loading,
        Shown,
        Missing  ///< It is not in the case any more.
    };
    Q_ENUM(State)

    /// No side of a picture is shown with more pixels: a screen has no more, and memory is dear.
    static constexpr std::uint32_t kSideMax = 2560;

    AttachmentsController(DeskLink& link, const Clock& clock, QObject* parent = nullptr);

    /// Of the case, or of one of its records, that was listed last; newest first.
    AttachmentList* attachments() { return &attachments_; }
    bool adding() const { return adding_.isRunning(); }
    /// How far, from 0 to 100; -1 while nobody knows.
    int addingPercent() const { return adding_.percent(); }
    bool stopping() const { return adding_.isStopping(); }
    /// Of adding.
    QString problem() const { return problem_; }
    QString advice() const { return advice_; }

    // The one that is open.

    State state() const { return state_; }
    QString recordId() const { return open_; }
    QString caseId() const { return caseId_; }
    QString name() const { return row_.name; }
    QString detail() const { return row_.detail; }
    bool isPicture() const { return row_.isPicture; }
    QImage picture() const { return picture_; }
    bool working() const { return working_; }
    QString openProblem() const { return openProblem_; }
    QString openAdvice() const { return openAdvice_; }
    QString report() const { return report_; }
    QString reportAdvice() const { return reportAdvice_; }

    /// @param about  The record that they belong to; empty for all of the case.
    Q_INVOKABLE void list(const QString& caseId, const QString& about);
    /// Takes a file of this machine in; it belongs to what is listed.
    Q_INVOKABLE void add(const QString& path);
    /// What is being added is not, and nothing of it stays.
    Q_INVOKABLE void stopAdding() { adding_.stop(); }
    Q_INVOKABLE void open(const QString& caseId, const QString& recordId);
    /// Lets go of what was open.
    Q_INVOKABLE void close();
    /// Writes the open one, unsealed, into a folder.
    Q_INVOKABLE void exportTo(const QString& folder);
    /// Takes the open one out of the case.
    Q_INVOKABLE void remove();

signals:
    void shown();
    void removed();

private:
    void refresh();
    void show(const std::vector<Desk::Attachment>& found);
    void wantThumbnail(const QString& recordId);
    void showOpen(const std::vector<Desk::Attachment>& found);
    void readPicture();
    /// What was shown of one file, and said about it.
    void forgetShown();
    AttachmentRow row(const Desk::Attachment& attachment) const;
    void finishAdding(const Status& added);
    void tellOpen(const wording::Trouble& words);
    void clear();

    DeskLink& link_;
    const Clock& clock_;
    QString caseId_;
    QString about_;
    AttachmentList attachments_;
    std::map<QString, QImage> thumbnails_;
    LongRun adding_;
    QString problem_;
    QString advice_;
    State state_ = State::Nothing;
    QString open_;
    AttachmentRow row_;
    QImage picture_;
    bool working_ = false;
    QString openProblem_;
    QString openAdvice_;
    QString report_;
    QString reportAdvice_;
};

}  // namespace teren
