// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/store_audit.h"

#include "crypto/sign/hash.h"
#include "sync/ledger/membership.h"
#include "sync/ledger/merkle.h"
#include "sync/server/sqlite_schema.h"

#include <algorithm>

namespace teren::server {
namespace {

/// Reads one workspace from beginning to end.
class Auditor {
public:
    Auditor(sql::Database& database, const WorkspaceId& workspace)
        : database_(database),
          workspace_(workspace)
    {
    }

    Result<AuditedWorkspace> run()
    {
        TEREN_CHECK(readStatements());
        TEREN_CHECK(readEntries());
        TEREN_CHECK(compareHead());
        return AuditedWorkspace{workspace_, {tree_.size(), tree_.root()}, members_.height()};
    }

private:
    std::unexpected<Error> damaged(const std::string& what) const
    {
        return fail(Errc::Damaged, "workspace " + workspace_.hex().substr(0, 8) + ": " + what);
    }

    Status readStatements()
    {
        sql::Statement& row = database_
                                  .statement("SELECT body, device, signature, hash FROM statement"
                                             " WHERE workspace = ? ORDER BY height")
                                  .with(workspace_.view());
        while (true) {
            TEREN_TRY(const bool more, row.step());
            if (!more)
                return {};
            const Status taken = takeStatement(row);
            if (!taken) {
                row.reset();
                return damaged(
                    "its members' log is not whole behind height " + std::to_string(members_.height()));
            }
        }
    }

    Status takeStatement(const sql::Statement& row)
    {
        ledger::SignedStatement statement;
        statement.body = toBytes(row.columnBlob(0));
        TEREN_TRY(statement.device, DeviceId::from(row.columnBlob(1)));
        if (row.columnBlob(2).size() != statement.signature.size())
            return fail(Errc::Damaged, "a signature of the wrong size");
        std::ranges::copy(row.columnBlob(2), statement.signature.begin());
        if (!std::ranges::equal(row.columnBlob(3), statement.hash()))
            return fail(Errc::Damaged, "a statement under another's hash");
        return members_.apply(statement);
    }

    Status readEntries()
    {
        sql::Statement& row
            = database_
                  .statement(
                      "SELECT entry.number, space, device, life, first_seq, count, segment, body_size,"
                      " header, bytes FROM entry LEFT JOIN body ON body.workspace = entry.workspace"
                      " AND body.number = entry.number WHERE entry.workspace = ? ORDER BY entry.number")
                  .with(workspace_.view());
        while (true) {
            TEREN_TRY(const bool more, row.step());
            if (!more)
                return {};
            if (const Status taken = takeEntry(row); !taken) {
                row.reset();
                return damaged("its entry " + std::to_string(tree_.size() + 1) + " is not whole");
            }
        }
    }

    Status takeEntry(const sql::Statement& row)
    {
        TEREN_TRY(const ledger::SignedSegmentHeader head, ledger::decodeHeader(row.columnBlob(8)));
        const ledger::SegmentHeader& header = head.header;
        const std::uint64_t number = tree_.size() + 1;
        const bool isTheRow = row.columnUint(0) == number && header.workspace == workspace_
            && std::ranges::equal(row.columnBlob(1), header.space.view())
            && std::ranges::equal(row.columnBlob(2), header.device.view()) && row.columnUint(3) == header.life
            && row.columnUint(4) == header.firstSeq && row.columnUint(5) == header.count
            && std::ranges::equal(row.columnBlob(6), head.hash) && row.columnUint(7) == header.bodySize;
        if (!isTheRow)
            return fail(Errc::Damaged, "a row that is not its header's");
        TEREN_CHECK(ledger::verifyBody(head, row.columnBlob(9)));
        Status nodes;
        tree_.append(
            ledger::leafHash(ledger::encode(leafOf(head, number))),
            [&](unsigned level, std::uint64_t index, const Hash& hash) {
                if (nodes)
                    nodes = compareNode(level, index, hash);
            });
        return nodes;
    }

