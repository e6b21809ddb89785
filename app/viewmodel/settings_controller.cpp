// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/settings_controller.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>

#include <algorithm>

namespace teren {
namespace {

const QString kLanguageKey = QStringLiteral("language");
const QString kTextKey = QStringLiteral("textPercent");
const QString kLockKey = QStringLiteral("lockMinutes");
constexpr int kLockMinutesMax = 30;

QString known(const QString& language, const QString& otherwise)
{
    return language == QLatin1String("pl") || language == QLatin1String("en") ? language : otherwise;
}

QString languageOfSystem()
{
    return QLocale::system().language() == QLocale::English ? QStringLiteral("en") : QStringLiteral("pl");
}

}  // namespace

SettingsController::SettingsController(const QString& language, QObject* parent) : QObject(parent)
{
    const QSettings stored;
    textPercent_ = std::clamp(stored.value(kTextKey, 100).toInt(), 100, 200);
    lockMinutes_ = std::clamp(stored.value(kLockKey, kLockMinutes).toInt(), 1, kLockMinutesMax);
    apply(known(language, known(stored.value(kLanguageKey).toString(), languageOfSystem())));
}

void SettingsController::setLanguage(const QString& language)
{
    if (known(language, {}).isEmpty() || language == language_)
        return;
    apply(language);
    QSettings().setValue(kLanguageKey, language);
    emit languageChanged();
}

void SettingsController::setTextPercent(int percent)
{
    percent = std::clamp(percent, 100, 200);
    if (percent == textPercent_)
        return;
    textPercent_ = percent;
    QSettings().setValue(kTextKey, percent);
    emit textPercentChanged();
}

void SettingsController::setLockMinutes(int minutes)
{
    minutes = std::clamp(minutes, 1, kLockMinutesMax);
    if (minutes == lockMinutes_)
        return;
    lockMinutes_ = minutes;
    QSettings().setValue(kLockKey, minutes);
    emit lockMinutesChanged();
}

QString SettingsController::version() const
{
    return QCoreApplication::applicationVersion();
}

void SettingsController::apply(const QString& language)
{
    QLocale::setDefault(
        language == QLatin1String("pl") ? QLocale(QLocale::Polish, QLocale::Poland)
                                        : QLocale(QLocale::English, QLocale::UnitedKingdom));
    QCoreApplication::removeTranslator(&own_);
    QCoreApplication::removeTranslator(&qt_);
    if (own_.load(QStringLiteral(":/i18n/teren_") + language))
        QCoreApplication::installTranslator(&own_);
    if (qt_.load(QStringLiteral("qt_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&qt_);
    language_ = language;
}

}  // namespace teren
