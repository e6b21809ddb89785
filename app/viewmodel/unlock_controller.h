// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace teren {

/// The unlock page's verbs and state, and the third fact of the top strip: locked, or unlocked and as whom.
class UnlockController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString profile READ profile CONSTANT FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString advice READ advice NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString person READ person NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString office READ office NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString model READ model NOTIFY stateChanged FINAL)

public:
    enum State {
        Locked,
        Unlocking,
        Failed,  ///< Locked, and `problem` says why.
        Open
    };
    Q_ENUM(State)

    /// @param profile What the profile is called on this device, before anything of it can be read.
    UnlockController(DeskLink& link, QString profile, QObject* parent = nullptr);

    State state() const { return state_; }
    QString profile() const { return profile_; }
    QString problem() const;
    QString advice() const;
    QString person() const { return QString::fromStdString(holder_.person); }
    QString office() const { return QString::fromStdString(holder_.workspace); }
    QString model() const;

    Q_INVOKABLE void unlock(const QString& passphrase);
    Q_INVOKABLE void lock();
    /// Words of the language that is set now.
    void retranslate() { emit stateChanged(); }

signals:
    void stateChanged();

private:
    void enter(State state);
    void finish(const Result<Desk::Holder>& answer);

    DeskLink& link_;
    QString profile_;
    State state_ = State::Locked;
    Errc error_ = Errc::Locked;
    Desk::Holder holder_;
};

}  // namespace teren
