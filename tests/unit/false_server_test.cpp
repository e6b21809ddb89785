// SPDX-License-Identifier: EUPL-1.2
// What a false server or a false colleague may do to whole devices, and that they get over it: real stores,
// real machines, a real server that is told what to do wrong.
#include "crypto/base/limits.h"
#include "tests/support/session_office.h"

#include <sqlite3.h>

#include <algorithm>

namespace teren::test {
namespace {

using engine::ServerHealth;

void checkSame(StoreDevice& left, StoreDevice& right, const SpaceId& space)
{
    CHECK(must(left->digest(space)) == must(right->digest(space)));
}

std::uint64_t quarantined(StoreDevice& device)
{
    return must(device->outboxCounts()).quarantined;
}

/// A device with the same disk.
std::unique_ptr<StoreDevice> copyOf(StoreDevice& device)
{
    auto copy = std::make_unique<StoreDevice>(4'711);
    sqlite3_backup* backup
        = sqlite3_backup_init(copy->database.handle(), "main", device.database.handle(), "main");
    REQUIRE(backup != nullptr);
    sqlite3_backup_step(backup, -1);
    REQUIRE(sqlite3_backup_finish(backup) == SQLITE_OK);
    copy->reopen();
    return copy;
}

/// The segment that a device would send next; sealed, and in no log yet.
ledger::Segment sealedBy(StoreDevice& device)
{
    must(device->sealAll());
    const std::vector<engine::Outgoing> outgoing = must(device->outbox(0, 1'000'000));
    REQUIRE_FALSE(outgoing.empty());
    return outgoing.front().segment;
}

}  // namespace

// ---- entries that a server leaves out ------------------------------------------------------------------

TEST_CASE("false server: an entry left out of the middle of a chain is noticed and fetched", "[session]")
{
    SessionOffice office;
    const auto jan = office.join();
    const SpaceId space = office.openCase(office.anna);
    for (int i = 0; i < 3; ++i) {
        office.anna.add(space, "note", "text", std::to_string(i));
        office.sync(office.anna);
    }
    office.server->omitted = {2};
    const auto ended = office.trySync(*jan);
    REQUIRE(ended.failure);
    CHECK(ended.failure->code == Errc::Forged);
    CHECK(quarantined(*jan) == 0);
    office.trySync(*jan);

    office.server->omitted.clear();
    office.sync(*jan);
    checkSame(office.anna, *jan, space);
    CHECK(must((*jan)->outboxCounts()).waiting == 0);
    checkSound(*jan);
}

TEST_CASE("false server: an entry passed over before is fetched again from where it stands", "[session]")
{
    SessionOffice office;
    const auto jan = office.join();
    const SpaceId space = office.openCase(office.anna);
    office.anna.add(space, "note", "text", "left out");
    office.sync(office.anna);
    office.server->omitted = {2};
    office.sync(*jan);  // The end of a chain: nothing shows that it is missing.
    CHECK((*jan)->position().cursor == 2);
    office.anna.add(space, "note", "text", "next");
    office.sync(office.anna);

    REQUIRE_FALSE(office.trySync(*jan).isGood());
    jan->reopen();
    REQUIRE((*jan)->position().exceptions.size() == 1);
    CHECK((*jan)->position().exceptions.front().cursor == 1);

    office.server->omitted.clear();
    CHECK(office.sync(*jan).counts.received == 2);
    CHECK((*jan)->position().exceptions.empty());
    checkSame(office.anna, *jan, space);
}

TEST_CASE("false server: so is one left out of a case that came ahead of the log's order", "[session]")
{
    SessionOffice office;
    StoreDevice& anna = office.anna;
    const auto jan = office.join();
    const auto ewa = office.join();
    const SpaceId ahead = office.openCase(anna);
    const SpaceId rest = office.openCase(anna);
    const auto writes = [&](StoreDevice& device, const SpaceId& space, std::string_view text) {
        (void)device.add(space, "note", "text", text);
        office.sync(device);
        return office.server->size();
    };
    office.sync(*jan);
    office.sync(*ewa);
    writes(*jan, ahead, "so this case comes first");
    const std::uint64_t cursor = (*jan)->position().cursor;
    writes(anna, rest, "one");
    const std::uint64_t middle = writes(anna, rest, "two");
    const std::uint64_t before = writes(anna, ahead, "before it");
    const std::uint64_t end = writes(anna, ahead, "left out");
    const std::uint64_t last = writes(*ewa, ahead, "stands behind it");
    writes(anna, rest, "three");
    office.server->hub.emplace(*office.server->store, 1);

    // The session ends in the rest; what came ahead is kept, but for the one that nobody misses yet.
    office.server->omitted = {middle, end};
    REQUIRE_FALSE(office.trySync(*jan).isGood());
    jan->reopen();
    CHECK((*jan)->position().cursor < middle);
    CHECK((*jan)->position().cursor >= cursor);
    const auto comeTo = [&] {
        const wire::Position position = (*jan)->position();
        const auto found = std::ranges::find(position.exceptions, ahead, &wire::Position::SpaceCursor::space);
        return found == position.exceptions.end() ? 0 : found->cursor;
    };
    CHECK(comeTo() == last);

    // The next of its author shows it, and its case goes back to where it stands.
    writes(anna, ahead, "next");
    REQUIRE_FALSE(office.trySync(*jan).isGood());
    CHECK(comeTo() == before);
    office.server->omitted.clear();
    office.sync(*jan);
    CHECK((*jan)->position().exceptions.empty());
    checkSame(anna, *jan, ahead);
    checkSame(anna, *jan, rest);
    checkSound(*jan);
}

TEST_CASE("false server: what others build on is asked for when all else has come", "[session]")
{
    SessionOffice office;
    StoreDevice& anna = office.anna;
    const auto jan = office.join();
    const auto ewa = office.join();
    const SpaceId space = office.openCase(anna);
    const RecordId note = anna.add(space, "note", "text", "left out");
    office.sync(anna);
    office.sync(*ewa);
    ewa->save(space, {assignOp(note, "text", "built on it")});
    office.sync(*ewa);

    office.server->omitted = {2};
    office.sync(*jan);
    CHECK(must((*jan)->outboxCounts()).waiting == 1);
    // Asked once, in vain, and not again at once.
    const auto asked = office.sync(*jan).counts.roundTrips;
    CHECK(asked == 1);

    office.server->omitted.clear();
    jan->clock.advance(std::chrono::hours(1));
    office.sync(*jan);
    CHECK(must((*jan)->outboxCounts()).waiting == 0);
    checkSame(*ewa, *jan, space);
    checkSound(*jan);
}

TEST_CASE("false server: a segment that does not follow its author's last one is kept apart", "[session]")
{
    SessionOffice office;
    StoreDevice& anna = office.anna;
    const auto jan = office.join();
    const SpaceId space = office.openCase(anna);
    const auto copy = copyOf(anna);
    anna.add(space, "note", "text", "in the log");
    office.sync(anna);
    copy->add(space, "note", "text", "sealed on the copy");
    (void)sealedBy(*copy);
    copy->add(space, "note", "text", "sealed after that");
    must((*copy)->sealAll());
    office.server->append(must((*copy)->outbox(0, 1'000'000)).at(1).segment);
    office.sync(*jan);
    CHECK(quarantined(*jan) == 1);
    CHECK(must((*jan)->records(space, "note")).size() == 1);
    checkSound(*jan);
}

// ---- work that is refused ------------------------------------------------------------------------------

// ---- short headers and the shortest receipts -----------------------------------------------------------

TEST_CASE("false server: a body that is altered on the way is sent again with its whole header", "[session]")
{
    SessionOffice office;
    const auto jan = office.join();
    const SpaceId space = office.openCase(office.anna);
    for (int i = 0; i < 3; ++i) {
        office.anna.add(space, "note", "text", std::to_string(i));
        must(office.anna->sealAll());
    }
    int parts = 0;
    office.server->shortHeaders = 0;
    office.server->wholeHeaders = 0;
    office.server->onTheWay = [&](wire::PutSegment& put) {
        if (++parts == 2)
            put.data[30] ^= 1;
    };
    office.sync(office.anna);
    CHECK(office.server->shortHeaders == 3);
    CHECK(office.server->wholeHeaders == 2);
    CHECK(must(office.anna->outboxCounts()).unsent == 0);
    CHECK(must(office.anna->outboxCounts()).refused == 0);
    office.sync(*jan);
    checkSame(office.anna, *jan, space);
    checkSound(office.anna);
}

TEST_CASE(
    "false server: a device that knows the log before its receipt keeps the same proof of it", "[session]")
{
    SessionOffice office;
    const SpaceId space = office.openCase(office.anna);
    std::size_t known = 0;
    office.server->onTheWay = [&](wire::PutSegment& put) { known += put.peaksOf > 0 ? 1 : 0; };
    for (int i = 0; i < 6; ++i) {
        office.anna.add(space, "note", "text", std::to_string(i));
        office.sync(office.anna);
    }
    CHECK(known == 6);
    const store::KeptReceipts kept = must(office.anna->receipts({}));
    CHECK(kept.withoutReceipt == 0);
    for (const store::KeptReceipt& receipt : kept.receipts) {
        const auto head
            = ledger::openHead(receipt.head, office.server->store->identity().receiptKey.publicKey());
        REQUIRE(head);
        std::map<std::uint64_t, Hash> leaves;
        for (const store::KeptReceipt::Leaf& leaf : receipt.leaves)
            leaves[leaf.number - 1] = leaf.hash;
        CHECK(ledger::verifyInclusion(leaves, head->tree.size, head->tree.root, receipt.proof));
    }
}

TEST_CASE(
    "false server: what a disk knows of the log is of its own head, whatever else it was put back to",
    "[session]")
{
    SessionOffice office;
    const SpaceId space = office.openCase(office.anna);
    office.anna.add(space, "note", "text", "1");
    office.sync(office.anna);
    const auto known = must(office.anna->peaks());
    const auto tree = ledger::CompactTree::from(office.server->size(), known);
    REQUIRE(tree);
    CHECK(tree->root() == office.anna->position().head.root);

    // Another's entry moves the head by a proof that says nothing of them.
    const auto jan = office.join();
    office.sync(*jan);
    // Four of them, because logs of some sizes have as many as of others.
    for (int i = 0; i < 4; ++i) {
        jan->add(space, "note", "text", "2");
        office.sync(*jan);
        office.sync(office.anna);
        CHECK(must(office.anna->peaks()).empty());
    }
    office.anna.add(space, "note", "text", "3");
    office.sync(office.anna);
    CHECK_FALSE(must(office.anna->peaks()).empty());
}

TEST_CASE("false server: refused work is told, kept, and sent again in the next session", "[session]")
{
    SessionOffice office;
    StoreDevice& anna = office.anna;
    const auto jan = office.join();
    const SpaceId space = office.openCase(anna);
    anna.add(space, "note", "text", "refused");
    office.server->refusing = wire::SegmentRefusal::Malformed;
    office.sync(anna);
    anna.add(space, "note", "text", "behind it");
    office.sync(anna);
    anna.add(office.workspaceSpace, "note", "text", "elsewhere");
    office.server->refusing.reset();
    anna.reopen();
    const store::OutboxCounts told = must(anna->outboxCounts());
    CHECK(told.unsent == 3);
    CHECK(told.refused == 2);
    CHECK(told.refusedWhy == wire::SegmentRefusal::Malformed);

    CHECK(office.sync(anna).counts.confirmed == 3);
    CHECK(must(office.server->store->entries(office.server->workspace(), 1, 2, 1)).size() == 1);
    CHECK(must(anna->outboxCounts()).refused == 0);
    CHECK_FALSE(must(anna->outboxCounts()).refusedWhy);
    office.sync(*jan);
    checkSame(anna, *jan, space);
    checkSound(anna);
}

TEST_CASE(
    "false server: work that was judged by an old members' log is sealed again by a newer one", "[session]")
{
    SessionOffice office;
    StoreDevice& anna = office.anna;
    const SpaceId space = office.openCase(anna);
    anna.add(space, "note", "text", "one");
    office.server->refusing = wire::SegmentRefusal::NotAWriter;
    office.sync(anna);
    anna.add(space, "note", "text", "two");
    office.sync(anna);
    const std::vector<engine::Outgoing> refused = must(anna->outbox(0, 1'000'000));
    REQUIRE(refused.size() == 2);
    // As long as the log stays, so do the bytes.
    office.sync(anna);
    CHECK(must(anna->outbox(0, 1'000'000)).front().segment.head.hash == refused.front().segment.head.hash);

    office.server->refusing.reset();
    const auto jan = office.join();  // Anna's session brings statements and sends.
    const std::uint64_t height = refused.front().segment.head.header.membershipHeight;
    CHECK(must(anna->outboxCounts()).unsent == 0);
    const auto entries = must(office.server->store->entries(office.server->workspace(), 1, 9, 9));
    REQUIRE_FALSE(entries.empty());
    for (const server::LogEntry& entry : entries)
        CHECK(must(ledger::decodeHeader(entry.header)).header.membershipHeight > height);
    office.sync(*jan);
    checkSame(anna, *jan, space);
}

// ---- more than a message holds -------------------------------------------------------------------------

TEST_CASE("false server: a position with more exceptions than it may have goes back for all", "[session]")
{
    SessionOffice office;
    StoreDevice& anna = office.anna;
    const auto jan = office.join();
    const SpaceId space = office.openCase(anna);
    office.sync(*jan);
    REQUIRE((*jan)->position().cursor == 1);
    must((*jan)->storePage({}, 1));
    // Granted lately, all of them: what the tables would hold.
    must(jan->database.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8193) "
        "INSERT INTO space (space, kind, case_space) SELECT CAST(printf('%016d', i) AS BLOB), 3, "
        "zeroblob(16) FROM n"));
    must(jan->database.execute(
        "INSERT INTO space_cursor SELECT id, 0 FROM space ORDER BY id DESC LIMIT 8193"));
    jan->reopen();
    CHECK((*jan)->position().exceptions.empty());
    CHECK((*jan)->position().cursor == 0);
    office.sync(*jan);
    CHECK((*jan)->position().cursor == 1);
    checkSame(anna, *jan, space);

