// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/id.h"
#include "crypto/sign/signature.h"

namespace teren::ledger {

/// What a space is for. Values are on disk and on the wire.
enum class SpaceKind : std::uint8_t { Workspace = 1, Team = 2, CaseInternal = 3, CaseTeam = 4, Audit = 5 };

/// The fixed part of a segment, readable by the server. All integers big-endian, fields in this order:
///
///     magic "TS" (2) · version (1) · space kind (1) · workspace (32) · space (16) · device (16) · life (8)
///     first seq (8) · count (4) · epoch (4) · key id (32) · membership height (8) · previous segment hash
///     (32) plain size bound (4)  — up to here the associated data of the body —  body size (4) · body hash
///     (32)
///
/// The *segment hash* is BLAKE2b-256("teren.segment.v1" ‖ these bytes); the device signs the segment hash
/// under the label "teren.segment.v1". The chain runs through hashes, so a body can be deleted and the chain
/// kept.
struct SegmentHeader {
    static constexpr std::size_t kAssociatedSize = 168;
    static constexpr std::size_t kSize = kAssociatedSize + 36;

    SpaceKind kind = SpaceKind::CaseInternal;
    WorkspaceId workspace;
    SpaceId space;
    DeviceId device;
    std::uint64_t life = 0;
    std::uint64_t firstSeq = 0;
    std::uint32_t count = 0;
    std::uint32_t epoch = 0;
    Hash keyId{};
    std::uint64_t membershipHeight = 0;
    Hash previous{};  ///< Zero for the first segment of this device and life in this space.
    /// The content is no larger after decompression. A bound, padded by PADMÉ like the body, so that it tells
    /// no more than the body's size does.
    std::uint32_t plainSizeBound = 0;
    std::uint32_t bodySize = 0;
    Hash bodyHash{};

    std::uint64_t lastSeq() const { return firstSeq + count - 1; }
    friend bool operator==(const SegmentHeader&, const SegmentHeader&) = default;
};

/// Header and signature as they travel, `kSize + 64` bytes, and what follows from them.
struct SignedSegmentHeader {
    static constexpr std::size_t kSize = SegmentHeader::kSize + 64;

    SegmentHeader header;
    Signature signature{};
    Hash hash{};  ///< The segment hash; computed on decoding.
    Bytes bytes;  ///< As received.
};

/// A whole segment as stored and sent.
struct Segment {
    SignedSegmentHeader head;
    Bytes body;  ///< nonce ‖ ciphertext ‖ tag
};

/// Only the first `kAssociatedSize` bytes: what the body is sealed under.
Bytes encodeAssociated(const SegmentHeader& header);
/// Encodes and signs. `bodySize` and `bodyHash` must be set.
SignedSegmentHeader signHeader(const SegmentHeader& header, const SigningKey& device);
/// As it was signed, from its parts. @return as `decodeHeader`.
Result<SignedSegmentHeader> assembled(const SegmentHeader& header, const Signature& signature);
/// @return `Malformed`, `TooNew` (a version past ours) or `LimitExceeded` (body, count). Signature not
/// checked.
Result<SignedSegmentHeader> decodeHeader(ByteView bytes);
/// @return `Forged` if the signature is not `device`'s.
Status verifyHeader(const SignedSegmentHeader& head, const VerifyKey& device);
/// @return `Forged` if `body` is not the one the header names.
Status verifyBody(const SignedSegmentHeader& head, ByteView body);

}  // namespace teren::ledger
