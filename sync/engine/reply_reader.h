// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/engine/page_reader.h"
#include "sync/engine/replica.h"

#include <functional>
#include <map>

namespace teren::engine {

/// Reads what a server answered to somebody who carried for this device: everything is verified as in a
/// session. The messages are known to be the server's, all of them and in its order.
///
/// Between the ticket and the reply the device may have moved on: by a session with the server, by
/// colleagues, by the same reply, cut short. The log only grows, so heads tell which of the messages are
/// news. The cursor moves only where the device stands exactly where its ticket says: for any other place the
/// server has not said that everything up to there was sent.
class ReplyReader {
public:
    /// The header of a segment that was handed in, if it is still here.
    using HeadOf = std::function<Result<std::optional<ledger::SignedSegmentHeader>>(const Hash& segment)>;

    /// @param keys  By which the reply's seal was found right: the heads in it are signed by the same, also
    /// where a statement in it names others.
    ReplyReader(Replica& replica, HeadOf headOf, std::vector<ledger::ServerKeyPair> keys)
        : replica_(replica),
          headOf_(std::move(headOf)),
          keys_(std::move(keys))
    {
    }

    struct Outcome {
        std::uint64_t changes = 0;     ///< New here.
        std::uint64_t segments = 0;    ///< In pages, whether new or not.
        std::uint64_t statements = 0;  ///< New here.
        /// Segments that the server did not take, by its reasons.
        std::map<wire::SegmentRefusal, std::uint64_t> refused;
    };
    /// @param asked  The position in the ticket.
    /// @return `Refused` if the device has moved on so that nothing here can be proven to follow; `Forged`.
    Result<Outcome> read(std::span<const wire::ToClient> messages, const wire::Position& asked);

private:
    Status findOwnHead(std::span<const wire::ToClient> messages, const ledger::TreeHead& asked);
    Status take(const wire::ToClient& message);
    Status takeAnswer(const wire::Answer& answer);
    Status takePage(const wire::Page& page);
    Status takeReceipt(const wire::Receipt& receipt);
    Status takeRefused(const wire::SegmentRefused& refused);
    /// The head follows the last one of the reply.
    Result<ledger::Head> follow(const ledger::SignedHead& signedHead, const std::vector<Hash>& consistency);
    Result<bool> isProven(const wire::Receipt& receipt, const ledger::TreeHead& tree);
    Status storeStatements(std::span<const ledger::SignedStatement> statements);

    Replica& replica_;
    HeadOf headOf_;
    std::vector<ledger::ServerKeyPair> keys_;
    ledger::TreeHead head_;   ///< The last one of the reply.
    bool isReached_ = false;  ///< Whether the replica has it, and what follows is news.
    bool movesCursor_ = false;
    PageReader pages_;
    Outcome outcome_;
};

}  // namespace teren::engine
