// SPDX-License-Identifier: EUPL-1.2
// The golden bytes of files that people carry, and their limits: see tests/vectors/README.md.
#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/carrier/bundle.h"
#include "tests/support/catch.h"
#include "tests/support/later_fields.h"
#include "tests/support/seeded.h"
#include "tests/support/vector_writer.h"

#include <algorithm>

namespace teren::carrier {
namespace {

using test::VectorFile;

constexpr Instant kMade{std::chrono::milliseconds(1'795'392'000'000)};

SigningKey sampleKey()
{
    test::SeededRandom random(31);
    return SigningKey::generate(random);
}

SignedTicket sampleTicket(std::optional<VerifyKey> carrier = {})
{
    test::SeededRandom random(32);
    Ticket ticket;
    ticket.workspace = WorkspaceId::random(random);
    ticket.device = DeviceId::random(random);
    ticket.carrier = carrier;
    ticket.issued = kMade;
    ticket.expires = kMade + limits::kTicketLife;
    wire::Position position;
    position.head = {7, blake2b({viewOf("root")})};
    position.membershipHeight = 3;
    position.membershipHash = blake2b({viewOf("statement")});
    position.cursor = 6;
    ticket.position = wire::encode(position);
    ticket.server = "office.example:7443";
    return signTicket(ticket, sampleKey());
}

ledger::Segment sampleSegment(std::size_t size)
{
    test::SeededRandom random(33);
    ledger::Segment segment;
    segment.body.resize(size);
    random.fill(segment.body);
    ledger::SegmentHeader header;
    header.workspace = WorkspaceId::random(random);
    header.space = SpaceId::random(random);
    header.device = DeviceId::random(random);
    header.life = 5;
    header.firstSeq = 1;
    header.count = 2;
    header.epoch = 1;
    header.membershipHeight = 1;
    header.plainSizeBound = 128;
    header.bodySize = static_cast<std::uint32_t>(size);
    header.bodyHash = blake2b({segment.body});
    segment.head = ledger::signHeader(header, sampleKey());
    return segment;
}

ledger::SignedStatement sampleStatement(std::size_t size)
{
    test::SeededRandom random(34);
    ledger::SignedStatement statement;
    statement.body.resize(size);
    random.fill(statement.body);
    statement.device = DeviceId::random(random);
    statement.signature = sampleKey().sign("teren.statement.v1", statement.body);
    return statement;
}

std::vector<std::pair<std::string, Bytes>> samples()
{
    const auto made = [](const auto& file) {
        Result<Bytes> bytes = encode(file);
        REQUIRE(bytes);
        return *std::move(bytes);
    };
    wire::Answer answer;
    answer.statements = {sampleStatement(40)};
    answer.toReceive = 1;
    wire::Page page;
    page.last = true;
    const wire::SegmentRefused refused{sampleSegment(64).head.hash, wire::SegmentRefusal::Gap};
    const std::vector<Bytes> messages{
        wire::encode(wire::ToClient(answer)), wire::encode(wire::ToClient(page)),
        wire::encode(wire::ToClient(refused))};
    const std::vector<Bytes> full{
        wire::encode(wire::ToClient(answer)), wire::encode(wire::ToClient(page)),
        wire::encode(
            wire::ToClient(wire::SegmentRefused{sampleSegment(64).head.hash, wire::SegmentRefusal::NoRoom}))};
    return {
        {"bundle-empty", made(Bundle{sampleTicket(), {}, {}})},
        {"bundle", made(Bundle{sampleTicket(), {sampleStatement(100)}, {sampleSegment(128)}})},
        {"bundle-named-carrier",
         made(Bundle{sampleTicket(sampleKey().publicKey()), {}, {sampleSegment(64)}})},
        {"reply", made(Reply{sampleTicket(), messages})},
        {"reply-no-room", made(Reply{sampleTicket(), full})}};
}

std::string outcomeOf(const VectorFile& file)
{
    if (file.at("kind") == "reply")
        return test::outcomeOf(decodeReply(file.bytes));
    return test::outcomeOf(decodeBundle(file.bytes));
}

TEST_CASE("bundle vectors are written", "[.generate]")
{
    for (const auto& [name, bytes] : samples())
        test::addVector(
            "bundle", {name, {{"kind", name.substr(0, name.find('-'))}, {"expect", "ok"}}, bytes});
    Bytes cut = samples()[1].second;
    cut.pop_back();
    test::addVector("bundle", {"refused-cut", {{"kind", "bundle"}, {"expect", "damaged"}}, cut});
}

TEST_CASE("bundle vectors are read as they say")
{
    const std::vector<VectorFile> files = test::vectorsIn("bundle");
    REQUIRE(files.size() >= samples().size());
    for (const VectorFile& file : files) {
        INFO(file.name);
        CHECK(outcomeOf(file) == file.at("expect"));
    }
    for (const auto& [name, bytes] : samples()) {
        INFO(name);
        const auto file = std::ranges::find(files, name, &VectorFile::name);
        REQUIRE(file != files.end());
        CHECK(file->bytes == bytes);
    }
}

TEST_CASE("bundle files bring back what was put in, however large its parts")
{
    const auto size = static_cast<std::size_t>(GENERATE(1, 64, 65'536, 65'537, 1'000'000));
    Bundle bundle{sampleTicket(), {}, {sampleSegment(size), sampleSegment(size)}};
    for (std::size_t i = 0; i < 300; ++i)
        bundle.statements.push_back(sampleStatement(1 + i * 37));
    const Result<Bytes> file = encode(bundle);
    REQUIRE(file);
    const Result<Bundle> read = decodeBundle(*file);
    REQUIRE(read);
    CHECK(read->ticket == bundle.ticket);
    CHECK(read->statements == bundle.statements);
    REQUIRE(read->segments.size() == 2);
    CHECK(read->segments[1].body == bundle.segments[1].body);
    CHECK(read->segments[1].head.bytes == bundle.segments[1].head.bytes);
    CHECK_FALSE(decodeReply(*file));
}

TEST_CASE("bundle files over the limit are neither written nor read")
{
    Bundle bundle{sampleTicket(), {}, {}};
    const ledger::Segment segment = sampleSegment(1'000'000);
    for (std::size_t i = 0; i < 68; ++i)
        bundle.segments.push_back(segment);
    const Result<Bytes> file = encode(bundle);
    REQUIRE_FALSE(file);
    CHECK(file.error().code == Errc::LimitExceeded);
    CHECK(checkFile(Bytes(limits::kBundleMax + 1)).error().code == Errc::LimitExceeded);
}

TEST_CASE("bundle tickets with fields of a later build are read as this one knows them")
{
    const test::MessageFields fields("sync/carrier/ticket.proto");
    SignedTicket ticket = sampleTicket();
    const auto plain = decodeTicket(ticket);
    REQUIRE(plain);
    CHECK(decodeSignedTicket(fields.withLater(encode(ticket), "SignedTicket")) == ticket);
    ticket.body = fields.withLater(ticket.body, "Ticket");
    const auto read = decodeTicket(ticket);
    REQUIRE(read);
    CHECK((*read == *plain));
}

TEST_CASE("bundle tickets count for their device and their time")
{
    const SignedTicket ticket = sampleTicket();
    const VerifyKey key = sampleKey().publicKey();
    CHECK(checkTicket(ticket, key, kMade));
    CHECK(checkTicket(ticket, key, kMade + limits::kTicketLife));
    CHECK_FALSE(checkTicket(ticket, key, kMade + limits::kTicketLife + std::chrono::milliseconds(1)));
    CHECK_FALSE(checkTicket(ticket, key, kMade - std::chrono::hours(25)));
    // Whose file it is has to do something else about each.
    const Status early = checkTicket(ticket, key, kMade - std::chrono::hours(24 * 40));
    REQUIRE_FALSE(early);
    CHECK(early.error().detail.find("clock of the device that made it is wrong") != std::string::npos);
    CHECK(early.error().detail.find("expired") == std::string::npos);
    const Status late = checkTicket(ticket, key, kMade + std::chrono::hours(24 * 40));
    REQUIRE_FALSE(late);
    CHECK(late.error().detail.find("has expired") != std::string::npos);
    CHECK(checkTicket(ticket, key, kMade - std::chrono::hours(23)));
    SignedTicket other = ticket;
    other.body.back() ^= 1;
    CHECK_FALSE(checkTicket(other, key, kMade));
    test::SeededRandom random(3);
    CHECK_FALSE(checkTicket(ticket, SigningKey::generate(random).publicKey(), kMade));
}

}  // namespace
}  // namespace teren::carrier
