// SPDX-License-Identifier: EUPL-1.2
#include "sync/net/peer_line.h"

#include "sync/net/peer_door.h"
#include "sync/net/peer_exchange.h"
#include "sync/net/run_to_end.h"

#include <exception>
#include <map>

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

    /// Ends when nobody more is let in; those who have been are still under way.
    asio::awaitable<Status> run()
    {
        start(watch());
        for (PeerDoor::Caller caller = 0; !isClosed_; ++caller) {
            asio::ip::tcp::socket socket(acceptor_.get_executor());
            const std::tuple accepted = co_await acceptor_.async_accept(socket, kNoThrow);
            if (isClosed_)
                break;
            if (std::get<0>(accepted))
                finish(
                    fail(Errc::Unreachable, "the waiting was cut short: " + std::get<0>(accepted).message()));
            else
                start(serve(caller, std::move(socket)));
        }
        co_return Status();
    }
    /// When everything under way has ended.
    Result<PeerBundle> take() { return std::move(result_); }

private:
    void start(asio::awaitable<void> work)
    {
        asio::co_spawn(acceptor_.get_executor(), std::move(work), [](const std::exception_ptr& error) {
            if (error)
                std::rethrow_exception(error);
        });
    }

    asio::awaitable<void> watch()
    {
        const auto last = std::chrono::steady_clock::now() + kPeerPatience;
        while (!isOver_) {
            timer_.expires_after(kStopAsked);
            (void)co_await timer_.async_wait(kNoThrow);
            const auto now = std::chrono::steady_clock::now();
            for (const PeerDoor::Caller caller : door_.late(now))
                hangUp(caller);
            const bool isLate = !isClosed_ && now > last;
            if (!isOver_ && (isLate || (stop_ && stop_())))
                finish(fail(Errc::Unreachable, "the waiting ended before a colleague had come"));
        }
    }

    asio::awaitable<void> serve(PeerDoor::Caller caller, asio::ip::tcp::socket socket)
    {
        Connection connection(std::move(socket), context_, peerDeadlines());
        callers_[caller] = &connection;
        if (const auto oldest = door_.admit(caller, std::chrono::steady_clock::now()))
            hangUp(*oldest);
        PeerExchange line(connection, party_, PeerExchange::Role::Listener, &door_);
        Status status = co_await connection.accept();
        if (status)
            status = co_await line.meet();
        door_.leave(caller);
        if (status && !isClosed_) {
            close(caller);
            status = co_await line.exchange();
            finish(status ? Result<PeerBundle>(line.take()) : std::unexpected(status.error()));
        } else if (!isClosed_ && door_.isShut()) {
            finish(fail(
                Errc::Refused,
                "the code was wrong " + std::to_string(kWrongCodesMax)
                    + " times; wait anew, with a new code"));
        }
        callers_.erase(caller);
    }

    void hangUp(PeerDoor::Caller caller)
    {
        if (const auto found = callers_.find(caller); found != callers_.end())
            found->second->close();
    }

    /// Nobody but this one has a place here any more.
    void close(std::optional<PeerDoor::Caller> met)
    {
        isClosed_ = true;
        asio::error_code ignored;
        acceptor_.close(ignored);
        for (const auto& [caller, connection] : callers_)
            if (caller != met)
                connection->close();
    }

    /// The first word counts.
    void finish(Result<PeerBundle> result)
    {
        if (isOver_)
            return;
        isOver_ = true;
        result_ = std::move(result);
        close(std::nullopt);
        timer_.cancel();
    }

    asio::ip::tcp::acceptor& acceptor_;
    asio::ssl::context& context_;
    const PeerParty& party_;
    const std::function<bool()>& stop_;
    asio::steady_timer timer_;
    PeerDoor door_{kWrongCodesMax};
    std::map<PeerDoor::Caller, Connection*> callers_;
    Result<PeerBundle> result_ = fail(Errc::Unreachable, "nobody has come");
    bool isClosed_ = false;  ///< To callers: one has been met, or it is over.
    bool isOver_ = false;
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