    must(jan->database.execute(
        "INSERT INTO space_cursor SELECT id, 0 FROM space ORDER BY id DESC LIMIT 8192"));
    jan->reopen();
    CHECK((*jan)->position().exceptions.size() == limits::kExceptionsMax);
    CHECK((*jan)->position().cursor == 1);
    office.sync(*jan);
    CHECK((*jan)->position().exceptions.empty());
}

TEST_CASE("false server: a device is removed on the newest head only", "[session]")
{
    SessionOffice office;
    StoreDevice& anna = office.anna;
    const auto jan = office.join();
    const auto ewa = office.join();
    const SpaceId space = office.openCase(anna);
    office.sync(*jan);
    office.sync(*ewa);
    // Anna signs a removal while Jan writes.
    must(anna->queueAct(ledger::RemoveDevice{(*jan)->device()}));
    const std::vector<ledger::SignedStatement> early = must(anna->signDrafts(anna.clock.now()));
    jan->add(space, "note", "text", "before the removal");
    office.sync(*jan);

    Hash exporter{};
    server::PeerMachine peer(*office.server->hub, exporter);
    wire::Open open;
    open.workspace = anna->membership().workspace();
    open.device = anna->device();
    open.position = wire::encode(anna->position());
    open.signature = anna->signProof(wire::proofMessage(exporter, open, anna->position().head));
    (void)peer.received(open, anna.clock.now());
    while (peer.hasPages())
        (void)peer.nextPage(anna.clock.now());
    const auto answer = peer.received(wire::SubmitStatements{early}, anna.clock.now());
    REQUIRE(answer.messages.size() == 1);
    CHECK(
        std::get<wire::StatementsResult>(answer.messages.front()).code
        == wire::StatementsResult::Code::Moved);

    office.sync(anna);
    CHECK_FALSE(anna->membership().find((*jan)->device())->isMember());
    const auto late = office.join();
    for (StoreDevice* device : {&anna, ewa.get(), late.get()}) {
        office.sync(*device);
        CHECK(quarantined(*device) == 0);
        CHECK(must((*device)->records(space, "note")).size() == 1);
    }
}

