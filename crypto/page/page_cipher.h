// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/random.h"
#include "crypto/page/page_format.h"
#include "crypto/page/quick_aead.h"
#include "crypto/sign/secret_key.h"
#include "crypto/vault_id.h"

#include <algorithm>
#include <array>
#include <mutex>

namespace teren::page {

inline bool isZero(ByteView bytes)
{
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

/// What a sealed unit is. Part of the format.
enum class UnitKind : std::uint32_t {
    MainHeader = 1,
    MainPage = 2,
    WalHeader = 3,
    FrameHeader = 4,
    FramePage = 5,
    FreshnessAnchor = 6,
    FreshnessMark = 7,
};

/// Where a sealed unit belongs: it opens nowhere else.
struct Place {
    UnitKind kind;
    /// The frame's index in the WAL, from 0; 0 elsewhere.
    std::uint64_t frame;
    /// SQLite's page number, from 1; the block of an anchor or mark; 0 for all else.
    std::uint32_t page;
};

using Trailer = std::span<std::uint8_t, kTrailerSize>;
using TrailerView = std::span<const std::uint8_t, kTrailerSize>;

/// The authentication tag of a sealed unit. Whoever knows it knows which version of the unit is meant: nobody
/// without the key makes another that opens and has the same.
using Tag = std::array<std::uint8_t, 16>;

inline Tag tagIn(TrailerView trailer)
{
    Tag tag;
    std::ranges::copy(trailer.last<sizeof(Tag)>(), tag.begin());
    return tag;
}

/// Seals and opens the units of one vault's files: XChaCha20-Poly1305 under a fresh random nonce, bound to
/// the format version, the vault and the unit's place. May be used by several threads at once.
class PageCipher {
public:
    /// @param random outlives this object; it is called under a lock. A process that forks uses the object in
    /// one of the two only, as it must with SQLite's connections.
    PageCipher(SecretKey key, VaultId vault, RandomSource& random);

    /// What a unit may be bound to besides its place, bytes.
    static constexpr std::size_t kBoundMax = 40;

    /// Encrypts `plain` to `sealed`, which has its size and may be the same memory. @param trailer gets nonce
    /// and tag. @param bound what else the unit shall stand or fall with.
    void seal(
        const Place& place, ByteView plain, std::span<std::uint8_t> sealed, Trailer trailer,
        ByteView bound = {});
    /// Decrypts in place. @return false, leaving zeros, if the unit was not sealed for this place and
    /// `bound`.
    bool open(
        const Place& place, std::span<std::uint8_t> text, TrailerView trailer, ByteView bound = {}) const;

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
    /// Nonces to come, drawn several at a time: each draw is a call into the system. They are no secret.
    static constexpr std::size_t kNoncesSize = 240;
    std::array<std::uint8_t, kNoncesSize> nonces_{};
    std::size_t noncesUsed_ = kNoncesSize;
    /// Its state is a tool, not a part of this object's value.
    mutable QuickAead quick_;
};

}  // namespace teren::page
