// SPDX-License-Identifier: EUPL-1.2
#include "app/platform/system_clock.h"
#include "app/platform/worker.h"
#include "app/viewmodel/logind_watch.h"
#include "app/viewmodel/office_doors.h"
#include "app/viewmodel/sample_doors.h"
#include "app/viewmodel/workspace.h"
#include "crypto/process/private_process.h"
#include "crypto/process/standard_streams.h"
#include "crypto/sign/system_random.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPixmapCache>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QTimer>
#include <QtQml/QQmlExtensionPlugin>

#include <cstdio>

// Static QML modules have to be named once by the program that uses them.
Q_IMPORT_QML_PLUGIN(Teren_AppPlugin)
Q_IMPORT_QML_PLUGIN(Teren_UiPlugin)

namespace {

class SampleClock : public teren::Clock {
public:
    teren::Instant now() const override { return teren::SampleDesk::now(); }
};

void useOwnFont()
{
    for (const char* weight : {"Regular", "SemiBold"})
        QFontDatabase::addApplicationFont(
            QStringLiteral(":/qt-project.org/imports/Teren/Ui/fonts/Inter-%1.otf")
                .arg(QLatin1String(weight)));
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(16);
    QGuiApplication::setFont(font);
}

/// After locking: what the pages left in the engine and in caches goes as well, and is wiped as it goes.
void forgetPages(QQmlApplicationEngine& engine)
{
    QTimer::singleShot(0, &engine, [&engine] {
        engine.collectGarbage();
        QPixmapCache::clear();
    });
}

struct Options {
    QString profile;
    QString language;
    bool sample = false;
};

Options parse(const QGuiApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Teren: a case file for social workers, with or without a network."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {QStringLiteral("profile"),
         QStringLiteral("The folder of the profile to open, instead of choosing one of this machine's."),
         QStringLiteral("DIR")},
        {QStringLiteral("language"), QStringLiteral("Polish or English."), QStringLiteral("pl|en")},
        {QStringLiteral("sample"),
         QStringLiteral("Show invented cases, without a profile. Nothing is kept.")},
    });
    parser.process(application);
    return {
        .profile = parser.value(QStringLiteral("profile")),
        .language = parser.value(QStringLiteral("language")),
        .sample = parser.isSet(QStringLiteral("sample"))};
}

}  // namespace

int main(int argc, char* argv[])
{
    teren::keepStandardStreams();
    teren::keepProcessPrivate();
    QGuiApplication application(argc, argv);
    QGuiApplication::setOrganizationName(QStringLiteral("Teren"));
    QGuiApplication::setApplicationName(QStringLiteral("teren"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Teren"));
    QGuiApplication::setApplicationVersion(QStringLiteral(TEREN_VERSION));
    const Options options = parse(application);
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    useOwnFont();

    const auto schemas = teren::domain::SchemaSet::builtIn();
    if (!schemas) {
        std::fprintf(
            stderr, "teren: the schemas of this build are broken: %s\n", schemas.error().detail.c_str());
        return 1;
    }
    const SampleClock sampleClock;
    const teren::platform::SystemClock systemClock;
    teren::SystemRandom random;
    const teren::service::Surroundings around{.clock = systemClock, .random = random, .schemas = *schemas};
    teren::platform::Worker worker;
    teren::SettingsController settings(options.language);
    teren::LogindWatch session(QDBusConnection::systemBus());
    teren::OfficeDoors officeDoors(around, worker);
    teren::SampleDoors sampleDoors;
    const QString named = options.profile.isEmpty() ? QString() : QDir(options.profile).absolutePath();
    using Pace = teren::SyncController::Pace;
    teren::Workspace workspace({
        .worker = worker,
        .clock = options.sample ? static_cast<const teren::Clock&>(sampleClock) : systemClock,
        .random = random,
        .schemas = *schemas,
        .doors = options.sample ? static_cast<teren::Doors&>(sampleDoors) : officeDoors,
        .folder = options.sample ? QStringLiteral("Anna Sowa") : named,
        .settings = settings,
        .session = session,
        .pace = options.sample ? Pace::ByHand : Pace::ByItself,
    });
    QQmlApplicationEngine engine;
    QObject::connect(
        &settings, &teren::SettingsController::languageChanged, &engine, &QQmlEngine::retranslate);
    QObject::connect(&workspace, &teren::Workspace::closed, &engine, [&engine] { forgetPages(engine); });
    // Qt 6.5 has loadFromModule; the oldest Qt we support is 6.4.
    engine.load(QUrl(QStringLiteral("qrc:/qt-project.org/imports/Teren/Ui/Main.qml")));
    return engine.rootObjects().isEmpty() ? 1 : QGuiApplication::exec();
}
