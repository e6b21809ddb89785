// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/ledger/membership.h"
#include "sync/server/server_store.h"

#include <functional>
#include <memory>
#include <set>

namespace teren::server {

/// One workspace as all sessions of this process share it: its members' log as rules, its head, and who wants
/// to know when it moves. Used by one thread.
class WorkspaceHub {
public:
    /// Someone who is told that others have written. It must not act inside the call, only remember.
    class Listener {
    public:
        virtual ~Listener() = default;
        virtual void workspaceMoved() = 0;
        /// Whose session it is, if it has been proven.
        virtual std::optional<DeviceId> device() const = 0;
        /// Another session of the same device goes on: puts what it received in part where that finds it.
        virtual void handOver(Instant now) = 0;
    };

    /// Reads and replays the members' log. @param store  Outlives the result.
    static Result<std::shared_ptr<WorkspaceHub>> load(ServerStore& store, const WorkspaceId& workspace);

    const WorkspaceId& workspace() const { return workspace_; }
    const ledger::Membership& membership() const { return membership_; }
    const WorkspaceState& state() const { return state_; }
    ServerStore& store() const { return store_; }
    /// @param height  Of the members' log that the reader has: it judges by the keys that stand there.
    ledger::SignedHead signHead(Instant now, std::uint64_t height) const;
    /// The receipt key for a reader of the members' log up to `height`.
    const SigningKey& receiptKeyAt(std::uint64_t height) const;
    /// Up to where a backup elsewhere holds the log: asked of the store, because another process notes it.
    std::uint64_t safe() const;

    /// Applies and keeps statements that follow the newest one; all or none.
    /// @return as `Membership::apply`, or the store's failure. `Busy` if another process has written.
    Status appendStatements(std::span<const ledger::SignedStatement> statements, const Listener* author);
    /// Numbers segments that the caller has judged. @return as `ServerStore::appendSegments`.
    Status appendSegments(std::span<const ledger::Segment> segments, const Listener* author);
    /// Keeps words that the caller has verified. @return as `ServerStore::keepApplied`.
    Status keepApplied(std::span<const ledger::AppliedWord> words, const Listener* author);

    void subscribe(Listener& listener) { listeners_.insert(&listener); }
    /// Asks every other session of `device` to hand over.
    void handOver(const DeviceId& device, const Listener& successor, Instant now) const;
    void unsubscribe(Listener& listener) { listeners_.erase(&listener); }

private:
    WorkspaceHub(ServerStore& store, const WorkspaceId& workspace) : store_(store), workspace_(workspace) {}
    void announce(const Listener* author) const;
    /// Of devices removed and keys replaced by these statements. What cannot be dropped now is handed to
    /// nobody.
    void dropApplied(std::span<const ledger::SignedStatement> statements);

    ServerStore& store_;
    WorkspaceId workspace_;
    ledger::Membership membership_;
    WorkspaceState state_;
    std::set<Listener*> listeners_;
};

/// The workspaces that this process has in hand. Used by one thread.
class Hub {
public:
    /// Workspaces kept in memory without a session.
    static constexpr std::size_t kIdleMax = 64;

    /// A session that has so much to bring brings what is urgent first.
    static constexpr std::uint64_t kUrgentFrom = std::uint64_t{64} << 10;

    /// @param store       Outlives this object.
    /// @param urgentFrom  Bytes; other than `kUrgentFrom` in tests.
    explicit Hub(ServerStore& store, std::uint64_t urgentFrom = kUrgentFrom)
        : store_(store),
          urgentFrom_(urgentFrom)
    {
    }

    ServerStore& store() const { return store_; }
    std::uint64_t urgentFrom() const { return urgentFrom_; }
    /// Shared by every session of the workspace, so that they see one head. @return `NotFound`, or a failure
    /// of the store.
    Result<std::shared_ptr<WorkspaceHub>> find(const WorkspaceId& workspace);

private:
    void dropIdle();

    ServerStore& store_;
    std::uint64_t urgentFrom_;
    std::map<WorkspaceId, std::shared_ptr<WorkspaceHub>> hubs_;
};

}  // namespace teren::server
