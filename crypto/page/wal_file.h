// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/page/sealed_file.h"
#include "crypto/page/wal_format.h"

#include <optional>

namespace teren::page {

/// The write-ahead log. SQLite's headers carry checksums of plaintext, so each header is sealed too, in room
/// of its own; every logical offset is translated. Headers form a chain: see `WalChain`.
///
/// A frame that is not the one that was written is an error, except while SQLite looks for the end of a log
/// that a power cut may have torn: there, behind what is known to be durable, it reads as zeros, which no
/// frame is, and the log ends before it.
class WalFile final : public SealedFile {
public:
    /// @param main the same connection's main file, which outlives this object, or null.
    WalFile(
        std::unique_ptr<BaseFile> base, PageCipher& cipher, std::shared_ptr<WalIndexMemory> walIndex,
        std::shared_ptr<Freshness> freshness, BaseFile* main)
        : SealedFile(std::move(base), cipher, std::move(walIndex), std::move(freshness)),
          main_(main)
    {
    }

    int read(std::span<std::uint8_t> out, std::int64_t offset) override;
    int write(ByteView data, std::int64_t offset) override;
    int truncate(std::int64_t logicalSize) override;
    int size(std::int64_t& logicalSize) override;
    int sync(int flags) override;

private:
    struct HeldHeader {
        std::uint64_t frame;
        FrameHeader header;
    };

    int readHeader(std::span<std::uint8_t, kWalHeaderSize> header);
    int readFrame(std::uint64_t frame, std::span<std::uint8_t, kFrameSize> plain);
    int readFrameHeader(std::uint64_t frame, std::span<std::uint8_t, kFrameHeaderSize> plain);
    int readFramePage(std::uint64_t frame, std::span<std::uint8_t, kPageSize> page);
    bool openHeader(
        std::uint64_t frame, const Freshness::Link& link,
        std::span<const std::uint8_t, kFrameHeaderSlot> slot, FrameHeader& header);
    bool openPage(std::uint64_t frame, const Freshness::Link& link, std::span<std::uint8_t, kPageSize> page);
    int missing(std::span<std::uint8_t> out, std::uint64_t frame);
    int writeHeader(ByteView header);
    int writeFrameHeader(std::uint64_t frame, ByteView header);
    int writeFrame(const HeldHeader& held, ByteView page);
    int replaceHeader(const HeldHeader& held);
    int replacePage(std::uint64_t frame, ByteView page);

    BaseFile* main_;
    /// SQLite writes a frame's header, then its page; the header is sealed to the page, so it waits for it.
    std::optional<HeldHeader> held_;
};

}  // namespace teren::page
