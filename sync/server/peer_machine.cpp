// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/peer_machine.h"

#include "crypto/base/limits.h"
#include "sync/server/tree_reader.h"
#include "sync/server/urgent_spaces.h"
#include "sync/wire/short_receipt.h"

#include <algorithm>

// Sessions. What is answered without one is in peer_unproven.cpp.
namespace teren::server {
namespace {

using wire::RefusalCode;

/// Whether the answer neither tells nor changes where the logs stand: pages may be on their way.
bool isBesideTheLog(const wire::ToServer& message)
{
    return std::holds_alternative<wire::JoinRequestsQuery>(message)
        || std::holds_alternative<wire::BlobQuery>(message) || std::holds_alternative<wire::PutBlob>(message)
        || std::holds_alternative<wire::GetBlob>(message)
        || std::holds_alternative<wire::TellApplied>(message);
}

/// Whether a device would be removed by someone who has not seen the whole log.
bool removesOnOlderHead(std::span<const ledger::SignedStatement> statements, const ledger::TreeHead& newest)
{
    return std::ranges::any_of(statements, [&](const ledger::SignedStatement& signedStatement) {
        const Result<ledger::Statement> statement = ledger::decodeStatement(signedStatement);
        return statement && statement->seen.size != newest.size
            && std::ranges::any_of(statement->acts, [](const ledger::Act& act) {
                   return std::holds_alternative<ledger::RemoveDevice>(act);
               });
    });
}

}  // namespace

PeerMachine::PeerMachine(Hub& hub, const Hash& exporter, std::function<void()> onMoved)
    : hub_(hub),
      exporter_(exporter),
      onMoved_(std::move(onMoved))
{
}

PeerMachine::~PeerMachine()
{
    if (workspace_)
        workspace_->unsubscribe(*this);
}

void PeerMachine::workspaceMoved()
{
    moved_ = true;
    if (onMoved_)
        onMoved_();
}

PeerMachine::Output PeerMachine::refuse(RefusalCode code, After after)
{
    Output output;
    output.messages.emplace_back(wire::Refusal{code, {}, 0});
    output.close = after == After::Close;
    return output;
}

PeerMachine::Output PeerMachine::failed(const Error& error)
{
    // A full disk passes; a store that cannot be read does not pass by itself.
    if (error.code == Errc::DiskFull)
        return refuse(RefusalCode::NoRoom, After::GoOn);
    Output output = refuse(RefusalCode::Internal, After::Close);
    output.failure = error;
    return output;
}

void PeerMachine::append(Output& output, Output&& more)
{
    std::ranges::move(more.messages, std::back_inserter(output.messages));
    output.close = output.close || more.close;
    if (more.failure)
        output.failure = std::move(more.failure);
}

bool PeerMachine::isMember() const
{
    const ledger::Membership::Device* device = workspace_->membership().find(*device_);
    return device != nullptr && device->isMember();
}

/// Who reads a reply knows no more of the server's keys than what the ticket says, until it has read all.
std::uint64_t PeerMachine::keysHeight() const
{
    return carried_ ? carried_->height : heightBrought_;
}

PeerMachine::Output PeerMachine::take(const wire::ToServer& message, Instant now)
{
    const bool isUpload = std::holds_alternative<wire::PutSegment>(message);
    Output output;
    if (uploads_ && uploads_->hasWhole() && (!isUpload || uploads_->isFull()))
        output = commit(now);
    if (output.close)
        return output;
    // Statements do not cut pages off; they only may not overtake a question.
    const bool isStated = deferred_.empty() && std::holds_alternative<wire::SubmitStatements>(message);
    if (!hasPages() || isUpload || isStated || isBesideTheLog(message)) {
        append(output, dispatch(message, now));
        return output;
    }
    if (deferred_.size() == kDeferredMax) {
        append(output, refuse(RefusalCode::OutOfTurn, After::Close));
        return output;
    }
    deferred_.push_back(message);
    return output;
}

PeerMachine::Output PeerMachine::dispatch(const wire::ToServer& message, Instant now)
{
    if (device_ && !isMember())
        return refuse(RefusalCode::NotAMember, After::Close);
    if (!mayAsk(message))
        return refuse(RefusalCode::OutOfTurn, After::Close);
    return std::visit([&](const auto& request) { return answer(request, now); }, message);
}

// ---- where the client stands -----------------------------------------------------------------------------

PeerMachine::Output PeerMachine::answer(const wire::Open& request, Instant now)
{
    if (device_)
        return refuse(RefusalCode::OutOfTurn, After::Close);
    if (request.versions.min > wire::kNewestVersion || request.versions.max < wire::kOldestVersion)
        return refuse(RefusalCode::Version, After::Close);
    Result<std::shared_ptr<WorkspaceHub>> workspace = hub_.find(request.workspace);
    if (!workspace && workspace.error().code == Errc::NotFound)
        return refuse(RefusalCode::UnknownWorkspace, After::Close);
    if (!workspace)
        return failed(workspace.error());
    const ledger::Membership::Device* device = (*workspace)->membership().find(request.device);
    if (device == nullptr || !device->isMember())
        return refuse(RefusalCode::NotAMember, After::Close);
    const Result<wire::Position> position = wire::decodePosition(request.position);
    if (!position)
        return refuse(RefusalCode::Malformed, After::Close);
    const Bytes proof = wire::proofMessage(exporter_, request, position->head);
    if (!verify(device->statement.signKey, "teren.proof.v1", proof, request.signature))
        return refuse(RefusalCode::BadProof, After::Close);

    workspace_ = *std::move(workspace);
    workspace_->subscribe(*this);
    device_ = request.device;
    version_ = std::min(request.versions.max, wire::kNewestVersion);
    uploads_.emplace(*workspace_, *device_);
    headBrought_ = position->head;
    safeBrought_ = position->safe;
    return answerFrom(*position, now);
}

PeerMachine::Output PeerMachine::answer(const wire::Refresh& request, Instant now)
{
    if (!device_)
        return refuse(RefusalCode::OutOfTurn, After::Close);
    if (astray_) {
        headBrought_ = request.position.head;
        peaksOf_ = 0;
    }
    safeBrought_ = request.position.safe;
    return answerFrom(request.position, now);
}

Result<std::optional<wire::Refusal>> PeerMachine::checkPosition(const wire::Position& position) const
{
    using Refused = std::optional<wire::Refusal>;
    const WorkspaceState& state = workspace_->state();
    const ledger::TreeHead& head = position.head;
    const Refused unknownHead = wire::Refusal{RefusalCode::UnknownHead, {}, state.tree.size, state.height};
    if (head.size > state.tree.size)
        return unknownHead;
    if (head.size > 0 && head != state.tree) {
        TEREN_TRY(const ledger::CompactTree past, treeAt(hub_.store(), workspace_->workspace(), head.size));
        if (past.root() != head.root)
            return unknownHead;
    }
    const Refused unknownMembership = wire::Refusal{RefusalCode::UnknownMembership, {}, 0, state.height};
    if (position.membershipHeight > state.height)
        return unknownMembership;
    if (position.membershipHeight > 0) {
        TEREN_TRY(
            const Hash hash, hub_.store().statementHash(workspace_->workspace(), position.membershipHeight));
        if (hash != position.membershipHash)
            return unknownMembership;
    }
    const bool beyond = position.cursor > state.tree.size
        || std::ranges::any_of(position.exceptions, [&](const wire::Position::SpaceCursor& exception) {
                            return exception.cursor > state.tree.size;
                        });
    return beyond ? Refused(wire::Refusal{RefusalCode::Malformed, {}, 0, 0}) : Refused();
}

PeerMachine::Output PeerMachine::answerFrom(const wire::Position& position, Instant now)
{
    const Result<std::optional<wire::Refusal>> refusal = checkPosition(position);
    if (!refusal)
        return failed(refusal.error());
    if (*refusal)
        return sendAstray(position, **refusal);
    astray_ = false;

    told_ = {position.cursor, {}, position.partialNumber, position.partialSize};
    for (const wire::Position::SpaceCursor& exception : position.exceptions)
        told_.other[exception.space] = exception.cursor;
    heightBrought_ = position.membershipHeight;
    heightStreamed_ = position.membershipHeight;
    appliedFrom_ = position.appliedFrom;
    Result<wire::Answer> answer = compose(now);
    if (!answer)
        return failed(answer.error());
    if (position.uploading) {
        // The session before may not know yet that its line is down.
        workspace_->handOver(*device_, *this, now);
        const Result<Bytes> kept
            = hub_.store().partial(workspace_->workspace(), *device_, *position.uploading, now);
        if (!kept)
            return failed(kept.error());
        answer->uploadHave = static_cast<std::uint32_t>(kept->size());
    }
    const Result<std::uint64_t> own
        = hub_.store().countOf(workspace_->workspace(), *device_, position.cursor);
    if (!own)
        return failed(own.error());
    answer->ownAhead = *own - std::min<std::uint64_t>(*own, receipted_.size());
    return {.messages = {*std::move(answer)}, .close = false, .failure = {}};
}

/// A client that holds more than this server, or something else, may put things right: it is a member.
PeerMachine::Output PeerMachine::sendAstray(const wire::Position& position, const wire::Refusal& refusal)
{
    astray_ = refusal.code == RefusalCode::UnknownHead || refusal.code == RefusalCode::UnknownMembership;
    heightBrought_ = std::min(position.membershipHeight, workspace_->state().height);
    return {.messages = {refusal}, .close = !astray_, .failure = {}};
}

Result<wire::Answer> PeerMachine::compose(Instant now)
{
    moved_ = false;
    wire::Answer answer;
    answer.version = version_;
    if (hub_.store().blobs() != nullptr)
        answer.features = wire::kCarriesBlobs;
    TEREN_CHECK(bringStatements(answer));
    moreStatements_ = answer.moreStatements && version_ >= 3;
    if (moreStatements_)
        answer.features |= wire::kSendsAllStatements;
    TEREN_CHECK(bringHead(answer.head, answer.consistency, now));
    if (!answer.moreStatements)
        TEREN_CHECK(startPages(answer));
    TEREN_CHECK(bringApplied(answer));
    return answer;
}

Status PeerMachine::bringHead(
    std::optional<wire::SignedHead>& head, std::vector<Hash>& consistency, Instant now)
{
    const ledger::TreeHead& tree = workspace_->state().tree;
    const std::uint64_t safe = workspace_->safe();
    if (tree.size == headBrought_.size && safe == safeBrought_)
        return {};
    const ledger::SubtreeSource subtrees = subtreesOf(hub_.store(), workspace_->workspace());
    TEREN_TRY(consistency, ledger::consistencyProof(headBrought_.size, tree.size, subtrees));
    head = workspace_->signHead(now, keysHeight());
    headBrought_ = tree;
    safeBrought_ = safe;
    return {};
}

Status PeerMachine::bringStatements(wire::Answer& answer)
{
    const std::uint64_t height = workspace_->state().height;
    if (heightBrought_ == height)
        return {};
    TEREN_TRY(
        answer.statements, hub_.store().statements(workspace_->workspace(), heightBrought_, statementsMax_));
    statementsMax_ = std::min(statementsMax_ * 2, limits::kStatementsPerAnswerMax);
    heightBrought_ += answer.statements.size();
    answer.moreStatements = heightBrought_ < height;
    return {};
}

/// Both sides know from `told_` and the head whether pages follow. What has just been granted is sent from
/// its beginning with them, but does not call for pages by itself: the client then asks with an exception.
Status PeerMachine::startPages(wire::Answer& answer)
{
    if (told_.general >= headBrought_.size && told_.other.empty())
        return {};
    Cursors cursors = told_;
    for (const auto& [space, held] : workspace_->membership().spaces())
        if (const auto reader = held.readers.find(*device_);
            reader != held.readers.end() && reader->second > heightStreamed_)
            cursors.other.emplace(space, 0);
    heightStreamed_ = heightBrought_;

    TEREN_TRY(answer.toReceive, sizeAbove(cursors));
    std::vector<SpaceId> urgent;
    // Only who keeps a cursor for what came ahead gets on where the line is cut early.
    if (version_ >= 3 && answer.toReceive >= hub_.urgentFrom()) {
        TEREN_TRY(urgent, UrgentSpaces::of(*workspace_, *device_));
    }
    answer.toReceive = std::max<std::uint64_t>(answer.toReceive, 1);
    stream_.begin(std::move(cursors), headBrought_.size, std::move(urgent));
    return {};
}

/// What the client lacks, in bytes: what came ahead is counted out, what is lacking below the general cursor
/// roughly.
Result<std::uint64_t> PeerMachine::sizeAbove(const Cursors& cursors)
{
    ServerStore& store = hub_.store();
    const WorkspaceId& workspace = workspace_->workspace();
    TEREN_TRY(auto sizes, store.sizesAbove(workspace, cursors.lowest()));
    std::size_t asked = 0;
    for (const auto& [space, cursor] : cursors.other)
        if (cursor > cursors.general && sizes.contains(space) && asked++ < UrgentSpaces::kMax) {
            TEREN_TRY(sizes[space], store.sizeAbove(workspace, space, cursor));
        }
    std::uint64_t all = 0;
    for (const auto& [space, size] : sizes)
        if (workspace_->membership().canRead(*device_, space))
            all += size;
    return all;
}

PeerMachine::Output PeerMachine::stream(Instant now)
{
    Output output = moreStatements_ ? furtherAnswer(now) : page(now);
    while (!hasPages() && !deferred_.empty() && !output.close) {
        const wire::ToServer question = std::move(deferred_.front());
        deferred_.pop_front();
        append(output, dispatch(question, now));
    }
    return output;
}

/// What the client would ask for a round trip later.
PeerMachine::Output PeerMachine::furtherAnswer(Instant now)
{
    moreStatements_ = false;
    if (!isMember())
        return refuse(RefusalCode::NotAMember, After::Close);
    Result<wire::Answer> answer = compose(now);
    if (!answer)
        return failed(answer.error());
    return {.messages = {*std::move(answer)}, .close = false, .failure = {}};
}

PeerMachine::Output PeerMachine::page(Instant now)
{
    Result<wire::Page> page = stream_.next(*workspace_, *device_, headBrought_, receipted_, now);
    if (!page)
        return failed(page.error());
    told_.general = std::max(told_.general, page->cursor);
    receipted_.erase(receipted_.begin(), receipted_.upper_bound(told_.general));
    if (page->last)
        told_ = {told_.general, {}, 0, 0};
    return {.messages = {*std::move(page)}, .close = false, .failure = {}};
}

PeerMachine::Output PeerMachine::news(Instant now)
{
    if (!device_ || !moved_ || astray_)
        return {};
    if (!isMember())
        return refuse(RefusalCode::NotAMember, After::Close);
    if (hasPages() || !uploads_->isIdle())
        return {};
    Result<wire::Answer> answer = compose(now);
    if (!answer)
        return failed(answer.error());
    if (!answer->head && answer->statements.empty() && answer->toReceive == 0 && answer->applied.empty())
        return {};
    return {.messages = {*std::move(answer)}, .close = false, .failure = {}};
}

/// The roots that the client compares with are its own affair: it is told what follows from this log.
PeerMachine::Output PeerMachine::answer(const wire::ConsistencyQuery& request, Instant now)
{
    if (!device_)
        return refuse(RefusalCode::OutOfTurn, After::Close);
    const ledger::SubtreeSource subtrees = subtreesOf(hub_.store(), workspace_->workspace());
    wire::Consistency answer;
    const std::uint64_t newest = astray_ ? workspace_->state().tree.size : headBrought_.size;
    if (astray_)
        answer.head = workspace_->signHead(now, keysHeight());
    for (const std::uint64_t size : request.treeSizes) {
        if (size > newest)
            return refuse(RefusalCode::Malformed, After::Close);
        Result<std::vector<Hash>> proof = ledger::consistencyProof(size, newest, subtrees);
        if (!proof)
            return failed(proof.error());
        answer.heads.push_back({size, *std::move(proof)});
    }
    return {.messages = {std::move(answer)}, .close = false, .failure = {}};
}

// ---- what the client writes ------------------------------------------------------------------------------

PeerMachine::Output PeerMachine::answer(const wire::PutSegment& request, Instant now)
{
    if (!device_ || astray_)
        return refuse(RefusalCode::OutOfTurn, After::Close);
    if (request.shortHeader && version_ < 3)
        return refuse(RefusalCode::Malformed, After::Close);
    if (request.peaksOf > 0 && version_ >= 3)
        peaksOf_ = request.peaksOf;
    Output output;
    if (request.shortHeader) {
        if (!uploads_->takeShort(*request.shortHeader, request.data))
            output.messages.emplace_back(wire::NeedWhole{request.shortHeader->name()});
        return output;
    }
    if (const std::optional<wire::SegmentRefused> refused = uploads_->take(request, now))
        output.messages.emplace_back(*refused);
    return output;
}

PeerMachine::Output PeerMachine::commit(Instant now)
{
    if (!uploads_ || !uploads_->hasWhole())
        return {};
    if (!isMember())
        return refuse(RefusalCode::NotAMember, After::Close);
    UploadQueue::Outcome outcome = uploads_->commit(this, now);
    // Only a full disk is a want of room; what else the store does wrong must not be taken for that.
    if (outcome.failure && outcome.failure->code != Errc::DiskFull)
        return failed(*outcome.failure);
    Output output;
    if (!outcome.numbered.empty()) {
        Result<wire::Receipt> receipt = this->receipt(outcome.numbered, now);
        if (!receipt)
            return failed(receipt.error());
        output.messages.emplace_back(*std::move(receipt));
    }
    for (const wire::SegmentRefused& refused : outcome.refused)
        output.messages.emplace_back(refused);
    output.failure = std::move(outcome.failure);
    return output;
}

Result<wire::Receipt> PeerMachine::receipt(const std::vector<wire::Numbered>& numbered, Instant now)
{
    wire::Receipt receipt;
    std::optional<wire::SignedHead> head;
    const std::uint64_t before = headBrought_.size;
    TEREN_CHECK(bringHead(head, receipt.consistency, now));
    receipt.head = head ? *std::move(head) : workspace_->signHead(now, keysHeight());
    std::vector<std::uint64_t> indexes;
    for (const wire::Numbered& entry : numbered) {
        indexes.push_back(entry.number - 1);
        if (entry.number > told_.general)
            receipted_.insert(entry.number);
    }
    const ledger::SubtreeSource subtrees = subtreesOf(hub_.store(), workspace_->workspace());
    TEREN_TRY(receipt.proof, ledger::inclusionProof(indexes, headBrought_.size, subtrees));
    receipt.entries = numbered;
    if (version_ >= 2)
        TEREN_CHECK(wire::shorten(receipt, before, headBrought_.size, peaksOf_));
    if (version_ >= 3 && wire::isShort(receipt))
        peaksOf_ = headBrought_.size;
    return receipt;
}

PeerMachine::Output PeerMachine::answer(const wire::SubmitStatements& request, Instant)
{
    using Code = wire::StatementsResult::Code;
    if (!device_)
        return refuse(RefusalCode::OutOfTurn, After::Close);
    if (request.statements.empty() || request.statements.size() > limits::kStatementsPerSubmitMax)
        return refuse(RefusalCode::Limit, After::Close);
    const WorkspaceState& state = workspace_->state();
    const Result<ledger::Statement> first = ledger::decodeStatement(request.statements.front());
    if (!first)
        return refuse(RefusalCode::Malformed, After::Close);
    if (first->height <= state.height || first->previous != state.membershipHash)
        return moved();
    // What the removed device has in the log by now, everybody takes; nothing comes in between.
    // What this log had and lost comes back as it was signed, whatever the head was then.
    if (!astray_ && removesOnOlderHead(request.statements, state.tree))
        return moved();
    const Status taken = workspace_->appendStatements(request.statements, this);
    if (!taken && taken.error().code == Errc::DiskFull)
        return failed(taken.error());
    if (!taken && (taken.error().code == Errc::Disk || taken.error().code == Errc::Damaged))
        return failed(taken.error());
    if (!taken)
        return {
            .messages = {wire::StatementsResult{Code::Refused, state.height, {}}},
            .close = false,
            .failure = {}};
    if (heightBrought_ + request.statements.size() == state.height)
        heightBrought_ = state.height;
    (void)dropAnsweredJoins(request.statements);  // They are bounded, and never shown again.
    return {
        .messages = {wire::StatementsResult{Code::Taken, state.height, {}}}, .close = false, .failure = {}};
}

PeerMachine::Output PeerMachine::moved()
{
    wire::StatementsResult result{wire::StatementsResult::Code::Moved, workspace_->state().height, {}};
    Result<std::vector<ledger::SignedStatement>> newer
        = hub_.store().statements(workspace_->workspace(), heightBrought_, limits::kStatementsPerAnswerMax);
    if (!newer)
        return failed(newer.error());
    heightBrought_ += newer->size();
    result.newer = *std::move(newer);
    return {.messages = {std::move(result)}, .close = false, .failure = {}};
}

Status PeerMachine::dropAnsweredJoins(std::span<const ledger::SignedStatement> statements)
{
    for (const ledger::SignedStatement& signedStatement : statements) {
        TEREN_TRY(const ledger::Statement statement, ledger::decodeStatement(signedStatement));
        for (const ledger::Act& act : statement.acts) {
            if (const auto* admit = std::get_if<ledger::Admit>(&act))
                TEREN_CHECK(hub_.store().dropJoinRequests(workspace_->workspace(), admit->invitation));
            if (const auto* voided = std::get_if<ledger::VoidInvite>(&act))
                TEREN_CHECK(hub_.store().dropJoinRequests(workspace_->workspace(), voided->invitation));
        }
    }
    return {};
}

PeerMachine::Output PeerMachine::answer(const wire::JoinRequestsQuery& request, Instant)
{
    if (!device_)
        return refuse(RefusalCode::OutOfTurn, After::Close);
    const ledger::Membership& membership = workspace_->membership();
    wire::JoinRequests reply;
    std::size_t size = 0;
    if ((membership.find(*device_)->rights & ledger::ManageMembers) == 0)
        return {.messages = {std::move(reply)}, .close = false, .failure = {}};
    for (const InvitationId& invitation : request.invitations) {
        if (membership.findOpenInvite(invitation) == nullptr)
            continue;
        Result<std::vector<Bytes>> waiting = hub_.store().joinRequests(workspace_->workspace(), invitation);
        if (!waiting)
            return failed(waiting.error());
        for (Bytes& one : *waiting) {
            size += one.size();
            if (size > limits::kStatementsPerAnswerMax)
                return {.messages = {std::move(reply)}, .close = false, .failure = {}};
            reply.requests.push_back({invitation, std::move(one)});
        }
    }
    return {.messages = {std::move(reply)}, .close = false, .failure = {}};
}

void PeerMachine::lost(Instant now)
{
    // What came in whole counts, although its receipt reaches nobody; what cannot be kept is sent again.
    (void)commit(now);
    handOver(now);
}

void PeerMachine::handOver(Instant now)
{
    if (uploads_)
        (void)uploads_->keepPartial(now);
}

}  // namespace teren::server
