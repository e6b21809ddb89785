// SPDX-License-Identifier: EUPL-1.2
#include "sync/segment/segment_seal.h"

#include "crypto/base/limits.h"
#include "sync/ledger/bigendian.h"
#include "sync/segment/compression.h"
#include "tests/support/catch.h"
#include "tests/support/sample_content.h"

#include <bit>
#include <cmath>
#include <set>

namespace teren::segment {
namespace {

struct Fixture {
    test::SeededRandom random{11};
    test::SampleSpace space = test::SampleSpace::make(random);
    Content content = test::sampleContent(random, 4, 5);

    ledger::Segment sealed()
    {
        auto segment = space.seal(content, random);
        REQUIRE(segment.has_value());
        return *std::move(segment);
    }
    /// A segment whose box holds `plaintext`, whatever that is.
    ledger::Segment around(ByteView plaintext, std::uint32_t bound)
    {
        ledger::Segment segment = sealed();
        ledger::SegmentHeader header = segment.head.header;
        header.plainSizeBound = bound;
        segment.body = seal(space.key.key, encodeAssociated(header), plaintext, random);
        header.bodySize = static_cast<std::uint32_t>(segment.body.size());
        header.bodyHash = blake2b({segment.body});
        segment.head = signHeader(header, space.device);
        return segment;
    }
};

Bytes withLength(ByteView compressed, std::size_t length, std::size_t padding)
{
    ledger::Writer out;
    out.number(static_cast<std::uint32_t>(length)).raw(compressed).raw(Bytes(padding, 0));
    return out.take();
}

}  // namespace

TEST_CASE("seal: a segment opens to what was put in, and its header says where it belongs")
{
    Fixture fixture;
    const ledger::Segment segment = fixture.sealed();
    const auto decoded = ledger::decodeHeader(segment.head.bytes);
    REQUIRE(decoded.has_value());
    REQUIRE(verifyHeader(*decoded, fixture.space.device.publicKey()));
    REQUIRE(verifyBody(*decoded, segment.body));
    const ledger::SegmentHeader& header = decoded->header;
    CHECK(header.workspace == fixture.space.place.workspace);
    CHECK(header.space == fixture.space.place.space);
    CHECK(header.membershipHeight == 17);
    CHECK(header.previous == fixture.space.place.previous);
    CHECK(header.epoch == 2);
    CHECK(header.keyId == fixture.space.key.keyId);
    CHECK(header.device == fixture.content.changes.front().dot.author.device);
    CHECK(header.firstSeq == fixture.content.changes.front().dot.seq);
    CHECK(header.lastSeq() == fixture.content.changes.back().dot.seq);
    const auto opened = openSegment({*decoded, segment.body}, fixture.space.key.key);
    REQUIRE(opened.has_value());
    CHECK((*opened == fixture.content));
}

TEST_CASE("seal: the same random bytes give the same segment")
{
    Fixture one;
    Fixture two;
    const ledger::Segment first = one.sealed();
    const ledger::Segment second = two.sealed();
    CHECK(first.head.bytes == second.head.bytes);
    CHECK(first.body == second.body);
    CHECK(one.sealed().body != first.body);
}

TEST_CASE("seal: no bit of the body and no field of the header can be changed")
{
    Fixture fixture;
    const ledger::Segment good = fixture.sealed();
    for (std::size_t i = 0; i < good.body.size(); ++i) {
        ledger::Segment forged = good;
        forged.body[i] ^= 0x10;
        REQUIRE(openSegment(forged, fixture.space.key.key).error().code == Errc::Forged);
    }
    const auto changed = [&](const auto& change) {
        ledger::Segment forged = good;
        change(forged.head.header);
        return openSegment(forged, fixture.space.key.key).error().code;
    };
    using Header = ledger::SegmentHeader;
    CHECK(changed([](Header& h) { h.kind = ledger::SpaceKind::Team; }) == Errc::Forged);
    CHECK(changed([](Header& h) { h.workspace.bytes[0] ^= 1; }) == Errc::Forged);
    CHECK(changed([](Header& h) { h.space.bytes[0] ^= 1; }) == Errc::Forged);
    CHECK(changed([](Header& h) { h.device.bytes[0] ^= 1; }) == Errc::Forged);
    CHECK(changed([](Header& h) { h.life++; }) == Errc::Forged);
    CHECK(changed([](Header& h) { h.firstSeq++; }) == Errc::Forged);
    CHECK(changed([](Header& h) { h.count++; }) == Errc::Forged);
    CHECK(changed([](Header& h) { h.epoch++; }) == Errc::Forged);
    CHECK(changed([](Header& h) { h.keyId[0] ^= 1; }) == Errc::Forged);
    CHECK(changed([](Header& h) { h.membershipHeight++; }) == Errc::Forged);
    CHECK(changed([](Header& h) { h.previous[0] ^= 1; }) == Errc::Forged);
    CHECK(changed([](Header& h) { h.plainSizeBound++; }) == Errc::Forged);
}

TEST_CASE("seal: another key does not open it, and the key id commits to place and epoch")
{
    Fixture fixture;
    const SecretKey other = SecretKey::generate(fixture.random);
    CHECK(openSegment(fixture.sealed(), other).error().code == Errc::Forged);
    const auto& [place, key, device] = fixture.space;
    SpaceId space = place.space;
    space.bytes[0] ^= 1;
    WorkspaceId workspace = place.workspace;
    workspace.bytes[0] ^= 1;
    CHECK(keyIdOf(place.workspace, place.space, 2, key.key) == key.keyId);
    CHECK(keyIdOf(place.workspace, place.space, 3, key.key) != key.keyId);
    CHECK(keyIdOf(place.workspace, space, 2, key.key) != key.keyId);
    CHECK(keyIdOf(workspace, place.space, 2, key.key) != key.keyId);
    CHECK(keyIdOf(place.workspace, place.space, 2, other) != key.keyId);
}

TEST_CASE("seal: a box that names another key than it is sealed under does not open with either")
{
    Fixture fixture;
    SecretKey other = SecretKey::generate(fixture.random);
    const SpaceKey crafted{2, fixture.space.key.keyId, other.clone()};
    const auto segment
        = sealSegment(fixture.content, fixture.space.place, crafted, fixture.space.device, fixture.random);
    REQUIRE(segment.has_value());
    CHECK(openSegment(*segment, other).error().code == Errc::Forged);
    CHECK(openSegment(*segment, fixture.space.key.key).error().code == Errc::Forged);
}

TEST_CASE("padding: multiples of 64 from 128 to 1 KiB, PADMÉ above")
{
    CHECK(paddedSize(0) == 128);
    CHECK(paddedSize(1) == 128);
    CHECK(paddedSize(128) == 128);
    CHECK(paddedSize(129) == 192);
    CHECK(paddedSize(1024) == 1024);
    CHECK(paddedSize(1025) == 1088);
    CHECK(paddedSize(std::size_t{8} << 20) == std::size_t{8} << 20);
    std::size_t last = 0;
    for (std::size_t size = 0; size < 300'000; size += 1 + size / 97) {
        const std::size_t padded = paddedSize(size);
        REQUIRE(padded >= size);
        REQUIRE(padded >= last);
        REQUIRE(paddedSize(padded) == padded);
        if (size > 1024) {
            // The definition in floating point, as the paper gives it.
            const double exponent = std::floor(std::log2(static_cast<double>(size)));
            const double significant = std::floor(std::log2(exponent)) + 1;
            const auto step = static_cast<std::size_t>(std::exp2(exponent - significant));
            REQUIRE(padded == (size + step - 1) / step * step);
            REQUIRE(padded * 100 <= size * 112);
        }
        last = padded;
    }
}

TEST_CASE("padding: segments of different texts have the same few sizes")
{
    Fixture fixture;
    std::set<std::size_t> sizes;
    std::set<std::uint32_t> bounds;
    fixture.content.changes.resize(1);
    fixture.content.changes[0].ops.resize(1);
    for (std::size_t length = 0; length < 60; ++length) {
        fixture.content.changes[0].ops[0].value.assign(length, 'a');
        const ledger::Segment segment = fixture.sealed();
        sizes.insert(segment.body.size());
        bounds.insert(segment.head.header.plainSizeBound);
        REQUIRE(segment.body.size() == paddedSize(segment.body.size()));
    }
    CHECK(sizes.size() <= 2);
    CHECK(bounds.size() <= 2);
}

TEST_CASE("seal: what does not fit one segment is refused")
{
    Fixture fixture;
    Content content = fixture.content;
    content.changes.resize(1);
    content.changes[0].ops.resize(1);
    Op op = content.changes[0].ops[0];
    op.value.resize(limits::kValueMax);
    for (int i = 0; i < 5; ++i) {
        fixture.random.fill(op.value);
        content.changes[0].ops.push_back(op);
    }
    CHECK(fixture.space.seal(content, fixture.random).error().code == Errc::LimitExceeded);
    std::ranges::fill(op.value, std::uint8_t{'a'});
    content.changes[0].ops.assign(33, op);
    CHECK(fixture.space.seal(content, fixture.random).error().code == Errc::LimitExceeded);
    content.changes[0].ops.assign(31, op);
    CHECK(fixture.space.seal(content, fixture.random).has_value());
}

TEST_CASE("seal: a member's crafted box is refused, however it lies")
{
    Fixture fixture;
    const SecretKey& key = fixture.space.key.key;
    const Bytes plain = encode(fixture.content);
    const Bytes zstd = compress(plain);
    const auto bound = static_cast<std::uint32_t>(paddedSize(plain.size()));
    const auto errorOf = [&](const Bytes& plaintext, std::uint32_t room) {
        const auto opened = openSegment(fixture.around(plaintext, room), key);
        REQUIRE_FALSE(opened.has_value());
        return opened.error().code;
    };
    CHECK(openSegment(fixture.around(withLength(zstd, zstd.size(), 7), bound), key).has_value());
    CHECK(errorOf({}, bound) == Errc::Malformed);
    CHECK(errorOf({0, 0, 0}, bound) == Errc::Malformed);
    CHECK(errorOf(withLength(zstd, zstd.size() + 1, 0), bound) == Errc::Malformed);
    CHECK(errorOf(withLength(zstd, 0xffffffff, 0), bound) == Errc::Malformed);
    CHECK(errorOf(withLength(zstd, zstd.size() - 1, 0), bound) == Errc::Malformed);
    CHECK(errorOf(withLength(zstd, 0, 0), bound) == Errc::Malformed);
    Bytes smuggled = withLength(zstd, zstd.size(), 7);
    smuggled.back() = 1;
    CHECK(errorOf(smuggled, bound) == Errc::Malformed);
    CHECK(
        errorOf(withLength(zstd, zstd.size(), 0), static_cast<std::uint32_t>(plain.size() - 1))
        == Errc::LimitExceeded);
    Bytes twice = zstd;
    twice.insert(twice.end(), zstd.begin(), zstd.end());
    CHECK(errorOf(withLength(twice, twice.size(), 0), limits::kSegmentPlainMax) == Errc::Malformed);
}

TEST_CASE("compression: a bomb stops at the bound")
{
    const Bytes bomb = compress(Bytes(64 << 20, 0));
    CHECK(bomb.size() < 10'000);
    CHECK(decompress(bomb, 4096).error().code == Errc::LimitExceeded);
    CHECK(decompress(bomb, limits::kSegmentPlainMax).error().code == Errc::LimitExceeded);
    CHECK(decompress(compress({}), 0).value().empty());
    CHECK(decompress(compress(Bytes(100, 1)), 100).value() == Bytes(100, 1));
    CHECK(decompress(compress(Bytes(100, 1)), 99).error().code == Errc::LimitExceeded);
    CHECK(decompress({}, 100).error().code == Errc::Malformed);
}

TEST_CASE("seal: in bulk, a field change takes no more than 40 bytes")
{
    Fixture fixture;
    const Content content = test::sampleContent(fixture.random, 400, 40);
    std::size_t ops = 0;
    for (const Change& change : content.changes)
        ops += change.ops.size();
    const auto segment = fixture.space.seal(content, fixture.random);
    REQUIRE(segment.has_value());
    const std::size_t bytes = segment->body.size() + segment->head.bytes.size();
    INFO(bytes << " bytes for " << ops << " changes of fields");
    CHECK(bytes < ops * 40);
}

}  // namespace teren::segment
