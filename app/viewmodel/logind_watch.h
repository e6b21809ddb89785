// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/session_watch.h"

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QDBusUnixFileDescriptor>

namespace teren {

/// Hears from systemd-logind that the machine goes to sleep or that the session is locked, and from UPower
/// that the lid was closed where that does not put it to sleep.
///
/// Holds a delay inhibitor, so that the machine waits, for as long as logind allows (5 s as it comes), until
/// the vault is closed. Where there is no system bus or no logind, nothing is ever heard and nothing is
/// missing but that. Interfaces: org.freedesktop.login1(5), the D-Bus API of systemd; org.freedesktop.UPower.
class LogindWatch : public SessionWatch {
    Q_OBJECT

public:
    explicit LogindWatch(const QDBusConnection& bus, QObject* parent = nullptr);

    void readyToSleep() override;

private slots:
    void prepareForSleep(bool before);
    void upowerChanged(const QString& interface, const QVariantMap& changed, const QStringList& invalidated);

private:
    void greet();
    void inhibit();
    void findSession();
    void listenTo(const QString& sessionPath);

    QDBusConnection bus_;
    QDBusServiceWatcher logind_;
    QDBusUnixFileDescriptor inhibitor_;  ///< Logind waits as long as it is open.
    QString sessionPath_;
    bool sleeping_ = false;
};

}  // namespace teren
