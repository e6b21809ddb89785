// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/merkle.h"

#include "crypto/sign/hash.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>

namespace teren::ledger {
namespace {

constexpr std::array<std::uint8_t, 1> kLeafPrefix{0};
constexpr std::array<std::uint8_t, 1> kNodePrefix{1};

/// A run of leaves that is one node of the tree: its first leaf and how many there are (at least one).
struct Range {
    std::uint64_t begin = 0;
    std::uint64_t size = 0;

    /// The left child is the largest complete subtree that is smaller than the whole.
    Range left() const { return {begin, std::bit_floor(size - 1)}; }
    Range right() const { return {begin + left().size, size - left().size}; }
};

/// The hash of any node of the tree: only those at the right edge are not stored complete.
Result<Hash> hashOf(Range range, const SubtreeSource& source)
{
    if (std::has_single_bit(range.size))
        return source(static_cast<unsigned>(std::countr_zero(range.size)), range.begin / range.size);
    TEREN_TRY(const Hash left, hashOf(range.left(), source));
    TEREN_TRY(const Hash right, hashOf(range.right(), source));
    return nodeHash(left, right);
}

/// SUBPROOF of RFC 9162 section 2.1.4.1. `known`: the verifier has this node's hash already.
Status addConsistency(
    std::uint64_t from, Range range, bool known, const SubtreeSource& source, std::vector<Hash>& proof)
{
    if (from == range.size) {
        if (known)
            return {};
        TEREN_TRY(const Hash hash, hashOf(range, source));
        proof.push_back(hash);
        return {};
    }
    const bool inLeft = from <= range.left().size;
    TEREN_CHECK(
        inLeft ? addConsistency(from, range.left(), known, source, proof)
               : addConsistency(from - range.left().size, range.right(), false, source, proof));
    TEREN_TRY(const Hash sibling, hashOf(inLeft ? range.right() : range.left(), source));
    proof.push_back(sibling);
    return {};
}

using Indexes = std::span<const std::uint64_t>;

/// Those of `indexes` that are before `bound`.
Indexes before(Indexes indexes, std::uint64_t bound)
{
    const auto end = std::ranges::lower_bound(indexes, bound);
    return indexes.first(static_cast<std::size_t>(end - indexes.begin()));
}

Status addInclusion(Indexes indexes, Range range, const SubtreeSource& source, std::vector<Hash>& proof)
{
    if (indexes.empty()) {
        TEREN_TRY(const Hash hash, hashOf(range, source));
        proof.push_back(hash);
        return {};
    }
    if (range.size == 1)
        return {};
    const Indexes left = before(indexes, range.right().begin);
    TEREN_CHECK(addInclusion(left, range.left(), source, proof));
    return addInclusion(indexes.subspan(left.size()), range.right(), source, proof);
}

bool isAscending(Indexes indexes)
{
    return std::ranges::adjacent_find(indexes, std::greater_equal<>{}) == indexes.end();
}

/// Rebuilds the root from leaves and proof, in the order in which `addInclusion` wrote it.
class RootBuilder {
public:
    using Leaf = std::map<std::uint64_t, Hash>::const_iterator;

    RootBuilder(Leaf leaf, Leaf end, const std::vector<Hash>& proof) : leaf_(leaf), end_(end), proof_(proof)
    {
    }

    Result<Hash> build(Range range)
    {
        if (leaf_ == end_ || leaf_->first - range.begin >= range.size)
            return takeProof();
        if (range.size == 1)
            return (leaf_++)->second;
        TEREN_TRY(const Hash left, build(range.left()));
        TEREN_TRY(const Hash right, build(range.right()));
        return nodeHash(left, right);
    }
    bool isUsedUp() const { return leaf_ == end_ && used_ == proof_.size(); }

private:
    Result<Hash> takeProof()
    {
        if (used_ == proof_.size())
            return fail(Errc::Forged, "inclusion proof is too short");
        return proof_[used_++];
    }

