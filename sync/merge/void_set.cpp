// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/void_set.h"

#include "crypto/base/limits.h"

#include <algorithm>

namespace teren {

void VoidSet::add(VoidRange range)
{
    std::uint64_t first = std::max<std::uint64_t>(range.from, 1);
    std::uint64_t last = std::min(range.to, limits::kSeqMax);
    if (first > last)
        return;
    Runs& runs = runs_[range.author];
    auto next = runs.upper_bound(first);
    if (next != runs.begin() && std::prev(next)->second + 1 >= first)
        --next;
    while (next != runs.end() && next->first <= last + 1) {
        first = std::min(first, next->first);
        last = std::max(last, next->second);
        next = runs.erase(next);
    }
    runs.emplace(first, last);
}

bool VoidSet::contains(const Dot& dot) const
{
    return runWith(dot.author, dot.seq) != nullptr;
}

std::uint64_t VoidSet::advance(const Author& author, std::uint64_t seq) const
{
    const Runs::value_type* run = runWith(author, seq + 1);
    return run == nullptr ? seq : run->second;
}

std::optional<Dot> VoidSet::lastKept(Dot dot) const
{
    const Runs::value_type* run = runWith(dot.author, dot.seq);
    if (run != nullptr)
        dot.seq = run->first - 1;
    return dot.seq == 0 ? std::nullopt : std::optional(dot);
}

std::vector<VoidRange> VoidSet::ranges() const
{
    std::vector<VoidRange> all;
    for (const auto& [author, runs] : runs_)
        for (const auto& [first, last] : runs)
            all.push_back({author, first, last});
    return all;
}

const VoidSet::Runs::value_type* VoidSet::runWith(const Author& author, std::uint64_t seq) const
{
    const auto runs = runs_.find(author);
    if (runs == runs_.end())
        return nullptr;
    const auto next = runs->second.upper_bound(seq);
    if (next == runs->second.begin())
        return nullptr;
    const auto run = std::prev(next);
    return seq <= run->second ? &*run : nullptr;
}

}  // namespace teren
