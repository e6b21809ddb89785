// SPDX-License-Identifier: EUPL-1.2
#include <QStandardPaths>
#include <QtQml/QQmlExtensionPlugin>
#include <QtQuickTest>

Q_IMPORT_QML_PLUGIN(Teren_AppPlugin)
Q_IMPORT_QML_PLUGIN(Teren_UiPlugin)
Q_IMPORT_QML_PLUGIN(Teren_TestingPlugin)

namespace teren::test {

class Setup : public QObject {
    Q_OBJECT

public slots:
    /// What a person set on this machine must not reach a test.
    void applicationAvailable()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("Teren"));
        QCoreApplication::setApplicationName(QStringLiteral("teren-tests"));
        QStandardPaths::setTestModeEnabled(true);
    }
};

}  // namespace teren::test

QUICK_TEST_MAIN_WITH_SETUP(teren, teren::test::Setup)

#include "main.moc"
