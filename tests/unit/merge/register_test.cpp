// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/catch.h"
#include "tests/unit/merge/desk.h"

namespace teren::test {
namespace {

FieldValue assigned(Dot dot, std::string_view value, std::int64_t at = 0)
{
    return {dot, 0, OpKind::Assign, stampAt(at), text(value)};
}

FieldValue added(Dot dot, std::string_view value, std::uint32_t index = 0)
{
    return {dot, index, OpKind::SetAdd, {}, text(value)};
}

VersionVector having(std::initializer_list<Dot> dots)
{
    VersionVector seen;
    for (const Dot& dot : dots)
        seen.add(dot);
    return seen;
}

const Dot kAnna1{authorOf(1), 1};
const Dot kAnna2{authorOf(1), 2};
const Dot kJan1{authorOf(2), 1};
const Dot kEwa1{authorOf(3), 1};

}  // namespace

TEST_CASE("register: a later date takes the place of the one its author had on the screen", "[merge]")
{
    Register date;
    date.assign({}, assigned(kAnna1, "2026-04-02"));
    date.assign(having({kAnna1}), assigned(kJan1, "2026-04-03"));
    CHECK(date.values() == std::vector{assigned(kJan1, "2026-04-03")});
    CHECK_FALSE(date.inConflict());
}

TEST_CASE("register: two dates written apart both stay, and are a conflict", "[merge]")
{
    Register date;
    date.assign({}, assigned(kJan1, "2026-04-03"));
    date.assign({}, assigned(kAnna1, "2026-04-02"));
    CHECK(date.values() == std::vector{assigned(kAnna1, "2026-04-02"), assigned(kJan1, "2026-04-03")});
    CHECK(date.inConflict());
}

TEST_CASE("register: the same date written apart is one date with two writings", "[merge]")
{
    Register date;
    date.assign({}, assigned(kJan1, "2026-04-02", 9));
    date.assign({}, assigned(kAnna1, "2026-04-02", 8));
    CHECK_FALSE(date.inConflict());
    REQUIRE(date.distinctValues().size() == 1);
    const std::vector<Writing> writings{{kAnna1, 0, stampAt(8)}, {kJan1, 0, stampAt(9)}};
    CHECK(date.distinctValues().front().writings == writings);
    CHECK(date.values().size() == 2);
}

TEST_CASE("register: a third value decides what it has seen, and no more", "[merge]")
{
    Register date;
    date.assign({}, assigned(kAnna1, "2026-04-02"));
    date.assign({}, assigned(kJan1, "2026-04-03"));
    date.assign(having({kAnna1}), assigned(kEwa1, "2026-04-04"));
    CHECK(date.inConflict());
    date.assign(having({kAnna1, kJan1, kEwa1}), assigned(kAnna2, "2026-04-03"));
    CHECK(date.values() == std::vector{assigned(kAnna2, "2026-04-03")});
}

TEST_CASE("register: sides are shown by who wrote first, whatever their dots", "[merge]")
{
    Register date;
    date.assign({}, assigned(kAnna1, "late", 20));
    date.assign({}, assigned(kJan1, "early", 10));
    REQUIRE(date.distinctValues().size() == 2);
    CHECK(date.distinctValues().front().value == text("early"));
}

TEST_CASE("register: an element added apart from its removal stays", "[merge]")
{
    Register risks;
    risks.setAdd({}, added(kAnna1, "dog"));
    risks.setAdd({}, added(kJan1, "dog"));
    risks.setRemove(having({kAnna1}), text("dog"));
    CHECK(risks.values() == std::vector{added(kJan1, "dog")});
}

TEST_CASE("register: removing an element leaves the others and the assigned values alone", "[merge]")
{
    Register risks;
    risks.setAdd({}, added(kAnna1, "dog", 0));
    risks.setAdd({}, added(kAnna1, "alcohol", 1));
    risks.assign({}, assigned(kJan1, "dog"));
    risks.setRemove(having({kAnna1, kJan1}), text("dog"));
    CHECK(risks.values() == std::vector{added(kAnna1, "alcohol", 1), assigned(kJan1, "dog")});
}

TEST_CASE("register: adding an element again does not pile up", "[merge]")
{
    Register risks;
    risks.setAdd({}, added(kAnna1, "dog"));
    risks.setAdd(having({kAnna1}), added(kAnna2, "dog"));
    CHECK(risks.values() == std::vector{added(kAnna2, "dog")});
    CHECK_FALSE(risks.inConflict());
}

TEST_CASE("register: elements are never a conflict among themselves", "[merge]")
{
    Register risks;
    risks.setAdd({}, added(kAnna1, "dog"));
    risks.setAdd({}, added(kJan1, "alcohol"));
    CHECK_FALSE(risks.inConflict());
    CHECK(risks.distinctValues().size() == 2);
}

}  // namespace teren::test
