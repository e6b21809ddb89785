// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"

#include <span>

// Frozen versions: a document as it was signed. A version is a record of its own whose id is the hash of its
// content, so nothing that happens to the document afterwards, and nothing that anybody writes over the
// version, changes what was frozen. The segment that carries it is signed by its author's device.
namespace teren::service {

/// Something that was written in a version's place and does not hash to its name. It never counts.
struct FalseContent {
    std::string content;
    Authorship by;
};

/// A version of a record.
struct VersionView {
    RecordId id;
    CaseId caseId;
    RecordId document;
    std::string hash;     ///< Of all 32 bytes, in hex; the first half is the id.
    std::string content;  ///< Canonical JSON; empty if not `genuine`.
    /// False for a record that says it is a version and holds nothing that hashes to its id.
    bool genuine = true;
    bool current = false;        ///< The document reads the same today.
    bool confirmed = false;      ///< The server has it.
    std::vector<Authorship> by;  ///< Who froze this content; several where it was done apart.
    std::vector<FalseContent> attempts;
};

/// Freezes a record as it stands, with other records of its case that belong to the document. The same
/// content again is the same version, whoever freezes it; nothing is written then.
/// @return the version's id. `Refused` while something in it is a conflict, deleted, or written by a build
/// that knows more; `LimitExceeded` if it is too large for one value.
Result<RecordId> freeze(Office& office, const RecordRef& which, std::span<const RecordRef> with = {});

/// Every version of a record, in the order in which they were frozen, causes before effects; then what says
/// falsely to be one. Finds them whatever was done to them since.
Result<std::vector<VersionView>> versionsOf(Office& office, const RecordRef& which);

}  // namespace teren::service
