// SPDX-License-Identifier: EUPL-1.2
#include "sync/net/connection.h"

#include "crypto/base/limits.h"
#include "sync/wire/frame.h"

#include <openssl/bio.h>
#include <openssl/ssl.h>

#include <algorithm>

namespace teren::net {
namespace {

/// One TLS record's worth, and a bit.
constexpr std::size_t kReadStep = std::size_t{32} << 10;
constexpr std::chrono::seconds kFinishWait{2};
constexpr std::size_t kFinishBytesMax = std::size_t{4} << 20;

#ifdef TCP_CONGESTION
/// As Asio wants an option: a congestion control by its name.
struct BottleneckBandwidth {
    static constexpr std::string_view kName = "bbr";
    template <typename Protocol>
    int level(const Protocol& /*of*/) const
    {
        return IPPROTO_TCP;
    }
    template <typename Protocol>
    int name(const Protocol& /*of*/) const
    {
        return TCP_CONGESTION;
    }
    template <typename Protocol>
    const char* data(const Protocol& /*of*/) const
    {
        return kName.data();
    }
    template <typename Protocol>
    std::size_t size(const Protocol& /*of*/) const
    {
        return kName.size();
    }
};
#endif

/// Small messages go at once, and little waits inside the kernel: what is decided later, a receipt for
/// instance, must not queue behind a megabyte of pages. Where the kernel has BBR, a line that loses packets
/// for other reasons than being full is still used.
void tune(Connection::Socket& socket)
{
    asio::error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
#ifdef TCP_NOTSENT_LOWAT
    using NotSentLowWater = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_NOTSENT_LOWAT>;
    socket.set_option(NotSentLowWater(limits::kNotSentLowWater), ignored);
#endif
#ifdef TCP_CONGESTION
    socket.set_option(BottleneckBandwidth(), ignored);
#endif
}

}  // namespace

class Connection::Deadline {
public:
    Deadline(Connection& connection, std::chrono::milliseconds patience)
        : timer_(connection.stream_.get_executor(), patience),
          armed_(std::make_shared<bool>(true))
    {
        timer_.async_wait([&connection, armed = armed_](const asio::error_code& error) {
            if (!*armed || error)
                return;
            connection.timedOut_ = true;
            connection.close();
        });
    }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    // Cancelling the timer is not enough: the wait may have completed and be queued already.
    ~Deadline() { *armed_ = false; }

private:
    asio::steady_timer timer_;
    std::shared_ptr<bool> armed_;  // Shared with the handler, which may run after this object has gone.
};

Connection::Connection(Socket socket, asio::ssl::context& context, const Deadlines& deadlines)
    : stream_(std::move(socket), context),
      deadlines_(deadlines)
{
    // One that was accepted; what is yet to connect is tuned then.
    if (stream_.next_layer().is_open())
        tune(stream_.next_layer());
}

asio::awaitable<Result<std::unique_ptr<Connection>>> Connection::connect(
    Address address, KeyPin pin, asio::ssl::context& context, Deadlines deadlines)
{
    const auto executor = co_await asio::this_coro::executor;
    auto connection = std::make_unique<Connection>(Socket(executor), context, deadlines);
    asio::ip::tcp::resolver resolver(executor);
    Socket& socket = connection->stream_.next_layer();

    // One deadline for everything until the handshake is done. Closing the socket does not end a lookup, so
    // the resolver is cancelled too.
    bool late = false;
    asio::steady_timer timer(executor, deadlines.connect);
    const auto armed = std::make_shared<bool>(true);
    timer.async_wait([&, armed](const asio::error_code& error) {
        if (!*armed || error)
            return;
        late = true;
        resolver.cancel();
        connection->close();
    });

    const std::string port = std::to_string(address.port);
    const std::tuple resolved = co_await resolver.async_resolve(address.host, port, kNoThrow);
    Status status;
    if (std::get<0>(resolved))
        status = connection->fail("the server's name cannot be resolved", std::get<0>(resolved));
    asio::error_code error = asio::error::host_not_found;
    for (const auto& candidate : std::get<1>(resolved)) {
        if (late || !status)
            break;
        asio::error_code ignored;
        socket.close(ignored);
        const std::tuple connected = co_await socket.async_connect(candidate.endpoint(), kNoThrow);
        error = std::get<0>(connected);
        if (!error)
            break;
    }
    if (status && (error || late))
        status = connection->fail("the server cannot be reached", error);
    if (status) {
        tune(socket);
        status = co_await connection->handshake(pin);
    }
    *armed = false;
    // What was cut off by the deadline says "aborted"; a person is told what really happened.
    if (!status && late)
        status = teren::fail(
            Errc::Unreachable,
            "the server did not answer within "
                + std::to_string(std::chrono::duration_cast<std::chrono::seconds>(deadlines.connect).count())
                + " seconds");
    if (!status)
        co_return std::unexpected(status.error());
    co_return std::move(connection);
}

asio::awaitable<Status> Connection::handshake(KeyPin pin)
{
    const auto refusedKey = std::make_shared<bool>(false);  // Shared with the callback that OpenSSL keeps.
    asio::error_code error;
    stream_.set_verify_mode(asio::ssl::verify_peer, error);
    const KeyCheck check = [pin, refusedKey](const VerifyKey& key) {
        *refusedKey = !pin.takes(key);
        return !*refusedKey;
    };
    stream_.set_verify_callback(verifyKeyBy(check), error);
    if (!pin.keys().empty())
        if (const Status asked = askForKey(stream_.native_handle(), pin.keys().front()); !asked)
            co_return asked;
    const std::tuple shaken = co_await stream_.async_handshake(asio::ssl::stream_base::client, kNoThrow);
    if (*refusedKey) {
        close();
        co_return teren::fail(Errc::Forged, "the server shows another key than the expected one");
    }
    if (std::get<0>(shaken))
        co_return fail("no TLS session with the server", std::get<0>(shaken));
    co_return settle(pin);
}

asio::awaitable<Status> Connection::accept()
{
    const Deadline deadline(*this, deadlines_.connect);
    const std::tuple shaken = co_await stream_.async_handshake(asio::ssl::stream_base::server, kNoThrow);
    if (std::get<0>(shaken))
        co_return fail("no TLS session", std::get<0>(shaken));
    SSL* session = stream_.native_handle();
    Result<Hash> exporter = exporterOf(session);
    if (!isAgreed(session) || !exporter) {
        close();
        co_return teren::fail(Errc::Refused, "the client does not speak this protocol");
    }
    exporter_ = *exporter;
    co_return Status();
}

Status Connection::settle(KeyPin pin)
{
    SSL* session = stream_.native_handle();
    const Result<VerifyKey> key = peerKeyOf(session);
    const Result<Hash> exporter = exporterOf(session);
    // The callback has looked already; a pin that is not compared here as well would depend on it being
    // called.
    if (!key || !exporter || !isAgreed(session) || !pin.takes(*key)) {
        close();
        return teren::fail(Errc::Forged, "the server is not the expected one");
    }
    peerKey_ = *key;
    exporter_ = *exporter;
    return {};
}

asio::awaitable<Result<Bytes>> Connection::read()
{
    while (true) {
        Result<std::optional<Bytes>> message = takeMessage();
        if (!message)
            co_return std::unexpected(message.error());
        if (*message)
            co_return **std::move(message);
        const bool within = taken_ < input_.size();
        const Result<std::size_t> got = co_await readSome(within ? deadlines_.progress : deadlines_.silence);
        if (!got)
            co_return std::unexpected(got.error());
    }
}

Result<std::optional<Bytes>> Connection::takeMessage()
{
    const ByteView rest = ByteView(input_).subspan(taken_);
    if (rest.size() < wire::kFrameHeaderSize)
        return std::nullopt;
    const Result<std::uint32_t> size = wire::decodeFrameSize(rest.first<wire::kFrameHeaderSize>());
    if (!size) {
        close();
        return std::unexpected(size.error());
    }
    if (rest.size() - wire::kFrameHeaderSize < *size)
        return std::nullopt;
    Bytes message = toBytes(rest.subspan(wire::kFrameHeaderSize, *size));
    taken_ += wire::kFrameHeaderSize + *size;
    if (taken_ == input_.size()) {
        input_.clear();
        taken_ = 0;
    }
    return message;
}

asio::awaitable<Result<std::size_t>> Connection::readSome(std::chrono::milliseconds patience)
{
    const Deadline deadline(*this, patience);
    input_.erase(input_.begin(), input_.begin() + static_cast<std::ptrdiff_t>(taken_));
    taken_ = 0;
    const std::size_t before = input_.size();
    input_.resize(before + kReadStep);
    const auto buffer = asio::buffer(input_.data() + before, kReadStep);
    const std::tuple got = co_await stream_.async_read_some(buffer, kNoThrow);
    input_.resize(before + std::get<1>(got));
    if (std::get<0>(got))
        co_return fail("the line is down", std::get<0>(got));
    co_return std::get<1>(got);
}

asio::awaitable<Result<std::optional<Bytes>>> Connection::readAtHand()
{
    while (true) {
        Result<std::optional<Bytes>> message = takeMessage();
        if (!message || *message)
            co_return message;
        asio::error_code error;
        const bool more
            = SSL_pending(stream_.native_handle()) > 0 || stream_.next_layer().available(error) > 0;
        if (!more || error)
            co_return std::nullopt;
        const Result<std::size_t> got = co_await readSome(deadlines_.progress);
        if (!got)
            co_return std::unexpected(got.error());
    }
}

asio::awaitable<Status> Connection::write(Bytes frames)
{
    std::size_t written = 0;
    while (written < frames.size()) {
        const Deadline deadline(*this, deadlines_.progress);
        const auto buffer = asio::buffer(frames.data() + written, frames.size() - written);
        const std::tuple wrote = co_await stream_.async_write_some(buffer, kNoThrow);
        if (std::get<0>(wrote))
            co_return fail("the line is down", std::get<0>(wrote));
        written += std::get<1>(wrote);
    }
    co_return Status();
}

asio::awaitable<void> Connection::finish()
{
    asio::error_code ignored;
    stream_.lowest_layer().shutdown(Socket::shutdown_send, ignored);
    const Deadline deadline(*this, kFinishWait);
    std::array<std::uint8_t, 4096> rest{};
    const auto buffer = asio::buffer(rest);
    for (std::size_t total = 0; total < kFinishBytesMax;) {
        const std::tuple got = co_await stream_.next_layer().async_read_some(buffer, kNoThrow);
        if (std::get<0>(got))
            break;
        total += std::get<1>(got);
    }
    close();
}

void Connection::close()
{
    asio::error_code ignored;
    stream_.lowest_layer().close(ignored);
}

std::unexpected<Error> Connection::fail(std::string what, const asio::error_code& error)
{
    close();
    if (timedOut_)
        return teren::fail(Errc::Unreachable, what + ": no answer in time");
    return teren::fail(Errc::Unreachable, what + ": " + error.message());
}

// OpenSSL works on a pair of BIOs whose other end Asio moves to and from the socket: what passes them is what
// passes the socket.
std::uint64_t Connection::bytesSent() const
{
    // Asio's accessor is not const; nothing is changed.
    return BIO_number_written(SSL_get_wbio(const_cast<Connection*>(this)->stream_.native_handle()));
}

std::uint64_t Connection::bytesReceived() const
{
    return BIO_number_read(SSL_get_rbio(const_cast<Connection*>(this)->stream_.native_handle()));
}

}  // namespace teren::net
