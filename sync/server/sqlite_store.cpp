// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/sqlite_store.h"

#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/server/sqlite_schema.h"
#include "sync/server/tree_reader.h"
#include "sync/sql/transaction.h"

#include <algorithm>

// The store's file, identity, workspaces and statements. The log is in sqlite_log.cpp, what waits for someone
// in sqlite_waiting.cpp.
namespace teren::server {
namespace {

constexpr std::uint64_t kPageBytes = 4096;

template <std::size_t N>
Status copyInto(std::array<std::uint8_t, N>& out, ByteView bytes)
{
    if (bytes.size() != N)
        return fail(Errc::Damaged, "the store holds a value of the wrong size");
    std::ranges::copy(bytes, out.begin());
    return {};
}

Result<SecretKey> seedIn(ByteView bytes)
{
    if (bytes.size() != SecretKey::kSize)
        return fail(Errc::Damaged, "the server's identity in the store is damaged");
    return SecretKey::copyOf(bytes.first<SecretKey::kSize>());
}

Result<ledger::SignedStatement> statementIn(const sql::Statement& row, int firstColumn)
{
    ledger::SignedStatement statement;
    statement.body = toBytes(row.columnBlob(firstColumn));
    TEREN_CHECK(copyInto(statement.device.bytes, row.columnBlob(firstColumn + 1)));
    TEREN_CHECK(copyInto(statement.signature, row.columnBlob(firstColumn + 2)));
    return statement;
}

/// With what the wire puts around each field.
std::size_t sizeOnWire(const ledger::SignedStatement& statement)
{
    return statement.body.size() + statement.device.view().size() + statement.signature.size() + 16;
}

}  // namespace

ledger::Leaf leafOf(const ledger::SignedSegmentHeader& head, std::uint64_t number)
{
    const ledger::SegmentHeader& header = head.header;
    return {number, header.space, header.device, header.life, header.firstSeq, header.count, head.hash};
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(
    const std::filesystem::path& file, RandomSource& random, const SqliteStoreOptions& options)
{
    TEREN_TRY(sql::Database database, sql::Database::open(file));
    return over(std::move(database), random, options);
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::over(
    sql::Database database, RandomSource& random, const SqliteStoreOptions& options)
{
    std::unique_ptr<SqliteStore> store(new SqliteStore(std::move(database)));
    TEREN_CHECK(store->prepare(random, options));
    return store;
}

Status SqliteStore::prepare(RandomSource& random, const SqliteStoreOptions& options)
{
    TEREN_CHECK(refuseBackup());
    TEREN_CHECK(database_.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"));
    if (!options.mayBeNew)
        TEREN_CHECK(checkNotEmpty());
    TEREN_CHECK(sql::migrate(database_, sqliteMigrations()));
    TEREN_CHECK(loadIdentity(random, options.mayBeNew));
    TEREN_CHECK(checkHeads());
    if (options.bytesMax > 0)
        TEREN_CHECK(database_.execute(
            "PRAGMA max_page_count="
            + std::to_string(std::max<std::uint64_t>(options.bytesMax / kPageBytes, 1))));
    return {};
}

Status SqliteStore::checkNotEmpty()
{
    sql::Statement& row = database_.statement("SELECT 1 FROM sqlite_schema WHERE name = 'server'");
    TEREN_TRY(const bool found, row.step());
    row.reset();
    if (!found)
        return fail(Errc::Damaged, "the store's file holds nothing");
    return {};
}

Status SqliteStore::refuseBackup()
{
    sql::Statement& row = database_.statement("SELECT 1 FROM sqlite_schema WHERE name = 'backup'");
    TEREN_TRY(const bool found, row.step());
    row.reset();
    if (found)
        return fail(
            Errc::Invalid, "this folder holds a backup; nothing was changed; restore it into another folder");
    return {};
}

Status SqliteStore::loadIdentity(RandomSource& random, bool mayBeNew)
{
    if (mayBeNew)
        TEREN_CHECK(makeIdentity(random));
    return readIdentity();
}

Status SqliteStore::readIdentity()
{
    sql::Statement& row = database_.statement("SELECT tls_seed, receipt_seed, incarnation FROM server");
    TEREN_TRY(const bool found, row.step());
    if (!found)
        return fail(Errc::Damaged, "the store has lost the server's identity");
    TEREN_TRY(SecretKey tlsSeed, seedIn(row.columnBlob(0)));
    TEREN_TRY(SecretKey receiptSeed, seedIn(row.columnBlob(1)));
    identity_.emplace(ServerIdentity{
        SigningKey::fromSeed(std::move(tlsSeed)),
        SigningKey::fromSeed(std::move(receiptSeed)),
        row.columnUint(2),
        {}});
    row.reset();
    return loadOther();
}

Status SqliteStore::makeIdentity(RandomSource& random)
{
    const SigningKey tls = SigningKey::generate(random);
    const SigningKey receipt = SigningKey::generate(random);
    std::array<std::uint8_t, 8> incarnation{};
    random.fill(incarnation);
    // Kept only if there is none yet: two first starts at once agree on one identity.
    return database_
        .statement("INSERT INTO server (id, tls_seed, receipt_seed, incarnation)"
                   " VALUES (1, ?, ?, ?) ON CONFLICT DO NOTHING")
        .with(
            ByteView(tls.seed().reveal()), ByteView(receipt.seed().reveal()),
            std::bit_cast<std::uint64_t>(incarnation))
        .run();
}

Status SqliteStore::checkHeads()
{
    TEREN_TRY(const std::vector<WorkspaceId> all, workspaces());
    for (const WorkspaceId& workspace : all)
        TEREN_CHECK(checkHead(workspace));
    return {};
}

Status SqliteStore::checkHead(const WorkspaceId& workspace)
{
    TEREN_TRY(const WorkspaceState claimed, state(workspace));
    const Result<ledger::CompactTree> tree = treeAt(*this, workspace, claimed.tree.size);
    if (!tree || tree->root() != claimed.tree.root)
        return fail(Errc::Damaged, "workspace " + workspace.hex().substr(0, 8) + ": its log is not whole");
    TEREN_TRY(const std::vector<ledger::SignedStatement> last, statements(workspace, claimed.height - 1, 1));
    if (last.size() != 1 || last.front().hash() != claimed.membershipHash)
        return fail(
            Errc::Damaged, "workspace " + workspace.hex().substr(0, 8) + ": its members' log is not whole");
    if (claimed.tree.size == 0)
        return {};
    TEREN_TRY(const Bytes newest, body(workspace, claimed.tree.size, 0, 1));
    if (newest.empty())
        return fail(
            Errc::Damaged, "workspace " + workspace.hex().substr(0, 8) + ": its last entry is missing");
    return {};
}

Status SqliteStore::addToken(const Hash& tokenHash, Instant now)
{
    return database_.statement("INSERT INTO token (hash, made_ms) VALUES (?, ?)")
        .with(tokenHash, now.time_since_epoch().count())
        .run();
}

Status SqliteStore::createWorkspace(
    const Hash& tokenHash, const WorkspaceId& workspace, std::span<const ledger::SignedStatement> statements,
    Instant now)
{
    TEREN_TRY(sql::Transaction transaction, sql::Transaction::begin(database_));
    sql::Statement& token
        = database_.statement("SELECT workspace IS NOT NULL, workspace FROM token WHERE hash = ?")
              .with(tokenHash);
    TEREN_TRY(const bool known, token.step());
    if (!known)
        return fail(Errc::Refused, "no such token");
    const bool used = token.columnInt(0) != 0;
    const bool usedForThis = used && std::ranges::equal(token.columnBlob(1), workspace.view());
    token.reset();
    if (usedForThis)
        return {};
    if (used)
        return fail(Errc::Refused, "the token has been used");
    if (const Result<WorkspaceState> there = state(workspace); there)
        return fail(Errc::Refused, "the workspace is here already");
    TEREN_CHECK(database_.statement("UPDATE token SET workspace = ? WHERE hash = ?")
                    .with(workspace.view(), tokenHash)
                    .run());
    TEREN_CHECK(insertStatements(workspace, 0, statements));
    TEREN_CHECK(database_
                    .statement("INSERT INTO workspace (workspace, tree_size, tree_root, height,"
                               " membership_hash, opened_ms) VALUES (?, 0, ?, ?, ?, ?)")
                    .with(
                        workspace.view(), ledger::emptyRoot(), statements.size(), statements.back().hash(),
                        now.time_since_epoch().count())
                    .run());
    return transaction.commit();
}

Result<WorkspaceState> SqliteStore::state(const WorkspaceId& workspace)
{
    sql::Statement& row
        = database_
              .statement("SELECT tree_size, tree_root, height, membership_hash, safe FROM workspace"
                         " WHERE workspace = ?")
              .with(workspace.view());
    TEREN_TRY(const bool found, row.step());
    if (!found)
        return fail(Errc::NotFound, "no such workspace");
    WorkspaceState state;
    state.tree.size = row.columnUint(0);
    const Status root = copyInto(state.tree.root, row.columnBlob(1));
    state.height = row.columnUint(2);
    const Status hash = copyInto(state.membershipHash, row.columnBlob(3));
    state.safe = row.columnUint(4);
    row.reset();
    TEREN_CHECK(root);
    TEREN_CHECK(hash);
    return state;
}

Result<std::vector<WorkspaceId>> SqliteStore::workspaces()
{
    std::vector<WorkspaceId> all;
    sql::Statement& row = database_.statement("SELECT workspace FROM workspace");
    while (true) {
        TEREN_TRY(const bool more, row.step());
        if (!more)
            return all;
        const Result<WorkspaceId> workspace = WorkspaceId::from(row.columnBlob(0));
        if (!workspace) {
            row.reset();
            return fail(Errc::Damaged, "the store holds a workspace without a whole id");
        }
        all.push_back(*workspace);
    }
}

Status SqliteStore::raiseSafe(const WorkspaceId& workspace, std::uint64_t number)
{
    TEREN_TRY(const WorkspaceState current, state(workspace));
    if (number > current.tree.size)
        return fail(Errc::Invalid, "the log does not go so far");
    return database_.statement("UPDATE workspace SET safe = max(safe, ?) WHERE workspace = ?")
        .with(number, workspace.view())
        .run();
}

Result<std::vector<ledger::SignedStatement>> SqliteStore::statements(
    const WorkspaceId& workspace, std::uint64_t height, std::size_t maxBytes)
{
    std::vector<ledger::SignedStatement> found;
    std::size_t size = 0;
    sql::Statement& row = database_
                              .statement("SELECT body, device, signature FROM statement"
                                         " WHERE workspace = ? AND height > ? ORDER BY height")
                              .with(workspace.view(), height);
    while (true) {
        TEREN_TRY(const bool more, row.step());
        if (!more)
            return found;
        Result<ledger::SignedStatement> statement = statementIn(row, 0);
        if (!statement || (!found.empty() && size + sizeOnWire(*statement) > maxBytes)) {
            row.reset();
            TEREN_CHECK(statement);
            return found;
        }
        size += sizeOnWire(*statement);
        found.push_back(*std::move(statement));
    }
}

Result<Hash> SqliteStore::statementHash(const WorkspaceId& workspace, std::uint64_t height)
{
    sql::Statement& row = database_.statement("SELECT hash FROM statement WHERE workspace = ? AND height = ?")
                              .with(workspace.view(), height);
    TEREN_TRY(const bool found, row.step());
    if (!found)
        return fail(Errc::NotFound, "no statement at this height");
    Hash hash{};
    const Status copied = copyInto(hash, row.columnBlob(0));
    row.reset();
    TEREN_CHECK(copied);
    return hash;
}

Status SqliteStore::appendStatements(
    const WorkspaceId& workspace, std::uint64_t height, const Hash& hash,
    std::span<const ledger::SignedStatement> statements)
{
    if (statements.empty())
        return {};
    TEREN_TRY(sql::Transaction transaction, sql::Transaction::begin(database_));
    TEREN_TRY(const WorkspaceState current, state(workspace));
    if (current.height != height || current.membershipHash != hash)
        return fail(Errc::Busy, "the members' log has moved on");
    TEREN_CHECK(insertStatements(workspace, height, statements));
    TEREN_CHECK(
        database_.statement("UPDATE workspace SET height = ?, membership_hash = ? WHERE workspace = ?")
            .with(height + statements.size(), statements.back().hash(), workspace.view())
            .run());
    return transaction.commit();
}

Status SqliteStore::insertStatements(
    const WorkspaceId& workspace, std::uint64_t height, std::span<const ledger::SignedStatement> statements)
{
    for (const ledger::SignedStatement& statement : statements)
        TEREN_CHECK(database_.statement("INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?)")
                        .with(
                            workspace.view(), ++height, statement.hash(), ByteView(statement.body),
                            statement.device.view(), statement.signature)
                        .run());
    return {};
}

}  // namespace teren::server
