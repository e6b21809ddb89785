// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/result.h"
#include "sync/wire/messages.h"

#include <optional>

namespace teren::server {

/// Sealed files of spaces, by the hash of their bytes. Who may ask is the caller's to judge.
///
/// A blob is whole, and then it never changes, or a device has sent a beginning of it. What is said to be
/// `Stored` survives a power cut; a beginning survives the end of the process, and is a convenience. Nobody
/// sees, or adds to, what another device has sent a part of. Used by one thread.
class BlobStore {
public:
    virtual ~BlobStore() = default;

    /// `Stored` with its size, or `Absent` with how much of it `device` has sent.
    virtual Result<wire::BlobState> held(
        const WorkspaceId& workspace, const wire::BlobName& blob, const DeviceId& device, Instant now)
        = 0;
    /// Takes the next part of a blob of `size` bytes: one that begins where the device's parts end. A part
    /// elsewhere is not taken; the answer says where to go on. The last part is judged with the whole: what
    /// does not hash to its address is discarded, all of it (`Damaged`). A blob that is whole is `Stored`
    /// again without looking at the part.
    /// @return a state, with `NoRoom` for a full disk too; an error is a store that failed.
    virtual Result<wire::BlobState> put(
        const WorkspaceId& workspace, const DeviceId& device, const wire::PutBlob& part, Instant now)
        = 0;
    struct Part {
        std::uint64_t size = 0;  ///< Of the blob.
        Bytes data;
    };
    /// Up to `length` bytes from `offset` on; nothing if the blob is not whole here or ends before.
    virtual Result<std::optional<Part>> part(
        const WorkspaceId& workspace, const wire::BlobName& blob, std::uint64_t offset, std::uint32_t length)
        = 0;
};

}  // namespace teren::server
