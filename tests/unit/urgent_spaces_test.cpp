// SPDX-License-Identifier: EUPL-1.2
// What a session brings first where it has much to bring: order and places of the entries in the pages.
#include "tests/support/server_office.h"

#include <algorithm>

namespace teren {
namespace {

using test::only;
using test::PeerClient;
using test::SegmentWriter;
using test::ServerOffice;
using test::TestDevice;

/// The founder writes in three cases by turns, much, after the worker has written in the second and, later,
/// in the third.
struct AwayOffice {
    explicit AwayOffice(std::size_t bodySize = 8'000)
    {
        cases = {office.space, open(), open()};
        office.create();
        founder.catchUp();
        worker.catchUp();
        for (const std::size_t own : {std::size_t{1}, std::size_t{2}}) {
            SegmentWriter writer(office.log, *office.worker, cases[own]);
            REQUIRE(worker.upload(writer.next()) == own);
        }
        std::vector<SegmentWriter> writers;
        for (const SpaceId& space : cases)
            writers.emplace_back(office.log, office.log.founder, space);
        for (int round = 0; round < 5; ++round)
            for (SegmentWriter& writer : writers)
                founder.upload(writer.next(bodySize));
        worker.position.cursor = 2;
        worker.headers.clear();
        worker.bodies.clear();
        worker.connect();
    }
    SpaceId open()
    {
        const SpaceId space = office.log.newSpace();
        REQUIRE(office.log.add(
            office.log.founder,
            {test::MembershipLog::openCase(space), test::MembershipLog::epoch(space, 1),
             test::MembershipLog::grant(space, 1, office.log.founder),
             test::MembershipLog::grant(space, 1, *office.worker), office.log.recoveryGrant(space, 1)}));
        return space;
    }

    ServerOffice office;
    std::vector<SpaceId> cases;
    PeerClient founder{office, office.log.founder};
    PeerClient worker{office, *office.worker};
};

/// What a device keeps of a page as section 9 of the protocol says: how far each space came ahead of the
/// cursor.
void keepPlace(PeerClient& client, const wire::Page& page)
{
    for (const wire::Entry& entry : page.entries) {
        const ledger::SegmentHeader& header = client.headers.at(entry.number).header;
        client.position.partialNumber = 0;
        client.position.partialSize = 0;
        if (client.bodies.at(entry.number).size() < header.bodySize) {
            client.position.partialNumber = entry.number;
            client.position.partialSize = static_cast<std::uint32_t>(client.bodies.at(entry.number).size());
        } else if (entry.number > page.cursor) {
            auto& exceptions = client.position.exceptions;
            std::erase_if(exceptions, [&](const auto& exception) { return exception.space == header.space; });
            exceptions.push_back({header.space, entry.number});
        }
    }
    std::erase_if(client.position.exceptions, [&](const auto& exception) {
        return exception.cursor <= client.position.cursor;
    });
}

/// The numbers in the order in which their beginnings came.
std::vector<std::uint64_t> comeIn(PeerClient& client, std::vector<std::uint64_t>* cursors = nullptr)
{
    std::vector<std::uint64_t> numbers;
    while (client.machine->hasPages()) {
        const auto page = only<wire::Page>(client.machine->nextPage(Instant{}));
        client.take(page);
        for (const wire::Entry& entry : page.entries)
            if (!entry.header.empty()) {
                numbers.push_back(entry.number);
                if (cursors != nullptr)
                    cursors->push_back(page.cursor);
            }
    }
    return numbers;
}

// The founder's entries are 3 to 17: 3, 6 … in the first case, 4, 7 … in the second, 5, 8 … in the third.
const std::vector<std::uint64_t> kUrgentOrder{5, 8, 11, 14, 17, 4, 7, 10, 13, 16, 3, 6, 9, 12, 15};

}  // namespace

TEST_CASE("urgent spaces: where its member wrote last comes first, each space in the log's order")
{
    AwayOffice away;
    const auto answer = only<wire::Answer>(away.worker.say(away.worker.opening()));
    CHECK(answer.toReceive == 15 * (8'000 + ledger::SignedSegmentHeader::kSize));
    away.worker.take(answer);
    std::vector<std::uint64_t> cursors;
    CHECK(comeIn(away.worker, &cursors) == kUrgentOrder);
    CHECK(
        std::ranges::all_of(cursors.begin(), cursors.begin() + 10, [](auto cursor) { return cursor == 2; }));
    CHECK(away.worker.position.cursor == 17);
    CHECK(away.worker.lastSeen);
}

TEST_CASE("urgent spaces: little comes in the log's order, and so does everything in the versions before")
{
    std::vector<std::uint64_t> ascending(15);
    std::ranges::generate(ascending, [number = 3U]() mutable { return number++; });
    SECTION("little")
    {
        AwayOffice away(1'000);
        away.worker.take(only<wire::Answer>(away.worker.say(away.worker.opening())));
        CHECK(comeIn(away.worker) == ascending);
    }
    SECTION("version 2")
    {
        AwayOffice away;
        away.worker.versions = {1, 2};
        away.worker.take(only<wire::Answer>(away.worker.say(away.worker.opening())));
        CHECK(comeIn(away.worker) == ascending);
    }
}

TEST_CASE("urgent spaces: what came ahead is not sent again, wherever the line is cut")
{
    AwayOffice away(20'000);
    PeerClient& worker = away.worker;
    std::vector<std::uint64_t> numbers;
    std::size_t sessions = 0;
    std::uint64_t lacking = 15 * (20'000 + ledger::SignedSegmentHeader::kSize);
    // One page of each session arrives, the first, of some 16 KiB.
    for (worker.lastSeen = false; !worker.lastSeen; ++sessions) {
        REQUIRE(sessions < 60);
        worker.connect();
        const auto answer = only<wire::Answer>(worker.say(worker.opening()));
        CHECK(answer.toReceive == lacking);
        worker.take(answer);
        const auto page = only<wire::Page>(worker.machine->nextPage(away.office.now()));
        worker.take(page);  // Bodies grow from where they were, or it fails.
        keepPlace(worker, page);
        for (const wire::Entry& entry : page.entries) {
            const ledger::SegmentHeader& header = worker.headers.at(entry.number).header;
            if (worker.bodies.at(entry.number).size() < header.bodySize)
                continue;
            numbers.push_back(entry.number);
            lacking -= header.bodySize + ledger::SignedSegmentHeader::kSize;
        }
    }
    CHECK(numbers == kUrgentOrder);
    CHECK(worker.position.cursor == 17);
    CHECK(worker.position.exceptions.empty());
}

TEST_CASE("urgent spaces: one that is to be had from its beginning comes so, and none that may not be read")
{
    AwayOffice away;
    PeerClient& worker = away.worker;
    worker.position.exceptions = {{away.cases[1], 0}, {SpaceId{}, 17}};
    worker.take(only<wire::Answer>(worker.say(worker.opening())));
    const std::vector<std::uint64_t> wanted{5, 8, 11, 14, 17, 1, 4, 7, 10, 13, 16, 3, 6, 9, 12, 15};
    CHECK(comeIn(worker) == wanted);
}

TEST_CASE("urgent spaces: what the session has receipted meanwhile does not come back ahead")
{
    AwayOffice away;
    PeerClient& worker = away.worker;
    worker.take(only<wire::Answer>(worker.say(worker.opening())));
    worker.take(only<wire::Page>(worker.machine->nextPage(away.office.now())));
    // A colleague has given it to the worker in a room, so it brings it.
    const auto number = std::uint64_t{16};
    const server::LogEntry entry
        = away.office.store->entries(away.office.workspace(), number - 1, number, 1)->front();
    const ledger::Segment segment{
        *ledger::decodeHeader(entry.header),
        *away.office.store->body(away.office.workspace(), number, 0, entry.bodySize)};
    worker.upload(segment);
    std::vector<std::uint64_t> numbers = comeIn(worker);
    CHECK(std::ranges::count(numbers, number) == 0);
    CHECK(worker.bodies.size() == 14);
    CHECK(worker.lastSeen);
}

TEST_CASE("urgent spaces: a new device of the same member gets them first as well")
{
    AwayOffice away;
    ServerOffice& office = away.office;
    const TestDevice tablet = TestDevice::make(office.random);
    ledger::Invite invitation = office.log.invite(ledger::ReadInternal);
    invitation.member = office.log.state.find(office.worker->id())->member;
    std::vector<ledger::Act> grants;
    for (const SpaceId& space : away.cases)
        grants.emplace_back(test::MembershipLog::grant(space, 1, tablet));
    const std::size_t before = office.log.statements.size();
    REQUIRE(office.log.add(office.log.founder, {invitation}));
    REQUIRE(
        office.log.add(office.log.founder, {ledger::Admit{invitation.invitation, tablet.signedStatement()}}));
    REQUIRE(office.log.add(office.log.founder, std::move(grants)));
    const std::vector<ledger::SignedStatement> statements(
        office.log.statements.begin() + static_cast<std::ptrdiff_t>(before), office.log.statements.end());
    REQUIRE(
        only<wire::StatementsResult>(away.founder.say(wire::SubmitStatements{statements})).code
        == wire::StatementsResult::Code::Taken);
    PeerClient client(office, tablet);
    client.take(only<wire::Answer>(client.say(client.opening())));
    const std::vector<std::uint64_t> numbers = comeIn(client);
    REQUIRE(numbers.size() == 17);
    CHECK(
        std::vector(numbers.begin(), numbers.begin() + 12)
        == std::vector<std::uint64_t>{2, 5, 8, 11, 14, 17, 1, 4, 7, 10, 13, 16});
}

}  // namespace teren
