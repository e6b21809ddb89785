// SPDX-License-Identifier: EUPL-1.2
// What a server, or whoever stands in for it, may try. Each attempt ends the session, and nothing of the
// message that failed is stored.
#include "sync/wire/short_receipt.h"
#include "tests/support/catch.h"
#include "tests/support/client_desk.h"

using namespace teren;
using test::ClientDesk;
using State = engine::ClientMachine::State;
using engine::ServerHealth;
using Calls = std::vector<std::string>;

namespace {

/// A desk in the middle of catching up: the honest answer has been taken, the pages are still to come.
struct CatchingUp : ClientDesk {
    explicit CatchingUp(unsigned entries = 3)
    {
        colleagueWrites(entries);
        connect();
        hear(office.answer(0));
        replica.forgetCalls();
    }
};

/// A desk whose one segment is on its way.
struct Uploading : ClientDesk {
    ledger::Segment segment = save();
    Uploading()
    {
        connect();
        hear(wire::Answer{});
        office.append(segment);
    }
};

void flip(Bytes& bytes, std::size_t at)
{
    bytes.at(at) ^= 1;
}

void checkForged(ClientDesk& desk, const wire::ToClient& message, Errc code = Errc::Forged)
{
    CHECK(desk.hear(message) == "hang up");
    CHECK(desk.failure() == code);
    CHECK(desk.machine.state() == State::Offline);
    CHECK(desk.replica.calls.empty());
    CHECK(desk.replica.stored.empty());
    CHECK(desk.replica.confirmed.empty());
}

}  // namespace

// ---- heads ---------------------------------------------------------------------------------------------

TEST_CASE("client machine under attack: a head signed by another key", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(3);
    desk.connect();
    wire::Answer answer = desk.office.answer(0);
    answer.head->signature[0] ^= 1;
    checkForged(desk, answer);
    CHECK(desk.machine.health() == ServerHealth::Unknown);
}

TEST_CASE("client machine under attack: a head of another workspace", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(3);
    desk.connect();
    wire::Answer answer = desk.office.answer(0);
    ledger::Head head = ledger::openHead(*answer.head, desk.office.receiptKey().publicKey()).value();
    head.workspace.bytes[0] ^= 1;
    answer.head = ledger::signHead(head, desk.office.receiptKey());
    checkForged(desk, answer);
}

TEST_CASE("client machine under attack: a grown log that does not hold what we had verified", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(3);
    desk.catchUp();
    desk.replica.position_.head.root[0] ^= 1;
    desk.colleagueWrites(2);
    desk.connect();
    checkForged(desk, desk.office.answer(3));
    CHECK(desk.machine.health() == ServerHealth::Forked);
}

TEST_CASE("client machine under attack: a consistency proof with one bit changed", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(3);
    desk.catchUp();
    desk.colleagueWrites(2);
    desk.connect();
    wire::Answer answer = desk.office.answer(3);
    answer.consistency.at(1)[5] ^= 1;
    checkForged(desk, answer);
    CHECK(desk.machine.health() == ServerHealth::Forked);
}

TEST_CASE("client machine under attack: an older answer, played again", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(2);
    const wire::Answer old = desk.office.answer(0);
    desk.colleagueWrites(3);
    desk.catchUp();
    desk.connect();
    checkForged(desk, old);
    CHECK(desk.machine.health() == ServerHealth::WentBack);
}

TEST_CASE("client machine under attack: another log of the same length", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(3);
    desk.catchUp();
    const wire::Answer shown = desk.office.answer(0);
    desk.replica.position_.head.root[7] ^= 1;
    desk.connect();
    checkForged(desk, shown);
    CHECK(desk.machine.health() == ServerHealth::Forked);
}

TEST_CASE(
    "client machine under attack: a health once bad is good again only by a verified answer", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(3);
    desk.catchUp();
    desk.connect();
    REQUIRE(desk.hear(wire::Refusal{wire::RefusalCode::UnknownHead, {}, 3, 9}) == "compare 0");
    REQUIRE(desk.machine.health() == ServerHealth::Forked);
    desk.machine.lost(desk.now);
    desk.wake();
    desk.machine.lost(desk.now);
    CHECK(desk.machine.health() == ServerHealth::Forked);
    desk.connect();
    desk.hear(wire::Answer{});
    CHECK(desk.machine.health() == ServerHealth::Ok);
}

