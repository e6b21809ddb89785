// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/limits.h"
#include "sync/net/client_calls.h"
#include "sync/net/connection.h"
#include "sync/wire/frame.h"
#include "tests/support/loopback_server.h"

#include <netinet/tcp.h>
#include <openssl/ssl.h>

#include <fstream>

namespace teren {
namespace {

using net::Address;
using net::Connection;
using test::LoopbackClient;
using test::LoopbackServer;
using test::Relay;
using test::ServerOffice;

/// Runs `body` on an `io_context` of its own, to its end.
void onLoop(const std::function<asio::awaitable<void>(asio::io_context&)>& body)
{
    asio::io_context io;
    asio::co_spawn(io, body(io), [](std::exception_ptr error) {
        if (error)
            std::rethrow_exception(error);
    });
    io.run();
    CHECK(io.stopped());
}

/// A number that the system keeps for a socket.
int optionOf(asio::ip::tcp::socket& socket, int name)
{
    int value = 0;
    socklen_t size = sizeof value;
    REQUIRE(getsockopt(socket.native_handle(), IPPROTO_TCP, name, &value, &size) == 0);
    return value;
}

std::string congestionControlOf(asio::ip::tcp::socket& socket)
{
    std::array<char, 32> name{};
    socklen_t size = name.size();
    REQUIRE(getsockopt(socket.native_handle(), IPPROTO_TCP, TCP_CONGESTION, name.data(), &size) == 0);
    return name.data();
}

/// What OpenSSL makes of a handshake with `context`, as a client.
bool shakesHands(const Address& address, asio::ssl::context& context)
{
    asio::io_context io;
    asio::ssl::stream<asio::ip::tcp::socket> stream(io, context);
    asio::error_code error;
    stream.next_layer().connect({asio::ip::make_address(address.host), address.port}, error);
    REQUIRE_FALSE(error);
    stream.handshake(asio::ssl::stream_base::client, error);
    if (error)
        return false;
    // In TLS 1.3 a client learns only from the first read that the server has refused it.
    std::uint8_t byte = 0;
    const Bytes question = wire::frame(wire::encode(wire::ToServer(wire::ServerInfoRequest{}))).value();
    asio::write(stream, asio::buffer(question), error);
    return !error && stream.read_some(asio::buffer(&byte, 1), error) == 1;
}

TEST_CASE("net: little waits inside the kernel, on either side, and BBR is used where there is one")
{
    std::ifstream allowed("/proc/sys/net/ipv4/tcp_allowed_congestion_control");
    std::string names;
    std::getline(allowed, names);
    auto context = net::makeClientContext();
    REQUIRE(context);
    onLoop([&](asio::io_context& io) -> asio::awaitable<void> {
        asio::ip::tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
        asio::ip::tcp::socket caller(io);
        (void)std::get<0>(co_await caller.async_connect(acceptor.local_endpoint(), net::kNoThrow));
        auto accepted = co_await acceptor.async_accept(net::kNoThrow);
        Connection served(std::move(std::get<1>(accepted)), *context, {});
        Connection calling(std::move(caller), *context, {});
        for (Connection* side : {&served, &calling}) {
            CHECK(optionOf(side->socket(), TCP_NOTSENT_LOWAT) == limits::kNotSentLowWater);
            CHECK(optionOf(side->socket(), TCP_NODELAY) == 1);
            if (names.find("bbr") != std::string::npos)
                CHECK(congestionControlOf(side->socket()) == "bbr");
        }
    });
}

Result<wire::ToClient> answerTo(const Address& address, const VerifyKey& pin, Bytes frames)
{
    Result<wire::ToClient> answer = fail(Errc::Unreachable);
    auto context = net::makeClientContext();
    REQUIRE(context);
    onLoop([&](asio::io_context&) -> asio::awaitable<void> {
        auto line = co_await Connection::connect(address, pin, *context, {});
        REQUIRE(line);
        const Status sent = co_await (*line)->write(std::move(frames));
        CHECK(sent);
        const Result<Bytes> bytes = co_await (*line)->read();
        answer = bytes ? wire::decodeToClient(*bytes) : std::unexpected(bytes.error());
    });
    return answer;
}

}  // namespace

TEST_CASE("address: names, IPv4 and IPv6 are read, and nothing else")
{
    CHECK(Address::parse("teren.example:8443") == Address{"teren.example", 8443});
    CHECK(Address::parse("127.0.0.1:0") == Address{"127.0.0.1", 0});
    CHECK(Address::parse("[::1]:65535") == Address{"::1", 65535});
    CHECK(Address::parse("[::1]:443")->text() == "[::1]:443");
    CHECK(Address::parse("host:1")->text() == "host:1");
    for (const char* text :
         {"", ":", "host", "host:", ":80", "::1:80", "host:65536", "host:-1", "host:80x", "host: 80",
          "a b:80", "[]:80", "[::1]", "http://host:80", "u@host:80"})
        CHECK(Address::parse(text).error().code == Errc::Invalid);
}

// ---- sessions --------------------------------------------------------------------------------------------

TEST_CASE("net: what one device sends over TLS reaches the other, and a repeat brings nothing")
{
    ServerOffice office;
    office.create();
    LoopbackServer server(office);
    LoopbackClient founder(office, office.log.founder);
    LoopbackClient worker(office, *office.worker);
    for (int i = 0; i < 20; ++i)
        founder.replica.unsealed.push_back(founder.writer.next(500, 3));
    founder.replica.unsealed.push_back(founder.writer.next(limits::kSegmentBodyMax));

    const auto sent = founder.sync(server.address());
    REQUIRE(sent);
    CHECK(sent->counts.sent == 61);
    CHECK(sent->counts.confirmed == 61);
    CHECK(sent->bytesSent > limits::kSegmentBodyMax);
    CHECK(founder.machine.health() == engine::ServerHealth::Ok);

    const auto got = worker.sync(server.address());
    REQUIRE(got);
    CHECK(got->counts.received == 61);
    CHECK(worker.replica.stored.size() == 21);
    CHECK(worker.replica.position_.cursor == 21);

    const auto again = worker.sync(server.address());
    REQUIRE(again);
    CHECK(again->counts.received == 0);
    CHECK(again->counts.roundTrips == 1);
    const auto mine = founder.sync(server.address());
    REQUIRE(mine);
    CHECK(mine->counts.received == 0);
    CHECK(mine->counts.roundTrips == 1);
    CHECK(server.stop());
}

TEST_CASE("net: the bytes counted are those of the socket, TLS included")
{
    ServerOffice office;
    office.create();
    LoopbackServer server(office);
    Relay relay(server.address());
    LoopbackClient founder(office, office.log.founder);
    for (int i = 0; i < 5; ++i)
        founder.replica.unsealed.push_back(founder.writer.next(60'000));
    const auto report = founder.sync(relay.address());
    REQUIRE(report);
    CHECK(report->counts.confirmed == 5);
    CHECK(report->bytesReceived == relay.toClient());
    CHECK(report->bytesSent == relay.toServer());
}

TEST_CASE("net: a session cut anywhere loses nothing and repeats nothing")
{
    ServerOffice office;
    office.create();
    LoopbackServer server(office);
    LoopbackClient founder(office, office.log.founder);
    for (int i = 0; i < 6; ++i)
        founder.replica.unsealed.push_back(founder.writer.next(30'000));
    // From inside the handshake to past the last segment.
    for (std::uint64_t bytes = 100; bytes < 200'000; bytes += bytes < 2'000 ? 300 : 20'011) {
        Relay relay(server.address());
        relay.cutAfter(bytes);
        const auto report = founder.sync(relay.address());
        CHECK((report || report.error().code == Errc::Unreachable));
    }
    REQUIRE(founder.sync(server.address()));
    CHECK(founder.replica.confirmed.size() == 6);
    CHECK(founder.replica.position_.head.size == 6);
    LoopbackClient worker(office, *office.worker);
    REQUIRE(worker.sync(server.address()));
    CHECK(worker.replica.stored.size() == 6);
}

TEST_CASE("net: a watching device gets what another writes without asking again")
{
    ServerOffice office;
    office.create();
    LoopbackServer server(office);
    LoopbackClient founder(office, office.log.founder);
    LoopbackClient worker(office, *office.worker);
    net::SyncDriver driver({server.address(), worker.pin}, worker.machine, worker.clock);
    std::vector<std::uint64_t> received;
    std::size_t written = 0;
    net::SyncDriver::Watch watch;
    watch.reported = [&](const Result<net::SyncReport>& report) {
        if (report)
            received.push_back(report->counts.received);
    };
    watch.idle = [&] {
        if (received.size() != written + 1 || written == 2)
            return false;
        ++written;
        founder.replica.unsealed.push_back(founder.writer.next());
        REQUIRE(founder.sync(server.address()));
        return false;
    };
    watch.stop = [&] { return received.size() == 3; };
    driver.watch(watch);
    CHECK(worker.replica.stored.size() == 2);
    // Each report is about its own exchange, not about the session so far.
    CHECK(received == std::vector<std::uint64_t>{0, 1, 1});

    // The same driver goes on, and sends what is saved while it watches.
    bool saved = false;
    watch.idle = [&] {
        if (std::exchange(saved, true))
            return false;
        worker.replica.unsealed.push_back(worker.writer.next());
        return true;
    };
    watch.stop = [&] { return worker.replica.confirmed.size() == 1; };
    driver.watch(watch);
    CHECK(server.stop());
}

TEST_CASE("net: a server that is not there is unreachable, and the machine says when it will try again")
{
    ServerOffice office;
    office.create();
    Address address;
    {
        LoopbackServer server(office);
        address = server.address();
    }
    LoopbackClient founder(office, office.log.founder);
    const auto report = founder.sync(address);
    REQUIRE_FALSE(report.has_value());
    CHECK(report.error().code == Errc::Unreachable);
    CHECK(founder.machine.wakeAt() > founder.clock.now());
    CHECK(founder.machine.health() == engine::ServerHealth::Unreachable);
    CHECK(founder.replica.calls.empty());
}

TEST_CASE("net: a server that stops hangs up on watching clients and ends by itself")
{
    ServerOffice office;
    office.create();
    LoopbackServer server(office);
    LoopbackClient founder(office, office.log.founder);
    net::SyncDriver driver({server.address(), founder.pin}, founder.machine, founder.clock);
    std::vector<bool> reports;
    net::SyncDriver::Watch watch;
    watch.reported = [&](const Result<net::SyncReport>& report) {
        reports.push_back(report.has_value());
        if (report)
            CHECK(server.stop());
    };
    watch.stop = [&] { return reports.size() == 2; };
    driver.watch(watch);
    CHECK(reports == std::vector<bool>{true, false});
}

TEST_CASE("net: watching ends at once even while a server does not answer")
{
    ServerOffice office;
    office.create();
    asio::io_context io;
    asio::ip::tcp::acceptor silent(io, {asio::ip::make_address("127.0.0.1"), 0});
    LoopbackClient founder(office, office.log.founder);
    const Address address{"127.0.0.1", silent.local_endpoint().port()};
    net::SyncDriver driver({address, founder.pin}, founder.machine, founder.clock);
    std::size_t asked = 0;
    std::size_t reports = 0;
    net::SyncDriver::Watch watch;
    watch.reported = [&](const Result<net::SyncReport>&) { ++reports; };
    watch.stop = [&] { return ++asked == 2; };
    driver.watch(watch);
    // Neither given up nor connected: the deadline would have made a report.
    CHECK(reports == 0);
    CHECK(founder.machine.state() == engine::ClientMachine::State::Connecting);
}

TEST_CASE("net: a session that a person ends says how far it came, and the next one goes on")
{
    ServerOffice office;
    office.create();
    LoopbackServer server(office);
    LoopbackClient founder(office, office.log.founder);
    constexpr std::size_t kSegments = 60;
    for (std::size_t i = 0; i < kSegments; ++i)
        founder.replica.unsealed.push_back(founder.writer.next(200'000));
    net::SyncDriver driver({server.address(), founder.pin}, founder.machine, founder.clock);
    driver.begin();
    while (founder.machine.counts().confirmed == 0)
        REQUIRE_FALSE(driver.advance(std::chrono::milliseconds(1)));
    const engine::Progress before = driver.progress();
    CHECK(before.sent.total == kSegments * 200'000);
    CHECK(before.sent.done > 0);
    driver.cancel();
    while (!driver.advance(std::chrono::milliseconds(1))) {}
    const Result<net::SyncReport> ended = driver.result();
    REQUIRE(ended.has_value());
    CHECK(ended->isCancelled);
    CHECK(ended->progress.sent.done >= before.sent.done);
    CHECK(ended->counts.confirmed < kSegments);
    CHECK(ended->messagesSent > 150'000);
    CHECK(ended->messagesSent < ended->bytesSent);
    CHECK(founder.machine.state() == engine::ClientMachine::State::Offline);
    CHECK(founder.replica.confirmed.size() == ended->counts.confirmed);

    const Result<net::SyncReport> rest = driver.runOnce();
    REQUIRE(rest.has_value());
    CHECK_FALSE(rest->isCancelled);
    CHECK(founder.replica.confirmed.size() == kSegments);
    CHECK(office.store->state(office.workspace())->tree.size == kSegments);
    // What was confirmed is not sent again.
    CHECK(rest->counts.sent <= kSegments - ended->counts.confirmed);
    CHECK(rest->messagesSent < (kSegments - ended->counts.confirmed) * 210'000 + 10'000);
    driver.cancel();
    CHECK_FALSE(driver.result()->isCancelled);
    CHECK(server.stop());
}

TEST_CASE("net: a session in slices can be given up half-way, and begun again")
{
    ServerOffice office;
    office.create();
    LoopbackServer server(office);
    LoopbackClient founder(office, office.log.founder);
    for (int i = 0; i < 10; ++i)
        founder.replica.unsealed.push_back(founder.writer.next(60'000));
    {
        net::SyncDriver driver({server.address(), founder.pin}, founder.machine, founder.clock);
        driver.begin();
        while (founder.machine.state() != engine::ClientMachine::State::Uploading)
            REQUIRE_FALSE(driver.advance(std::chrono::milliseconds(1)));
    }
    CHECK(founder.machine.state() == engine::ClientMachine::State::Offline);
    net::SyncDriver driver({server.address(), founder.pin}, founder.machine, founder.clock);
    driver.begin();
    while (!driver.advance(std::chrono::milliseconds(10))) {}
    REQUIRE(driver.result());
    CHECK(founder.replica.confirmed.size() == 10);
}

// ---- who is at the other end -----------------------------------------------------------------------------

TEST_CASE("net: a server with another key gets nothing but a client hello")
{
    ServerOffice office;
    office.create();
    LoopbackServer server(office);
    Relay relay(server.address());
    LoopbackClient founder(office, office.log.founder);
    founder.pin[0] ^= 1;
    const auto report = founder.sync(relay.address());
    REQUIRE_FALSE(report.has_value());
    CHECK(report.error().code == Errc::Forged);
    CHECK(founder.replica.calls.empty());
    // A hello of some 250 bytes and an alert; the device proof alone is longer than what is left.
    CHECK(relay.toServer() < 400);
}

TEST_CASE("net: TLS 1.2, another protocol or none is refused by the server")
{
    ServerOffice office;
    LoopbackServer server(office);
    auto good = net::makeClientContext();
    REQUIRE(good);
    SSL_CTX_set_verify(good->native_handle(), SSL_VERIFY_NONE, nullptr);
    CHECK(shakesHands(server.address(), *good));

    asio::ssl::context old(asio::ssl::context::tlsv12_client);
    CHECK_FALSE(shakesHands(server.address(), old));
    asio::ssl::context none(asio::ssl::context::tls_client);
    CHECK_FALSE(shakesHands(server.address(), none));
    asio::ssl::context other(asio::ssl::context::tls_client);
    const std::array<unsigned char, 9> http{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_CTX_set_alpn_protos(other.native_handle(), http.data(), http.size());
    CHECK_FALSE(shakesHands(server.address(), other));
    CHECK(server.stop());
}

TEST_CASE("net: each connection has keying material of its own, the same at both ends")
{
    ServerOffice office;
    auto serverContext = net::makeServerContext(office.store->identity().tlsKey);
    auto clientContext = net::makeClientContext();
    REQUIRE(serverContext);
    REQUIRE(clientContext);
    std::set<Hash> seen;
    onLoop([&](asio::io_context& io) -> asio::awaitable<void> {
        asio::ip::tcp::acceptor acceptor(io, {asio::ip::make_address("127.0.0.1"), 0});
        const Address address{"127.0.0.1", acceptor.local_endpoint().port()};
        for (int i = 0; i < 2; ++i) {
            Hash atServer{};
            asio::co_spawn(
                io,
                [&]() -> asio::awaitable<void> {
                    asio::ip::tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
                    Connection connection(std::move(socket), *serverContext, {});
                    REQUIRE(co_await connection.accept());
                    atServer = connection.exporter();
                    (void)co_await connection.read();
                },
                [](std::exception_ptr error) {
                    if (error)
                        std::rethrow_exception(error);
                });
            auto line = co_await Connection::connect(address, std::nullopt, *clientContext, {});
            REQUIRE(line);
            CHECK((*line)->peerKey() == office.store->identity().tlsKey.publicKey());
            const Status sent = co_await (*line)->write(wire::frame(Bytes(1, 0)).value());
            REQUIRE(sent);
            asio::steady_timer turn(io);
            while (atServer == Hash{}) {
                turn.expires_after(std::chrono::milliseconds(1));
                (void)co_await turn.async_wait(net::kNoThrow);
            }
            CHECK((*line)->exporter() == atServer);
            seen.insert(atServer);
        }
    });
    CHECK(seen.size() == 2);
}

// ---- what a server does not put up with ------------------------------------------------------------------

TEST_CASE("net: a message over the limit ends the connection before it is read")
{
    ServerOffice office;
    LoopbackServer server(office);
    const VerifyKey pin = office.store->identity().tlsKey.publicKey();
    Bytes frames{0x7f, 0xff, 0xff, 0xff};
    CHECK(answerTo(server.address(), pin, frames).error().code == Errc::Unreachable);
    frames = {0, 0, 0, 0};
    CHECK(answerTo(server.address(), pin, frames).error().code == Errc::Unreachable);
}

TEST_CASE("net: a message that cannot be read is refused by a code")
{
    ServerOffice office;
    LoopbackServer server(office);
    const auto answer = answerTo(
        server.address(), office.store->identity().tlsKey.publicKey(), wire::frame(Bytes(20, 0xff)).value());
    REQUIRE(answer);
    const auto* refusal = std::get_if<wire::Refusal>(&*answer);
    REQUIRE(refusal != nullptr);
    CHECK(refusal->code == wire::RefusalCode::Malformed);
}

TEST_CASE("net: a silent client, and one that never finishes a message, are hung up on")
{
    ServerOffice office;
    net::Deadlines deadlines;
    deadlines.silence = std::chrono::milliseconds(50);
    deadlines.progress = std::chrono::milliseconds(50);
    LoopbackServer server(office, deadlines);
    const VerifyKey pin = office.store->identity().tlsKey.publicKey();
    CHECK(answerTo(server.address(), pin, {}).error().code == Errc::Unreachable);
    CHECK(answerTo(server.address(), pin, {0, 0, 0, 9, 1}).error().code == Errc::Unreachable);
}

TEST_CASE("net: idle connections of strangers do not keep a device out")
{
    ServerOffice office;
    office.create();
    server::ListenerOptions options;
    SECTION("of its own address")
    {
        options.unprovenPerAddressMax = 3;
    }
    SECTION("of any address, when there is room for no more")
    {
        options.sessionsMax = 3;
    }
    LoopbackServer server(office, options);
    asio::io_context io;
    std::vector<asio::ip::tcp::socket> idle;
    for (int i = 0; i < 10; ++i)
        idle.emplace_back(io).connect({asio::ip::make_address("127.0.0.1"), server.address().port});
    LoopbackClient founder(office, office.log.founder);
    CHECK(founder.sync(server.address()));
    // The oldest had to go.
    std::uint8_t byte = 0;
    asio::error_code error;
    idle.front().read_some(asio::buffer(&byte, 1), error);
    CHECK(error);
}

TEST_CASE("net: a connection that does not prove itself is hung up on, sooner where there is a crowd")
{
    ServerOffice office;
    office.create();
    server::ListenerOptions options;
    SECTION("alone")
    {
        options.crowdedWait = std::chrono::milliseconds(20);
        options.unprovenWait = std::chrono::milliseconds(50);
    }
    SECTION("in a crowd")
    {
        options.crowdedWait = std::chrono::milliseconds(50);
        options.unprovenCrowd = 0;
    }
    LoopbackServer server(office, options);
    const VerifyKey pin = office.store->identity().tlsKey.publicKey();
    CHECK(answerTo(server.address(), pin, {}).error().code == Errc::Unreachable);
}

TEST_CASE("net: a client gives up on a server that accepts and says nothing")
{
    auto context = net::makeClientContext();
    REQUIRE(context);
    onLoop([&](asio::io_context& io) -> asio::awaitable<void> {
        asio::ip::tcp::acceptor acceptor(io, {asio::ip::make_address("127.0.0.1"), 0});
        net::Deadlines deadlines;
        deadlines.connect = std::chrono::milliseconds(50);
        const Address address{"127.0.0.1", acceptor.local_endpoint().port()};
        const auto line = co_await Connection::connect(address, std::nullopt, *context, deadlines);
        CHECK(line.error().code == Errc::Unreachable);
    });
}

TEST_CASE("net: a second listener on one port is told that it is taken")
{
    ServerOffice office;
    LoopbackServer server(office);
    asio::io_context io;
    server::SystemClock clock;
    server::Listener second(io, *office.store, clock, {server.address(), 10, {}});
    CHECK(second.start().error().code == Errc::Busy);
    server::Listener elsewhere(io, *office.store, clock, {{"192.0.2.1", 1}, 10, {}});
    CHECK(elsewhere.start().error().code == Errc::Invalid);
}

// ---- enrolment -------------------------------------------------------------------------------------------

TEST_CASE("net: a workspace is opened on the server that the fingerprint names, with a token, once")
{
    ServerOffice office;
    const server::ServerIdentity& identity = office.store->identity();
    const Hash fingerprint
        = net::serverFingerprint(identity.tlsKey.publicKey(), identity.receiptKey.publicKey());
    const std::string token = "0123456789abcdef";
    REQUIRE(office.store->addToken(server::hashOfToken(viewOf(token)), office.now()));
    LoopbackServer server(office);

    Hash wrong = fingerprint;
    wrong[31] ^= 1;
    CHECK(net::fetchServerInfo(server.address(), wrong).error().code == Errc::Forged);
    const auto known = net::fetchServerInfo(server.address(), fingerprint);
    REQUIRE(known);
    CHECK(known->server.tlsKey == office.log.genesis.serverTlsKey);
    CHECK(known->receiptKey == office.log.genesis.serverReceiptKey);

    net::Server imposter = known->server;
    imposter.tlsKey[0] ^= 1;
    CHECK(net::createWorkspace(imposter, viewOf(token), office.log.statements).error().code == Errc::Forged);
    CHECK(
        net::createWorkspace(known->server, viewOf("other"), office.log.statements).error().code
        == Errc::Refused);
    CHECK(net::createWorkspace(known->server, viewOf(token), office.log.statements));
    CHECK(net::createWorkspace(known->server, viewOf(token), office.log.statements));
}

TEST_CASE("net: a newcomer finds the genesis, asks to join, and is found by the inviter")
{
    ServerOffice office;
    const ledger::Invite invite{
        InvitationId::random(office.random), MemberId::random(office.random), ledger::ReadInternal,
        server::SystemClock().now() + std::chrono::hours(1)};
    REQUIRE(office.log.add(office.log.founder, {invite}));
    office.create();
    LoopbackServer server(office);
    LoopbackClient founder(office, office.log.founder);
    const test::TestDevice unknown = test::TestDevice::make(office.random);
    LoopbackClient stranger(office, unknown);
    REQUIRE(founder.sync(server.address()));

    CHECK(net::fetchGenesis(server.address(), WorkspaceId{Hash{1}}).error().code == Errc::NotFound);
    const auto genesis = net::fetchGenesis(server.address(), office.workspace());
    REQUIRE(genesis);
    CHECK(genesis->statement == office.log.statements.front());
    CHECK(genesis->server.tlsKey == founder.pin);

    CHECK(net::submitJoin(genesis->server, office.workspace(), invite.invitation, Bytes(99, 1)));
    CHECK(
        net::submitJoin(genesis->server, office.workspace(), InvitationId{}, Bytes(99, 1)).error().code
        == Errc::NotFound);
    const std::array invitations{invite.invitation};
    const auto waiting = net::queryJoinRequests(genesis->server, founder.replica, invitations);
    REQUIRE(waiting);
    CHECK(waiting->requests.size() == 1);
    CHECK(
        net::queryJoinRequests(genesis->server, stranger.replica, invitations).error().code == Errc::Refused);

    const test::TestDevice newcomer = test::TestDevice::make(office.random);
    const std::array admission{
        office.log.sign(office.log.founder, {ledger::Admit{invite.invitation, newcomer.signedStatement()}})};
    const auto taken = net::submitStatements(genesis->server, founder.replica, admission);
    REQUIRE(taken);
    CHECK(taken->code == wire::StatementsResult::Code::Taken);
    LoopbackClient admitted(office, newcomer);
    REQUIRE(admitted.sync(server.address()));
    CHECK(admitted.replica.membership().find(newcomer.id()) != nullptr);
}

TEST_CASE("net: another server cannot pass itself off as a workspace's")
{
    ServerOffice office;
    office.create();
    // It knows the statements, but not the key that they name.
    ServerOffice copy(8);
    const Hash token{1};
    REQUIRE(copy.store->addToken(token, copy.now()));
    REQUIRE(copy.store->createWorkspace(token, office.workspace(), office.log.statements, copy.now()));
    REQUIRE(copy.store->addToken(Hash{2}, copy.now()));
    REQUIRE(copy.store->createWorkspace(Hash{2}, WorkspaceId{Hash{5}}, office.log.statements, copy.now()));
    LoopbackServer server(copy);
    const auto same
        = office.store->identity().tlsKey.publicKey() == copy.store->identity().tlsKey.publicKey();
    REQUIRE_FALSE(same);
    CHECK(net::fetchGenesis(server.address(), office.workspace()).error().code == Errc::Forged);
    CHECK(net::fetchGenesis(server.address(), WorkspaceId{Hash{5}}).error().code == Errc::Forged);
}

}  // namespace teren
