// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/ledger/server_keys.h"

#include <map>
#include <optional>
#include <set>

namespace teren::ledger {

/// Who belongs to a workspace, what they may do, which spaces and key epochs there are: the state that the
/// membership log adds up to. Client and server both build it from the same signed statements, with the same
/// rules, so the server cannot add a ghost and a client cannot grant itself a right.
///
/// Everything keeps the height at which it began and ended, because a segment is judged by the height its
/// author had applied (sync.md section 6, "When to seal, what is accepted").
class Membership {
public:
    struct Device {
        DeviceStatement statement;
        MemberId member;
        Rights rights = 0;
        std::uint64_t admittedAt = 0;            ///< Height.
        std::optional<std::uint64_t> removedAt;  ///< Height.
        std::uint64_t removedAtTreeSize = 0;     ///< The remover's verified log size; with `removedAt`.
        std::vector<std::uint64_t> lives;        ///< All announced, oldest first.

        bool isMember() const { return !removedAt; }
    };
    struct EpochKey {
        Hash keyId{};
        std::uint64_t since = 0;  ///< Height.
    };
    struct Space {
        SpaceKind kind = SpaceKind::CaseInternal;
        SpaceId caseSpace;
        std::uint64_t openedAt = 0;
        std::vector<EpochKey> epochs;               ///< Index 0 is epoch 1.
        std::map<DeviceId, std::uint64_t> readers;  ///< Device and height of its first grant.
        std::set<DeviceId> asking;  ///< Readers whose grant did not open, until they are granted again.
        std::vector<Void> voids;
    };
    /// A key sealed to one device; kept because the recipient opens it, maybe much later.
    struct GrantedKey {
        Grant grant;
        DeviceId granter;
        std::uint64_t height = 0;
    };

    /// Applies the next statement, all of its acts or none.
    ///
    /// Checks height, predecessor, signature, that the signer is a member with the right for every act, that
    /// the last administrator stays, that grants name the key in the recipient's own device statement and the
    /// epoch's key id, that a life is announced by its device.
    /// Height 1 must be a genesis and fixes the workspace id.
    /// @return `Forged` (signature), `Refused` (a right or a rule), `Malformed`, `LimitExceeded`, or `TooNew`
    /// for
    ///         an act of a later build; the object is then unchanged.
    Status apply(const SignedStatement& statement);
    /// The same for a log that this program has verified before and kept: signatures are not checked again.
    Status replay(const SignedStatement& statement);

    const WorkspaceId& workspace() const { return workspace_; }
    const Genesis& genesis() const { return genesis_; }
    std::uint64_t height() const { return height_; }
    const Hash& hash() const { return hash_; }
    /// Of the statement at `height`, which is 1 to `height()`.
    const Hash& hashAt(std::uint64_t height) const { return hashes_.at(height - 1); }

    const Device* find(const DeviceId& device) const;
    const Space* find(const SpaceId& space) const;
    const Invite* findOpenInvite(const InvitationId& invitation) const;
    const std::map<DeviceId, Device>& devices() const { return devices_; }
    const std::map<SpaceId, Space>& spaces() const { return spaces_; }
    /// A part of the log of entries that the server has lost, by a member's word.
    struct LostPart {
        LostHead act;
        DeviceId by;
        std::uint64_t since = 0;  ///< Height.
    };
    const std::vector<LostPart>& lostParts() const { return lost_; }
    /// Whether the known lost parts hold this one.
    bool isLost(const LostHead& part) const;
    /// Whether somebody may have seen `head` although it is no state of the log that there is now.
    bool isLost(const TreeHead& head) const;

    /// Statements of a members' log that some had before the server went back, by a member's word.
    struct LostStretch {
        LostStatements act;
        DeviceId by;
        std::uint64_t since = 0;  ///< Height.
    };
    const std::vector<LostStretch>& lostStatements() const { return lostStatements_; }
    /// Whether these are among the known ones.
    bool isLost(const LostStatements& stretch) const;
    /// Whether somebody may have sealed at `height` of a log that is not this one.
    bool mayBeLost(std::uint64_t height) const;

    /// Keys that the server has had, by the genesis and by acts since, oldest first; the last are in force.
    const std::vector<ServerKeyPeriod>& serverKeys() const { return server_; }
    /// Keys that an administrator has proposed without the consent of the ones in force.
    struct ProposedKeys {
        ServerKeys act;
        MemberId by;
    };
    const std::vector<ProposedKeys>& proposedServerKeys() const { return proposed_; }

    /// Keys granted to one device, in the order of the log. Empty vector if none.
    const std::vector<GrantedKey>& grantsTo(const DeviceId& device) const;

    bool canRead(const DeviceId& device, const SpaceId& space) const;
    /// Devices that a new case's key goes to: members with `ReadInternal`.
    std::vector<DeviceId> staffDevices() const;

    enum class Verdict : std::uint8_t {
        Accepted,
        UnknownSpace,   ///< Opened at a height that this log has not reached.
        UnknownHeight,  ///< The author had applied more of the membership log than this one holds.
        NotAWriter,     ///< The device could not write in the space at that height.
        UnknownLife,
        StaleEpoch,  ///< The epoch was not the newest at that height.
        WrongKey,    ///< The key id is not the epoch's.
        Removed,     ///< The device was removed before this entry was numbered first.
    };
    /// Whether a segment with this header may stand at `number` of the log.
    Verdict judge(const SegmentHeader& header, std::uint64_t number) const;

private:
    /// Applies the acts of one statement, one function each, and takes them back if one is refused.
    class Applier;
    enum class Signatures : std::uint8_t { Check, Trust };

    /// The rules of `judge`, for an author who had applied this log up to `height`.
    Verdict judgeAt(std::uint64_t height, const SegmentHeader& header, std::uint64_t number) const;
    std::uint64_t earliest(std::uint64_t since, const SegmentHeader& header) const;
    Status applyNext(const SignedStatement& statement, Signatures signatures);
    /// Whether the statement at `height` was in a part of this log that the server had lost and was given
    /// back.
    bool wasGivenBack(std::uint64_t height) const;
    /// Whether this may be the next link, by a member, and is signed as it says.
    Status checkLink(
        const SignedStatement& signedStatement, const Statement& statement, Signatures signatures) const;

    WorkspaceId workspace_;
    Genesis genesis_;
    std::uint64_t height_ = 0;
    Hash hash_{};
    std::vector<Hash> hashes_;  ///< Of every statement, from height 1.
    std::map<DeviceId, Device> devices_;
    std::map<SpaceId, Space> spaces_;
    std::map<InvitationId, Invite> invites_;  ///< Open ones.
    std::set<InvitationId> closedInvites_;    ///< Used or voided: an invitation is opened once.
    std::map<DeviceId, std::vector<GrantedKey>> grants_;
    std::vector<LostPart> lost_;
    std::vector<LostStretch> lostStatements_;
    std::vector<ServerKeyPeriod> server_;
    std::vector<ProposedKeys> proposed_;
};

}  // namespace teren::ledger
