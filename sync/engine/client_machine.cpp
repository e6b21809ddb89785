// SPDX-License-Identifier: EUPL-1.2
#include "sync/engine/client_machine.h"

#include "crypto/base/limits.h"
#include "sync/engine/refusal.h"
#include "sync/ledger/merkle.h"

#include <algorithm>
#include <utility>

namespace teren::engine {

namespace {

template <typename... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};

/// Whether `error`, found in what a server hands out, says that it cannot be what a device had given to it.
bool speaksOfTampering(Errc code)
{
    return code == Errc::Malformed || code == Errc::LimitExceeded || code == Errc::Forged
        || code == Errc::Damaged;
}

}  // namespace

// ---- events --------------------------------------------------------------------------------------------

ClientMachine::Actions ClientMachine::connected(const Hash& exporter, Instant now)
{
    follow(now);
    refusal_.reset();
    return finish(open(exporter, now), now);
}

ClientMachine::Actions ClientMachine::received(const wire::ToClient& message, Instant now)
{
    follow(now);
    if (!isBusy() && state_ != State::Settled)
        return {};  // Sent before the server knew that we had hung up.
    return finish(take(message, now), now);
}

ClientMachine::Actions ClientMachine::lost(Instant now)
{
    follow(now);
    if (state_ == State::Offline)
        return {};
    if (state_ == State::Connecting || state_ == State::Opening)
        noteUnreachable();
    goOffline({Errc::Unreachable, "the line to the server was lost"}, now);
    return {};
}

ClientMachine::Actions ClientMachine::localChange(Instant now)
{
    follow(now);
    if (state_ == State::Settled)
        return finish(refresh(now), now);
    if (state_ == State::Uploading)
        raise(AfterFlight::Restate);
    if (state_ == State::CatchingUp && mayWriteMeanwhile())
        return finish(announce(now), now);
    return {};  // Every other state has the sealing still before it.
}

ClientMachine::Actions ClientMachine::syncNow(Instant now)
{
    follow(now);
    retryDelay_ = kRetryFirst;
    if (state_ == State::Offline)
        return connect(now);
    return localChange(now);
}

ClientMachine::Actions ClientMachine::woken(Instant now)
{
    follow(now);
    if (session_.goesOn)
        return finish(topUp(now), now);
    if (now < wakeAt_)
        return {};
    if (state_ == State::Offline)
        return connect(now);
    if (state_ == State::Settled)
        return finish(refresh(now), now);
    noteUnreachable();
    return giveUp({Errc::Unreachable, "the server did not answer in time"}, now);
}

void ClientMachine::left(std::size_t bytes, Instant now)
{
    session_.upRate.note(bytes, now);
    session_.unwritten -= std::min<std::uint64_t>(bytes, session_.unwritten);
}

Progress ClientMachine::progress(Instant now) const
{
    Progress progress{session_.sent, session_.received, {}, {}, {}};
    // What has left counts as moved: a person looks at a line, not at a log.
    const std::uint64_t flying = session_.flight.bytes();
    progress.sent.done += flying - std::min(flying, session_.unwritten);
    // What is not sealed yet will be about as large as what is.
    if (session_.waiting.changes > 0)
        progress.sent.total += session_.waiting.unsealed * session_.waiting.bytes / session_.waiting.changes;
    if (freight_) {
        progress.filesSent = freight_->sent();
        progress.filesReceived = freight_->received();
    }
    progress.timeLeft = timeFor(
        progress.sent.left() + progress.filesSent.left(), session_.upRate,
        progress.received.left() + progress.filesReceived.left(), session_.downRate, now);
    return progress;
}

// ---- messages ------------------------------------------------------------------------------------------

Result<ClientMachine::Actions> ClientMachine::take(const wire::ToClient& message, Instant now)
{
    return std::visit(
        Overloaded{
            [&](const wire::Answer& answer) { return takeAnswer(answer, now); },
            [&](const wire::Page& page) { return takePage(page, now); },
            [&](const wire::StatementsResult& result) { return takeResult(result, now); },
            [&](const wire::Consistency& reply) { return takeConsistency(reply, now); },
            [&](const wire::Receipt& receipt) { return takeReceipt(receipt, now); },
            [&](const wire::SegmentRefused& refused) { return takeRefused(refused, now); },
            [&](const wire::NeedWhole& needed) { return takeNeedWhole(needed, now); },
            [&](const wire::Refusal& refusal) { return takeRefusal(refusal, now); },
            [&](const wire::BlobStates& reply) { return takeFreight(reply, now); },
            [&](const wire::BlobData& reply) { return takeFreight(reply, now); },
            [&](const wire::AppliedKept& reply) -> Result<Actions> {
                TEREN_CHECK(applied_.take(reply, now));
                return tellApplied({}, now);
            },
            // A server that answers what nobody asked is not one we understand.
            [](const auto&) -> Result<Actions> { return fail(Errc::Malformed, "an unasked reply"); },
        },
        message);
}

