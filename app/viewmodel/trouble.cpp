// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/trouble.h"

#include "app/viewmodel/wording.h"

#include <QCoreApplication>

namespace teren::wording {
namespace {

/// The context of every text here, for the translators' files.
struct Troubles {
    Q_DECLARE_TR_FUNCTIONS(Troubles)
};

Trouble vaultTrouble(Errc code)
{
    if (code == Errc::TooNew)
        return {
            Troubles::tr("This profile was written by a newer version of Teren."),
            Troubles::tr("Nothing was changed. Update Teren on this device, then unlock again.")};
    return {
        Troubles::tr("The profile was changed from outside, or the disk failed."),
        Troubles::tr("Nothing was written. What was confirmed by the office is safe there. Do not delete "
                     "anything; call the person who looks after the devices.")};
}

/// Of whoever only reads backups.
QString untouched()
{
    return Troubles::tr("The backup and the profiles of this device are as they were.");
}

QString nothingAdded()
{
    return Troubles::tr("Nothing was added; the file itself and the case are as they were.");
}

}  // namespace

Trouble trouble(Errc code)
{
    switch (code) {
    case Errc::WrongPassphrase:
        return {
            Troubles::tr("This passphrase does not open the profile."),
            Troubles::tr(
                "Your data is safe and unchanged. Check Caps Lock and the keyboard layout, and try again.")};
    case Errc::Busy:
        return {
            Troubles::tr("This profile is open in another program."),
            Troubles::tr("Nothing was changed. Close the other window of Teren, then unlock again.")};
    case Errc::NotFound:
        return {
            Troubles::tr("This is not on this device."),
            Troubles::tr(
                "Nothing was changed. Check the folder of the profile, or synchronise and look again.")};
    case Errc::TooNew:
    case Errc::Damaged:
    case Errc::Forged:
    case Errc::Malformed:
        return vaultTrouble(code);
    case Errc::Disk:
        return {
            Troubles::tr("The disk cannot be read or written."),
            Troubles::tr("What was saved before is safe on it; the last change was not kept. Is it "
                         "write-protected, or was a stick pulled out? Put it back as it was and repeat it.")};
    case Errc::DiskFull:
        return {
            Troubles::tr("The disk of this device does not take more."),
            Troubles::tr("What was saved before is safe; the last change was not kept. Free some space and "
                         "repeat it.")};
    case Errc::Unreachable:
        return {
            Troubles::tr("The office's server does not answer."),
            Troubles::tr(
                "Everything is saved on this device and stays queued. Teren tries again by itself.")};
    case Errc::Locked:
        return {Troubles::tr("Teren is locked."), Troubles::tr("Everything is saved. Unlock to go on.")};
    case Errc::ChangedMeanwhile:
        return {
            Troubles::tr("Somebody else wrote here meanwhile."),
            Troubles::tr("Nothing of theirs or yours was replaced. Look at both, then decide.")};
    case Errc::Invalid:
    case Errc::LimitExceeded:
    case Errc::Refused:
        return {
            Troubles::tr("This was not accepted."),
            Troubles::tr("Your draft is kept on this device. Correct what is marked, or decide later.")};
    }
    return {};
}

Trouble opening(Errc code)
{
    if (code == Errc::NotFound)
        return {
            Troubles::tr("There is no profile at this place."),
            Troubles::tr("If it is on a stick, put the stick in and try again. Nothing was changed.")};
    if (code == Errc::DiskFull)
        return {
            Troubles::tr("The disk is full, and the profile cannot be opened on it."),
            Troubles::tr("Everything in it is safe. Free some space, without touching the folder of the "
                         "profile, and try again.")};
    if (code == Errc::Disk)
        return {
            Troubles::tr("The disk with the profile cannot be read or written."),
            Troubles::tr("What was saved is safe on it. Is it write-protected, or was the stick pulled out? "
                         "Put it back as it was and try again.")};
    return trouble(code);
}

Trouble met(Errc code)
{
    if (code == Errc::Disk)
        return {
            Troubles::tr("The disk with this profile cannot be read or written."),
            Troubles::tr("What was saved before is safe on it. Is it write-protected, or was a stick pulled "
                         "out? Put it back as it was; what you type is kept as soon as the disk takes it.")};
    return {
        Troubles::tr(
            "A part of this profile cannot be read: it was changed from outside, or the disk failed."),
        Troubles::tr("Nothing was written over it, and the rest works on. What was confirmed by the office "
                     "is safe there. Do not delete anything; call the person who looks after the devices.")};
}

bool isAlarming(Errc code)
{
    return code == Errc::Damaged || code == Errc::Malformed || code == Errc::Forged || code == Errc::Disk;
}

Trouble alarm(service::Alarm::Kind kind)
{
    switch (kind) {
    case service::Alarm::Kind::Gone:
        return {
            Troubles::tr("The folder of this profile is no longer there."),
            Troubles::tr("What was saved before is safe if the folder is; what you write now is not kept. "
                         "Leave Teren open, write down on paper what must not be lost, and put the folder or "
                         "the stick back as it was. Then lock and unlock.")};
    case service::Alarm::Kind::Header:
        return {
            Troubles::tr("The file with the keys of this profile was changed from outside."),
            Troubles::tr("Everything you see is safe as long as Teren is open. Do not lock yet: make a "
                         "backup now, then call the person who looks after the devices.")};
    case service::Alarm::Kind::Damaged:
        return {
            Troubles::tr(
                "Something in the files of this profile was changed from outside, or the disk failed."),
            Troubles::tr("Teren noticed it and used none of it; what was confirmed by the office is safe "
                         "there. Call the person who looks after the devices.")};
    case service::Alarm::Kind::Stranger:
        return {
            Troubles::tr("There is a file in the folder of this profile that Teren did not put there."),
            Troubles::tr("Your data is safe and unchanged, and Teren does not read that file. If nobody you "
                         "know put it there, call the person who looks after the devices.")};
    }
    return {};
}

Trouble readingBackup(Errc code, bool byCode)
{
    const QString safe = untouched();
    switch (code) {
    case Errc::WrongPassphrase:
        return {
            byCode ? Troubles::tr("This recovery code does not open the backup.")
                   : Troubles::tr("This passphrase does not open the backup."),
            Troubles::tr("A backup is opened by what the profile had when the backup was made. %1")
                .arg(safe)};
    case Errc::Invalid:
        return {
            Troubles::tr("The recovery code is mistyped."),
            Troubles::tr("Compare it with the paper, group by group. %1").arg(safe)};
    case Errc::NotFound:
        return {
            Troubles::tr("There is no such folder, or no backup in it."),
            Troubles::tr("Is the stick in? %1").arg(safe)};
    case Errc::Damaged:
    case Errc::Malformed:
    case Errc::Forged:
        return {
            Troubles::tr("This backup is damaged: it is not as it was written."),
            Troubles::tr("Nothing was made of it. Try an earlier backup; what was confirmed by the office is "
                         "safe there. %1")
                .arg(safe)};
    case Errc::TooNew:
        return {
            Troubles::tr("This backup was made by a newer version of Teren."),
            Troubles::tr("Update Teren on this device, then try again. %1").arg(safe)};
    case Errc::DiskFull:
        return {
            Troubles::tr("There is too little room on this device."),
            Troubles::tr("Free some space and try again. %1").arg(safe)};
    case Errc::Disk:
    case Errc::Busy:
    case Errc::Locked:
    case Errc::Refused:
    case Errc::LimitExceeded:
    case Errc::ChangedMeanwhile:
    case Errc::Unreachable:
        break;
    }
    return {
        Troubles::tr("The backup could not be read, or this device's disk not be written."),
        Troubles::tr("Was the stick pulled out? %1").arg(safe)};
}

Trouble stoppedReading()
{
    return {Troubles::tr("Stopped."), untouched()};
}

Trouble writingBackup(Errc code)
{
    if (code == Errc::NotFound)
        return {
            Troubles::tr("There is no such folder."),
            Troubles::tr(
                "Is the stick in? Nothing was written; the profile and earlier backups are as they were.")};
    if (code == Errc::DiskFull)
        return {
            Troubles::tr("There is too little room for a backup there."),
            Troubles::tr("The profile and earlier backups are as they were. Free some room, or choose "
                         "another place.")};
    if (code == Errc::Refused)
        return {
            Troubles::tr("A backup cannot lie within the profile itself."),
            Troubles::tr("Choose another place, best a stick that is kept elsewhere.")};
    return {
        Troubles::tr("The backup could not be written."),
        Troubles::tr("The profile and earlier backups are as they were. Was the stick pulled out, or is it "
                     "write-protected?")};
}

Trouble writingBundle(Errc code)
{
    if (code == Errc::NotFound)
        return {
            Troubles::tr("There is no such folder."),
            Troubles::tr("Is the stick in? Nothing was written, and everything is safe on this device.")};
    if (code == Errc::DiskFull)
        return {
            Troubles::tr("There is too little room for the file there."),
            Troubles::tr("Everything is safe on this device. Free some room, or choose another place.")};
    if (code == Errc::Refused)
        return {
            Troubles::tr("This device cannot write such a file yet."),
            Troubles::tr(
                "Everything is safe on this device. It has to be let into the office first, and to have "
                "talked to its server once.")};
    return {
        Troubles::tr("The file could not be written."),
        Troubles::tr("Everything is safe on this device. Was the stick pulled out, or is it "
                     "write-protected?")};
}

Trouble readingBundle(Errc code)
{
    if (code == Errc::Busy)
        return {
            Troubles::tr("A synchronisation is under way."),
            Troubles::tr("Nothing was changed. Try it again when that is over.")};
    if (code == Errc::NotFound)
        return {
            Troubles::tr("There is no such file."),
            Troubles::tr("Is the stick in? Nothing was changed on this device.")};
    if (code == Errc::Refused)
        return {
            Troubles::tr("This file is not for this device."),
            Troubles::tr("It is of another office, older than its 30 days, or of a device that was removed. "
                         "Nothing was changed. Ask for a fresh one.")};
    if (code == Errc::TooNew)
        return {
            Troubles::tr("This file was written by a newer version of Teren."),
            Troubles::tr("Nothing was changed. Update Teren on this device, then take it in again.")};
    if (code == Errc::Damaged || code == Errc::Malformed || code == Errc::Forged
        || code == Errc::LimitExceeded)
        return {
            Troubles::tr("This file is damaged, was changed, or is another kind of file."),
            Troubles::tr("Nothing of it was taken in. Ask for a fresh one.")};
    return {
        Troubles::tr("The file could not be read to its end."),
        Troubles::tr("Nothing is lost. Was the stick pulled out? Take the file in again.")};
}

Trouble meeting(Errc code, bool isCall)
{
    const QString safe = Troubles::tr("Nothing was changed, and nothing is lost.") + QLatin1Char(' ');
    if (code == Errc::Invalid)
        return {
            Troubles::tr("This is no address, or no code."),
            safe + Troubles::tr("Type both as the other device shows them.")};
    if (code == Errc::Refused && isCall)
        return {
            Troubles::tr("The other device does not take this code."),
            safe
                + Troubles::tr("Both have to be of the same office. Let your colleague wait again, and type "
                               "the new code.")};
    if (code == Errc::Refused)
        return {
            Troubles::tr("Three wrong codes were typed, or this device is in no office yet."),
            safe + Troubles::tr("Wait again for a new code.")};
    if (code == Errc::Unreachable && isCall)
        return {
            Troubles::tr("The other device was not reached, or the connection broke."),
            Troubles::tr("Nothing was changed here, and nothing is lost. Are both in the same network, a "
                         "phone's for example? Let your colleague wait again, and type the new address and "
                         "code.")};
    if (code == Errc::Unreachable)
        return {
            Troubles::tr("Nobody has called, or the connection broke."),
            safe
                + Troubles::tr(
                    "Wait again when your colleague is ready, and tell the new address and code.")};
    return {
        Troubles::tr("The exchange did not come to its end."),
        Troubles::tr("Nothing is lost. Try it again: what has come does not come twice.")};
}

Trouble halfMeeting(bool isCall)
{
    const QString again = isCall
        ? Troubles::tr("What came is kept here, and nothing is lost. Let your colleague wait again, and type "
                       "the new address and code: what has come does not come twice.")
        : Troubles::tr("What came is kept here, and nothing is lost. Wait again, and let your colleague call "
                       "with the new address and code: what has come does not come twice.");
    return {Troubles::tr("It is not known whether your colleague has got everything."), again};
}

QString refusal(const std::string& why)
{
    if (why == "no-room")
        return Troubles::tr("the server's disk is full");
    if (why == "internal")
        return Troubles::tr("the server cannot read or write its own data");
    if (why == "version")
        return Troubles::tr("the server and this device have versions of Teren that do not fit each other");
    if (why == "unknown-workspace")
        return Troubles::tr("the server does not know this office");
    if (why == "not-a-member")
        return Troubles::tr("this device is not a member of the office");
    if (why == "not-a-writer")
        return Troubles::tr("this device may not write there");
    // Its name is what helps whoever mends it.
    return Troubles::tr("a fault of a program, %1").arg(text(why));
}

Trouble workApart(Errc code)
{
    if (code == Errc::Refused)
        return {
            Troubles::tr("Your role does not let you do this, or it was decided meanwhile."),
            Troubles::tr("Nothing was changed. Ask the head of the centre.")};
    if (code == Errc::Busy)
        return {
            Troubles::tr("A synchronisation is under way."),
            Troubles::tr("Nothing was changed. Try it again when that is over.")};
    return trouble(code);
}

QString workApartWhy(const std::string& why, bool isMine)
{
    if (why == "quarantined")
        return Troubles::tr("against a rule");
    if (why == "replaced")
        return isMine ? Troubles::tr("issued again") : Troubles::tr("lost by the server");
    if (why == "refused")
        return Troubles::tr("not taken");
    if (why == "lost")
        return Troubles::tr("given up as lost");
    return why == "forged" ? Troubles::tr("said to be forged") : Troubles::tr("erased");
}

Trouble stoppedWriting()
{
    return {
        Troubles::tr("The backup was stopped."),
        Troubles::tr("Nothing of it is left; the profile and earlier backups are as they were.")};
}

Trouble addingFile(Errc code)
{
    const QString nothing = nothingAdded();
    switch (code) {
    case Errc::Refused:
        return {
            Troubles::tr("This picture could not be freed of what it says about place and time."),
            Troubles::tr("%1 Save it as JPEG or PNG, and add that.").arg(nothing)};
    case Errc::LimitExceeded:
        return {
            Troubles::tr("This file is too large."),
            Troubles::tr("%1 Make the picture smaller, and add that.").arg(nothing)};
    case Errc::DiskFull:
        return {
            Troubles::tr("There is too little room on this device."),
            Troubles::tr("%1 Free some space and try again.").arg(nothing)};
    case Errc::NotFound:
        return {Troubles::tr("This file is no longer there."), nothing};
    case Errc::Invalid:
        return {
            Troubles::tr("The name of this file cannot be used."),
            Troubles::tr("%1 Give it another name, and add that.").arg(nothing)};
    case Errc::Disk:
    case Errc::Damaged:
    case Errc::Forged:
    case Errc::Malformed:
    case Errc::TooNew:
    case Errc::Busy:
    case Errc::Locked:
    case Errc::Unreachable:
    case Errc::WrongPassphrase:
    case Errc::ChangedMeanwhile:
        break;
    }
    return {Troubles::tr("The file could not be read, or not be written into the profile."), nothing};
}

Trouble stoppedAdding()
{
    return {Troubles::tr("Stopped."), nothingAdded()};
}

Trouble showingFile(Errc code)
{
    if (code == Errc::Damaged)
        return {
            Troubles::tr("This file was changed from outside, or the disk failed."),
            Troubles::tr("Nothing of it is shown. Everything else is safe. Whoever added it still has it; "
                         "call the person who looks after the devices.")};
    if (code == Errc::NotFound)
        return {
            Troubles::tr("This file is not on this device."),
            Troubles::tr("It is safe with whoever added it. It comes when files are synchronised.")};
    if (code == Errc::LimitExceeded || code == Errc::Refused)
        return {
            Troubles::tr("Teren cannot show this picture."),
            Troubles::tr("The file is safe and whole. Save a copy to open it with another program.")};
    return met(code);
}

Trouble copyingFile(Errc code)
{
    if (code == Errc::Damaged)
        return showingFile(code);
    if (code == Errc::DiskFull)
        return {
            Troubles::tr("There is too little room there."),
            Troubles::tr("No copy was written. The file in the case is as it was.")};
    return {
        Troubles::tr("The copy could not be written."),
        Troubles::tr("No copy was written. The file in the case is as it was. Is the folder there, and may "
                     "it be written?")};
}

QString withDetail(const QString& advice, const std::string& detail)
{
    return detail.empty() ? advice
                          : Troubles::tr("%1 For whoever looks after the devices: %2.")
                                .arg(advice, QString::fromStdString(detail));
}

}  // namespace teren::wording