// ---- two logs ------------------------------------------------------------------------------------------

namespace {

/// From a common beginning on, Anna and Jan are shown different logs; then a segment of Jan's is put into
/// Anna's.
struct SplitOffice : SessionOffice {
    std::unique_ptr<StoreDevice> jan = join();
    SpaceId space = openCase(anna);

    /// @param together  Anna's log grows by two entries at once, so that she never verified a head between.
    void split(bool together)
    {
        sync(*jan);
        const auto twin = this->twin();
        anna.add(space, "note", "text", "only in Anna's log");
        if (together)
            anna.add(workspaceSpace, "note", "text", "this one as well");
        sync(anna);
        jan->add(space, "note", "text", "only in Jan's log");
        const ledger::Segment first = sealedBy(*jan);
        sync(*jan, *twin);
        jan->add(space, "note", "text", "sealed by what Jan has seen");
        server->append(first);
        server->append(sealedBy(*jan));
    }
    std::size_t notes() { return must(anna->records(space, "note")).size(); }
};

}  // namespace

TEST_CASE("false server: two that were shown different logs find out by one segment", "[session]")
{
    const bool together = GENERATE(false, true);
    SplitOffice office;
    StoreDevice& anna = office.anna;
    office.split(together);
    const std::size_t before = must(anna->notices()).size();
    anna.add(office.space, "note", "text", "unsent when it comes out");

    const auto ended = office.trySync(anna);
    REQUIRE(ended.failure);
    CHECK(ended.failure->code == Errc::Damaged);
    CHECK(ended.health == ServerHealth::Forked);
    const auto notices = must(anna->notices());
    REQUIRE(notices.size() == before + 1);
    CHECK(notices.back().text.find((*office.jan)->device().hex()) != std::string::npos);

    // Nothing is lost, work still goes out, and it is said until people have acted.
    CHECK(office.notes() == 4);
    CHECK(must(anna->outboxCounts()).unsent == 0);
    anna.reopen();
    CHECK(office.trySync(anna).health == ServerHealth::Forked);
    CHECK(must(anna->notices()).size() == before + 1);
    checkSound(anna);

    // The office believes the server, and not Jan's device.
    must(anna->queueAct(ledger::RemoveDevice{(*office.jan)->device()}));
    (void)office.trySync(anna);
    CHECK(office.sync(anna).health == ServerHealth::Ok);
}