Result<ClientMachine::Actions> ClientMachine::takeAnswer(const wire::Answer& answer, Instant now)
{
    TEREN_CHECK(learn(answer));
    const bool ownWork = isAtOwnWork();
    if (session_.statementsCome && !ownWork) {
        state_ = State::CatchingUp;
        awaitReply(now);
        return Actions{};
    }
    if (answer.moreStatements && !ownWork)
        return refresh(now);
    if (answer.moreStatements && !session_.statementsCome)
        raise(AfterFlight::Refresh);
    else if (answer.toReceive > 0)
        announced(answer.toReceive, now);
    awaitReply(now);
    // News in the middle of our own work: its pages come beside our replies, and what its statements mean for
    // what is not sealed yet is looked at when these have come.
    if (ownWork && !answer.statements.empty())
        raise(AfterFlight::Restate);
    if (ownWork)
        return Actions{};
    return mayWriteMeanwhile() ? announce(now) : awaitPages(now);
}

/// What an answer says, before it is decided what to do next.
Status ClientMachine::learn(const wire::Answer& answer)
{
    if (answer.version < wire::kOldestVersion || answer.version > wire::kNewestVersion)
        return fail(Errc::TooNew, "the server answered in a version of the protocol that was not offered");
    if (state_ == State::Returning && !session_.parting)
        return fail(Errc::Malformed, "an unasked reply");
    TEREN_CHECK(session_.parting ? takeTheirs(answer) : storeStatements(answer.statements));
    if (answer.head)
        TEREN_CHECK(adopt(*answer.head, answer.consistency));
    health_ = ServerHealth::Ok;
    if (freight_ && (answer.features & wire::kCarriesBlobs) != 0)
        freight_->open();
    TEREN_CHECK(applied_.take(answer));
    if (state_ != State::Opening && (answer.head || !answer.statements.empty() || !answer.applied.empty()))
        session_.hasNews = true;
    session_.version = answer.version;
    const bool moreCome = answer.moreStatements && (answer.features & wire::kSendsAllStatements) != 0;
    if (moreCome && answer.statements.empty())
        return fail(Errc::Malformed, "the server promises statements that it does not send");
    if (!std::exchange(session_.statementsCome, moreCome))
        session_.uploadHave = answer.uploadHave;
    session_.expected = answer.toReceive;
    if (state_ == State::Opening) {
        TEREN_TRY(const std::uint64_t known, replica_.ownAbove(session_.asked.cursor));
        session_.knowsOwn = answer.ownAhead == known;
    }
    return {};
}

/// Beside whatever goes on: it was asked for while nothing did.
template <typename Reply>
Result<ClientMachine::Actions> ClientMachine::takeFreight(const Reply& reply, Instant now)
{
    if (!freight_)
        return fail(Errc::Malformed, "an unasked reply");
    const FreightCounts before = freight_->counts();
    TEREN_CHECK(freight_->take(reply, now));
    session_.downRate.note(freight_->counts().bytesReceived - before.bytesReceived, now);
    return load(now);
}

Result<ClientMachine::Actions> ClientMachine::takePage(const wire::Page& page, Instant now)
{
    if (session_.streams == 0)
        return fail(Errc::Malformed, "a page that nobody announced");
    const Result<std::vector<Incoming>> read
        = session_.pages.read(page, session_.head, replica_.membership());
    if (!read)
        return unusable(read.error());
    const std::vector<Incoming>& entries = *read;
    noteReceived(page, now);
    if (page.last && session_.pages.isInsideBody())
        return fail(Errc::Malformed, "the last page ends inside a segment");
    if (page.last)
        session_.pages.forgetKept();
    TEREN_CHECK(storePage(entries, reachedBy(entries, page.cursor)));
    TEREN_CHECK(keepUnfinished());
    if (page.last) {
        --session_.streams;
        session_.expected = 0;
        if (session_.streams == 0)
            session_.received.total = session_.received.done;
    }
    awaitReply(now);
    Actions actions;
    if (!isAtOwnWork()) {
        TEREN_TRY(actions, awaitPages(now));
    }
    return tellApplied(std::move(actions), now);
}

