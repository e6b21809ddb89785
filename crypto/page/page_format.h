// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <cstdint>

// Where the sealed pages lie in the files. Normative text, byte by byte: crypto/README.md.
//
// SQLite sees "logical" offsets, those of its own format; the files have "physical" ones.
namespace teren::page {

inline constexpr std::uint32_t kFormatVersion = 2;

/// Nonce (24) and tag (16) of a sealed unit.
inline constexpr std::size_t kTrailerSize = 40;

/// The only page size. In the file, a page's last `kTrailerSize` bytes hold its trailer; SQLite, told to
/// leave them alone, sees zeros there.
inline constexpr std::size_t kPageSize = 4096;
inline constexpr std::size_t kPagePlainSize = kPageSize - kTrailerSize;

/// The main file starts with this block; page 1 follows. Its first part is the header, authenticated as a
/// whole; the rest is zero.
inline constexpr std::size_t kMainHeaderSlot = 4096;
inline constexpr std::size_t kMainHeaderSize = 512;

/// SQLite's WAL: a header, then frames of a frame header and a page.
inline constexpr std::size_t kWalHeaderSize = 32;
inline constexpr std::size_t kFrameHeaderSize = 24;
inline constexpr std::size_t kFrameSize = kFrameHeaderSize + kPageSize;
/// The rooms they have in the file.
inline constexpr std::size_t kWalHeaderSlot = 128;
inline constexpr std::size_t kFrameHeaderSlot = kFrameHeaderSize + kTrailerSize;
inline constexpr std::size_t kFrameSlot = kFrameHeaderSlot + kPageSize;

static_assert(kFrameSlot == 4160);

}  // namespace teren::page
