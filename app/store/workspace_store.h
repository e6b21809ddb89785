// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/delivery.h"
#include "app/store/notice_text.h"
#include "app/store/receipts.h"
#include "app/store/recorded.h"
#include "crypto/box.h"
#include "sync/engine/replica.h"
#include "sync/merge/change.h"
#include "sync/merge/register.h"
#include "sync/segment/segment_seal.h"
#include "sync/sql/database.h"

#include <functional>
#include <memory>

namespace teren::store {

class Core;

/// The identity of this device in one workspace. Never leaves the vault.
struct DeviceKeys {
    SigningKey signing;
    BoxKey box;
    std::uint64_t life = 0;
};

/// A record as stored: registers, not yet read by any policy.
struct StoredRecord {
    RecordId id;
    SpaceId space;
    std::string type;  ///< Empty if nothing inserted it yet.
    std::string order;
    std::map<std::string, Register> fields;  ///< Without the reserved fields.
    bool deleted = false;                    ///< A deletion is in force and nothing newer contradicts it.
    bool deletedButEdited = false;           ///< A deletion and an edit that had not seen each other.
    std::vector<FieldValue> deletions;       ///< The deletions in force; value = reason.
    bool unsent = false;
    Dot lastDot;
    HybridStamp lastStamp;
};

/// One value ever written to a field, in or out of force.
struct HistoryEntry {
    RecordId record;
    std::string field;   ///< Empty for a deletion.
    FieldValue value;    ///< `kind` tells assign, set add, set remove, insert, delete.
    VersionVector seen;  ///< What its change had seen.
    bool inForce = false;
    bool confirmed = false;
};

struct FieldConflict {
    RecordId record;
    SpaceId space;
    std::string type;
    std::string field;  ///< Empty where a deletion meets an edit.
};

struct TextHit {
    SpaceId space;
    RecordId record;
    std::string type;
    std::string field;
    std::string snippet;  ///< The original text around the hit.
};

struct OutboxCounts {
    std::uint64_t unsent = 0;
    std::uint64_t confirmed = 0;
    std::uint64_t backedUp = 0;  ///< Of `confirmed`: what a backup of the server on another machine holds.
    std::optional<Instant> oldestUnsent;  ///< Unsent since then, by this device's clock; never ahead of it.
    std::uint64_t waiting = 0;            ///< Received, waiting for what they build on.
    std::uint64_t quarantined = 0;
    std::uint64_t refused = 0;  ///< Of `unsent`: what the server did not take, and what follows it.
    std::optional<wire::SegmentRefusal> refusedWhy;
};

/// Something to tell a person.
struct Notice {
    std::int64_t id = 0;
    std::string text;  ///< An English sentence for an operator.
    Instant at{};
};

/// One author's changes in a case that nobody here has looked at: those behind `after`, up to `upTo`.
struct Unlooked {
    SpaceId space;
    Author author;
    std::uint64_t after = 0;
    std::uint64_t upTo = 0;
    Instant last{};           ///< When the last of them was made, by its author's clock.
    bool everLooked = false;  ///< At anything of this case.
};

/// What one Save did to one record.
struct RecordChange {
    SpaceId space;
    RecordId record;
    std::string type;  ///< As it is there now; empty if nothing inserted it.
    Dot dot;
    HybridStamp stamp;
    bool unsent = false;
    bool deleted = false;                             ///< The record is, now.
    std::vector<std::pair<OpKind, std::string>> ops;  ///< With the field, where the kind has one.
};

/// What became of segments that came from colleagues, and not from the server; each is counted once.
struct CarriedOutcome {
    std::uint64_t taken = 0;    ///< New here, whether applied or waiting for what they build on.
    std::uint64_t changes = 0;  ///< In these, new here.
    std::uint64_t known = 0;
    std::uint64_t notOurs = 0;  ///< Of spaces that this device may not read.
    std::uint64_t early = 0;    ///< Rest on entries or statements that are not here.
    std::uint64_t apart = 0;    ///< Of devices that may not write there, or another stands in their place.
    bool ownUnknown = false;    ///< As `engine::PageOutcome::ownUnknown`.
};

using ledger::VoidReason;

/// Work of a device that others have built on and that is not here, or does not count here.
struct AwaitedWork {
    SpaceId space;
    Author author;
    std::uint64_t from = 0;     ///< First seq of what is missing.
    std::uint64_t to = 0;       ///< Last one that something here has cited.
    std::uint64_t waiting = 0;  ///< Changes of the space that do not go on.
    Instant since{};            ///< When a session first ended without it.
    bool isHere = false;        ///< Some of it stands apart here: see `ApartWork`.
};

/// The field that says of a record from where something in it was adopted, as
/// "<device in hex>:<life>:<seq>"; a set.
inline constexpr std::string_view kAdoptedField = "adopted_from";

/// Work that is kept here and does not count.
struct ApartWork {
    enum class Why : std::uint8_t {
        Voided,       ///< By a statement; see `reason`.
        Quarantined,  ///< May not stand where it stands; see `verdict`.
        Replaced,     ///< The server has taken other work in its place.
    };
    SpaceId space;
    Author author;
    std::uint64_t firstSeq = 0;
    std::uint64_t count = 0;
    Why why = Why::Voided;
    VoidReason reason = VoidReason::Refused;
    int verdict = 0;              ///< As in schema_sql.h.
    std::vector<Change> changes;  ///< Empty if it cannot be opened here.
};

/// A case that was removed from this device and can be fetched again.
struct EvictedSpace {
    SpaceId space;
    bool returning = false;  ///< Asked for again; not all of it has come.
    Hash digest{};           ///< Of the space as it was.
    Instant at{};
    std::uint64_t changes = 0;
    std::uint64_t lost = 0;   ///< Of these: the server went back behind them and has not got them again.
    std::uint64_t bytes = 0;  ///< Of sealed bodies that went.
    std::string label;        ///< As people know it.
};

/// Two heads as the server signed them.
struct HeadPair {
    ledger::SignedHead first;
    ledger::SignedHead second;
};
/// Two segment headers with their signatures.
struct HeaderPair {
    Bytes first;
    Bytes second;
};

/// What to write in one space in one Save.
struct SpaceOps {
    SpaceId space;
    std::vector<Op> ops;
};

/// One workspace in the vault: membership log, keys, change log, registers, search, outbox; and the client
/// machine's `Replica`. Everything that changes is one transaction, durable on return. Not thread-safe.
class WorkspaceStore final : public engine::Replica {
public:
    /// Policies of fields, for conflict detection by reading (set and latest fields are never
    /// conflicts) and for the search index (which fields hold text). Unknown fields read as `register`.
    struct FieldReading {
        bool conflicts = true;
        bool searchable = true;
    };
    using ReadingOf = std::function<FieldReading(const std::string& type, const std::string& field)>;
    /// How the schemas read what is stored. They are there before anything is written: the index that a
    /// transaction leaves is the one that they ask for.
    struct Readings {
        ReadingOf of = {};
        /// Another one than the vault was left with makes index and counts anew on opening.
        std::string version = {};
    };
    struct Parts {
        sql::Database& database;
        const Clock& clock;
        RandomSource& random;
        Readings readings = {};
    };

