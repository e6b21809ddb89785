// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/workspace_store.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace teren::service {

/// Of each assignment in a record's history, the one it replaced. Asking costs no more than the number of
/// authors of the field, and a search among one author's assignments.
class ValuesBefore {
public:
    /// @param all  The history of one record; outlives this.
    explicit ValuesBefore(std::span<const store::HistoryEntry> all);

    /// What the author of `entry` had before them in that field: the newest assignment that they had seen.
    /// Null if they had seen none.
    const store::HistoryEntry* of(const store::HistoryEntry& entry) const;

    /// All that the author of `entry` had before them there: of the assignments that they had seen, those
    /// that none of the others had replaced. Several where people had written apart.
    std::vector<const store::HistoryEntry*> allOf(const store::HistoryEntry& entry) const;

private:
    /// Of each author the newest assignment that the author of `entry` had seen.
    std::vector<const store::HistoryEntry*> newestOf(const store::HistoryEntry& entry) const;

    /// The newest of an author's assignments to a field up to and including the change `seq`.
    struct Newest {
        std::uint64_t seq = 0;
        const store::HistoryEntry* entry = nullptr;
    };
    /// In the order of `seq`.
    using ByAuthor = std::map<Author, std::vector<Newest>>;

    std::map<std::string, ByAuthor, std::less<>> fields_;
};

}  // namespace teren::service
