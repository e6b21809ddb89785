// SPDX-License-Identifier: EUPL-1.2
#include "sync/carrier/ticket.h"

#include "crypto/base/iso_time.h"
#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/carrier/ticket.pb.h"
#include "sync/ledger/proto_field.h"

namespace teren::carrier {
namespace {

using ledger::bytesFrom;
using ledger::textFrom;

constexpr std::string_view kLabel = "teren.ticket.v1";

/// A device's clock may run ahead of the one that reads its ticket.
constexpr std::chrono::hours kClockLead{24};

template <typename Message>
Status parse(ByteView bytes, Message& message)
{
    if (bytes.size() > limits::kTicketMax)
        return fail(Errc::LimitExceeded, "a ticket of " + std::to_string(bytes.size()) + " bytes");
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return fail(Errc::Malformed, "ticket");
    return {};
}

}  // namespace

Hash SignedTicket::id() const
{
    return Hasher().add(kLabel).add(body).finish();
}

SignedTicket signTicket(const Ticket& ticket, const SigningKey& device)
{
    pb::Ticket message;
    message.set_version(kTicketVersion);
    message.set_workspace(textFrom(ticket.workspace.bytes));
    message.set_device(textFrom(ticket.device.bytes));
    if (ticket.carrier)
        message.set_carrier(textFrom(*ticket.carrier));
    message.set_issued_ms(ledger::instantField(ticket.issued));
    message.set_expires_ms(ledger::instantField(ticket.expires));
    message.set_position(textFrom(ticket.position));
    message.set_server(ticket.server);
    if (ticket.head) {
        message.set_head(textFrom(ticket.head->body));
        message.set_head_signature(textFrom(ticket.head->signature));
    }
    SignedTicket signedTicket;
    signedTicket.body = bytesFrom(message.SerializeAsString());
    signedTicket.signature = device.sign(kLabel, signedTicket.body);
    return signedTicket;
}

Result<Ticket> decodeTicket(const SignedTicket& signedTicket)
{
    pb::Ticket message;
    TEREN_CHECK(parse(signedTicket.body, message));
    if (message.version() > kTicketVersion)
        return fail(Errc::TooNew, "a ticket of a later version");
    if (message.version() == 0)
        return fail(Errc::Malformed, "a ticket without a version");
    if (message.server().size() > limits::kAddressMax)
        return fail(Errc::LimitExceeded, "a ticket with a long address");
    Ticket ticket;
    TEREN_CHECK(ledger::readId(message.workspace(), ticket.workspace));
    TEREN_CHECK(ledger::readId(message.device(), ticket.device));
    if (!message.carrier().empty())
        TEREN_CHECK(ledger::readArray(message.carrier(), ticket.carrier.emplace()));
    TEREN_CHECK(ledger::readInstant(message.issued_ms(), ticket.issued));
    TEREN_CHECK(ledger::readInstant(message.expires_ms(), ticket.expires));
    ticket.position = bytesFrom(message.position());
    ticket.server = message.server();
    if (!message.head().empty()) {
        ledger::SignedHead& head = ticket.head.emplace();
        head.body = bytesFrom(message.head());
        TEREN_CHECK(ledger::readArray(message.head_signature(), head.signature));
    }
    return ticket;
}

Status checkTicket(const SignedTicket& signedTicket, const VerifyKey& device, Instant now)
{
    if (!verify(device, kLabel, signedTicket.body, signedTicket.signature))
        return fail(Errc::Forged, "a ticket that is not signed by the device it names");
    TEREN_TRY(const Ticket ticket, decodeTicket(signedTicket));
    return checkTimes(ticket, now);
}

Status checkTimes(const Ticket& ticket, Instant now)
{
    if (ticket.expires - ticket.issued > limits::kTicketLife)
        return fail(
            Errc::Refused,
            "the file's ticket is to count for longer than a ticket may; have a new one made by an "
            "unaltered Teren");
    if (ticket.issued > now + kClockLead)
        return fail(
            Errc::Refused,
            "by the clock here the file was made in the future, on " + isoUtc(ticket.issued)
                + ": the clock of the device that made it is wrong, unless it is this one; set it right and "
                  "have a new one made there");
    if (ticket.expires < now)
        return fail(
            Errc::Refused,
            "the file counted until " + isoUtc(ticket.expires) + " and has expired; have a new one made");
    return {};
}

Bytes encode(const SignedTicket& signedTicket)
{
    pb::SignedTicket message;
    message.set_body(textFrom(signedTicket.body));
    message.set_signature(textFrom(signedTicket.signature));
    return bytesFrom(message.SerializeAsString());
}

Result<SignedTicket> decodeSignedTicket(ByteView bytes)
{
    pb::SignedTicket message;
    TEREN_CHECK(parse(bytes, message));
    SignedTicket signedTicket;
    signedTicket.body = bytesFrom(message.body());
    TEREN_CHECK(ledger::readArray(message.signature(), signedTicket.signature));
    return signedTicket;
}

}  // namespace teren::carrier
