// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"

namespace teren::service {

/// A field that is only appended to: "corrected by, when".
struct Appended {
    std::vector<ValueInForce> originals;   ///< Written over nothing; more than one if written apart.
    std::vector<ValueInForce> amendments;  ///< Written over something, causes before effects.
};

/// Something entered by a person who did not know that the case had been closed, and unknown to whoever
/// closed it. It is kept and counts; people are told.
struct LateEntry {
    std::string field;  ///< As `HistoryItem::field`.
    std::string value;
    Authorship by;
    ValueInForce closing;  ///< The stage that closed the case. The first, where several did.
};

/// A record with what only its history tells.
struct RecordDetails {
    RecordView view;
    std::map<std::string, Appended> appended;  ///< Of each field that is appended to and has a value.
    std::optional<ValueInForce> withdrawn;     ///< Why it was deleted, who by and when.
    std::vector<LateEntry> enteredAfterClosing;
};

/// One record for whoever looks at it closely. Reads its history and that of its case.
/// @return as `Office::record`.
Result<RecordDetails> detailsOf(Office& office, const RecordRef& which);

}  // namespace teren::service
