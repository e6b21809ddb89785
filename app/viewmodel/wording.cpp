// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/wording.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

namespace teren::wording {
namespace {

/// The context of every text here, for the translators' files.
struct Wording {
    Q_DECLARE_TR_FUNCTIONS(Wording)
};

bool isPolish()
{
    return QLocale().language() == QLocale::Polish;
}

struct StageName {
    const char* id;
    const char* name;
};

// The path of a case in the rural model, and how it may end.
constexpr std::array kStages{
    StageName{"zgloszenie", QT_TRANSLATE_NOOP("Wording", "Referral")},
    StageName{"karta", QT_TRANSLATE_NOOP("Wording", "Card")},
    StageName{"zgoda", QT_TRANSLATE_NOOP("Wording", "Consent")},
    StageName{"wywiad", QT_TRANSLATE_NOOP("Wording", "Interview")},
    StageName{"diagnoza", QT_TRANSLATE_NOOP("Wording", "Diagnosis")},
    StageName{"ipw", QT_TRANSLATE_NOOP("Wording", "IPW")},
    StageName{"realizacja", QT_TRANSLATE_NOOP("Wording", "Realisation")},
    StageName{"ewaluacja", QT_TRANSLATE_NOOP("Wording", "Evaluation")},
    StageName{"oferta", QT_TRANSLATE_NOOP("Wording", "Offer")},
    StageName{"odmowa", QT_TRANSLATE_NOOP("Wording", "No consent")},
    StageName{"rezygnacja", QT_TRANSLATE_NOOP("Wording", "Resigned")},
    StageName{"cele_osiagniete", QT_TRANSLATE_NOOP("Wording", "Goals achieved")},
    StageName{"przekazanie", QT_TRANSLATE_NOOP("Wording", "Handed over")},
    StageName{"kontynuacja", QT_TRANSLATE_NOOP("Wording", "Continued")},
    StageName{"cofniecie_zgody", QT_TRANSLATE_NOOP("Wording", "Consent withdrawn")},
};

Trouble vaultTrouble(Errc code)
{
    if (code == Errc::TooNew)
        return {
            Wording::tr("This profile was written by a newer version of Teren."),
            Wording::tr("Nothing was changed. Update Teren on this device, then unlock again.")};
    return {
        Wording::tr("The profile was changed from outside, or the disk failed."),
        Wording::tr(
            "Nothing was written. What was confirmed by the office is safe there. Do not delete anything; "
            "call the person who looks after the devices.")};
}

}  // namespace

QDateTime local(Instant moment)
{
    return QDateTime::fromMSecsSinceEpoch(moment.time_since_epoch().count());
}

QDate date(const std::string& iso)
{
    return QDate::fromString(text(iso), Qt::ISODate);
}

QString moment(Instant moment, Instant now)
{
    const QDateTime then = local(moment);
    const QDate today = local(now).date();
    const QString clock = then.time().toString(QStringLiteral("H:mm"));
    if (then.date() == today)
        return clock;
    if (then.date() == today.addDays(-1))
        return Wording::tr("yesterday %1").arg(clock);
    if (then.date().year() == today.year())
        return shortDate(then.date(), now) + QLatin1Char(' ') + clock;
    return shortDate(then.date(), now);
}

QString month(const QDate& day, bool withYear)
{
    static constexpr std::array kRoman{"I",   "II",   "III", "IV", "V",  "VI",
                                       "VII", "VIII", "IX",  "X",  "XI", "XII"};
    const QString name = isPolish() ? QString::fromLatin1(kRoman[static_cast<std::size_t>(day.month() - 1)])
                                    : QLocale().toString(day, QStringLiteral("MMM"));
    return withYear ? name + QChar(0x00A0) + QString::number(day.year()) : name;
}

QString shortDate(const QDate& day, Instant now)
{
    if (!day.isValid())
        return {};
    const bool withYear = day.year() != local(now).date().year();
    return QString::number(day.day()) + QChar(0x00A0) + month(day, withYear);
}

QString longDate(const QDate& day)
{
    return QLocale().toString(day, QStringLiteral("dddd d MMMM"));
}

QString dueIn(const QDate& due, Instant now)
{
    const auto days = static_cast<int>(local(now).date().daysTo(due));
    if (days < 0)
        return Wording::tr("%n day(s) overdue", nullptr, -days);
    if (days == 0)
        return Wording::tr("today");
    if (days == 1)
        return Wording::tr("tomorrow");
    if (days < 28)
        return Wording::tr("in %n day(s)", nullptr, days);
    return Wording::tr("in %n week(s)", nullptr, days / 7);
}

QString age(Instant since, Instant now)
{
    const auto minutes
        = static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(now - since).count());
    if (minutes < 1)
        return Wording::tr("just now");
    if (minutes < 60)
        return Wording::tr("%n min", nullptr, minutes);
    if (minutes < 48 * 60)
        return Wording::tr("%n h", nullptr, minutes / 60);
    return Wording::tr("%n day(s)", nullptr, minutes / (24 * 60));
}