TEST_CASE("false server: a colleague's older head is proven by the server, in one question", "[session]")
{
    SessionOffice office;
    StoreDevice& anna = office.anna;
    const auto jan = office.join();
    const SpaceId space = office.openCase(anna);
    office.sync(*jan);
    // Jan has seen a head that Anna passes without ever seeing it.
    jan->add(space, "note", "text", "first");
    office.sync(*jan);
    jan->add(space, "note", "text", "second");
    office.sync(*jan);
    const auto ended = office.sync(anna);
    CHECK(ended.counts.roundTrips == 2);
    CHECK(ended.health == ServerHealth::Ok);
    CHECK(must(anna->openClaims({}, 10)).empty());
    CHECK(office.sync(anna).counts.roundTrips == 1);
}

TEST_CASE("false server: a claim to have seen what was not numbered yet accuses at once", "[session]")
{
    SplitOffice office;
    StoreDevice& anna = office.anna;
    office.sync(*office.jan);
    const auto twin = office.twin();
    for (int i = 0; i < 3; ++i) {
        office.jan->add(office.workspaceSpace, "note", "text", "only in Jan's log");
        office.sync(*office.jan, *twin);
    }
    office.jan->add(office.space, "note", "text", "x");
    office.server->append(sealedBy(*office.jan));
    CHECK(office.trySync(anna).health == ServerHealth::Forked);
    CHECK(office.notes() == 1);
}