    /// Makes a workspace of one's own: genesis with this device as founder, the workspace space, its key.
    /// Keep it with `createFounded` before the statements go to the server by `net`: what the server has
    /// taken must not be forgotten here, however the line or the program ends. What it did not take is
    /// `discard`ed.
    struct Founding {
        DeviceKeys keys;
        MemberId member;
        std::vector<ledger::SignedStatement> statements;
        segment::SpaceKey workspaceKey;
        SpaceId workspaceSpace;
        SecretKey recoverySecret;
    };
    static Result<Founding> found(const VerifyKey& serverTls, const VerifyKey& serverReceipt, Parts parts);
    /// @param also  Runs on the new workspace in the same transaction.
    static Result<std::unique_ptr<WorkspaceStore>> createFounded(
        Founding founding, const std::string& serverAddress, Parts parts,
        const std::function<Status(WorkspaceStore&)>& also = {});
    /// Takes part in an existing workspace: keys made for the join request, genesis verified by the caller.
    static Result<std::unique_ptr<WorkspaceStore>> createJoined(
        DeviceKeys keys, const ledger::SignedStatement& genesis, const std::string& serverAddress,
        Parts parts);
    /// Brings index and counts into step with `parts.readings`. @return null if this vault has no workspace
    /// yet.
    static Result<std::unique_ptr<WorkspaceStore>> open(Parts parts);
    /// Forgets the workspace of this vault with everything in it: only for one that was never entered. No
    /// object of it may be in use.
    static Status discard(Parts parts);
    ~WorkspaceStore() override;

