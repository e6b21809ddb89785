// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/limits.h"
#include "crypto/base/random.h"
#include "sync/engine/applied_words.h"
#include "sync/engine/flight.h"
#include "sync/engine/freight.h"
#include "sync/engine/page_reader.h"
#include "sync/engine/progress.h"
#include "sync/wire/short_receipt.h"

#include <deque>
#include <optional>
#include <set>
#include <variant>

namespace teren::engine {

/// What a person is told about the server.
enum class ServerHealth : std::uint8_t { Unknown, Ok, Unreachable, WentBack, Forked };

/// Counts of one session, in changes.
struct SessionCounts {
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    std::uint64_t confirmed = 0;
    std::uint32_t roundTrips = 0;  ///< After the TLS handshake.
};

/// The client's half of the protocol, as a pure function of what happened and when: it opens no socket, reads
/// no clock and starts no thread. The driver calls one method for each event and performs the actions it
/// returns.
///
///     Offline --connected--> Opening --Answer--> CatchingUp --last page--> Comparing --proofs--> Stating
///     --taken--> Uploading --all receipts--> Settled
///        ^                                            (nothing to fetch, no drafts, nothing to send:
///        straight through)       | | Refresh: a local change, or polled --+
///     Opening --the server's log is not ours--> Returning --common past found, statements given back-->
///     CatchingUp: the replica has gone back to what the server still has, and sends the rest again; where
///     others have gone on with another members' log meanwhile, it goes over to that
///        +---- from any state: line lost, no reply within `kReplyWait`, a refusal, or a reply out of turn
///
/// Blobs travel only while it is settled, in parts, and whatever else happens stops the next part: see
/// `Freight`.
/// What waits to be sealed is sealed a step at a time beside the line, as far as that has room: see `wakeAt`.
/// While pages come it states and uploads beside them, once the answer has shown that the log holds no work
/// of this device that is not here. Else it seals only after catching up: a device that was rolled back then
/// knows it before it signs anything.
class ClientMachine {
public:
    static constexpr std::chrono::seconds kReplyWait{30};
    static constexpr std::chrono::seconds kRetryFirst{2};
    static constexpr std::chrono::seconds kRetryMax{300};
    static constexpr std::chrono::seconds kPollEvery{20};
    /// A reply is waited for longer by the time that what is under way takes on the slowest link we serve.
    static constexpr std::uint64_t kSlowestBytesPerSecond = 2'000;
    /// One reading of the outbox; two of them may be without an answer.
    static constexpr std::size_t kBatchBytes = std::size_t{256} << 10;
    /// Content that is sealed at once while the line has room: much less time than the line takes for it.
    static constexpr std::size_t kSealBytes = std::size_t{128} << 10;
    /// How often the last contact is written down while a session stays open.
    static constexpr std::chrono::minutes kNoteContactEvery{1};
    /// How often one session tries again what the server found stale, before it calls that a refusal.
    static constexpr unsigned kRetriesMax = 3;
    /// How often one session goes back with the server.
    static constexpr unsigned kReturnsMax = 3;
    /// A server that makes us start lives one after another is not one we follow.
    static constexpr unsigned kLivesMax = 2;

    enum class State : std::uint8_t {
        Offline,
        Connecting,
        Opening,
        Returning,
        CatchingUp,
        Comparing,
        Stating,
        Uploading,
        Settled
    };

    struct Connect {};
    struct Send {
        wire::ToServer message;
    };
    struct Hangup {};
    using Action = std::variant<Connect, Send, Hangup>;
    using Actions = std::vector<Action>;

    /// @param replica, random  Outlive this object. `random` only jitters the retry delay.
    /// @param shelf  Outlives this object; without one, no blobs are moved.
    /// @param sealBytes  As `kSealBytes`.
    ClientMachine(
        Replica& replica, RandomSource& random, BlobShelf* shelf = nullptr,
        std::size_t sealBytes = kSealBytes)
        : replica_(replica),
          random_(random),
          sealBytes_(sealBytes),
          applied_(replica)
    {
        if (shelf != nullptr)
            freight_.emplace(*shelf);
    }

