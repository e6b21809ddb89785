// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/change_log.h"
#include "sync/merge/record_state.h"

#include <map>
#include <set>

namespace teren::store {

/// A record in memory while changes are applied to it.
struct LoadedRecord {
    std::int64_t row = 0;
    RecordId id;
    RecordState state;
    std::set<std::int64_t> liveBefore;      ///< Operations that are live in the database.
    std::map<Dot, std::int64_t> changeIds;  ///< Of the values and deletions in `state`.
    std::map<Dot, std::int64_t> tombstoneOps;
    bool isNew = false;
    bool touched = false;
};

/// Records and their live operations: the registers as rows.
class RecordTable {
public:
    explicit RecordTable(Core& core) : core_(core) {}

    /// The record with its live values; makes an empty one if it is not here yet.
    Result<LoadedRecord> load(const SpaceEntry& space, const RecordId& id);
    /// Every record of a space with nothing in it, and no operation live: the start of a rebuild.
    Result<std::vector<LoadedRecord>> clear(const SpaceEntry& space);
    /// The operations that are live by `record.state`.
    static std::set<std::int64_t> liveOf(const LoadedRecord& record);
    /// Writes which of the stored operations are live, what lists show of the record, and its searchable
    /// text.
    /// @param inserted  Operations written with their liveness already.
    Status save(
        const LoadedRecord& record, const std::set<std::int64_t>& live,
        const std::set<std::int64_t>& inserted);

    /// Counts of `record.state` by the readings of now.
    struct Conflicts {
        std::int64_t raw = 0;
        std::int64_t shown = 0;
    };
    Conflicts conflictsOf(const RecordId& id, const RecordState& state) const;
    /// Which type a record has; empty if nothing inserted it.
    static std::string typeOf(const RecordState& state);
    /// Folded, all searchable values; empty for a deleted record.
    std::string searchableText(const RecordState& state) const;
    /// Makes anew, from the live operations and by the readings of now, what lists show and the searchable
    /// text of every record. @return of how many records the text was another.
    Result<std::size_t> refresh();

private:
    Status loadLive(LoadedRecord& record);
    Status saveSummary(const LoadedRecord& record);
    Status saveText(const LoadedRecord& record);

    Core& core_;
};

}  // namespace teren::store
