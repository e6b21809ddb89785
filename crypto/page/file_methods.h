// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/page/sealed_file.h"

struct sqlite3_file;

namespace teren::page {

/// What SQLite must allocate for a file object of this VFS.
int fileHandleSize();

/// Makes SQLite's file object `handle` stand for `file`, which it owns until SQLite closes it.
void attach(sqlite3_file* handle, SealedFile* file);

/// What stands behind a file object that `attach` made.
SealedFile& sealedFileOf(sqlite3_file* handle);

}  // namespace teren::page