    /// @param exporter  TLS exporter "EXPORTER-teren-device-proof", 32 bytes.
    Actions connected(const Hash& exporter, Instant now);
    Actions received(const wire::ToClient& message, Instant now);
    Actions lost(Instant now);
    /// Something was saved here.
    Actions localChange(Instant now);
    /// "Sync now": works in any state, and resets the backoff.
    Actions syncNow(Instant now);
    /// Call at or after `wakeAt()`. Calling it early is harmless.
    Actions woken(Instant now);
    /// So many bytes of what was to be sent have left. Only progress and the size of chunks follow from it.
    void left(std::size_t bytes, Instant now);

    State state() const { return state_; }
    /// Now, while there is more to seal and room on the line for it.
    Instant wakeAt() const { return session_.goesOn ? lastNow_ : wakeAt_; }
    /// Settled, and no blob is left that this session could move.
    bool isDone() const
    {
        return state_ == State::Settled && (!freight_ || freight_->isDone()) && applied_.isDone();
    }
    /// Of this session's blobs.
    FreightCounts freightCounts() const { return freight_ ? freight_->counts() : FreightCounts{}; }
    /// What went wrong with a blob; records are not touched by it.
    std::optional<Error> freightTrouble() const { return freight_ ? freight_->trouble() : std::nullopt; }
    ServerHealth health() const { return health_; }
    const SessionCounts& counts() const { return counts_; }
    /// Of this session; all zero while there is none.
    Progress progress(Instant now) const;
    /// Why the last session ended early, if it did.
    const std::optional<Error>& failure() const { return failure_; }
    /// With what the server ended the last session, if it was that who did.
    std::optional<wire::RefusalCode> refusal() const { return refusal_; }

private:
    /// What to do when the last segment in flight has its answer. A later one outweighs an earlier one.
    enum class AfterFlight : std::uint8_t {
        Settle,
        Restate,  ///< Something was saved meanwhile: look for drafts and unsealed changes again.
        Resend,   ///< The server needs whole what went with a short header: look through the outbox again.
        Refresh,  ///< The membership log may have moved: ask first.
        NewLife,  ///< This device exists twice.
    };
    /// What lasts from one `connected` to its end.
    struct Session {
        wire::Position asked;     ///< As sent last.
        ledger::TreeHead head;    ///< The newest that was verified.
        std::vector<Hash> peaks;  ///< Of the log under it, where they are known: see `wire::shorten`.
        bool toldPeaks = false;   ///< The server knows that we know them.
        std::uint32_t version = wire::kOldestVersion;  ///< Of the protocol, as the server answered.
        unsigned fruitless = 0;   ///< Questions in a row whose answers brought nothing nearer.
        bool hasNews = false;     ///< In an answer since the last question.
        bool askedAgain = false;  ///< There was a question after the one that opened the session.

        PageReader pages;
        unsigned streams = 0;           ///< Announced runs of pages whose last one has not come.
        bool unread = false;            ///< Pages were announced whose meaning has not been looked at yet.
        bool asksAfterPages = false;    ///< A question waits until no pages are on their way.
        bool statesLater = false;       ///< So do our own acts, which need the newest head.
        bool knowsOwn = false;          ///< All work of this device that the log holds is here.
        std::uint64_t partialKept = 0;  ///< Number of the entry whose beginning the replica keeps.
        std::uint64_t expected = 0;     ///< Bytes of pages that the server announced.

        unsigned returns = 0;            ///< How often the server's log was not ours.
        std::uint64_t serverHeight = 0;  ///< Of its membership log, where that lacks what ours has.
        std::vector<ledger::TreeHead>
            past;                         ///< Verified heads among which the newest common one is looked for.
        std::size_t good = 0;             ///< As many of the first of them are known to be common.
        std::size_t bad = 0;              ///< From here on none of them is.
        std::vector<std::size_t> probed;  ///< Asked about, ascending.
        bool probing = false;             ///< The answer to that is to come.

