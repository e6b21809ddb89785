// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/ledger/membership.h"
#include "sync/wire/messages.h"

#include <optional>
#include <set>
#include <span>

namespace teren::engine {

/// Why a device goes on under a new life.
enum class LifeReason : std::uint8_t {
    RolledBack,  ///< The server's log holds work of this device that its disk has forgotten.
    Forked,      ///< The server holds another segment at the same seq: this device exists twice.
    Restored,    ///< This disk is a restored backup; the one that was backed up may live on.
    HeldUp,  ///< What it had built on does not count any more, so its work waits; what comes now must not.
};

/// A stored segment on its way to the server. `token` orders the outbox; the machine hands it back.
struct Outgoing {
    std::uint64_t token = 0;
    ledger::Segment segment;
};

/// A segment from the log, verified by the machine: proof, signature, body hash.
struct Incoming {
    std::uint64_t number = 0;
    ledger::Segment segment;
    ledger::Membership::Verdict verdict = ledger::Membership::Verdict::Accepted;
};

/// How far a page has brought this device. What comes ahead of the log's order moves its own space alone.
struct Reached {
    // NOLINTNEXTLINE(google-explicit-constructor): most pages reach a place in the log and nothing else.
    Reached(std::uint64_t cursor, std::vector<wire::Position::SpaceCursor> ahead = {})
        : cursor(cursor),
          ahead(std::move(ahead))
    {
    }
    std::uint64_t cursor;                            ///< Everything readable up to here has come.
    std::vector<wire::Position::SpaceCursor> ahead;  ///< And of these spaces, up to there.
};

/// What storing a page meant for this device.
struct PageOutcome {
    std::uint64_t changesReceived = 0;  ///< New here; repeats are not counted.
    /// A segment of this very device and its current life that its disk does not hold, or somebody's work
    /// that cites such. What else the device wrote, under a life that this disk knows nothing of, is like
    /// anyone's work.
    bool ownUnknown = false;
};

/// What a colleague's device says, under the seal of a segment, that it has seen of the log.
struct HeadClaim {
    DeviceId device;
    ledger::TreeHead head;
};

/// A verified head, and the server's own word for it: should the server show another history later, both
/// words together are what people can hold against it, or understand it by.
struct ShownHead {
    // NOLINTNEXTLINE(google-explicit-constructor): a head is one, seen without its signature.
    ShownHead(
        ledger::Head shown, ledger::SignedHead word = {}, std::vector<Hash> hashes = {},
        std::vector<Hash> complete = {})
        : head(shown),
          proof(std::move(word)),
          inclusion(std::move(hashes)),
          peaks(std::move(complete))
    {
    }
    ledger::Head head;
    ledger::SignedHead proof;     ///< Empty where nobody needs it.
    std::vector<Hash> inclusion;  ///< In a receipt: of its entries.
    std::vector<Hash> peaks;      ///< The complete subtrees of the log under it, largest first; or unknown.
};

/// How a server came to be behind what it had shown: what the client found out and verified.
struct WentBack {
    ledger::TreeHead common;   ///< A head verified here once, and a past state of what the server shows now.
    ShownHead shown;           ///< What it shows now.
    std::uint64_t height = 0;  ///< Of the membership log that it has.
};

/// What waits to be sent.
struct Waiting {
    std::uint64_t bytes = 0;     ///< Of the bodies that are sealed.
    std::uint64_t changes = 0;   ///< In those.
    std::uint64_t unsealed = 0;  ///< Changes that are not sealed yet and could be.
};

struct Partial {
    std::uint64_t number = 0;
    Bytes header;
    Bytes data;
};

/// One workspace on this device, as the client machine needs it. `app/store` implements it.
///
/// Every call that changes anything is one durable transaction (`synchronous=FULL`) and has happened whole or
/// not at all when it returns. The machine verifies; the replica keeps, opens and merges.
class Replica {
public:
    /// Content that is sealed in one transaction where nothing waits for the first of it.
    static constexpr std::size_t kSealAtOnce = std::size_t{4} << 20;

    virtual ~Replica() = default;

