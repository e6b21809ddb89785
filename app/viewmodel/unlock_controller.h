// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <optional>

namespace teren {

/// The unlock page's verbs and state, and the third fact of the top strip: locked, or unlocked and as whom.
class UnlockController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString profile READ profile CONSTANT FINAL)
    Q_PROPERTY(QString folder READ folder CONSTANT FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString advice READ advice NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString lost READ lost NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString lostAdvice READ lostAdvice NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString person READ person NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString office READ office NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString model READ model NOTIFY stateChanged FINAL)
    Q_PROPERTY(Standing standing READ standing NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString code READ code NOTIFY stateChanged FINAL)

public:
    enum State {
        Locked,
        Unlocking,
        Failed,  ///< Locked, and `problem` says why.
        Open
    };
    Q_ENUM(State)

    /// How the profile stands to an office.
    enum Standing {
        Outside,  ///< Belongs to none: nothing can be written, nothing is sent.
        Waiting,  ///< Asked to be let in; `code` is for the person who invited.
        Inside
    };
    Q_ENUM(Standing)

    /// @param folder Where the profile lies. Its name is all that is known of it before it is unlocked.
    UnlockController(DeskLink& link, QString folder, QObject* parent = nullptr);

    State state() const { return state_; }
    QString profile() const { return folder_.section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty); }
    QString folder() const { return folder_; }
    QString problem() const;
    QString advice() const;
    /// What could not be kept when the window was locked, in words; empty if all was.
    QString lost() const;
    QString lostAdvice() const;
    QString person() const { return QString::fromStdString(holder_.person); }
    QString office() const { return QString::fromStdString(holder_.workspace); }
    QString model() const;
    Standing standing() const;
    QString code() const { return QString::fromStdString(holder_.code); }

    Q_INVOKABLE void unlock(const QString& passphrase);
    /// Also while it is being unlocked. @param last, done  As `DeskLink::close`; nothing is done where it is
    /// locked.
    /// @return whether there was anything to lock.
    bool lock(DeskLink::LastWork last = {}, std::function<void(const Status&)> done = {});
    /// The last thing typed before locking could not be written.
    void tellLost(const Error& error);
    /// Words of the language that is set now.
    void retranslate() { emit stateChanged(); }

signals:
    void stateChanged();

private:
    void enter(State state);
    void finish(const Result<Desk::Holder>& answer);
    void refresh();

    DeskLink& link_;
    QString folder_;
    State state_ = State::Locked;
    Errc error_ = Errc::Locked;
    std::optional<Errc> lost_;
    Desk::Holder holder_;
};

}  // namespace teren
