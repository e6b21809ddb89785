// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"

namespace teren::service {

/// A case that takes no room on this device, and can be fetched again.
struct EvictedCase {
    CaseId id;
    std::string title;
    std::string number;
    Instant at{};  ///< When it was removed from here.
    std::uint64_t changes = 0;
    std::uint64_t bytes = 0;  ///< That it took, as sealed.
    bool returning = false;   ///< Asked for again; it comes with the next syncs.
};
std::vector<EvictedCase> evictedCases(Office& office);

/// Removes a closed or handed-over case from this device. Only what the server has told to be in a backup on
/// another machine may go. Files of attachments stay: of them the server tells no such thing.
/// @return `Refused`, saying what stands against it; nothing was removed then. `NotFound`.
Result<EvictedCase> evictCase(Office& office, const CaseId& caseId);
/// Has it come back with the next sync. @return `NotFound` if it was not removed.
Status fetchCase(Office& office, const CaseId& caseId);

/// Why the case is not here: it was removed from this device, and how it comes back; or it never came.
Error whyNotHere(Office& office, const CaseId& caseId);

}  // namespace teren::service
