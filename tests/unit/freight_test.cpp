// SPDX-License-Identifier: EUPL-1.2
// Bulk transfer: what goes first, how much at once, what ends a blob and what ends a session.
#include "sync/engine/freight.h"

#include "crypto/sign/hash.h"
#include "tests/support/catch.h"
#include "tests/support/client_desk.h"

#include <deque>

using namespace teren;
using namespace std::chrono_literals;
using engine::AwaitedBlob;
using engine::ClientMachine;
using engine::Freight;
using engine::OfferedBlob;
using wire::BlobCode;

namespace {

wire::BlobName named(std::uint8_t number)
{
    wire::BlobName name;
    name.space.bytes.fill(1);
    name.address.fill(number);
    return name;
}

class MemoryShelf final : public engine::BlobShelf {
public:
    std::map<Hash, OfferedBlob> here;
    std::set<Hash> sent;
    std::map<Hash, AwaitedBlob> wanted;
    std::map<Hash, Bytes> came;
    std::optional<Errc> arrivalFails;
    std::optional<Errc> offerFails;

    void add(std::uint8_t number, std::uint64_t size, bool small = false)
    {
        here[named(number).address] = {named(number), size, small};
    }
    void want(std::uint8_t number, std::uint64_t size, bool small = false, bool asked = false)
    {
        wanted[named(number).address] = {named(number), size, 0, small, asked};
    }

    Result<std::vector<OfferedBlob>> toOffer(Instant, std::size_t most) override
    {
        if (offerFails)
            return fail(*offerFails, "test");
        std::vector<OfferedBlob> offers;
        for (const auto& [address, blob] : here)
            if (!sent.contains(address) && offers.size() < most)
                offers.push_back(blob);
        return offers;
    }
    Result<std::vector<AwaitedBlob>> awaited(std::size_t) override
    {
        std::vector<AwaitedBlob> all;
        for (const auto& [address, blob] : wanted) {
            all.push_back(blob);
            all.back().have = came[address].size();
        }
        return all;
    }
    Result<Bytes> read(const wire::BlobName& name, std::uint64_t offset, std::size_t length) override
    {
        if (offset + length > here.at(name.address).size)
            return fail(Errc::Damaged, "past the end");
        return Bytes(length, name.address[0]);
    }
    Status delivered(const wire::BlobName& name, Instant) override
    {
        sent.insert(name.address);
        return {};
    }
    Status undelivered(const wire::BlobName& name) override
    {
        sent.erase(name.address);
        return {};
    }
    Result<bool> arrived(const AwaitedBlob& blob, std::uint64_t offset, ByteView data) override
    {
        Bytes& file = came[blob.name.address];
        if (arrivalFails) {
            file.clear();
            return fail(*arrivalFails, "test");
        }
        REQUIRE(file.size() == offset);
        file.insert(file.end(), data.begin(), data.end());
        if (file.size() < blob.size)
            return false;
        wanted.erase(blob.name.address);
        return true;
    }
};

/// A server behind a line of so many bytes a second and a delay each way. It answers in order.
struct SlowServer {
    std::uint64_t rate = 8'000;
    std::chrono::milliseconds delay = 150ms;
    std::map<Hash, std::uint64_t> have;  ///< Of blobs that were begun.
    std::map<Hash, std::uint64_t> whole;
    std::vector<std::pair<Hash, std::uint64_t>> taken;  ///< Parts, in order: address, offset.
    std::uint64_t bytesTaken = 0;
    Instant free{};
    std::deque<std::pair<Instant, wire::ToClient>> answers;

