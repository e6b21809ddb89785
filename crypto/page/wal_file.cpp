// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/wal_file.h"

#include "crypto/base/big_endian.h"

#include <sodium.h>
#include <sqlite3.h>

#include <algorithm>

namespace teren::page {
namespace {

constexpr std::string_view kMagic{"teren wal\0\0\0", 12};
constexpr Place kHeaderPlace{UnitKind::WalHeader, 0, 0};

// The header's room: magic 12 | version 4 | sealed header 32 | trailer 40 | zero 40.
constexpr std::size_t kClearSize = 16;
constexpr std::size_t kUsedSize = kClearSize + kWalHeaderSize + kTrailerSize;

std::array<std::uint8_t, kClearSize> clearHeader()
{
    std::array<std::uint8_t, kClearSize> clear{};
    std::ranges::copy(viewOf(kMagic), clear.begin());
    putBigEndian(std::span(clear).subspan<12, 4>(), kFormatVersion);
    return clear;
}

bool isZero(ByteView bytes)
{
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

std::int64_t physicalOffset(std::uint64_t frame)
{
    return static_cast<std::int64_t>(kWalHeaderSlot + frame * kFrameSlot);
}

std::uint32_t pageNumberIn(std::span<const std::uint8_t> frameHeader)
{
    return getBigEndian<std::uint32_t>(frameHeader.first<4>());
}

/// Which frame a logical offset is in, and where inside it.
struct FramePosition {
    std::uint64_t frame;
    std::size_t within;
};

FramePosition locate(std::int64_t offset)
{
    const std::uint64_t behindHeader = static_cast<std::uint64_t>(offset) - kWalHeaderSize;
    return {behindHeader / kFrameSize, static_cast<std::size_t>(behindHeader % kFrameSize)};
}

}  // namespace

int WalFile::read(std::span<std::uint8_t> out, std::int64_t offset)
{
    std::array<std::uint8_t, kFrameSize> plain;
    int code = SQLITE_OK;
    auto within = static_cast<std::size_t>(offset);
    std::size_t room = kWalHeaderSize;
    if (offset < static_cast<std::int64_t>(kWalHeaderSize)) {
        code = readHeader(std::span(plain).first<kWalHeaderSize>());
    } else {
        const FramePosition position = locate(offset);
        within = position.within;
        const bool isInHeader = within + out.size() <= kFrameHeaderSize;
        room = isInHeader ? kFrameHeaderSize : kFrameSize;
        code = isInHeader ? readFrameHeader(position.frame, std::span(plain).first<kFrameHeaderSize>())
                          : readFrame(position.frame, plain);
    }
    if (within + out.size() > room)
        return SQLITE_IOERR_READ;
    if (code == SQLITE_OK)
        std::ranges::copy(std::span(plain).subspan(within, out.size()), out.begin());
    else
        std::ranges::fill(out, std::uint8_t{0});
    sodium_memzero(plain.data(), plain.size());
    return code;
}

int WalFile::readHeader(std::span<std::uint8_t, kWalHeaderSize> header)
{
    std::array<std::uint8_t, kWalHeaderSlot> slot{};
    if (const int code = base_->read(slot, 0); code != SQLITE_OK)
        return code;
    const std::span all(slot);
    std::ranges::fill(header, std::uint8_t{0});
    // A file system may have kept the log's new size and not its content: an empty log, nothing was synced.
    if (isZero(all))
        return SQLITE_OK;
    const auto sealed = all.subspan<kClearSize, kWalHeaderSize>();
    const bool isOurs = std::ranges::equal(all.first<kClearSize>(), clearHeader())
        && isZero(all.subspan(kUsedSize))
        && cipher_.open(kHeaderPlace, sealed, all.subspan<kClearSize + kWalHeaderSize, kTrailerSize>());
    if (!isOurs)
        return SQLITE_IOERR_DATA;
    std::ranges::copy(sealed, header.begin());
    return SQLITE_OK;
}

int WalFile::readFrameHeader(std::uint64_t frame, std::span<std::uint8_t, kFrameHeaderSize> plain)
{
    std::array<std::uint8_t, kFrameHeaderSlot> slot{};
    if (const int code = base_->read(slot, physicalOffset(frame)); code != SQLITE_OK)
        return code;
    const std::span all(slot);
    std::ranges::copy(all.first<kFrameHeaderSize>(), plain.begin());
    const bool isOurs = cipher_.open({UnitKind::FrameHeader, frame, 0}, plain, all.last<kTrailerSize>());
    return isOurs ? SQLITE_OK : SQLITE_IOERR_DATA;
}

int WalFile::readFrame(std::uint64_t frame, std::span<std::uint8_t, kFrameSize> plain)
{
    std::array<std::uint8_t, kFrameSlot> slot{};
    if (const int code = base_->read(slot, physicalOffset(frame)); code != SQLITE_OK)
        return code;
    const std::span all(slot);
    const auto header = plain.first<kFrameHeaderSize>();
    const auto page = plain.subspan<kFrameHeaderSize, kPagePlainSize>();
    std::ranges::copy(all.first<kFrameHeaderSize>(), header.begin());
    std::ranges::copy(all.subspan<kFrameHeaderSlot, kPagePlainSize>(), page.begin());
    std::ranges::fill(plain.last<kTrailerSize>(), std::uint8_t{0});
    const bool isOurs
        = cipher_.open(
              {UnitKind::FrameHeader, frame, 0}, header, all.subspan<kFrameHeaderSize, kTrailerSize>())
        && cipher_.open({UnitKind::FramePage, frame, pageNumberIn(header)}, page, all.last<kTrailerSize>());
    if (isOurs)
        return SQLITE_OK;
    std::ranges::fill(plain, std::uint8_t{0});
    return walIndex_->isRecovering() ? SQLITE_OK : SQLITE_IOERR_DATA;
}

int WalFile::write(ByteView data, std::int64_t offset)
{
    if (offset == 0 && data.size() == kWalHeaderSize)
        return writeHeader(data);
    if (offset < static_cast<std::int64_t>(kWalHeaderSize))
        return SQLITE_IOERR_WRITE;
    const auto [frame, within] = locate(offset);
    if (within == 0 && data.size() == kFrameHeaderSize)
        return writeFrameHeader(frame, data);
    if (within == kFrameHeaderSize && data.size() == kPageSize)
        return writeFramePage(frame, data);
    return SQLITE_IOERR_WRITE;
}

int WalFile::writeHeader(ByteView header)
{
    // Offset 8 of SQLite's WAL header: the page size.
    if (getBigEndian<std::uint32_t>(header.subspan<8, 4>()) != kPageSize)
        return SQLITE_IOERR_WRITE;
    std::array<std::uint8_t, kWalHeaderSlot> slot{};
    const std::span all(slot);
    std::ranges::copy(clearHeader(), slot.begin());
    cipher_.seal(
        kHeaderPlace, header, all.subspan<kClearSize, kWalHeaderSize>(),
        all.subspan<kClearSize + kWalHeaderSize, kTrailerSize>());
    return base_->write(slot, 0);
}

int WalFile::writeFrameHeader(std::uint64_t frame, ByteView header)
{
    std::array<std::uint8_t, kFrameHeaderSlot> slot;
    const std::span all(slot);
    cipher_.seal(
        {UnitKind::FrameHeader, frame, 0}, header, all.first<kFrameHeaderSize>(), all.last<kTrailerSize>());
    written_ = WrittenHeader{frame, pageNumberIn(header)};
    return base_->write(slot, physicalOffset(frame));
}

int WalFile::pageNumberOf(std::uint64_t frame, std::uint32_t& page)
{
    const auto written = std::exchange(written_, std::nullopt);
    if (written && written->frame == frame) {
        page = written->page;
        return SQLITE_OK;
    }
    std::array<std::uint8_t, kFrameHeaderSize> header;
    const int code = readFrameHeader(frame, header);
    page = pageNumberIn(header);
    return code;
}

int WalFile::writeFramePage(std::uint64_t frame, ByteView page)
{
    std::uint32_t pageNumber = 0;
    if (const int code = pageNumberOf(frame, pageNumber); code != SQLITE_OK)
        return code;
    if (!isWellFormed(page, pageNumber))
        return SQLITE_IOERR_WRITE;
    std::array<std::uint8_t, kPageSize> sealed;
    const std::span all(sealed);
    cipher_.seal(
        {UnitKind::FramePage, frame, pageNumber}, page.first(kPagePlainSize), all.first<kPagePlainSize>(),
        all.last<kTrailerSize>());
    return base_->write(sealed, physicalOffset(frame) + static_cast<std::int64_t>(kFrameHeaderSlot));
}

int WalFile::truncate(std::int64_t logicalSize)
{
    written_.reset();
    if (logicalSize == 0)
        return base_->truncate(0);
    if (logicalSize < static_cast<std::int64_t>(kWalHeaderSize))
        return SQLITE_IOERR_TRUNCATE;
    const auto [frame, within] = locate(logicalSize);
    // A limit inside a frame keeps the frame: what is behind the end of the log is never read as content.
    return base_->truncate(physicalOffset(frame + (within == 0 ? 0 : 1)));
}

int WalFile::size(std::int64_t& logicalSize)
{
    std::int64_t physical = 0;
    const int code = base_->size(physical);
    const auto size = static_cast<std::uint64_t>(std::max<std::int64_t>(physical, 0));
    // A part of a frame at the end was torn: it does not count.
    logicalSize = size < kWalHeaderSlot
        ? 0
        : static_cast<std::int64_t>(kWalHeaderSize + (size - kWalHeaderSlot) / kFrameSlot * kFrameSize);
    return code;
}

}  // namespace teren::page
