// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/listener.h"

#include "sync/server/session.h"

#include <spdlog/spdlog.h>

#include <exception>

namespace teren::server {
namespace {

/// Out of file descriptors, for example: trying again at once would only burn the processor.
constexpr std::chrono::milliseconds kAcceptPause{200};

void rethrow(std::exception_ptr error)
{
    if (error)
        std::rethrow_exception(error);
}

Result<asio::ip::tcp::endpoint> resolve(asio::io_context& io, const net::Address& address)
{
    asio::ip::tcp::resolver resolver(io);
    asio::error_code error;
    const auto found = resolver.resolve(
        address.host, std::to_string(address.port), asio::ip::tcp::resolver::passive, error);
    if (error || found.empty())
        return fail(Errc::Invalid, "the address to listen on is unknown: " + error.message());
    return found.begin()->endpoint();
}

}  // namespace

Listener::Listener(asio::io_context& io, ServerStore& store, const Clock& clock, ListenerOptions options)
    : io_(io),
      hub_(store),
      clock_(clock),
      options_(std::move(options)),
      store_(store),
      acceptor_(io),
      pause_(io)
{
}

Listener::~Listener() = default;

Result<net::Address> Listener::start()
{
    TEREN_TRY(context_, net::makeServerContext(store_.identity().tlsKey));
    TEREN_TRY(const asio::ip::tcp::endpoint endpoint, resolve(io_, options_.address));
    asio::error_code error;
    acceptor_.open(endpoint.protocol(), error);
    if (!error)
        acceptor_.set_option(asio::ip::tcp::acceptor::reuse_address(true), error);
    if (!error)
        acceptor_.bind(endpoint, error);
    if (!error)
        acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error == asio::error::address_in_use)
        return fail(Errc::Busy, "another program listens on " + options_.address.text());
    if (error)
        return fail(Errc::Invalid, "cannot listen on " + options_.address.text() + ": " + error.message());
    const asio::ip::tcp::endpoint bound = acceptor_.local_endpoint(error);
    asio::co_spawn(io_, acceptAll(), rethrow);
    return net::Address{bound.address().to_string(), bound.port()};
}

asio::awaitable<void> Listener::acceptAll()
{
    while (acceptor_.is_open()) {
        asio::ip::tcp::socket socket(io_);
        const std::tuple accepted = co_await acceptor_.async_accept(socket, net::kNoThrow);
        if (!acceptor_.is_open())
            break;
        if (std::get<0>(accepted)) {
            spdlog::warn("a connection could not be accepted: {}", std::get<0>(accepted).message());
            pause_.expires_after(kAcceptPause);
            (void)co_await pause_.async_wait(net::kNoThrow);
            continue;
        }
        if (sessions_.size() >= options_.sessionsMax) {
            spdlog::warn("turned a client away: {} sessions are open", sessions_.size());
            continue;
        }
        auto session
            = std::make_shared<Session>(std::move(socket), *context_, options_.deadlines, hub_, clock_);
        sessions_.insert(session);
        asio::co_spawn(io_, serve(session), rethrow);
    }
}

asio::awaitable<void> Listener::serve(std::shared_ptr<Session> session)
{
    co_await session->run();
    sessions_.erase(session);
}

void Listener::stop()
{
    asio::error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    for (const std::shared_ptr<Session>& session : sessions_)
        session->close();
}

}  // namespace teren::server
