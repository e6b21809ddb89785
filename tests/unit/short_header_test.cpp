// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/short_header.h"

#include "sync/wire/messages.h"
#include "tests/support/catch.h"
#include "tests/support/membership_log.h"
#include "tests/support/vector_writer.h"

namespace teren::ledger {
namespace {

using test::MembershipLog;

/// A case of the founder's, who has lived two lives, and a segment in it.
struct Desk {
    Desk()
    {
        REQUIRE(log.found());
        space = log.newSpace();
        REQUIRE(log.add(
            log.founder,
            {MembershipLog::openCase(space), MembershipLog::epoch(space, 1),
             MembershipLog::grant(space, 1, log.founder), log.recoveryGrant(space, 1)}));
        REQUIRE(log.add(log.founder, {NewLife{77, log.founder.statement.life}}));
        log.random.fill(body);
        header
            = {.kind = SpaceKind::CaseInternal,
               .workspace = log.state.workspace(),
               .space = space,
               .device = log.founder.id(),
               .life = 77,
               .firstSeq = 1'001,
               .count = 3,
               .epoch = 1,
               .keyId = MembershipLog::keyId(space, 1),
               .membershipHeight = log.state.height(),
               .previous = blake2b({viewOf("the one before")}),
               .plainSizeBound = 448,
               .bodySize = static_cast<std::uint32_t>(body.size()),
               .bodyHash = blake2b({body})};
    }
    SignedSegmentHeader signedHeader() const { return signHeader(header, log.founder.key); }
    ShortHeader shortHeader() const { return shortened(signedHeader(), log.state); }
    /// What a reader makes who has `previous` before it. @return `Forged` if it is not what was signed.
    Result<SignedSegmentHeader> made(const ShortHeader& from, const Hash& previous) const
    {
        TEREN_TRY(SegmentHeader made, expanded(from, log.state, log.founder.id(), body));
        made.previous = previous;
        TEREN_TRY(SignedSegmentHeader head, assembled(made, from.signature));
        TEREN_CHECK(verifyHeader(head, log.founder.key.publicKey()));
        return head;
    }
    Result<SignedSegmentHeader> made(const ShortHeader& from) const { return made(from, header.previous); }
    bool isRefused(const ShortHeader& from) const { return !made(from).has_value(); }

