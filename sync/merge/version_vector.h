// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/id.h"

#include <compare>
#include <cstdint>
#include <vector>

namespace teren {

/// One run of one device: a device that was restored or rolled back goes on under a new life.
struct Author {
    DeviceId device;
    std::uint64_t life = 0;

    friend auto operator<=>(const Author&, const Author&) = default;
};

/// Names one change of a space: `seq` counts 1, 2, 3, … per author and space.
struct Dot {
    Author author;
    std::uint64_t seq = 0;

    friend auto operator<=>(const Dot&, const Dot&) = default;
};

/// How much of each author's work has been seen: every change up to and including `seq`.
/// Causal delivery keeps it without gaps. Sorted by author, so equal vectors are equal bytes.
class VersionVector {
public:
    struct Entry {
        Author author;
        std::uint64_t seq = 0;

        friend auto operator<=>(const Entry&, const Entry&) = default;
    };

    /// 0 for an author never seen.
    std::uint64_t of(const Author& author) const;
    bool contains(const Dot& dot) const { return dot.seq <= of(dot.author); }
    /// Raises the author's entry to `dot.seq`; never lowers it.
    void add(const Dot& dot);
    /// The least vector that contains both.
    void merge(const VersionVector& other);
    /// Whether everything in `other` is in this one.
    bool covers(const VersionVector& other) const;

    const std::vector<Entry>& entries() const { return entries_; }
    bool empty() const { return entries_.empty(); }

    friend bool operator==(const VersionVector&, const VersionVector&) = default;

private:
    std::vector<Entry> entries_;
};

}  // namespace teren