TEST_CASE("client machine under attack: a statement that its signer did not sign", "[engine]")
{
    ClientDesk desk;
    desk.connect();
    ledger::SignedStatement statement
        = desk.office.sign(desk.office.colleague(), {ledger::RemoveDevice{desk.office.founder().id}});
    statement.signature[3] ^= 1;
    wire::Answer answer;
    answer.statements = {statement};
    CHECK(desk.hear(answer) == "hang up");
    CHECK(desk.failure() == Errc::Forged);
    CHECK(desk.replica.membership().height() == 2);
}

// ---- pages ---------------------------------------------------------------------------------------------

TEST_CASE("client machine under attack: a page whose proof has one bit changed", "[engine]")
{
    CatchingUp desk;
    wire::Page page = desk.office.page(0, 2);
    page.proof.at(0)[0] ^= 1;
    checkForged(desk, page);
}

TEST_CASE("client machine under attack: a page without its proof", "[engine]")
{
    CatchingUp desk;
    wire::Page page = desk.office.page(0, 2);
    page.proof.clear();
    checkForged(desk, page);
}

TEST_CASE("client machine under attack: an entry under another number", "[engine]")
{
    CatchingUp desk;
    wire::Page page = desk.office.page(0, 2);
    page.entries.erase(page.entries.begin());
    page.entries.front().number = 1;
    checkForged(desk, page);
}

TEST_CASE("client machine under attack: numbers outside the log or out of order", "[engine]")
{
    CatchingUp desk;
    wire::Page page = desk.office.page(0, 3);
    SECTION("zero")
    {
        page.entries.at(0).number = 0;
        checkForged(desk, page);
    }
    SECTION("past the end")
    {
        page.entries.at(2).number = 4;
        checkForged(desk, page);
    }
    SECTION("descending")
    {
        std::swap(page.entries.at(0), page.entries.at(1));
        checkForged(desk, page, Errc::Malformed);
    }
    SECTION("repeated")
    {
        page.entries.at(1) = page.entries.at(0);
        checkForged(desk, page, Errc::Malformed);
    }
    SECTION("a cursor past the end")
    {
        page.cursor = 4;
        checkForged(desk, page);
    }
}

TEST_CASE("client machine under attack: a body with one bit changed", "[engine]")
{
    const std::size_t at = GENERATE(0U, 100U, 199U);
    CatchingUp desk;
    wire::Page page = desk.office.page(0, 3);
    flip(page.entries.at(1).data, at);
    checkForged(desk, page);
}

TEST_CASE("client machine under attack: a body that is too long, has a gap, or never ends", "[engine]")
{
    CatchingUp desk;
    wire::Page page = desk.office.page(0, 3);
    SECTION("too long")
    {
        page.entries.at(2).data.push_back(0);
        checkForged(desk, page);
    }
    SECTION("a gap")
    {
        page.entries.at(0).offset = 1;
        checkForged(desk, page, Errc::Malformed);
    }
    SECTION("the next entry begins inside it")
    {
        page.entries.at(0).data.pop_back();
        checkForged(desk, page, Errc::Malformed);
    }
    SECTION("the last page ends inside it")
    {
        page.entries.at(2).data.pop_back();
        checkForged(desk, page, Errc::Malformed);
    }
    SECTION("a continuation of nothing")
    {
        page.entries.insert(page.entries.begin(), wire::Entry{1, {}, 0, Bytes(10)});
        checkForged(desk, page, Errc::Malformed);
    }
}

