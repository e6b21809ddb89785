// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/notice_words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace teren::wording {
namespace {

/// The context of every text here, for the translators' files.
struct NoticeWords {
    Q_DECLARE_TR_FUNCTIONS(NoticeWords)
};

/// In the order of `NoticeKind`. %1 is what the first star of the kind's sentence stands for.
constexpr std::array<const char*, store::kNoticeKinds> kWords{
    // WorkAwaited
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "For 7 days work has waited for earlier work of another device (%4). Where: %1. Nothing is "
        "lost. Ask whether that device can be brought to a network; if it is gone for good, whoever "
        "supervises can have the rest go on without it."),
    // AppliedWordsForged
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "The server told what colleagues' devices have received, in words that those devices have not "
        "signed. None of them was taken. Tell the administrator."),
    // CarriedOfRemoved
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "Work that came here from a colleague and not from the server does not count: the device that "
        "it was written on (%1) has been removed since. It counts again if it turns out that the server "
        "had it before. Where: %3. It is kept on this device."),
    // SearchMadeAnew
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "The search did not show all that the records hold (%1 of them); it was made anew from them. "
        "Nothing was lost."),
    // EvictedRegained
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "The server again has all of a case that is not on this device and that it had lost (%1). Nothing "
        "of that case is lost, and it can be fetched to this device again."),
    // ServerSignedTwoLogs
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "The server has shown one history to this device and another to another device (%3), and has "
        "signed both. Both are kept and can be given to others as evidence. It was put back to an older "
        "state, or it shows people different things: ask whoever runs it."),
    // ServerWentBack
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "The server was put back to an older state, or shows another history than it did before. "
        "Changes of this device that count as unsent until the server has confirmed them again: %6. "
        "Changes of others that are sent to it if it lacks them: %7. All of it is kept on this device. "
        "Tell the administrator."),
    // ServerWentBackAway
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "The server was put back to an older state, or shows another history than it did before. "
        "Changes of this device that count as unsent until the server has confirmed them again: %6. "
        "Changes of others that are sent to it if it lacks them: %7. All of these are kept on this device. "
        "Changes that the server has lost and this device had removed, because a backup of the server on "
        "another machine held them: %8. Do not call them lost: tell the administrator, have the operator "
        "restore that backup, and let the colleagues who still have the case synchronise."),
    // CarriedReplaced
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "Work that came here from a colleague does not count: the server has other work of the same "
        "device (%1) in its place, and that counts. Where: %3. The former is kept on this device. Open "
        "“What does not count, what is missing …” on the page of synchronisation, read it, and enter "
        "again what is still true: its author may not have it any more."),
    // WorkReplaced
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "The server has lost work of a device (%1), and has taken other work of that device in its "
        "place since: that counts now. Where: %3. The lost work is kept on this device. Open “What does "
        "not count, what is missing …” on the page of synchronisation, read it, and enter again what is "
        "still true: its author may not have it any more."),
    // KeyUnopened
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "A key that this device was given does not open (%1). What it is for cannot be read here; "
        "nothing of it is lost. Tell whoever shared it."),
    // KeyNotAnnounced
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "A key that this device was given is another one than was announced (%1), and was not taken. "
        "What it is for cannot be read here; nothing of it is lost. Tell the administrator."),
    // EntriesDiffer
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "Another device (%1) has seen another history of changes than the server has shown to this "
        "device: the server shows different histories, or that device lies. What is on this device is "
        "kept. Tell the administrator."),
    // MembersLogDiffers
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "Another device (%1) has seen other decisions about the members of the office than the server "
        "has shown to this device: the server shows different histories, or that device lies. What is "
        "on this device is kept. Tell the administrator."),
    // Restored
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "This profile was restored from a backup. The old device, if it still exists, has the same "
        "keys, and they are valid. If it was lost, stolen or given away, tell whoever manages the "
        "members, so that it is removed, and join anew on this device; if you have it, use one of the "
        "two and delete the profile on the other."),
    // HeldUp
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "Work of this device waits for work of a colleague that does not count any more. What is "
        "entered now, and what had not been sent, goes on beside it. Nothing was lost; what was sent "
        "already counts again once whoever supervises has decided on what it waits for."),
    // RolledBack
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "This profile was put back to an older state, from a backup or a copy. Nothing was lost: the "
        "server sent again what was missing here. If you restored it yourself, nothing is left to do; "
        "if not, tell the administrator, and use no copy of this profile."),
    // InTwoPlaces
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "This profile is in use in two places: a copy of it has sent other work. Nothing was lost: the "
        "server sent again what was missing here. If you restored it yourself, nothing is left to do; "
        "if not, tell the administrator, and use no copy of this profile."),
    // ClockBehind
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "This device's clock was behind the office's when they were last in contact. Nothing is lost by "
        "that, but what is written here is shown with a wrong time. Set the date and the time of this "
        "device."),
    // ClockAhead
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "This device's clock was ahead of the office's when they were last in contact. Nothing is lost "
        "by that, but what is written here is shown with a wrong time. Set the date and the time of "
        "this device."),
    // StatementsLost
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "The server was put back to an older state, and colleagues have opened cases or decided about "
        "members since. This device takes over what the server has now and decides again what was lost. "
        "Cases opened: %2. Decisions about members, invitations or work: %3. Nothing is missing on this "
        "device; what was given up is kept. Tell the administrator."),
    // OwnCopyWorks
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "A copy of this device, with its keys, has begun to work: this profile was restored from a "
        "backup or put back to an older state somewhere. If you did not do that, or the old device was "
        "lost, stolen or given away, its keys are in other hands: have the device removed, and join "
        "anew."),
    // CopyWorks
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "A device (%1) was restored from a backup or put back to an older state, or a copy of it is in "
        "use. Ask its owner. If nobody of you did that, or the old device was lost, stolen or given "
        "away, its keys are in other hands: have the device removed, and its owner join anew."),
    // ServerKeysChanged
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "The server has other keys. They were accepted on another device (%1), and the server's former "
        "keys confirm them. There is nothing to do."),
    // ServerKeysReplaced
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "The server has other keys. Two administrators have accepted them, the last one on another "
        "device (%1), because the former keys are said to be lost. If the head of the centre does not "
        "know of it, ask both."),
    // LifeNotTaken
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "The office no longer takes what this device writes: it was restored or put back, and is not a "
        "member any more. Everything is saved here. Tell whoever manages the members."),
    // KeysNotTaken
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "Keys with which this device would let others read were not taken: the members have changed "
        "meanwhile. Nothing is lost. If a colleague cannot open a case, tell whoever manages the "
        "members."),
    // CannotAskForKeys
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "Some cases that were shared with this device cannot be opened on it. Tell whoever shared them."),
    // InvitationDropped
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "An invitation that was made on this device is not in force: it does not fit what others have "
        "decided meanwhile. If it is still wanted, make a new one."),
    // InvitationEndDropped
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "The end of an invitation that was decided on this device is not in force: it does not fit what "
        "others have decided meanwhile. Look whether the invitation is still open."),
    // AdmissionDropped
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "A device that was let in here is not in: that does not fit what others have decided meanwhile. "
        "If it is still to be let in, invite it anew."),
    // RemovalDropped
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "The removal of a device (%1) that was decided here is not in force: it does not fit what "
        "others have decided meanwhile. Look whether it is still a member, and remove it again if need "
        "be."),
    // OpeningDropped
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "The opening of a case on this device (%1) does not fit what others have decided meanwhile, and "
        "the office does not have that case. What was written in it is saved here. Tell the "
        "administrator."),
    // VoidDropped
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "It was decided here that work does not count (device: %1, where: %2). That is not in force: it "
        "does not fit what others have decided meanwhile. Look at it again, and decide again if need be."),
    // ServerKeysDropped
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "Other keys of the server that were accepted here are not in force: that does not fit what "
        "others have decided meanwhile. Compare the server's keys again, together with whoever runs it."),
    // DecisionDropped
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "A decision that was made on this device is not in force: it does not fit what others have "
        "decided meanwhile. Tell the administrator."),
    // HeardServerWentBack
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "Another device (%1) says that the server was put back to an older state. What it has lost and "
        "the office's devices hold is sent to it again. Synchronise as always."),
    // HeardStatementsLost
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "Another device (%1) says that the server was put back to an older state, and has lost "
        "decisions about members or cases. What was written after them is taken by the rights that are "
        "in force here. If the server was not put back, tell the administrator."),
    // WrittenAhead
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "What was written on this device bears a time that its clock has not reached. The clock was "
        "ahead then, or is behind now. Nothing is lost by that: check the date and the time of this "
        "device."),
    // FoundAtOpening
    QT_TRANSLATE_NOOP(
        "NoticeWords",
        "When this profile was opened, something in its folder was not as Teren wrote it. What you see "
        "is right, and what you write is kept. Make a backup, and tell the person who looks after the "
        "devices: %1."),
};
static_assert(
    std::ranges::all_of(kWords, [](const char* words) { return words != nullptr; }), "a kind has no words");

