// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/hub.h"

#include "crypto/base/limits.h"

#include <algorithm>

namespace teren::server {

Result<std::shared_ptr<WorkspaceHub>> WorkspaceHub::load(ServerStore& store, const WorkspaceId& workspace)
{
    std::shared_ptr<WorkspaceHub> hub(new WorkspaceHub(store, workspace));
    TEREN_TRY(hub->state_, store.state(workspace));
    while (hub->membership_.height() < hub->state_.height) {
        TEREN_TRY(
            const std::vector<ledger::SignedStatement> statements,
            store.statements(workspace, hub->membership_.height(), limits::kStatementsPerAnswerMax));
        if (statements.empty())
            return fail(Errc::Damaged, "the members' log ends early");
        for (const ledger::SignedStatement& statement : statements)
            if (const Status applied = hub->membership_.replay(statement); !applied)
                return fail(Errc::Damaged, "the members' log does not add up: " + applied.error().detail);
    }
    return hub;
}

ledger::SignedHead WorkspaceHub::signHead(Instant now, std::uint64_t height) const
{
    return ledger::signHead(
        {workspace_, store_.identity().incarnation, state_.tree, safe(), now}, receiptKeyAt(height));
}

const SigningKey& WorkspaceHub::receiptKeyAt(std::uint64_t height) const
{
    std::span<const ledger::ServerKeyPeriod> known = membership_.serverKeys();
    while (known.size() > 1 && known.back().height > height)
        known = known.first(known.size() - 1);
    return store_.identity().receiptKeyFor(known);
}

std::uint64_t WorkspaceHub::safe() const
{
    const Result<WorkspaceState> state = store_.state(workspace_);
    // What cannot be read now is promised to nobody.
    return state ? std::min(state->safe, state_.tree.size) : 0;
}

Status WorkspaceHub::appendStatements(
    std::span<const ledger::SignedStatement> statements, const Listener* author)
{
    ledger::Membership next = membership_;
    for (const ledger::SignedStatement& statement : statements)
        TEREN_CHECK(next.apply(statement));
    TEREN_CHECK(store_.appendStatements(workspace_, state_.height, state_.membershipHash, statements));
    membership_ = std::move(next);
    state_.height = membership_.height();
    state_.membershipHash = membership_.hash();
    dropApplied(statements);
    announce(author);
    return {};
}

Status WorkspaceHub::appendSegments(std::span<const ledger::Segment> segments, const Listener* author)
{
    TEREN_TRY(state_.tree, store_.appendSegments(workspace_, state_.tree.size, segments));
    announce(author);
    return {};
}

Status WorkspaceHub::keepApplied(std::span<const ledger::AppliedWord> words, const Listener* author)
{
    TEREN_CHECK(store_.keepApplied(workspace_, words));
    announce(author);
    return {};
}

void WorkspaceHub::dropApplied(std::span<const ledger::SignedStatement> statements)
{
    for (const ledger::SignedStatement& signedStatement : statements) {
        const Result<ledger::Statement> statement = ledger::decodeStatement(signedStatement);
        if (!statement)
            continue;
        for (const ledger::Act& act : statement->acts) {
            if (const auto* removed = std::get_if<ledger::RemoveDevice>(&act))
                (void)store_.dropAppliedOf(workspace_, removed->device);
            else if (const auto* epoch = std::get_if<ledger::Epoch>(&act); epoch && epoch->epoch > 1)
                (void)store_.dropAppliedExcept(workspace_, epoch->space, epoch->epoch);
        }
    }
}

void WorkspaceHub::announce(const Listener* author) const
{
    for (Listener* listener : listeners_)
        if (listener != author)
            listener->workspaceMoved();
}

void WorkspaceHub::handOver(const DeviceId& device, const Listener& successor, Instant now) const
{
    for (Listener* listener : listeners_)
        if (listener != &successor && listener->device() == device)
            listener->handOver(now);
}

Result<std::shared_ptr<WorkspaceHub>> Hub::find(const WorkspaceId& workspace)
{
    if (const auto found = hubs_.find(workspace); found != hubs_.end())
        return found->second;
    TEREN_TRY(std::shared_ptr<WorkspaceHub> hub, WorkspaceHub::load(store_, workspace));
    if (hubs_.size() >= kIdleMax)
        dropIdle();
    hubs_.emplace(workspace, hub);
    return hub;
}

void Hub::dropIdle()
{
    std::erase_if(hubs_, [](const auto& entry) { return entry.second.use_count() == 1; });
}

}  // namespace teren::server
