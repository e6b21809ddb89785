// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/limits.h"
#include "sync/net/connection.h"
#include "sync/server/hub.h"

#include <map>
#include <memory>

namespace teren::server {

class Session;

struct ListenerOptions {
    net::Address address{"127.0.0.1", 0};
    std::size_t sessionsMax = 1'000;
    net::Deadlines deadlines{};
    /// Of connections that have not proven who they are. Over either number the oldest one goes.
    std::size_t unprovenPerAddressMax = limits::kUnprovenPerAddressMax;
    std::size_t unprovenCrowd = limits::kUnprovenCrowd;
    std::chrono::milliseconds unprovenWait = limits::kUnprovenWait;
    std::chrono::milliseconds crowdedWait = limits::kCrowdedWait;
};

/// Accepts clients and serves each in a `Session`, all on one thread.
///
/// Who has proven to be a device stays. All others have little time and little room, an address each: idle
/// connections must not keep an office out.
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
    struct Guest {
        std::shared_ptr<Session> session;  // Kept by its own loops too.
        asio::ip::address address;
        std::shared_ptr<asio::steady_timer> timer;  ///< While it has not proven anything.
        bool leaving = false;
    };
    asio::awaitable<void> serve(std::uint64_t id, std::shared_ptr<Session> session);
    /// Hangs up on a guest that does not prove itself in time.
    asio::awaitable<void> guard(std::uint64_t id, std::shared_ptr<asio::steady_timer> timer);
    static bool isUnproven(const Guest& guest);
    std::size_t unprovenCount() const;
    /// Makes room for one more from `address`. @return whether there is.
    bool makeRoom(const asio::ip::address& address);
    void dismiss(Guest& guest);

    asio::io_context& io_;
    Hub hub_;
    const Clock& clock_;
    ListenerOptions options_;
    ServerStore& store_;
    std::optional<asio::ssl::context> otherContext_;
    net::OtherKey other_;
    std::optional<asio::ssl::context> context_;
    asio::ip::tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    std::map<std::uint64_t, Guest> sessions_;  ///< In the order they came.
    std::uint64_t nextId_ = 1;
};

}  // namespace teren::server