    /// Bytes that are on the line before whatever is sent now.
    std::uint64_t queuedAt(Instant now) const
    {
        return free <= now ? 0 : static_cast<std::uint64_t>((free - now).count()) * rate / 1'000;
    }
    void hear(const wire::ToServer& message, Instant now)
    {
        const std::uint64_t size = wire::encode(message).size();
        free = std::max(free, now) + std::chrono::milliseconds(size * 1'000 / rate);
        const Instant at = free + 2 * delay;
        if (const auto* query = std::get_if<wire::BlobQuery>(&message)) {
            wire::BlobStates states;
            for (const wire::BlobName& blob : query->blobs)
                states.states.push_back(stateOf(blob.address));
            answers.emplace_back(at, states);
        } else if (const auto* put = std::get_if<wire::PutBlob>(&message)) {
            std::uint64_t& got = have[put->blob.address];
            if (put->offset == got) {
                taken.emplace_back(put->blob.address, put->offset);
                got += put->data.size();
                bytesTaken += put->data.size();
            }
            if (got == put->size)
                whole[put->blob.address] = got;
            answers.emplace_back(at, wire::BlobStates{{stateOf(put->blob.address)}});
        } else if (const auto* get = std::get_if<wire::GetBlob>(&message)) {
            const auto found = whole.find(get->blob.address);
            if (found == whole.end()) {
                answers.emplace_back(at, wire::BlobStates{{{get->blob.address, BlobCode::Absent, 0}}});
                return;
            }
            taken.emplace_back(get->blob.address, get->offset);
            answers.emplace_back(
                at,
                wire::BlobData{
                    get->blob.address, found->second, get->offset,
                    Bytes(std::min<std::uint64_t>(get->length, found->second - get->offset), 7)});
        }
    }
    wire::BlobState stateOf(const Hash& address) const
    {
        if (const auto found = whole.find(address); found != whole.end())
            return {address, BlobCode::Stored, found->second};
        const auto found = have.find(address);
        return {address, BlobCode::Absent, found == have.end() ? 0 : found->second};
    }
};

struct Transfer {
    MemoryShelf shelf;
    Freight freight{shelf};
    SlowServer server;
    Instant now{1h};
    std::size_t mostUnderWay = 0;

