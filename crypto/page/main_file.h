// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/page/sealed_file.h"

namespace teren::page {

/// The database file: a header block, then one sealed page after the other.
class MainFile final : public SealedFile {
public:
    MainFile(std::unique_ptr<BaseFile> base, PageCipher& cipher, std::shared_ptr<WalIndexMemory> walIndex)
        : SealedFile(std::move(base), cipher, std::move(walIndex))
    {
    }
    ~MainFile() override { walIndex_->detach(holder_); }

    /// Checks the header block; gives one to a file without any content if `isWritable`.
    int begin(bool isWritable);

    int read(std::span<std::uint8_t> out, std::int64_t offset) override;
    int write(ByteView data, std::int64_t offset) override;
    int truncate(std::int64_t logicalSize) override;
    int size(std::int64_t& logicalSize) override;

private:
    int writeHeader();
    int checkHeader();
    int readPage(std::uint32_t pageNumber, std::span<std::uint8_t, kPageSize> page);
};

}  // namespace teren::page
