// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/causality.h"

#include "crypto/base/assert.h"

#include <algorithm>

namespace teren {
namespace {

/// Adds `dot`, the kept dot that it stands for, and what that one had seen.
void addWithPast(VersionVector& seen, const Dot& dot, const SeenLookup& lookup, const VoidSet& voids)
{
    seen.add(dot);
    const std::optional<Dot> kept = voids.lastKept(dot);
    if (!kept)
        return;
    const std::optional<VersionVector> past = lookup.seenBy(*kept);
    TEREN_ASSERT(past.has_value());  // Only a ready change is asked about.
    seen.merge(*past);
}

}  // namespace

bool isReady(const Change& change, const VersionVector& applied)
{
    return !firstMissing(change, applied).has_value();
}

std::optional<Dot> firstMissing(const Change& change, const VersionVector& applied)
{
    if (applied.of(change.dot.author) + 1 < change.dot.seq)
        return Dot{change.dot.author, change.dot.seq - 1};
    const auto missing
        = std::ranges::find_if(change.context, [&](const Dot& dot) { return !applied.contains(dot); });
    return missing == change.context.end() ? std::nullopt : std::optional(*missing);
}

VersionVector seenBy(const Change& change, const SeenLookup& lookup, const VoidSet& voids)
{
    VersionVector seen;
    if (change.dot.seq > 1)
        addWithPast(seen, {change.dot.author, change.dot.seq - 1}, lookup, voids);
    for (const Dot& dot : change.context)
        addWithPast(seen, dot, lookup, voids);
    return seen;
}

std::vector<Dot> maximalDots(
    const VersionVector& applied, const Author& own, const SeenLookup& lookup, const VoidSet& voids)
{
    std::vector<Dot> frontier;
    VersionVector pasts;  // All that some frontier dot had seen; a dot never sees itself.
    for (const VersionVector::Entry& entry : applied.entries()) {
        const std::optional<Dot> kept = voids.lastKept({entry.author, entry.seq});
        if (!kept)
            continue;
        const std::optional<VersionVector> past = lookup.seenBy(*kept);
        TEREN_ASSERT(past.has_value());
        pasts.merge(*past);
        if (entry.author != own)
            frontier.push_back(*kept);
    }
    std::erase_if(frontier, [&](const Dot& dot) { return pasts.contains(dot); });
    return frontier;
}

}  // namespace teren
