// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/server/sqlite_store.h"
#include "sync/sql/transaction.h"

// What waits for someone: bodies sent in part, segments in dispute, requests to join.
namespace teren::server {
namespace {

Result<std::uint64_t> numberFrom(sql::Statement& row)
{
    TEREN_TRY(const bool found, row.step());
    const std::uint64_t number = found ? row.columnUint(0) : 0;
    row.reset();
    return number;
}

}  // namespace

Status SqliteStore::keepPartial(
    const WorkspaceId& workspace, const DeviceId& device, const Hash& segment, ByteView body, Instant now)
{
    TEREN_TRY(sql::Transaction transaction, sql::Transaction::begin(database_));
    // Of one body the longer part stays: a session that was cut without a word may end after its successor.
    TEREN_CHECK(database_
                    .statement("DELETE FROM partial WHERE workspace = ? AND (expires_ms <= ? OR"
                               " (device = ? AND (segment <> ? OR length(bytes) < ?)))")
                    .with(
                        workspace.view(), now.time_since_epoch().count(), device.view(), segment,
                        static_cast<std::uint64_t>(body.size()))
                    .run());
    TEREN_TRY(
        const std::uint64_t held,
        numberFrom(
            database_.statement("SELECT coalesce(sum(length(bytes)), 0) FROM partial WHERE workspace = ?")
                .with(workspace.view())));
    if (held + body.size() <= limits::kPartialBytesMax) {
        const Instant expires = now + limits::kPartialKept;
        TEREN_CHECK(
            database_.statement("INSERT INTO partial VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .with(workspace.view(), device.view(), segment, expires.time_since_epoch().count(), body)
                .run());
    }
    return transaction.commit();
}

Result<Bytes> SqliteStore::partial(
    const WorkspaceId& workspace, const DeviceId& device, const Hash& segment, Instant now)
{
    sql::Statement& row
        = database_
              .statement("SELECT bytes FROM partial WHERE workspace = ? AND device = ? AND segment = ?"
                         " AND expires_ms > ?")
              .with(workspace.view(), device.view(), segment, now.time_since_epoch().count());
    TEREN_TRY(const bool found, row.step());
    Bytes bytes = found ? toBytes(row.columnBlob(0)) : Bytes{};
    row.reset();
    return bytes;
}

Status SqliteStore::dropPartial(const WorkspaceId& workspace, const DeviceId& device)
{
    return database_.statement("DELETE FROM partial WHERE workspace = ? AND device = ?")
        .with(workspace.view(), device.view())
        .run();
}

Status SqliteStore::keepForked(const WorkspaceId& workspace, const ledger::Segment& segment, Instant now)
{
    TEREN_TRY(const std::uint64_t kept, forkedCount(workspace));
    if (kept >= limits::kForkedKeptMax)
        return {};
    return database_.statement("INSERT INTO forked VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .with(
            workspace.view(), segment.head.hash, now.time_since_epoch().count(), ByteView(segment.head.bytes),
            ByteView(segment.body))
        .run();
}

Result<std::uint64_t> SqliteStore::forkedCount(const WorkspaceId& workspace)
{
    return numberFrom(
        database_.statement("SELECT count(*) FROM forked WHERE workspace = ?").with(workspace.view()));
}

Status SqliteStore::addJoinRequest(
    const WorkspaceId& workspace, const InvitationId& invitation, ByteView request, Instant now)
{
    const Hash hash = blake2b({request});
    TEREN_TRY(
        const std::uint64_t others,
        numberFrom(database_
                       .statement("SELECT count(*) FROM join_request WHERE workspace = ? AND invitation = ?"
                                  " AND hash <> ?")
                       .with(workspace.view(), invitation.view(), hash)));
    if (others >= limits::kJoinRequestsPerInvitationMax)
        return fail(Errc::LimitExceeded, "too many requests for one invitation");
    return database_.statement("INSERT INTO join_request VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .with(workspace.view(), invitation.view(), hash, now.time_since_epoch().count(), request)
        .run();
}

Result<std::vector<Bytes>> SqliteStore::joinRequests(
    const WorkspaceId& workspace, const InvitationId& invitation)
{
    std::vector<Bytes> requests;
    sql::Statement& row
        = database_
              .statement("SELECT request FROM join_request WHERE workspace = ? AND invitation = ?"
                         " ORDER BY received_ms, hash")
              .with(workspace.view(), invitation.view());
    while (true) {
        TEREN_TRY(const bool more, row.step());
        if (!more)
            return requests;
        requests.push_back(toBytes(row.columnBlob(0)));
    }
}

Status SqliteStore::dropJoinRequests(const WorkspaceId& workspace, const InvitationId& invitation)
{
    return database_.statement("DELETE FROM join_request WHERE workspace = ? AND invitation = ?")
        .with(workspace.view(), invitation.view())
        .run();
}

}  // namespace teren::server