    MembershipLog log{31};
    SpaceId space;
    Bytes body = Bytes(256);
    SegmentHeader header;
};

}  // namespace

TEST_CASE("short header: its reader makes the whole one of it, as it was signed")
{
    Desk desk;
    SECTION("of the newest life, with a bound of its own") {}
    SECTION("with a bound that is the body's size")
    {
        desk.header.plainSizeBound = desk.header.bodySize;
        CHECK(desk.shortHeader().plainSizeBound == 0);
    }
    SECTION("of a life before")
    {
        desk.header.life = desk.log.founder.statement.life;
        CHECK(desk.shortHeader().life == desk.header.life);
    }
    SECTION("the first of its chain")
    {
        desk.header.firstSeq = 1;
        desk.header.previous = {};
    }
    const auto made = desk.made(desk.shortHeader());
    REQUIRE(made);
    CHECK(made->bytes == desk.signedHeader().bytes);
    CHECK(made->hash == desk.signedHeader().hash);
}

TEST_CASE("short header: it leaves out most of the whole one")
{
    const Desk desk;
    const ShortHeader brief = desk.shortHeader();
    CHECK(brief.life == 0);
    const Bytes message = wire::encode(wire::ToServer(wire::PutSegment{{}, 0, desk.body, brief}));
    CHECK(message.size() <= desk.body.size() + 110);
}

TEST_CASE("short header: what is not as it was signed is found by the signature")
{
    Desk desk;
    ShortHeader brief = desk.shortHeader();
    REQUIRE_FALSE(desk.isRefused(brief));
    SECTION("another place in the chain")
    {
        ++brief.firstSeq;
        CHECK(desk.isRefused(brief));
    }
    SECTION("another number of changes")
    {
        ++brief.count;
        CHECK(desk.isRefused(brief));
    }
    SECTION("another height")
    {
        --brief.membershipHeight;
        CHECK(desk.isRefused(brief));
    }
    SECTION("another bound")
    {
        brief.plainSizeBound = 0;
        CHECK(desk.isRefused(brief));
    }
    SECTION("another life")
    {
        brief.life = desk.log.founder.statement.life;
        CHECK(desk.isRefused(brief));
    }
    SECTION("another epoch")
    {
        REQUIRE(desk.log.add(
            desk.log.founder,
            {MembershipLog::epoch(desk.space, 2), MembershipLog::grant(desk.space, 2, desk.log.founder),
             desk.log.recoveryGrant(desk.space, 2)}));
        CHECK_FALSE(desk.isRefused(brief));
        brief.epoch = 2;
        CHECK(desk.isRefused(brief));
    }
    SECTION("another body")
    {
        desk.body[100] ^= 1;
        CHECK(desk.isRefused(brief));
    }
    SECTION("no body")
    {
        desk.body.clear();
        CHECK(desk.isRefused(brief));
    }
    SECTION("another segment before it")
    {
        CHECK_FALSE(desk.made(brief, {}).has_value());
    }
    SECTION("another signature")
    {
        brief.signature[5] ^= 1;
        CHECK(desk.isRefused(brief));
        CHECK(brief.name() != desk.shortHeader().name());
    }
}

TEST_CASE("short header: what the members' log says nothing of cannot be made")
{
    const Desk desk;
    const auto errorOf = [&](const ShortHeader& brief, const DeviceId& device) {
        const auto made = expanded(brief, desk.log.state, device, desk.body);
        return made ? Errc::Invalid : made.error().code;
    };
    const DeviceId device = desk.log.founder.id();
    ShortHeader brief = desk.shortHeader();
    CHECK(errorOf(brief, device) == Errc::Invalid);
    CHECK(errorOf(brief, DeviceId{}) == Errc::NotFound);
    brief.epoch = 0;
    CHECK(errorOf(brief, device) == Errc::NotFound);
    brief.epoch = 2;
    CHECK(errorOf(brief, device) == Errc::NotFound);
    brief.epoch = 1;
    brief.space.bytes[0] ^= 1;
    CHECK(errorOf(brief, device) == Errc::NotFound);
}

TEST_CASE("golden short headers: what a reader makes of them", "[vectors]")
{
    const auto files = test::vectorsIn("short_header");
    REQUIRE_FALSE(files.empty());
    for (const test::VectorFile& file : files) {
        INFO(file.name);
        const auto message = wire::decodeToServer(file.bytes);
        REQUIRE(message);
        CHECK(wire::encode(*message) == file.bytes);
        const auto* put = std::get_if<wire::PutSegment>(&*message);
        REQUIRE(put != nullptr);
        REQUIRE(put->shortHeader);
        Desk desk;
        desk.body = put->data;
        Hash previous{};
        std::ranges::copy(fromHex(file.at("previous")).value(), previous.begin());
        const auto made = desk.made(*put->shortHeader, previous);
        REQUIRE(made);
        CHECK(toHex(made->bytes) == file.at("full-header"));
        CHECK(toHex(made->hash) == file.at("hash"));
        CHECK(toHex(put->shortHeader->name()) == file.at("name"));
    }
}

TEST_CASE("write golden short headers", "[.generate]")
{
    const auto add = [](const std::string& name, const Desk& desk, std::uint64_t peaksOf) {
        const ShortHeader brief = desk.shortHeader();
        test::addVector(
            "short_header",
            {name,
             {{"workspace", desk.header.workspace.hex()},
              {"device", desk.header.device.hex()},
              {"device-key", toHex(desk.log.founder.key.publicKey())},
              {"lives", "the newest is 77"},
              {"kind", "3"},
              {"key-id", toHex(desk.header.keyId)},
              {"previous", toHex(desk.header.previous)},
              {"full-header", toHex(desk.signedHeader().bytes)},
              {"hash", toHex(desk.signedHeader().hash)},
              {"name", toHex(brief.name())}},
             wire::encode(wire::ToServer(wire::PutSegment{{}, 0, desk.body, brief, peaksOf}))});
    };
    Desk desk;
    add("newest-life", desk, 0);
    add("newest-life-and-peaks", desk, 1'000);
    desk.header.plainSizeBound = desk.header.bodySize;
    add("bound-of-body-size", desk, 0);
    desk.header.life = desk.log.founder.statement.life;
    add("life-before", desk, 0);
    desk.header.firstSeq = 1;
    desk.header.previous = {};
    add("first-of-chain", desk, 0);
}

}  // namespace teren::ledger
