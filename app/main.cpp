// SPDX-License-Identifier: EUPL-1.2
#include "app/platform/system_clock.h"
#include "app/platform/worker.h"
#include "app/viewmodel/logind_watch.h"
#include "app/viewmodel/office_desk.h"
#include "app/viewmodel/sample_desk.h"
#include "app/viewmodel/workspace.h"
#include "crypto/process/private_process.h"
#include "crypto/process/standard_streams.h"
#include "crypto/sign/system_random.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QtQml/QQmlExtensionPlugin>

#include <cstdio>
#include <filesystem>

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
        {QStringLiteral("profile"), QStringLiteral("The folder of the profile to open."),
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

teren::DeskLink::Opener openSample()
{
    return [](const std::string&) -> teren::Result<std::unique_ptr<teren::Desk>> {
        return std::make_unique<teren::SampleDesk>();
    };
}

teren::DeskLink::Opener openProfile(
    const QString& profile, teren::service::Surroundings around, teren::platform::Worker& worker)
{
    const std::filesystem::path folder = profile.toStdU16String();
    return [folder, around,
            &worker](const std::string& passphrase) -> teren::Result<std::unique_ptr<teren::Desk>> {
        TEREN_TRY(auto office, teren::service::Office::open(folder, passphrase, around));
        return std::make_unique<teren::OfficeDesk>(std::move(office), worker);
    };
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
    if (!options.sample && options.profile.isEmpty()) {
        std::fputs("teren: which profile? Use --profile DIR, or --sample to look around.\n", stderr);
        return 2;
    }
    const SampleClock sampleClock;
    const teren::platform::SystemClock systemClock;
    teren::SystemRandom random;
    const teren::service::Surroundings around{.clock = systemClock, .random = random, .schemas = *schemas};
    teren::platform::Worker worker;
    teren::SettingsController settings(options.language);
    teren::LogindWatch session(QDBusConnection::systemBus());
    using Pace = teren::SyncController::Pace;
    teren::Workspace workspace({
        .worker = worker,
        .clock = options.sample ? static_cast<const teren::Clock&>(sampleClock) : systemClock,
        .random = random,
        .schemas = *schemas,
        .opener = options.sample ? openSample() : openProfile(options.profile, around, worker),
        .folder = options.sample ? QStringLiteral("Anna Sowa") : QDir(options.profile).absolutePath(),
        .settings = settings,
        .session = session,
        .pace = options.sample ? Pace::ByHand : Pace::ByItself,
    });
    QQmlApplicationEngine engine;
    QObject::connect(
        &settings, &teren::SettingsController::languageChanged, &engine, &QQmlEngine::retranslate);
    // Qt 6.5 has loadFromModule; the oldest Qt we support is 6.4.
    engine.load(QUrl(QStringLiteral("qrc:/qt-project.org/imports/Teren/Ui/Main.qml")));
    return engine.rootObjects().isEmpty() ? 1 : QGuiApplication::exec();
}
