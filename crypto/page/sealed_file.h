// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/page/freshness.h"
#include "crypto/page/page_cipher.h"
#include "crypto/page/wal_index_memory.h"

#include <memory>
#include <span>

namespace teren::page {

/// A file that SQLite reads and writes in its own format and that lies sealed on the disk.
///
/// Functions return SQLite result codes. What does not authenticate is SQLITE_IOERR_DATA, and nothing of it
/// is released. Like SQLite's own file objects, one is used by one thread at a time.
class SealedFile {
public:
    virtual ~SealedFile() = default;
    virtual int read(std::span<std::uint8_t> out, std::int64_t offset) = 0;
    virtual int write(ByteView data, std::int64_t offset) = 0;
    virtual int truncate(std::int64_t logicalSize) = 0;
    virtual int size(std::int64_t& logicalSize) = 0;
    virtual int sync(int flags) = 0;

    BaseFile& base() { return *base_; }
    WalIndexMemory& walIndex() { return *walIndex_; }
    WalIndexMemory::Holder& holder() { return holder_; }

protected:
    SealedFile(
        std::unique_ptr<BaseFile> base, PageCipher& cipher, std::shared_ptr<WalIndexMemory> walIndex,
        std::shared_ptr<Freshness> freshness)
        : base_(std::move(base)),
          cipher_(cipher),
          walIndex_(std::move(walIndex)),
          freshness_(std::move(freshness))
    {
    }

    std::unique_ptr<BaseFile> base_;
    PageCipher& cipher_;
    std::shared_ptr<WalIndexMemory> walIndex_;
    std::shared_ptr<Freshness> freshness_;
    WalIndexMemory::Holder holder_;
};

/// Whether SQLite left the room of the trailer alone and, on page 1, states the geometry that this VFS
/// depends on. A page with anything there would read back different from what SQLite put a checksum on.
bool isWellFormed(ByteView page, std::uint32_t pageNumber);

}  // namespace teren::page
