// SPDX-License-Identifier: EUPL-1.2
#include "sync/net/peer_line.h"

#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/net/connection.h"
#include "sync/wire/frame.h"

#include <algorithm>
#include <exception>

namespace teren::net {
namespace {

constexpr std::string_view kLabel = "teren.peer.v1";
constexpr std::string_view kCodeLabel = "teren.peer.code.v1";
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kPieceMax = std::size_t{1} << 20;
constexpr std::size_t kHaveMax = 2'000'000;

enum class Role : std::uint8_t { Caller = 1, Listener = 2 };
enum class Kind : std::uint8_t { Hello = 1, Code = 2, Have = 3, Piece = 4, End = 5, Refused = 6 };
enum class Why : std::uint8_t { Stranger = 1, WrongCode = 2, Version = 3 };

Bytes helloText(Role role, const Hash& exporter, const WorkspaceId& workspace, const DeviceId& device)
{
    Bytes text{static_cast<std::uint8_t>(role)};
    for (const ByteView part : {ByteView(exporter), workspace.view(), device.view()})
        text.insert(text.end(), part.begin(), part.end());
    return text;
}

Hash codeProof(ByteView code, Role role, const Hash& exporter)
{
    const Hash key = Hasher().add(kCodeLabel).add(code).finish();
    const std::array<std::uint8_t, 1> who{static_cast<std::uint8_t>(role)};
    return blake2bKeyed(key, {who, exporter});
}

Error errorOf(std::uint8_t why)
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

/// One line between two devices, from the handshake to the end.
class PeerLine {
public:
    PeerLine(Connection& connection, const PeerParty& party, Role role)
        : connection_(connection),
          party_(party),
          role_(role)
    {
    }

    /// Who is at the other end, and that both know the code. @return what ended it.
    asio::awaitable<Status> meet()
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
            status = co_await send(Kind::Code, toBytes(codeProof(party_.code, role_, exporter())));
        if (status)
            status = co_await hearCode();
        if (status && role_ == Role::Listener)
            status = co_await send(Kind::Code, toBytes(codeProof(party_.code, role_, exporter())));
        co_return status;
    }

    /// The caller tells first what it has and sends first: never both at once.
    asio::awaitable<Status> exchange()
    {
        Status status;
        const bool isFirst = role_ == Role::Caller;
        for (const bool speaks : {isFirst, !isFirst})
            if (status)
                status = speaks ? co_await tellHave() : co_await hearHave();
        for (const bool speaks : {isFirst, !isFirst})
            if (status)
                status = speaks ? co_await sendBundle() : co_await hearBundle();
        // So that what was sent last is known to have come.
        if (status && isFirst)
            status = co_await send(Kind::End, {});
        if (status && !isFirst)
            (void)co_await hear();
        co_return status;
    }

    bool isWrongCode() const { return isWrongCode_; }
    PeerBundle take() { return {peer_, std::move(file_)}; }

private:
    struct Message {
        Kind kind{};
        Bytes content;
    };

    static Role other(Role role) { return role == Role::Caller ? Role::Listener : Role::Caller; }
    const Hash& exporter() const { return connection_.exporter(); }

    Bytes hello() const
    {
        Bytes content{kVersion};
        const Signature signature
            = party_.sign(helloText(role_, exporter(), party_.workspace, party_.device));
        for (const ByteView part : {party_.workspace.view(), party_.device.view(), ByteView(signature)})
            content.insert(content.end(), part.begin(), part.end());
        return content;
    }

    asio::awaitable<Status> hearHello()
    {
        const Result<Message> message = co_await hear(Kind::Hello);
        if (!message)
            co_return std::unexpected(message.error());
        constexpr std::size_t kSize = 1 + WorkspaceId::kSize + DeviceId::kSize + std::tuple_size_v<Signature>;
        const ByteView content = message->content;
        if (content.empty() || content.front() != kVersion || content.size() != kSize)
            co_return co_await refuse(Why::Version);
        const Result<WorkspaceId> workspace = WorkspaceId::from(content.subspan(1, WorkspaceId::kSize));
        const Result<DeviceId> device
            = DeviceId::from(content.subspan(1 + WorkspaceId::kSize, DeviceId::kSize));
        Signature signature{};
        std::ranges::copy(content.last(signature.size()), signature.begin());
        const std::optional<VerifyKey> key
            = workspace == party_.workspace && device && *device != party_.device ? party_.memberKey(*device)
                                                                                  : std::nullopt;
        if (!key
            || !verify(*key, kLabel, helloText(other(role_), exporter(), *workspace, *device), signature))
            co_return co_await refuse(Why::Stranger);
        peer_ = *device;
        co_return Status();
    }

    asio::awaitable<Status> hearCode()
    {
        const Result<Message> message = co_await hear(Kind::Code);
        if (!message)
            co_return std::unexpected(message.error());
        if (equalInConstantTime(message->content, codeProof(party_.code, other(role_), exporter())))
            co_return Status();
        isWrongCode_ = true;
        co_return co_await refuse(Why::WrongCode);
    }

    asio::awaitable<Status> tellHave()
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

    asio::awaitable<Status> hearHave()
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

    asio::awaitable<Status> sendBundle()
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

    asio::awaitable<Status> hearBundle()
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

    asio::awaitable<Status> refuse(Why why)
    {
        (void)co_await send(Kind::Refused, {static_cast<std::uint8_t>(why)});
        co_await connection_.finish();
        co_return std::unexpected(errorOf(static_cast<std::uint8_t>(why)));
    }

