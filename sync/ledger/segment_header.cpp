// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/segment_header.h"

#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/ledger/bigendian.h"

#include <algorithm>

namespace teren::ledger {
namespace {

constexpr std::string_view kLabel = "teren.segment.v1";
constexpr std::string_view kMagic = "TS";
constexpr std::uint8_t kVersion = 1;

Bytes encodeHeader(const SegmentHeader& header)
{
    Writer out;
    out.raw(encodeAssociated(header)).number(header.bodySize).raw(header.bodyHash);
    return out.take();
}

template <typename T>
T takeId(Reader& in)
{
    T id;
    std::ranges::copy(in.raw(T::kSize), id.bytes.begin());
    return id;
}

Hash takeHash(Reader& in)
{
    Hash hash{};
    std::ranges::copy(in.raw(hash.size()), hash.begin());
    return hash;
}

/// The fields after magic and version.
SegmentHeader readFields(Reader& in)
{
    SegmentHeader header;
    header.kind = static_cast<SpaceKind>(in.number<std::uint8_t>());
    header.workspace = takeId<WorkspaceId>(in);
    header.space = takeId<SpaceId>(in);
    header.device = takeId<DeviceId>(in);
    header.life = in.number<std::uint64_t>();
    header.firstSeq = in.number<std::uint64_t>();
    header.count = in.number<std::uint32_t>();
    header.epoch = in.number<std::uint32_t>();
    header.keyId = takeHash(in);
    header.membershipHeight = in.number<std::uint64_t>();
    header.previous = takeHash(in);
    header.plainSizeBound = in.number<std::uint32_t>();
    header.bodySize = in.number<std::uint32_t>();
    header.bodyHash = takeHash(in);
    return header;
}

Status checkFields(const SegmentHeader& header)
{
    if (header.kind < SpaceKind::Workspace || header.kind > SpaceKind::Audit)
        return fail(Errc::Malformed, "segment of an unknown kind of space");
    if (header.firstSeq == 0 || header.count == 0 || header.epoch == 0 || header.membershipHeight == 0
        || header.bodySize == 0)
        return fail(Errc::Malformed, "segment header with a zero that counts from one");
    if (header.count > limits::kChangesPerSegmentMax)
        return fail(Errc::LimitExceeded, "segment of " + std::to_string(header.count) + " changes");
    if (header.firstSeq > limits::kSeqMax - (header.count - 1))
        return fail(Errc::LimitExceeded, "segment numbered past the last seq");
    if (header.bodySize > limits::kSegmentBodyMax || header.plainSizeBound > limits::kSegmentPlainMax)
        return fail(Errc::LimitExceeded, "segment of " + std::to_string(header.bodySize) + " bytes");
    return {};
}

}  // namespace

Bytes encodeAssociated(const SegmentHeader& header)
{
    Writer out;
    out.raw(viewOf(kMagic)).number(kVersion).number(static_cast<std::uint8_t>(header.kind));
    out.raw(header.workspace.bytes).raw(header.space.bytes).raw(header.device.bytes);
    out.number(header.life).number(header.firstSeq).number(header.count);
    out.number(header.epoch).raw(header.keyId).number(header.membershipHeight);
    out.raw(header.previous).number(header.plainSizeBound);
    return out.take();
}

SignedSegmentHeader signHeader(const SegmentHeader& header, const SigningKey& device)
{
    SignedSegmentHeader head;
    head.header = header;
    head.bytes = encodeHeader(header);
    head.hash = blake2b({viewOf(kLabel), head.bytes});
    head.signature = device.sign(kLabel, head.hash);
    head.bytes.insert(head.bytes.end(), head.signature.begin(), head.signature.end());
    return head;
}

Result<SignedSegmentHeader> assembled(const SegmentHeader& header, const Signature& signature)
{
    Bytes bytes = encodeHeader(header);
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return decodeHeader(bytes);
}

Result<SignedSegmentHeader> decodeHeader(ByteView bytes)
{
    if (bytes.size() < kMagic.size() + 1 || textOf(bytes.first(kMagic.size())) != kMagic
        || bytes[kMagic.size()] == 0)
        return fail(Errc::Malformed, "not a segment header");
    if (bytes[kMagic.size()] > kVersion)
        return fail(Errc::TooNew, "segment of version " + std::to_string(bytes[kMagic.size()]));
    if (bytes.size() != SignedSegmentHeader::kSize)
        return fail(Errc::Malformed, "segment header of " + std::to_string(bytes.size()) + " bytes");

    Reader in(bytes.subspan(kMagic.size() + 1));
    SignedSegmentHeader head;
    head.header = readFields(in);
    TEREN_CHECK(checkFields(head.header));
    std::ranges::copy(in.raw(head.signature.size()), head.signature.begin());
    head.hash = blake2b({viewOf(kLabel), bytes.first(SegmentHeader::kSize)});
    head.bytes = toBytes(bytes);
    return head;
}

Status verifyHeader(const SignedSegmentHeader& head, const VerifyKey& device)
{
    if (!verify(device, kLabel, head.hash, head.signature))
        return fail(Errc::Forged, "segment is not signed by its device");
    return {};
}

Status verifyBody(const SignedSegmentHeader& head, ByteView body)
{
    if (body.size() != head.header.bodySize || blake2b({body}) != head.header.bodyHash)
        return fail(Errc::Forged, "segment body is not the one that its header names");
    return {};
}

}  // namespace teren::ledger
