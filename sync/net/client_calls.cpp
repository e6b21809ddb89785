// SPDX-License-Identifier: EUPL-1.2
#include "sync/net/client_calls.h"

#include "sync/engine/refusal.h"
#include "sync/net/connection.h"
#include "sync/net/run_to_end.h"
#include "sync/wire/frame.h"

#include <algorithm>

namespace teren::net {
namespace {

/// Pages and answers that may come before the reply to what was asked.
constexpr std::size_t kSkippedMax = 10'000;

/// Outside a session some reasons mean something else.
Error errorOf(wire::RefusalCode code)
{
    using enum wire::RefusalCode;
    switch (code) {
    case UnknownInvitation:
        return {Errc::NotFound, "the invitation is void, used or too old"};
    case BadToken:
        return {Errc::Refused, "the token is unknown or was used already"};
    case UnknownHead:
    case UnknownMembership:
        return {Errc::Forged, "the server's log is not the one this device has verified"};
    case Limit:
        return {Errc::LimitExceeded, "the server found that over a limit"};
    case Version:
    case UnknownWorkspace:
    case NotAMember:
    case BadProof:
    case NoRoom:
    case Internal:
    case Malformed:
    case OutOfTurn:
        break;
    }
    return engine::errorOf(code);
}

/// One connection for a few questions.
class Call {
public:
    Call(Address address, KeyPin pin) : address_(std::move(address)), pin_(std::move(pin)) {}

    /// Runs `asked` with this call connected.
    Status run(std::function<asio::awaitable<Status>(Call&)> asked)
    {
        TEREN_TRY(asio::ssl::context context, makeClientContext());
        asio::io_context io;
        Status result = runToEnd(io, connected(context, std::move(asked)));
        connection_.reset();
        return result;
    }

    const VerifyKey& peerKey() const { return connection_->peerKey(); }
    const Hash& exporter() const { return connection_->exporter(); }

    asio::awaitable<Status> send(wire::ToServer message)
    {
        Result<Bytes> frame = wire::frame(wire::encode(message));
        if (!frame)
            co_return std::unexpected(std::move(frame).error());
        co_return co_await connection_->write(*std::move(frame));
    }
    /// The first message of kind `T`; what a session brings besides is passed over.
    template <typename T>
    asio::awaitable<Result<T>> receive()
    {
        for (std::size_t skipped = 0; skipped < kSkippedMax; ++skipped) {
            const Result<Bytes> bytes = co_await connection_->read();
            if (!bytes)
                co_return std::unexpected(bytes.error());
            Result<wire::ToClient> message = wire::decodeToClient(*bytes);
            if (!message)
                co_return std::unexpected(message.error());
            if (auto* wanted = std::get_if<T>(&*message))
                co_return std::move(*wanted);
            if (const auto* refusal = std::get_if<wire::Refusal>(&*message))
                co_return std::unexpected(errorOf(refusal->code));
            if (!std::holds_alternative<wire::Answer>(*message)
                && !std::holds_alternative<wire::Page>(*message))
                break;
        }
        co_return fail(Errc::Malformed, "the server answered something else");
    }

private:
    asio::awaitable<Status> connected(
        asio::ssl::context& context, std::function<asio::awaitable<Status>(Call&)> asked)
    {
        Deadlines deadlines;
        deadlines.silence = deadlines.progress;
        Result<std::unique_ptr<Connection>> connection
            = co_await Connection::connect(address_, pin_, context, deadlines);
        if (!connection)
            co_return std::unexpected(connection.error());
        connection_ = *std::move(connection);
        Status status = co_await asked(*this);
        connection_->close();
        co_return status;
    }

