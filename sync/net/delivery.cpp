// SPDX-License-Identifier: EUPL-1.2
#include "sync/net/delivery.h"

#include "crypto/base/iso_time.h"
#include "crypto/base/limits.h"
#include "sync/engine/refusal.h"
#include "sync/ledger/membership.h"
#include "sync/net/connection.h"
#include "sync/net/run_to_end.h"
#include "sync/wire/frame.h"

#include <set>

namespace teren::net {
namespace {

/// Bodies on their way that have no answer yet.
constexpr std::size_t kWindowBytes = std::size_t{512} << 10;

/// The server says of a ticket's times only that they are wrong by its clock.
Error errorOfTimes(const carrier::Ticket& ticket, Instant now)
{
    if (const Status here = carrier::checkTimes(ticket, now); !here)
        return here.error();
    return {
        Errc::Refused,
        "by the server's clock the file does not count, made on " + isoUtc(ticket.issued) + " to count until "
            + isoUtc(ticket.expires)
            + ", and by the clock of this computer it does: one of the two clocks is wrong"};
}

/// What is said to a device is no help to the person who carries its bundle.
Error errorOf(wire::RefusalCode code, const carrier::Ticket& ticket, Instant now)
{
    using enum wire::RefusalCode;
    switch (code) {
    case Version:
    case NoRoom:
    case Internal:
        return engine::errorOf(code);
    case UnknownWorkspace:
        return {Errc::NotFound, "the server does not know the office of this bundle"};
    case NotAMember:
        return {
            Errc::Refused, "the device that made the bundle is not, or no longer, a member of its office"};
    case BadToken:
        return errorOfTimes(ticket, now);
    case BadProof:
        return {Errc::Forged, "the bundle's ticket is not signed by the device that it names"};
    case UnknownHead:
    case UnknownMembership:
        return {
            Errc::Refused,
            "the server was put back to an older state than the device knows that made the bundle: that "
            "device has to come into contact with the server itself"};
    case Limit:
        return {Errc::LimitExceeded, "the server found that over a limit"};
    case Malformed:
    case OutOfTurn:
    case UnknownInvitation:
        break;
    }
    return {Errc::Malformed, "the server does not take this bundle"};
}

/// One connection that stands in for a device's session.
class Delivery {
public:
    Delivery(
        const carrier::Bundle& bundle, const carrier::Ticket& ticket, wire::Position position, Instant now,
        Delivered& result)
        : bundle_(bundle),
          ticket_(ticket),
          position_(std::move(position)),
          now_(now),
          result_(result)
    {
    }

    asio::awaitable<Status> run(Address address, KeyPin pin, asio::ssl::context& context)
    {
        const Deadlines deadlines;
        Result<std::unique_ptr<Connection>> connection
            = co_await Connection::connect(std::move(address), pin, context, deadlines);
        if (!connection)
            co_return std::unexpected(connection.error());
        connection_ = *std::move(connection);
        Status status = co_await exchange();
        connection_->close();
        co_return status;
    }

private:
    asio::awaitable<Status> exchange()
    {
        const wire::ToServer opening = wire::Present{{}, carrier::encode(bundle_.ticket), {}};
        Status status = co_await send(opening);
        while (status && (!isAnswered_ || streams_ > 0))
            status = co_await hear();
        for (std::size_t i = 0; status && i < bundle_.segments.size(); ++i)
            status = co_await bring(bundle_.segments[i]);
        if (status)
            status = co_await hearAnswers();
        while (status && streams_ > 0)
            status = co_await hear();
        const wire::ToServer end = wire::Finish{};
        if (status)
            status = co_await send(end);
        while (status && !isSealed_)
            status = co_await hear();
        co_return status;
    }

    asio::awaitable<Status> bring(const ledger::Segment& segment)
    {
        if (!waiting_.insert(segment.head.hash).second)
            co_return Status();
        waitingBytes_ += segment.body.size();
        for (wire::PutSegment& part : carrier::asMessages(segment)) {
            const wire::ToServer message = std::move(part);
            Status sent = co_await send(message);
            if (!sent)
                co_return sent;
        }
        if (waitingBytes_ <= kWindowBytes)
            co_return Status();
        co_return co_await hearAnswers();
    }

    asio::awaitable<Status> hearAnswers()
    {
        Status status;
        while (status && !waiting_.empty())
            status = co_await hear();
        waitingBytes_ = 0;
        co_return status;
    }

    asio::awaitable<Status> send(const wire::ToServer& message)
    {
        Result<Bytes> frame = wire::frame(wire::encode(message));
        if (!frame)
            co_return std::unexpected(std::move(frame).error());
        co_return co_await connection_->write(*std::move(frame));
    }

