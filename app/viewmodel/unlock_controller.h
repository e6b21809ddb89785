// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <chrono>
#include <functional>
#include <optional>

namespace teren {

/// The unlock page's verbs and state, and the third fact of the top strip: locked, or unlocked and as whom.
class UnlockController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString profile READ profile NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString folder READ folder NOTIFY stateChanged FINAL)
    Q_PROPERTY(int waitSeconds READ waitSeconds NOTIFY waitChanged FINAL)
    Q_PROPERTY(QString waitWords READ waitWords NOTIFY waitChanged FINAL)
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

    /// @param folder Where the profile lies; empty while none is chosen.
    UnlockController(DeskLink& link, QString folder, QObject* parent = nullptr);

    State state() const { return state_; }
    /// What is shown of it before it is unlocked: what its owner chose, or the name of the folder that was
    /// named.
    QString profile() const;
    QString folder() const { return folder_; }
    /// Another profile, while locked. @param shown  What its owner chose to show.
    void choose(const QString& folder, const QString& shown);
    /// How long the next try must wait after wrong ones; 0 for not at all.
    int waitSeconds() const { return static_cast<int>(wait_.count()); }
    QString waitWords() const;
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
    /// With the recovery code, for somebody who forgot the passphrase: `fresh` becomes the passphrase and
    /// opens.
    Q_INVOKABLE void recover(const QString& code, const QString& fresh);
    /// Forgets what went wrong: another page asks.
    Q_INVOKABLE void beginAgain();
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
    void waitChanged();

private:
    void enter(State state);
    void finish(const Result<Desk::Holder>& answer);
    void refresh();
    void failWith(const Error& error);
    /// Looks how long to wait, and again in a second as long as that is something.
    void lookAtWait();

    DeskLink& link_;
    QString folder_;
    QString shown_;
    bool recovering_ = false;
    std::chrono::seconds wait_{0};
    QTimer waitTimer_;
    State state_ = State::Locked;
    Errc error_ = Errc::Locked;
    std::string detail_;  ///< For whoever looks after the devices.
    std::optional<Errc> lost_;
    Desk::Holder holder_;
};

}  // namespace teren
