// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/short_header.h"

#include "crypto/sign/hash.h"
#include "sync/ledger/membership.h"

namespace teren::ledger {
namespace {

std::uint64_t newestLife(const Membership::Device* device)
{
    return device == nullptr || device->lives.empty() ? 0 : device->lives.back();
}

}  // namespace

Hash ShortHeader::name() const
{
    return blake2b({signature});
}

ShortHeader shortened(const SignedSegmentHeader& head, const Membership& membership)
{
    const SegmentHeader& header = head.header;
    return {
        .space = header.space,
        .life = header.life == newestLife(membership.find(header.device)) ? 0 : header.life,
        .firstSeq = header.firstSeq,
        .count = header.count,
        .epoch = header.epoch,
        .membershipHeight = header.membershipHeight,
        .plainSizeBound = header.plainSizeBound == header.bodySize ? 0 : header.plainSizeBound,
        .signature = head.signature};
}

Result<SegmentHeader> expanded(
    const ShortHeader& head, const Membership& membership, const DeviceId& device, ByteView body)
{
    const Membership::Device* author = membership.find(device);
    const Membership::Space* space = membership.find(head.space);
    if (author == nullptr || space == nullptr || head.epoch == 0 || head.epoch > space->epochs.size())
        return fail(Errc::NotFound, "the members' log here does not tell what a short header leaves out");
    const auto size = static_cast<std::uint32_t>(body.size());
    return SegmentHeader{
        .kind = space->kind,
        .workspace = membership.workspace(),
        .space = head.space,
        .device = device,
        .life = head.life == 0 ? newestLife(author) : head.life,
        .firstSeq = head.firstSeq,
        .count = head.count,
        .epoch = head.epoch,
        .keyId = space->epochs[head.epoch - 1].keyId,
        .membershipHeight = head.membershipHeight,
        .previous = {},
        .plainSizeBound = head.plainSizeBound == 0 ? size : head.plainSizeBound,
        .bodySize = size,
        .bodyHash = blake2b({body})};
}

}  // namespace teren::ledger
