// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/result.h"
#include "sync/wire/messages.h"

#include <vector>

namespace teren::engine {

/// A blob of this device that the server may not have.
struct OfferedBlob {
    wire::BlobName name;
    std::uint64_t size = 0;
    bool isSmall = false;  ///< A small picture: it goes before all contents.
};

/// A blob that records here name, that is not here, and that is to come.
struct AwaitedBlob {
    wire::BlobName name;
    std::uint64_t size = 0;  ///< As the record says.
    std::uint64_t have = 0;  ///< Bytes that came in earlier sessions.
    bool isSmall = false;
    bool isAsked = false;  ///< A person waits for it.
};

/// The sealed files on this device, as bulk transfer needs them. `app/store` implements it.
class BlobShelf {
public:
    virtual ~BlobShelf() = default;

    /// Blobs of which the server has not said that it has them, and some of which it said so long ago; at
    /// most about `most`. Whoever wrote the record: what a server lost comes back from any device.
    virtual Result<std::vector<OfferedBlob>> toOffer(Instant now, std::size_t most) = 0;
    virtual Result<std::vector<AwaitedBlob>> awaited(std::size_t most) = 0;

    /// A part of a blob that is whole here. @return `NotFound` or `Damaged` if it is not.
    virtual Result<Bytes> read(const wire::BlobName& name, std::uint64_t offset, std::size_t length) = 0;
    /// The server has it, durably.
    virtual Status delivered(const wire::BlobName& name, Instant now) = 0;
    /// The server does not have it, whatever it said before.
    virtual Status undelivered(const wire::BlobName& name) = 0;

    /// The next part of a blob. With the last one all of it is compared with its address.
    /// @return whether it is whole, verified and durable; `Forged` if it was not what it should be: then all
    /// of it has been discarded.
    virtual Result<bool> arrived(const AwaitedBlob& blob, std::uint64_t offset, ByteView data) = 0;
};

}  // namespace teren::engine
