// SPDX-License-Identifier: EUPL-1.2
// How a workspace comes to be in a vault, is found there again, and is forgotten.
#include "app/store/derived_state.h"
#include "app/store/key_ring.h"
#include "app/store/key_value.h"
#include "app/store/new_life.h"
#include "app/store/rows.h"
#include "app/store/schema_sql.h"
#include "app/store/statement_intake.h"
#include "app/store/statement_log.h"
#include "app/store/workspace_store.h"
#include "crypto/base/assert.h"
#include "crypto/base/random_number.h"
#include "sync/ledger/merkle.h"

namespace teren::store {
namespace {

constexpr std::string_view kRecoveryKey = "recovery.secret";

Result<KeyValue> prepare(sql::Database& database)
{
    TEREN_CHECK(sql::migrate(database, storeMigrations()));
    return KeyValue::open(database);
}

}  // namespace

Result<WorkspaceStore::Founding> WorkspaceStore::found(
    const VerifyKey& serverTls, const VerifyKey& serverReceipt, Parts parts)
{
    DeviceKeys keys{
        SigningKey::generate(parts.random), BoxKey::generate(parts.random), randomNumber(parts.random)};
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
    segment::SpaceKey key = makeFirstKey(workspace, space, parts.random);
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

Result<std::unique_ptr<WorkspaceStore>> WorkspaceStore::createFounded(
    Founding founding, const std::string& serverAddress, Parts parts,
    const std::function<Status(WorkspaceStore&)>& also)
{
    TEREN_TRY(KeyValue values, prepare(parts.database));
    std::unique_ptr<WorkspaceStore> store(new WorkspaceStore(std::make_unique<Core>(parts)));
    Core& core = *store->core_;
    TEREN_CHECK(core.transact([&]() -> Status {
        TEREN_CHECK(core.insertOwn(founding.keys, serverAddress));
        TEREN_CHECK(takeStatements(core, founding.statements));
        // Until it is shared out, only the founder's vault can give access to a lost office's work.
        TEREN_CHECK(values.put(std::string(kRecoveryKey), founding.recoverySecret.reveal()));
        TEREN_CHECK(noteDerivedUpToDate(core));
        return also ? also(*store) : Status{};
    }));
    TEREN_TRY(const bool loaded, core.load());
    TEREN_ASSERT(loaded);
    return store;
}

Result<std::unique_ptr<WorkspaceStore>> WorkspaceStore::createJoined(
    DeviceKeys keys, const ledger::SignedStatement& genesis, const std::string& serverAddress, Parts parts)
{
    TEREN_CHECK(prepare(parts.database));
    auto core = std::make_unique<Core>(parts);
    TEREN_CHECK(core->transact([&]() -> Status {
        TEREN_CHECK(core->insertOwn(keys, serverAddress));
        TEREN_CHECK(noteDerivedUpToDate(*core));
        return takeStatements(*core, std::span(&genesis, 1));
    }));
    TEREN_TRY(const bool loaded, core->load());
    TEREN_ASSERT(loaded);
    return std::unique_ptr<WorkspaceStore>(new WorkspaceStore(std::move(core)));
}

Result<std::unique_ptr<WorkspaceStore>> WorkspaceStore::open(Parts parts)
{
    TEREN_CHECK(prepare(parts.database));
    auto core = std::make_unique<Core>(parts);
    TEREN_TRY(const bool found, core->load());
    if (!found)
        return std::unique_ptr<WorkspaceStore>();
    TEREN_TRY(core->membership, StatementLog(*core).read());
    // On a disk that takes no change, index and counts stay as they are until the next opening.
    (void)bringDerivedUpToDate(*core);
    // The program ended between learning that this life is lost and beginning a new one.
    if (core->own.lifeLost)
        TEREN_CHECK(core->transact([&] { return beginNewLife(*core, engine::LifeReason::RolledBack); }));
    return std::unique_ptr<WorkspaceStore>(new WorkspaceStore(std::move(core)));
}

Status WorkspaceStore::discard(Parts parts)
{
    TEREN_TRY(KeyValue values, prepare(parts.database));
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
    TEREN_CHECK(values.drop(std::string(kToldServerKey)));
    TEREN_CHECK(values.drop(std::string(kRecoveryKey)));
    return transaction.commit();
}

}  // namespace teren::store