    const std::string& serverAddress() const;
    const DeviceKeys& keys() const;
    bool isMember() const;
    /// The membership log as it is kept here, from the genesis on.
    Result<std::vector<ledger::SignedStatement>> statements();
    /// A person has compared these keys of the server: they count here, until the membership log brings a
    /// change of keys.
    Status tellServer(const ledger::ServerKeyPair& keys);
    std::optional<ledger::ServerKeyPair> toldServer() const override;

    // ---- writing
    // ---------------------------------------------------------------------------------------------
    /// One Save: all of `ops` in one transaction with registers, search index and outbox; two spaces share a
    /// group id. @return `Invalid`, `LimitExceeded`, `NotFound` (space or its key), `Refused` (no right to
    /// write there, as far as this device knows), `Disk`, `DiskFull`.
    Status save(std::span<const SpaceOps> ops);
    /// Opens a space (key made, acts queued as a draft for the membership log, grants at sync to the staff of
    /// then) and saves its first ops, in one transaction. Works offline. @return the space's id.
    Result<SpaceId> openSpace(ledger::SpaceKind kind, std::span<const Op> firstOps);
    /// Queues an act of this member for the next sync (invite, admit with grants of every key it holds,
    /// void…).
    Status queueAct(const ledger::Act& act);
    /// Whether an admission on this invitation waits for the next sync.
    Result<bool> isAdmitting(const InvitationId& invitation);
    /// Runs `body`, which calls `save`, `openSpace` and `queueAct`, as one transaction: all of it is there
    /// afterwards or nothing. What it writes into the `KeyValue` of the same vault belongs to it too.
    Status together(const std::function<Status()>& body);

    /// How often something was saved or decided here since this object was made; for whoever sends it.
    std::uint64_t savesMade() const;

