// SPDX-License-Identifier: EUPL-1.2
// Sessions as they go well, step by step. What a server may do wrong: client_machine_attack_test.cpp.
#include "crypto/base/limits.h"
#include "sync/wire/short_receipt.h"
#include "tests/support/catch.h"
#include "tests/support/client_desk.h"

using namespace teren;
using namespace std::chrono_literals;
using test::ClientDesk;
using State = engine::ClientMachine::State;
using engine::ServerHealth;
using Calls = std::vector<std::string>;

namespace {

wire::SegmentRefused refusal(const ledger::Segment& segment, wire::SegmentRefusal code)
{
    return {segment.head.hash, code};
}

/// Nothing new, in a version of the protocol.
wire::Answer answerIn(std::uint32_t version)
{
    wire::Answer answer;
    answer.version = version;
    return answer;
}

}  // namespace

// ---- opening -------------------------------------------------------------------------------------------

TEST_CASE("client machine: a new one connects when first woken", "[engine]")
{
    ClientDesk desk;
    CHECK(desk.machine.state() == State::Offline);
    CHECK(desk.machine.health() == ServerHealth::Unknown);
    CHECK(desk.wake() == "connect");
    CHECK(desk.machine.state() == State::Connecting);
}

TEST_CASE("client machine: the opening proves the device on this very connection", "[engine]")
{
    ClientDesk desk;
    desk.exporter.fill(9);
    REQUIRE(desk.connect() == "open");
    const auto& open = desk.sent<wire::Open>();
    CHECK(open.workspace == desk.office.membership().workspace());
    CHECK(open.device == desk.office.founder().id);
    CHECK(open.versions == wire::VersionRange{});
    CHECK(wire::decodePosition(open.position).value() == desk.replica.position());
    const VerifyKey key = desk.office.founder().key.publicKey();
    const ledger::TreeHead head = desk.replica.position_.head;
    CHECK(verify(key, "teren.proof.v1", wire::proofMessage(desk.exporter, open, head), open.signature));
    Hash other = desk.exporter;
    other[0] ^= 1;
    CHECK_FALSE(verify(key, "teren.proof.v1", wire::proofMessage(other, open, head), open.signature));
}

TEST_CASE("client machine: nothing new is one question and one answer", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(3);
    desk.catchUp();
    CHECK(desk.connect() == "open");
    CHECK(desk.hear(wire::Answer{}) == "");
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.machine.health() == ServerHealth::Ok);
    CHECK(desk.machine.counts().roundTrips == 1);
    CHECK(desk.replica.calls == Calls{"contact"});
    CHECK_FALSE(desk.machine.failure());
}

TEST_CASE("client machine: an answer in a version that was not offered ends the session", "[engine]")
{
    const std::uint32_t version = GENERATE(0U, wire::kNewestVersion + 1);
    ClientDesk desk;
    desk.connect();
    wire::Answer answer;
    answer.version = version;
    CHECK(desk.hear(answer) == "hang up");
    CHECK(desk.failure() == Errc::TooNew);
}

// ---- catching up ---------------------------------------------------------------------------------------

TEST_CASE("client machine: entries arrive in pages, the head first", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(5);
    desk.connect();
    CHECK(desk.hear(desk.office.answer(0)) == "");
    CHECK(desk.machine.state() == State::CatchingUp);
    CHECK(desk.hear(desk.office.page(0, 2)) == "");
    CHECK(desk.machine.state() == State::CatchingUp);
    CHECK(desk.hear(desk.office.page(2, 5)) == "");
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.calls == Calls{"head 5", "page of 2 to 2", "page of 3 to 5", "contact"});
    CHECK(desk.machine.counts().received == 5);
    CHECK(desk.machine.counts().roundTrips == 1);
    CHECK(desk.replica.stored.at(4).verdict == ledger::Membership::Verdict::Accepted);
}

TEST_CASE("client machine: a head known from before leads to the pages that are still missing", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(5);
    desk.replica.position_.head = desk.office.tree();
    desk.replica.position_.cursor = 3;
    desk.connect();
    CHECK(desk.hear(desk.office.pagesFollow()) == "");
    CHECK(desk.machine.state() == State::CatchingUp);
    desk.hear(desk.office.page(3, 5));
    CHECK(desk.machine.state() == State::Settled);
}

TEST_CASE("client machine: what comes ahead of the cursor is not asked for again", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(5);
    desk.connect();
    desk.hear(desk.office.answer(0));
    wire::Page page = desk.office.page(2, 4);
    page.cursor = 1;
    CHECK(desk.hear(page) == "");
    CHECK(desk.machine.state() == State::CatchingUp);
    const std::vector<wire::Position::SpaceCursor> ahead{{desk.office.space(), 4}};
    CHECK(desk.replica.position().cursor == 1);
    CHECK(desk.replica.position().exceptions == ahead);

    desk.did(desk.machine.lost(desk.now));
    desk.connect();
    const wire::Position asked = wire::decodePosition(desk.sent<wire::Open>().position).value();
    CHECK(asked.cursor == 1);
    CHECK(asked.exceptions == ahead);
    desk.hear(desk.office.pagesFollow());
    desk.hear(desk.office.page(4, 5));
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.position().exceptions.empty());
}

TEST_CASE("client machine: the beginning of a body that comes ahead moves nothing", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(2);
    desk.connect();
    desk.hear(desk.office.answer(0));
    wire::Page page = desk.office.page(1, 2);
    page.entries.front().data.resize(100);
    page.cursor = 0;
    page.last = false;
    CHECK(desk.hear(page) == "");
    CHECK(desk.replica.position().exceptions.empty());
    CHECK(desk.replica.position().cursor == 0);
}

TEST_CASE("client machine: membership is applied before anything else of the answer", "[engine]")
{
    ClientDesk desk;
    const auto invite = [&desk] {
        return desk.office.sign(
            desk.office.founder(),
            {ledger::Invite{InvitationId::random(desk.office.random()), {}, ledger::ReadInternal, {}}});
    };
    desk.office.take(invite());
    desk.office.take(invite());
    desk.colleagueWrites(1);
    desk.save();
    desk.connect();
    wire::Answer first;
    first.statements = {desk.office.statements().at(2)};
    first.moreStatements = true;
    CHECK(desk.hear(first) == "refresh");
    CHECK(desk.sent<wire::Refresh>().position.membershipHeight == 3);
    CHECK(desk.replica.unsealed.size() == 1);
    wire::Answer second = desk.office.answer(0);
    second.statements = {desk.office.statements().at(3)};
    CHECK(desk.hear(second) == "put 0+200");
    desk.hear(desk.office.page(0, 1));
    CHECK(desk.replica.calls == Calls{"statements 1", "statements 1", "head 1", "page of 1 to 1"});
    CHECK(desk.replica.unsealed.empty());
    CHECK(desk.machine.counts().roundTrips == 3);
}