    /// The next message, kept as it came.
    asio::awaitable<Status> hear()
    {
        Result<Bytes> bytes = co_await connection_->read();
        if (!bytes)
            co_return std::unexpected(bytes.error());
        result_.received += bytes->size();
        if (result_.received > limits::kBundleMax - limits::kMessageMax)
            co_return fail(Errc::LimitExceeded, "the server has more for that device than a reply can hold");
        const Result<wire::ToClient> message = wire::decodeToClient(*bytes);
        if (!message)
            co_return std::unexpected(message.error());
        result_.reply.messages.push_back(*std::move(bytes));
        if (const auto* answer = std::get_if<wire::Answer>(&*message))
            co_return co_await takeAnswer(*answer);
        co_return take(*message);
    }

    asio::awaitable<Status> takeAnswer(const wire::Answer& answer)
    {
        isAnswered_ = !answer.moreStatements;
        if (!answer.statements.empty()) {
            position_.membershipHeight += answer.statements.size();
            position_.membershipHash = answer.statements.back().hash();
        }
        if (!answer.moreStatements) {
            streams_ += answer.toReceive > 0 ? 1 : 0;
            co_return Status();
        }
        const wire::ToServer again = wire::Refresh{position_};
        co_return co_await send(again);
    }

    Status take(const wire::ToClient& message)
    {
        if (const auto* refusal = std::get_if<wire::Refusal>(&message))
            return std::unexpected(errorOf(refusal->code, ticket_, now_));
        if (const auto* page = std::get_if<wire::Page>(&message); page && page->last && streams_ > 0)
            --streams_;
        if (const auto* receipt = std::get_if<wire::Receipt>(&message)) {
            result_.numbered += receipt->entries.size();
            for (const wire::Numbered& entry : receipt->entries)
                waiting_.erase(entry.segment);
        }
        if (const auto* refused = std::get_if<wire::SegmentRefused>(&message)) {
            ++result_.refused[refused->code];
            waiting_.erase(refused->segment);
        }
        isSealed_ = isSealed_ || std::holds_alternative<wire::ReplySeal>(message);
        return {};
    }

    const carrier::Bundle& bundle_;
    const carrier::Ticket& ticket_;
    wire::Position position_;
    Instant now_;
    Delivered& result_;
    std::unique_ptr<Connection> connection_;
    std::set<Hash> waiting_;
    std::size_t waitingBytes_ = 0;
    unsigned streams_ = 0;
    bool isAnswered_ = false;
    bool isSealed_ = false;
};

/// The keys of the server, as the members' log in the bundle says.
Result<KeyPin> serverKeysOf(const carrier::Bundle& bundle, const carrier::Ticket& ticket)
{
    if (bundle.statements.empty() || WorkspaceId{bundle.statements.front().hash()} != ticket.workspace)
        return fail(Errc::Forged, "the bundle does not hold the beginning of its office's members' log");
    ledger::Membership membership;
    for (const ledger::SignedStatement& statement : bundle.statements) {
        const Status applied = membership.apply(statement);
        // A later build's acts may stand behind; what is known of the server until there counts.
        if (!applied && applied.error().code == Errc::TooNew && membership.height() > 0)
            break;
        TEREN_CHECK(Status(applied));
    }
    std::vector<VerifyKey> keys;
    for (const ledger::ServerKeyPair& pair : ledger::acceptedKeys(membership.serverKeys(), ticket.issued))
        keys.push_back(pair.tls);
    return KeyPin(std::move(keys));
}

/// What has to be known from the bundle to bring it.
struct Errand {
    carrier::Ticket ticket;
    KeyPin pin;
    wire::Position position;
};

Result<Errand> errandOf(const carrier::Bundle& bundle)
{
    TEREN_TRY(carrier::Ticket ticket, carrier::decodeTicket(bundle.ticket));
    TEREN_TRY(KeyPin pin, serverKeysOf(bundle, ticket));
    TEREN_TRY(wire::Position position, wire::decodePosition(ticket.position));
    return Errand{std::move(ticket), std::move(pin), std::move(position)};
}

}  // namespace

Result<Delivered> deliver(const carrier::Bundle& bundle, Instant now, const std::optional<Address>& address)
{
    Result<Errand> errand = errandOf(bundle);
    if (!errand)
        return carrier::wrongFile(errand.error());
    const carrier::Ticket& ticket = errand->ticket;
    if (ticket.carrier)
        return fail(Errc::Refused, "the bundle may be brought to the server by one device only");
    TEREN_TRY(const Address where, address ? Result<Address>(*address) : Address::parse(ticket.server));
    Delivered result;
    result.reply.ticket = bundle.ticket;
    TEREN_TRY(asio::ssl::context context, makeClientContext());
    asio::io_context io;
    // After them, because its connection has to go before they do.
    Delivery delivery(bundle, ticket, std::move(errand->position), now, result);
    TEREN_CHECK(runToEnd(io, delivery.run(where, errand->pin, context)));
    return result;
}

}  // namespace teren::net
