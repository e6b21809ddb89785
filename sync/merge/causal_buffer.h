// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/limits.h"
#include "sync/merge/causality.h"

#include <cstddef>
#include <map>
#include <vector>

namespace teren {

/// Memory that a waiting change takes up, near enough to bound it.
std::size_t heldBytes(const Change& change);

/// Changes of one space that arrived before something they build on.
///
/// The caller offers each change that it does not hold yet; then, and after every change or void that it
/// applies, it takes what has become ready:
///
///     buffer.offer(change, applied);
///     while (auto next = buffer.takeReady(applied)) { apply(*next); applied.add(next->dot); }
///
/// Nothing leaves the buffer but by `takeReady` and `takeVoided`.
class CausalBuffer {
public:
    enum class Admission {
        Admitted,   ///< It waits, or is ready to be taken.
        Duplicate,  ///< The same change is here already.
        Fork,       ///< Another change with the same dot is here; that one stays, this one is not taken.
        Full,       ///< It would wait, and there is no room; offer it again when something was applied.
    };

    explicit CausalBuffer(std::size_t bytesMax = limits::kPendingBytesMax) : bytesMax_(bytesMax) {}

    /// @param change   Valid; its dot is neither applied nor voided.
    /// @param applied  What the replica has applied, voided dots included.
    Admission offer(Change change, const VersionVector& applied);

    /// The next change that can be applied, if there is one. It leaves the buffer.
    std::optional<Change> takeReady(const VersionVector& applied);

    /// Every waiting change that has been voided. They leave the buffer.
    std::vector<Change> takeVoided(const VoidSet& voids);

    /// The dots that the waiting changes wait for and that are not waiting here themselves: what to ask
    /// for, and whom to name to the user. One per author, the lowest; sorted.
    std::vector<Dot> missing(const VersionVector& applied) const;

    const Change* find(const Dot& dot) const;
    std::size_t size() const { return changes_.size(); }
    std::size_t bytes() const { return bytes_; }

private:
    Change remove(std::map<Dot, Change>::iterator change);

    std::map<Dot, Change> changes_;
    /// Each waiting change under one dot that it waits for; it moves on when that one comes.
    std::multimap<Dot, Dot> waits_;
    std::vector<Dot> ready_;
    std::size_t bytes_ = 0;
    std::size_t bytesMax_;
};

}  // namespace teren
