// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/limits.h"
#include "sync/wire/frame.h"
#include "tests/support/loopback_server.h"

#include <deque>

// Lines that are cut after so many bytes, again and again: each try must bring something that is kept.
namespace teren::test {
namespace {

using engine::ClientMachine;

/// Room for what a session says besides bodies.
constexpr std::size_t kOverhead = 1'500;

/// The two machines and a line between them that breaks: a message that does not fit any more is lost.
struct CutLine {
    CutLine() { office.create(); }

    /// One session. @return whether the client has nothing left to do.
    bool run(LoopbackClient& client, std::size_t upMax, std::size_t downMax)
    {
        office.random.fill(exporter);
        auto peer = std::make_unique<server::PeerMachine>(*office.hub, exporter);
        std::deque<wire::ToServer> up;
        std::deque<wire::ToClient> down;
        bool cut = false;
        const auto perform = [&](const ClientMachine::Actions& actions) {
            for (const ClientMachine::Action& action : actions) {
                if (const auto* send = std::get_if<ClientMachine::Send>(&action))
                    up.push_back(send->message);
                cut = cut || std::holds_alternative<ClientMachine::Hangup>(action);
            }
        };
        const auto answer = [&](const server::PeerMachine::Output& output) {
            down.insert(down.end(), output.messages.begin(), output.messages.end());
            cut = cut || output.close;
        };
        (void)client.machine.syncNow(office.now());
        perform(client.machine.connected(exporter, office.now()));
        while (!cut && client.machine.state() != ClientMachine::State::Settled) {
            if (!up.empty()) {
                if (cut = !fits(wire::encode(up.front()), upMax); cut)
                    break;
                answer(peer->received(up.front(), office.now()));
                up.pop_front();
            } else if (!down.empty()) {
                if (cut = !fits(wire::encode(down.front()), downMax); cut)
                    break;
                perform(client.machine.received(down.front(), office.now()));
                down.pop_front();
            } else {
                answer(peer->flush(office.now()));
                if (down.empty())
                    answer(peer->hasPages() ? peer->nextPage(office.now()) : peer->look(office.now()));
                REQUIRE((cut || !down.empty()));
            }
        }
        const bool done = client.machine.state() == ClientMachine::State::Settled;
        (void)client.machine.lost(office.now());
        if (before)
            before->lost(office.now());
        before.reset();
        if (isSilent)
            before = std::move(peer);
        else
            peer->lost(office.now());
        return done;
    }
    /// @return how many tries it took; 0 if so many did not do.
    std::size_t tries(LoopbackClient& client, std::size_t upMax, std::size_t downMax, std::size_t most)
    {
        for (std::size_t i = 1; i <= most; ++i)
            if (run(client, upMax, downMax))
                return i;
        return 0;
    }

    ServerOffice office;
    /// The server hears of a line that is down only when the next session is over.
    bool isSilent = false;

private:
    static bool fits(const Bytes& message, std::size_t& room)
    {
        const std::size_t size = message.size() + wire::kFrameHeaderSize;
        if (size > room)
            return false;
        room -= size;
        return true;
    }

    Hash exporter{};
    std::unique_ptr<server::PeerMachine> before;
};

/// Large ones among middling ones and small ones.
std::vector<std::size_t> bodySizes()
{
    return {400'000, 400'000, 128, 60'000, 60'000, 1'000'000, 128, 90'000, 400'000, 300'000, 60'000, 400'000};
}

/// A try brings so many whole chunks; to that comes, for each body, what did not fill a chunk, and a repeat
/// where the receipt was lost.
std::size_t triesFor(std::size_t cutAfter)
{
    std::size_t chunks = 0;
    for (const std::size_t size : bodySizes())
        chunks += size / limits::kChunkMax + 1;
    return chunks / ((cutAfter - kOverhead) / limits::kChunkMax) + 2 * bodySizes().size() + 2;
}

}  // namespace

TEST_CASE("net: an upload over a line that is cut again and again comes to an end")
{
    const std::size_t cutAfter = GENERATE(67'100U, 100'000U, 150'000U, 300'000U);
    CutLine line;
    line.isSilent = GENERATE(false, true);
    LoopbackClient client(line.office, line.office.log.founder);
    for (const std::size_t size : bodySizes())
        client.replica.unsealed.push_back(client.writer.next(size));
    CAPTURE(cutAfter, line.isSilent);
    const std::size_t tries = line.tries(client, cutAfter, ~std::size_t{0}, triesFor(cutAfter));
    CHECK(tries > 0);
    CHECK(client.replica.confirmed.size() == bodySizes().size());
    CHECK(line.office.store->state(line.office.workspace())->tree.size == bodySizes().size());
}

TEST_CASE("net: an upload whose receipts are lost comes to an end")
{
    CutLine line;
    LoopbackClient client(line.office, line.office.log.founder);
    for (const std::size_t size : bodySizes())
        client.replica.unsealed.push_back(client.writer.next(size));
    // What comes down is enough for one chunk: the device's own entries, where their receipt was lost.
    CHECK(line.tries(client, 100'000, 68'000, 4 * triesFor(100'000)) > 0);
    CHECK(client.replica.confirmed.size() == bodySizes().size());
}

TEST_CASE("net: a download over a line that is cut again and again comes to an end")
{
    const std::size_t cutAfter = GENERATE(68'000U, 100'000U, 150'000U, 300'000U);
    CutLine line;
    LoopbackClient author(line.office, line.office.log.founder);
    for (const std::size_t size : bodySizes())
        author.replica.unsealed.push_back(author.writer.next(size));
    for (int i = 0; i < 300; ++i)
        author.replica.unsealed.push_back(author.writer.next(1'000));
    REQUIRE(line.run(author, ~std::size_t{0}, ~std::size_t{0}));
    LoopbackClient reader(line.office, *line.office.worker);
    CAPTURE(cutAfter);
    CHECK(line.tries(reader, ~std::size_t{0}, cutAfter, triesFor(cutAfter) + 10) > 0);
    CHECK(reader.replica.stored.size() == bodySizes().size() + 300);
}

TEST_CASE("net: a members' log of many statements comes down over a line that is cut again and again")
{
    CutLine line;
    LoopbackClient founder(line.office, line.office.log.founder);
    REQUIRE(line.run(founder, ~std::size_t{0}, ~std::size_t{0}));
    std::vector<ledger::SignedStatement> added;
    for (int i = 0; i < 600; ++i) {
        REQUIRE(line.office.log.add(
            line.office.log.founder, {MembershipLog::openCase(line.office.log.newSpace())}));
        added.push_back(line.office.log.statements.back());
    }
    // They go up under the same rule.
    founder.replica.drafts = [&] { return added; };
    REQUIRE(line.tries(founder, 100'000, ~std::size_t{0}, 20) > 0);
    LoopbackClient reader(line.office, *line.office.worker);
    CHECK(line.tries(reader, ~std::size_t{0}, 100'000, 20) > 0);
    CHECK(reader.replica.membership().height() == line.office.log.statements.size());
}

}  // namespace teren::test
