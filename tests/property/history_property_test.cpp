// SPDX-License-Identifier: EUPL-1.2
#include "app/service/values_before.h"
#include "tests/support/catch.h"
#include "tests/support/seeded.h"

#include <array>

namespace teren::service {
namespace {

/// By the words of the definition: of all assignments to the field that the author had seen, the newest, and
/// of two of the same moment the one that the history tells first.
const store::HistoryEntry* valueBefore(
    const std::vector<store::HistoryEntry>& all, const store::HistoryEntry& entry)
{
    const store::HistoryEntry* before = nullptr;
    for (const store::HistoryEntry& other : all)
        if (other.field == entry.field && other.value.kind == OpKind::Assign
            && entry.seen.contains(other.value.dot)
            && (before == nullptr || before->value.stamp < other.value.stamp))
            before = &other;
    return before;
}

Author authorOf(std::uint64_t number)
{
    Author author;
    author.device.bytes[0] = static_cast<std::uint8_t>(number / 2);
    author.life = number % 2;
    return author;
}

/// A history as unlike a sound one as can be: clocks run backwards, entries stand in any order and twice.
std::vector<store::HistoryEntry> anyHistory(test::SeededRandom& random)
{
    constexpr std::array kKinds{OpKind::Assign, OpKind::Assign, OpKind::Assign,
                                OpKind::SetAdd, OpKind::Insert, OpKind::Delete};
    constexpr std::uint64_t kAuthors = 4;
    constexpr std::uint64_t kSeqMax = 6;
    std::vector<store::HistoryEntry> all(random.below(24));
    for (store::HistoryEntry& entry : all) {
        entry.field = random.chance(50) ? "text" : "date";
        entry.value.kind = kKinds.at(random.below(kKinds.size()));
        entry.value.dot = {authorOf(random.below(kAuthors)), random.below(kSeqMax)};
        entry.value.stamp.tick = static_cast<std::uint16_t>(random.below(8));
        for (std::uint64_t number = 0; number < kAuthors; ++number)
            if (random.chance(60))
                entry.seen.add({authorOf(number), 1 + random.below(kSeqMax)});
    }
    return all;
}

}  // namespace

TEST_CASE("history: the value before is the newest that its author had seen", "[service][property]")
{
    test::SeededRandom random(20'261'122);
    std::size_t found = 0;
    for (int round = 0; round < 3'000; ++round) {
        const std::vector<store::HistoryEntry> all = anyHistory(random);
        const ValuesBefore values(all);
        for (const store::HistoryEntry& entry : all) {
            const store::HistoryEntry* expected = valueBefore(all, entry);
            REQUIRE(values.of(entry) == expected);
            found += expected != nullptr ? 1 : 0;
        }
    }
    CHECK(found > 1'000);
}

}  // namespace teren::service
