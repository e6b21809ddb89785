// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"

namespace teren::store {

/// The keys of spaces: kept in the vault, taken out of grants, sealed into grants.
class KeyRing {
public:
    explicit KeyRing(Core& core) : core_(core) {}

    /// Keeps a key; again is harmless.
    Status put(const SpaceEntry& space, const segment::SpaceKey& key);
    /// All epochs of a space that are here, in order. Empty if none.
    Result<std::vector<segment::SpaceKey>> keysOf(const SpaceEntry& space);
    /// How many of them there are; opens none.
    Result<std::size_t> countOf(const SpaceEntry& space);
    /// @return `NotFound` if that epoch's key is not here or is another.
    Result<SecretKey> find(const SpaceEntry& space, std::uint32_t epoch, const Hash& keyId);

    /// Opens a grant to this device and keeps its key. A grant that does not open, or holds another key than
    /// it says, is noted and passed over: it is the granter's fault and must not stop the log.
    /// @return whether the key is new here.
    Result<bool> accept(const ledger::Grant& grant, const ledger::Membership& membership);

private:
    Core& core_;
};

/// A fresh key for the first epoch of a space.
segment::SpaceKey makeFirstKey(const WorkspaceId& workspace, const SpaceId& space, RandomSource& random);

/// `key` sealed to one recipient.
ledger::Grant grantOf(
    const SpaceId& space, const segment::SpaceKey& key, const DeviceId& recipient,
    const ledger::BoxPublicKeyBytes& recipientKey);

}  // namespace teren::store
