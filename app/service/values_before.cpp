// SPDX-License-Identifier: EUPL-1.2
#include "app/service/values_before.h"

#include <algorithm>

namespace teren::service {
namespace {

/// Whether `left` is the newer one. Of two of the same moment it is the one that the history tells first.
bool isNewer(const store::HistoryEntry& left, const store::HistoryEntry& right)
{
    if (left.value.stamp != right.value.stamp)
        return right.value.stamp < left.value.stamp;
    return &left < &right;
}

}  // namespace

ValuesBefore::ValuesBefore(std::span<const store::HistoryEntry> all)
{
    for (const store::HistoryEntry& entry : all)
        if (entry.value.kind == OpKind::Assign)
            fields_[entry.field][entry.value.dot.author].push_back({entry.value.dot.seq, &entry});
    for (auto& [field, authors] : fields_)
        for (auto& [author, entries] : authors) {
            std::ranges::sort(entries, {}, &Newest::seq);
            for (std::size_t i = 1; i < entries.size(); ++i)
                if (isNewer(*entries[i - 1].entry, *entries[i].entry))
                    entries[i].entry = entries[i - 1].entry;
        }
}

std::vector<const store::HistoryEntry*> ValuesBefore::newestOf(const store::HistoryEntry& entry) const
{
    std::vector<const store::HistoryEntry*> found;
    const auto field = fields_.find(entry.field);
    if (field == fields_.end())
        return found;
    for (const auto& [author, entries] : field->second) {
        const auto unseen = std::ranges::upper_bound(entries, entry.seen.of(author), {}, &Newest::seq);
        if (unseen != entries.begin())
            found.push_back(std::prev(unseen)->entry);
    }
    return found;
}

const store::HistoryEntry* ValuesBefore::of(const store::HistoryEntry& entry) const
{
    const store::HistoryEntry* newest = nullptr;
    for (const store::HistoryEntry* seen : newestOf(entry))
        if (newest == nullptr || isNewer(*seen, *newest))
            newest = seen;
    return newest;
}

std::vector<const store::HistoryEntry*> ValuesBefore::allOf(const store::HistoryEntry& entry) const
{
    std::vector<const store::HistoryEntry*> found = newestOf(entry);
    const std::vector<const store::HistoryEntry*> all = found;
    std::erase_if(found, [&all](const store::HistoryEntry* one) {
        return std::ranges::any_of(all, [one](const store::HistoryEntry* other) {
            return other != one && other->seen.contains(one->value.dot);
        });
    });
    return found;
}

}  // namespace teren::service
