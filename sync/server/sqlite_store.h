// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/server/blob_store.h"
#include "sync/server/server_store.h"
#include "sync/sql/database.h"

#include <filesystem>
#include <memory>

namespace teren::server {

struct SqliteStoreOptions {
    /// The file grows no further than this; 0 for no limit. Past it the store is as on a full disk.
    std::uint64_t bytesMax = 0;
    /// Whether an empty file becomes a store; else it is `Damaged`.
    bool mayBeNew = true;
};

/// The server's store in one SQLite file, in WAL mode with `synchronous=FULL`.
///
/// Several processes may have it open (the administrative commands run beside the server), but only one
/// serves: see `DataFolder`.
class SqliteStore final : public ServerStore {
public:
    /// Opens the store; a new one gets its identity from `random`. Checks that every workspace's subtrees and
    /// statements add up to the head it claims.
    /// @return `Damaged` if not, `TooNew` for a store of a later build, `Disk`, `DiskFull`.
    static Result<std::unique_ptr<SqliteStore>> open(
        const std::filesystem::path& file, RandomSource& random, const SqliteStoreOptions& options = {});
    /// The same over a database that is open already, for one that is only in memory.
    static Result<std::unique_ptr<SqliteStore>> over(
        sql::Database database, RandomSource& random, const SqliteStoreOptions& options = {});

    const ServerIdentity& identity() const override { return *identity_; }
    /// Begins a change of keys, or shows the one that has begun. @return `Refused` while an earlier one has
    /// not ended.
    Result<ledger::ServerOffer> beginKeyChange(RandomSource& random, Instant from, Instant now);
    /// The keys to come are the ones to be shown and named from the next start on. @return `Refused` if there
    /// are none.
    Status switchKeys();
    BlobStore* blobs() const override { return blobs_.get(); }
    /// From here on, blobs are carried too.
    void carry(std::unique_ptr<BlobStore> blobs) { blobs_ = std::move(blobs); }
    /// Writes all that is kept, as of one moment, to a file that is missing. What a failure leaves is no
    /// store.
    Status copyTo(const std::filesystem::path& file) { return database_.compactInto(file); }

    Status addToken(const Hash& tokenHash, Instant now) override;
    Status createWorkspace(
        const Hash& tokenHash, const WorkspaceId& workspace,
        std::span<const ledger::SignedStatement> statements, Instant now) override;
    Result<WorkspaceState> state(const WorkspaceId& workspace) override;
    Result<std::vector<WorkspaceId>> workspaces() override;
    Status raiseSafe(const WorkspaceId& workspace, std::uint64_t number) override;

    Result<std::vector<ledger::SignedStatement>> statements(
        const WorkspaceId& workspace, std::uint64_t height, std::size_t maxBytes) override;
    Result<Hash> statementHash(const WorkspaceId& workspace, std::uint64_t height) override;
    Status appendStatements(
        const WorkspaceId& workspace, std::uint64_t height, const Hash& hash,
        std::span<const ledger::SignedStatement> statements) override;

    Result<ledger::TreeHead> appendSegments(
        const WorkspaceId& workspace, std::uint64_t treeSize,
        std::span<const ledger::Segment> segments) override;
    Result<Hash> subtree(const WorkspaceId& workspace, unsigned level, std::uint64_t index) override;
    Result<std::vector<LogEntry>> entries(
        const WorkspaceId& workspace, std::uint64_t after, std::uint64_t upTo, std::size_t limit) override;
    Result<std::vector<LogEntry>> entriesOf(
        const WorkspaceId& workspace, const SpaceId& space, std::uint64_t after, std::uint64_t upTo,
        std::size_t limit) override;
    Result<Bytes> body(
        const WorkspaceId& workspace, std::uint64_t number, std::uint32_t offset, std::size_t size) override;
    Result<std::optional<ChainLink>> linkAt(
        const WorkspaceId& workspace, const Chain& chain, std::uint64_t seq) override;
    Result<std::map<SpaceId, std::uint64_t>> sizesAbove(
        const WorkspaceId& workspace, std::uint64_t after) override;
    Result<std::uint64_t> sizeAbove(
        const WorkspaceId& workspace, const SpaceId& space, std::uint64_t after) override;
    Result<std::vector<LastWritten>> lastWritten(
        const WorkspaceId& workspace, const DeviceId& device, std::uint64_t after,
        std::size_t limit) override;
    Result<std::uint64_t> countOf(
        const WorkspaceId& workspace, const DeviceId& device, std::uint64_t after) override;

    Status keepPartial(
        const WorkspaceId& workspace, const DeviceId& device, const Hash& segment, ByteView body,
        Instant now) override;
    Result<Bytes> partial(
        const WorkspaceId& workspace, const DeviceId& device, const Hash& segment, Instant now) override;
    Status dropPartial(const WorkspaceId& workspace, const DeviceId& device) override;

    Status keepForked(const WorkspaceId& workspace, const ledger::Segment& segment, Instant now) override;
    Result<std::uint64_t> forkedCount(const WorkspaceId& workspace) override;

    Status addJoinRequest(
        const WorkspaceId& workspace, const InvitationId& invitation, ByteView request, Instant now) override;
    Result<std::vector<Bytes>> joinRequests(
        const WorkspaceId& workspace, const InvitationId& invitation) override;
    Status dropJoinRequests(const WorkspaceId& workspace, const InvitationId& invitation) override;

    Status keepApplied(const WorkspaceId& workspace, std::span<const ledger::AppliedWord> words) override;
    Result<std::uint64_t> appliedSerial(const WorkspaceId& workspace) override;
    Result<KeptWords> applied(
        const WorkspaceId& workspace, const DeviceId& reader, std::uint64_t serial,
        std::size_t maxBytes) override;
    Status dropAppliedOf(const WorkspaceId& workspace, const DeviceId& device) override;
    Status dropAppliedExcept(
        const WorkspaceId& workspace, const SpaceId& space, std::uint32_t epoch) override;

private:
    explicit SqliteStore(sql::Database database) : database_(std::move(database)) {}

    Status prepare(RandomSource& random, const SqliteStoreOptions& options);
    Status checkNotEmpty();
    Status refuseBackup();
    Status loadIdentity(RandomSource& random, bool mayBeNew);
    Status makeIdentity(RandomSource& random);
    Status readIdentity();
    Status loadOther();
    Status checkHeads();
    Status checkHead(const WorkspaceId& workspace);
    Status insertStatements(
        const WorkspaceId& workspace, std::uint64_t height,
        std::span<const ledger::SignedStatement> statements);
    Status insertEntry(const WorkspaceId& workspace, std::uint64_t number, const ledger::Segment& segment);
    Status insertNode(const WorkspaceId& workspace, unsigned level, std::uint64_t index, const Hash& hash);

    sql::Database database_;
    std::optional<ServerIdentity> identity_;
    std::unique_ptr<BlobStore> blobs_;
};

}  // namespace teren::server
