// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/merkle.h"

#include "tests/support/catch.h"
#include "tests/support/naive_tree.h"
#include "tests/support/seeded.h"

#include "crypto/sign/hash.h"

#include <bit>

namespace teren::ledger {
namespace {

using test::NaiveTree;

std::map<std::uint64_t, Hash> pick(const NaiveTree& tree, const std::vector<std::uint64_t>& indexes)
{
    std::map<std::uint64_t, Hash> leaves;
    for (const std::uint64_t index : indexes)
        leaves.emplace(index, tree.leaf(index));
    return leaves;
}

/// Flips one bit of one hash at a time and counts the proofs that still pass.
template <typename Verify>
std::size_t countForgeries(const std::vector<Hash>& proof, const Verify& verify)
{
    std::size_t passed = 0;
    for (std::size_t i = 0; i < proof.size(); ++i) {
        std::vector<Hash> forged = proof;
        forged[i][i % 32] ^= 0x40;
        passed += verify(forged).has_value() ? 1 : 0;
    }
    for (std::size_t size = 0; size < proof.size(); ++size)
        passed += verify(std::vector<Hash>(proof.begin(), proof.begin() + static_cast<long>(size))) ? 1 : 0;
    std::vector<Hash> extended = proof;
    extended.push_back(proof.empty() ? Hash{} : proof.back());
    passed += verify(extended).has_value() ? 1 : 0;
    return passed;
}

}  // namespace

TEST_CASE("merkle: the compact tree has the root of RFC 9162's definition at every size")
{
    const NaiveTree naive(140);
    CompactTree tree;
    REQUIRE(tree.root() == emptyRoot());
    for (std::uint64_t size = 1; size <= 140; ++size) {
        tree.append(naive.leaf(size - 1));
        REQUIRE(tree.root() == naive.root(size));
        REQUIRE(tree.nodes().size() == static_cast<std::size_t>(std::popcount(size)));
        const auto again = CompactTree::from(size, tree.nodes());
        REQUIRE(again.has_value());
        REQUIRE(again->root() == tree.root());
    }
    CHECK(CompactTree::from(5, {Hash{}}).error().code == Errc::Malformed);
}

TEST_CASE("merkle: appending reports each complete subtree once")
{
    const NaiveTree naive(70);
    std::map<std::pair<unsigned, std::uint64_t>, Hash> reported;
    CompactTree tree;
    for (std::uint64_t i = 0; i < 70; ++i)
        tree.append(naive.leaf(i), [&](unsigned level, std::uint64_t index, const Hash& hash) {
            CHECK(reported.emplace(std::pair(level, index), hash).second);
        });
    std::size_t expected = 0;
    for (unsigned level = 0; (std::uint64_t{1} << level) <= 70; ++level)
        for (std::uint64_t index = 0; (index + 1) << level <= 70; ++index) {
            ++expected;
            REQUIRE(reported.at({level, index}) == naive.subtree(level, index));
        }
    CHECK(reported.size() == expected);
}

TEST_CASE("merkle: leaf and node hashes differ in their first byte")
{
    const Bytes two(64, 7);
    Hash half{};
    half.fill(7);
    CHECK(leafHash(two) != nodeHash(half, half));
    CHECK(nodeHash(half, half) == blake2b({std::array<std::uint8_t, 1>{1}, two}));
    CHECK(leafHash(two) == blake2b({std::array<std::uint8_t, 1>{0}, two}));
}

TEST_CASE("merkle: consistency between all sizes up to 70, and nothing else")
{
    const NaiveTree tree(70);
    for (std::uint64_t to = 0; to <= 70; ++to)
        for (std::uint64_t from = 0; from <= to; ++from) {
            const auto proof = consistencyProof(from, to, tree.source());
            REQUIRE(proof.has_value());
            REQUIRE(*proof == tree.consistency(from, to));
            const auto verify = [&](const std::vector<Hash>& hashes) {
                return verifyConsistency(from, tree.root(from), to, tree.root(to), hashes);
            };
            REQUIRE(verify(*proof).has_value());
            REQUIRE(countForgeries(*proof, verify) == 0);
            if (from == 0)
                continue;
            Hash other = tree.root(from);
            other[3] ^= 1;
            REQUIRE_FALSE(verifyConsistency(from, other, to, tree.root(to), *proof).has_value());
            REQUIRE_FALSE(verifyConsistency(from, tree.root(from), to, other, *proof).has_value());
        }
    CHECK(consistencyProof(3, 2, tree.source()).error().code == Errc::Invalid);
    CHECK(verifyConsistency(3, tree.root(3), 2, tree.root(2), {}).error().code == Errc::Forged);
}

TEST_CASE("merkle: a log that forked is not consistent")
{
    const NaiveTree tree(40);
    const NaiveTree fork(40, 17);
    for (std::uint64_t from = 18; from < 40; ++from) {
        const auto proof = consistencyProof(from, 40, fork.source());
        REQUIRE(
            verifyConsistency(from, tree.root(from), 40, fork.root(40), *proof).error().code == Errc::Forged);
    }
}

TEST_CASE("merkle: a proof is no proof of a size that takes more hashes or fewer")
{
    const NaiveTree tree(33);
    for (std::uint64_t from = 1; from <= 33; ++from)
        for (std::uint64_t to = from + 1; to <= 33; ++to) {
            const auto proof = consistencyProof(from, to, tree.source());
            REQUIRE(proof.has_value());
            for (const std::uint64_t claimed : {from, 2 * std::bit_ceil(to), 8 * std::bit_ceil(to)})
                REQUIRE_FALSE(verifyConsistency(from, tree.root(from), claimed, tree.root(to), *proof));
        }
}

TEST_CASE("merkle: inclusion of every single leaf is RFC 9162's audit path, left to right")
{
    const NaiveTree tree(70);
    for (std::uint64_t size = 1; size <= 70; ++size)
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto proof = inclusionProof({index}, size, tree.source());
            REQUIRE(proof.has_value());
            REQUIRE(proof->size() == tree.auditPath(index, size).size());
            REQUIRE(test::sorted(*proof) == test::sorted(tree.auditPath(index, size)));
            const auto verify = [&](const std::vector<Hash>& hashes) {
                return verifyInclusion(pick(tree, {index}), size, tree.root(size), hashes);
            };
            REQUIRE(verify(*proof).has_value());
            REQUIRE(countForgeries(*proof, verify) == 0);
        }
}

