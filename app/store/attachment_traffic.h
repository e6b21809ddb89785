// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/files.h"
#include "app/store/attachment_store.h"
#include "sync/engine/blob_shelf.h"

namespace teren::store {

/// The sealed files of a profile as what travels.
///
/// A file on its way here has a row that says so, and lies under its own name. It counts for nobody before
/// all of it has come, is durable and hashes to its address; then one transaction makes it whole. However the
/// program ends, the next session goes on where the file ends; what does not hash is discarded.
class AttachmentTraffic final : public engine::BlobShelf {
public:
    explicit AttachmentTraffic(AttachmentStore::Parts parts) : parts_(std::move(parts)) {}

    Result<std::vector<engine::OfferedBlob>> toOffer(Instant now, std::size_t most) override;
    Result<std::vector<engine::AwaitedBlob>> awaited(std::size_t most) override;
    Result<Bytes> read(const wire::BlobName& name, std::uint64_t offset, std::size_t length) override;
    Status delivered(const wire::BlobName& name, Instant now) override;
    Status undelivered(const wire::BlobName& name) override;
    Result<bool> arrived(const engine::AwaitedBlob& blob, std::uint64_t offset, ByteView data) override;

private:
    /// The file that is being received.
    struct Arriving {
        Hash address{};
        std::string name;
        std::uint64_t have = 0;
        std::unique_ptr<platform::OutFile> file;
    };
    std::filesystem::path pathOf(const std::string& name) const { return parts_.folder / name; }
    /// How much of a file that is on its way has come. What cannot go on is discarded.
    Result<std::uint64_t> cameBefore(const Hash& address, const std::string& name, std::uint64_t size);
    Status begin(const engine::AwaitedBlob& blob, std::uint64_t offset);
    Result<std::string> makeRow(const engine::AwaitedBlob& blob);
    Status finish(const engine::AwaitedBlob& blob);
    Result<bool> isSound(const std::string& name, const Hash& address, std::uint64_t size);
    Status discard(const std::string& name);

    AttachmentStore::Parts parts_;
    std::unique_ptr<Arriving> arriving_;
};

}  // namespace teren::store
