// SPDX-License-Identifier: EUPL-1.2
//
// Goal: two devices in one room meet only each other, whoever else is on the line.
#include "sync/net/peer_line.h"

#include "crypto/sign/hash.h"
#include "sync/net/asio_fwd.h"
#include "sync/net/connection.h"
#include "sync/net/peer_door.h"
#include "sync/net/peer_exchange.h"
#include "sync/net/run_to_end.h"
#include "sync/wire/frame.h"
#include "tests/support/catch.h"
#include "tests/support/seeded.h"

#include <future>
#include <map>
#include <mutex>
#include <thread>

namespace teren::net {
namespace {

/// A device as the other side's membership log knows it.
struct Peer {
    explicit Peer(std::uint64_t seed) : random(seed), key(SigningKey::generate(random))
    {
        id = DeviceId::random(random);
    }
    PeerParty party(const std::map<DeviceId, VerifyKey>& members, Bytes code, Bytes file) const
    {
        PeerParty party;
        party.device = id;
        party.code = std::move(code);
        party.sign = [this](ByteView message) { return key.sign("teren.peer.v1", message); };
        party.memberKey = [members](const DeviceId& device) {
            const auto found = members.find(device);
            return found == members.end() ? std::nullopt : std::optional(found->second);
        };
        party.haveFor = [this](const DeviceId& peer) { return std::vector{hashFor(peer)}; };
        party.bundleFor = [file = std::move(file)](const DeviceId&, const std::set<Hash>&) -> Result<Bytes> {
            return file;
        };
        return party;
    }

    /// What this device says that it has, to this peer.
    Hash hashFor(const DeviceId& peer) const { return blake2b({id.view(), peer.view()}); }

