// SPDX-License-Identifier: EUPL-1.2
#include "crypto/attachment_seal.h"

#include "crypto/aead.h"
#include "crypto/base/assert.h"
#include "crypto/base/big_endian.h"
#include "crypto/base/padme.h"

#include <sodium.h>

#include <algorithm>

namespace teren {
namespace {

constexpr std::size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kSealedChunk = kAttachmentChunk + kSealOverhead;
static_assert(kSealOverhead == kNonceSize + kTagSize);

constexpr std::string_view kMagic{"teren attached\0\0", 16};
constexpr std::uint32_t kVersion = 1;
/// The content's size ends the padded text, and so lies in the last chunk, whole: sizes are multiples of it.
constexpr std::size_t kSizeSize = 8;
constexpr std::uint64_t kPaddedMin = 4'096;
static_assert(padme(kPaddedMin) == kPaddedMin && kAttachmentChunk % kSizeSize == 0);

using Header = std::array<std::uint8_t, kAttachmentHeaderSize>;

/// magic 16 | version 4 | chunk 4 | zero 8.
Header headerBytes()
{
    Header header{};
    std::ranges::copy(viewOf(kMagic), header.begin());
    putBigEndian(std::span(header).subspan<16, 4>(), kVersion);
    putBigEndian(std::span(header).subspan<20, 4>(), static_cast<std::uint32_t>(kAttachmentChunk));
    return header;
}

/// header 32 | attachment 16 | part 4 | last 4 | chunk 8.
using Associated = std::array<std::uint8_t, kAttachmentHeaderSize + 32>;

Associated associatedOf(const AttachmentBinding& binding, std::uint64_t chunk, bool last)
{
    Associated bytes{};
    std::ranges::copy(headerBytes(), bytes.begin());
    std::ranges::copy(binding.attachment.bytes, bytes.begin() + 32);
    putBigEndian(std::span(bytes).subspan<48, 4>(), static_cast<std::uint32_t>(binding.part));
    putBigEndian(std::span(bytes).subspan<52, 4>(), std::uint32_t{last ? 1U : 0U});
    putBigEndian(std::span(bytes).subspan<56, 8>(), chunk);
    return bytes;
}

/// The content, padding and the size, together.
std::uint64_t paddedTotal(std::uint64_t size)
{
    return padme(std::max(size + kSizeSize, kPaddedMin));
}

std::uint64_t chunksOf(std::uint64_t padded)
{
    return (padded + kAttachmentChunk - 1) / kAttachmentChunk;
}

}  // namespace

std::uint64_t sealedAttachmentSize(std::uint64_t size)
{
    const std::uint64_t padded = paddedTotal(size);
    return kAttachmentHeaderSize + padded + chunksOf(padded) * kSealOverhead;
}

// ---- sealing -------------------------------------------------------------------------------------------

AttachmentSealer::AttachmentSealer(
    SecretKey key, const AttachmentBinding& binding, Sink sink, RandomSource& random)
    : key_(std::move(key)),
      binding_(binding),
      sink_(std::move(sink)),
      random_(random),
      plain_(kAttachmentChunk),
      sealed_(kSealedChunk)
{
}

AttachmentSealer::~AttachmentSealer()
{
    sodium_memzero(plain_.data(), plain_.size());
}

Status AttachmentSealer::put(ByteView sealed)
{
    hasher_.add(sealed);
    written_ += sealed.size();
    return sink_(sealed);
}

Status AttachmentSealer::sealChunk(bool last)
{
    if (chunks_ == 0)
        TEREN_CHECK(put(headerBytes()));
    const Associated associated = associatedOf(binding_, chunks_, last);
    random_.fill(std::span(sealed_).first(kNonceSize));
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed_.data() + kNonceSize, nullptr, plain_.data(), held_, associated.data(), associated.size(),
        nullptr, sealed_.data(), key_.reveal().data());
    const std::size_t size = held_ + kSealOverhead;
    ++chunks_;
    held_ = 0;
    return put(ByteView(sealed_).first(size));
}

Status AttachmentSealer::write(ByteView content)
{
    size_ += content.size();
    while (!content.empty()) {
        const std::size_t taken = std::min(content.size(), plain_.size() - held_);
        std::ranges::copy(content.first(taken), plain_.begin() + static_cast<std::ptrdiff_t>(held_));
        held_ += taken;
        content = content.subspan(taken);
        // Never the last one: at least the size follows.
        if (held_ == plain_.size())
            TEREN_CHECK(sealChunk(false));
    }
    return {};
}

Status AttachmentSealer::fill(std::uint64_t zeros)
{
    while (zeros > 0) {
        const std::size_t taken
            = static_cast<std::size_t>(std::min<std::uint64_t>(zeros, plain_.size() - held_));
        std::ranges::fill(std::span(plain_).subspan(held_, taken), std::uint8_t{0});
        held_ += taken;
        zeros -= taken;
        if (held_ == plain_.size())
            TEREN_CHECK(sealChunk(false));
    }
    return {};
}

