// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "sync/net/connection.h"
#include "sync/server/hub.h"

#include <memory>
#include <set>

namespace teren::server {

class Session;

struct ListenerOptions {
    net::Address address{"127.0.0.1", 0};
    std::size_t sessionsMax = 1'000;
    net::Deadlines deadlines{};
};

/// Accepts clients and serves each in a `Session`, all on one thread.
class Listener {
public:
    /// @param io, store, clock  Outlive this object.
    Listener(asio::io_context& io, ServerStore& store, const Clock& clock, ListenerOptions options);
    ~Listener();

    /// Binds and begins to accept. @return the address with the real port; `Busy` if it is taken, `Invalid`
    /// if it is not one of this machine's.
    Result<net::Address> start();
    /// Takes no more clients and hangs up on those there are; `run()` of the context then returns by itself.
    void stop();

    std::size_t sessionCount() const { return sessions_.size(); }

private:
    asio::awaitable<void> acceptAll();
    asio::awaitable<void> serve(std::shared_ptr<Session> session);

    asio::io_context& io_;
    Hub hub_;
    const Clock& clock_;
    ListenerOptions options_;
    ServerStore& store_;
    std::optional<asio::ssl::context> context_;
    asio::ip::tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    std::set<std::shared_ptr<Session>> sessions_;  // Each is kept by its own loops too.
};

}  // namespace teren::server
