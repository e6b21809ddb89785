// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/limits.h"
#include "tests/support/server_office.h"

#include <algorithm>

namespace teren {
namespace {

using server::hashOfToken;
using test::only;
using test::PeerClient;
using test::SeededRandom;
using test::SegmentWriter;
using test::ServedCase;
using test::ServerOffice;
using test::TestDevice;
using wire::RefusalCode;
using wire::SegmentRefusal;

RefusalCode refusalIn(const PeerClient::Output& output)
{
    return only<wire::Refusal>(output).code;
}

SegmentRefusal segmentRefusalIn(const PeerClient::Output& output)
{
    return only<wire::SegmentRefused>(output).code;
}

std::size_t sizeOf(const wire::ToServer& message)
{
    return wire::encode(message).size();
}
std::size_t sizeOf(const wire::ToClient& message)
{
    return wire::encode(message).size();
}

/// Sends the body from byte `from` to `to` in chunks.
PeerClient::Output putChunks(
    PeerClient& client, const ledger::Segment& segment, std::size_t from, std::size_t to)
{
    PeerClient::Output last;
    for (std::size_t offset = from; offset < to; offset += limits::kChunkMax) {
        const std::size_t size = std::min(limits::kChunkMax, to - offset);
        const ByteView chunk = ByteView(segment.body).subspan(offset, size);
        last = client.say(
            wire::PutSegment{segment.head.bytes, static_cast<std::uint32_t>(offset), toBytes(chunk)});
        if (!last.messages.empty())
            return last;
    }
    return last;
}

}  // namespace

// ---- opening a workspace ---------------------------------------------------------------------------------

TEST_CASE("peer: a token opens a workspace, once, and only one that names this server")
{
    ServerOffice office;
    PeerClient client(office, office.log.founder);
    const std::string token = "a token of the operator's";
    REQUIRE(office.store->addToken(hashOfToken(viewOf(token)), office.now()));
    const wire::CreateWorkspace request{toBytes(viewOf(token)), office.log.statements};

    CHECK(refusalIn(client.say(client.opening())) == RefusalCode::UnknownWorkspace);
    client.connect();
    wire::CreateWorkspace wrongToken = request;
    wrongToken.token.back() ^= 1;
    CHECK(refusalIn(client.say(wrongToken)) == RefusalCode::BadToken);
    client.connect();
    test::MembershipLog elsewhere(5);
    REQUIRE(elsewhere.found());
    CHECK(
        refusalIn(client.say(wire::CreateWorkspace{request.token, elsewhere.statements}))
        == RefusalCode::Malformed);
    client.connect();
    wire::CreateWorkspace broken = request;
    broken.statements.back().signature[0] ^= 1;
    CHECK(refusalIn(client.say(broken)) == RefusalCode::Malformed);
    client.connect();
    only<wire::WorkspaceCreated>(client.say(request));
    only<wire::WorkspaceCreated>(client.say(request));  // The answer was lost; asked again.
    CHECK(client.catchUp().statements.size() == office.log.statements.size());
}

TEST_CASE_METHOD(ServedCase, "peer: anyone may learn the keys and a genesis, a few times a connection")
{
    CHECK(
        only<wire::ServerInfo>(founder.say(wire::ServerInfoRequest{})).receiptKey
        == office.store->identity().receiptKey.publicKey());
    const auto genesis = only<wire::GenesisReply>(founder.say(wire::GenesisRequest{office.workspace()}));
    CHECK(WorkspaceId{genesis.statement.hash()} == office.workspace());
    CHECK(
        refusalIn(founder.say(wire::GenesisRequest{WorkspaceId{Hash{9}}})) == RefusalCode::UnknownWorkspace);
    PeerClient::Output output;
    for (unsigned i = 0; i < server::PeerMachine::kUnprovenMax; ++i)
        output = founder.say(wire::ServerInfoRequest{});
    CHECK(refusalIn(output) == RefusalCode::Limit);
    CHECK(output.close);
}

// ---- who may open a session ------------------------------------------------------------------------------

TEST_CASE_METHOD(ServedCase, "peer: a proof made for another connection is refused")
{
    const wire::Open recorded = founder.opening();
    founder.connect();
    const PeerClient::Output output = founder.say(recorded);
    CHECK(refusalIn(output) == RefusalCode::BadProof);
    CHECK(output.close);
}

TEST_CASE_METHOD(ServedCase, "peer: a proof covers the position, the device and the versions")
{
    wire::Open open = founder.opening();
    SECTION("another device of the same workspace")
    {
        open.device = office.worker->id();
    }
    SECTION("another position")
    {
        wire::Position moved = founder.position;
        moved.cursor = 1;
        open.position = wire::encode(moved);
    }
    SECTION("other versions")
    {
        open.versions.max = 1;
    }
    SECTION("another signature")
    {
        open.signature[3] ^= 1;
    }
    CHECK(refusalIn(founder.say(open)) == RefusalCode::BadProof);
}

TEST_CASE_METHOD(ServedCase, "peer: a device that is no member gets nothing, and a removed one nothing more")
{
    const TestDevice stranger = TestDevice::make(office.random);
    PeerClient unknown(office, stranger);
    CHECK(refusalIn(unknown.say(unknown.opening())) == RefusalCode::NotAMember);

    worker.catchUp();
    founder.catchUp();
    const ledger::SignedStatement removal
        = office.log.sign(office.log.founder, {ledger::RemoveDevice{office.worker->id()}});
    CHECK(
        only<wire::StatementsResult>(founder.say(wire::SubmitStatements{{removal}})).code
        == wire::StatementsResult::Code::Taken);
    CHECK(worker.nudges == 1);
    const PeerClient::Output told = worker.machine->look(office.now());
    CHECK(refusalIn(told) == RefusalCode::NotAMember);
    CHECK(told.close);
    CHECK(refusalIn(worker.say(wire::Refresh{worker.position})) == RefusalCode::NotAMember);
    CHECK(refusalIn(worker.put(byWorker.next())) == RefusalCode::NotAMember);
    worker.connect();
    CHECK(refusalIn(worker.say(worker.opening())) == RefusalCode::NotAMember);
}

TEST_CASE_METHOD(ServedCase, "peer: nothing of a session is answered before it is open, and it opens once")
{
    CHECK(refusalIn(founder.say(wire::Refresh{founder.position})) == RefusalCode::OutOfTurn);
    CHECK(refusalIn(founder.put(byFounder.next())) == RefusalCode::OutOfTurn);
    CHECK(refusalIn(founder.say(wire::SubmitStatements{office.log.statements})) == RefusalCode::OutOfTurn);
    CHECK(refusalIn(founder.say(wire::JoinRequestsQuery{})) == RefusalCode::OutOfTurn);
    CHECK(refusalIn(founder.say(wire::ConsistencyQuery{{1}})) == RefusalCode::OutOfTurn);
    founder.catchUp();
    CHECK(refusalIn(founder.say(founder.opening())) == RefusalCode::OutOfTurn);
}

TEST_CASE_METHOD(ServedCase, "peer: a client of other versions is told which are spoken")
{
    wire::Open open = founder.opening();
    open.versions = {wire::kNewestVersion + 1, wire::kNewestVersion + 3};
    const auto refusal = only<wire::Refusal>(founder.say(open));
    CHECK(refusal.code == RefusalCode::Version);
    CHECK(refusal.versions == wire::VersionRange{});
}

TEST_CASE_METHOD(ServedCase, "peer: it answers in the newest version that both speak")
{
    founder.versions = {1, 7};
    CHECK(founder.catchUp().version == wire::kNewestVersion);
    founder.connect();
    founder.versions = {1, 1};
    CHECK(founder.catchUp().version == 1);
}

TEST_CASE_METHOD(ServedCase, "peer: receipts are short where they are for all that is new to the client")
{
    founder.catchUp();
    worker.catchUp();
    for (int i = 0; i < 5; ++i)
        founder.upload(byFounder.next());
    CHECK(founder.shortReceipts == 5);
    // The worker has not seen the founder's.
    worker.upload(byWorker.next());
    CHECK(worker.shortReceipts == 0);
    worker.upload(byWorker.next());
    CHECK(worker.shortReceipts == 1);
}

TEST_CASE_METHOD(ServedCase, "peer: a client of the first version gets whole receipts")
{
    founder.versions = {1, 1};
    founder.catchUp();
    for (int i = 0; i < 5; ++i)
        founder.upload(byFounder.next());
    CHECK(founder.shortReceipts == 0);
    CHECK(founder.position.head.size == 5);
}

TEST_CASE_METHOD(ServedCase, "peer: what a client knows of the log before is left out of its receipts")
{
    founder.catchUp();
    worker.catchUp();
    for (int i = 0; i < 7; ++i)
        founder.upload(byFounder.next());
    wire::PutSegment next;
    std::vector<ledger::Segment> segments;
    const auto receiptFor = [&](PeerClient& client, std::uint64_t peaksOf) {
        segments = {byFounder.next()};
        next = client.shortOf(segments.front());
        next.peaksOf = peaksOf;
        REQUIRE(client.say(next).messages.empty());
        auto receipt = only<wire::Receipt>(client.flush());
        client.take(receipt, segments);
        return receipt;
    };
    SECTION("in one session, from the second on")
    {
        CHECK(receiptFor(founder, 0).proof.empty());
    }
    SECTION("in another one, if it says so")
    {
        founder.connect();
        founder.catchUp();
        CHECK(receiptFor(founder, 7).proof.empty());
        CHECK(receiptFor(founder, 0).proof.empty());
    }
    SECTION("not if it does not")
    {
        founder.connect();
        founder.catchUp();
        CHECK(receiptFor(founder, 0).proof.size() == 3);
        CHECK(receiptFor(founder, 0).proof.empty());
    }
    SECTION("not if it speaks of another log")
    {
        founder.connect();
        founder.catchUp();
        CHECK(receiptFor(founder, 6).proof.size() == 3);
    }
    SECTION("not once the log has grown by others")
    {
        worker.upload(byWorker.next());
        const auto news = only<wire::Answer>(founder.machine->look(office.now()));
        founder.take(news);
        founder.takePages();
        CHECK(receiptFor(founder, 0).proof.size() == 1);
        CHECK(receiptFor(founder, 0).proof.empty());
    }
    SECTION("not in the version before")
    {
        founder.connect();
        founder.versions = {1, 2};
        founder.catchUp();
        segments = {byFounder.next()};
        next = {segments.front().head.bytes, 0, segments.front().body};
        next.peaksOf = 7;
        REQUIRE(founder.say(next).messages.empty());
        CHECK(only<wire::Receipt>(founder.flush()).proof.size() == 3);
    }
}

TEST_CASE_METHOD(ServedCase, "peer: past heads are proven up to the newest one that the session has brought")
{
    founder.catchUp();
    std::map<std::uint64_t, ledger::TreeHead> heads;
    for (std::uint64_t size = 1; size <= 7; ++size) {
        founder.upload(byFounder.next());
        heads[size] = founder.position.head;
    }
    const auto reply = only<wire::Consistency>(founder.say(wire::ConsistencyQuery{{3, 1, 7}}));
    REQUIRE(reply.heads.size() == 3);
    for (const wire::Consistency::PastHead& head : reply.heads)
        CHECK(ledger::verifyConsistency(
            head.treeSize, heads.at(head.treeSize).root, 7, heads.at(7).root, head.proof));
    CHECK(reply.heads[0].treeSize == 3);
    CHECK_FALSE(ledger::verifyConsistency(3, heads.at(2).root, 7, heads.at(7).root, reply.heads[0].proof));
    CHECK(refusalIn(founder.say(wire::ConsistencyQuery{{8}})) == RefusalCode::Malformed);
}

// ---- a server that went back -----------------------------------------------------------------------------

TEST_CASE_METHOD(ServedCase, "peer: a position past the log is an unknown head")
{
    founder.catchUp();
    founder.upload(byFounder.next());
    founder.position.head.size = 5;
    founder.connect();
    const auto refusal = only<wire::Refusal>(founder.say(founder.opening()));
    CHECK(refusal.code == RefusalCode::UnknownHead);
    CHECK(refusal.knownTreeSize == 1);
}

TEST_CASE_METHOD(ServedCase, "peer: a store copied back raw that grows past the client's number is noticed")
{
    founder.catchUp();
    founder.upload(byFounder.next());

    namespace fs = std::filesystem;
    const auto reopen = [&](const std::function<void()>& meanwhile) {
        founder.machine.reset();
        worker.machine.reset();
        office.hub.reset();
        office.store.reset();
        meanwhile();
        office.store = office.openStore();
        office.hub.emplace(*office.store);
        founder.connect();
        worker.connect();
    };
    const fs::path live = office.folder.path() / "teren.db";
    const fs::path copy = office.folder.path() / "copy.db";
    reopen([&] { fs::copy_file(live, copy); });
    founder.catchUp();
    founder.upload(byFounder.next());
    founder.upload(byFounder.next());
    reopen([&] { fs::copy_file(copy, live, fs::copy_options::overwrite_existing); });

    worker.catchUp();
    for (int i = 0; i < 4; ++i)
        worker.upload(byWorker.next());
    REQUIRE(office.store->state(office.workspace())->tree.size == 5);
    CHECK(founder.position.head.size == 3);
    const PeerClient::Output output = founder.say(founder.opening());
    CHECK(refusalIn(output) == RefusalCode::UnknownHead);
    CHECK_FALSE(output.close);

    // The client finds out where the logs part, in the same session, and goes on from there.
    const auto reply = only<wire::Consistency>(founder.say(wire::ConsistencyQuery{{1, 2}}));
    REQUIRE(reply.head);
    const ledger::Head shown
        = ledger::openHead(*reply.head, office.store->identity().receiptKey.publicKey()).value();
    CHECK(shown.tree == office.store->state(office.workspace())->tree);
    CHECK(refusalIn(founder.put(byFounder.next())) == RefusalCode::OutOfTurn);
}

TEST_CASE_METHOD(ServedCase, "peer: a session whose position was refused gives statements back and goes on")
{
    founder.catchUp();
    founder.connect();
    wire::Position position = founder.position;
    ++position.membershipHeight;
    const auto refusal = only<wire::Refusal>(founder.say(founder.openingAt(position)));
    REQUIRE(refusal.code == RefusalCode::UnknownMembership);
    CHECK(refusal.knownHeight == founder.position.membershipHeight);
    CHECK(founder.machine->look(office.now()).messages.empty());
    (void)only<wire::Answer>(founder.say(wire::Refresh{founder.position}));
    CHECK(refusalIn(founder.say(wire::ConsistencyQuery{{1'000}})) == RefusalCode::Malformed);
}

TEST_CASE_METHOD(ServedCase, "peer: a members' log that the server does not have is told apart")
{
    founder.catchUp();
    founder.connect();
    wire::Position position = founder.position;
    SECTION("higher")
    {
        ++position.membershipHeight;
    }
    SECTION("other")
    {
        position.membershipHash[0] ^= 1;
    }
    CHECK(refusalIn(founder.say(founder.openingAt(position))) == RefusalCode::UnknownMembership);
}

TEST_CASE_METHOD(ServedCase, "peer: a cursor past the log makes no sense")
{
    founder.position.cursor = 1;
    CHECK(refusalIn(founder.say(founder.opening())) == RefusalCode::Malformed);
}

// ---- catching up -----------------------------------------------------------------------------------------

TEST_CASE_METHOD(
    ServedCase, "peer: nothing new costs one request and one answer of less than 300 bytes each, and no page")
{
    founder.catchUp();
    for (int i = 0; i < 37; ++i)
        founder.upload(byFounder.next());
    worker.catchUp();
    worker.connect();

    const wire::Open open = worker.opening();
    CHECK(sizeOf(wire::ToServer(open)) < 300);
    const PeerClient::Output output = worker.say(open);
    const auto answer = only<wire::Answer>(output);
    wire::Answer nothing;
    nothing.version = wire::kNewestVersion;
    nothing.features = wire::kKeepsApplied;
    CHECK(answer == nothing);
    CHECK(sizeOf(wire::ToClient(answer)) < 20);
    CHECK_FALSE(worker.machine->hasPages());
    CHECK(worker.machine->look(office.now()).messages.empty());
    CHECK(only<wire::Answer>(worker.say(wire::Refresh{worker.position})) == nothing);
}

TEST_CASE_METHOD(ServedCase, "peer: a new device gets the members' log and every entry it may read, proven")
{
    founder.catchUp();
    std::vector<ledger::Segment> written;
    for (std::size_t i = 0; i < 30; ++i) {
        written.push_back(byFounder.next(64 * (i + 2)));
        founder.upload(written.back());
    }
    const wire::Answer answer = worker.catchUp();
    CHECK(answer.statements == office.log.statements);
    CHECK(answer.toReceive > 30 * 128);
    CHECK(answer.ownAhead == 0);
    REQUIRE(worker.bodies.size() == 30);
    for (std::size_t i = 0; i < 30; ++i)
        CHECK(worker.bodies.at(i + 1) == written[i].body);
    CHECK(worker.position.cursor == 30);
    CHECK(worker.lastSeen);
    CHECK(worker.pages == 2);
}

TEST_CASE("peer: a space without a grant is passed over, and its number is not told by a header")
{
    ServerOffice office;
    const SpaceId hidden = office.log.newSpace();
    REQUIRE(office.log.add(
        office.log.founder,
        {test::MembershipLog::openCase(hidden), test::MembershipLog::epoch(hidden, 1),
         test::MembershipLog::grant(hidden, 1, office.log.founder), office.log.recoveryGrant(hidden, 1)}));
    office.create();
    PeerClient founder(office, office.log.founder);
    SegmentWriter shared(office.log, office.log.founder, office.space);
    SegmentWriter secret(office.log, office.log.founder, hidden);
    founder.catchUp();
    founder.upload(secret.next());
    founder.upload(shared.next());
    founder.upload(secret.next());

    PeerClient worker(office, *office.worker);
    worker.catchUp();
    CHECK(worker.bodies.size() == 1);
    CHECK(worker.bodies.contains(2));
    CHECK(worker.position.cursor == 3);

    // Granted later: asked for with an exception, and only what was lacking comes.
    const ledger::SignedStatement grant
        = office.log.sign(office.log.founder, {test::MembershipLog::grant(hidden, 1, *office.worker)});
    founder.say(wire::SubmitStatements{{grant}});
    worker.take(only<wire::Answer>(worker.machine->look(office.now())));
    CHECK_FALSE(worker.machine->hasPages());
    wire::Position position = worker.position;
    position.exceptions.push_back({hidden, 0});
    worker.take(only<wire::Answer>(worker.say(wire::Refresh{position})));
    worker.takePages();
    CHECK(worker.bodies.size() == 3);
    CHECK(worker.position.cursor == 3);
}

TEST_CASE("peer: pages that come with a grant bring the granted space from its beginning")
{
    ServerOffice office;
    const SpaceId hidden = office.log.newSpace();
    REQUIRE(office.log.add(
        office.log.founder,
        {test::MembershipLog::openCase(hidden), test::MembershipLog::epoch(hidden, 1),
         test::MembershipLog::grant(hidden, 1, office.log.founder), office.log.recoveryGrant(hidden, 1)}));
    office.create();
    PeerClient founder(office, office.log.founder);
    SegmentWriter shared(office.log, office.log.founder, office.space);
    SegmentWriter secret(office.log, office.log.founder, hidden);
    founder.catchUp();
    founder.upload(secret.next());
    founder.upload(shared.next());
    PeerClient worker(office, *office.worker);
    worker.catchUp();
    worker.connect();
    const ledger::SignedStatement grant
        = office.log.sign(office.log.founder, {test::MembershipLog::grant(hidden, 1, *office.worker)});
    founder.say(wire::SubmitStatements{{grant}});
    founder.upload(shared.next());
    // A cursor of 3 would otherwise claim entry 1, which was never sent.
    worker.catchUp();
    CHECK(worker.bodies.size() == 3);
}

TEST_CASE_METHOD(
    ServedCase, "peer: large bodies come in chunks over several pages, and go on where a session was cut")
{
    founder.catchUp();
    const std::vector segments{
        byFounder.next(200'000), byFounder.next(128), byFounder.next(limits::kSegmentBodyMax)};
    for (const ledger::Segment& segment : segments) {
        REQUIRE(putChunks(founder, segment, 0, segment.body.size()).messages.empty());
        founder.take(only<wire::Receipt>(founder.flush()), {segment});
    }
    worker.take(only<wire::Answer>(worker.say(worker.opening())));
    for (int page = 0; page < 3; ++page)
        worker.take(only<wire::Page>(worker.machine->nextPage(office.now())));
    constexpr std::size_t kCame = 7 * limits::kPageFirst;  // Chunks grow with the pages: 1, 2, 4.
    CHECK(worker.bodies.at(1).size() == kCame);
    CHECK(worker.position.cursor == 0);

    worker.connect();
    worker.position.partialNumber = 1;
    worker.position.partialSize = kCame;
    worker.catchUp();  // Its bodies grow from where they were, or `take` fails.
    for (std::size_t i = 0; i < segments.size(); ++i)
        CHECK(worker.bodies.at(i + 1) == segments[i].body);
    CHECK(worker.position.cursor == 3);
}

TEST_CASE_METHOD(
    ServedCase, "peer: a body that has been begun is sent to its end, whoever hands it in meanwhile")
{
    founder.catchUp();
    const std::vector segments{byFounder.next(200'000), byFounder.next(128), byFounder.next(128)};
    for (const ledger::Segment& segment : segments) {
        REQUIRE(putChunks(founder, segment, 0, segment.body.size()).messages.empty());
        founder.take(only<wire::Receipt>(founder.flush()), {segment});
    }
    worker.take(only<wire::Answer>(worker.say(worker.opening())));
    worker.take(only<wire::Page>(worker.machine->nextPage(office.now())));
    REQUIRE(worker.bodies.at(1).size() < segments[0].body.size());
    // A colleague has given the worker the same in a room, so it brings it, and the third.
    for (const ledger::Segment& segment : {segments[0], segments[2]}) {
        (void)putChunks(worker, segment, 0, segment.body.size());
        worker.take(only<wire::Receipt>(worker.flush()), {segment});
    }
    worker.takePages();  // Its bodies grow without a gap, or `take` fails.
    CHECK(worker.lastSeen);
    CHECK(worker.bodies.at(1) == segments[0].body);
    CHECK(worker.bodies.at(2) == segments[1].body);
    CHECK_FALSE(worker.bodies.contains(3));
}

TEST_CASE_METHOD(ServedCase, "peer: a page holds no more than its limit, and every message fits the wire")
{
    founder.catchUp();
    for (int i = 0; i < 30; ++i)
        founder.upload(byFounder.next(30'000));
    worker.take(only<wire::Answer>(worker.say(worker.opening())));
    while (worker.machine->hasPages()) {
        const auto page = only<wire::Page>(worker.machine->nextPage(office.now()));
        CHECK(sizeOf(wire::ToClient(page)) < limits::kPageMax + 8'192);
        worker.take(page);
    }
    CHECK(worker.bodies.size() == 30);
    CHECK(worker.pages == 7);  // Of 1, 1, 2, 4, 8, 8 and 6: they grow up to their bound.
}

TEST_CASE_METHOD(
    ServedCase, "peer: a page is what the line took in about half a second, so a receipt waits no longer")
{
    founder.catchUp();
    for (int i = 0; i < 400; ++i)
        founder.upload(byFounder.next(1'000));
    worker.take(only<wire::Answer>(worker.say(worker.opening())));
    constexpr std::size_t kPerSecond = 16'000;  // 128 kbit/s.
    Instant when = office.now();
    std::vector<std::size_t> sizes;
    while (worker.machine->hasPages()) {
        const auto page = only<wire::Page>(worker.machine->nextPage(when));
        sizes.push_back(sizeOf(wire::ToClient(page)));
        when += std::chrono::milliseconds(sizes.back() * 1'000 / kPerSecond);
        worker.take(page);
    }
    REQUIRE(sizes.size() > 30);
    CHECK(sizes.front() < limits::kPageFirst + 2'000);
    for (std::size_t i = 1; i < sizes.size(); ++i)
        CHECK(sizes[i] < kPerSecond * 3 / 4);
    CHECK(worker.bodies.size() == 400);
}

TEST_CASE_METHOD(ServedCase, "peer: what a client writes and states is answered while pages are on their way")
{
    founder.catchUp();
    for (int i = 0; i < 30; ++i)
        founder.upload(byFounder.next(30'000));
    SegmentWriter byWorker(office.log, *office.worker, office.space);
    worker.take(only<wire::Answer>(worker.say(worker.opening())));
    worker.take(only<wire::Page>(worker.machine->nextPage(office.now())));
    const ledger::Segment ours = byWorker.next(200);
    CHECK(worker.put(ours).messages.empty());
    worker.take(only<wire::Receipt>(worker.flush()), {ours});
    const SpaceId opened = office.log.newSpace();
    const ledger::SignedStatement statement
        = office.log.sign(*office.worker, {test::MembershipLog::openCase(opened)});
    using Code = wire::StatementsResult::Code;
    CHECK(only<wire::StatementsResult>(worker.say(wire::SubmitStatements{{statement}})).code != Code::Moved);
    // A question is still answered after the last page, and a statement does not overtake it.
    CHECK(worker.say(wire::Refresh{worker.position}).messages.empty());
    CHECK(worker.say(wire::SubmitStatements{{statement}}).messages.empty());
    REQUIRE(worker.machine->hasPages());
}

TEST_CASE("peer: a long members' log comes in parts, and no page before its end")
{
    ServerOffice office;
    PeerClient client(office, *office.worker);
    const bool isAsked = GENERATE(true, false);  // Before version 3 for each part.
    if (isAsked)
        client.versions = {1, 2};
    for (int i = 0; i < 60; ++i) {
        const SpaceId space = office.log.newSpace();
        ledger::Grant large = test::MembershipLog::grant(space, 1, office.log.founder);
        std::vector<ledger::Act> acts{
            test::MembershipLog::openCase(space), test::MembershipLog::epoch(space, 1),
            office.log.recoveryGrant(space, 1), large};
        for (int n = 0; n < 60; ++n)
            acts.emplace_back(office.log.invite(ledger::ReadInternal));
        REQUIRE(office.log.add(office.log.founder, acts));
    }
    office.create();
    PeerClient founder(office, office.log.founder);
    SegmentWriter writer(office.log, office.log.founder, office.space);

    std::size_t total = 0;
    for (const ledger::SignedStatement& statement : office.log.statements)
        total += statement.body.size() + 96;
    std::size_t parts = 1;
    for (std::size_t size = limits::kFirstPage, sent = size; sent < total; ++parts) {
        size = std::min(2 * size, limits::kStatementsPerAnswerMax);
        sent += size;
    }
    auto answer = only<wire::Answer>(client.say(client.opening()));
    std::size_t answers = 1;
    while (answer.moreStatements) {
        CHECK(answer.toReceive == 0);
        CHECK(
            (client.machine->hasPages() && client.machine->look(office.now()).messages.empty()) == !isAsked);
        client.take(answer);
        // A question waits for the last of them.
        if (!isAsked && answers == 1)
            CHECK(client.say(wire::Refresh{client.position}).messages.empty());
        const auto output
            = isAsked ? client.say(wire::Refresh{client.position}) : client.machine->nextPage(office.now());
        REQUIRE_FALSE(output.messages.empty());
        answer = std::get<wire::Answer>(output.messages.front());
        CHECK(output.messages.size() == (isAsked || answer.moreStatements ? 1 : 2));
        ++answers;
    }
    client.take(answer);
    CHECK(answers == parts);
    CHECK(client.membership.hash() == office.log.state.hash());
    CHECK_FALSE(client.machine->hasPages());
}

// ---- uploading -------------------------------------------------------------------------------------------

TEST_CASE_METHOD(ServedCase, "peer: what came in together is committed together, with one receipt")
{
    founder.catchUp();
    worker.catchUp();
    std::vector<ledger::Segment> segments;
    for (int i = 0; i < 20; ++i) {
        segments.push_back(byFounder.next());
        CHECK(founder.put(segments.back()).messages.empty());
    }
    CHECK(office.store->state(office.workspace())->tree.size == 0);
    founder.take(only<wire::Receipt>(founder.flush()), segments);
    CHECK(office.store->state(office.workspace())->tree.size == 20);
    CHECK(worker.nudges == 1);
    CHECK(founder.nudges == 0);
    CHECK(founder.flush().messages.empty());
}

// ---- short headers ---------------------------------------------------------------------------------------

TEST_CASE_METHOD(ServedCase, "peer: a short header is made whole by what is before it, here or on its way")
{
    founder.catchUp();
    const std::vector<ledger::Segment> two{byFounder.next(), byFounder.next(200, 5)};
    REQUIRE(founder.putShort(two[0]).messages.empty());
    REQUIRE(founder.putShort(two[1]).messages.empty());
    founder.take(only<wire::Receipt>(founder.flush()), two);
    const ledger::Segment third = byFounder.next();
    REQUIRE(founder.putShort(third).messages.empty());
    founder.take(only<wire::Receipt>(founder.flush()), {third});

    worker.catchUp();
    REQUIRE(worker.headers.size() == 3);
    CHECK(worker.headers.at(1).bytes == two[0].head.bytes);
    CHECK(worker.headers.at(2).bytes == two[1].head.bytes);
    CHECK(worker.headers.at(3).bytes == third.head.bytes);

    // The receipt was lost: what is known gets its number again.
    founder.connect();
    founder.catchUp();
    REQUIRE(founder.putShort(two[1]).messages.empty());
    CHECK(only<wire::Receipt>(founder.flush()).entries.front().number == 2);
    CHECK(office.store->state(office.workspace())->tree.size == 3);
}

TEST_CASE_METHOD(
    ServedCase, "peer: what cannot be made of a short header is asked for whole, and judged then")
{
    founder.catchUp();
    worker.catchUp();
    const ledger::Segment first = byFounder.next();
    founder.upload(first);
    const auto isAskedFor = [](PeerClient& client, const wire::PutSegment& put) {
        const bool isIt = only<wire::NeedWhole>(client.say(put)).name == put.shortHeader->name();
        return isIt && client.flush().messages.empty();
    };
    const auto refused = [&](const ledger::Segment& segment) {
        REQUIRE(founder.put(segment).messages.empty());
        return segmentRefusalIn(founder.flush());
    };
    const ledger::Segment second = byFounder.next();
    SECTION("the segment before it is not here")
    {
        const ledger::Segment third = byFounder.next();
        CHECK(isAskedFor(founder, founder.shortOf(third)));
        CHECK(refused(third) == SegmentRefusal::Gap);
    }
    SECTION("it names another one before it")
    {
        const ledger::Segment other = byFounder.at(2, Hash{7}, 128, 1);
        CHECK(isAskedFor(founder, founder.shortOf(other)));
        CHECK(refused(other) == SegmentRefusal::Gap);
    }
    SECTION("another one stands at its place, and there it belongs")
    {
        const ledger::Segment fork = byFounder.forkOf(first);
        REQUIRE(founder.putShort(fork).messages.empty());
        const auto answer = only<wire::SegmentRefused>(founder.flush());
        CHECK(answer.code == SegmentRefusal::Forked);
        CHECK(answer.segment == fork.head.hash);
        CHECK(office.store->forkedCount(office.workspace()) == 1);
    }
    SECTION("another one stands at its place, and it names another before it")
    {
        founder.upload(second);
        const ledger::Segment fork = byFounder.at(2, byFounder.forkOf(first).head.hash, 128, 1);
        CHECK(isAskedFor(founder, founder.shortOf(fork)));
        CHECK(refused(fork) == SegmentRefusal::Forked);
        CHECK(office.store->forkedCount(office.workspace()) == 1);
    }
    SECTION("it is another device's")
    {
        CHECK(isAskedFor(worker, worker.shortOf(second)));
        CHECK(worker.upload(second) == 2);
    }
    SECTION("its body was altered on the way")
    {
        wire::PutSegment altered = founder.shortOf(second);
        altered.data[9] ^= 1;
        CHECK(isAskedFor(founder, altered));
        CHECK(founder.upload(second) == 2);
    }
    SECTION("its header was")
    {
        wire::PutSegment altered = founder.shortOf(second);
        SECTION("the epoch")
        {
            altered.shortHeader->epoch = 2;
        }
        SECTION("the place")
        {
            ++altered.shortHeader->firstSeq;
        }
        SECTION("to nowhere")
        {
            altered.shortHeader->firstSeq = 0;
        }
        SECTION("to the end of all numbers")
        {
            altered.shortHeader->firstSeq = ~std::uint64_t{0};
        }
        SECTION("the space")
        {
            altered.shortHeader->space.bytes[3] ^= 1;
        }
        SECTION("the life")
        {
            altered.shortHeader->life = 5;
        }
        CHECK(isAskedFor(founder, altered));
        CHECK(founder.upload(second) == 2);
    }
    SECTION("it has no body")
    {
        wire::PutSegment altered = founder.shortOf(second);
        altered.data.clear();
        CHECK(isAskedFor(founder, altered));
    }
}

TEST_CASE_METHOD(
    ServedCase, "peer: what follows a refused segment with a short header is refused, or asked for")
{
    founder.catchUp();
    ledger::SegmentHeader tooNew = byFounder.next().head.header;
    tooNew.membershipHeight = 1'000;
    const ledger::Segment bad = byFounder.sign(tooNew, Bytes(128, 1));
    const ledger::Segment next = byFounder.at(2, bad.head.hash, 128, 1);
    REQUIRE(founder.putShort(bad).messages.empty());
    REQUIRE(founder.putShort(next).messages.empty());
    const PeerClient::Output output = founder.flush();
    REQUIRE(output.messages.size() == 2);
    const auto& first = std::get<wire::SegmentRefused>(output.messages[0]);
    CHECK(first.code == SegmentRefusal::UnknownHeight);
    CHECK(first.segment == bad.head.hash);
    const auto& second = std::get<wire::SegmentRefused>(output.messages[1]);
    CHECK(second.code == SegmentRefusal::Gap);
    CHECK(second.segment == next.head.hash);
    // Nothing waits any more that it could follow.
    CHECK(only<wire::NeedWhole>(founder.putShort(next)).name == founder.shortOf(next).shortHeader->name());
    CHECK(office.store->state(office.workspace())->tree.size == 0);
}

TEST_CASE_METHOD(ServedCase, "peer: a short header is no word of the versions before")
{
    const std::uint32_t version = GENERATE(1U, 2U);
    founder.versions = {1, version};
    founder.catchUp();
    const PeerClient::Output output = founder.putShort(byFounder.next());
    CHECK(refusalIn(output) == RefusalCode::Malformed);
    CHECK(output.close);
}

TEST_CASE_METHOD(ServedCase, "peer: a question waits for the segments before it")
{
    founder.catchUp();
    founder.put(byFounder.next());
    const PeerClient::Output output = founder.say(wire::Refresh{founder.position});
    REQUIRE(output.messages.size() == 2);
    CHECK(std::holds_alternative<wire::Receipt>(output.messages[0]));
    CHECK(std::holds_alternative<wire::Answer>(output.messages[1]));
}

TEST_CASE_METHOD(ServedCase, "peer: the same segment again gets the same number, even in one batch")
{
    founder.catchUp();
    const std::vector segments{byFounder.next(), byFounder.next(), byFounder.next()};
    for (const ledger::Segment& segment : segments)
        founder.put(segment);
    founder.put(segments[0]);
    founder.take(only<wire::Receipt>(founder.flush()), segments);
    // The receipt was lost: a new session sends all of it once more.
    founder.connect();
    founder.say(founder.opening());
    founder.put(segments[2]);
    founder.put(segments[1]);
    const auto receipt = only<wire::Receipt>(founder.flush());
    CHECK(
        receipt.entries
        == std::vector<wire::Numbered>{{2, segments[1].head.hash}, {3, segments[2].head.hash}});
    CHECK(office.store->state(office.workspace())->tree.size == 3);
}

TEST_CASE_METHOD(ServedCase, "peer: another segment at a known seq is forked, and kept as evidence")
{
    founder.catchUp();
    const ledger::Segment first = byFounder.next(128, 3);
    const ledger::Segment twin = byFounder.forkOf(first);
    const ledger::Segment inside = byFounder.at(2, first.head.hash, 128, 1);
    founder.upload(first);
    founder.put(twin);
    CHECK(segmentRefusalIn(founder.flush()) == SegmentRefusal::Forked);
    founder.put(inside);
    CHECK(segmentRefusalIn(founder.flush()) == SegmentRefusal::Forked);
    CHECK(office.store->forkedCount(office.workspace()) == 2);
    CHECK(office.store->state(office.workspace())->tree.size == 1);

    // In one batch too: the first keeps its place.
    const ledger::Segment second = byFounder.next();
    const ledger::Segment other = byFounder.forkOf(second);
    founder.put(second);
    founder.put(other);
    const PeerClient::Output output = founder.flush();
    REQUIRE(output.messages.size() == 2);
    founder.take(std::get<wire::Receipt>(output.messages[0]), {second});
    CHECK(
        std::get<wire::SegmentRefused>(output.messages[1])
        == wire::SegmentRefused{other.head.hash, SegmentRefusal::Forked});
}

TEST_CASE_METHOD(ServedCase, "peer: each way in which a segment is wrong has its code, and none is kept")
{
    founder.catchUp();
    const ledger::Segment first = byFounder.next();
    founder.upload(first);
    ledger::SegmentHeader header = byFounder.header(2, first.head.hash, 1);
    ledger::Segment segment;
    SegmentRefusal expected{};

    SECTION("a gap in the numbers")
    {
        header.firstSeq = 3;
        segment = byFounder.sign(header, Bytes(128, 1));
        expected = SegmentRefusal::Gap;
    }
    SECTION("another predecessor")
    {
        header.previous[0] ^= 1;
        segment = byFounder.sign(header, Bytes(128, 1));
        expected = SegmentRefusal::Gap;
    }
    SECTION("another workspace")
    {
        header.workspace.bytes[0] ^= 1;
        segment = byFounder.sign(header, Bytes(128, 1));
        expected = SegmentRefusal::Malformed;
    }
    SECTION("a life that was never announced")
    {
        ++header.life;
        header.firstSeq = 1;
        header.previous = {};
        segment = byFounder.sign(header, Bytes(128, 1));
        expected = SegmentRefusal::UnknownLife;
    }
    SECTION("an epoch that is not the newest")
    {
        header.epoch = 7;
        segment = byFounder.sign(header, Bytes(128, 1));
        expected = SegmentRefusal::StaleEpoch;
    }
    SECTION("a height that the log has not reached")
    {
        ++header.membershipHeight;
        segment = byFounder.sign(header, Bytes(128, 1));
        expected = SegmentRefusal::UnknownHeight;
    }
    SECTION("a device that is unknown")
    {
        header.device.bytes[0] ^= 1;
        segment = byFounder.sign(header, Bytes(128, 1));
        expected = SegmentRefusal::NotAWriter;
    }
    SECTION("another's name on it")
    {
        header.device = office.worker->id();
        header.life = office.worker->statement.life;
        header.firstSeq = 1;
        header.previous = {};
        segment = byFounder.sign(header, Bytes(128, 1));
        expected = SegmentRefusal::BadSignature;
    }
    SECTION("another body")
    {
        segment = byFounder.sign(header, Bytes(128, 1));
        segment.body[5] ^= 1;
        expected = SegmentRefusal::Malformed;
    }
    founder.put(segment);
    CHECK(segmentRefusalIn(founder.flush()) == expected);
    CHECK(office.store->state(office.workspace())->tree.size == 1);
    CHECK(founder.upload(byFounder.next()) == 2);
}

TEST_CASE_METHOD(ServedCase, "peer: a member may hand in another member's segment")
{
    founder.catchUp();
    CHECK(founder.upload(byWorker.next()) == 1);
}

namespace {

/// One device's segments in one space, one behind the other as far as they were numbered.
struct Hand {
    SegmentWriter writer;
    std::uint64_t seq = 1;
    Hash previous{};
};

/// What somebody may try: mostly what is right.
void bend(ledger::SegmentHeader& header, SeededRandom& random, const SpaceId& elsewhere)
{
    switch (random.below(12)) {
    case 0:
        header.membershipHeight = 1 + random.below(header.membershipHeight + 2);
        return;
    case 1:
        header.epoch = static_cast<std::uint32_t>(1 + random.below(3));
        header.keyId = test::MembershipLog::keyId(header.space, header.epoch);
        return;
    case 2:
        header.keyId[3] ^= 1;
        return;
    case 3:
        header.kind = ledger::SpaceKind::Workspace;
        return;
    case 4:
        ++header.life;
        return;
    case 5:
        header.space = elsewhere;
        header.keyId = test::MembershipLog::keyId(elsewhere, 1);
        return;
    default:
        return;
    }
}

}  // namespace

TEST_CASE_METHOD(ServedCase, "peer: a segment has a number if the members' log accepts it, and only then")
{
    founder.catchUp();
    SeededRandom random(GENERATE(1U, 2U, 3U));
    const auto state = [&](std::vector<ledger::Act> acts) {
        office.log.seen = founder.position.head;
        REQUIRE(office.log.add(office.log.founder, std::move(acts)));
        const auto taken = only<wire::StatementsResult>(
            founder.say(wire::SubmitStatements{{office.log.statements.back()}}));
        REQUIRE(taken.code == wire::StatementsResult::Code::Taken);
    };
    // Whoever is a member and has no part in the case; a case that only the founder has; one of nobody.
    const ledger::Invite invite = office.log.invite(ledger::ReadInternal);
    const TestDevice outsider = TestDevice::make(office.random);
    state({invite});
    state({ledger::Admit{invite.invitation, outsider.signedStatement()}});
    const SpaceId hidden = office.log.newSpace();
    using Log = test::MembershipLog;
    state({
        Log::openCase(hidden),
        Log::epoch(hidden, 1),
        Log::grant(hidden, 1, office.log.founder),
        office.log.recoveryGrant(hidden, 1),
    });
    const SpaceId unknown = office.log.newSpace();
    std::vector<Hand> hands{
        {SegmentWriter(office.log, office.log.founder, office.space)},
        {SegmentWriter(office.log, *office.worker, office.space)},
        {SegmentWriter(office.log, outsider, office.space)}};
    std::size_t accepted = 0;
    std::map<ledger::Membership::Verdict, std::size_t> verdicts;
    for (int round = 0; round < 240; ++round) {
        if (round == 80)
            state(
                {Log::epoch(office.space, 2), Log::grant(office.space, 2, office.log.founder),
                 Log::grant(office.space, 2, *office.worker), office.log.recoveryGrant(office.space, 2)});
        if (round == 160)
            state({ledger::RemoveDevice{office.worker->id()}});
        Hand& hand = hands[random.below(hands.size())];
        ledger::SegmentHeader header = hand.writer.header(hand.seq, hand.previous, 1);
        header.epoch = round < 80 ? 1 : 2;
        header.keyId = Log::keyId(header.space, header.epoch);
        bend(header, random, random.chance(50) ? hidden : unknown);
        const ledger::Segment segment = hand.writer.sign(header, Bytes(100, 1));
        const auto verdict = office.log.state.judge(header, accepted + 1);
        ++verdicts[verdict];
        CAPTURE(round, static_cast<int>(verdict));
        // A place in a chain that is not the next one is refused for that.
        const bool isNext = header.space == office.space && header.life == hand.writer.header(1, {}, 1).life;
        founder.put(segment);
        const PeerClient::Output output = founder.flush();
        if (verdict == ledger::Membership::Verdict::Accepted && isNext) {
            founder.take(only<wire::Receipt>(output), {segment});
            hand.seq += 1;
            hand.previous = segment.head.hash;
            ++accepted;
        } else {
            (void)segmentRefusalIn(output);
        }
        REQUIRE(office.store->state(office.workspace())->tree.size == accepted);
    }
    CHECK(accepted > 40);
    CHECK(verdicts.size() == 8);  // All that there are.
}

TEST_CASE_METHOD(ServedCase, "peer: a body sent in part goes on in the next session")
{
    founder.catchUp();
    const ledger::Segment large = byFounder.next(300'000);
    REQUIRE(putChunks(founder, large, 0, 3 * limits::kChunkMax).messages.empty());
    founder.machine->lost(office.now());

    founder.connect();
    founder.position.uploading = large.head.hash;
    const wire::Answer answer = founder.catchUp();
    CHECK(answer.uploadHave == 3 * limits::kChunkMax);
    REQUIRE(putChunks(founder, large, answer.uploadHave, large.body.size()).messages.empty());
    founder.take(only<wire::Receipt>(founder.flush()), {large});
    CHECK(office.store->body(office.workspace(), 1, 0, 1 << 20) == large.body);
    CHECK(office.store->partial(office.workspace(), office.log.founder.id(), large.head.hash, office.now())
              ->empty());
}

TEST_CASE_METHOD(ServedCase, "peer: chunks must follow one another")
{
    founder.catchUp();
    const ledger::Segment large = byFounder.next(300'000);
    CHECK(
        segmentRefusalIn(putChunks(founder, large, limits::kChunkMax, 2 * limits::kChunkMax))
        == SegmentRefusal::Malformed);
    REQUIRE(putChunks(founder, large, 0, limits::kChunkMax).messages.empty());
    CHECK(
        segmentRefusalIn(putChunks(founder, large, 3 * limits::kChunkMax, 4 * limits::kChunkMax))
        == SegmentRefusal::Malformed);
}

TEST_CASE_METHOD(ServedCase, "peer: a body goes on from where its chunk begins, however much had come")
{
    founder.catchUp();
    const std::uint64_t seed = GENERATE(1U, 2U, 3U, 4U, 5U);
    SeededRandom random(seed);
    for (int round = 0; round < 6; ++round) {
        const ledger::Segment large = byFounder.next(150'000 + random.below(150'000));
        std::size_t have = 0;
        const auto send = [&](std::size_t from) {
            const std::size_t size
                = std::min<std::size_t>(1 + random.below(limits::kChunkMax), large.body.size() - from);
            have = from + size;
            return founder.say(wire::PutSegment{
                large.head.bytes, static_cast<std::uint32_t>(from),
                toBytes(ByteView(large.body).subspan(from, size))});
        };
        REQUIRE(send(0).messages.empty());
        while (have < large.body.size()) {
            if (random.chance(20)) {
                founder.machine->lost(office.now());
                founder.connect();
                founder.position.uploading = large.head.hash;
                const wire::Answer answer = founder.catchUp();
                // The longest beginning that any of the sessions left.
                REQUIRE(answer.uploadHave >= have);
                have = answer.uploadHave;
            }
            // Whoever has forgotten what has arrived begins before its end, or at the beginning.
            const std::size_t from
                = random.chance(30) ? static_cast<std::size_t>(random.below(have + 1)) : have;
            REQUIRE(send(from).messages.empty());
        }
        founder.take(only<wire::Receipt>(founder.flush()), {large});
        const std::uint64_t number = office.store->state(office.workspace())->tree.size;
        CHECK(office.store->body(office.workspace(), number, 0, 1 << 20) == large.body);
    }
}

TEST_CASE_METHOD(ServedCase, "peer: a large segment with a forged header is refused at its first chunk, once")
{
    founder.catchUp();
    ledger::Segment large = byFounder.next(300'000);
    large.head.bytes.back() ^= 1;
    CHECK(segmentRefusalIn(putChunks(founder, large, 0, limits::kChunkMax)) == SegmentRefusal::BadSignature);
    CHECK(putChunks(founder, large, limits::kChunkMax, large.body.size()).messages.empty());
    CHECK(founder.flush().messages.empty());
}

TEST_CASE("peer: with a full disk segments are refused for want of room, and reading goes on")
{
    ServerOffice office;
    office.create();
    office.hub.reset();
    office.store.reset();
    office.store = office.openStore({.bytesMax = 256 << 10});
    office.hub.emplace(*office.store);
    PeerClient founder(office, office.log.founder);
    SegmentWriter writer(office.log, office.log.founder, office.space);
    founder.catchUp();
    founder.upload(writer.next());
    const ledger::Segment large = writer.next(900'000);
    REQUIRE(putChunks(founder, large, 0, large.body.size()).messages.empty());
    const PeerClient::Output output = founder.flush();
    CHECK(segmentRefusalIn(output) == SegmentRefusal::NoRoom);
    CHECK_FALSE(output.close);
    CHECK(output.failure);
    PeerClient worker(office, *office.worker);
    worker.catchUp();
    CHECK(worker.bodies.size() == 1);
}

TEST_CASE("peer: a store that cannot be written to is not called full")
{
    ServerOffice office;
    office.create();
    PeerClient founder(office, office.log.founder);
    SegmentWriter writer(office.log, office.log.founder, office.space);
    founder.catchUp();
    auto beside = sql::Database::open(office.folder.path() / "teren.db");
    REQUIRE(beside);
    REQUIRE(beside->execute("DROP TABLE node"));
    REQUIRE(founder.put(writer.next()).messages.empty());
    const PeerClient::Output output = founder.flush();
    CHECK(only<wire::Refusal>(output).code == wire::RefusalCode::Internal);
    CHECK(output.close);
    CHECK(output.failure);
}

// ---- others ----------------------------------------------------------------------------------------------

TEST_CASE_METHOD(
    ServedCase, "peer: a settled session is told what others write, and not what it wrote itself")
{
    founder.catchUp();
    worker.catchUp();
    CHECK(founder.upload(byFounder.next()) == 1);
    CHECK(founder.machine->look(office.now()).messages.empty());
    CHECK(worker.upload(byWorker.next()) == 2);

    const auto pushed = only<wire::Answer>(founder.machine->look(office.now()));
    REQUIRE(pushed.head);
    founder.take(pushed);
    founder.takePages();
    CHECK(founder.bodies.size() == 1);
    CHECK(founder.bodies.contains(2));
    CHECK(founder.position.cursor == 2);
    CHECK(founder.machine->look(office.now()).messages.empty());

    // The worker's receipt brought the head already; what lies under it from others still comes.
    worker.take(only<wire::Answer>(worker.machine->look(office.now())));
    worker.takePages();
    CHECK(worker.bodies.contains(1));
    CHECK_FALSE(worker.bodies.contains(2));
    CHECK(worker.position.cursor == 2);
}

TEST_CASE_METHOD(ServedCase, "peer: nothing is pushed while pages come or a body is half in")
{
    founder.catchUp();
    const ledger::Segment first = byFounder.next(60'000);
    founder.upload(first);
    worker.take(only<wire::Answer>(worker.say(worker.opening())));
    founder.upload(byFounder.next());
    REQUIRE(worker.nudges == 1);
    REQUIRE(worker.machine->hasPages());
    CHECK(worker.machine->look(office.now()).messages.empty());
    worker.takePages();
    const ledger::Segment large = byWorker.next(100'000);
    REQUIRE(putChunks(worker, large, 0, limits::kChunkMax).messages.empty());
    CHECK(worker.machine->look(office.now()).messages.empty());
    REQUIRE(putChunks(worker, large, limits::kChunkMax, large.body.size()).messages.empty());
    CHECK(worker.machine->look(office.now()).messages.empty());
    worker.take(only<wire::Receipt>(worker.flush()), {large});
    worker.take(only<wire::Answer>(worker.machine->look(office.now())));
    worker.takePages();
    CHECK(worker.bodies.size() == 2);
    CHECK(worker.position.cursor == 3);
}

TEST_CASE_METHOD(ServedCase, "peer: a restored device is sent its own entries whole, and is told how many")
{
    founder.catchUp();
    const ledger::Segment first = byFounder.next();
    founder.upload(first);
    founder.upload(byFounder.next());
    PeerClient restored(office, office.log.founder);
    const wire::Answer answer = restored.catchUp();
    CHECK(answer.ownAhead == 2);
    CHECK(restored.bodies.at(1) == first.body);
}

TEST_CASE_METHOD(ServedCase, "peer: a question during pages is answered after the last of them")
{
    founder.catchUp();
    for (int i = 0; i < 10; ++i)
        founder.upload(byFounder.next(60'000));
    worker.take(only<wire::Answer>(worker.say(worker.opening())));
    worker.take(only<wire::Page>(worker.machine->nextPage(office.now())));
    REQUIRE(worker.machine->hasPages());
    CHECK(worker.say(wire::Refresh{worker.position}).messages.empty());
    PeerClient::Output output;
    while (worker.machine->hasPages() && output.messages.size() < 2) {
        output = worker.machine->nextPage(office.now());
        worker.take(std::get<wire::Page>(output.messages.front()));
    }
    REQUIRE(output.messages.size() == 2);
    CHECK(std::get<wire::Page>(output.messages[0]).last);
    CHECK(std::holds_alternative<wire::Answer>(output.messages[1]));
}

TEST_CASE_METHOD(ServedCase, "peer: uploading goes on while pages come")
{
    founder.catchUp();
    for (int i = 0; i < 10; ++i)
        founder.upload(byFounder.next(60'000));
    worker.take(only<wire::Answer>(worker.say(worker.opening())));
    worker.take(only<wire::Page>(worker.machine->nextPage(office.now())));
    CHECK(worker.upload(byWorker.next()) == 11);
    worker.takePages();
    CHECK(worker.bodies.size() == 10);
    CHECK(worker.lastSeen);
    CHECK(worker.position.cursor == 10);
}

// ---- the members' log ------------------------------------------------------------------------------------

TEST_CASE_METHOD(
    ServedCase,
    "peer: of two statements at one height the first is taken, the second learns what came before")
{
    PeerClient other(office, office.log.founder);
    founder.catchUp();
    other.catchUp();
    const ledger::SignedStatement mine
        = office.log.sign(office.log.founder, {office.log.invite(ledger::ReadInternal)});
    const ledger::SignedStatement theirs
        = office.log.sign(office.log.founder, {office.log.invite(ledger::OpenSpaces)});
    using Code = wire::StatementsResult::Code;
    const auto taken = only<wire::StatementsResult>(founder.say(wire::SubmitStatements{{mine}}));
    CHECK(taken.code == Code::Taken);
    CHECK(taken.height == office.log.state.height() + 1);
    const auto moved = only<wire::StatementsResult>(other.say(wire::SubmitStatements{{theirs}}));
    CHECK(moved.code == Code::Moved);
    CHECK(moved.newer == std::vector{mine});
    CHECK(only<wire::StatementsResult>(founder.say(wire::SubmitStatements{{mine}})).code == Code::Moved);
}

TEST_CASE_METHOD(ServedCase, "peer: statements without the right, or half right, are refused whole")
{
    worker.catchUp();
    using Code = wire::StatementsResult::Code;
    const ledger::SignedStatement noRight
        = office.log.sign(*office.worker, {ledger::RemoveDevice{office.log.founder.id()}});
    CHECK(only<wire::StatementsResult>(worker.say(wire::SubmitStatements{{noRight}})).code == Code::Refused);
    ledger::SignedStatement forged
        = office.log.sign(office.log.founder, {ledger::RemoveDevice{office.worker->id()}});
    forged.signature = office.worker->key.sign("teren.statement.v1", forged.body);
    CHECK(only<wire::StatementsResult>(worker.say(wire::SubmitStatements{{forged}})).code == Code::Refused);
    CHECK(office.store->state(office.workspace())->height == office.log.state.height());
}

TEST_CASE("peer: a join request waits for the one who may admit, until it is decided")
{
    ServerOffice office;
    const ledger::Invite invite = office.log.invite(ledger::ReadInternal);
    REQUIRE(office.log.add(office.log.founder, {invite}));
    office.create();
    const TestDevice newcomer = TestDevice::make(office.random);
    PeerClient stranger(office, newcomer);
    PeerClient founder(office, office.log.founder);
    PeerClient worker(office, *office.worker);
    founder.catchUp();
    worker.catchUp();

    const wire::JoinSubmit request{office.workspace(), invite.invitation, Bytes(300, 5)};
    only<wire::JoinTaken>(stranger.say(request));
    only<wire::JoinTaken>(stranger.say(request));
    wire::JoinSubmit unknown = request;
    unknown.invitation.bytes[0] ^= 1;
    CHECK(refusalIn(stranger.say(unknown)) == RefusalCode::UnknownInvitation);
    unknown.workspace.bytes[0] ^= 1;
    CHECK(refusalIn(stranger.say(unknown)) == RefusalCode::UnknownWorkspace);

    const wire::JoinRequestsQuery query{{invite.invitation, InvitationId{}}};
    CHECK(
        only<wire::JoinRequests>(founder.say(query)).requests
        == std::vector<wire::JoinRequests::Item>{{invite.invitation, request.request}});
    CHECK(only<wire::JoinRequests>(worker.say(query)).requests.empty());

    const ledger::SignedStatement admission
        = office.log.sign(office.log.founder, {ledger::Admit{invite.invitation, newcomer.signedStatement()}});
    founder.say(wire::SubmitStatements{{admission}});
    CHECK(only<wire::JoinRequests>(founder.say(query)).requests.empty());
    CHECK(refusalIn(stranger.say(request)) == RefusalCode::UnknownInvitation);
    CHECK(office.store->joinRequests(office.workspace(), invite.invitation)->empty());
    CHECK(stranger.catchUp().statements.size() == office.log.statements.size() + 1);
}

TEST_CASE("peer: an invitation past its day takes no request")
{
    ServerOffice office;
    const ledger::Invite invite = office.log.invite(ledger::ReadInternal);
    REQUIRE(office.log.add(office.log.founder, {invite}));
    office.create();
    PeerClient stranger(office, *office.worker);
    office.log.clock.set(invite.expires);
    CHECK(
        refusalIn(stranger.say(wire::JoinSubmit{office.workspace(), invite.invitation, Bytes(10, 1)}))
        == RefusalCode::UnknownInvitation);
}

}  // namespace teren
