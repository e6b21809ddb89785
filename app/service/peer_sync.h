// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/bundles.h"

#include <functional>

// Two laptops in one room, without the server: each gets what the other has and it has not.
namespace teren::service {

struct PeerReport {
    ImportReport taken;      ///< `from` is the colleague's device. Nothing is ever confirmed by a colleague.
    std::uint64_t sent = 0;  ///< Segments that the colleague did not have.
};

/// Waits for one colleague; blocks until the exchange is done.
/// @param address  "host:port" to listen on; port 0 for any.
/// @param told     Called with what to tell the colleague: the address, and a code that is good for this
/// once. Where this device listens on all its networks, it is each of its addresses on them, joined by " or
/// ".
/// @param stop     Asked several times a second, if there is one; true ends the waiting.
/// @return `Refused` after three wrong codes; `Unreachable` if stopped, or nobody came within
/// a quarter of an hour; errors of taking in are those of `importBundle`.
Result<PeerReport> listenForColleague(
    Office& office, const std::string& address,
    const std::function<void(const std::string& address, const std::string& code)>& told,
    const std::function<bool()>& stop = {});

/// Calls the colleague who waits. @return `Refused` for a wrong code, or a device of another office;
/// `Unreachable`.
Result<PeerReport> syncWithColleague(Office& office, const std::string& address, const std::string& code);

}  // namespace teren::service
