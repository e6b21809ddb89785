// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"

namespace teren::service {

/// Somebody's device that may read a case.
struct CaseReader {
    std::string id;      ///< The device's identifier, hex.
    std::string person;  ///< Empty while the name is not known.
    std::string device;  ///< For example "AS-1"; the beginning of `id` while it has no name here.
};

/// A case that takes no room on this device, and can be fetched again.
struct EvictedCase {
    CaseId id;
    std::string title;
    std::string number;
    Instant at{};  ///< When it was removed from here.
    std::uint64_t changes = 0;
    std::uint64_t lost = 0;   ///< Of `changes`: the server was put back and does not hold them any more.
    std::uint64_t bytes = 0;  ///< That it took, as sealed.
    bool returning = false;   ///< Asked for again; it comes with the next syncs.
    std::vector<CaseReader> mayHave;  ///< While changes are lost: colleagues' devices that may have them.
};
std::vector<EvictedCase> evictedCases(Office& office);

/// Removes a closed or handed-over case from this device. Only what the server has told to be in a backup on
/// another machine may go. Files of attachments stay: of them the server tells no such thing.
/// @return `Refused`, saying what stands against it; nothing was removed then. `NotFound`.
Result<EvictedCase> evictCase(Office& office, const CaseId& caseId);
/// Has it come back with the next sync. @return `NotFound` if it was not removed; `Refused`, in words, while
/// the server does not hold all of it.
Status fetchCase(Office& office, const CaseId& caseId);

/// Why the case is not here: it was removed from this device, and how it comes back; or it never came.
Error whyNotHere(Office& office, const CaseId& caseId);

}  // namespace teren::service