TEST_CASE("client machine: statements that come by themselves are waited for, not asked for", "[engine]")
{
    ClientDesk desk;
    for (int i = 0; i < 3; ++i)
        desk.office.take(desk.office.sign(
            desk.office.founder(),
            {ledger::Invite{InvitationId::random(desk.office.random()), {}, ledger::ReadInternal, {}}}));
    desk.colleagueWrites(1);
    desk.save();
    desk.connect();
    const auto part = [&](std::size_t at) {
        wire::Answer answer;
        answer.statements = {desk.office.statements().at(at)};
        answer.moreStatements = true;
        answer.features = wire::kSendsAllStatements;
        return answer;
    };
    CHECK(desk.hear(part(2)) == "");
    wire::Answer none = part(3);
    none.statements.clear();
    SECTION("and a server that only promises them is no server")
    {
        CHECK(desk.hear(none).starts_with("hang up"));
        return;
    }
    CHECK(desk.hear(part(3)) == "");
    CHECK(desk.replica.unsealed.size() == 1);
    wire::Answer last = desk.office.answer(0);
    last.statements = {desk.office.statements().at(4)};
    CHECK(desk.hear(last) == "put 0+200");
    desk.hear(desk.office.page(0, 1));
    CHECK(
        desk.replica.calls
        == Calls{"statements 1", "statements 1", "statements 1", "head 1", "page of 1 to 1"});
    CHECK(desk.machine.counts().roundTrips == 2);
}

TEST_CASE("client machine: a body in parts is whole before it is stored, each part is kept", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(1, 100);
    const wire::Page whole = desk.office.page(0, 1);
    const auto part = [&](std::uint32_t from, std::uint32_t to, bool header) {
        const wire::Entry& entry = whole.entries.front();
        wire::Page page;
        page.entries = {{1, header ? entry.header : Bytes{}, from, {}}};
        page.entries.front().data.assign(entry.data.begin() + from, entry.data.begin() + to);
        if (header)
            page.proof = whole.proof;
        page.last = to == entry.data.size();
        page.cursor = page.last ? 1 : 0;
        return page;
    };
    desk.connect();
    desk.hear(desk.office.answer(0));
    desk.hear(part(0, 30, true));
    desk.hear(part(30, 60, false));
    REQUIRE(
        desk.replica.calls
        == Calls{"head 1", "page of 0 to 0", "partial 1 30", "page of 0 to 0", "partial 1 60"});

    SECTION("in one session")
    {
        desk.hear(part(60, 100, false));
    }
    SECTION("over two sessions")
    {
        desk.machine.lost(desk.now);
        REQUIRE(desk.connect() == "open");
        CHECK(wire::decodePosition(desk.sent<wire::Open>().position)->partialSize == 60);
        desk.hear(desk.office.pagesFollow());
        desk.hear(part(60, 100, true));
    }
    SECTION("over two sessions, from its beginning")
    {
        desk.machine.lost(desk.now);
        desk.connect();
        desk.hear(desk.office.pagesFollow());
        desk.hear(part(0, 100, true));
    }
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.stored.at(1).segment.body == whole.entries.front().data);
    CHECK(desk.replica.position_.partialNumber == 0);
}

TEST_CASE("client machine: a kept beginning waits while the server sends what comes before it", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(2, 100);
    const wire::Page whole = desk.office.page(0, 2);
    REQUIRE(desk.replica.storePartial(
        {2, whole.entries[1].header,
         Bytes(whole.entries[1].data.begin(), whole.entries[1].data.begin() + 40)}));
    desk.connect();
    desk.hear(desk.office.answer(0));
    desk.hear(desk.office.page(0, 1));
    CHECK(desk.replica.position_.partialNumber == 2);
    wire::Page page = desk.office.page(1, 2);
    page.entries[0].offset = 40;
    page.entries[0].data.erase(page.entries[0].data.begin(), page.entries[0].data.begin() + 40);
    CHECK(desk.hear(page) == "");
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.stored.at(2).segment.body == whole.entries[1].data);
    CHECK(desk.replica.position_.partialNumber == 0);
}

TEST_CASE(
    "client machine: a segment that may not stand where it stands is passed on with its verdict", "[engine]")
{
    ClientDesk desk;
    ledger::SegmentHeader header = desk.office.write(desk.office.colleague()).head.header;
    header.life += 1;
    desk.office.append(desk.office.sealed(header, desk.office.colleague().key, 100));
    desk.connect();
    desk.hear(desk.office.answer(0));
    desk.hear(desk.office.page(0, 1));
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.stored.at(1).verdict == ledger::Membership::Verdict::UnknownLife);
}

TEST_CASE("client machine: a device that was rolled back starts a new life before it seals", "[engine]")
{
    ClientDesk desk;
    desk.office.append(desk.office.write(desk.office.founder()));
    desk.colleagueWrites(1);
    desk.save();
    desk.replica.ownUnknown = true;
    desk.connect();
    wire::Answer answer = desk.office.answer(0);
    answer.ownAhead = 1;
    CHECK(desk.hear(answer) == "");
    CHECK(desk.did(desk.machine.localChange(desk.now)) == "");
    CHECK(desk.replica.unsealed.size() == 1);
    desk.hear(desk.office.page(0, 1));
    CHECK(desk.replica.calls.back() == "new life rolled-back");
    CHECK(desk.replica.unsealed.size() == 1);
    desk.hear(desk.office.page(1, 2));
    CHECK(desk.replica.unsealed.empty());
    CHECK(std::ranges::count(desk.replica.calls, "new life rolled-back") == 1);
}

TEST_CASE("client machine: a space granted to us leads to its older entries", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(2);
    desk.catchUp();
    desk.replica.position_.exceptions = {{desk.office.space(), 0}};
    desk.connect();
    desk.hear(desk.office.pagesFollow());
    CHECK(desk.machine.state() == State::CatchingUp);
    desk.hear(desk.office.page(0, 2));
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.stored.size() == 2);
}

TEST_CASE("client machine: own entries do not move the cursor past a space that is not caught up", "[engine]")
{
    ClientDesk desk;
    const ledger::Segment segment = desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    desk.replica.position_.exceptions = {{desk.office.space(), 0}};
    desk.office.append(segment);
    CHECK(desk.hear(desk.office.receipt(0)) == "refresh");
    CHECK(desk.replica.calls == Calls{"head 1 #1"});
    CHECK(desk.sent<wire::Refresh>().position.exceptions.size() == 1);
}

// ---- stating -------------------------------------------------------------------------------------------

