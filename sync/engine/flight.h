// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/limits.h"
#include "sync/engine/replica.h"

#include <map>
#include <set>

namespace teren::engine {

/// The segments that are on their way to the server and have no answer yet.
///
/// It knows what a receipt must prove: each segment that it names was sent by this session, and stands at the
/// number it names under the receipt's head.
class Flight {
public:
    /// Adds a segment. @return the messages that carry it from byte `have` of its body on.
    /// @param chunkMax  Bytes of the body in one of them.
    /// @param brief     Goes in place of the header where one message carries the whole body.
    std::vector<wire::PutSegment> launch(
        const Outgoing& outgoing, std::uint32_t have, std::size_t chunkMax = limits::kChunkMax,
        const std::optional<ledger::ShortHeader>& brief = {});

    /// The leaf hash of each entry of a receipt, in its order. @return `Forged` for one that is not in
    /// flight.
    Result<std::vector<Hash>> leavesOf(const wire::Receipt& receipt) const;
    /// @param head  Verified. @return `Forged` unless every entry is in flight and proven; nothing has
    /// changed then.
    Status verify(const wire::Receipt& receipt, const ledger::Head& head) const;
    /// Takes the segments of a verified receipt. @return how many changes they carry.
    std::uint64_t land(const std::vector<wire::Numbered>& entries);

    /// Takes one segment that got a refusal. @return its header, if it was in flight.
    std::optional<ledger::SegmentHeader> drop(const Hash& segment);
    /// The same for one that was sent with the short header of this name.
    std::optional<ledger::SegmentHeader> dropShort(const Hash& name);

    bool contains(const Hash& segment) const { return flying_.contains(segment); }
    bool empty() const { return flying_.empty(); }
    /// Bytes of bodies without an answer.
    std::size_t bytes() const { return bytes_; }

private:
    struct Flying {
        ledger::SignedSegmentHeader head;
        std::size_t bytes = 0;
        std::optional<Hash> shortName;
    };
    using Place = std::map<Hash, Flying>::iterator;
    Flying take(Place place);

    std::map<Hash, Flying> flying_;
    std::map<Hash, Hash> shortNames_;  ///< Of what was sent with a short header: the segments.
    std::size_t bytes_ = 0;
};

}  // namespace teren::engine
