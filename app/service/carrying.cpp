// SPDX-License-Identifier: EUPL-1.2
#include "app/service/carrying.h"

#include "crypto/base/limits.h"
#include "sync/engine/reply_reader.h"

#include <algorithm>

namespace teren::service {
namespace {

/// Segments that are taken in one transaction.
constexpr std::size_t kBatchBytes = std::size_t{1} << 20;
/// For the ticket, and what lies around messages.
constexpr std::size_t kRoomBeside = std::size_t{1} << 20;

std::size_t sizeOf(const std::vector<ledger::SignedStatement>& statements)
{
    std::size_t bytes = 0;
    for (const ledger::SignedStatement& statement : statements)
        bytes += statement.body.size() + 128;
    return bytes;
}

/// What fits into a file: the first ones of `segments`, which are those that the server may lack.
void dropTooMany(std::vector<ledger::Segment>& segments, std::size_t room)
{
    std::size_t bytes = 0;
    const auto end = std::ranges::find_if(segments, [&](const ledger::Segment& segment) {
        bytes += carrier::sizeInFile(segment);
        return bytes > room;
    });
    segments.erase(end, segments.end());
}

Status takeSegments(
    store::WorkspaceStore& store, std::span<const ledger::Segment> segments, ImportReport& report)
{
    // Chains in their order, so that no batch begins with what an other one brings.
    bool ownUnknown = false;
    while (!segments.empty()) {
        std::size_t count = 0;
        std::size_t bytes = 0;
        while (count < segments.size() && (count == 0 || bytes < kBatchBytes))
            bytes += carrier::sizeInFile(segments[count++]);
        TEREN_TRY(const store::CarriedOutcome outcome, store.storeCarried(segments.first(count)));
        report.segments += outcome.taken;
        report.changes += outcome.changes;
        report.known += outcome.known;
        report.notOurs += outcome.notOurs;
        report.early += outcome.early;
        report.apart += outcome.apart;
        ownUnknown = ownUnknown || outcome.ownUnknown;
        segments = segments.subspan(count);
    }
    return ownUnknown ? store.startNewLife(engine::LifeReason::RolledBack) : Status{};
}

}  // namespace

Result<carrier::SignedTicket> ticketOf(store::WorkspaceStore& store, Instant now, std::chrono::hours life)
{
    carrier::Ticket ticket;
    ticket.workspace = store.membership().workspace();
    ticket.device = store.device();
    ticket.issued = now;
    ticket.expires = now + life;
    wire::Position position = store.position();
    // Bodies in parts are between this device and the server alone.
    position.uploading.reset();
    position.partialNumber = 0;
    position.partialSize = 0;
    ticket.position = wire::encode(position);
    ticket.server = store.serverAddress();
    TEREN_TRY(ticket.head, store.newestHead());
    return carrier::signTicket(ticket, store.keys().signing);
}

Result<carrier::Bundle> bundleOf(store::WorkspaceStore& store, Instant now, std::chrono::hours life, bool all)
{
    TEREN_CHECK(store.sealAll());
    carrier::Bundle bundle;
    TEREN_TRY(bundle.ticket, ticketOf(store, now, life));
    TEREN_TRY(bundle.statements, store.statements());
    const std::size_t beside = bundle.ticket.body.size() + sizeOf(bundle.statements) + kRoomBeside;
    if (beside >= limits::kBundleMax)
        return fail(Errc::LimitExceeded, "the members' log alone is larger than a bundle can be");
    const std::size_t room = limits::kBundleMax - beside;
    TEREN_TRY(bundle.segments, store.segmentsToCarry(all, room));
    dropTooMany(bundle.segments, room);
    return bundle;
}

std::vector<Hash> offerTo(
    const DeviceId& peer, const carrier::Bundle& all, const ledger::Membership& membership)
{
    std::vector<Hash> have;
    for (const ledger::Segment& segment : all.segments)
        if (membership.canRead(peer, segment.head.header.space))
            have.push_back(segment.head.hash);
    return have;
}

Result<carrier::Bundle> bundleFor(
    const DeviceId& peer, const std::set<Hash>& has, const carrier::Bundle& all,
    const store::WorkspaceStore& store, RandomSource& random)
{
    carrier::Bundle bundle;
    TEREN_TRY(carrier::Ticket ticket, carrier::decodeTicket(all.ticket));
    ticket.carrier = SigningKey::generate(random).publicKey();
    bundle.ticket = carrier::signTicket(ticket, store.keys().signing);
    bundle.statements = all.statements;
    std::ranges::copy_if(
        all.segments, std::back_inserter(bundle.segments), [&](const ledger::Segment& segment) {
            return !has.contains(segment.head.hash)
                && store.membership().canRead(peer, segment.head.header.space);
        });
    return bundle;
}

Status applyVerified(store::WorkspaceStore& store, carrier::Verified verified, ImportReport& report)
{
    report.from = verified.ticket.device.hex();
    if (!verified.newer.empty())
        TEREN_CHECK(store.storeStatements(verified.newer));
    report.statements = verified.newer.size();
    std::ranges::sort(verified.segments, {}, [](const ledger::Segment& segment) {
        const ledger::SegmentHeader& header = segment.head.header;
        return std::tuple(header.space, header.device, header.life, header.firstSeq, segment.head.hash);
    });
    TEREN_CHECK(takeSegments(store, verified.segments, report));
    if (verified.ticket.device == store.device())
        return {};
    if (verified.ticket.head)
        TEREN_CHECK(store.hearOfHead(*verified.ticket.head, verified.ticket.device));
    return store.hearOf({verified.ticket.device, verified.position.head});
}

Status applyReply(
    store::WorkspaceStore& store, const carrier::Reply& reply, Instant now, ImportReport& report)
{
    const Result<carrier::Ticket> read = carrier::decodeTicket(reply.ticket);
    if (!read)
        return carrier::wrongFile(read.error());
    const carrier::Ticket& ticket = *read;
    if (ticket.workspace != store.membership().workspace() || ticket.device != store.device())
        return fail(Errc::Refused, "the reply is for another device");
    // Past its time it is as true as before: only who signed it counts here.
    if (const Status isOwn
        = carrier::checkTicket(reply.ticket, store.keys().signing.publicKey(), ticket.issued);
        !isOwn)
        return carrier::wrongFile(isOwn.error());
    std::vector<ledger::ServerKeyPair> keys = engine::serverKeysOf(store, now);
    const Result<std::vector<wire::ToClient>> messages = carrier::openReply(reply, keys);
    if (!messages)
        return carrier::wrongFile(messages.error());
    TEREN_TRY(const wire::Position asked, wire::decodePosition(ticket.position));
    TEREN_TRY(const store::OutboxCounts before, store.outboxCounts());
    engine::ReplyReader reader(store, [&](const Hash& hash) { return store.headOf(hash); }, std::move(keys));
    TEREN_TRY(const engine::ReplyReader::Outcome outcome, reader.read(*messages, asked));
    TEREN_TRY(const store::OutboxCounts after, store.outboxCounts());
    report.statements = outcome.statements;
    report.segments = outcome.segments;
    report.changes = outcome.changes;
    report.refused = outcome.refused;
    report.confirmed = after.confirmed - std::min(before.confirmed, after.confirmed);
    return {};
}

}  // namespace teren::service
