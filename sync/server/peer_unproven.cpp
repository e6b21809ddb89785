// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/server/peer_machine.h"

// What anyone may ask who reaches the server: a few times a connection, each answer small.
namespace teren::server {

using wire::RefusalCode;

Hash hashOfToken(ByteView token)
{
    return Hasher().add("teren.token.v1").add(token).finish();
}

bool PeerMachine::mayAskUnproven()
{
    return ++unproven_ <= kUnprovenMax;
}

PeerMachine::Output PeerMachine::answer(const wire::ServerInfoRequest&, Instant)
{
    if (!mayAskUnproven())
        return refuse(RefusalCode::Limit, After::Close);
    const ServerIdentity& identity = hub_.store().identity();
    return {
        .messages = {wire::ServerInfo{identity.receiptKey.publicKey(), {}}}, .close = false, .failure = {}};
}

PeerMachine::Output PeerMachine::answer(const wire::CreateWorkspace& request, Instant now)
{
    if (!mayAskUnproven() || request.statements.size() > limits::kStatementsPerSubmitMax)
        return refuse(RefusalCode::Limit, After::Close);
    ledger::Membership membership;
    for (const ledger::SignedStatement& statement : request.statements)
        if (!membership.apply(statement))
            return refuse(RefusalCode::Malformed, After::Close);
    const ServerIdentity& identity = hub_.store().identity();
    // A workspace names the server that carries it: nobody can be led to another one.
    if (request.statements.empty() || membership.serverKeys().size() > 1
        || membership.serverKeys().front().keys != identity.keys())
        return refuse(RefusalCode::Malformed, After::Close);
    const Status created = hub_.store().createWorkspace(
        hashOfToken(request.token), membership.workspace(), request.statements, now);
    if (!created && created.error().code == Errc::Refused)
        return refuse(RefusalCode::BadToken, After::Close);
    if (!created)
        return failed(created.error());
    return {.messages = {wire::WorkspaceCreated{}}, .close = false, .failure = {}};
}

PeerMachine::Output PeerMachine::answer(const wire::GenesisRequest& request, Instant)
{
    if (!mayAskUnproven())
        return refuse(RefusalCode::Limit, After::Close);
    Result<std::vector<ledger::SignedStatement>> genesis = hub_.store().statements(request.workspace, 0, 0);
    if (!genesis)
        return failed(genesis.error());
    if (genesis->empty())
        return refuse(RefusalCode::UnknownWorkspace, After::GoOn);
    return {.messages = {wire::GenesisReply{std::move(genesis->front())}}, .close = false, .failure = {}};
}

PeerMachine::Output PeerMachine::answer(const wire::JoinSubmit& request, Instant now)
{
    if (!mayAskUnproven() || request.request.size() > limits::kJoinRequestMax)
        return refuse(RefusalCode::Limit, After::Close);
    const Result<std::shared_ptr<WorkspaceHub>> workspace = hub_.find(request.workspace);
    if (!workspace && workspace.error().code == Errc::NotFound)
        return refuse(RefusalCode::UnknownWorkspace, After::GoOn);
    if (!workspace)
        return failed(workspace.error());
    const ledger::Invite* invite = (*workspace)->membership().findOpenInvite(request.invitation);
    if (invite == nullptr || invite->expires <= now)
        return refuse(RefusalCode::UnknownInvitation, After::GoOn);
    const Status kept
        = hub_.store().addJoinRequest(request.workspace, request.invitation, request.request, now);
    if (!kept && kept.error().code == Errc::LimitExceeded)
        return refuse(RefusalCode::Limit, After::GoOn);
    if (!kept)
        return failed(kept.error());
    return {.messages = {wire::JoinTaken{}}, .close = false, .failure = {}};
}

}  // namespace teren::server
