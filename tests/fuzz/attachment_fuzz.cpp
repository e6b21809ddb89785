// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/file_name.h"
#include "app/store/attachment_ref.h"
#include "crypto/aead.h"
#include "crypto/attachment_seal.h"
#include "crypto/base/big_endian.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/seeded.h"

#include <algorithm>

using namespace teren;

namespace {

Result<AttachmentOpener> openerOf(const SecretKey& key, const Bytes& file)
{
    return AttachmentOpener::open(
        key.clone(), {}, file.size(), [&file](std::uint64_t offset, std::span<std::uint8_t> out) {
            TEREN_FUZZ_EXPECT(offset + out.size() <= file.size());
            std::copy_n(file.begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
            return Status();
        });
}

/// What every sealed file begins with.
Bytes attachmentHeader(RandomSource& random)
{
    Bytes file;
    AttachmentSealer sealer(
        SecretKey::generate(random), {},
        [&file](ByteView sealed) {
            file.insert(file.end(), sealed.begin(), sealed.end());
            return Status();
        },
        random);
    TEREN_FUZZ_EXPECT(sealer.finish());
    file.resize(kAttachmentHeaderSize);
    return file;
}

/// Of a content of `size` bytes, with its padding and its size: that of one chunk fits in one.
std::size_t plainSizeOf(std::uint64_t size)
{
    const auto body = static_cast<std::size_t>(sealedAttachmentSize(size) - kAttachmentHeaderSize);
    constexpr std::size_t kOverhead = 24 + 16;
    return body - (body + kAttachmentChunk + kOverhead - 1) / (kAttachmentChunk + kOverhead) * kOverhead;
}

/// A chunk as its format says, whatever is in it.
Bytes sealedChunk(
    const SecretKey& key, ByteView header, std::uint64_t index, bool isLast, ByteView plain,
    RandomSource& random)
{
    Bytes associated = toBytes(header);
    associated.insert(associated.end(), 16 + 4, 0);
    associated[associated.size() - 1] = 1;
    associated.insert(associated.end(), 4 + 8, 0);
    putBigEndian(std::span(associated).subspan<52, 4>(), isLast ? 1U : 0U);
    putBigEndian(std::span(associated).subspan<56, 8>(), index);
    return seal(key, associated, plain, random);
}

/// A file that a member with the key made: of any length and said size, with anything in content and padding.
void expectSound(const SecretKey& key, const Bytes& input, RandomSource& random)
{
    constexpr std::size_t kFixed = 2 + 4 + 8;
    if (input.size() < kFixed)
        return;
    const std::span all(input);
    // Half of them as long as the said size wants it, so that what is behind is reached; none so long that
    // few are tried.
    const std::uint64_t said = getBigEndian<std::uint64_t>(all.subspan<6, 8>());
    const bool isFitting = input[0] % 2 == 0 && said < 3 * kAttachmentChunk;
    Bytes plain(
        isFitting ? plainSizeOf(said)
                  : 8 * (1 + getBigEndian<std::uint16_t>(all.first<2>()) % (2 * kAttachmentChunk / 8)));
    const ByteView rest = all.subspan(kFixed);
    const std::size_t place = getBigEndian<std::uint32_t>(all.subspan<2, 4>()) % plain.size();
    std::copy_n(
        rest.begin(), std::min(rest.size(), plain.size() - place),
        plain.begin() + static_cast<std::ptrdiff_t>(place));
    putBigEndian(std::span(plain).last<8>(), said);

    static const Bytes header = attachmentHeader(random);
    Bytes file = header;
    for (std::size_t at = 0, index = 0; at < plain.size(); at += kAttachmentChunk, ++index) {
        const std::size_t length = std::min(kAttachmentChunk, plain.size() - at);
        const bool isLast = at + length == plain.size();
        const Bytes box
            = sealedChunk(key, header, index, isLast, ByteView(plain).subspan(at, length), random);
        file.insert(file.end(), box.begin(), box.end());
    }
    auto opener = openerOf(key, file);
    if (!opener)
        return;
    TEREN_FUZZ_EXPECT(opener->size() == said && said + 8 <= plain.size());
    const bool isClean = std::ranges::all_of(
        ByteView(plain).first(plain.size() - 8).subspan(static_cast<std::size_t>(said)),
        [](std::uint8_t byte) { return byte == 0; });
    Bytes content;
    bool isWhole = true;
    for (std::uint64_t index = 0; index < opener->chunks(); ++index) {
        const auto chunk = opener->chunk(index);
        isWhole = isWhole && chunk;
        if (chunk)
            content.insert(content.end(), chunk->begin(), chunk->end());
    }
    TEREN_FUZZ_EXPECT(isWhole == isClean);
    TEREN_FUZZ_EXPECT(
        !isWhole || std::ranges::equal(content, ByteView(plain).first(static_cast<std::size_t>(said))));
}

}  // namespace

/// A file that was put among the sealed ones, and one that a member with the key made; then what a
/// colleague's record says of a file, and its name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static test::SeededRandom random(1);
    static const SecretKey key = SecretKey::generate(random);
    const Bytes bytes(data, data + size);
    TEREN_FUZZ_EXPECT(!openerOf(key, bytes));

    expectSound(key, bytes, random);
    if (const auto ref = store::AttachmentRef::from(textOf(bytes)))
        TEREN_FUZZ_EXPECT(ref->text() == textOf(bytes));
    if (const auto name = domain::safeFileName(textOf(bytes))) {
        TEREN_FUZZ_EXPECT(!name->empty() && name->find_first_of("/\\:*?\"<>|") == std::string::npos);
        TEREN_FUZZ_EXPECT(name->front() != '.' && name->back() != '.' && name->back() != ' ');
        TEREN_FUZZ_EXPECT(domain::safeFileName(*name) == *name);
    }
    return 0;
}