        /// Two members' logs: where they part is looked for, then the server's is read from there.
        struct Parting {
            std::uint64_t height = 0;                     ///< Asked about: is this still one log?
            std::uint64_t step = 1;                       ///< How far to go back if it is not.
            std::vector<ledger::SignedStatement> theirs;  ///< Above `height`, once it is.
        };
        std::optional<Parting> parting;

        std::vector<HeadClaim> compared;  ///< Asked about, in this order.
        DeviceId comparedUpTo;            ///< The claims up to this device's have been asked about.

        /// One message each, under way, in the order of the log.
        std::deque<std::vector<ledger::SignedStatement>> submitted;
        bool overtaken = false;  ///< One of them was not taken, so neither will those behind it be.
        bool newer = false;      ///< It was for statements of others, which are here now.
        unsigned moves = 0;      ///< How often the membership log was ahead of us.

        Leg sent;      ///< Bodies that are sealed; what was confirmed of them.
        Leg received;  ///< Entries.
        RateMeter upRate;
        RateMeter downRate;
        std::uint64_t unwritten = 0;  ///< Bytes of bodies under way that have not left.

        Waiting waiting;           ///< Sealed in all, and what is left to seal, as far as it is known.
        std::uint64_t toSeal = 0;  ///< Changes that waited when the upload began; what came since is behind.
        bool goesOn = false;       ///< They are sealed at the next waking, if nothing else happens before.
        Flight flight;
        std::uint64_t lastToken = 0;  ///< The outbox has been read up to here.
        AfterFlight afterFlight = AfterFlight::Settle;
        /// Bodies in flight that take more than one message, in the order they are sent. The replica has a
        /// note of the first: it is the one that a server may hold in part.
        std::deque<Hash> large;
        bool statementsCome = false;   ///< The answer before brought some, and the next one brings more.
        std::uint32_t uploadHave = 0;  ///< Bytes of `asked.uploading` that the server holds.
        std::set<Hash> counted;        ///< Segments in `counts_.sent`.
        std::set<std::uint64_t> ownNumbers;  ///< Receipted since the last question, above the cursor.
        Hash forked{};                       ///< What was refused as `Forked`.
        /// Chains with a segment that was refused for good: the rest of them has nothing to stand on. Until
        /// the members' log moves, which may be what was wrong.
        std::set<std::pair<SpaceId, std::uint64_t>> blocked;
        /// Chains whose headers the server cannot make whole: nothing of them is sent with a short one.
        std::set<std::pair<SpaceId, std::uint64_t>> whole;
        unsigned retries = 0;
        unsigned lives = 0;
    };

    Result<Actions> take(const wire::ToClient& message, Instant now);
    Result<Actions> takeAnswer(const wire::Answer& answer, Instant now);
    Status learn(const wire::Answer& answer);
    Result<Actions> takePage(const wire::Page& page, Instant now);
    Result<Actions> takeResult(const wire::StatementsResult& result, Instant now);
    Result<Actions> takeConsistency(const wire::Consistency& reply, Instant now);
    Result<Actions> takeReceipt(const wire::Receipt& received, Instant now);
    Result<wire::ExpandedReceipt> inFull(const wire::Receipt& receipt) const;
    Result<Actions> takeRefused(const wire::SegmentRefused& refused, Instant now);
    Result<Actions> takeNeedWhole(const wire::NeedWhole& needed, Instant now);
    std::unexpected<Error> unusable(const Error& error);
    Result<Actions> takeRefusal(const wire::Refusal& refusal, Instant now);
    Result<Actions> takeCommon(const wire::Consistency& reply, Instant now);
    Result<Actions> takeGivenBack(const wire::StatementsResult& result, Instant now);
    Result<Actions> part(std::uint64_t height, Instant now);
    Result<Actions> partEarlier(const wire::Refusal& refusal, Instant now);
    Status takeTheirs(const wire::Answer& answer);
    Result<bool> areOurs(std::span<const ledger::SignedStatement> statements) const;

