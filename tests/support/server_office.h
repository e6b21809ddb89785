// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/ledger/merkle.h"
#include "sync/server/peer_machine.h"
#include "sync/server/sqlite_store.h"
#include "sync/wire/short_receipt.h"
#include "tests/support/catch.h"
#include "tests/support/membership_log.h"
#include "tests/support/temp_folder.h"

namespace teren::test {

/// Numbers and signs one device's segments in one space, bodies of random bytes: nothing here opens one.
class SegmentWriter {
public:
    SegmentWriter(MembershipLog& log, const TestDevice& device, const SpaceId& space)
        : log_(log),
          device_(device),
          space_(space),
          life_(device.statement.life)
    {
    }

    ledger::Segment next(std::size_t bodySize = 128, std::uint32_t count = 1)
    {
        ledger::Segment segment = at(seq_, previous_, bodySize, count);
        seq_ += count;
        previous_ = segment.head.hash;
        return segment;
    }
    /// Another segment at the place of the one before.
    ledger::Segment forkOf(const ledger::Segment& segment)
    {
        const ledger::SegmentHeader& header = segment.head.header;
        return at(header.firstSeq, header.previous, segment.body.size() + 64, header.count);
    }
    ledger::SegmentHeader header(std::uint64_t seq, const Hash& previous, std::uint32_t count) const
    {
        ledger::SegmentHeader header;
        header.kind = ledger::SpaceKind::CaseInternal;
        header.workspace = log_.state.workspace();
        header.space = space_;
        header.device = device_.id();
        header.life = life_;
        header.firstSeq = seq;
        header.count = count;
        header.epoch = 1;
        header.keyId = MembershipLog::keyId(space_, 1);
        header.membershipHeight = log_.state.height();
        header.previous = previous;
        header.plainSizeBound = 4096;
        return header;
    }
    ledger::Segment sign(ledger::SegmentHeader header, Bytes body) const
    {
        header.bodySize = static_cast<std::uint32_t>(body.size());
        header.bodyHash = blake2b({body});
        return {ledger::signHeader(header, device_.key), std::move(body)};
    }
    ledger::Segment at(std::uint64_t seq, const Hash& previous, std::size_t bodySize, std::uint32_t count)
    {
        Bytes body(bodySize);
        log_.random.fill(body);
        return sign(header(seq, previous, count), std::move(body));
    }

private:
    MembershipLog& log_;
    const TestDevice& device_;
    SpaceId space_;
    std::uint64_t life_;
    std::uint64_t seq_ = 1;
    Hash previous_{};
};

/// A server with a store on disk and one workspace: the founder, a worker, and a case that both read.
struct ServerOffice {
    /// @param seed  Another seed is another server.
    explicit ServerOffice(std::uint64_t seed = 7) : random(seed)
    {
        store = openStore();
        hub.emplace(*store);
        const server::ServerIdentity& identity = store->identity();
        log.genesis.serverTlsKey = identity.tlsKey.publicKey();
        log.genesis.serverReceiptKey = identity.receiptKey.publicKey();
        REQUIRE(log.found());
        worker.emplace(log.admit(log.founder, ledger::OpenSpaces | ledger::ReadInternal));
        space = log.newSpace();
        REQUIRE(log.add(
            log.founder,
            {MembershipLog::openCase(space), MembershipLog::epoch(space, 1),
             MembershipLog::grant(space, 1, log.founder), MembershipLog::grant(space, 1, *worker),
             log.recoveryGrant(space, 1)}));
    }
    /// Hands the whole members' log in as a new workspace.
    void create()
    {
        const Hash token = blake2b({log.state.workspace().view()});
        REQUIRE(store->addToken(token, now()));
        REQUIRE(store->createWorkspace(token, log.state.workspace(), log.statements, now()));
    }
    std::unique_ptr<server::SqliteStore> openStore(const server::SqliteStoreOptions& options = {})
    {
        Result<std::unique_ptr<server::SqliteStore>> opened
            = server::SqliteStore::open(folder.path() / "teren.db", random, options);
        REQUIRE(opened);
        return *std::move(opened);
    }
    Instant now() const { return log.clock.now(); }
    WorkspaceId workspace() const { return log.state.workspace(); }

    TempFolder folder;
    SeededRandom random;
    MembershipLog log;
    std::optional<TestDevice> worker;
    SpaceId space;
    std::unique_ptr<server::SqliteStore> store;
    std::optional<server::Hub> hub;
};

/// A client as far as a test of the server needs one: it proves itself, verifies heads and proofs, and keeps
/// what it was sent. Every message is one call and its answers.
class PeerClient {
public:
    using Output = server::PeerMachine::Output;

    PeerClient(ServerOffice& office, const TestDevice& device) : device(device), office_(office)
    {
        position.head.root = ledger::emptyRoot();
        office.random.fill(exporter);
        connect();
    }
    /// A new connection, with another exporter.
    void connect()
    {
        office_.random.fill(exporter);
        machine = std::make_unique<server::PeerMachine>(*office_.hub, exporter, [this] { ++nudges; });
    }
    wire::Open opening() const { return openingAt(position); }
    wire::Open openingAt(const wire::Position& at) const
    {
        wire::Open open;
        open.workspace = office_.workspace();
        open.device = device.id();
        open.position = wire::encode(at);
        open.versions = versions;
        open.signature = device.key.sign("teren.proof.v1", wire::proofMessage(exporter, open, at.head));
        return open;
    }
    Output say(const wire::ToServer& message) { return machine->received(message, office_.now()); }
    Output put(const ledger::Segment& segment)
    {
        return say(wire::PutSegment{segment.head.bytes, 0, segment.body});
    }
    wire::PutSegment shortOf(const ledger::Segment& segment) const
    {
        return {{}, 0, segment.body, ledger::shortened(segment.head, membership)};
    }
    Output putShort(const ledger::Segment& segment) { return say(shortOf(segment)); }
    Output flush() { return machine->flush(office_.now()); }

