// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/segment_header.h"

#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "tests/support/catch.h"
#include "tests/support/seeded.h"

namespace teren::ledger {
namespace {

const Bytes kBody(256, 0x5a);

SegmentHeader sampleHeader()
{
    test::SeededRandom random(7);
    SegmentHeader header;
    header.kind = SpaceKind::CaseInternal;
    header.workspace = WorkspaceId::random(random);
    header.space = SpaceId::random(random);
    header.device = DeviceId::random(random);
    header.life = 0x0102030405060708;
    header.firstSeq = 41;
    header.count = 2;
    header.epoch = 3;
    random.fill(header.keyId);
    header.membershipHeight = 17;
    random.fill(header.previous);
    header.plainSizeBound = 128;
    header.bodySize = static_cast<std::uint32_t>(kBody.size());
    header.bodyHash = blake2b({kBody});
    return header;
}

SigningKey sampleKey()
{
    test::SeededRandom random(8);
    return SigningKey::generate(random);
}

Errc decodeError(const SegmentHeader& header)
{
    const auto decoded = decodeHeader(signHeader(header, sampleKey()).bytes);
    REQUIRE_FALSE(decoded.has_value());
    return decoded.error().code;
}

}  // namespace

TEST_CASE("segment header: what was signed is read back and verifies")
{
    const SegmentHeader header = sampleHeader();
    const SignedSegmentHeader head = signHeader(header, sampleKey());
    CHECK(head.bytes.size() == SignedSegmentHeader::kSize);
    CHECK(encodeAssociated(header).size() == SegmentHeader::kAssociatedSize);
    const auto decoded = decodeHeader(head.bytes);
    REQUIRE(decoded.has_value());
    CHECK(decoded->header == header);
    CHECK(decoded->hash == head.hash);
    CHECK(decoded->bytes == head.bytes);
    CHECK(verifyHeader(*decoded, sampleKey().publicKey()).has_value());
    CHECK(verifyBody(*decoded, kBody).has_value());
    CHECK(header.lastSeq() == 42);
}

TEST_CASE("segment header: no bit can be changed")
{
    const Bytes good = signHeader(sampleHeader(), sampleKey()).bytes;
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        Bytes bytes = good;
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const auto decoded = decodeHeader(bytes);
        REQUIRE_FALSE((decoded && verifyHeader(*decoded, sampleKey().publicKey())));
    }
}

TEST_CASE("segment header: another device's key, another body, another length are refused")
{
    const SignedSegmentHeader head = signHeader(sampleHeader(), sampleKey());
    test::SeededRandom random(9);
    CHECK(verifyHeader(head, SigningKey::generate(random).publicKey()).error().code == Errc::Forged);
    Bytes body = kBody;
    body.back() ^= 1;
    CHECK(verifyBody(head, body).error().code == Errc::Forged);
    body = kBody;
    body.pop_back();
    CHECK(verifyBody(head, body).error().code == Errc::Forged);
    for (std::size_t size = 0; size < head.bytes.size(); ++size)
        REQUIRE(decodeHeader(ByteView(head.bytes).first(size)).error().code == Errc::Malformed);
    Bytes longer = head.bytes;
    longer.push_back(0);
    CHECK(decodeHeader(longer).error().code == Errc::Malformed);
}

TEST_CASE("segment header: a later version is too new, whatever its length")
{
    Bytes bytes = signHeader(sampleHeader(), sampleKey()).bytes;
    bytes[2] = 2;
    CHECK(decodeHeader(bytes).error().code == Errc::TooNew);
    bytes.resize(100);
    CHECK(decodeHeader(bytes).error().code == Errc::TooNew);
    bytes[2] = 0;
    CHECK(decodeHeader(bytes).error().code == Errc::Malformed);
}

TEST_CASE("segment header: limits hold to the last value")
{
    SegmentHeader header = sampleHeader();
    header.bodySize = limits::kSegmentBodyMax;
    header.plainSizeBound = limits::kSegmentPlainMax;
    header.count = limits::kChangesPerSegmentMax;
    header.firstSeq = limits::kSeqMax - header.count + 1;
    CHECK(decodeHeader(signHeader(header, sampleKey()).bytes).has_value());
    const SegmentHeader most = header;

    header.bodySize++;
    CHECK(decodeError(header) == Errc::LimitExceeded);
    header = most;
    header.plainSizeBound++;
    CHECK(decodeError(header) == Errc::LimitExceeded);
    header = most;
    header.count++;
    CHECK(decodeError(header) == Errc::LimitExceeded);
    header = most;
    header.firstSeq = ~std::uint64_t{0};
    CHECK(decodeError(header) == Errc::LimitExceeded);
}

TEST_CASE("segment header: what counts from one is never zero, and the kind is known")
{
    const SegmentHeader good = sampleHeader();
    SegmentHeader header = good;
    header.count = 0;
    CHECK(decodeError(header) == Errc::Malformed);
    header = good;
    header.firstSeq = 0;
    CHECK(decodeError(header) == Errc::Malformed);
    header = good;
    header.epoch = 0;
    CHECK(decodeError(header) == Errc::Malformed);
    header = good;
    header.membershipHeight = 0;
    CHECK(decodeError(header) == Errc::Malformed);
    header = good;
    header.bodySize = 0;
    CHECK(decodeError(header) == Errc::Malformed);
    for (const int kind : {0, 6, 255}) {
        header = good;
        header.kind = static_cast<SpaceKind>(kind);
        CHECK(decodeError(header) == Errc::Malformed);
    }
}

}  // namespace teren::ledger
