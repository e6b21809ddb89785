// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/upload_queue.h"

#include "crypto/base/limits.h"

#include <algorithm>
#include <ranges>

namespace teren::server {
namespace {

using Verdict = ledger::Membership::Verdict;
using wire::SegmentRefusal;

std::optional<SegmentRefusal> refusalOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Accepted:
        return std::nullopt;
    case Verdict::UnknownSpace:
    case Verdict::UnknownHeight:
        return SegmentRefusal::UnknownHeight;
    case Verdict::NotAWriter:
    case Verdict::Removed:
        return SegmentRefusal::NotAWriter;
    case Verdict::UnknownLife:
        return SegmentRefusal::UnknownLife;
    case Verdict::StaleEpoch:
    case Verdict::WrongKey:
        return SegmentRefusal::StaleEpoch;
    }
    return SegmentRefusal::Malformed;
}

Chain chainOf(const ledger::SegmentHeader& header)
{
    return {header.space, header.device, header.life};
}

}  // namespace

std::optional<wire::SegmentRefused> UploadQueue::take(const wire::PutSegment& chunk, Instant now)
{
    Result<ledger::SignedSegmentHeader> head = ledger::decodeHeader(chunk.header);
    if (!head)
        return wire::SegmentRefused{{}, SegmentRefusal::Malformed};
    const Hash hash = head->hash;
    if (passedOver_ == hash && chunk.offset > 0)
        return std::nullopt;
    passedOver_.reset();
    const auto refuse = [&](SegmentRefusal code) {
        passedOver_ = hash;
        return wire::SegmentRefused{hash, code};
    };
    const std::size_t bodySize = head->header.bodySize;
    if (chunk.data.size() > bodySize || chunk.offset > bodySize - chunk.data.size())
        return refuse(SegmentRefusal::Malformed);
    if (chunk.offset == 0 && chunk.data.size() == bodySize) {
        complete(*std::move(head), chunk.data);
        return std::nullopt;
    }
    if (chunk.offset == 0) {
        // A megabyte is not taken in for a segment that will be refused for its header.
        if (const std::optional<SegmentRefusal> refusal = checkHeader(*head))
            return refuse(*refusal);
        partial_ = ledger::Segment{*std::move(head), {}};
    } else if (!resume(*head, chunk.offset, now)) {
        return refuse(SegmentRefusal::Malformed);
    }
    partial_->body.insert(partial_->body.end(), chunk.data.begin(), chunk.data.end());
    if (partial_->body.size() == bodySize) {
        complete(std::move(partial_->head), std::move(partial_->body));
        partial_.reset();
    }
    return std::nullopt;
}

bool UploadQueue::takeShort(const ledger::ShortHeader& header, const Bytes& body)
{
    passedOver_.reset();
    Result<ledger::SignedSegmentHeader> head = whole(header, body);
    if (head)
        complete(*std::move(head), body);
    return head.has_value();
}

Result<ledger::SignedSegmentHeader> UploadQueue::whole(const ledger::ShortHeader& shortHeader, ByteView body)
{
    TEREN_TRY(ledger::SegmentHeader header, ledger::expanded(shortHeader, hub_.membership(), device_, body));
    TEREN_TRY(header.previous, previousOf(chainOf(header), header.firstSeq));
    TEREN_TRY(ledger::SignedSegmentHeader head, ledger::assembled(header, shortHeader.signature));
    TEREN_CHECK(ledger::verifyHeader(head, hub_.membership().find(device_)->statement.signKey));
    return head;
}

Result<Hash> UploadQueue::previousOf(const Chain& chain, std::uint64_t firstSeq)
{
    if (firstSeq <= 1)
        return Hash{};
    for (const ledger::Segment& segment : waiting_ | std::views::reverse)
        if (const ledger::SegmentHeader& header = segment.head.header;
            header.lastSeq() == firstSeq - 1 && chainOf(header) == chain)
            return segment.head.hash;
    TEREN_TRY(
        const std::optional<ChainLink> link, hub_.store().linkAt(hub_.workspace(), chain, firstSeq - 1));
    if (!link || link->lastSeq() != firstSeq - 1)
        return fail(Errc::NotFound, "no segment before the one with a short header");
    return link->segment;
}

bool UploadQueue::resume(const ledger::SignedSegmentHeader& head, std::uint32_t offset, Instant now)
{
    if (!partial_ || partial_->head.hash != head.hash) {
        Result<Bytes> kept = hub_.store().partial(hub_.workspace(), device_, head.hash, now);
        if (!kept || kept->empty())
            return false;
        partial_ = ledger::Segment{head, *std::move(kept)};
        partialIsStored_ = true;
    }
    if (partial_->body.size() < offset)
        return false;
    partial_->body.resize(offset);
    return true;
}

void UploadQueue::complete(ledger::SignedSegmentHeader head, Bytes body)
{
    waitingBytes_ += body.size();
    waiting_.push_back({std::move(head), std::move(body)});
}

