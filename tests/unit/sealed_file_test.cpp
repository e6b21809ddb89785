// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/big_endian.h"
#include "crypto/page/main_file.h"
#include "crypto/page/wal_file.h"
#include "tests/support/catch.h"
#include "tests/support/power_cut_vfs.h"
#include "tests/support/sealed_database.h"

#include <sqlite3.h>

#include <algorithm>

namespace teren::page {
namespace {

std::unique_ptr<BaseFile> openBase(test::PowerCutVfs& disk, const char* name, int kind)
{
    auto base = std::make_unique<BaseFile>(sqlite3_vfs_find(disk.name()));
    REQUIRE(base->open(name, kind | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) == SQLITE_OK);
    return base;
}

/// What a new database's first connection knows.
std::shared_ptr<Freshness> freshnessOf(test::PowerCutVfs& disk, PageCipher& cipher, BaseFile& main)
{
    auto freshness = std::make_shared<Freshness>(
        sqlite3_vfs_find(disk.name()), "/a.db", cipher, std::make_shared<Findings>(), [] {});
    REQUIRE(freshness->begin(main) == SQLITE_OK);
    REQUIRE(freshness->join());
    return freshness;
}

/// A WAL of three frames with the pages 4, 5 and 6, each filled with its frame's index, below no SQLite.
struct SampleWal {
    test::PowerCutVfs disk{"teren-wal-disk"};
    test::SeededRandom random{40};
    PageCipher cipher{test::sampleKey(1), test::sampleVault(1), random};
    std::shared_ptr<WalIndexMemory> index = std::make_shared<WalIndexMemory>();
    std::unique_ptr<BaseFile> main = openBase(disk, "/a.db", SQLITE_OPEN_MAIN_DB);
    std::shared_ptr<Freshness> freshness = freshnessOf(disk, cipher, *main);
    std::unique_ptr<WalFile> wal = open();

