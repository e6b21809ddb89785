// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/membership_applier.h"

#include "crypto/base/limits.h"
#include "crypto/sign/agreement_key.h"
#include "crypto/sign/hash.h"

#include <algorithm>

namespace teren::ledger {
namespace {

constexpr std::uint32_t kGenesisVersion = 1;

std::unexpected<Error> refuse(std::string why)
{
    return fail(Errc::Refused, std::move(why));
}

}  // namespace

Membership::Applier::~Applier()
{
    while (!undo_.empty()) {
        undo_.back()();
        undo_.pop_back();
    }
}

Status Membership::Applier::apply(const Act& act)
{
    if (!state_.devices_.at(signer_).isMember())
        return refuse("the signer has removed itself in this statement");
    return std::visit(*this, act);
}

Status Membership::Applier::found(const Genesis& genesis)
{
    if (genesis.version > kGenesisVersion)
        return fail(Errc::TooNew, "workspace of version " + std::to_string(genesis.version));
    if (genesis.version == 0)
        return fail(Errc::Malformed, "genesis without a version");
    if (!isUsableAgreementKey(genesis.recoveryKey))
        return refuse("a recovery key that nothing can be sealed to");
    TEREN_TRY(const DeviceStatement founder, openDevice(genesis.founder));
    if (founder.id() != signer_)
        return refuse("the genesis is not signed by its founder");
    state_.genesis_ = genesis;
    state_.server_ = {{{genesis.serverTlsKey, genesis.serverReceiptKey}, {}, 1}};
    undo_.emplace_back([this] {
        state_.genesis_ = {};
        state_.server_.clear();
    });
    addDevice(founder, genesis.member, kAllRights);
    return {};
}

Status Membership::Applier::operator()(const Genesis&)
{
    return refuse("a genesis stands only at the beginning");
}

Status Membership::Applier::operator()(const Invite& act)
{
    TEREN_CHECK(need(ManageMembers));
    // Otherwise an inviter could give itself, by a second device, what it was not given.
    if ((act.rights & ~state_.devices_.at(signer_).rights) != 0)
        return refuse("an invitation to more rights than the inviter has");
    if (state_.invites_.contains(act.invitation) || state_.closedInvites_.contains(act.invitation))
        return refuse("an invitation that has been used before");
    state_.invites_.emplace(act.invitation, act);
    undo_.emplace_back([this, id = act.invitation] { state_.invites_.erase(id); });
    return {};
}

Status Membership::Applier::operator()(const VoidInvite& act)
{
    TEREN_CHECK(need(ManageMembers));
    return closeInvite(act.invitation);
}

Status Membership::Applier::operator()(const Admit& act)
{
    TEREN_CHECK(need(ManageMembers));
    const Invite* found = state_.findOpenInvite(act.invitation);
    if (!found)
        return refuse("no open invitation for this device");
    const Invite invite = *found;
    if (statement_.time > invite.expires)
        return refuse("the invitation has expired");
    TEREN_TRY(const DeviceStatement device, openDevice(act.device));
    if (state_.find(device.id()))
        return refuse("this device has been admitted before");
    TEREN_CHECK(closeInvite(act.invitation));
    addDevice(device, invite.member, invite.rights);
    return {};
}

Status Membership::Applier::operator()(const RemoveDevice& act)
{
    TEREN_CHECK(need(ManageMembers));
    const auto found = state_.devices_.find(act.device);
    if (found == state_.devices_.end() || !found->second.isMember())
        return refuse("the device to remove is not a member");
    Device& device = found->second;
    if (isLastAdministrator(device))
        return refuse("the last administrator cannot be removed");
    device.removedAt = statement_.height;
    device.removedAtTreeSize = statement_.seen.size;
    undo_.emplace_back([&device] {
        device.removedAt.reset();
        device.removedAtTreeSize = 0;
    });
    return {};
}

Status Membership::Applier::operator()(const OpenSpace& act)
{
    TEREN_CHECK(need(OpenSpaces));
    if (act.space.isZero() || state_.find(act.space))
        return refuse("a space of this id is open already");
    if (act.kind == SpaceKind::Workspace && !mayOpenWorkspaceSpace())
        return refuse("the workspace's own space is opened once, with the workspace");
    TEREN_CHECK(checkCase(act));
    Space space;
    space.kind = act.kind;
    space.caseSpace = act.caseSpace;
    space.openedAt = statement_.height;
    state_.spaces_.emplace(act.space, std::move(space));
    opened_.insert(act.space);
    undo_.emplace_back([this, id = act.space] { state_.spaces_.erase(id); });
    return {};
}

Status Membership::Applier::operator()(const Epoch& act)
{
    const auto found = state_.spaces_.find(act.space);
    if (found == state_.spaces_.end() || !holdsKeys(act.space))
        return refuse("a new key for a space that the signer cannot read");
    std::vector<EpochKey>& epochs = found->second.epochs;
    if (epochs.empty() && !opened_.contains(act.space))
        return refuse("the first key comes with the space");
    if (!epochs.empty())
        TEREN_CHECK(need(ManageMembers));
    if (act.epoch != epochs.size() + 1)
        return refuse("epoch " + std::to_string(act.epoch) + " is not the next");
    epochs.push_back({act.keyId, statement_.height});
    undo_.emplace_back([&epochs] { epochs.pop_back(); });
    return {};
}

Status Membership::Applier::operator()(const Grant& act)
{
    const auto found = state_.spaces_.find(act.space);
    if (found == state_.spaces_.end() || !holdsKeys(act.space))
        return refuse("a grant of a space that the signer cannot read");
    Space& space = found->second;
    if (act.epoch == 0 || act.epoch > space.epochs.size() || space.epochs[act.epoch - 1].keyId != act.keyId)
        return refuse("a grant of a key that the space does not have");
    TEREN_CHECK(checkRecipient(act));

    std::vector<GrantedKey>& grants = state_.grants_[act.recipient];
    grants.push_back({act, signer_, statement_.height});
    undo_.emplace_back([&grants] { grants.pop_back(); });
    if (!act.recipient.isZero() && space.readers.emplace(act.recipient, statement_.height).second)
        undo_.emplace_back([&space, id = act.recipient] { space.readers.erase(id); });
    // Keys are granted in order: with the newest one a recipient that asked has been given all.
    if (act.epoch == space.epochs.size() && space.asking.erase(act.recipient) > 0)
        undo_.emplace_back([&space, id = act.recipient] { space.asking.insert(id); });
    return {};
}

Status Membership::Applier::operator()(const AskKey& act)
{
    const auto found = state_.spaces_.find(act.space);
    if (found == state_.spaces_.end() || !found->second.readers.contains(signer_))
        return refuse("a key of a space that the signer was never granted");
    if (!found->second.asking.insert(signer_).second)
        return refuse("a key that the signer has asked for already");
    undo_.emplace_back([&space = found->second, id = signer_] { space.asking.erase(id); });
    return {};
}

Status Membership::Applier::operator()(const NewLife& act)
{
    std::vector<std::uint64_t>& lives = state_.devices_.at(signer_).lives;
    if (act.previous != lives.back())
        return refuse("a new life that does not follow the newest one");
    if (std::ranges::find(lives, act.life) != lives.end())
        return refuse("a life that has been lived before");
    lives.push_back(act.life);
    undo_.emplace_back([&lives] { lives.pop_back(); });
    return {};
}

Status Membership::Applier::operator()(const Void& act)
{
    if (act.device != signer_)
        TEREN_CHECK(need(Supervise));
    const auto found = state_.spaces_.find(act.space);
    if (found == state_.spaces_.end() || !state_.find(act.device))
        return refuse("a void of an unknown space or device");
    std::vector<Void>& voids = found->second.voids;
    voids.push_back(act);
    undo_.emplace_back([&voids] { voids.pop_back(); });
    return {};
}

Status Membership::Applier::operator()(const LostHead& act)
{
    if (state_.isLost(act))
        return refuse("a lost part of the log that is known already");
    state_.lost_.push_back({act, signer_, statement_.height});
    undo_.emplace_back([this] { state_.lost_.pop_back(); });
    return {};
}

Status Membership::Applier::operator()(const LostStatements& act)
{
    if (act.common >= statement_.height)
        return refuse("statements lost of a log that was never here");
    if (state_.isLost(act))
        return refuse("lost statements that are known already");
    state_.lostStatements_.push_back({act, signer_, statement_.height});
    undo_.emplace_back([this] { state_.lostStatements_.pop_back(); });
    return {};
}

Status Membership::Applier::operator()(const ServerKeys& act)
{
    TEREN_CHECK(need(ManageMembers));
    TEREN_CHECK(checkNextKeys(act.next, act.from));
    const MemberId& member = state_.devices_.at(signer_).member;
    if (!act.consent && !isProposedByAnother(act, member))
        return propose(act, member);
    const ServerKeyPair& inForce = state_.server_.back().keys;
    if (act.consent
        && !verify(inForce.receipt, kConsentLabel, consentMessage(inForce, act.next, act.from), *act.consent))
        return refuse("keys that the server in force has not consented to");
    changeServerKeys(act.next, act.from);
    return {};
}

Status Membership::Applier::operator()(const UnknownAct&)
{
    return refuse("an act that this build does not know");
}

Status Membership::Applier::need(Right right) const
{
    if ((state_.devices_.at(signer_).rights & right) == 0)
        return refuse("the signer does not have the right");
    return {};
}

/// In the statement after the genesis at the latest: a key id names the workspace, and the workspace's id is
/// the hash of the genesis, so that its first key can stand only behind it.
bool Membership::Applier::mayOpenWorkspaceSpace() const
{
    const auto isWorkspace = [](const auto& entry) { return entry.second.kind == SpaceKind::Workspace; };
    return statement_.height <= 2 && std::ranges::none_of(state_.spaces_, isWorkspace);
}

bool Membership::Applier::holdsKeys(const SpaceId& space) const
{
    return opened_.contains(space) || state_.canRead(signer_, space);
}

Status Membership::Applier::checkCase(const OpenSpace& act) const
{
    switch (act.kind) {
    case SpaceKind::CaseInternal:
        if (act.caseSpace != act.space)
            return refuse("a case-internal space is its own case's");
        return {};
    case SpaceKind::CaseTeam: {
        const Space* internal = state_.find(act.caseSpace);
        if (!internal || internal->kind != SpaceKind::CaseInternal)
            return refuse("a team space of an unknown case");
        return {};
    }
    case SpaceKind::Workspace:
    case SpaceKind::Team:
    case SpaceKind::Audit:
        break;
    }
    if (!act.caseSpace.isZero())
        return refuse("a case named by a space that belongs to none");
    return {};
}

Status Membership::Applier::checkRecipient(const Grant& act) const
{
    BoxPublicKeyBytes key = state_.genesis_.recoveryKey;
    if (!act.recipient.isZero()) {
        const Device* device = state_.find(act.recipient);
        if (!device || !device->isMember())
            return refuse("a grant to a device that is not a member");
        key = device->statement.boxKey;
    }
    if (act.recipientKey != blake2b({key}))
        return refuse("a grant to a key that is not the recipient's");
    return {};
}

bool Membership::Applier::isLastAdministrator(const Device& device) const
{
    const auto isAdministrator
        = [](const Device& other) { return other.isMember() && (other.rights & ManageMembers) != 0; };
    return isAdministrator(device)
        && std::ranges::count_if(
               state_.devices_, [&](const auto& entry) { return isAdministrator(entry.second); })
        == 1;
}

/// By somebody who manages members still.
bool Membership::Applier::isProposedByAnother(const ServerKeys& act, const MemberId& member) const
{
    const auto manages = [&](const MemberId& other) {
        return std::ranges::any_of(state_.devices_, [&](const auto& entry) {
            const Device& device = entry.second;
            return device.member == other && device.isMember() && (device.rights & ManageMembers) != 0;
        });
    };
    return std::ranges::any_of(state_.proposed_, [&](const ProposedKeys& proposed) {
        return proposed.act.next == act.next && proposed.act.from == act.from && proposed.by != member
            && manages(proposed.by);
    });
}

Status Membership::Applier::propose(const ServerKeys& act, const MemberId& member)
{
    const bool isOwn = std::ranges::any_of(state_.proposed_, [&](const ProposedKeys& proposed) {
        return proposed.act.next == act.next && proposed.act.from == act.from && proposed.by == member;
    });
    if (isOwn)
        return refuse("server keys that another member has to propose as well");
    if (state_.proposed_.size() >= limits::kServerKeysProposedMax)
        return refuse("more proposals of server keys than may wait");
    state_.proposed_.push_back({act, member});
    undo_.emplace_back([this] { state_.proposed_.pop_back(); });
    return {};
}

/// Keys that were left are never gone back to: who has one of them must gain nothing by it.
Status Membership::Applier::checkNextKeys(const ServerKeyPair& next, Instant from) const
{
    const auto uses = [&](const ServerKeyPeriod& period) {
        const ServerKeyPair& keys = period.keys;
        return keys.receipt == next.receipt || keys.tls == next.tls || keys.tls == next.receipt
            || keys.receipt == next.tls;
    };
    if (std::ranges::any_of(state_.server_, uses) || next.tls == next.receipt)
        return refuse("server keys that have been in use before");
    // Else the keys that are to end would go on for as long as somebody likes.
    if (from > statement_.time + kServerKeysKept)
        return refuse("server keys that begin too late");
    return {};
}

void Membership::Applier::changeServerKeys(const ServerKeyPair& next, Instant from)
{
    undo_.emplace_back([this, proposed = std::move(state_.proposed_)] {
        state_.proposed_ = proposed;
        state_.server_.pop_back();
    });
    state_.proposed_.clear();
    state_.server_.push_back({next, from, statement_.height});
}

Status Membership::Applier::closeInvite(const InvitationId& invitation)
{
    const auto found = state_.invites_.find(invitation);
    if (found == state_.invites_.end())
        return refuse("no such open invitation");
    undo_.emplace_back([this, invite = found->second] {
        state_.closedInvites_.erase(invite.invitation);
        state_.invites_.emplace(invite.invitation, invite);
    });
    state_.closedInvites_.insert(invitation);
    state_.invites_.erase(found);
    return {};
}

void Membership::Applier::addDevice(const DeviceStatement& statement, const MemberId& member, Rights rights)
{
    Device device;
    device.statement = statement;
    device.member = member;
    device.rights = rights;
    device.admittedAt = statement_.height;
    device.lives = {statement.life};
    state_.devices_.emplace(statement.id(), std::move(device));
    undo_.emplace_back([this, id = statement.id()] { state_.devices_.erase(id); });
}

}  // namespace teren::ledger
