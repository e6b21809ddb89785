// SPDX-License-Identifier: EUPL-1.2
#include "app/store/workspace_store.h"

#include "app/store/key_value.h"
#include "app/store/log_views.h"
#include "app/store/missing_work.h"
#include "app/store/new_life.h"
#include "app/store/receiver.h"
#include "app/store/record_reader.h"
#include "app/store/sealer.h"
#include "app/store/self_check.h"
#include "app/store/statement_log.h"
#include "app/store/text_search.h"
#include "crypto/base/assert.h"
#include "crypto/base/limits.h"
#include "sync/ledger/merkle.h"

#include <algorithm>

namespace teren::store {
namespace {

constexpr std::string_view kRecoveryKey = "recovery.secret";

std::uint64_t drawNumber(RandomSource& random)
{
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes);
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes)
        number = number << 8 | byte;
    return number;
}

/// A fresh first key of a space.
segment::SpaceKey firstKey(const WorkspaceId& workspace, const SpaceId& space, RandomSource& random)
{
    SecretKey key = SecretKey::generate(random);
    const Hash keyId = segment::keyIdOf(workspace, space, 1, key);
    return {1, keyId, std::move(key)};
}

}  // namespace

class WorkspaceStore::Parts_ {
public:
    Parts_(Parts parts, KeyValue values) : core(parts), small(std::move(values)) {}

    /// Runs `body`, which returns a `Result`, in a transaction.
    template <typename Body>
    auto transact(Body body) -> std::invoke_result_t<Body&>
    {
        using Outcome = std::invoke_result_t<Body&>;
        std::optional<Outcome> outcome;
        const Status done = core.transact([&]() -> Status {
            outcome.emplace(body());
            return outcome->has_value() ? Status{} : std::unexpected(outcome->error());
        });
        if (!done)
            return std::unexpected(done.error());
        return *std::move(outcome);
    }

    /// Takes in statements that continue the log: the one place where membership moves.
    Status advance(std::span<const ledger::SignedStatement> statements);
    Status follow(const StatementLog::Effects& effects);
    Result<SpaceEntry> writable(const SpaceId& space) const;

    Core core;
    KeyValue small;
};

// ---- making and opening --------------------------------------------------------------------------------

Result<WorkspaceStore::Founding> WorkspaceStore::found(
    const VerifyKey& serverTls, const VerifyKey& serverReceipt, Parts parts)
{
    DeviceKeys keys{
        SigningKey::generate(parts.random), BoxKey::generate(parts.random), drawNumber(parts.random)};
    const MemberId member = MemberId::random(parts.random);
    const BoxKey recovery = BoxKey::generate(parts.random);
    const ledger::DeviceStatement device{
        keys.signing.publicKey(), keys.box.publicKey(), keys.life, parts.clock.now()};

    ledger::Genesis genesis;
    parts.random.fill(genesis.salt);
    genesis.founder = ledger::signDevice(device, keys.signing);
    genesis.member = member;
    genesis.recoveryKey = recovery.publicKey();
    genesis.serverTlsKey = serverTls;
    genesis.serverReceiptKey = serverReceipt;
    ledger::Statement first;
    first.height = 1;
    first.time = parts.clock.now();
    first.seen.root = ledger::emptyRoot();
    first.acts = {genesis};
    const ledger::SignedStatement founding = ledger::signStatement(first, device.id(), keys.signing);

    // A key id names the workspace, whose id is the hash of the genesis: the first key comes behind it.
    const WorkspaceId workspace{founding.hash()};
    const SpaceId space = SpaceId::random(parts.random);
    segment::SpaceKey key = firstKey(workspace, space, parts.random);
    ledger::Statement second = first;
    second.workspace = workspace;
    second.height = 2;
    second.previous = founding.hash();
    second.acts
        = {ledger::OpenSpace{space, ledger::SpaceKind::Workspace, {}}, ledger::Epoch{space, 1, key.keyId, 1},
           grantOf(space, key, device.id(), device.boxKey),
           grantOf(space, key, DeviceId{}, genesis.recoveryKey)};
    ledger::SignedStatement opening = ledger::signStatement(second, device.id(), keys.signing);
    return Founding{std::move(keys), member, {founding, std::move(opening)},
                    std::move(key),  space,  recovery.secret().clone()};
}

