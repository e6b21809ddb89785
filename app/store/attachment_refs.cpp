// SPDX-License-Identifier: EUPL-1.2
#include "app/store/attachment_refs.h"

#include "app/store/rows.h"
#include "crypto/base/hex.h"

namespace teren::store {

Status AttachmentRefs::note(
    std::int64_t space, const RecordId& record, std::string_view field, ByteView value)
{
    const bool isSmall = field == "thumbnail";
    if (!isSmall && field != "content")
        return {};
    // What else a field of such a name holds in a record of another type is no reference.
    const Result<AttachmentRef> ref = AttachmentRef::from(textOf(value));
    if (!ref)
        return {};
    return database_
        .statement("INSERT OR IGNORE INTO attachment_ref (space, record, part, address, size)"
                   " VALUES (?, ?, ?, ?, ?)")
        .with(
            space, record.view(),
            static_cast<int>(isSmall ? AttachmentPart::Thumbnail : AttachmentPart::Content),
            std::string_view(toHex(ref->address)), ref->size)
        .run();
}

Result<AttachmentRefs::Standing> AttachmentRefs::standing(const RecordId& record, const Hash& address)
{
    sql::Statement& row
        = database_
              .statement("SELECT max(r.sent IS NULL) FROM attachment_ref r JOIN attachment_file f"
                         " ON lower(hex(f.address)) = r.address AND f.whole = 1"
                         " WHERE r.record = ? AND r.address = ?")
              .with(record.view(), std::string_view(toHex(address)));
    TEREN_TRY(const bool found, row.step());
    const bool isHere = found && !row.isNull(0);
    const bool isUnsent = isHere && row.columnInt(0) != 0;
    row.reset();
    if (!isHere)
        return Standing::Awaited;
    return isUnsent ? Standing::Unsent : Standing::Sent;
}

Status AttachmentRefs::ask(const RecordId& record, const Hash& address)
{
    return database_.statement("UPDATE attachment_ref SET asked = 1 WHERE record = ? AND address = ?")
        .with(record.view(), std::string_view(toHex(address)))
        .run();
}

Result<AttachmentRefs::Counts> AttachmentRefs::counts()
{
    Counts counts;
    TEREN_CHECK(eachRow(
        database_.statement(
            "SELECT max(f.name IS NOT NULL AND r.sent IS NULL), max(f.name IS NULL),"
            " sum(CASE WHEN f.name IS NOT NULL AND r.sent IS NULL THEN f.sealed_size ELSE 0 END)"
            " FROM attachment_ref r"
            " JOIN record ON record.uuid = r.record AND record.space = r.space AND record.presence <> 1"
            " LEFT JOIN attachment_file f ON lower(hex(f.address)) = r.address AND f.whole = 1"
            " GROUP BY r.space, r.record"),
        [&](sql::Statement& row) {
            (row.columnInt(0) != 0       ? counts.unsent
                 : row.columnInt(1) != 0 ? counts.awaited
                                         : counts.sent)
                += 1;
            counts.unsentBytes += row.columnUint(2);
        }));
    return counts;
}

Status offerAllAgain(sql::Database& database)
{
    return database.execute("UPDATE attachment_ref SET sent = NULL");
}

}  // namespace teren::store
