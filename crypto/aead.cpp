// SPDX-License-Identifier: EUPL-1.2
#include "crypto/aead.h"

#include <sodium.h>

namespace teren {
namespace {

constexpr std::size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;

static_assert(SecretKey::kSize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kSealOverhead == kNonceSize + kTagSize);

}  // namespace

Bytes seal(const SecretKey& key, ByteView associated, ByteView plaintext, RandomSource& random)
{
    Bytes box(kNonceSize + plaintext.size() + kTagSize);
    random.fill(std::span(box).first(kNonceSize));
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        box.data() + kNonceSize, nullptr, plaintext.data(), plaintext.size(), associated.data(),
        associated.size(), nullptr, box.data(), key.reveal().data());
    return box;
}

Result<Bytes> open(const SecretKey& key, ByteView associated, ByteView box)
{
    if (box.size() < kSealOverhead)
        return fail(Errc::Malformed, "box shorter than its nonce and tag");
    Bytes plaintext(box.size() - kSealOverhead);
    const int rc = crypto_aead_xchacha20poly1305_ietf_decrypt(
        plaintext.data(), nullptr, nullptr, box.data() + kNonceSize, box.size() - kNonceSize,
        associated.data(), associated.size(), box.data(), key.reveal().data());
    if (rc != 0)
        return fail(Errc::Forged, "box did not authenticate");
    return plaintext;
}

}  // namespace teren
