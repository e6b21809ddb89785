// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/sql/database.h"

#include <span>

namespace teren::sql {

/// One step of a schema. A step that has been released is never edited, only followed.
struct Migration {
    int version;            ///< 1, 2, 3, ... without gaps.
    std::string_view name;  ///< For the log.
    std::string_view sql;
};

/// Brings `database` to the last of `migrations`, one transaction per step.
///
/// Stopped half-way, by an error or a flat battery, the database is whole at some version and the
/// next call carries on. A database from a later build is left untouched.
///
/// @return `TooNew` for a database from a later build, else what stopped the step.
Status migrate(Database& database, std::span<const Migration> migrations);

}  // namespace teren::sql
