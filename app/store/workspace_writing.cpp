// SPDX-License-Identifier: EUPL-1.2
// What a person does: saves, spaces, acts.
#include "app/store/apart.h"
#include "app/store/eviction.h"
#include "app/store/new_life.h"
#include "app/store/space_writer.h"
#include "app/store/statement_log.h"
#include "app/store/workspace_store.h"

namespace teren::store {
namespace {

/// The space, if this device may write in it.
Result<SpaceEntry> writable(const Core& core, const SpaceId& space)
{
    const SpaceEntry* entry = core.find(space);
    if (entry == nullptr || !entry->readable)
        return fail(Errc::NotFound, "space " + space.hex() + " or its key is not on this device");
    if (core.own.evicted.contains(space))
        return fail(Errc::Refused, "this case was removed from this device; fetch it first");
    // What the office would refuse for ever must not begin here.
    const ledger::Membership::Device* self = core.membership.find(core.device);
    if (self != nullptr && !self->isMember())
        return fail(
            Errc::Refused,
            "this device was removed from the workspace; it shows what it has and takes no more");
    if (core.membership.find(space) != nullptr && !core.membership.canRead(core.device, space))
        return fail(Errc::Refused, "this device may not write in space " + space.hex());
    return *entry;
}

}  // namespace

Status WorkspaceStore::save(std::span<const SpaceOps> ops)
{
    Core& core = *core_;
    ++core.savesMade;
    return core.transact([&]() -> Status {
        std::optional<GroupId> group;
        if (ops.size() > 1)
            group = GroupId::random(core.random);
        for (const SpaceOps& each : ops) {
            TEREN_TRY(const SpaceEntry space, writable(core, each.space));
            TEREN_CHECK(leaveHeldUp(core, space));
            SpaceWriter writer(core, space);
            TEREN_CHECK(writer.load());
            TEREN_TRY(const Dot dot, writer.write(each.ops, group));
            (void)dot;
            TEREN_CHECK(writer.finish());
        }
        return core.saveOwn();
    });
}

Status WorkspaceStore::evict(const SpaceId& space, std::string_view label)
{
    const SpaceEntry* entry = core_->find(space);
    if (entry == nullptr || !entry->readable)
        return fail(Errc::NotFound, "space " + space.hex() + " is not on this device");
    return core_->transact([&] { return Eviction(*core_).evict(*entry, label); });
}

Status WorkspaceStore::fetchEvicted(const SpaceId& space)
{
    const SpaceEntry* entry = core_->find(space);
    if (entry == nullptr)
        return fail(Errc::NotFound, "space " + space.hex() + " is not on this device");
    ++core_->savesMade;
    return core_->transact([&] { return Eviction(*core_).fetch(*entry); });
}

std::vector<EvictedSpace> WorkspaceStore::evicted() const
{
    std::vector<EvictedSpace> all;
    for (const auto& [id, evicted] : core_->own.evicted)
        all.push_back(evicted);
    return all;
}

Result<Dot> WorkspaceStore::adopt(const SpaceId& space, const Dot& dot)
{
    Core& core = *core_;
    TEREN_TRY(const SpaceEntry entry, writable(core, space));
    ++core.savesMade;
    return core.produce([&]() -> Result<Dot> {
        TEREN_CHECK(leaveHeldUp(core, entry));
        return Apart(core).adopt(entry, dot);
    });
}

Result<SpaceId> WorkspaceStore::openSpace(ledger::SpaceKind kind, std::span<const Op> firstOps)
{
    if (kind != ledger::SpaceKind::CaseInternal && kind != ledger::SpaceKind::Team)
        return fail(Errc::Invalid, "a space of this kind is not opened on its own");
    Core& core = *core_;
    if (const ledger::Membership::Device* self = membership().find(device());
        self != nullptr && (!self->isMember() || (self->rights & ledger::OpenSpaces) == 0))
        return fail(Errc::Refused, "this device may not open a space");
    ++core.savesMade;
    return core_->produce([&]() -> Result<SpaceId> {
        const SpaceId id = SpaceId::random(core.random);
        const SpaceId caseSpace = kind == ledger::SpaceKind::CaseInternal ? id : SpaceId{};
        TEREN_TRY(const SpaceEntry space, core.intern(id, kind, caseSpace));
        TEREN_CHECK(KeyRing(core).put(space, makeFirstKey(core.membership.workspace(), id, core.random)));
        TEREN_CHECK(StatementLog(core).queueOpenSpace(space));
        if (!firstOps.empty()) {
            SpaceWriter writer(core, space);
            TEREN_CHECK(writer.load());
            TEREN_TRY(const Dot dot, writer.write({firstOps.begin(), firstOps.end()}, std::nullopt));
            (void)dot;
            TEREN_CHECK(writer.finish());
        }
        TEREN_CHECK(core.saveOwn());
        return id;
    });
}

Status WorkspaceStore::together(const std::function<Status()>& body)
{
    return core_->transact(body);
}

Status WorkspaceStore::queueAct(const ledger::Act& act)
{
    ++core_->savesMade;
    return core_->transact([&] { return StatementLog(*core_).queue(act); });
}

std::uint64_t WorkspaceStore::savesMade() const
{
    return core_->savesMade;
}

Result<bool> WorkspaceStore::isAdmitting(const InvitationId& invitation)
{
    return StatementLog(*core_).isAdmitting(invitation);
}

}  // namespace teren::store
