// SPDX-License-Identifier: EUPL-1.2
#pragma once

struct sqlite3_file;

namespace teren::page {

/// Makes SQLite's file object `handle`, of `fileHandleSize()` bytes, stand for a rollback journal that is
/// kept in memory and gone when SQLite closes it: for the first transaction of a database that has no page
/// yet. Nothing of the journal is needed after a crash, for there is nothing to go back to but an empty file.
void attachHeapJournal(sqlite3_file* handle);

}  // namespace teren::page
