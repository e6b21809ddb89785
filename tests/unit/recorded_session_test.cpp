// SPDX-License-Identifier: EUPL-1.2
//
// Goal: what builds of today say to each other is understood by every later one.
//
// Methodology: recorded sessions, message by message, with server and device as they were before. Each half
// is played to the other half of this build: the end must be the recorded one. See
// tests/vectors/skew/README.md.
#include "crypto/base/hex.h"
#include "crypto/base/limits.h"
#include "tests/sim/database_image.h"
#include "tests/support/session_office.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace teren::test {
namespace {

const std::filesystem::path kSkew = std::filesystem::path(TEREN_VECTOR_DIR) / "skew";

/// What the device sent, and what it heard in return.
struct Exchange {
    wire::ToServer sent;
    std::vector<wire::ToClient> heard;
};

/// A file `session`: "key value" lines, then "> hex" for what the device sent and "< hex" for what it heard.
struct Recording {
    std::map<std::string, std::string> facts;
    std::vector<Exchange> exchanges;

    Hash exporter() const
    {
        Hash hash{};
        const Bytes bytes = must(fromHex(facts.at("exporter")));
        REQUIRE(bytes.size() == hash.size());
        std::ranges::copy(bytes, hash.begin());
        return hash;
    }
    Instant now() const { return Instant(std::chrono::milliseconds(std::stoll(facts.at("now")))); }
};

Recording read(const std::filesystem::path& folder)
{
    Recording recording;
    std::ifstream file(folder / "session");
    REQUIRE(file.is_open());
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string key;
        std::string value;
        words >> key >> value;
        if (key == ">")
            recording.exchanges.push_back({must(wire::decodeToServer(must(fromHex(value)))), {}});
        else if (key == "<")
            recording.exchanges.back().heard.push_back(must(wire::decodeToClient(must(fromHex(value)))));
        else
            recording.facts[key] = value;
    }
    return recording;
}

std::vector<std::filesystem::path> recordings()
{
    std::vector<std::filesystem::path> folders;
    for (const auto& entry : std::filesystem::directory_iterator(kSkew))
        if (entry.path().filename().string().starts_with("session-"))
            folders.push_back(entry.path());
    std::ranges::sort(folders);
    return folders;
}

/// What a peer answers until it has nothing more to say.
std::vector<wire::ToClient> answersOf(server::PeerMachine& peer, const wire::ToServer& message, Instant now)
{
    std::vector<wire::ToClient> answers;
    const auto take = [&](server::PeerMachine::Output output) {
        std::ranges::move(output.messages, std::back_inserter(answers));
    };
    take(peer.received(message, now));
    take(peer.flush(now));
    while (peer.hasPages())
        take(peer.nextPage(now));
    return answers;
}

std::string named(const ledger::TreeHead& head)
{
    return std::to_string(head.size) + ":" + toHex(head.root);
}

/// The log as the server has it: its entries, and the members'.
std::string stateOf(const OfficeServer& server)
{
    const auto state = must(server.store->state(server.workspace()));
    return named(state.tree) + ":" + std::to_string(state.height);
}

/// All that a device has and knows of the server.
std::string stateOf(const StoreDevice& device)
{
    Hasher spaces;
    for (const auto kind : {ledger::SpaceKind::Workspace, ledger::SpaceKind::CaseInternal})
        for (const SpaceId& space : device->spaces(kind))
            spaces.add(space.view()).add(must(device->digest(space)));
    const wire::Position position = device->position();
    const store::OutboxCounts outbox = must(device->outboxCounts());
    return named(position.head) + ":" + std::to_string(position.cursor) + ":"
        + std::to_string(position.membershipHeight) + ":" + toHex(position.membershipHash) + ":"
        + toHex(spaces.finish()) + ":unsent=" + std::to_string(outbox.unsent)
        + ":confirmed=" + std::to_string(outbox.confirmed);
}

/// The device as it was before the session.
std::unique_ptr<StoreDevice> deviceOf(const std::filesystem::path& folder, Instant now)
{
    auto device = std::make_unique<StoreDevice>(5);
    sql::Database stored = must(sql::Database::open(folder / "device.db", {.access = sql::Access::ReadOnly}));
    sim::copyInto(stored.handle(), device->database);
    device->clock.set(now);
    device->reopen();
    return device;
}

