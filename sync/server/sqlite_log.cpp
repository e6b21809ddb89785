// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/limits.h"
#include "sync/server/sqlite_store.h"
#include "sync/server/tree_reader.h"
#include "sync/sql/transaction.h"

#include <algorithm>

// The numbered segments of a workspace and their Merkle tree.
namespace teren::server {
namespace {

Result<LogEntry> entryIn(const sql::Statement& row)
{
    LogEntry entry;
    entry.number = row.columnUint(0);
    TEREN_TRY(entry.space, SpaceId::from(row.columnBlob(1)));
    TEREN_TRY(entry.device, DeviceId::from(row.columnBlob(2)));
    entry.bodySize = static_cast<std::uint32_t>(row.columnUint(3));
    entry.header = toBytes(row.columnBlob(4));
    return entry;
}

Result<std::vector<LogEntry>> entriesIn(sql::Statement& row)
{
    std::vector<LogEntry> entries;
    while (true) {
        TEREN_TRY(const bool more, row.step());
        if (!more)
            return entries;
        Result<LogEntry> entry = entryIn(row);
        if (!entry) {
            row.reset();
            return fail(Errc::Damaged, "the store holds an entry that cannot be read");
        }
        entries.push_back(*std::move(entry));
    }
}

}  // namespace

Result<ledger::TreeHead> SqliteStore::appendSegments(
    const WorkspaceId& workspace, std::uint64_t treeSize, std::span<const ledger::Segment> segments)
{
    TEREN_TRY(sql::Transaction transaction, sql::Transaction::begin(database_));
    TEREN_TRY(const WorkspaceState current, state(workspace));
    if (current.tree.size != treeSize)
        return fail(Errc::Busy, "the log has moved on");
    TEREN_TRY(ledger::CompactTree tree, treeAt(*this, workspace, treeSize));
    Status kept;
    const auto keepNode = [&](unsigned level, std::uint64_t index, const Hash& hash) {
        if (kept)
            kept = insertNode(workspace, level, index, hash);
    };
    for (const ledger::Segment& segment : segments) {
        const std::uint64_t number = tree.size() + 1;
        const Chain chain{segment.head.header.space, segment.head.header.device, segment.head.header.life};
        TEREN_TRY(
            const std::optional<ChainLink> there, linkAt(workspace, chain, segment.head.header.firstSeq));
        if (there && there->firstSeq == segment.head.header.firstSeq)
            return fail(Errc::Refused, "the seq is taken");
        TEREN_CHECK(insertEntry(workspace, number, segment));
        tree.append(ledger::leafHash(ledger::encode(leafOf(segment.head, number))), keepNode);
        TEREN_CHECK(kept);
    }
    const ledger::TreeHead head{tree.size(), tree.root()};
    TEREN_CHECK(database_.statement("UPDATE workspace SET tree_size = ?, tree_root = ? WHERE workspace = ?")
                    .with(head.size, head.root, workspace.view())
                    .run());
    TEREN_CHECK(transaction.commit());
    return head;
}

Status SqliteStore::insertEntry(
    const WorkspaceId& workspace, std::uint64_t number, const ledger::Segment& segment)
{
    const ledger::SegmentHeader& header = segment.head.header;
    TEREN_CHECK(database_.statement("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .with(
                        workspace.view(), number, header.space.view(), header.device.view(), header.life,
                        header.firstSeq, header.count, segment.head.hash, segment.body.size(),
                        ByteView(segment.head.bytes))
                    .run());
    return database_.statement("INSERT INTO body VALUES (?, ?, ?)")
        .with(workspace.view(), number, ByteView(segment.body))
        .run();
}

Status SqliteStore::insertNode(
    const WorkspaceId& workspace, unsigned level, std::uint64_t index, const Hash& hash)
{
    return database_.statement("INSERT INTO node VALUES (?, ?, ?, ?)")
        .with(workspace.view(), level, index, hash)
        .run();
}

Result<Hash> SqliteStore::subtree(const WorkspaceId& workspace, unsigned level, std::uint64_t index)
{
    sql::Statement& row
        = database_.statement("SELECT hash FROM node WHERE workspace = ? AND level = ? AND idx = ?")
              .with(workspace.view(), level, index);
    TEREN_TRY(const bool found, row.step());
    Hash hash{};
    const bool whole = found && row.columnBlob(0).size() == hash.size();
    if (whole)
        std::ranges::copy(row.columnBlob(0), hash.begin());
    row.reset();
    if (!whole)
        return fail(Errc::Damaged, "the store lacks a node of the log's tree");
    return hash;
}

Result<std::vector<LogEntry>> SqliteStore::entries(
    const WorkspaceId& workspace, std::uint64_t after, std::uint64_t upTo, std::size_t limit)
{
    return entriesIn(database_
                         .statement("SELECT number, space, device, body_size, header FROM entry"
                                    " WHERE workspace = ? AND number > ? AND number <= ?"
                                    " ORDER BY number LIMIT ?")
                         .with(workspace.view(), after, upTo, limit));
}

Result<std::vector<LogEntry>> SqliteStore::entriesOf(
    const WorkspaceId& workspace, const SpaceId& space, std::uint64_t after, std::uint64_t upTo,
    std::size_t limit)
{
    // By the space: it is a small part of the log. The plus keeps the order by number from being preferred.
    return entriesIn(database_
                         .statement("SELECT number, space, device, body_size, header FROM entry"
                                    " WHERE workspace = ? AND space = ? AND +number > ? AND +number <= ?"
                                    " ORDER BY +number LIMIT ?")
                         .with(workspace.view(), space.view(), after, upTo, limit));
}

Result<Bytes> SqliteStore::body(
    const WorkspaceId& workspace, std::uint64_t number, std::uint32_t offset, std::size_t size)
{
    // substr counts from 1.
    sql::Statement& row
        = database_.statement("SELECT substr(bytes, ?, ?) FROM body WHERE workspace = ? AND number = ?")
              .with(std::uint64_t{offset} + 1, size, workspace.view(), number);
    TEREN_TRY(const bool found, row.step());
    if (!found)
        return fail(Errc::Damaged, "the store lacks the body of an entry");
    Bytes bytes = toBytes(row.columnBlob(0));
    row.reset();
    return bytes;
}

Result<std::optional<ChainLink>> SqliteStore::linkAt(
    const WorkspaceId& workspace, const Chain& chain, std::uint64_t seq)
{
    sql::Statement& row = database_
                              .statement("SELECT number, first_seq, count, segment FROM entry"
                                         " WHERE workspace = ? AND space = ? AND device = ? AND life = ?"
                                         " AND first_seq <= ? ORDER BY first_seq DESC LIMIT 1")
                              .with(
                                  workspace.view(), chain.space.view(), chain.device.view(), chain.life,
                                  std::min(seq, limits::kSeqMax));
    TEREN_TRY(const bool found, row.step());
    if (!found)
        return std::nullopt;
    ChainLink link{row.columnUint(0), row.columnUint(1), static_cast<std::uint32_t>(row.columnUint(2)), {}};
    const bool whole = row.columnBlob(3).size() == link.segment.size();
    if (whole)
        std::ranges::copy(row.columnBlob(3), link.segment.begin());
    row.reset();
    if (!whole)
        return fail(Errc::Damaged, "the store holds an entry without a whole hash");
    return link;
}

Result<std::map<SpaceId, std::uint64_t>> SqliteStore::sizesAbove(
    const WorkspaceId& workspace, std::uint64_t after)
{
    std::map<SpaceId, std::uint64_t> sizes;
    sql::Statement& row = database_
                              .statement("SELECT space, sum(body_size) + count(*) * ? FROM entry"
                                         " WHERE workspace = ? AND number > ? GROUP BY space")
                              .with(ledger::SignedSegmentHeader::kSize, workspace.view(), after);
    while (true) {
        TEREN_TRY(const bool more, row.step());
        if (!more)
            return sizes;
        if (const Result<SpaceId> space = SpaceId::from(row.columnBlob(0)); space)
            sizes[*space] = row.columnUint(1);
    }
}

Result<std::uint64_t> SqliteStore::sizeAbove(
    const WorkspaceId& workspace, const SpaceId& space, std::uint64_t after)
{
    sql::Statement& row
        = database_
              .statement("SELECT coalesce(sum(body_size), 0) + count(*) * ? FROM entry"
                         " WHERE workspace = ? AND space = ? AND +number > ?")
              .with(ledger::SignedSegmentHeader::kSize, workspace.view(), space.view(), after);
    TEREN_TRY(const bool found, row.step());
    const std::uint64_t size = found ? row.columnUint(0) : 0;
    row.reset();
    return size;
}

Result<std::vector<LastWritten>> SqliteStore::lastWritten(
    const WorkspaceId& workspace, const DeviceId& device, std::uint64_t after, std::size_t limit)
{
    std::vector<LastWritten> written;
    sql::Statement& row = database_
                              .statement("SELECT space, max(number) AS last FROM entry"
                                         " WHERE workspace = ? AND number > ? AND device = ?"
                                         " GROUP BY space ORDER BY last DESC LIMIT ?")
                              .with(workspace.view(), after, device.view(), limit);
    while (true) {
        TEREN_TRY(const bool more, row.step());
        if (!more)
            return written;
        if (const Result<SpaceId> space = SpaceId::from(row.columnBlob(0)); space)
            written.push_back({*space, row.columnUint(1)});
    }
}

Result<std::uint64_t> SqliteStore::countOf(
    const WorkspaceId& workspace, const DeviceId& device, std::uint64_t after)
{
    sql::Statement& row
        = database_.statement("SELECT count(*) FROM entry WHERE workspace = ? AND number > ? AND device = ?")
              .with(workspace.view(), after, device.view());
    TEREN_TRY(const bool found, row.step());
    const std::uint64_t count = found ? row.columnUint(0) : 0;
    row.reset();
    return count;
}

}  // namespace teren::server
