// SPDX-License-Identifier: EUPL-1.2
#include "app/store/segment_table.h"

#include "app/store/key_ring.h"
#include "crypto/base/limits.h"

namespace teren::store {
namespace {

#define TEREN_SEGMENT_COLUMNS                                                                                \
    "SELECT id, space, number, own, state, verdict, header, body, refused, lost FROM segment "

#define TEREN_IN_OUTBOX                                                                                      \
    "number IS NULL AND (own = 1 AND state = 1 OR lost = 1 OR lost = 2 AND state <> 2) AND state NOT IN "    \
    "(4, 5, 6)"

Result<std::uint64_t> onlyNumber(sql::Statement& row)
{
    TEREN_TRY(const bool found, row.step());
    const std::uint64_t number = found ? row.columnUint(0) : 0;
    row.reset();
    return number;
}

}  // namespace

Result<StoredSegment> SegmentTable::at(const sql::Statement& row) const
{
    StoredSegment stored;
    stored.id = row.columnInt(0);
    stored.space = row.columnInt(1);
    if (!row.isNull(2))
        stored.number = row.columnUint(2);
    stored.own = row.columnInt(3) != 0;
    stored.state = static_cast<SegmentState>(row.columnInt(4));
    stored.verdict = static_cast<int>(row.columnInt(5));
    Result<ledger::SignedSegmentHeader> head = ledger::decodeHeader(row.columnBlob(6));
    if (!head)
        return fail(Errc::Damaged, "a stored segment header cannot be read: " + head.error().detail);
    stored.segment.head = *std::move(head);
    stored.segment.body = toBytes(row.columnBlob(7));
    if (!row.isNull(8))
        stored.refused = static_cast<wire::SegmentRefusal>(row.columnInt(8));
    stored.lost = row.columnInt(9) == 1;
    stored.carried = row.columnInt(9) == 2;
    return stored;
}

Result<std::vector<StoredSegment>> SegmentTable::read(sql::Statement& rows)
{
    std::vector<StoredSegment> segments;
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) -> Status {
        TEREN_TRY(StoredSegment stored, at(row));
        segments.push_back(std::move(stored));
        return {};
    }));
    return segments;
}

/// At least one if there is one.
Result<std::vector<StoredSegment>> SegmentTable::readUpTo(sql::Statement& rows, std::size_t maxBytes)
{
    std::vector<StoredSegment> segments;
    std::size_t bytes = 0;
    for (;;) {
        TEREN_TRY(const bool more, rows.step());
        if (!more)
            return segments;
        const std::size_t size = rows.columnBlob(6).size() + rows.columnBlob(7).size();
        if (!segments.empty() && bytes + size > maxBytes)
            break;
        bytes += size;
        TEREN_TRY(StoredSegment stored, at(rows));
        segments.push_back(std::move(stored));
    }
    rows.reset();
    return segments;
}

Status SegmentTable::insert(StoredSegment& stored)
{
    const ledger::SegmentHeader& header = stored.segment.head.header;
    const SpaceEntry* known = core_.find(header.space);
    if (known == nullptr)
        return fail(Errc::Damaged, "a segment of a space that is not in the store");
    const SpaceEntry space = *known;
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(Author{header.device, header.life}));
    TEREN_CHECK(
        core_.db
            .statement("INSERT INTO segment (space, author, first_seq, count, hash, number, own, state, "
                       "verdict, header, body, lost) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .with(
                space.row, author, header.firstSeq, header.count, ByteView(stored.segment.head.hash),
                stored.number, stored.own ? 1 : 0, static_cast<int>(stored.state), stored.verdict,
                ByteView(stored.segment.head.bytes), ByteView(stored.segment.body), stored.carried ? 2 : 0)
            .run());
    stored.id = core_.db.lastInsertId();
    stored.space = space.row;
    return {};
}

Result<std::optional<StoredSegment>> SegmentTable::find(const Hash& hash)
{
    TEREN_TRY(
        std::vector<StoredSegment> found,
        read(core_.db.statement(TEREN_SEGMENT_COLUMNS "WHERE hash = ?").with(ByteView(hash))));
    if (found.empty())
        return std::optional<StoredSegment>();
    return std::optional(std::move(found.front()));
}

Result<std::vector<StoredSegment>> SegmentTable::all()
{
    return read(core_.db.statement(TEREN_SEGMENT_COLUMNS "ORDER BY id"));
}

Result<std::vector<StoredSegment>> SegmentTable::inState(SegmentState state, std::int64_t space)
{
    return read(
        core_.db.statement(TEREN_SEGMENT_COLUMNS "WHERE state = ? AND state <> 1 AND space = ? ORDER BY id")
            .with(static_cast<int>(state), space));
}

