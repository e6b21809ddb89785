// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/passphrase_meter.h"

#include "app/service/passphrase_strength.h"

#include <string>
#include <vector>

namespace teren {
namespace {

QString words(service::PassphraseHelp help)
{
    switch (help) {
    case service::PassphraseHelp::TooShort:
        return PassphraseMeter::tr("Make it longer: at least 8 characters, better four words.");
    case service::PassphraseHelp::TooLong:
        return PassphraseMeter::tr("This is too long.");
    case service::PassphraseHelp::NotText:
        return PassphraseMeter::tr("This is not text.");
    case service::PassphraseHelp::KnownWord:
        return PassphraseMeter::tr("Leave out your own name, the office and words of this work.");
    case service::PassphraseHelp::CommonWord:
        return PassphraseMeter::tr("Leave out names and words that everybody tries first.");
    case service::PassphraseHelp::Repeat:
        return PassphraseMeter::tr("The same again and again makes it no stronger.");
    case service::PassphraseHelp::Sequence:
        return PassphraseMeter::tr("Rows such as abcd or 4321 are tried first.");
    case service::PassphraseHelp::Keyboard:
        return PassphraseMeter::tr("Neighbouring keys are tried first.");
    case service::PassphraseHelp::DateOrYear:
        return PassphraseMeter::tr("Dates and years are tried first.");
    case service::PassphraseHelp::AddWords:
        return PassphraseMeter::tr(
            "Add words that have nothing to do with one another: four or more in all.");
    }
    return {};
}

}  // namespace

void PassphraseMeter::setText(const QString& text)
{
    if (text == text_)
        return;
    text_ = text;
    judge();
}

void PassphraseMeter::setKnown(const QStringList& known)
{
    if (known == known_)
        return;
    known_ = known;
    judge();
}

QString PassphraseMeter::verdict() const
{
    if (text_.isEmpty())
        return {};
    switch (score_) {
    case 0:
        return tr("guessed at once");
    case 1:
        return tr("very weak");
    case 2:
        return tr("weak");
    case 3:
        return tr("good");
    default:
        return tr("strong");
    }
}

void PassphraseMeter::judge()
{
    std::vector<std::string> known;
    known.reserve(static_cast<std::size_t>(known_.size()));
    for (const QString& one : known_)
        known.push_back(one.toStdString());
    const service::PassphraseStrength strength = service::passphraseStrength(text_.toStdString(), known);
    accepted_ = strength.accepted;
    score_ = strength.score;
    QStringList help;
    for (const service::PassphraseHelp one : strength.help)
        help.push_back(words(one));
    // More than two at once nobody reads.
    help_ = text_.isEmpty() ? QString() : help.mid(0, 2).join(QLatin1Char(' '));
    emit judged();
}

}  // namespace teren
