// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/page_cipher.h"

#include "crypto/base/assert.h"
#include "crypto/base/big_endian.h"

#include <sodium.h>

#include <algorithm>

namespace teren::page {
namespace {

constexpr std::size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
static_assert(kTrailerSize == kNonceSize + crypto_aead_xchacha20poly1305_ietf_ABYTES);

constexpr std::string_view kLabel{"teren.page.v2\0\0\0", 16};
static_assert(kFormatVersion == 2, "the label names the version");

constexpr std::size_t kBindingSize = 48;
using Binding = std::array<std::uint8_t, kBindingSize>;

/// label 16 | vault 16 | kind 4 | frame 8 | page 4.
Binding bindingOf(const VaultId& vault, const Place& place)
{
    Binding binding{};
    std::ranges::copy(viewOf(kLabel), binding.begin());
    std::ranges::copy(vault.bytes, binding.begin() + 16);
    putBigEndian(std::span(binding).subspan<32, 4>(), static_cast<std::uint32_t>(place.kind));
    putBigEndian(std::span(binding).subspan<36, 8>(), place.frame);
    putBigEndian(std::span(binding).subspan<44, 4>(), place.page);
    return binding;
}

/// The binding and what else a unit is bound to, without a trip to the heap.
struct Associated {
    Associated(const VaultId& vault, const Place& place, ByteView bound) : size(kBindingSize + bound.size())
    {
        TEREN_ASSERT(bound.size() <= PageCipher::kBoundMax);
        std::ranges::copy(bindingOf(vault, place), bytes.begin());
        std::ranges::copy(bound, bytes.begin() + kBindingSize);
    }
    ByteView view() const { return ByteView(bytes).first(size); }

    std::array<std::uint8_t, kBindingSize + PageCipher::kBoundMax> bytes;
    std::size_t size;
};

}  // namespace

PageCipher::PageCipher(SecretKey key, VaultId vault, RandomSource& random)
    : key_(std::move(key)),
      vault_(vault),
      random_(random)
{
}

void PageCipher::drawNonce(Trailer trailer)
{
    static_assert(std::tuple_size_v<decltype(nonces_)> % kNonceSize == 0);
    const std::scoped_lock lock(mutex_);
    if (noncesUsed_ == nonces_.size()) {
        random_.fill(nonces_);
        noncesUsed_ = 0;
    }
    std::ranges::copy(std::span(nonces_).subspan(noncesUsed_, kNonceSize), trailer.begin());
    noncesUsed_ += kNonceSize;
}

void PageCipher::seal(
    const Place& place, ByteView plain, std::span<std::uint8_t> sealed, Trailer trailer, ByteView bound)
{
    TEREN_ASSERT(plain.size() == sealed.size());
    drawNonce(trailer);
    const Associated associated(vault_, place, bound);
    if (plain.size() >= QuickAead::kTextMin
        && quick_.seal(
               key_.reveal(), trailer.first<kNonceSize>(), associated.view(), plain, sealed,
               trailer.last<QuickAead::kTagSize>())
            == QuickAead::Answer::Done)
        return;
    crypto_aead_xchacha20poly1305_ietf_encrypt_detached(
        sealed.data(), trailer.data() + kNonceSize, nullptr, plain.data(), plain.size(),
        associated.bytes.data(), associated.size, nullptr, trailer.data(), key_.reveal().data());
}

bool PageCipher::open(
    const Place& place, std::span<std::uint8_t> text, TrailerView trailer, ByteView bound) const
{
    const Associated associated(vault_, place, bound);
    auto answer = QuickAead::Answer::NotHere;
    if (text.size() >= QuickAead::kTextMin)
        answer = quick_.open(
            key_.reveal(), trailer.first<kNonceSize>(), associated.view(), text,
            trailer.last<QuickAead::kTagSize>());
    const bool isOurs = answer == QuickAead::Answer::NotHere
        ? crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
              text.data(), nullptr, text.data(), text.size(), trailer.data() + kNonceSize,
              associated.bytes.data(), associated.size, trailer.data(), key_.reveal().data())
            == 0
        : answer == QuickAead::Answer::Done;
    if (!isOurs)
        std::ranges::fill(text, std::uint8_t{0});
    return isOurs;
}

Bytes PageCipher::associated(const Place& place, ByteView clear) const
{
    const Binding binding = bindingOf(vault_, place);
    Bytes all(binding.begin(), binding.end());
    all.insert(all.end(), clear.begin(), clear.end());
    return all;
}

namespace {

/// libsodium wants an address even for a text without any bytes.
constexpr std::size_t kNoText = 0;

}  // namespace

void PageCipher::vouch(const Place& place, ByteView clear, Trailer trailer)
{
    drawNonce(trailer);
    const Bytes all = associated(place, clear);
    std::uint8_t nothing = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt_detached(
        &nothing, trailer.data() + kNonceSize, nullptr, &nothing, kNoText, all.data(), all.size(), nullptr,
        trailer.data(), key_.reveal().data());
}

bool PageCipher::isVouchedFor(const Place& place, ByteView clear, TrailerView trailer) const
{
    const Bytes all = associated(place, clear);
    std::uint8_t nothing = 0;
    return crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
               &nothing, nullptr, &nothing, kNoText, trailer.data() + kNonceSize, all.data(), all.size(),
               trailer.data(), key_.reveal().data())
        == 0;
}

}  // namespace teren::page
