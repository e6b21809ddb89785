// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/lists.h"
#include "app/viewmodel/long_work.h"

#include <QObject>
#include <QStringList>

#include <optional>

namespace teren {

class UnlockController;

/// Backups that are there already: which a folder holds, whether one is whole, and making a profile of one.
/// Works with the profile open or closed; with a figure, and can be stopped.
class BackupsController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(State state READ state NOTIFY shown FINAL)
    Q_PROPERTY(int percent READ percent NOTIFY shown FINAL)
    Q_PROPERTY(bool stopping READ stopping NOTIFY shown FINAL)
    Q_PROPERTY(QString folder READ folder NOTIFY shown FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(QString advice READ advice NOTIFY shown FINAL)
    Q_PROPERTY(QString report READ report NOTIFY shown FINAL)
    Q_PROPERTY(QString reportAdvice READ reportAdvice NOTIFY shown FINAL)
    Q_PROPERTY(QStringList details READ details NOTIFY shown FINAL)
    Q_PROPERTY(QString leftOut READ leftOut NOTIFY shown FINAL)
    Q_PROPERTY(QString leftOutAdvice READ leftOutAdvice NOTIFY shown FINAL)
    Q_PROPERTY(teren::BackupList* found READ found CONSTANT FINAL)

public:
    enum State { Idle, Looking, Checking, Restoring };
    Q_ENUM(State)

    BackupsController(
        DeskLink& link, UnlockController& unlock, const Clock& clock, QObject* parent = nullptr);

    State state() const { return state_; }
    /// From 0 to 100; -1 while nobody knows.
    int percent() const { return work_.percent(); }
    bool stopping() const { return work_.isStopping(); }
    /// Where was looked last.
    QString folder() const { return folder_; }
    QString problem() const { return problem_; }
    QString advice() const { return advice_; }
    QString report() const { return report_; }
    QString reportAdvice() const { return reportAdvice_; }
    /// What exactly is wrong with a damaged backup: English sentences, for whoever looks after the devices.
    QStringList details() const { return details_; }
    /// Of the profile that is open: what the backup could not bring back that it was made of. Until it was
    /// read and `forgetLeftOut`.
    QString leftOut() const;
    QString leftOutAdvice() const;
    BackupList* found() { return &found_; }

    /// The folder of the newest of `found`; empty if there is none.
    Q_INVOKABLE QString newest() const
    {
        return found_.count() == 0 ? QString() : found_.row<BackupRow>(0).folder;
    }
    /// Lists the backups of a folder.
    Q_INVOKABLE void look(const QString& folder);
    /// @param secret  The passphrase or, with `isCode`, the recovery code; empty to read it only.
    Q_INVOKABLE void check(const QString& backup, const QString& secret, bool isCode);
    /// Makes a profile of this machine of the backup and opens it. @param fresh  With a recovery code, the
    /// passphrase that the profile is to have.
    Q_INVOKABLE void restore(const QString& backup, const QString& secret, bool isCode, const QString& fresh);
    Q_INVOKABLE void stop() { work_.stop(); }
    /// Takes everything off the page.
    Q_INVOKABLE void forget();
    Q_INVOKABLE void forgetLeftOut();

signals:
    void shown();
    /// There is a profile, and it is being opened.
    void restored();

private:
    void begin(State state);
    void list(const Result<std::vector<service::BackupReport>>& found);
    void tellCheck(const Result<service::BackupCheck>& check);
    void tellFailure(Errc error);
    void lookForLeftOut();
    QString age(const service::BackupReport& backup) const;

    DeskLink& link_;
    UnlockController& unlock_;
    const Clock& clock_;
    LongWork work_;
    State state_ = State::Idle;
    bool stopped_ = false;
    bool byCode_ = false;
    QString folder_;
    QString problem_;
    QString advice_;
    QString report_;
    QString reportAdvice_;
    QStringList details_;
    std::vector<service::LostAttachment> leftOut_;
    BackupList found_;
};

}  // namespace teren
