// SPDX-License-Identifier: EUPL-1.2
#include "sync/net/sync_driver.h"

#include "sync/net/connection.h"
#include "sync/wire/frame.h"

#include <algorithm>
#include <deque>
#include <exception>

namespace teren::net {
namespace {

using engine::ClientMachine;
using State = ClientMachine::State;

constexpr std::chrono::milliseconds kTick{200};
/// Asked at least this often, the machine notices that the clock was set back.
constexpr std::chrono::minutes kWaitMax{1};

void rethrow(std::exception_ptr error)
{
    // An exception out of a coroutine is a bug: errors are values there.
    if (error)
        std::rethrow_exception(error);
}

}  // namespace

/// The machine and its connection, as events on one `io_context`.
class SyncDriver::Line {
public:
    Line(Server server, ClientMachine& machine, const Clock& clock)
        : server_(std::move(server)),
          machine_(machine),
          clock_(clock),
          wake_(io_),
          tick_(io_),
          outbound_(io_)
    {
    }

    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    /// A session that is given up half-way ends in order: its loops use what is destroyed here.
    ~Line()
    {
        if (connection_) {
            stop();
            io_.restart();
            io_.run();
        }
        if (running_)
            (void)machine_.lost(clock_.now());  // It was connecting: nothing is to be done.
    }

    void begin()
    {
        once_ = true;
        result_.reset();
        start();
        perform(machine_.syncNow(clock_.now()));
        step();
    }

    bool advance(std::chrono::milliseconds slice)
    {
        io_.run_for(slice);
        return io_.stopped();
    }

    void localChange()
    {
        perform(machine_.localChange(clock_.now()));
        step();
    }

    engine::Progress progress() const { return machine_.progress(clock_.now()); }

    void cancel()
    {
        if (!once_ || result_ || stopping_)
            return;
        SyncReport report = counted();
        report.isCancelled = true;
        report.progress = progress();
        result_ = std::move(report);
        stop();
    }

    Result<SyncReport> runOnce()
    {
        begin();
        io_.run();
        return result();
    }

    Result<SyncReport> result() const
    {
        return result_ ? *result_ : Result<SyncReport>(fail(Errc::Unreachable, "the session did not begin"));
    }

    void watch(const Watch& watch)
    {
        once_ = false;
        watch_ = &watch;
        start();
        perform(machine_.syncNow(clock_.now()));
        step();
        armTick();
        io_.run();
        watch_ = nullptr;
    }

private:
    void start()
    {
        io_.restart();
        stopping_ = false;
        wanted_ = false;
        reported_ = SyncReport{};
        wasSettled_ = false;
        sent_ = received_ = messagesSent_ = messagesReceived_ = 0;
        if (!context_) {
            Result<asio::ssl::context> context = makeClientContext();
            if (context)
                context_.emplace(*std::move(context));
        }
    }

    void perform(const ClientMachine::Actions& actions)
    {
        for (const ClientMachine::Action& action : actions) {
            if (const auto* send = std::get_if<ClientMachine::Send>(&action)) {
                queue(send->message);
            } else if (std::holds_alternative<ClientMachine::Hangup>(action)) {
                hangup();
            } else {
                wanted_ = true;
            }
        }
        if (wanted_ && !running_ && !stopping_) {
            wanted_ = false;
            running_ = true;
            asio::co_spawn(io_, session(), rethrow);
        }
    }

    void queue(const wire::ToServer& message)
    {
        Result<Bytes> frame = wire::frame(wire::encode(message));
        if (frame) {
            outbox_.push_back(*std::move(frame));
            outbound_.cancel();
        } else {
            transport_ = std::move(frame).error();
            hangup();
        }
    }

    void hangup()
    {
        if (connection_)
            connection_->close();
        outbox_.clear();
        outbound_.cancel();
    }

    asio::awaitable<void> session()
    {
        transport_.reset();
        if (!context_) {
            transport_ = Error{Errc::Invalid, "TLS cannot be used on this machine"};
        } else {
            Result<std::unique_ptr<Connection>> connected
                = co_await Connection::connect(server_.address, server_.pin(), *context_, Deadlines{});
            reported_ = SyncReport{};
            sent_ = received_ = messagesSent_ = messagesReceived_ = 0;
            if (connected)
                connection_ = *std::move(connected);
            else
                transport_ = connected.error();
        }
        if (connection_ && !stopping_ && machine_.state() == State::Connecting) {
            asio::co_spawn(io_, writer(), rethrow);
            perform(machine_.connected(connection_->exporter(), clock_.now()));
            step();
            co_await readAll();
        }
        co_await ended();
    }

