// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/engine/replica.h"
#include "sync/net/sync_driver.h"

#include <span>

// What is asked of a server outside of syncing, to come into a workspace or to let someone in. Every call
// connects, asks, and blocks until the answer or a deadline.
//
// Errors besides each call's own: `Unreachable`; `Forged` for a server that is not the expected one; `TooNew`
// for other versions; `LimitExceeded`; `DiskFull` on the server; `Malformed` for an answer that makes no
// sense.
namespace teren::net {

/// A server whose fingerprint was compared.
struct KnownServer {
    Server server;
    VerifyKey receiptKey{};
};

/// Learns a server's keys. @param fingerprint  As its operator reads it out.
/// @return `Forged` if the keys do not have it.
Result<KnownServer> fetchServerInfo(const Address& address, const Hash& fingerprint);

/// Opens a workspace. The token is sent only to the server with the right key.
/// @return `Refused` for a token that is unknown or used.
Status createWorkspace(
    const Server& server, ByteView token, std::span<const ledger::SignedStatement> statements);

/// The beginning of a workspace's members' log, for a device that knows no more than the workspace's id.
struct FoundGenesis {
    ledger::SignedStatement statement;
    Server server;  ///< With the TLS key that the genesis names, or that `fingerprint` is of.
    std::optional<ledger::ServerKeyPair> told;  ///< Where a fingerprint was given.
};
/// @param fingerprint  Of the server's keys, where they are others than the genesis names.
/// @return `Forged` unless the statement hashes to `workspace` and the server has the key; `NotFound`.
Result<FoundGenesis> fetchGenesis(
    const Address& address, const WorkspaceId& workspace, const std::optional<Hash>& fingerprint = {});

/// @return `NotFound` for an invitation that is not open; `LimitExceeded` if too many have answered it.
Status submitJoin(
    const Server& server, const WorkspaceId& workspace, const InvitationId& invitation, ByteView request);

/// Requests that wait under these invitations, for a member that may admit.
/// @param replica  Proves this device; nothing is stored. @return `Refused` if it is not a member.
Result<wire::JoinRequests> queryJoinRequests(
    const Server& server, const engine::Replica& replica, std::span<const InvitationId> invitations);

/// Hands in statements that follow the log as the replica knows it.
Result<wire::StatementsResult> submitStatements(
    const Server& server, const engine::Replica& replica,
    std::span<const ledger::SignedStatement> statements);

}  // namespace teren::net
