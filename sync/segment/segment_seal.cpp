// SPDX-License-Identifier: EUPL-1.2
#include "sync/segment/segment_seal.h"

#include "crypto/base/assert.h"
#include "crypto/base/limits.h"
#include "crypto/base/padme.h"
#include "crypto/sign/hash.h"
#include "sync/ledger/bigendian.h"
#include "sync/segment/compression.h"

#include <algorithm>

namespace teren::segment {
namespace {

/// The length of the compressed content stands before it: what follows is padding.
constexpr std::size_t kLengthSize = 4;

constexpr std::size_t kPaddedMin = 128;
constexpr std::size_t kPaddingStep = 64;
constexpr std::size_t kStepsUpTo = 1024;

std::size_t roundUp(std::size_t size, std::size_t step)
{
    return (size + step - 1) / step * step;
}

/// The bytes before sealing, padded so that the sealed body has a padded size.
Bytes padded(ByteView compressed)
{
    ledger::Writer out;
    out.number(static_cast<std::uint32_t>(compressed.size())).raw(compressed);
    Bytes plaintext = out.take();
    plaintext.resize(paddedSize(plaintext.size() + kSealOverhead) - kSealOverhead, 0);
    return plaintext;
}

/// What `padded` wrapped.
Result<ByteView> unpadded(ByteView plaintext)
{
    if (plaintext.size() < kLengthSize)
        return fail(Errc::Malformed, "segment without content");
    ledger::Reader in(plaintext);
    const auto size = in.number<std::uint32_t>();
    if (size > in.left())
        return fail(Errc::Malformed, "segment with a content longer than itself");
    const ByteView compressed = in.raw(size);
    if (!std::ranges::all_of(in.raw(in.left()), [](std::uint8_t byte) { return byte == 0; }))
        return fail(Errc::Malformed, "segment with something behind its content");
    return compressed;
}

ledger::SegmentHeader headerOf(const Content& content, const Place& place, const SpaceKey& key)
{
    const Dot& first = content.changes.front().dot;
    ledger::SegmentHeader header;
    header.kind = place.kind;
    header.workspace = place.workspace;
    header.space = place.space;
    header.device = first.author.device;
    header.life = first.author.life;
    header.firstSeq = first.seq;
    header.count = static_cast<std::uint32_t>(content.changes.size());
    header.epoch = key.epoch;
    header.keyId = key.keyId;
    header.membershipHeight = place.membershipHeight;
    header.previous = place.previous;
    return header;
}

/// Whether the changes are one author's, in order and without gaps.
bool isRun(const std::vector<Change>& changes)
{
    for (std::size_t i = 1; i < changes.size(); ++i)
        if (changes[i].dot != Dot{changes.front().dot.author, changes.front().dot.seq + i})
            return false;
    return !changes.empty();
}

Status checkLimits(const Content& content, std::size_t plainSize)
{
    std::size_t ops = 0;
    for (const Change& change : content.changes)
        ops += change.ops.size();
    if (content.changes.size() > limits::kChangesPerSegmentMax || ops > limits::kOpsPerSegmentMax
        || plainSize > limits::kSegmentPlainMax)
        return fail(Errc::LimitExceeded, "too much for one segment");
    return {};
}

}  // namespace

std::size_t paddedSize(std::size_t size)
{
    if (size <= kStepsUpTo)
        return std::max(kPaddedMin, roundUp(size, kPaddingStep));
    return static_cast<std::size_t>(padme(size));
}

Hash keyIdOf(const WorkspaceId& workspace, const SpaceId& space, std::uint32_t epoch, const SecretKey& key)
{
    ledger::Writer number;
    number.number(epoch);
    return blake2b({viewOf("teren.key.v1"), workspace.bytes, space.bytes, number.take(), key.reveal()});
}

Result<ledger::Segment> sealSegment(
    const Content& content, const Place& place, const SpaceKey& key, const SigningKey& device,
    RandomSource& random)
{
    TEREN_ASSERT(isRun(content.changes));
    const Bytes plain = encode(content);
    TEREN_CHECK(checkLimits(content, plain.size()));
    const Bytes plaintext = padded(compress(plain));
    const std::size_t bodySize = plaintext.size() + kSealOverhead;
    if (bodySize > limits::kSegmentBodyMax)
        return fail(Errc::LimitExceeded, "segment body of " + std::to_string(bodySize) + " bytes");

    ledger::SegmentHeader header = headerOf(content, place, key);
    header.plainSizeBound = static_cast<std::uint32_t>(paddedSize(plain.size()));
    ledger::Segment segment;
    segment.body = seal(key.key, encodeAssociated(header), plaintext, random);
    header.bodySize = static_cast<std::uint32_t>(segment.body.size());
    header.bodyHash = blake2b({segment.body});
    segment.head = signHeader(header, device);
    return segment;
}

Result<Content> openSegment(const ledger::Segment& segment, const SecretKey& key)
{
    const ledger::SegmentHeader& header = segment.head.header;
    if (keyIdOf(header.workspace, header.space, header.epoch, key) != header.keyId)
        return fail(Errc::Forged, "segment is sealed under another key");
    TEREN_TRY(const Bytes plaintext, open(key, encodeAssociated(header), segment.body));
    TEREN_TRY(const ByteView compressed, unpadded(plaintext));
    TEREN_TRY(const Bytes plain, decompress(compressed, header.plainSizeBound));
    return decode(plain, {header.device, header.life}, header.firstSeq, header.count);
}

}  // namespace teren::segment
