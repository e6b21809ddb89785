// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "sync/engine/replica.h"

#include <deque>
#include <optional>
#include <vector>

namespace teren::engine {

/// Who has applied what, beside everything else of a session: what colleagues' devices say is taken from
/// answers, and when the machine is at rest this device says what it has applied since it said so last. Some
/// of it is said while pages come, when the way up is free. What goes wrong with it ends that for the
/// session, never the session.
class AppliedWords {
public:
    /// So long without any reply, and nothing more is said in this session. It may still come.
    static constexpr std::chrono::seconds kPatience{60};
    /// While pages come no more is said than this part of them: a space of which more comes is said again.
    static constexpr std::uint64_t kBesidePages = 8;
    /// Less than this is not worth a message and a commit.
    static constexpr std::uint64_t kLeastBeside = std::uint64_t{8} << 10;

    explicit AppliedWords(Replica& replica) : replica_(replica) {}

    /// A session begins.
    void reset();
    /// Verifies what colleagues say and gives it to the replica. Their word is signed and sealed, so a server
    /// can keep it back and nothing else.
    Status take(const wire::Answer& answer);
    /// What is to be said: of spaces of which something has changed and nothing is on its way.
    Result<std::optional<wire::TellApplied>> next(Instant now);
    /// While pages come. @param received  Bytes of them in this session.
    Result<std::optional<wire::TellApplied>> nextBeside(std::uint64_t received, Instant now);
    /// @return `Malformed` if nothing was on its way.
    Status take(const wire::AppliedKept& reply, Instant now);
    bool isDone() const { return underWay_.empty(); }

private:
    void giveUp();
    Result<std::optional<wire::TellApplied>> say(std::size_t maxBytes, Instant now);

    Replica& replica_;
    bool open_ = false;     ///< The server keeps such words.
    bool overdue_ = false;  ///< A reply that is not waited for any more.
    Instant waitingSince_{};
    std::uint64_t saidBeside_ = 0;                           ///< Bytes.
    std::deque<std::vector<ledger::AppliedWord>> underWay_;  ///< A message each; they are answered in order.
};

}  // namespace teren::engine
