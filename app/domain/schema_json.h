// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/schema.h"

namespace teren::domain {

/// One record type from its JSON document: every key known, every label there in both languages.
/// @param name  Of the file, for the reason.
/// @return `Invalid` naming file, place and reason.
Result<RecordType> parseRecordType(std::string_view name, std::string_view json);

/// What holds within a type: identifiers unique, title and sections name fields that exist.
Status checkRecordType(const RecordType& type);

}  // namespace teren::domain
