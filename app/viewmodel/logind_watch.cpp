// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/logind_watch.h"

#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace teren {
namespace {

const QString kLogind = QStringLiteral("org.freedesktop.login1");
const QString kManagerPath = QStringLiteral("/org/freedesktop/login1");
const QString kManager = QStringLiteral("org.freedesktop.login1.Manager");
const QString kSession = QStringLiteral("org.freedesktop.login1.Session");
const QString kUpower = QStringLiteral("org.freedesktop.UPower");

QDBusMessage toManager(const QString& method)
{
    return QDBusMessage::createMethodCall(kLogind, kManagerPath, kManager, method);
}

}  // namespace

LogindWatch::LogindWatch(const QDBusConnection& bus, QObject* parent)
    : SessionWatch(parent),
      bus_(bus),
      logind_(kLogind, bus, QDBusServiceWatcher::WatchForRegistration)
{
    if (!bus_.isConnected())
        return;
    bus_.connect(
        kLogind, kManagerPath, kManager, QStringLiteral("PrepareForSleep"), this,
        SLOT(prepareForSleep(bool)));
    bus_.connect(
        kUpower, QStringLiteral("/org/freedesktop/UPower"), QStringLiteral("org.freedesktop.DBus.Properties"),
        QStringLiteral("PropertiesChanged"), this, SLOT(upowerChanged(QString, QVariantMap, QStringList)));
    connect(&logind_, &QDBusServiceWatcher::serviceRegistered, this, &LogindWatch::greet);
    greet();
}

void LogindWatch::greet()
{
    sleeping_ = false;
    inhibit();
    findSession();
}

void LogindWatch::inhibit()
{
    QDBusMessage ask = toManager(QStringLiteral("Inhibit"));
    // Shown by the desktop to whoever asks what keeps the machine awake: no name of anybody, no case.
    ask << QStringLiteral("sleep") << QStringLiteral("Teren") << QStringLiteral("Locks the case files first")
        << QStringLiteral("delay");
    const auto* call = new QDBusPendingCallWatcher(bus_.asyncCall(ask), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *done;
        if (!reply.isError() && !sleeping_)
            inhibitor_ = reply.value();
        done->deleteLater();
    });
}

void LogindWatch::findSession()
{
    // A program that the desktop starts as a service of its own is in no session, but is told which one is
    // meant.
    const QString named = qEnvironmentVariable("XDG_SESSION_ID");
    QDBusMessage ask
        = toManager(named.isEmpty() ? QStringLiteral("GetSessionByPID") : QStringLiteral("GetSession"));
    if (named.isEmpty())
        ask << 0U;
    else
        ask << named;
    const auto* call = new QDBusPendingCallWatcher(bus_.asyncCall(ask), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusObjectPath> reply = *done;
        if (!reply.isError())
            listenTo(reply.value().path());
        done->deleteLater();
    });
}

void LogindWatch::listenTo(const QString& sessionPath)
{
    const QString lock = QStringLiteral("Lock");
    if (!sessionPath_.isEmpty())
        bus_.disconnect(kLogind, sessionPath_, kSession, lock, this, SIGNAL(locking()));
    sessionPath_ = sessionPath;
    bus_.connect(kLogind, sessionPath_, kSession, lock, this, SIGNAL(locking()));
}

void LogindWatch::prepareForSleep(bool before)
{
    sleeping_ = before;
    if (before)
        emit locking();
    else
        inhibit();
}

void LogindWatch::upowerChanged(
    const QString& interface, const QVariantMap& changed, const QStringList& invalidated)
{
    Q_UNUSED(invalidated)
    if (interface == kUpower && changed.value(QStringLiteral("LidIsClosed")).toBool())
        emit locking();
}

void LogindWatch::readyToSleep()
{
    if (sleeping_)
        inhibitor_ = {};
}

}  // namespace teren
