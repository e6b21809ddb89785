// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/carrier/bundle.h"
#include "sync/ledger/membership.h"

namespace teren::carrier {

/// What a bundle adds to what a device knows.
struct Verified {
    Ticket ticket;
    wire::Position position;                     ///< In the ticket.
    ledger::Membership membership;               ///< As it is with `newer`.
    std::vector<ledger::SignedStatement> newer;  ///< What continues the device's own membership log.
    std::vector<ledger::Segment> segments;       ///< Signed by their authors and whole.
};

/// Holds a bundle against the membership log of the device that reads it: membership first, then the ticket,
/// then every segment. A bundle that is wrong anywhere is wrong as a whole.
/// @return `Refused` for another workspace, for a ticket that does not count, or of a device that is no
///         member; `Forged`, `TooNew`.
Result<Verified> verifyBundle(Bundle bundle, const ledger::Membership& known, Instant now);

/// Signature by its author, workspace, body. @return `Forged`.
Status verifySegment(const ledger::Segment& segment, const ledger::Membership& membership);

/// The statements of `others` that continue `known`; those before are the same ones, signatures included.
/// @return `Forged` if the two logs are not one, or as
/// `Membership::apply`, which `known` follows.
Result<std::vector<ledger::SignedStatement>> newerStatements(
    std::vector<ledger::SignedStatement> others, ledger::Membership& known);

}  // namespace teren::carrier
