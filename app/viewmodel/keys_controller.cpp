// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/keys_controller.h"

#include "app/service/profile.h"
#include "app/viewmodel/recovery_sheet.h"
#include "app/viewmodel/trouble.h"
#include "app/viewmodel/wording.h"

namespace teren {

KeysController::KeysController(DeskLink& link, QObject* parent) : QObject(parent), link_(link)
{
    connect(&link_, &DeskLink::opened, this, &KeysController::readKnown);
    connect(&link_, &DeskLink::opened, this, &KeysController::readShownName);
    connect(&link_, &DeskLink::closed, this, [this] {
        working_ = false;
        codeMade_ = false;
        known_.clear();
        shownName_.clear();
        forget();
    });
}

void KeysController::readKnown()
{
    link_.ask(
        this, [](Desk& desk) { return Result<std::vector<std::string>>(desk.knownWords()); },
        [this](const Result<std::vector<std::string>>& known) {
            known_.clear();
            if (known) {
                for (const std::string& one : *known)
                    known_.push_back(wording::text(one));
            }
            emit shown();
        });
}

void KeysController::forget()
{
    problem_.clear();
    advice_.clear();
    done_.clear();
    code_.clear();
    codeProblem_.clear();
    codeAdvice_.clear();
    codeRemoved_.clear();
    nameProblem_.clear();
    nameDone_.clear();
    emit shown();
}

void KeysController::readShownName()
{
    link_.ask(
        this, [](Desk& desk) { return Result<std::string>(desk.shownName()); },
        [this](const Result<std::string>& name) {
            shownName_ = name ? wording::text(*name) : QString();
            emit shown();
        });
}

void KeysController::showName(const QString& name)
{
    forget();
    link_.ask(
        this, [name = name.trimmed().toStdString()](Desk& desk) { return desk.showName(name); },
        [this, isHiding = name.trimmed().isEmpty()](const Status& done) {
            if (!done)
                nameProblem_ = done.error().code == Errc::Invalid
                    ? tr("This name cannot be shown: it is longer than 60 characters, or has no letters.")
                    : wording::trouble(done.error().code).title;
            else
                nameDone_ = isHiding
                    ? tr("The list shows no name for this profile any more.")
                    : tr("The list shows this name. Everybody who sits down here can read it.");
            readShownName();
        });
}

void KeysController::removeCode()
{
    if (working_)
        return;
    forget();
    working_ = true;
    link_.ask(
        this, [](Desk& desk) { return desk.removeRecoveryCode(); },
        [this](const Status& done) {
            working_ = false;
            if (done) {
                codeMade_ = false;
                codeRemoved_ = tr("The recovery code was removed. The paper opens this profile no more.");
                emit codeTaken();
            } else {
                codeProblem_ = wording::trouble(done.error().code).title;
                codeAdvice_ = tr("The code stays valid.");
            }
            emit shown();
        });
}

void KeysController::change(const QString& current, const QString& fresh)
{
    if (working_)
        return;
    forget();
    working_ = true;
    emit shown();
    link_.ask(
        this,
        [current = current.toStdString(), fresh = fresh.toStdString()](Desk& desk) {
            return desk.changePassphrase(current, fresh);
        },
        [this](const Status& status) {
            working_ = false;
            if (status) {
                done_ = tr("The passphrase was changed. The former one opens this profile no more.");
                emit changed();
            } else if (status.error().code == Errc::WrongPassphrase) {
                problem_ = tr("The present passphrase is another one.");
                advice_ = tr("Nothing was changed.");
            } else if (status.error().code == Errc::Locked) {
                problem_ = tr("There were several wrong tries.");
                advice_ = tr("Nothing was changed. Wait a little, and try again.");
            } else if (status.error().code == Errc::Invalid) {
                problem_ = tr("The new passphrase is too weak.");
                advice_ = tr("Nothing was changed.");
            } else {
                problem_ = wording::trouble(status.error().code).title;
                advice_ = tr("The former passphrase still opens the profile.");
            }
            emit shown();
        });
}

void KeysController::drawCode()
{
    forget();
    link_.ask(
        this, [](Desk& desk) { return desk.drawRecoveryCode(); },
        [this](const Result<std::string>& drawn) {
            if (drawn) {
                code_ = wording::text(*drawn);
            } else {
                codeProblem_ = wording::trouble(drawn.error().code).title;
                codeAdvice_ = tr("No code was made; a former one stays valid.");
            }
            emit shown();
        });
}

void KeysController::typeBack(const QString& typed)
{
    if (working_)
        return;
    working_ = true;
    codeProblem_.clear();
    codeAdvice_.clear();
    emit shown();
    link_.ask(
        this, [typed = typed.toStdString()](Desk& desk) { return desk.confirmRecoveryCode(typed); },
        [this](const Status& status) {
            working_ = false;
            if (status) {
                code_.clear();
                codeMade_ = true;
                emit codeTaken();
            } else if (status.error().code == Errc::Refused || status.error().code == Errc::Invalid) {
                codeProblem_ = tr("This is not the code that was shown.");
                codeAdvice_ = tr(
                    "Compare the paper with the screen, or make a new code. Until one is typed back, none of "
                    "the two opens anything.");
            } else {
                codeProblem_ = wording::trouble(status.error().code).title;
                codeAdvice_ = tr("The code is not valid yet; a former one stays valid.");
            }
            emit shown();
        });
}

QString KeysController::typedProblem(const QString& typed) const
{
    const auto problem = service::recoveryCodeProblem(typed.toStdString());
    if (!problem)
        return {};
    const auto group = static_cast<int>(problem->group);
    switch (problem->kind) {
    case service::TypedCodeProblem::Kind::Incomplete:
        return {};
    case service::TypedCodeProblem::Kind::TooLong:
        return tr("This is longer than a code.");
    case service::TypedCodeProblem::Kind::Character:
        return group > 0 ? tr("Group %1 has a character that no code has.").arg(group)
                         : tr("There is a character that no code has.");
    case service::TypedCodeProblem::Kind::Group:
        return tr("Group %1 is mistyped.").arg(group);
    case service::TypedCodeProblem::Kind::Whole:
        return tr("The groups do not belong together. Are they in order?");
    }
    return {};
}

bool KeysController::isWhole(const QString& typed) const
{
    return !service::recoveryCodeProblem(typed.toStdString());
}

bool KeysController::printCode()
{
    return printRecoverySheet(code_);
}

}  // namespace teren
