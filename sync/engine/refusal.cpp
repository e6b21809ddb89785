// SPDX-License-Identifier: EUPL-1.2
#include "sync/engine/refusal.h"

namespace teren::engine {

Error errorOf(wire::RefusalCode code)
{
    using enum wire::RefusalCode;
    switch (code) {
    case Version:
        return {Errc::TooNew, "the server speaks other versions of the protocol"};
    case NotAMember:
        return {Errc::Refused, "the server does not count this device among the members"};
    case UnknownWorkspace:
        return {Errc::NotFound, "the server does not know this workspace"};
    case BadProof:
        return {Errc::Forged, "the server did not accept the device's proof"};
    case NoRoom:
        return {Errc::DiskFull, "the server's disk is full; its administrator has to make room"};
    case Limit:
        return {Errc::LimitExceeded, "the server found a message over a limit"};
    case Internal:
        return {
            Errc::Unreachable,
            "the server answers, but its store is damaged or cannot be used: its administrator has to put it "
            "right"};
    case Malformed:
    case OutOfTurn:
    case BadToken:
    case UnknownInvitation:
    case UnknownHead:  // Not the end of a session: `goBack`.
    case UnknownMembership:
        break;
    }
    return {Errc::Malformed, "the server did not understand this device"};
}

}  // namespace teren::engine