    Status compareNode(unsigned level, std::uint64_t index, const Hash& hash)
    {
        sql::Statement& row
            = database_.statement("SELECT hash FROM node WHERE workspace = ? AND level = ? AND idx = ?")
                  .with(workspace_.view(), level, index);
        TEREN_TRY(const bool found, row.step());
        const bool same = found && std::ranges::equal(row.columnBlob(0), hash);
        row.reset();
        if (!same)
            return fail(Errc::Damaged, "a node that is not the tree's");
        return {};
    }

    Status compareHead()
    {
        sql::Statement& row
            = database_
                  .statement("SELECT tree_size, tree_root, height, membership_hash FROM workspace"
                             " WHERE workspace = ?")
                  .with(workspace_.view());
        TEREN_TRY(const bool found, row.step());
        const bool same = found && row.columnUint(0) == tree_.size()
            && std::ranges::equal(row.columnBlob(1), tree_.root()) && row.columnUint(2) == members_.height()
            && std::ranges::equal(row.columnBlob(3), members_.hash());
        row.reset();
        if (!same)
            return damaged("its head is not that of its log");
        return {};
    }

    sql::Database& database_;
    WorkspaceId workspace_;
    ledger::Membership members_;
    ledger::CompactTree tree_;
};

Status checkPages(sql::Database& database)
{
    sql::Statement& row = database.statement("PRAGMA integrity_check(1)");
    TEREN_TRY(const bool found, row.step());
    const std::string said = found ? std::string(row.columnText(0)) : "nothing";
    row.reset();
    if (said != "ok")
        return fail(Errc::Damaged, "the file is not whole: " + said);
    return {};
}

Status checkFile(sql::Database& database)
{
    TEREN_TRY(const std::int64_t version, database.number("PRAGMA user_version"));
    if (version > sqliteMigrations().back().version)
        return fail(Errc::TooNew, "a store of a later build");
    TEREN_CHECK(checkPages(database));
    TEREN_TRY(const std::int64_t identities, database.number("SELECT count(*) FROM server"));
    if (identities != 1)
        return fail(Errc::Damaged, "it has lost the server's identity");
    return {};
}

}  // namespace

Result<std::vector<AuditedWorkspace>> audit(sql::Database& database)
{
    TEREN_CHECK(checkFile(database));
    std::vector<WorkspaceId> all;
    sql::Statement& row = database.statement("SELECT workspace FROM workspace ORDER BY workspace");
    while (true) {
        TEREN_TRY(const bool more, row.step());
        if (!more)
            break;
        const Result<WorkspaceId> workspace = WorkspaceId::from(row.columnBlob(0));
        if (!workspace) {
            row.reset();
            return fail(Errc::Damaged, "the store holds a workspace without a whole id");
        }
        all.push_back(*workspace);
    }
    std::vector<AuditedWorkspace> audited;
    for (const WorkspaceId& workspace : all) {
        TEREN_TRY(AuditedWorkspace whole, Auditor(database, workspace).run());
        audited.push_back(whole);
    }
    return audited;
}

Result<std::uint64_t> auditBlobs(sql::Database& database)
{
    TEREN_CHECK(checkPages(database));
    std::uint64_t sound = 0;
    sql::Statement& row = database.statement("SELECT id, address, size FROM blob WHERE device IS NULL");
    while (true) {
        TEREN_TRY(const bool more, row.step());
        if (!more)
            return sound;
        Hasher hasher;
        std::uint64_t read = 0;
        sql::Statement& part
            = database.statement("SELECT start, bytes FROM part WHERE blob = ? ORDER BY start")
                  .with(row.columnInt(0));
        while (true) {
            TEREN_TRY(const bool another, part.step());
            if (!another)
                break;
            if (part.columnUint(0) == read)
                hasher.add(part.columnBlob(1));
            read += part.columnBlob(1).size();
        }
        if (read != row.columnUint(2) || !std::ranges::equal(hasher.finish(), row.columnBlob(1))) {
            row.reset();
            return fail(Errc::Damaged, "an attachment is not whole");
        }
        ++sound;
    }
}

}  // namespace teren::server
