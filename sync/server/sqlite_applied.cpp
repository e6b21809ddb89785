// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/limits.h"
#include "sync/server/sqlite_store.h"
#include "sync/sql/transaction.h"

#include <algorithm>

// What devices say that they have applied: the newest word of each device and space, and in what order they
// came.
namespace teren::server {
namespace {

Result<ledger::AppliedWord> wordAt(const sql::Statement& row)
{
    ledger::AppliedWord word;
    TEREN_TRY(word.space, SpaceId::from(row.columnBlob(1)));
    TEREN_TRY(word.device, DeviceId::from(row.columnBlob(2)));
    word.epoch = static_cast<std::uint32_t>(row.columnUint(3));
    word.box = toBytes(row.columnBlob(4));
    if (row.columnBlob(5).size() != word.signature.size())
        return fail(Errc::Damaged, "a signature of the wrong size");
    std::ranges::copy(row.columnBlob(5), word.signature.begin());
    return word;
}

}  // namespace

Status SqliteStore::keepApplied(const WorkspaceId& workspace, std::span<const ledger::AppliedWord> words)
{
    TEREN_TRY(sql::Transaction transaction, sql::Transaction::begin(database_));
    TEREN_TRY(std::uint64_t serial, appliedSerial(workspace));
    for (const ledger::AppliedWord& word : words)
        TEREN_CHECK(database_.statement("INSERT OR REPLACE INTO applied VALUES (?, ?, ?, ?, ?, ?, ?)")
                        .with(
                            workspace.view(), word.space.view(), word.device.view(), ++serial, word.epoch,
                            ByteView(word.box), ByteView(word.signature))
                        .run());
    TEREN_CHECK(database_.statement("UPDATE workspace SET applied_serial = ? WHERE workspace = ?")
                    .with(serial, workspace.view())
                    .run());
    return transaction.commit();
}

Result<std::uint64_t> SqliteStore::appliedSerial(const WorkspaceId& workspace)
{
    sql::Statement& row = database_.statement("SELECT applied_serial FROM workspace WHERE workspace = ?")
                              .with(workspace.view());
    TEREN_TRY(const bool found, row.step());
    if (!found)
        return fail(Errc::NotFound, "no such workspace");
    const std::uint64_t serial = row.columnUint(0);
    row.reset();
    return serial;
}

Result<ServerStore::KeptWords> SqliteStore::applied(
    const WorkspaceId& workspace, const DeviceId& reader, std::uint64_t serial, std::size_t maxBytes)
{
    KeptWords kept;
    TEREN_TRY(kept.upTo, appliedSerial(workspace));
    if (serial > kept.upTo)
        return kept;
    std::size_t bytes = 0;
    sql::Statement& row
        = database_
              .statement("SELECT serial, space, device, epoch, box, signature FROM applied"
                         " WHERE workspace = ?1 AND serial >= ?2 AND device <> ?3 AND EXISTS"
                         " (SELECT 1 FROM entry WHERE entry.workspace = ?1 AND entry.space = applied.space"
                         " AND entry.device = ?3) ORDER BY serial")
              .with(workspace.view(), serial, reader.view());
    while (true) {
        TEREN_TRY(const bool more, row.step());
        if (!more)
            return kept;
        TEREN_TRY(ledger::AppliedWord word, wordAt(row));
        bytes += word.box.size() + word.signature.size();
        if (!kept.words.empty() && (bytes > maxBytes || kept.words.size() == limits::kAppliedPerMessageMax)) {
            kept.upTo = row.columnUint(0) - 1;
            row.reset();
            return kept;
        }
        kept.words.push_back(std::move(word));
    }
}

Status SqliteStore::dropAppliedOf(const WorkspaceId& workspace, const DeviceId& device)
{
    return database_.statement("DELETE FROM applied WHERE workspace = ? AND device = ?")
        .with(workspace.view(), device.view())
        .run();
}

Status SqliteStore::dropAppliedExcept(const WorkspaceId& workspace, const SpaceId& space, std::uint32_t epoch)
{
    return database_.statement("DELETE FROM applied WHERE workspace = ? AND space = ? AND epoch <> ?")
        .with(workspace.view(), space.view(), epoch)
        .run();
}

}  // namespace teren::server