TEST_CASE("client machine under attack: an entry that the log proves and its author did not sign", "[engine]")
{
    ClientDesk desk;
    ledger::Segment segment = desk.office.write(desk.office.colleague());
    SECTION("signed by someone else in the author's name")
    {
        segment = desk.office.sealed(segment.head.header, desk.office.founder().key, 100);
    }
    SECTION("the signature of another header")
    {
        Bytes bytes = segment.head.bytes;
        flip(bytes, ledger::SegmentHeader::kSize);
        segment.head = ledger::decodeHeader(bytes).value();
    }
    SECTION("by a device that was never admitted")
    {
        const test::Laptop stranger = test::Laptop::make(desk.office.random());
        ledger::SegmentHeader header = segment.head.header;
        header.device = stranger.id;
        segment = desk.office.sealed(header, stranger.key, 100);
    }
    SECTION("for another workspace")
    {
        ledger::SegmentHeader header = segment.head.header;
        header.workspace.bytes[0] ^= 1;
        segment = desk.office.sealed(header, desk.office.colleague().key, 100);
    }
    desk.office.append(segment);
    desk.connect();
    desk.hear(desk.office.answer(0));
    desk.replica.forgetCalls();
    checkForged(desk, desk.office.page(0, 1));
}

TEST_CASE("client machine under attack: another body for a beginning that was kept", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(2, 100);
    const wire::Page whole = desk.office.page(0, 2);
    const auto& data = whole.entries.front().data;
    REQUIRE(
        desk.replica.storePartial({1, whole.entries.front().header, Bytes(data.begin(), data.begin() + 40)}));
    desk.connect();
    desk.hear(desk.office.answer(0));
    desk.replica.forgetCalls();
    wire::Page page = whole;
    page.entries.front().offset = 40;
    page.entries.front().data.assign(60, 0);
    checkForged(desk, page);
}

TEST_CASE("client machine under attack: promised entries that never come", "[engine]")
{
    CatchingUp desk;
    wire::Page empty;
    empty.last = true;
    unsigned refreshes = 0;
    while (desk.hear(empty) == "refresh" && ++refreshes < 100)
        desk.hear(desk.office.pagesFollow());
    CHECK(refreshes == engine::ClientMachine::kRetriesMax);
    CHECK(desk.machine.state() == State::Offline);
    CHECK(desk.failure() == Errc::Malformed);
}

TEST_CASE("client machine: news that came unasked is no answer without what it promised", "[engine]")
{
    CatchingUp desk;
    wire::Page empty;
    empty.last = true;
    // Each crosses the question that is on its way.
    for (unsigned i = 0; i < 3 * engine::ClientMachine::kRetriesMax; ++i) {
        REQUIRE(desk.hear(empty) == "refresh");
        wire::Answer news = desk.office.pagesFollow();
        news.applied.emplace_back();
        desk.hear(news);
    }
    CHECK(desk.machine.state() == State::CatchingUp);
}

// ---- receipts ------------------------------------------------------------------------------------------

TEST_CASE("client machine under attack: a receipt that proves nothing, whole or short", "[engine]")
{
    Uploading desk;
    wire::Receipt receipt = desk.office.receipt(0);
    const bool isShort = GENERATE(false, true);
    if (isShort)
        REQUIRE(wire::shorten(receipt, 0, desk.office.size()));
    REQUIRE(wire::isShort(receipt) == isShort);
    SECTION("as it is, it is taken")
    {
        REQUIRE(desk.hear(receipt) == "");
        CHECK(desk.machine.counts().confirmed == 1);
        CHECK(desk.replica.position_.head == desk.office.tree(desk.office.size()));
    }
    SECTION("head signed by another key")
    {
        receipt.head.signature[1] ^= 1;
        checkForged(desk, receipt);
    }
    SECTION("an entry under another number")
    {
        receipt.entries.front().number = 2;
        checkForged(desk, receipt);
    }
    SECTION("number zero")
    {
        receipt.entries.front().number = 0;
        checkForged(desk, receipt);
    }
    SECTION("a segment that was not sent")
    {
        receipt.entries.front().segment[0] ^= 1;
        checkForged(desk, receipt);
    }
    SECTION("a hash that proves nothing")
    {
        receipt.proof.push_back({});
        checkForged(desk, receipt);
    }
    SECTION("no entry at all")
    {
        receipt.entries.clear();
        checkForged(desk, receipt, isShort ? Errc::Forged : Errc::Malformed);
    }
}

