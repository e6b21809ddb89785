// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/net/sync_driver.h"
#include "sync/server/listener.h"
#include "sync/server/system_clock.h"
#include "tests/support/memory_replica.h"
#include "tests/support/server_office.h"

#include <asio/buffer.hpp>
#include <asio/post.hpp>
#include <asio/write.hpp>
#include <spdlog/spdlog.h>

#include <atomic>
#include <thread>

namespace teren::test {

/// A real listener on 127.0.0.1, on a thread of its own. While it lives, the office's store is its alone.
class LoopbackServer {
public:
    explicit LoopbackServer(ServerOffice& office, const net::Deadlines& deadlines = {})
        : LoopbackServer(office, server::ListenerOptions{.sessionsMax = 100, .deadlines = deadlines})
    {
    }
    LoopbackServer(ServerOffice& office, const server::ListenerOptions& options)
        : listener_(io_, *office.store, clock_, options)
    {
        spdlog::set_level(spdlog::level::off);
        const Result<net::Address> started = listener_.start();
        REQUIRE(started);
        address_ = *started;
        thread_ = std::jthread([this] { io_.run(); });
    }
    ~LoopbackServer() { stop(); }
    const net::Address& address() const { return address_; }
    /// Returns when the server has ended by itself. @return whether nothing was left to do.
    bool stop()
    {
        if (thread_.joinable()) {
            asio::post(io_, [this] { listener_.stop(); });
            thread_.join();
        }
        return io_.stopped() && listener_.sessionCount() == 0;
    }

private:
    server::SystemClock clock_;
    asio::io_context io_;
    server::Listener listener_;
    net::Address address_;
    std::jthread thread_;
};

/// Passes one connection on and counts what passes; cuts it after as many bytes from the client as it is
/// told.
class Relay {
public:
    explicit Relay(const net::Address& target)
        : acceptor_(io_, {asio::ip::make_address("127.0.0.1"), 0}),
          target_(asio::ip::make_address(target.host), target.port)
    {
        asio::co_spawn(io_, serve(), [](std::exception_ptr) {});
        thread_ = std::jthread([this] { io_.run(); });
    }
    ~Relay()
    {
        asio::post(io_, [this] {
            asio::error_code ignored;
            acceptor_.close(ignored);
            cut();
        });
    }
    net::Address address() const { return {"127.0.0.1", acceptor_.local_endpoint().port()}; }
    std::uint64_t toServer() const { return toServer_; }
    std::uint64_t toClient() const { return toClient_; }
    void cutAfter(std::uint64_t bytes) { limit_ = bytes; }

private:
    asio::awaitable<void> serve()
    {
        while (acceptor_.is_open()) {
            client_.emplace(io_);
            const std::tuple accepted = co_await acceptor_.async_accept(*client_, net::kNoThrow);
            if (std::get<0>(accepted))
                co_return;
            server_.emplace(io_);
            const std::tuple connected = co_await server_->async_connect(target_, net::kNoThrow);
            if (std::get<0>(connected))
                co_return;
            running_ = 2;
            asio::co_spawn(io_, pass(*client_, *server_, toServer_), [](std::exception_ptr) {});
            asio::co_spawn(io_, pass(*server_, *client_, toClient_), [](std::exception_ptr) {});
            asio::steady_timer turn(io_);
            while (running_ > 0) {
                turn.expires_after(std::chrono::milliseconds(1));
                (void)co_await turn.async_wait(net::kNoThrow);
            }
        }
    }
    asio::awaitable<void> pass(
        asio::ip::tcp::socket& from, asio::ip::tcp::socket& to, std::atomic<std::uint64_t>& count)
    {
        std::array<std::uint8_t, 4096> data{};
        while (true) {
            const auto space = asio::buffer(data);
            const std::tuple got = co_await from.async_read_some(space, net::kNoThrow);
            if (std::get<0>(got))
                break;
            std::size_t size = std::get<1>(got);
            const bool last = &count == &toServer_ && count + size >= limit_;
            if (last)
                size = static_cast<std::size_t>(limit_ - count);
            count += size;
            const auto bytes = asio::buffer(data.data(), size);
            const std::tuple put = co_await asio::async_write(to, bytes, net::kNoThrow);
            if (last || std::get<0>(put))
                break;
        }
        cut();
        --running_;
    }
    void cut()
    {
        asio::error_code ignored;
        if (client_)
            client_->close(ignored);
        if (server_)
            server_->close(ignored);
    }

    asio::io_context io_;
    asio::ip::tcp::acceptor acceptor_;
    asio::ip::tcp::endpoint target_;
    std::optional<asio::ip::tcp::socket> client_;
    std::optional<asio::ip::tcp::socket> server_;
    int running_ = 0;
    std::atomic<std::uint64_t> toServer_ = 0;
    std::atomic<std::uint64_t> toClient_ = 0;
    std::atomic<std::uint64_t> limit_ = ~std::uint64_t{0};
    std::jthread thread_;
};

/// A device with a replica in memory and a client machine.
struct LoopbackClient {
    LoopbackClient(ServerOffice& office, const TestDevice& device)
        : laptop{SigningKey::fromSeed(device.key.seed().clone()), device.statement, device.id()},
          replica(laptop, genesisOnly(office)),
          writer(office.log, device, office.space),
          machine(replica, random),
          pin(office.store->identity().tlsKey.publicKey())
    {
    }
    static ledger::Membership genesisOnly(ServerOffice& office)
    {
        ledger::Membership membership;
        REQUIRE(membership.apply(office.log.statements.front()));
        return membership;
    }
    Result<net::SyncReport> sync(const net::Address& address)
    {
        return net::SyncDriver({address, pin}, machine, clock).runOnce();
    }

    Laptop laptop;
    MemoryReplica replica;
    SegmentWriter writer;
    SeededRandom random{11};
    engine::ClientMachine machine;
    server::SystemClock clock;
    VerifyKey pin{};
};

}  // namespace teren::test