TEST_CASE("false server: a disputed device is accepted until it claims something new", "[session]")
{
    SplitOffice office;
    StoreDevice& anna = office.anna;
    office.split(false);
    const DeviceId jan = (*office.jan)->device();
    REQUIRE(office.trySync(anna).health == ServerHealth::Forked);
    const std::size_t told = must(anna->notices()).size();
    CHECK(anna->acceptDispute(anna->device()).error().code == Errc::NotFound);
    must(anna->acceptDispute(jan));
    CHECK(anna->acceptDispute(jan).error().code == Errc::NotFound);
    anna.reopen();
    CHECK(office.sync(anna).health == ServerHealth::Ok);
    CHECK(must(anna->notices()).size() == told);

    // The same claim again is no news; another one is.
    const auto append = [&office](std::string_view text) {
        office.jan->add(office.space, "note", "text", text);
        must((*office.jan)->sealAll());
        office.server->append(must((*office.jan)->outbox(0, 1'000'000)).back().segment);
    };
    append("sealed by the same head");
    CHECK(office.sync(anna).health == ServerHealth::Ok);
    ledger::Head other;
    other.tree = {office.server->size(), Hash{1}};
    must((*office.jan)->storeReceipt(other, {}));
    append("sealed by another");
    CHECK(office.trySync(anna).health == ServerHealth::Forked);
    CHECK(must(anna->notices()).size() == told + 1);
    CHECK(must(anna->disputed()) == jan);
}

