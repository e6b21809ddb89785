// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace teren::store {

/// Everything that a notice can tell.
enum class NoticeKind : std::uint8_t {
    WorkAwaited,
    AppliedWordsForged,
    CarriedOfRemoved,
    SearchMadeAnew,
    EvictedRegained,
    ServerSignedTwoLogs,
    ServerWentBack,
    ServerWentBackAway,
    CarriedReplaced,
    WorkReplaced,
    KeyUnopened,
    KeyNotAnnounced,
    EntriesDiffer,
    MembersLogDiffers,
    Restored,
    HeldUp,
    RolledBack,
    InTwoPlaces,
    ClockBehind,
    ClockAhead,
    StatementsLost,
    OwnCopyWorks,
    CopyWorks,
    ServerKeysChanged,
    ServerKeysReplaced,
    LifeNotTaken,
    KeysNotTaken,
    CannotAskForKeys,
    InvitationDropped,
    InvitationEndDropped,
    AdmissionDropped,
    RemovalDropped,
    OpeningDropped,
    VoidDropped,
    ServerKeysDropped,
    DecisionDropped,
    HeardServerWentBack,
    HeardStatementsLost,
    WrittenAhead,
    FoundAtOpening,
};
inline constexpr std::size_t kNoticeKinds = static_cast<std::size_t>(NoticeKind::FoundAtOpening) + 1;

/// An English sentence with a star for each part. Vaults keep the sentence, with its parts: where one is
/// changed here, what the former version wrote is shown as it stands, in English.
std::string_view noticePattern(NoticeKind kind);

/// The sentence of this kind. @param parts  As many as it has stars.
std::string noticeText(NoticeKind kind, const std::vector<std::string>& parts);

struct NoticeParts {
    NoticeKind kind;
    std::vector<std::string> parts;
};
/// What `noticeText` made this of; nothing if it was not made by this version.
std::optional<NoticeParts> readNotice(std::string_view text);

}  // namespace teren::store