QString nameOf(const service::NoticePart& part)
{
    const QString words = QString::fromStdString(part.words);
    switch (part.what) {
    case service::NoticePart::What::NamelessDevice:
        return NoticeWords::tr("a device without a name here");
    case service::NoticePart::What::Case:
        return NoticeWords::tr("case %1").arg(words);
    case service::NoticePart::What::RemovedCase:
        return NoticeWords::tr("case %1, removed from this device").arg(words);
    case service::NoticePart::What::UnknownCase:
        return NoticeWords::tr("a case that has not arrived on this device");
    case service::NoticePart::What::OfficeRecords:
        return NoticeWords::tr("the records of the office");
    case service::NoticePart::What::Device:
    case service::NoticePart::What::Text:
        break;
    }
    return words;
}

/// Puts each part in the place of its number. A part may itself hold what looks like a place.
QString filled(const QString& words, const QStringList& parts)
{
    QString text;
    for (qsizetype at = 0; at < words.size(); ++at) {
        const bool isPlace
            = words[at] == QLatin1Char('%') && at + 1 < words.size() && words[at + 1].isDigit();
        const int number = isPlace ? words[at + 1].digitValue() : 0;
        if (number < 1 || number > parts.size()) {
            text.append(words[at]);
            continue;
        }
        text.append(parts[number - 1]);
        ++at;
    }
    return text;
}

}  // namespace

QString notice(const service::Notice& told)
{
    if (!told.kind)
        return QString::fromStdString(told.text);
    QStringList parts;
    for (const service::NoticePart& part : told.parts)
        parts.push_back(nameOf(part));
    return filled(NoticeWords::tr(kWords.at(static_cast<std::size_t>(*told.kind))), parts);
}

}  // namespace teren::wording
