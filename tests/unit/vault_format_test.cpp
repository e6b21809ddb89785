// SPDX-License-Identifier: EUPL-1.2
#include "crypto/key_slots.h"
#include "crypto/page/freshness_file.h"
#include "crypto/page/wal_format.h"
#include "tests/support/catch.h"
#include "tests/support/power_cut_vfs.h"
#include "tests/support/sealed_database.h"
#include "tests/support/seeded.h"
#include "tests/support/vector_writer.h"

#include <sqlite3.h>

#include <map>

namespace teren {
namespace {

constexpr std::string_view kPassphrase{"an invented passphrase"};

/// A header file from fixed inputs, through the real Argon2id.
Bytes sampleHeader()
{
    test::SeededRandom random(99);
    const SecretKey master = test::sampleKey(0x5a);
    KeySlots slots(test::sampleVault(0x11));
    REQUIRE(slots.setPassphrase(master, kPassphrase, kKdfFloor, KdfPolicy::Floor, random).has_value());
    return slots.toFile(master);
}

constexpr page::Place kPlace{page::UnitKind::FramePage, 5, 7};

/// The cipher of every vector below, from fixed randomness.
struct SampleCipher {
    test::SeededRandom random{98};
    page::PageCipher cipher{test::sampleKey(0x5a), test::sampleVault(0x11), random};
};

Bytes counted(std::size_t size)
{
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<std::uint8_t>(i);
    return bytes;
}

/// The bytes 0 to 63, sealed as page 7 in frame 5, then the trailer.
Bytes sampleUnit()
{
    SampleCipher sample;
    Bytes unit(64 + page::kTrailerSize);
    const std::span all(unit);
    sample.cipher.seal(kPlace, counted(64), all.first(64), all.last<page::kTrailerSize>());
    return unit;
}

constexpr std::uint64_t kGeneration = 0x0102030405;

Bytes sampleWalHeader()
{
    SampleCipher sample;
    page::Tag tag;
    return toBytes(page::sealWalHeader(sample.cipher, kGeneration, counted(32), tag));
}

page::ChainedTo sampleLink()
{
    page::ChainedTo to{kGeneration, {}, {}};
    to.pageTag.fill(0x21);
    to.before.fill(0x22);
    return to;
}

Bytes sampleFrameHeader()
{
    SampleCipher sample;
    page::FrameHeader header;
    std::ranges::copy(counted(24), header.bytes.begin());
    std::array<std::uint8_t, page::kFrameHeaderSlot> slot{};
    page::sealFrameHeader(sample.cipher, 6, sampleLink(), header, slot);
    return toBytes(slot);
}

constexpr std::size_t kBlock = 4'096;

page::Tag sampleTag(std::uint32_t page)
{
    page::Tag tag;
    tag.fill(static_cast<std::uint8_t>(page));
    return tag;
}

/// The file beside a database of 300 pages, at rest: two anchors, mark, two leaves, a node.
Bytes sampleFreshnessFile(test::PowerCutVfs& disk)
{
    SampleCipher sample;
    page::FreshnessFile file(sqlite3_vfs_find(disk.name()), "/f", sample.cipher);
    REQUIRE(file.create() == SQLITE_OK);
    page::TagTable table;
    for (std::uint32_t i = 1; i <= 300; ++i)
        table.set(i, sampleTag(i));
    page::WalState state{kGeneration, {9, {}}};
    state.position.tag.fill(0x23);
    REQUIRE(file.writeTable(table, state) == SQLITE_OK);
    REQUIRE(file.close() == SQLITE_OK);
    // SQLite's names end in two zeros more; the disk in memory takes them up to the first.
    return disk.files().at("/f")->current;
}

struct Unit {
    std::string name;
    Bytes bytes;
};

std::vector<Unit> sampleUnits()
{
    test::PowerCutVfs disk("teren-vectors");
    const Bytes fresh = sampleFreshnessFile(disk);
    return {
        {"frame-page-v2", sampleUnit()},
        {"wal-header-v2", sampleWalHeader()},
        {"frame-header-v2", sampleFrameHeader()},
        {"fresh-anchor-v2", toBytes(ByteView(fresh).subspan(kBlock, kBlock))},
        {"fresh-mark-at-rest-v2", toBytes(ByteView(fresh).subspan(2 * kBlock, 512))},
    };
}

}  // namespace

TEST_CASE("vault formats: the bytes on disk are those of the golden files", "[vault]")
{
    std::map<std::string, Bytes> golden;
    for (const auto& file : test::vectorsIn("vault"))
        golden[file.name] = file.bytes;
    REQUIRE(golden.size() == 9);
    CHECK((sampleHeader() == golden["header-v2"]));
    for (const Unit& unit : sampleUnits())
        CHECK((unit.bytes == golden[unit.name]));
}

TEST_CASE("vault formats: the golden files open", "[vault]")
{
    std::map<std::string, Bytes> golden;
    for (const auto& file : test::vectorsIn("vault"))
        golden[file.name] = file.bytes;
    const auto slots = KeySlots::fromFile(golden["header-v2"]);
    REQUIRE(slots.has_value());
    const auto master = slots->open(kPassphrase);
    REQUIRE(master.has_value());
    CHECK(std::ranges::equal(master->reveal(), test::sampleKey(0x5a).reveal()));

    const SampleCipher sample;
    Bytes& unit = golden["frame-page-v2"];
    const std::span all(unit);
    REQUIRE(sample.cipher.open(kPlace, all.first(64), all.last<page::kTrailerSize>()));
    CHECK(unit[63] == 63);

    const auto wal = page::openWalHeader(
        sample.cipher, std::span(std::as_const(golden["wal-header-v2"])).first<page::kWalHeaderSlot>());
    REQUIRE(wal.has_value());
    CHECK(wal->generation == kGeneration);
    CHECK(wal->plain[31] == 31);

    page::FrameHeader header;
    const auto slot = std::span(std::as_const(golden["frame-header-v2"])).first<page::kFrameHeaderSlot>();
    CHECK(page::openFrameHeader(sample.cipher, 6, sampleLink(), slot, header));
    CHECK(header.bytes[23] == 23);
    for (page::Tag page::ChainedTo::* part : {&page::ChainedTo::pageTag, &page::ChainedTo::before}) {
        page::ChainedTo other = sampleLink();
        (other.*part)[0] ^= 1;
        CHECK_FALSE(page::openFrameHeader(sample.cipher, 6, other, slot, header));
    }
}

TEST_CASE(
    "vault formats: the file of a version 1 is refused as too old, and its units do not open", "[vault]")
{
    for (const auto& file : test::vectorsIn("vault")) {
        if (file.name == "header") {
            CHECK(KeySlots::fromFile(file.bytes).error().code == Errc::Refused);
        } else if (file.name == "frame-page") {
            const SampleCipher sample;
            Bytes unit = file.bytes;
            const std::span all(unit);
            CHECK_FALSE(sample.cipher.open(kPlace, all.first(64), all.last<page::kTrailerSize>()));
        }
    }
}

TEST_CASE("vault formats: the golden freshness file is read again", "[vault]")
{
    test::PowerCutVfs disk("teren-vectors");
    Bytes file = sampleFreshnessFile(disk);
    std::map<std::string, Bytes> golden;
    for (const auto& vector : test::vectorsIn("vault"))
        golden[vector.name] = vector.bytes;
    std::ranges::copy(golden["fresh-anchor-v2"], file.begin() + kBlock);
    // One that says nothing of free blocks, and one that does.
    const std::string mark = GENERATE("fresh-mark-v2", "fresh-mark-at-rest-v2");
    std::ranges::copy(golden[mark], file.begin() + 2 * kBlock);
    // Only the golden copy of the anchor is left.
    file[100] ^= 1;
    disk.files().at("/f")->current = file;
    SampleCipher sample;
    page::FreshnessFile read(sqlite3_vfs_find(disk.name()), "/f", sample.cipher);
    page::TagTable table;
    std::vector<std::string> findings;
    REQUIRE(read.load(table, findings) == SQLITE_OK);
    CHECK(findings.size() == 1);
    CHECK(read.wal().generation == kGeneration);
    CHECK(read.wal().position.frames == 9);
    REQUIRE(table.pages() == 300);
    for (std::uint32_t i = 1; i <= 300; ++i)
        REQUIRE(*table.find(i) == sampleTag(i));
    CHECK(table.find(301) == nullptr);
}

// Writes the files that are missing: see tests/vectors/README.md.
TEST_CASE("vault formats: golden files", "[.generate]")
{
    const auto add = [](const std::string& name, Bytes bytes) {
        test::addVector(
            "vault",
            {name,
             {{"from", name + " in tests/unit/vault_format_test.cpp"},
              {"key", "32 times 5a"},
              {"vault", "16 times 11"}},
             std::move(bytes)});
    };
    add("header-v2", sampleHeader());
    for (const Unit& unit : sampleUnits())
        add(unit.name, unit.bytes);
}

}  // namespace teren
