// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/big_endian.h"
#include "crypto/page/page_cipher.h"

#include <optional>

// The units of the WAL as they lie in the file: what its reader and its judge have in common.
namespace teren::page {

/// Where frame `frame` begins in the file.
constexpr std::int64_t frameOffset(std::uint64_t frame)
{
    return static_cast<std::int64_t>(kWalHeaderSlot + frame * kFrameSlot);
}

/// The WAL's header, opened.
struct WalHeader {
    std::uint64_t generation;
    Tag tag;
    std::array<std::uint8_t, kWalHeaderSize> plain;
};

std::array<std::uint8_t, kWalHeaderSlot> sealWalHeader(
    PageCipher& cipher, std::uint64_t generation, ByteView plain, Tag& tag);
/// @return nothing if it was not sealed here.
std::optional<WalHeader> openWalHeader(
    const PageCipher& cipher, std::span<const std::uint8_t, kWalHeaderSlot> slot);
/// The tag as it stands there, whether the header opens or not.
Tag tagInWalHeader(std::span<const std::uint8_t, kWalHeaderSlot> slot);

/// SQLite's header of a frame.
struct FrameHeader {
    std::array<std::uint8_t, kFrameHeaderSize> bytes{};

    std::uint32_t page() const { return getBigEndian<std::uint32_t>(std::span(bytes).first<4>()); }
    /// In pages, behind a commit; 0 in other frames.
    std::uint32_t databaseSize() const
    {
        return getBigEndian<std::uint32_t>(std::span(bytes).subspan<4, 4>());
    }
};

/// What the header of a frame is sealed to besides its place.
struct ChainedTo {
    std::uint64_t generation;
    Tag pageTag;  ///< Of the same frame.
    Tag before;   ///< Of the header before.
};

/// @return the tag.
Tag sealFrameHeader(
    PageCipher& cipher, std::uint64_t frame, const ChainedTo& to, const FrameHeader& header,
    std::span<std::uint8_t, kFrameHeaderSlot> slot);
bool openFrameHeader(
    const PageCipher& cipher, std::uint64_t frame, const ChainedTo& to,
    std::span<const std::uint8_t, kFrameHeaderSlot> slot, FrameHeader& header);

}  // namespace teren::page
