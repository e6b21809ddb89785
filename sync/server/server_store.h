// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/random.h"
#include "sync/ledger/applied.h"
#include "sync/ledger/head.h"
#include "sync/ledger/segment_header.h"
#include "sync/ledger/server_keys.h"
#include "sync/ledger/statement.h"

#include <map>
#include <optional>
#include <span>
#include <vector>

namespace teren::server {

/// Who this server is. Made once; a workspace's genesis names both public keys.
struct ServerIdentity {
    /// The second pair while keys change, before or after the switch.
    struct Other {
        SigningKey tlsKey;
        SigningKey receiptKey;
        bool isNext = false;               ///< To come; else the pair that the change leaves.
        Instant from{};                    ///< Of the change.
        std::optional<Signature> consent;  ///< Of the pair that is left to the one that comes.

        ledger::ServerKeyPair keys() const { return {tlsKey.publicKey(), receiptKey.publicKey()}; }
    };

    SigningKey tlsKey;
    SigningKey receiptKey;
    std::uint64_t incarnation = 0;
    std::optional<Other> other = {};

    ledger::ServerKeyPair keys() const { return {tlsKey.publicKey(), receiptKey.publicKey()}; }
    /// With which a client is answered that knows these keys of the server, as far as this one has them.
    const SigningKey& receiptKeyFor(std::span<const ledger::ServerKeyPeriod> known) const
    {
        for (std::size_t i = known.size(); i > 0; --i) {
            if (known[i - 1].keys == keys())
                return receiptKey;
            if (other && known[i - 1].keys == other->keys())
                return other->receiptKey;
        }
        return receiptKey;
    }
};

/// How far a workspace's two logs have come.
struct WorkspaceState {
    ledger::TreeHead tree;
    std::uint64_t height = 0;  ///< Of the membership log.
    Hash membershipHash{};     ///< Of the statement at `height`.
    std::uint64_t safe = 0;    ///< Up to here a backup on another machine holds the log.
    friend bool operator==(const WorkspaceState&, const WorkspaceState&) = default;
};

/// A numbered segment without its body.
struct LogEntry {
    std::uint64_t number = 0;
    SpaceId space;
    DeviceId device;
    std::uint32_t bodySize = 0;
    Bytes header;
    friend bool operator==(const LogEntry&, const LogEntry&) = default;
};

/// One device's run of segments in one space under one life.
struct Chain {
    SpaceId space;
    DeviceId device;
    std::uint64_t life = 0;
    friend auto operator<=>(const Chain&, const Chain&) = default;
};
struct ChainLink {
    std::uint64_t number = 0;
    std::uint64_t firstSeq = 0;
    std::uint32_t count = 0;
    Hash segment{};
    std::uint64_t lastSeq() const { return firstSeq + count - 1; }
    friend bool operator==(const ChainLink&, const ChainLink&) = default;
};

/// Where a device has written last in a space.
struct LastWritten {
    SpaceId space;
    std::uint64_t number = 0;
    friend bool operator==(const LastWritten&, const LastWritten&) = default;
};

class BlobStore;

/// What the server keeps. It judges nothing: `PeerMachine` decides what may be written.
///
/// Every change is one durable transaction: it has happened whole, and survives a power cut, when the call
/// returns without an error; after an error nothing of it is kept. A full disk is `DiskFull`, and reading
/// goes on. A workspace that is not there is `NotFound`. Used by one thread.
class ServerStore {
public:
    virtual ~ServerStore() = default;

    virtual const ServerIdentity& identity() const = 0;
    /// Null where this server carries no blobs.
    virtual BlobStore* blobs() const { return nullptr; }

    /// Keeps the hash of a right to open one workspace.
    virtual Status addToken(const Hash& tokenHash, Instant now) = 0;
    /// Takes the token and opens a workspace with the beginning of its membership log. Done again with the
    /// same token and statements it succeeds and changes nothing. @return `Refused` for any other used or
    /// unknown token, and for a workspace that is there already.
    virtual Status createWorkspace(
        const Hash& tokenHash, const WorkspaceId& workspace,
        std::span<const ledger::SignedStatement> statements, Instant now)
        = 0;
    virtual Result<WorkspaceState> state(const WorkspaceId& workspace) = 0;
    virtual Result<std::vector<WorkspaceId>> workspaces() = 0;
    /// A backup on another machine holds the log up to `number`. Never goes down. @return `Invalid` past the
    /// log's end.
    virtual Status raiseSafe(const WorkspaceId& workspace, std::uint64_t number) = 0;

    /// Statements above `height`, in order, about `maxBytes` of them but at least one if there is one.
    virtual Result<std::vector<ledger::SignedStatement>> statements(
        const WorkspaceId& workspace, std::uint64_t height, std::size_t maxBytes)
        = 0;
    /// @return `NotFound` if the log is not that high.
    virtual Result<Hash> statementHash(const WorkspaceId& workspace, std::uint64_t height) = 0;
    /// Compare-and-swap: @return `Busy` unless the log stands at exactly (`height`, `hash`).
    virtual Status appendStatements(
        const WorkspaceId& workspace, std::uint64_t height, const Hash& hash,
        std::span<const ledger::SignedStatement> statements)
        = 0;

