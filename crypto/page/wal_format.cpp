// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/wal_format.h"

#include <algorithm>

namespace teren::page {
namespace {

constexpr std::string_view kMagic{"teren wal\0\0\0", 12};
constexpr Place kHeaderPlace{UnitKind::WalHeader, 0, 0};

// The header's room: magic 12 | version 4 | sealed header 32 | trailer 40 | generation 8 | zero 32.
constexpr std::size_t kClearSize = 16;
constexpr std::size_t kTrailerAt = kClearSize + kWalHeaderSize;
constexpr std::size_t kGenerationAt = kTrailerAt + kTrailerSize;
constexpr std::size_t kUsedSize = kGenerationAt + 8;

std::array<std::uint8_t, kClearSize> clearHeader()
{
    std::array<std::uint8_t, kClearSize> clear{};
    std::ranges::copy(viewOf(kMagic), clear.begin());
    putBigEndian(std::span(clear).subspan<12, 4>(), kFormatVersion);
    return clear;
}

/// generation 8 | page tag 16 | tag before 16.
std::array<std::uint8_t, PageCipher::kBoundMax> boundOf(const ChainedTo& to)
{
    std::array<std::uint8_t, PageCipher::kBoundMax> bound{};
    putBigEndian(std::span(bound).first<8>(), to.generation);
    std::ranges::copy(to.pageTag, bound.begin() + 8);
    std::ranges::copy(to.before, bound.begin() + 24);
    return bound;
}

}  // namespace

std::array<std::uint8_t, kWalHeaderSlot> sealWalHeader(
    PageCipher& cipher, std::uint64_t generation, ByteView plain, Tag& tag)
{
    std::array<std::uint8_t, kWalHeaderSlot> slot{};
    const std::span all(slot);
    std::ranges::copy(clearHeader(), slot.begin());
    putBigEndian(all.subspan<kGenerationAt, 8>(), generation);
    const auto trailer = all.subspan<kTrailerAt, kTrailerSize>();
    cipher.seal(
        kHeaderPlace, plain, all.subspan<kClearSize, kWalHeaderSize>(), trailer,
        all.subspan<kGenerationAt, 8>());
    tag = tagIn(trailer);
    return slot;
}

std::optional<WalHeader> openWalHeader(
    const PageCipher& cipher, std::span<const std::uint8_t, kWalHeaderSlot> slot)
{
    WalHeader header;
    std::ranges::copy(slot.subspan<kClearSize, kWalHeaderSize>(), header.plain.begin());
    const auto trailer = slot.subspan<kTrailerAt, kTrailerSize>();
    const bool isOurs = std::ranges::equal(slot.first<kClearSize>(), clearHeader())
        && isZero(slot.subspan(kUsedSize))
        && cipher.open(kHeaderPlace, header.plain, trailer, slot.subspan<kGenerationAt, 8>());
    if (!isOurs)
        return std::nullopt;
    header.generation = getBigEndian<std::uint64_t>(slot.subspan<kGenerationAt, 8>());
    header.tag = tagIn(trailer);
    return header;
}

Tag tagInWalHeader(std::span<const std::uint8_t, kWalHeaderSlot> slot)
{
    return tagIn(slot.subspan<kTrailerAt, kTrailerSize>());
}

Tag sealFrameHeader(
    PageCipher& cipher, std::uint64_t frame, const ChainedTo& to, const FrameHeader& header,
    std::span<std::uint8_t, kFrameHeaderSlot> slot)
{
    const auto trailer = slot.last<kTrailerSize>();
    cipher.seal(
        {UnitKind::FrameHeader, frame, 0}, header.bytes, slot.first<kFrameHeaderSize>(), trailer,
        boundOf(to));
    return tagIn(trailer);
}

bool openFrameHeader(
    const PageCipher& cipher, std::uint64_t frame, const ChainedTo& to,
    std::span<const std::uint8_t, kFrameHeaderSlot> slot, FrameHeader& header)
{
    std::ranges::copy(slot.first<kFrameHeaderSize>(), header.bytes.begin());
    return cipher.open(
        {UnitKind::FrameHeader, frame, 0}, header.bytes, slot.last<kTrailerSize>(), boundOf(to));
}

}  // namespace teren::page