    virtual DeviceId device() const = 0;
    /// Under which it signs now.
    virtual std::uint64_t life() const = 0;
    virtual const ledger::Membership& membership() const = 0;
    /// Keys of the server that a person has compared on this device and that the membership log here does not
    /// name yet.
    virtual std::optional<ledger::ServerKeyPair> toldServer() const { return {}; }
    /// With `limits::kExceptionsMax` exceptions at most: with more it goes back to the lowest of them.
    virtual wire::Position position() const = 0;
    /// The complete subtrees of the log under the head in `position`, as `storeReceipt` was given them; empty
    /// where they are not known.
    virtual Result<std::vector<Hash>> peaks() { return std::vector<Hash>(); }
    /// How many entries of this device, whatever its life was then, are here with a number above `cursor`.
    virtual Result<std::uint64_t> ownAbove(std::uint64_t cursor) = 0;
    /// Signs the device proof under the label "teren.proof.v1".
    virtual Signature signProof(ByteView message) const = 0;

    /// Appends statements that `Membership::apply` accepts (others' and this device's own), ends the drafts
    /// that they carry out, opens the keys granted to this device, rebuilds spaces that a void touches.
    /// @return as `Membership::apply`; nothing is kept then.
    virtual Status storeStatements(std::span<const ledger::SignedStatement> statements) = 0;
    /// The acts decided here and not yet in the log, rebased on the log as it is now and signed; grants go to
    /// the members of now. Empty when there are none. Acts that no longer make sense are dropped and
    /// reported.
    virtual Result<std::vector<ledger::SignedStatement>> signDrafts(Instant now) = 0;

    /// What was refused under an older membership log than the one here, or was sealed under an older key, is
    /// unsealed again, with what follows it in its chain.
    virtual Status unsealStale() = 0;
    /// Seals unsealed changes whose space is in the membership log, each chain in its order: segments until
    /// `maxBytes` of content are in them, and at least one if there is anything. Where little waits goes
    /// before where much does. @return what it added to the outbox, and what is left to seal.
    virtual Result<Waiting> sealSome(std::size_t maxBytes) = 0;
    /// Both, to the end.
    Status sealAll()
    {
        TEREN_CHECK(unsealStale());
        for (std::uint64_t left = 1; left > 0;) {
            TEREN_TRY(const Waiting step, sealSome(kSealAtOnce));
            left = step.unsealed;
        }
        return {};
    }
    /// Stored segments without a receipt with a token above `after`, in an order that the server accepts
    /// (each chain from its oldest), together no more than about `maxBytes` but at least one if there is one.
    /// Others' are among them where the server has lost them.
    virtual Result<std::vector<Outgoing>> outbox(std::uint64_t after, std::size_t maxBytes) = 0;
    /// All of it, and what is not sealed yet.
    virtual Result<Waiting> waiting() = 0;
    /// Notes that a segment's body is on its way in parts, so that the next session can ask how far it came.
    virtual Status uploadStarted(const Hash& segment) = 0;

    /// The head moved, by a consistency proof that the machine verified. `entries`: segments of the outbox
    /// now proven to be under it; moves their changes, if ours, to "confirmed".
    virtual Status storeReceipt(const ShownHead& head, std::span<const wire::Numbered> entries) = 0;
    /// Segments in log order, and how far everything readable has come by now. `reached.cursor` raises
    /// `Position::cursor` and each exception that is lower, never lowers one; `reached.ahead` raises that of
    /// its space, or makes one above the general cursor; exceptions that are at that end. An outcome with
    /// `ownUnknown` is followed by `startNewLife` before anything else; a replica that dies in between has
    /// not forgotten it.
    virtual Result<PageOutcome> storePage(std::span<const Incoming> entries, const Reached& reached) = 0;
    /// Called when all pages that were announced have come. Where something still waits for what ought to
    /// have come before it, the space gets an exception in `Position` at where that must stand.
    /// @return whether there is something to ask for. Not again soon for the same space.
    virtual Result<bool> askAgain() = 0;

    /// What others have seen of the log and nobody has compared with it yet: one head for each device, all
    /// shorter than the verified one. In the order of the devices' ids, from behind `after` on.
    virtual Result<std::vector<HeadClaim>> openClaims(const DeviceId& after, std::size_t most) = 0;
    /// @param holds  The head is a past state of the verified log, by a proof that the machine verified.
    /// Without one the claim stays open, because the server may have failed to prove what is true; its device
    /// is `disputed` until a later proof clears it.
    virtual Status settleClaim(const HeadClaim& claim, bool holds) = 0;
    /// A member's device that has seen another log of either kind than this device was shown, as far as
    /// nobody here has accepted that.
    virtual Result<std::optional<DeviceId>> disputed() = 0;

