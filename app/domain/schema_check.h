// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/schema.h"

namespace teren::domain {

/// What holds within a type: identifiers unique, title and sections name fields that exist.
Status checkRecordType(const RecordType& type);

/// What holds among the types of a set: records, rows, proposals and deciders name what is there, rules read
/// what is there in kinds that fit, and nothing goes in circles.
/// @return `Invalid` with place and reason, without the file.
Status checkInSet(const RecordType& type, const SchemaSet& set);

}  // namespace teren::domain
