// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"

namespace teren::store {

/// Reads records, history and conflicts for people. Never writes.
class RecordReader {
public:
    explicit RecordReader(Core& core) : core_(core) {}

    /// A record of this id, of all spaces or of one. @return `Refused` if two spaces have one and none is
    /// named.
    Result<StoredRecord> one(const RecordId& id, const SpaceEntry* space = nullptr);
    Result<std::vector<StoredRecord>> inSpace(const SpaceEntry& space, const std::string& type);
    Result<std::vector<StoredRecord>> ofType(const std::string& type);
    Result<StoredRecord> byRow(std::int64_t row);
    /// As for `one`; empty for a record that is not here.
    Result<std::vector<HistoryEntry>> history(const RecordId& id, const SpaceEntry* space = nullptr);
    /// Records of a space in which the field was ever written, deleted ones included; by id.
    Result<std::vector<RecordId>> everHaving(const SpaceEntry& space, const std::string& field);
    Result<std::vector<FieldConflict>> conflicts(const SpaceEntry* space);
    /// Counts by space from a query of (space, count).
    Result<std::map<SpaceId, std::uint64_t>> countsBySpace(std::string_view sql);
    Result<Hash> digest(const SpaceEntry& space);

private:
    struct Draft;
    Result<std::optional<std::int64_t>> rowOf(const RecordId& id, const SpaceEntry* space);
    Result<std::vector<StoredRecord>> collect(sql::Statement& rows);
    Status takeRow(const sql::Statement& row, Draft& draft) const;
    Result<StoredRecord> finish(Draft draft);

    Core& core_;
};

}  // namespace teren::store
