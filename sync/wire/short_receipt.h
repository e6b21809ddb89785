// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/id.h"
#include "sync/wire/messages.h"

#include <span>

// A receipt in as few bytes as its reader needs, from version 2 on: PROTOCOL.md 9, "Short receipts".
//
// Where a receipt is for everything that the log has grown by, its inclusion proof is the list of complete
// subtrees of the log before. With these the reader makes the old root, which must be the one that it knows,
// and the new one: a consistency proof would say the same again, and the signed head need not name the root.
// From version 3 on a reader who knows these subtrees already, its *peaks*, is not sent them either.
namespace teren::wire {

/// Leaves out of `receipt` what its reader can make from `before` and from what it sent. Does nothing to a
/// receipt that is not for every entry of the log behind the `before` first ones.
/// @param before  Size of the log that the reader has verified last.
/// @param size    Of the log under the receipt's head.
/// @param peaksOf The size of a log whose peaks the reader knows; 0 for none.
Status shorten(Receipt& receipt, std::uint64_t before, std::uint64_t size, std::uint64_t peaksOf = 0);

bool isShort(const Receipt& receipt);

/// A receipt with what `shorten` left out, and the peaks of the log under its head.
struct ExpandedReceipt {
    Receipt receipt;
    std::vector<Hash> peaks;
};
/// Puts back what `shorten` left out of a short receipt, but for the consistency proof, which it stands for.
/// The signature of the head remains to be checked.
/// @param peaks   Of `before`; empty where they are not known.
/// @param leaves  The leaf hash of each entry, in the order of the receipt's.
/// @return `Forged` unless the log only grew from `before` by exactly these entries; `Malformed` for a head
/// that cannot be read.
Result<ExpandedReceipt> expanded(
    Receipt receipt, const TreeHead& before, std::span<const Hash> peaks, const WorkspaceId& workspace,
    std::span<const Hash> leaves);

}  // namespace teren::wire
