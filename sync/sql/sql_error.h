// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/error.h"

struct sqlite3;

namespace teren::sql {

/// What a caller may do about an extended SQLite result code: `DiskFull`, `Damaged`, `Busy`, else `Disk`.
Errc errcOf(int extendedCode) noexcept;

/// The last failure of `handle` as an error. Its detail names tables and columns, never a bound value.
Error errorOf(sqlite3* handle, int extendedCode);

}  // namespace teren::sql
