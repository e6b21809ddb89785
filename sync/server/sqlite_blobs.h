// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/server/blob_store.h"
#include "sync/sql/database.h"

#include <filesystem>
#include <memory>

namespace teren::server {

/// Blobs in a SQLite file of their own, in WAL mode. A part is committed without waiting for the disk; the
/// commit that makes a blob whole waits, and with it all that came before.
class SqliteBlobs final : public BlobStore {
public:
    struct Options {
        /// The file grows no further than this; 0 for no limit.
        std::uint64_t bytesMax = 0;
        /// Of the disk, what blobs leave to the records.
        std::uint64_t reserve = 0;
    };
    /// @return `Damaged`, `TooNew`, `Disk`, `DiskFull`.
    static Result<std::unique_ptr<SqliteBlobs>> open(
        const std::filesystem::path& file, const Options& options);
    /// The same over a database that is only in memory.
    static Result<std::unique_ptr<SqliteBlobs>> over(sql::Database database);

    Result<wire::BlobState> held(
        const WorkspaceId& workspace, const wire::BlobName& blob, const DeviceId& device,
        Instant now) override;
    Result<wire::BlobState> put(
        const WorkspaceId& workspace, const DeviceId& device, const wire::PutBlob& part,
        Instant now) override;
    Result<std::optional<Part>> part(
        const WorkspaceId& workspace, const wire::BlobName& blob, std::uint64_t offset,
        std::uint32_t length) override;

private:
    /// A row of `blob`.
    struct Held {
        std::int64_t row = 0;
        std::uint64_t size = 0;
        std::uint64_t have = 0;
    };
    explicit SqliteBlobs(sql::Database database) : database_(std::move(database)) {}

    Status prepare(const Options& options);
    Result<std::optional<Held>> whole(const WorkspaceId& workspace, const wire::BlobName& blob);
    Result<std::optional<Held>> begun(
        const WorkspaceId& workspace, const wire::BlobName& blob, const DeviceId& device, Instant now);
    /// Makes room for one more beginning. @return why it may not be, if so.
    Result<std::optional<wire::BlobCode>> admit(
        const WorkspaceId& workspace, const DeviceId& device, const wire::PutBlob& part, Instant now);
    Result<wire::BlobState> add(
        const WorkspaceId& workspace, const DeviceId& device, const wire::PutBlob& part, Held held,
        Instant now);
    Result<bool> isSound(const Held& held, const wire::PutBlob& last);
    Status drop(std::int64_t row);
    Result<std::uint64_t> sum(std::string_view sql, const WorkspaceId& workspace);
    bool isDiskShort(std::uint64_t more) const;

    sql::Database database_;
    std::filesystem::path folder_;  ///< Empty for a database in memory.
    std::uint64_t reserve_ = 0;
};

}  // namespace teren::server
