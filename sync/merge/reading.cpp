// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/reading.h"

#include <algorithm>
#include <tuple>

namespace teren {
namespace {

std::optional<std::size_t> latestOf(const std::vector<DistinctValue>& values)
{
    const auto lastWriting = [](const DistinctValue& value) {
        const Writing& last = value.writings.back();
        return std::tuple(last.stamp, last.dot, last.index);
    };
    const auto latest = std::ranges::max_element(values, {}, lastWriting);
    if (latest == values.end())
        return std::nullopt;
    return static_cast<std::size_t>(latest - values.begin());
}

auto placeInTime(const HistoryEntry& entry)
{
    return std::tuple(entry.value.stamp, entry.value.dot, entry.value.index);
}

bool sawAnyOf(const HistoryEntry& entry, std::span<const HistoryEntry> others)
{
    return std::ranges::any_of(
        others, [&](const HistoryEntry& other) { return entry.seen.contains(other.value.dot); });
}

}  // namespace

Reading read(ReadingPolicy policy, const Register& field)
{
    Reading reading{field.distinctValues(), false, std::nullopt};
    switch (policy) {
    case ReadingPolicy::Set:
        std::erase_if(reading.values, [](const DistinctValue& value) { return value.value.empty(); });
        return reading;
    case ReadingPolicy::Latest:
        reading.inForce = latestOf(reading.values);
        return reading;
    case ReadingPolicy::Register:
    case ReadingPolicy::Text:
    case ReadingPolicy::Append:
        reading.inConflict = reading.values.size() > 1;
        if (reading.values.size() == 1)
            reading.inForce = 0;
        return reading;
    }
    return reading;
}

void sortCausally(std::vector<HistoryEntry>& history)
{
    std::ranges::sort(history, {}, placeInTime);
    // Stamps nearly always agree with causes; a device whose clock was wrong is put right here: the first
    // in time that has seen nothing of the rest comes next.
    for (auto next = history.begin(); next != history.end(); ++next) {
        const std::span<const HistoryEntry> rest(next, history.end());
        const auto first = std::find_if(
            next, history.end(), [&](const HistoryEntry& entry) { return !sawAnyOf(entry, rest); });
        if (first != history.end())
            std::rotate(next, first, std::next(first));
    }
}

Amendments amendmentsOf(std::vector<HistoryEntry> history)
{
    sortCausally(history);
    Amendments result;
    for (HistoryEntry& entry : history) {
        // All that it could have seen stands before it, and an original has been moved out to `originals`.
        const bool amends = sawAnyOf(entry, result.originals) || sawAnyOf(entry, result.amendments);
        (amends ? result.amendments : result.originals).push_back(std::move(entry));
    }
    return result;
}

std::optional<Tombstone> withdrawalOf(const RecordState& record)
{
    if (record.presence() != Presence::Deleted)
        return std::nullopt;
    return *std::ranges::max_element(record.tombstones, {}, [](const Tombstone& tombstone) {
        return std::tuple(tombstone.stamp, tombstone.dot);
    });
}

std::vector<FieldValue> commonBase(std::span<const HistoryEntry> history, std::span<const Dot> sides)
{
    const auto isSide
        = [&](const HistoryEntry& entry) { return std::ranges::find(sides, entry.value.dot) != sides.end(); };
    const auto seenByAll = [&](const HistoryEntry& base) {
        return std::ranges::all_of(history, [&](const HistoryEntry& entry) {
            return !isSide(entry) || entry.seen.contains(base.value.dot);
        });
    };
    std::vector<HistoryEntry> candidates;
    if (std::ranges::any_of(history, isSide))
        std::ranges::copy_if(history, std::back_inserter(candidates), seenByAll);
    std::vector<FieldValue> base;
    for (const HistoryEntry& candidate : candidates) {
        const auto replaces = [&](const HistoryEntry& other) {
            return other.value.kind == OpKind::Assign && other.seen.contains(candidate.value.dot);
        };
        if (std::ranges::none_of(candidates, replaces))
            base.push_back(candidate.value);
    }
    std::ranges::sort(
        base, {}, [](const FieldValue& value) { return std::tuple(value.stamp, value.dot, value.index); });
    return base;
}

}  // namespace teren