    /// Opens, verifies and takes everything that follows. @return the answer.
    wire::Answer catchUp()
    {
        const Output output = say(opening());
        REQUIRE(output.messages.size() == 1);
        const auto* answer = std::get_if<wire::Answer>(&output.messages.front());
        REQUIRE(answer != nullptr);
        take(*answer);
        takePages();
        return *answer;
    }
    void take(const wire::Answer& answer)
    {
        for (const ledger::SignedStatement& statement : answer.statements)
            REQUIRE(membership.apply(statement));
        position.membershipHeight = membership.height();
        position.membershipHash = membership.hash();
        if (answer.head)
            advance(*answer.head, answer.consistency);
    }
    void advance(const wire::SignedHead& signedHead, const std::vector<Hash>& consistency)
    {
        const auto head = ledger::openHead(signedHead, membership.genesis().serverReceiptKey);
        REQUIRE(head);
        REQUIRE(head->workspace == membership.workspace());
        REQUIRE(ledger::verifyConsistency(
            position.head.size, position.head.root, head->tree.size, head->tree.root, consistency));
        position.head = head->tree;
    }
    void takePages()
    {
        while (machine->hasPages()) {
            const Output output = machine->nextPage(office_.now());
            REQUIRE_FALSE(output.messages.empty());
            const auto* page = std::get_if<wire::Page>(&output.messages.front());
            REQUIRE(page != nullptr);
            take(*page);
        }
    }
    void take(const wire::Page& page)
    {
        std::map<std::uint64_t, Hash> leaves;
        for (const wire::Entry& entry : page.entries) {
            if (!entry.header.empty()) {
                const auto head = ledger::decodeHeader(entry.header);
                REQUIRE(head);
                leaves[entry.number - 1]
                    = ledger::leafHash(ledger::encode(server::leafOf(*head, entry.number)));
                headers[entry.number] = *head;
            }
            Bytes& body = bodies[entry.number];
            REQUIRE(body.size() == entry.offset);
            body.insert(body.end(), entry.data.begin(), entry.data.end());
        }
        if (!leaves.empty())
            REQUIRE(ledger::verifyInclusion(leaves, position.head.size, position.head.root, page.proof));
        position.cursor = std::max(position.cursor, page.cursor);
        ++pages;
        lastSeen = page.last;
    }
    /// Verifies a receipt for `segments`, in the order of their numbers.
    void take(const wire::Receipt& receipt, const std::vector<ledger::Segment>& segments)
    {
        REQUIRE(receipt.entries.size() == segments.size());
        std::map<std::uint64_t, Hash> leaves;
        for (std::size_t i = 0; i < segments.size(); ++i) {
            REQUIRE(receipt.entries[i].segment == segments[i].head.hash);
            const std::uint64_t number = receipt.entries[i].number;
            leaves[number - 1] = ledger::leafHash(ledger::encode(server::leafOf(segments[i].head, number)));
        }
        std::vector<Hash> proof = receipt.proof;
        if (wire::isShort(receipt)) {
            std::vector<Hash> hashes;
            for (const auto& [index, hash] : leaves)
                hashes.push_back(hash);
            const auto full = wire::expanded(receipt, position.head, peaks, membership.workspace(), hashes);
            REQUIRE(full);
            const auto head = ledger::openHead(full->receipt.head, membership.genesis().serverReceiptKey);
            REQUIRE(head);
            position.head = head->tree;
            proof = full->receipt.proof;
            peaks = full->peaks;
            ++shortReceipts;
        } else {
            advance(receipt.head, receipt.consistency);
            peaks.clear();
        }
        REQUIRE(ledger::verifyInclusion(leaves, position.head.size, position.head.root, proof));
    }
    /// Uploads one segment. @return its number.
    std::uint64_t upload(const ledger::Segment& segment)
    {
        REQUIRE(put(segment).messages.empty());
        const Output output = flush();
        REQUIRE(output.messages.size() == 1);
        const auto* receipt = std::get_if<wire::Receipt>(&output.messages.front());
        REQUIRE(receipt != nullptr);
        take(*receipt, {segment});
        return receipt->entries.front().number;
    }

    const TestDevice& device;
    Hash exporter{};
    wire::Position position;
    std::vector<Hash> peaks;  ///< Of the log under the position's head, if they are known.
    wire::VersionRange versions;
    ledger::Membership membership;
    std::unique_ptr<server::PeerMachine> machine;
    std::map<std::uint64_t, ledger::SignedSegmentHeader> headers;
    std::map<std::uint64_t, Bytes> bodies;
    std::size_t pages = 0;
    bool lastSeen = false;
    unsigned nudges = 0;
    unsigned shortReceipts = 0;

private:
    ServerOffice& office_;
};

/// How most tests of the server begin: a workspace, and of its two devices a client that has not said
/// anything yet, and a writer in the case.
struct ServedCase {
    ServedCase() { office.create(); }

    ServerOffice office;
    PeerClient founder{office, office.log.founder};
    PeerClient worker{office, *office.worker};
    SegmentWriter byFounder{office.log, office.log.founder, office.space};
    SegmentWriter byWorker{office.log, *office.worker, office.space};
};

/// The only message of `output`, which must be a `T`.
template <typename T>
T only(const server::PeerMachine::Output& output)
{
    REQUIRE(output.messages.size() == 1);
    const T* message = std::get_if<T>(&output.messages.front());
    REQUIRE(message != nullptr);
    return *message;
}

}  // namespace teren::test
