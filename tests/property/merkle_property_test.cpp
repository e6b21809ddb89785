// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/merkle.h"

#include "tests/support/property.h"

#include <set>

namespace teren::ledger {
namespace {

/// A log as a server keeps it: what appending reported, nothing else.
struct Log {
    std::map<std::pair<unsigned, std::uint64_t>, Hash> subtrees;
    std::vector<Hash> roots{emptyRoot()};
    CompactTree tree;

    explicit Log(std::uint64_t size, std::uint64_t salt = 0)
    {
        for (std::uint64_t i = 0; i < size; ++i) {
            const std::string text = std::to_string(salt) + "/" + std::to_string(i);
            tree.append(leafHash(viewOf(text)), [&](unsigned level, std::uint64_t index, const Hash& hash) {
                subtrees.emplace(std::pair(level, index), hash);
            });
            roots.push_back(tree.root());
        }
    }
    SubtreeSource source() const
    {
        return [this](unsigned level, std::uint64_t index) -> Result<Hash> {
            const auto found = subtrees.find({level, index});
            if (found == subtrees.end())
                return fail(Errc::NotFound, "not a complete subtree");
            return found->second;
        };
    }
};

const Log& sharedLog()
{
    static const Log log(3'000);
    return log;
}

std::map<std::uint64_t, Hash> leavesOf(const Log& log, const std::set<std::uint64_t>& indexes)
{
    std::map<std::uint64_t, Hash> leaves;
    for (const std::uint64_t index : indexes)
        leaves.emplace(index, log.subtrees.at({0, index}));
    return leaves;
}

}  // namespace

TEST_CASE("merkle property: any entries of any past state are proven, and nothing else by the same proof")
{
    const Log& log = sharedLog();
    test::checkLaw([&] {
        const auto size = *rc::gen::inRange<std::uint64_t>(1, 3'001);
        const auto indexes
            = *rc::gen::container<std::set<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, size));
        const std::vector<std::uint64_t> asked(indexes.begin(), indexes.end());
        const auto proof = inclusionProof(asked, size, log.source());
        RC_ASSERT(proof.has_value());
        auto leaves = leavesOf(log, indexes);
        const Hash& root = log.roots[static_cast<std::size_t>(size)];
        RC_ASSERT(verifyInclusion(leaves, size, root, *proof).has_value());
        if (!leaves.empty()) {
            auto wrong = leaves;
            std::next(wrong.begin(), *rc::gen::inRange<long>(0, static_cast<long>(wrong.size())))->second[7]
                ^= 1;
            RC_ASSERT(!verifyInclusion(wrong, size, root, *proof).has_value());
        }
        if (!proof->empty()) {
            auto wrong = *proof;
            wrong[*rc::gen::inRange<std::size_t>(0, wrong.size())][9] ^= 1;
            RC_ASSERT(!verifyInclusion(leaves, size, root, wrong).has_value());
        }
    });
}

TEST_CASE("merkle property: every past state is consistent with every later one, and no other log is")
{
    const Log& log = sharedLog();
    static const Log other(3'000, 1);
    test::checkLaw([&] {
        const auto to = *rc::gen::inRange<std::uint64_t>(1, 3'001);
        const auto from = *rc::gen::inRange<std::uint64_t>(1, to + 1);
        const auto proof = consistencyProof(from, to, log.source());
        RC_ASSERT(proof.has_value());
        const Hash& before = log.roots[static_cast<std::size_t>(from)];
        const Hash& after = log.roots[static_cast<std::size_t>(to)];
        RC_ASSERT(verifyConsistency(from, before, to, after, *proof).has_value());
        const Hash& foreign = other.roots[static_cast<std::size_t>(from)];
        RC_ASSERT(!verifyConsistency(from, foreign, to, after, *proof).has_value());
        const auto otherProof = consistencyProof(from, to, other.source());
        RC_ASSERT(
            !verifyConsistency(from, before, to, other.roots[static_cast<std::size_t>(to)], *otherProof));
    });
}

TEST_CASE("merkle property: a compact tree taken up anywhere goes on as if it had never stopped")
{
    const Log& log = sharedLog();
    test::checkLaw(
        [&] {
            const auto size = *rc::gen::inRange<std::uint64_t>(0, 3'000);
            CompactTree tree;
            for (std::uint64_t i = 0; i < size; ++i)
                tree.append(log.subtrees.at({0, i}));
            auto again = CompactTree::from(tree.size(), tree.nodes());
            RC_ASSERT(again.has_value());
            again->append(log.subtrees.at({0, size}));
            RC_ASSERT(again->root() == log.roots[static_cast<std::size_t>(size) + 1]);
        },
        40);
}

}  // namespace teren::ledger