    /// Heads below `size` that were verified here and are remembered, ascending; the newest ones and ever
    /// fewer of the older.
    virtual Result<std::vector<ledger::TreeHead>> pastHeads(std::uint64_t size) = 0;
    /// The server holds no more of what it had shown than `found.common`. The head goes back to that; entries
    /// above it have no number any more and are to be sent again, whoever wrote them, and ours are confirmed
    /// no longer; no cursor stays above it. People are told, the others by a statement, and both heads are
    /// kept as the server signed them.
    virtual Status wentBack(const WentBack& found) = 0;
    /// What the membership log holds above `height`, as it was signed; about `maxBytes` of it but at least
    /// one.
    virtual Result<std::vector<ledger::SignedStatement>> statementsAbove(
        std::uint64_t height, std::size_t maxBytes)
        = 0;

    /// The server's members' log is another than the one here from height `common` on: `theirs` follow that
    /// in it. Goes on with them, as `Membership::apply` takes them. What the statements here decided and
    /// those do not is queued to be decided again, as far as it is this device's to decide, and what was
    /// given up is kept. @return `Refused` if the statements here took from somebody what those leave: then a
    /// person has to decide, and nothing has changed.
    virtual Status followStatements(std::uint64_t common, std::span<const ledger::SignedStatement> theirs)
        = 0;

    /// Keeps the beginning of a body across sessions; `Partial{}` forgets it.
    virtual Status storePartial(const Partial& partial) = 0;
    virtual Result<Partial> partial() = 0;

    /// Notes why the server does not take a segment, for people. It stays in the outbox: the machine sends no
    /// more of its chain before the next session or before the members' log has moved. A `Forked` one of the
    /// life that this device lives has been replaced by `startNewLife` just before and is only noted; any
    /// other gives way to the one that stands in the log.
    virtual Status segmentRefused(const Hash& segment, wire::SegmentRefusal code) = 0;
    /// Goes on under a new life: unreceipted changes are issued again under it, spaces rebuilt, the life
    /// announced by a draft. What was replaced is kept, not deleted.
    virtual Status startNewLife(LifeReason reason) = 0;

    virtual Status noteContact(Instant when) = 0;

    /// What this device has applied, one signed and sealed word for each readable space of which it is
    /// another than it said last, about `maxBytes` of them. Durable before it returns: it says nothing older
    /// later. @param underWay  Spaces of which a word has no reply yet: none is said of them.
    virtual Result<std::vector<ledger::AppliedWord>> appliedToTell(
        Instant /*now*/, std::size_t /*maxBytes*/, const std::set<SpaceId>& /*underWay*/)
    {
        return std::vector<ledger::AppliedWord>();
    }
    /// The server has kept exactly these.
    virtual Status appliedTold(std::span<const ledger::AppliedWord> /*words*/) { return {}; }
    /// What colleagues' devices say, verified by signature, member and space. One that is older than what is
    /// known of the same device and space, or does not open, is passed over. @param serial  Goes into
    /// `Position::appliedFrom`; a lower one than before says that the server forgot some: everything is said
    /// again. @param forged  How many words were handed out that nobody had signed: people are told.
    virtual Status storeApplied(
        std::span<const ledger::AppliedWord> /*words*/, std::uint64_t /*serial*/, std::size_t /*forged*/)
    {
        return {};
    }
    /// In a session, the server's time and this device's at about the same moment; how far apart two right
    /// clocks may be is what a message takes.
    virtual Status heardTime(Instant /*office*/, Instant /*here*/) { return {}; }
};

/// The keys by which a server proves itself to this device at `now`, newest first.
inline std::vector<ledger::ServerKeyPair> serverKeysOf(const Replica& replica, Instant now)
{
    std::vector<ledger::ServerKeyPair> keys = ledger::acceptedKeys(replica.membership().serverKeys(), now);
    if (const std::optional<ledger::ServerKeyPair> told = replica.toldServer())
        keys.insert(keys.begin(), *told);
    return keys;
}

}  // namespace teren::engine
