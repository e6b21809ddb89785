// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/result.h"

#include <cstdint>
#include <vector>

struct sqlite3;

namespace teren::page {

/// Opens every page of the main file of a connection that uses `PageVfs`, pages that no table uses included,
/// and names those that do not authenticate, up to a hundred. What is still in the WAL is not looked at:
/// checkpoint first.
///
/// @return `Disk` if the file cannot be read.
Result<std::vector<std::uint32_t>> damagedPages(sqlite3* connection);

}  // namespace teren::page