    Address address_;
    KeyPin pin_;
    std::unique_ptr<Connection> connection_;
};

/// One question and its reply.
template <typename T>
Result<T> ask(const Server& server, wire::ToServer question)
{
    std::optional<T> reply;
    Call call(server.address, server.pin());
    TEREN_CHECK(call.run([&](Call& line) -> asio::awaitable<Status> {
        const Status sent = co_await line.send(question);
        if (!sent)
            co_return sent;
        Result<T> received = co_await line.receive<T>();
        if (!received)
            co_return std::unexpected(received.error());
        reply.emplace(*std::move(received));
        co_return Status();
    }));
    return *std::move(reply);
}

wire::Open openingOf(const engine::Replica& replica, const Hash& exporter)
{
    const wire::Position position = replica.position();
    wire::Open open;
    open.workspace = replica.membership().workspace();
    open.device = replica.device();
    open.position = wire::encode(position);
    open.signature = replica.signProof(wire::proofMessage(exporter, open, position.head));
    return open;
}

/// The same inside a session of this device.
template <typename T>
Result<T> askAsMember(const Server& server, const engine::Replica& replica, wire::ToServer question)
{
    std::optional<T> reply;
    Call call(server.address, server.pin());
    TEREN_CHECK(call.run([&](Call& line) -> asio::awaitable<Status> {
        const wire::ToServer opening = openingOf(replica, line.exporter());
        const Status opened = co_await line.send(opening);
        if (!opened)
            co_return opened;
        const Status sent = co_await line.send(question);
        if (!sent)
            co_return sent;
        Result<T> received = co_await line.receive<T>();
        if (!received)
            co_return std::unexpected(received.error());
        reply.emplace(*std::move(received));
        co_return Status();
    }));
    return *std::move(reply);
}

}  // namespace

Result<KnownServer> fetchServerInfo(const Address& address, const Hash& fingerprint)
{
    KnownServer known;
    Call call(address, std::nullopt);
    TEREN_CHECK(call.run([&](Call& line) -> asio::awaitable<Status> {
        const wire::ToServer question = wire::ServerInfoRequest{};
        const Status sent = co_await line.send(question);
        if (!sent)
            co_return sent;
        const Result<wire::ServerInfo> info = co_await line.receive<wire::ServerInfo>();
        if (!info)
            co_return std::unexpected(info.error());
        known = {{address, line.peerKey(), {}}, info->receiptKey};
        co_return Status();
    }));
    if (serverFingerprint(known.server.tlsKey, known.receiptKey) != fingerprint)
        return fail(Errc::Forged, "the server at this address has another fingerprint");
    return known;
}

Status createWorkspace(
    const Server& server, ByteView token, std::span<const ledger::SignedStatement> statements)
{
    wire::CreateWorkspace question{toBytes(token), {statements.begin(), statements.end()}};
    TEREN_CHECK(ask<wire::WorkspaceCreated>(server, std::move(question)));
    return {};
}

namespace {

Result<FoundGenesis> askForGenesis(const Address& address, const KeyPin& pin, const WorkspaceId& workspace)
{
    FoundGenesis found;
    Call call(address, pin);
    TEREN_CHECK(call.run([&](Call& line) -> asio::awaitable<Status> {
        const wire::ToServer question = wire::GenesisRequest{workspace};
        const Status sent = co_await line.send(question);
        if (!sent)
            co_return sent;
        Result<wire::GenesisReply> reply = co_await line.receive<wire::GenesisReply>();
        if (!reply)
            co_return std::unexpected(reply.error());
        found = {std::move(reply->statement), {address, line.peerKey(), {}}, {}};
        co_return Status();
    }));
    if (WorkspaceId{found.statement.hash()} != workspace)
        return fail(Errc::Forged, "the server showed the beginning of another workspace");
    return found;
}

}  // namespace

Result<FoundGenesis> fetchGenesis(
    const Address& address, const WorkspaceId& workspace, const std::optional<Hash>& fingerprint)
{
    if (fingerprint) {
        TEREN_TRY(const KnownServer known, fetchServerInfo(address, *fingerprint));
        TEREN_TRY(FoundGenesis found, askForGenesis(address, known.server.tlsKey, workspace));
        found.told = ledger::ServerKeyPair{known.server.tlsKey, known.receiptKey};
        return found;
    }
    TEREN_TRY(FoundGenesis found, askForGenesis(address, {}, workspace));
    TEREN_TRY(const ledger::Statement statement, ledger::decodeStatement(found.statement));
    const ledger::Genesis* genesis
        = statement.acts.empty() ? nullptr : std::get_if<ledger::Genesis>(&statement.acts.front());
    if (genesis == nullptr)
        return fail(Errc::Forged, "the server at this address is not the workspace's");
    if (genesis->serverTlsKey == found.server.tlsKey)
        return found;
    // A server that changes its keys shows the one that is asked for, as long as it has it.
    Result<FoundGenesis> again = askForGenesis(address, genesis->serverTlsKey, workspace);
    if (!again && again.error().code == Errc::Forged)
        return fail(
            Errc::Forged,
            "the server at this address is not the workspace's, or has other keys since the invitation was "
            "made: ask the inviter for a new one");
    return again;
}

Status submitJoin(
    const Server& server, const WorkspaceId& workspace, const InvitationId& invitation, ByteView request)
{
    wire::JoinSubmit question{workspace, invitation, toBytes(request)};
    TEREN_CHECK(ask<wire::JoinTaken>(server, std::move(question)));
    return {};
}

Result<wire::JoinRequests> queryJoinRequests(
    const Server& server, const engine::Replica& replica, std::span<const InvitationId> invitations)
{
    wire::JoinRequestsQuery question{{invitations.begin(), invitations.end()}};
    return askAsMember<wire::JoinRequests>(server, replica, std::move(question));
}

Result<wire::StatementsResult> submitStatements(
    const Server& server, const engine::Replica& replica, std::span<const ledger::SignedStatement> statements)
{
    wire::SubmitStatements question{{statements.begin(), statements.end()}};
    return askAsMember<wire::StatementsResult>(server, replica, std::move(question));
}

}  // namespace teren::net