    asio::awaitable<void> readAll()
    {
        while (connection_->isOpen()) {
            const Result<Bytes> bytes = co_await connection_->read();
            // What comes once an end was asked for is as if it had not arrived.
            if (!bytes || stopping_)
                break;
            messagesReceived_ += wire::kFrameHeaderSize + bytes->size();
            const Result<wire::ToClient> message = wire::decodeToClient(*bytes);
            if (!message) {
                transport_ = message.error();
                break;
            }
            perform(machine_.received(*message, clock_.now()));
            step();
        }
    }

    asio::awaitable<void> writer()
    {
        writing_ = true;
        while (connection_->isOpen()) {
            if (outbox_.empty()) {
                outbound_.expires_at(asio::steady_timer::time_point::max());
                (void)co_await outbound_.async_wait(kNoThrow);
                continue;
            }
            Bytes next = std::move(outbox_.front());
            outbox_.pop_front();
            const std::size_t size = next.size();
            const Status wrote = co_await connection_->write(std::move(next));
            if (!wrote)
                break;
            messagesSent_ += size;
            machine_.left(size, clock_.now());
            step();
        }
        connection_->close();
        writing_ = false;
        outbound_.cancel();
    }

    /// The line is down, whoever hung up.
    asio::awaitable<void> ended()
    {
        hangup();
        while (writing_) {
            outbound_.expires_at(asio::steady_timer::time_point::max());
            (void)co_await outbound_.async_wait(kNoThrow);
        }
        noteBytes();
        connection_.reset();
        running_ = false;
        perform(machine_.lost(clock_.now()));
        if (!stopping_)
            report(fail(failure().code, failure().detail));
        step();
    }

    /// Looks where the machine stands, after anything happened.
    void step()
    {
        if (stopping_)
            return;
        // A watch is told of the records as soon as they are confirmed; one session is over when all is.
        const bool settled
            = outbox_.empty() && (once_ ? machine_.isDone() : machine_.state() == State::Settled);
        if (settled && running_) {
            transport_.reset();
            report(counted());
        }
        if (once_ && (settled || (machine_.state() == State::Offline && !running_)))
            return stop();
        armWake();
    }

    SyncReport counted()
    {
        noteBytes();
        SyncReport report;
        report.counts = machine_.counts();
        report.freight = machine_.freightCounts();
        report.freightTrouble = machine_.freightTrouble();
        report.bytesSent = sent_;
        report.bytesReceived = received_;
        report.messagesSent = messagesSent_;
        report.messagesReceived = messagesReceived_;
        return report;
    }

    void report(Result<SyncReport> result)
    {
        if (once_) {
            if (!result_)
                result_ = std::move(result);
            return;
        }
        if (watch_ == nullptr || !watch_->reported)
            return;
        // A poll that brought nothing is no news.
        if (result && isReported(*result) && wasSettled_)
            return;
        wasSettled_ = result.has_value();
        if (!result)
            return watch_->reported(result);
        const SyncReport exchange = since(*result, reported_);
        reported_ = *result;
        watch_->reported(exchange);
    }

    bool isReported(const SyncReport& report) const
    {
        const engine::SessionCounts& counts = report.counts;
        return report.freight.sent == reported_.freight.sent
            && report.freight.received == reported_.freight.received && counts.sent == reported_.counts.sent
            && counts.received == reported_.counts.received && counts.confirmed == reported_.counts.confirmed;
    }

