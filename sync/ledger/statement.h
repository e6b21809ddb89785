// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/id.h"
#include "crypto/sign/signature.h"
#include "sync/ledger/head.h"
#include "sync/ledger/segment_header.h"

#include <optional>
#include <variant>
#include <vector>

namespace teren::ledger {

/// An X25519 public key. (Spelled out here: the server reads it and never seals to it.)
using BoxPublicKeyBytes = std::array<std::uint8_t, 32>;

/// What a member may do in the workspace, as bits. Names of roles never leave the members' own space.
enum Right : std::uint32_t {
    ManageMembers = 1,  ///< Invite, admit, remove.
    OpenSpaces = 2,     ///< Open a case.
    Supervise = 4,      ///< Void what is refused, lost or forged.
    ReadInternal = 8,   ///< Is staff of the office: every case-internal key is granted to the device.
};
using Rights = std::uint32_t;
inline constexpr Rights kAllRights = ManageMembers | OpenSpaces | Supervise | ReadInternal;

/// What a device says of itself: the only source of its keys. Id = first half of
/// BLAKE2b-256("teren.device.v1" ‖ sign key ‖ box key), so an id cannot be claimed for other keys.
struct DeviceStatement {
    VerifyKey signKey{};
    BoxPublicKeyBytes boxKey{};
    std::uint64_t life = 0;  ///< The first life, announced with the keys.
    Instant time{};

