// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/loss_words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace teren::wording {
namespace {

/// The context of every text here, for the translators' files.
struct LossWords {
    Q_DECLARE_TR_FUNCTIONS(LossWords)
};

constexpr std::size_t kNamedMax = 12;

QString nameOf(const service::LostAttachment& one)
{
    const QString name = QString::fromStdString(one.name);
    const QString told = one.caseName.empty()
        ? name
        : LossWords::tr("%1, case %2").arg(name, QString::fromStdString(one.caseName));
    return one.isContentHere ? LossWords::tr("%1 (its small picture only)").arg(told) : told;
}

/// A line for each that has a name, as far as there is room, and one for the others.
QString namesOf(const std::vector<service::LostAttachment>& lost)
{
    QStringList lines;
    for (const service::LostAttachment& one : lost) {
        if (one.name.empty() || static_cast<std::size_t>(lines.size()) == kNamedMax)
            break;
        lines.push_back(QStringLiteral("• ") + nameOf(one));
    }
    const auto others = static_cast<int>(lost.size()) - static_cast<int>(lines.size());
    if (others > 0 && !lines.isEmpty())
        lines.push_back(QStringLiteral("• ") + LossWords::tr("and %n more", nullptr, others));
    return lines.join(QLatin1Char('\n'));
}

QString withNames(const std::vector<service::LostAttachment>& lost, const QString& advice)
{
    const QString names = namesOf(lost);
    return names.isEmpty() ? advice : names + QLatin1Char('\n') + advice;
}

int countOf(const std::vector<service::LostAttachment>& lost)
{
    return static_cast<int>(lost.size());
}

}  // namespace

Trouble backedUpWithout(const std::vector<service::LostAttachment>& lost)
{
    return {
        LossWords::tr("%n attachment(s) of this profile could not be backed up.", nullptr, countOf(lost)),
        withNames(
            lost,
            LossWords::tr(
                "On this device they are missing, or were changed from outside. All the rest is in "
                "the backup. Keep your earlier backups, they may hold them, and call the person who "
                "looks after the devices."))};
}

Trouble backupWithout(const std::vector<service::LostAttachment>& lost, bool opened)
{
    const QString advice = LossWords::tr(
        "In the backup they are missing, or were changed from outside. All the rest can be brought back. The "
        "profile on this device is not touched by it: make a new backup, and keep this one until that is "
        "checked.");
    if (!opened)
        return {
            LossWords::tr(
                "%n file(s) of attachments cannot be brought back from this backup.", nullptr, countOf(lost)),
            advice + QLatin1Char(' ')
                + LossWords::tr("Which attachments those are shows with its passphrase.")};
    return {
        LossWords::tr("%n attachment(s) cannot be brought back from this backup.", nullptr, countOf(lost)),
        withNames(lost, advice)};
}

Trouble restoredWithout(const std::vector<service::LostAttachment>& lost)
{
    return {
        LossWords::tr("%n attachment(s) could not be brought back from the backup.", nullptr, countOf(lost)),
        withNames(
            lost,
            LossWords::tr("All the rest is here. Keep the backup, and look for them in an earlier one or on "
                          "the old device; whoever added them may still have the files."))};
}

}  // namespace teren::wording
