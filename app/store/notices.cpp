// SPDX-License-Identifier: EUPL-1.2
#include "app/store/notices.h"

#include "app/store/rows.h"

namespace teren::store {
namespace {

constexpr std::int64_t kNoticesMax = 500;

}  // namespace

Status Notices::tell(std::string_view text)
{
    TEREN_CHECK(core_.db.statement("INSERT OR IGNORE INTO notice (text, at) VALUES (?, ?)")
                    .with(text, core_.clock.now().time_since_epoch().count())
                    .run());
    return core_.db.statement("DELETE FROM notice WHERE id <= (SELECT max(id) FROM notice) - ?")
        .with(kNoticesMax)
        .run();
}

Result<std::vector<Notice>> Notices::open()
{
    std::vector<Notice> notices;
    sql::Statement& rows = core_.db.statement("SELECT id, text, at FROM notice WHERE seen = 0 ORDER BY id");
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) {
        notices.push_back(
            {row.columnInt(0), std::string(row.columnText(1)),
             Instant(std::chrono::milliseconds(row.columnInt(2)))});
    }));
    return notices;
}

Status Notices::dismiss(std::int64_t upTo)
{
    return core_.db.statement("UPDATE notice SET seen = 1 WHERE id <= ? AND seen = 0").with(upTo).run();
}

}  // namespace teren::store
