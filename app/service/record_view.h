// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/schema.h"
#include "app/service/people.h"

namespace teren::service {

/// Reads a stored record by the policies of its schema; a field that the schema lacks reads as a register.
RecordView toView(const store::StoredRecord& record, const domain::SchemaSet& schemas, const People& people);

/// The value of a field that counts; empty where there is none, or none counts before people have decided.
std::string inForceOf(
    const store::StoredRecord& record, const std::string& field, const domain::SchemaSet& schemas);

/// What names a record in lists: its title field, or the type's label in English where that is empty.
std::string titleOf(const store::StoredRecord& record, const domain::SchemaSet& schemas);

}  // namespace teren::service
