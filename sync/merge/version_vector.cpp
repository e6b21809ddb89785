// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/version_vector.h"

#include <algorithm>

namespace teren {

std::uint64_t VersionVector::of(const Author& author) const
{
    const auto entry = std::ranges::lower_bound(entries_, author, {}, &Entry::author);
    return entry != entries_.end() && entry->author == author ? entry->seq : 0;
}

void VersionVector::add(const Dot& dot)
{
    if (dot.seq == 0)
        return;
    const auto entry = std::ranges::lower_bound(entries_, dot.author, {}, &Entry::author);
    if (entry != entries_.end() && entry->author == dot.author)
        entry->seq = std::max(entry->seq, dot.seq);
    else
        entries_.insert(entry, Entry{dot.author, dot.seq});
}

void VersionVector::merge(const VersionVector& other)
{
    // The usual case is a vector that has grown out of this one, or the reverse: no new memory then.
    if (covers(other))
        return;
    std::vector<Entry> merged;
    merged.reserve(entries_.size() + other.entries_.size());
    auto mine = entries_.begin();
    auto theirs = other.entries_.begin();
    while (mine != entries_.end() && theirs != other.entries_.end()) {
        if (mine->author == theirs->author) {
            merged.push_back({mine->author, std::max(mine->seq, theirs->seq)});
            ++mine;
            ++theirs;
        } else {
            merged.push_back(mine->author < theirs->author ? *mine++ : *theirs++);
        }
    }
    merged.insert(merged.end(), mine, entries_.end());
    merged.insert(merged.end(), theirs, other.entries_.end());
    entries_ = std::move(merged);
}

bool VersionVector::covers(const VersionVector& other) const
{
    auto mine = entries_.begin();
    for (const Entry& theirs : other.entries_) {
        mine = std::find_if(
            mine, entries_.end(), [&](const Entry& entry) { return entry.author >= theirs.author; });
        if (mine == entries_.end() || mine->author != theirs.author || mine->seq < theirs.seq)
            return false;
    }
    return true;
}

}  // namespace teren
