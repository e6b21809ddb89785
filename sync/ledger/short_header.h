// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/ledger/segment_header.h"

namespace teren::ledger {

class Membership;

/// What is sent of a header to a reader who can make the rest again: PROTOCOL.md 9, "Short headers".
/// Workspace and device are the session's, kind and key id follow from the membership log, body size and hash
/// from the body, and the previous segment is the one that the reader has before this. The signature is the
/// whole header's, so nothing that a reader makes is taken on trust.
struct ShortHeader {
    SpaceId space;
    std::uint64_t life = 0;  ///< 0 for the newest that the device has announced.
    std::uint64_t firstSeq = 0;
    std::uint32_t count = 0;
    std::uint32_t epoch = 0;
    std::uint64_t membershipHeight = 0;
    std::uint32_t plainSizeBound = 0;  ///< 0 for the size of the body.
    Signature signature{};

    /// By which a reader who cannot make the header names it: BLAKE2b-256 of the signature.
    Hash name() const;
    friend bool operator==(const ShortHeader&, const ShortHeader&) = default;
};

/// @param membership  What the author knows of its log.
ShortHeader shortened(const SignedSegmentHeader& head, const Membership& membership);

/// All of the header but `previous`. @return `NotFound` where the membership log says nothing of the device,
/// the space or the epoch.
Result<SegmentHeader> expanded(
    const ShortHeader& head, const Membership& membership, const DeviceId& device, ByteView body);

}  // namespace teren::ledger