QString label(const domain::LocalText& label)
{
    const bool polish = (isPolish() && !label.pl.empty()) || label.en.empty();
    return text(polish ? label.pl : label.en);
}

QString stage(const std::string& id)
{
    for (const StageName& stage : kStages) {
        if (id == stage.id)
            return QCoreApplication::translate("Wording", stage.name);
    }
    return text(id);
}

QString model(service::Model model)
{
    switch (model) {
    case service::Model::Rural:
        return Wording::tr("rural model");
    case service::Model::UrbanRural:
        return Wording::tr("urban-rural model");
    case service::Model::Urban:
        return Wording::tr("urban model");
    }
    return {};
}

QString author(const service::Authorship& by)
{
    if (by.mine)
        return Wording::tr("You");
    return by.author.empty() ? Wording::tr("Someone not known here yet") : text(by.author);
}

Trouble trouble(Errc code)
{
    switch (code) {
    case Errc::WrongPassphrase:
        return {
            Wording::tr("This passphrase does not open the profile."),
            Wording::tr(
                "Your data is safe and unchanged. Check Caps Lock and the keyboard layout, and try again.")};
    case Errc::Busy:
        return {
            Wording::tr("This profile is open in another program."),
            Wording::tr("Nothing was changed. Close the other window of Teren, then unlock again.")};
    case Errc::NotFound:
        return {
            Wording::tr("This is not on this device."),
            Wording::tr(
                "Nothing was changed. Check the folder of the profile, or synchronise and look again.")};
    case Errc::TooNew:
    case Errc::Damaged:
    case Errc::Forged:
    case Errc::Malformed:
        return vaultTrouble(code);
    case Errc::Disk:
        return {
            Wording::tr("The disk cannot be read or written."),
            Wording::tr("What was saved before is safe on it; the last change was not kept. Is it "
                        "write-protected, or "
                        "was a stick pulled out? Put it back as it was and repeat it.")};
    case Errc::DiskFull:
        return {
            Wording::tr("The disk of this device does not take more."),
            Wording::tr("What was saved before is safe; the last change was not kept. Free some space and "
                        "repeat it.")};
    case Errc::Unreachable:
        return {
            Wording::tr("The office's server does not answer."),
            Wording::tr("Everything is saved on this device and stays queued. Teren tries again by itself.")};
    case Errc::Locked:
        return {Wording::tr("Teren is locked."), Wording::tr("Everything is saved. Unlock to go on.")};
    case Errc::ChangedMeanwhile:
        return {
            Wording::tr("Somebody else wrote here meanwhile."),
            Wording::tr("Nothing of theirs or yours was replaced. Look at both, then decide.")};
    case Errc::Invalid:
    case Errc::LimitExceeded:
    case Errc::Refused:
        return {
            Wording::tr("This was not accepted."),
            Wording::tr("Your draft is kept on this device. Correct what is marked, or decide later.")};
    }
    return {};
}

Trouble opening(Errc code)
{
    if (code == Errc::NotFound)
        return {
            Wording::tr("There is no profile at this place."),
            Wording::tr("If it is on a stick, put the stick in and try again. Nothing was changed.")};
    if (code == Errc::DiskFull)
        return {
            Wording::tr("The disk is full, and the profile cannot be opened on it."),
            Wording::tr("Everything in it is safe. Free some space, without touching the folder of the "
                        "profile, and try "
                        "again.")};
    if (code == Errc::Disk)
        return {
            Wording::tr("The disk with the profile cannot be read or written."),
            Wording::tr("What was saved is safe on it. Is it write-protected, or was the stick pulled out? "
                        "Put it back "
                        "as it was and try again.")};
    return trouble(code);
}

Trouble met(Errc code)
{
    if (code == Errc::Disk)
        return {
            Wording::tr("The disk with this profile cannot be read or written."),
            Wording::tr("What was saved before is safe on it. Is it write-protected, or was a stick pulled "
                        "out? Put it back as it was; what you type is kept as soon as the disk takes it.")};
    return {
        Wording::tr(
            "A part of this profile cannot be read: it was changed from outside, or the disk failed."),
        Wording::tr("Nothing was written over it, and the rest works on. What was confirmed by the office is "
                    "safe there. Do not delete anything; call the person who looks after the devices.")};
}

QString withDetail(const QString& advice, const std::string& detail)
{
    return detail.empty()
        ? advice
        : Wording::tr("%1 For whoever looks after the devices: %2.").arg(advice, text(detail));
}

}  // namespace teren::wording
