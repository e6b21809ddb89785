// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/schema.h"
#include "app/store/workspace_store.h"

// What a value written here must keep to beyond the form of its own field. What comes from other devices is
// kept as it is: it has been said.
namespace teren::service {

/// A reference leads to a record of the same case, of a type that the field names, that is not deleted.
/// @return `Invalid`, naming field and reason.
Status checkReference(
    store::WorkspaceStore& store, const SpaceId& space, const domain::RecordType& type,
    const domain::Field& field, const std::string& value);

/// A field that a record cannot be added without cannot be emptied either. @return as `checkReference`.
Status checkNotEmptied(const domain::RecordType& type, const domain::Field& field, const std::string& value);

}  // namespace teren::service
