// SPDX-License-Identifier: EUPL-1.2
#include "app/store/notice_text.h"

#include "crypto/base/assert.h"

#include <algorithm>
#include <array>

namespace teren::store {
namespace {

/// In the order of `NoticeKind`.
constexpr std::array<std::string_view, kNoticeKinds> kPatterns{
    // WorkAwaited
    "For 7 days work in space * has waited for changes * to * of device *. Nothing is lost. Ask whether "
    "that device can be brought to a network; if it is gone for good, whoever supervises can have the rest "
    "go on without them.",
    // AppliedWordsForged
    "The server handed out words about what colleagues' devices have received that those devices have not "
    "signed. None of them was taken. Tell the administrator.",
    // CarriedOfRemoved
    "What device * wrote from change * on in space * came here from a colleague and not from the server, "
    "and the device has been removed since: it does not count, unless the server turns out to have had it "
    "before. It is kept on this device.",
    // SearchMadeAnew
    "The search index of * records was not what the records hold; it was made anew from them. Nothing was "
    "lost.",
    // EvictedRegained
    "The server holds all of space * again, which it had lost; it now shows * entries. Nothing of that case "
    "is lost. `case fetch` and the next sync bring it to this device, if that was not asked for before.",
    // ServerSignedTwoLogs
    "The server has signed two logs of * entries: it showed one to this device and another (*) to device *. "
    "Both are kept as it signed them, and can be given to others as evidence. It was put back to an older "
    "state, or it shows people different things: ask its operator.",
    // ServerWentBack
    "The server was put back to an older state, or shows another log than it did before: it had confirmed * "
    "(*) entries and now shows * (*); both are kept as it signed them. Entries that are sure to be there "
    "still: *. Changes of this device that count as unsent until the server has confirmed them again: *; "
    "changes of others that are sent to it if it lacks them: *. All of it is kept on this device. Tell the "
    "administrator.",
    // ServerWentBackAway
    "The server was put back to an older state, or shows another log than it did before: it had confirmed * "
    "(*) entries and now shows * (*); both are kept as it signed them. Entries that are sure to be there "
    "still: *. Changes of this device that count as unsent until the server has confirmed them again: *; "
    "changes of others that are sent to it if it lacks them: *. All of these are kept on this device. "
    "Changes that neither the server nor this device holds any more, because they were removed from here "
    "once a backup of the server on another machine held them: *. Do not call them lost: tell the "
    "administrator, have the operator restore that backup, and let the colleagues who still have the case "
    "sync. `status` and `case evicted` say so until the server holds them again.",
    // CarriedReplaced
    "What device * wrote from change * on in space * came here from a colleague, and the server has other "
    "work in its place: that counts. The former does not count. It is kept on this device, under work that "
    "does not count: whoever opens the case here can read it there, and enter again what is still true. Its "
    "author may not have it any more.",
    // WorkReplaced
    "What device * wrote from change * on in space * was lost by the server, which has taken other work in "
    "its place since: that counts now. The former does not count. It is kept on this device, under work "
    "that does not count: whoever opens the case here can read it there, and enter again what is still "
    "true. Its author may not have it any more.",
    // KeyUnopened
    "A key for space * was granted to this device, but it does not open.",
    // KeyNotAnnounced
    "A key for space * was granted to this device, but it is another key than the one announced.",
    // EntriesDiffer
    "Device * has seen another log of changes at entry * (*) than the server has shown to this device: the "
    "server shows different logs, or that device lies.",
    // MembersLogDiffers
    "Device * has seen another members' log at height * (*) than the server has shown to this device: the "
    "server shows different logs, or that device lies.",
    // Restored
    "This profile was restored from a backup, as number *. The old device, if it still exists, has the same "
    "keys, and they are valid. If it was lost, stolen or given away, tell whoever manages the members, so "
    "that it is removed, and join anew on this device; if you have it, use one of the two and delete the "
    "profile on the other.",
    // HeldUp
    "Work of this device waits for work of a colleague that does not count any more. What is entered now, "
    "and what had not been sent, goes on beside it, as number * of this device. Nothing was lost; what was "
    "sent already counts again once whoever supervises has decided on what it waits for.",
    // RolledBack
    "This profile was put back to an older state, from a backup or a copy. Nothing was lost: the server "
    "sent again what was missing here, and what was made here goes on under the new life *. If you restored "
    "it yourself, nothing is left to do; if not, tell the administrator, and use no copy of this profile.",
    // InTwoPlaces
    "This profile is in use in two places: a copy of it has sent other work. Nothing was lost: the server "
    "sent again what was missing here, and what was made here goes on under the new life *. If you restored "
    "it yourself, nothing is left to do; if not, tell the administrator, and use no copy of this profile.",
    // ClockBehind
    "This device's clock is * behind the office's. Nothing is lost by that, but what is written here is "
    "shown with a wrong time: set the date and the time of this device.",
    // ClockAhead
    "This device's clock is * ahead of the office's. Nothing is lost by that, but what is written here is "
    "shown with a wrong time: set the date and the time of this device.",
    // StatementsLost
    "The server was put back to an older state, and colleagues have opened cases or decided about members "
    "since, without * statement(s) that this device knew. It goes on with the server's and decides again "
    "what was lost: * case(s) opened, * decision(s) of this device about members, invitations or work. "
    "Nothing that is on this device is lost; what was given up is kept. Tell the administrator.",
    // OwnCopyWorks
    "A copy of this device, with its keys, goes on under the new life *: it was restored from a backup or "
    "put back to an older state, or a copy of it is in use. Ask its owner. If nobody of you did that, or "
    "the old device was lost, stolen or given away, its keys are in other hands: have the device removed, "
    "and its owner join anew.",
    // CopyWorks
    "Device * goes on under the new life *: it was restored from a backup or put back to an older state, or "
    "a copy of it is in use. Ask its owner. If nobody of you did that, or the old device was lost, stolen "
    "or given away, its keys are in other hands: have the device removed, and its owner join anew.",
    // ServerKeysChanged
    "The server has other keys, accepted by device * and by the server's keys before.",
    // ServerKeysReplaced
    "The server has other keys, accepted by device * as by another administrator: the keys before were "
    "lost, it says. If the head of the centre does not know of it, ask both.",
    // LifeNotTaken
    "The members' log does not take the new life of this device, *, so what it writes is not taken either.",
    // KeysNotTaken
    "Keys that this device would give to others do not fit the members' log at height *.",
    // CannotAskForKeys
    "This device cannot ask for the keys that it was granted and cannot open.",
    // InvitationDropped
    "Invitation *, decided on this device, no longer fits the members' log and was dropped.",
    // InvitationEndDropped
    "The end of invitation *, decided on this device, no longer fits the members' log and was dropped.",
    // AdmissionDropped
    "The admission of a device on invitation *, decided on this device, no longer fits the members' log and "
    "was dropped.",
    // RemovalDropped
    "The removal of device *, decided on this device, no longer fits the members' log and was dropped.",
    // OpeningDropped
    "The opening of case *, decided on this device, no longer fits the members' log and was dropped.",
    // VoidDropped
    "A void of work of device * in space *, decided on this device, no longer fits the members' log and was "
    "dropped.",
    // ServerKeysDropped
    "The change of the server's keys, decided on this device, no longer fits the members' log and was "
    "dropped.",
    // DecisionDropped
    "An act, decided on this device, no longer fits the members' log and was dropped.",
    // HeardServerWentBack
    "Device * says that the server was put back to an older state: it had shown * entries (*), of which no "
    "more than the first * are sure to be there still. What the office's devices hold of the rest is sent "
    "again.",
    // HeardStatementsLost
    "Device * says that the server was put back to an older state: it knew the members' log up to *, of "
    "which the first * count here too. What was written on the rest is taken by the rights of this log. If "
    "the server was not put back, tell the administrator.",
    // WrittenAhead
    "What was written on this device bears a time that its clock has not reached: *. The clock was ahead "
    "then, or is behind now. Nothing is lost by that: check the date and the time of this device.",
    // FoundAtOpening
    "When this profile was opened, something in its folder was not as Teren wrote it: *. What you see is "
    "right, and what you write is kept. Make a backup, and tell the person who looks after the devices.",
};
static_assert(std::ranges::none_of(kPatterns, &std::string_view::empty), "a kind has no sentence");

/// What the stars of `pattern` stand for in `text`; nothing if it does not fit.
std::optional<std::vector<std::string>> fitted(std::string_view pattern, std::string_view text)
{
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t star = pattern.find('*');
        const std::string_view before = pattern.substr(0, star);
        if (!text.starts_with(before))
            return std::nullopt;
        text.remove_prefix(before.size());
        if (star == std::string_view::npos)
            return text.empty() ? std::optional(parts) : std::nullopt;
        pattern.remove_prefix(star + 1);
        const std::string_view behind = pattern.substr(0, pattern.find('*'));
        // What stands at the end is looked for from there: a part may hold the same words.
        const bool isLast = behind.size() == pattern.size();
        const std::size_t end = isLast ? text.rfind(behind) : text.find(behind);
        if (end == std::string_view::npos)
            return std::nullopt;
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

}  // namespace

std::string_view noticePattern(NoticeKind kind)
{
    return kPatterns.at(static_cast<std::size_t>(kind));
}

std::string noticeText(NoticeKind kind, const std::vector<std::string>& parts)
{
    std::string_view pattern = noticePattern(kind);
    TEREN_ASSERT(static_cast<std::size_t>(std::ranges::count(pattern, '*')) == parts.size());
    std::string text;
    for (const std::string& part : parts) {
        const std::size_t star = pattern.find('*');
        text.append(pattern.substr(0, star)).append(part);
        pattern.remove_prefix(star + 1);
    }
    return text.append(pattern);
}

std::optional<NoticeParts> readNotice(std::string_view text)
{
    for (std::size_t at = 0; at < kNoticeKinds; ++at)
        if (auto parts = fitted(kPatterns.at(at), text))
            return NoticeParts{static_cast<NoticeKind>(at), *std::move(parts)};
    return std::nullopt;
}

}  // namespace teren::store
