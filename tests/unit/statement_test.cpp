// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/statement.h"

#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/ledger/proto_field.h"
#include "tests/support/catch.h"
#include "tests/support/later_fields.h"
#include "tests/support/membership_log.h"

namespace teren::ledger {
namespace {

using test::MembershipLog;
using test::TestDevice;

/// One of each act, with every field different from its default.
std::vector<Act> oneOfEach()
{
    MembershipLog log;
    const SpaceId space = log.newSpace();
    const TestDevice other = TestDevice::make(log.random);
    return {
        log.genesis,
        log.invite(ReadInternal),
        VoidInvite{InvitationId::random(log.random)},
        Admit{InvitationId::random(log.random), other.signedStatement()},
        RemoveDevice{other.id()},
        MembershipLog::openCase(space),
        MembershipLog::epoch(space, 1),
        MembershipLog::grant(space, 1, other),
        log.recoveryGrant(space, 1),
        NewLife{5, 4},
        Void{space, other.id(), 4, 2, 3, VoidReason::Lost},
        AskKey{space},
        LostHead{{900, Hash{4}}, 300, 12},
        LostStatements{9, 12, Hash{5}},
    };
}

Statement sampleStatement()
{
    test::SeededRandom random(3);
    Statement statement;
    statement.workspace = WorkspaceId::random(random);
    statement.height = 12;
    random.fill(statement.previous);
    statement.time = test::ManualClock().now();
    statement.seen.size = 44;
    random.fill(statement.seen.root);
    statement.acts = oneOfEach();
    return statement;
}

/// A statement whose body is `bytes`, which need not be one.
SignedStatement withBody(Bytes bytes)
{
    SignedStatement statement;
    statement.body = std::move(bytes);
    return statement;
}

}  // namespace

TEST_CASE("statement: every act is read back as it was written")
{
    const TestDevice device = MembershipLog().founder;
    const Statement statement = sampleStatement();
    const SignedStatement signedStatement = signStatement(statement, device.id(), device.key);
    const auto decoded = decodeStatement(signedStatement);
    REQUIRE(decoded.has_value());
    CHECK(decoded->acts.size() == statement.acts.size());
    CHECK(*decoded == statement);
    CHECK(verifyStatement(signedStatement, device.key.publicKey()).has_value());
}

TEST_CASE("statement: the signature covers every byte of the body")
{
    const TestDevice device = MembershipLog().founder;
    const SignedStatement good = signStatement(sampleStatement(), device.id(), device.key);
    for (std::size_t i = 0; i < good.body.size(); ++i) {
        SignedStatement forged = good;
        forged.body[i] ^= 1;
        REQUIRE(verifyStatement(forged, device.key.publicKey()).error().code == Errc::Forged);
        REQUIRE(forged.hash() != good.hash());
    }
    SignedStatement forged = good;
    forged.signature[10] ^= 1;
    CHECK(verifyStatement(forged, device.key.publicKey()).error().code == Errc::Forged);
}

TEST_CASE("statement: the hash covers the signer")
{
    const TestDevice device = MembershipLog().founder;
    const SignedStatement good = signStatement(sampleStatement(), device.id(), device.key);
    SignedStatement other = good;
    other.device.bytes[0] ^= 1;
    CHECK(other.hash() != good.hash());
}

TEST_CASE("statement: cut off anywhere, it is refused or says less")
{
    const TestDevice device = MembershipLog().founder;
    const Statement whole = sampleStatement();
    const Bytes body = signStatement(whole, device.id(), device.key).body;
    for (std::size_t size = 0; size < body.size(); ++size) {
        const auto decoded
            = decodeStatement(withBody({body.begin(), body.begin() + static_cast<long>(size)}));
        REQUIRE((!decoded || decoded->acts.size() < whole.acts.size()));
    }
}

TEST_CASE("statement: too large or with too many acts is refused before it is read")
{
    CHECK(decodeStatement(withBody(Bytes(limits::kStatementMax + 1, 0))).error().code == Errc::LimitExceeded);
    Bytes empty;
    for (std::size_t i = 0; i <= limits::kActsPerStatementMax; ++i) {
        empty.push_back(7 << 3 | 2);
        empty.push_back(0);
    }
    CHECK(decodeStatement(withBody(empty)).error().code == Errc::LimitExceeded);
}

TEST_CASE("statement: an act of a later build is kept as unknown, an empty one is not an act")
{
    Bytes body = signStatement(sampleStatement(), {}, MembershipLog().founder.key).body;
    const std::size_t known = oneOfEach().size();
    Bytes later = body;
    for (const int byte : {7 << 3 | 2, 4, 0xfa, 0x06, 1, 0x41})  // acts { 111: "A" }
        later.push_back(static_cast<std::uint8_t>(byte));
    const auto decoded = decodeStatement(withBody(later));
    REQUIRE(decoded.has_value());
    REQUIRE(decoded->acts.size() == known + 1);
    CHECK(std::holds_alternative<UnknownAct>(decoded->acts.back()));

    body.push_back(7 << 3 | 2);
    body.push_back(0);
    CHECK(decodeStatement(withBody(body)).error().code == Errc::Malformed);
}

TEST_CASE(
    "statement: fields of a later build in a statement and its acts are skipped, and stay under the seal")
{
    const test::MessageFields fields("sync/ledger/statement.proto");
    const SignedStatement plain = signStatement(sampleStatement(), {}, MembershipLog().founder.key);
    const SignedStatement later = withBody(fields.withLater(plain.body, "Statement"));
    CHECK(later.body.size() > plain.body.size() + oneOfEach().size() * 20);
    const auto decoded = decodeStatement(later);
    REQUIRE(decoded.has_value());
    CHECK(decoded->acts == decodeStatement(plain)->acts);
    CHECK(later.hash() != plain.hash());
}

TEST_CASE("statement: impossible values are refused")
{
    const MembershipLog log;
    const auto errorOf = [&](const Act& act) {
        Statement statement = sampleStatement();
        statement.acts = {act};
        const auto decoded = decodeStatement(signStatement(statement, {}, log.founder.key));
        REQUIRE_FALSE(decoded.has_value());
        return decoded.error().code;
    };
    const SpaceId space{{1}};
    CHECK(errorOf(Void{space, {}, 1, 0, 3, VoidReason::Lost}) == Errc::Malformed);
    CHECK(errorOf(Void{space, {}, 1, 4, 3, VoidReason::Lost}) == Errc::Malformed);
    CHECK(errorOf(Void{space, {}, 1, 1, limits::kSeqMax + 1, VoidReason::Lost}) == Errc::Malformed);
    CHECK(errorOf(Void{space, {}, 1, 1, 3, static_cast<VoidReason>(5)}) == Errc::Malformed);
    CHECK(errorOf(OpenSpace{space, static_cast<SpaceKind>(6), {}}) == Errc::Malformed);
    CHECK(errorOf(Admit{{}, Bytes(513, 0)}) == Errc::LimitExceeded);
    CHECK(errorOf(Grant{space, 1, {}, {}, {}, Bytes(257, 0)}) == Errc::LimitExceeded);
    Invite late{{}, {}, 1, Instant(std::chrono::milliseconds(253'402'300'800'000))};
    CHECK(errorOf(late) == Errc::Malformed);
}

TEST_CASE("device statement: read back, and its id follows from its keys")
{
    const TestDevice device = MembershipLog().founder;
    const auto opened = openDevice(device.signedStatement());
    REQUIRE(opened.has_value());
    CHECK(*opened == device.statement);
    DeviceStatement other = device.statement;
    other.boxKey[0] ^= 1;
    CHECK(other.id() != device.id());
    other = device.statement;
    other.life++;
    CHECK(other.id() == device.id());
}

TEST_CASE("device statement: no byte can be changed, and another's key does not sign it")
{
    test::SeededRandom random(5);
    const TestDevice device = TestDevice::make(random);
    const TestDevice other = TestDevice::make(random);
    const Bytes good = device.signedStatement();
    for (std::size_t i = 0; i < good.size(); ++i) {
        Bytes bytes = good;
        bytes[i] ^= 1;
        REQUIRE_FALSE(openDevice(bytes).has_value());
    }
    CHECK(openDevice(signDevice(device.statement, other.key)).error().code == Errc::Forged);
    DeviceStatement lowOrder = device.statement;
    lowOrder.boxKey = {1};  // A point of order 4: every agreement with it gives zero.
    CHECK(openDevice(signDevice(lowOrder, device.key)).error().code == Errc::Malformed);
    CHECK(openDevice(Bytes(600, 0)).error().code == Errc::Malformed);
    CHECK(openDevice({}).error().code == Errc::Malformed);
}

TEST_CASE("proto field: walking finds every field and refuses what is broken")
{
    const Bytes message{0x08, 0x96, 0x01, 0x12, 0x02, 0x61, 0x62, 0x1d, 1, 2, 3,
                        4,    0x21, 1,    2,    3,    4,    5,    6,    7, 8};
    std::vector<std::pair<std::uint32_t, std::size_t>> seen;
    REQUIRE(walkFields(message, [&](std::uint32_t number, ByteView payload) -> Status {
        seen.emplace_back(number, payload.size());
        return {};
    }));
    CHECK(seen == std::vector<std::pair<std::uint32_t, std::size_t>>{{1, 0}, {2, 2}, {3, 4}, {4, 8}});
    const auto ignore = [](std::uint32_t, ByteView) -> Status { return {}; };
    for (const Bytes& broken :
         {Bytes{0x08}, Bytes{0x12, 0x03, 1, 2}, Bytes{0x0b}, Bytes{0x1d, 1}, Bytes(11, 0xff)})
        CHECK(walkFields(broken, ignore).error().code == Errc::Malformed);
}

}  // namespace teren::ledger