TEST_CASE("merkle: multiproofs of random subsets of every size up to 70")
{
    const NaiveTree tree(70);
    test::SeededRandom random(1);
    for (std::uint64_t size = 1; size <= 70; ++size)
        for (unsigned percent : {0U, 3U, 20U, 50U, 80U, 100U}) {
            std::vector<std::uint64_t> indexes;
            for (std::uint64_t i = 0; i < size; ++i)
                if (random.chance(percent))
                    indexes.push_back(i);
            const auto proof = inclusionProof(indexes, size, tree.source());
            REQUIRE(proof.has_value());
            auto leaves = pick(tree, indexes);
            const auto verify = [&](const std::vector<Hash>& hashes) {
                return verifyInclusion(leaves, size, tree.root(size), hashes);
            };
            REQUIRE(verify(*proof).has_value());
            REQUIRE(countForgeries(*proof, verify) == 0);
            for (const std::uint64_t index : indexes) {
                leaves.at(index)[0] ^= 1;
                REQUIRE_FALSE(verify(*proof).has_value());
                leaves.at(index)[0] ^= 1;
            }
        }
}

TEST_CASE("merkle: all leaves need no proof, and a leaf past the end is refused")
{
    const NaiveTree tree(9);
    CHECK(inclusionProof({0, 1, 2, 3, 4, 5, 6, 7, 8}, 9, tree.source())->empty());
    CHECK(inclusionProof({9}, 9, tree.source()).error().code == Errc::Invalid);
    CHECK(inclusionProof({4, 4}, 9, tree.source()).error().code == Errc::Invalid);
    CHECK(inclusionProof({5, 4}, 9, tree.source()).error().code == Errc::Invalid);
    auto leaves = pick(tree, {8});
    const auto proof = inclusionProof({8}, 9, tree.source());
    leaves.emplace(9, tree.leaf(0));
    CHECK(verifyInclusion(leaves, 9, tree.root(9), *proof).error().code == Errc::Forged);
    CHECK(verifyInclusion({{0, Hash{}}}, 0, emptyRoot(), {}).error().code == Errc::Forged);
    CHECK(verifyInclusion({}, 0, emptyRoot(), {}).has_value());
}

TEST_CASE("merkle: a leaf at another index than its own is not included")
{
    const NaiveTree tree(20);
    for (std::uint64_t index = 0; index + 1 < 20; ++index) {
        const auto proof = inclusionProof({index}, 20, tree.source());
        const std::map<std::uint64_t, Hash> moved{{index + 1, tree.leaf(index)}};
        REQUIRE_FALSE(verifyInclusion(moved, 20, tree.root(20), *proof).has_value());
    }
}

TEST_CASE("merkle: an absurd size ends quickly")
{
    const std::map<std::uint64_t, Hash> leaf{{std::uint64_t{1} << 62, Hash{}}};
    CHECK(
        verifyInclusion(leaf, ~std::uint64_t{0}, Hash{}, std::vector<Hash>(64)).error().code == Errc::Forged);
    CHECK(
        verifyConsistency(1, Hash{}, ~std::uint64_t{0}, Hash{}, std::vector<Hash>(100)).error().code
        == Errc::Forged);
}

TEST_CASE("merkle: a store's failure passes through")
{
    const SubtreeSource broken
        = [](unsigned, std::uint64_t) -> Result<Hash> { return fail(Errc::Damaged, "gone"); };
    CHECK(consistencyProof(3, 7, broken).error().code == Errc::Damaged);
    CHECK(inclusionProof({3}, 7, broken).error().code == Errc::Damaged);
}

}  // namespace teren::ledger