TEST_CASE("client machine under attack: a receipt without the entry in the log", "[engine]")
{
    ClientDesk desk;
    const ledger::Segment segment = desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    desk.colleagueWrites(1);
    wire::Receipt receipt = desk.office.receipt(0);
    receipt.entries.front().segment = segment.head.hash;
    checkForged(desk, receipt);
}

TEST_CASE("client machine under attack: a receipt from a log that is not the one we verified", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(2);
    desk.catchUp();
    desk.replica.position_.head.root[0] ^= 1;
    const ledger::Segment segment = desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    desk.office.append(segment);
    wire::Receipt receipt = desk.office.receipt(2);
    const bool isShort = GENERATE(false, true);
    if (isShort)
        REQUIRE(wire::shorten(receipt, 2, 3));
    checkForged(desk, receipt);
    if (!isShort)
        CHECK(desk.machine.health() == ServerHealth::Forked);
}

TEST_CASE("client machine under attack: a refusal of what was not sent", "[engine]")
{
    Uploading desk;
    checkForged(desk, wire::SegmentRefused{{}, wire::SegmentRefusal::Malformed}, Errc::Malformed);
    CHECK(desk.replica.refused.empty());
}

TEST_CASE("client machine under attack: a question about a header that was not sent short", "[engine]")
{
    ClientDesk desk;
    desk.save();
    desk.save(20'000);
    desk.connect();
    wire::Answer answer;
    answer.version = 3;
    desk.hear(answer);
    const wire::NeedWhole needed{desk.sent<wire::PutSegment>().shortHeader->name()};
    desk.replica.forgetCalls();
    SECTION("nor at all")
    {
        checkForged(desk, wire::NeedWhole{}, Errc::Malformed);
    }
    SECTION("by its hash")
    {
        checkForged(desk, wire::NeedWhole{desk.replica.unsent.front().head.hash}, Errc::Malformed);
    }
    SECTION("twice")
    {
        REQUIRE(desk.hear(needed) == "");
        desk.replica.forgetCalls();
        checkForged(desk, needed, Errc::Malformed);
    }
    SECTION("after it has been sent whole")
    {
        REQUIRE(desk.hear(needed) == "");
        const wire::SegmentRefused gap{desk.replica.unsent[1].head.hash, wire::SegmentRefusal::Gap};
        REQUIRE(desk.hear(gap).starts_with("put 0+200"));
        desk.replica.forgetCalls();
        checkForged(desk, needed, Errc::Malformed);
    }
    SECTION("after its receipt")
    {
        desk.office.append(desk.replica.unsent.front());
        REQUIRE(desk.hear(desk.office.receipt(0)) == "");
        CHECK(desk.hear(needed) == "hang up");
        CHECK(desk.failure() == Errc::Malformed);
    }
    CHECK(desk.replica.refused.empty());
}

/// A desk whose second segment is on its way, with what it knows of the log before.
struct KnowingPeaks : ClientDesk {
    KnowingPeaks()
    {
        colleagueWrites(2);
        catchUp();
        const auto put = [&] {
            save();
            if (machine.state() == State::Offline)
                connect();
            else
                did(machine.localChange(now));
            wire::Answer answer;
            answer.version = 3;
            hear(answer);
            office.append(replica.unsent.back());
        };
        put();
        wire::Receipt receipt = office.receipt(2);
        REQUIRE(wire::shorten(receipt, 2, 3));
        hear(receipt);
        REQUIRE(machine.state() == State::Settled);
        put();
        replica.confirmed.clear();
        replica.forgetCalls();
    }
    wire::Receipt shortest() const
    {
        wire::Receipt receipt = office.receipt(3);
        REQUIRE(wire::shorten(receipt, 3, 4, 3));
        REQUIRE(receipt.proof.empty());
        return receipt;
    }
};

TEST_CASE("client machine under attack: the shortest receipt for something else", "[engine]")
{
    KnowingPeaks desk;
    wire::Receipt receipt = desk.shortest();
    SECTION("as it is, it is taken")
    {
        REQUIRE(desk.hear(receipt) == "");
        CHECK(desk.replica.position_.head == desk.office.tree());
        return;
    }
    SECTION("for what was confirmed before")
    {
        receipt.entries.front().segment = desk.replica.unsent.front().head.hash;
    }
    SECTION("under another number")
    {
        receipt.entries.front().number = 5;
    }
    SECTION("in another log")
    {
        desk.colleagueWrites(1);
        receipt.head = desk.office.receipt(3).head;
        receipt.head.body = ledger::shortBody(receipt.head.body).value();
        receipt.entries.push_back({5, desk.replica.unsent.back().head.hash});
    }
    SECTION("with the peaks of another")
    {
        receipt.proof = desk.office.inclusion({3, 4});
    }
    SECTION("signed by another key")
    {
        receipt.head.signature[0] ^= 1;
    }
    checkForged(desk, receipt);
}

TEST_CASE("client machine under attack: the shortest receipt to one who knows nothing of the log", "[engine]")
{
    KnowingPeaks desk;
    const wire::Receipt receipt = desk.shortest();
    desk.machine.lost(desk.now);
    desk.replica.peaks_.clear();
    desk.connect();
    wire::Answer answer;
    answer.version = 3;
    desk.hear(answer);
    CHECK(desk.sent<wire::PutSegment>().peaksOf == 0);
    checkForged(desk, receipt);
}

TEST_CASE("client machine under attack: one receipt twice", "[engine]")
{
    Uploading desk;
    const wire::Receipt receipt = desk.office.receipt(0);
    REQUIRE(desk.hear(receipt) == "");
    CHECK(desk.hear(receipt) == "hang up");
    CHECK(desk.machine.counts().confirmed == 1);
}

// ---- turns ---------------------------------------------------------------------------------------------

TEST_CASE("client machine under attack: words out of turn", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(1);
    const auto outOfTurn = [&desk](const wire::ToClient& message) {
        CHECK(desk.hear(message) == "hang up");
        CHECK(desk.failure() == Errc::Malformed);
    };
    const std::vector<wire::ToClient> never{
        wire::ServerInfo{}, wire::WorkspaceCreated{}, wire::GenesisReply{}, wire::JoinTaken{},
        wire::JoinRequests{}};
    const std::vector<wire::ToClient> notYet{
        desk.office.page(0, 1), desk.office.receipt(0), wire::StatementsResult{}, wire::SegmentRefused{}};
    SECTION("before the first answer")
    {
        for (const wire::ToClient& message : notYet) {
            desk.connect();
            outOfTurn(message);
        }
        for (const wire::ToClient& message : never) {
            desk.connect();
            outOfTurn(message);
        }
    }
    SECTION("in a settled session")
    {
        desk.catchUp();
        for (const wire::ToClient& message : notYet) {
            desk.connect();
            desk.hear(wire::Answer{});
            REQUIRE(desk.machine.state() == State::Settled);
            outOfTurn(message);
        }
        for (const wire::ToClient& message : never) {
            desk.connect();
            desk.hear(wire::Answer{});
            outOfTurn(message);
        }
    }
}

// ---- what colleagues have seen -------------------------------------------------------------------------

TEST_CASE(
    "client machine under attack: an entry made under statements that the server holds back", "[engine]")
{
    CatchingUp desk(1);
    ledger::SegmentHeader header = desk.office.write(desk.office.colleague()).head.header;
    header.membershipHeight += 1;
    desk.office.append(desk.office.sealed(header, desk.office.colleague().key, 100));
    desk.machine.lost(desk.now);
    desk.connect();
    desk.hear(desk.office.answer(1));
    desk.replica.forgetCalls();
    checkForged(desk, desk.office.page(1, 2));
}

TEST_CASE("client machine: a colleague's head is compared before anything of ours goes out", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(5);
    desk.catchUp();
    desk.save();
    desk.replica.claims = {{desk.office.colleague().id, desk.office.tree(3)}};
    desk.connect();
    CHECK(desk.hear(wire::Answer{}) == "compare 1");
    CHECK(desk.machine.state() == State::Comparing);
    CHECK(desk.sent<wire::ConsistencyQuery>().treeSizes == std::vector<std::uint64_t>{3});

    SECTION("a past state of the log")
    {
        CHECK(desk.hear(wire::Consistency{{{3, desk.office.consistency(3, 5)}}}).starts_with("put"));
        CHECK_FALSE(desk.replica.differ);
    }
    SECTION("news meanwhile moves the head that the proof is for")
    {
        desk.colleagueWrites(1);
        CHECK(desk.hear(desk.office.answer(5)) == "");
        CHECK(desk.hear(wire::Consistency{{{3, desk.office.consistency(3, 6)}}}).starts_with("put"));
        CHECK_FALSE(desk.replica.differ);
    }
    SECTION("no proof: work goes out all the same, and the session does not end well")
    {
        const ledger::Segment segment = desk.replica.unsealed.front();
        CHECK(desk.hear(wire::Consistency{{{3, desk.office.consistency(2, 5)}}}).starts_with("put"));
        CHECK(desk.replica.differ);
        desk.office.append(segment);
        CHECK(desk.hear(desk.office.receipt(5)) == "hang up");
        CHECK(desk.replica.confirmed.size() == 1);
        CHECK(desk.machine.health() == ServerHealth::Forked);
        CHECK(desk.failure() == Errc::Damaged);

        // It is asked again each time, at the pace of one who stays, until there is a proof.
        for (int again = 0; again < 12; ++again) {
            const auto wait = desk.machine.wakeAt() - desk.now;
            REQUIRE(wait >= engine::ClientMachine::kPollEvery / 2);
            REQUIRE(wait <= engine::ClientMachine::kPollEvery);
            desk.connect();
            REQUIRE(desk.hear(wire::Answer{}) == "compare 1");
            REQUIRE(desk.hear(wire::Consistency{{{3, {}}}}) == "hang up");
        }
        desk.connect();
        REQUIRE(desk.hear(wire::Answer{}) == "compare 1");
        CHECK(desk.hear(wire::Consistency{{{3, desk.office.consistency(3, 6)}}}) == "");
        CHECK(desk.machine.state() == State::Settled);
        CHECK(desk.machine.health() == ServerHealth::Ok);
    }
    SECTION("an answer to another question")
    {
        const wire::Consistency::PastHead other{4, desk.office.consistency(4, 5)};
        desk.replica.forgetCalls();
        checkForged(
            desk,
            wire::Consistency{GENERATE_COPY(
                std::vector<wire::Consistency::PastHead>{}, std::vector{other}, std::vector{other, other})},
            Errc::Malformed);
        CHECK_FALSE(desk.replica.differ);
    }
}

TEST_CASE("client machine: what something waits for is asked for before anything else", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(3);
    desk.catchUp();
    desk.replica.lacking = true;
    desk.connect();
    CHECK(desk.hear(wire::Answer{}) == "refresh");
    CHECK(desk.hear(wire::Answer{}) == "");
    CHECK(desk.machine.state() == State::Settled);
}

TEST_CASE("client machine: each refusal of a session says what a person can do", "[engine]")
{
    using enum wire::RefusalCode;
    const auto [code, errc] = GENERATE(table<wire::RefusalCode, Errc>({
        {Malformed, Errc::Malformed},
        {Version, Errc::TooNew},
        {UnknownWorkspace, Errc::NotFound},
        {NotAMember, Errc::Refused},
        {BadProof, Errc::Forged},
        {UnknownMembership, Errc::Damaged},
        {OutOfTurn, Errc::Malformed},
        {Limit, Errc::LimitExceeded},
        {NoRoom, Errc::DiskFull},
        {Internal, Errc::Unreachable},
    }));
    ClientDesk desk;
    desk.connect();
    CHECK(desk.hear(wire::Refusal{code, {}, 0}) == "hang up");
    CHECK(desk.failure() == errc);
    CHECK(desk.replica.calls.empty());
    CHECK(desk.machine.wakeAt() > desk.now);
}

TEST_CASE("client machine under attack: a header that promises more than any segment may hold", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(2);
    desk.connect();
    desk.hear(desk.office.answer(0));
    desk.replica.forgetCalls();
    wire::Page page = desk.office.page(0, 2);
    page.entries.front().header.at(168) ^= 0xAA;  // The highest byte of the body's size.
    checkForged(desk, page);
    CHECK(desk.machine.failure()->detail.find("put the server right") != std::string::npos);
    CHECK(desk.machine.health() == ServerHealth::Unreachable);
}

TEST_CASE("client machine: a server whose store fails is no longer called well", "[engine]")
{
    ClientDesk desk;
    desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    REQUIRE(desk.machine.health() == ServerHealth::Ok);
    CHECK(desk.hear(wire::Refusal{wire::RefusalCode::Internal, {}, 0}) == "hang up");
    CHECK(desk.machine.health() == ServerHealth::Unreachable);
    CHECK(desk.failure() == Errc::Unreachable);
}

TEST_CASE("client machine: a server that does not know our log went back or forked", "[engine]")
{
    const auto [size, health] = GENERATE(table<std::uint64_t, ServerHealth>(
        {{2, ServerHealth::WentBack}, {3, ServerHealth::Forked}, {9, ServerHealth::Forked}}));
    ClientDesk desk;
    desk.colleagueWrites(3);
    desk.catchUp();
    desk.connect();
    desk.hear(wire::Refusal{wire::RefusalCode::UnknownHead, {}, size, 1});
    CHECK(desk.machine.health() == health);
    CHECK(desk.machine.state() == State::Returning);
    CHECK(desk.replica.position_.head.size == 3);
    CHECK(desk.replica.calls.empty());
}

namespace {

/// Knows the heads of `kept` of five entries; the server has gone back to fewer.
struct Returning : ClientDesk {
    Returning()
    {
        colleagueWrites(2);
        replica.heads.push_back(office.tree());
        colleagueWrites(1);
        replica.heads.push_back(office.tree());
        before = office.tree();
        colleagueWrites(2);
        catchUp();
        lost = office.tree();
        replica.heads.push_back(lost);
        replica.forgetCalls();
        connect();
    }
    /// What a server that has no more than three entries answers.
    wire::Consistency shown(const std::vector<std::uint64_t>& sizes) const
    {
        wire::Consistency reply;
        for (const std::uint64_t size : sizes)
            reply.heads.push_back({size, office.consistency(size, before.size)});
        const WorkspaceId workspace = office.membership().workspace();
        reply.head = ledger::signHead({workspace, 2, before, 0, now}, office.receiptKey());
        return reply;
    }
    std::uint64_t height() const { return office.membership().height(); }
    ledger::TreeHead before;
    ledger::TreeHead lost;
};

}  // namespace

TEST_CASE("client machine: it goes back with the server, by a proof, and then asks on", "[engine]")
{
    Returning desk;
    CHECK(desk.hear(wire::Refusal{wire::RefusalCode::UnknownHead, {}, 3, desk.height()}) == "compare 2");
    CHECK(desk.sent<wire::ConsistencyQuery>().treeSizes == std::vector<std::uint64_t>{2, 3});
    CHECK(desk.hear(desk.shown({2, 3})) == "refresh");
    CHECK(
        desk.replica.calls
        == std::vector<std::string>{"back to 3 of 3 at height " + std::to_string(desk.height())});
    CHECK(desk.sent<wire::Refresh>().position.head == desk.before);
    CHECK(desk.hear(wire::Answer{}) == "");
    CHECK(desk.machine.health() == ServerHealth::Ok);
}

TEST_CASE("client machine: a refusal that news have overtaken is for the next session", "[engine]")
{
    const auto code = GENERATE(wire::RefusalCode::UnknownHead, wire::RefusalCode::UnknownMembership);
    Returning desk;
    desk.hear(wire::Answer{});
    REQUIRE(desk.machine.state() == State::Settled);
    const bool hasWork = GENERATE(false, true);
    if (hasWork)
        desk.save();
    SECTION("to a question")
    {
        REQUIRE(desk.did(desk.machine.syncNow(desk.now)) == "refresh");
        // Somebody's word about what they have applied, from before the question came: nothing else is new.
        desk.hear(wire::Answer{});
        CHECK(desk.machine.state() == (hasWork ? State::Uploading : State::Settled));
        CHECK(desk.hear(wire::Refusal{code, {}, 3, desk.height()}) == "hang up");
        CHECK(desk.failure() == Errc::Busy);
        CHECK(desk.machine.health() == ServerHealth::Ok);

        CHECK(desk.connect() == "open");
        CHECK(desk.hear(wire::Refusal{wire::RefusalCode::UnknownHead, {}, 3, desk.height()}) == "compare 2");
    }
    SECTION("to two questions, of which the second is not awaited any more either")
    {
        REQUIRE(desk.did(desk.machine.syncNow(desk.now)) == "refresh");
        desk.hear(wire::Refusal{wire::RefusalCode::UnknownHead, {}, 3, desk.height()});
        REQUIRE(desk.machine.state() == State::Returning);
        CHECK(desk.hear(wire::Refusal{code, {}, 3, desk.height()}) == "hang up");
        CHECK(desk.failure() == Errc::Busy);
    }
    SECTION("to no question")
    {
        CHECK(desk.hear(wire::Refusal{code, {}, 3, desk.height()}) == "hang up");
        CHECK(desk.failure() == Errc::Malformed);
    }
}

TEST_CASE("client machine under attack: it goes nowhere without a proof", "[engine]")
{
    Returning desk;
    desk.hear(wire::Refusal{wire::RefusalCode::UnknownHead, {}, 3, desk.height()});
    wire::Consistency reply = desk.shown({2, 3});
    SECTION("a head that the server did not sign")
    {
        reply.head->signature[3] ^= 1;
        checkForged(desk, reply);
    }
    SECTION("a head of another workspace")
    {
        ledger::Head head = ledger::openHead(*reply.head, desk.office.receiptKey().publicKey()).value();
        head.workspace.bytes[0] ^= 1;
        reply.head = ledger::signHead(head, desk.office.receiptKey());
        checkForged(desk, reply);
    }
    SECTION("no head")
    {
        reply.head.reset();
        checkForged(desk, reply, Errc::Malformed);
    }
    SECTION("proofs of other sizes, or fewer")
    {
        if (GENERATE(true, false))
            reply.heads.pop_back();
        else
            reply.heads.front().treeSize = 1;
        checkForged(desk, reply, Errc::Malformed);
    }
    SECTION("pages, receipts, answers before it has gone back")
    {
        checkForged(desk, desk.office.answer(3), Errc::Malformed);
    }
    SECTION("the newer one is not proven: the older one it is")
    {
        reply.heads.back().proof.push_back(Hash{});
        CHECK(desk.hear(reply) == "refresh");
        CHECK(desk.replica.position_.head.size == 2);
    }
    SECTION("none is proven: an empty log is a past state of any")
    {
        for (auto& head : reply.heads)
            head.proof.push_back(Hash{});
        CHECK(desk.hear(reply) == "refresh");
        CHECK(desk.replica.position_.head.size == 0);
    }
}

TEST_CASE("client machine under attack: a server cannot lead it back for ever", "[engine]")
{
    Returning desk;
    std::string answer = desk.hear(wire::Refusal{wire::RefusalCode::UnknownHead, {}, 3, desk.height()});
    for (int i = 0; i < 10 && desk.machine.state() == State::Returning; ++i) {
        const auto sizes = desk.sent<wire::ConsistencyQuery>().treeSizes;
        if (desk.hear(desk.shown(sizes)) == "refresh")
            desk.hear(wire::Refusal{wire::RefusalCode::UnknownHead, {}, 3, desk.height()});
    }
    CHECK(desk.machine.state() == State::Offline);
}

TEST_CASE("client machine: a forked entry of another's starts no new life", "[engine]")
{
    ClientDesk desk;
    const ledger::Segment foreign
        = desk.replica.unsent.emplace_back(desk.office.write(desk.office.colleague(), 200));
    desk.connect();
    REQUIRE(desk.hear(wire::Answer{}).starts_with("put"));
    desk.hear(wire::SegmentRefused{foreign.head.hash, wire::SegmentRefusal::Forked});
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.refused.contains(foreign.head.hash));
    CHECK(desk.replica.replaced.empty());
}
