// SPDX-License-Identifier: EUPL-1.2
#include "app/store/outbox_counts.h"

#include "app/store/rows.h"
#include "app/store/unsent_since.h"

#include <algorithm>

namespace teren::store {

Result<OutboxCounts> countOutbox(Core& core)
{
    sql::Database& db = core.db;
    OutboxCounts counts;
    TEREN_TRY(const std::optional<UnsentAnchor> anchor, UnsentSince(core).look());
    if (anchor)
        counts.oldestUnsent = anchor->sinceAt(core.clock.now());
    const auto count = [&db](std::string_view sql) { return numberOf(db.statement(sql)); };
    TEREN_TRY(const std::int64_t unsent, count("SELECT count(*) FROM change WHERE unsent = 1"));
    counts.unsent = static_cast<std::uint64_t>(unsent);
    TEREN_TRY(
        const std::int64_t confirmed, count("SELECT count(*) FROM change WHERE own = 1 AND unsent = 0"));
    TEREN_TRY(const std::int64_t waiting, count("SELECT count(*) FROM change WHERE state = 2"));
    TEREN_TRY(const std::int64_t odd, count("SELECT count(*) FROM segment WHERE state = 2 AND state <> 1"));
    // A refused segment holds up what follows it in its chain.
    sql::Statement& refused = db.statement(
        "SELECT coalesce(sum(segment.count), 0), min(segment.refused) FROM segment "
        "JOIN (SELECT space, author, min(first_seq) AS first FROM segment "
        "WHERE own = 1 AND number IS NULL AND state = 1 AND refused IS NOT NULL GROUP BY space, author) AS "
        "held "
        "ON segment.space = held.space AND segment.author = held.author AND segment.first_seq >= held.first "
        "WHERE segment.own = 1 AND segment.number IS NULL AND segment.state = 1");
    TEREN_CHECK(eachRow(refused, [&](sql::Statement& row) {
        counts.refused = row.columnUint(0);
        if (!row.isNull(1))
            counts.refusedWhy = static_cast<wire::SegmentRefusal>(row.columnInt(1));
    }));
    sql::Statement& backedUp
        = db.statement("SELECT coalesce(sum(count), 0) FROM segment WHERE own = 1 AND number <= ?");
    TEREN_TRY(const std::int64_t safe, numberOf(backedUp.with(core.own.safe)));
    // What was removed from this device stays as confirmed as it is.
    TEREN_TRY(
        const std::int64_t away,
        count("SELECT coalesce(sum(count), 0) FROM segment WHERE own = 1 AND number IS NOT NULL AND state IN "
              "(5, 6)"));
    counts.confirmed = static_cast<std::uint64_t>(confirmed + away);
    counts.backedUp = std::min(static_cast<std::uint64_t>(safe), counts.confirmed);
    counts.waiting = static_cast<std::uint64_t>(waiting);
    counts.quarantined = static_cast<std::uint64_t>(odd);
    return counts;
}

}  // namespace teren::store
