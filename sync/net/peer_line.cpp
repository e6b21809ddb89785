// SPDX-License-Identifier: EUPL-1.2
#include "sync/net/peer_line.h"

#include "sync/net/peer_exchange.h"
#include "sync/net/run_to_end.h"

#include <asio/detached.hpp>

namespace teren::net {
namespace {

/// How often a waiting side asks whether to stop.
constexpr std::chrono::milliseconds kStopAsked{200};

/// While one side makes its bundle the other waits.
Deadlines peerDeadlines()
{
    Deadlines deadlines;
    deadlines.silence = deadlines.progress * 2;
    return deadlines;
}

/// One waiting, until a colleague has been met and the exchange has come to an end, good or bad.
class Listening {
public:
    Listening(
        asio::ip::tcp::acceptor& acceptor, asio::ssl::context& context, const PeerParty& party,
        const std::function<bool()>& stop)
        : acceptor_(acceptor),
          context_(context),
          party_(party),
          stop_(stop),
          timer_(acceptor.get_executor())
    {
    }

    asio::awaitable<Status> run()
    {
        asio::co_spawn(acceptor_.get_executor(), watch(), asio::detached);
        Status status = co_await acceptOne();
        ended_ = true;
        timer_.cancel();
        if (stopped_)
            co_return fail(
                Errc::Unreachable, "the waiting ended before a colleague had come; nothing was changed");
        co_return status;
    }
    PeerBundle take() { return std::move(result_); }

private:
    asio::awaitable<void> watch()
    {
        const auto last = std::chrono::steady_clock::now() + kPeerPatience;
        while (!ended_ && !stopped_) {
            timer_.expires_after(kStopAsked);
            (void)co_await timer_.async_wait(kNoThrow);
            const bool isLate = current_ == nullptr && std::chrono::steady_clock::now() > last;
            stopped_ = !ended_ && (isLate || (stop_ && stop_()));
        }
        asio::error_code ignored;
        acceptor_.close(ignored);
        if (current_ != nullptr)
            current_->close();
    }

    asio::awaitable<Status> acceptOne()
    {
        for (unsigned wrong = 0; wrong < kWrongCodesMax;) {
            asio::ip::tcp::socket socket(acceptor_.get_executor());
            const std::tuple accepted = co_await acceptor_.async_accept(socket, kNoThrow);
            if (std::get<0>(accepted))
                co_return fail(
                    Errc::Unreachable, "the waiting was cut short: " + std::get<0>(accepted).message());
            Connection connection(std::move(socket), context_, peerDeadlines());
            current_ = &connection;
            PeerExchange line(connection, party_, PeerExchange::Role::Listener);
            const Status met = co_await meet(connection, line);
            wrong += line.isWrongCode() ? 1 : 0;
            Status exchanged;
            if (met)
                exchanged = co_await line.exchange();
            current_ = nullptr;
            if (!met)
                continue;
            if (exchanged)
                result_ = line.take();
            co_return exchanged;
        }
        co_return fail(
            Errc::Refused,
            "the code was wrong " + std::to_string(kWrongCodesMax) + " times; wait anew, with a new code");
    }

    static asio::awaitable<Status> meet(Connection& connection, PeerExchange& line)
    {
        Status shaken = co_await connection.accept();
        if (!shaken)
            co_return shaken;
        co_return co_await line.meet();
    }

    asio::ip::tcp::acceptor& acceptor_;
    asio::ssl::context& context_;
    const PeerParty& party_;
    const std::function<bool()>& stop_;
    asio::steady_timer timer_;
    Connection* current_ = nullptr;
    PeerBundle result_;
    bool ended_ = false;
    bool stopped_ = false;
};

asio::awaitable<Status> callOne(
    Address address, asio::ssl::context& context, const PeerParty& party, PeerBundle& result)
{
    Result<std::unique_ptr<Connection>> connection
        = co_await Connection::connect(std::move(address), std::nullopt, context, peerDeadlines());
    if (!connection)
        co_return fail(
            connection.error().code == Errc::Forged ? Errc::Refused : connection.error().code,
            "the other device cannot be reached at this address");
    PeerExchange line(**connection, party, PeerExchange::Role::Caller);
    Status status = co_await line.meet();
    if (status)
        status = co_await line.exchange();
    if (status)
        result = line.take();
    (*connection)->close();
    co_return status;
}

Result<Address> bindTo(asio::io_context& io, asio::ip::tcp::acceptor& acceptor, const Address& at)
{
    asio::ip::tcp::resolver resolver(io);
    asio::error_code error;
    const auto found
        = resolver.resolve(at.host, std::to_string(at.port), asio::ip::tcp::resolver::passive, error);
    if (error || found.empty())
        return fail(Errc::Invalid, "the address to listen on is unknown: " + at.text());
    const asio::ip::tcp::endpoint endpoint = found.begin()->endpoint();
    acceptor.open(endpoint.protocol(), error);
    if (!error)
        acceptor.set_option(asio::ip::tcp::acceptor::reuse_address(true), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error == asio::error::address_in_use)
        return fail(Errc::Busy, "another program listens on " + at.text());
    if (error)
        return fail(Errc::Invalid, "cannot listen on " + at.text() + ": " + error.message());
    const asio::ip::tcp::endpoint bound = acceptor.local_endpoint(error);
    return Address{bound.address().to_string(), bound.port()};
}

}  // namespace

Result<PeerBundle> listenForPeer(
    const Address& at, const PeerParty& party, RandomSource& random,
    const std::function<void(const Address&)>& ready, const std::function<bool()>& stop)
{
    // The certificate says nothing: who is there is proven inside, bound to this connection.
    TEREN_TRY(asio::ssl::context context, makeServerContext(SigningKey::generate(random)));
    asio::io_context io;
    asio::ip::tcp::acceptor acceptor(io);
    TEREN_TRY(const Address bound, bindTo(io, acceptor, at));
    ready(bound);
    Listening listening(acceptor, context, party, stop);
    TEREN_CHECK(runToEnd(io, listening.run()));
    return listening.take();
}

Result<PeerBundle> callPeer(const Address& address, const PeerParty& party)
{
    TEREN_TRY(asio::ssl::context context, makeClientContext());
    asio::io_context io;
    PeerBundle result;
    TEREN_CHECK(runToEnd(io, callOne(address, context, party, result)));
    return result;
}

}  // namespace teren::net
