// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/random.h"
#include "crypto/page/page_format.h"
#include "crypto/sign/secret_key.h"
#include "crypto/vault_id.h"

#include <mutex>

namespace teren::page {

/// What a sealed unit is. Part of the format.
enum class UnitKind : std::uint32_t {
    MainHeader = 1,
    MainPage = 2,
    WalHeader = 3,
    FrameHeader = 4,
    FramePage = 5,
};

/// Where a sealed unit belongs: it opens nowhere else.
struct Place {
    UnitKind kind;
    /// The frame's index in the WAL, from 0; 0 in the main file.
    std::uint64_t frame;
    /// SQLite's page number, from 1; 0 for what is not a page.
    std::uint32_t page;
};

using Trailer = std::span<std::uint8_t, kTrailerSize>;
using TrailerView = std::span<const std::uint8_t, kTrailerSize>;

/// Seals and opens the units of one vault's files: XChaCha20-Poly1305 under a fresh random nonce, bound to
/// the format version, the vault and the unit's place. May be used by several threads at once.
class PageCipher {
public:
    /// @param random outlives this object; it is called under a lock.
    PageCipher(SecretKey key, VaultId vault, RandomSource& random);

    /// Encrypts `plain` to `sealed`, which has its size and may be the same memory. @param trailer gets nonce
    /// and tag.
    void seal(const Place& place, ByteView plain, std::span<std::uint8_t> sealed, Trailer trailer);
    /// Decrypts in place. @return false, leaving zeros, if the unit was not sealed for this place.
    bool open(const Place& place, std::span<std::uint8_t> text, TrailerView trailer) const;

    /// For bytes that stay readable: makes the trailer that vouches for them.
    void vouch(const Place& place, ByteView clear, Trailer trailer);
    bool isVouchedFor(const Place& place, ByteView clear, TrailerView trailer) const;

    const VaultId& vault() const { return vault_; }

private:
    void drawNonce(Trailer trailer);
    Bytes associated(const Place& place, ByteView clear) const;

    SecretKey key_;
    VaultId vault_;
    std::mutex mutex_;
    RandomSource& random_;
};

}  // namespace teren::page
