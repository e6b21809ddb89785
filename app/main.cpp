// SPDX-License-Identifier: EUPL-1.2
#include "app/platform/worker.h"
#include "app/viewmodel/sample_desk.h"
#include "app/viewmodel/workspace.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QtQml/QQmlExtensionPlugin>

#include <cstdio>

// Static QML modules have to be named once by the program that uses them.
Q_IMPORT_QML_PLUGIN(Teren_AppPlugin)
Q_IMPORT_QML_PLUGIN(Teren_UiPlugin)

namespace {

class SystemClock : public teren::Clock {
public:
    teren::Instant now() const override
    {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

class SampleClock : public teren::Clock {
public:
    teren::Instant now() const override { return teren::SampleDesk::now(); }
};

void useOwnFont()
{
    for (const char* weight : {"Regular", "SemiBold"})
        QFontDatabase::addApplicationFont(
            QStringLiteral(":/qt-project.org/imports/Teren/Ui/fonts/Inter-%1.otf").arg(QLatin1String(weight)));
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
    parser.setApplicationDescription(QStringLiteral("Teren: a case file for social workers, with or without a network."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {QStringLiteral("profile"), QStringLiteral("The folder of the profile to open."), QStringLiteral("DIR")},
        {QStringLiteral("language"), QStringLiteral("Polish or English."), QStringLiteral("pl|en")},
        {QStringLiteral("sample"), QStringLiteral("Show invented cases, without a profile. Nothing is kept.")},
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
        std::fprintf(stderr, "teren: the schemas of this build are broken: %s\n", schemas.error().detail.c_str());
        return 1;
    }
    const SampleClock clock;
    teren::platform::Worker worker;
    teren::SettingsController settings(options.language);
    teren::Workspace workspace({
        .worker = worker,
        .clock = clock,
        .schemas = *schemas,
        .opener = [](const std::string&) -> teren::Result<std::unique_ptr<teren::Desk>> {
            return std::make_unique<teren::SampleDesk>();
        },
        .profile = QDir(options.profile).dirName(),
        .settings = settings,
    });
    QQmlApplicationEngine engine;
    QObject::connect(&settings, &teren::SettingsController::languageChanged, &engine, &QQmlEngine::retranslate);
    // Qt 6.5 has loadFromModule; the oldest Qt we support is 6.4.
    engine.load(QUrl(QStringLiteral("qrc:/qt-project.org/imports/Teren/Ui/Main.qml")));
    return engine.rootObjects().isEmpty() ? 1 : QGuiApplication::exec();
}
