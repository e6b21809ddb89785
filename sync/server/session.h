// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "sync/net/connection.h"
#include "sync/server/peer_machine.h"

#include <deque>
#include <memory>

namespace teren::server {

/// One client's connection: performs what its `PeerMachine` says.
///
/// Two loops: one reads messages into the machine, one writes what comes out and, while there is room, takes
/// the next page. A client that does not read is not read from either, so a session's memory has a bound.
/// Shared by its two loops, whichever ends last.
class Session final : public std::enable_shared_from_this<Session> {
public:
    /// Bytes of messages that may wait to be written before reading pauses.
    static constexpr std::size_t kQueueMax = std::size_t{1} << 20;

    /// @param context, hub, clock  Outlive this object.
    Session(
        net::Connection::Socket socket, asio::ssl::context& context, const net::Deadlines& deadlines,
        Hub& hub, const Clock& clock);

    /// Serves the client until it hangs up or is hung up on.
    asio::awaitable<void> run();
    /// Whether the client has proven that it is a member's device.
    bool isProven() const { return machine_ && machine_->device(); }
    /// Hangs up. Committed work is kept.
    void close();

private:
    asio::awaitable<void> readAll();
    /// The next message; what came in before it is committed if it has to be waited for.
    asio::awaitable<Result<Bytes>> nextMessage();
    void handle(ByteView bytes);
    asio::awaitable<void> writeAll();
    void take(PeerMachine::Output output);
    Bytes nextFrames();

    net::Connection connection_;
    Hub& hub_;
    const Clock& clock_;
    std::optional<PeerMachine> machine_;
    std::deque<Bytes> queue_;  ///< Framed.
    std::size_t queued_ = 0;
    bool closing_ = false;  ///< After what is queued.
    bool writing_ = false;
    asio::steady_timer reader_;  ///< Never expire; cancelled to wake the loop that waits.
    asio::steady_timer writer_;
};

}  // namespace teren::server
