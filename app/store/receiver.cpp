// SPDX-License-Identifier: EUPL-1.2
#include "app/store/receiver.h"

#include "app/store/eviction.h"
#include "app/store/going_back.h"
#include "app/store/log_views.h"

#include <algorithm>
#include <limits>

namespace teren::store {

using Verdict = ledger::Membership::Verdict;
using Outcome = SpaceWriter::Outcome;

Status Receiver::takePage(std::span<const engine::Incoming> entries)
{
    std::map<SpaceId, std::vector<const engine::Incoming*>> bySpace;
    for (const engine::Incoming& entry : entries)
        bySpace[entry.segment.head.header.space].push_back(&entry);
    for (const auto& [space, mine] : bySpace)
        TEREN_CHECK(takeSpace(mine));
    return {};
}

Status Receiver::takeSpace(std::span<const engine::Incoming* const> entries)
{
    const ledger::SegmentHeader& first = entries.front()->segment.head.header;
    // Not as the header says, which may be another's: a space is what the members' log has opened.
    const ledger::Membership::Space* opened = core_.membership.find(first.space);
    if (opened == nullptr)
        return fail(Errc::Forged, "an entry of a space that was never opened");
    TEREN_TRY(const SpaceEntry space, core_.intern(first.space, opened->kind, opened->caseSpace));
    TEREN_CHECK(yieldTo(space, entries));
    SpaceWriter writer(core_, space);
    TEREN_CHECK(writer.load());
    for (const engine::Incoming* entry : entries)
        TEREN_CHECK(takeEntry(*entry, writer));
    TEREN_CHECK(writer.finish());
    TEREN_CHECK(Eviction(core_).tellOfRegained(space.id));
    TEREN_TRY(const bool isBack, Eviction(core_).isComplete(space));
    if (isBack)
        TEREN_CHECK(openReturned(space));
    return isBack || writer.appliedCount() > 0 ? retryStalled(space) : Status{};
}

/// By number: each after what it builds on.
Status Receiver::openReturned(const SpaceEntry& space)
{
    TEREN_TRY(std::vector<StoredSegment> returned, segments_.inState(SegmentState::Returned, space.row));
    std::ranges::sort(returned, {}, [](const StoredSegment& stored) {
        return stored.number.value_or(std::numeric_limits<std::uint64_t>::max());
    });
    // What it was when it went is no news.
    const engine::PageOutcome counted = outcome_;
    SpaceWriter writer(core_, space);
    TEREN_CHECK(writer.load());
    for (StoredSegment& stored : returned) {
        TEREN_CHECK(segments_.setState(stored.id, SegmentState::Good, 0));
        stored.state = SegmentState::Good;
        TEREN_CHECK(open(stored, writer));
    }
    TEREN_CHECK(writer.finish());
    outcome_ = counted;
    return {};
}

Status Receiver::takeEntry(const engine::Incoming& entry, SpaceWriter& writer)
{
    TEREN_TRY(std::optional<StoredSegment> known, segments_.find(entry.segment.head.hash));
    if (known)
        return takeKnown(*std::move(known), entry, writer);
    const ledger::SegmentHeader& header = entry.segment.head.header;
    TEREN_TRY(const int chainVerdict, judgeChain(*core_.find(header.space), header));
    StoredSegment stored;
    stored.number = entry.number;
    stored.segment = entry.segment;
    stored.own = entry.segment.head.header.device == core_.device;
    if (entry.verdict != Verdict::Accepted || chainVerdict != 0) {
        stored.state = SegmentState::Quarantined;
        stored.verdict = entry.verdict != Verdict::Accepted ? static_cast<int>(entry.verdict) : chainVerdict;
        return segments_.insert(stored);
    }
    if (isOwnUnknown(entry.segment.head.header)) {
        // Opened by the new life that follows: until then the same numbers may be taken by work of ours.
        outcome_.ownUnknown = core_.own.lifeLost = true;
        outcome_.changesReceived += entry.segment.head.header.count;
        stored.state = SegmentState::Stalled;
        return segments_.insert(stored);
    }
    TEREN_CHECK(segments_.insert(stored));
    return open(stored, writer);
}

Result<int> Receiver::judgeChain(const SpaceEntry& space, const ledger::SegmentHeader& header)
{
    TEREN_TRY(const SegmentTable::Link link, segments_.linkOf(space, header));
    switch (link) {
    case SegmentTable::Link::Follows:
        return 0;
    case SegmentTable::Link::Breaks:
        return kVerdictChain;
    case SegmentTable::Link::Hole:
        break;
    }
    TEREN_TRY(
        const std::uint64_t after,
        segments_.numberBefore(space, {header.device, header.life}, header.firstSeq));
    hole_ = Hole{space.id, after};
    return fail(Errc::Forged, "the server leaves out entries of a space that this device may read");
}

bool Receiver::isOwnUnknown(const ledger::SegmentHeader& header) const
{
    return header.device == core_.device && header.life == core_.keys->life;
}

/// A segment that is here: a receipt for one of ours, else a repetition, or the log begins anew.
Status Receiver::takeKnown(StoredSegment stored, const engine::Incoming& entry, SpaceWriter& writer)
{
    TEREN_CHECK(segments_.setNumber(stored, entry.number));
    stored.number = entry.number;
    if (stored.state == SegmentState::Evicted) {
        TEREN_TRY(
            const bool isBack,
            Eviction(core_).takeBack(
                stored.id, stored.segment.head.header.space, ByteView(entry.segment.body)));
        (void)isBack;  // What nobody asked for stays away.
        return {};
    }
    // Judged as not to stand where it stood before the server went back.
    const bool cleared = stored.state == SegmentState::Quarantined && (stored.lost || stored.carried)
        && stored.verdict < kVerdictUnreadable && entry.verdict == Verdict::Accepted;
    if (stored.carried && stored.state == SegmentState::Good)
        return compareView(stored, entry.number);
    if (stored.state != SegmentState::Replaced && !cleared)
        return {};
    // It had reached the log after all before its work was issued again; others have it, so we keep it too.
    return open(stored, writer);
}

Status Receiver::takeNumber(StoredSegment stored, std::uint64_t number)
{
    TEREN_CHECK(segments_.setNumber(stored, number));
    if (stored.state != SegmentState::Replaced)
        return {};
    stored.number = number;
    const SpaceEntry space = *core_.find(stored.space);
    SpaceWriter writer(core_, space);
    TEREN_CHECK(writer.load());
    TEREN_CHECK(open(stored, writer));
    return writer.finish();
}

Status Receiver::compareView(const StoredSegment& stored, std::uint64_t number)
{
    if (stored.own)
        return {};
    TEREN_TRY(const segment::Content content, openStored(core_, *core_.find(stored.space), stored.segment));
    return LogViews(core_).take(stored.segment.head.header, number, content.seen, content.membershipHash);
}

Status Receiver::takeCarried(const ledger::Segment& segment, SpaceWriter& writer)
{
    StoredSegment stored;
    stored.segment = segment;
    stored.own = segment.head.header.device == core_.device;
    stored.carried = true;
    if (isOwnUnknown(segment.head.header)) {
        outcome_.ownUnknown = core_.own.lifeLost = true;
        outcome_.changesReceived += segment.head.header.count;
        stored.state = SegmentState::Stalled;
        return segments_.insert(stored);
    }
    TEREN_CHECK(segments_.insert(stored));
    return open(stored, writer);
}

Status Receiver::yieldTo(const SpaceEntry& space, std::span<const engine::Incoming* const> entries)
{
    TEREN_TRY(const bool any, segments_.anyUnnumbered(space));
    if (!any)
        return {};
    for (const engine::Incoming* entry : entries) {
        const ledger::SignedSegmentHeader& head = entry->segment.head;
        if (entry->verdict != Verdict::Accepted || isOwnUnknown(head.header))
            continue;
        TEREN_TRY(const std::optional<StoredSegment> other, segments_.unnumberedInsteadOf(space, head));
        if (other)
            TEREN_CHECK(giveWay(core_, *other));
    }
    return {};
}

Status Receiver::retryRemoved()
{
    for (const auto& [id, space] : std::map(core_.spaces)) {
        TEREN_TRY(std::vector<StoredSegment> apart, segments_.inState(SegmentState::Quarantined, space.row));
        std::erase_if(apart, [this](const StoredSegment& stored) {
            return stored.verdict != static_cast<int>(Verdict::Removed) || !stored.number
                || core_.membership.judge(stored.segment.head.header, *stored.number) != Verdict::Accepted;
        });
        if (apart.empty())
            continue;
        SpaceWriter writer(core_, space);
        TEREN_CHECK(writer.load());
        for (StoredSegment& stored : apart)
            TEREN_CHECK(open(stored, writer));
        TEREN_CHECK(writer.finish());
    }
    return {};
}

Status Receiver::open(StoredSegment& stored, SpaceWriter& writer)
{
    const SpaceEntry space = *core_.find(stored.space);
    // What it builds on is away.
    if (core_.own.evicted.contains(space.id))
        return segments_.setState(stored.id, SegmentState::Stalled, 0);
    Result<segment::Content> content = openStored(core_, space, stored.segment);
    if (content) {
        // Without a number nothing is known yet of what stands before it.
        if (!stored.own && (stored.number || stored.carried))
            TEREN_CHECK(LogViews(core_).take(
                stored.segment.head.header, stored.number.value_or(std::numeric_limits<std::uint64_t>::max()),
                content->seen, content->membershipHash));
        return takeChanges(stored, std::move(content->changes), writer);
    }
    switch (content.error().code) {
    case Errc::NotFound:
        return segments_.setState(stored.id, SegmentState::Stalled, 0);
    case Errc::Forged:
    case Errc::Malformed:
    case Errc::LimitExceeded:
    case Errc::TooNew:
        return segments_.setState(stored.id, SegmentState::Quarantined, kVerdictUnreadable);
    case Errc::Invalid:
    case Errc::Refused:
    case Errc::ChangedMeanwhile:
    case Errc::WrongPassphrase:
    case Errc::Locked:
    case Errc::Busy:
    case Errc::Damaged:
    case Errc::Disk:
    case Errc::DiskFull:
    case Errc::Unreachable:
        break;
    }
    return std::unexpected(std::move(content).error());
}

Status Receiver::takeChanges(StoredSegment& stored, std::vector<Change> changes, SpaceWriter& writer)
{
    SegmentState state = SegmentState::Good;
    int verdict = 0;
    for (Change& change : changes) {
        TEREN_TRY(const Outcome outcome, writer.take(std::move(change), stored.own));
        if (outcome == Outcome::Full) {
            state = SegmentState::Stalled;
            break;
        }
        if (outcome == Outcome::Fork || outcome == Outcome::Invalid) {
            state = SegmentState::Quarantined;
            verdict = outcome == Outcome::Fork ? kVerdictForked : kVerdictInvalid;
            continue;
        }
        outcome_.changesReceived += outcome == Outcome::Duplicate ? 0 : 1;
    }
    if (writer.citesForgotten())
        outcome_.ownUnknown = core_.own.lifeLost = true;
    if (state == stored.state && verdict == stored.verdict)
        return {};
    stored.state = state;
    return segments_.setState(stored.id, state, verdict);
}

Status Receiver::retryStalled(const SpaceEntry& space)
{
    if (core_.own.evicted.contains(space.id))
        return {};
    bool progress = true;
    while (progress) {
        progress = false;
        TEREN_TRY(std::vector<StoredSegment> stalled, segments_.inState(SegmentState::Stalled, space.row));
        if (stalled.empty())
            return {};
        SpaceWriter writer(core_, space);
        TEREN_CHECK(writer.load());
        for (StoredSegment& stored : stalled) {
            if (isOwnUnknown(stored.segment.head.header))
                continue;
            TEREN_CHECK(open(stored, writer));
            progress = progress || (stored.state != SegmentState::Stalled && writer.appliedCount() > 0);
        }
        TEREN_CHECK(writer.finish());
    }
    return {};
}

Status Receiver::moveCursors(const engine::Reached& reached)
{
    for (const wire::Position::SpaceCursor& ahead : reached.ahead)
        if (const SpaceEntry* space = core_.find(ahead.space); core_.cursorOf(ahead.space) < ahead.cursor)
            TEREN_CHECK(
                core_.db.statement("INSERT OR REPLACE INTO space_cursor (space, cursor) VALUES (?, ?)")
                    .with(space->row, ahead.cursor)
                    .run());
    core_.own.cursor = std::max(core_.own.cursor, reached.cursor);
    TEREN_CHECK(core_.db.statement("UPDATE space_cursor SET cursor = ?1 WHERE cursor < ?1")
                    .with(reached.cursor)
                    .run());
    TEREN_CHECK(Eviction(core_).askOn());
    TEREN_CHECK(core_.db.statement("DELETE FROM space_cursor WHERE cursor = ?").with(core_.own.cursor).run());
    TEREN_CHECK(core_.loadExceptions());
    return core_.saveOwn();
}

}  // namespace teren::store
