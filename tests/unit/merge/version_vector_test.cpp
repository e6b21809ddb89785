// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/property.h"
#include "tests/unit/merge/desk.h"

namespace teren::test {
namespace {

VersionVector someVector()
{
    VersionVector vector;
    for (const auto& [device, seq] :
         *rc::gen::arbitrary<std::vector<std::pair<std::uint8_t, std::uint8_t>>>())
        vector.add({authorOf(device % 5, device % 2), seq});
    return vector;
}

VersionVector merged(VersionVector left, const VersionVector& right)
{
    left.merge(right);
    return left;
}

}  // namespace

TEST_CASE("version vector: has seen a device's work up to a number", "[merge]")
{
    VersionVector seen;
    CHECK_FALSE(seen.contains({authorOf(1), 1}));
    seen.add({authorOf(1), 3});
    seen.add({authorOf(1), 2});
    CHECK(seen.of(authorOf(1)) == 3);
    CHECK(seen.contains({authorOf(1), 1}));
    CHECK_FALSE(seen.contains({authorOf(1), 4}));
    CHECK_FALSE(seen.contains({authorOf(1, 2), 1}));
    CHECK_FALSE(seen.contains({authorOf(2), 1}));
}

TEST_CASE("version vector: number 0 adds nothing", "[merge]")
{
    VersionVector seen;
    seen.add({authorOf(1), 0});
    CHECK(seen == VersionVector{});
}

TEST_CASE("version vector: entries are sorted by device, then life", "[merge]")
{
    VersionVector seen;
    seen.add({authorOf(2, 1), 1});
    seen.add({authorOf(1, 9), 1});
    seen.add({authorOf(1, 2), 1});
    REQUIRE(seen.entries().size() == 3);
    CHECK(std::ranges::is_sorted(seen.entries()));
    CHECK(seen.entries().front().author == authorOf(1, 2));
}

TEST_CASE("version vector law: merging is commutative, associative and idempotent", "[merge]")
{
    checkLaw([] {
        const VersionVector a = someVector();
        const VersionVector b = someVector();
        const VersionVector c = someVector();
        RC_ASSERT((merged(a, b) == merged(b, a)));
        RC_ASSERT((merged(merged(a, b), c) == merged(a, merged(b, c))));
        RC_ASSERT((merged(a, a) == a));
    });
}

TEST_CASE("version vector law: the merge is the least that covers both", "[merge]")
{
    checkLaw([] {
        const VersionVector a = someVector();
        const VersionVector b = someVector();
        const VersionVector both = merged(a, b);
        RC_ASSERT(both.covers(a) && both.covers(b));
        for (const VersionVector::Entry& entry : both.entries())
            RC_ASSERT(entry.seq == std::max(a.of(entry.author), b.of(entry.author)));
        RC_ASSERT(a.covers(b) == (both == a));
    });
}

}  // namespace teren::test
