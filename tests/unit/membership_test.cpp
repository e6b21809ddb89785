// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/membership.h"

#include "tests/support/catch.h"
#include "tests/support/membership_log.h"

namespace teren::ledger {
namespace {

using test::MembershipLog;
using test::TestDevice;
using Verdict = Membership::Verdict;

/// The founder, a colleague without administration, and a case that both read.
struct Office : MembershipLog {
    TestDevice worker;
    SpaceId space;

    explicit Office(std::uint64_t seed = 1) : MembershipLog(seed), worker(start()), space(newSpace())
    {
        REQUIRE(
            add(worker,
                {openCase(space), epoch(space, 1), grant(space, 1, worker), grant(space, 1, founder),
                 recoveryGrant(space, 1)}));
    }

    Errc refusal(const TestDevice& signer, std::vector<Act> acts)
    {
        const std::uint64_t before = state.height();
        const Hash hash = state.hash();
        const Status applied = add(signer, std::move(acts));
        REQUIRE_FALSE(applied.has_value());
        REQUIRE(state.height() == before);
        REQUIRE(state.hash() == hash);
        return applied.error().code;
    }

private:
    TestDevice start()
    {
        REQUIRE(found());
        return admit(founder, OpenSpaces | ReadInternal);
    }
};

/// A header that `device` might write in the office's case now.
SegmentHeader headerBy(const Office& office, const TestDevice& device)
{
    SegmentHeader header;
    header.kind = SpaceKind::CaseInternal;
    header.workspace = office.state.workspace();
    header.space = office.space;
    header.device = device.id();
    header.life = device.statement.life;
    header.firstSeq = 1;
    header.count = 1;
    header.epoch = static_cast<std::uint32_t>(office.state.find(office.space)->epochs.size());
    header.keyId = MembershipLog::keyId(office.space, header.epoch);
    header.membershipHeight = office.state.height();
    return header;
}

}  // namespace

// ---- the beginning
// -----------------------------------------------------------------------------------------

TEST_CASE("membership: the genesis names the workspace and gives the founder every right")
{
    MembershipLog log;
    const SpaceId space = log.newSpace();
    REQUIRE(log.found(
        {OpenSpace{space, SpaceKind::Workspace, {}}, MembershipLog::epoch(space, 1),
         MembershipLog::grant(space, 1, log.founder), log.recoveryGrant(space, 1)}));
    CHECK(log.state.workspace() == WorkspaceId{log.statements.front().hash()});
    CHECK(log.state.height() == 1);
    CHECK(log.state.genesis() == log.genesis);
    const auto* founder = log.state.find(log.founder.id());
    REQUIRE(founder != nullptr);
    CHECK(founder->rights == kAllRights);
    CHECK(founder->member == log.genesis.member);
    CHECK(log.state.canRead(log.founder.id(), space));
    CHECK(log.state.grantsTo({}).size() == 1);
    CHECK(log.state.staffDevices() == std::vector{log.founder.id()});
}

TEST_CASE("membership: a log that does not begin with a genesis is refused")
{
    MembershipLog log;
    CHECK(log.add(log.founder, {}).error().code == Errc::Refused);
    CHECK(log.add(log.founder, {NewLife{1, 2}}).error().code == Errc::Refused);
    CHECK(log.state.height() == 0);
    CHECK(log.state.devices().empty());
}

TEST_CASE("membership: a genesis of a later version asks for an update, and leaves nothing behind")
{
    MembershipLog log;
    log.genesis.version = 2;
    CHECK(log.found().error().code == Errc::TooNew);
    log.genesis.version = 0;
    CHECK(log.found().error().code == Errc::Malformed);
    CHECK(log.state.devices().empty());
    CHECK(log.state.genesis() == Genesis{});
    log.genesis.version = 1;
    CHECK(log.found());
}

TEST_CASE("membership: a genesis signed by another than its founder, or not at all, is refused")
{
    MembershipLog log;
    const TestDevice other = TestDevice::make(log.random);
    CHECK(log.add(other, {log.genesis}).error().code == Errc::Refused);
    SignedStatement forged = log.sign(log.founder, {log.genesis});
    forged.signature = other.key.sign("teren.statement.v1", forged.body);
    CHECK(log.state.apply(forged).error().code == Errc::Forged);
    log.genesis.founder[20] ^= 1;
    CHECK_FALSE(log.found().has_value());
    CHECK(log.state.devices().empty());
}

TEST_CASE("membership: there is one genesis")
{
    Office office;
    CHECK(office.refusal(office.founder, {office.genesis}) == Errc::Refused);
    MembershipLog log;
    CHECK(log.found({log.genesis}).error().code == Errc::Refused);
}

// ---- links
// -------------------------------------------------------------------------------------------------

TEST_CASE("membership: only the next link of this log is taken")
{
    Office office;
    const auto tryWith = [&](const auto& change) {
        Statement statement = decodeStatement(office.sign(office.founder, {office.invite(0)})).value();
        change(statement);
        return office.state.apply(signStatement(statement, office.founder.id(), office.founder.key));
    };
    CHECK(tryWith([](Statement& s) { s.height++; }).error().code == Errc::Refused);
    CHECK(tryWith([](Statement& s) { s.height--; }).error().code == Errc::Refused);
    CHECK(tryWith([](Statement& s) { s.previous[0] ^= 1; }).error().code == Errc::Refused);
    CHECK(tryWith([](Statement& s) { s.workspace.bytes[0] ^= 1; }).error().code == Errc::Refused);
    CHECK(tryWith([](Statement& s) { s.workspace = {}; }).error().code == Errc::Refused);
    CHECK(tryWith([](Statement& s) { s.acts.clear(); }).error().code == Errc::Refused);
    CHECK(tryWith([](Statement&) {}).has_value());
    CHECK(office.state.apply(office.statements.back()).error().code == Errc::Refused);
}

TEST_CASE("membership: a forged signature and a stranger's are refused")
{
    Office office;
    SignedStatement statement = office.sign(office.founder, {office.invite(0)});
    statement.device = office.worker.id();
    CHECK(office.state.apply(statement).error().code == Errc::Forged);
    const TestDevice stranger = TestDevice::make(office.random);
    CHECK(office.refusal(stranger, {NewLife{1, stranger.statement.life}}) == Errc::Refused);
}

TEST_CASE("membership: replay trusts signatures it has verified before, and nothing else")
{
    Office office;
    Membership again;
    for (SignedStatement statement : office.statements) {
        statement.signature = {};
        REQUIRE(again.replay(statement));
    }
    CHECK(again.hash() == office.state.hash());
    CHECK(again.replay(office.statements.back()).error().code == Errc::Refused);
}

TEST_CASE("membership: an act of a later build asks for an update and changes nothing")
{
    Office office;
    SignedStatement statement = office.sign(office.founder, {office.invite(0)});
    for (const int byte : {7 << 3 | 2, 4, 0xfa, 0x06, 1, 0x41})
        statement.body.push_back(static_cast<std::uint8_t>(byte));
    CHECK(office.state.apply(statement).error().code == Errc::Forged);
    statement.signature = office.founder.key.sign("teren.statement.v1", statement.body);
    const std::uint64_t height = office.state.height();
    CHECK(office.state.apply(statement).error().code == Errc::TooNew);
    CHECK(office.state.height() == height);
}

TEST_CASE("membership: the acts of a statement hold together or not at all")
{
    Office office;
    const SpaceId space = office.newSpace();
    const TestDevice guest = TestDevice::make(office.random);
    const Invite invite = office.invite(ReadInternal);
    const Void nonsense{office.newSpace(), office.worker.id(), 1, 1, 1, VoidReason::Lost};
    CHECK(
        office.refusal(
            office.founder,
            {invite, Admit{invite.invitation, guest.signedStatement()}, MembershipLog::openCase(space),
             MembershipLog::epoch(space, 1), MembershipLog::grant(space, 1, guest),
             MembershipLog::grant(space, 1, office.worker), MembershipLog::epoch(office.space, 2),
             RemoveDevice{office.worker.id()}, NewLife{77, office.founder.statement.life},
             Void{office.space, office.worker.id(), 1, 1, 1, VoidReason::Lost}, nonsense})
        == Errc::Refused);
    CHECK(office.state.find(guest.id()) == nullptr);
    CHECK(office.state.find(space) == nullptr);
    CHECK(office.state.findOpenInvite(invite.invitation) == nullptr);
    CHECK(office.state.grantsTo(guest.id()).empty());
    CHECK(office.state.grantsTo(office.worker.id()).size() == 1);
    CHECK(office.state.find(office.worker.id())->isMember());
    CHECK(office.state.find(office.space)->epochs.size() == 1);
    CHECK(office.state.find(office.space)->voids.empty());
    CHECK(office.state.find(office.founder.id())->lives.size() == 1);
    // The invitation was opened and used only in what was taken back.
    CHECK(office.add(office.founder, {invite}));
}

TEST_CASE("membership: who cannot open a grant asks, until it is granted the newest key again")
{
    Office office;
    const SpaceId space = office.space;
    const auto asking = [&] { return office.state.find(space)->asking; };
    const TestDevice guest = office.admit(office.founder, ReadInternal);
    CHECK(office.refusal(guest, {AskKey{space}}) == Errc::Refused);
    CHECK(office.refusal(office.worker, {AskKey{office.newSpace()}}) == Errc::Refused);
    CHECK(office.refusal(office.worker, {AskKey{space}, AskKey{space}}) == Errc::Refused);
    CHECK(asking().empty());

    REQUIRE(office.add(office.worker, {AskKey{space}}));
    CHECK(asking() == std::set{office.worker.id()});
    CHECK(office.refusal(office.worker, {AskKey{space}}) == Errc::Refused);
    REQUIRE(office.add(office.founder, {MembershipLog::epoch(space, 2)}));
    REQUIRE(office.add(office.founder, {MembershipLog::grant(space, 1, office.worker)}));
    CHECK(asking() == std::set{office.worker.id()});
    CHECK(
        office.refusal(office.founder, {MembershipLog::grant(space, 2, office.worker), office.genesis})
        == Errc::Refused);
    CHECK(asking() == std::set{office.worker.id()});
    REQUIRE(office.add(office.founder, {MembershipLog::grant(space, 2, office.worker)}));
    CHECK(asking().empty());
    CHECK(office.add(office.worker, {AskKey{space}}));
}

TEST_CASE("membership: a lost part of the log is told once, and more of it again")
{
    Office office;
    const auto lost = [](std::uint64_t size, std::uint64_t common, std::uint64_t height,
                         std::uint8_t root = 1) { return LostHead{{size, Hash{root}}, common, height}; };
    CHECK(office.refusal(office.worker, {lost(5, 5, 1)}) == Errc::Malformed);
    REQUIRE(office.add(office.worker, {lost(100, 50, 2)}));
    const auto refused
        = [&](const LostHead& act) { return office.refusal(office.founder, {act}) == Errc::Refused; };
    CHECK(refused(lost(100, 50, 2)));
    CHECK(refused(lost(99, 60, 3, 7)));
    CHECK(office.refusal(office.founder, {lost(120, 70, 3), lost(110, 70, 3)}) == Errc::Refused);
    CHECK(office.state.lostParts().size() == 1);

    const auto isLost = [&](std::uint64_t size, std::uint8_t root) {
        return office.state.isLost(TreeHead{size, Hash{root}});
    };
    CHECK_FALSE(isLost(50, 9));
    CHECK(isLost(51, 9));
    CHECK(isLost(99, 9));
    CHECK(isLost(100, 1));
    CHECK_FALSE(isLost(100, 9));
    CHECK_FALSE(isLost(101, 1));

    // Another root at the same size, further up, further back, and a lower height are news.
    REQUIRE(office.add(office.worker, {lost(100, 50, 2, 9)}));
    REQUIRE(office.add(office.worker, {lost(120, 50, 2)}));
    REQUIRE(office.add(office.worker, {lost(100, 40, 2)}));
    REQUIRE(office.add(office.worker, {lost(90, 60, 1)}));
    CHECK(isLost(100, 9));
    CHECK(isLost(41, 9));
}

TEST_CASE("membership: lost statements are told once, and more of them again")
{
    Office office;
    const std::uint64_t height = office.state.height();
    const auto refusal = [&](std::uint64_t common, std::uint64_t last) {
        return office.refusal(office.founder, {LostStatements{common, last, Hash{1}}});
    };
    CHECK(refusal(0, 3) == Errc::Malformed);
    CHECK(refusal(3, 3) == Errc::Malformed);
    CHECK(refusal(height + 1, height + 5) == Errc::Refused);
    REQUIRE(office.add(office.worker, {LostStatements{2, 5, Hash{1}}}));
    CHECK(refusal(2, 5) == Errc::Refused);
    CHECK(refusal(3, 4) == Errc::Refused);
    CHECK(office.state.lostStatements().size() == 1);
    CHECK_FALSE(office.state.mayBeLost(2));
    CHECK(office.state.mayBeLost(3));
    CHECK(office.state.mayBeLost(5));
    CHECK_FALSE(office.state.mayBeLost(6));
    REQUIRE(office.add(office.worker, {LostStatements{2, 9, Hash{1}}}));
    REQUIRE(office.add(office.worker, {LostStatements{1, 5, Hash{1}}}));
    CHECK(office.state.mayBeLost(2));
    CHECK(office.state.mayBeLost(9));
}

// ---- invitations and devices
// -------------------------------------------------------------------------------

TEST_CASE("membership: an invitation admits one device, with the rights it names")
{
    Office office;
    const TestDevice guest = TestDevice::make(office.random);
    const Invite invite = office.invite(ReadInternal);
    REQUIRE(office.add(office.founder, {invite}));
    REQUIRE(office.state.findOpenInvite(invite.invitation) != nullptr);
    REQUIRE(office.add(office.founder, {Admit{invite.invitation, guest.signedStatement()}}));
    CHECK(office.state.findOpenInvite(invite.invitation) == nullptr);
    const auto* device = office.state.find(guest.id());
    REQUIRE(device != nullptr);
    CHECK(device->rights == ReadInternal);
    CHECK(device->member == invite.member);
    CHECK(device->admittedAt == office.state.height());
    CHECK(device->lives == std::vector{guest.statement.life});

    const TestDevice second = TestDevice::make(office.random);
    CHECK(
        office.refusal(office.founder, {Admit{invite.invitation, second.signedStatement()}})
        == Errc::Refused);
    CHECK(office.refusal(office.founder, {invite}) == Errc::Refused);
}

TEST_CASE("membership: inviting and admitting need the right to manage members")
{
    Office office;
    const TestDevice guest = TestDevice::make(office.random);
    const Invite invite = office.invite(0);
    CHECK(office.refusal(office.worker, {invite}) == Errc::Refused);
    REQUIRE(office.add(office.founder, {invite}));
    CHECK(
        office.refusal(office.worker, {Admit{invite.invitation, guest.signedStatement()}}) == Errc::Refused);
    CHECK(office.refusal(office.worker, {VoidInvite{invite.invitation}}) == Errc::Refused);
}

TEST_CASE("membership: an inviter cannot give what it does not have")
{
    Office office;
    const TestDevice secretary = office.admit(office.founder, ManageMembers);
    CHECK(office.refusal(secretary, {office.invite(ManageMembers | ReadInternal)}) == Errc::Refused);
    CHECK(office.refusal(office.founder, {office.invite(1U << 20)}) == Errc::Refused);
    CHECK(office.add(secretary, {office.invite(ManageMembers)}));
}

TEST_CASE("membership: a voided or expired invitation admits nobody")
{
    Office office;
    const TestDevice guest = TestDevice::make(office.random);
    const Invite invite = office.invite(0);
    REQUIRE(office.add(office.founder, {invite}));
    office.clock.set(invite.expires + std::chrono::milliseconds(1));
    CHECK(
        office.refusal(office.founder, {Admit{invite.invitation, guest.signedStatement()}}) == Errc::Refused);
    office.clock.set(invite.expires);
    REQUIRE(office.add(office.founder, {VoidInvite{invite.invitation}}));
    CHECK(
        office.refusal(office.founder, {Admit{invite.invitation, guest.signedStatement()}}) == Errc::Refused);
    CHECK(office.refusal(office.founder, {VoidInvite{invite.invitation}}) == Errc::Refused);
    CHECK(office.refusal(office.founder, {invite}) == Errc::Refused);
}

TEST_CASE("membership: a device statement must be its own, and a device is admitted once")
{
    Office office;
    const Invite invite = office.invite(0);
    REQUIRE(office.add(office.founder, {invite}));
    Bytes forged = signDevice(TestDevice::make(office.random).statement, office.worker.key);
    CHECK(office.refusal(office.founder, {Admit{invite.invitation, forged}}) == Errc::Forged);
    CHECK(office.refusal(office.founder, {Admit{invite.invitation, Bytes(9, 1)}}) == Errc::Malformed);
    CHECK(
        office.refusal(office.founder, {Admit{invite.invitation, office.worker.signedStatement()}})
        == Errc::Refused);
    REQUIRE(office.add(office.founder, {RemoveDevice{office.worker.id()}}));
    CHECK(
        office.refusal(office.founder, {Admit{invite.invitation, office.worker.signedStatement()}})
        == Errc::Refused);
}

TEST_CASE("membership: a removed device signs nothing, reads nothing and gets nothing")
{
    Office office;
    office.seen.size = 40;
    REQUIRE(office.add(office.founder, {RemoveDevice{office.worker.id()}}));
    const auto* worker = office.state.find(office.worker.id());
    CHECK(worker->removedAt == office.state.height());
    CHECK(worker->removedAtTreeSize == 40);
    CHECK_FALSE(office.state.canRead(office.worker.id(), office.space));
    CHECK(office.state.staffDevices() == std::vector{office.founder.id()});
    CHECK(office.refusal(office.worker, {NewLife{9, office.worker.statement.life}}) == Errc::Refused);
    CHECK(office.refusal(office.founder, {RemoveDevice{office.worker.id()}}) == Errc::Refused);
    CHECK(
        office.refusal(office.founder, {MembershipLog::grant(office.space, 1, office.worker)})
        == Errc::Refused);
}

TEST_CASE("membership: removal needs the right, and the last administrator stays")
{
    Office office;
    CHECK(office.refusal(office.worker, {RemoveDevice{office.founder.id()}}) == Errc::Refused);
    CHECK(office.refusal(office.founder, {RemoveDevice{DeviceId{}}}) == Errc::Refused);
    CHECK(office.refusal(office.founder, {RemoveDevice{office.founder.id()}}) == Errc::Refused);
    const TestDevice second = office.admit(office.founder, kAllRights);
    CHECK(
        office.refusal(office.founder, {RemoveDevice{second.id()}, RemoveDevice{office.founder.id()}})
        == Errc::Refused);
    REQUIRE(office.add(second, {RemoveDevice{office.founder.id()}}));
    CHECK(office.refusal(second, {RemoveDevice{second.id()}}) == Errc::Refused);
}

TEST_CASE("membership: a device that removes itself does nothing after it")
{
    Office office;
    const TestDevice second = office.admit(office.founder, kAllRights);
    CHECK(office.refusal(second, {RemoveDevice{second.id()}, office.invite(0)}) == Errc::Refused);
    CHECK(
        office.refusal(second, {RemoveDevice{second.id()}, NewLife{5, second.statement.life}})
        == Errc::Refused);
    CHECK(office.add(second, {RemoveDevice{second.id()}}));
}

TEST_CASE("membership: a life follows the newest and is lived once")
{
    Office office;
    const std::uint64_t first = office.worker.statement.life;
    CHECK(office.refusal(office.worker, {NewLife{5'000'001, first + 1}}) == Errc::Refused);
    CHECK(office.refusal(office.worker, {NewLife{first, first}}) == Errc::Refused);
    REQUIRE(office.add(office.worker, {NewLife{5'000'001, first}}));
    CHECK(office.refusal(office.worker, {NewLife{5'000'002, first}}) == Errc::Refused);
    CHECK(office.refusal(office.worker, {NewLife{first, 5'000'001}}) == Errc::Refused);
    CHECK(office.state.find(office.worker.id())->lives == std::vector<std::uint64_t>{first, 5'000'001});
}

// ---- spaces, keys, grants
// ----------------------------------------------------------------------------------

TEST_CASE("membership: opening a space needs the right, a new id, and its case")
{
    Office office;
    const SpaceId space = office.newSpace();
    const TestDevice reader = office.admit(office.founder, ReadInternal);
    const auto open
        = [&](SpaceKind kind, const SpaceId& caseSpace) { return OpenSpace{space, kind, caseSpace}; };
    CHECK(office.refusal(reader, {MembershipLog::openCase(space)}) == Errc::Refused);
    CHECK(office.refusal(office.worker, {MembershipLog::openCase(office.space)}) == Errc::Refused);
    CHECK(office.refusal(office.worker, {MembershipLog::openCase(SpaceId{})}) == Errc::Refused);
    CHECK(office.refusal(office.founder, {open(SpaceKind::Workspace, {})}) == Errc::Refused);
    CHECK(office.refusal(office.worker, {open(SpaceKind::CaseInternal, {})}) == Errc::Refused);
    CHECK(office.refusal(office.worker, {open(SpaceKind::CaseInternal, office.space)}) == Errc::Refused);
    CHECK(office.refusal(office.worker, {open(SpaceKind::CaseTeam, {})}) == Errc::Refused);
    CHECK(office.refusal(office.worker, {open(SpaceKind::CaseTeam, space)}) == Errc::Refused);
    CHECK(office.refusal(office.worker, {open(SpaceKind::Team, office.space)}) == Errc::Refused);
    REQUIRE(office.add(office.worker, {open(SpaceKind::CaseTeam, office.space)}));
    CHECK(office.state.find(space)->caseSpace == office.space);
    CHECK(office.state.find(space)->openedAt == office.state.height());
}

TEST_CASE("membership: the first key comes with the space, later ones from an administrator who reads it")
{
    Office office;
    const SpaceId space = office.newSpace();
    REQUIRE(office.add(office.worker, {MembershipLog::openCase(space)}));
    CHECK(office.refusal(office.worker, {MembershipLog::epoch(space, 1)}) == Errc::Refused);
    CHECK(office.refusal(office.worker, {MembershipLog::epoch(office.newSpace(), 1)}) == Errc::Refused);
    const SpaceId other = office.newSpace();
    CHECK(
        office.refusal(office.worker, {MembershipLog::openCase(other), MembershipLog::epoch(other, 2)})
        == Errc::Refused);

    CHECK(office.refusal(office.worker, {MembershipLog::epoch(office.space, 2)}) == Errc::Refused);
    CHECK(office.refusal(office.founder, {MembershipLog::epoch(office.space, 1)}) == Errc::Refused);
    CHECK(office.refusal(office.founder, {MembershipLog::epoch(office.space, 3)}) == Errc::Refused);
    const TestDevice outsider = office.admit(office.founder, ManageMembers);
    CHECK(office.refusal(outsider, {MembershipLog::epoch(office.space, 2)}) == Errc::Refused);
    REQUIRE(office.add(office.founder, {MembershipLog::epoch(office.space, 2)}));
    CHECK(office.state.find(office.space)->epochs.at(1).since == office.state.height());
}

TEST_CASE("membership: a grant is by a reader, of a key of the space, to the recipient's own key")
{
    Office office;
    const TestDevice colleague = office.admit(office.founder, ReadInternal);
    const Grant good = MembershipLog::grant(office.space, 1, colleague);
    CHECK(office.refusal(colleague, {good}) == Errc::Refused);

    Grant bad = good;
    bad.recipientKey[0] ^= 1;
    CHECK(office.refusal(office.worker, {bad}) == Errc::Refused);
    bad = good;
    bad.keyId[0] ^= 1;
    CHECK(office.refusal(office.worker, {bad}) == Errc::Refused);
    bad = good;
    bad.epoch = 0;
    CHECK(office.refusal(office.worker, {bad}) == Errc::Refused);
    CHECK(office.refusal(office.worker, {MembershipLog::grant(office.space, 2, colleague)}) == Errc::Refused);
    bad = good;
    bad.space = office.newSpace();
    CHECK(office.refusal(office.worker, {bad}) == Errc::Refused);
    const TestDevice ghost = TestDevice::make(office.random);
    CHECK(office.refusal(office.worker, {MembershipLog::grant(office.space, 1, ghost)}) == Errc::Refused);
    bad = office.recoveryGrant(office.space, 1);
    bad.recipientKey = good.recipientKey;
    CHECK(office.refusal(office.worker, {bad}) == Errc::Refused);

    CHECK_FALSE(office.state.canRead(colleague.id(), office.space));
    REQUIRE(office.add(office.worker, {good}));
    CHECK(office.state.canRead(colleague.id(), office.space));
    const auto& grants = office.state.grantsTo(colleague.id());
    REQUIRE(grants.size() == 1);
    CHECK(grants.front().grant == good);
    CHECK(grants.front().granter == office.worker.id());
    CHECK(grants.front().height == office.state.height());
}

TEST_CASE("membership: opening a space alone does not make its opener a reader")
{
    Office office;
    const SpaceId space = office.newSpace();
    REQUIRE(office.add(
        office.worker,
        {MembershipLog::openCase(space), MembershipLog::epoch(space, 1),
         MembershipLog::grant(space, 1, office.founder)}));
    CHECK_FALSE(office.state.canRead(office.worker.id(), space));
    CHECK(office.refusal(office.worker, {MembershipLog::grant(space, 1, office.worker)}) == Errc::Refused);
}

TEST_CASE("membership: a reader who was granted twice keeps the first height")
{
    Office office;
    const auto since = office.state.find(office.space)->readers.at(office.founder.id());
    REQUIRE(office.add(office.worker, {MembershipLog::grant(office.space, 1, office.founder)}));
    CHECK(office.state.find(office.space)->readers.at(office.founder.id()) == since);
    CHECK(office.state.grantsTo(office.founder.id()).size() == 2);
}

TEST_CASE("membership: a void is by a supervisor, or by the device of its own")
{
    Office office;
    const Void own{office.space, office.worker.id(), office.worker.statement.life, 3, 4, VoidReason::Lost};
    Void foreign = own;
    foreign.device = office.founder.id();
    CHECK(office.refusal(office.worker, {foreign}) == Errc::Refused);
    REQUIRE(office.add(office.worker, {own}));
    REQUIRE(office.add(office.founder, {own, foreign}));
    CHECK(office.state.find(office.space)->voids == std::vector{own, own, foreign});
    foreign.space = office.newSpace();
    CHECK(office.refusal(office.founder, {foreign}) == Errc::Refused);
    foreign = own;
    foreign.device = {};
    CHECK(office.refusal(office.founder, {foreign}) == Errc::Refused);
}

// ---- judging segments
// --------------------------------------------------------------------------------------

TEST_CASE("judge: a member's segment under the newest key is accepted")
{
    const Office office;
    CHECK(office.state.judge(headerBy(office, office.worker), 1) == Verdict::Accepted);
    CHECK(office.state.judge(headerBy(office, office.founder), 1'000'000) == Verdict::Accepted);
}

TEST_CASE("judge: what this log does not know yet is not refused for good")
{
    Office office;
    SegmentHeader header = headerBy(office, office.worker);
    header.membershipHeight++;
    CHECK(office.state.judge(header, 1) == Verdict::UnknownHeight);
    header = headerBy(office, office.worker);
    header.space = office.newSpace();
    CHECK(office.state.judge(header, 1) == Verdict::UnknownSpace);
    header = headerBy(office, office.worker);
    header.workspace = {};
    CHECK(office.state.judge(header, 1) == Verdict::UnknownSpace);
}

TEST_CASE("judge: a device that could not write at the height it names is no writer")
{
    Office office;
    const TestDevice colleague = office.admit(office.founder, ReadInternal);
    CHECK(office.state.judge(headerBy(office, colleague), 1) == Verdict::NotAWriter);
    const SegmentHeader before = headerBy(office, colleague);
    REQUIRE(office.add(office.worker, {MembershipLog::grant(office.space, 1, colleague)}));
    CHECK(office.state.judge(before, 1) == Verdict::NotAWriter);
    CHECK(office.state.judge(headerBy(office, colleague), 1) == Verdict::Accepted);
    CHECK(office.state.judge(headerBy(office, TestDevice::make(office.random)), 1) == Verdict::NotAWriter);
    SegmentHeader header = headerBy(office, office.worker);
    header.kind = SpaceKind::CaseTeam;
    CHECK(office.state.judge(header, 1) == Verdict::NotAWriter);
}

TEST_CASE("judge: only an announced life writes")
{
    Office office;
    SegmentHeader header = headerBy(office, office.worker);
    header.life = 5'000'001;
    CHECK(office.state.judge(header, 1) == Verdict::UnknownLife);
    REQUIRE(office.add(office.worker, {NewLife{5'000'001, office.worker.statement.life}}));
    CHECK(office.state.judge(header, 1) == Verdict::Accepted);
    CHECK(office.state.judge(headerBy(office, office.worker), 1) == Verdict::Accepted);
}

TEST_CASE("judge: the epoch is the newest at the height that the author had applied")
{
    Office office;
    const SegmentHeader old = headerBy(office, office.worker);
    REQUIRE(office.add(office.founder, {MembershipLog::epoch(office.space, 2)}));
    CHECK(office.state.judge(old, 1) == Verdict::Accepted);
    SegmentHeader header = headerBy(office, office.worker);
    CHECK(office.state.judge(header, 1) == Verdict::Accepted);
    header.membershipHeight--;
    CHECK(office.state.judge(header, 1) == Verdict::StaleEpoch);
    header = old;
    header.membershipHeight++;
    CHECK(office.state.judge(header, 1) == Verdict::StaleEpoch);
    for (const std::uint32_t epoch : {0U, 3U}) {
        header = headerBy(office, office.worker);
        header.epoch = epoch;
        CHECK(office.state.judge(header, 1) == Verdict::StaleEpoch);
    }
    header = headerBy(office, office.worker);
    header.keyId[5] ^= 1;
    CHECK(office.state.judge(header, 1) == Verdict::WrongKey);
}

TEST_CASE("judge: after a removal only what was numbered before it stands")
{
    Office office;
    const SegmentHeader header = headerBy(office, office.worker);
    office.seen.size = 40;
    REQUIRE(office.add(office.founder, {RemoveDevice{office.worker.id()}}));
    CHECK(office.state.judge(header, 40) == Verdict::Accepted);
    CHECK(office.state.judge(header, 41) == Verdict::Removed);
    SegmentHeader after = header;
    after.membershipHeight = office.state.height();
    CHECK(office.state.judge(after, 40) == Verdict::NotAWriter);
}

TEST_CASE("judge: a removal that the server had lost says nothing of the numbers after")
{
    Office office;
    const SegmentHeader header = headerBy(office, office.worker);
    const std::uint64_t kept = office.state.height();
    office.seen.size = 40;
    REQUIRE(office.add(office.founder, {RemoveDevice{office.worker.id()}}));
    const auto goBackTo = [&](std::uint64_t height) {
        REQUIRE(office.add(office.founder, {LostHead{{60 + height, Hash{}}, 30 - height, height}}));
    };
    SECTION("it was lost")
    {
        goBackTo(kept);
        CHECK(office.state.judge(header, 41) == Verdict::Accepted);
        SegmentHeader after = header;
        after.membershipHeight = office.state.height();
        CHECK(office.state.judge(after, 41) == Verdict::NotAWriter);
    }
    SECTION("it was not")
    {
        goBackTo(kept + 1);
        CHECK(office.state.judge(header, 41) == Verdict::Removed);
    }
}

TEST_CASE("judge: what was sealed on lost statements counts where its author may write by those that count")
{
    Office office;
    const std::uint64_t common = office.state.height();
    const LostStatements lost{common, common + 1, Hash{}};
    SegmentHeader header = headerBy(office, office.worker);
    header.membershipHeight = common + 1;
    CHECK(office.state.judge(header, 1) == Verdict::UnknownHeight);
    SECTION("the space was there before")
    {
        REQUIRE(office.add(office.founder, {lost}));
        CHECK(office.state.judge(header, 1) == Verdict::Accepted);
        header.membershipHeight = common + 2;
        CHECK(office.state.judge(header, 1) == Verdict::UnknownHeight);
    }
    SECTION("the space is opened again after that")
    {
        header.space = office.newSpace();
        header.keyId = MembershipLog::keyId(header.space, 1);
        REQUIRE(office.add(office.founder, {lost}));
        CHECK(office.state.judge(header, 1) == Verdict::UnknownSpace);
        REQUIRE(office.add(
            office.founder,
            {MembershipLog::openCase(header.space), MembershipLog::epoch(header.space, 1),
             MembershipLog::grant(header.space, 1, office.founder), office.recoveryGrant(header.space, 1)}));
        CHECK(office.state.judge(header, 1) == Verdict::NotAWriter);
        REQUIRE(office.add(office.founder, {MembershipLog::grant(header.space, 1, office.worker)}));
        CHECK(office.state.judge(header, 1) == Verdict::Accepted);
        header.membershipHeight = common;
        CHECK(office.state.judge(header, 1) == Verdict::NotAWriter);
        header.membershipHeight = common + 1;
        header.keyId[0] ^= 1;
        CHECK(office.state.judge(header, 1) == Verdict::NotAWriter);
    }
    SECTION("its author was removed before")
    {
        office.seen.size = 40;
        REQUIRE(office.add(office.founder, {RemoveDevice{office.worker.id()}}));
        REQUIRE(office.add(office.founder, {lost}));
        CHECK(office.state.judge(header, 1) == Verdict::NotAWriter);
    }
    SECTION("its author is removed after it")
    {
        REQUIRE(office.add(office.founder, {lost}));
        office.seen.size = 40;
        REQUIRE(office.add(office.founder, {RemoveDevice{office.worker.id()}}));
        CHECK(office.state.judge(header, 40) == Verdict::Accepted);
        CHECK(office.state.judge(header, 41) == Verdict::Removed);
    }
    SECTION("the key has been changed since")
    {
        REQUIRE(office.add(office.founder, {MembershipLog::epoch(header.space, 2)}));
        REQUIRE(office.add(office.founder, {lost}));
        CHECK(office.state.judge(header, 1) == Verdict::StaleEpoch);
    }
}

// ---- scale
// -------------------------------------------------------------------------------------------------

TEST_CASE("membership: 10 000 statements with 50 000 grants replay")
{
    MembershipLog log;
    REQUIRE(log.found());
    std::vector<TestDevice> staff;
    for (int i = 0; i < 4; ++i)
        staff.push_back(log.admit(log.founder, OpenSpaces | ReadInternal));
    while (log.statements.size() < 10'000) {
        const SpaceId space = log.newSpace();
        std::vector<Act> acts{
            MembershipLog::openCase(space), MembershipLog::epoch(space, 1),
            MembershipLog::grant(space, 1, log.founder), log.recoveryGrant(space, 1)};
        for (const TestDevice& device : staff)
            acts.emplace_back(MembershipLog::grant(space, 1, device));
        const SignedStatement statement = log.sign(staff.front(), std::move(acts));
        REQUIRE(log.state.replay(statement));
        log.statements.push_back(statement);
    }
    Membership again;
    for (const SignedStatement& statement : log.statements)
        REQUIRE(again.replay(statement));
    CHECK(again.hash() == log.state.hash());
    CHECK(again.grantsTo(staff.back().id()).size() == 9'991);
}

}  // namespace teren::ledger
