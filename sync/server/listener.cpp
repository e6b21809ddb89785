// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/listener.h"

#include "sync/server/session.h"

#include <spdlog/spdlog.h>

#include <algorithm>
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
    if (const auto& other = store_.identity().other) {
        TEREN_TRY(otherContext_, net::makeServerContext(other->tlsKey));
        other_ = {net::nameOfKey(other->tlsKey.publicKey()), otherContext_->native_handle()};
        net::showOtherKey(*context_, other_);
    }
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
        asio::error_code gone;
        const asio::ip::address address = socket.remote_endpoint(gone).address();
        if (gone)
            continue;
        if (!makeRoom(address)) {
            spdlog::warn("turned a client away: {} sessions are open", sessions_.size());
            continue;
        }
        auto session
            = std::make_shared<Session>(std::move(socket), *context_, options_.deadlines, hub_, clock_);
        const auto timer = std::make_shared<asio::steady_timer>(io_);
        const std::uint64_t id = nextId_++;
        sessions_.emplace(id, Guest{session, address, timer});
        asio::co_spawn(io_, serve(id, session), rethrow);
        asio::co_spawn(io_, guard(id, timer), rethrow);
    }
}

asio::awaitable<void> Listener::serve(std::uint64_t id, std::shared_ptr<Session> session)
{
    co_await session->run();
    const auto guest = sessions_.find(id);
    guest->second.timer->cancel();
    sessions_.erase(guest);
}

asio::awaitable<void> Listener::guard(std::uint64_t id, std::shared_ptr<asio::steady_timer> timer)
{
    std::chrono::milliseconds waited{0};
    for (const auto until : {options_.crowdedWait, options_.unprovenWait}) {
        timer->expires_after(until - waited);
        waited = until;
        (void)co_await timer->async_wait(net::kNoThrow);
        const auto guest = sessions_.find(id);
        if (guest == sessions_.end() || !isUnproven(guest->second))
            co_return;
        if (until == options_.unprovenWait || unprovenCount() > options_.unprovenCrowd)
            co_return dismiss(guest->second);
    }
}

bool Listener::isUnproven(const Guest& guest)
{
    return !guest.leaving && !guest.session->isProven();
}

std::size_t Listener::unprovenCount() const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(sessions_, [](const auto& entry) { return isUnproven(entry.second); }));
}

bool Listener::makeRoom(const asio::ip::address& address)
{
    Guest* oldest = nullptr;
    Guest* oldestThere = nullptr;
    std::size_t there = 0;
    std::size_t staying = 0;
    for (auto& [id, guest] : sessions_) {
        staying += guest.leaving ? 0 : 1;
        if (!isUnproven(guest))
            continue;
        if (oldest == nullptr)
            oldest = &guest;
        if (guest.address != address)
            continue;
        if (oldestThere == nullptr)
            oldestThere = &guest;
        ++there;
    }
    if (there >= options_.unprovenPerAddressMax && oldestThere != nullptr)
        dismiss(*oldestThere);
    else if (staying >= options_.sessionsMax && oldest != nullptr)
        dismiss(*oldest);
    else if (staying >= options_.sessionsMax)
        return false;
    return true;
}

void Listener::dismiss(Guest& guest)
{
    spdlog::debug("hung up on a connection that did not prove itself");
    guest.leaving = true;
    guest.session->close();
}

void Listener::stop()
{
    asio::error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    for (const auto& [id, guest] : sessions_) {
        guest.timer->cancel();
        guest.session->close();
    }
}

}  // namespace teren::server