    Leaf leaf_;
    Leaf end_;
    const std::vector<Hash>& proof_;
    std::size_t used_ = 0;
};

/// The loop of RFC 9162 section 2.1.4.2, steps 3 to 7.
bool isConsistent(
    std::uint64_t from, const Hash& fromRoot, std::uint64_t to, const Hash& toRoot,
    std::span<const Hash> path)
{
    std::uint64_t first = from - 1;
    std::uint64_t second = to - 1;
    const auto shift = [&](int bits) {
        first >>= bits;
        second >>= bits;
    };
    shift(std::countr_one(first));
    Hash oldRoot = path.front();
    Hash newRoot = path.front();
    for (const Hash& hash : path.subspan(1)) {
        if (second == 0)
            return false;
        if ((first & 1) != 0 || first == second) {
            oldRoot = nodeHash(hash, oldRoot);
            newRoot = nodeHash(hash, newRoot);
            // Here `first` is not 0: it is odd, or equal to `second`, which is not.
            shift(std::countr_zero(first));
        } else {
            newRoot = nodeHash(newRoot, hash);
        }
        shift(1);
    }
    return second == 0 && oldRoot == fromRoot && newRoot == toRoot;
}

}  // namespace

Hash leafHash(ByteView leaf)
{
    return blake2b({kLeafPrefix, leaf});
}

Hash nodeHash(const Hash& left, const Hash& right)
{
    return blake2b({kNodePrefix, left, right});
}

Hash emptyRoot()
{
    return blake2b({});
}

Result<CompactTree> CompactTree::from(std::uint64_t size, std::vector<Hash> nodes)
{
    if (nodes.size() != static_cast<std::size_t>(std::popcount(size)))
        return fail(Errc::Malformed, "a compact tree needs one hash for each set bit of its size");
    CompactTree tree;
    tree.size_ = size;
    tree.nodes_ = std::move(nodes);
    return tree;
}

void CompactTree::append(const Hash& leaf, const Completed& completed)
{
    Hash hash = leaf;
    std::uint64_t index = size_;
    for (unsigned level = 0;; ++level) {
        if (completed)
            completed(level, index, hash);
        if ((index & 1) == 0)
            break;
        hash = nodeHash(nodes_.back(), hash);
        nodes_.pop_back();
        index >>= 1;
    }
    nodes_.push_back(hash);
    ++size_;
}

Hash CompactTree::root() const
{
    if (nodes_.empty())
        return emptyRoot();
    Hash root = nodes_.back();
    for (std::size_t i = nodes_.size() - 1; i > 0; --i)
        root = nodeHash(nodes_[i - 1], root);
    return root;
}

Result<std::vector<Hash>> consistencyProof(std::uint64_t from, std::uint64_t to, const SubtreeSource& source)
{
    if (from > to)
        return fail(Errc::Invalid, "no consistency proof to a smaller tree");
    std::vector<Hash> proof;
    if (from > 0)
        TEREN_CHECK(addConsistency(from, {0, to}, true, source, proof));
    return proof;
}

Status verifyConsistency(
    std::uint64_t from, const Hash& fromRoot, std::uint64_t to, const Hash& toRoot,
    const std::vector<Hash>& proof)
{
    bool consistent = false;
    if (from == 0)
        consistent = proof.empty() && (to > 0 || toRoot == emptyRoot());
    else if (from == to)
        consistent = proof.empty() && fromRoot == toRoot;
    else if (from < to && !proof.empty()) {
        std::vector<Hash> path;
        // The proof leaves out a hash that the verifier has: the old root, where it is a node of the new
        // tree.
        if (std::has_single_bit(from))
            path.push_back(fromRoot);
        path.insert(path.end(), proof.begin(), proof.end());
        consistent = isConsistent(from, fromRoot, to, toRoot, path);
    }
    if (!consistent)
        return fail(Errc::Forged, "the log is not a continuation of the one known here");
    return {};
}

Result<std::vector<Hash>> inclusionProof(
    const std::vector<std::uint64_t>& indexes, std::uint64_t size, const SubtreeSource& source)
{
    if (!isAscending(indexes) || (!indexes.empty() && indexes.back() >= size))
        return fail(Errc::Invalid, "an inclusion proof needs ascending indexes inside the tree");
    std::vector<Hash> proof;
    if (size > 0)
        TEREN_CHECK(addInclusion(indexes, {0, size}, source, proof));
    return proof;
}

Status verifyInclusion(
    const std::map<std::uint64_t, Hash>& leaves, std::uint64_t size, const Hash& root,
    const std::vector<Hash>& proof)
{
    if (size == 0) {
        if (!leaves.empty() || !proof.empty() || root != emptyRoot())
            return fail(Errc::Forged, "an empty log includes nothing");
        return {};
    }
    RootBuilder builder(leaves.begin(), leaves.end(), proof);
    TEREN_TRY(const Hash computed, builder.build({0, size}));
    if (!builder.isUsedUp() || computed != root)
        return fail(Errc::Forged, "the entries are not in the log under this head");
    return {};
}

}  // namespace teren::ledger