    template <typename Reply>
    Result<Actions> takeFreight(const Reply& reply, Instant now);
    /// Parts of blobs, if nothing else is to be done.
    Actions load(Instant now);
    /// What this device has applied, if that is news and it is at rest, or the line busy with pages.
    Result<Actions> tellApplied(Actions actions, Instant now);

    Result<Actions> open(const Hash& exporter, Instant now);
    Result<Actions> refresh(Instant now);
    void announced(std::uint64_t bytes, Instant now);
    Result<Actions> awaitPages(Instant now);
    Result<Actions> askAnew(Instant now);
    Result<Actions> stateLater(Instant now);
    Result<Actions> goBack(const wire::Refusal& refusal, Instant now);
    Result<Actions> probe(Instant now);
    Result<Actions> giveBackStatements(Instant now);
    Result<Actions> compare(Instant now);
    Result<Actions> compareMore(Instant now);
    Result<Actions> announce(Instant now);
    Result<Actions> upload(Instant now);
    Result<Actions> topUp(Instant now);
    Result<bool> launchReady(Actions& actions, Instant now);
    Status sealMore();
    Result<Actions> landed(Instant now);
    Result<Actions> settle(Instant now);

    Status storeStatements(std::span<const ledger::SignedStatement> statements);
    Status adopt(const ledger::SignedHead& head, const std::vector<Hash>& consistency);
    Result<ledger::Head> opened(const ledger::SignedHead& head) const;
    Result<ledger::Head> verified(const ledger::SignedHead& head, const std::vector<Hash>& consistency);
    Status storePage(std::span<const Incoming> entries, const Reached& reached);
    Status keepUnfinished();
    Status startNewLife(LifeReason reason);
    Status checkViews();
    Status noteMoved(const wire::StatementsResult& result);
    Status noteRefused(const wire::SegmentRefused& refused, const ledger::SegmentHeader& header);
    Status launch(const Outgoing& outgoing, Actions& actions, Instant now);
    std::size_t chunkSize(Instant now) const;
    std::optional<ledger::ShortHeader> shortFor(const ledger::SignedSegmentHeader& head) const;
    void moveTo(const ledger::TreeHead& head, std::vector<Hash> peaks);
    void noteReceived(const wire::Page& page, Instant now);
    Status noteLarge();
    std::unexpected<Error> otherMembership();
    ledger::TreeHead headAt(std::size_t good) const;
    Status advanceOverOwn();
    std::size_t statedBytes() const;
    bool isOwed() const;
    bool isBusy() const;
    bool isAtOwnWork() const;
    bool mayWriteMeanwhile() const;
    void raise(AfterFlight what);

    void follow(Instant now);
    Actions connect(Instant now);
    Actions finish(Result<Actions> result, Instant now);
    Actions giveUp(Error error, Instant now);
    void goOffline(Error error, Instant now);
    void noteUnreachable();
    void awaitReply(Instant now);
    std::chrono::milliseconds jittered(std::chrono::milliseconds delay);

    Replica& replica_;
    RandomSource& random_;
    std::size_t sealBytes_;
    State state_ = State::Offline;
    Instant wakeAt_{};  // The epoch: an offline machine connects on the first `woken`.
    std::chrono::seconds retryDelay_ = kRetryFirst;
    Instant lastNow_{};
    Instant contactNoted_{};
    ServerHealth health_ = ServerHealth::Unknown;
    SessionCounts counts_;
    SessionCounts loadedAt_;  ///< When it was looked last what blobs there are to move.
    std::optional<Freight> freight_;
    AppliedWords applied_;
    std::optional<Error> failure_;
    std::optional<wire::RefusalCode> refusal_;
    Session session_;
};

}  // namespace teren::engine
