// SPDX-License-Identifier: EUPL-1.2
#include "app/store/eviction.h"

#include "app/store/key_value.h"
#include "app/store/notices.h"
#include "app/store/record_reader.h"
#include "app/store/rows.h"
#include "sync/ledger/bigendian.h"

#include <algorithm>

namespace teren::store {
namespace {

constexpr std::string_view kPrefix = "evicted/";
constexpr std::size_t kFixedSize = 1 + sizeof(Hash) + 8 + 8 + 8;

std::string keyOf(const SpaceId& space)
{
    return std::string(kPrefix) + space.hex();
}

Result<EvictedSpace> decode(const std::string& key, ByteView bytes)
{
    EvictedSpace evicted;
    TEREN_TRY(evicted.space, SpaceId::fromHex(std::string_view(key).substr(kPrefix.size())));
    if (bytes.size() < kFixedSize)
        return fail(Errc::Damaged, "what the store says of an evicted case cannot be read");
    ledger::Reader in(bytes);
    evicted.returning = in.number<std::uint8_t>() != 0;
    std::ranges::copy(in.raw(evicted.digest.size()), evicted.digest.begin());
    evicted.at = Instant(std::chrono::milliseconds(in.number<std::int64_t>()));
    evicted.changes = in.number<std::uint64_t>();
    evicted.bytes = in.number<std::uint64_t>();
    evicted.label = textOf(in.raw(in.left()));
    return evicted;
}

}  // namespace

Status Eviction::load(Core& core)
{
    TEREN_TRY(KeyValue values, KeyValue::open(core.db));
    TEREN_TRY(const std::vector<std::string> keys, values.keysWithPrefix(std::string(kPrefix)));
    core.own.evicted.clear();
    for (const std::string& key : keys) {
        TEREN_TRY(const std::optional<Bytes> kept, values.get(key));
        TEREN_TRY(EvictedSpace evicted, decode(key, kept ? ByteView(*kept) : ByteView()));
        core.own.evicted.emplace(evicted.space, std::move(evicted));
    }
    return Eviction(core).countLost();
}

Status Eviction::write(const SpaceId& space)
{
    TEREN_TRY(KeyValue values, KeyValue::open(core_.db));
    const auto found = core_.own.evicted.find(space);
    if (found == core_.own.evicted.end())
        return values.drop(keyOf(space));
    const EvictedSpace& evicted = found->second;
    ledger::Writer out;
    out.number(static_cast<std::uint8_t>(evicted.returning ? 1 : 0)).raw(evicted.digest);
    out.number(evicted.at.time_since_epoch().count()).number(evicted.changes).number(evicted.bytes);
    return values.put(keyOf(space), out.raw(viewOf(evicted.label)).take());
}

Status Eviction::checkMayGo(const SpaceEntry& space)
{
    const auto count
        = [&](std::string_view sql) { return numberOf(core_.db.statement(sql).with(space.row)); };
    TEREN_TRY(const std::int64_t unsent, count("SELECT count(*) FROM change WHERE unsent = 1 AND space = ?"));
    if (unsent > 0)
        return fail(
            Errc::Refused,
            std::to_string(unsent)
                + " change(s) of this case have not been confirmed by the server; nothing was removed; sync "
                  "first");
    TEREN_TRY(const std::int64_t here, count("SELECT count(*) FROM segment WHERE space = ?"));
    if (here == 0)
        return fail(
            Errc::Refused,
            "nothing of this case has come to this device yet; nothing was removed; sync first");
    TEREN_TRY(const std::int64_t waiting, count("SELECT count(*) FROM change WHERE state = 2 AND space = ?"));
    TEREN_TRY(const std::int64_t odd, count("SELECT count(*) FROM segment WHERE state <> 1 AND space = ?"));
    TEREN_TRY(const std::int64_t behind, count("SELECT count(*) FROM space_cursor WHERE space = ?"));
    if (waiting + odd + behind > 0)
        return fail(
            Errc::Refused,
            "work of this case waits, stands apart or has not all come; nothing was removed; see `waiting` "
            "and `voided`");
    TEREN_TRY(
        const std::int64_t unsafe,
        numberOf(core_.db
                     .statement("SELECT coalesce(sum(count), 0) FROM segment WHERE space = ? AND "
                                "(number IS NULL OR number > ?)")
                     .with(space.row, core_.own.safe)));
    if (unsafe > 0)
        return fail(
            Errc::Refused,
            std::to_string(unsafe)
                + " change(s) of this case are in no backup of the server on another machine that the server "
                  "has told of; nothing was removed; have the operator make one, and sync");
    return {};
}

Status Eviction::evict(const SpaceEntry& space, std::string_view label)
{
    if (core_.own.evicted.contains(space.id))
        return fail(Errc::Refused, "this case is not on this device already");
    TEREN_CHECK(checkMayGo(space));
    EvictedSpace evicted;
    evicted.space = space.id;
    TEREN_TRY(evicted.digest, RecordReader(core_).digest(space));
    evicted.at = core_.clock.now();
    evicted.label = label;
    TEREN_CHECK(eachRow(
        core_.db
            .statement("SELECT coalesce(sum(count), 0), coalesce(sum(length(body)), 0) FROM segment "
                       "WHERE space = ?")
            .with(space.row),
        [&](sql::Statement& row) {
            evicted.changes = row.columnUint(0);
            evicted.bytes = row.columnUint(1);
        }));
    for (const std::string_view step :
         {"DELETE FROM text_index WHERE rowid IN (SELECT id FROM record WHERE space = ?)",
          "DELETE FROM op WHERE record IN (SELECT id FROM record WHERE space = ?)",
          "DELETE FROM record WHERE space = ?", "DELETE FROM change WHERE space = ?",
          "DELETE FROM applied WHERE space = ?", "DELETE FROM asked_again WHERE space = ?",
          "UPDATE segment SET state = 5, body = x'' WHERE space = ?"})
        TEREN_CHECK(core_.db.statement(step).with(space.row).run());
    core_.own.evicted.emplace(space.id, std::move(evicted));
    return write(space.id);
}

Status Eviction::fetch(const SpaceEntry& space)
{
    const auto found = core_.own.evicted.find(space.id);
    if (found == core_.own.evicted.end())
        return fail(Errc::NotFound, "this case was not removed from this device");
    found->second.returning = true;
    TEREN_CHECK(core_.db.statement("INSERT OR REPLACE INTO space_cursor (space, cursor) VALUES (?, 0)")
                    .with(space.row)
                    .run());
    TEREN_CHECK(core_.loadExceptions());
    return write(space.id);
}

Status Eviction::askOn()
{
    for (const auto& [id, evicted] : core_.own.evicted)
        if (const SpaceEntry* space = core_.find(id); space != nullptr && evicted.returning)
            TEREN_CHECK(
                core_.db
                    .statement("INSERT OR REPLACE INTO space_cursor (space, cursor) SELECT space, "
                               "min(number) - 1 FROM segment WHERE space = ? AND state = 5 AND number "
                               "IS NOT NULL GROUP BY space")
                    .with(space->row)
                    .run());
    return {};
}

Result<bool> Eviction::takeBack(std::int64_t segment, SpaceId space, ByteView body)
{
    const auto found = core_.own.evicted.find(space);
    if (found == core_.own.evicted.end() || !found->second.returning)
        return false;
    TEREN_CHECK(
        core_.db.statement("UPDATE segment SET state = 6, body = ? WHERE id = ?").with(body, segment).run());
    return true;
}

Result<bool> Eviction::isComplete(const SpaceEntry& space)
{
    const auto found = core_.own.evicted.find(space.id);
    if (found == core_.own.evicted.end() || !found->second.returning)
        return false;
    TEREN_TRY(
        const std::int64_t away,
        numberOf(core_.db.statement("SELECT count(*) FROM segment WHERE state = 5 AND space = ?")
                     .with(space.row)));
    if (away > 0)
        return false;
    core_.own.evicted.erase(found);
    TEREN_CHECK(write(space.id));
    return true;
}

Status Eviction::countLost()
{
    for (auto& [id, evicted] : core_.own.evicted) {
        const SpaceEntry* space = core_.find(id);
        if (space == nullptr)
            continue;
        sql::Statement& lost = core_.db.statement(
            "SELECT coalesce(sum(count), 0) FROM segment WHERE state = 5 AND space = ? AND number IS NULL");
        TEREN_TRY(const std::int64_t changes, numberOf(lost.with(space->row)));
        evicted.lost = static_cast<std::uint64_t>(changes);
    }
    return {};
}

Status Eviction::tellOfRegained(const SpaceId& space)
{
    const auto found = core_.own.evicted.find(space);
    if (found == core_.own.evicted.end() || found->second.lost == 0)
        return {};
    TEREN_CHECK(countLost());
    if (found->second.lost > 0)
        return {};
    // With the size of the log: it can happen twice.
    return Notices(core_).tell(
        NoticeKind::EvictedRegained, {space.hex(), std::to_string(core_.own.head.size)});
}

std::string Eviction::lostInWords() const
{
    std::string cases;
    for (const auto& [id, evicted] : core_.own.evicted)
        if (evicted.lost > 0)
            cases += (cases.empty() ? "" : "; ") + std::to_string(evicted.lost) + " of space " + id.hex();
    return cases;
}

}  // namespace teren::store
