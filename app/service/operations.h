// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/workspace_store.h"

namespace teren::service {

/// The type whose records name files: see attachments.h.
inline constexpr std::string_view kAttachmentType = "attachment";

/// The type whose records are frozen versions of others: see versions.h.
inline constexpr std::string_view kVersionType = "version";

/// Brings a record of a type into being at a place among its siblings.
inline Op insertOp(const RecordId& record, const std::string& type, const std::string& order)
{
    return {OpKind::Insert, record, type, toBytes(viewOf(order))};
}

inline Op assignOp(const RecordId& record, const std::string& field, const std::string& value)
{
    return {OpKind::Assign, record, field, toBytes(viewOf(value))};
}

/// The value in force of a single-valued field; the first written where several are, empty where none is.
inline std::string valueIn(const store::StoredRecord& record, const std::string& field)
{
    const auto found = record.fields.find(field);
    if (found == record.fields.end() || found->second.empty())
        return {};
    return std::string(textOf(found->second.distinctValues().front().value));
}

}  // namespace teren::service
