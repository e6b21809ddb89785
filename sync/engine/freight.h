// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/limits.h"
#include "sync/engine/blob_shelf.h"
#include "sync/engine/progress.h"

#include <deque>
#include <map>
#include <optional>

namespace teren::engine {

/// Blobs, in this session.
struct FreightCounts {
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    std::uint64_t bytesSent = 0;  ///< Of parts that the server has taken.
    std::uint64_t bytesReceived = 0;
};

/// Bulk transfer in both directions, a part at a time, as a pure function of what came and when.
///
/// At most `limits::kBlobPartsUnderWay` parts are without an answer, each of about one second's measured
/// rate, so whatever is more urgent never waits behind more than that. The order: small pictures, ours then
/// theirs; what a person asked for; what was begun; our contents, the smallest first; theirs. What goes wrong
/// with one blob ends that blob, for this session or, where the reason may pass, for
/// `limits::kBlobTriedAgain`; it never ends the session. A failure of the shelf ends all of it, for as long.
class Freight {
public:
    static constexpr std::size_t kAtOnce = 256;
    /// How often one blob starts over in one session.
    static constexpr unsigned kRestartsMax = 2;

    /// @param shelf  Outlives this object.
    explicit Freight(BlobShelf& shelf) : shelf_(shelf) {}

    /// A session began; nothing is under way. Nothing is sent before `open`.
    void reset();
    /// The server carries blobs.
    void open() { isOpen_ = !openAgain_; }
    /// Look again what there is to do: something was saved, or has come.
    void lookAgain() { isPlanned_ = false; }
    /// What may be sent now.
    std::vector<wire::ToServer> next(Instant now);
    /// @return `Malformed` for an answer to nothing that was asked.
    Status take(const wire::BlobStates& reply, Instant now);
    Status take(const wire::BlobData& reply, Instant now);

    /// Nothing is under way and nothing is left to do, as far as this session can.
    bool isDone() const;
    /// Bytes of parts without an answer.
    std::size_t bytesUnderWay() const;
    bool isUnderWay() const { return isAsking_ || !underWay_.empty(); }
    const FreightCounts& counts() const { return counts_; }
    /// Of this session, as far as it is planned: `kAtOnce` of each direction.
    Leg sent() const { return leg(true); }
    Leg received() const { return leg(false); }
    /// What went wrong last; the rest went on.
    const std::optional<Error>& trouble() const { return trouble_; }
    /// Bytes of a part as the line was measured.
    std::size_t partSize() const { return partSize_; }

private:
    /// One blob to be moved.
    struct Load {
        bool isUp = false;
        AwaitedBlob blob;
        std::uint64_t next = 0;  ///< Where the next part begins.
        unsigned restarts = 0;
        int rank() const;
    };
    struct Part {
        wire::BlobName name;
        bool isUp = false;
        std::uint64_t offset = 0;
        std::size_t size = 0;
        std::size_t ahead = 0;  ///< Bytes under way when it was sent, its own included.
        Instant sentAt{};
    };

    Leg leg(bool isUp) const;
    void plan(Instant now, std::vector<wire::ToServer>& messages);
    Result<bool> planUp(Instant now, std::vector<wire::ToServer>& messages);
    Status planDown();
    Status takeOffers(const wire::BlobStates& reply, Instant now);
    Status takeState(const wire::BlobState& state, const Part& part, Instant now);
    Load* pick();
    Load* find(const wire::BlobName& name);
    std::optional<wire::ToServer> sendPart(Load& load, Instant now);
    void setAside(const wire::BlobName& name, Error why, Instant now);
    /// What was set aside for a while has its turn again, if that is over.
    void tryAgain(Instant now);
    void finished(const wire::BlobName& name);
    void startOver(Load& load, std::uint64_t from, const char* why, Instant now);
    void measure(const Part& part, Instant now);
    /// The shelf failed: nothing more for a while.
    void fails(Error error, Instant now);

    BlobShelf& shelf_;
    bool isOpen_ = false;
    bool isPlanned_ = false;
    bool isAsking_ = false;  ///< A `BlobQuery` is without an answer.
    std::vector<OfferedBlob> offered_;
    std::vector<Load> loads_;
    std::deque<Part> underWay_;
    std::map<wire::BlobName, std::optional<Instant>> setAside_;  ///< Until when; for good without.
    std::optional<Instant> openAgain_;                           ///< After a failure of the shelf.
    std::size_t partSize_ = limits::kBlobPartMin;
    FreightCounts counts_;
    std::optional<Error> trouble_;
};

}  // namespace teren::engine
