// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/reading.h"

#include <algorithm>
#include <map>
#include <set>
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

std::optional<std::size_t> safestOf(
    const std::vector<DistinctValue>& values, std::span<const std::string> safestFirst)
{
    const auto rank = [safestFirst](const DistinctValue& value) -> std::ptrdiff_t {
        if (value.value.empty())
            return std::ssize(safestFirst);
        const auto found = std::ranges::find(safestFirst, textOf(value.value));
        return found == safestFirst.end() ? -1 : found - safestFirst.begin();
    };
    const auto safest = std::ranges::min_element(values, {}, rank);
    if (safest == values.end())
        return std::nullopt;
    return static_cast<std::size_t>(safest - values.begin());
}

auto placeInTime(const HistoryEntry& entry)
{
    return std::tuple(entry.value.stamp, entry.value.dot, entry.value.index);
}

/// Which of the entries given so far an entry has seen, at the cost of the entry's own vector.
class Firsts {
public:
    void add(const Dot& dot)
    {
        const auto [first, isNew] = firsts_.emplace(dot.author, dot.seq);
        if (!isNew)
            first->second = std::min(first->second, dot.seq);
    }
    bool anySeenBy(const HistoryEntry& entry) const
    {
        return std::ranges::any_of(entry.seen.entries(), [this](const VersionVector::Entry& seen) {
            const auto first = firsts_.find(seen.author);
            return first != firsts_.end() && first->second <= seen.seq;
        });
    }

private:
    std::map<Author, std::uint64_t> firsts_;
};

/// Takes entries, sorted by time, one by one: always the first that has seen nothing of the rest, or, should
/// they go round in a circle, the first of the rest. An entry is held up by each author of whose remaining
/// entries it has seen the least; each of its vector's entries is looked at twice in all.
class CausalOrder {
public:
    explicit CausalOrder(std::span<const HistoryEntry> entries)
        : entries_(entries),
          heldBy_(entries.size(), 0),
          isTaken_(entries.size(), false)
    {
        for (std::size_t i = 0; i < entries.size(); ++i)
            authors_[entries[i].value.dot.author].written.emplace_back(entries[i].value.dot.seq, i);
        for (std::size_t i = 0; i < entries.size(); ++i)
            for (const VersionVector::Entry& seen : entries[i].seen.entries())
                if (const auto author = authors_.find(seen.author); author != authors_.end()) {
                    author->second.holding.emplace_back(seen.seq, i);
                    ++heldBy_[i];
                }
        for (std::size_t i = 0; i < entries.size(); ++i)
            if (heldBy_[i] == 0)
                ready_.insert(i);
        for (auto& [id, author] : authors_) {
            std::ranges::sort(author.written);
            std::ranges::sort(author.holding);
            release(author);
        }
    }

    std::vector<std::size_t> order()
    {
        std::vector<std::size_t> taken;
        for (std::size_t first = 0; taken.size() < entries_.size();) {
            while (isTaken_[first])
                ++first;
            const std::size_t next = ready_.empty() ? first : *ready_.begin();
            ready_.erase(next);
            isTaken_[next] = true;
            taken.push_back(next);
            release(authors_.at(entries_[next].value.dot.author));
        }
        return taken;
    }

private:
    using Places = std::vector<std::pair<std::uint64_t, std::size_t>>;  // A seq and an index.
    struct OfAuthor {
        Places written;
        std::size_t nextWritten = 0;
        Places holding;  ///< What has seen the author's work up to a seq.
        std::size_t nextHeld = 0;
    };

    /// What has seen no more than what is taken of the author's work is not held by it.
    void release(OfAuthor& author)
    {
        while (author.nextWritten < author.written.size()
               && isTaken_[author.written[author.nextWritten].second])
            ++author.nextWritten;
        const bool allTaken = author.nextWritten == author.written.size();
        while (author.nextHeld < author.holding.size()) {
            const auto [seen, index] = author.holding[author.nextHeld];
            if (!allTaken && seen >= author.written[author.nextWritten].first)
                return;
            ++author.nextHeld;
            if (--heldBy_[index] == 0 && !isTaken_[index])
                ready_.insert(index);
        }
    }

    std::span<const HistoryEntry> entries_;
    std::map<Author, OfAuthor> authors_;
    std::vector<std::size_t> heldBy_;  ///< How many authors hold each entry up.
    std::vector<bool> isTaken_;
    std::set<std::size_t> ready_;
};

}  // namespace

Reading read(ReadingPolicy policy, const Register& field, std::span<const std::string> safestFirst)
{
    Reading reading{field.distinctValues(), false, std::nullopt};
    switch (policy) {
    case ReadingPolicy::Set:
        std::erase_if(reading.values, [](const DistinctValue& value) { return value.value.empty(); });
        return reading;
    case ReadingPolicy::Latest:
        reading.inForce = latestOf(reading.values);
        return reading;
    case ReadingPolicy::State:
        reading.inConflict = reading.values.size() > 1;
        reading.inForce = safestOf(reading.values, safestFirst);
        return reading;
    case ReadingPolicy::Once:
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
    std::vector<HistoryEntry> sorted;
    sorted.reserve(history.size());
    for (const std::size_t index : CausalOrder(history).order())
        sorted.push_back(std::move(history[index]));
    history = std::move(sorted);
}

Amendments amendmentsOf(std::vector<HistoryEntry> history)
{
    sortCausally(history);
    Amendments result;
    Firsts before;
    for (HistoryEntry& entry : history) {
        const bool amends = before.anySeenBy(entry);  // All that it could have seen stands before it.
        before.add(entry.value.dot);
        (amends ? result.amendments : result.originals).push_back(std::move(entry));
    }
    return result;
}

WrittenOnce readOnce(std::vector<HistoryEntry> history, const std::function<bool(ByteView)>& accepts)
{
    sortCausally(history);
    const auto mayCount
        = [&](const HistoryEntry& entry) { return !accepts || accepts(ByteView(entry.value.value)); };
    const auto first = std::ranges::find_if(history, mayCount);
    WrittenOnce once;
    if (first == history.end()) {
        once.attempts = std::move(history);
        return once;
    }
    const Bytes counts = first->value.value;
    for (HistoryEntry& entry : history)
        (entry.value.value == counts ? once.writings : once.attempts).push_back(std::move(entry));
    return once;
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
    const std::set<Dot> dots(sides.begin(), sides.end());
    std::map<Dot, const VersionVector*> seenBySide;  // One change writes a field once, or all with one past.
    for (const HistoryEntry& entry : history)
        if (dots.contains(entry.value.dot))
            seenBySide.emplace(entry.value.dot, &entry.seen);
    const auto seenByAll = [&](const HistoryEntry& base) {
        return std::ranges::all_of(
            seenBySide, [&](const auto& side) { return side.second->contains(base.value.dot); });
    };
    std::vector<const HistoryEntry*> candidates;
    VersionVector replaced;
    for (const HistoryEntry& entry : history) {
        if (seenBySide.empty() || !seenByAll(entry))
            continue;
        candidates.push_back(&entry);
        if (entry.value.kind == OpKind::Assign)
            replaced.merge(entry.seen);
    }
    std::vector<FieldValue> base;
    for (const HistoryEntry* candidate : candidates)
        if (!replaced.contains(candidate->value.dot))
            base.push_back(candidate->value);
    std::ranges::sort(
        base, {}, [](const FieldValue& value) { return std::tuple(value.stamp, value.dot, value.index); });
    return base;
}

}  // namespace teren
