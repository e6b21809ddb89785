// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/ledger/applied.h"
#include "sync/segment/segment_seal.h"

namespace teren::segment {

/// What one device has durably applied in one space, as it says itself.
struct Applied {
    std::uint64_t life = 0;
    std::uint64_t counter = 0;  ///< Within one life and space a higher one is newer.
    Instant stated{};           ///< By that device's clock; for people, never compared.
    VersionVector seen;         ///< Without the device's own work.
    friend bool operator==(const Applied&, const Applied&) = default;
};

/// Seals `applied` to the readers of the space and signs it.
/// @return `LimitExceeded` over `limits::kAppliedBoxMax`: so many authors that nothing is said of the space.
Result<ledger::AppliedWord> sealApplied(
    const Applied& applied, const WorkspaceId& workspace, const SpaceId& space, const DeviceId& device,
    const SpaceKey& key, const SigningKey& signing, RandomSource& random);

/// Opens what `sealApplied` made; `ledger::verifyApplied` comes first.
/// @return `Forged` for another key or content, `Malformed`, `LimitExceeded`.
Result<Applied> openApplied(
    const ledger::AppliedWord& word, const WorkspaceId& workspace, const SpaceKey& key);

}  // namespace teren::segment
