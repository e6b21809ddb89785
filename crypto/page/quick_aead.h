// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"

#include <memory>
#include <mutex>

struct evp_cipher_ctx_st;

namespace teren::page {

/// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) for whole pages at the speed of the processor at hand: the
/// subkey by libsodium's HChaCha20, the rest by OpenSSL's ChaCha20-Poly1305 of RFC 8439. The bytes are those
/// of libsodium's own function, which does the work where this cannot be had: the answers say so.
///
/// Any thread; one at a time is served.
class QuickAead {
public:
    static constexpr std::size_t kKeySize = 32;
    static constexpr std::size_t kNonceSize = 24;
    static constexpr std::size_t kTagSize = 16;
    /// Shorter texts are quicker with libsodium.
    static constexpr std::size_t kTextMin = 512;

    using Key = std::span<const std::uint8_t, kKeySize>;
    using Nonce = std::span<const std::uint8_t, kNonceSize>;

    enum class Answer {
        Done,
        Forged,   ///< The tag is another; `text` holds nothing to be used.
        NotHere,  ///< OpenSSL has no such cipher, or another thread is being served. Nothing was done.
    };

    QuickAead();
    QuickAead(const QuickAead&) = delete;
    QuickAead& operator=(const QuickAead&) = delete;
    /// Wipes the subkey of the unit that was served last.
    ~QuickAead();

    /// @param out has the size of `plain`, and may be the same memory.
    Answer seal(
        Key key, Nonce nonce, ByteView associated, ByteView plain, std::span<std::uint8_t> out,
        std::span<std::uint8_t, kTagSize> tag);
    /// Decrypts in place.
    Answer open(
        Key key, Nonce nonce, ByteView associated, std::span<std::uint8_t> text,
        std::span<const std::uint8_t, kTagSize> tag);

private:
    struct Free {
        void operator()(evp_cipher_ctx_st* context) const noexcept;
    };
    bool begin(Key key, Nonce nonce, ByteView associated, bool isSealing);

    std::mutex mutex_;
    std::unique_ptr<evp_cipher_ctx_st, Free> context_;
};

}  // namespace teren::page
