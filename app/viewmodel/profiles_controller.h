// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/lists.h"

#include <QObject>

namespace teren {

class UnlockController;

/// The profiles of this machine, and making one.
class ProfilesController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(State state READ state NOTIFY shown FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(QString advice READ advice NOTIFY shown FINAL)
    Q_PROPERTY(bool several READ several CONSTANT FINAL)
    Q_PROPERTY(bool justMade READ justMade NOTIFY shown FINAL)
    Q_PROPERTY(teren::ProfileList* profiles READ profiles CONSTANT FINAL)

public:
    enum State { Reading, Listed, Making, Failed };
    Q_ENUM(State)

    /// @param several  Whether the program was started without naming a profile, so that one is to be chosen.
    ProfilesController(DeskLink& link, UnlockController& unlock, bool several, QObject* parent = nullptr);

    State state() const { return state_; }
    QString problem() const;
    QString advice() const;
    bool several() const { return several_; }
    /// Whether the profile that is open was made a moment ago, and has no recovery code yet.
    bool justMade() const { return justMade_; }
    ProfileList* profiles() { return &profiles_; }

    Q_INVOKABLE void refresh();
    Q_INVOKABLE void choose(int at);
    /// Back to the list.
    Q_INVOKABLE void leave();
    /// Makes a profile and unlocks it. @param show  Whether the list is to show the name.
    Q_INVOKABLE void create(const QString& name, const QString& passphrase, bool show);
    /// The recovery code was made, or is left for later.
    Q_INVOKABLE void settled();

signals:
    void shown();

private:
    void show(const Result<std::vector<Doors::Listed>>& found);
    void enter(State state);

    DeskLink& link_;
    UnlockController& unlock_;
    const bool several_;
    State state_ = State::Reading;
    Errc error_ = Errc::Disk;
    bool justMade_ = false;
    ProfileList profiles_;
};

}  // namespace teren
