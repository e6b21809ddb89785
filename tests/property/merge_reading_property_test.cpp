// SPDX-License-Identifier: EUPL-1.2
//
// Goal: histories are put in the order of the definition, "the first in time that has seen nothing of the
// rest comes next", whatever stamps and seen vectors a hostile device makes up, and in time that people do
// not notice.
//
// Methodology: small random histories, circles among them, against the definition word by word.
#include "sync/merge/reading.h"
#include "tests/support/property.h"
#include "tests/unit/merge/desk.h"

#include <algorithm>

namespace teren::test {
namespace {

Author writerOf(unsigned number)
{
    DeviceId device;
    device.bytes.fill(static_cast<std::uint8_t>(number));
    return {device, number % 2};
}

/// Two bits to three of every script byte decide something.
std::vector<HistoryEntry> historyFrom(const std::vector<std::uint8_t>& script)
{
    std::vector<HistoryEntry> history;
    for (std::size_t i = 0; i + 4 < script.size() && history.size() < 24; i += 5) {
        HistoryEntry entry;
        entry.value.dot = {writerOf(script[i] % 4), 1U + script[i] / 4 % 6};
        entry.value.index = static_cast<std::uint32_t>(i);
        entry.value.kind = script[i] >= 128 ? OpKind::SetAdd : OpKind::Assign;
        entry.value.stamp.wall += std::chrono::milliseconds(script[i + 1] % 16);
        for (unsigned author = 0; author < 3; ++author)
            if (const unsigned seq = script[i + 2 + author] % 5; seq > 0)
                entry.seen.add({writerOf(author), seq});
        history.push_back(std::move(entry));
    }
    return history;
}

void sortByDefinition(std::vector<HistoryEntry>& history)
{
    std::ranges::sort(history, {}, [](const HistoryEntry& entry) {
        return std::tuple(entry.value.stamp, entry.value.dot, entry.value.index);
    });
    for (auto next = history.begin(); next != history.end(); ++next) {
        const auto first = std::find_if(next, history.end(), [&](const HistoryEntry& entry) {
            return std::none_of(next, history.end(), [&](const HistoryEntry& other) {
                return entry.seen.contains(other.value.dot);
            });
        });
        if (first != history.end())
            std::rotate(next, first, std::next(first));
    }
}

}  // namespace

TEST_CASE("reading law: a history is put in the order of the definition", "[merge]")
{
    checkLaw(
        [] {
            auto history
                = historyFrom(*rc::gen::resize(120, rc::gen::arbitrary<std::vector<std::uint8_t>>()));
            auto expected = history;
            sortByDefinition(expected);
            sortCausally(history);
            RC_ASSERT((history == expected));
        },
        2'000);
}

TEST_CASE("reading law: an amendment is what has seen anything before it", "[merge]")
{
    checkLaw(
        [] {
            auto history
                = historyFrom(*rc::gen::resize(120, rc::gen::arbitrary<std::vector<std::uint8_t>>()));
            auto sorted = history;
            sortByDefinition(sorted);
            Amendments expected;
            for (auto entry = sorted.begin(); entry != sorted.end(); ++entry) {
                const bool amends = std::any_of(sorted.begin(), entry, [&](const HistoryEntry& before) {
                    return entry->seen.contains(before.value.dot);
                });
                (amends ? expected.amendments : expected.originals).push_back(*entry);
            }
            RC_ASSERT((amendmentsOf(history) == expected));
        },
        1'000);
}

TEST_CASE(
    "reading law: of what is written once the first accepted counts, however it was delivered", "[merge]")
{
    checkLaw(
        [] {
            auto history
                = historyFrom(*rc::gen::resize(120, rc::gen::arbitrary<std::vector<std::uint8_t>>()));
            for (HistoryEntry& entry : history)
                entry.value.value = {static_cast<std::uint8_t>('a' + entry.value.index % 4)};
            const auto mayCount = [](ByteView value) { return value[0] == 'b' || value[0] == 'c'; };
            auto sorted = history;
            sortByDefinition(sorted);
            const auto first = std::ranges::find_if(
                sorted, [&](const HistoryEntry& entry) { return mayCount(ByteView(entry.value.value)); });
            WrittenOnce expected;
            for (const HistoryEntry& entry : sorted)
                (first != sorted.end() && entry.value.value == first->value.value ? expected.writings
                                                                                  : expected.attempts)
                    .push_back(entry);
            const WrittenOnce once = readOnce(history, mayCount);
            RC_ASSERT((once == expected));
            std::ranges::reverse(history);
            RC_ASSERT((readOnce(history, mayCount) == once));
        },
        1'000);
}

TEST_CASE("reading: a long history whose stamps run backwards is put in order at once", "[merge]")
{
    // By the definition, word by word, this takes hours.
    constexpr std::uint64_t kEntries = 20'000;
    std::vector<HistoryEntry> history;
    for (std::uint64_t i = 1; i <= kEntries; ++i) {
        HistoryEntry entry;
        entry.value.dot = {writerOf(1), i};
        entry.value.stamp.wall += std::chrono::milliseconds(kEntries - i);
        if (i > 1)
            entry.seen.add({writerOf(1), i - 1});
        history.push_back(std::move(entry));
    }
    sortCausally(history);
    CHECK(std::ranges::is_sorted(history, {}, [](const HistoryEntry& entry) { return entry.value.dot.seq; }));
    CHECK(amendmentsOf(history).originals.size() == 1);
}

}  // namespace teren::test
