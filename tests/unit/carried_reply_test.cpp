// SPDX-License-Identifier: EUPL-1.2
//
// Goal: whoever carries a bundle to the server and its reply back can neither read, alter, reorder nor drop
// anything unnoticed, and the device that made the bundle ends where a session of its own would have left it.
//
// Methodology: real stores and a real server's machine; the carrier is played by the test, well and badly.
#include "app/service/carrying.h"
#include "crypto/base/limits.h"
#include "sync/engine/reply_reader.h"
#include "sync/wire/frame.h"
#include "tests/support/session_office.h"

#include <algorithm>

namespace teren::test {
namespace {

carrier::Bundle bundleFrom(StoreDevice& device, bool all = false)
{
    return must(service::bundleOf(*device, device.clock.now(), limits::kTicketLife, all));
}

/// What no compression makes smaller.
std::string randomText(RandomSource& random, std::size_t size)
{
    Bytes bytes(size / 2);
    random.fill(bytes);
    return toHex(bytes);
}

/// A carrier at the server.
class Errand {
public:
    explicit Errand(OfficeServer& server, Instant now) : peer_(*server.hub, Hash{7}), now_(now) {}

    void say(const wire::ToServer& message)
    {
        hear(peer_.received(message, now_));
        while (peer_.hasPages())
            hear(peer_.nextPage(now_));
    }
    carrier::Reply run(const carrier::Bundle& bundle)
    {
        say(wire::Present{{}, carrier::encode(bundle.ticket), {}});
        for (const ledger::Segment& segment : bundle.segments) {
            if (refusal_)
                break;
            for (wire::PutSegment& part : carrier::asMessages(segment))
                say(std::move(part));
            hear(peer_.flush(now_));
        }
        if (!refusal_)
            say(wire::Finish{});
        return {bundle.ticket, raw_};
    }
    const std::optional<wire::RefusalCode>& refusal() const { return refusal_; }

private:
    void hear(const server::PeerMachine::Output& output)
    {
        for (const wire::ToClient& message : output.messages) {
            raw_.push_back(wire::encode(message));
            if (const auto* refused = std::get_if<wire::Refusal>(&message))
                refusal_ = refused->code;
        }
    }

    server::PeerMachine peer_;
    Instant now_;
    std::vector<Bytes> raw_;
    std::optional<wire::RefusalCode> refusal_;
};

struct CarriedOffice : SessionOffice {
    CarriedOffice() : space(openCase(anna)) { sync(*jan); }

    carrier::Reply carry(const carrier::Bundle& bundle)
    {
        Errand errand(*server, anna.clock.now());
        carrier::Reply reply = errand.run(bundle);
        REQUIRE_FALSE(errand.refusal());
        return reply;
    }
    static service::ImportReport import(StoreDevice& device, const carrier::Reply& reply)
    {
        const carrier::Reply read = must(carrier::decodeReply(must(carrier::encode(reply))));
        service::ImportReport report;
        must(service::applyReply(*device, read, device.clock.now(), report));
        return report;
    }
    static Errc refused(StoreDevice& device, const carrier::Reply& reply)
    {
        const wire::Position before = device->position();
        service::ImportReport report;
        const Status status = service::applyReply(*device, reply, device.clock.now(), report);
        REQUIRE_FALSE(status);
        CHECK(device->position() == before);
        return status.error().code;
    }
    void checkTogether()
    {
        for (int round = 0; round < 2; ++round)
            for (StoreDevice* device : {&anna, jan.get()})
                sync(*device);
        CHECK(must(anna->digest(space)) == must((*jan)->digest(space)));
        CHECK(must(anna->outboxCounts()).unsent == 0);
        checkSound(anna);
        checkSound(*jan);
    }