/// What was answered to the parts of a body, once `part` ends it. Takes them out of `left`.
std::vector<wire::ToClient> answersToParts(std::vector<Exchange>& left, const wire::PutSegment& part)
{
    const bool isWhole = part.shortHeader.has_value();
    if (!isWhole && part.offset + part.data.size() < must(ledger::decodeHeader(part.header)).header.bodySize)
        return {};
    std::vector<wire::ToClient> answers;
    const std::size_t taken = std::erase_if(left, [&](Exchange& one) {
        const auto* recorded = std::get_if<wire::PutSegment>(&one.sent);
        const bool isOfIt = recorded != nullptr && recorded->header == part.header
            && recorded->shortHeader == part.shortHeader;
        if (isOfIt)
            std::ranges::move(one.heard, std::back_inserter(answers));
        return isOfIt;
    });
    if (taken == 0)
        FAIL("a body that was not sent then");
    return answers;
}

bool isRefusal(const wire::ToClient& message)
{
    return std::holds_alternative<wire::Refusal>(message)
        || std::holds_alternative<wire::SegmentRefused>(message);
}

/// Runs a session of `device`; `answer` stands for the server.
using Answering = std::function<std::vector<wire::ToClient>(const wire::ToServer&)>;
void runSession(StoreDevice& device, const Hash& exporter, Instant now, const Answering& answer)
{
    engine::ClientMachine machine(*device, device.random);
    (void)machine.syncNow(now);
    std::deque<engine::ClientMachine::Action> actions;
    const auto take
        = [&](engine::ClientMachine::Actions more) { std::ranges::move(more, std::back_inserter(actions)); };
    take(machine.connected(exporter, now));
    while (!actions.empty()) {
        const auto action = std::move(actions.front());
        actions.pop_front();
        if (const auto* send = std::get_if<engine::ClientMachine::Send>(&action))
            for (const wire::ToClient& message : answer(send->message))
                take(machine.received(message, now));
    }
    if (machine.failure())
        FAIL(machine.failure()->detail);
    CHECK(machine.state() == engine::ClientMachine::State::Settled);
}

}  // namespace

TEST_CASE("recorded session: what an earlier device sent is taken by this server as it was then", "[session]")
{
    REQUIRE(recordings().size() >= 2);
    for (const std::filesystem::path& folder : recordings()) {
        INFO(folder.filename().string());
        const Recording recording = read(folder);
        const TempFolder temp;
        std::filesystem::copy_file(folder / "server.db", temp.path() / "server.db");
        OfficeServer server(temp.path() / "server.db");
        CHECK(stateOf(server) == recording.facts.at("server-before"));
        server::PeerMachine peer(*server.hub, recording.exporter());
        std::size_t answers = 0;
        for (const Exchange& exchange : recording.exchanges)
            for (const wire::ToClient& answer : answersOf(peer, exchange.sent, recording.now())) {
                CHECK_FALSE(isRefusal(answer));
                ++answers;
            }
        CHECK(answers > 0);
        CHECK(stateOf(server) == recording.facts.at("server-after"));
    }
}

TEST_CASE("recorded session: what an earlier server said leaves this device as it was left then", "[session]")
{
    std::size_t played = 0;
    for (const std::filesystem::path& folder : recordings()) {
        INFO(folder.filename().string());
        const Recording recording = read(folder);
        if (recording.facts.at("halves") != "both")
            continue;  // What the device would send is drawn anew.
        ++played;
        const auto device = deviceOf(folder, recording.now());
        CHECK(stateOf(*device) == recording.facts.at("device-before"));
        std::vector<Exchange> left = recording.exchanges;
        // A later device may ask in another order: to each question belongs what was answered to its kind. It
        // may also cut a body into other parts: the last one gets what was answered to all of them.
        runSession(*device, recording.exporter(), recording.now(), [&](const wire::ToServer& message) {
            if (const auto* part = std::get_if<wire::PutSegment>(&message))
                return answersToParts(left, *part);
            const auto asked = std::ranges::find_if(
                left, [&](const Exchange& one) { return one.sent.index() == message.index(); });
            if (asked == left.end())
                FAIL("a message of another kind than those of then: " << message.index());
            std::vector<wire::ToClient> heard = std::move(asked->heard);
            left.erase(asked);
            return heard;
        });
        CHECK(left.empty());
        CHECK(stateOf(*device) == recording.facts.at("device-after"));
        checkSound(*device);
    }
    CHECK(played > 0);
}

