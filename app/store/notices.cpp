// SPDX-License-Identifier: EUPL-1.2
#include "app/store/notices.h"

#include "app/store/rows.h"

#include <algorithm>
#include <map>

namespace teren::store {
namespace {

constexpr std::size_t kNoticesMax = 500;

/// What kind of thing a notice tells: its words without those that hold a number or an identifier.
std::string kindOf(std::string_view text)
{
    std::string kind;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        if (word.find_first_of("0123456789") == std::string_view::npos)
            kind.append(word).push_back(' ');
        text.remove_prefix(std::min(word.size() + 1, text.size()));
    }
    return kind;
}

}  // namespace

Status Notices::tell(NoticeKind kind, const std::vector<std::string>& parts)
{
    TEREN_CHECK(core_.db.statement("INSERT OR IGNORE INTO notice (text, at) VALUES (?, ?)")
                    .with(noticeText(kind, parts), core_.clock.now().time_since_epoch().count())
                    .run());
    if (core_.db.lastChanges() == 0)
        return {};
    TEREN_TRY(const std::int64_t surplus, surplusOne());
    if (surplus == 0)
        return {};
    return core_.db.statement("DELETE FROM notice WHERE id = ?").with(surplus).run();
}

/// The one to forget so that there is room, or 0: the oldest that was seen, else the oldest of the kind that
/// there is most of. So whoever can cause one kind of notice drowns no other.
Result<std::int64_t> Notices::surplusOne()
{
    std::size_t count = 0;
    std::int64_t oldestSeen = 0;
    std::map<std::string, std::vector<std::int64_t>> unseen;
    sql::Statement& rows = core_.db.statement("SELECT id, text, seen FROM notice ORDER BY id");
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) {
        ++count;
        if (row.columnInt(2) == 0)
            unseen[kindOf(row.columnText(1))].push_back(row.columnInt(0));
        else if (oldestSeen == 0)
            oldestSeen = row.columnInt(0);
    }));
    if (count <= kNoticesMax)
        return 0;
    if (oldestSeen != 0)
        return oldestSeen;
    const auto noisiest
        = std::ranges::max_element(unseen, {}, [](const auto& kind) { return kind.second.size(); });
    return noisiest->second.front();
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
