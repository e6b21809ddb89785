// SPDX-License-Identifier: EUPL-1.2
//
// Goal: a sealed attachment gives back exactly what went in, and nothing else opens.
//
// Methodology: sizes around every border of chunk and padding; then each attack of crypto/README.md on each
// chunk: a flipped bit, an exchange, a repetition, a cut, an extension, a chunk of another file.
#include "crypto/aead.h"
#include "crypto/attachment_seal.h"
#include "crypto/base/big_endian.h"
#include "crypto/base/padme.h"
#include "tests/support/catch.h"
#include "tests/support/seeded.h"
#include "tests/support/vector_writer.h"

#include <algorithm>
#include <set>

namespace teren {
namespace {

constexpr std::size_t kSealedChunk = kAttachmentChunk + kSealOverhead;

SecretKey keyOf(std::uint8_t byte)
{
    std::array<std::uint8_t, SecretKey::kSize> bytes{};
    bytes.fill(byte);
    return SecretKey::copyOf(bytes);
}

AttachmentBinding bindingOf(std::uint8_t byte, AttachmentPart part = AttachmentPart::Content)
{
    AttachmentBinding binding;
    binding.attachment.bytes.fill(byte);
    binding.part = part;
    return binding;
}

struct SealedFile {
    Bytes bytes;
    AttachmentSealer::Sealed told;
};

/// Seals `content` in pieces of up to `piece` bytes.
SealedFile seal(ByteView content, std::uint64_t seed = 1, std::size_t piece = std::size_t{1} << 20)
{
    test::SeededRandom random(seed);
    SealedFile file;
    const auto sink = [&](ByteView sealed) {
        file.bytes.insert(file.bytes.end(), sealed.begin(), sealed.end());
        return Status();
    };
    AttachmentSealer sealer(keyOf(7), bindingOf(1), sink, random);
    while (!content.empty()) {
        const std::size_t taken = std::min(content.size(), piece);
        REQUIRE(sealer.write(content.first(taken)));
        content = content.subspan(taken);
    }
    const auto told = sealer.finish();
    REQUIRE(told);
    file.told = *told;
    return file;
}

Result<AttachmentOpener> opener(
    const Bytes& file, std::uint8_t key = 7, const AttachmentBinding& binding = bindingOf(1))
{
    return AttachmentOpener::open(
        keyOf(key), binding, file.size(), [&file](std::uint64_t offset, std::span<std::uint8_t> out) {
            REQUIRE(offset + out.size() <= file.size());
            std::ranges::copy(ByteView(file).subspan(offset, out.size()), out.begin());
            return Status();
        });
}

/// All content, or the first error.
Result<Bytes> openAll(const Bytes& file)
{
    TEREN_TRY(AttachmentOpener opened, opener(file));
    Bytes content;
    for (std::uint64_t i = 0; i < opened.chunks(); ++i) {
        TEREN_TRY(const ByteView chunk, opened.chunk(i));
        content.insert(content.end(), chunk.begin(), chunk.end());
    }
    if (content.size() != opened.size())
        return fail(Errc::Malformed, "the chunks are not as long as the content");
    return content;
}

Bytes counted(std::size_t size)
{
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<std::uint8_t>(i * 31 + (i >> 8));
    return bytes;
}

std::span<std::uint8_t> chunkIn(Bytes& file, std::size_t index)
{
    const std::size_t at = kAttachmentHeaderSize + index * kSealedChunk;
    return std::span(file).subspan(at, std::min(kSealedChunk, file.size() - at));
}

void checkRefused(const Bytes& file, const char* what)
{
    INFO(what);
    const auto content = openAll(file);
    REQUIRE_FALSE(content);
    const Errc code = content.error().code;
    CHECK((code == Errc::Forged || code == Errc::Malformed || code == Errc::TooNew));
}

/// Three chunks and a part of one; its padding does not begin another.
constexpr std::size_t kSampleSize = 3 * kAttachmentChunk + 20'000;

}  // namespace

TEST_CASE("attachment seal: what goes in comes out, at every size around a border", "[crypto]")
{
    std::vector<std::size_t> sizes{0, 1, 7, 8, 9, 4'087, 4'088, 4'089, 4'095, 4'096, 4'097, 20'000};
    for (const std::size_t chunks : {1U, 2U, 3U, 5U})
        for (const int around : {-300, -257, -256, -255, -9, -8, -7, -1, 0, 1, 7, 8, 9})
            sizes.push_back(chunks * kAttachmentChunk + static_cast<std::size_t>(around));
    for (const std::size_t size : sizes) {
        INFO(size);
        const Bytes content = counted(size);
        const SealedFile file = seal(content);
        CHECK(file.told.size == size);
        CHECK(file.told.sealedSize == file.bytes.size());
        CHECK(file.bytes.size() == sealedAttachmentSize(size));
        CHECK(file.told.address == blake2b({file.bytes}));
        const auto opened = openAll(file.bytes);
        REQUIRE(opened);
        CHECK((*opened == content));
    }
}

TEST_CASE("attachment seal: random sizes, random pieces, and no two files alike", "[crypto]")
{
    test::SeededRandom random(20'261'122);
    for (int i = 0; i < 60; ++i) {
        const Bytes content = counted(random.below(5 * kAttachmentChunk));
        const SealedFile one = seal(content, random.below(1'000'000), 1 + random.below(2 * kAttachmentChunk));
        const SealedFile other = seal(content, random.below(1'000'000) + 1'000'000);
        CHECK((one.bytes != other.bytes));
        const auto opened = openAll(one.bytes);
        REQUIRE(opened);
        CHECK((*opened == content));
        const auto again = openAll(other.bytes);
        REQUIRE(again);
        CHECK((*again == content));
    }
}

TEST_CASE("attachment seal: chunks are read in any order", "[crypto]")
{
    const Bytes content = counted(kSampleSize);
    const SealedFile file = seal(content);
    auto opened = opener(file.bytes);
    REQUIRE(opened);
    REQUIRE(opened->chunks() == 4);
    for (const std::size_t index : {2U, 0U, 3U, 1U, 2U}) {
        const auto chunk = opened->chunk(index);
        REQUIRE(chunk);
        const ByteView expected = ByteView(content)
                                      .subspan(index * kAttachmentChunk)
                                      .first(index == 3 ? 20'000 : kAttachmentChunk);
        CHECK(std::ranges::equal(*chunk, expected));
    }
}

TEST_CASE("attachment seal: sizes are told by PADME only", "[crypto]")
{
    CHECK(padme(9) == 10);
    CHECK(padme(4'096) == 4'096);
    CHECK(padme(4'097) == 4'352);
    std::set<std::uint64_t> seen;
    for (std::uint64_t size = 0; size < 4'089; ++size)
        seen.insert(sealedAttachmentSize(size));
    CHECK(seen.size() == 1);
    for (std::uint64_t size = 1'000'000; size < 1'000'400; ++size)
        seen.insert(sealedAttachmentSize(size));
    CHECK(seen.size() <= 3);
    for (const std::uint64_t size : {10'000ULL, 3'000'000ULL, 77'777'777ULL})
        CHECK(sealedAttachmentSize(size) < size + size / 8 + 4'096 + 128);
}

TEST_CASE("attachment seal: every byte of the file counts", "[crypto]")
{
    const SealedFile file = seal(counted(kSampleSize));
    test::SeededRandom random(3);
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < kAttachmentHeaderSize; ++at)
        places.push_back(at);
    for (std::size_t chunk = 0; chunk < 4; ++chunk) {
        const std::size_t at = kAttachmentHeaderSize + chunk * kSealedChunk;
        const std::size_t size = std::min(kSealedChunk, file.bytes.size() - at);
        for (const std::size_t inside :
             {std::size_t{0}, std::size_t{23}, std::size_t{24}, size - 17, size - 16, size - 1})
            places.push_back(at + inside);
        for (int i = 0; i < 10; ++i)
            places.push_back(at + random.below(size));
    }
    for (const std::size_t place : places) {
        Bytes changed = file.bytes;
        changed[place] ^= static_cast<std::uint8_t>(1U << random.below(8));
        INFO(place);
        checkRefused(changed, "a flipped bit");
    }
}

TEST_CASE("attachment seal: cut and extended files are refused when they are opened", "[crypto]")
{
    const SealedFile file = seal(counted(kSampleSize));
    const std::size_t whole = file.bytes.size();
    for (std::size_t size :
         {std::size_t{0}, std::size_t{1}, kAttachmentHeaderSize, kAttachmentHeaderSize + 47,
          kAttachmentHeaderSize + 48, kAttachmentHeaderSize + kSealedChunk,
          kAttachmentHeaderSize + 2 * kSealedChunk, kAttachmentHeaderSize + 3 * kSealedChunk,
          kAttachmentHeaderSize + 3 * kSealedChunk + 40, whole - 256, whole - 1}) {
        Bytes cut = file.bytes;
        cut.resize(size);
        INFO(size);
        CHECK_FALSE(opener(cut));
    }
    for (const std::size_t more : {std::size_t{1}, std::size_t{40}, std::size_t{256}, kSealedChunk}) {
        Bytes longer = file.bytes;
        longer.resize(whole + more, 0);
        INFO(more);
        CHECK_FALSE(opener(longer));
    }
    Bytes doubled = file.bytes;
    const auto last = chunkIn(doubled, 3);
    doubled.insert(doubled.end(), last.begin(), last.end());
    CHECK_FALSE(opener(doubled));
}

TEST_CASE("attachment seal: chunks that were exchanged, repeated or left out are refused", "[crypto]")
{
    const SealedFile file = seal(counted(5 * kAttachmentChunk + 9'000));
    const std::size_t chunks = 6;
    for (std::size_t left = 0; left + 1 < chunks; ++left)
        for (std::size_t right = left + 1; right + 1 < chunks; ++right) {
            Bytes swapped = file.bytes;
            std::ranges::swap_ranges(chunkIn(swapped, left), chunkIn(swapped, right));
            checkRefused(swapped, "two chunks exchanged");
            Bytes repeated = file.bytes;
            std::ranges::copy(chunkIn(repeated, left), chunkIn(repeated, right).begin());
            checkRefused(repeated, "a chunk repeated");
        }
    for (std::size_t index = 0; index + 1 < chunks; ++index) {
        Bytes without = file.bytes;
        const auto from
            = without.begin() + static_cast<std::ptrdiff_t>(kAttachmentHeaderSize + index * kSealedChunk);
        without.erase(from, from + static_cast<std::ptrdiff_t>(kSealedChunk));
        checkRefused(without, "a chunk left out");
    }
}

TEST_CASE("attachment seal: a chunk of another file does not fit, not even under one key", "[crypto]")
{
    const Bytes content = counted(kSampleSize);
    const SealedFile file = seal(content);
    test::SeededRandom random(9);
    // The same key would be a fault of ours; attachment and part are bound all the same.
    for (const AttachmentBinding& binding : {bindingOf(2), bindingOf(1, AttachmentPart::Thumbnail)}) {
        Bytes other;
        AttachmentSealer sealer(
            keyOf(7), binding,
            [&](ByteView sealed) {
                other.insert(other.end(), sealed.begin(), sealed.end());
                return Status();
            },
            random);
        REQUIRE(sealer.write(content));
        REQUIRE(sealer.finish());
        CHECK_FALSE(openAll(other));
        for (std::size_t index = 0; index < 4; ++index) {
            Bytes mixed = file.bytes;
            std::ranges::copy(chunkIn(other, index), chunkIn(mixed, index).begin());
            checkRefused(mixed, "a chunk of another file");
        }
    }
    CHECK(opener(file.bytes, 8).error().code == Errc::Forged);
    CHECK(opener(file.bytes, 7, bindingOf(2)).error().code == Errc::Forged);
    CHECK(opener(file.bytes, 7, bindingOf(1, AttachmentPart::Thumbnail)).error().code == Errc::Forged);
}

TEST_CASE("attachment seal: a later version is told from damage", "[crypto]")
{
    SealedFile file = seal(counted(10));
    file.bytes[19] = 2;
    CHECK(opener(file.bytes).error().code == Errc::TooNew);
    file.bytes[19] = 0;
    CHECK(opener(file.bytes).error().code == Errc::Malformed);
}

TEST_CASE("attachment seal: what holds the key may still not lie about size and padding", "[crypto]")
{
    // What only somebody with the key can make, so it is no forgery: a size that is not that of the content.
    const auto madeOf = [](const Bytes& plain) {
        test::SeededRandom random(4);
        const SealedFile sample = seal(counted(1));
        Bytes file(sample.bytes.begin(), sample.bytes.begin() + kAttachmentHeaderSize);
        Bytes associated = file;
        associated.insert(associated.end(), 16, 1);
        associated.insert(associated.end(), {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0});
        const Bytes box = teren::seal(keyOf(7), associated, plain, random);
        file.insert(file.end(), box.begin(), box.end());
        return file;
    };
    Bytes plain(4'096, 0);
    plain[4'095] = 5;
    CHECK(openAll(madeOf(plain)));
    for (const std::uint64_t lie :
         {std::uint64_t{4'089}, std::uint64_t{4'096}, std::uint64_t{1} << 63, ~std::uint64_t{0}}) {
        Bytes lying = plain;
        putBigEndian(std::span<std::uint8_t, 8>(std::span(lying).last<8>()), lie);
        checkRefused(madeOf(lying), "a size that is not the content's");
    }
    Bytes hiding = plain;
    hiding[2'000] = 1;
    checkRefused(madeOf(hiding), "something in the padding");
}

TEST_CASE("attachment seal: a sink that fails ends the sealing", "[crypto]")
{
    test::SeededRandom random(1);
    int left = 2;
    AttachmentSealer sealer(
        keyOf(7), bindingOf(1),
        [&](ByteView) { return --left < 0 ? Status(fail(Errc::DiskFull)) : Status(); }, random);
    CHECK(sealer.write(counted(kSampleSize)).error().code == Errc::DiskFull);
}

namespace {

Bytes sampleAttachment()
{
    return seal(viewOf("kotwica w porcie"), 97).bytes;
}

}  // namespace

TEST_CASE("attachment seal: the bytes on disk are those of the golden file", "[crypto]")
{
    const auto files = test::vectorsIn("attachment");
    REQUIRE(files.size() == 1);
    CHECK((files.front().bytes == sampleAttachment()));
    const auto content = openAll(files.front().bytes);
    REQUIRE(content);
    CHECK(textOf(*content) == "kotwica w porcie");
}

// Writes the file if it is missing: see tests/vectors/README.md.
TEST_CASE("attachment seal: golden files", "[.generate]")
{
    test::addVector(
        "attachment",
        {"content-v1",
         {{"key", "32 times 07"},
          {"attachment", "16 times 01"},
          {"part", "1"},
          {"content", "kotwica w porcie"},
          {"address", toHex(blake2b({sampleAttachment()}))}},
         sampleAttachment()});
}

}  // namespace teren
