// SPDX-License-Identifier: EUPL-1.2
#include "sync/engine/page_reader.h"

#include "crypto/base/limits.h"
#include "sync/ledger/merkle.h"

namespace teren::engine {

namespace {

/// Adds the leaf of an entry that brings its header. Numbers must ascend: one order, one proof.
Status addLeaf(std::map<std::uint64_t, Hash>& leaves, const wire::Entry& entry, std::uint64_t treeSize)
{
    if (entry.number == 0 || entry.number > treeSize)
        return fail(Errc::Forged, "an entry outside the log");
    const std::uint64_t index = entry.number - 1;
    if (!leaves.empty() && leaves.rbegin()->first >= index)
        return fail(Errc::Malformed, "entries out of order");
    TEREN_TRY(const ledger::SignedSegmentHeader head, ledger::decodeHeader(entry.header));
    leaves.emplace(index, ledger::leafHash(ledger::encode(leafOf(entry.number, head))));
    return {};
}

Status verifyPlace(const wire::Page& page, const ledger::TreeHead& tree)
{
    std::map<std::uint64_t, Hash> leaves;
    for (const wire::Entry& entry : page.entries) {
        if (!entry.header.empty())
            TEREN_CHECK(addLeaf(leaves, entry, tree.size));
    }
    if (leaves.empty())
        return {};
    return ledger::verifyInclusion(leaves, tree.size, tree.root, page.proof);
}

Status verifyAuthor(const ledger::SignedSegmentHeader& head, const ledger::Membership& membership)
{
    if (head.header.workspace != membership.workspace())
        return fail(Errc::Forged, "a segment of another workspace");
    const ledger::Membership::Device* author = membership.find(head.header.device);
    if (author == nullptr)
        return fail(Errc::Forged, "a segment by a device that was never admitted");
    return ledger::verifyHeader(head, author->statement.signKey);
}

}  // namespace

Result<PageReader> PageReader::resuming(const Partial& kept)
{
    PageReader reader;
    if (kept.number == 0)
        return reader;
    TEREN_TRY(reader.kept_.segment.head, ledger::decodeHeader(kept.header));
    reader.kept_.segment.body = kept.data;
    reader.kept_.number = kept.number;
    return reader;
}

Result<std::vector<Incoming>> PageReader::read(
    const wire::Page& page, const ledger::TreeHead& tree, const ledger::Membership& membership)
{
    if (page.cursor > tree.size)
        return fail(Errc::Forged, "a cursor past the end of the log");
    TEREN_CHECK(verifyPlace(page, tree));

    std::vector<Incoming> whole;
    for (const wire::Entry& entry : page.entries) {
        TEREN_CHECK(start(entry, membership));
        TEREN_CHECK(addData(entry));
        ledger::Segment& segment = current_.segment;
        if (segment.body.size() < segment.head.header.bodySize)
            continue;
        TEREN_CHECK(ledger::verifyBody(segment.head, segment.body));
        const auto verdict = membership.judge(segment.head.header, entry.number);
        // A server numbers nothing that rests on a statement which it does not hand out before.
        using enum ledger::Membership::Verdict;
        if (verdict == UnknownHeight || verdict == UnknownSpace)
            return fail(Errc::Forged, "the server holds back the membership log that an entry rests on");
        whole.push_back({entry.number, std::move(segment), verdict});
        current_ = {};
    }
    return whole;
}

Partial PageReader::unfinished() const
{
    const Body& body = current_.number != 0 ? current_ : kept_;
    if (body.number == 0)
        return {};
    return {body.number, body.segment.head.bytes, body.segment.body};
}

Status PageReader::start(const wire::Entry& entry, const ledger::Membership& membership)
{
    if (entry.header.empty()) {
        if (current_.number == 0 || entry.number != current_.number)
            return fail(Errc::Malformed, "a continuation of nothing");
        return {};
    }
    if (current_.number != 0)
        return fail(Errc::Malformed, "an entry inside another's body");
    TEREN_TRY(ledger::SignedSegmentHeader head, ledger::decodeHeader(entry.header));
    TEREN_CHECK(verifyAuthor(head, membership));
    current_ = {entry.number, {.head = std::move(head), .body = {}}};
    if (entry.number != kept_.number)
        return {};
    // The server carries on where the earlier session was cut, or starts over.
    if (entry.offset > 0 && kept_.segment.head.hash == current_.segment.head.hash)
        current_.segment.body = std::move(kept_.segment.body);
    kept_ = {};
    return {};
}

Status PageReader::addData(const wire::Entry& entry)
{
    ledger::Segment& segment = current_.segment;
    if (entry.offset != segment.body.size())
        return fail(Errc::Malformed, "a gap in a body");
    if (entry.data.size() > segment.head.header.bodySize - segment.body.size())
        return fail(Errc::Forged, "a body longer than its header says");
    segment.body.insert(segment.body.end(), entry.data.begin(), entry.data.end());
    return {};
}

Reached reachedBy(std::span<const Incoming> entries, std::uint64_t cursor)
{
    std::map<SpaceId, std::uint64_t> ahead;
    for (const Incoming& entry : entries)
        if (entry.number > cursor)
            ahead[entry.segment.head.header.space] = entry.number;
    Reached reached(cursor);
    for (const auto& [space, number] : ahead)
        reached.ahead.push_back({space, number});
    return reached;
}

ledger::Leaf leafOf(std::uint64_t number, const ledger::SignedSegmentHeader& head)
{
    const ledger::SegmentHeader& header = head.header;
    return {number, header.space, header.device, header.life, header.firstSeq, header.count, head.hash};
}

}  // namespace teren::engine
