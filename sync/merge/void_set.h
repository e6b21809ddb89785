// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/merge/version_vector.h"

#include <map>
#include <optional>

namespace teren {

/// A run of one author's changes that a supervisor has declared to have no effect: refused, lost, forged
/// or erased. `from` and `to` are both in the range.
struct VoidRange {
    Author author;
    std::uint64_t from = 0;
    std::uint64_t to = 0;

    friend auto operator<=>(const VoidRange&, const VoidRange&) = default;
};

/// All voided dots of a space. A voided dot counts as seen, so that nothing waits for it, and has no
/// effect, whether or not this device ever held it. A dot that is void stays void.
class VoidSet {
public:
    /// Ranges may overlap or repeat; an empty one changes nothing. Numbers above `limits::kSeqMax` are cut
    /// off.
    void add(VoidRange range);
    bool contains(const Dot& dot) const;

    /// The greatest number reachable from `seq` through voided dots alone; `seq` if the next is not void.
    std::uint64_t advance(const Author& author, std::uint64_t seq) const;
    /// `dot` itself if it is not void, else the author's last one before it that is not; none if all are.
    std::optional<Dot> lastKept(Dot dot) const;

    /// Disjoint, not adjacent, sorted.
    std::vector<VoidRange> ranges() const;

private:
    using Runs = std::map<std::uint64_t, std::uint64_t>;  // First to last; disjoint and not adjacent.
    /// The run that holds `seq`, or nullptr.
    const Runs::value_type* runWith(const Author& author, std::uint64_t seq) const;

    std::map<Author, Runs> runs_;
};

}  // namespace teren
