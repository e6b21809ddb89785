// SPDX-License-Identifier: EUPL-1.2
#include "app/service/sync_service.h"

#include "app/service/enrolment.h"
#include "app/service/office_parts.h"
#include "app/service/server_state.h"
#include "app/store/attachment_traffic.h"
#include "sync/net/sync_driver.h"

namespace teren::service {
namespace {

constexpr std::chrono::seconds kSlice{1};

ServerState stateOf(engine::ServerHealth health)
{
    switch (health) {
    case engine::ServerHealth::Unknown:
        return ServerState::Unknown;
    case engine::ServerHealth::Ok:
        return ServerState::Ok;
    case engine::ServerHealth::Unreachable:
        return ServerState::Unreachable;
    case engine::ServerHealth::WentBack:
        return ServerState::WentBack;
    case engine::ServerHealth::Forked:
        return ServerState::Forked;
    }
    return ServerState::Unknown;
}

/// As the segments' reasons are named.
std::string_view identifierOf(wire::RefusalCode code)
{
    using enum wire::RefusalCode;
    switch (code) {
    case Version:
        return "version";
    case UnknownWorkspace:
        return "unknown-workspace";
    case NotAMember:
        return "not-a-member";
    case BadProof:
        return "bad-proof";
    case Limit:
        return "limit";
    case NoRoom:
        return "no-room";
    case Internal:
        return "internal";
    case Malformed:
    case UnknownHead:
    case UnknownMembership:
    case BadToken:
    case OutOfTurn:
    case UnknownInvitation:
        break;
    }
    return "malformed";
}

SyncProgress progressOf(const engine::Progress& progress)
{
    const auto leg = [](const engine::Leg& of) { return SyncProgress::Leg{of.done, of.total}; };
    return {
        leg(progress.sent), leg(progress.received), leg(progress.filesSent), leg(progress.filesReceived),
        progress.timeLeft};
}

}  // namespace

/// The machine, its driver and what they are about; lives for a session or a watch.
class SyncSession::Parts {
public:
    static Result<std::unique_ptr<Parts>> make(Office& office)
    {
        const Office::Parts& of = office.parts();
        TEREN_TRY(store::WorkspaceStore * store, of.workspace());
        TEREN_TRY(net::Address address, net::Address::parse(store->serverAddress()));
        const net::Server server
            = net::serverWith(std::move(address), engine::serverKeysOf(*store, of.around.clock.now()));
        return std::make_unique<Parts>(office, *store, server);
    }

    Parts(Office& of, store::WorkspaceStore& kept, net::Server server)
        : office(of),
          store(kept),
          traffic(of.parts().attachmentParts()),
          machine(kept, of.parts().around.random, &traffic),
          driver(std::move(server), machine, of.parts().around.clock),
          saved(kept.savesMade())
    {
    }

    /// Whether something was saved since this was asked last.
    bool hasSaved() { return std::exchange(saved, store.savesMade()) != store.savesMade(); }

    /// Notes what the attempt showed of the server, and turns the driver's counts into what people are told.
    Result<SyncReport> conclude(const Result<net::SyncReport>& ended)
    {
        Office::Parts& of = office.parts();
        const bool isDone = ended && !ended->isCancelled;
        TEREN_TRY(const ServerState state, stateAfter(of.settings, isDone, ended && ended->isCancelled));
        TEREN_CHECK(writeServerState(of.settings, state, nextAttempt(ended.has_value())));
        if (const std::optional<ServerRefusal> refusal = refusalNow(); refusal || isDone)
            TEREN_CHECK(writeServerRefusal(of.settings, refusal));
        TEREN_CHECK(of.received());
        if (!ended)
            return std::unexpected(inWords(ended.error()));
        TEREN_TRY(const auto conflicts, of.store->conflictCounts());
        SyncReport report{
            ended->counts.sent,
            ended->counts.received,
            ended->counts.confirmed,
            ended->bytesSent,
            ended->bytesReceived,
            ended->counts.roundTrips,
            0,
            0,
            0,
            {},
            ended->messagesSent,
            ended->messagesReceived,
            ended->isCancelled,
            progressOf(ended->progress)};
        for (const auto& [space, count] : conflicts)
            report.conflicts += count;
        report.filesSent = ended->freight.sent;
        report.filesReceived = ended->freight.received;
        if (const std::optional<Error>& trouble = ended->freightTrouble; trouble.has_value())
            report.filesTrouble = trouble->detail;
        return report;
    }

    Office& office;
    store::WorkspaceStore& store;
    store::AttachmentTraffic traffic;
    engine::ClientMachine machine;
    net::SyncDriver driver;

private:
    /// Nothing for a device that waits to be let in: that is no news of the server.
    std::optional<ServerRefusal> refusalNow() const
    {
        const std::optional<wire::RefusalCode> code = machine.refusal();
        if (!code || store.membership().find(store.device()) == nullptr)
            return std::nullopt;
        return ServerRefusal{std::string(identifierOf(*code)), office.parts().around.clock.now()};
    }

