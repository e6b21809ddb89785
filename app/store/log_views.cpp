// SPDX-License-Identifier: EUPL-1.2
#include "app/store/log_views.h"

#include "app/store/notices.h"
#include "sync/ledger/merkle.h"

namespace teren::store {

using engine::HeadClaim;

Status LogViews::noteHead(const ledger::TreeHead& head)
{
    if (head.size == 0)
        return {};
    TEREN_CHECK(core_.db
                    .statement("INSERT OR IGNORE INTO verified_head (size, root, serial) VALUES (?, ?, "
                               "1 + (SELECT coalesce(max(serial), 0) FROM verified_head))")
                    .with(head.size, ByteView(head.root))
                    .run());
    if (core_.db.lastChanges() > 0)
        TEREN_CHECK(thin());
    std::vector<HeadClaim> reached;
    sql::Statement& rows = core_.db.statement("SELECT device, root FROM head_claim WHERE size = ?");
    TEREN_CHECK(eachRow(rows.with(head.size), [&](sql::Statement& row) -> Status {
        HeadClaim& claim = reached.emplace_back();
        TEREN_TRY(claim.device, idAt<DeviceId>(row, 0));
        TEREN_TRY(claim.head.root, hashAt(row, 1));
        claim.head.size = head.size;
        return {};
    }));
    for (const HeadClaim& claim : reached)
        TEREN_CHECK(settle(claim, claim.head == head));
    return {};
}

/// Of the heads that are 256 to 512 back every second is kept, of those 512 to 1024 back every fourth, and so
/// on: a few hundred reach back for ever.
Status LogViews::thin()
{
    TEREN_TRY(
        const std::int64_t newest, numberOf(core_.db.statement("SELECT max(serial) FROM verified_head")));
    if (newest % 16 != 0)
        return {};
    return core_.db
        .statement(
            "DELETE FROM verified_head WHERE serial < ?1 - ?2 AND ?1 - serial > ?2 * (serial & -serial)")
        .with(newest, kHeadsKept)
        .run();
}

Result<std::vector<ledger::TreeHead>> LogViews::headsBelow(std::uint64_t size)
{
    std::vector<ledger::TreeHead> heads;
    sql::Statement& rows
        = core_.db.statement("SELECT size, root FROM verified_head WHERE size < ? ORDER BY size");
    TEREN_CHECK(eachRow(rows.with(size), [&](sql::Statement& row) -> Status {
        ledger::TreeHead& head = heads.emplace_back();
        head.size = row.columnUint(0);
        TEREN_TRY(head.root, hashAt(row, 1));
        return {};
    }));
    return heads;
}

Status LogViews::goBackTo(std::uint64_t common)
{
    TEREN_CHECK(core_.db.statement("DELETE FROM verified_head WHERE size > ?").with(common).run());
    TEREN_CHECK(core_.db.statement("DELETE FROM head_claim WHERE size > ?").with(common).run());
    // Also what was known for sure: by heads, or numbers, that are gone with them.
    return core_.db.statement("DELETE FROM split_view WHERE log = ? AND size > ?")
        .with(static_cast<int>(Log::Entries), common)
        .run();
}

Status LogViews::excuseLost()
{
    TEREN_CHECK(excuseIn("SELECT device, size, root FROM head_claim", [this](const HeadClaim& claim) {
        return close(claim);
    }));
    TEREN_CHECK(
        excuseIn("SELECT device, size, hash FROM split_view WHERE log = 1", [this](const HeadClaim& claim) {
            return withdraw(claim.device, Log::Entries);
        }));
    std::vector<DeviceId> excused;
    sql::Statement& rows = core_.db.statement("SELECT device, size FROM split_view WHERE log = 2");
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) -> Status {
        TEREN_TRY(const DeviceId device, idAt<DeviceId>(row, 0));
        if (core_.membership.mayBeLost(row.columnUint(1)))
            excused.push_back(device);
        return {};
    }));
    for (const DeviceId& device : excused)
        TEREN_CHECK(withdraw(device, Log::Statements));
    return {};
}

Status LogViews::withdraw(const DeviceId& device, Log log)
{
    return core_.db.statement("DELETE FROM split_view WHERE device = ? AND log = ?")
        .with(device.view(), static_cast<int>(log))
        .run();
}

Status LogViews::excuseIn(std::string_view claims, const std::function<Status(const HeadClaim&)>& excuse)
{
    std::vector<HeadClaim> excused;
    TEREN_CHECK(eachRow(core_.db.statement(claims), [&](sql::Statement& row) -> Status {
        HeadClaim claim;
        TEREN_TRY(claim.device, idAt<DeviceId>(row, 0));
        claim.head.size = row.columnUint(1);
        TEREN_TRY(claim.head.root, hashAt(row, 2));
        if (core_.membership.isLost(claim.head))
            excused.push_back(claim);
        return {};
    }));
    for (const HeadClaim& claim : excused)
        TEREN_CHECK(excuse(claim));
    return {};
}

Status LogViews::take(
    const ledger::SegmentHeader& header, std::uint64_t number, const ledger::TreeHead& seen,
    const Hash& membershipHash)
{
    const std::uint64_t height = header.membershipHeight;
    // Sealed on statements that are gone, by the word of one who had them too.
    const bool isExcused = core_.membership.mayBeLost(height);
    if (!isExcused && membershipHash != core_.membership.hashAt(height))
        TEREN_CHECK(accuse(header.device, Log::Statements, height, membershipHash));
    return hear({header.device, seen}, number);
}

