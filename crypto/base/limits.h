// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

// Every limit that is part of the formats, in one place. Normative text: sync/PROTOCOL.md.
namespace teren::limits {

/// A segment's sealed body. Anything larger is refused before it is read.
inline constexpr std::size_t kSegmentBodyMax = std::size_t{1} << 20;
/// A segment's content after decompression; enforced while decompressing.
inline constexpr std::size_t kSegmentPlainMax = std::size_t{8} << 20;
/// log2 of the zstd window a decoder accepts.
inline constexpr int kZstdWindowLogMax = 23;
/// Assignments, set operations, inserts and deletes in one change.
inline constexpr std::size_t kOpsPerChangeMax = 10'000;
/// Dots a change may cite as its context.
inline constexpr std::size_t kContextMax = 256;
/// Changes in one segment.
inline constexpr std::size_t kChangesPerSegmentMax = 4'096;
/// The number of a change or segment within one life: fits a signed 64-bit column.
inline constexpr std::uint64_t kSeqMax = (std::uint64_t{1} << 63) - 1;
/// One field's value, UTF-8 bytes.
inline constexpr std::size_t kValueMax = std::size_t{256} << 10;
/// A field's or a type's identifier.
inline constexpr std::size_t kNameMax = 64;
/// Changes of one space that wait for others they build on.
inline constexpr std::size_t kPendingBytesMax = std::size_t{64} << 20;
/// A signed membership statement.
inline constexpr std::size_t kStatementMax = std::size_t{256} << 10;
/// A sealed join request.
inline constexpr std::size_t kJoinRequestMax = 4'096;
/// Join requests the server keeps for one invitation.
inline constexpr std::size_t kJoinRequestsPerInvitationMax = 8;
/// A message on the wire, its 4-byte length excluded.
inline constexpr std::size_t kMessageMax = (std::size_t{1} << 20) + (std::size_t{64} << 10);
/// A chunk of a segment's body on the wire.
inline constexpr std::size_t kChunkMax = std::size_t{64} << 10;
/// A device's clock is advanced by a received stamp by no more than this (sync.md section 2).
inline constexpr std::chrono::hours kClockLeadMax{1};

}  // namespace teren::limits