TEST_CASE("client machine: drafts join the log before anything is uploaded", "[engine]")
{
    ClientDesk desk;
    desk.replica.drafts = [&] {
        const ledger::NewLife act{77, desk.office.founder().statement.life};
        return std::vector{desk.office.sign(desk.office.founder(), {act})};
    };
    desk.save();
    desk.connect();
    CHECK(desk.hear(wire::Answer{}) == "submit 1");
    CHECK(desk.machine.state() == State::Stating);
    CHECK(desk.hear(wire::StatementsResult{}) == "put 0+200");
    CHECK(desk.machine.state() == State::Uploading);
    CHECK(desk.replica.calls == Calls{"statements 1"});
    CHECK(desk.machine.counts().roundTrips == 3);
}

TEST_CASE("client machine: a statement may come by hand before the server says that it took it", "[engine]")
{
    ClientDesk desk;
    desk.replica.drafts = [&] {
        const ledger::NewLife act{77, desk.office.founder().statement.life};
        return std::vector{desk.office.sign(desk.office.founder(), {act})};
    };
    desk.connect();
    REQUIRE(desk.hear(wire::Answer{}) == "submit 1");
    const std::vector<ledger::SignedStatement> own = desk.sent<wire::SubmitStatements>().statements;
    // A colleague had it of the server, and wrote it to a stick.
    REQUIRE(desk.replica.storeStatements(own));
    CHECK(desk.hear(wire::StatementsResult{}) == "");
    CHECK(desk.machine.state() == State::Settled);
    CHECK_FALSE(desk.machine.failure());
    CHECK(desk.replica.membership().height() == 3);
}

TEST_CASE("client machine: drafts that do not fit one message go in several", "[engine]")
{
    ClientDesk desk;
    constexpr std::size_t kDrafts = limits::kStatementsPerSubmitMax + 44;
    std::vector<ledger::SignedStatement> drafts;
    ledger::Membership log = desk.office.membership();
    for (std::uint64_t i = 0; i < kDrafts; ++i) {
        ledger::Statement statement{log.workspace(),    log.height() + 1, log.hash(), desk.now, {},
                                    {ledger::NewLife{}}};
        const std::vector<std::uint64_t>& lives = log.find(desk.office.founder().id)->lives;
        statement.acts = {ledger::NewLife{lives.back() + 1, lives.back()}};
        drafts.push_back(
            ledger::signStatement(statement, desk.office.founder().id, desk.office.founder().key));
        REQUIRE(log.apply(drafts.back()));
    }
    desk.replica.drafts = [&] { return drafts; };
    desk.connect();
    CHECK(desk.hear(wire::Answer{}) == "submit 256, submit 44");
    CHECK(desk.hear(wire::StatementsResult{}) == "");
    CHECK(desk.machine.state() == State::Stating);
    CHECK(desk.hear(wire::StatementsResult{}) == "");
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.machine.counts().roundTrips == 2);
    CHECK(desk.replica.calls == Calls{"statements 256", "statements 44", "contact"});
    CHECK(desk.replica.membership().height() == 2 + kDrafts);
}

TEST_CASE("client machine: drafts are signed again on a log that has moved on", "[engine]")
{
    ClientDesk desk;
    desk.replica.drafts = [&] {
        const ledger::NewLife act{77, desk.office.founder().statement.life};
        return std::vector{desk.office.sign(desk.office.founder(), {act})};
    };
    desk.connect();
    REQUIRE(desk.hear(wire::Answer{}) == "submit 1");
    const auto invitation = InvitationId::random(desk.office.random());
    desk.office.take(desk.office.sign(
        desk.office.colleague(), {ledger::Invite{invitation, {}, ledger::ReadInternal, {}}}));
    const wire::StatementsResult moved{
        wire::StatementsResult::Code::Moved, 3, {desk.office.statements().back()}};
    CHECK(desk.hear(moved) == "submit 1");
    CHECK(ledger::decodeStatement(desk.sent<wire::SubmitStatements>().statements.front())->height == 4);
    CHECK(desk.hear(wire::StatementsResult{}) == "");
    CHECK(desk.replica.calls == Calls{"statements 1", "statements 1", "contact"});
}

TEST_CASE(
    "client machine: what was under way behind an overtaken statement is signed again with it", "[engine]")
{
    using Code = wire::StatementsResult::Code;
    constexpr std::size_t kLives = limits::kStatementsPerSubmitMax + 44;
    ClientDesk desk;
    desk.replica.drafts = [&] {
        std::vector<ledger::SignedStatement> drafts;
        ledger::Membership log = desk.replica.membership();
        const test::Laptop& self = desk.office.founder();
        for (std::uint64_t life = log.find(self.id)->lives.back(); log.find(self.id)->lives.size() <= kLives;
             ++life) {
            const ledger::Statement statement{log.workspace(),
                                              log.height() + 1,
                                              log.hash(),
                                              desk.now,
                                              {},
                                              {ledger::NewLife{life + 1, life}}};
            drafts.push_back(ledger::signStatement(statement, self.id, self.key));
            REQUIRE(log.apply(drafts.back()));
        }
        return drafts;
    };
    desk.connect();
    REQUIRE(desk.hear(wire::Answer{}) == "submit 256, submit 44");

    SECTION("by somebody else's")
    {
        const auto invitation = InvitationId::random(desk.office.random());
        desk.office.take(desk.office.sign(
            desk.office.colleague(), {ledger::Invite{invitation, {}, ledger::ReadInternal, {}}}));
        CHECK(desk.hear(wire::StatementsResult{Code::Moved, 3, {desk.office.statements().back()}}) == "");
        CHECK(desk.hear(wire::StatementsResult{Code::Moved, 3, {}}) == "submit 256, submit 44");
        CHECK(ledger::decodeStatement(desk.sent<wire::SubmitStatements>().statements.front())->height == 4);
        desk.hear(wire::StatementsResult{});
        desk.hear(wire::StatementsResult{});
        CHECK(desk.replica.calls == Calls{"statements 1", "statements 256", "statements 44", "contact"});
    }
    SECTION("after some were taken")
    {
        CHECK(desk.hear(wire::StatementsResult{}) == "");
        CHECK(desk.hear(wire::StatementsResult{Code::Moved, 258, {}}) == "refresh");
        CHECK(desk.hear(wire::Answer{}) == "submit 44");
    }
    SECTION("by the head alone")
    {
        CHECK(desk.hear(wire::StatementsResult{Code::Moved, 2, {}}) == "");
        CHECK(desk.hear(wire::StatementsResult{Code::Moved, 2, {}}) == "refresh");
    }
    SECTION("which a server does not take all the same")
    {
        CHECK(desk.hear(wire::StatementsResult{Code::Moved, 2, {}}) == "");
        CHECK(desk.hear(wire::StatementsResult{}) == "hang up");
        CHECK(desk.failure() == Errc::Malformed);
    }
    SECTION("as often as there are messages, and no more")
    {
        desk.hear(wire::StatementsResult{});
        desk.hear(wire::StatementsResult{});
        CHECK(desk.machine.state() == State::Settled);
        CHECK(desk.hear(wire::StatementsResult{}) == "hang up");
    }
}