Status LogViews::hear(const HeadClaim& claim, std::uint64_t number)
{
    const ledger::TreeHead& seen = claim.head;
    if (seen.size == 0)
        return seen.root == ledger::emptyRoot() ? Status{} : accuse(claim.device, Log::Entries, 0, seen.root);
    TEREN_TRY(const std::optional<Hash> root, rootAt(seen.size));
    const bool holds = root && *root == seen.root && seen.size < number;
    // Seen in a part of the log that is gone, by the word of one who had seen it too.
    if (!holds && core_.membership.isLost(seen))
        return {};
    // What is sealed cannot have been in the log that its author had seen before.
    if (root || seen.size >= number)
        return settle(claim, holds);
    return core_.db
        .statement("INSERT INTO head_claim (device, size, root) VALUES (?, ?, ?) "
                   "ON CONFLICT (device) DO UPDATE SET size = excluded.size, root = excluded.root "
                   "WHERE excluded.size > size")
        .with(claim.device.view(), seen.size, ByteView(seen.root))
        .run();
}

Result<std::optional<Hash>> LogViews::rootAt(std::uint64_t size)
{
    std::optional<Hash> root;
    TEREN_CHECK(eachRow(
        core_.db.statement("SELECT root FROM verified_head WHERE size = ?").with(size),
        [&](sql::Statement& row) -> Status {
            TEREN_TRY(root, hashAt(row, 0));
            return {};
        }));
    return root;
}

Result<std::vector<HeadClaim>> LogViews::open(const DeviceId& after, std::size_t most)
{
    std::vector<HeadClaim> claims;
    sql::Statement& rows = core_.db.statement(
        "SELECT device, size, root FROM head_claim WHERE size < ? AND device > ? ORDER BY device");
    rows.with(core_.own.head.size, after.view());
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) -> Status {
        TEREN_TRY(const DeviceId device, idAt<DeviceId>(row, 0));
        const ledger::Membership::Device* author = core_.membership.find(device);
        if (claims.size() == most || author == nullptr || !author->isMember())
            return {};
        HeadClaim& claim = claims.emplace_back();
        claim.device = device;
        claim.head.size = row.columnUint(1);
        TEREN_TRY(claim.head.root, hashAt(row, 2));
        return {};
    }));
    return claims;
}

Status LogViews::settle(const HeadClaim& claim, bool holds)
{
    if (holds)
        return answered(claim, true);
    TEREN_CHECK(close(claim));
    return accuse(claim.device, Log::Entries, claim.head.size, claim.head.root);
}

Status LogViews::answered(const HeadClaim& claim, bool holds)
{
    if (!holds)
        return accuse(claim.device, Log::Entries, claim.head.size, claim.head.root, Ground::Unproven);
    TEREN_CHECK(close(claim));
    return core_.db.statement("DELETE FROM split_view WHERE device = ? AND ground = ? AND size <= ?")
        .with(claim.device.view(), static_cast<int>(Ground::Unproven), claim.head.size)
        .run();
}

/// A claim stands for all shorter ones of that device.
Status LogViews::close(const HeadClaim& claim)
{
    return core_.db.statement("DELETE FROM head_claim WHERE device = ? AND size <= ?")
        .with(claim.device.view(), claim.head.size)
        .run();
}

Status LogViews::accuse(const DeviceId& device, Log log, std::uint64_t size, const Hash& hash, Ground ground)
{
    // One at a time for each log: whoever makes up claims adds nothing. After one was accepted, the same
    // again is known, and another one is news.
    TEREN_CHECK(
        core_.db
            .statement("INSERT INTO split_view (device, log, size, hash, ground) VALUES (?, ?, ?, ?, ?) "
                       "ON CONFLICT (device, log) DO UPDATE SET size = excluded.size, "
                       "hash = excluded.hash, ground = excluded.ground, accepted = 0 "
                       "WHERE accepted = 1 AND (size <> excluded.size OR hash <> excluded.hash) "
                       "OR accepted = 0 AND ground > excluded.ground")
            .with(device.view(), static_cast<int>(log), size, ByteView(hash), static_cast<int>(ground))
            .run());
    if (core_.db.lastChanges() == 0)
        return {};  // Known, and told.
    return Notices(core_).tell(
        log == Log::Entries ? NoticeKind::EntriesDiffer : NoticeKind::MembersLogDiffers,
        {device.hex(), std::to_string(size), toHex(hash).substr(0, 8)});
}

Result<std::optional<DeviceId>> LogViews::disputed()
{
    std::optional<DeviceId> found;
    TEREN_CHECK(eachRow(
        core_.db.statement("SELECT device FROM split_view WHERE accepted = 0 ORDER BY device"),
        [&](sql::Statement& row) -> Status {
            TEREN_TRY(const DeviceId device, idAt<DeviceId>(row, 0));
            const ledger::Membership::Device* author = core_.membership.find(device);
            if (!found && author != nullptr && author->isMember())
                found = device;
            return {};
        }));
    return found;
}

Status LogViews::accept(const DeviceId& device)
{
    TEREN_CHECK(core_.db.statement("UPDATE split_view SET accepted = 1 WHERE device = ? AND accepted = 0")
                    .with(device.view())
                    .run());
    if (core_.db.lastChanges() == 0)
        return fail(Errc::NotFound, "nothing that device " + device.hex() + " has seen is disputed here");
    // It is not asked about again: the answer would change nothing.
    return core_.db
        .statement("DELETE FROM head_claim WHERE device = ?1 AND EXISTS (SELECT 1 FROM split_view s WHERE "
                   "s.device = ?1 AND s.log = ?2 AND s.size = head_claim.size AND s.hash = head_claim.root)")
        .with(device.view(), static_cast<int>(Log::Entries))
        .run();
}

}  // namespace teren::store
