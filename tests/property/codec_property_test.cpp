// SPDX-License-Identifier: EUPL-1.2
// What every decoder promises: it reads what was written, and bytes that were not written by this build are
// refused or understood in one way only.
#include "sync/segment/enrolment.h"
#include "sync/wire/messages.h"
#include "tests/support/membership_log.h"
#include "tests/support/property.h"
#include "tests/support/sample_content.h"

namespace teren {
namespace {

Bytes anyBytes(std::size_t max)
{
    return *rc::gen::resize(
        static_cast<int>(max), rc::gen::container<Bytes>(rc::gen::arbitrary<std::uint8_t>()));
}

/// The same bytes with a few changed, dropped or added.
Bytes damaged(Bytes bytes)
{
    for (int i = *rc::gen::inRange(1, 5); i > 0 && !bytes.empty(); --i) {
        const auto at = static_cast<long>(*rc::gen::inRange<std::size_t>(0, bytes.size()));
        switch (*rc::gen::inRange(0, 4)) {
        case 0:
            bytes.erase(bytes.begin() + at);
            break;
        case 1:
            bytes.insert(bytes.begin() + at, *rc::gen::arbitrary<std::uint8_t>());
            break;
        case 2:
            bytes.resize(static_cast<std::size_t>(at));
            break;
        default:
            bytes[static_cast<std::size_t>(at)] = *rc::gen::arbitrary<std::uint8_t>();
        }
    }
    return bytes;
}

segment::Content anyContent()
{
    test::SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
    return test::sampleContent(
        random, *rc::gen::inRange<std::size_t>(1, 20), *rc::gen::inRange<std::size_t>(1, 10));
}

Result<segment::Content> decodeLike(const segment::Content& like, ByteView bytes)
{
    const Dot& first = like.changes.front().dot;
    return segment::decode(bytes, first.author, first.seq, static_cast<std::uint32_t>(like.changes.size()));
}

}  // namespace

TEST_CASE("codec property: any content survives sealing")
{
    test::SeededRandom random(401);
    const test::SampleSpace space = test::SampleSpace::make(random);
    test::checkLaw([&] {
        const segment::Content content = anyContent();
        const auto sealed = space.seal(content, random);
        RC_ASSERT(sealed.has_value());
        RC_ASSERT(sealed->body.size() == segment::paddedSize(sealed->body.size()));
        const auto head = ledger::decodeHeader(sealed->head.bytes);
        RC_ASSERT(head.has_value());
        const auto opened = segment::openSegment({*head, sealed->body}, space.key.key);
        RC_ASSERT(opened.has_value());
        RC_ASSERT((*opened == content));
    });
}

TEST_CASE("codec property: damaged content is refused, or means one thing")
{
    test::checkLaw(
        [] {
            const segment::Content content = anyContent();
            const auto decoded = decodeLike(content, damaged(encode(content)));
            if (!decoded)
                return;
            const auto again = decodeLike(content, encode(*decoded));
            RC_ASSERT(again.has_value());
            RC_ASSERT((*again == *decoded));
        },
        1'000);
}

TEST_CASE("codec property: a damaged statement is refused, or keeps its acts")
{
    test::MembershipLog log;
    const SpaceId space = log.newSpace();
    const ledger::SignedStatement good = log.sign(
        log.founder,
        {log.genesis, test::MembershipLog::openCase(space), test::MembershipLog::epoch(space, 1),
         test::MembershipLog::grant(space, 1, log.founder), log.invite(1), ledger::NewLife{3, 4}});
    test::checkLaw(
        [&] {
            ledger::SignedStatement statement = good;
            statement.body = damaged(statement.body);
            RC_PRE(statement.body != good.body);
            ledger::Membership membership;
            RC_ASSERT(!membership.apply(statement).has_value());
            RC_ASSERT(membership.height() == 0U);
            RC_ASSERT(membership.devices().empty());
            const auto decoded = decodeStatement(statement);
            const bool isKnown = decoded && std::ranges::none_of(decoded->acts, [](const ledger::Act& act) {
                                     return std::holds_alternative<ledger::UnknownAct>(act);
                                 });
            if (!isKnown)
                return;
            const auto again = decodeStatement(signStatement(*decoded, {}, log.founder.key));
            RC_ASSERT(again.has_value());
            RC_ASSERT((again->acts == decoded->acts));
        },
        1'000);
}

TEST_CASE("codec property: bytes from anywhere never pass for what they are not")
{
    test::checkLaw(
        [] {
            const Bytes bytes = anyBytes(400);
            RC_ASSERT(!ledger::decodeHeader(bytes).has_value());
            RC_ASSERT(!ledger::openDevice(bytes).has_value());
            RC_ASSERT(!segment::openJoinRequest({}, {}, bytes).has_value());
            RC_ASSERT(!segment::parseInvitation(textOf(bytes)).has_value());
            if (const auto message = wire::decodeToServer(bytes))
                RC_ASSERT((wire::decodeToServer(wire::encode(*message)) == message));
            if (const auto message = wire::decodeToClient(bytes))
                RC_ASSERT((wire::decodeToClient(wire::encode(*message)) == message));
        },
        2'000);
}

}  // namespace teren
