// SPDX-License-Identifier: EUPL-1.2
#include "app/store/case_traffic.h"

#include "app/store/attachment_ref.h"
#include "app/store/rows.h"
#include "crypto/attachment_seal.h"
#include "sync/ledger/segment_header.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace teren::store {
namespace {

constexpr auto kCaseKind = static_cast<std::int64_t>(ledger::SpaceKind::CaseInternal);

/// Unsent before waiting before the rest; among the unsent the oldest.
auto placeOf(const CaseTraffic::OfCase& one)
{
    return std::tuple(
        one.unsent == 0, one.oldestUnsent.value_or(Instant::max()), one.waiting == 0, one.space);
}

}  // namespace

Result<std::vector<CaseTraffic::OfCase>> CaseTraffic::cases()
{
    std::map<SpaceId, OfCase> found;
    const auto each = [&](std::string_view sql, auto take) -> Status {
        return eachRow(database_.statement(sql).with(kCaseKind), [&](sql::Statement& row) -> Status {
            TEREN_TRY(const SpaceId space, idAt<SpaceId>(row, 0));
            OfCase& one = found[space];
            one.space = space;
            take(row, one);
            return {};
        });
    };
    TEREN_CHECK(each(
        "SELECT s.space, count(*), min(c.wall) FROM change c JOIN space s ON s.id = c.space "
        "WHERE c.unsent = 1 AND s.kind = ? GROUP BY c.space",
        [](sql::Statement& row, OfCase& one) {
            one.unsent = row.columnUint(1);
            one.oldestUnsent = Instant(std::chrono::milliseconds(row.columnInt(2)));
        }));
    TEREN_CHECK(each(
        "SELECT s.space, count(*) FROM change c JOIN space s ON s.id = c.space "
        "WHERE c.own = 1 AND c.unsent = 0 AND s.kind = ? GROUP BY c.space",
        [](sql::Statement& row, OfCase& one) { one.confirmed = row.columnUint(1); }));
    TEREN_CHECK(each(
        "SELECT s.space, count(*) FROM change c JOIN space s ON s.id = c.space "
        "WHERE c.state = 2 AND s.kind = ? GROUP BY c.space",
        [](sql::Statement& row, OfCase& one) { one.waiting = row.columnUint(1); }));
    std::vector<OfCase> cases;
    cases.reserve(found.size());
    for (auto& [space, one] : found)
        cases.push_back(one);
    std::ranges::sort(cases, {}, placeOf);
    return cases;
}

Result<std::vector<CaseTraffic::AwaitedFile>> CaseTraffic::awaited(std::size_t most)
{
    std::vector<AwaitedFile> files;
    sql::Statement& rows = database_.statement(
        "SELECT s.space, r.record, max(r.asked) FROM attachment_ref r "
        "JOIN record ON record.uuid = r.record AND record.space = r.space AND record.presence <> 1 "
        "JOIN space s ON s.id = r.space "
        "LEFT JOIN attachment_file f ON lower(hex(f.address)) = r.address AND f.whole = 1 "
        "WHERE r.part = ? AND f.name IS NULL GROUP BY r.space, r.record ORDER BY 3 DESC, max(r.id) DESC "
        "LIMIT ?");
    TEREN_CHECK(eachRow(
        rows.with(static_cast<int>(AttachmentPart::Content), most), [&](sql::Statement& row) -> Status {
            AwaitedFile file;
            TEREN_TRY(file.space, idAt<SpaceId>(row, 0));
            TEREN_TRY(file.record, idAt<RecordId>(row, 1));
            file.asked = row.columnInt(2) != 0;
            files.push_back(file);
            return {};
        }));
    return files;
}

Status CaseTraffic::ask(const SpaceId& space, const RecordId& record)
{
    return database_
        .statement("UPDATE attachment_ref SET asked = 1 WHERE record = ? AND part = ? "
                   "AND space = (SELECT id FROM space WHERE space = ?)")
        .with(record.view(), static_cast<int>(AttachmentPart::Content), space.view())
        .run();
}

}  // namespace teren::store
