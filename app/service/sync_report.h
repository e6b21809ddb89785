// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>

namespace teren::service {

/// What one session, or one exchange of a watch, has moved.
struct SyncReport {
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    std::uint64_t confirmed = 0;
    std::uint64_t bytesSent = 0;  ///< On the socket, TLS included.
    std::uint64_t bytesReceived = 0;
    std::uint32_t roundTrips = 0;  ///< After the TLS handshake.
    std::uint64_t conflicts = 0;   ///< Open ones, after it.
    std::uint64_t filesSent = 0;
    std::uint64_t filesReceived = 0;
    std::string filesTrouble;        ///< Why a file of an attachment did not travel, if one did not.
    std::uint64_t messagesSent = 0;  ///< Bytes of the messages with their lengths, before TLS.
    std::uint64_t messagesReceived = 0;
};

}  // namespace teren::service
