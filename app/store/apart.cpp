// SPDX-License-Identifier: EUPL-1.2
#include "app/store/apart.h"

#include "app/store/key_value.h"
#include "app/store/notices.h"
#include "app/store/segment_table.h"

#include <algorithm>
#include <charconv>

namespace teren::store {
namespace {

constexpr std::string_view kSincePrefix = "awaited/";

std::string keyOf(const AwaitedWork& work)
{
    return std::string(kSincePrefix) + work.space.hex() + "/" + work.author.device.hex() + "/"
        + std::to_string(work.author.life);
}

Result<std::optional<Instant>> sinceOf(KeyValue& values, const AwaitedWork& work)
{
    TEREN_TRY(const std::optional<Bytes> kept, values.get(keyOf(work)));
    std::int64_t milliseconds = 0;
    if (!kept)
        return std::optional<Instant>();
    const std::string_view text = textOf(*kept);
    if (std::from_chars(text.data(), text.data() + text.size(), milliseconds).ec != std::errc())
        return std::optional<Instant>();
    return std::optional(Instant(std::chrono::milliseconds(milliseconds)));
}

}  // namespace

// ---- what is missing -----------------------------------------------------------------------------------

Result<std::vector<AwaitedWork>> Apart::awaited()
{
    std::vector<SpaceEntry> waiting;
    TEREN_CHECK(eachRow(
        core_.db.statement("SELECT DISTINCT space FROM change WHERE state = 2"), [&](sql::Statement& row) {
            if (const SpaceEntry* space = core_.find(row.columnInt(0)))
                waiting.push_back(*space);
        }));
    TEREN_TRY(KeyValue values, KeyValue::open(core_.db));
    std::vector<AwaitedWork> all;
    for (const SpaceEntry& space : waiting) {
        TEREN_TRY(std::vector<AwaitedWork> found, awaitedIn(space));
        for (AwaitedWork& one : found) {
            TEREN_TRY(const std::optional<Instant> since, sinceOf(values, one));
            one.since = since.value_or(core_.clock.now());
            all.push_back(one);
        }
    }
    return all;
}

Result<std::vector<AwaitedWork>> Apart::awaitedIn(const SpaceEntry& space)
{
    ChangeLog log(core_);
    SegmentTable segments(core_);
    const VoidSet voids = core_.voidsOf(space.id);
    TEREN_TRY(const VersionVector applied, log.applied(space));
    TEREN_TRY(const std::vector<LoggedChange> waiting, log.waiting(space));
    const auto isHere = [&](const Dot& dot) {
        return std::ranges::any_of(
            waiting, [&](const LoggedChange& logged) { return logged.change.dot == dot; });
    };
    std::map<Author, AwaitedWork> byAuthor;
    for (const LoggedChange& logged : waiting) {
        const Dot& dot = logged.change.dot;
        std::set<Dot> needed(logged.change.context.begin(), logged.change.context.end());
        if (dot.seq > 1)
            needed.insert({dot.author, dot.seq - 1});
        for (const Dot& missing : needed) {
            if (applied.contains(missing) || voids.contains(missing) || isHere(missing))
                continue;
            AwaitedWork& work = byAuthor[missing.author];
            work.space = space.id;
            work.author = missing.author;
            work.from = voids.advance(missing.author, applied.of(missing.author)) + 1;
            work.to = std::max(work.to, missing.seq);
            TEREN_TRY(const bool held, segments.covers(space, missing));
            work.isHere = work.isHere || held;
        }
    }
    std::vector<AwaitedWork> found;
    for (auto& [author, work] : byAuthor) {
        // What waits may wait for several, directly or not: each of them holds all of it up.
        work.waiting = waiting.size();
        found.push_back(work);
    }
    return found;
}

Status Apart::noteAwaited()
{
    TEREN_TRY(const std::vector<AwaitedWork> now, awaited());
    TEREN_TRY(KeyValue values, KeyValue::open(core_.db));
    TEREN_TRY(std::vector<std::string> known, values.keysWithPrefix(std::string(kSincePrefix)));
    for (const AwaitedWork& work : now) {
        const std::string key = keyOf(work);
        if (std::erase(known, key) == 0)
            TEREN_CHECK(values.put(key, viewOf(std::to_string(work.since.time_since_epoch().count()))));
        if (core_.clock.now() - work.since < kToldAfter)
            continue;
        TEREN_CHECK(Notices(core_).tell(
            NoticeKind::WorkAwaited,
            {work.space.hex(), std::to_string(work.from), std::to_string(work.to),
             work.author.device.hex()}));
    }
    for (const std::string& key : known)
        TEREN_CHECK(values.drop(key));
    return {};
}

// ---- what does not count -------------------------------------------------------------------------------

Result<std::vector<ApartWork>> Apart::work(const SpaceEntry& space)
{
    std::vector<ApartWork> work;
    TEREN_CHECK(addVoided(space, work));
    TEREN_CHECK(addSegments(space, SegmentState::Quarantined, work));
    TEREN_CHECK(addSegments(space, SegmentState::Replaced, work));
    return work;
}

VoidReason Apart::voidReasonOf(const SpaceEntry& space, const Dot& dot) const
{
    VoidReason reason = VoidReason::Refused;
    if (const ledger::Membership::Space* known = core_.membership.find(space.id))
        for (const ledger::Void& range : known->voids)
            if (range.device == dot.author.device && range.life == dot.author.life && range.from <= dot.seq
                && dot.seq <= range.to)
                reason = range.reason;
    return reason;
}

Status Apart::addVoided(const SpaceEntry& space, std::vector<ApartWork>& work)
{
    TEREN_TRY(std::vector<LoggedChange> all, ChangeLog(core_).voided(space));
    for (LoggedChange& logged : all) {
        const Dot dot = logged.change.dot;
        ApartWork* last = work.empty() ? nullptr : &work.back();
        const VoidReason reason = voidReasonOf(space, dot);
        const bool joins = last != nullptr && last->author == dot.author && last->reason == reason
            && last->firstSeq + last->count == dot.seq;
        if (!joins) {
            ApartWork next;
            next.space = space.id;
            next.author = dot.author;
            next.firstSeq = dot.seq;
            next.why = ApartWork::Why::Voided;
            next.reason = reason;
            last = &work.emplace_back(std::move(next));
        }
        ++last->count;
        last->changes.push_back(std::move(logged.change));
    }
    return {};
}

Status Apart::addSegments(const SpaceEntry& space, SegmentState state, std::vector<ApartWork>& work)
{
    TEREN_TRY(const std::vector<StoredSegment> stored, SegmentTable(core_).inState(state, space.row));
    for (const StoredSegment& one : stored) {
        // Ours that was replaced has been issued again, or cannot be told from what has.
        if (state == SegmentState::Replaced && one.own)
            continue;
        const ledger::SegmentHeader& header = one.segment.head.header;
        ApartWork next;
        next.space = space.id;
        next.author = {header.device, header.life};
        next.firstSeq = header.firstSeq;
        next.count = header.count;
        next.why = state == SegmentState::Replaced ? ApartWork::Why::Replaced : ApartWork::Why::Quarantined;
        next.verdict = one.verdict;
        if (Result<segment::Content> content = openStored(core_, space, one.segment))
            next.changes = std::move(content->changes);
        work.push_back(std::move(next));
    }
    return {};
}

Result<Dot> Apart::adopt(const SpaceEntry& space, const Dot& dot)
{
    TEREN_TRY(const std::vector<ApartWork> all, work(space));
    for (const ApartWork& one : all)
        for (const Change& change : one.changes) {
            if (change.dot != dot)
                continue;
            if (change.ops.empty() || !validate(change))
                return fail(Errc::Refused, "this change holds nothing that could be entered");
            SpaceWriter writer(core_, space);
            TEREN_CHECK(writer.load());
            TEREN_TRY(const Dot made, writer.adopt(change));
            TEREN_CHECK(writer.finish());
            TEREN_CHECK(core_.saveOwn());
            return made;
        }
    return fail(Errc::NotFound, "no such change stands apart on this device");
}

}  // namespace teren::store