namespace {

Result<std::unique_ptr<KeyValue>> prepare(sql::Database& database)
{
    TEREN_CHECK(sql::migrate(database, storeMigrations()));
    TEREN_TRY(KeyValue values, KeyValue::open(database));
    return std::make_unique<KeyValue>(std::move(values));
}

}  // namespace

Result<std::unique_ptr<WorkspaceStore>> WorkspaceStore::createFounded(
    Founding founding, const std::string& serverAddress, Parts parts,
    const std::function<Status(WorkspaceStore&)>& also)
{
    TEREN_TRY(const std::unique_ptr<KeyValue> values, prepare(parts.database));
    std::unique_ptr<WorkspaceStore> store(new WorkspaceStore(std::make_unique<Parts_>(parts, *values)));
    Parts_& made = *store->parts_;
    TEREN_CHECK(made.core.transact([&]() -> Status {
        TEREN_CHECK(made.core.insertOwn(founding.keys, serverAddress));
        TEREN_CHECK(made.advance(founding.statements));
        // Until it is shared out, only the founder's vault can give access to a lost office's work.
        TEREN_CHECK(made.small.put(std::string(kRecoveryKey), founding.recoverySecret.reveal()));
        return also ? also(*store) : Status{};
    }));
    TEREN_TRY(const bool loaded, made.core.load());
    TEREN_ASSERT(loaded);
    return store;
}

Result<std::unique_ptr<WorkspaceStore>> WorkspaceStore::createJoined(
    DeviceKeys keys, const ledger::SignedStatement& genesis, const std::string& serverAddress, Parts parts)
{
    TEREN_TRY(const std::unique_ptr<KeyValue> values, prepare(parts.database));
    auto made = std::make_unique<Parts_>(parts, *values);
    TEREN_CHECK(made->core.transact([&]() -> Status {
        TEREN_CHECK(made->core.insertOwn(keys, serverAddress));
        return made->advance(std::span(&genesis, 1));
    }));
    TEREN_TRY(const bool loaded, made->core.load());
    TEREN_ASSERT(loaded);
    return std::unique_ptr<WorkspaceStore>(new WorkspaceStore(std::move(made)));
}

Result<std::unique_ptr<WorkspaceStore>> WorkspaceStore::open(Parts parts)
{
    TEREN_TRY(const std::unique_ptr<KeyValue> values, prepare(parts.database));
    auto made = std::make_unique<Parts_>(parts, *values);
    Core& core = made->core;
    TEREN_TRY(const bool found, core.load());
    if (!found)
        return std::unique_ptr<WorkspaceStore>();
    TEREN_TRY(core.membership, StatementLog(core).read());
    // The program ended between learning that this life is lost and beginning a new one.
    if (core.own.lifeLost)
        TEREN_CHECK(core.transact([&] { return beginNewLife(core, engine::LifeReason::RolledBack); }));
    return std::unique_ptr<WorkspaceStore>(new WorkspaceStore(std::move(made)));
}

Status WorkspaceStore::discard(Parts parts)
{
    TEREN_TRY(const std::unique_ptr<KeyValue> values, prepare(parts.database));
    // All that migrations have made; what other parts of the vault keep under names of their own stays.
    std::vector<std::string> tables;
    TEREN_CHECK(eachRow(
        parts.database.statement(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'key_value' "
            "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'text_index_%'"),
        [&](sql::Statement& row) { tables.emplace_back(row.columnText(0)); }));
    TEREN_TRY(sql::Transaction transaction, sql::Transaction::begin(parts.database));
    TEREN_CHECK(parts.database.execute("PRAGMA defer_foreign_keys = ON"));
    for (const std::string& table : tables)
        TEREN_CHECK(parts.database.execute("DELETE FROM " + table));
    TEREN_CHECK(values->drop(std::string(kRecoveryKey)));
    return transaction.commit();
}

WorkspaceStore::WorkspaceStore(std::unique_ptr<Parts_> parts) : parts_(std::move(parts)) {}

WorkspaceStore::~WorkspaceStore() = default;

const std::string& WorkspaceStore::serverAddress() const
{
    return parts_->core.own.serverAddress;
}

const DeviceKeys& WorkspaceStore::keys() const
{
    return *parts_->core.keys;
}

bool WorkspaceStore::isMember() const
{
    const ledger::Membership::Device* self = membership().find(device());
    return self != nullptr && self->isMember();
}

Result<std::vector<ledger::SignedStatement>> WorkspaceStore::statements()
{
    return StatementLog(parts_->core).all();
}

// ---- writing -------------------------------------------------------------------------------------------