    asio::awaitable<Status> send(Kind kind, Bytes content)
    {
        content.insert(content.begin(), static_cast<std::uint8_t>(kind));
        Result<Bytes> frame = wire::frame(content);
        if (!frame)
            co_return std::unexpected(std::move(frame).error());
        co_return co_await connection_.write(*std::move(frame));
    }

    asio::awaitable<Result<Message>> hear(std::optional<Kind> expected = {})
    {
        Result<Bytes> bytes = co_await connection_.read();
        if (!bytes)
            co_return std::unexpected(std::move(bytes).error());
        Message message{static_cast<Kind>(bytes->front()), Bytes(bytes->begin() + 1, bytes->end())};
        if (message.kind == Kind::Refused)
            co_return std::unexpected(errorOf(message.content.empty() ? 0 : message.content.front()));
        if (expected && message.kind != *expected)
            co_return fail(Errc::Malformed, "the other device says something that has no place here");
        co_return message;
    }

    Connection& connection_;
    const PeerParty& party_;
    Role role_;
    DeviceId peer_;
    std::set<Hash> has_;
    Bytes file_;
    bool isWrongCode_ = false;
};

/// While one side makes its bundle the other waits.
Deadlines peerDeadlines()
{
    Deadlines deadlines;
    deadlines.silence = deadlines.progress * 2;
    return deadlines;
}

/// Until one colleague has been met and the exchange has come to an end, good or bad.
asio::awaitable<Status> acceptOne(
    asio::ip::tcp::acceptor& acceptor, asio::ssl::context& context, const PeerParty& party,
    PeerBundle& result)
{
    for (unsigned wrong = 0; wrong < kWrongCodesMax;) {
        asio::ip::tcp::socket socket(acceptor.get_executor());
        const std::tuple accepted = co_await acceptor.async_accept(socket, kNoThrow);
        if (std::get<0>(accepted))
            co_return fail(
                Errc::Unreachable, "the waiting was cut short: " + std::get<0>(accepted).message());
        Connection connection(std::move(socket), context, peerDeadlines());
        const Status shaken = co_await connection.accept();
        if (!shaken)
            continue;
        PeerLine line(connection, party, Role::Listener);
        const Status met = co_await line.meet();
        wrong += line.isWrongCode() ? 1 : 0;
        if (!met)
            continue;
        Status exchanged = co_await line.exchange();
        if (exchanged)
            result = line.take();
        co_return exchanged;
    }
    co_return fail(
        Errc::Refused,
        "the code was wrong " + std::to_string(kWrongCodesMax) + " times; wait anew, with a new code");
}

asio::awaitable<Status> callOne(
    Address address, asio::ssl::context& context, const PeerParty& party, PeerBundle& result)
{
    Result<std::unique_ptr<Connection>> connection
        = co_await Connection::connect(std::move(address), std::nullopt, context, peerDeadlines());
    if (!connection)
        co_return fail(
            connection.error().code == Errc::Forged ? Errc::Refused : connection.error().code,
            "the other device cannot be reached at this address");
    PeerLine line(**connection, party, Role::Caller);
    Status status = co_await line.meet();
    if (status)
        status = co_await line.exchange();
    if (status)
        result = line.take();
    (*connection)->close();
    co_return status;
}

Result<PeerBundle> runTo(asio::io_context& io, asio::awaitable<Status> work, const PeerBundle& result)
{
    Status status = fail(Errc::Unreachable, "the exchange did not begin");
    asio::co_spawn(io, std::move(work), [&](std::exception_ptr error, Status ended) {
        if (error)
            std::rethrow_exception(error);
        status = std::move(ended);
    });
    io.run();
    TEREN_CHECK(Status(status));
    return result;
}

Result<Address> bindTo(asio::io_context& io, asio::ip::tcp::acceptor& acceptor, const Address& at)
{
    asio::ip::tcp::resolver resolver(io);
    asio::error_code error;
    const auto found
        = resolver.resolve(at.host, std::to_string(at.port), asio::ip::tcp::resolver::passive, error);
    if (error || found.empty())
        return fail(Errc::Invalid, "the address to listen on is unknown: " + at.text());
    const asio::ip::tcp::endpoint endpoint = found.begin()->endpoint();
    acceptor.open(endpoint.protocol(), error);
    if (!error)
        acceptor.set_option(asio::ip::tcp::acceptor::reuse_address(true), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error == asio::error::address_in_use)
        return fail(Errc::Busy, "another program listens on " + at.text());
    if (error)
        return fail(Errc::Invalid, "cannot listen on " + at.text() + ": " + error.message());
    const asio::ip::tcp::endpoint bound = acceptor.local_endpoint(error);
    return Address{bound.address().to_string(), bound.port()};
}

}  // namespace

Result<PeerBundle> listenForPeer(
    const Address& at, const PeerParty& party, RandomSource& random,
    const std::function<void(const Address&)>& ready)
{
    // The certificate says nothing: who is there is proven inside, bound to this connection.
    TEREN_TRY(asio::ssl::context context, makeServerContext(SigningKey::generate(random)));
    asio::io_context io;
    asio::ip::tcp::acceptor acceptor(io);
    TEREN_TRY(const Address bound, bindTo(io, acceptor, at));
    ready(bound);
    PeerBundle result;
    return runTo(io, acceptOne(acceptor, context, party, result), result);
}

Result<PeerBundle> callPeer(const Address& address, const PeerParty& party)
{
    TEREN_TRY(asio::ssl::context context, makeClientContext());
    asio::io_context io;
    PeerBundle result;
    return runTo(io, callOne(address, context, party, result), result);
}

}  // namespace teren::net