TEST_CASE("false server: a proof that was not given accuses until it is", "[session]")
{
    SessionOffice office;
    StoreDevice& anna = office.anna;
    const auto jan = office.join();
    const SpaceId space = office.openCase(anna);
    office.sync(*jan);
    for (int note = 0; note < 2; ++note) {
        jan->add(space, "note", "text", "x");
        office.sync(*jan);
    }
    office.server->provesNothing = true;
    for (int again = 0; again < 2; ++again) {
        CHECK(office.trySync(anna).health == ServerHealth::Forked);
        CHECK(must(anna->disputed()) == (*jan)->device());
        anna.reopen();
    }
    office.server->provesNothing = false;
    CHECK(office.sync(anna).health == ServerHealth::Ok);
    CHECK_FALSE(must(anna->disputed()).has_value());
    CHECK(must(anna->openClaims({}, 10)).empty());
}

TEST_CASE("false server: two members' logs come out by one segment", "[session]")
{
    SplitOffice office;
    StoreDevice& anna = office.anna;
    office.sync(*office.jan);
    const auto twin = office.twin();
    const auto invite = [&](StoreDevice& device) {
        must(device->queueAct(ledger::Invite{
            InvitationId::random(device.random), MemberId::random(device.random), ledger::kAllRights,
            device.clock.now() + std::chrono::hours(24)}));
    };
    invite(anna);
    office.sync(anna);
    invite(*office.jan);
    office.sync(*office.jan, *twin);
    office.jan->add(office.space, "note", "text", "x");
    office.server->append(sealedBy(*office.jan));
    CHECK(office.trySync(anna).health == ServerHealth::Forked);
    CHECK(office.notes() == 1);
}

}  // namespace teren::test