    test::SeededRandom random;
    SigningKey key;
    DeviceId id;
};

/// One who waits, in a thread, with the address at hand.
class Waiting {
public:
    explicit Waiting(PeerParty party) : party_(std::move(party))
    {
        std::promise<Address> bound;
        std::future<Address> known = bound.get_future();
        thread_ = std::jthread([this, &bound] {
            test::SeededRandom random(99);
            result_ = listenForPeer(
                {"127.0.0.1", 0}, party_, random, [&](const Address& at) { bound.set_value(at); });
        });
        address_ = known.get();
    }
    const Address& address() const { return address_; }
    Result<PeerBundle> ended()
    {
        thread_.join();
        return std::move(result_);
    }

private:
    PeerParty party_;
    Address address_;
    Result<PeerBundle> result_ = fail(Errc::Unreachable, "not yet");
    std::jthread thread_;
};

const Bytes kCode{1, 2, 3, 4, 5};

/// A caller that proves who it is, says and hears what has its place then, message by message, and hangs up:
/// with its last word, or without.
asio::awaitable<Status> callByHand(
    Address at, asio::ssl::context& context, const PeerParty& party, bool saysThatAllCame)
{
    Result<std::unique_ptr<Connection>> connection
        = co_await Connection::connect(std::move(at), std::nullopt, context, Deadlines{});
    if (!connection)
        co_return std::unexpected(connection.error());
    PeerExchange line(**connection, party, PeerExchange::Role::Caller);
    Status status = co_await line.meet();
    const Bytes end = *wire::frame(Bytes{5});
    Bytes said = end;
    for (const Bytes& part : {*wire::frame(Bytes{4, 1}), end})
        said.insert(said.end(), part.begin(), part.end());
    if (status)
        status = co_await (*connection)->write(said);
    constexpr int kAnswers = 4;  // Have, End, Piece, End.
    for (int i = 0; status && i < kAnswers; ++i)
        if (const Result<Bytes> heard = co_await (*connection)->read(); !heard)
            status = std::unexpected(heard.error());
    if (status && saysThatAllCame)
        status = co_await (*connection)->write(end);
    (*connection)->close();
    co_return status;
}

TEST_CASE("peers who know each other and the code exchange, large bundles too")
{
    const Peer anna(1);
    const Peer jan(2);
    const std::map<DeviceId, VerifyKey> members{
        {anna.id, anna.key.publicKey()}, {jan.id, jan.key.publicKey()}};
    const Bytes large(3'000'000, 7);
    Waiting waiting(anna.party(members, kCode, large));
    PeerParty calling = jan.party(members, kCode, {1});
    calling.bundleFor = [&](const DeviceId& peer, const std::set<Hash>& has) -> Result<Bytes> {
        CHECK(peer == anna.id);
        CHECK(has == std::set{anna.hashFor(jan.id)});
        return Bytes{1};
    };
    const Result<PeerBundle> called = callPeer(waiting.address(), calling);
    REQUIRE(called);
    CHECK(called->peer == anna.id);
    CHECK(called->file == large);
    CHECK(called->delivered);
    const Result<PeerBundle> heard = waiting.ended();
    REQUIRE(heard);
    CHECK(heard->peer == jan.id);
    CHECK(heard->file == Bytes{1});
    CHECK(heard->delivered);
}

TEST_CASE("peers who wait know that all has come only by the caller's last word")
{
    const Peer anna(1);
    const Peer jan(2);
    const std::map<DeviceId, VerifyKey> members{
        {anna.id, anna.key.publicKey()}, {jan.id, jan.key.publicKey()}};
    const PeerParty calling = jan.party(members, kCode, {1});
    Result<asio::ssl::context> context = makeClientContext();
    REQUIRE(context);
    for (const bool says : {true, false}) {
        Waiting waiting(anna.party(members, kCode, {7}));
        asio::io_context io;
        CHECK(runToEnd(io, callByHand(waiting.address(), *context, calling, says)));
        const Result<PeerBundle> heard = waiting.ended();
        // What has come is there in either case.
        REQUIRE(heard);
        CHECK(heard->file == Bytes{1});
        CHECK(heard->delivered.has_value() == says);
        if (!says)
            CHECK(heard->delivered.error().code == Errc::Unreachable);
    }
}

TEST_CASE("peers who cannot make their own file keep the other's")
{
    const Peer anna(1);
    const Peer jan(2);
    const std::map<DeviceId, VerifyKey> members{
        {anna.id, anna.key.publicKey()}, {jan.id, jan.key.publicKey()}};
    PeerParty failing = anna.party(members, kCode, {});
    failing.bundleFor
        = [](const DeviceId&, const std::set<Hash>&) -> Result<Bytes> { return fail(Errc::Disk); };
    Waiting waiting(failing);
    CHECK(callPeer(waiting.address(), jan.party(members, kCode, {1})).error().code == Errc::Unreachable);
    const Result<PeerBundle> heard = waiting.ended();
    REQUIRE(heard);
    CHECK(heard->file == Bytes{1});
    CHECK(heard->delivered.error().code == Errc::Disk);
}

TEST_CASE("peers who are no members, or say they are, are turned away")
{
    const Peer anna(1);
    const Peer jan(2);
    const Peer stranger(3);
    const std::map<DeviceId, VerifyKey> members{
        {anna.id, anna.key.publicKey()}, {jan.id, jan.key.publicKey()}};
    Waiting waiting(anna.party(members, kCode, {1}));
    CHECK(callPeer(waiting.address(), stranger.party(members, kCode, {})).error().code == Errc::Refused);
    PeerParty posing = stranger.party(members, kCode, {});
    posing.device = jan.id;
    CHECK(callPeer(waiting.address(), posing).error().code == Errc::Refused);
    PeerParty mirror = anna.party(members, kCode, {});
    CHECK(callPeer(waiting.address(), mirror).error().code == Errc::Refused);
    PeerParty elsewhere = jan.party(members, kCode, {});
    elsewhere.workspace = WorkspaceId{Hash{9}};
    CHECK(callPeer(waiting.address(), elsewhere).error().code == Errc::Refused);
    // A listener that is no member gets nothing either: the caller looks first.
    {
        Waiting trap(stranger.party(members, kCode, {1}));
        CHECK(callPeer(trap.address(), jan.party(members, kCode, {1})).error().code == Errc::Refused);
        for (unsigned i = 0; i < kWrongCodesMax; ++i)
            (void)callPeer(
                trap.address(), jan.party({{stranger.id, stranger.key.publicKey()}}, {9, 9, 9, 9, 9}, {1}));
        CHECK_FALSE(trap.ended());
    }
    CHECK(callPeer(waiting.address(), jan.party(members, kCode, {})));
    CHECK(waiting.ended());
}

TEST_CASE("peers at the door: the oldest gives way, and so does who takes too long")
{
    PeerDoor door(2);
    const PeerDoor::Time start;
    for (PeerDoor::Caller caller = 0; caller < PeerDoor::kCallersMax; ++caller)
        CHECK_FALSE(door.admit(caller, start));
    CHECK(door.admit(100, start + std::chrono::seconds(5)) == 0U);
    door.leave(1);
    CHECK_FALSE(door.admit(101, start + std::chrono::seconds(5)));
    CHECK(door.admit(102, start + std::chrono::seconds(5)) == 2U);
    CHECK(door.late(start + PeerDoor::kPatience).empty());
    const auto late = door.late(start + PeerDoor::kPatience + std::chrono::seconds(1));
    CHECK(late.size() == PeerDoor::kCallersMax - 3);
    CHECK(late.front() == 3U);

    CHECK_FALSE(door.isShut());
    for (int guess = 0; guess < 3; ++guess)
        door.countWrongCode();
    CHECK(door.isShut());
}

TEST_CASE("peers are met beside any number of lines that say nothing")
{
    const Peer anna(1);
    const Peer jan(2);
    const std::map<DeviceId, VerifyKey> members{
        {anna.id, anna.key.publicKey()}, {jan.id, jan.key.publicKey()}};
    Waiting waiting(anna.party(members, kCode, {1}));
    asio::io_context io;
    std::vector<asio::ip::tcp::socket> silent;
    for (std::size_t i = 0; i < PeerDoor::kCallersMax * 2; ++i)
        silent.emplace_back(io).connect(
            {asio::ip::make_address(waiting.address().host), waiting.address().port});
    CHECK(callPeer(waiting.address(), jan.party(members, kCode, {2})));
    CHECK(waiting.ended());
}

TEST_CASE("peers who guess on many lines at once have no more guesses")
{
    const Peer anna(1);
    const Peer jan(2);
    const std::map<DeviceId, VerifyKey> members{
        {anna.id, anna.key.publicKey()}, {jan.id, jan.key.publicKey()}};
    Waiting waiting(anna.party(members, kCode, {1}));
    Result<asio::ssl::context> context = makeClientContext();
    REQUIRE(context);
    asio::io_context io;
    // Those who were refused stay on the line, so the listener is still busy with each of them.
    std::vector<std::unique_ptr<Connection>> held;
    const PeerParty wrong = jan.party(members, {5, 4, 3, 2, 1}, {});
    const PeerParty right = jan.party(members, kCode, {});
    const auto guess = [&](const PeerParty& party) -> asio::awaitable<Status> {
        Result<std::unique_ptr<Connection>> connection
            = co_await Connection::connect(waiting.address(), std::nullopt, *context, Deadlines{});
        if (!connection)
            co_return std::unexpected(connection.error());
        held.push_back(*std::move(connection));
        PeerExchange line(*held.back(), party, PeerExchange::Role::Caller);
        co_return co_await line.meet();
    };
    for (unsigned i = 0; i < kWrongCodesMax; ++i) {
        CHECK_FALSE(runToEnd(io, guess(wrong)));
        io.restart();
    }
    CHECK_FALSE(runToEnd(io, guess(right)));
    held.clear();
    CHECK(waiting.ended().error().code == Errc::Refused);
}

TEST_CASE("peers who wait can be told to stop, before a call and during one")
{
    const Peer anna(1);
    const Peer jan(2);
    const std::map<DeviceId, VerifyKey> members{
        {anna.id, anna.key.publicKey()}, {jan.id, jan.key.publicKey()}};
    test::SeededRandom random(99);
    const auto nobody = [](const Address&) {};
    CHECK(
        listenForPeer({"127.0.0.1", 0}, anna.party(members, kCode, {1}), random, nobody, [] { return true; })
            .error()
            .code
        == Errc::Unreachable);

    // One who calls and then says nothing holds up nobody who wants to stop.
    asio::io_context io;
    std::optional<asio::ip::tcp::socket> silent;
    const auto call = [&](const Address& at) {
        silent.emplace(io);
        silent->connect({asio::ip::make_address(at.host), at.port});
    };
    int asked = 0;
    const auto later = [&] { return ++asked > 2; };
    const Result<PeerBundle> ended
        = listenForPeer({"127.0.0.1", 0}, anna.party(members, kCode, {1}), random, call, later);
    CHECK(ended.error().code == Errc::Unreachable);
}

TEST_CASE("peers with a proof from another line are turned away")
{
    const Peer anna(1);
    const Peer jan(2);
    const Peer mallory(3);
    const std::map<DeviceId, VerifyKey> members{
        {anna.id, anna.key.publicKey()}, {jan.id, jan.key.publicKey()}};
    // Jan calls one who stands between; what he signs there is shown to Anna on another line.
    std::mutex guard;
    std::optional<Signature> signedThere;
    PeerParty calling = jan.party(members, kCode, {});
    calling.sign = [&](ByteView message) {
        const std::lock_guard lock(guard);
        signedThere = jan.key.sign("teren.peer.v1", message);
        return *signedThere;
    };
    Waiting between(mallory.party(members, kCode, {}));
    CHECK_FALSE(callPeer(between.address(), calling));
    REQUIRE(signedThere);
    Waiting waiting(anna.party(members, kCode, {}));
    PeerParty relayed = jan.party(members, kCode, {});
    relayed.sign = [&](ByteView) { return *signedThere; };
    CHECK(callPeer(waiting.address(), relayed).error().code == Errc::Refused);
    for (unsigned i = 0; i < kWrongCodesMax; ++i) {
        CHECK(
            callPeer(waiting.address(), jan.party(members, {5, 4, 3, 2, 1}, {})).error().code
            == Errc::Refused);
        (void)callPeer(
            between.address(), jan.party({{mallory.id, mallory.key.publicKey()}}, {0, 0, 0, 0, 0}, {}));
    }
    CHECK(waiting.ended().error().code == Errc::Refused);
    CHECK_FALSE(between.ended());
}

}  // namespace
}  // namespace teren::net
