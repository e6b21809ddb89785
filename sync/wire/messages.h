// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/ledger/applied.h"
#include "sync/ledger/head.h"
#include "sync/ledger/segment_header.h"
#include "sync/ledger/short_header.h"
#include "sync/ledger/statement.h"

#include <optional>
#include <variant>
#include <vector>

// The messages of messages.proto as validated values: sizes checked, identifiers whole. See sync/PROTOCOL.md.
namespace teren::wire {

using ledger::SignedHead;
using ledger::SignedStatement;
using ledger::TreeHead;

inline constexpr std::uint32_t kOldestVersion = 1;
inline constexpr std::uint32_t kNewestVersion = 3;

struct VersionRange {
    std::uint32_t min = kOldestVersion;
    std::uint32_t max = kNewestVersion;
    friend bool operator==(const VersionRange&, const VersionRange&) = default;
};

/// Where a client stands: verified head, membership, and what it holds.
struct Position {
    TreeHead head;
    std::uint64_t membershipHeight = 0;
    Hash membershipHash{};
    /// Every readable entry up to this number is stored, except as `exceptions` say.
    std::uint64_t cursor = 0;
    struct SpaceCursor {
        SpaceId space;
        std::uint64_t cursor = 0;
        friend bool operator==(const SpaceCursor&, const SpaceCursor&) = default;
    };
    std::vector<SpaceCursor> exceptions;
    std::optional<Hash> uploading;    ///< A segment whose body was sent in part.
    std::uint64_t partialNumber = 0;  ///< An entry whose body was received in part; 0 for none.
    std::uint32_t partialSize = 0;
    std::uint64_t safe = 0;  ///< `Head::safe` of the head it has.
    /// The first serial of others' applied words that are not here; 0 asks for none.
    std::uint64_t appliedFrom = 0;
    friend bool operator==(const Position&, const Position&) = default;
};

// ---- to the server
// -------------------------------------------------------------------------------------------
struct ServerInfoRequest {
    friend bool operator==(const ServerInfoRequest&, const ServerInfoRequest&) = default;
};
struct CreateWorkspace {
    Bytes token;
    std::vector<SignedStatement> statements;
    friend bool operator==(const CreateWorkspace&, const CreateWorkspace&) = default;
};
struct GenesisRequest {
    WorkspaceId workspace;
    friend bool operator==(const GenesisRequest&, const GenesisRequest&) = default;
};
struct JoinSubmit {
    WorkspaceId workspace;
    InvitationId invitation;
    Bytes request;
    friend bool operator==(const JoinSubmit&, const JoinSubmit&) = default;
};
/// Opens a session. `position` is kept as the bytes that were signed; decode it with `decodePosition`.
struct Open {
    VersionRange versions;
    WorkspaceId workspace;
    DeviceId device;
    Bytes position;
    Signature signature{};
    friend bool operator==(const Open&, const Open&) = default;
};
struct Refresh {
    Position position;
    friend bool operator==(const Refresh&, const Refresh&) = default;
};
struct SubmitStatements {
    std::vector<SignedStatement> statements;
    friend bool operator==(const SubmitStatements&, const SubmitStatements&) = default;
};
struct PutSegment {
    Bytes header;  ///< `SignedSegmentHeader::kSize` bytes.
    std::uint32_t offset = 0;
    Bytes data;
    /// From version 3 on, in place of `header`: then `data` is the whole body.
    std::optional<ledger::ShortHeader> shortHeader = {};
    /// From version 3 on: the size of a log whose complete subtrees the sender knows; 0 for none.
    std::uint64_t peaksOf = 0;
    friend bool operator==(const PutSegment&, const PutSegment&) = default;
};
struct JoinRequestsQuery {
    std::vector<InvitationId> invitations;
    friend bool operator==(const JoinRequestsQuery&, const JoinRequestsQuery&) = default;
};
/// Asks for proofs that heads which others claim to have seen are past states of this log. The roots stay
/// here: a server that does not know them cannot make its answer fit.
struct ConsistencyQuery {
    std::vector<std::uint64_t> treeSizes;  ///< Each at least 1 and at most the session's newest head.
    friend bool operator==(const ConsistencyQuery&, const ConsistencyQuery&) = default;
};
/// A sealed file that records of a space name.
struct BlobName {
    SpaceId space;
    Hash address{};  ///< BLAKE2b-256 of all its bytes.
    friend auto operator<=>(const BlobName&, const BlobName&) = default;
};
/// What does the server hold of these? At most `limits::kBlobsPerQueryMax`.
struct BlobQuery {
    std::vector<BlobName> blobs;
    friend bool operator==(const BlobQuery&, const BlobQuery&) = default;
};
/// A part of a blob; answered with one state.
struct PutBlob {
    BlobName blob;
    std::uint64_t size = 0;  ///< Of the whole blob.
    std::uint64_t offset = 0;
    Bytes data;
    friend bool operator==(const PutBlob&, const PutBlob&) = default;
};
/// Answered with data, or with one state.
struct GetBlob {
    BlobName blob;
    std::uint64_t offset = 0;
    std::uint32_t length = 0;
    friend bool operator==(const GetBlob&, const GetBlob&) = default;
};
/// Opens a session for the device that signed the ticket, by whoever carries it.
struct Present {
    VersionRange versions;
    Bytes ticket;                        ///< An encoded `carrier::SignedTicket`.
    std::optional<Signature> signature;  ///< See `presentMessage`.
    friend bool operator==(const Present&, const Present&) = default;
};
/// Asks for the seal over everything that came before it in such a session.
struct Finish {
    friend bool operator==(const Finish&, const Finish&) = default;
};
/// What this device has applied, one word a space. The server keeps the newest of each.
struct TellApplied {
    std::vector<ledger::AppliedWord> words;
    friend bool operator==(const TellApplied&, const TellApplied&) = default;
};
using ToServer = std::variant<
    ServerInfoRequest, CreateWorkspace, GenesisRequest, JoinSubmit, Open, Refresh, SubmitStatements,
    PutSegment, JoinRequestsQuery, ConsistencyQuery, BlobQuery, PutBlob, GetBlob, Present, Finish,
    TellApplied>;

// ---- to the client
// -------------------------------------------------------------------------------------------
struct ServerInfo {
    VerifyKey receiptKey{};
    VersionRange versions;
    friend bool operator==(const ServerInfo&, const ServerInfo&) = default;
};
struct WorkspaceCreated {
    friend bool operator==(const WorkspaceCreated&, const WorkspaceCreated&) = default;
};
struct GenesisReply {
    SignedStatement statement;
    friend bool operator==(const GenesisReply&, const GenesisReply&) = default;
};
struct JoinTaken {
    friend bool operator==(const JoinTaken&, const JoinTaken&) = default;
};
/// What a server does beyond its version; a client uses nothing that was not said.
enum Feature : std::uint64_t { kCarriesBlobs = 1, kKeepsApplied = 256, kSendsAllStatements = 512 };
/// Answers `Open` and `Refresh`. Also sent unasked when others have written, once the session has no page
/// under way; it may then cross a message of the client's, so a client takes one whenever it is past
/// `Opening`. Pages follow exactly if `toReceive` is not 0. With `moreStatements` none follow: apply, and
/// with `kSendsAllStatements` take the next Answer, else `Refresh`. The first Answer's consistency proof runs
/// from the position's head, every later one from the last head that this session brought, receipts included.
/// `toReceive` counts at least 1 if only the cursor will move.
struct Answer {
    std::uint32_t version = kOldestVersion;
    std::optional<SignedHead> head;  ///< Absent when nothing moved.
    std::vector<Hash> consistency;
    std::vector<SignedStatement> statements;
    bool moreStatements = false;
    std::uint32_t uploadHave = 0;
    std::uint64_t ownAhead = 0;
    std::uint64_t toReceive = 0;
    std::uint64_t features = 0;                ///< Bits of `Feature`; unknown ones mean nothing.
    std::vector<ledger::AppliedWord> applied;  ///< Of others, as `Position::appliedFrom` asks.
    std::uint64_t appliedSerial = 0;           ///< Up to here they have been sent.
    friend bool operator==(const Answer&, const Answer&) = default;
};
struct StatementsResult {
    enum class Code : std::uint8_t { Taken = 0, Moved = 1, Refused = 2 };
    Code code = Code::Taken;
    std::uint64_t height = 0;
    std::vector<SignedStatement> newer;
    friend bool operator==(const StatementsResult&, const StatementsResult&) = default;
};
struct Numbered {
    std::uint64_t number = 0;
    Hash segment{};
    friend bool operator==(const Numbered&, const Numbered&) = default;
};
/// Sent only after a durable commit. Entries ascend by number. What a session has receipted is not sent back
/// to it in pages: a client whose cursor stands right before such entries moves it over them.
struct Receipt {
    SignedHead head;
    std::vector<Hash> consistency;
    std::vector<Numbered> entries;
    std::vector<Hash> proof;
    friend bool operator==(const Receipt&, const Receipt&) = default;
};
enum class SegmentRefusal : std::uint8_t {
    Malformed = 1,
    Forked = 2,  ///< Another segment stands at this device, life and seq. Kept as evidence.
    Gap = 3,     ///< The chain's predecessor is not here.
    NotAWriter = 4,
    StaleEpoch = 5,  ///< Apply the membership log, seal again under the newest key.
    UnknownLife = 6,
    UnknownHeight = 7,
    BadSignature = 8,
    NoRoom = 9,  ///< The server's disk is full. Nothing is lost; try later.
};
struct SegmentRefused {
    Hash segment{};
    SegmentRefusal code = SegmentRefusal::Malformed;
    friend bool operator==(const SegmentRefused&, const SegmentRefused&) = default;
};
/// Answers a segment with a short header that the server cannot make whole, or that then is not the one
/// signed. Nothing is said of the segment: sent with its header it gets a receipt or a refusal.
struct NeedWhole {
    Hash name{};  ///< `ledger::ShortHeader::name`
    friend bool operator==(const NeedWhole&, const NeedWhole&) = default;
};
struct Entry {
    std::uint64_t number = 0;
    /// Empty in a continuation of the entry before; present again where a partial body is taken up by
    /// `Position`.
    Bytes header;
    std::uint32_t offset = 0;
    Bytes data;
    friend bool operator==(const Entry&, const Entry&) = default;
};
struct Page {
    std::vector<Entry> entries;
    /// Multiproof of the entries whose header is here, under the newest head this session has brought.
    std::vector<Hash> proof;
    /// Everything readable up to here has now been sent whole, spaces that the Answer's statements have just
    /// granted included. Numbers ascend from the lowest of cursor and exceptions, so this may begin below the
    /// client's own cursor.
    std::uint64_t cursor = 0;
    bool last = false;
    friend bool operator==(const Page&, const Page&) = default;
};
struct JoinRequests {
    struct Item {
        InvitationId invitation;
        Bytes request;
        friend bool operator==(const Item&, const Item&) = default;
    };
    std::vector<Item> requests;
    friend bool operator==(const JoinRequests&, const JoinRequests&) = default;
};
enum class RefusalCode : std::uint8_t {
    Malformed = 1,
    Version = 2,  ///< No common version; the range says which the server speaks.
    UnknownWorkspace = 3,
    NotAMember = 4,
    BadProof = 5,
    UnknownHead = 6,  ///< The client's (n, root) is not a past state of this log.
    UnknownMembership = 7,
    BadToken = 8,
    OutOfTurn = 9,
    Limit = 10,
    NoRoom = 11,
    Internal = 12,  ///< The server's store failed; its operator knows from its log.
    UnknownInvitation = 13,
};
struct Refusal {
    RefusalCode code = RefusalCode::Malformed;
    VersionRange versions;
    std::uint64_t knownTreeSize = 0;  ///< With `UnknownHead`: how long the server's log is.
    std::uint64_t knownHeight = 0;    ///< With that and `UnknownMembership`: of its membership log.
    friend bool operator==(const Refusal&, const Refusal&) = default;
};
/// Answers `ConsistencyQuery`, in its order.
struct Consistency {
    struct PastHead {
        std::uint64_t treeSize = 0;
        std::vector<Hash> proof;  ///< From there to the newest head that this session has brought.
        friend bool operator==(const PastHead&, const PastHead&) = default;
    };
    std::vector<PastHead> heads;
    /// That the proofs lead to, where no position of the session's has been taken yet: see `Refusal`.
    std::optional<SignedHead> head = {};
    friend bool operator==(const Consistency&, const Consistency&) = default;
};
enum class BlobCode : std::uint8_t {
    Absent = 0,     ///< Not whole here; `have` bytes of it came from this device.
    Stored = 1,     ///< Whole and durable.
    Malformed = 2,  ///< Offset or size cannot be; nothing was taken.
    Damaged = 3,    ///< All of it had come and did not hash to its address; all of it was discarded.
    NotYours = 4,   ///< The device is no reader of the space.
    NoRoom = 5,     ///< The disk is full, or too much is under way; try later.
    Limit = 6,      ///< Larger than a blob may be, or the workspace has all that it may have.
};
struct BlobState {
    Hash address{};
    BlobCode code = BlobCode::Absent;
    std::uint64_t have = 0;
    friend bool operator==(const BlobState&, const BlobState&) = default;
};
/// Answers `BlobQuery`, in its order, and with one state each `PutBlob` and a `GetBlob` that brings nothing.
struct BlobStates {
    std::vector<BlobState> states;
    friend bool operator==(const BlobStates&, const BlobStates&) = default;
};
struct BlobData {
    Hash address{};
    std::uint64_t size = 0;  ///< Of the whole blob.
    std::uint64_t offset = 0;
    Bytes data;
    friend bool operator==(const BlobData&, const BlobData&) = default;
};
/// The server's word that these were all messages of a session for a ticket, in this order. Signed with the
/// receipt key under "teren.reply.v1": ticket id (32) ‖ H(each message before as length (4) ‖ bytes).
struct ReplySeal {
    Signature signature{};
    friend bool operator==(const ReplySeal&, const ReplySeal&) = default;
};
/// Answers `TellApplied`: durable now. The others are of no use to anybody, or there is no room.
struct AppliedKept {
    std::uint32_t kept = 0;
    friend bool operator==(const AppliedKept&, const AppliedKept&) = default;
};
using ToClient = std::variant<
    ServerInfo, WorkspaceCreated, GenesisReply, JoinTaken, Answer, StatementsResult, Receipt, SegmentRefused,
    Page, JoinRequests, Refusal, Consistency, BlobStates, BlobData, ReplySeal, AppliedKept, NeedWhole>;

/// The message without its length.
Bytes encode(const ToServer& message);
Bytes encode(const ToClient& message);
/// @return `Malformed` or `LimitExceeded`; never trusts a size before checking it.
Result<ToServer> decodeToServer(ByteView bytes);
Result<ToClient> decodeToClient(ByteView bytes);

Bytes encode(const Position& position);
Result<Position> decodePosition(ByteView bytes);

/// What `Open::signature` signs, label "teren.proof.v1": exporter (32, TLS exporter
/// "EXPORTER-teren-device-proof", no context) ‖ workspace ‖ device ‖ n ‖ root ‖ version min ‖ max ‖
/// BLAKE2b-256(position bytes).
Bytes proofMessage(const Hash& exporter, const Open& open, const TreeHead& head);

/// What `Present::signature` signs, label "teren.carrier.v1", with the key that the ticket names: exporter
/// (32) ‖ ticket id (32).
Bytes presentMessage(const Hash& exporter, const Hash& ticketId);

}  // namespace teren::wire
