// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/sqlite_schema.h"
#include "sync/wire/frame.h"
#include "tests/sim/database_image.h"
#include "tests/support/session_office.h"

// One session with everything in it, cut at every byte of either direction, with the real stores, machines
// and server; then the line is whole again, and all must be as if nothing had been cut.
namespace teren::test {
namespace {

using engine::ClientMachine;

constexpr std::size_t kNever = ~std::size_t{0};

/// What came over a line, as a receiver reads it: whole messages, and of one in part nothing.
class Arriving {
public:
    explicit Arriving(std::size_t cutAfter) : room_(cutAfter) {}

    /// @return the message, unless the line was cut before its last byte.
    std::optional<Bytes> pass(const Bytes& message)
    {
        const Bytes frame = must(wire::frame(message));
        const std::size_t came = std::min(room_, frame.size());
        room_ -= came;
        carried += came;
        input_.insert(input_.end(), frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(came));
        isCut = isCut || came < frame.size();
        if (input_.size() < wire::kFrameHeaderSize)
            return std::nullopt;
        const std::size_t size
            = must(wire::decodeFrameSize(ByteView(input_).first<wire::kFrameHeaderSize>()));
        if (input_.size() < wire::kFrameHeaderSize + size)
            return std::nullopt;
        input_.clear();
        ends.push_back(carried);
        return toBytes(ByteView(frame).subspan(wire::kFrameHeaderSize));
    }
    bool isCut = false;
    std::size_t carried = 0;
    std::vector<std::size_t> ends;  ///< Of the whole messages, in bytes from the beginning.

private:
    std::size_t room_;
    Bytes input_;
};

/// A device on a copy of another's database.
std::unique_ptr<StoreDevice> copied(StoreDevice& from, std::uint64_t seed)
{
    auto device = std::make_unique<StoreDevice>(seed);
    sim::copyInto(from.database.handle(), device->database);
    device->clock.set(from.clock.now());
    device->reopen();
    return device;
}

/// A server on a copy of another's database.
struct ServerCopy {
    ServerCopy(sqlite3* from, std::uint64_t urgentFrom)
    {
        store = must(server::SqliteStore::over(std::move(*sim::copyOf(from)), random));
        hub.emplace(*store, urgentFrom);
    }
    std::uint64_t size() const { return must(store->state(must(store->workspaces()).front())).tree.size; }

