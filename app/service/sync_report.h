// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace teren::service {

/// How far a sync has come, in bytes of what is exchanged, sealed and padded; what the line adds is not in
/// it. Attachments travel once records are at rest, and are known only then.
struct SyncProgress {
    struct Leg {
        std::uint64_t done = 0;
        std::uint64_t total = 0;  ///< As far as is known; it can grow.
        friend bool operator==(const Leg&, const Leg&) = default;
    };
    Leg sent;
    Leg received;
    Leg filesSent;
    Leg filesReceived;
    /// At the pace of the last seconds; nothing while that is not known, or nothing is left.
    std::optional<std::chrono::seconds> timeLeft;
    friend bool operator==(const SyncProgress&, const SyncProgress&) = default;
};

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
    /// A person stopped it. What was confirmed stays so; the rest goes on with the next sync where this
    /// ended.
    bool isCancelled = false;
    SyncProgress progress;  ///< As it stood when it was stopped.
};

}  // namespace teren::service
