// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/ledger/merkle.h"

#include <algorithm>

namespace teren::test {

/// A Merkle tree written down from the definitions of RFC 9162 section 2.1, with all leaves in memory and
/// nothing reused: what the real one is compared with.
class NaiveTree {
public:
    /// @param forkAt  From this leaf on, other leaves.
    explicit NaiveTree(std::uint64_t size, std::uint64_t forkAt = ~std::uint64_t{0})
    {
        for (std::uint64_t i = 0; i < size; ++i)
            leaves_.push_back(
                ledger::leafHash(viewOf((i < forkAt ? "leaf " : "other ") + std::to_string(i))));
    }

    const Hash& leaf(std::uint64_t index) const { return leaves_.at(static_cast<std::size_t>(index)); }
    Hash root(std::uint64_t size) const { return size == 0 ? ledger::emptyRoot() : hash(0, size); }
    Hash subtree(unsigned level, std::uint64_t index) const
    {
        return hash(index << level, std::uint64_t{1} << level);
    }
    /// PATH of section 2.1.3.1.
    std::vector<Hash> auditPath(std::uint64_t index, std::uint64_t size) const
    {
        return path(index, 0, size);
    }
    /// PROOF of section 2.1.4.1; empty from an empty tree.
    std::vector<Hash> consistency(std::uint64_t from, std::uint64_t to) const
    {
        return from == 0 ? std::vector<Hash>() : subproof(from, 0, to, true);
    }
    /// Complete subtrees only, as a store has them.
    ledger::SubtreeSource source() const
    {
        return [this](unsigned level, std::uint64_t index) -> Result<Hash> {
            if ((index + 1) << level > leaves_.size())
                return fail(Errc::NotFound, "not a complete subtree");
            return subtree(level, index);
        };
    }

private:
    static std::uint64_t split(std::uint64_t size)
    {
        std::uint64_t left = 1;
        while (left * 2 < size)
            left *= 2;
        return left;
    }
    Hash hash(std::uint64_t begin, std::uint64_t size) const
    {
        if (size == 1)
            return leaf(begin);
        const std::uint64_t left = split(size);
        return ledger::nodeHash(hash(begin, left), hash(begin + left, size - left));
    }
    std::vector<Hash> path(std::uint64_t index, std::uint64_t begin, std::uint64_t size) const
    {
        if (size == 1)
            return {};
        const std::uint64_t left = split(size);
        const bool inLeft = index < left;
        std::vector<Hash> hashes
            = inLeft ? path(index, begin, left) : path(index - left, begin + left, size - left);
        hashes.push_back(inLeft ? hash(begin + left, size - left) : hash(begin, left));
        return hashes;
    }
    std::vector<Hash> subproof(std::uint64_t from, std::uint64_t begin, std::uint64_t size, bool known) const
    {
        if (from == size)
            return known ? std::vector<Hash>() : std::vector<Hash>{hash(begin, size)};
        const std::uint64_t left = split(size);
        const bool inLeft = from <= left;
        std::vector<Hash> hashes = inLeft ? subproof(from, begin, left, known)
                                          : subproof(from - left, begin + left, size - left, false);
        hashes.push_back(inLeft ? hash(begin + left, size - left) : hash(begin, left));
        return hashes;
    }

    std::vector<Hash> leaves_;
};

inline std::vector<Hash> sorted(std::vector<Hash> hashes)
{
    std::ranges::sort(hashes);
    return hashes;
}

}  // namespace teren::test
