// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/fractional_order.h"

#include "crypto/base/limits.h"
#include "tests/support/property.h"
#include "tests/support/seeded.h"

#include <algorithm>
#include <set>

namespace teren::test {
namespace {

/// Rows in order, and where the next one goes.
struct Rows {
    std::vector<std::string> keys;
    SeededRandom random{1};

    /// @return the key put in before the row at `place`.
    const std::string& putAt(std::size_t place)
    {
        std::optional<std::string_view> left;
        std::optional<std::string_view> right;
        if (place > 0)
            left = keys[place - 1];
        if (place < keys.size())
            right = keys[place];
        const std::string key = orderBetween(left, right, random);
        return *keys.insert(keys.begin() + static_cast<std::ptrdiff_t>(place), key);
    }
    bool inOrder() const
    {
        return std::ranges::adjacent_find(keys, std::ranges::greater_equal()) == keys.end();
    }
    std::size_t longest() const { return std::ranges::max(keys, {}, &std::string::size).size(); }
};

bool isPrintable(const std::string& key)
{
    return std::ranges::all_of(key, [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

TEST_CASE("order: ten thousand rows added at the end keep short keys", "[merge]")
{
    Rows rows;
    for (std::size_t i = 0; i < 10'000; ++i)
        rows.putAt(i);
    CHECK(rows.inOrder());
    CHECK(rows.longest() <= 10);
}

TEST_CASE("order: ten thousand rows added at the start keep short keys", "[merge]")
{
    Rows rows;
    for (std::size_t i = 0; i < 10'000; ++i) {
        const std::string first = rows.keys.empty() ? "" : rows.keys.back();
        rows.keys.push_back(orderBetween(
            std::nullopt, first.empty() ? std::nullopt : std::optional<std::string_view>(first),
            rows.random));
    }
    std::ranges::reverse(rows.keys);
    CHECK(rows.inOrder());
    CHECK(rows.longest() <= 10);
}

TEST_CASE("order: a thousand rows put into one gap grow slowly", "[merge]")
{
    Rows rows;
    rows.putAt(0);
    rows.putAt(1);
    for (int i = 0; i < 1'000; ++i)
        rows.putAt(1);
    CHECK(rows.inOrder());
    CHECK(rows.longest() < 300);
}

TEST_CASE("order: rows put into one gap apart both stay, and between the same two", "[merge]")
{
    Rows rows;
    rows.putAt(0);
    rows.putAt(1);
    std::set<std::string> keys;
    for (std::uint64_t device = 0; device < 1'000; ++device) {
        SeededRandom random(device);
        const std::string key = orderBetween(rows.keys[0], rows.keys[1], random);
        CHECK((rows.keys[0] < key && key < rows.keys[1]));
        keys.insert(key);
    }
    CHECK(keys.size() == 1'000);
}

TEST_CASE("order: two first rows made apart differ", "[merge]")
{
    SeededRandom anna(1);
    SeededRandom jan(2);
    CHECK(orderBetween({}, {}, anna) != orderBetween({}, {}, jan));
}

TEST_CASE("order law: wherever a row is put, it is there, and its key is printable", "[merge]")
{
    checkLaw([] {
        Rows rows;
        for (const std::uint16_t place :
             *rc::gen::resize(400, rc::gen::arbitrary<std::vector<std::uint16_t>>()))
            RC_ASSERT(isPrintable(rows.putAt(place % (rows.keys.size() + 1))));
        RC_ASSERT(rows.inOrder());
    });
}

TEST_CASE("order: at the last and the first integer there is still room", "[merge]")
{
    Rows rows;
    rows.keys = {"A" + std::string(26, '0') + "1", "z" + std::string(26, 'z') + "z"};
    rows.putAt(0);
    rows.putAt(3);
    rows.putAt(0);
    rows.putAt(5);
    CHECK(rows.inOrder());
}

TEST_CASE("order: keys that no device of ours makes are taken for none", "[merge]")
{
    SeededRandom random(1);
    for (const std::string_view odd : {"", "a", "a0", "a00", "0abc", "b0V", "ą0V", "a0V!"}) {
        const std::string key = orderBetween(odd, std::nullopt, random);
        CHECK(key.substr(0, 2) == "a0");
    }
}

TEST_CASE("order: no key grows over the limit, whatever its neighbours are", "[merge]")
{
    SeededRandom random(5);
    const std::string long1 = "a1" + std::string(limits::kOrderKeyMax - 2, 'V');
    const std::string long2 = "a1" + std::string(limits::kOrderKeyMax - 3, 'V') + "W";
    CHECK(orderBetween(long1, long2, random).size() < 32);
    std::string left = orderBetween({}, {}, random);
    const std::string right = orderBetween(left, {}, random);
    for (int i = 0; i < 5'000; ++i) {
        left = orderBetween(left, right, random);
        REQUIRE(left.size() <= limits::kOrderKeyMax);
    }
}

TEST_CASE("order: between two rows with one key, the new one comes right after", "[merge]")
{
    SeededRandom random(1);
    const std::string key = orderBetween("a0V", "a0V", random);
    CHECK(key > "a0V");
    CHECK(key < "a1");
    CHECK(orderBetween("a5V", "a0V", random) > "a5V");
}

}  // namespace teren::test