    std::unique_ptr<WalFile> open()
    {
        return std::make_unique<WalFile>(
            openBase(disk, "/a.db-wal", SQLITE_OPEN_WAL), cipher, index, freshness, main.get());
    }
    SampleWal()
    {
        std::array<std::uint8_t, kWalHeaderSize> header{};
        putBigEndian(std::span(header).subspan<8, 4>(), static_cast<std::uint32_t>(kPageSize));
        REQUIRE(wal->write(header, 0) == SQLITE_OK);
        for (std::uint8_t frame = 0; frame < 3; ++frame) {
            REQUIRE(wal->write(headerOf(frame), at(frame)) == SQLITE_OK);
            REQUIRE(wal->write(pageOf(frame), at(frame) + 24) == SQLITE_OK);
        }
    }
    static std::int64_t at(std::uint64_t frame) { return static_cast<std::int64_t>(32 + frame * kFrameSize); }
    static Bytes headerOf(std::uint8_t frame)
    {
        Bytes header(kFrameHeaderSize, 0x77);
        putBigEndian(std::span(header).subspan<0, 4>(), std::uint32_t{4} + frame);
        return header;
    }
    static Bytes pageOf(std::uint8_t fill)
    {
        Bytes page(kPageSize);
        std::fill_n(page.begin(), kPagePlainSize, fill);
        return page;
    }
    /// What the next process would find, were this one killed now.
    std::shared_ptr<Freshness> judgedAnew()
    {
        // A main file with nothing but its header block.
        disk.files().at("/a.db")->current.resize(kMainHeaderSlot);
        auto later = std::make_shared<Freshness>(
            sqlite3_vfs_find(disk.name()), "/a.db", cipher, std::make_shared<Findings>(), [] {});
        REQUIRE(later->begin(*main) == SQLITE_OK);
        return later;
    }
    std::span<std::uint8_t> slot(std::size_t frame)
    {
        return std::span(disk.files().at("/a.db-wal")->current).subspan(128 + frame * kFrameSlot, kFrameSlot);
    }
    int readPage(std::uint64_t frame, Bytes& page)
    {
        page.assign(kPageSize, 0xee);
        return wal->read(page, at(frame) + 24);
    }
    int readFrame(std::uint64_t frame, Bytes& plain)
    {
        plain.assign(kFrameSize, 0xee);
        return wal->read(plain, at(frame));
    }
};

constexpr int kLockAlone = SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE;
constexpr std::size_t kRecoverLock = 2;

}  // namespace

TEST_CASE("WAL file: every way in which SQLite reads it gives what it wrote", "[page]")
{
    SampleWal sample;
    Bytes page;
    REQUIRE(sample.readPage(1, page) == SQLITE_OK);
    CHECK((page == SampleWal::pageOf(1)));
    Bytes frame;
    REQUIRE(sample.readFrame(2, frame) == SQLITE_OK);
    CHECK(std::ranges::equal(ByteView(frame).first(24), SampleWal::headerOf(2)));
    CHECK(std::ranges::equal(ByteView(frame).subspan(24), SampleWal::pageOf(2)));
    Bytes checksum(8);
    REQUIRE(sample.wal->read(checksum, SampleWal::at(1) + 16) == SQLITE_OK);
    CHECK((checksum == Bytes(8, 0x77)));
    Bytes part(100);
    REQUIRE(sample.wal->read(part, SampleWal::at(1) + 24 + 500) == SQLITE_OK);
    CHECK((part == Bytes(100, 1)));
    CHECK(sample.readPage(3, page) == SQLITE_IOERR_SHORT_READ);
    std::int64_t size = 0;
    REQUIRE(sample.wal->size(size) == SQLITE_OK);
    CHECK(size == SampleWal::at(3));
}

TEST_CASE("WAL file: a page or a header written again alone keeps its place", "[page]")
{
    SampleWal sample;
    REQUIRE(sample.wal->write(SampleWal::pageOf(9), SampleWal::at(0) + 24) == SQLITE_OK);
    REQUIRE(sample.wal->write(SampleWal::headerOf(0), SampleWal::at(0)) == SQLITE_OK);
    Bytes page;
    REQUIRE(sample.readPage(0, page) == SQLITE_OK);
    CHECK((page == SampleWal::pageOf(9)));
    // The header written last is another frame's than the page that follows.
    REQUIRE(sample.wal->write(SampleWal::headerOf(2), SampleWal::at(2)) == SQLITE_OK);
    REQUIRE(sample.wal->write(SampleWal::pageOf(8), SampleWal::at(1) + 24) == SQLITE_OK);
    REQUIRE(sample.readPage(1, page) == SQLITE_OK);
    CHECK((page == SampleWal::pageOf(8)));
}

TEST_CASE("WAL file: a changed header is an error, though the page without it can be read", "[page]")
{
    SampleWal sample;
    sample.slot(1)[3] ^= 1;
    Bytes bytes;
    CHECK(sample.readFrame(1, bytes) == SQLITE_IOERR_DATA);
    CHECK(isZero(bytes));
    CHECK(sample.readPage(1, bytes) == SQLITE_OK);
    CHECK((bytes == SampleWal::pageOf(1)));
}

TEST_CASE("WAL file: a changed frame is an error and shows nothing, save while the end is sought", "[page]")
{
    SampleWal sample;
    SECTION("a bit of the page")
    {
        sample.slot(1)[2'000] ^= 1;
    }
    SECTION("a bit of a trailer")
    {
        sample.slot(1)[kFrameSlot - 1] ^= 1;
    }
    SECTION("two frames swapped")
    {
        std::ranges::swap_ranges(sample.slot(1), sample.slot(2));
    }
    SECTION("only their pages swapped")
    {
        std::ranges::swap_ranges(sample.slot(1).subspan(64), sample.slot(2).subspan(64));
    }
    SECTION("the same place, sealed for another page")
    {
        const Bytes before(sample.slot(1).begin() + 64, sample.slot(1).end());
        Bytes header = SampleWal::headerOf(7);
        REQUIRE(sample.wal->write(header, SampleWal::at(1)) == SQLITE_OK);
        REQUIRE(sample.wal->write(SampleWal::pageOf(1), SampleWal::at(1) + 24) == SQLITE_OK);
        std::ranges::copy(before, sample.slot(1).begin() + 64);
    }
    Bytes page;
    CHECK(sample.readPage(1, page) == SQLITE_IOERR_DATA);
    CHECK(isZero(page));
    Bytes frame;
    CHECK(sample.readFrame(1, frame) == SQLITE_IOERR_DATA);
    CHECK(isZero(frame));

    WalIndexMemory::Holder holder;
    REQUIRE(sample.index->lock(holder, kRecoverLock, 1, kLockAlone) == SQLITE_OK);
    CHECK(sample.readFrame(1, frame) == SQLITE_OK);
    CHECK(isZero(frame));
    CHECK(sample.readFrame(0, frame) == SQLITE_OK);
    CHECK_FALSE(isZero(frame));
}

TEST_CASE("WAL file: what SQLite never does is refused", "[page]")
{
    SampleWal sample;
    CHECK(sample.wal->write(Bytes(100), SampleWal::at(0)) == SQLITE_IOERR_WRITE);
    CHECK(sample.wal->write(Bytes(kPageSize), SampleWal::at(0)) == SQLITE_IOERR_WRITE);
    CHECK(sample.wal->write(Bytes(16), 0) == SQLITE_IOERR_WRITE);
    Bytes across(100);
    CHECK(sample.wal->read(across, 0) == SQLITE_IOERR_READ);
    CHECK(sample.wal->read(across, SampleWal::at(1) - 50) == SQLITE_IOERR_READ);
    Bytes reserved = SampleWal::pageOf(1);
    reserved.back() = 1;
    REQUIRE(sample.wal->write(SampleWal::headerOf(0), SampleWal::at(0)) == SQLITE_OK);
    CHECK(sample.wal->write(reserved, SampleWal::at(0) + 24) == SQLITE_IOERR_WRITE);
    std::array<std::uint8_t, kWalHeaderSize> otherPageSize{};
    putBigEndian(std::span(otherPageSize).subspan<8, 4>(), std::uint32_t{8'192});
    CHECK(sample.wal->write(otherPageSize, 0) == SQLITE_IOERR_WRITE);
}

TEST_CASE("WAL file: no frame is cut off, save with the whole log", "[page]")
{
    SampleWal sample;
    std::int64_t size = 0;
    CHECK(sample.wal->truncate(SampleWal::at(2)) == SQLITE_IOERR_TRUNCATE);
    sample.disk.files().at("/a.db-wal")->current.resize(128 + 5 * kFrameSlot);
    REQUIRE(sample.wal->truncate(SampleWal::at(3) + 50) == SQLITE_OK);
    REQUIRE(sample.wal->size(size) == SQLITE_OK);
    CHECK(size == SampleWal::at(4));
    REQUIRE(sample.wal->truncate(0) == SQLITE_OK);
    REQUIRE(sample.wal->size(size) == SQLITE_OK);
    CHECK(size == 0);
    CHECK(sample.freshness->generation() == 2);
}

TEST_CASE("WAL file: no frame is added to a log that an anchor on the disk may call obsolete", "[page]")
{
    SampleWal sample;
    REQUIRE(sample.wal->sync(SQLITE_SYNC_NORMAL) == SQLITE_OK);
    REQUIRE(sample.freshness->anchor() == SQLITE_OK);
    // Of the anchor for the next generation, the first copy comes to the disk and the second does not.
    sample.disk.failFrom(3, SQLITE_IOERR_WRITE);
    REQUIRE(sample.wal->truncate(0) == SQLITE_IOERR_WRITE);
    REQUIRE(sample.wal->write(SampleWal::headerOf(3), SampleWal::at(3)) == SQLITE_OK);
    CHECK(sample.wal->write(SampleWal::pageOf(3), SampleWal::at(3) + 24) == SQLITE_IOERR_WRITE);
    sample.disk.repair();
    REQUIRE(sample.wal->write(SampleWal::headerOf(3), SampleWal::at(3)) == SQLITE_OK);
    REQUIRE(sample.wal->write(SampleWal::pageOf(3), SampleWal::at(3) + 24) == SQLITE_OK);
    REQUIRE(sample.wal->sync(SQLITE_SYNC_NORMAL) == SQLITE_OK);

    const auto later = sample.judgedAnew();
    CHECK(later->generation() == 1);
    CHECK(later->walSize() == 4);
}

TEST_CASE("WAL file: what was anchored and is taken back makes no alarm", "[page]")
{
    SampleWal sample;
    REQUIRE(sample.wal->sync(SQLITE_SYNC_NORMAL) == SQLITE_OK);
    REQUIRE(sample.freshness->anchor() == SQLITE_OK);
    REQUIRE(sample.wal->write(SampleWal::headerOf(1), SampleWal::at(1)) == SQLITE_OK);
    REQUIRE(sample.wal->write(SampleWal::pageOf(9), SampleWal::at(1) + 24) == SQLITE_OK);
    const auto later = sample.judgedAnew();
    CHECK(later->walSize() == 2);
    CHECK(later->durableFrames() == 1);
}

TEST_CASE("WAL file: an anchor speaks of no commit whose sync failed", "[page]")
{
    SampleWal sample;
    sample.disk.failFrom(1, SQLITE_IOERR_FSYNC);
    REQUIRE(sample.wal->sync(SQLITE_SYNC_NORMAL) == SQLITE_IOERR_FSYNC);
    sample.disk.repair();
    // What a system drops when a sync fails does not come back with the next one.
    REQUIRE(sample.wal->sync(SQLITE_SYNC_NORMAL) == SQLITE_OK);
    CHECK(sample.freshness->durableFrames() == 0);
}

TEST_CASE("main file: a page opens at its own place only, and tells nothing elsewhere", "[page]")
{
    test::PowerCutVfs disk("teren-main-disk");
    test::SeededRandom random(41);
    PageCipher cipher(test::sampleKey(1), test::sampleVault(1), random);
    auto base = openBase(disk, "/a.db", SQLITE_OPEN_MAIN_DB);
    auto freshness = freshnessOf(disk, cipher, *base);
    REQUIRE(MainFile::begin(*base, cipher) == SQLITE_OK);
    MainFile main(std::move(base), cipher, std::make_shared<WalIndexMemory>(), std::move(freshness));
    constexpr auto kStep = static_cast<std::int64_t>(kPageSize);
    for (std::uint8_t i = 1; i < 4; ++i)
        REQUIRE(main.write(SampleWal::pageOf(i), i * kStep) == SQLITE_OK);
    Bytes& file = disk.files().at("/a.db")->current;
    const auto slot = [&file](std::size_t index) {
        return std::span(file).subspan(kMainHeaderSlot + index * kPageSize, kPageSize);
    };
    Bytes page(kPageSize, 0xee);
    REQUIRE(main.read(page, 2 * kStep) == SQLITE_OK);
    CHECK((page == SampleWal::pageOf(2)));

    SECTION("swapped")
    {
        std::ranges::swap_ranges(slot(2), slot(3));
    }
    SECTION("one bit")
    {
        slot(2)[77] ^= 1;
    }
    SECTION("cut")
    {
        file.resize(kMainHeaderSlot + 2 * kPageSize + 100);
    }
    Bytes bytes(kPageSize, 0xee);
    CHECK(main.read(bytes, 2 * kStep) == SQLITE_IOERR_DATA);
    CHECK(isZero(bytes));
    Bytes part(16, 0xee);
    CHECK(main.read(part, 2 * kStep + 24) == SQLITE_IOERR_DATA);
    CHECK(isZero(part));
    CHECK(main.read(bytes, 1 * kStep) == SQLITE_OK);
    CHECK(main.write(Bytes(512), 0) == SQLITE_IOERR_WRITE);
    CHECK(main.write(SampleWal::pageOf(1), 0) == SQLITE_IOERR_WRITE);
}

TEST_CASE("WAL index: locks are shared or alone, and the last holder takes the contents", "[page]")
{
    constexpr int kShared = SQLITE_SHM_LOCK | SQLITE_SHM_SHARED;
    constexpr int kGiveShared = SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED;
    WalIndexMemory index;
    WalIndexMemory::Holder one;
    WalIndexMemory::Holder two;
    void volatile* region = nullptr;
    REQUIRE(index.map(one, 0, 32'768, false, &region) == SQLITE_OK);
    CHECK(region == nullptr);
    REQUIRE(index.map(one, 1, 32'768, true, &region) == SQLITE_OK);
    REQUIRE(region != nullptr);
    static_cast<std::uint8_t volatile*>(region)[5] = 5;
    void volatile* same = nullptr;
    REQUIRE(index.map(two, 1, 32'768, false, &same) == SQLITE_OK);
    CHECK(same == region);

    REQUIRE(index.lock(one, 3, 1, kShared) == SQLITE_OK);
    REQUIRE(index.lock(two, 3, 1, kShared) == SQLITE_OK);
    REQUIRE(index.lock(one, 3, 1, kShared) == SQLITE_OK);
    CHECK(index.lock(two, 2, 3, kLockAlone) == SQLITE_BUSY);
    REQUIRE(index.lock(one, 3, 1, kGiveShared) == SQLITE_OK);
    REQUIRE(index.lock(one, 2, 1, kLockAlone) == SQLITE_OK);
    CHECK(index.isRecovering());
    CHECK(index.lock(two, 2, 1, kShared) == SQLITE_BUSY);
    REQUIRE(index.lock(two, 3, 1, kGiveShared) == SQLITE_OK);
    CHECK(index.lock(two, 7, 2, kLockAlone) == SQLITE_IOERR_SHMLOCK);

    index.detach(one);
    CHECK_FALSE(index.isRecovering());
    CHECK(index.lock(two, 2, 3, kLockAlone) == SQLITE_OK);
    index.detach(two);
    WalIndexMemory::Holder three;
    REQUIRE(index.map(three, 1, 32'768, false, &region) == SQLITE_OK);
    CHECK(region == nullptr);
    index.detach(three);
}

}  // namespace teren::page