bool UploadQueue::isFull() const
{
    return waiting_.size() >= limits::kCommitSegmentsMax || waitingBytes_ >= limits::kCommitBytesMax;
}

UploadQueue::Outcome UploadQueue::commit(const WorkspaceHub::Listener* author, Instant now)
{
    std::vector<ledger::Segment> segments = std::exchange(waiting_, {});
    waitingBytes_ = 0;
    std::vector<Hash> hashes;
    for (const ledger::Segment& segment : segments)
        hashes.push_back(segment.head.hash);

    Outcome outcome;
    std::vector<ledger::Segment> accepted;
    std::map<std::uint64_t, Hash> numbers;
    Links batch;
    for (ledger::Segment& segment : segments) {
        const Hash hash = segment.head.hash;
        const std::uint64_t number = hub_.state().tree.size + accepted.size() + 1;
        const Result<Judgement> judgement = judge(segment, number, batch, now);
        if (!judgement)
            return refuseAll(hashes, judgement.error());
        if (judgement->refusal) {
            outcome.refused.push_back({hash, *judgement->refusal});
        } else if (judgement->known) {
            numbers[*judgement->known] = hash;
        } else {
            const ledger::SegmentHeader& header = segment.head.header;
            numbers[number] = hash;
            batch[{chainOf(header), header.firstSeq}] = {number, header.firstSeq, header.count, hash};
            accepted.push_back(std::move(segment));
        }
    }
    if (!accepted.empty())
        if (const Status kept = hub_.appendSegments(accepted, author); !kept)
            return refuseAll(hashes, kept.error());
    if (partialIsStored_ && !partial_) {
        (void)hub_.store().dropPartial(hub_.workspace(), device_);  // It expires by itself.
        partialIsStored_ = false;
    }
    for (const auto& [number, hash] : numbers)
        outcome.numbered.push_back({number, hash});
    return outcome;
}

UploadQueue::Outcome UploadQueue::refuseAll(const std::vector<Hash>& segments, Error failure)
{
    Outcome outcome;
    for (const Hash& segment : segments)
        outcome.refused.push_back({segment, SegmentRefusal::NoRoom});
    outcome.failure = std::move(failure);
    return outcome;
}

std::optional<SegmentRefusal> UploadQueue::checkHeader(const ledger::SignedSegmentHeader& head) const
{
    if (head.header.workspace != hub_.workspace())
        return SegmentRefusal::Malformed;
    const ledger::Membership::Device* author = hub_.membership().find(head.header.device);
    if (author == nullptr)
        return SegmentRefusal::NotAWriter;
    if (!ledger::verifyHeader(head, author->statement.signKey))
        return SegmentRefusal::BadSignature;
    return std::nullopt;
}

Result<UploadQueue::Judgement> UploadQueue::judge(
    const ledger::Segment& segment, std::uint64_t number, const Links& batch, Instant now)
{
    if (const std::optional<SegmentRefusal> refusal = checkHeader(segment.head))
        return Judgement{{}, refusal};
    if (!ledger::verifyBody(segment.head, segment.body))
        return Judgement{{}, SegmentRefusal::Malformed};
    const ledger::SegmentHeader& header = segment.head.header;
    const Chain chain = chainOf(header);
    TEREN_TRY(const std::optional<ChainLink> there, linkAt(chain, header.firstSeq, batch));
    if (there && there->lastSeq() >= header.firstSeq) {
        // Whatever the members' log says by now, what was receipted once is receipted again.
        if (there->segment == segment.head.hash)
            return Judgement{there->number, {}};
        TEREN_CHECK(hub_.store().keepForked(hub_.workspace(), segment, now));
        return Judgement{{}, SegmentRefusal::Forked};
    }
    if (const std::optional<SegmentRefusal> refusal = refusalOf(hub_.membership().judge(header, number)))
        return Judgement{{}, refusal};
    TEREN_TRY(const std::optional<ChainLink> tip, linkAt(chain, limits::kSeqMax, batch));
    const std::uint64_t nextSeq = tip ? tip->lastSeq() + 1 : 1;
    const Hash previous = tip ? tip->segment : Hash{};
    if (header.firstSeq != nextSeq || header.previous != previous)
        return Judgement{{}, SegmentRefusal::Gap};
    return Judgement{};
}

Result<std::optional<ChainLink>> UploadQueue::linkAt(
    const Chain& chain, std::uint64_t seq, const Links& batch)
{
    // What this batch has accepted follows everything of its chain in the store.
    if (const auto after = batch.upper_bound({chain, seq}); after != batch.begin())
        if (const auto found = std::prev(after); found->first.first == chain)
            return found->second;
    return hub_.store().linkAt(hub_.workspace(), chain, seq);
}

Status UploadQueue::keepPartial(Instant now)
{
    if (!partial_ || partial_->body.empty())
        return {};
    return hub_.store().keepPartial(hub_.workspace(), device_, partial_->head.hash, partial_->body, now);
}

}  // namespace teren::server