TEST_CASE("recorded session: device and server of then go on together in this build", "[session]")
{
    for (const std::filesystem::path& folder : recordings()) {
        INFO(folder.filename().string());
        const Recording recording = read(folder);
        const TempFolder temp;
        std::filesystem::copy_file(folder / "server.db", temp.path() / "server.db");
        OfficeServer server(temp.path() / "server.db");
        const auto device = deviceOf(folder, recording.now());
        server::PeerMachine peer(*server.hub, recording.exporter());
        runSession(*device, recording.exporter(), recording.now(), [&](const wire::ToServer& message) {
            return answersOf(peer, message, recording.now());
        });
        CHECK(must((*device)->outboxCounts()).unsent == 0);
        CHECK((*device)->position().head == must(server.store->state(server.workspace())).tree);
        checkSound(*device);
    }
}

// ---- recording -------------------------------------------------------------------------------------------

namespace {

/// Two of an office, of whom Jan has been away: Anna has written and let somebody in, Jan has written.
struct RecordedOffice : SessionOffice {
    /// @param isLong  With work that takes more than one page, and more than one part.
    explicit RecordedOffice(bool isLong)
    {
        anna.add(space, "note", "text", "Napisane przez Annę, zanim Jan wyjechał");
        sync(anna);
        sync(*jan);
        const RecordId card = anna.add(space, "goal", "title", "Mieszkanie");
        anna.save(space, {{OpKind::SetAdd, card, "marks", bytesOf("pilne")}});
        // More than a page at the start: it comes in parts.
        if (isLong)
            anna.add(space, "note", "stage", noise(40'000));
        sync(anna);
        const auto ewa = join();
        sync(anna);
        jan->clock.set(anna.clock.now());
        const RecordId note = jan->add(space, "note", "text", "Napisane przez Jana: żółta łódź");
        jan->save(space, {assignOp(note, "text", "Poprawione przez Jana")});
        // More than a chunk: it goes in parts.
        for (std::size_t i = 1; isLong && i < 3; ++i)
            jan->add(space, "visit", "stage", noise(80'000 + i));
        must((*jan)->sealAll());
    }
    static std::string noise(std::size_t digits)
    {
        SeededRandom random(digits);
        Bytes bytes(digits / 2);
        random.fill(bytes);
        return toHex(bytes);
    }

    std::unique_ptr<StoreDevice> jan = join();
    SpaceId space = openCase(anna);
};

void copyTo(sql::Database& from, const std::filesystem::path& file)
{
    REQUIRE_FALSE(std::filesystem::exists(file));
    must(from.compactInto(file));
}

void record(RecordedOffice& office, const std::string& name, const std::string& halves)
{
    const std::filesystem::path folder
        = kSkew / ("session-protocol-" + std::to_string(wire::kNewestVersion) + "-" + name);
    if (std::filesystem::exists(folder))
        return;
    std::filesystem::create_directories(folder);
    StoreDevice& device = *office.jan;
    copyTo(device.database, folder / "device.db");
    {
        sql::Database stored = must(sql::Database::open(office.folder.path() / "server.db"));
        copyTo(stored, folder / "server.db");
    }
    Hash exporter{};
    device.random.fill(exporter);
    const Instant now = device.clock.now();
    std::ofstream file(folder / "session");
    file << "protocol " << wire::kNewestVersion << "\nhalves " << halves << "\nexporter " << toHex(exporter)
         << "\nnow " << std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count()
         << "\nserver-before " << stateOf(*office.server) << "\ndevice-before " << stateOf(device) << '\n';
    server::PeerMachine peer(*office.server->hub, exporter);
    std::ostringstream lines;
    runSession(device, exporter, now, [&](const wire::ToServer& message) {
        lines << "> " << toHex(wire::encode(message)) << '\n';
        std::vector<wire::ToClient> answers = answersOf(peer, message, now);
        for (const wire::ToClient& answer : answers)
            lines << "< " << toHex(wire::encode(answer)) << '\n';
        return answers;
    });
    REQUIRE(must(device->outboxCounts()).unsent == 0);
    file << "server-after " << stateOf(*office.server) << "\ndevice-after " << stateOf(device) << '\n'
         << lines.str();
}

}  // namespace

TEST_CASE("recorded session: writer", "[.generate]")
{
    {
        RecordedOffice office(true);
        record(office, "work", "both");
    }
    {
        RecordedOffice office(false);
        // What is opened is given a key, and what is written in it sealed, once the statement is taken: a
        // device that does it again draws others.
        const RecordId record = RecordId::random(office.jan->random);
        const std::vector<Op> ops{insertOp(record, "case"), assignOp(record, "title", "Nowa")};
        (void)must((*office.jan)->openSpace(ledger::SpaceKind::CaseInternal, ops));
        test::record(office, "opens-case", "server");
    }
}

}  // namespace teren::test
