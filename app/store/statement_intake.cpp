// SPDX-License-Identifier: EUPL-1.2
#include "app/store/statement_intake.h"

#include "app/store/applied_by.h"
#include "app/store/attachment_refs.h"
#include "app/store/carried.h"
#include "app/store/log_views.h"
#include "app/store/notices.h"
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
    if (effects.removal)
        TEREN_CHECK(putRemovedApart(core));
    if (effects.removal)
        TEREN_CHECK(AppliedBy(core).forgetRemoved());
    if (effects.lostPart || effects.lostStatements)
        TEREN_CHECK(LogViews(core).excuseLost());
    if (effects.lostPart) {
        // Words went with it, and who finds the log whole again would not know.
        TEREN_CHECK(AppliedBy(core).startOver());
        TEREN_CHECK(receiver.retryRemoved());
        // Colleagues may have filled the log again before this device could see that it was shorter.
        TEREN_CHECK(offerAllAgain(core.db));
    }
    return core.loadExceptions();
}

/// The log does not say why a device goes on under a new life. It may be one of two that have the same keys,
/// so the people who could remove it are told, and whoever has this one if it is its twin.
Status tellOfLives(Core& core, std::span<const ledger::SignedStatement> statements)
{
    const ledger::Membership::Device* self = core.membership.find(core.device);
    if (self == nullptr || !self->isMember())
        return {};
    for (const ledger::SignedStatement& carrier : statements) {
        TEREN_TRY(const ledger::Statement statement, ledger::decodeStatement(carrier));
        const bool isTwin = carrier.device == core.device;
        for (const ledger::Act& act : statement.acts) {
            const auto* begun = std::get_if<ledger::NewLife>(&act);
            const bool isOurs = begun != nullptr && isTwin && begun->life == core.keys->life;
            if (begun == nullptr || isOurs || (!isTwin && (self->rights & ledger::ManageMembers) == 0))
                continue;
            const std::string life = std::to_string(begun->life);
            Notices notices(core);
            TEREN_CHECK(
                isTwin ? notices.tell(NoticeKind::OwnCopyWorks, {life})
                       : notices.tell(NoticeKind::CopyWorks, {carrier.device.hex(), life}));
        }
    }
    return {};
}

/// By whom: what the log does not say of it is whether the person at that device meant to.
Status tellOfKeys(Core& core, std::span<const ledger::SignedStatement> statements)
{
    for (const ledger::SignedStatement& carrier : statements) {
        TEREN_TRY(const ledger::Statement statement, ledger::decodeStatement(carrier));
        for (const ledger::Act& act : statement.acts) {
            const auto* change = std::get_if<ledger::ServerKeys>(&act);
            if (carrier.device == core.device || change == nullptr)
                continue;
            // A proposal that came to nothing is told as well: somebody has seen another server.
            TEREN_CHECK(Notices(core).tell(
                change->consent ? NoticeKind::ServerKeysChanged : NoticeKind::ServerKeysReplaced,
                {carrier.device.hex()}));
        }
    }
    return {};
}

}  // namespace

Status takeStatements(Core& core, std::span<const ledger::SignedStatement> statements)
{
    ledger::Membership next = core.membership;
    for (const ledger::SignedStatement& statement : statements)
        TEREN_CHECK(next.apply(statement));
    TEREN_TRY(const StatementLog::Effects effects, StatementLog(core).append(statements, next));
    TEREN_CHECK(tellOfLives(core, statements));
    if (next.serverKeys().size() != core.membership.serverKeys().size() && core.membership.height() > 0) {
        TEREN_CHECK(tellOfKeys(core, statements));
        TEREN_CHECK(core.tellServer({}));
    }
    core.membership = std::move(next);
    return follow(core, effects);
}

}  // namespace teren::store
