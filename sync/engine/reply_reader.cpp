// SPDX-License-Identifier: EUPL-1.2
#include "sync/engine/reply_reader.h"

#include "sync/ledger/merkle.h"

namespace teren::engine {
namespace {

/// What was sent or received in part is no matter of where a device stands.
bool isSamePlace(wire::Position one, wire::Position other)
{
    for (wire::Position* position : {&one, &other}) {
        position->uploading.reset();
        position->partialNumber = 0;
        position->partialSize = 0;
    }
    return one == other;
}

struct HeadInMessage {
    const ledger::SignedHead* head = nullptr;
    const std::vector<Hash>* consistency = nullptr;
};

HeadInMessage headIn(const wire::ToClient& message)
{
    if (const auto* answer = std::get_if<wire::Answer>(&message); answer && answer->head)
        return {&*answer->head, &answer->consistency};
    if (const auto* receipt = std::get_if<wire::Receipt>(&message))
        return {&receipt->head, &receipt->consistency};
    return {};
}

}  // namespace

Result<ReplyReader::Outcome> ReplyReader::read(
    std::span<const wire::ToClient> messages, const wire::Position& asked)
{
    outcome_ = {};
    const wire::Position own = replica_.position();
    TEREN_CHECK(findOwnHead(messages, asked.head));
    if (!isReached_ && head_.size <= own.head.size)
        return outcome_;  // All of it was superseded by what the device has learned since.
    if (!isReached_)
        return fail(
            Errc::Refused,
            "the reply answers an older state of this device, which has been in contact since; what it "
            "brings comes with the next contact");
    movesCursor_ = isSamePlace(own, asked);
    head_ = asked.head;
    isReached_ = own.head == head_;
    pages_ = {};
    for (const wire::ToClient& message : messages)
        TEREN_CHECK(take(message));
    return outcome_;
}

/// Follows all heads. `isReached_`: the replica's own is among them; `head_`: the last one.
Status ReplyReader::findOwnHead(std::span<const wire::ToClient> messages, const ledger::TreeHead& asked)
{
    const ledger::TreeHead own = replica_.position().head;
    head_ = asked;
    isReached_ = own == head_;
    for (const wire::ToClient& message : messages) {
        const HeadInMessage found = headIn(message);
        if (found.head == nullptr)
            continue;
        TEREN_CHECK(follow(*found.head, *found.consistency));
        isReached_ = isReached_ || own == head_;
    }
    return {};
}

Status ReplyReader::take(const wire::ToClient& message)
{
    if (const auto* answer = std::get_if<wire::Answer>(&message))
        return takeAnswer(*answer);
    if (const auto* page = std::get_if<wire::Page>(&message))
        return takePage(*page);
    if (const auto* receipt = std::get_if<wire::Receipt>(&message))
        return takeReceipt(*receipt);
    if (const auto* refused = std::get_if<wire::SegmentRefused>(&message))
        return takeRefused(*refused);
    if (std::holds_alternative<wire::StatementsResult>(message))
        return {};
    return fail(Errc::Malformed, "a message that has no place in a reply");
}

Result<ledger::Head> ReplyReader::follow(
    const ledger::SignedHead& signedHead, const std::vector<Hash>& consistency)
{
    const ledger::Membership& membership = replica_.membership();
    TEREN_TRY(const ledger::Head head, ledger::openHead(signedHead, keys_));
    if (head.workspace != membership.workspace())
        return fail(Errc::Forged, "a head of another workspace");
    if (head.tree != head_)
        TEREN_CHECK(
            ledger::verifyConsistency(head_.size, head_.root, head.tree.size, head.tree.root, consistency));
    head_ = head.tree;
    return head;
}

Status ReplyReader::takeAnswer(const wire::Answer& answer)
{
    if (answer.version < wire::kOldestVersion || answer.version > wire::kNewestVersion)
        return fail(Errc::TooNew, "the server answered in a version of the protocol that was not offered");
    TEREN_CHECK(storeStatements(answer.statements));
    if (!answer.head)
        return {};
    TEREN_TRY(const ledger::Head head, follow(*answer.head, answer.consistency));
    if (isReached_)
        return replica_.storeReceipt({head, *answer.head}, {});
    isReached_ = replica_.position().head == head_;
    return {};
}

Status ReplyReader::takePage(const wire::Page& page)
{
    TEREN_TRY(const std::vector<Incoming> entries, pages_.read(page, head_, replica_.membership()));
    if (page.last && pages_.isInsideBody())
        return fail(Errc::Malformed, "the last page ends inside a segment");
    TEREN_TRY(const PageOutcome stored, replica_.storePage(entries, movesCursor_ ? page.cursor : 0));
    outcome_.changes += stored.changesReceived;
    outcome_.segments += entries.size();
    return stored.ownUnknown ? replica_.startNewLife(LifeReason::RolledBack) : Status{};
}

Status ReplyReader::takeReceipt(const wire::Receipt& receipt)
{
    TEREN_TRY(const ledger::Head head, follow(receipt.head, receipt.consistency));
    TEREN_TRY(const bool isKnown, isProven(receipt, head.tree));
    if (!isReached_) {
        isReached_ = replica_.position().head == head_;
        return {};
    }
    return replica_.storeReceipt(
        {head, receipt.head, isKnown ? receipt.proof : std::vector<Hash>()},
        isKnown ? std::span(receipt.entries) : std::span<const wire::Numbered>());
}

/// @return false where a segment is not here any more: then nothing can be said of the others either.
Result<bool> ReplyReader::isProven(const wire::Receipt& receipt, const ledger::TreeHead& tree)
{
    std::map<std::uint64_t, Hash> leaves;
    for (const wire::Numbered& entry : receipt.entries) {
        if (entry.number == 0 || entry.number > tree.size)
            return fail(Errc::Forged, "a receipt outside the log");
        TEREN_TRY(const std::optional<ledger::SignedSegmentHeader> head, headOf_(entry.segment));
        if (!head)
            return false;
        leaves.emplace(entry.number - 1, ledger::leafHash(ledger::encode(leafOf(entry.number, *head))));
    }
    if (leaves.empty())
        return fail(Errc::Malformed, "a receipt for nothing");
    TEREN_CHECK(ledger::verifyInclusion(leaves, tree.size, tree.root, receipt.proof));
    return true;
}

Status ReplyReader::takeRefused(const wire::SegmentRefused& refused)
{
    using enum wire::SegmentRefusal;
    ++outcome_.refused[refused.code];
    TEREN_TRY(const std::optional<ledger::SignedSegmentHeader> head, headOf_(refused.segment));
    // What another session may change is tried again by itself. So is what a full disk kept out, but nobody
    // on this side would know of that disk otherwise.
    const bool isTold = refused.code == Forked || refused.code == Malformed || refused.code == NotAWriter
        || refused.code == BadSignature || refused.code == NoRoom;
    if (!head || !isTold)
        return {};
    if (refused.code == Forked && head->header.device == replica_.device()
        && head->header.life == replica_.life())
        TEREN_CHECK(replica_.startNewLife(LifeReason::Forked));
    return replica_.segmentRefused(refused.segment, refused.code);
}

Status ReplyReader::storeStatements(std::span<const ledger::SignedStatement> statements)
{
    const ledger::Membership& membership = replica_.membership();
    while (!statements.empty()) {
        TEREN_TRY(const ledger::Statement first, ledger::decodeStatement(statements.front()));
        if (first.height > membership.height()) {
            outcome_.statements += statements.size();
            return replica_.storeStatements(statements);
        }
        if (first.height == 0 || statements.front().hash() != membership.hashAt(first.height))
            return fail(
                Errc::Forged,
                "the server shows another members' log than this device has: where it was put back to an "
                "older "
                "state, that ends with the next sync of this device; if it stays, tell the administrator");
        statements = statements.subspan(1);
    }
    return {};
}

}  // namespace teren::engine
