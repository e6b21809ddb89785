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

QString fileSize(std::uint64_t bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
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

}  // namespace teren::wording
