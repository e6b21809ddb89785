// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/aead.h"
#include "sync/ledger/segment_header.h"
#include "sync/segment/segment_content.h"

namespace teren::segment {

/// A space's key of one epoch. `keyId` commits to it, because XChaCha20-Poly1305 does not.
struct SpaceKey {
    std::uint32_t epoch = 0;
    Hash keyId{};
    SecretKey key;
};

/// BLAKE2b-256("teren.key.v1" ‖ workspace ‖ space ‖ epoch (4, big-endian) ‖ key).
Hash keyIdOf(const WorkspaceId& workspace, const SpaceId& space, std::uint32_t epoch, const SecretKey& key);

/// Everything about a new segment that does not follow from its content.
struct Place {
    ledger::SpaceKind kind = ledger::SpaceKind::CaseInternal;
    WorkspaceId workspace;
    SpaceId space;
    std::uint64_t membershipHeight = 0;
    Hash previous{};
};

/// Encodes, compresses (zstd), pads, seals under the space key and signs. The result is stored as it is:
/// only stored bytes ever leave a device, so a crash cannot make two segments for one seq.
/// @return `LimitExceeded` if the body would be over `limits::kSegmentBodyMax`: put fewer changes in.
Result<ledger::Segment> sealSegment(
    const Content& content, const Place& place, const SpaceKey& key, const SigningKey& device,
    RandomSource& random);

/// Opens what `sealSegment` made. Header signature and body hash must have been verified.
/// @return `Forged`, `Malformed`, `LimitExceeded` (while decompressing).
Result<Content> openSegment(const ledger::Segment& segment, const SecretKey& key);

/// The padded size of `size` bytes: multiples of 64, at least 128, up to 1 KiB; above by PADMÉ
/// (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019).
std::size_t paddedSize(std::size_t size);

}  // namespace teren::segment
