// SPDX-License-Identifier: EUPL-1.2
#include "app/store/going_back.h"

#include "app/store/applied_by.h"
#include "app/store/attachment_refs.h"
#include "app/store/change_log.h"
#include "app/store/eviction.h"
#include "app/store/evidence.h"
#include "app/store/log_views.h"
#include "app/store/notices.h"
#include "app/store/receipts.h"
#include "app/store/space_writer.h"
#include "app/store/statement_log.h"

#include <algorithm>

namespace teren::store {
namespace {

/// A server could make more of it in every session.
constexpr std::int64_t kEvidenceKept = 64;

struct LostSegment {
    std::int64_t space = 0;
    std::int64_t author = 0;
    std::uint64_t firstSeq = 0;
    std::uint64_t count = 0;
    bool own = false;
    bool away = false;  ///< Its body was removed from this device.
};

Result<std::vector<LostSegment>> segmentsAbove(Core& core, std::uint64_t common)
{
    std::vector<LostSegment> lost;
    sql::Statement& rows = core.db.statement("SELECT space, author, first_seq, count, own, state = 5 FROM "
                                             "segment WHERE number > ? AND state <> 4");
    TEREN_CHECK(eachRow(rows.with(common), [&](sql::Statement& row) {
        lost.push_back(
            {row.columnInt(0), row.columnInt(1), row.columnUint(2), row.columnUint(3), row.columnInt(4) != 0,
             row.columnInt(5) != 0});
    }));
    return lost;
}

/// What is to be sent goes in the order of ids, which is that of arrival here; work of this device goes up
/// beside pages, so others' may have arrived after it with a lower number. In the old order the server comes
/// to have the log again that it had signed, and what others had verified holds. What had no number yet
/// follows.
Status sendInOldOrder(Core& core, std::uint64_t common)
{
    return core.db
        .statement(
            "UPDATE segment SET id = later.moved FROM (SELECT id AS was, (SELECT max(id) FROM segment) + "
            "row_number() OVER (ORDER BY number IS NULL, number, id) AS moved FROM segment "
            "WHERE number IS NULL OR number > ?) AS later WHERE segment.id = later.was")
        .with(common)
        .run();
}

/// Entries above `common` have no number; what is ours among them is confirmed no longer.
Status loseNumbers(Core& core, const std::vector<LostSegment>& lost, std::uint64_t common)
{
    for (const LostSegment& segment : lost)
        if (segment.own)
            TEREN_CHECK(ChangeLog(core).markUnsent(
                segment.space, segment.author, segment.firstSeq, segment.firstSeq + segment.count - 1));
    TEREN_CHECK(sendInOldOrder(core, common));
    return core.db.statement("UPDATE segment SET number = NULL, refused = NULL, lost = 1 WHERE number > ?")
        .with(common)
        .run();
}

Status lowerCursors(Core& core, std::uint64_t common)
{
    core.own.cursor = std::min(core.own.cursor, common);
    TEREN_CHECK(core.db.statement("DELETE FROM space_cursor WHERE cursor >= ?").with(core.own.cursor).run());
    TEREN_CHECK(core.db.execute("DELETE FROM asked_again"));
    if (core.own.partialNumber > common) {
        TEREN_CHECK(core.db.execute("DELETE FROM partial"));
        core.own.partialNumber = 0;
        core.own.partialSize = 0;
    }
    return core.loadExceptions();
}

Result<ledger::SignedHead> newestHead(Core& core)
{
    ledger::SignedHead kept;
    TEREN_CHECK(eachRow(
        core.db.statement("SELECT body, signature FROM newest_head"), [&](sql::Statement& row) -> Status {
            kept.body = toBytes(row.columnBlob(0));
            if (row.columnBlob(1).size() != kept.signature.size())
                return fail(Errc::Damaged, "a signature of the wrong size in the store");
            std::ranges::copy(row.columnBlob(1), kept.signature.begin());
            return {};
        }));
    return kept;
}

/// Both heads as the server signed them: it cannot deny either.
Status keepEvidence(Core& core, const engine::WentBack& found)
{
    TEREN_TRY(const ledger::SignedHead lost, newestHead(core));
    const ledger::TreeHead& shown = found.shown.head.tree;
    TEREN_CHECK(core.db.statement("DELETE FROM went_back WHERE id <= (SELECT max(id) FROM went_back) - ?")
                    .with(kEvidenceKept)
                    .run());
    return core.db
        .statement(
            "INSERT INTO went_back (at, common, lost_size, lost_root, lost_head, lost_signature, "
            "shown_size, shown_root, shown_head, shown_signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .with(
            core.clock.now().time_since_epoch().count(), found.common.size, core.own.head.size,
            ByteView(core.own.head.root), ByteView(lost.body), ByteView(lost.signature), shown.size,
            ByteView(shown.root), ByteView(found.shown.proof.body), ByteView(found.shown.proof.signature))
        .run();
}

Status tell(Core& core, const engine::WentBack& found, const std::vector<LostSegment>& lost)
{
    std::uint64_t ours = 0;
    std::uint64_t others = 0;
    for (const LostSegment& segment : lost)
        if (!segment.away)
            (segment.own ? ours : others) += segment.count;
    const ledger::TreeHead& shown = found.shown.head.tree;
    std::vector<std::string> parts{
        std::to_string(core.own.head.size),
        toHex(core.own.head.root).substr(0, 8),
        std::to_string(shown.size),
        toHex(shown.root).substr(0, 8),
        std::to_string(found.common.size),
        std::to_string(ours),
        std::to_string(others)};
    const std::string away = Eviction(core).lostInWords();
    if (away.empty())
        return Notices(core).tell(NoticeKind::ServerWentBack, parts);
    parts.push_back(away);
    return Notices(core).tell(NoticeKind::ServerWentBackAway, parts);
}

}  // namespace

Status keepNewestHead(Core& core, const engine::ShownHead& shown)
{
    if (shown.proof.body.empty())
        return {};
    TEREN_CHECK(SignedHeads(core).note(shown));
    return core.db.statement("INSERT OR REPLACE INTO newest_head (id, body, signature) VALUES (1, ?, ?)")
        .with(ByteView(shown.proof.body), ByteView(shown.proof.signature))
        .run();
}

Status goBack(Core& core, const engine::WentBack& found)
{
    const ledger::TreeHead before = core.own.head;
    if (found.common.size >= before.size)
        return fail(Errc::Malformed, "a way back that does not lead back");
    TEREN_TRY(const std::vector<LostSegment> lost, segmentsAbove(core, found.common.size));
    TEREN_CHECK(keepEvidence(core, found));
    TEREN_CHECK(loseNumbers(core, lost, found.common.size));
    TEREN_CHECK(Eviction(core).countLost());
    TEREN_CHECK(tell(core, found, lost));
    TEREN_CHECK(lowerCursors(core, found.common.size));
    TEREN_CHECK(LogViews(core).goBackTo(found.common.size));
    TEREN_CHECK(offerAllAgain(core.db));
    TEREN_CHECK(AppliedBy(core).startOver());
    TEREN_CHECK(loseReceipts(core, found.common.size));
    core.own.head = found.common;
    core.own.safe = std::min({core.own.safe, found.shown.head.safe, found.common.size});
    TEREN_CHECK(core.db.execute("DELETE FROM newest_head"));
    const ledger::LostHead act{before, found.common.size, found.height};
    if (!core.membership.isLost(act))
        TEREN_CHECK(StatementLog(core).queue(act));
    return core.saveOwn();
}

Status takeBack(Core& core, const StoredSegment& segment, SegmentState state, int verdict)
{
    const ledger::SegmentHeader& header = segment.segment.head.header;
    const SpaceEntry space = *core.find(segment.space);
    const Author author{header.device, header.life};
    TEREN_TRY(const std::int64_t row, core.interner.idOf(author));
    ChangeLog log(core);
    TEREN_TRY(const std::vector<LoggedChange> changes, log.of(space, author, ChangeLog::Which::Everything));
    for (const LoggedChange& logged : changes)
        if (logged.change.dot.seq >= header.firstSeq && logged.sealed)
            TEREN_CHECK(log.remove(logged.id));
    TEREN_CHECK(
        core.db
            .statement("UPDATE segment SET state = ?1, verdict = ?2, "
                       "lost = CASE WHEN ?1 = 4 THEN 0 ELSE lost END WHERE space = ?3 AND author = ?4 "
                       "AND first_seq >= ?5 AND number IS NULL")
            .with(static_cast<int>(state), verdict, space.row, row, header.firstSeq)
            .run());
    SpaceWriter writer(core, space);
    TEREN_CHECK(writer.rebuild());
    return writer.finish();
}

Status giveWay(Core& core, const StoredSegment& segment)
{
    const ledger::SegmentHeader& header = segment.segment.head.header;
    TEREN_CHECK(takeBack(core, segment, SegmentState::Replaced, 0));
    return Notices(core).tell(
        segment.carried ? NoticeKind::CarriedReplaced : NoticeKind::WorkReplaced,
        {header.device.hex(), std::to_string(header.firstSeq), header.space.hex()});
}

}  // namespace teren::store
