// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/attachment_store.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace teren::service {

/// A sealed file whose row does not say "whole" yet, and what its record has to say of it.
struct SealedFile {
    store::AttachmentStore::Import import;
    store::AttachmentRef ref;
};

/// What one file of a person's became in the vault: durable, and gone with this object unless it was kept.
struct Intake {
    std::string mediaType;  ///< By the first bytes, never by the name.
    SealedFile content;
    std::optional<SealedFile> thumbnail;

    /// Call inside the transaction that writes the record.
    Status keep();
    /// Call when that transaction has ended well.
    void kept();
};

/// Reads a person's file once, takes out of a JPEG or PNG what it says beside its picture unless it is to
/// `keepTelling`, makes a small picture, and seals both for the record `id`. Nothing of it is written
/// unsealed. In pieces: between them, the vault may be used. Gone before the end, it leaves nothing.
class TakingIn {
public:
    /// @return `NotFound` for a source that is no file, `Refused` for a kind that cannot be freed of what it
    ///         says, `LimitExceeded`, `DiskFull` (asked before anything is written), `Disk`.
    static Result<TakingIn> begin(
        store::AttachmentStore& store, const RecordId& id, const std::filesystem::path& source,
        bool keepTelling);
    TakingIn(TakingIn&&) noexcept;
    TakingIn& operator=(TakingIn&&) = delete;
    ~TakingIn();

    /// Some 512 KiB more; a picture at once. @return whether that was all; as `begin`.
    Result<bool> advance();
    /// Of the source, in bytes.
    std::uint64_t done() const;
    std::uint64_t total() const;
    /// After `advance` said so.
    Intake finish();

private:
    struct State;
    explicit TakingIn(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace teren::service
