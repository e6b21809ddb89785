// SPDX-License-Identifier: EUPL-1.2
#include "app/store/unsent_since.h"

#include "app/store/key_value.h"
#include "app/store/notices.h"
#include "app/store/rows.h"
#include "crypto/base/iso_time.h"
#include "crypto/base/limits.h"
#include "sync/ledger/bigendian.h"

#include <algorithm>

namespace teren::store {
namespace {

constexpr const char* kKey = "unsent.since";
constexpr std::size_t kSize = 3 * 8 + 1;

Bytes encode(const UnsentAnchor& anchor)
{
    ledger::Writer out;
    for (const Instant at : {anchor.oldest, anchor.since, anchor.floor})
        out.number(at.time_since_epoch().count());
    return out.number(static_cast<std::uint8_t>(anchor.isOverdue ? 1 : 0)).take();
}

std::optional<UnsentAnchor> decode(const std::optional<Bytes>& kept)
{
    if (!kept || kept->size() != kSize)
        return std::nullopt;
    ledger::Reader in{ByteView(*kept)};
    const auto instant = [&in] { return Instant(std::chrono::milliseconds(in.number<std::int64_t>())); };
    UnsentAnchor anchor;
    anchor.oldest = instant();
    anchor.since = instant();
    anchor.floor = instant();
    anchor.isOverdue = in.number<std::uint8_t>() != 0;
    return anchor;
}

/// Since when work counts that nothing is known of but the time it bears.
Instant startOf(Instant oldest, Instant now, std::optional<Instant> office)
{
    // Made after the last contact, if not before: at least that is known to be true.
    return isFromAhead(oldest, now) && office && *office <= now ? *office : std::min(oldest, now);
}

}  // namespace

bool isFromAhead(Instant stamp, Instant now)
{
    // A colleague's clock may lead this device's stamps by so much.
    return stamp - now > limits::kClockLeadMax;
}

Instant UnsentAnchor::sinceAt(Instant now) const
{
    return std::min(oldest, now < floor ? since : std::max(since, floor));
}

UnsentAnchor anchored(
    const std::optional<UnsentAnchor>& kept, Instant oldest, Instant now, std::optional<Instant> office)
{
    UnsentAnchor anchor;
    anchor.oldest = oldest;
    anchor.since = startOf(oldest, now, office);
    anchor.floor = std::max(anchor.since, office && *office > now ? *office : anchor.since);
    // What was the oldest has been confirmed since: this is about other work.
    if (kept && oldest <= kept->oldest) {
        if (kept->since > now) {
            if (kept->isOverdue) {
                anchor.since = std::min(anchor.since, now - limits::kUnsentAlarm);
                anchor.floor = office && *office > now ? *office : anchor.since;
            }
        } else if (kept->since <= anchor.since) {
            anchor.since = kept->since;
            anchor.floor = kept->floor;
        }
    }
    anchor.isOverdue = now - anchor.sinceAt(now) >= limits::kUnsentAlarm;
    return anchor;
}

Result<std::optional<UnsentAnchor>> UnsentSince::look()
{
    std::optional<Instant> oldest;
    TEREN_CHECK(eachRow(
        core_.db.statement("SELECT min(wall) FROM change WHERE unsent = 1"), [&](sql::Statement& row) {
            if (!row.isNull(0))
                oldest = Instant(std::chrono::milliseconds(row.columnInt(0)));
        }));
    TEREN_TRY(KeyValue values, KeyValue::open(core_.db));
    TEREN_TRY(const std::optional<Bytes> bytes, values.get(kKey));
    const std::optional<UnsentAnchor> kept = decode(bytes);
    std::optional<UnsentAnchor> anchor;
    const Instant now = core_.clock.now();
    if (oldest) {
        const std::optional<HeardTime>& heard = core_.own.heard;
        anchor = anchored(kept, *oldest, now, heard ? std::optional(heard->office) : std::nullopt);
    }
    if (anchor != kept)
        (void)keep(anchor, now);
    return anchor;
}

Status UnsentSince::keep(const std::optional<UnsentAnchor>& anchor, Instant now)
{
    return core_.transact([&]() -> Status {
        TEREN_TRY(KeyValue values, KeyValue::open(core_.db));
        if (!anchor)
            return values.drop(kKey);
        TEREN_CHECK(values.put(kKey, encode(*anchor)));
        if (!isFromAhead(anchor->oldest, now))
            return {};
        return Notices(core_).tell(NoticeKind::WrittenAhead, {isoUtc(anchor->oldest)});
    });
}

}  // namespace teren::store
