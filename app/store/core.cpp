// SPDX-License-Identifier: EUPL-1.2
#include "app/store/core.h"

#include "app/store/eviction.h"
#include "app/store/key_value.h"
#include "app/store/office_clock.h"
#include "sync/ledger/merkle.h"

#include <algorithm>

namespace teren::store {
namespace {

constexpr std::string_view kOwnColumns
    = "SELECT server_address, sign_seed, box_secret, life, life_lost, tree_size, root, safe, cursor, "
      "clock_wall, clock_tick, last_contact, uploading, applied_serial FROM own";

Result<SecretKey> secretAt(const sql::Statement& row, int column)
{
    const ByteView bytes = row.columnBlob(column);
    if (bytes.size() != SecretKey::kSize)
        return fail(Errc::Damaged, "a key of the wrong size in the store");
    return SecretKey::copyOf(bytes.first<SecretKey::kSize>());
}

Instant instantOf(std::int64_t milliseconds)
{
    return Instant(std::chrono::milliseconds(milliseconds));
}

Result<Own> ownAt(const sql::Statement& row)
{
    Own own;
    own.serverAddress = std::string(row.columnText(0));
    own.lifeLost = row.columnInt(4) != 0;
    own.head.size = row.columnUint(5);
    TEREN_TRY(own.head.root, hashAt(row, 6));
    own.safe = row.columnUint(7);
    own.cursor = row.columnUint(8);
    own.lastStamp = {instantOf(row.columnInt(9)), static_cast<std::uint16_t>(row.columnInt(10))};
    if (!row.isNull(11))
        own.lastContact = instantOf(row.columnInt(11));
    if (!row.isNull(12)) {
        TEREN_TRY(own.uploading, hashAt(row, 12));
    }
    own.appliedSerial = row.columnUint(13);
    return own;
}

}  // namespace

DeviceId deviceIdOf(const DeviceKeys& keys)
{
    ledger::DeviceStatement statement;
    statement.signKey = keys.signing.publicKey();
    statement.boxKey = keys.box.publicKey();
    return statement.id();
}

DeviceKeys cloneKeys(const DeviceKeys& keys)
{
    return {
        SigningKey::fromSeed(keys.signing.seed().clone()), BoxKey::fromSecret(keys.box.secret().clone()),
        keys.life};
}

Core::Core(WorkspaceStore::Parts parts)
    : db(parts.database),
      clock(parts.clock),
      random(parts.random),
      interner(parts.database),
      stamps(std::make_unique<HybridClock>(parts.clock, HybridStamp{})),
      readings(std::move(parts.readings.of)),
      readingsVersion(std::move(parts.readings.version))
{
}

Result<bool> Core::load()
{
    TEREN_TRY(const bool found, loadOwn());
    if (!found)
        return false;
    device = deviceIdOf(*keys);
    stamps = std::make_unique<HybridClock>(clock, own.lastStamp);
    TEREN_CHECK(interner.load());
    TEREN_CHECK(loadSpaces());
    TEREN_CHECK(loadExceptions());
    TEREN_CHECK(loadPartial());
    TEREN_CHECK(loadTold());
    TEREN_CHECK(Eviction::load(*this));
    TEREN_CHECK(OfficeClock(*this).load());
    return true;
}

Core::Memory Core::memory()
{
    interner.noteAdded();
    addedSpaces_.clear();
    madeReadable_.clear();
    return {own, keys ? keys->life : 0, exceptions};
}

void Core::putBack(Memory before)
{
    interner.forgetAdded();
    for (const SpaceId& space : madeReadable_)
        spaces.at(space).readable = false;
    for (const SpaceId& space : addedSpaces_) {
        spaceRows_.erase(spaces.at(space).row);
        spaces.erase(space);
    }
    own = std::move(before.own);
    exceptions = std::move(before.exceptions);
    if (keys)
        keys->life = before.life;
}

void Core::markReadable(const SpaceId& space)
{
    SpaceEntry& entry = spaces.at(space);
    if (!entry.readable)
        madeReadable_.push_back(space);
    entry.readable = true;
}

Result<bool> Core::loadOwn()
{
    sql::Statement& row = db.statement(kOwnColumns);
    TEREN_TRY(const bool found, row.step());
    if (!found)
        return false;
    TEREN_TRY(own, ownAt(row));
    TEREN_TRY(SecretKey seed, secretAt(row, 1));
    TEREN_TRY(SecretKey box, secretAt(row, 2));
    keys = std::make_unique<DeviceKeys>(DeviceKeys{
        SigningKey::fromSeed(std::move(seed)), BoxKey::fromSecret(std::move(box)), row.columnUint(3)});
    row.reset();
    return true;
}

Status Core::insertOwn(const DeviceKeys& newKeys, const std::string& serverAddress)
{
    keys = std::make_unique<DeviceKeys>(cloneKeys(newKeys));
    device = deviceIdOf(newKeys);
    own = Own{};
    own.head.root = ledger::emptyRoot();
    own.serverAddress = serverAddress;
    return db
        .statement("INSERT INTO own (id, server_address, sign_seed, box_secret, life, root) "
                   "VALUES (1, ?, ?, ?, ?, ?)")
        .with(
            std::string_view(serverAddress), ByteView(newKeys.signing.seed().reveal()),
            ByteView(newKeys.box.secret().reveal()), newKeys.life, ByteView(own.head.root))
        .run();
}

Status Core::loadTold()
{
    TEREN_TRY(KeyValue values, KeyValue::open(db));
    TEREN_TRY(const std::optional<Bytes> told, values.get(std::string(kToldServerKey)));
    ledger::ServerKeyPair pair;
    own.toldServer.reset();
    if (!told || told->size() != pair.tls.size() + pair.receipt.size())
        return {};
    std::ranges::copy(ByteView(*told).first(pair.tls.size()), pair.tls.begin());
    std::ranges::copy(ByteView(*told).last(pair.receipt.size()), pair.receipt.begin());
    own.toldServer = pair;
    return {};
}

Status Core::tellServer(const std::optional<ledger::ServerKeyPair>& told)
{
    TEREN_TRY(KeyValue values, KeyValue::open(db));
    own.toldServer = told;
    if (!told)
        return values.drop(std::string(kToldServerKey));
    Bytes bytes = toBytes(told->tls);
    bytes.insert(bytes.end(), told->receipt.begin(), told->receipt.end());
    return values.put(std::string(kToldServerKey), bytes);
}

Status Core::saveOwn()
{
    const auto milliseconds = [](Instant instant) { return instant.time_since_epoch().count(); };
    std::optional<std::int64_t> contact;
    if (own.lastContact)
        contact = milliseconds(*own.lastContact);
    std::optional<ByteView> uploading;
    if (own.uploading)
        uploading = ByteView(*own.uploading);
    own.lastStamp = stamps->last();
    return db
        .statement("UPDATE own SET life = ?, life_lost = ?, tree_size = ?, root = ?, safe = ?, cursor = ?, "
                   "clock_wall = ?, clock_tick = ?, last_contact = ?, uploading = ?, "
                   "applied_serial = ?")
        .with(
            keys->life, own.lifeLost ? 1 : 0, own.head.size, ByteView(own.head.root), own.safe, own.cursor,
            milliseconds(own.lastStamp.wall), own.lastStamp.tick, contact, uploading, own.appliedSerial)
        .run();
}

Status Core::loadSpaces()
{
    spaces.clear();
    spaceRows_.clear();
    sql::Statement& rows
        = db.statement("SELECT id, space, kind, case_space, EXISTS (SELECT 1 FROM space_key k "
                       "WHERE k.space = space.id) FROM space");
    return eachRow(rows, [this](sql::Statement& row) -> Status {
        SpaceEntry entry;
        entry.row = row.columnInt(0);
        TEREN_TRY(entry.id, idAt<SpaceId>(row, 1));
        entry.kind = static_cast<ledger::SpaceKind>(row.columnInt(2));
        TEREN_TRY(entry.caseSpace, idAt<SpaceId>(row, 3));
        entry.readable = row.columnInt(4) != 0;
        spaceRows_.emplace(entry.row, entry.id);
        spaces.emplace(entry.id, entry);
        return {};
    });
}

std::uint64_t Core::cursorOf(const SpaceId& space) const
{
    const auto found = exceptions.find(space);
    return found == exceptions.end() ? own.cursor : found->second;
}

Status Core::loadExceptions()
{
    exceptions.clear();
    return eachRow(db.statement("SELECT space, cursor FROM space_cursor"), [this](sql::Statement& row) {
        if (const SpaceEntry* space = find(row.columnInt(0)))
            exceptions.emplace(space->id, row.columnUint(1));
    });
}

Status Core::loadPartial()
{
    own.partialNumber = 0;
    own.partialSize = 0;
    return eachRow(db.statement("SELECT number, length(data) FROM partial"), [this](sql::Statement& row) {
        own.partialNumber = row.columnUint(0);
        own.partialSize = static_cast<std::uint32_t>(row.columnInt(1));
    });
}

Result<SpaceEntry> Core::intern(const SpaceId& space, ledger::SpaceKind kind, const SpaceId& caseSpace)
{
    if (const SpaceEntry* known = find(space))
        return *known;
    TEREN_CHECK(db.statement("INSERT INTO space (space, kind, case_space) VALUES (?, ?, ?)")
                    .with(space.view(), static_cast<int>(kind), caseSpace.view())
                    .run());
    const SpaceEntry entry{db.lastInsertId(), space, kind, caseSpace, false};
    spaceRows_.emplace(entry.row, space);
    spaces.emplace(space, entry);
    addedSpaces_.push_back(space);
    return entry;
}

const SpaceEntry* Core::find(const SpaceId& space) const
{
    const auto found = spaces.find(space);
    return found == spaces.end() ? nullptr : &found->second;
}

const SpaceEntry* Core::find(std::int64_t row) const
{
    const auto found = spaceRows_.find(row);
    return found == spaceRows_.end() ? nullptr : find(found->second);
}

VoidSet Core::voidsOf(const SpaceId& space) const
{
    VoidSet voids;
    if (const ledger::Membership::Space* known = membership.find(space))
        for (const ledger::Void& act : known->voids)
            voids.add({{act.device, act.life}, act.from, act.to});
    return voids;
}

}  // namespace teren::store