    std::unique_ptr<StoreDevice> jan = join();
    SpaceId space;
};

TEST_CASE("a reply leaves the device where a session of its own would have")
{
    CarriedOffice office;
    const RecordId mine = office.anna.add(office.space, "visit", "note", "w terenie");
    const RecordId theirs = office.jan->add(office.space, "visit", "note", "w biurze");
    office.sync(*office.jan);

    const carrier::Reply reply = office.carry(bundleFrom(office.anna));
    const service::ImportReport report = CarriedOffice::import(office.anna, reply);
    CHECK(report.confirmed == 1);
    CHECK(report.changes == 1);
    CHECK(must(office.anna->outboxCounts()).unsent == 0);
    CHECK(office.anna.values(theirs, "note") == std::vector<std::string>{"w biurze"});
    CHECK(office.anna->position().head.size == office.server->size());
    checkSound(office.anna);

    const SessionOffice::Ended ended = office.sync(office.anna);
    CHECK(ended.counts.received == 0);
    CHECK(ended.counts.sent == 0);
    office.sync(*office.jan);
    CHECK(office.jan->values(mine, "note") == std::vector<std::string>{"w terenie"});
    office.checkTogether();
}

TEST_CASE("a reply read twice, or late, changes nothing more")
{
    CarriedOffice office;
    office.anna.add(office.space, "visit", "note", "raz");
    const carrier::Bundle bundle = bundleFrom(office.anna);
    const carrier::Reply reply = office.carry(bundle);
    // A second errand with the same bundle: the log takes nothing twice.
    const std::uint64_t size = office.server->size();
    const carrier::Reply second = office.carry(bundle);
    CHECK(office.server->size() == size);
    CarriedOffice::import(office.anna, reply);
    const wire::Position after = office.anna->position();
    CHECK(CarriedOffice::import(office.anna, reply).confirmed == 0);
    CHECK(CarriedOffice::import(office.anna, second).confirmed == 0);
    CHECK(office.anna->position() == after);

    office.jan->add(office.space, "visit", "note", "dwa");
    office.sync(*office.jan);
    office.sync(office.anna);
    const wire::Position newest = office.anna->position();
    CHECK(CarriedOffice::import(office.anna, reply).changes == 0);
    CHECK(office.anna->position() == newest);
    office.checkTogether();
}

TEST_CASE("a reply to a device that was in contact meanwhile brings what follows, or is refused")
{
    CarriedOffice office;
    office.anna.add(office.space, "visit", "note", "raz");
    const carrier::Bundle bundle = bundleFrom(office.anna);
    office.jan->add(office.space, "visit", "note", "dwa");
    office.sync(*office.jan);
    office.sync(office.anna);
    office.jan->add(office.space, "visit", "note", "trzy");
    office.sync(*office.jan);
    const carrier::Reply reply = office.carry(bundle);
    CHECK(CarriedOffice::refused(office.anna, reply) == Errc::Refused);
    office.checkTogether();
}

TEST_CASE("a reply that somebody altered is refused as a whole")
{
    CarriedOffice office;
    office.anna.add(office.space, "visit", "note", "raz");
    for (int i = 0; i < 4; ++i) {
        office.jan->add(office.space, "visit", "note", "dwa");
        office.sync(*office.jan);
    }
    const carrier::Reply reply = office.carry(bundleFrom(office.anna));
    REQUIRE(reply.messages.size() >= 4);
    for (std::size_t at = 0; at < reply.messages.size(); ++at) {
        INFO("message " << at);
        carrier::Reply dropped = reply;
        dropped.messages.erase(dropped.messages.begin() + static_cast<std::ptrdiff_t>(at));
        CHECK(CarriedOffice::refused(office.anna, dropped) == Errc::Forged);
        carrier::Reply twice = reply;
        twice.messages.insert(twice.messages.begin(), reply.messages[at]);
        CHECK_FALSE(CarriedOffice::refused(office.anna, twice) == Errc::Refused);
        if (at + 1 < reply.messages.size()) {
            carrier::Reply swapped = reply;
            std::swap(swapped.messages[at], swapped.messages[at + 1]);
            CHECK_FALSE(CarriedOffice::refused(office.anna, swapped) == Errc::Refused);
        }
        carrier::Reply flipped = reply;
        flipped.messages[at].back() ^= 1;
        CHECK_FALSE(CarriedOffice::refused(office.anna, flipped) == Errc::Refused);
    }
    carrier::Reply emptied = reply;
    wire::Page claim;
    claim.cursor = office.server->size();
    claim.last = true;
    emptied.messages.insert(emptied.messages.begin() + 1, wire::encode(wire::ToClient(claim)));
    CHECK(CarriedOffice::refused(office.anna, emptied) == Errc::Forged);
    CarriedOffice::import(office.anna, reply);
    office.checkTogether();
}

TEST_CASE("a reply in which the server confirms what it does not hold confirms nothing")
{
    CarriedOffice office;
    office.jan->add(office.space, "visit", "note", "w biurze");
    office.sync(*office.jan);
    office.anna.add(office.space, "visit", "note", "raz");
    const carrier::Bundle bundle = bundleFrom(office.anna);
    const carrier::Reply honest = office.carry(bundle);
    // Not in the bundle: the server has never seen it.
    office.anna.add(office.space, "visit", "note", "dwa");
    must(office.anna->sealAll());
    const std::vector<engine::Outgoing> unsent = must(office.anna->outbox(0, 1'000'000));
    REQUIRE(unsent.size() == 2);

    std::function<void(wire::Receipt&)> lie;
    SECTION("under another entry's number")
    {
        lie = [](wire::Receipt& receipt) { receipt.entries.front().number -= 1; };
    }
    SECTION("of other work of the device")
    {
        lie = [&](wire::Receipt& receipt) {
            receipt.entries.front().segment = unsent.back().segment.head.hash;
        };
    }
    SECTION("of that beside what it holds")
    {
        lie = [&](wire::Receipt& receipt) {
            const std::uint64_t number = receipt.entries.front().number;
            receipt.entries.insert(receipt.entries.begin(), {number - 1, unsent.back().segment.head.hash});
        };
    }
    SECTION("with a proof of something else")
    {
        lie = [](wire::Receipt& receipt) { receipt.proof.assign(receipt.proof.size(), Hash{}); };
    }
    // It has the key to seal whatever it likes.
    carrier::Reply reply{honest.ticket, {}};
    Hasher sent;
    std::size_t lies = 0;
    for (const Bytes& bytes : honest.messages) {
        wire::ToClient message = must(wire::decodeToClient(bytes));
        if (auto* receipt = std::get_if<wire::Receipt>(&message); receipt != nullptr && ++lies == 1)
            lie(*receipt);
        if (auto* seal = std::get_if<wire::ReplySeal>(&message)) {
            Bytes text = toBytes(honest.ticket.id());
            const Hash all = sent.finish();
            text.insert(text.end(), all.begin(), all.end());
            seal->signature = office.server->store->identity().receiptKey.sign("teren.reply.v1", text);
        } else {
            sent.add(must(wire::frame(wire::encode(message))));
        }
        reply.messages.push_back(wire::encode(message));
    }
    REQUIRE(lies == 1);
    service::ImportReport report;
    CHECK_FALSE(service::applyReply(*office.anna, reply, office.anna.clock.now(), report).has_value());
    CHECK(must(office.anna->outboxCounts()).unsent == 2);
    CarriedOffice::import(office.anna, honest);
    CHECK(must(office.anna->outboxCounts()).unsent == 1);
    office.checkTogether();
}

TEST_CASE("a reply from a server with a full disk says so, and the work is offered again as it is")
{
    CarriedOffice office;
    for (int i = 0; i < 3; ++i)
        office.anna.add(office.space, "visit", "note", randomText(office.anna.random, 60'000));
    const carrier::Bundle bundle = bundleFrom(office.anna);
    REQUIRE_FALSE(bundle.segments.empty());
    office.server->stop();
    office.server->start({.bytesMax = 1});
    const service::ImportReport report = CarriedOffice::import(office.anna, office.carry(bundle));
    CHECK(report.refused == service::RefusedByServer{{wire::SegmentRefusal::NoRoom, bundle.segments.size()}});
    CHECK(report.apart == 0);
    CHECK(report.confirmed == 0);
    const store::OutboxCounts told = must(office.anna->outboxCounts());
    CHECK(told.unsent == 3);
    CHECK(told.refused == 3);
    CHECK(told.refusedWhy == wire::SegmentRefusal::NoRoom);

    office.server->stop();
    office.server->start();
    // Sealed anew it would part from what a carrier may still bring.
    must((*office.jan)
             ->queueAct(ledger::Invite{
                 InvitationId::random(office.jan->random), MemberId::random(office.jan->random),
                 ledger::kAllRights, office.jan->clock.now() + std::chrono::hours(24)}));
    office.sync(*office.jan);
    CHECK(
        CarriedOffice::import(office.anna, office.carry({bundle.ticket, bundle.statements, {}})).statements
        == 1);
    const carrier::Bundle again = bundleFrom(office.anna);
    REQUIRE(again.segments.size() == bundle.segments.size());
    for (std::size_t i = 0; i < again.segments.size(); ++i)
        CHECK(again.segments[i].head.hash == bundle.segments[i].head.hash);

    SECTION("by a carrier")
    {
        CHECK(CarriedOffice::import(office.anna, office.carry(again)).confirmed == 3);
    }
    SECTION("by the next session")
    {
        CHECK(office.sync(office.anna).counts.confirmed == 3);
    }
    CHECK(must(office.anna->outboxCounts()).refused == 0);
    office.checkTogether();
}

TEST_CASE("a reply for another requester is refused")
{
    CarriedOffice office;
    office.anna.add(office.space, "visit", "note", "raz");
    const carrier::Reply annas = office.carry(bundleFrom(office.anna));
    CHECK(CarriedOffice::refused(*office.jan, annas) == Errc::Refused);
    // Another ticket of the same device does not fit the seal either.
    office.anna.clock.advance(std::chrono::hours(1));
    const carrier::Reply later{bundleFrom(office.anna).ticket, annas.messages};
    CHECK(CarriedOffice::refused(office.anna, later) == Errc::Forged);
    const carrier::Reply janned{bundleFrom(*office.jan).ticket, annas.messages};
    CHECK(CarriedOffice::refused(*office.jan, janned) == Errc::Forged);
}

TEST_CASE("a reply cut short by a crash goes on with the next import")
{
    CarriedOffice office;
    for (int i = 0; i < 3; ++i)
        office.anna.add(office.space, "visit", "note", "raz");
    office.jan->add(office.space, "visit", "note", "dwa");
    office.sync(*office.jan);
    const carrier::Bundle bundle = bundleFrom(office.anna);
    const carrier::Reply reply = office.carry(bundle);
    const std::vector<wire::ToClient> messages
        = must(carrier::openReply(reply, engine::serverKeysOf(*office.anna, office.anna.clock.now())));
    const wire::Position asked
        = must(wire::decodePosition(must(carrier::decodeTicket(bundle.ticket)).position));
    for (std::size_t count = 0; count < messages.size(); ++count) {
        INFO("after " << count << " of " << messages.size());
        engine::ReplyReader reader(
            *office.anna, [&](const Hash& hash) { return office.anna->headOf(hash); },
            engine::serverKeysOf(*office.anna, office.anna.clock.now()));
        must(reader.read(std::span(messages).first(count), asked));
        office.anna.reopen();
        checkSound(office.anna);
    }
    CarriedOffice::import(office.anna, reply);
    CHECK(must(office.anna->outboxCounts()).unsent == 0);
    office.checkTogether();
}

TEST_CASE("a ticket counts at the server for a member, in its time, for carrying and nothing else")
{
    CarriedOffice office;
    office.anna.add(office.space, "visit", "note", "raz");
    carrier::Bundle bundle = bundleFrom(office.anna);
    const std::uint64_t size = office.server->size();
    const auto refusalOf = [&](const carrier::Bundle& given, Instant now) {
        Errand errand(*office.server, now);
        errand.run(given);
        return errand.refusal();
    };
    const Instant now = office.anna.clock.now();
    CHECK(
        refusalOf(bundle, now + limits::kTicketLife + std::chrono::hours(1)) == wire::RefusalCode::BadToken);
    carrier::Ticket ticket = must(carrier::decodeTicket(bundle.ticket));
    carrier::Bundle forged = bundle;
    forged.ticket = carrier::signTicket(ticket, (*office.jan)->keys().signing);
    CHECK(refusalOf(forged, now) == wire::RefusalCode::BadProof);
    ticket.carrier = (*office.jan)->keys().signing.publicKey();
    forged.ticket = carrier::signTicket(ticket, office.anna->keys().signing);
    CHECK(refusalOf(forged, now) == wire::RefusalCode::BadProof);
    {
        Errand named(*office.server, now);
        const Bytes proof = wire::presentMessage(Hash{7}, forged.ticket.id());
        named.say(wire::Present{
            {},
            carrier::encode(forged.ticket),
            (*office.jan)->keys().signing.sign("teren.carrier.v1", proof)});
        CHECK_FALSE(named.refusal());
        named.say(wire::JoinRequestsQuery{});
        CHECK(named.refusal() == wire::RefusalCode::OutOfTurn);
    }
    {
        Errand unasked(*office.server, now);
        unasked.say(wire::Finish{});
        CHECK(unasked.refusal() == wire::RefusalCode::OutOfTurn);
    }
    const carrier::Bundle jans = bundleFrom(*office.jan);
    must(office.anna->queueAct(ledger::RemoveDevice{(*office.jan)->device()}));
    office.sync(office.anna);
    CHECK(refusalOf(jans, now) == wire::RefusalCode::NotAMember);
    CHECK(office.server->size() >= size);
}

TEST_CASE("a segment that nobody signed is refused on its way by a carrier as anywhere")
{
    CarriedOffice office;
    office.anna.add(office.space, "visit", "note", "raz");
    carrier::Bundle bundle = bundleFrom(office.anna);
    REQUIRE(bundle.segments.size() == 1);
    const std::uint64_t size = office.server->size();
    ledger::Segment& segment = bundle.segments.front();
    segment.head = ledger::signHeader(segment.head.header, (*office.jan)->keys().signing);
    const carrier::Reply reply = office.carry(bundle);
    CHECK(office.server->size() == size);
    CHECK(CarriedOffice::import(office.anna, reply).confirmed == 0);
    CHECK(must(office.anna->outboxCounts()).unsent == 1);
    office.checkTogether();
}

}  // namespace
}  // namespace teren::test
