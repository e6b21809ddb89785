// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/net/address.h"
#include "sync/net/tls.h"

#include <asio/ssl/stream.hpp>

#include <chrono>
#include <memory>
#include <optional>

namespace teren::net {

/// How long the steps of a connection may take.
struct Deadlines {
    std::chrono::milliseconds connect{15'000};  ///< Names, TCP and TLS together.
    std::chrono::milliseconds progress{
        30'000};  ///< A part of a message, in or out: a slow line, not a dead one.
    std::chrono::milliseconds silence{300'000};  ///< Between two messages of the other side.
};

/// One TLS connection: whole messages in, whole messages out, and a deadline on each wait.
///
/// It knows lengths and time, nothing of what messages mean. Every call runs on the socket's executor; at
/// most one read and one write are under way, and the connection outlives them. After any error it is closed
/// for good: a new attempt is a new connection. Errors: `Unreachable` for a line that is down or too slow,
/// `Forged` for another key than the expected one, `LimitExceeded` for a message over the limit.
class Connection {
public:
    using Socket = asio::ip::tcp::socket;

    /// @param context  Outlives this object.
    Connection(Socket socket, asio::ssl::context& context, const Deadlines& deadlines);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { close(); }

    /// Connects. Nothing of ours is sent to a server with another key than `pin`; without a pin any key will
    /// do, and nothing secret may be sent before `peerKey` has been judged.
    static asio::awaitable<Result<std::unique_ptr<Connection>>> connect(
        Address address, KeyPin pin, asio::ssl::context& context, Deadlines deadlines);
    /// The server's side of the handshake, for a socket just accepted.
    asio::awaitable<Status> accept();

    const VerifyKey& peerKey() const { return peerKey_; }
    const Hash& exporter() const { return exporter_; }

    /// The next message. The limit is checked before anything is allocated for it.
    asio::awaitable<Result<Bytes>> read();
    /// The next message if it has come already; nothing if more of it would have to be waited for.
    asio::awaitable<Result<std::optional<Bytes>>> readAtHand();
    /// Sends messages that have been framed already.
    asio::awaitable<Status> write(Bytes frames);

    /// Says that nothing more will be sent and waits a little for the other side to hang up, so that what was
    /// sent last arrives before the line goes down.
    asio::awaitable<void> finish();
    void close();
    /// For looking at, not for sending.
    Socket& socket() { return stream_.next_layer(); }
    asio::any_io_executor executor() { return stream_.get_executor(); }
    bool isOpen() const { return stream_.lowest_layer().is_open(); }

    /// Of the socket, TLS included.
    std::uint64_t bytesSent() const;
    std::uint64_t bytesReceived() const;

private:
    /// Closes the connection if the operation that holds it outlives the deadline.
    class Deadline;

    asio::awaitable<Status> handshake(KeyPin pin);
    Status settle(KeyPin pin);
    asio::awaitable<Result<std::size_t>> readSome(std::chrono::milliseconds patience);
    /// Takes a whole message from `input_` if there is one.
    Result<std::optional<Bytes>> takeMessage();
    std::unexpected<Error> fail(std::string what, const asio::error_code& error);

    asio::ssl::stream<Socket> stream_;
    Deadlines deadlines_;
    bool timedOut_ = false;
    VerifyKey peerKey_{};
    Hash exporter_{};
    Bytes input_;
    std::size_t taken_ = 0;  ///< Bytes at the front of `input_` that have been handed out.
};

}  // namespace teren::net