Result<SpaceEntry> WorkspaceStore::Parts_::writable(const SpaceId& space) const
{
    const SpaceEntry* entry = core.find(space);
    if (entry == nullptr || !entry->readable)
        return fail(Errc::NotFound, "space " + space.hex() + " or its key is not on this device");
    // What the office would refuse for ever must not begin here.
    const ledger::Membership::Device* self = core.membership.find(core.device);
    if (self != nullptr && !self->isMember())
        return fail(
            Errc::Refused,
            "this device was removed from the workspace; it shows what it has and takes no more");
    if (core.membership.find(space) != nullptr && !core.membership.canRead(core.device, space))
        return fail(Errc::Refused, "this device may not write in space " + space.hex());
    return *entry;
}

Status WorkspaceStore::save(std::span<const SpaceOps> ops)
{
    Core& core = parts_->core;
    return core.transact([&]() -> Status {
        std::optional<GroupId> group;
        if (ops.size() > 1)
            group = GroupId::random(core.random);
        for (const SpaceOps& each : ops) {
            TEREN_TRY(const SpaceEntry space, parts_->writable(each.space));
            SpaceWriter writer(core, space);
            TEREN_CHECK(writer.load());
            TEREN_TRY(const Dot dot, writer.write(each.ops, group));
            (void)dot;
            TEREN_CHECK(writer.finish());
        }
        return core.saveOwn();
    });
}

Result<SpaceId> WorkspaceStore::openSpace(ledger::SpaceKind kind, std::span<const Op> firstOps)
{
    if (kind != ledger::SpaceKind::CaseInternal && kind != ledger::SpaceKind::Team)
        return fail(Errc::Invalid, "a space of this kind is not opened on its own");
    Core& core = parts_->core;
    if (const ledger::Membership::Device* self = membership().find(device());
        self != nullptr && (!self->isMember() || (self->rights & ledger::OpenSpaces) == 0))
        return fail(Errc::Refused, "this device may not open a space");
    return parts_->transact([&]() -> Result<SpaceId> {
        const SpaceId id = SpaceId::random(core.random);
        const SpaceId caseSpace = kind == ledger::SpaceKind::CaseInternal ? id : SpaceId{};
        TEREN_TRY(const SpaceEntry space, core.intern(id, kind, caseSpace));
        TEREN_CHECK(KeyRing(core).put(space, firstKey(core.membership.workspace(), id, core.random)));
        TEREN_CHECK(StatementLog(core).queueOpenSpace(space));
        if (!firstOps.empty()) {
            SpaceWriter writer(core, space);
            TEREN_CHECK(writer.load());
            TEREN_TRY(const Dot dot, writer.write({firstOps.begin(), firstOps.end()}, std::nullopt));
            (void)dot;
            TEREN_CHECK(writer.finish());
        }
        TEREN_CHECK(core.saveOwn());
        return id;
    });
}

Status WorkspaceStore::together(const std::function<Status()>& body)
{
    return parts_->core.transact(body);
}

Status WorkspaceStore::queueAct(const ledger::Act& act)
{
    return parts_->core.transact([&] { return StatementLog(parts_->core).queue(act); });
}

// ---- reading -------------------------------------------------------------------------------------------

SpaceId WorkspaceStore::workspaceSpace() const
{
    for (const auto& [id, space] : membership().spaces())
        if (space.kind == ledger::SpaceKind::Workspace)
            return id;
    return {};
}

std::vector<SpaceId> WorkspaceStore::spaces(ledger::SpaceKind kind) const
{
    std::vector<SpaceId> ids;
    for (const auto& [id, space] : parts_->core.spaces)
        if (space.kind == kind && space.readable)
            ids.push_back(id);
    return ids;
}

bool WorkspaceStore::holds(const SpaceId& space, ledger::SpaceKind kind) const
{
    const SpaceEntry* entry = parts_->core.find(space);
    return entry != nullptr && entry->kind == kind && entry->readable;
}

Result<StoredRecord> WorkspaceStore::record(const RecordId& id)
{
    return RecordReader(parts_->core).one(id);
}

Result<StoredRecord> WorkspaceStore::record(const SpaceId& space, const RecordId& id)
{
    const SpaceEntry* entry = parts_->core.find(space);
    if (entry == nullptr)
        return fail(Errc::NotFound, "space " + space.hex() + " is not on this device");
    return RecordReader(parts_->core).one(id, entry);
}