    Transfer()
    {
        freight.reset();
        freight.open();
    }
    void say(const std::vector<wire::ToServer>& messages)
    {
        for (const wire::ToServer& message : messages)
            server.hear(message, now);
        mostUnderWay = std::max(mostUnderWay, server.answers.size());
    }
    Status hear()
    {
        auto [at, answer] = std::move(server.answers.front());
        server.answers.pop_front();
        now = std::max(now, at);
        if (const auto* states = std::get_if<wire::BlobStates>(&answer))
            return freight.take(*states, now);
        return freight.take(std::get<wire::BlobData>(answer), now);
    }
    /// As long as there is something to do, up to so many answers.
    void run(std::size_t answers = 100'000)
    {
        say(freight.next(now));
        while (!server.answers.empty() && answers-- > 0) {
            REQUIRE(hear());
            say(freight.next(now));
        }
    }
    /// In which order blobs were moved, by their first parts.
    std::vector<int> order() const
    {
        std::vector<int> blobs;
        for (const auto& [address, offset] : server.taken)
            if (std::ranges::find(blobs, int{address[0]}) == blobs.end())
                blobs.push_back(address[0]);
        return blobs;
    }
};

}  // namespace

TEST_CASE("freight: small pictures first, then what was asked for, then the smallest", "[engine]")
{
    Transfer transfer;
    transfer.server.rate = 1'000'000;
    transfer.shelf.add(1, 300'000);
    transfer.shelf.add(2, 100'000);
    transfer.shelf.add(3, 4'200, true);
    transfer.shelf.want(4, 50'000);
    transfer.shelf.want(5, 4'200, true);
    transfer.shelf.want(6, 900'000, false, true);
    for (const int number : {4, 5, 6})
        transfer.server.whole[named(static_cast<std::uint8_t>(number)).address]
            = transfer.shelf.wanted.at(named(static_cast<std::uint8_t>(number)).address).size;
    transfer.run();
    CHECK(transfer.order() == std::vector{3, 5, 6, 2, 1, 4});
    CHECK(transfer.freight.isDone());
    CHECK(transfer.freight.counts().sent == 3);
    CHECK(transfer.freight.counts().received == 3);
    CHECK(transfer.shelf.wanted.empty());
    CHECK(transfer.shelf.sent.size() == 3);
    CHECK_FALSE(transfer.freight.trouble());
}

TEST_CASE("freight: at most two parts are without an answer, of about a second each", "[engine]")
{
    Transfer transfer;
    transfer.server.rate = GENERATE(2'000U, 8'000U, 40'000U, 10'000'000U);
    transfer.server.delay = std::chrono::milliseconds(GENERATE(1, 150, 600));
    transfer.shelf.add(1, 400'000);
    std::uint64_t mostAhead = 0;
    transfer.say(transfer.freight.next(transfer.now));
    while (!transfer.server.answers.empty()) {
        REQUIRE(transfer.hear());
        transfer.say(transfer.freight.next(transfer.now));
        mostAhead = std::max(mostAhead, transfer.server.queuedAt(transfer.now));
        CHECK(transfer.freight.partSize() >= limits::kBlobPartMin);
        CHECK(transfer.freight.partSize() <= limits::kChunkMax);
    }
    CHECK(transfer.mostUnderWay <= limits::kBlobPartsUnderWay);
    // What is saved now waits behind two seconds of the line at most, or behind two parts of the least size.
    const std::uint64_t bound
        = std::max<std::uint64_t>(2 * transfer.server.rate, 2 * limits::kBlobPartMin) + 2 * 128;
    CHECK(mostAhead <= bound);
    CHECK(transfer.server.whole.size() == 1);
    CHECK(transfer.server.bytesTaken == 400'000);
}

TEST_CASE("freight: a server that has it already gets nothing, one that has a part the rest", "[engine]")
{
    Transfer transfer;
    transfer.shelf.add(1, 50'000);
    transfer.shelf.add(2, 60'000);
    transfer.server.whole[named(1).address] = 50'000;
    transfer.server.have[named(2).address] = 40'000;
    transfer.run();
    CHECK(transfer.server.bytesTaken == 20'000);
    CHECK(transfer.shelf.sent.size() == 2);
    CHECK(transfer.freight.counts().sent == 1);
}

TEST_CASE("freight: cut after every answer, the next session sends nothing twice", "[engine]")
{
    for (std::size_t cut = 0; cut < 16; ++cut) {
        Transfer transfer;
        transfer.shelf.add(1, 60'000);
        transfer.shelf.want(2, 60'000, false, true);
        transfer.server.whole[named(2).address] = 60'000;
        transfer.run(cut);
        const std::uint64_t asked = transfer.freight.counts().bytesReceived;
        transfer.server.answers.clear();
        transfer.freight.reset();
        CHECK(transfer.freight.isDone());
        CHECK(transfer.freight.next(transfer.now).empty());
        transfer.freight.open();
        transfer.run();
        CHECK(transfer.server.whole.size() == 2);
        CHECK(transfer.server.bytesTaken == 60'000);
        CHECK(transfer.shelf.came.at(named(2).address).size() == 60'000);
        CHECK(transfer.freight.counts().bytesReceived == 60'000 - asked);
    }
}

TEST_CASE("freight: a refused blob is set aside for this session, and the others go on", "[engine]")
{
    const BlobCode code
        = GENERATE(BlobCode::Malformed, BlobCode::NotYours, BlobCode::NoRoom, BlobCode::Limit);
    Transfer transfer;
    transfer.shelf.add(1, 5'000);
    transfer.shelf.add(2, 50'000);
    transfer.say(transfer.freight.next(transfer.now));
    REQUIRE(transfer.hear());
    transfer.say(transfer.freight.next(transfer.now));
    transfer.server.answers.pop_front();
    REQUIRE(transfer.freight.take(wire::BlobStates{{{named(1).address, code, 0}}}, transfer.now));
    transfer.server.have.erase(named(1).address);
    transfer.run();
    CHECK(transfer.shelf.sent == std::set{named(2).address});
    CHECK(transfer.freight.isDone());
    CHECK(transfer.freight.trouble());
}

TEST_CASE("freight: what came damaged is sent again from its beginning, but not for ever", "[engine]")
{
    Transfer transfer;
    transfer.shelf.add(1, 4'000);
    transfer.say(transfer.freight.next(transfer.now));
    REQUIRE(transfer.hear());
    for (unsigned round = 0; round <= Freight::kRestartsMax; ++round) {
        CHECK_FALSE(transfer.freight.isDone());
        const std::vector<wire::ToServer> messages = transfer.freight.next(transfer.now);
        REQUIRE(messages.size() == 1);
        CHECK(std::get<wire::PutBlob>(messages.front()).offset == 0);
        REQUIRE(transfer.freight.take(
            wire::BlobStates{{{named(1).address, BlobCode::Damaged, 0}}}, transfer.now));
    }
    CHECK(transfer.freight.isDone());
    CHECK(transfer.freight.trouble()->code == Errc::Damaged);
    CHECK(transfer.shelf.sent.empty());
}

TEST_CASE("freight: a server that forgets what it was sent gets it again, and no endless turns", "[engine]")
{
    Transfer transfer;
    transfer.server.rate = 100'000;
    transfer.shelf.add(1, 60'000);
    transfer.run(4);
    transfer.server.have[named(1).address] = 0;
    transfer.run();
    CHECK(transfer.server.whole.size() == 1);
    CHECK(transfer.shelf.sent.size() == 1);
    // One that never takes anything.
    Transfer endless;
    endless.shelf.add(1, 60'000);
    endless.say(endless.freight.next(endless.now));
    for (int i = 0; i < 100 && !endless.server.answers.empty(); ++i) {
        endless.server.have.clear();
        REQUIRE(endless.hear());
        endless.say(endless.freight.next(endless.now));
    }
    endless.run(50);
    CHECK(endless.freight.isDone());
}

TEST_CASE("freight: what is not at the server yet is no trouble, and asked for again next time", "[engine]")
{
    Transfer transfer;
    transfer.shelf.want(1, 5'000, true);
    transfer.run();
    CHECK(transfer.freight.isDone());
    CHECK_FALSE(transfer.freight.trouble());
    transfer.freight.reset();
    transfer.freight.open();
    transfer.server.whole[named(1).address] = 5'000;
    transfer.run();
    CHECK(transfer.freight.counts().received == 1);
}

TEST_CASE("freight: a server that hands out another file is noticed at once", "[engine]")
{
    Transfer transfer;
    transfer.shelf.want(1, 5'000, true);
    const bool otherSize = GENERATE(true, false);
    transfer.say(transfer.freight.next(transfer.now));
    transfer.server.answers.clear();
    const wire::BlobData lie{
        named(1).address, otherSize ? 6'000U : 5'000U, otherSize ? 0U : 1U, Bytes(4'096)};
    REQUIRE(transfer.freight.take(lie, transfer.now));
    CHECK(transfer.freight.trouble()->code == Errc::Forged);
    CHECK(transfer.shelf.came[named(1).address].empty());
    CHECK(transfer.shelf.wanted.size() == 1);
}

TEST_CASE("freight: an answer to nothing that was asked is refused", "[engine]")
{
    Transfer transfer;
    CHECK(transfer.freight.take(wire::BlobStates{}, transfer.now).error().code == Errc::Malformed);
    CHECK(transfer.freight.take(wire::BlobData{}, transfer.now).error().code == Errc::Malformed);
    transfer.shelf.add(1, 5'000);
    transfer.say(transfer.freight.next(transfer.now));
    CHECK(transfer.freight.take(wire::BlobStates{}, transfer.now).error().code == Errc::Malformed);
}

TEST_CASE("freight: a shelf that fails ends the transfer, not the session", "[engine]")
{
    Transfer transfer;
    transfer.shelf.offerFails = Errc::Disk;
    CHECK(transfer.freight.next(transfer.now).empty());
    CHECK(transfer.freight.isDone());
    CHECK(transfer.freight.trouble()->code == Errc::Disk);
}

// ---- beside the records --------------------------------------------------------------------------------

namespace {

/// A desk whose machine moves blobs.
struct LoadedDesk : test::ClientDesk {
    LoadedDesk() { shelf.add(1, 400'000); }

    MemoryShelf shelf;
    Machine loaded{replica, jitter, &shelf};

    std::vector<wire::ToServer> sentBy(const Machine::Actions& all) const
    {
        std::vector<wire::ToServer> messages;
        for (const Machine::Action& action : all)
            if (const auto* send = std::get_if<Machine::Send>(&action))
                messages.push_back(send->message);
        return messages;
    }
    std::vector<wire::ToServer> open(bool carries)
    {
        loaded.woken(now = std::max(now, loaded.wakeAt()));
        loaded.connected(exporter, now);
        wire::Answer answer = office.answer(replica.position_.head.size);
        answer.features = carries ? wire::kCarriesBlobs : 0;
        return sentBy(loaded.received(answer, now));
    }
};

}  // namespace

TEST_CASE("client machine: a server that does not say that it carries blobs is sent none", "[engine]")
{
    LoadedDesk desk;
    CHECK(desk.open(false).empty());
    CHECK(desk.loaded.isDone());
    CHECK(desk.loaded.state() == ClientMachine::State::Settled);
}

TEST_CASE("client machine: records go before the next part of a blob", "[engine]")
{
    LoadedDesk desk;
    REQUIRE(desk.open(true).size() == 1);
    CHECK(desk.loaded.state() == ClientMachine::State::Settled);
    CHECK_FALSE(desk.loaded.isDone());
    const wire::BlobState absent{named(1).address, BlobCode::Absent, 0};
    const auto parts = desk.sentBy(desk.loaded.received(wire::BlobStates{{absent}}, desk.now));
    REQUIRE(parts.size() == limits::kBlobPartsUnderWay);

    // Saved while both are on the line: the question goes at once, and nothing of the blob until all is done.
    const ledger::Segment segment = desk.save();
    const auto asked = desk.sentBy(desk.loaded.localChange(desk.now));
    REQUIRE(asked.size() == 1);
    CHECK(std::holds_alternative<wire::Refresh>(asked.front()));
    const wire::BlobState more{named(1).address, BlobCode::Absent, limits::kBlobPartMin};
    CHECK(desk.loaded.received(wire::BlobStates{{more}}, desk.now += 1s).empty());
    const wire::BlobState most{named(1).address, BlobCode::Absent, 2 * limits::kBlobPartMin};
    CHECK(desk.loaded.received(wire::BlobStates{{most}}, desk.now += 1s).empty());
    const auto put = desk.sentBy(desk.loaded.received(wire::Answer{}, desk.now));
    REQUIRE(put.size() == 1);
    CHECK(std::holds_alternative<wire::PutSegment>(put.front()));
    CHECK_FALSE(desk.loaded.isDone());
    desk.office.append(segment);
    const auto after = desk.sentBy(desk.loaded.received(desk.office.receipt(0), desk.now));
    CHECK(desk.replica.confirmed.contains(segment.head.hash));
    // Then it is looked again what is the most urgent blob.
    REQUIRE(after.size() == 1);
    CHECK(std::holds_alternative<wire::BlobQuery>(after.front()));
}

TEST_CASE("freight: what an earlier session had sent and is heard late is not sent again")
{
    constexpr std::uint64_t kPart = limits::kBlobPartMin;
    MemoryShelf shelf;
    shelf.add(1, 4 * kPart);
    Freight freight(shelf);
    freight.open();
    const Instant now(1h);
    const auto has = [&](std::uint64_t have, BlobCode code = BlobCode::Absent) {
        REQUIRE(freight.take(wire::BlobStates{{{named(1).address, code, have}}}, now));
    };
    REQUIRE(freight.next(now).size() == 1);
    has(0);
    REQUIRE(freight.next(now).size() == 2);
    // Parts on a line that was given up came in meanwhile.
    has(3 * kPart);
    has(3 * kPart);
    const std::vector<wire::ToServer> last = freight.next(now);
    REQUIRE(last.size() == 1);
    CHECK(std::get<wire::PutBlob>(last.front()).offset == 3 * kPart);
    has(0, BlobCode::Stored);
    CHECK(freight.counts().sent == 1);
    CHECK(freight.isDone());
    CHECK_FALSE(freight.trouble());

    // All of it and not whole: that cannot be.
    shelf.add(2, 4 * kPart);
    freight.lookAgain();
    REQUIRE(freight.next(now).size() == 1);
    REQUIRE(freight.take(wire::BlobStates{{{named(2).address, BlobCode::Absent, 0}}}, now));
    const std::size_t parts = freight.next(now).size();
    REQUIRE(parts > 0);
    for (std::size_t i = 0; i < parts; ++i)
        REQUIRE(freight.take(wire::BlobStates{{{named(2).address, BlobCode::Absent, 4 * kPart}}}, now));
    CHECK(freight.trouble());
    CHECK(freight.isDone());
}

TEST_CASE("freight: what may pass is tried again in the same session, and not before its time")
{
    MemoryShelf shelf;
    shelf.want(1, 3'000);
    Freight freight(shelf);
    freight.open();
    Instant now(1h);
    const auto asked = [&] { return freight.next(now).size(); };
    const auto answer
        = [&] { return freight.take(wire::BlobData{named(1).address, 3'000, 0, Bytes(3'000, 1)}, now); };

    // Its author has not brought it yet.
    REQUIRE(asked() == 1);
    REQUIRE(freight.take(wire::BlobStates{{{named(1).address, BlobCode::Absent, 0}}}, now));
    CHECK(asked() == 0);
    CHECK(freight.isDone());
    now += limits::kBlobTriedAgain - 1ms;
    CHECK(asked() == 0);
    now += 1ms;
    REQUIRE(asked() == 1);

    // Then there is no room for it here.
    shelf.arrivalFails = Errc::DiskFull;
    REQUIRE(answer());
    CHECK(asked() == 0);
    // A clock that is set back makes nothing wait for ever.
    now -= 24h;
    REQUIRE(asked() == 1);

    // Then the whole shelf fails for a while.
    shelf.arrivalFails = Errc::Disk;
    REQUIRE(answer());
    CHECK(asked() == 0);
    now += limits::kBlobTriedAgain;
    REQUIRE(asked() == 1);

    shelf.arrivalFails.reset();
    REQUIRE(answer());
    CHECK(freight.counts().received == 1);

    // What a server hands out under a false name it is not asked for again.
    shelf.want(2, 3'000);
    freight.lookAgain();
    REQUIRE(asked() == 1);
    REQUIRE(freight.take(wire::BlobData{named(2).address, 4'000, 0, Bytes(3'000, 1)}, now));
    now += limits::kBlobTriedAgain;
    CHECK(asked() == 0);
}

TEST_CASE("client machine: an answer about blobs that nobody asked for ends the session", "[engine]")
{
    LoadedDesk desk;
    desk.open(false);
    const auto actions = desk.loaded.received(wire::BlobData{}, desk.now);
    REQUIRE(actions.size() == 1);
    CHECK(std::holds_alternative<ClientMachine::Hangup>(actions.front()));
}