Result<AttachmentSealer::Sealed> AttachmentSealer::finish()
{
    TEREN_CHECK(fill(paddedTotal(size_) - size_ - kSizeSize));
    // Padded sizes and chunks are multiples of the size's size: it lies in one chunk.
    TEREN_ASSERT(held_ + kSizeSize <= plain_.size());
    putBigEndian(std::span<std::uint8_t, kSizeSize>(std::span(plain_).subspan(held_, kSizeSize)), size_);
    held_ += kSizeSize;
    TEREN_CHECK(sealChunk(true));
    return Sealed{hasher_.finish(), size_, written_};
}

// ---- opening -------------------------------------------------------------------------------------------

AttachmentOpener::AttachmentOpener(
    SecretKey key, const AttachmentBinding& binding, std::uint64_t sealedSize, ReadAt read)
    : key_(std::move(key)),
      binding_(binding),
      sealedSize_(sealedSize),
      read_(std::move(read)),
      plain_(kAttachmentChunk),
      sealed_(kSealedChunk)
{
}

AttachmentOpener::~AttachmentOpener()
{
    if (!plain_.empty())
        sodium_memzero(plain_.data(), plain_.size());
}

Result<AttachmentOpener> AttachmentOpener::open(
    SecretKey key, const AttachmentBinding& binding, std::uint64_t sealedSize, ReadAt read)
{
    AttachmentOpener opener(std::move(key), binding, sealedSize, std::move(read));
    TEREN_CHECK(opener.readHeader());
    TEREN_CHECK(opener.readEnd());
    return opener;
}

Status AttachmentOpener::readHeader()
{
    if (sealedSize_ < kAttachmentHeaderSize + kSealOverhead + kSizeSize)
        return fail(Errc::Malformed, "a sealed attachment shorter than its header and end");
    Header found{};
    TEREN_CHECK(read_(0, found));
    const Header expected = headerBytes();
    const bool isOurs
        = std::equal(kMagic.begin(), kMagic.end(), found.begin(), [](char left, std::uint8_t right) {
              return static_cast<std::uint8_t>(left) == right;
          });
    if (isOurs && getBigEndian<std::uint32_t>(std::span(std::as_const(found)).subspan<16, 4>()) > kVersion)
        return fail(Errc::TooNew, "an attachment sealed by a later version");
    if (found != expected)
        return fail(Errc::Malformed, "not the header of a sealed attachment");
    return {};
}

Status AttachmentOpener::readEnd()
{
    const std::uint64_t body = sealedSize_ - kAttachmentHeaderSize;
    chunks_ = (body + kSealedChunk - 1) / kSealedChunk;
    const std::uint64_t rest = body - (chunks_ - 1) * kSealedChunk;
    if (rest < kSealOverhead + kSizeSize)
        return fail(Errc::Malformed, "a sealed attachment of a size that none has");
    TEREN_TRY(const std::size_t length, load(chunks_ - 1));
    const std::uint64_t padded = (chunks_ - 1) * kAttachmentChunk + length;
    size_ = getBigEndian<std::uint64_t>(
        std::span<const std::uint8_t, kSizeSize>(ByteView(plain_).subspan(length - kSizeSize, kSizeSize)));
    if (size_ > padded || paddedTotal(size_) != padded)
        return fail(Errc::Malformed, "a sealed attachment whose size is not that of its content");
    return {};
}

Result<std::size_t> AttachmentOpener::load(std::uint64_t index)
{
    const std::uint64_t offset = kAttachmentHeaderSize + index * kSealedChunk;
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(kSealedChunk, sealedSize_ - offset));
    const std::span sealed = std::span(sealed_).first(size);
    TEREN_CHECK(read_(offset, sealed));
    const Associated associated = associatedOf(binding_, index, index + 1 == chunks_);
    const int code = crypto_aead_xchacha20poly1305_ietf_decrypt(
        plain_.data(), nullptr, nullptr, sealed.data() + kNonceSize, size - kNonceSize, associated.data(),
        associated.size(), sealed.data(), key_.reveal().data());
    if (code != 0)
        return fail(
            Errc::Forged, "chunk " + std::to_string(index) + " of a sealed attachment did not authenticate");
    return size - kSealOverhead;
}

Result<ByteView> AttachmentOpener::chunk(std::uint64_t index)
{
    TEREN_ASSERT(index < chunks_);
    TEREN_TRY(const std::size_t length, load(index));
    const std::uint64_t start = index * kAttachmentChunk;
    const auto content = static_cast<std::size_t>(
        std::min<std::uint64_t>(length, size_ > start ? size_ - start : std::uint64_t{0}));
    const std::size_t paddingEnd = length - (index + 1 == chunks_ ? kSizeSize : 0);
    const ByteView padding = ByteView(plain_).first(paddingEnd).subspan(content);
    if (!std::ranges::all_of(padding, [](std::uint8_t byte) { return byte == 0; }))
        return fail(Errc::Malformed, "a sealed attachment with something in its padding");
    return ByteView(plain_).first(content);
}

}  // namespace teren
