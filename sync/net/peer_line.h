// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/id.h"
#include "crypto/base/random.h"
#include "crypto/sign/signature.h"
#include "sync/net/address.h"

#include <chrono>
#include <functional>
#include <optional>
#include <set>

// Two devices of one office in one room, without a server: PROTOCOL.md, section 12.
namespace teren::net {

/// How many wrong codes end the waiting.
inline constexpr unsigned kWrongCodesMax = 3;
/// How long a side waits for a call: a port is not left open by a forgotten window.
inline constexpr std::chrono::minutes kPeerPatience{15};

/// What one side brings along.
struct PeerParty {
    WorkspaceId workspace;
    DeviceId device;
    /// Five bytes, told by one person to the other.
    Bytes code;
    /// By the device's key, under the label "teren.peer.v1".
    std::function<Signature(ByteView message)> sign;
    /// The key of a member's device, by this side's own membership log; nothing for anyone else.
    std::function<std::optional<VerifyKey>(const DeviceId& device)> memberKey;
    /// What this side holds already of what `peer` may read: of the rest it is told nothing.
    std::function<std::vector<Hash>(const DeviceId& peer)> haveFor;
    /// The bundle file for a peer who holds `has` already.
    std::function<Result<Bytes>(const DeviceId& peer, const std::set<Hash>& has)> bundleFor;
};

/// What came from the other side. Nothing in it is verified but who sent it.
struct PeerBundle {
    DeviceId peer;
    Bytes file;
    /// Whether the other side has all that it was sent, by its own word; else why that is not known, mostly
    /// `Unreachable`. What came is whole in either case.
    Status delivered;
};

/// Waits for one colleague's device, exchanges, and ends. Blocks; strangers are hung up on meanwhile.
/// @param ready  Called with the address when a colleague can call.
/// @param stop   Asked several times a second, if there is one; true ends the waiting, and what is under way.
/// @return `Refused` after `kWrongCodesMax` wrong codes; `Busy`, `Invalid` for the address; `Unreachable` if
/// stopped, or nobody came within `kPeerPatience`.
Result<PeerBundle> listenForPeer(
    const Address& at, const PeerParty& party, RandomSource& random,
    const std::function<void(const Address&)>& ready, const std::function<bool()>& stop = {});

/// Calls a device that waits. @return `Refused` for a wrong code, another office, or a device that is no
/// member by either side's membership log; `Unreachable`.
Result<PeerBundle> callPeer(const Address& address, const PeerParty& party);

}  // namespace teren::net
