// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/ledger/head.h"
#include "sync/merge/change.h"

namespace teren::segment {

/// What a segment carries under its seal.
struct Content {
    ledger::TreeHead seen;  ///< The author's verified head: devices shown different logs find out by it.
    Hash membershipHash{};  ///< Of the statement at the header's membership height.
    std::vector<Change> changes;  ///< A run: one author, `seq` ascending by one.

    friend bool operator==(const Content&, const Content&) = default;
};

/// Encodes as content.proto says: tables of devices, records and fields, then the changes that index them.
Bytes encode(const Content& content);
/// @param author, firstSeq, count  From the signed header; the content must agree with them.
/// @return `Malformed` or `LimitExceeded`.
Result<Content> decode(ByteView bytes, const Author& author, std::uint64_t firstSeq, std::uint32_t count);

}  // namespace teren::segment
