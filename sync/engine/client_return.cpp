// SPDX-License-Identifier: EUPL-1.2
// A server whose log is not the one that it had shown: where they part is found, the replica goes back to
// there, and the server is given back what it has lost. The third part of client_machine.cpp.
#include "crypto/base/limits.h"
#include "sync/engine/client_machine.h"
#include "sync/ledger/merkle.h"

#include <algorithm>
#include <utility>

namespace teren::engine {

namespace {

/// What one message gives back: with what the wire puts around them it stays under `limits::kMessageMax`.
constexpr std::size_t kGiveBackBytes = std::size_t{512} << 10;

}  // namespace

/// Two logs, each signed by members of the office; no device can tell which of them counts.
std::unexpected<Error> ClientMachine::otherMembership()
{
    health_ = ServerHealth::Forked;
    return fail(
        Errc::Damaged,
        "the server's members' log has taken another way than the one that this device knows: after the "
        "server "
        "was put back to an older state, decisions about members or cases were made on both; what is on this "
        "device is whole, and the administrator has to say which counts");
}

/// Looks for the last statement that both logs hold: back from `height`, in steps that double.
Result<ClientMachine::Actions> ClientMachine::part(std::uint64_t height, Instant now)
{
    health_ = ServerHealth::WentBack;
    session_.parting = Session::Parting{std::max<std::uint64_t>(height, 1), 1, {}};
    return refresh(now);
}

Result<ClientMachine::Actions> ClientMachine::partEarlier(const wire::Refusal& refusal, Instant now)
{
    if (!session_.parting)
        return fail(Errc::Malformed, "an unasked refusal");
    Session::Parting& parting = *session_.parting;
    if (refusal.code != wire::RefusalCode::UnknownMembership || !parting.theirs.empty())
        return fail(Errc::Damaged, "the server's log changes while this device looks at it");
    if (parting.height == 1)
        return fail(Errc::Forged, "the server has a members' log of another workspace");
    parting.height -= std::min(parting.step, parting.height - 1);
    parting.step *= 2;
    return refresh(now);
}

/// When all are here, goes on with them. Heads came with each answer, as always.
Status ClientMachine::takeTheirs(const wire::Answer& answer)
{
    if (!session_.parting)
        return fail(Errc::Malformed, "an unasked reply");
    state_ = State::CatchingUp;
    Session::Parting& parting = *session_.parting;
    if (parting.theirs.size() + answer.statements.size() > limits::kPartedStatementsMax)
        return fail(Errc::LimitExceeded, "the server has more statements of members than an office makes");
    parting.theirs.insert(parting.theirs.end(), answer.statements.begin(), answer.statements.end());
    if (answer.moreStatements)
        return {};
    const ledger::Membership& membership = replica_.membership();
    std::uint64_t common = parting.height;
    std::span<const ledger::SignedStatement> theirs = parting.theirs;
    while (!theirs.empty() && common < membership.height()
           && theirs.front().hash() == membership.hashAt(common + 1)) {
        theirs = theirs.subspan(1);
        ++common;
    }
    const Status followed = replica_.followStatements(common, theirs);
    if (!followed && followed.error().code == Errc::Refused)
        return otherMembership();
    TEREN_CHECK(followed);
    session_.parting.reset();
    session_.blocked.clear();
    return {};
}

/// Whether they are those that stand here at the same heights, as far as there are any.
Result<bool> ClientMachine::areOurs(std::span<const ledger::SignedStatement> statements) const
{
    const ledger::Membership& membership = replica_.membership();
    for (const ledger::SignedStatement& signedStatement : statements) {
        TEREN_TRY(const ledger::Statement statement, ledger::decodeStatement(signedStatement));
        if (statement.height == 0)
            return false;
        if (statement.height <= membership.height()
            && membership.hashAt(statement.height) != signedStatement.hash())
            return false;
    }
    return true;
}

/// The server does not know where this device stands. A word that nobody has signed moves nothing yet.
Result<ClientMachine::Actions> ClientMachine::goBack(const wire::Refusal& refusal, Instant now)
{
    if (session_.parting)
        return partEarlier(refusal, now);
    const bool isAwaited = state_ == State::Opening || state_ == State::CatchingUp;
    if (!isAwaited && !session_.askedAgain)
        return fail(Errc::Malformed, "an unasked refusal");
    // News that crossed the question were taken for its answer, and what was sent since is refused as well.
    if (!isAwaited)
        return fail(
            Errc::Busy,
            "the server's log is not the one that this device knows; the next session sees to it");
    if (session_.streams > 0 || ++session_.returns > kReturnsMax)
        return fail(Errc::Damaged, "the server's log changes while this device looks at it");
    const wire::Position& asked = session_.asked;
    session_.serverHeight = refusal.knownHeight;
    state_ = State::Returning;
    if (refusal.code == wire::RefusalCode::UnknownMembership) {
        if (refusal.knownHeight >= asked.membershipHeight)
            return part(asked.membershipHeight - std::min<std::uint64_t>(asked.membershipHeight, 1), now);
        health_ = ServerHealth::WentBack;
        return giveBackStatements(now);
    }
    const bool shorter = refusal.knownTreeSize < asked.head.size;
    health_ = shorter ? ServerHealth::WentBack : ServerHealth::Forked;
    if (asked.head.size == 0)
        return fail(Errc::Malformed, "the server does not know an empty log");
    const std::uint64_t reach = shorter ? refusal.knownTreeSize + 1 : asked.head.size;
    TEREN_TRY(session_.past, replica_.pastHeads(reach));
    session_.good = 0;
    session_.bad = session_.past.size();
    return probe(now);
}

/// Asks for proofs of heads that lie evenly between the last that is common and the first that is not. The
/// roots stay here, as ever.
Result<ClientMachine::Actions> ClientMachine::probe(Instant now)
{
    session_.probed.clear();
    session_.probing = true;
    const std::size_t open = session_.bad - session_.good;
    const std::size_t count = std::min(open, limits::kHeadsPerQueryMax);
    wire::ConsistencyQuery query;
    for (std::size_t i = 1; i <= count; ++i) {
        session_.probed.push_back(session_.good + open * i / count - 1);
        query.treeSizes.push_back(session_.past[session_.probed.back()].size);
    }
    ++counts_.roundTrips;
    awaitReply(now);
    return Actions{Send{std::move(query)}};
}

ledger::TreeHead ClientMachine::headAt(std::size_t good) const
{
    return good == 0 ? ledger::TreeHead{0, ledger::emptyRoot()} : session_.past[good - 1];
}

Result<ClientMachine::Actions> ClientMachine::takeCommon(const wire::Consistency& reply, Instant now)
{
    if (!std::exchange(session_.probing, false) || !reply.head
        || reply.heads.size() != session_.probed.size())
        return fail(Errc::Malformed, "an unasked reply");
    const ledger::Membership& membership = replica_.membership();
    TEREN_TRY(const ledger::Head shown, ledger::openHead(*reply.head, serverKeysOf(replica_, now)));
    if (shown.workspace != membership.workspace())
        return fail(Errc::Forged, "a head of another workspace");
    for (std::size_t i = 0; i < session_.probed.size(); ++i) {
        const std::size_t index = session_.probed[i];
        const ledger::TreeHead& past = session_.past[index];
        if (reply.heads[i].treeSize != past.size)
            return fail(Errc::Malformed, "an unasked reply");
        const Status holds = past.size > shown.tree.size
            ? Status(fail(Errc::Forged, "past the end"))
            : ledger::verifyConsistency(
                  past.size, past.root, shown.tree.size, shown.tree.root, reply.heads[i].proof);
        if (!holds) {
            session_.bad = index;
            break;
        }
        session_.good = index + 1;
    }
    if (session_.good < session_.bad)
        return probe(now);
    const ledger::TreeHead common = headAt(session_.good);
    TEREN_CHECK(replica_.wentBack({common, {shown, *reply.head}, session_.serverHeight}));
    moveTo(common, {});
    TEREN_TRY(const Partial kept, replica_.partial());
    TEREN_TRY(session_.pages, PageReader::resuming(kept));
    session_.partialKept = kept.number;
    return giveBackStatements(now);
}

/// Before anything is asked of the server: what it may hand out follows from them.
Result<ClientMachine::Actions> ClientMachine::giveBackStatements(Instant now)
{
    if (session_.serverHeight >= replica_.membership().height())
        return refresh(now);
    TEREN_TRY(
        std::vector<ledger::SignedStatement> lacking,
        replica_.statementsAbove(session_.serverHeight, kGiveBackBytes));
    if (lacking.empty())
        return fail(Errc::Damaged, "the members' log on this device ends early");
    if (lacking.size() > limits::kStatementsPerSubmitMax)
        lacking.resize(limits::kStatementsPerSubmitMax);
    session_.submitted = {std::move(lacking)};
    ++counts_.roundTrips;
    awaitReply(now);
    return Actions{Send{wire::SubmitStatements{session_.submitted.front()}}};
}

Result<ClientMachine::Actions> ClientMachine::takeGivenBack(const wire::StatementsResult& result, Instant now)
{
    using enum wire::StatementsResult::Code;
    if (session_.submitted.empty())
        return fail(Errc::Malformed, "an unasked reply");
    const std::size_t given = session_.submitted.front().size();
    session_.submitted.clear();
    switch (result.code) {
    case Taken:
        session_.serverHeight += given;
        return giveBackStatements(now);
    case Moved:
        // Another device gives the same back, and was faster; or somebody has gone another way.
        if (++session_.moves > kRetriesMax)
            return otherMembership();
        if (const Result<bool> ours = areOurs(result.newer); result.newer.empty() || !ours || !*ours)
            return part(session_.serverHeight, now);
        TEREN_CHECK(storeStatements(result.newer));
        session_.serverHeight += result.newer.size();
        return giveBackStatements(now);
    case Refused:
        break;
    }
    return otherMembership();
}

}  // namespace teren::engine
