// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/page/sealed_file.h"

namespace teren::page {

/// The database file: a header block, then one sealed page after the other. A page is read only if it is the
/// version that was written last.
class MainFile final : public SealedFile {
public:
    /// @param freshness has been joined for this file, which leaves it when it closes.
    MainFile(
        std::unique_ptr<BaseFile> base, PageCipher& cipher, std::shared_ptr<WalIndexMemory> walIndex,
        std::shared_ptr<Freshness> freshness)
        : SealedFile(std::move(base), cipher, std::move(walIndex), std::move(freshness))
    {
    }
    ~MainFile() override
    {
        walIndex_->detach(holder_);
        freshness_->leave(*base_);
    }

    /// Checks the header block of `base`; gives one to a file without any content.
    static int begin(BaseFile& base, PageCipher& cipher);

    int read(std::span<std::uint8_t> out, std::int64_t offset) override;
    int write(ByteView data, std::int64_t offset) override;
    int truncate(std::int64_t logicalSize) override;
    int size(std::int64_t& logicalSize) override;
    int sync(int flags) override;
    /// Pages that the file has, or should have.
    std::int64_t extent();

private:
    int readPage(std::uint32_t pageNumber, std::span<std::uint8_t, kPageSize> page);
};

}  // namespace teren::page
