// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/random.h"
#include "sync/engine/replica.h"

#include <optional>
#include <variant>

namespace teren::engine {

/// What a person is told about the server.
enum class ServerHealth : std::uint8_t { Unknown, Ok, Unreachable, WentBack, Forked };

/// Counts of one session, in changes.
struct SessionCounts {
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    std::uint64_t confirmed = 0;
    std::uint32_t roundTrips = 0;  ///< After the TLS handshake.
};

/// The client's half of the protocol, as a pure function of what happened and when: it opens no socket, reads
/// no clock and starts no thread. The driver calls one method for each event and performs the actions it
/// returns.
///
///     Offline --connected--> Opening --Answer--> CatchingUp --last page--> Stating --taken--> Uploading
///     --all receipts--> Settled
///        ^                                            (nothing to fetch, no drafts, nothing to send:
///        straight through)       | | Refresh: a local change, or polled --+
///        +---- from any state: line lost, no reply within `kReplyWait`, a refusal, or a reply out of turn
///
/// It seals only after catching up: a device that was rolled back then knows it before it signs anything.
class ClientMachine {
public:
    static constexpr std::chrono::seconds kReplyWait{30};
    static constexpr std::chrono::seconds kRetryFirst{2};
    static constexpr std::chrono::seconds kRetryMax{300};
    static constexpr std::chrono::seconds kPollEvery{20};

    enum class State : std::uint8_t { Offline, Connecting, Opening, CatchingUp, Stating, Uploading, Settled };

    struct Connect {};
    struct Send {
        wire::ToServer message;
    };
    struct Hangup {};
    using Action = std::variant<Connect, Send, Hangup>;
    using Actions = std::vector<Action>;

    /// @param replica, random  Outlive this object. `random` only jitters the retry delay.
    ClientMachine(Replica& replica, RandomSource& random) : replica_(replica), random_(random) {}

    /// @param exporter  TLS exporter "EXPORTER-teren-device-proof", 32 bytes.
    Actions connected(const Hash& exporter, Instant now);
    Actions received(const wire::ToClient& message, Instant now);
    Actions lost(Instant now);
    /// Something was saved here.
    Actions localChange(Instant now);
    /// "Sync now": works in any state, and resets the backoff.
    Actions syncNow(Instant now);
    /// Call at or after `wakeAt()`. Calling it early is harmless.
    Actions woken(Instant now);

    State state() const { return state_; }
    Instant wakeAt() const { return wakeAt_; }
    ServerHealth health() const { return health_; }
    const SessionCounts& counts() const { return counts_; }
    /// Why the last session ended early, if it did.
    const std::optional<Error>& failure() const { return failure_; }

private:
    Replica& replica_;
    RandomSource& random_;
    State state_ = State::Offline;
    Instant wakeAt_{};
    ServerHealth health_ = ServerHealth::Unknown;
    SessionCounts counts_;
    std::optional<Error> failure_;
};

}  // namespace teren::engine