TEST_CASE("client machine: a log that always moves on is left alone for a while", "[engine]")
{
    ClientDesk desk;
    desk.replica.drafts
        = [&] { return std::vector{desk.office.sign(desk.office.founder(), {ledger::NewLife{77, 1}})}; };
    desk.connect();
    desk.hear(wire::Answer{});
    const wire::StatementsResult moved{wire::StatementsResult::Code::Moved, 3, {}};
    for (unsigned i = 0; i < engine::ClientMachine::kRetriesMax; ++i) {
        REQUIRE(desk.hear(moved) == "refresh");
        REQUIRE(desk.hear(wire::Answer{}) == "submit 1");
    }
    CHECK(desk.hear(moved) == "hang up");
    CHECK(desk.failure() == Errc::Busy);
}

TEST_CASE(
    "client machine: where only the head has moved, a statement is signed again on the newest", "[engine]")
{
    ClientDesk desk;
    desk.replica.drafts = [&] {
        return std::vector{desk.office.sign(
            desk.office.founder(),
            {ledger::Invite{InvitationId::random(desk.office.random()), {}, ledger::ReadInternal, {}}})};
    };
    desk.connect();
    REQUIRE(desk.hear(wire::Answer{}) == "submit 1");
    desk.colleagueWrites(1);
    CHECK(desk.hear(wire::StatementsResult{wire::StatementsResult::Code::Moved, 2, {}}) == "refresh");
    CHECK(desk.hear(desk.office.answer(0)) == "submit 1");
    CHECK(desk.hear(desk.office.page(0, 1)) == "");
}

TEST_CASE(
    "client machine: a statement that needs the newest head waits for the pages, work beside it does not",
    "[engine]")
{
    ClientDesk desk;
    desk.replica.drafts = [&] {
        return std::vector{desk.office.sign(
            desk.office.founder(),
            {ledger::Invite{InvitationId::random(desk.office.random()), {}, ledger::ReadInternal, {}}})};
    };
    desk.colleagueWrites(1);
    desk.save();
    desk.connect();
    REQUIRE(desk.hear(desk.office.answer(0)) == "submit 1");
    const wire::StatementsResult moved{wire::StatementsResult::Code::Moved, 2, {}};
    CHECK(desk.hear(moved) == "put 0+200");
    CHECK(desk.hear(desk.office.page(0, 1)) == "");
    desk.office.append(desk.replica.unsent.front());
    CHECK(desk.hear(desk.office.receipt(1)) == "submit 1");
}

TEST_CASE("client machine: a refused statement ends the session, the draft stays", "[engine]")
{
    ClientDesk desk;
    desk.replica.drafts
        = [&] { return std::vector{desk.office.sign(desk.office.founder(), {ledger::NewLife{77, 1}})}; };
    desk.connect();
    desk.hear(wire::Answer{});
    CHECK(desk.hear(wire::StatementsResult{wire::StatementsResult::Code::Refused, 2, {}}) == "hang up");
    CHECK(desk.failure() == Errc::Refused);
    CHECK(desk.replica.drafts);
}

// ---- uploading -----------------------------------------------------------------------------------------

TEST_CASE("client machine: a receipt confirms, and the next session has nothing to do", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(2);
    desk.catchUp();
    const ledger::Segment first = desk.save(200, 3);
    const ledger::Segment second = desk.save(100, 1);
    desk.connect();
    CHECK(desk.hear(wire::Answer{}) == "put 0+200, put 0+100");
    CHECK(desk.sent<wire::PutSegment>().header == first.head.bytes);
    CHECK(desk.machine.counts().sent == 4);
    desk.office.append(first);
    desk.office.append(second);
    CHECK(desk.hear(desk.office.receipt(2)) == "");
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.calls == Calls{"head 4 #3 #4", "page of 0 to 4", "contact"});
    CHECK(desk.machine.counts().confirmed == 4);
    CHECK(desk.machine.counts().roundTrips == 2);

    desk.machine.lost(desk.now);
    CHECK(desk.connect() == "open");
    CHECK(desk.replica.position().head == desk.office.tree());
    CHECK(desk.hear(wire::Answer{}) == "");
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.machine.counts().roundTrips == 1);
}

TEST_CASE("client machine: entries of others among ours are fetched in the same session", "[engine]")
{
    ClientDesk desk;
    const ledger::Segment ours = desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    desk.colleagueWrites(1);
    desk.office.append(ours);
    wire::Receipt receipt = desk.office.receipt(1);
    receipt.consistency = desk.office.consistency(0, 2);
    CHECK(desk.hear(receipt) == "refresh");
    CHECK(desk.sent<wire::Refresh>().position.cursor == 0);
    CHECK(desk.hear(desk.office.pagesFollow()) == "");
    CHECK(desk.hear(desk.office.page(0, 2)) == "");
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.position_.cursor == 2);
}