    // ---- reading
    // ---------------------------------------------------------------------------------------------
    SpaceId workspaceSpace() const;
    std::vector<SpaceId> spaces(ledger::SpaceKind kind) const;
    /// Whether a space of this kind is here with a key to read it.
    bool holds(const SpaceId& space, ledger::SpaceKind kind) const;
    /// @return `Refused`, naming them, if two spaces have a record of this id: somebody wants to confuse.
    Result<StoredRecord> record(const RecordId& id);
    Result<StoredRecord> record(const SpaceId& space, const RecordId& id);
    /// In fractional order, then id. `type` empty: all types. Deleted ones left out unless edited meanwhile.
    Result<std::vector<StoredRecord>> records(const SpaceId& space, const std::string& type = {});
    /// All records of a type over all spaces of a kind: the case list, visits of a day. One query, no loop
    /// over spaces.
    Result<std::vector<StoredRecord>> recordsOfType(const std::string& type);
    /// As for `record`.
    Result<std::vector<HistoryEntry>> history(const RecordId& id);
    Result<std::vector<HistoryEntry>> history(const SpaceId& space, const RecordId& id);
    /// Records of a space in which the field was ever written, deleted ones included; by id. What was voided
    /// was not written.
    Result<std::vector<RecordId>> everHaving(const SpaceId& space, const std::string& field);
    Result<std::vector<FieldConflict>> conflicts(const std::optional<SpaceId>& space = {});
    /// Open conflicts and unsent changes by space, for lists; two queries.
    Result<std::map<SpaceId, std::uint64_t>> conflictCounts();
    /// Living records of all cases, and how many of them are of one type. Reads an index, and no content.
    struct RecordCounts {
        std::uint64_t all = 0;
        std::uint64_t ofType = 0;
    };
    Result<RecordCounts> caseRecordCounts(const std::string& type);
    Result<std::map<SpaceId, std::uint64_t>> unsentCounts();
    /// What others wrote in cases, and this device in an earlier life, since a person here last looked; in no
    /// order.
    Result<std::vector<Unlooked>> unlooked(const std::optional<SpaceId>& space = {});
    /// At most `limit` changes of it, newest first. A change of several records comes as several.
    Result<std::vector<RecordChange>> changesOf(const Unlooked& what, std::size_t limit);
    /// Everybody's in cases, by their clocks, newest first. Reads the whole log.
    Result<std::vector<RecordChange>> changesSince(
        const std::optional<Instant>& since, const std::optional<SpaceId>& space, std::size_t limit);
    /// A person here has looked at what `upTo` names. It is kept on this device alone.
    Status looked(const SpaceId& space, const VersionVector& upTo);
    Result<std::vector<TextHit>> search(const std::string& text, std::size_t limit);
    Result<OutboxCounts> outboxCounts();
    /// What became of the work done here, by space. @param only  In this space; `NotFound` for another's.
    Result<std::vector<SpaceDelivery>> delivery(const std::optional<SpaceId>& only = {});
    Result<KeptReceipts> receipts(const std::optional<SpaceId>& only = {});
    /// What this device's segments in the space hold that the server has numbered.
    Result<std::vector<RecordedSegment>> recorded(const SpaceId& space);
    Result<Hash> digest(const SpaceId& space);
    /// Log against registers against index, segment seals, receipts. What only repeats the registers, the
    /// search index and what lists show, is made anew if it differs. @return sentences, none if all is well.
    Result<std::vector<std::string>> selfCheck();
    /// What happened unseen and a person should know, oldest first: an act that no longer fitted the
    /// membership log, a key that did not open. Each is told until it is dismissed, and not again then.
    Result<std::vector<Notice>> notices();
    /// One more; the same words again change nothing. @param parts  As for `noticeText`.
    Status tell(NoticeKind kind, const std::vector<std::string>& parts);
    /// @param upTo  The `id` of the newest one that the person has seen.
    Status dismissNotices(std::int64_t upTo);
    /// Removes a space, all or nothing; see eviction.h. @return `Refused` saying what stands against it,
    /// `NotFound`.
    Status evict(const SpaceId& space, std::string_view label);
    /// Has the next sessions bring it back. @return `NotFound` if it was not removed.
    Status fetchEvicted(const SpaceId& space);
    std::vector<EvictedSpace> evicted() const;
    /// Heads of the server that do not go together.
    Result<std::vector<HeadPair>> headPairs();
    /// Segments of one device in each other's place.
    Result<std::vector<HeaderPair>> twinSegments();
    /// The server's newest word to this device; none before the first.
    Result<std::optional<ledger::SignedHead>> newestHead();
    /// A head that the server has signed for a colleague's device. @return whether it has shown this one
    /// another log; people are told.
    Result<bool> hearOfHead(const ledger::SignedHead& head, const DeviceId& from);
    /// What changes here wait for, by device and space.
    Result<std::vector<AwaitedWork>> awaited();
    /// What of a space is kept and does not count. @return `NotFound` for a space that is not here.
    Result<std::vector<ApartWork>> apart(const SpaceId& space);
    /// Enters a change that does not count again, as this device's own, marked with where it comes from. What
    /// its author had not seen stands beside it as a conflict. @return `NotFound`, `Refused`.
    Result<Dot> adopt(const SpaceId& space, const Dot& dot);
    /// A person knows of the other log that this device has seen, or says it has: sessions end well again,
    /// until it claims something new that does not hold. @return `NotFound` if nothing of it is disputed.
    Status acceptDispute(const DeviceId& device);

