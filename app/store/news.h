// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"

namespace teren::store {

/// Who changed what, and how far a person here has looked at it, case by case. Which changes were looked at
/// is kept by what was applied and not by when it came: a change that had to wait for another, or that came
/// again after a restore, is neither missed nor told twice. Stays on this device.
class News {
public:
    explicit News(Core& core) : core_(core) {}

    /// Of all cases, or of one: authors with work that nobody here has looked at, this life's own left out.
    Result<std::vector<Unlooked>> unlooked(const SpaceEntry* space);
    /// That work, newest first. @param limit  Of changes, not of records.
    Result<std::vector<RecordChange>> changesOf(const Unlooked& what, std::size_t limit);
    /// Everybody's work in cases by its author's clock, newest first; reads the whole log of changes.
    Result<std::vector<RecordChange>> since(
        const std::optional<Instant>& since, const SpaceEntry* space, std::size_t limit);
    /// @param upTo  What the person was shown.
    Status looked(const SpaceEntry& space, const VersionVector& upTo);

private:
    Result<std::vector<RecordChange>> read(sql::Statement& changes);
    Status readOps(std::int64_t change, const RecordChange& head, std::vector<RecordChange>& into);

    Core& core_;
};

}  // namespace teren::store
