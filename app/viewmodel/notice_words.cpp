// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/notice_words.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>
#include <optional>

namespace teren::wording {
namespace {

struct Known {
    const char* pattern;  ///< A star stands for any words: a name, a number.
    const char* words;    ///< %1 is what the first star stood for.
};

constexpr std::array kKnown{
    Known{
        "This profile was restored from a backup*. The old device, if it still exists, has the same keys, *",
        QT_TRANSLATE_NOOP(
            "NoticeWords",
            "This profile was restored from a backup. The old device, if it still exists, has the same keys, "
            "and they are valid. If it was lost, stolen or given away, tell whoever manages the members, so "
            "that it is removed, and join anew on this device; if you have it, use one of the two and delete "
            "the profile on the other.")},
    Known{
        "A copy of this device, with its keys, goes on under *: it was restored from a backup *",
        QT_TRANSLATE_NOOP(
            "NoticeWords",
            "A copy of this device, with its keys, has begun to work: this profile was restored from a "
            "backup "
            "or put back to an older state somewhere. If you did not do that, or the old device was lost, "
            "stolen or given away, its keys are in other hands: have the device removed, and join anew.")},
    Known{
        "Device * goes on under *: it was restored from a backup *",
        QT_TRANSLATE_NOOP(
            "NoticeWords",
            "Device %1 was restored from a backup or put back to an older state, or a copy of it is in use. "
            "Ask its owner. If nobody of you did that, or the old device was lost, stolen or given away, its "
            "keys are in other hands: have the device removed, and its owner join anew.")},
    Known{
        "This profile was put back to an older state, from a backup or a copy. Nothing was lost: *",
        QT_TRANSLATE_NOOP(
            "NoticeWords",
            "This profile was put back to an older state, from a backup or a copy. Nothing was lost: the "
            "server sent again what was missing here. If you restored it yourself, nothing is left to do; if "
            "not, tell the administrator, and use no copy of this profile.")},
    Known{
        "This profile is in use in two places: a copy of it has sent other work. Nothing was lost: *",
        QT_TRANSLATE_NOOP(
            "NoticeWords",
            "This profile is in use in two places: a copy of it has sent other work. Nothing was lost: the "
            "server sent again what was missing here. If you restored it yourself, nothing is left to do; if "
            "not, tell the administrator, and use no copy of this profile.")},
    Known{
        "The search index of * records was not what the records hold; *",
        QT_TRANSLATE_NOOP(
            "NoticeWords",
            "The search did not show all that the records hold (%1 of them); it was made anew from them. "
            "Nothing was lost.")},
    Known{
        "When this profile was opened, something in its folder was not as Teren wrote it: *. What you see is "
        "right, *",
        QT_TRANSLATE_NOOP(
            "NoticeWords",
            "When this profile was opened, something in its folder was not as Teren wrote it. What you see "
            "is "
            "right, and what you write is kept. Make a backup, and tell the person who looks after the "
            "devices: %1.")},
    Known{
        "This device's clock is * behind the office's. *",
        QT_TRANSLATE_NOOP(
            "NoticeWords",
            "This device's clock was behind the office's when they were last in contact. Nothing is lost by "
            "that, but what is written here is shown with a wrong time. Set the date and the time of this "
            "device.")},
    Known{
        "This device's clock is * ahead of the office's. *",
        QT_TRANSLATE_NOOP(
            "NoticeWords",
            "This device's clock was ahead of the office's when they were last in contact. Nothing is lost "
            "by that, but what is written here is shown with a wrong time. Set the date and the time of this "
            "device.")},
    Known{
        "What was written on this device bears a time that its clock has not reached: *",
        QT_TRANSLATE_NOOP(
            "NoticeWords",
            "What was written on this device bears a time that its clock has not reached. The clock was "
            "ahead then, or is behind now. Nothing is lost by that: check the date and the time of this "
            "device.")},
    Known{
        "The members' log does not take the new life of this device*",
        QT_TRANSLATE_NOOP(
            "NoticeWords",
            "The office no longer takes what this device writes: it was restored or put back, and is not a "
            "member any more. Everything is saved here. Tell whoever manages the members.")},
    Known{
        "This device cannot ask for the keys that it was granted and cannot open.",
        QT_TRANSLATE_NOOP(
            "NoticeWords",
            "Some cases that were shared with this device cannot be opened on it. Tell whoever shared "
            "them.")},
};

/// What the stars of `pattern` stand for in `text`; nothing if it does not fit.
std::optional<QStringList> fitted(const QString& pattern, const QString& text)
{
    const QStringList literals = pattern.split(QLatin1Char('*'));
    if (!text.startsWith(literals.front()))
        return std::nullopt;
    QStringList found;
    qsizetype at = literals.front().size();
    for (qsizetype i = 1; i < literals.size(); ++i) {
        const bool isLast = i == literals.size() - 1;
        const qsizetype next = isLast && literals[i].isEmpty() ? text.size() : text.indexOf(literals[i], at);
        if (next < 0)
            return std::nullopt;
        found.push_back(text.sliced(at, next - at));
        at = next + literals[i].size();
    }
    return at == text.size() ? std::optional(found) : std::nullopt;
}

}  // namespace

QString notice(const std::string& english)
{
    const QString text = QString::fromStdString(english);
    for (const Known& known : kKnown) {
        const std::optional<QStringList> parts = fitted(QString::fromLatin1(known.pattern), text);
        if (!parts)
            continue;
        QString words = QCoreApplication::translate("NoticeWords", known.words);
        if (words.contains(QLatin1String("%1")) && !parts->isEmpty())
            words = words.arg(parts->front());
        return words;
    }
    return text;
}

}  // namespace teren::wording