Result<std::vector<StoredRecord>> WorkspaceStore::records(const SpaceId& space, const std::string& type)
{
    const SpaceEntry* entry = parts_->core.find(space);
    if (entry == nullptr)
        return fail(Errc::NotFound, "space " + space.hex() + " is not on this device");
    return RecordReader(parts_->core).inSpace(*entry, type);
}

Result<std::vector<StoredRecord>> WorkspaceStore::recordsOfType(const std::string& type)
{
    return RecordReader(parts_->core).ofType(type);
}

Result<std::vector<HistoryEntry>> WorkspaceStore::history(const RecordId& id)
{
    return RecordReader(parts_->core).history(id);
}

Result<std::vector<HistoryEntry>> WorkspaceStore::history(const SpaceId& space, const RecordId& id)
{
    const SpaceEntry* entry = parts_->core.find(space);
    if (entry == nullptr)
        return fail(Errc::NotFound, "space " + space.hex() + " is not on this device");
    return RecordReader(parts_->core).history(id, entry);
}

Result<std::vector<FieldConflict>> WorkspaceStore::conflicts(const std::optional<SpaceId>& space)
{
    const SpaceEntry* entry = space ? parts_->core.find(*space) : nullptr;
    if (space && entry == nullptr)
        return fail(Errc::NotFound, "space " + space->hex() + " is not on this device");
    return RecordReader(parts_->core).conflicts(entry);
}

Result<std::map<SpaceId, std::uint64_t>> WorkspaceStore::conflictCounts()
{
    return RecordReader(parts_->core)
        .countsBySpace("SELECT space, sum(conflicts) FROM record WHERE raw_conflicts > 0 AND conflicts > 0 "
                       "GROUP BY space");
}

Result<std::map<SpaceId, std::uint64_t>> WorkspaceStore::unsentCounts()
{
    return RecordReader(parts_->core)
        .countsBySpace("SELECT space, count(*) FROM change WHERE unsent = 1 GROUP BY space");
}

Result<std::vector<TextHit>> WorkspaceStore::search(const std::string& text, std::size_t limit)
{
    return searchText(parts_->core, text, limit);
}

Result<OutboxCounts> WorkspaceStore::outboxCounts()
{
    sql::Database& db = parts_->core.db;
    OutboxCounts counts;
    sql::Statement& unsent = db.statement("SELECT count(*), min(wall) FROM change WHERE unsent = 1");
    TEREN_CHECK(eachRow(unsent, [&](sql::Statement& row) {
        counts.unsent = row.columnUint(0);
        if (counts.unsent > 0)
            counts.oldestUnsent = Instant(std::chrono::milliseconds(row.columnInt(1)));
    }));
    const auto count = [&db](std::string_view sql) { return numberOf(db.statement(sql)); };
    TEREN_TRY(
        const std::int64_t confirmed, count("SELECT count(*) FROM change WHERE own = 1 AND unsent = 0"));
    TEREN_TRY(const std::int64_t waiting, count("SELECT count(*) FROM change WHERE state = 2"));
    TEREN_TRY(const std::int64_t odd, count("SELECT count(*) FROM segment WHERE state = 2 AND state <> 1"));
    // A refused segment holds up what follows it in its chain.
    sql::Statement& refused = db.statement(
        "SELECT coalesce(sum(count), 0), min(refused) FROM segment WHERE own = 1 AND number IS NULL AND "
        "state = 1 "
        "AND EXISTS (SELECT 1 FROM segment AS first WHERE first.space = segment.space "
        "AND first.author = segment.author AND first.first_seq <= segment.first_seq AND first.own = 1 "
        "AND first.number IS NULL AND first.state = 1 AND first.refused IS NOT NULL)");
    TEREN_CHECK(eachRow(refused, [&](sql::Statement& row) {
        counts.refused = row.columnUint(0);
        if (!row.isNull(1))
            counts.refusedWhy = static_cast<wire::SegmentRefusal>(row.columnInt(1));
    }));
    counts.confirmed = static_cast<std::uint64_t>(confirmed);
    counts.waiting = static_cast<std::uint64_t>(waiting);
    counts.quarantined = static_cast<std::uint64_t>(odd);
    return counts;
}

Result<Hash> WorkspaceStore::digest(const SpaceId& space)
{
    const SpaceEntry* entry = parts_->core.find(space);
    if (entry == nullptr)
        return fail(Errc::NotFound, "space " + space.hex() + " is not on this device");
    return RecordReader(parts_->core).digest(*entry);
}

