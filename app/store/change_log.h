// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"
#include "app/store/schema_sql.h"

#include <functional>

namespace teren::store {

/// A change and what this store knows of it.
struct LoggedChange {
    std::int64_t id = 0;
    Change change;
    ChangeState state = ChangeState::Waiting;
    std::optional<VersionVector> seen;  ///< For an applied one; for one of ours that waits, when it was.
    bool own = false;
    bool unsent = false;
    bool sealed = false;
};

/// What an operation writes to the order of a row is its part 1, all else part 0: an insertion is two rows.
constexpr unsigned partOf(std::string_view field)
{
    return field == kOrderField ? 1 : 0;
}
constexpr std::int64_t opIdOf(std::int64_t change, std::uint32_t index, unsigned part)
{
    return change << 15 | static_cast<std::int64_t>(index) << 1 | static_cast<std::int64_t>(part);
}
constexpr std::int64_t changeOf(std::int64_t op)
{
    return op >> 15;
}
constexpr std::uint32_t indexOf(std::int64_t op)
{
    return static_cast<std::uint32_t>(op >> 1) & 0x3FFF;
}
constexpr bool isOrderPart(std::int64_t op)
{
    return (op & 1) != 0;
}

/// The log of changes, row by row. Knows nothing of registers: see space_writer.h.
class ChangeLog {
public:
    explicit ChangeLog(Core& core) : core_(core) {}

    /// Changes of one space, with their operations, by id: as they came here.
    Result<std::vector<LoggedChange>> all(const SpaceEntry& space);
    Result<std::vector<LoggedChange>> waiting(const SpaceEntry& space);
    /// By author and seq.
    Result<std::vector<LoggedChange>> voided(const SpaceEntry& space);
    /// One author's, by seq, `unsent` ones only or all.
    enum class Which : std::uint8_t { Unsent, Everything };
    Result<std::vector<LoggedChange>> of(const SpaceEntry& space, const Author& author, Which which);
    /// One author's that are not sealed, by seq, up to the first that `takes` does not want.
    Result<std::vector<LoggedChange>> firstUnsealed(
        const SpaceEntry& space, const Author& author, const std::function<bool(const Change&)>& takes);
    Result<std::optional<LoggedChange>> find(const SpaceEntry& space, const Dot& dot);
    /// @return `Damaged` if it is not an applied change of the space.
    Result<VersionVector> seenBy(const SpaceEntry& space, const Dot& dot);
    Result<VersionVector> applied(const SpaceEntry& space);

    Result<std::int64_t> nextId();
    Status insert(const SpaceEntry& space, const LoggedChange& row);
    Status insertOp(
        std::int64_t id, std::int64_t record, std::int64_t field, OpKind kind, ByteView value, bool live);
    Status updateState(const LoggedChange& row);
    /// From `first` to the same author's `last`.
    Status markSealed(const SpaceEntry& space, const Dot& first, std::uint64_t last);
    /// Forgets a change and its operations; registers are the caller's to put right.
    Status remove(std::int64_t id);
    /// The server holds no more what this device wrote there: it counts as unsent.
    Status markUnsent(std::int64_t space, std::int64_t author, std::uint64_t first, std::uint64_t last);
    Status saveApplied(const SpaceEntry& space, const VersionVector& before, const VersionVector& now);

private:
    Result<std::vector<LoggedChange>> read(sql::Statement& rows);
    Result<LoggedChange> at(const sql::Statement& row) const;
    Status readOps(LoggedChange& logged);

    Core& core_;
};

}  // namespace teren::store
