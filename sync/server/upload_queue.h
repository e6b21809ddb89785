// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/server/hub.h"
#include "sync/wire/messages.h"

#include <map>
#include <optional>

namespace teren::server {

/// Segments on their way in: bodies are put together from chunks, whole segments wait to be judged and
/// committed together.
class UploadQueue {
public:
    /// What a commit meant for each segment, in the order they came.
    struct Outcome {
        std::vector<wire::Numbered> numbered;  ///< Ascending, without repeats; known ones included.
        std::vector<wire::SegmentRefused> refused;
        std::optional<Error> failure;  ///< Of the store. Nothing was written; everything is in `refused`.
    };

    /// @param hub  Outlives this object. @param device  Whose session this is.
    UploadQueue(WorkspaceHub& hub, const DeviceId& device) : hub_(hub), device_(device) {}

    /// Takes a chunk. @return a refusal if it is clear at once that the segment cannot be taken.
    std::optional<wire::SegmentRefused> take(const wire::PutSegment& chunk, Instant now);
    /// Takes a segment of this device in one message. @return false if its header cannot be made here: the
    /// whole one will show which rule it breaks, if any.
    bool takeShort(const ledger::ShortHeader& header, const Bytes& body);
    /// Whether there is nothing half done.
    bool isIdle() const { return waiting_.empty() && !partial_; }
    bool isFull() const;
    bool hasWhole() const { return !waiting_.empty(); }
    /// Judges and commits what is whole, in one transaction.
    Outcome commit(const WorkspaceHub::Listener* author, Instant now);
    /// The line is lost: keeps what was received in part for the device's next session.
    Status keepPartial(Instant now);

private:
    struct Judgement {
        std::optional<std::uint64_t> known;  ///< Its number, if it is in the log already.
        std::optional<wire::SegmentRefusal> refusal;
    };
    using Links = std::map<std::pair<Chain, std::uint64_t>, ChainLink>;  ///< By chain and first seq.

    /// @return a failure if what is here does not make a header that is signed so.
    Result<ledger::SignedSegmentHeader> whole(const ledger::ShortHeader& header, ByteView body);
    /// The hash of the segment that ends right before `firstSeq`, which may wait here.
    Result<Hash> previousOf(const Chain& chain, std::uint64_t firstSeq);
    std::optional<wire::SegmentRefusal> checkHeader(const ledger::SignedSegmentHeader& head) const;
    /// Brings `partial_` to the state that `chunk` continues. @return whether it does.
    bool resume(const ledger::SignedSegmentHeader& head, std::uint32_t offset, Instant now);
    void complete(ledger::SignedSegmentHeader head, Bytes body);
    Result<Judgement> judge(
        const ledger::Segment& segment, std::uint64_t number, const Links& batch, Instant now);
    Result<std::optional<ChainLink>> linkAt(const Chain& chain, std::uint64_t seq, const Links& batch);
    static Outcome refuseAll(const std::vector<Hash>& segments, Error failure);

    WorkspaceHub& hub_;
    DeviceId device_;
    std::optional<ledger::Segment> partial_;
    bool partialIsStored_ = false;
    std::optional<Hash> passedOver_;  ///< Refused at its first chunk; the others are ignored.
    std::vector<ledger::Segment> waiting_;
    std::size_t waitingBytes_ = 0;
};

}  // namespace teren::server