TEST_CASE("client machine: two batches are under way, a third waits for a receipt", "[engine]")
{
    ClientDesk desk;
    std::vector<ledger::Segment> saved;
    for (int i = 0; i < 14; ++i)
        saved.push_back(desk.save(50'000));
    REQUIRE(desk.replica.sealAll());
    desk.connect();
    desk.hear(wire::Answer{});
    // Five fit into one reading of 256 KiB; each takes four parts while the line has not been measured.
    CHECK(desk.actions.size() == 40);
    for (std::size_t i = 0; i < 5; ++i)
        desk.office.append(saved[i]);
    desk.hear(desk.office.receipt(0));
    CHECK(desk.actions.size() == 16);
    CHECK(desk.machine.counts().sent == 14);
    CHECK(desk.machine.counts().confirmed == 5);
    CHECK(desk.machine.counts().roundTrips == 2);
}

TEST_CASE("client machine: own work goes with short headers from version 3 on", "[engine]")
{
    ClientDesk desk;
    const ledger::Segment own = desk.save();
    desk.replica.unsent.push_back(desk.office.write(desk.office.colleague()));
    const std::uint32_t version = GENERATE(1U, 2U, 3U);
    desk.connect();
    CHECK(desk.hear(answerIn(version)) == "put 0+200, put 0+200");
    // The colleague's was lost by the server: only its author has it short.
    CHECK(desk.sent<wire::PutSegment>(0).header == desk.replica.unsent.front().head.bytes);
    CHECK_FALSE(desk.sent<wire::PutSegment>(0).shortHeader);
    const auto& put = desk.sent<wire::PutSegment>(1);
    CHECK(put.header.empty() == (version == 3));
    CHECK(put.shortHeader.has_value() == (version == 3));
    if (put.shortHeader)
        CHECK(put.shortHeader == ledger::shortened(own.head, desk.replica.membership()));
}

TEST_CASE("client machine: a body in parts has a whole header", "[engine]")
{
    ClientDesk desk;
    desk.save(20'000);
    desk.connect();
    CHECK(desk.hear(answerIn(3)) == "put 0+16384, put 16384+3616");
    CHECK_FALSE(desk.sent<wire::PutSegment>(0).shortHeader);
}

TEST_CASE(
    "client machine: what the server needs whole is sent so with all that follows, in order", "[engine]")
{
    ClientDesk desk;
    std::vector<ledger::Segment> saved;
    for (int i = 0; i < 3; ++i)
        saved.push_back(desk.save());
    desk.connect();
    CHECK(desk.hear(answerIn(3)) == "put 0+200, put 0+200, put 0+200");
    const std::vector<Hash> names{
        desk.sent<wire::PutSegment>(0).shortHeader->name(),
        desk.sent<wire::PutSegment>(1).shortHeader->name(),
        desk.sent<wire::PutSegment>(2).shortHeader->name()};
    desk.office.append(saved[0]);
    CHECK(desk.hear(desk.office.receipt(0)) == "");
    CHECK(desk.hear(wire::NeedWhole{names[1]}) == "");
    desk.save();
    CHECK(desk.did(desk.machine.localChange(desk.now)) == "");
    CHECK(desk.hear(wire::NeedWhole{names[2]}) == "put 0+200, put 0+200, put 0+200");
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(desk.sent<wire::PutSegment>(i).header == desk.replica.unsent[i + 1].head.bytes);
        CHECK_FALSE(desk.sent<wire::PutSegment>(i).shortHeader);
    }
    CHECK(desk.replica.refused.empty());
    for (std::size_t i = 1; i < 4; ++i)
        desk.office.append(desk.replica.unsent[i]);
    CHECK(desk.hear(desk.office.receipt(1)) == "");
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.machine.counts().sent == 4);
    CHECK(desk.machine.counts().confirmed == 4);
    CHECK(desk.machine.progress(desk.now).sent.done == desk.machine.progress(desk.now).sent.total);

    desk.machine.lost(desk.now);
    desk.save();
    desk.connect();
    desk.hear(answerIn(3));
    CHECK(desk.sent<wire::PutSegment>().shortHeader);
}

TEST_CASE("client machine: a gap behind what is needed whole is no refusal", "[engine]")
{
    ClientDesk desk;
    desk.save();
    const ledger::Segment large = desk.save(20'000);
    desk.connect();
    CHECK(desk.hear(answerIn(3)) == "put 0+200, put 0+16384, put 16384+3616");
    CHECK(desk.hear(wire::NeedWhole{desk.sent<wire::PutSegment>().shortHeader->name()}) == "");
    CHECK(desk.hear(refusal(large, wire::SegmentRefusal::Gap)) == "put 0+200, put 0+16384, put 16384+3616");
    CHECK(desk.replica.refused.empty());
    CHECK_FALSE(desk.sent<wire::PutSegment>().shortHeader);
}

TEST_CASE("client machine: it says once which peaks it knows, and is not sent them again", "[engine]")
{
    ClientDesk desk;
    const auto confirm = [&](std::uint64_t peaksOf) {
        const std::uint64_t before = desk.office.size();
        desk.office.append(desk.replica.unsent.back());
        wire::Receipt receipt = desk.office.receipt(before);
        REQUIRE(wire::shorten(receipt, before, before + 1, peaksOf));
        CHECK(receipt.proof.empty() == (before == 0 || peaksOf == before));
        CHECK(desk.hear(receipt) == "");
        CHECK(desk.machine.state() == State::Settled);
        CHECK(desk.replica.position_.head == desk.office.tree());
        const auto known = ledger::CompactTree::from(desk.office.size(), desk.replica.peaks_);
        REQUIRE(known);
        CHECK(known->root() == desk.office.tree().root);
    };
    const auto saveMore = [&] {
        desk.save();
        desk.did(desk.machine.localChange(desk.now));
        desk.hear(answerIn(3));
        return desk.sent<wire::PutSegment>().peaksOf;
    };
    desk.save();
    desk.connect();
    desk.hear(answerIn(3));
    CHECK(desk.sent<wire::PutSegment>().peaksOf == 0);
    confirm(0);
    CHECK(saveMore() == 0);  // Both sides know.
    confirm(1);
    desk.machine.lost(desk.now);

    desk.save();
    desk.save();
    desk.connect();
    CHECK(desk.hear(answerIn(3)) == "put 0+200, put 0+200");
    CHECK(desk.sent<wire::PutSegment>(0).peaksOf == 2);
    CHECK(desk.sent<wire::PutSegment>(1).peaksOf == 0);
    desk.office.append(desk.replica.unsent[2]);
    wire::Receipt receipt = desk.office.receipt(2);
    REQUIRE(wire::shorten(receipt, 2, 3, 2));
    CHECK(desk.hear(receipt) == "");
    confirm(3);
    desk.machine.lost(desk.now);

    // Others have written: what was known was of another log.
    desk.colleagueWrites(1);
    desk.save();
    desk.connect();
    wire::Answer news = desk.office.answer(4);
    news.version = 3;
    CHECK(desk.hear(news) == "put 0+200");
    CHECK(desk.sent<wire::PutSegment>().peaksOf == 0);
    CHECK(desk.replica.peaks_.empty());
    desk.hear(desk.office.page(4, 5));
    confirm(0);
    CHECK(saveMore() == 0);
    confirm(6);
}

TEST_CASE("client machine: a large body goes in chunks, and on from where it was cut", "[engine]")
{
    ClientDesk desk;
    const ledger::Segment large = desk.save(50'000);
    desk.connect();
    CHECK(desk.hear(wire::Answer{}) == "put 0+16384, put 16384+16384, put 32768+16384, put 49152+848");
    CHECK(desk.replica.calls == Calls{"upload started"});
    desk.machine.lost(desk.now);

    desk.connect();
    CHECK(wire::decodePosition(desk.sent<wire::Open>().position)->uploading == large.head.hash);
    wire::Answer answer;
    answer.uploadHave = 40'000;
    CHECK(desk.hear(answer) == "put 40000+10000");
    CHECK(desk.machine.counts().sent == 0);
    desk.office.append(large);
    desk.hear(desk.office.receipt(0));
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.machine.counts().confirmed == 1);
}

TEST_CASE("client machine: what the server calls stale is sent again after a look at the log", "[engine]")
{
    const auto code = GENERATE(
        wire::SegmentRefusal::StaleEpoch, wire::SegmentRefusal::UnknownHeight,
        wire::SegmentRefusal::UnknownLife);
    ClientDesk desk;
    const ledger::Segment segment = desk.save();
    const ledger::Segment behind = desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    for (unsigned i = 0; i < engine::ClientMachine::kRetriesMax; ++i) {
        CHECK(desk.hear(refusal(segment, code)) == "");
        CHECK(desk.hear(refusal(behind, wire::SegmentRefusal::Gap)) == "refresh");
        CHECK(desk.hear(wire::Answer{}) == "put 0+200, put 0+200");
    }
    CHECK(desk.replica.refused.empty());
    CHECK(desk.machine.counts().sent == 2);
    desk.hear(refusal(segment, code));
    desk.hear(refusal(behind, wire::SegmentRefusal::Gap));
    CHECK(desk.replica.refused == std::set{segment.head.hash});
    CHECK(desk.machine.state() == State::Settled);
}

TEST_CASE(
    "client machine: a refused segment and its chain wait for another session or members' log", "[engine]")
{
    ClientDesk desk;
    const ledger::Segment bad = desk.save();
    desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    desk.hear(refusal(bad, wire::SegmentRefusal::NotAWriter));
    CHECK(desk.hear(refusal(desk.replica.unsent[1], wire::SegmentRefusal::Gap)) == "");
    CHECK(desk.replica.refused == std::set{bad.head.hash});
    CHECK(desk.machine.state() == State::Settled);

    desk.save();
    CHECK(desk.did(desk.machine.localChange(desk.now)) == "refresh");
    CHECK(desk.hear(wire::Answer{}) == "");  // Nothing of the chain is sent.
    CHECK(desk.machine.state() == State::Settled);

    SECTION("another session")
    {
        desk.machine.lost(desk.now);
        desk.connect();
        CHECK(desk.hear(wire::Answer{}) == "put 0+200, put 0+200, put 0+200");
    }
    SECTION("the members' log has moved")
    {
        desk.office.take(desk.office.sign(
            desk.office.founder(),
            {ledger::Invite{InvitationId::random(desk.office.random()), {}, ledger::ReadInternal, {}}}));
        wire::Answer answer;
        answer.statements = {desk.office.statements().back()};
        CHECK(desk.hear(answer) == "put 0+200, put 0+200, put 0+200");
    }
}

TEST_CASE("client machine: what was receipted before a full server need not come back", "[engine]")
{
    ClientDesk desk;
    const ledger::Segment taken = desk.save();
    const ledger::Segment other = desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    desk.office.append(taken);
    desk.hear(desk.office.receipt(0));
    SECTION("which ends the session")
    {
        CHECK(desk.hear(refusal(other, wire::SegmentRefusal::NoRoom)) == "hang up");
    }
    SECTION("nor before the line is lost")
    {
        desk.machine.lost(desk.now);
    }
    CHECK(desk.replica.position_.cursor == 1);
}

TEST_CASE("client machine: a clock that is set back does not put off what is due", "[engine]")
{
    ClientDesk desk;
    desk.connect();
    desk.machine.lost(desk.now);
    const auto wait = desk.machine.wakeAt() - desk.now;
    const Instant before = desk.now;
    desk.now -= 3h;
    CHECK(desk.did(desk.machine.woken(desk.now + wait)) == "");
    CHECK(desk.machine.wakeAt() - desk.now <= 2 * wait);
    CHECK(desk.machine.wakeAt() < before);
    CHECK(desk.did(desk.machine.woken(desk.now + 2 * wait)) == "connect");
}

TEST_CASE("client machine: a refused segment does not hold up the others", "[engine]")
{
    const auto code = GENERATE(
        wire::SegmentRefusal::Malformed, wire::SegmentRefusal::Gap, wire::SegmentRefusal::NotAWriter,
        wire::SegmentRefusal::BadSignature);
    ClientDesk desk;
    const ledger::Segment bad = desk.save();
    const ledger::Segment good = desk.save();  // Already under way.
    desk.connect();
    desk.hear(wire::Answer{});
    CHECK(desk.hear(refusal(bad, code)) == "");
    CHECK(desk.machine.state() == State::Uploading);
    desk.office.append(good);
    CHECK(desk.hear(desk.office.receipt(0)) == "");
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.refused == std::set{bad.head.hash});
    CHECK(desk.replica.confirmed == std::set{good.head.hash});
}

TEST_CASE(
    "client machine: a fork waits for the other answers, then starts a new life and announces it", "[engine]")
{
    ClientDesk desk;
    const ledger::Segment forked = desk.save();
    const ledger::Segment behind = desk.save();
    const ledger::Segment other = desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    desk.replica.drafts = [&] {
        const ledger::NewLife act{77, desk.office.founder().statement.life};
        return std::vector{desk.office.sign(desk.office.founder(), {act})};
    };
    CHECK(desk.hear(refusal(forked, wire::SegmentRefusal::Forked)) == "");
    CHECK(desk.hear(refusal(behind, wire::SegmentRefusal::Gap)) == "");
    CHECK(desk.replica.calls.empty());
    desk.office.append(other);
    CHECK(desk.hear(desk.office.receipt(0)) == "submit 1");
    CHECK(desk.replica.calls == Calls{"head 1 #1", "page of 0 to 1", "new life forked", "refused 2"});
    const ledger::Segment again = desk.save();
    CHECK(desk.hear(wire::StatementsResult{}) == "put 0+200");
    desk.office.append(again);
    desk.hear(desk.office.receipt(1));
    CHECK(desk.machine.state() == State::Settled);
}

TEST_CASE("client machine: a line cut before a fork was dealt with forgets nothing of it", "[engine]")
{
    ClientDesk desk;
    const ledger::Segment forked = desk.save();
    desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    desk.hear(refusal(forked, wire::SegmentRefusal::Forked));
    desk.machine.lost(desk.now);
    CHECK(desk.replica.calls.empty());
    desk.connect();
    CHECK(desk.hear(wire::Answer{}) == "put 0+200, put 0+200");
}

TEST_CASE("client machine: a server that calls every life a fork is not followed", "[engine]")
{
    ClientDesk desk;
    ledger::Segment segment = desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    for (unsigned i = 0; i < engine::ClientMachine::kLivesMax; ++i) {
        const ledger::Segment next = desk.save();
        REQUIRE(desk.hear(refusal(segment, wire::SegmentRefusal::Forked)) == "put 0+200");
        segment = next;
    }
    CHECK(desk.hear(refusal(segment, wire::SegmentRefusal::Forked)) == "hang up");
    CHECK(desk.failure() == Errc::Refused);
}

TEST_CASE("client machine: a server without room is tried again later with the same segment", "[engine]")
{
    ClientDesk desk;
    const ledger::Segment segment = desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    CHECK(desk.hear(refusal(segment, wire::SegmentRefusal::NoRoom)) == "hang up");
    CHECK(desk.failure() == Errc::DiskFull);
    CHECK(desk.machine.refusal() == wire::RefusalCode::NoRoom);
    CHECK(desk.replica.refused.size() == 1);
    desk.connect();
    CHECK_FALSE(desk.machine.refusal().has_value());
    CHECK(desk.hear(wire::Answer{}) == "put 0+200");
}

TEST_CASE(
    "client machine: own work that turns up while uploading ends the session with a new life", "[engine]")
{
    ClientDesk desk;
    desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    desk.office.append(desk.office.write(desk.office.founder()));
    desk.replica.ownUnknown = true;
    CHECK(desk.hear(desk.office.answer(0)) == "");
    CHECK(desk.hear(desk.office.page(0, 1)) == "hang up");
    CHECK(desk.replica.calls.back() == "new life rolled-back");
    CHECK(desk.failure() == Errc::Busy);
    desk.connect();
    CHECK(desk.hear(wire::Answer{}) == "");
    CHECK(desk.machine.state() == State::Settled);
}

// ---- settled -------------------------------------------------------------------------------------------

TEST_CASE("client machine: a change made while settled is sent after a look at the log", "[engine]")
{
    ClientDesk desk;
    desk.settle();
    const ledger::Segment segment = desk.save();
    CHECK(desk.did(desk.machine.localChange(desk.now)) == "refresh");
    CHECK(desk.hear(wire::Answer{}) == "put 0+200");
    desk.office.append(segment);
    desk.hear(desk.office.receipt(0));
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.machine.counts().confirmed == 1);
}

