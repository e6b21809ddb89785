// SPDX-License-Identifier: EUPL-1.2
#include "sync/net/peer_exchange.h"

#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/wire/frame.h"

#include <algorithm>

namespace teren::net {
namespace {

constexpr std::string_view kLabel = "teren.peer.v1";
constexpr std::string_view kCodeLabel = "teren.peer.code.v1";
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kPieceMax = std::size_t{1} << 20;
constexpr std::size_t kHaveMax = 2'000'000;

Bytes helloText(
    PeerExchange::Role role, const Hash& exporter, const WorkspaceId& workspace, const DeviceId& device)
{
    Bytes text{static_cast<std::uint8_t>(role)};
    for (const ByteView part : {ByteView(exporter), workspace.view(), device.view()})
        text.insert(text.end(), part.begin(), part.end());
    return text;
}

Hash codeProof(ByteView code, PeerExchange::Role role, const Hash& exporter)
{
    const Hash key = Hasher().add(kCodeLabel).add(code).finish();
    const std::array<std::uint8_t, 1> who{static_cast<std::uint8_t>(role)};
    return blake2bKeyed(key, {who, exporter});
}

PeerExchange::Role other(PeerExchange::Role role)
{
    return role == PeerExchange::Role::Caller ? PeerExchange::Role::Listener : PeerExchange::Role::Caller;
}

/// For people in a room: how a library calls the end of a line tells them nothing.
Error lineError(Error error)
{
    if (error.code == Errc::Unreachable)
        error.detail = "the line to the other device broke, or it said no more";
    return error;
}

}  // namespace

PeerExchange::PeerExchange(Connection& connection, const PeerParty& party, Role role, PeerDoor* door)
    : connection_(connection),
      party_(party),
      role_(role),
      door_(door)
{
}

Error PeerExchange::errorOf(std::uint8_t why)
{
    switch (static_cast<Why>(why)) {
    case Why::WrongCode:
        return {Errc::Refused, "the code is not the one that the other device shows"};
    case Why::Version:
        return {Errc::TooNew, "the other device has another version of Teren"};
    case Why::Stranger:
        break;
    }
    return {
        Errc::Refused,
        "the other device is of another office, or does not know this one as a member yet: one of the two "
        "has to "
        "hear from the server first, or take in a bundle of the other"};
}

asio::awaitable<Status> PeerExchange::meet()
{
    Status status;
    if (role_ == Role::Caller)
        status = co_await send(Kind::Hello, hello());
    if (status)
        status = co_await hearHello();
    if (status && role_ == Role::Listener)
        status = co_await send(Kind::Hello, hello());
    // The code is proven to nobody but a member, and first by the one who typed it.
    if (status && role_ == Role::Caller)
        status = co_await send(Kind::Code, toBytes(codeProof(party_.code, role_, connection_.exporter())));
    if (status)
        status = co_await hearCode();
    if (status && role_ == Role::Listener)
        status = co_await send(Kind::Code, toBytes(codeProof(party_.code, role_, connection_.exporter())));
    co_return status;
}

asio::awaitable<Status> PeerExchange::exchange()
{
    Status status;
    const bool isFirst = role_ == Role::Caller;
    for (const bool speaks : {isFirst, !isFirst})
        if (status)
            status = speaks ? co_await tellHave() : co_await hearHave();
    if (status && isFirst)
        status = co_await sendBundle();
    if (status)
        status = co_await hearBundle();
    // What has come whole is kept, whatever becomes of the line. The caller knows then that the listener has
    // all, for that one sends only after it; its own word is for the listener.
    if (status && isFirst)
        (void)co_await send(Kind::End, {});
    if (status && !isFirst)
        delivered_ = co_await deliver();
    co_return status;
}

asio::awaitable<Status> PeerExchange::deliver()
{
    Status sent = co_await sendBundle();
    if (!sent)
        co_return sent;
    const Result<Message> word = co_await hear(Kind::End);
    if (!word)
        co_return fail(Errc::Unreachable, "the other device has not said that all has come");
    co_return Status();
}

Bytes PeerExchange::hello() const
{
    Bytes content{kVersion};
    const Signature signature
        = party_.sign(helloText(role_, connection_.exporter(), party_.workspace, party_.device));
    for (const ByteView part : {party_.workspace.view(), party_.device.view(), ByteView(signature)})
        content.insert(content.end(), part.begin(), part.end());
    return content;
}

asio::awaitable<Status> PeerExchange::hearHello()
{
    const Result<Message> message = co_await hear(Kind::Hello);
    if (!message)
        co_return std::unexpected(message.error());
    constexpr std::size_t kSize = 1 + WorkspaceId::kSize + DeviceId::kSize + std::tuple_size_v<Signature>;
    const ByteView content = message->content;
    if (content.empty() || content.front() != kVersion || content.size() != kSize)
        co_return co_await refuse(Why::Version);
    const Result<WorkspaceId> workspace = WorkspaceId::from(content.subspan(1, WorkspaceId::kSize));
    const Result<DeviceId> device = DeviceId::from(content.subspan(1 + WorkspaceId::kSize, DeviceId::kSize));
    Signature signature{};
    std::ranges::copy(content.last(signature.size()), signature.begin());
    const std::optional<VerifyKey> key = workspace == party_.workspace && device && *device != party_.device
        ? party_.memberKey(*device)
        : std::nullopt;
    if (!key
        || !verify(
            *key, kLabel, helloText(other(role_), connection_.exporter(), *workspace, *device), signature))
        co_return co_await refuse(Why::Stranger);
    peer_ = *device;
    co_return Status();
}

asio::awaitable<Status> PeerExchange::hearCode()
{
    const Result<Message> message = co_await hear(Kind::Code);
    if (!message)
        co_return std::unexpected(message.error());
    // Judged and counted in one go: many who guess at once have no more guesses than one after the other.
    const bool isOpen = door_ == nullptr || !door_->isShut();
    if (isOpen
        && equalInConstantTime(
            message->content, codeProof(party_.code, other(role_), connection_.exporter())))
        co_return Status();
    if (door_ != nullptr)
        door_->countWrongCode();
    co_return co_await refuse(Why::WrongCode);
}

asio::awaitable<Status> PeerExchange::tellHave()
{
    Bytes piece;
    for (const Hash& hash : party_.haveFor(peer_)) {
        piece.insert(piece.end(), hash.begin(), hash.end());
        if (piece.size() + hash.size() <= kPieceMax)
            continue;
        Status sent = co_await send(Kind::Have, std::exchange(piece, {}));
        if (!sent)
            co_return sent;
    }
    Status sent;
    if (!piece.empty())
        sent = co_await send(Kind::Have, std::move(piece));
    if (sent)
        sent = co_await send(Kind::End, {});
    co_return sent;
}

asio::awaitable<Status> PeerExchange::hearHave()
{
    for (;;) {
        const Result<Message> message = co_await hear();
        if (!message)
            co_return std::unexpected(message.error());
        if (message->kind == Kind::End)
            co_return Status();
        Hash hash{};
        if (message->kind != Kind::Have || message->content.size() % hash.size() != 0
            || has_.size() + message->content.size() / hash.size() > kHaveMax)
            co_return fail(Errc::Malformed, "the other device says something that has no place here");
        for (ByteView rest = message->content; !rest.empty(); rest = rest.subspan(hash.size())) {
            std::ranges::copy(rest.first(hash.size()), hash.begin());
            has_.insert(hash);
        }
    }
}

asio::awaitable<Status> PeerExchange::sendBundle()
{
    Result<Bytes> file = party_.bundleFor(peer_, has_);
    if (!file)
        co_return std::unexpected(std::move(file).error());
    for (ByteView rest = *file; !rest.empty();) {
        const ByteView piece = rest.first(std::min(kPieceMax, rest.size()));
        Status sent = co_await send(Kind::Piece, toBytes(piece));
        if (!sent)
            co_return sent;
        rest = rest.subspan(piece.size());
    }
    co_return co_await send(Kind::End, {});
}

asio::awaitable<Status> PeerExchange::hearBundle()
{
    for (;;) {
        const Result<Message> message = co_await hear();
        if (!message)
            co_return std::unexpected(message.error());
        if (message->kind == Kind::End)
            co_return Status();
        if (message->kind != Kind::Piece)
            co_return fail(Errc::Malformed, "the other device says something that has no place here");
        if (file_.size() + message->content.size() > limits::kBundleMax)
            co_return fail(Errc::LimitExceeded, "the other device sends more than a bundle can be");
        file_.insert(file_.end(), message->content.begin(), message->content.end());
    }
}

asio::awaitable<Status> PeerExchange::refuse(Why why)
{
    (void)co_await send(Kind::Refused, {static_cast<std::uint8_t>(why)});
    co_await connection_.finish();
    co_return std::unexpected(errorOf(static_cast<std::uint8_t>(why)));
}

asio::awaitable<Status> PeerExchange::send(Kind kind, Bytes content)
{
    content.insert(content.begin(), static_cast<std::uint8_t>(kind));
    Result<Bytes> frame = wire::frame(content);
    if (!frame)
        co_return std::unexpected(std::move(frame).error());
    Status written = co_await connection_.write(*std::move(frame));
    if (!written)
        co_return std::unexpected(lineError(std::move(written).error()));
    co_return Status();
}

asio::awaitable<Result<PeerExchange::Message>> PeerExchange::hear(std::optional<Kind> expected)
{
    Result<Bytes> bytes = co_await connection_.read();
    if (!bytes)
        co_return std::unexpected(lineError(std::move(bytes).error()));
    Message message{static_cast<Kind>(bytes->front()), Bytes(bytes->begin() + 1, bytes->end())};
    if (message.kind == Kind::Refused)
        co_return std::unexpected(errorOf(message.content.empty() ? 0 : message.content.front()));
    if (expected && message.kind != *expected)
        co_return fail(Errc::Malformed, "the other device says something that has no place here");
    co_return message;
}

}  // namespace teren::net