Result<std::vector<std::string>> WorkspaceStore::selfCheck()
{
    return SelfCheck(parts_->core).run();
}

Result<std::vector<Notice>> WorkspaceStore::notices()
{
    std::vector<Notice> notices;
    sql::Statement& rows
        = parts_->core.db.statement("SELECT id, text, at FROM notice WHERE seen = 0 ORDER BY id");
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) {
        notices.push_back(
            {row.columnInt(0), std::string(row.columnText(1)),
             Instant(std::chrono::milliseconds(row.columnInt(2)))});
    }));
    return notices;
}

Status WorkspaceStore::dismissNotices(std::int64_t upTo)
{
    Core& core = parts_->core;
    return core.transact([&] {
        return core.db.statement("UPDATE notice SET seen = 1 WHERE id <= ? AND seen = 0").with(upTo).run();
    });
}

void WorkspaceStore::setReadings(ReadingOf readings)
{
    parts_->core.readings = std::move(readings);
    // Counts of the schema before stay until the next change of their record, should this fail.
    (void)parts_->core.transact([&] { return RecordTable(parts_->core).recount(); });
}

// ---- engine::Replica -----------------------------------------------------------------------------------

DeviceId WorkspaceStore::device() const
{
    return parts_->core.device;
}

const ledger::Membership& WorkspaceStore::membership() const
{
    return parts_->core.membership;
}

wire::Position WorkspaceStore::position() const
{
    const Core& core = parts_->core;
    wire::Position position;
    position.head = core.own.head;
    position.membershipHeight = core.membership.height();
    position.membershipHash = core.membership.hash();
    position.cursor = core.own.cursor;
    for (const auto& [space, cursor] : core.exceptions)
        if (core.exceptions.size() <= limits::kExceptionsMax)
            position.exceptions.push_back({space, cursor});
        else  // Nearly all there is has just been granted: asking from the lowest for all costs little more.
            position.cursor = std::min(position.cursor, cursor);
    position.uploading = core.own.uploading;
    position.partialNumber = core.own.partialNumber;
    position.partialSize = core.own.partialSize;
    return position;
}

Signature WorkspaceStore::signProof(ByteView message) const
{
    return keys().signing.sign("teren.proof.v1", message);
}

Status WorkspaceStore::Parts_::advance(std::span<const ledger::SignedStatement> statements)
{
    ledger::Membership next = core.membership;
    for (const ledger::SignedStatement& statement : statements)
        TEREN_CHECK(next.apply(statement));
    TEREN_TRY(const StatementLog::Effects effects, StatementLog(core).append(statements, next));
    core.membership = std::move(next);
    return follow(effects);
}

/// Spaces that a void touches are rebuilt; a space that became readable is fetched from its beginning.
Status WorkspaceStore::Parts_::follow(const StatementLog::Effects& effects)
{
    Receiver receiver(core);
    for (const SpaceId& id : effects.voided) {
        const SpaceEntry* space = core.find(id);
        if (space == nullptr)
            continue;
        SpaceWriter writer(core, *space);
        TEREN_CHECK(writer.rebuild());
        TEREN_CHECK(writer.finish());
        TEREN_CHECK(receiver.retryStalled(*space));
    }
    for (const SpaceId& id : effects.newlyKeyed) {
        const SpaceEntry space = *core.find(id);
        if (core.own.cursor > 0)
            TEREN_CHECK(core.db.statement("INSERT OR IGNORE INTO space_cursor (space, cursor) VALUES (?, 0)")
                            .with(space.row)
                            .run());
        TEREN_CHECK(receiver.retryStalled(space));
    }
    return core.loadExceptions();
}

Status WorkspaceStore::storeStatements(std::span<const ledger::SignedStatement> statements)
{
    Core& core = parts_->core;
    const ledger::Membership before = core.membership;
    Status stored = core.transact([&] { return parts_->advance(statements); });
    if (!stored)
        core.membership = before;
    return stored;
}

Result<std::vector<ledger::SignedStatement>> WorkspaceStore::signDrafts(Instant now)
{
    return parts_->transact([&] { return StatementLog(parts_->core).sign(now); });
}

Status WorkspaceStore::draftsTaken(std::span<const ledger::SignedStatement> statements)
{
    return storeStatements(statements);
}

Status WorkspaceStore::sealPending(Instant /*now*/)
{
    return Sealer(parts_->core).sealAll();
}