TEST_CASE("client machine: a change made while uploading goes up in the same session", "[engine]")
{
    ClientDesk desk;
    const ledger::Segment first = desk.save();
    desk.connect();
    REQUIRE(desk.hear(wire::Answer{}) == "put 0+200");
    const ledger::Segment second = desk.save();
    CHECK(desk.did(desk.machine.localChange(desk.now)) == "");
    desk.office.append(first);
    CHECK(desk.hear(desk.office.receipt(0)) == "put 0+200");
    desk.office.append(second);
    CHECK(desk.hear(desk.office.receipt(1)) == "");
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.confirmed.size() == 2);
}

TEST_CASE("client machine: the server tells a settled client of news", "[engine]")
{
    ClientDesk desk;
    desk.settle();
    desk.colleagueWrites(2);
    CHECK(desk.hear(desk.office.answer(0)) == "");
    CHECK(desk.machine.state() == State::CatchingUp);
    CHECK(desk.hear(desk.office.page(0, 2)) == "");
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.position_.cursor == 2);
}

TEST_CASE("client machine: news that cross a question do no harm", "[engine]")
{
    ClientDesk desk;
    desk.settle();
    REQUIRE(desk.did(desk.machine.syncNow(desk.now)) == "refresh");
    desk.colleagueWrites(2);
    desk.hear(desk.office.answer(0));
    desk.hear(desk.office.page(0, 2));
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.hear(desk.office.answer(2)) == "");
    CHECK(desk.machine.state() == State::Settled);
}

