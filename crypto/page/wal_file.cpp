// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/wal_file.h"

#include <sodium.h>
#include <sqlite3.h>

#include <algorithm>

namespace teren::page {
namespace {

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

void clear(std::span<std::uint8_t> bytes)
{
    std::ranges::fill(bytes, std::uint8_t{0});
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
        // Most reads want a page and nothing else.
        if (within == kFrameHeaderSize && out.size() == kPageSize)
            return readFramePage(position.frame, out.first<kPageSize>());
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
        clear(out);
    sodium_memzero(plain.data(), plain.size());
    return code;
}

int WalFile::readHeader(std::span<std::uint8_t, kWalHeaderSize> header)
{
    clear(header);
    const auto known = freshness_->walHeader();
    // A log that is obsolete, or was never begun: whatever lies there, there is nothing in it.
    if (!known)
        return SQLITE_OK;
    std::array<std::uint8_t, kWalHeaderSlot> slot{};
    if (const int code = base_->read(slot, 0); code != SQLITE_OK)
        return code == SQLITE_IOERR_SHORT_READ ? SQLITE_IOERR_DATA : code;
    const auto opened = openWalHeader(cipher_, slot);
    if (!opened || opened->tag != *known)
        return SQLITE_IOERR_DATA;
    std::ranges::copy(opened->plain, header.begin());
    return SQLITE_OK;
}

/// The answer for a frame that is not there, or not as it was written.
int WalFile::missing(std::span<std::uint8_t> out, std::uint64_t frame)
{
    clear(out);
    if (walIndex_->isRecovering() && frame >= freshness_->durableFrames())
        return SQLITE_OK;
    return SQLITE_IOERR_DATA;
}

bool WalFile::openHeader(
    std::uint64_t frame, const Freshness::Link& link, std::span<const std::uint8_t, kFrameHeaderSlot> slot,
    FrameHeader& header)
{
    if (!link.isLoose)
        return tagIn(slot.last<kTrailerSize>()) == link.frame.headerTag
            && openFrameHeader(
                   cipher_, frame, {link.generation, link.frame.pageTag, link.before}, slot, header);
    // SQLite is about to write it again and wants the page number and the mark of a commit, no more.
    header = {};
    putBigEndian(std::span(header.bytes).first<4>(), link.frame.page);
    putBigEndian(std::span(header.bytes).subspan<4, 4>(), link.frame.databaseSize);
    return true;
}

bool WalFile::openPage(
    std::uint64_t frame, const Freshness::Link& link, std::span<std::uint8_t, kPageSize> page)
{
    const bool isOurs = tagIn(page.last<kTrailerSize>()) == link.frame.pageTag
        && cipher_.open(
            {UnitKind::FramePage, frame, link.frame.page}, page.first<kPagePlainSize>(),
            page.last<kTrailerSize>());
    clear(isOurs ? page.last<kTrailerSize>() : std::span<std::uint8_t>(page));
    return isOurs;
}

int WalFile::readFrameHeader(std::uint64_t frame, std::span<std::uint8_t, kFrameHeaderSize> plain)
{
    const auto link = freshness_->link(frame);
    std::array<std::uint8_t, kFrameHeaderSlot> slot{};
    if (const int code = base_->read(slot, frameOffset(frame)); code != SQLITE_OK)
        return code;
    FrameHeader header;
    if (!link || !openHeader(frame, *link, slot, header))
        return missing(plain, frame);
    std::ranges::copy(header.bytes, plain.begin());
    return SQLITE_OK;
}

int WalFile::readFramePage(std::uint64_t frame, std::span<std::uint8_t, kPageSize> page)
{
    const auto link = freshness_->link(frame);
    const std::int64_t offset = frameOffset(frame) + static_cast<std::int64_t>(kFrameHeaderSlot);
    if (const int code = base_->read(page, offset); code != SQLITE_OK) {
        clear(page);
        return code;
    }
    return link && openPage(frame, *link, page) ? SQLITE_OK : missing(page, frame);
}

int WalFile::readFrame(std::uint64_t frame, std::span<std::uint8_t, kFrameSize> plain)
{
    const auto link = freshness_->link(frame);
    std::array<std::uint8_t, kFrameSlot> slot{};
    if (const int code = base_->read(slot, frameOffset(frame)); code != SQLITE_OK)
        return code;
    const std::span all(slot);
    const auto page = plain.last<kPageSize>();
    std::ranges::copy(all.last<kPageSize>(), page.begin());
    FrameHeader header;
    if (!link || !openHeader(frame, *link, all.first<kFrameHeaderSlot>(), header)
        || !openPage(frame, *link, page))
        return missing(plain, frame);
    std::ranges::copy(header.bytes, plain.begin());
    if (header.databaseSize() != 0 && walIndex_->isRecovering())
        freshness_->commitRecovered(frame);
    return SQLITE_OK;
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
    if (within != kFrameHeaderSize || data.size() != kPageSize)
        return SQLITE_IOERR_WRITE;
    const auto held = std::exchange(held_, std::nullopt);
    return held && held->frame == frame ? writeFrame(*held, data) : replacePage(frame, data);
}

int WalFile::writeHeader(ByteView header)
{
    held_.reset();
    // Offset 8 of SQLite's WAL header: the page size.
    if (getBigEndian<std::uint32_t>(header.subspan<8, 4>()) != kPageSize)
        return SQLITE_IOERR_WRITE;
    if (const int code = freshness_->beforeWalGoes(main_); code != SQLITE_OK)
        return code;
    if (const int code = freshness_->beforeLogGrows(); code != SQLITE_OK)
        return code;
    // Frames of the log before would stay behind those to come, with nothing that vouches for them.
    if (const int code = base_->truncate(0); code != SQLITE_OK)
        return code;
    Tag tag;
    const auto slot = sealWalHeader(cipher_, freshness_->generation(), header, tag);
    if (const int code = base_->write(slot, 0); code != SQLITE_OK)
        return code;
    freshness_->walHeaderWritten(tag);
    return SQLITE_OK;
}

int WalFile::writeFrameHeader(std::uint64_t frame, ByteView header)
{
    HeldHeader held{frame, {}};
    std::ranges::copy(header, held.header.bytes.begin());
    if (held.header.page() > FreshnessFile::kPagesMax)
        return SQLITE_FULL;
    held_ = held;
    // Of a frame that is there, SQLite may write the header alone: it counts at once. Should a page follow,
    // both are written.
    return frame < freshness_->walSize() ? replaceHeader(held) : SQLITE_OK;
}

int WalFile::replaceHeader(const HeldHeader& held)
{
    const auto link = freshness_->link(held.frame);
    // What follows durable frames is the running transaction; a header in front belongs to a frame to come.
    if (!link || held.frame < freshness_->lastCommit().frames)
        return SQLITE_OK;
    std::array<std::uint8_t, kFrameHeaderSlot> slot;
    const Tag tag = sealFrameHeader(
        cipher_, held.frame, {link->generation, link->frame.pageTag, link->before}, held.header, slot);
    if (link->frame.page != held.header.page())
        return SQLITE_OK;
    const int code = base_->write(slot, frameOffset(held.frame));
    if (code == SQLITE_OK)
        freshness_->headerReplaced(held.frame, tag, held.header.databaseSize());
    return code;
}

int WalFile::writeFrame(const HeldHeader& held, ByteView page)
{
    const std::uint32_t number = held.header.page();
    if (!isWellFormed(page, number))
        return SQLITE_IOERR_WRITE;
    Freshness::Link link{};
    if (const int code = freshness_->beforeFrame(held.frame, link); code != SQLITE_OK)
        return code;
    std::array<std::uint8_t, kFrameSlot> slot;
    const std::span all(slot);
    cipher_.seal(
        {UnitKind::FramePage, held.frame, number}, page.first(kPagePlainSize),
        all.subspan<kFrameHeaderSlot, kPagePlainSize>(), all.last<kTrailerSize>());
    const Tag pageTag = tagIn(all.last<kTrailerSize>());
    const Tag headerTag = sealFrameHeader(
        cipher_, held.frame, {link.generation, pageTag, link.before}, held.header,
        all.first<kFrameHeaderSlot>());
    if (const int code = base_->write(slot, frameOffset(held.frame)); code != SQLITE_OK)
        return code;
    freshness_->frameWritten(held.frame, {number, held.header.databaseSize(), pageTag, headerTag});
    return SQLITE_OK;
}

int WalFile::replacePage(std::uint64_t frame, ByteView page)
{
    const auto link = freshness_->link(frame);
    if (!link || !isWellFormed(page, link->frame.page))
        return SQLITE_IOERR_WRITE;
    if (const int code = freshness_->beforePageReplaced(frame); code != SQLITE_OK)
        return code;
    std::array<std::uint8_t, kPageSize> sealed;
    const std::span all(sealed);
    cipher_.seal(
        {UnitKind::FramePage, frame, link->frame.page}, page.first(kPagePlainSize),
        all.first<kPagePlainSize>(), all.last<kTrailerSize>());
    const int code = base_->write(sealed, frameOffset(frame) + static_cast<std::int64_t>(kFrameHeaderSlot));
    if (code == SQLITE_OK)
        freshness_->pageReplaced(frame, tagIn(all.last<kTrailerSize>()));
    return code;
}

int WalFile::truncate(std::int64_t logicalSize)
{
    held_.reset();
    if (logicalSize == 0) {
        if (const int code = freshness_->beforeWalGoes(main_); code != SQLITE_OK)
            return code;
        return base_->truncate(0);
    }
    if (logicalSize < static_cast<std::int64_t>(kWalHeaderSize))
        return SQLITE_IOERR_TRUNCATE;
    const auto [frame, within] = locate(logicalSize);
    // A limit inside a frame keeps the frame: what is behind the end of the log is never read as content.
    const std::uint64_t frames = frame + (within == 0 ? 0 : 1);
    if (frames < freshness_->walSize())
        return SQLITE_IOERR_TRUNCATE;
    return base_->truncate(frameOffset(frames));
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

int WalFile::sync(int flags)
{
    // Asked for before: what is written while the disk works is not covered.
    const WalPosition commit = freshness_->lastCommit();
    int code = base_->sync(flags);
    // A file whose name is gone, or leads elsewhere, takes writes and syncs like any other.
    if (code == SQLITE_OK && main_->hasMoved())
        code = SQLITE_READONLY_DBMOVED;
    if (code == SQLITE_OK)
        freshness_->walSynced(commit);
    else
        freshness_->walSyncFailed();
    return code;
}

}  // namespace teren::page
