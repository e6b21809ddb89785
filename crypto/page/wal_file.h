// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/page/sealed_file.h"

#include <optional>

namespace teren::page {

/// The write-ahead log. SQLite's headers carry checksums of plaintext, so each header is sealed too, in room
/// of its own; every logical offset is translated.
///
/// A frame that does not authenticate is an error, except while SQLite looks for the end of a log that a
/// power cut may have torn: then it reads as zeros, which no frame is, and the log ends before it.
class WalFile final : public SealedFile {
public:
    WalFile(std::unique_ptr<BaseFile> base, PageCipher& cipher, std::shared_ptr<WalIndexMemory> walIndex)
        : SealedFile(std::move(base), cipher, std::move(walIndex))
    {
    }

    int read(std::span<std::uint8_t> out, std::int64_t offset) override;
    int write(ByteView data, std::int64_t offset) override;
    int truncate(std::int64_t logicalSize) override;
    int size(std::int64_t& logicalSize) override;

private:
    struct WrittenHeader {
        std::uint64_t frame;
        std::uint32_t page;
    };

    int readHeader(std::span<std::uint8_t, kWalHeaderSize> header);
    int readFrame(std::uint64_t frame, std::span<std::uint8_t, kFrameSize> plain);
    int readFrameHeader(std::uint64_t frame, std::span<std::uint8_t, kFrameHeaderSize> plain);
    int writeHeader(ByteView header);
    int writeFrameHeader(std::uint64_t frame, ByteView header);
    int writeFramePage(std::uint64_t frame, ByteView page);
    int pageNumberOf(std::uint64_t frame, std::uint32_t& page);

    /// SQLite writes a frame's header, then its page: this spares reading the header back in between.
    std::optional<WrittenHeader> written_;
};

}  // namespace teren::page