TEST_CASE("client machine: statements that come twice are stored once", "[engine]")
{
    ClientDesk desk;
    desk.settle();
    REQUIRE(desk.did(desk.machine.syncNow(desk.now)) == "refresh");
    wire::Answer news;
    for (int i = 0; i < 2; ++i) {
        const auto invitation = InvitationId::random(desk.office.random());
        desk.office.take(desk.office.sign(
            desk.office.colleague(), {ledger::Invite{invitation, {}, ledger::ReadInternal, {}}}));
        news.statements.push_back(desk.office.statements().back());
        desk.hear(news);
    }
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.calls == Calls{"statements 1", "statements 1"});
    CHECK(desk.replica.membership().height() == 4);
}

TEST_CASE("client machine: news in the middle of an upload are stored beside it", "[engine]")
{
    ClientDesk desk;
    const ledger::Segment ours = desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    desk.colleagueWrites(1);
    CHECK(desk.hear(desk.office.answer(0)) == "");
    CHECK(desk.hear(desk.office.page(0, 1)) == "");
    CHECK(desk.machine.state() == State::Uploading);
    desk.office.append(ours);
    CHECK(desk.hear(desk.office.receipt(1)) == "");
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.position_.cursor == 2);
}

// ---- both directions at once ---------------------------------------------------------------------------

TEST_CASE("client machine: what is saved while pages come goes up beside them", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(2);
    const ledger::Segment before = desk.save();
    desk.connect();
    CHECK(desk.hear(desk.office.answer(0)) == "put 0+200");
    CHECK(desk.hear(desk.office.page(0, 1)) == "");
    desk.office.append(before);
    CHECK(desk.hear(desk.office.receipt(2)) == "");
    CHECK(desk.replica.confirmed.contains(before.head.hash));
    CHECK(desk.machine.state() == State::CatchingUp);
    // And what is saved in the middle of the download does not wait for its end either.
    const ledger::Segment meanwhile = desk.save();
    CHECK(desk.did(desk.machine.localChange(desk.now)) == "put 0+200");
    desk.office.append(meanwhile);
    CHECK(desk.hear(desk.office.receipt(3)) == "");
    CHECK(desk.machine.counts().confirmed == 2);
    CHECK(desk.replica.stored.size() == 1);
    wire::Page last = desk.office.page(1, 2);
    last.last = true;
    CHECK(desk.hear(last) == "");
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.replica.stored.size() == 2);
    CHECK(desk.replica.position_.cursor == 4);
    CHECK(desk.machine.counts().roundTrips == 3);
}

TEST_CASE("client machine: work that has its receipt here is no reason to read before sealing", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(1);
    desk.office.append(desk.office.write(desk.office.founder()));
    desk.replica.ownNumbers = {2};
    desk.save();
    desk.connect();
    wire::Answer answer = desk.office.answer(0);
    answer.ownAhead = 1;
    CHECK(desk.hear(answer) == "put 0+200");
}

TEST_CASE("client machine: what others may have given back already waits for the pages", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(1);
    desk.replica.unsent = {desk.office.write(desk.office.colleague())};
    desk.connect();
    CHECK(desk.hear(desk.office.answer(0)) == "");
    CHECK(desk.hear(desk.office.page(0, 1)) == "put 0+200");
}

TEST_CASE("client machine: what the server calls stale is not sent again before the pages are in", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(2);
    const ledger::Segment ours = desk.save();
    desk.connect();
    REQUIRE(desk.hear(desk.office.answer(0)) == "put 0+200");
    CHECK(desk.hear(wire::SegmentRefused{ours.head.hash, wire::SegmentRefusal::UnknownHeight}) == "");
    CHECK(desk.did(desk.machine.localChange(desk.now)) == "");
    CHECK(desk.hear(desk.office.page(0, 1)) == "");
    CHECK(desk.hear(desk.office.page(1, 2)) == "refresh");
    CHECK(desk.hear(wire::Answer{}) == "put 0+200");
}

