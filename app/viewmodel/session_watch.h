// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QObject>

namespace teren {

/// What the desktop says about the session: it is being locked, or the machine goes to sleep. Declared here
/// by its user; `LogindWatch` hears it from systemd-logind.
class SessionWatch : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Everything is closed: the machine need not wait for this program any longer.
    virtual void readyToSleep() = 0;

signals:
    /// Lock now.
    void locking();
};

}  // namespace teren
