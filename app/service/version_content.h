// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/id.h"
#include "crypto/base/result.h"

#include <map>
#include <string>
#include <variant>
#include <vector>

// What a frozen version is made of, byte by byte: sync/PROTOCOL.md, section 8.
namespace teren::service {

/// One answer, or the elements of a set.
using FrozenValue = std::variant<std::string, std::vector<std::string>>;

struct FrozenRecord {
    std::string type;
    std::map<std::string, FrozenValue> fields;  ///< A field that was never asked is not there.
};

/// A document as it stands: a record, and the records of the same case that belong to it.
struct FrozenState {
    SpaceId caseId;
    RecordId document;
    std::map<RecordId, FrozenRecord> records;  ///< `document` among them.
};

/// The state as RFC 8785 canonical JSON: equal states are equal bytes, on every device.
/// @return `Invalid` if a text is not UTF-8.
Result<std::string> canonicalJson(FrozenState state);

/// BLAKE2b-256("teren.version.v1" || content): what is printed under the document.
Hash versionHash(std::string_view content);
/// The first 16 bytes of it, which name the version's record: another content is another record.
RecordId versionId(std::string_view content);

/// Which record a content is a version of.
struct VersionSubject {
    SpaceId caseId;
    RecordId document;

    friend bool operator==(const VersionSubject&, const VersionSubject&) = default;
};
/// Reads no more than that: what a later build adds is no hindrance.
/// @return `Invalid` for what is no content of a version.
Result<VersionSubject> subjectOf(std::string_view content);

}  // namespace teren::service
