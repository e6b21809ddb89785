// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/sqlite_blobs.h"

#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/sql/migrations.h"
#include "sync/sql/transaction.h"

#include <algorithm>
#include <array>

namespace teren::server {
namespace {

using wire::BlobCode;
using wire::BlobState;

constexpr std::uint64_t kPageBytes = 4096;

// `part`: the bytes from `start` on; as they came, up to `limits::kChunkMax` each.
constexpr std::array kMigrations{sql::Migration{1, "the first schema", R"sql(
CREATE TABLE blob (
  id INTEGER PRIMARY KEY,
  workspace BLOB NOT NULL,
  space BLOB NOT NULL,
  address BLOB NOT NULL,
  size INTEGER NOT NULL,
  have INTEGER NOT NULL,
  device BLOB,
  expires_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX blob_whole ON blob (workspace, space, address) WHERE device IS NULL;
CREATE UNIQUE INDEX blob_begun ON blob (workspace, device, space, address) WHERE device IS NOT NULL;
CREATE TABLE part (
  id INTEGER PRIMARY KEY,
  blob INTEGER NOT NULL REFERENCES blob,
  start INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX part_place ON part (blob, start);
)sql"}};

std::int64_t inMs(Instant when)
{
    return when.time_since_epoch().count();
}

}  // namespace

Result<std::unique_ptr<SqliteBlobs>> SqliteBlobs::open(
    const std::filesystem::path& file, const Options& options)
{
    TEREN_TRY(sql::Database database, sql::Database::open(file));
    std::unique_ptr<SqliteBlobs> blobs(new SqliteBlobs(std::move(database)));
    blobs->folder_ = file.parent_path();
    TEREN_CHECK(blobs->prepare(options));
    return blobs;
}

Result<std::unique_ptr<SqliteBlobs>> SqliteBlobs::over(sql::Database database)
{
    std::unique_ptr<SqliteBlobs> blobs(new SqliteBlobs(std::move(database)));
    TEREN_CHECK(blobs->prepare({}));
    return blobs;
}

Status SqliteBlobs::prepare(const Options& options)
{
    TEREN_CHECK(database_.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"));
    TEREN_CHECK(sql::migrate(database_, kMigrations));
    reserve_ = options.reserve;
    if (options.bytesMax > 0)
        TEREN_CHECK(database_.execute(
            "PRAGMA max_page_count="
            + std::to_string(std::max<std::uint64_t>(options.bytesMax / kPageBytes, 1))));
    return {};
}

// ---- reading -------------------------------------------------------------------------------------------

Result<std::optional<SqliteBlobs::Held>> SqliteBlobs::whole(
    const WorkspaceId& workspace, const wire::BlobName& blob)
{
    sql::Statement& row = database_
                              .statement("SELECT id, size FROM blob WHERE workspace = ? AND space = ?"
                                         " AND address = ? AND device IS NULL")
                              .with(workspace.view(), blob.space.view(), blob.address);
    TEREN_TRY(const bool found, row.step());
    std::optional<Held> held;
    if (found)
        held = Held{row.columnInt(0), row.columnUint(1), row.columnUint(1)};
    row.reset();
    return held;
}

Result<std::optional<SqliteBlobs::Held>> SqliteBlobs::begun(
    const WorkspaceId& workspace, const wire::BlobName& blob, const DeviceId& device, Instant now)
{
    sql::Statement& row
        = database_
              .statement("SELECT id, size, have FROM blob WHERE workspace = ? AND device = ?"
                         " AND space = ? AND address = ? AND expires_ms > ?")
              .with(workspace.view(), device.view(), blob.space.view(), blob.address, inMs(now));
    TEREN_TRY(const bool found, row.step());
    std::optional<Held> held;
    if (found)
        held = Held{row.columnInt(0), row.columnUint(1), row.columnUint(2)};
    row.reset();
    return held;
}

Result<BlobState> SqliteBlobs::held(
    const WorkspaceId& workspace, const wire::BlobName& blob, const DeviceId& device, Instant now)
{
    TEREN_TRY(const std::optional<Held> there, whole(workspace, blob));
    if (there)
        return BlobState{blob.address, BlobCode::Stored, there->size};
    TEREN_TRY(const std::optional<Held> part, begun(workspace, blob, device, now));
    return BlobState{blob.address, BlobCode::Absent, part ? part->have : 0};
}

Result<std::optional<BlobStore::Part>> SqliteBlobs::part(
    const WorkspaceId& workspace, const wire::BlobName& blob, std::uint64_t offset, std::uint32_t length)
{
    TEREN_TRY(const std::optional<Held> there, whole(workspace, blob));
    if (!there || offset >= there->size)
        return std::optional<Part>();
    Part wanted{there->size, {}};
    const std::uint64_t end = std::min<std::uint64_t>(offset + length, there->size);
    sql::Statement& rows
        = database_
              .statement("SELECT start, bytes FROM part WHERE blob = ? AND start > ?"
                         " AND start < ? ORDER BY start")
              .with(
                  there->row,
                  static_cast<std::int64_t>(offset) - static_cast<std::int64_t>(limits::kChunkMax), end);
    while (true) {
        TEREN_TRY(const bool more, rows.step());
        if (!more)
            break;
        const std::uint64_t start = rows.columnUint(0);
        const ByteView bytes = rows.columnBlob(1);
        const std::uint64_t at = offset + wanted.data.size();
        if (start > at || start + bytes.size() <= at)
            continue;
        const ByteView rest = bytes.subspan(static_cast<std::size_t>(at - start));
        const ByteView taken
            = rest.first(std::min<std::size_t>(rest.size(), static_cast<std::size_t>(end - at)));
        wanted.data.insert(wanted.data.end(), taken.begin(), taken.end());
    }
    if (wanted.data.size() != end - offset)
        return fail(Errc::Damaged, "a blob in the store is not whole");
    return std::optional(std::move(wanted));
}

// ---- writing -------------------------------------------------------------------------------------------

bool SqliteBlobs::isDiskShort(std::uint64_t more) const
{
    if (folder_.empty() || reserve_ == 0)
        return false;
    std::error_code unknown;
    const std::filesystem::space_info room = std::filesystem::space(folder_, unknown);
    return !unknown && room.available < more + reserve_;
}

Result<std::uint64_t> SqliteBlobs::sum(std::string_view sql, const WorkspaceId& workspace)
{
    sql::Statement& row = database_.statement(sql).with(workspace.view());
    TEREN_TRY(const bool found, row.step());
    const std::uint64_t bytes = found ? row.columnUint(0) : 0;
    row.reset();
    return bytes;
}

Status SqliteBlobs::drop(std::int64_t row)
{
    TEREN_CHECK(database_.statement("DELETE FROM part WHERE blob = ?").with(row).run());
    return database_.statement("DELETE FROM blob WHERE id = ?").with(row).run();
}

Result<std::optional<BlobCode>> SqliteBlobs::admit(
    const WorkspaceId& workspace, const DeviceId& device, const wire::PutBlob& part, Instant now)
{
    std::vector<std::int64_t> old;
    sql::Statement& rows = database_
                               .statement("SELECT id, expires_ms <= ?2, device = ?3 FROM blob"
                                          " WHERE workspace = ?1 AND device IS NOT NULL"
                                          " ORDER BY expires_ms DESC, id DESC")
                               .with(workspace.view(), inMs(now), device.view());
    for (std::size_t own = 0;;) {
        TEREN_TRY(const bool more, rows.step());
        if (!more)
            break;
        own += rows.columnInt(2) != 0 ? 1 : 0;
        const bool tooMany = rows.columnInt(2) != 0 && own >= limits::kBlobPartialsPerDevice;
        if (rows.columnInt(1) != 0 || tooMany)
            old.push_back(rows.columnInt(0));
    }
    for (const std::int64_t row : old)
        TEREN_CHECK(drop(row));
    TEREN_TRY(
        const std::uint64_t kept,
        sum("SELECT coalesce(sum(size), 0) FROM blob WHERE workspace = ? AND device IS NULL", workspace));
    if (part.size > limits::kBlobsPerWorkspaceMax - std::min(kept, limits::kBlobsPerWorkspaceMax))
        return std::optional(BlobCode::Limit);
    // What was announced counts, not what has come: it is going to come.
    TEREN_TRY(
        const std::uint64_t waiting,
        sum("SELECT coalesce(sum(size), 0) FROM blob WHERE workspace = ? AND device IS NOT NULL", workspace));
    if (waiting + part.size > limits::kBlobPartialBytesMax)
        return std::optional(BlobCode::NoRoom);
    return std::optional<BlobCode>();
}

Result<BlobState> SqliteBlobs::put(
    const WorkspaceId& workspace, const DeviceId& device, const wire::PutBlob& part, Instant now)
{
    const Hash& address = part.blob.address;
    if (part.size > limits::kBlobMax)
        return BlobState{address, BlobCode::Limit, 0};
    if (part.data.empty() || part.data.size() > part.size || part.offset > part.size - part.data.size())
        return BlobState{address, BlobCode::Malformed, 0};
    TEREN_TRY(const std::optional<Held> there, whole(workspace, part.blob));
    if (there)
        return BlobState{address, BlobCode::Stored, there->size};
    TEREN_TRY(const std::optional<Held> before, begun(workspace, part.blob, device, now));
    // Whoever changes its mind about the size begins anew.
    const bool anew = !before || (before->size != part.size && part.offset == 0);
    if (!anew && before->size != part.size)
        return BlobState{address, BlobCode::Malformed, 0};
    const std::uint64_t have = anew ? 0 : before->have;
    if (part.offset != have)
        return BlobState{address, BlobCode::Absent, have};
    if (isDiskShort(part.size - have))
        return BlobState{address, BlobCode::NoRoom, have};
    Result<BlobState> added
        = add(workspace, device, part, anew ? Held{before ? before->row : 0, part.size, 0} : *before, now);
    if (!added && added.error().code == Errc::DiskFull)
        return BlobState{address, BlobCode::NoRoom, have};
    return added;
}

Result<BlobState> SqliteBlobs::add(
    const WorkspaceId& workspace, const DeviceId& device, const wire::PutBlob& part, Held held, Instant now)
{
    const Hash& address = part.blob.address;
    const bool isLast = held.have + part.data.size() == part.size;
    // What is not whole may be lost with the power; what is said to be stored may not.
    TEREN_CHECK(database_.execute(isLast ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL"));
    TEREN_TRY(sql::Transaction transaction, sql::Transaction::begin(database_));
    if (held.have == 0) {
        if (held.row != 0)
            TEREN_CHECK(drop(held.row));
        TEREN_TRY(const std::optional<BlobCode> refused, admit(workspace, device, part, now));
        if (refused) {
            TEREN_CHECK(transaction.commit());
            return BlobState{address, *refused, 0};
        }
        // An expired beginning of the same blob went with `admit`.
        TEREN_CHECK(database_
                        .statement("INSERT INTO blob (workspace, space, address, size, have, device,"
                                   " expires_ms) VALUES (?, ?, ?, ?, 0, ?, 0)")
                        .with(workspace.view(), part.blob.space.view(), address, part.size, device.view())
                        .run());
        held.row = database_.lastInsertId();
    }
    if (isLast) {
        TEREN_TRY(const bool sound, isSound(held, part));
        if (!sound) {
            TEREN_CHECK(drop(held.row));
            TEREN_CHECK(transaction.commit());
            return BlobState{address, BlobCode::Damaged, 0};
        }
    }
    TEREN_CHECK(database_.statement("INSERT INTO part (blob, start, bytes) VALUES (?, ?, ?)")
                    .with(held.row, held.have, ByteView(part.data))
                    .run());
    const std::uint64_t have = held.have + part.data.size();
    if (isLast) {
        TEREN_CHECK(
            database_.statement("UPDATE blob SET have = size, device = NULL, expires_ms = NULL WHERE id = ?")
                .with(held.row)
                .run());
    } else {
        TEREN_CHECK(database_.statement("UPDATE blob SET have = ?, expires_ms = ? WHERE id = ?")
                        .with(have, inMs(now + limits::kPartialKept), held.row)
                        .run());
    }
    TEREN_CHECK(transaction.commit());
    return BlobState{address, isLast ? BlobCode::Stored : BlobCode::Absent, have};
}

/// Reads back what is kept: the address must be that of the bytes that will be handed out.
Result<bool> SqliteBlobs::isSound(const Held& held, const wire::PutBlob& last)
{
    Hasher hasher;
    std::uint64_t read = 0;
    sql::Statement& rows
        = database_.statement("SELECT start, bytes FROM part WHERE blob = ? ORDER BY start").with(held.row);
    while (true) {
        TEREN_TRY(const bool more, rows.step());
        if (!more)
            break;
        if (rows.columnUint(0) != read) {
            rows.reset();
            return false;
        }
        hasher.add(rows.columnBlob(1));
        read += rows.columnBlob(1).size();
    }
    hasher.add(last.data);
    return read == held.have && hasher.finish() == last.blob.address;
}

}  // namespace teren::server
