// SPDX-License-Identifier: EUPL-1.2
#include "app/store/statement_intake.h"

#include "app/store/receiver.h"
#include "app/store/space_writer.h"
#include "app/store/statement_log.h"

namespace teren::store {
namespace {

/// Spaces that a void touches are rebuilt; a space that became readable is fetched from its beginning.
Status follow(Core& core, const StatementLog::Effects& effects)
{
    Receiver receiver(core);
    for (const SpaceId& id : effects.voided) {
        const SpaceEntry* space = core.find(id);
        if (space == nullptr)
            continue;
        SpaceWriter writer(core, *space);
        TEREN_CHECK(writer.rebuild());
        TEREN_CHECK(writer.finish());
        TEREN_CHECK(receiver.retryStalled(*space));
    }
    for (const SpaceId& id : effects.newlyKeyed) {
        const SpaceEntry space = *core.find(id);
        if (core.own.cursor > 0)
            TEREN_CHECK(core.db.statement("INSERT OR IGNORE INTO space_cursor (space, cursor) VALUES (?, 0)")
                            .with(space.row)
                            .run());
        TEREN_CHECK(receiver.retryStalled(space));
    }
    return core.loadExceptions();
}

}  // namespace

Status takeStatements(Core& core, std::span<const ledger::SignedStatement> statements)
{
    ledger::Membership next = core.membership;
    for (const ledger::SignedStatement& statement : statements)
        TEREN_CHECK(next.apply(statement));
    TEREN_TRY(const StatementLog::Effects effects, StatementLog(core).append(statements, next));
    core.membership = std::move(next);
    return follow(core, effects);
}

}  // namespace teren::store