Result<ClientMachine::Actions> ClientMachine::takeConsistency(const wire::Consistency& reply, Instant now)
{
    if (state_ == State::Returning)
        return takeCommon(reply, now);
    const std::vector<HeadClaim> claims = std::exchange(session_.compared, {});
    if (state_ != State::Comparing || reply.heads.size() != claims.size())
        return fail(Errc::Malformed, "an unasked reply");
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const ledger::TreeHead& seen = claims[i].head;
        if (reply.heads[i].treeSize != seen.size)
            return fail(Errc::Malformed, "an unasked reply");
        const Status holds = ledger::verifyConsistency(
            seen.size, seen.root, session_.head.size, session_.head.root, reply.heads[i].proof);
        TEREN_CHECK(replica_.settleClaim(claims[i], holds.has_value()));
    }
    return compareMore(now);
}

Result<ClientMachine::Actions> ClientMachine::takeResult(const wire::StatementsResult& result, Instant now)
{
    if (state_ == State::Returning)
        return takeGivenBack(result, now);
    if (state_ != State::Stating || session_.submitted.empty())
        return fail(Errc::Malformed, "an unasked reply");
    const std::vector<ledger::SignedStatement> run = std::move(session_.submitted.front());
    session_.submitted.pop_front();
    using enum wire::StatementsResult::Code;
    switch (result.code) {
    case Taken:
        if (session_.overtaken)
            return fail(Errc::Malformed, "a statement was taken that does not follow");
        TEREN_CHECK(storeStatements(run));
        break;
    case Moved:
        TEREN_CHECK(noteMoved(result));
        break;
    case Refused:
        return fail(Errc::Refused, "the server refused a membership statement of this device");
    }
    awaitReply(now);
    if (!session_.submitted.empty())
        return Actions{};
    const bool moved = std::exchange(session_.overtaken, false);
    const bool newer = std::exchange(session_.newer, false);
    // With nothing newer it is the head that has moved: a removal is signed on the newest one.
    return moved && !newer ? stateLater(now) : announce(now);
}

Status ClientMachine::noteMoved(const wire::StatementsResult& result)
{
    if (!session_.overtaken && ++session_.moves > kRetriesMax)
        return fail(Errc::Busy, "the membership log moves faster than this device can follow");
    session_.overtaken = true;
    session_.newer = session_.newer || !result.newer.empty();
    return storeStatements(result.newer);
}

Result<ClientMachine::Actions> ClientMachine::takeReceipt(const wire::Receipt& received, Instant now)
{
    if (state_ != State::Uploading)
        return fail(Errc::Malformed, "an unasked reply");
    const bool isShort = wire::isShort(received);
    wire::ExpandedReceipt full{received, {}};
    if (isShort) {
        TEREN_TRY(full, inFull(received));
    }
    const wire::Receipt& receipt = full.receipt;
    TEREN_TRY(
        const ledger::Head head,
        isShort ? opened(receipt.head) : verified(receipt.head, receipt.consistency));
    TEREN_CHECK(session_.flight.verify(receipt, head));
    TEREN_CHECK(replica_.storeReceipt({head, receipt.head, receipt.proof, full.peaks}, receipt.entries));
    TEREN_CHECK(replica_.heardTime(head.time, now));
    moveTo(head.tree, std::move(full.peaks));
    session_.toldPeaks = session_.toldPeaks || isShort;
    const std::size_t before = session_.flight.bytes();
    counts_.confirmed += session_.flight.land(receipt.entries);
    session_.sent.done += before - session_.flight.bytes();
    for (const wire::Numbered& entry : receipt.entries)
        session_.ownNumbers.insert(entry.number);
    return topUp(now);
}

Result<wire::ExpandedReceipt> ClientMachine::inFull(const wire::Receipt& receipt) const
{
    TEREN_TRY(const std::vector<Hash> leaves, session_.flight.leavesOf(receipt));
    return wire::expanded(receipt, session_.head, session_.peaks, replica_.membership().workspace(), leaves);
}

Result<ClientMachine::Actions> ClientMachine::takeRefused(const wire::SegmentRefused& refused, Instant now)
{
    const std::optional<ledger::SegmentHeader> header = session_.flight.drop(refused.segment);
    if (!header)
        return fail(Errc::Malformed, "a refusal of something that was not sent");
    TEREN_CHECK(noteRefused(refused, *header));
    if (refused.code == wire::SegmentRefusal::NoRoom) {
        // Of all that follows it would say the same.
        refusal_ = wire::RefusalCode::NoRoom;
        return std::unexpected(errorOf(wire::RefusalCode::NoRoom));
    }
    return topUp(now);
}

/// What the server has before it is not what we have. The whole header gets the answer that this one has not.
Result<ClientMachine::Actions> ClientMachine::takeNeedWhole(const wire::NeedWhole& needed, Instant now)
{
    const std::optional<ledger::SegmentHeader> header = session_.flight.dropShort(needed.name);
    if (!header)
        return fail(Errc::Malformed, "a question about a header that was not sent short");
    session_.whole.insert({header->space, header->life});
    raise(AfterFlight::Resend);
    return topUp(now);
}

