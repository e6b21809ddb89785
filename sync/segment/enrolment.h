// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/sign/secret_key.h"
#include "sync/ledger/statement.h"

// How a person's device joins a workspace: an inviter hands over a text, the new device answers with a
// request that only the inviter's device can open, and a short code, typed from one screen to the other,
// shows that nobody stood between. The server carries the request and learns neither the secret nor a name.
namespace teren::segment {

/// What makes an invitation: whoever has it may ask to join. Never sent to the server.
using InvitationSecret = std::array<std::uint8_t, 16>;

/// The first 16 bytes of BLAKE2b-256("teren.invitation.v1" ‖ secret): tells nothing of the secret.
InvitationId invitationIdOf(const InvitationSecret& secret);

/// What the inviter hands over, by any way that is not the server's.
struct Invitation {
    WorkspaceId workspace;  ///< The genesis' hash: the new device believes no other log.
    InvitationSecret secret{};
    std::string address;  ///< The server's "host:port".
    /// The fingerprint of the server's keys, where they are others than the genesis names.
    std::optional<Hash> server = {};

    InvitationId id() const { return invitationIdOf(secret); }
    friend bool operator==(const Invitation&, const Invitation&) = default;
};

/// "TEREN1-" and groups of five characters: Crockford base 32 of version (1) ‖ genesis hash (32) ‖ secret
/// (16) ‖ with version 2 the server's fingerprint (32) ‖ address ‖ the first 4 bytes of BLAKE2b-256 over all
/// these. Version 1 where there is no fingerprint.
std::string toText(const Invitation& invitation);
/// Reads it as people type and paste it. @return `Malformed` saying what is wrong with the text, or `TooNew`.
Result<Invitation> parseInvitation(std::string_view text);

/// How the new device introduces itself; only the inviter reads it.
struct JoinNames {
    std::string person;
    std::string device;
    friend bool operator==(const JoinNames&, const JoinNames&) = default;
};

struct JoinRequest {
    Bytes bytes;       ///< For the server to keep until the inviter asks.
    std::string code;  ///< 10 characters of base 32 for the inviter to type.
};

/// version (1) ‖ size (2) ‖ signed device statement ‖ size (2) ‖ sealed names ‖ MAC (32) over workspace,
/// invitation id and all bytes before it.
/// @param signedDevice  From `ledger::signDevice`.
/// @return `LimitExceeded` for a name over `limits::kPersonNameMax`.
Result<JoinRequest> makeJoinRequest(
    const Invitation& invitation, ByteView signedDevice, const JoinNames& names, RandomSource& random);

struct OpenedJoinRequest {
    ledger::DeviceStatement device;
    Bytes signedDevice;  ///< For the `Admit`.
    JoinNames names;
    std::string code;
};

/// @return `Forged` if it was not made with this invitation's secret, or the device statement is not the
///         device's own; `Malformed`, `TooNew`.
Result<OpenedJoinRequest> openJoinRequest(
    const WorkspaceId& workspace, const InvitationSecret& secret, ByteView bytes);

}  // namespace teren::segment
