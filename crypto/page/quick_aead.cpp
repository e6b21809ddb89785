// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/quick_aead.h"

#include "crypto/base/assert.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <array>

namespace teren::page {
namespace {

/// RFC 8439's nonce: four zeros, then what HChaCha20 left of the long one.
constexpr std::size_t kShortNonceSize = 12;
constexpr std::size_t kHashedSize = crypto_core_hchacha20_INPUTBYTES;
static_assert(kHashedSize + kShortNonceSize - 4 == QuickAead::kNonceSize);
static_assert(crypto_core_hchacha20_OUTPUTBYTES == QuickAead::kKeySize);

}  // namespace

void QuickAead::Free::operator()(evp_cipher_ctx_st* context) const noexcept
{
    EVP_CIPHER_CTX_free(context);
}

QuickAead::QuickAead() : context_(EVP_CIPHER_CTX_new())
{
    if (context_
        && EVP_CipherInit_ex(context_.get(), EVP_chacha20_poly1305(), nullptr, nullptr, nullptr, 1) != 1)
        context_.reset();
}

QuickAead::~QuickAead() = default;

bool QuickAead::begin(Key key, Nonce nonce, ByteView associated, bool isSealing)
{
    std::array<std::uint8_t, kKeySize> subkey;
    crypto_core_hchacha20(subkey.data(), nonce.data(), key.data(), nullptr);
    std::array<std::uint8_t, kShortNonceSize> shortNonce{};
    std::ranges::copy(nonce.subspan<kHashedSize>(), shortNonce.begin() + 4);
    int size = 0;
    const bool isReady
        = EVP_CipherInit_ex(
              context_.get(), nullptr, nullptr, subkey.data(), shortNonce.data(), isSealing ? 1 : 0)
            == 1
        && EVP_CipherUpdate(
               context_.get(), nullptr, &size, associated.data(), static_cast<int>(associated.size()))
            == 1;
    sodium_memzero(subkey.data(), subkey.size());
    return isReady;
}

QuickAead::Answer QuickAead::seal(
    Key key, Nonce nonce, ByteView associated, ByteView plain, std::span<std::uint8_t> out,
    std::span<std::uint8_t, kTagSize> tag)
{
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock || !context_ || !begin(key, nonce, associated, true))
        return Answer::NotHere;
    int size = 0;
    const bool isDone
        = EVP_CipherUpdate(context_.get(), out.data(), &size, plain.data(), static_cast<int>(plain.size()))
            == 1
        && EVP_CipherFinal_ex(context_.get(), out.data() + size, &size) == 1
        && EVP_CIPHER_CTX_ctrl(
               context_.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tag.size()), tag.data())
            == 1;
    // What was encrypted in its own place is gone: the caller must not take it for plaintext.
    TEREN_ASSERT(isDone);
    return Answer::Done;
}

QuickAead::Answer QuickAead::open(
    Key key, Nonce nonce, ByteView associated, std::span<std::uint8_t> text,
    std::span<const std::uint8_t, kTagSize> tag)
{
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock || !context_ || !begin(key, nonce, associated, false))
        return Answer::NotHere;
    std::array<std::uint8_t, kTagSize> expected;
    std::ranges::copy(tag, expected.begin());
    int size = 0;
    const bool isOurs
        = EVP_CIPHER_CTX_ctrl(
              context_.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(expected.size()), expected.data())
            == 1
        && EVP_CipherUpdate(context_.get(), text.data(), &size, text.data(), static_cast<int>(text.size()))
            == 1
        && EVP_CipherFinal_ex(context_.get(), text.data() + size, &size) == 1;
    return isOurs ? Answer::Done : Answer::Forged;
}

}  // namespace teren::page
