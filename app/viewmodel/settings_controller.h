// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QObject>
#include <QTranslator>
#include <QtQml/qqmlregistration.h>

namespace teren {

/// What a person sets for this device: the language of the program and the size of its letters. Nothing of a
/// case.
class SettingsController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program.")
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged FINAL)
    Q_PROPERTY(int textPercent READ textPercent WRITE setTextPercent NOTIFY textPercentChanged FINAL)
    Q_PROPERTY(int lockMinutes READ lockMinutes WRITE setLockMinutes NOTIFY lockMinutesChanged FINAL)
    Q_PROPERTY(QString version READ version CONSTANT FINAL)

public:
    /// Long enough to listen to somebody, short enough for a table where a family sits.
    static constexpr int kLockMinutes = 5;

    /// @param language "pl" or "en"; empty for what was set before, else English on an English system, else
    /// Polish.
    explicit SettingsController(const QString& language, QObject* parent = nullptr);

    QString language() const { return language_; }
    void setLanguage(const QString& language);
    int textPercent() const { return textPercent_; }
    /// From 100 to 200.
    void setTextPercent(int percent);
    int lockMinutes() const { return lockMinutes_; }
    /// After how long without a touch the window is locked: from 1 to 30.
    void setLockMinutes(int minutes);
    QString version() const;

signals:
    void languageChanged();
    void textPercentChanged();
    void lockMinutesChanged();

private:
    void apply(const QString& language);

    QString language_;
    int textPercent_ = 100;
    int lockMinutes_ = kLockMinutes;
    QTranslator own_;
    QTranslator qt_;
};

}  // namespace teren
