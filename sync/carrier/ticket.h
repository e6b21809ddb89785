// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/id.h"
#include "crypto/sign/signature.h"
#include "sync/ledger/head.h"

#include <optional>
#include <string>

namespace teren::carrier {

inline constexpr std::uint32_t kTicketVersion = 1;

/// A device's word that others may carry for it: what it has sealed to the server, and to it what the server
/// has for a device that stands at `position`. It opens nothing.
struct Ticket {
    WorkspaceId workspace;
    DeviceId device;
    std::optional<VerifyKey> carrier;  ///< Who may hand it in; none: whoever has it.
    Instant issued{};
    Instant expires{};   ///< At most `limits::kTicketLife` after `issued`.
    Bytes position;      ///< An encoded `wire::Position`.
    std::string server;  ///< "host:port", at most `limits::kAddressMax`.
    /// The device's newest head as the server signed it: whoever was shown another log has the proof then.
    std::optional<ledger::SignedHead> head = {};

    friend bool operator==(const Ticket&, const Ticket&) = default;
};

/// The bytes as signed, label "teren.ticket.v1".
struct SignedTicket {
    Bytes body;
    Signature signature{};

    /// BLAKE2b-256("teren.ticket.v1" ‖ body): tells tickets apart.
    Hash id() const;
    friend bool operator==(const SignedTicket&, const SignedTicket&) = default;
};

SignedTicket signTicket(const Ticket& ticket, const SigningKey& device);
/// Reads the body; who signed it is `checkTicket`'s to say. @return `Malformed`, `LimitExceeded`, `TooNew`.
Result<Ticket> decodeTicket(const SignedTicket& signedTicket);
/// @param device  The key of `Ticket::device` in the membership log.
/// @return `Forged` for another's signature, `Refused` for a ticket that is past its time, or lives too long.
Status checkTicket(const SignedTicket& signedTicket, const VerifyKey& device, Instant now);
/// Of that, the times alone. @return `Refused`, saying whose clock is wrong where one is.
Status checkTimes(const Ticket& ticket, Instant now);

/// As a message in a file or on the wire.
Bytes encode(const SignedTicket& signedTicket);
/// @return `Malformed`, `LimitExceeded`.
Result<SignedTicket> decodeSignedTicket(ByteView bytes);

}  // namespace teren::carrier
