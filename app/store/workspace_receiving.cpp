// SPDX-License-Identifier: EUPL-1.2
// What comes from the server: statements, pages, bodies in parts, and what others have seen of the logs.
#include "app/store/apart.h"
#include "app/store/log_views.h"
#include "app/store/missing_work.h"
#include "app/store/receiver.h"
#include "app/store/rows.h"
#include "app/store/statement_intake.h"
#include "app/store/workspace_store.h"

namespace teren::store {

Status WorkspaceStore::storeStatements(std::span<const ledger::SignedStatement> statements)
{
    Core& core = *core_;
    const ledger::Membership before = core.membership;
    Status stored = core.transact([&] { return takeStatements(core, statements); });
    if (!stored)
        core.membership = before;
    return stored;
}

Result<engine::PageOutcome> WorkspaceStore::storePage(
    std::span<const engine::Incoming> entries, const engine::Reached& reached)
{
    Core& core = *core_;
    Receiver receiver(core);
    Result<engine::PageOutcome> taken = core_->produce([&]() -> Result<engine::PageOutcome> {
        TEREN_CHECK(receiver.takePage(entries));
        TEREN_CHECK(receiver.moveCursors(reached));
        return receiver.outcome();
    });
    if (receiver.hole())
        TEREN_CHECK(core.transact(
            [&] { return MissingWork(core).fetchAgain(receiver.hole()->space, receiver.hole()->after); }));
    return taken;
}

Result<bool> WorkspaceStore::askAgain()
{
    return core_->produce([&]() -> Result<bool> {
        TEREN_TRY(const bool asked, MissingWork(*core_).askAgain());
        TEREN_CHECK(Apart(*core_).noteAwaited());
        return asked;
    });
}

Result<std::vector<engine::HeadClaim>> WorkspaceStore::openClaims(const DeviceId& after, std::size_t most)
{
    return LogViews(*core_).open(after, most);
}

Status WorkspaceStore::settleClaim(const engine::HeadClaim& claim, bool holds)
{
    return core_->transact([&] { return LogViews(*core_).answered(claim, holds); });
}

Result<std::optional<DeviceId>> WorkspaceStore::disputed()
{
    return LogViews(*core_).disputed();
}

Status WorkspaceStore::acceptDispute(const DeviceId& device)
{
    return core_->transact([&] { return LogViews(*core_).accept(device); });
}

Status WorkspaceStore::storePartial(const engine::Partial& partial)
{
    Core& core = *core_;
    return core.transact([&]() -> Status {
        TEREN_CHECK(core.db.statement("DELETE FROM partial").run());
        core.own.partialNumber = partial.number;
        core.own.partialSize = static_cast<std::uint32_t>(partial.data.size());
        if (partial.number == 0)
            return {};
        return core.db.statement("INSERT INTO partial (id, number, header, data) VALUES (1, ?, ?, ?)")
            .with(partial.number, ByteView(partial.header), ByteView(partial.data))
            .run();
    });
}

Result<engine::Partial> WorkspaceStore::partial()
{
    engine::Partial partial;
    sql::Statement& rows = core_->db.statement("SELECT number, header, data FROM partial");
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) {
        partial.number = row.columnUint(0);
        partial.header = toBytes(row.columnBlob(1));
        partial.data = toBytes(row.columnBlob(2));
    }));
    return partial;
}

}  // namespace teren::store
