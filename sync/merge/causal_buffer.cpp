// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/causal_buffer.h"

#include "crypto/base/assert.h"

#include <algorithm>
#include <limits>
#include <set>

namespace teren {
namespace {

/// The first wait of the author after `author`; used to step from author to author.
Dot lastOf(const Author& author)
{
    return {author, std::numeric_limits<std::uint64_t>::max()};
}

}  // namespace

std::size_t heldBytes(const Change& change)
{
    std::size_t bytes = sizeof(Change) + change.context.size() * sizeof(Dot);
    for (const Op& op : change.ops)
        bytes += sizeof(Op) + op.field.size() + op.value.size();
    return bytes;
}

CausalBuffer::Admission CausalBuffer::offer(Change change, const VersionVector& applied)
{
    TEREN_ASSERT(!applied.contains(change.dot));
    if (const Change* known = find(change.dot))
        return *known == change ? Admission::Duplicate : Admission::Fork;
    const std::optional<Dot> missing = firstMissing(change, applied);
    const std::size_t size = heldBytes(change);
    // A change that is ready leaves at once; only those that wait may not grow without bound.
    if (missing && bytes_ + size > bytesMax_)
        return Admission::Full;
    if (missing)
        waits_.emplace(*missing, change.dot);
    else
        ready_.push_back(change.dot);
    bytes_ += size;
    changes_.emplace(change.dot, std::move(change));
    return Admission::Admitted;
}

std::optional<Change> CausalBuffer::takeReady(const VersionVector& applied)
{
    for (auto wait = waits_.begin(); wait != waits_.end();) {
        if (!applied.contains(wait->first)) {
            wait = waits_.upper_bound(lastOf(wait->first.author));
            continue;
        }
        const Dot waiting = wait->second;
        wait = waits_.erase(wait);
        if (const std::optional<Dot> next = firstMissing(changes_.at(waiting), applied))
            waits_.emplace(*next, waiting);
        else
            ready_.push_back(waiting);
    }
    if (ready_.empty())
        return std::nullopt;
    const Dot dot = ready_.back();
    ready_.pop_back();
    return remove(changes_.find(dot));
}

std::vector<Change> CausalBuffer::takeVoided(const VoidSet& voids)
{
    const auto isVoid = [&](const Dot& dot) { return voids.contains(dot); };
    std::erase_if(waits_, [&](const auto& wait) { return isVoid(wait.second); });
    std::erase_if(ready_, isVoid);
    std::vector<Change> voided;
    for (auto change = changes_.begin(); change != changes_.end();) {
        const auto next = std::next(change);
        if (isVoid(change->first))
            voided.push_back(remove(change));
        change = next;
    }
    return voided;
}

std::vector<Dot> CausalBuffer::missing(const VersionVector& applied) const
{
    // Causal delivery leaves no gaps, so what an author's work lacks first is the next one not waiting here.
    std::map<Author, std::uint64_t> gaps;
    const auto gapOf = [&](const Author& author) {
        const auto [gap, isNew] = gaps.try_emplace(author, applied.of(author) + 1);
        while (isNew && changes_.contains({author, gap->second}))
            ++gap->second;
        return gap->second;
    };
    std::set<Dot> dots;
    const auto want = [&](const Dot& dot) {
        if (const std::uint64_t gap = gapOf(dot.author); gap <= dot.seq)
            dots.insert({dot.author, gap});
    };
    for (const auto& [dot, change] : changes_) {
        want({dot.author, dot.seq - 1});
        std::ranges::for_each(change.context, want);
    }
    return {dots.begin(), dots.end()};
}

const Change* CausalBuffer::find(const Dot& dot) const
{
    const auto found = changes_.find(dot);
    return found == changes_.end() ? nullptr : &found->second;
}

Change CausalBuffer::remove(std::map<Dot, Change>::iterator change)
{
    Change taken = std::move(change->second);
    bytes_ -= heldBytes(taken);
    changes_.erase(change);
    return taken;
}

}  // namespace teren