    SeededRandom random{99};
    std::unique_ptr<server::SqliteStore> store;
    std::optional<server::Hub> hub;
};

struct Traffic {
    std::size_t up = 0;
    std::size_t down = 0;
    std::vector<std::size_t> endsUp;
    std::vector<std::size_t> endsDown;
    engine::SessionCounts counts;
    std::vector<std::uint64_t> numbers;  ///< Of the entries that came whole in one page, in this order.
    bool isDone = false;
};

/// A session over a line that is cut after so many bytes of a direction.
Traffic run(StoreDevice& device, server::Hub& hub, std::size_t upMax = kNever, std::size_t downMax = kNever)
{
    ClientMachine machine(*device, device.random);
    Hash exporter;
    device.random.fill(exporter);
    server::PeerMachine peer(hub, exporter);
    Arriving up(upMax);
    Arriving down(downMax);
    std::deque<ClientMachine::Action> actions;
    std::vector<std::uint64_t> numbers;
    const auto now = [&] { return device.clock.now(); };
    const auto take = [&](const ClientMachine::Actions& more) {
        actions.insert(actions.end(), more.begin(), more.end());
    };
    const auto hear = [&](const server::PeerMachine::Output& output) {
        for (const wire::ToClient& message : output.messages)
            if (const std::optional<Bytes> came
                = down.isCut ? std::nullopt : down.pass(wire::encode(message))) {
                if (const auto* page = std::get_if<wire::Page>(&message))
                    std::ranges::transform(page->entries, std::back_inserter(numbers), &wire::Entry::number);
                take(machine.received(must(wire::decodeToClient(*came)), now()));
            }
        return !output.messages.empty();
    };
    (void)machine.syncNow(now());
    take(machine.connected(exporter, now()));
    bool moving = true;
    while (moving && !up.isCut && !down.isCut && machine.state() != ClientMachine::State::Offline) {
        moving = !actions.empty();
        while (!actions.empty() && !up.isCut && !down.isCut) {
            const ClientMachine::Action action = std::move(actions.front());
            actions.pop_front();
            if (const auto* send = std::get_if<ClientMachine::Send>(&action))
                if (const std::optional<Bytes> came = up.pass(wire::encode(send->message)))
                    hear(peer.received(must(wire::decodeToServer(*came)), now()));
        }
        if (up.isCut || down.isCut)
            break;
        moving = hear(peer.flush(now())) || moving;
        if (!down.isCut && peer.hasPages())
            moving = hear(peer.nextPage(now())) || moving;
    }
    const bool isDone = machine.isDone();
    const engine::SessionCounts counts = machine.counts();
    (void)machine.lost(now());
    peer.lost(now());
    return {up.carried, down.carried, up.ends, down.ends, counts, numbers, isDone};
}

/// Anna and Jan share a case. Both have written since they met: Jan's work is at the server, Anna's is not,
/// and she has opened a case besides, which takes a statement.
struct BeforeTheCut {
    BeforeTheCut()
    {
        space = office.openCase(office.anna);
        jan = office.join();
        jan->clock.set(office.anna.clock.now());
        office.sync(*jan);
        note = office.anna.add(space, "note", "text", "wspólna");
        office.sync(office.anna);
        office.sync(*jan);
        (void)serverHandle();
        old = std::move(image);
        jan->save(space, {assignOp(note, "text", "według Jana")});
        (void)jan->add(space, "note", "text", std::string(3'000, 'j'));
        office.sync(*jan);
        office.sync(office.anna);
        (void)jan->add(space, "note", "text", "ostatnia Jana");
        office.sync(*jan);
        office.anna.save(space, {assignOp(note, "text", "według Anny")});
        (void)office.anna.add(space, "note", "text", "od Anny");
        (void)office.anna.openCase("Lipowa");
    }
    /// Jan goes on in that case and in two others, by turns. In the last of them Anna has written as well.
    void goOn()
    {
        office.sync(office.anna);
        std::vector<SpaceId> cases{space, office.openCase(*jan), office.openCase(office.anna)};
        office.sync(office.anna);
        office.sync(*jan);
        for (int round = 0; round < 3; ++round)
            for (const SpaceId& one : cases) {
                (void)jan->add(one, "note", "text", std::string(2'500, 'j'));
                office.sync(*jan);
            }
        (void)office.anna.add(cases[1], "note", "text", "od Anny");
    }
    sqlite3* serverHandle()
    {
        office.server->stop();
        opened.emplace(must(sql::Database::open(office.folder.path() / "server.db")));
        image = sim::copyOf(opened->handle());
        opened.reset();
        office.server->start();
        return image->handle();
    }
    sqlite3* oldHandle() { return old->handle(); }

    SessionOffice office;
    std::unique_ptr<StoreDevice> jan;
    std::optional<sql::Database> opened;
    std::unique_ptr<sql::Database> image;
    std::unique_ptr<sql::Database> old;  ///< As it was before Jan's last work.
    SpaceId space;
    RecordId note;
};

/// What is everywhere at the end.
struct Outcome {
    std::vector<Hash> digests;
    std::uint64_t numbered = 0;
    std::uint64_t received = 0;  ///< By Jan: each change once.
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

struct Cut {
    BeforeTheCut& before;
    sqlite3* server;  ///< Its image.
    std::uint64_t urgentFrom = server::Hub::kUrgentFrom;

    /// Cut once, then mended; both must come to rest in the same way.
    std::pair<Traffic, Outcome> play(std::size_t upMax, std::size_t downMax)
    {
        const auto anna = copied(before.office.anna, 5);
        const auto jan = copied(*before.jan, 6);
        ServerCopy copy(server, urgentFrom);
        const Traffic cut = run(*anna, *copy.hub, upMax, downMax);
        std::uint64_t received = 0;
        std::vector<std::uint64_t> numbers = cut.numbers;
        bool isDone = false;
        for (int round = 0; round < 3; ++round) {
            anna->clock.advance(std::chrono::hours(2));
            jan->clock.set(anna->clock.now());
            const Traffic again = run(*anna, *copy.hub);
            std::ranges::copy(again.numbers, std::back_inserter(numbers));
            const bool first = again.isDone;
            const Traffic second = run(*jan, *copy.hub);
            received += second.counts.received;
            isDone = first && second.isDone;
        }
        REQUIRE(isDone);
        // What came in a whole page came once, also ahead of the log's order.
        std::ranges::sort(numbers);
        CHECK(std::ranges::adjacent_find(numbers) == numbers.end());
        Outcome outcome;
        for (const auto& [space, held] : (*anna)->membership().spaces()) {
            const Hash digest = must((*anna)->digest(space));
            if (held.readers.contains((*jan)->device()))
                CHECK(must((*jan)->digest(space)) == digest);
            outcome.digests.push_back(digest);
        }
        std::ranges::sort(outcome.digests);
        outcome.numbered = copy.size();
        outcome.received = received;
        CHECK(must((*anna)->selfCheck()).empty());
        CHECK(must((*jan)->selfCheck()).empty());
        return {cut, outcome};
    }

    void everywhere()
    {
        const auto [whole, wanted] = play(kNever, kNever);
        REQUIRE(whole.isDone);
        REQUIRE(whole.endsUp.size() > 3);
        REQUIRE(whole.endsDown.size() > 3);
        // A receiver takes whole messages only, so all offsets inside one leave the same behind: of those one
        // is run, and with TEREN_EVERY_BYTE each.
        for (const bool isUp : {true, false}) {
            std::set<std::size_t> played;
            const std::size_t bytes = isUp ? whole.up : whole.down;
            const std::vector<std::size_t>& ends = isUp ? whole.endsUp : whole.endsDown;
            for (std::size_t offset = 0; offset < bytes; ++offset) {
                const auto messages
                    = static_cast<std::size_t>(std::ranges::upper_bound(ends, offset) - ends.begin());
                if (!everyByte() && !played.insert(messages).second)
                    continue;
                CAPTURE(isUp, offset);
                const auto [cut, outcome] = play(isUp ? offset : kNever, isUp ? kNever : offset);
                CHECK_FALSE(cut.isDone);
                CHECK((isUp ? cut.endsUp : cut.endsDown).size() == messages);
                CHECK((outcome == wanted));
            }
        }
    }

private:
    /// Each of them run for itself: takes minutes.
    static bool everyByte()
    {
        // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing in this program changes the environment.
        return std::getenv("TEREN_EVERY_BYTE") != nullptr;
    }
};

}  // namespace

TEST_CASE(
    "cut everywhere: a session that is cut at any byte heals, and nothing takes effect twice", "[session]")
{
    BeforeTheCut before;
    sqlite3* const server = before.serverHandle();
    Cut{before, server}.everywhere();
}

TEST_CASE("cut everywhere: so does one in which the server is given back what it lost", "[session]")
{
    BeforeTheCut before;
    Cut{before, before.oldHandle()}.everywhere();
}

TEST_CASE("cut everywhere: so does one in which cases come ahead of the log's order", "[session]")
{
    BeforeTheCut before;
    before.goOn();
    sqlite3* const server = before.serverHandle();
    Cut cut{before, server, 1};
    CHECK_FALSE(std::ranges::is_sorted(cut.play(kNever, kNever).first.numbers));
    cut.everywhere();
}

}  // namespace teren::test
