// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/limits.h"
#include "sync/ledger/merkle.h"
#include "sync/server/tree_reader.h"
#include "tests/support/server_office.h"

// What every implementation of ServerStore must do. A test program includes this once and instantiates
// `serverStoreContract` with a function that opens an empty store, or the same store again.
namespace teren::test {

/// @param reopen  Closes the office's store and opens it again.
inline void serverStoreContract(ServerOffice& office, const std::function<void()>& reopen)
{
    const WorkspaceId workspace = office.workspace();
    const Hash token = blake2b({viewOf("a token")});
    const auto store = [&]() -> server::ServerStore& { return *office.store; };

    SECTION("a token opens one workspace, and repeating that changes nothing")
    {
        CHECK(
            store().createWorkspace(token, workspace, office.log.statements, office.now()).error().code
            == Errc::Refused);
        CHECK(store().state(workspace).error().code == Errc::NotFound);
        REQUIRE(store().addToken(token, office.now()));
        REQUIRE(store().createWorkspace(token, workspace, office.log.statements, office.now()));
        CHECK(store().createWorkspace(token, workspace, office.log.statements, office.now()));
        const MembershipLog other(2);
        CHECK(
            store()
                .createWorkspace(token, WorkspaceId{Hash{1}}, office.log.statements, office.now())
                .error()
                .code
            == Errc::Refused);
        reopen();
        const auto state = store().state(workspace);
        REQUIRE(state);
        CHECK(state->height == office.log.statements.size());
        CHECK(state->membershipHash == office.log.state.hash());
        CHECK(state->tree == ledger::TreeHead{0, ledger::emptyRoot()});
    }
    SECTION("a second token does not open a workspace that is there")
    {
        office.create();
        REQUIRE(store().addToken(token, office.now()));
        CHECK(
            store().createWorkspace(token, workspace, office.log.statements, office.now()).error().code
            == Errc::Refused);
        CHECK(store().state(workspace));
    }
    SECTION("the identity stays")
    {
        const VerifyKey key = store().identity().receiptKey.publicKey();
        const std::uint64_t incarnation = store().identity().incarnation;
        reopen();
        CHECK(store().identity().receiptKey.publicKey() == key);
        CHECK(store().identity().incarnation == incarnation);
        CHECK(store().identity().tlsKey.publicKey() != key);
    }
    SECTION("statements are appended by compare-and-swap")
    {
        office.create();
        const std::uint64_t height = office.log.state.height();
        const Hash hash = office.log.state.hash();
        const ledger::SignedStatement next
            = office.log.sign(office.log.founder, {office.log.invite(ledger::ReadInternal)});
        CHECK(store().appendStatements(workspace, height, Hash{}, {&next, 1}).error().code == Errc::Busy);
        CHECK(store().appendStatements(workspace, height - 1, hash, {&next, 1}).error().code == Errc::Busy);
        REQUIRE(store().appendStatements(workspace, height, hash, {&next, 1}));
        CHECK(store().appendStatements(workspace, height, hash, {&next, 1}).error().code == Errc::Busy);
        reopen();
        CHECK(store().statementHash(workspace, height + 1) == next.hash());
        CHECK(store().statementHash(workspace, height + 2).error().code == Errc::NotFound);
        const auto tail = store().statements(workspace, height, 0);
        REQUIRE(tail);
        CHECK(*tail == std::vector{next});
        CHECK(store().statements(workspace, 0, 1)->size() == 1);
        CHECK(store().statements(workspace, 0, 1 << 20)->size() == height + 1);
    }
    SECTION("segments get numbers without a gap, and the tree of all of them")
    {
        office.create();
        SegmentWriter founder(office.log, office.log.founder, office.space);
        SegmentWriter worker(office.log, *office.worker, office.space);
        std::vector<ledger::Segment> written;
        ledger::CompactTree tree;
        for (unsigned batch = 1; batch <= 5; ++batch) {
            std::vector<ledger::Segment> segments;
            for (unsigned i = 0; i < batch; ++i)
                segments.push_back(i % 2 == 0 ? founder.next(100 + i, 2) : worker.next(300));
            const auto head = store().appendSegments(workspace, written.size(), segments);
            REQUIRE(head);
            for (const ledger::Segment& segment : segments) {
                written.push_back(segment);
                tree.append(ledger::leafHash(ledger::encode(server::leafOf(segment.head, written.size()))));
            }
            CHECK(*head == ledger::TreeHead{tree.size(), tree.root()});
        }
        reopen();
        CHECK(store().state(workspace)->tree == ledger::TreeHead{15, tree.root()});
        const auto entries = store().entries(workspace, 3, 14, 100);
        REQUIRE(entries);
        REQUIRE(entries->size() == 11);
        for (std::size_t i = 0; i < entries->size(); ++i) {
            const server::LogEntry& entry = (*entries)[i];
            const ledger::Segment& segment = written[entry.number - 1];
            CHECK(entry.number == i + 4);
            CHECK(entry.header == segment.head.bytes);
            CHECK(entry.device == segment.head.header.device);
            CHECK(store().body(workspace, entry.number, 0, 1 << 20) == segment.body);
            CHECK(
                store().body(workspace, entry.number, 90, 5)
                == Bytes(segment.body.begin() + 90, segment.body.begin() + 95));
        }
        CHECK(store().entries(workspace, 3, 14, 2)->size() == 2);
        for (std::uint64_t size = 0; size <= 15; ++size) {
            ledger::CompactTree past;
            for (std::uint64_t i = 0; i < size; ++i)
                past.append(ledger::leafHash(ledger::encode(server::leafOf(written[i].head, i + 1))));
            const auto read = server::treeAt(store(), workspace, size);
            REQUIRE(read);
            CHECK(read->root() == past.root());
        }
        CHECK(store().countOf(workspace, office.worker->id(), 0) == 6);
        std::uint64_t bytes = 0;
        for (const ledger::Segment& segment : written)
            bytes += segment.body.size() + segment.head.bytes.size();
        CHECK(store().sizesAbove(workspace, 0) == std::map<SpaceId, std::uint64_t>{{office.space, bytes}});
        CHECK(store().sizesAbove(workspace, 15)->empty());
    }
    SECTION("what stands in one space is found, and where a device wrote last")
    {
        const SpaceId other = office.log.newSpace();
        office.create();
        SegmentWriter founder(office.log, office.log.founder, office.space);
        SegmentWriter worker(office.log, *office.worker, office.space);
        SegmentWriter elsewhere(office.log, *office.worker, other);
        const std::vector written{
            worker.next(), founder.next(192), elsewhere.next(), founder.next(), worker.next()};
        REQUIRE(store().appendSegments(workspace, 0, written));

        const auto numbers = [&](std::uint64_t after, std::uint64_t upTo, std::size_t limit) {
            std::vector<std::uint64_t> found;
            for (const server::LogEntry& entry :
                 *store().entriesOf(workspace, office.space, after, upTo, limit)) {
                CHECK(entry == store().entries(workspace, entry.number - 1, entry.number, 1)->front());
                found.push_back(entry.number);
            }
            return found;
        };
        CHECK(numbers(0, 5, 9) == std::vector<std::uint64_t>{1, 2, 4, 5});
        CHECK(numbers(1, 4, 9) == std::vector<std::uint64_t>{2, 4});
        CHECK(numbers(1, 5, 2) == std::vector<std::uint64_t>{2, 4});
        CHECK(store().entriesOf(WorkspaceId{Hash{1}}, office.space, 0, 5, 9)->empty());
        const std::uint64_t size = 128 + ledger::SignedSegmentHeader::kSize;
        CHECK(store().sizeAbove(workspace, office.space, 0) == 4 * size + 64);
        CHECK(store().sizeAbove(workspace, office.space, 2) == 2 * size);
        CHECK(store().sizeAbove(workspace, office.space, 5) == 0);

        using Last = std::vector<server::LastWritten>;
        const DeviceId author = office.worker->id();
        CHECK(store().lastWritten(workspace, author, 0, 9) == Last{{office.space, 5}, {other, 3}});
        CHECK(store().lastWritten(workspace, author, 0, 1) == Last{{office.space, 5}});
        CHECK(store().lastWritten(workspace, author, 3, 9) == Last{{office.space, 5}});
        CHECK(store().lastWritten(workspace, author, 5, 9)->empty());
    }
    SECTION("segments are refused where the log has moved on or the seq is taken, and nothing is kept")
    {
        office.create();
        SegmentWriter founder(office.log, office.log.founder, office.space);
        const ledger::Segment first = founder.next();
        const ledger::Segment other = founder.forkOf(first);
        REQUIRE(store().appendSegments(workspace, 0, {&first, 1}));
        const auto before = store().state(workspace);
        CHECK(store().appendSegments(workspace, 0, {&other, 1}).error().code == Errc::Busy);
        const std::vector batch{founder.next(), other};
        CHECK(store().appendSegments(workspace, 1, batch).error().code == Errc::Refused);
        CHECK(store().state(workspace) == before);
        CHECK(store().entries(workspace, 0, 10, 10)->size() == 1);
        CHECK(store().appendSegments(WorkspaceId{Hash{1}}, 0, {&first, 1}).error().code == Errc::NotFound);
    }
    SECTION("a chain's link is found by any seq it covers")
    {
        office.create();
        SegmentWriter founder(office.log, office.log.founder, office.space);
        const std::vector segments{founder.next(128, 3), founder.next(128, 2)};
        REQUIRE(store().appendSegments(workspace, 0, segments));
        const server::Chain chain{office.space, office.log.founder.id(), office.log.founder.statement.life};
        CHECK(store().linkAt(workspace, chain, 0) == std::nullopt);
        CHECK(store().linkAt(workspace, chain, 3).value()->number == 1);
        CHECK(store().linkAt(workspace, chain, 4).value()->segment == segments[1].head.hash);
        CHECK(store().linkAt(workspace, chain, ~std::uint64_t{0}).value()->lastSeq() == 5);
        server::Chain other = chain;
        ++other.life;
        CHECK(store().linkAt(workspace, other, 5) == std::nullopt);
    }
    SECTION("the beginning of a body is kept for its device, seven days")
    {
        office.create();
        const DeviceId device = office.worker->id();
        const Hash segment{1};
        REQUIRE(store().keepPartial(workspace, device, segment, Bytes(500, 1), office.now()));
        REQUIRE(store().keepPartial(workspace, office.log.founder.id(), segment, Bytes(9, 2), office.now()));
        reopen();
        CHECK(store().partial(workspace, device, segment, office.now())->size() == 500);
        CHECK(store().partial(workspace, device, Hash{2}, office.now())->empty());
        CHECK(store().partial(workspace, device, segment, office.now() + limits::kPartialKept)->empty());
        REQUIRE(store().keepPartial(workspace, device, Hash{3}, Bytes(7, 1), office.now()));
        CHECK(store().partial(workspace, device, segment, office.now())->empty());
        REQUIRE(store().dropPartial(workspace, device));
        CHECK(store().partial(workspace, device, Hash{3}, office.now())->empty());
        CHECK(store().partial(workspace, office.log.founder.id(), segment, office.now())->size() == 9);
    }
    SECTION("what is kept of bodies in part has a bound")
    {
        office.create();
        constexpr std::size_t kFit = 4;
        const Bytes body(limits::kPartialBytesMax / kFit, 1);
        for (std::size_t i = 0; i <= kFit; ++i) {
            DeviceId device;
            device.bytes[0] = static_cast<std::uint8_t>(i);
            REQUIRE(store().keepPartial(workspace, device, Hash{}, body, office.now()));
            CHECK(store().partial(workspace, device, Hash{}, office.now())->empty() == (i == kFit));
        }
    }
    SECTION("forked segments are kept once each, up to a bound")
    {
        office.create();
        SegmentWriter founder(office.log, office.log.founder, office.space);
        const ledger::Segment first = founder.next();
        REQUIRE(store().keepForked(workspace, first, office.now()));
        REQUIRE(store().keepForked(workspace, first, office.now()));
        CHECK(store().forkedCount(workspace) == 1);
        for (std::size_t i = 0; i < limits::kForkedKeptMax + 3; ++i)
            REQUIRE(store().keepForked(workspace, founder.forkOf(first), office.now()));
        CHECK(store().forkedCount(workspace) == limits::kForkedKeptMax);
    }
    SECTION("join requests wait under their invitation, a few of them")
    {
        office.create();
        const InvitationId invitation = InvitationId::random(office.random);
        for (std::uint8_t i = 0; i < limits::kJoinRequestsPerInvitationMax; ++i)
            REQUIRE(store().addJoinRequest(workspace, invitation, Bytes(10, i), office.now()));
        CHECK(store().addJoinRequest(workspace, invitation, Bytes(10, 0), office.now()));
        CHECK(
            store().addJoinRequest(workspace, invitation, Bytes(10, 99), office.now()).error().code
            == Errc::LimitExceeded);
        reopen();
        CHECK(store().joinRequests(workspace, invitation)->size() == limits::kJoinRequestsPerInvitationMax);
        REQUIRE(store().dropJoinRequests(workspace, invitation));
        CHECK(store().joinRequests(workspace, invitation)->empty());
    }
}

}  // namespace teren::test