Status SegmentTable::setState(std::int64_t id, SegmentState state, int verdict)
{
    return core_.db.statement("UPDATE segment SET state = ?, verdict = ? WHERE id = ?")
        .with(static_cast<int>(state), verdict, id)
        .run();
}

Result<SegmentTable::Link> SegmentTable::linkOf(const SpaceEntry& space, const ledger::SegmentHeader& header)
{
    if (header.firstSeq == 1)
        return header.previous == Hash{} ? Link::Follows : Link::Breaks;
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(Author{header.device, header.life}));
    sql::Statement& rows
        = core_.db.statement("SELECT first_seq + count, hash, number FROM segment INDEXED BY segment_chain "
                             "WHERE space = ? AND author = ? AND first_seq < ? AND first_seq >= ? "
                             "AND (state <> 4 OR number IS NOT NULL) ORDER BY first_seq DESC");
    const std::uint64_t reach = limits::kChangesPerSegmentMax;
    rows.with(
        space.row, author, header.firstSeq,
        header.firstSeq > reach ? header.firstSeq - reach : std::uint64_t{1});
    Link link = Link::Hole;
    for (;;) {
        TEREN_TRY(const bool more, rows.step());
        if (!more)
            return link;
        TEREN_TRY(const Hash hash, hashAt(rows, 1));
        if (rows.columnUint(0) == header.firstSeq && hash == header.previous)
            break;
        // What is only here, sealed by a device that was rolled back since, is in nobody's way.
        if (rows.columnUint(0) >= header.firstSeq && !rows.isNull(2))
            link = Link::Breaks;
    }
    rows.reset();
    return Link::Follows;
}

Result<std::uint64_t> SegmentTable::numberBefore(
    const SpaceEntry& space, const Author& author, std::uint64_t seq)
{
    TEREN_TRY(const std::int64_t row, core_.interner.idOf(author));
    sql::Statement& number = core_.db.statement("SELECT max(number) FROM segment INDEXED BY segment_chain "
                                                "WHERE space = ? AND author = ? AND first_seq <= ?");
    TEREN_TRY(const std::int64_t last, numberOf(number.with(space.row, row, seq)));
    return static_cast<std::uint64_t>(last);
}

Result<bool> SegmentTable::covers(const SpaceEntry& space, const Dot& dot)
{
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(dot.author));
    sql::Statement& count = core_.db.statement(
        "SELECT count(*) FROM segment INDEXED BY segment_chain WHERE space = ?1 AND author = ?2 "
        "AND first_seq <= ?3 AND first_seq > ?3 - ?4 AND first_seq + count > ?3");
    TEREN_TRY(
        const std::int64_t found,
        numberOf(count.with(
            space.row, author, dot.seq, static_cast<std::uint64_t>(limits::kChangesPerSegmentMax))));
    return found > 0;
}

Result<Hash> SegmentTable::chainHead(const SpaceEntry& space)
{
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(core_.author()));
    sql::Statement& row
        = core_.db.statement("SELECT hash FROM segment WHERE space = ? AND author = ? AND state <> 4 "
                             "ORDER BY first_seq DESC LIMIT 1");
    TEREN_TRY(const bool found, row.with(space.row, author).step());
    if (!found)
        return Hash{};
    Result<Hash> hash = hashAt(row, 0);
    row.reset();
    return hash;
}

Result<std::vector<StoredSegment>> SegmentTable::unsent(const SpaceEntry& space)
{
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(core_.author()));
    return read(
        core_.db
            .statement(
                TEREN_SEGMENT_COLUMNS
                "INDEXED BY segment_chain WHERE space = ? AND author = ? AND own = 1 AND number IS NULL "
                "AND state = 1 AND lost = 0 ORDER BY first_seq")
            .with(space.row, author));
}

Status SegmentTable::unseal(const StoredSegment& stored)
{
    const ledger::SegmentHeader& header = stored.segment.head.header;
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(Author{header.device, header.life}));
    TEREN_CHECK(core_.db.statement("DELETE FROM segment WHERE id = ?").with(stored.id).run());
    return core_.db
        .statement("UPDATE change SET sealed = 0 WHERE space = ? AND author = ? AND seq BETWEEN ? AND ?")
        .with(stored.space, author, header.firstSeq, header.lastSeq())
        .run();
}

Result<std::vector<StoredSegment>> SegmentTable::outbox(std::int64_t after, std::size_t maxBytes)
{
    sql::Statement& rows
        = core_.db.statement(TEREN_SEGMENT_COLUMNS "WHERE id > ? AND " TEREN_IN_OUTBOX " ORDER BY id");
    return readUpTo(rows.with(after), maxBytes);
}

