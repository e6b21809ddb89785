// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace teren {

/// The ways into the open profile: changing its passphrase, and the recovery code on paper.
class KeysController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(bool working READ working NOTIFY shown FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(QString advice READ advice NOTIFY shown FINAL)
    Q_PROPERTY(QString done READ done NOTIFY shown FINAL)
    Q_PROPERTY(QString code READ code NOTIFY shown FINAL)
    Q_PROPERTY(QString codeProblem READ codeProblem NOTIFY shown FINAL)
    Q_PROPERTY(QString codeAdvice READ codeAdvice NOTIFY shown FINAL)
    Q_PROPERTY(bool codeMade READ codeMade NOTIFY shown FINAL)
    Q_PROPERTY(QStringList known READ known NOTIFY shown FINAL)
    Q_PROPERTY(QString codeRemoved READ codeRemoved NOTIFY shown FINAL)
    Q_PROPERTY(QString shownName READ shownName NOTIFY shown FINAL)
    Q_PROPERTY(QString nameProblem READ nameProblem NOTIFY shown FINAL)
    Q_PROPERTY(QString nameDone READ nameDone NOTIFY shown FINAL)

public:
    explicit KeysController(DeskLink& link, QObject* parent = nullptr);

    bool working() const { return working_; }
    /// Of changing the passphrase.
    QString problem() const { return problem_; }
    QString advice() const { return advice_; }
    QString done() const { return done_; }
    /// The code that was drawn and not yet typed back; empty otherwise.
    QString code() const { return code_; }
    QString codeProblem() const { return codeProblem_; }
    QString codeAdvice() const { return codeAdvice_; }
    /// Whether a code was typed back since the window was unlocked.
    bool codeMade() const { return codeMade_; }
    QStringList known() const { return known_; }
    /// That the recovery code was removed, in words.
    QString codeRemoved() const { return codeRemoved_; }
    /// What the list of profiles shows for this one; empty for nothing.
    QString shownName() const { return shownName_; }
    QString nameProblem() const { return nameProblem_; }
    QString nameDone() const { return nameDone_; }

    Q_INVOKABLE void change(const QString& current, const QString& fresh);
    Q_INVOKABLE void drawCode();
    Q_INVOKABLE void typeBack(const QString& typed);
    Q_INVOKABLE void removeCode();
    /// @param name  Empty to show nothing.
    Q_INVOKABLE void showName(const QString& name);
    /// What is wrong with a code as far as it is typed, in words; empty for nothing yet.
    Q_INVOKABLE QString typedProblem(const QString& typed) const;
    /// Whether all of it is typed, and rightly as far as its checksum tells.
    Q_INVOKABLE bool isWhole(const QString& typed) const;
    /// Prints the code that was drawn. @return whether there was a printer.
    Q_INVOKABLE bool printCode();
    /// Takes the code and every message off the screen.
    Q_INVOKABLE void forget();

signals:
    void shown();
    void changed();
    void codeTaken();

private:
    void readKnown();
    void readShownName();

    DeskLink& link_;
    bool working_ = false;
    QString problem_;
    QString advice_;
    QString done_;
    QString code_;
    QString codeProblem_;
    QString codeAdvice_;
    bool codeMade_ = false;
    QStringList known_;
    QString codeRemoved_;
    QString shownName_;
    QString nameProblem_;
    QString nameDone_;
};

}  // namespace teren
