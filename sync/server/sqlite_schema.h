// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/sql/migrations.h"

#include <span>

namespace teren::server {

/// The server's schema, step by step.
std::span<const sql::Migration> sqliteMigrations();

}  // namespace teren::server