Result<engine::Waiting> SegmentTable::waiting()
{
    sql::Statement& row = core_.db.statement("SELECT coalesce(sum(length(body)), 0), coalesce(sum(count), 0) "
                                             "FROM segment WHERE " TEREN_IN_OUTBOX);
    engine::Waiting waiting;
    TEREN_CHECK(eachRow(row, [&](sql::Statement& sums) {
        waiting.bytes = sums.columnUint(0);
        waiting.changes = sums.columnUint(1);
    }));
    return waiting;
}

Result<std::uint64_t> SegmentTable::ownAbove(std::uint64_t cursor)
{
    return onlyNumber(
        core_.db.statement("SELECT count(*) FROM segment WHERE number > ? AND own = 1").with(cursor));
}

Status SegmentTable::setNumber(const StoredSegment& stored, std::uint64_t number)
{
    const ledger::SegmentHeader& header = stored.segment.head.header;
    TEREN_CHECK(core_.db.statement("UPDATE segment SET number = ?, refused = NULL, lost = 0 WHERE id = ?")
                    .with(number, stored.id)
                    .run());
    if (!stored.own || stored.state == SegmentState::Replaced)
        return {};
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(Author{header.device, header.life}));
    return core_.db
        .statement("UPDATE change SET unsent = 0 WHERE space = ? AND author = ? AND seq BETWEEN ? AND ?")
        .with(stored.space, author, header.firstSeq, header.lastSeq())
        .run();
}

Status SegmentTable::refuse(const Hash& hash, wire::SegmentRefusal code)
{
    return core_.db.statement("UPDATE segment SET refused = ? WHERE hash = ? AND number IS NULL")
        .with(static_cast<int>(code), ByteView(hash))
        .run();
}

Result<bool> SegmentTable::anyUnnumbered(const SpaceEntry& space)
{
    sql::Statement& count = core_.db.statement("SELECT EXISTS (SELECT 1 FROM segment WHERE number IS NULL "
                                               "AND lost <> 0 AND state <> 4 AND space = ?)");
    TEREN_TRY(const std::int64_t any, numberOf(count.with(space.row)));
    return any != 0;
}

Result<std::optional<StoredSegment>> SegmentTable::unnumberedInsteadOf(
    const SpaceEntry& space, const ledger::SignedSegmentHeader& head)
{
    const ledger::SegmentHeader& header = head.header;
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(Author{header.device, header.life}));
    TEREN_TRY(
        std::vector<StoredSegment> found,
        read(core_.db
                 .statement(TEREN_SEGMENT_COLUMNS
                            "WHERE number IS NULL AND lost <> 0 AND state <> 4 AND space = ? AND author = ? "
                            "AND first_seq <= ? AND first_seq + count > ? AND hash <> ? ORDER BY first_seq")
                 .with(space.row, author, header.lastSeq(), header.firstSeq, ByteView(head.hash))));
    if (found.empty())
        return std::optional<StoredSegment>();
    return std::optional(std::move(found.front()));
}

Result<bool> SegmentTable::isTaken(const SpaceEntry& space, const ledger::SignedSegmentHeader& head)
{
    const ledger::SegmentHeader& header = head.header;
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(Author{header.device, header.life}));
    const std::uint64_t reach = limits::kChangesPerSegmentMax;
    sql::Statement& count = core_.db.statement(
        "SELECT EXISTS (SELECT 1 FROM segment INDEXED BY segment_chain WHERE space = ?1 AND author = ?2 "
        "AND first_seq <= ?3 AND first_seq >= ?4 AND first_seq + count > ?5 AND hash <> ?6 AND state <> 4)");
    TEREN_TRY(
        const std::int64_t any,
        numberOf(count.with(
            space.row, author, header.lastSeq(),
            header.firstSeq > reach ? header.firstSeq - reach : std::uint64_t{1}, header.firstSeq,
            ByteView(head.hash))));
    return any != 0;
}

Result<std::vector<StoredSegment>> SegmentTable::toCarry(bool all, std::size_t maxBytes)
{
    sql::Statement& rows = core_.db.statement(
        TEREN_SEGMENT_COLUMNS
        "WHERE state = 1 AND (number IS NULL OR ?) ORDER BY number IS NOT NULL, number, id");
    return readUpTo(rows.with(all ? 1 : 0), maxBytes);
}

Result<std::vector<StoredSegment>> SegmentTable::carried()
{
    return read(core_.db.statement(TEREN_SEGMENT_COLUMNS "WHERE number IS NULL AND lost = 2 ORDER BY id"));
}

Result<segment::Content> openStored(Core& core, const SpaceEntry& space, const ledger::Segment& segment)
{
    TEREN_TRY(
        const SecretKey key, KeyRing(core).find(space, segment.head.header.epoch, segment.head.header.keyId));
    return segment::openSegment(segment, key);
}

}  // namespace teren::store
