// SPDX-License-Identifier: EUPL-1.2
#include "sync/engine/flight.h"

#include "crypto/base/limits.h"
#include "sync/engine/page_reader.h"
#include "sync/ledger/merkle.h"

#include <algorithm>

namespace teren::engine {

std::vector<wire::PutSegment> Flight::launch(
    const Outgoing& outgoing, std::uint32_t have, std::size_t chunkMax,
    const std::optional<ledger::ShortHeader>& brief)
{
    const ledger::SignedSegmentHeader& head = outgoing.segment.head;
    const Bytes& body = outgoing.segment.body;
    std::vector<wire::PutSegment> messages;
    // A server that has it all still needs the last byte's message: it is the one that asks for a receipt.
    std::size_t offset = std::min<std::size_t>(have, body.empty() ? 0 : body.size() - 1);
    const std::size_t bytes = body.size() - offset;
    do {
        const std::size_t size = std::min(chunkMax, body.size() - offset);
        const ByteView chunk = ByteView(body).subspan(offset, size);
        messages.push_back({head.bytes, static_cast<std::uint32_t>(offset), toBytes(chunk)});
        offset += size;
    } while (offset < body.size());

    Flying flying{head, bytes, {}};
    if (brief && messages.size() == 1 && bytes == body.size()) {
        messages.front().header.clear();
        messages.front().shortHeader = brief;
        flying.shortName = brief->name();
        shortNames_.emplace(*flying.shortName, head.hash);
    }
    flying_.emplace(head.hash, std::move(flying));
    bytes_ += bytes;
    return messages;
}

Result<std::vector<Hash>> Flight::leavesOf(const wire::Receipt& receipt) const
{
    std::vector<Hash> leaves;
    for (const wire::Numbered& entry : receipt.entries) {
        const auto found = flying_.find(entry.segment);
        if (found == flying_.end() || entry.number == 0)
            return fail(Errc::Forged, "a receipt for something that was not sent");
        leaves.push_back(ledger::leafHash(ledger::encode(leafOf(entry.number, found->second.head))));
    }
    return leaves;
}

Status Flight::verify(const wire::Receipt& receipt, const ledger::Head& head) const
{
    TEREN_TRY(const std::vector<Hash> hashes, leavesOf(receipt));
    std::map<std::uint64_t, Hash> leaves;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        const std::uint64_t number = receipt.entries[i].number;
        if (number > head.tree.size)
            return fail(Errc::Forged, "a receipt for something that was not sent");
        if (!leaves.emplace(number - 1, hashes[i]).second)
            return fail(Errc::Forged, "a receipt with one number twice");
    }
    if (leaves.empty())
        return fail(Errc::Malformed, "a receipt for nothing");
    return ledger::verifyInclusion(leaves, head.tree.size, head.tree.root, receipt.proof);
}

std::uint64_t Flight::land(const std::vector<wire::Numbered>& entries)
{
    std::uint64_t changes = 0;
    for (const wire::Numbered& entry : entries) {
        const auto found = flying_.find(entry.segment);
        if (found == flying_.end())
            continue;
        changes += take(found).head.header.count;
    }
    return changes;
}

std::optional<ledger::SegmentHeader> Flight::drop(const Hash& segment)
{
    const auto found = flying_.find(segment);
    if (found == flying_.end())
        return std::nullopt;
    return take(found).head.header;
}

std::optional<ledger::SegmentHeader> Flight::dropShort(const Hash& name)
{
    const auto found = shortNames_.find(name);
    return found == shortNames_.end() ? std::nullopt : drop(Hash(found->second));
}

Flight::Flying Flight::take(Place place)
{
    Flying taken = std::move(place->second);
    flying_.erase(place);
    bytes_ -= taken.bytes;
    if (taken.shortName)
        shortNames_.erase(*taken.shortName);
    return taken;
}

}  // namespace teren::engine
