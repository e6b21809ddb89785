// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

// The workspace log as a Merkle tree: the shape of RFC 6962 / RFC 9162 section 2.1 over BLAKE2b-256.
// Leaf hash = H(0x00 ‖ leaf), node hash = H(0x01 ‖ left ‖ right), the empty tree's root = H().
// Indexes count from 0 here; an entry's *number* in messages is its index + 1.
namespace teren::ledger {

Hash leafHash(ByteView leaf);
Hash nodeHash(const Hash& left, const Hash& right);
Hash emptyRoot();

/// The complete subtrees of a tree of `size()` leaves, largest first: all that is needed to append.
class CompactTree {
public:
    CompactTree() = default;
    /// @return `Malformed` unless `nodes` has one hash for each set bit of `size`.
    static Result<CompactTree> from(std::uint64_t size, std::vector<Hash> nodes);

    /// Adds a leaf and reports every complete subtree that it finishes: (level, index in level, hash),
    /// level 0 being the leaf itself. A store keeps them and serves proofs from them.
    using Completed = std::function<void(unsigned level, std::uint64_t index, const Hash& hash)>;
    void append(const Hash& leaf, const Completed& completed = {});

    std::uint64_t size() const { return size_; }
    Hash root() const;
    const std::vector<Hash>& nodes() const { return nodes_; }

private:
    std::uint64_t size_ = 0;
    std::vector<Hash> nodes_;
};

/// Gives the hash of the complete subtree `index` of `level` (2^level leaves). A store's failure passes
/// through.
using SubtreeSource = std::function<Result<Hash>(unsigned level, std::uint64_t index)>;

/// Proof that the tree of `from` leaves is a prefix of the tree of `to` leaves (RFC 9162 section 2.1.4.1).
Result<std::vector<Hash>> consistencyProof(std::uint64_t from, std::uint64_t to, const SubtreeSource& source);
/// @return `Forged` unless `proof` shows it (RFC 9162 section 2.1.4.2). From 0 leaves anything is consistent.
Status verifyConsistency(
    std::uint64_t from, const Hash& fromRoot, std::uint64_t to, const Hash& toRoot,
    const std::vector<Hash>& proof);

/// Proof that all leaves at `indexes` (ascending, without repeats) are in the tree of `size` leaves: the
/// roots of the maximal subtrees that hold none of them, left to right. With one index it is an inclusion
/// proof; with all, it is empty.
Result<std::vector<Hash>> inclusionProof(
    const std::vector<std::uint64_t>& indexes, std::uint64_t size, const SubtreeSource& source);
/// @param leaves  Leaf hashes by index. @return `Forged` unless they and `proof` give `root`.
Status verifyInclusion(
    const std::map<std::uint64_t, Hash>& leaves, std::uint64_t size, const Hash& root,
    const std::vector<Hash>& proof);

}  // namespace teren::ledger
