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
/// Operations of all changes in one segment.
inline constexpr std::size_t kOpsPerSegmentMax = 100'000;
/// The number of a change or segment within one life: fits a signed 64-bit column.
inline constexpr std::uint64_t kSeqMax = (std::uint64_t{1} << 63) - 1;
/// One field's value, UTF-8 bytes.
inline constexpr std::size_t kValueMax = std::size_t{256} << 10;
/// A key for the order of a row; well over a thousand rows put into one and the same gap.
inline constexpr std::size_t kOrderKeyMax = 256;
/// A field's or a type's identifier.
inline constexpr std::size_t kNameMax = 64;
/// Changes of one space that wait for others they build on.
inline constexpr std::size_t kPendingBytesMax = std::size_t{64} << 20;
/// A signed membership statement.
inline constexpr std::size_t kStatementMax = std::size_t{256} << 10;
/// Acts in one membership statement.
inline constexpr std::size_t kActsPerStatementMax = 2'000;
/// A sealed join request.
inline constexpr std::size_t kJoinRequestMax = 4'096;
/// A person's or a device's name in a join request, UTF-8 bytes.
inline constexpr std::size_t kPersonNameMax = 200;
/// A server's "host:port" in an invitation.
inline constexpr std::size_t kAddressMax = 256;
/// Join requests the server keeps for one invitation.
inline constexpr std::size_t kJoinRequestsPerInvitationMax = 8;
/// A message on the wire, its 4-byte length excluded.
inline constexpr std::size_t kMessageMax = (std::size_t{1} << 20) + (std::size_t{64} << 10);
/// Fields of one message, repeated ones counted each: a full message of hashes just fits.
inline constexpr std::size_t kFieldsPerMessageMax = 40'000;
/// Invitations that one message asks about.
inline constexpr std::size_t kInvitationsPerQueryMax = 1'024;
/// Spaces in a position that have cursors of their own.
inline constexpr std::size_t kExceptionsMax = 8'192;
/// Heads that one message asks to be proven past states of the log.
inline constexpr std::size_t kHeadsPerQueryMax = 64;
/// The one-time right to open a workspace on a server.
inline constexpr std::size_t kTokenMax = 256;
/// A chunk of a segment's body on the wire.
inline constexpr std::size_t kChunkMax = std::size_t{64} << 10;
/// The bodies and headers in one page of log entries.
inline constexpr std::size_t kPageMax = std::size_t{256} << 10;
/// Membership statements in one answer, bytes; at least one statement is sent whatever its size.
inline constexpr std::size_t kStatementsPerAnswerMax = std::size_t{512} << 10;
/// Statements that open a workspace, and that one submission holds.
inline constexpr std::size_t kStatementsPerSubmitMax = 256;
/// Statements of a server's members' log that are read to find out what it has instead of those known here.
inline constexpr std::size_t kPartedStatementsMax = 100'000;
/// How long a body received in part is kept for its device to go on, and how much of them a workspace may
/// hold.
inline constexpr std::chrono::hours kPartialKept{24 * 7};
inline constexpr std::size_t kPartialBytesMax = std::size_t{64} << 20;
/// The first run of statements of a session; each that follows may be twice as large, up to the bounds above.
/// A line that is cut early then still brings something that is kept.
inline constexpr std::size_t kFirstPage = kChunkMax;
/// The first page of a session, and the smallest that a slow line makes it: see `server::PageStream`.
inline constexpr std::size_t kPageFirst = std::size_t{16} << 10;
inline constexpr std::size_t kPageMin = std::size_t{4} << 10;
/// What waits inside the kernel of what was handed to it to send.
inline constexpr int kNotSentLowWater = 16 << 10;
/// Connections of one address that have not proven who they are, and from how many such connections in all
/// each of them is waited for no longer than `kCrowdedWait`.
inline constexpr std::size_t kUnprovenPerAddressMax = 64;
inline constexpr std::size_t kUnprovenCrowd = 128;
inline constexpr std::chrono::seconds kCrowdedWait{3};
/// Without a crowd: from the handshake to the proof.
inline constexpr std::chrono::seconds kUnprovenWait{30};
/// Forked segments that a workspace keeps as evidence.
inline constexpr std::size_t kForkedKeptMax = 64;
/// Segments and bytes that a server commits in one transaction.
inline constexpr std::size_t kCommitSegmentsMax = 512;
inline constexpr std::size_t kCommitBytesMax = std::size_t{4} << 20;
/// A file that is carried between devices and the server, and the messages in it. It is read as a whole.
inline constexpr std::size_t kBundleMax = std::size_t{64} << 20;
inline constexpr std::size_t kBundleMessagesMax = 250'000;
/// The ticket that begins it: a position with all its exceptions fits.
inline constexpr std::size_t kTicketMax = std::size_t{512} << 10;
/// How long a ticket may count at most.
inline constexpr std::chrono::hours kTicketLife{24 * 30};
/// One attachment: what a person adds, before it is sealed.
inline constexpr std::uint64_t kAttachmentMax = std::uint64_t{128} << 20;
/// A photo that is freed of what it says about its maker; it is in memory meanwhile.
inline constexpr std::uint64_t kPhotoMax = std::uint64_t{48} << 20;
/// Its width times its height, and each of them; more would be a bomb, whatever it decompresses to.
inline constexpr std::uint64_t kPhotoPixelsMax = 64'000'000;
inline constexpr std::uint32_t kPhotoSideMax = 30'000;
/// Memory for pixels or coefficients of one picture, in bytes, where it cannot be gone through row by row.
inline constexpr std::uint64_t kPhotoWorkMax = std::uint64_t{128} << 20;
/// A blob: an attachment of `kAttachmentMax` with its padding and seal.
inline constexpr std::uint64_t kBlobMax = std::uint64_t{136} << 20;
/// Blobs that one message asks about.
inline constexpr std::size_t kBlobsPerQueryMax = 1'024;
/// All blobs of a workspace on a server.
inline constexpr std::uint64_t kBlobsPerWorkspaceMax = std::uint64_t{64} << 30;
/// Blobs received in part: for one device the last so many, for a workspace so many bytes.
inline constexpr std::size_t kBlobPartialsPerDevice = 4;
inline constexpr std::uint64_t kBlobPartialBytesMax = std::uint64_t{4} << 30;
/// A part of a blob on the wire: what the line carries in about a second, within these; `kChunkMax` above.
inline constexpr std::size_t kBlobPartMin = std::size_t{4} << 10;
/// Parts of blobs without an answer.
inline constexpr std::size_t kBlobPartsUnderWay = 2;
/// A content that a device fetches without being asked for it. Small pictures always come.
inline constexpr std::uint64_t kBlobFetchedMax = std::uint64_t{1} << 20;
/// How often a device makes sure that the server still has what it once said it had.
inline constexpr std::chrono::hours kBlobAskedAgain{24 * 7};
/// What a device says that it has applied in one space, sealed: some 400 authors fit.
inline constexpr std::size_t kAppliedBoxMax = std::size_t{16} << 10;
/// Such words in one message, their number and bytes.
inline constexpr std::size_t kAppliedPerMessageMax = 1'024;
inline constexpr std::size_t kAppliedBytesPerMessage = std::size_t{256} << 10;
/// After so long without a receipt people are told that work is on this device only.
inline constexpr std::chrono::hours kUnsentAlarm{24};
/// When a session tries a blob again that could not be moved for a reason that may pass: it has not come to
/// the server yet, or there was no room.
inline constexpr std::chrono::minutes kBlobTriedAgain{2};
/// Room on the disk that no attachment may take: the vault itself must be able to go on.
inline constexpr std::uint64_t kDiskReserve = std::uint64_t{32} << 20;
/// Server keys that administrators have proposed without the consent of the ones in force.
inline constexpr std::size_t kServerKeysProposedMax = 64;
/// A device's clock is advanced by a received stamp by no more than this (sync.md section 2).
inline constexpr std::chrono::hours kClockLeadMax{1};
/// A difference between a device's clock and the office's that people are told of.
inline constexpr std::chrono::minutes kClockOffTold{15};
/// How far behind the office's signed time a device's own last stamp may be ahead and still be credible,
/// where its clock is known to be behind.
inline constexpr std::chrono::days kClockAwayMax{30};

}  // namespace teren::limits