Status ClientMachine::noteRefused(const wire::SegmentRefused& refused, const ledger::SegmentHeader& header)
{
    using enum wire::SegmentRefusal;
    switch (refused.code) {
    case Forked:
        if (header.device != replica_.device() || header.life != replica_.life())
            break;  // Another's, which the server had lost: the one that it took since counts.
        session_.forked = refused.segment;
        raise(AfterFlight::NewLife);
        return {};
    case StaleEpoch:
    case UnknownLife:
    case UnknownHeight:
        if (session_.retries == kRetriesMax)
            break;
        raise(AfterFlight::Refresh);
        return {};
    case Gap:
        // Behind a segment that will be sent again, the rest of its chain has nothing to stand on yet.
        if (session_.afterFlight >= AfterFlight::Resend
            || session_.blocked.contains({header.space, header.life}))
            return {};
        break;
    case Malformed:
    case NotAWriter:
    case BadSignature:
    case NoRoom:
        break;
    }
    session_.blocked.insert({header.space, header.life});
    return replica_.segmentRefused(refused.segment, refused.code);
}

/// The server handed out what no device can have given to it.
std::unexpected<Error> ClientMachine::unusable(const Error& error)
{
    if (!speaksOfTampering(error.code))
        return std::unexpected(error);
    noteUnreachable();
    return fail(
        error.code == Errc::LimitExceeded ? Errc::Forged : error.code,
        "the server hands out data that is damaged or was tampered with (" + error.detail
            + "); none of it was taken, and what is on this device is whole; its administrator has to put "
              "the "
              "server right");
}

Result<ClientMachine::Actions> ClientMachine::takeRefusal(const wire::Refusal& refusal, Instant now)
{
    using enum wire::RefusalCode;
    if (refusal.code == UnknownHead || refusal.code == UnknownMembership)
        return goBack(refusal, now);
    refusal_ = refusal.code;
    if (refusal.code == Internal)
        noteUnreachable();
    const ledger::Membership::Device* self = replica_.membership().find(replica_.device());
    if (refusal.code == NotAMember && self != nullptr && self->isMember())
        return fail(
            Errc::Refused,
            "the server does not count this device among the members: it was removed, or the server was put "
            "back to an older state; then it goes on by itself once another device of the office has synced");
    return std::unexpected(errorOf(refusal.code));
}

// ---- the line ------------------------------------------------------------------------------------------

/// People's clocks are set back, and nothing may wait the longer for it: what is due keeps its distance.
void ClientMachine::follow(Instant now)
{
    if (now < lastNow_)
        wakeAt_ -= lastNow_ - now;
    lastNow_ = now;
}

ClientMachine::Actions ClientMachine::connect(Instant now)
{
    state_ = State::Connecting;
    wakeAt_ = now + kReplyWait;
    return {Connect{}};
}

ClientMachine::Actions ClientMachine::finish(Result<Actions> result, Instant now)
{
    if (result)
        return *std::move(result);
    return giveUp(std::move(result).error(), now);
}

ClientMachine::Actions ClientMachine::giveUp(Error error, Instant now)
{
    goOffline(std::move(error), now);
    return {Hangup{}};
}

void ClientMachine::goOffline(Error error, Instant now)
{
    // What was receipted before the line went need not come back to us. If this fails, it does.
    if (!session_.ownNumbers.empty())
        (void)advanceOverOwn();
    state_ = State::Offline;
    failure_ = std::move(error);
    session_ = Session{};
    wakeAt_ = now + jittered(retryDelay_);
    retryDelay_ = std::min<std::chrono::seconds>(retryDelay_ * 2, kRetryMax);
}

/// What a server did wrong stays on the page until it does it right.
void ClientMachine::noteUnreachable()
{
    if (health_ != ServerHealth::WentBack && health_ != ServerHealth::Forked)
        health_ = ServerHealth::Unreachable;
}

void ClientMachine::awaitReply(Instant now)
{
    const std::uint64_t announced = std::min<std::uint64_t>(session_.expected, limits::kPageMax);
    const std::uint64_t bytes
        = session_.flight.bytes() + statedBytes() + announced + (freight_ ? freight_->bytesUnderWay() : 0);
    wakeAt_ = now + kReplyWait + std::chrono::seconds(bytes / kSlowestBytesPerSecond);
}

/// Half to full: devices that lost one server together do not come back together.
std::chrono::milliseconds ClientMachine::jittered(std::chrono::milliseconds delay)
{
    std::array<std::uint8_t, 4> bytes{};
    random_.fill(bytes);
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes)
        number = number << 8 | byte;
    const auto half = delay / 2;
    return half + std::chrono::milliseconds(number % static_cast<std::uint64_t>(half.count() + 1));
}

}  // namespace teren::engine
