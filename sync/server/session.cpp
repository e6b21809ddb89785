// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/session.h"

#include "sync/wire/frame.h"

#include <spdlog/spdlog.h>

#include <exception>

namespace teren::server {
namespace {

constexpr std::size_t kWriteMax = std::size_t{256} << 10;

void rethrow(std::exception_ptr error)
{
    // An exception out of a coroutine is a bug: errors are values there.
    if (error)
        std::rethrow_exception(error);
}

}  // namespace

Session::Session(
    net::Connection::Socket socket, asio::ssl::context& context, const net::Deadlines& deadlines, Hub& hub,
    const Clock& clock)
    : connection_(std::move(socket), context, deadlines),
      hub_(hub),
      clock_(clock),
      reader_(connection_.executor()),
      writer_(connection_.executor())
{
    reader_.expires_at(asio::steady_timer::time_point::max());
    writer_.expires_at(asio::steady_timer::time_point::max());
}

asio::awaitable<void> Session::run()
{
    const std::shared_ptr<Session> self = shared_from_this();
    const Status accepted = co_await connection_.accept();
    if (!accepted) {
        spdlog::debug("a connection ended before it began: {}", accepted.error().detail);
        co_return;
    }
    machine_.emplace(hub_, connection_.exporter(), [this] { writer_.cancel(); });
    writing_ = true;
    asio::co_spawn(connection_.executor(), writeAll(), rethrow);
    co_await readAll();
    closing_ = true;
    writer_.cancel();
    while (writing_)
        (void)co_await reader_.async_wait(net::kNoThrow);
    machine_->lost(clock_.now());
    machine_.reset();
}

asio::awaitable<void> Session::readAll()
{
    while (connection_.isOpen() && !closing_) {
        const Result<Bytes> bytes = co_await nextMessage();
        if (!bytes) {
            // A line that is down has nothing to wait for, and a message over the limit is no protocol. After
            // a refusal the writer hangs up.
            if (!closing_)
                connection_.close();
            break;
        }
        handle(*bytes);
        while (queued_ > kQueueMax && connection_.isOpen())
            (void)co_await reader_.async_wait(net::kNoThrow);
    }
}

asio::awaitable<Result<Bytes>> Session::nextMessage()
{
    Result<std::optional<Bytes>> atHand = co_await connection_.readAtHand();
    if (!atHand)
        co_return std::unexpected(atHand.error());
    if (*atHand)
        co_return **std::move(atHand);
    take(machine_->flush(clock_.now()));
    if (closing_)
        co_return fail(Errc::Refused, "hanging up");
    co_return co_await connection_.read();
}

void Session::handle(ByteView bytes)
{
    const Result<wire::ToServer> message = wire::decodeToServer(bytes);
    if (message)
        return take(machine_->received(*message, clock_.now()));
    spdlog::info("refused a message that cannot be read: {}", message.error().detail);
    using enum wire::RefusalCode;
    const wire::RefusalCode code = message.error().code == Errc::LimitExceeded ? Limit : Malformed;
    take({.messages = {wire::Refusal{code, {}, 0}}, .close = true, .failure = {}});
}

asio::awaitable<void> Session::writeAll()
{
    const std::shared_ptr<Session> self = shared_from_this();
    while (connection_.isOpen()) {
        if (queue_.empty() && !closing_)
            take(machine_->hasPages() ? machine_->nextPage(clock_.now()) : machine_->look(clock_.now()));
        if (queue_.empty() && closing_) {
            co_await connection_.finish();
            break;
        }
        if (queue_.empty()) {
            (void)co_await writer_.async_wait(net::kNoThrow);
            continue;
        }
        Bytes frames = nextFrames();
        const Status wrote = co_await connection_.write(std::move(frames));
        reader_.cancel();
        if (!wrote)
            break;
    }
    connection_.close();
    writing_ = false;
    reader_.cancel();
}

void Session::take(PeerMachine::Output output)
{
    if (output.failure)
        spdlog::error("the store failed: {}", output.failure->detail);
    for (const wire::ToClient& message : output.messages) {
        if (const auto* refusal = std::get_if<wire::Refusal>(&message))
            spdlog::info("refused a client, code {}", static_cast<int>(refusal->code));
        Result<Bytes> frame = wire::frame(wire::encode(message));
        const bool fits = frame.has_value();
        if (!fits) {
            spdlog::error("an answer does not fit the wire: {}", frame.error().detail);
            closing_ = true;
            frame = wire::frame(wire::encode(wire::Refusal{wire::RefusalCode::Limit, {}, 0}));
        }
        if (frame) {
            queued_ += frame->size();
            queue_.push_back(*std::move(frame));
        }
        if (!fits)
            break;
    }
    closing_ = closing_ || output.close;
    if (!output.messages.empty() || output.close || (machine_ && machine_->hasPages()))
        writer_.cancel();
}

Bytes Session::nextFrames()
{
    Bytes frames = std::move(queue_.front());
    queue_.pop_front();
    while (!queue_.empty() && frames.size() + queue_.front().size() <= kWriteMax) {
        frames.insert(frames.end(), queue_.front().begin(), queue_.front().end());
        queue_.pop_front();
    }
    queued_ -= frames.size();
    return frames;
}

void Session::close()
{
    connection_.close();
    writer_.cancel();
    reader_.cancel();
}

}  // namespace teren::server
