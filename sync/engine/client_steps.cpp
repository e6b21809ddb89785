// SPDX-License-Identifier: EUPL-1.2
// What the client machine does next: the second half of client_machine.cpp, which takes events and messages.
#include "crypto/base/limits.h"
#include "sync/engine/client_machine.h"
#include "sync/ledger/merkle.h"

#include <algorithm>
#include <utility>

namespace teren::engine {

namespace {

/// With what the wire puts around each field.
std::size_t sizeOf(const ledger::SignedStatement& statement)
{
    return statement.body.size() + statement.device.view().size() + statement.signature.size() + 16;
}

/// How many of the first statements may travel together; at least one.
std::size_t fitting(std::span<const ledger::SignedStatement> statements, std::size_t bytesMax)
{
    std::size_t count = 0;
    std::size_t bytes = 0;
    for (const ledger::SignedStatement& statement : statements) {
        bytes += sizeOf(statement);
        if (count == limits::kStatementsPerSubmitMax || bytes > bytesMax)
            break;
        ++count;
    }
    return std::max<std::size_t>(count, 1);
}

}  // namespace

// ---- steps ---------------------------------------------------------------------------------------------

Result<ClientMachine::Actions> ClientMachine::open(const Hash& exporter, Instant now)
{
    session_ = Session{};
    counts_ = SessionCounts{};
    loadedAt_ = {};
    if (freight_)
        freight_->reset();
    applied_.reset();
    failure_.reset();
    state_ = State::Opening;

    TEREN_TRY(const Partial kept, replica_.partial());
    TEREN_TRY(session_.pages, PageReader::resuming(kept));
    session_.partialKept = kept.number;
    session_.asked = replica_.position();
    session_.head = session_.asked.head;
    TEREN_TRY(session_.peaks, replica_.peaks());

    wire::Open message{
        .versions = {},
        .workspace = replica_.membership().workspace(),
        .device = replica_.device(),
        .position = wire::encode(session_.asked),
        .signature = {}};
    message.signature = replica_.signProof(wire::proofMessage(exporter, message, session_.head));
    ++counts_.roundTrips;
    awaitReply(now);
    return Actions{Send{std::move(message)}};
}

/// Asks where the server stands, in a session that is already proven.
Result<ClientMachine::Actions> ClientMachine::refresh(Instant now)
{
    wire::Position position = replica_.position();
    if (session_.parting) {
        const std::vector<ledger::SignedStatement>& theirs = session_.parting->theirs;
        position.membershipHeight = session_.parting->height + theirs.size();
        position.membershipHash
            = theirs.empty() ? replica_.membership().hashAt(position.membershipHeight) : theirs.back().hash();
    }
    const bool nearer = state_ != State::CatchingUp || position.cursor != session_.asked.cursor
        || position.exceptions != session_.asked.exceptions
        || position.membershipHeight != session_.asked.membershipHeight;
    // An answer with news may have come unasked, while the one to the question before is still on its way.
    const bool hadNews = std::exchange(session_.hasNews, false);
    session_.fruitless = nearer || hadNews ? 0 : session_.fruitless + 1;
    if (session_.fruitless > kRetriesMax)
        return fail(Errc::Malformed, "the server promises entries that it does not send");
    session_.asked = position;
    session_.askedAgain = true;
    session_.ownNumbers.clear();
    // While it is not known where two members' logs part, nothing that comes can be read.
    state_ = session_.parting && session_.parting->theirs.empty() ? State::Returning : State::CatchingUp;
    ++counts_.roundTrips;
    awaitReply(now);
    return Actions{Send{wire::Refresh{std::move(position)}}};
}

/// A run of pages is on its way to us.
void ClientMachine::announced(std::uint64_t bytes, Instant now)
{
    session_.received.total += bytes;
    session_.downRate.begin(now);
    ++session_.streams;
    session_.unread = true;
}

/// Goes on when nothing more is on its way to us.
Result<ClientMachine::Actions> ClientMachine::awaitPages(Instant now)
{
    state_ = State::CatchingUp;
    if (session_.streams > 0)
        return Actions{};
    session_.unread = false;
    session_.statesLater = false;
    TEREN_CHECK(advanceOverOwn());
    const bool asks = std::exchange(session_.asksAfterPages, false);
    if (asks || isOwed())
        return refresh(now);  // The log grew, or a space was granted, while the pages came.
    session_.knowsOwn = true;
    TEREN_TRY(const bool lacking, replica_.askAgain());
    return lacking ? refresh(now) : compare(now);
}

/// A question is answered after the pages that are on their way.
Result<ClientMachine::Actions> ClientMachine::askAnew(Instant now)
{
    if (session_.streams == 0)
        return refresh(now);
    session_.asksAfterPages = true;
    return awaitPages(now);
}

/// An act that needs the newest head waits for it; the work beside it does not.
Result<ClientMachine::Actions> ClientMachine::stateLater(Instant now)
{
    if (session_.streams == 0)
        return refresh(now);
    session_.statesLater = true;
    return upload(now);
}

/// Asks whether what colleagues say that they have seen is a past state of the log that we were shown.
Result<ClientMachine::Actions> ClientMachine::compare(Instant now)
{
    session_.comparedUpTo = {};
    return compareMore(now);
}

Result<ClientMachine::Actions> ClientMachine::compareMore(Instant now)
{
    TEREN_TRY(session_.compared, replica_.openClaims(session_.comparedUpTo, limits::kHeadsPerQueryMax));
    if (session_.compared.empty())
        return announce(now);
    session_.comparedUpTo = session_.compared.back().device;
    state_ = State::Comparing;
    wire::ConsistencyQuery query;
    for (const HeadClaim& claim : session_.compared)
        query.treeSizes.push_back(claim.head.size);
    ++counts_.roundTrips;
    awaitReply(now);
    return Actions{Send{std::move(query)}};
}

/// Our own acts go first: a segment may need the space or the life that they bring.
Result<ClientMachine::Actions> ClientMachine::announce(Instant now)
{
    if (session_.statesLater)
        return upload(now);
    state_ = State::Stating;
    TEREN_TRY(const std::vector<ledger::SignedStatement> drafts, replica_.signDrafts(now));
    if (drafts.empty())
        return upload(now);
    // Small ones, so that a line that is cut brings some, and one behind the other without a pause.
    Actions actions;
    for (std::span<const ledger::SignedStatement> rest = drafts; !rest.empty();) {
        const auto run = rest.first(fitting(rest, limits::kFirstPage));
        session_.submitted.emplace_back(run.begin(), run.end());
        actions.emplace_back(Send{wire::SubmitStatements{session_.submitted.back()}});
        rest = rest.subspan(run.size());
    }
    ++counts_.roundTrips;
    awaitReply(now);
    return actions;
}

Result<ClientMachine::Actions> ClientMachine::upload(Instant now)
{
    state_ = State::Uploading;
    session_.lastToken = 0;
    TEREN_CHECK(replica_.unsealStale());
    TEREN_TRY(session_.waiting, replica_.waiting());
    session_.toSeal = session_.waiting.unsealed;
    session_.sent.total = session_.sent.done + session_.waiting.bytes;
    return topUp(now);
}

/// Keeps up to two batches under way, so that the line does not idle while a receipt travels. Where that
/// takes more than is sealed, the next step of sealing is made, and what it brought goes before the one after
/// it.
Result<ClientMachine::Actions> ClientMachine::topUp(Instant now)
{
    Actions actions;
    const bool idle = session_.flight.empty();
    TEREN_TRY(bool hasRoom, launchReady(actions, now));
    if (hasRoom && session_.toSeal > 0) {
        TEREN_CHECK(sealMore());
        TEREN_TRY(hasRoom, launchReady(actions, now));
    }
    session_.goesOn = hasRoom && session_.toSeal > 0;
    TEREN_CHECK(noteLarge());
    if (session_.flight.empty() && !session_.goesOn)
        return landed(now);
    if (idle && !session_.flight.empty()) {
        ++counts_.roundTrips;
        session_.upRate.begin(now);
    }
    awaitReply(now);
    return actions;
}

/// @return whether all that is ready is on its way and the line takes more.
Result<bool> ClientMachine::launchReady(Actions& actions, Instant now)
{
    while (session_.afterFlight <= AfterFlight::Restate && session_.flight.bytes() < kBatchBytes) {
        TEREN_TRY(const std::vector<Outgoing> batch, replica_.outbox(session_.lastToken, kBatchBytes));
        if (batch.empty())
            return true;
        for (const Outgoing& outgoing : batch) {
            const ledger::SegmentHeader& header = outgoing.segment.head.header;
            // The pages on their way may hold what seems to be lacking of others' work.
            if (session_.streams > 0 && header.device != replica_.device())
                return false;
            session_.lastToken = outgoing.token;
            if (!session_.blocked.contains({header.space, header.life}))
                TEREN_CHECK(launch(outgoing, actions, now));
        }
    }
    return false;
}

Status ClientMachine::sealMore()
{
    TEREN_TRY(const Waiting step, replica_.sealSome(sealBytes_));
    session_.waiting.bytes += step.bytes;
    session_.waiting.changes += step.changes;
    session_.waiting.unsealed = step.unsealed;
    session_.sent.total += step.bytes;
    session_.toSeal = std::min(session_.toSeal - std::min(session_.toSeal, step.changes), step.unsealed);
    // Saved meanwhile: it may need a case that is to be opened first, and nobody's saving keeps that waiting.
    if (session_.toSeal == 0 && step.unsealed > 0)
        raise(AfterFlight::Restate);
    return {};
}

/// Every segment that was sent has its answer.
Result<ClientMachine::Actions> ClientMachine::landed(Instant now)
{
    session_.goesOn = false;
    TEREN_CHECK(advanceOverOwn());
    switch (std::exchange(session_.afterFlight, AfterFlight::Settle)) {
    case AfterFlight::Settle:
        // Others' entries may lie among ours.
        if (session_.unread || (!session_.ownNumbers.empty() && isOwed()))
            return awaitPages(now);
        return settle(now);
    case AfterFlight::Restate:
    case AfterFlight::Resend:
        return announce(now);
    case AfterFlight::Refresh:
        ++session_.retries;
        return askAnew(now);
    case AfterFlight::NewLife:
        TEREN_CHECK(startNewLife(LifeReason::Forked));
        TEREN_CHECK(replica_.segmentRefused(session_.forked, wire::SegmentRefusal::Forked));
        return announce(now);
    }
    return settle(now);
}

Result<ClientMachine::Actions> ClientMachine::settle(Instant now)
{
    if (now - contactNoted_ >= kNoteContactEvery || now < contactNoted_) {
        TEREN_CHECK(replica_.noteContact(now));
        contactNoted_ = now;
    }
    state_ = State::Settled;
    wakeAt_ = now + kPollEvery;
    retryDelay_ = kRetryFirst;
    session_.moves = 0;
    session_.retries = 0;
    session_.counted.clear();
    TEREN_CHECK(checkViews());
    return tellApplied(load(now), now);
}

Result<ClientMachine::Actions> ClientMachine::tellApplied(Actions actions, Instant now)
{
    const bool isAtRest = state_ == State::Settled;
    const bool allHasCome = isAtRest || session_.streams == 0;
    // What ends soon is said once: of a space that more comes of, the second word waits for the reply to the
    // first.
    const bool restIsNear = session_.received.left() < session_.downRate.perSecond(now);
    if (!isAtRest && (!session_.knowsOwn || (!allHasCome && restIsNear)))
        return actions;
    TEREN_TRY(
        std::optional<wire::TellApplied> word,
        allHasCome ? applied_.next(now) : applied_.nextBeside(session_.received.done, now));
    if (word)
        actions.emplace_back(Send{*std::move(word)});
    return actions;
}

/// A part of a blob that has no answer when it is time to ask again is asked for news with everything else.
ClientMachine::Actions ClientMachine::load(Instant now)
{
    Actions actions;
    if (state_ != State::Settled || !freight_)
        return actions;
    if (counts_.sent != loadedAt_.sent || counts_.received != loadedAt_.received)
        freight_->lookAgain();
    loadedAt_ = counts_;
    for (wire::ToServer& message : freight_->next(now))
        actions.emplace_back(Send{std::move(message)});
    return actions;
}

/// After everything has been exchanged: a member's word accuses the server and does not convict it, so it may
/// not stop an office's work, nor slow it down. But no session ends well before a person has answered it.
Status ClientMachine::checkViews()
{
    TEREN_TRY(const std::optional<DeviceId> device, replica_.disputed());
    if (!device)
        return {};
    health_ = ServerHealth::Forked;
    retryDelay_ = kPollEvery;  // The server is there: come back as often as from a session that stays open.
    return fail(
        Errc::Damaged,
        "device " + device->hex()
            + " has seen another log than the server has shown to this device, or says so falsely; "
              "what holds was exchanged all the same");
}

// ---- parts of steps ------------------------------------------------------------------------------------

Result<ledger::Head> ClientMachine::opened(const ledger::SignedHead& signedHead) const
{
    TEREN_TRY(const ledger::Head head, ledger::openHead(signedHead, serverKeysOf(replica_, lastNow_)));
    if (head.workspace != replica_.membership().workspace())
        return fail(Errc::Forged, "a head of another workspace");
    return head;
}

Result<ledger::Head> ClientMachine::verified(
    const ledger::SignedHead& signedHead, const std::vector<Hash>& consistency)
{
    TEREN_TRY(const ledger::Head head, opened(signedHead));
    if (head.tree == session_.head)
        return head;  // Only its time or its safe mark moved.
    const ledger::TreeHead& before = session_.head;
    const Status grown
        = ledger::verifyConsistency(before.size, before.root, head.tree.size, head.tree.root, consistency);
    if (!grown) {
        // It carries the server's own signature: the server holds another history than ours.
        health_ = head.tree.size < before.size ? ServerHealth::WentBack : ServerHealth::Forked;
        return std::unexpected(grown.error());
    }
    return head;
}

/// An answer may repeat what came unasked while the question was on its way, what a person carried here
/// meanwhile, or what is being given back.
Status ClientMachine::storeStatements(std::span<const ledger::SignedStatement> statements)
{
    const ledger::Membership& membership = replica_.membership();
    while (!statements.empty()) {
        TEREN_TRY(const ledger::Statement first, ledger::decodeStatement(statements.front()));
        if (first.height > membership.height()) {
            session_.blocked.clear();
            return replica_.storeStatements(statements);
        }
        if (first.height == 0 || statements.front().hash() != membership.hashAt(first.height))
            return otherMembership();
        statements = statements.subspan(1);
    }
    return {};
}

/// Kept at once, so that no later session accepts less.
Status ClientMachine::adopt(const ledger::SignedHead& signedHead, const std::vector<Hash>& consistency)
{
    TEREN_TRY(const ledger::Head head, verified(signedHead, consistency));
    TEREN_CHECK(replica_.storeReceipt({head, signedHead}, {}));
    TEREN_CHECK(replica_.heardTime(head.time, lastNow_));
    moveTo(head.tree, {});
    return {};
}

Status ClientMachine::storePage(std::span<const Incoming> entries, const Reached& reached)
{
    TEREN_TRY(const PageOutcome outcome, replica_.storePage(entries, reached));
    counts_.received += outcome.changesReceived;
    // Also where nothing is new: a case that was removed here may be back.
    if (freight_ && !entries.empty())
        freight_->lookAgain();
    if (outcome.ownUnknown)
        TEREN_CHECK(startNewLife(LifeReason::RolledBack));
    return {};
}

/// Keeps the beginning of a body that the page ended in, or forgets one that is whole.
Status ClientMachine::keepUnfinished()
{
    const Partial unfinished = session_.pages.unfinished();
    if (unfinished.number == 0 && session_.partialKept == 0)
        return {};
    TEREN_CHECK(replica_.storePartial(unfinished));
    session_.partialKept = unfinished.number;
    return {};
}

Status ClientMachine::startNewLife(LifeReason reason)
{
    if (++session_.lives > kLivesMax)
        return fail(Errc::Refused, "this device's work comes from several places at once");
    TEREN_CHECK(replica_.startNewLife(reason));
    // What is on its way belongs to the life just given up. If it arrives all the same, it has to come back
    // to us as an entry like others', so nothing more may be made of its receipts.
    if (!session_.flight.empty())
        return fail(Errc::Busy, "a new life began while work of the old one was on its way");
    return {};
}

Status ClientMachine::launch(const Outgoing& outgoing, Actions& actions, Instant now)
{
    const Hash& hash = outgoing.segment.head.hash;
    const bool begun = session_.asked.uploading == hash;
    const std::size_t chunk = chunkSize(now);
    if (outgoing.segment.body.size() > chunk)
        session_.large.push_back(hash);
    const std::uint32_t have = begun ? session_.uploadHave : 0;
    session_.sent.done += have;
    if (have == 0 && session_.counted.insert(hash).second)
        counts_.sent += outgoing.segment.head.header.count;
    const std::optional<ledger::ShortHeader> brief = shortFor(outgoing.segment.head);
    for (wire::PutSegment& put : session_.flight.launch(outgoing, have, chunk, brief)) {
        session_.unwritten += put.data.size();
        if (session_.version >= 3 && !session_.peaks.empty() && !std::exchange(session_.toldPeaks, true))
            put.peaksOf = session_.head.size;
        actions.emplace_back(Send{std::move(put)});
    }
    return {};
}

/// What goes in place of the header, if the server can make that again.
std::optional<ledger::ShortHeader> ClientMachine::shortFor(const ledger::SignedSegmentHeader& head) const
{
    const ledger::SegmentHeader& header = head.header;
    if (session_.version < 3 || header.device != replica_.device()
        || session_.whole.contains({header.space, header.life}))
        return std::nullopt;
    return ledger::shortened(head, replica_.membership());
}

/// @param peaks  Of the log under `head`, if they are known.
void ClientMachine::moveTo(const ledger::TreeHead& head, std::vector<Hash> peaks)
{
    if (head == session_.head && peaks.empty())
        return;
    session_.head = head;
    session_.peaks = std::move(peaks);
}

/// What the line carries in about a second: a line that is cut early brings some of it all the same.
std::size_t ClientMachine::chunkSize(Instant now) const
{
    const std::uint64_t aSecond = session_.upRate.perSecond(now);
    if (aSecond == 0)
        return limits::kPageFirst;
    return std::clamp<std::size_t>(
        static_cast<std::size_t>(aSecond), limits::kBlobPartMin, limits::kChunkMax);
}

void ClientMachine::noteReceived(const wire::Page& page, Instant now)
{
    std::uint64_t bytes = 0;
    for (const wire::Entry& entry : page.entries)
        bytes += entry.header.size() + entry.data.size();
    session_.received.done += bytes;
    session_.received.total = std::max(session_.received.total, session_.received.done);
    session_.downRate.note(bytes, now);
}

/// Only the first of the large bodies can be at the server in part; a note of a later one would lose it.
Status ClientMachine::noteLarge()
{
    while (!session_.large.empty() && !session_.flight.contains(session_.large.front()))
        session_.large.pop_front();
    if (session_.large.empty() || replica_.position().uploading == session_.large.front())
        return {};
    return replica_.uploadStarted(session_.large.front());
}

/// Our own entries are here already: the cursor may pass those that follow it without a gap.
Status ClientMachine::advanceOverOwn()
{
    const wire::Position position = replica_.position();
    std::uint64_t cursor = position.cursor;
    while (session_.ownNumbers.contains(cursor + 1))
        ++cursor;
    // With exceptions a cursor in a page means more: see Replica::storePage.
    if (cursor == position.cursor || !position.exceptions.empty())
        return {};
    return storePage({}, cursor);
}

/// Whether the log holds entries that may be readable and are not here.
bool ClientMachine::isOwed() const
{
    const wire::Position position = replica_.position();
    return position.cursor < session_.head.size || !position.exceptions.empty();
}

std::size_t ClientMachine::statedBytes() const
{
    std::size_t bytes = 0;
    for (const std::vector<ledger::SignedStatement>& run : session_.submitted)
        for (const ledger::SignedStatement& statement : run)
            bytes += sizeOf(statement);
    return bytes;
}

bool ClientMachine::isBusy() const
{
    switch (state_) {
    case State::Opening:
    case State::Returning:
    case State::CatchingUp:
    case State::Comparing:
    case State::Stating:
    case State::Uploading:
        return true;
    case State::Offline:
    case State::Connecting:
    case State::Settled:
        break;
    }
    return false;
}

/// Something of ours is on its way and will be answered; what comes unasked comes beside that.
bool ClientMachine::isAtOwnWork() const
{
    return state_ == State::Comparing || state_ == State::Stating || state_ == State::Uploading;
}

/// Pages are on their way, and nothing that they may bring has to be known first.
bool ClientMachine::mayWriteMeanwhile() const
{
    return session_.streams > 0 && session_.knowsOwn && session_.returns == 0 && !session_.asksAfterPages;
}

void ClientMachine::raise(AfterFlight what)
{
    session_.afterFlight = std::max(session_.afterFlight, what);
}

}  // namespace teren::engine