    DeviceId id() const;
    friend bool operator==(const DeviceStatement&, const DeviceStatement&) = default;
};
/// The encoded SignedDeviceStatement, signed under "teren.device.v1" with the key that it names.
Bytes signDevice(const DeviceStatement& statement, const SigningKey& key);
/// @return `Forged` or `Malformed`.
Result<DeviceStatement> openDevice(ByteView bytes);

struct Genesis {
    std::uint32_t version = 1;
    std::array<std::uint8_t, 16> salt{};
    Bytes founder;  ///< A signed device statement.
    MemberId member;
    BoxPublicKeyBytes recoveryKey{};
    VerifyKey serverTlsKey{};
    VerifyKey serverReceiptKey{};
    friend bool operator==(const Genesis&, const Genesis&) = default;
};
struct Invite {
    InvitationId invitation;
    MemberId member;  ///< Made by the inviter for the person invited.
    Rights rights = 0;
    Instant expires{};
    friend bool operator==(const Invite&, const Invite&) = default;
};
struct VoidInvite {
    InvitationId invitation;
    friend bool operator==(const VoidInvite&, const VoidInvite&) = default;
};
struct Admit {
    InvitationId invitation;
    Bytes device;  ///< A signed device statement.
    friend bool operator==(const Admit&, const Admit&) = default;
};
struct RemoveDevice {
    DeviceId device;
    friend bool operator==(const RemoveDevice&, const RemoveDevice&) = default;
};
struct OpenSpace {
    SpaceId space;
    SpaceKind kind = SpaceKind::CaseInternal;
    SpaceId caseSpace;  ///< The case's internal space; equal to `space` for that one, zero outside cases.
    friend bool operator==(const OpenSpace&, const OpenSpace&) = default;
};
struct Epoch {
    SpaceId space;
    std::uint32_t epoch = 0;
    Hash keyId{};
    std::uint32_t reason = 0;  ///< 1 opened, 2 a member left, 3 routine.
    friend bool operator==(const Epoch&, const Epoch&) = default;
};
struct Grant {
    SpaceId space;
    std::uint32_t epoch = 0;
    Hash keyId{};
    DeviceId recipient;  ///< Zero for the recovery key.
    Hash recipientKey{};
    Bytes sealedKey;
    friend bool operator==(const Grant&, const Grant&) = default;
};
/// A device announces, for itself, that it goes on under a new life.
struct NewLife {
    std::uint64_t life = 0;
    std::uint64_t previous = 0;
    friend bool operator==(const NewLife&, const NewLife&) = default;
};
enum class VoidReason : std::uint8_t { Refused = 1, Lost = 2, Forged = 3, Erased = 4 };
struct Void {
    SpaceId space;
    DeviceId device;
    std::uint64_t life = 0;
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    VoidReason reason = VoidReason::Refused;
    friend bool operator==(const Void&, const Void&) = default;
};
/// A device says, for itself, that a grant which it was given for this space does not open: the keys are to
/// be granted to it once more, by whoever has them.
struct AskKey {
    SpaceId space;
    friend bool operator==(const AskKey&, const AskKey&) = default;
};
/// A device says, for itself, that the server no longer has a log which it had shown to it: the head was
/// verified, and the server went back from it to a past state. What others have seen of that part of the log
/// accuses nobody then (PROTOCOL.md, 5 and 8).
struct LostHead {
    TreeHead head;             ///< Of the part that is gone.
    std::uint64_t common = 0;  ///< Entries of it that the server still had, by proof.
    std::uint64_t height = 0;  ///< Of the membership log that the server still had.
    friend bool operator==(const LostHead&, const LostHead&) = default;
};
/// A device says, for itself, that it had another members' log than the one that it goes on with: the server
/// went back, and before anybody who knew had given back what it lost, others had signed something else. What
/// was sealed on the lost statements is judged anew (PROTOCOL.md, 5 and 7).
struct LostStatements {
    std::uint64_t common = 0;  ///< Height up to which both logs are one.
    std::uint64_t height = 0;  ///< Of the log given up.
    Hash hash{};               ///< Of its last statement.
    friend bool operator==(const LostStatements&, const LostStatements&) = default;
};
/// What a server proves itself by: the key of its connections and the key of its heads.
struct ServerKeyPair {
    VerifyKey tls{};
    VerifyKey receipt{};
    friend bool operator==(const ServerKeyPair&, const ServerKeyPair&) = default;
};
/// The server goes on under other keys. With `consent` it holds at once; without it, where the key that would
/// have to consent is lost, it is proposed only, until another member who manages members proposes the same.
struct ServerKeys {
    ServerKeyPair next;
    Instant from{};                    ///< 90 days after it the keys before these count no more.
    std::optional<Signature> consent;  ///< By the receipt key in force over `consentMessage`.
    friend bool operator==(const ServerKeys&, const ServerKeys&) = default;
};
/// Written by a later build. Kept in the log; everything that depends on it waits for an update.
struct UnknownAct {
    friend bool operator==(const UnknownAct&, const UnknownAct&) = default;
};

using Act = std::variant<
    Genesis, Invite, VoidInvite, Admit, RemoveDevice, OpenSpace, Epoch, Grant, NewLife, Void, AskKey,
    LostHead, ServerKeys, LostStatements, UnknownAct>;

/// One link of the membership log: acts that hold together or not at all.
struct Statement {
    WorkspaceId workspace;  ///< Zero in the genesis, whose hash it is.
    std::uint64_t height = 0;
    Hash previous{};
    Instant time{};
    TreeHead seen;  ///< The author's verified head: orders removals against log entries.
    std::vector<Act> acts;

    friend bool operator==(const Statement&, const Statement&) = default;
};

/// The bytes as signed, label "teren.statement.v1", and by whom.
struct SignedStatement {
    Bytes body;
    DeviceId device;
    Signature signature{};

    /// BLAKE2b-256("teren.statement.v1" ‖ device ‖ body): names it in its successor. The genesis' is the
    /// workspace id. It covers the signer, so that nobody can put own rights behind another's acts unnoticed.
    Hash hash() const;
    friend bool operator==(const SignedStatement&, const SignedStatement&) = default;
};

SignedStatement signStatement(const Statement& statement, const DeviceId& device, const SigningKey& key);
/// @return `Forged` if the signature is not `key`'s.
Status verifyStatement(const SignedStatement& signedStatement, const VerifyKey& key);
/// Reads the body. Signature, height and rights are `Membership::apply`'s to check.
/// @return `Malformed` or `LimitExceeded` (`limits::kStatementMax`).
Result<Statement> decodeStatement(const SignedStatement& signedStatement);

}  // namespace teren::ledger