    /// Numbers `segments` from `treeSize` + 1 without a gap and extends the Merkle tree, all in one
    /// transaction.
    /// @return the new head; `Busy` unless the log has exactly `treeSize` entries; `Refused` if a segment of
    /// the
    ///         same chain already begins at the same seq.
    virtual Result<ledger::TreeHead> appendSegments(
        const WorkspaceId& workspace, std::uint64_t treeSize, std::span<const ledger::Segment> segments)
        = 0;
    /// The complete subtree `index` of `level`; `Damaged` if it should be there and is not.
    virtual Result<Hash> subtree(const WorkspaceId& workspace, unsigned level, std::uint64_t index) = 0;
    /// Entries with `after` < number <= `upTo`, ascending, at most `limit`.
    virtual Result<std::vector<LogEntry>> entries(
        const WorkspaceId& workspace, std::uint64_t after, std::uint64_t upTo, std::size_t limit)
        = 0;
    /// The same of one space.
    virtual Result<std::vector<LogEntry>> entriesOf(
        const WorkspaceId& workspace, const SpaceId& space, std::uint64_t after, std::uint64_t upTo,
        std::size_t limit)
        = 0;
    /// A part of an entry's body, shorter at its end.
    virtual Result<Bytes> body(
        const WorkspaceId& workspace, std::uint64_t number, std::uint32_t offset, std::size_t size)
        = 0;
    /// The chain's last segment that begins at or before `seq`.
    virtual Result<std::optional<ChainLink>> linkAt(
        const WorkspaceId& workspace, const Chain& chain, std::uint64_t seq)
        = 0;
    /// Bytes of headers and bodies per space of the entries above `after`.
    virtual Result<std::map<SpaceId, std::uint64_t>> sizesAbove(
        const WorkspaceId& workspace, std::uint64_t after)
        = 0;
    /// The same of one space.
    virtual Result<std::uint64_t> sizeAbove(
        const WorkspaceId& workspace, const SpaceId& space, std::uint64_t after)
        = 0;
    /// The spaces in which this device has written above `after`, the one of its newest entry first, at most
    /// `limit`.
    virtual Result<std::vector<LastWritten>> lastWritten(
        const WorkspaceId& workspace, const DeviceId& device, std::uint64_t after, std::size_t limit)
        = 0;
    /// How many entries above `after` are this device's.
    virtual Result<std::uint64_t> countOf(
        const WorkspaceId& workspace, const DeviceId& device, std::uint64_t after)
        = 0;

    /// Keeps the beginning of a body for the device that sends it, one a device, for `limits::kPartialKept`;
    /// of the same body the longer part. It is a convenience: where there is no room the part is not kept.
    virtual Status keepPartial(
        const WorkspaceId& workspace, const DeviceId& device, const Hash& segment, ByteView body, Instant now)
        = 0;
    /// Empty if there is none.
    virtual Result<Bytes> partial(
        const WorkspaceId& workspace, const DeviceId& device, const Hash& segment, Instant now)
        = 0;
    virtual Status dropPartial(const WorkspaceId& workspace, const DeviceId& device) = 0;

    /// Keeps a segment that stands at a seq already taken, as evidence. Bounded; a repeat changes nothing.
    virtual Status keepForked(const WorkspaceId& workspace, const ledger::Segment& segment, Instant now) = 0;
    virtual Result<std::uint64_t> forkedCount(const WorkspaceId& workspace) = 0;

    /// Keeps a join request; the same bytes again change nothing. @return `LimitExceeded` beyond
    /// `limits::kJoinRequestsPerInvitationMax`.
    virtual Status addJoinRequest(
        const WorkspaceId& workspace, const InvitationId& invitation, ByteView request, Instant now)
        = 0;
    virtual Result<std::vector<Bytes>> joinRequests(
        const WorkspaceId& workspace, const InvitationId& invitation)
        = 0;
    virtual Status dropJoinRequests(const WorkspaceId& workspace, const InvitationId& invitation) = 0;

    /// Keeps words about what devices have applied, each in place of the one before of its device and space,
    /// and gives each the next serial of the workspace.
    virtual Status keepApplied(const WorkspaceId& workspace, std::span<const ledger::AppliedWord> words) = 0;
    /// The last serial given.
    virtual Result<std::uint64_t> appliedSerial(const WorkspaceId& workspace) = 0;
    struct KeptWords {
        std::vector<ledger::AppliedWord> words;
        std::uint64_t upTo = 0;  ///< The serial up to which these are all.
    };
    /// Others' words from `serial` on about spaces in which `reader` has written, by serial, about `maxBytes`
    /// and at most `limits::kAppliedPerMessageMax` of them.
    virtual Result<KeptWords> applied(
        const WorkspaceId& workspace, const DeviceId& reader, std::uint64_t serial, std::size_t maxBytes)
        = 0;
    /// Of a device that is a member no longer; and what is sealed under other epochs of a space than this.
    virtual Status dropAppliedOf(const WorkspaceId& workspace, const DeviceId& device) = 0;
    virtual Status dropAppliedExcept(const WorkspaceId& workspace, const SpaceId& space, std::uint32_t epoch)
        = 0;
};

/// What the Merkle tree commits to for `segment` at `number`.
ledger::Leaf leafOf(const ledger::SignedSegmentHeader& head, std::uint64_t number);

}  // namespace teren::server