    // ---- what people carry
    // ---------------------------------------------------------------------------------------------
    /// Sealed segments that are good here: first those that the server has not confirmed, in about
    /// `maxBytes`. @param all  Those that it has, as well.
    Result<std::vector<ledger::Segment>> segmentsToCarry(bool all, std::size_t maxBytes);
    /// Takes segments that came from a colleague, by whatever way: without a number, so no cursor moves and
    /// nothing is confirmed; they are sent to the server if it turns out not to have them. Their signatures,
    /// bodies and workspace have been verified. In any order, together in one transaction.
    Result<CarriedOutcome> storeCarried(std::span<const ledger::Segment> segments);
    /// The header of a segment that is here, whatever became of it.
    Result<std::optional<ledger::SignedSegmentHeader>> headOf(const Hash& segment);
    /// What a colleague's device said under its signature, and not under a segment's seal, that it has seen.
    Status hearOf(const engine::HeadClaim& claim);

    // ---- engine::Replica
    // -------------------------------------------------------------------------------------
    DeviceId device() const override;
    std::uint64_t life() const override;
    const ledger::Membership& membership() const override;
    wire::Position position() const override;
    Result<std::vector<Hash>> peaks() override;
    Result<std::uint64_t> ownAbove(std::uint64_t cursor) override;
    Signature signProof(ByteView message) const override;
    Status storeStatements(std::span<const ledger::SignedStatement> statements) override;
    Result<std::vector<ledger::SignedStatement>> signDrafts(Instant now) override;
    Status unsealStale() override;
    Result<engine::Waiting> sealSome(std::size_t maxBytes) override;
    Result<std::vector<engine::Outgoing>> outbox(std::uint64_t after, std::size_t maxBytes) override;
    Result<engine::Waiting> waiting() override;
    Status uploadStarted(const Hash& segment) override;
    Status storeReceipt(const engine::ShownHead& head, std::span<const wire::Numbered> entries) override;
    Result<engine::PageOutcome> storePage(
        std::span<const engine::Incoming> entries, const engine::Reached& reached) override;
    Result<bool> askAgain() override;
    Result<std::vector<engine::HeadClaim>> openClaims(const DeviceId& after, std::size_t most) override;
    Status settleClaim(const engine::HeadClaim& claim, bool holds) override;
    Result<std::optional<DeviceId>> disputed() override;
    Result<std::vector<ledger::TreeHead>> pastHeads(std::uint64_t size) override;
    Status wentBack(const engine::WentBack& found) override;
    Status followStatements(std::uint64_t common, std::span<const ledger::SignedStatement> theirs) override;
    Result<std::vector<ledger::SignedStatement>> statementsAbove(
        std::uint64_t height, std::size_t maxBytes) override;
    Status storePartial(const engine::Partial& partial) override;
    Result<engine::Partial> partial() override;
    Status segmentRefused(const Hash& segment, wire::SegmentRefusal code) override;
    Status startNewLife(engine::LifeReason reason) override;
    Status noteContact(Instant when) override;
    Result<std::vector<ledger::AppliedWord>> appliedToTell(
        Instant now, std::size_t maxBytes, const std::set<SpaceId>& underWay) override;
    Status appliedTold(std::span<const ledger::AppliedWord> words) override;
    Status storeApplied(
        std::span<const ledger::AppliedWord> words, std::uint64_t serial, std::size_t forged) override;
    Status heardTime(Instant office, Instant here) override;
    std::optional<Instant> lastContact() const;
    /// By how much this device's clock is ahead of the office's, as far as that is known.
    std::optional<std::chrono::milliseconds> clockLead() const;

private:
    explicit WorkspaceStore(std::unique_ptr<Core> core);
    std::unique_ptr<Core> core_;
};

}  // namespace teren::store