    /// A server that went back, forked or refused this device stays so in the books until it has answered
    /// rightly again: that it cannot be reached meanwhile is the lesser news.
    Result<ServerState> stateAfter(store::KeyValue& settings, bool isDone, bool isCancelled) const
    {
        ServerState now = stateOf(machine.health());
        SyncStatus before;
        TEREN_CHECK(readServerState(settings, before));
        const bool accused = before.server == ServerState::WentBack || before.server == ServerState::Forked
            || (before.server == ServerState::Refused && !isDone);
        const bool misbehaves = now == ServerState::WentBack || now == ServerState::Forked;
        // Its store failing is told as before, by `noteUnreachable`.
        if (refusalNow() && machine.refusal() != wire::RefusalCode::Internal && !misbehaves)
            now = accused ? before.server : ServerState::Refused;
        const bool silent = now == ServerState::Unknown || now == ServerState::Unreachable;
        // One that a person did not wait for need not be unreachable.
        if (silent && (accused || isCancelled))
            return before.server;
        // An answer that settled nothing leaves what was known.
        return now == ServerState::Unknown ? before.server : now;
    }

    std::optional<Instant> nextAttempt(bool done) const
    {
        return done || !keepsTrying ? std::nullopt : std::optional(machine.wakeAt());
    }

    Error inWords(const Error& error) const
    {
        // Without a proof; one that went back and says so is followed and has everything given back.
        const bool unproven = error.code == Errc::Forged;
        if (machine.health() == engine::ServerHealth::WentBack && unproven)
            return {
                Errc::Damaged,
                "the server holds less than it confirmed to this device: it was put back to an older state"};
        if (machine.health() == engine::ServerHealth::Forked && unproven)
            return {Errc::Damaged, "the server's log is not the one that this device has verified"};
        if (error.code == Errc::Refused && !office.parts().store->isMember()) {
            const Result<bool> invited = Enrolment(office).stillInvited();
            if (invited && !*invited)
                return {
                    Errc::Refused,
                    "the invitation counts no more: another device was let in with it, or it was withdrawn; "
                    "ask the inviter for a new one, and join with that"};
            return {
                Errc::Refused, "the office has not let this device in yet; read your code to the inviter"};
        }
        return error;
    }

public:
    bool keepsTrying = false;
    std::uint64_t saved;  ///< `savesMade` as last seen.
};

SyncSession::SyncSession(Office& office)
{
    // Without a workspace there is nothing to do; `finish` says so.
    if (Result<std::unique_ptr<Parts>> parts = Parts::make(office)) {
        parts_ = *std::move(parts);
        parts_->driver.begin();
    }
}

SyncSession::~SyncSession() = default;

bool SyncSession::advance(std::chrono::milliseconds slice)
{
    if (parts_ == nullptr)
        return true;
    if (parts_->hasSaved())
        parts_->driver.localChange();
    return parts_->driver.advance(slice);
}

SyncProgress SyncSession::progress() const
{
    return parts_ == nullptr ? SyncProgress{} : progressOf(parts_->driver.progress());
}

void SyncSession::cancel()
{
    if (parts_ != nullptr)
        parts_->driver.cancel();
}

Result<SyncReport> SyncSession::finish()
{
    if (parts_ == nullptr)
        return fail(
            Errc::Refused, "this profile belongs to no workspace yet; create one or join with an invitation");
    return parts_->conclude(parts_->driver.result());
}

Result<SyncReport> syncOnce(Office& office)
{
    SyncSession session(office);
    while (!session.advance(kSlice)) {}
    return session.finish();
}

Status acceptSplit(Office& office, const std::string& device)
{
    TEREN_TRY(store::WorkspaceStore * store, office.parts().workspace());
    Result<DeviceId> id = DeviceId::fromHex(device);
    // Notices say who it is, and not its identifier.
    for (const auto& [known, member] : store->membership().devices())
        if (!id && office.parts().people->knows(known) && office.parts().people->deviceLabel(known) == device)
            id = known;
    if (!id)
        return fail(Errc::Invalid, "device: '" + device + "' is not a device's identifier of 32 hex digits");
    return store->acceptDispute(*id);
}

Status SyncSession::watch(
    Office& office, const std::function<void(const Result<SyncReport>&)>& reported,
    const std::function<bool()>& stop, const std::function<void()>& meanwhile)
{
    TEREN_TRY(const std::unique_ptr<Parts> parts, Parts::make(office));
    parts->keepsTrying = true;
    net::SyncDriver::Watch watch;
    watch.stop = stop;
    watch.reported = [&](const Result<net::SyncReport>& ended) { reported(parts->conclude(ended)); };
    watch.idle = [&] {
        if (meanwhile)
            meanwhile();
        return parts->hasSaved();
    };
    parts->driver.watch(watch);
    return {};
}

}  // namespace teren::service
