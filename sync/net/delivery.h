// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/carrier/bundle.h"
#include "sync/net/address.h"

#include <map>

namespace teren::net {

/// What a delivery came to.
struct Delivered {
    carrier::Reply reply;        ///< For the device that made the bundle.
    std::uint64_t numbered = 0;  ///< Segments that the log holds.
    /// Segments that the server did not take, by its reasons.
    std::map<wire::SegmentRefusal, std::uint64_t> refused;
    std::uint64_t received = 0;  ///< Bytes of what goes back.
};

/// Brings a bundle to the server of its workspace, for the device that made it, and takes what the server has
/// for that device. Needs no key but the one that the bundle's genesis names, and can read nothing of either.
/// Blocks.
/// @param now  By the clock here, for words on a ticket whose times the server does not take.
/// @param address  Where the server is; without it, where the ticket says.
/// @return `Refused` for a ticket that does not count there, and as the calls of `client_calls.h`.
Result<Delivered> deliver(
    const carrier::Bundle& bundle, Instant now, const std::optional<Address>& address = {});

}  // namespace teren::net
