// SPDX-License-Identifier: EUPL-1.2
// The golden bytes of sealed segments, invitations and join requests: see tests/vectors/README.md.
#include "crypto/base/limits.h"
#include "sync/ledger/bigendian.h"
#include "sync/ledger/proto_field.h"
#include "sync/segment/applied_seal.h"
#include "sync/segment/compression.h"
#include "sync/segment/enrolment.h"
#include "tests/support/catch.h"
#include "tests/support/membership_log.h"
#include "tests/support/sample_content.h"
#include "tests/support/vector_writer.h"

namespace teren::segment {
namespace {

using test::VectorFile;
constexpr std::size_t kHead = ledger::SignedSegmentHeader::kSize;

template <typename Array>
Array arrayAt(const VectorFile& file, const std::string& key)
{
    Array array{};
    REQUIRE(ledger::readArray(textOf(fromHex(file.at(key)).value()), array));
    return array;
}

Bytes joined(const ledger::Segment& segment)
{
    Bytes bytes = segment.head.bytes;
    bytes.insert(bytes.end(), segment.body.begin(), segment.body.end());
    return bytes;
}

void addSegment(
    const std::string& name, const ledger::Segment& segment, const test::SampleSpace& space,
    const Bytes& content, const std::string& expect)
{
    test::addVector(
        "segment",
        {name,
         {{"expect", expect},
          {"space-key", toHex(space.key.key.reveal())},
          {"device-key", toHex(space.device.publicKey())},
          {"content", toHex(content)}},
         joined(segment)});
}

/// A sealed plaintext that no honest device writes.
ledger::Segment around(const test::SampleSpace& space, const ledger::Segment& like, ByteView plaintext)
{
    test::SeededRandom random(304);
    ledger::SegmentHeader header = like.head.header;
    ledger::Segment segment;
    segment.body = seal(space.key.key, encodeAssociated(header), plaintext, random);
    header.bodySize = static_cast<std::uint32_t>(segment.body.size());
    header.bodyHash = blake2b({segment.body});
    segment.head = signHeader(header, space.device);
    return segment;
}

void writeRefusedSegments(const test::SampleSpace& space, const ledger::Segment& good, const Bytes& plain)
{
    const auto wrap = [](std::size_t length, ByteView compressed, std::uint8_t behind) {
        ledger::Writer out;
        out.number(static_cast<std::uint32_t>(length)).raw(compressed).number(behind);
        return out.take();
    };
    const auto add = [&](const std::string& name, const Bytes& plaintext, const std::string& expect) {
        addSegment("refused-" + name, around(space, good, plaintext), space, {}, expect);
    };
    const Bytes zstd = compress(plain);
    add("padding-not-zero", wrap(zstd.size(), zstd, 1), "malformed");
    add("length-past-the-end", wrap(zstd.size() + 2, zstd, 0), "malformed");
    add("not-compressed", wrap(plain.size(), plain, 0), "malformed");
    add("empty", {}, "malformed");
    const Bytes bomb = compress(Bytes(1 << 20, 0));
    add("larger-than-its-bound", wrap(bomb.size(), bomb, 0), "limit-exceeded");
    const Bytes nonsense = compress(Bytes(20, 0xff));
    add("not-a-content", wrap(nonsense.size(), nonsense, 0), "malformed");

    ledger::Segment forged = good;
    forged.head.header.life++;
    forged.head = signHeader(forged.head.header, space.device);
    addSegment("refused-moved-to-another-life", forged, space, {}, "forged");
    forged = good;
    forged.head.header.keyId[0] ^= 1;
    forged.head = signHeader(forged.head.header, space.device);
    addSegment("refused-another-key-id", forged, space, {}, "forged");
}

void writeSegments()
{
    test::SeededRandom random(301);
    const test::SampleSpace space = test::SampleSpace::make(random);
    const auto add = [&](const std::string& name, const Content& content) {
        const auto segment = space.seal(content, random);
        REQUIRE(segment.has_value());
        addSegment(name, *segment, space, encode(content), "ok");
        return *segment;
    };
    Content smallest = test::sampleContent(random, 1, 1);
    smallest.changes[0].context.clear();
    smallest.changes[0].group.reset();
    smallest.changes[0].ops.clear();
    add("smallest", smallest);
    const Content typical = test::sampleContent(random, 3, 6);
    const ledger::Segment good = add("typical", typical);
    add("many", test::sampleContent(random, 60, 12));
    Content later = test::sampleContent(random, 2, 2);
    later.changes[1].ops.push_back({static_cast<OpKind>(77), RecordId{{1}}, "later", Bytes{1, 2, 3}});
    add("operation-of-a-later-build", later);
    writeRefusedSegments(space, good, encode(typical));
}

void writeEnrolment()
{
    test::SeededRandom random(302);
    const test::TestDevice device = test::TestDevice::make(random);
    Invitation invitation;
    invitation.workspace = WorkspaceId::random(random);
    random.fill(invitation.secret);
    invitation.address = "teren.gops.example:7443";
    const auto request
        = makeJoinRequest(invitation, device.signedStatement(), {"Żaneta Ćwiklińska", "laptop nr 3"}, random);
    REQUIRE(request.has_value());
    test::addVector(
        "enrolment",
        {"join-request",
         {{"workspace", invitation.workspace.hex()},
          {"secret", toHex(invitation.secret)},
          {"invitation", invitation.id().hex()},
          {"address", invitation.address},
          {"text", toText(invitation)},
          {"code", request->code},
          {"person", "Żaneta Ćwiklińska"},
          {"device-name", "laptop nr 3"},
          {"device", device.id().hex()}},
         request->bytes});
}

void addApplied(
    const std::string& name, const ledger::AppliedWord& word, const test::SampleSpace& space,
    const WorkspaceId& workspace, const std::string& expect)
{
    test::addVector(
        "applied",
        {name,
         {{"expect", expect},
          {"workspace", workspace.hex()},
          {"space", word.space.hex()},
          {"device", word.device.hex()},
          {"epoch", std::to_string(word.epoch)},
          {"space-key", toHex(space.key.key.reveal())},
          {"device-key", toHex(space.device.publicKey())},
          {"signature", toHex(word.signature)}},
         word.box});
}

void writeApplied()
{
    test::SeededRandom random(305);
    const test::SampleSpace space = test::SampleSpace::make(random);
    const auto device = DeviceId::random(random);
    Applied applied;
    applied.life = random.below(1'000'000);
    applied.counter = 1'795'000'000'000;
    applied.stated = test::ManualClock().now();
    const auto seal = [&] {
        return *sealApplied(
            applied, space.place.workspace, space.place.space, device, space.key, space.device, random);
    };
    addApplied("nothing", seal(), space, space.place.workspace, "ok");
    for (std::uint64_t i = 1; i <= 3; ++i)
        applied.seen.add({{DeviceId::random(random), random.below(1'000'000)}, i * 100});
    const ledger::AppliedWord good = seal();
    addApplied("three-authors", good, space, space.place.workspace, "ok");
    ledger::AppliedWord moved = good;
    moved.space = SpaceId::random(random);
    ledger::signApplied(moved, space.place.workspace, space.device);
    addApplied("refused-moved-to-another-space", moved, space, space.place.workspace, "forged");
    applied.counter = limits::kSeqMax + 1;
    addApplied("refused-impossible-counter", seal(), space, space.place.workspace, "malformed");
}

}  // namespace

TEST_CASE("vectors: write the segments'", "[.generate]")
{
    writeApplied();
    writeSegments();
    writeEnrolment();
}

TEST_CASE("vectors: sealed segments open, or not")
{
    const auto files = test::vectorsIn("segment");
    REQUIRE(files.size() >= 12);
    for (const VectorFile& file : files) {
        INFO(file.name);
        const auto head = ledger::decodeHeader(ByteView(file.bytes).first(kHead));
        REQUIRE(head.has_value());
        const ledger::Segment segment{*head, toBytes(ByteView(file.bytes).subspan(kHead))};
        REQUIRE(verifyHeader(segment.head, arrayAt<VerifyKey>(file, "device-key")));
        REQUIRE(verifyBody(segment.head, segment.body));
        const auto content = openSegment(
            segment, SecretKey::copyOf(arrayAt<std::array<std::uint8_t, 32>>(file, "space-key")));
        CHECK(test::outcomeOf(content) == file.at("expect"));
        if (content)
            CHECK(toHex(encode(*content)) == file.at("content"));
    }
}

TEST_CASE("vectors: words about what is applied open, or not")
{
    const auto files = test::vectorsIn("applied");
    REQUIRE(files.size() >= 4);
    for (const VectorFile& file : files) {
        INFO(file.name);
        const auto workspace = WorkspaceId::fromHex(file.at("workspace")).value();
        ledger::AppliedWord word;
        word.space = SpaceId::fromHex(file.at("space")).value();
        word.device = DeviceId::fromHex(file.at("device")).value();
        word.epoch = static_cast<std::uint32_t>(std::stoul(file.at("epoch")));
        word.box = file.bytes;
        word.signature = arrayAt<Signature>(file, "signature");
        ledger::Writer text;
        text.raw(workspace.bytes).raw(word.space.bytes).raw(word.device.bytes).number(word.epoch);
        text.raw(blake2b({word.box}));
        CHECK(
            verify(arrayAt<VerifyKey>(file, "device-key"), "teren.applied.v1", text.take(), word.signature));
        SecretKey key = SecretKey::copyOf(arrayAt<std::array<std::uint8_t, 32>>(file, "space-key"));
        const Hash keyId = keyIdOf(workspace, word.space, word.epoch, key);
        const auto opened = openApplied(word, workspace, {word.epoch, keyId, std::move(key)});
        CHECK(test::outcomeOf(opened) == file.at("expect"));
        if (opened && file.name == "three-authors")
            CHECK(opened->seen.entries().size() == 3);
    }
}

TEST_CASE("vectors: invitations and join requests")
{
    const auto files = test::vectorsIn("enrolment");
    REQUIRE_FALSE(files.empty());
    for (const VectorFile& file : files) {
        INFO(file.name);
        const auto invitation = parseInvitation(file.at("text"));
        REQUIRE(invitation.has_value());
        CHECK(invitation->workspace.hex() == file.at("workspace"));
        CHECK(invitation->secret == arrayAt<InvitationSecret>(file, "secret"));
        CHECK(invitation->address == file.at("address"));
        CHECK(invitation->id().hex() == file.at("invitation"));
        CHECK(toText(*invitation) == file.at("text"));
        const auto opened = openJoinRequest(invitation->workspace, invitation->secret, file.bytes);
        REQUIRE(opened.has_value());
        CHECK(opened->code == file.at("code"));
        CHECK(opened->names == JoinNames{file.at("person"), file.at("device-name")});
        CHECK(opened->device.id().hex() == file.at("device"));
    }
}

}  // namespace teren::segment
