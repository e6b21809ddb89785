// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/attachment_store.h"

#include <filesystem>

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
/// unsealed.
/// @return `NotFound` for a source that is no file, `Refused` for a picture that cannot be freed of what it
///         says, `LimitExceeded`, `DiskFull` (asked before anything is written), `Disk`.
Result<Intake> takeIn(
    store::AttachmentStore& store, const RecordId& id, const std::filesystem::path& source, bool keepTelling);

}  // namespace teren::service
