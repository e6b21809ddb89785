// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"

namespace teren::service {

/// An attachment that is not whole where it ought to be: in a profile that is backed up, in a backup, or in a
/// profile that was brought back.
struct LostAttachment {
    std::string name;            ///< Empty if no record of a case says it.
    std::string caseName;        ///< Its case, for example "LIP/1 (A case)"; empty if it is not known.
    bool isMissing = false;      ///< Not there; otherwise cut or changed.
    bool isContentHere = false;  ///< Only its small picture is lost.

    friend bool operator==(const LostAttachment&, const LostAttachment&) = default;
};

/// Remembers in the profile what a backup could not bring back, until `forgetLeftOut`. No more than 500 are
/// named. @return the vault's errors.
Status noteLeftOut(Office& office, const std::vector<LostAttachment>& lost);
Result<std::vector<LostAttachment>> leftOut(Office& office);
Status forgetLeftOut(Office& office);

}  // namespace teren::service