TEST_CASE(
    "client machine: a server whose pages bring nothing is left, whatever goes up beside them", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(1);
    desk.connect();
    desk.hear(desk.office.answer(0));
    wire::Page empty;
    empty.last = true;
    std::string said = desk.hear(empty);
    for (int i = 0; i < 10 && said == "refresh"; ++i) {
        CHECK(desk.hear(desk.office.pagesFollow()) == "");
        said = desk.hear(empty);
    }
    CHECK(said == "hang up");
    CHECK(desk.failure() == Errc::Malformed);
}

TEST_CASE("client machine: a settled client asks again every so often", "[engine]")
{
    ClientDesk desk;
    desk.settle();
    CHECK(desk.machine.wakeAt() == desk.now + engine::ClientMachine::kPollEvery);
    CHECK(desk.did(desk.machine.woken(desk.now + 1s)) == "");
    CHECK(desk.wake() == "refresh");
    CHECK(desk.hear(wire::Answer{}) == "");
    CHECK(desk.machine.state() == State::Settled);
    // The disk is written to less often than that.
    CHECK(desk.replica.calls.empty());
    desk.now += 1min;
    desk.wake();
    desk.hear(wire::Answer{});
    CHECK(desk.replica.calls == Calls{"contact"});
}

// ---- the line ------------------------------------------------------------------------------------------

TEST_CASE("client machine: silence is an end, in every state", "[engine]")
{
    ClientDesk desk;
    desk.save();
    desk.replica.drafts = [&] {
        const ledger::NewLife act{77, desk.office.founder().statement.life};
        return std::vector{desk.office.sign(desk.office.founder(), {act})};
    };
    desk.wake();
    const auto silent = [&desk](State state) {
        REQUIRE(desk.machine.state() == state);
        CHECK(desk.machine.wakeAt() >= desk.now + engine::ClientMachine::kReplyWait);
        CHECK(desk.wake() == "hang up");
        CHECK(desk.machine.state() == State::Offline);
        CHECK(desk.failure() == Errc::Unreachable);
        CHECK(desk.machine.health() == ServerHealth::Unreachable);
    };
    SECTION("connecting")
    {
        silent(State::Connecting);
    }
    desk.machine.connected(desk.exporter, desk.now);
    SECTION("opening")
    {
        silent(State::Opening);
    }
    SECTION("catching up")
    {
        desk.colleagueWrites(1);
        wire::Answer answer = desk.office.answer(0);
        answer.ownAhead = 1;
        desk.hear(answer);
        silent(State::CatchingUp);
    }
    desk.hear(wire::Answer{});
    SECTION("stating")
    {
        silent(State::Stating);
    }
    desk.hear(wire::StatementsResult{});
    SECTION("uploading")
    {
        silent(State::Uploading);
    }
}

TEST_CASE("client machine: a slow line gets the time that the bytes under way need", "[engine]")
{
    ClientDesk desk;
    desk.save(200'000);
    desk.connect();
    desk.hear(wire::Answer{});
    CHECK(desk.machine.wakeAt() == desk.now + engine::ClientMachine::kReplyWait + 100s);
}

TEST_CASE("client machine: a page that is announced gets its time, and only while it is awaited", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(2);
    desk.save();
    desk.connect();
    wire::Answer answer = desk.office.answer(0);
    answer.toReceive = 10'000'000;
    desk.hear(answer);
    const auto pageTime
        = std::chrono::seconds(limits::kPageMax / engine::ClientMachine::kSlowestBytesPerSecond);
    CHECK(desk.machine.wakeAt() == desk.now + engine::ClientMachine::kReplyWait + pageTime);
    desk.hear(desk.office.page(0, 2));
    CHECK(desk.machine.state() == State::Uploading);
    CHECK(desk.machine.wakeAt() == desk.now + engine::ClientMachine::kReplyWait);
}

TEST_CASE("client machine: the wait before the next attempt doubles up to a bound, with jitter", "[engine]")
{
    ClientDesk desk;
    std::chrono::milliseconds delay = engine::ClientMachine::kRetryFirst;
    bool jittered = false;
    for (int attempt = 0; attempt < 12; ++attempt) {
        desk.wake();
        REQUIRE(desk.did(desk.machine.lost(desk.now)) == "");
        const auto wait = desk.machine.wakeAt() - desk.now;
        CHECK(wait >= delay / 2);
        CHECK(wait <= delay);
        jittered = jittered || (wait != delay && wait != delay / 2);
        CHECK(desk.did(desk.machine.woken(desk.now)) == "");
        delay = std::min<std::chrono::milliseconds>(delay * 2, engine::ClientMachine::kRetryMax);
    }
    CHECK(jittered);
    CHECK(delay == engine::ClientMachine::kRetryMax);

    SECTION("and begins anew after a session that went well")
    {
        desk.settle();
        REQUIRE(desk.machine.state() == State::Settled);
    }
    SECTION("and when a person asks")
    {
        CHECK(desk.did(desk.machine.syncNow(desk.now)) == "connect");
    }
    desk.machine.lost(desk.now);
    CHECK(desk.machine.wakeAt() - desk.now <= engine::ClientMachine::kRetryFirst);
}

TEST_CASE("client machine: sync now asks where a session is open and lets one that is busy be", "[engine]")
{
    ClientDesk desk;
    desk.connect();
    CHECK(desk.did(desk.machine.syncNow(desk.now)) == "");
    desk.hear(wire::Answer{});
    CHECK(desk.did(desk.machine.syncNow(desk.now)) == "refresh");
}

TEST_CASE("client machine: a lost line keeps what is known of the server", "[engine]")
{
    ClientDesk desk;
    desk.settle();
    CHECK(desk.did(desk.machine.lost(desk.now)) == "");
    CHECK(desk.machine.state() == State::Offline);
    CHECK(desk.machine.health() == ServerHealth::Ok);
    CHECK(desk.failure() == Errc::Unreachable);
    CHECK(desk.did(desk.machine.lost(desk.now)) == "");
    desk.wake();
    desk.machine.lost(desk.now);
    CHECK(desk.machine.health() == ServerHealth::Unreachable);
}

TEST_CASE("client machine: a disk that fails ends the session and nothing is claimed", "[engine]")
{
    ClientDesk desk;
    const ledger::Segment segment = desk.save();
    desk.connect();
    desk.hear(wire::Answer{});
    desk.office.append(segment);
    desk.replica.failure = Error{Errc::DiskFull, "no room"};
    CHECK(desk.hear(desk.office.receipt(0)) == "hang up");
    CHECK(desk.failure() == Errc::DiskFull);
    CHECK(desk.machine.counts().confirmed == 0);
}

TEST_CASE("client machine: words that arrive after hanging up are not heard", "[engine]")
{
    ClientDesk desk;
    desk.colleagueWrites(1);
    CHECK(desk.hear(desk.office.answer(0)) == "");
    desk.wake();
    CHECK(desk.hear(desk.office.answer(0)) == "");
    CHECK(desk.replica.calls.empty());
}
