// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/main_file.h"

#include "crypto/base/big_endian.h"

#include <sodium.h>
#include <sqlite3.h>

#include <algorithm>
#include <limits>

namespace teren::page {
namespace {

using PageBuffer = std::array<std::uint8_t, kPageSize>;

constexpr std::string_view kMagic{"teren pages\0\0\0\0\0", 16};
constexpr Place kHeaderPlace{UnitKind::MainHeader, 0, 0};
constexpr std::size_t kHeaderClearSize = kMainHeaderSize - kTrailerSize;

/// magic 16 | version 4 | page size 4 | trailer size 4 | zero 4 | vault 16 | zero to 472.
std::array<std::uint8_t, kHeaderClearSize> clearHeader(const VaultId& vault)
{
    std::array<std::uint8_t, kHeaderClearSize> clear{};
    const std::span all(clear);
    std::ranges::copy(viewOf(kMagic), clear.begin());
    putBigEndian(all.subspan<16, 4>(), kFormatVersion);
    putBigEndian(all.subspan<20, 4>(), static_cast<std::uint32_t>(kPageSize));
    putBigEndian(all.subspan<24, 4>(), static_cast<std::uint32_t>(kTrailerSize));
    std::ranges::copy(vault.bytes, clear.begin() + 32);
    return clear;
}

std::int64_t physicalOffset(std::uint32_t pageNumber)
{
    return static_cast<std::int64_t>(kMainHeaderSlot)
        + static_cast<std::int64_t>(pageNumber - 1) * static_cast<std::int64_t>(kPageSize);
}

/// SQLite reads these bytes before it looks for a WAL. Should page 1 be torn by a cut during a checkpoint,
/// the WAL still has it whole: this constant header lets SQLite get there. A page 1 that no WAL covers is
/// read again in full, and fails.
void giveSyntheticHeader(std::span<std::uint8_t> out)
{
    static constexpr std::string_view kSqliteMagic{"SQLite format 3\0", 16};
    std::ranges::fill(out, std::uint8_t{0});
    std::ranges::copy(viewOf(kSqliteMagic), out.begin());
    out[16] = kPageSize >> 8;
    out[18] = out[19] = 2;  // WAL, for writing and for reading.
    out[20] = kTrailerSize;
    out[21] = 64;
    out[22] = out[23] = 32;
}

/// Whatever the journal of the transaction that writes page 1: who opens the database finds that it keeps a
/// WAL, and needs no transaction to begin one. SQLite says otherwise of what VACUUM INTO makes.
void sayWal(PageBuffer& page)
{
    page[18] = page[19] = 2;  // For writing and for reading.
}

constexpr std::size_t kSqliteHeaderSize = 100;

}  // namespace

namespace {

int writeHeader(BaseFile& base, PageCipher& cipher)
{
    std::array<std::uint8_t, kMainHeaderSlot> block{};
    const auto clear = clearHeader(cipher.vault());
    std::ranges::copy(clear, block.begin());
    cipher.vouch(kHeaderPlace, clear, std::span(block).subspan<kHeaderClearSize, kTrailerSize>());
    if (const int code = base.write(block, 0); code != SQLITE_OK)
        return code;
    return base.sync(SQLITE_SYNC_NORMAL);
}

int checkHeader(BaseFile& base, const PageCipher& cipher)
{
    std::array<std::uint8_t, kMainHeaderSlot> block{};
    if (const int code = base.read(block, 0); code != SQLITE_OK)
        return code == SQLITE_IOERR_SHORT_READ ? SQLITE_IOERR_DATA : code;
    const std::span all(block);
    const auto expected = clearHeader(cipher.vault());
    if (!std::ranges::equal(all.first(kMagic.size()), viewOf(kMagic)))
        return SQLITE_NOTADB;
    const bool isOurs = std::ranges::equal(all.first<kHeaderClearSize>(), expected)
        && cipher.isVouchedFor(kHeaderPlace, expected, all.subspan<kHeaderClearSize, kTrailerSize>())
        && std::ranges::all_of(all.subspan(kMainHeaderSize), [](std::uint8_t byte) { return byte == 0; });
    return isOurs ? SQLITE_OK : SQLITE_IOERR_DATA;
}

}  // namespace

int MainFile::begin(BaseFile& base, PageCipher& cipher)
{
    std::int64_t physical = 0;
    if (const int code = base.size(physical); code != SQLITE_OK)
        return code;
    return physical == 0 ? writeHeader(base, cipher) : checkHeader(base, cipher);
}

int MainFile::readPage(std::uint32_t pageNumber, std::span<std::uint8_t, kPageSize> page)
{
    const std::int64_t offset = physicalOffset(pageNumber);
    int code = base_->read(page, offset);
    if (code == SQLITE_IOERR_SHORT_READ) {
        std::int64_t physical = 0;
        if (const int failed = base_->size(physical); failed != SQLITE_OK)
            return failed;
        // Behind the end of the file there is nothing; but the end must be where it was.
        const bool isBehind = physical <= offset && pageNumber > freshness_->pages();
        return isBehind ? SQLITE_IOERR_SHORT_READ : SQLITE_IOERR_DATA;
    }
    if (code != SQLITE_OK)
        return code;
    const Place place{UnitKind::MainPage, 0, pageNumber};
    const auto current = freshness_->tagOf(pageNumber);
    if (current != tagIn(page.last<kTrailerSize>())
        || !cipher_.open(place, page.first<kPagePlainSize>(), page.last<kTrailerSize>()))
        code = SQLITE_IOERR_DATA;
    std::ranges::fill(page.last<kTrailerSize>(), std::uint8_t{0});
    return code;
}

int MainFile::read(std::span<std::uint8_t> out, std::int64_t offset)
{
    const auto index = static_cast<std::uint64_t>(offset) / kPageSize;
    const auto within = static_cast<std::size_t>(static_cast<std::uint64_t>(offset) % kPageSize);
    if (offset < 0 || within + out.size() > kPageSize || index >= std::numeric_limits<std::uint32_t>::max())
        return SQLITE_IOERR_READ;
    const auto pageNumber = static_cast<std::uint32_t>(index) + 1;

    int code = SQLITE_OK;
    if (out.size() == kPageSize) {
        code = readPage(pageNumber, out.first<kPageSize>());
    } else {
        PageBuffer page{};
        code = readPage(pageNumber, page);
        std::ranges::copy(std::span(page).subspan(within, out.size()), out.begin());
        sodium_memzero(page.data(), page.size());
    }
    if (code == SQLITE_IOERR_DATA && offset == 0 && out.size() == kSqliteHeaderSize) {
        giveSyntheticHeader(out);
        return SQLITE_OK;
    }
    if (code != SQLITE_OK)
        std::ranges::fill(out, std::uint8_t{0});
    return code;
}

int MainFile::write(ByteView data, std::int64_t offset)
{
    const auto index = static_cast<std::uint64_t>(offset) / kPageSize;
    const bool isPage = offset >= 0 && static_cast<std::uint64_t>(offset) % kPageSize == 0
        && data.size() == kPageSize && index < std::numeric_limits<std::uint32_t>::max();
    if (!isPage)
        return SQLITE_IOERR_WRITE;
    const auto pageNumber = static_cast<std::uint32_t>(index) + 1;
    if (pageNumber > FreshnessFile::kPagesMax)
        return SQLITE_FULL;
    if (!isWellFormed(data, pageNumber))
        return SQLITE_IOERR_WRITE;
    PageBuffer sealed;
    const std::span all(sealed);
    ByteView plain = data.first(kPagePlainSize);
    if (pageNumber == 1) {
        std::ranges::copy(plain, sealed.begin());
        sayWal(sealed);
        plain = all.first(kPagePlainSize);
    }
    cipher_.seal(
        {UnitKind::MainPage, 0, pageNumber}, plain, all.first<kPagePlainSize>(), all.last<kTrailerSize>());
    const int code = base_->write(sealed, physicalOffset(pageNumber));
    // Even if it failed: what lies there now is in doubt, and the WAL has the page.
    freshness_->pageWritten(pageNumber, tagIn(all.last<kTrailerSize>()));
    return code;
}

int MainFile::truncate(std::int64_t logicalSize)
{
    constexpr auto kStep = static_cast<std::int64_t>(kPageSize);
    if (logicalSize < 0 || logicalSize % kStep != 0)
        return SQLITE_IOERR_TRUNCATE;
    freshness_->mainTruncated(static_cast<std::uint32_t>(logicalSize / kStep));
    return base_->truncate(logicalSize + static_cast<std::int64_t>(kMainHeaderSlot));
}

int MainFile::size(std::int64_t& logicalSize)
{
    // SQLite asks before every transaction while the log is empty. It is told what the tags say: the file
    // cannot know better, and a part of it that is missing fails when it is read.
    logicalSize = std::int64_t{freshness_->pages()} * static_cast<std::int64_t>(kPageSize);
    return SQLITE_OK;
}

int MainFile::sync(int flags)
{
    const int code = base_->sync(flags);
    return code == SQLITE_OK ? freshness_->mainSynced() : code;
}

std::int64_t MainFile::extent()
{
    constexpr auto kStep = static_cast<std::int64_t>(kPageSize);
    const std::int64_t known = freshness_->pages();
    std::int64_t physical = 0;
    if (base_->size(physical) != SQLITE_OK)
        return known;
    const std::int64_t inFile = physical - static_cast<std::int64_t>(kMainHeaderSlot);
    return std::max(known, (inFile + kStep - 1) / kStep);
}

}  // namespace teren::page
