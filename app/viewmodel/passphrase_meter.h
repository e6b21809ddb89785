// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace teren {

/// Judges a new passphrase while it is typed, and says in words how to make it better. A page has one beside
/// its fields.
class PassphraseMeter : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY judged FINAL)
    Q_PROPERTY(QStringList known READ known WRITE setKnown NOTIFY judged FINAL)
    Q_PROPERTY(bool accepted READ accepted NOTIFY judged FINAL)
    Q_PROPERTY(int score READ score NOTIFY judged FINAL)
    Q_PROPERTY(QString verdict READ verdict NOTIFY judged FINAL)
    Q_PROPERTY(QString help READ help NOTIFY judged FINAL)

public:
    using QObject::QObject;

    QString text() const { return text_; }
    void setText(const QString& text);
    QStringList known() const { return known_; }
    /// Names that whoever guesses knows: of the person, of the office.
    void setKnown(const QStringList& known);
    bool accepted() const { return accepted_; }
    /// From 0, guessed at once, to 4, strong.
    int score() const { return score_; }
    QString verdict() const;
    QString help() const { return help_; }

signals:
    void judged();

private:
    void judge();

    QString text_;
    QStringList known_;
    bool accepted_ = false;
    int score_ = 0;
    QString help_;
};

}  // namespace teren