    /// What came after `before`: the machine and the connection count from the beginning of a session.
    static SyncReport since(const SyncReport& now, const SyncReport& before)
    {
        SyncReport exchange = now;
        exchange.counts.sent -= before.counts.sent;
        exchange.counts.received -= before.counts.received;
        exchange.counts.confirmed -= before.counts.confirmed;
        exchange.counts.roundTrips -= before.counts.roundTrips;
        exchange.freight.sent -= before.freight.sent;
        exchange.freight.received -= before.freight.received;
        exchange.freight.bytesSent -= before.freight.bytesSent;
        exchange.freight.bytesReceived -= before.freight.bytesReceived;
        exchange.bytesSent -= before.bytesSent;
        exchange.bytesReceived -= before.bytesReceived;
        exchange.messagesSent -= before.messagesSent;
        exchange.messagesReceived -= before.messagesReceived;
        return exchange;
    }

    Error failure() const
    {
        if (transport_ && transport_->code != Errc::Unreachable)
            return *transport_;
        if (machine_.failure() && machine_.failure()->code != Errc::Unreachable)
            return *machine_.failure();
        if (transport_)
            return *transport_;
        return machine_.failure().value_or(Error{Errc::Unreachable, "the line to the server was lost"});
    }

    void noteBytes()
    {
        if (!connection_)
            return;
        sent_ = connection_->bytesSent();
        received_ = connection_->bytesReceived();
    }

    void armWake()
    {
        const auto wait = std::clamp<std::chrono::milliseconds>(
            machine_.wakeAt() - clock_.now(), std::chrono::milliseconds(0), kWaitMax);
        wake_.expires_after(wait);
        wake_.async_wait([this](const asio::error_code& error) {
            if (error || stopping_)
                return;
            perform(machine_.woken(clock_.now()));
            step();
        });
    }

    void armTick()
    {
        tick_.expires_after(kTick);
        tick_.async_wait([this](const asio::error_code& error) {
            if (error || stopping_)
                return;
            if (watch_->stop && watch_->stop())
                return stop();
            if (watch_->idle && watch_->idle())
                perform(machine_.localChange(clock_.now()));
            if (watch_->hurry && watch_->hurry())
                perform(machine_.syncNow(clock_.now()));
            perform(machine_.woken(clock_.now()));
            step();
            armTick();
        });
    }

    /// Ends `run()`: nothing is left to wait for.
    void stop()
    {
        stopping_ = true;
        wake_.cancel();
        tick_.cancel();
        hangup();
        // An attempt to connect has nothing to close yet. It stays where it is until the next run, or goes
        // with the context.
        if (running_ && !connection_)
            io_.stop();
    }

    Server server_;
    ClientMachine& machine_;
    const Clock& clock_;
    asio::io_context io_;
    std::optional<asio::ssl::context> context_;
    asio::steady_timer wake_;
    asio::steady_timer tick_;
    asio::steady_timer outbound_;  ///< Never expires; cancelled when there is something to write or an end.
    std::unique_ptr<Connection> connection_;
    std::deque<Bytes> outbox_;
    std::optional<Error> transport_;
    std::optional<Result<SyncReport>> result_;
    const Watch* watch_ = nullptr;
    SyncReport reported_;  ///< Of this session, as last told to a watch.
    bool wasSettled_ = false;
    bool once_ = true;
    bool wanted_ = false;   ///< The machine wants a connection.
    bool running_ = false;  ///< `session` is.
    bool writing_ = false;  ///< `writer` is.
    bool stopping_ = false;
    std::uint64_t sent_ = 0;
    std::uint64_t received_ = 0;
    std::uint64_t messagesSent_ = 0;
    std::uint64_t messagesReceived_ = 0;
};

SyncDriver::SyncDriver(Server server, ClientMachine& machine, const Clock& clock)
    : line_(std::make_unique<Line>(std::move(server), machine, clock))
{
}

SyncDriver::~SyncDriver() = default;

Result<SyncReport> SyncDriver::runOnce()
{
    return line_->runOnce();
}

void SyncDriver::begin()
{
    line_->begin();
}

bool SyncDriver::advance(std::chrono::milliseconds slice)
{
    return line_->advance(slice);
}

Result<SyncReport> SyncDriver::result() const
{
    return line_->result();
}

engine::Progress SyncDriver::progress() const
{
    return line_->progress();
}

void SyncDriver::cancel()
{
    line_->cancel();
}

void SyncDriver::localChange()
{
    line_->localChange();
}

void SyncDriver::watch(const Watch& watch)
{
    line_->watch(watch);
}

}  // namespace teren::net
