// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"

namespace teren::service {

/// A conflict that waits, for how long and for whom.
struct OpenConflict {
    ConflictView view;
    Instant since{};  ///< When the second of its versions was written, by its author's clock.
    /// Whose decision it is: the family's key worker where the case names one, else who wrote the versions.
    std::vector<std::string> owners;
    bool isMine = false;  ///< This person is one of them.
};

/// All open conflicts, of all cases, the one that waits longest first.
Result<std::vector<OpenConflict>> conflictInbox(Office& office);

}  // namespace teren::service
