// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/membership.h"

#include "sync/ledger/membership_applier.h"

#include <algorithm>
#include <span>

namespace teren::ledger {

Status Membership::apply(const SignedStatement& statement)
{
    return applyNext(statement, Signatures::Check);
}

Status Membership::replay(const SignedStatement& statement)
{
    return applyNext(statement, Signatures::Trust);
}

Status Membership::applyNext(const SignedStatement& signedStatement, Signatures signatures)
{
    TEREN_TRY(const Statement statement, decodeStatement(signedStatement));
    Applier applier(*this, statement, signedStatement.device);
    std::span<const Act> acts = statement.acts;
    if (height_ == 0) {
        const Genesis* genesis = acts.empty() ? nullptr : std::get_if<Genesis>(&acts.front());
        if (!genesis)
            return fail(Errc::Refused, "a workspace begins with a genesis");
        TEREN_CHECK(applier.found(*genesis));
        acts = acts.subspan(1);
    }
    TEREN_CHECK(checkLink(signedStatement, statement, signatures));
    if (statement.acts.empty())
        return fail(Errc::Refused, "a statement that says nothing");
    // Before any rule is looked at: what a later build adds may be what allows the rest.
    if (std::ranges::any_of(acts, [](const Act& act) { return std::holds_alternative<UnknownAct>(act); }))
        return fail(Errc::TooNew, "a membership act of a later version");
    for (const Act& act : acts)
        TEREN_CHECK(applier.apply(act));

    applier.commit();
    ++height_;
    hash_ = signedStatement.hash();
    hashes_.push_back(hash_);
    if (height_ == 1)
        workspace_ = WorkspaceId{hash_};
    return {};
}

Status Membership::checkLink(
    const SignedStatement& signedStatement, const Statement& statement, Signatures signatures) const
{
    const Device* signer = find(signedStatement.device);
    if (!signer || !signer->isMember())
        return fail(Errc::Refused, "statement of a device that is not a member");
    if (signatures == Signatures::Check)
        TEREN_CHECK(verifyStatement(signedStatement, signer->statement.signKey));
    if (statement.workspace != workspace_)
        return fail(Errc::Refused, "statement of another workspace");
    if (statement.height != height_ + 1 || statement.previous != hash_)
        return fail(Errc::Refused, "statement does not follow height " + std::to_string(height_));
    return {};
}

const Membership::Device* Membership::find(const DeviceId& device) const
{
    const auto found = devices_.find(device);
    return found == devices_.end() ? nullptr : &found->second;
}

const Membership::Space* Membership::find(const SpaceId& space) const
{
    const auto found = spaces_.find(space);
    return found == spaces_.end() ? nullptr : &found->second;
}

const Invite* Membership::findOpenInvite(const InvitationId& invitation) const
{
    const auto found = invites_.find(invitation);
    return found == invites_.end() ? nullptr : &found->second;
}

const std::vector<Membership::GrantedKey>& Membership::grantsTo(const DeviceId& device) const
{
    static const std::vector<GrantedKey> kNone;
    const auto found = grants_.find(device);
    return found == grants_.end() ? kNone : found->second;
}

bool Membership::canRead(const DeviceId& device, const SpaceId& space) const
{
    const Device* member = find(device);
    const Space* held = find(space);
    return member && member->isMember() && held && held->readers.contains(device);
}

std::vector<DeviceId> Membership::staffDevices() const
{
    std::vector<DeviceId> staff;
    for (const auto& [id, device] : devices_)
        if (device.isMember() && (device.rights & ReadInternal) != 0)
            staff.push_back(id);
    return staff;
}

bool Membership::isLost(const LostHead& part) const
{
    return std::ranges::any_of(lost_, [&](const LostPart& known) {
        const LostHead& act = known.act;
        const bool reaches = act.head.size > part.head.size || act.head == part.head;
        return reaches && act.common <= part.common && act.height <= part.height;
    });
}

bool Membership::isLost(const TreeHead& head) const
{
    return std::ranges::any_of(lost_, [&](const LostPart& known) {
        return head.size > known.act.common && (head.size < known.act.head.size || head == known.act.head);
    });
}

bool Membership::isLost(const LostStatements& stretch) const
{
    return std::ranges::any_of(lostStatements_, [&](const LostStretch& known) {
        return known.act.common <= stretch.common && known.act.height >= stretch.height;
    });
}

bool Membership::mayBeLost(std::uint64_t height) const
{
    return std::ranges::any_of(lostStatements_, [&](const LostStretch& known) {
        return height > known.act.common && height <= known.act.height;
    });
}

bool Membership::wasGivenBack(std::uint64_t height) const
{
    return std::ranges::any_of(
        lost_, [&](const LostPart& known) { return height > known.act.height && height < known.since; });
}

Membership::Verdict Membership::judge(const SegmentHeader& header, std::uint64_t number) const
{
    const std::uint64_t height = header.membershipHeight;
    const Verdict plain = height > height_ ? Verdict::UnknownHeight : judgeAt(height, header, number);
    if (plain == Verdict::Accepted)
        return plain;
    // The author spoke of a log that is gone. What it may write by this one it may have written then: how far
    // it had come is no more than its own word.
    for (const LostStretch& lost : lostStatements_)
        if (height > lost.act.common && height <= lost.act.height
            && judgeAt(earliest(lost.since, header), header, number) == Verdict::Accepted)
            return Verdict::Accepted;
    return plain;
}

/// From `since` on, the first height at which the author could write in the space and the epoch was there.
std::uint64_t Membership::earliest(std::uint64_t since, const SegmentHeader& header) const
{
    const Space* space = find(header.space);
    if (!space)
        return since;
    if (const auto reader = space->readers.find(header.device); reader != space->readers.end())
        since = std::max(since, reader->second);
    if (header.epoch > 0 && header.epoch <= space->epochs.size())
        since = std::max(since, space->epochs[header.epoch - 1].since);
    return since;
}

Membership::Verdict Membership::judgeAt(
    std::uint64_t height, const SegmentHeader& header, std::uint64_t number) const
{
    const Space* space = find(header.space);
    if (!space || header.workspace != workspace_)
        return Verdict::UnknownSpace;

    const Device* device = find(header.device);
    const auto reader = space->readers.find(header.device);
    if (!device || reader == space->readers.end() || reader->second > height || header.kind != space->kind)
        return Verdict::NotAWriter;
    if (device->removedAt && *device->removedAt <= height)
        return Verdict::NotAWriter;
    // Numbers before a server went back say nothing of those after.
    if (device->removedAt && number > device->removedAtTreeSize && !wasGivenBack(*device->removedAt))
        return Verdict::Removed;
    if (std::ranges::find(device->lives, header.life) == device->lives.end())
        return Verdict::UnknownLife;

    const std::vector<EpochKey>& epochs = space->epochs;
    const std::uint32_t epoch = header.epoch;
    if (epoch == 0 || epoch > epochs.size() || epochs[epoch - 1].since > height
        || (epoch < epochs.size() && epochs[epoch].since <= height))
        return Verdict::StaleEpoch;
    if (epochs[epoch - 1].keyId != header.keyId)
        return Verdict::WrongKey;
    return Verdict::Accepted;
}

}  // namespace teren::ledger
