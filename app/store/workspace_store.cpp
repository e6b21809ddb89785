// SPDX-License-Identifier: EUPL-1.2
#include "app/store/workspace_store.h"

#include "app/store/new_life.h"
#include "app/store/office_clock.h"
#include "app/store/statement_log.h"
#include "crypto/base/limits.h"

#include <algorithm>

namespace teren::store {

WorkspaceStore::WorkspaceStore(std::unique_ptr<Core> core) : core_(std::move(core)) {}

WorkspaceStore::~WorkspaceStore() = default;

const std::string& WorkspaceStore::serverAddress() const
{
    return core_->own.serverAddress;
}

const DeviceKeys& WorkspaceStore::keys() const
{
    return *core_->keys;
}

bool WorkspaceStore::isMember() const
{
    const ledger::Membership::Device* self = membership().find(device());
    return self != nullptr && self->isMember();
}

Result<std::vector<ledger::SignedStatement>> WorkspaceStore::statements()
{
    return StatementLog(*core_).all();
}

Status WorkspaceStore::tellServer(const ledger::ServerKeyPair& keys)
{
    return core_->transact([&] { return core_->tellServer(keys); });
}

std::optional<ledger::ServerKeyPair> WorkspaceStore::toldServer() const
{
    return core_->own.toldServer;
}

DeviceId WorkspaceStore::device() const
{
    return core_->device;
}

std::uint64_t WorkspaceStore::life() const
{
    return core_->keys->life;
}

const ledger::Membership& WorkspaceStore::membership() const
{
    return core_->membership;
}

wire::Position WorkspaceStore::position() const
{
    const Core& core = *core_;
    wire::Position position;
    position.head = core.own.head;
    position.membershipHeight = core.membership.height();
    position.membershipHash = core.membership.hash();
    position.cursor = core.own.cursor;
    for (const auto& [space, cursor] : core.exceptions)
        if (core.exceptions.size() <= limits::kExceptionsMax)
            position.exceptions.push_back({space, cursor});
        else  // Nearly all there is has just been granted: asking from the lowest for all costs little more.
            position.cursor = std::min(position.cursor, cursor);
    position.uploading = core.own.uploading;
    position.partialNumber = core.own.partialNumber;
    position.partialSize = core.own.partialSize;
    position.safe = core.own.safe;
    position.appliedFrom = core.own.appliedSerial + 1;
    return position;
}

Signature WorkspaceStore::signProof(ByteView message) const
{
    return keys().signing.sign("teren.proof.v1", message);
}

Status WorkspaceStore::startNewLife(engine::LifeReason reason)
{
    return core_->transact([&] { return beginNewLife(*core_, reason); });
}

Status WorkspaceStore::noteContact(Instant when)
{
    Core& core = *core_;
    return core.transact([&] {
        core.own.lastContact = when;
        return core.saveOwn();
    });
}

Status WorkspaceStore::heardTime(Instant office, Instant here)
{
    return OfficeClock(*core_).hear({office, here});
}

std::optional<std::chrono::milliseconds> WorkspaceStore::clockLead() const
{
    return OfficeClock(*core_).lead();
}

std::optional<Instant> WorkspaceStore::lastContact() const
{
    return core_->own.lastContact;
}

}  // namespace teren::store