Result<std::vector<engine::Outgoing>> WorkspaceStore::outbox(std::uint64_t after, std::size_t maxBytes)
{
    TEREN_TRY(
        std::vector<StoredSegment> segments,
        SegmentTable(parts_->core).outbox(static_cast<std::int64_t>(after), maxBytes));
    std::vector<engine::Outgoing> outgoing;
    for (StoredSegment& stored : segments)
        outgoing.push_back({static_cast<std::uint64_t>(stored.id), std::move(stored.segment)});
    return outgoing;
}

Status WorkspaceStore::uploadStarted(const Hash& segment)
{
    Core& core = parts_->core;
    return core.transact([&] {
        core.own.uploading = segment;
        return core.saveOwn();
    });
}

Status WorkspaceStore::storeReceipt(const ledger::Head& head, std::span<const wire::Numbered> entries)
{
    Core& core = parts_->core;
    return core.transact([&]() -> Status {
        core.own.head = head.tree;
        core.own.safe = head.safe;
        TEREN_CHECK(LogViews(core).noteHead(head.tree));
        SegmentTable segments(core);
        for (const wire::Numbered& entry : entries) {
            TEREN_TRY(const std::optional<StoredSegment> stored, segments.find(entry.segment));
            if (stored)
                TEREN_CHECK(segments.setNumber(*stored, entry.number));
            if (core.own.uploading == entry.segment)
                core.own.uploading.reset();
        }
        return core.saveOwn();
    });
}

Result<engine::PageOutcome> WorkspaceStore::storePage(
    std::span<const engine::Incoming> entries, std::uint64_t cursor)
{
    Core& core = parts_->core;
    Receiver receiver(core);
    Result<engine::PageOutcome> taken = parts_->transact([&]() -> Result<engine::PageOutcome> {
        TEREN_CHECK(receiver.takePage(entries));
        TEREN_CHECK(receiver.moveCursor(cursor));
        return receiver.outcome();
    });
    if (receiver.hole())
        TEREN_CHECK(core.transact(
            [&] { return MissingWork(core).fetchAgain(receiver.hole()->space, receiver.hole()->after); }));
    return taken;
}

Result<bool> WorkspaceStore::askAgain()
{
    return parts_->transact([&] { return MissingWork(parts_->core).askAgain(); });
}

Result<std::vector<engine::HeadClaim>> WorkspaceStore::openClaims(std::size_t most)
{
    return LogViews(parts_->core).open(most);
}

Status WorkspaceStore::settleClaim(const engine::HeadClaim& claim, bool holds)
{
    return parts_->core.transact([&] { return LogViews(parts_->core).settle(claim, holds); });
}

Result<bool> WorkspaceStore::viewsDiffer()
{
    return LogViews(parts_->core).differ();
}

Status WorkspaceStore::storePartial(const engine::Partial& partial)
{
    Core& core = parts_->core;
    return core.transact([&]() -> Status {
        TEREN_CHECK(core.db.statement("DELETE FROM partial").run());
        core.own.partialNumber = partial.number;
        core.own.partialSize = static_cast<std::uint32_t>(partial.data.size());
        if (partial.number == 0)
            return {};
        return core.db.statement("INSERT INTO partial (id, number, header, data) VALUES (1, ?, ?, ?)")
            .with(partial.number, ByteView(partial.header), ByteView(partial.data))
            .run();
    });
}

Result<engine::Partial> WorkspaceStore::partial()
{
    engine::Partial partial;
    sql::Statement& rows = parts_->core.db.statement("SELECT number, header, data FROM partial");
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) {
        partial.number = row.columnUint(0);
        partial.header = toBytes(row.columnBlob(1));
        partial.data = toBytes(row.columnBlob(2));
    }));
    return partial;
}

Status WorkspaceStore::segmentRefused(const Hash& segment, wire::SegmentRefusal code)
{
    return parts_->core.transact([&] { return SegmentTable(parts_->core).refuse(segment, code); });
}

Status WorkspaceStore::startNewLife(engine::LifeReason reason)
{
    return parts_->core.transact([&] { return beginNewLife(parts_->core, reason); });
}

Status WorkspaceStore::noteContact(Instant when)
{
    Core& core = parts_->core;
    return core.transact([&] {
        core.own.lastContact = when;
        return core.saveOwn();
    });
}

std::optional<Instant> WorkspaceStore::lastContact() const
{
    return parts_->core.own.lastContact;
}

}  // namespace teren::store
