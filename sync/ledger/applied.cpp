// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/applied.h"

#include "crypto/sign/hash.h"
#include "sync/ledger/bigendian.h"
#include "sync/ledger/membership.h"

namespace teren::ledger {
namespace {

constexpr std::string_view kLabel = "teren.applied.v1";

Bytes signedText(const AppliedWord& word, const WorkspaceId& workspace)
{
    Writer out;
    out.raw(workspace.bytes).raw(word.space.bytes).raw(word.device.bytes).number(word.epoch);
    out.raw(blake2b({word.box}));
    return out.take();
}

}  // namespace

void signApplied(AppliedWord& word, const WorkspaceId& workspace, const SigningKey& device)
{
    word.signature = device.sign(kLabel, signedText(word, workspace));
}

Status verifyApplied(const AppliedWord& word, const Membership& membership)
{
    const Membership::Device* device = membership.find(word.device);
    if (device == nullptr)
        return fail(Errc::Forged, "the word of a device that nobody knows");
    if (!verify(device->statement.signKey, kLabel, signedText(word, membership.workspace()), word.signature))
        return fail(Errc::Forged, "a word about applied changes that its device has not signed");
    return mayKeepApplied(word, membership);
}

Status mayKeepApplied(const AppliedWord& word, const Membership& membership)
{
    const Membership::Space* space = membership.find(word.space);
    if (space == nullptr || !membership.canRead(word.device, word.space))
        return fail(Errc::Refused, "the word of a device that may not read the space");
    if (word.epoch != space->epochs.size())
        return fail(Errc::Refused, "a word under an older key of the space");
    return {};
}

Bytes appliedAssociated(const AppliedWord& word, const WorkspaceId& workspace, const Hash& keyId)
{
    Writer out;
    out.raw(viewOf(kLabel)).raw(workspace.bytes).raw(word.space.bytes).raw(word.device.bytes);
    out.number(word.epoch).raw(keyId);
    return out.take();
}

}  // namespace teren::ledger
