// SPDX-License-Identifier: EUPL-1.2
#include "app/store/carried.h"

#include "app/store/change_log.h"
#include "app/store/going_back.h"
#include "app/store/notices.h"

#include <algorithm>
#include <limits>

namespace teren::store {
namespace {

using Verdict = ledger::Membership::Verdict;

/// Behind everything that the log holds by now.
constexpr std::uint64_t kAfterAll = std::numeric_limits<std::uint64_t>::max();

}  // namespace

Status CarriedIntake::take(std::span<const ledger::Segment> segments)
{
    std::map<SpaceId, std::vector<const ledger::Segment*>> bySpace;
    for (const ledger::Segment& segment : segments) {
        const Fate fate = judge(segment.head.header);
        if (fate == Fate::Take)
            bySpace[segment.head.header.space].push_back(&segment);
        else
            count(fate);
    }
    for (auto& [space, mine] : bySpace) {
        std::ranges::sort(mine, {}, [](const ledger::Segment* segment) {
            const ledger::SegmentHeader& header = segment->head.header;
            return std::tuple(header.device, header.life, header.firstSeq, segment->head.hash);
        });
        TEREN_CHECK(takeSpace(mine));
    }
    outcome_.changes = receiver_.outcome().changesReceived;
    outcome_.ownUnknown = receiver_.outcome().ownUnknown;
    TEREN_CHECK(countOwnCarried(core_));
    return core_.saveOwn();
}

CarriedIntake::Fate CarriedIntake::judge(const ledger::SegmentHeader& header) const
{
    switch (core_.membership.judge(header, kAfterAll)) {
    case Verdict::Accepted:
        break;
    case Verdict::UnknownSpace:
    case Verdict::UnknownHeight:
        return Fate::Early;
    case Verdict::NotAWriter:
    case Verdict::UnknownLife:
    case Verdict::StaleEpoch:
    case Verdict::WrongKey:
    case Verdict::Removed:
        return Fate::Apart;
    }
    return core_.membership.canRead(core_.device, header.space) ? Fate::Take : Fate::NotOurs;
}

Status CarriedIntake::takeSpace(std::span<const ledger::Segment* const> segments)
{
    const SpaceId& id = segments.front()->head.header.space;
    const ledger::Membership::Space* opened = core_.membership.find(id);
    TEREN_TRY(const SpaceEntry space, core_.intern(id, opened->kind, opened->caseSpace));
    SpaceWriter writer(core_, space);
    TEREN_CHECK(writer.load());
    for (const ledger::Segment* segment : segments) {
        TEREN_TRY(const Fate fate, place(space, *segment));
        count(fate);
        if (fate == Fate::Take)
            TEREN_CHECK(receiver_.takeCarried(*segment, writer));
    }
    TEREN_CHECK(writer.finish());
    if (writer.appliedCount() > 0)
        TEREN_CHECK(receiver_.retryStalled(space));
    return {};
}

Result<CarriedIntake::Fate> CarriedIntake::place(const SpaceEntry& space, const ledger::Segment& segment)
{
    TEREN_TRY(const std::optional<StoredSegment> known, segments_.find(segment.head.hash));
    if (known)
        return Fate::Known;
    if (receiver_.isOwnUnknown(segment.head.header)) {
        TEREN_TRY(const bool isOwn, isOwnWork(space, segment));
        if (isOwn)
            return Fate::Known;
    }
    TEREN_TRY(const bool isTaken, segments_.isTaken(space, segment.head));
    if (isTaken)
        return Fate::Apart;
    TEREN_TRY(const SegmentTable::Link link, segments_.linkOf(space, segment.head.header));
    switch (link) {
    case SegmentTable::Link::Follows:
        return Fate::Take;
    case SegmentTable::Link::Breaks:
        return Fate::Apart;
    case SegmentTable::Link::Hole:
        break;
    }
    return Fate::Early;
}

Result<bool> CarriedIntake::isOwnWork(const SpaceEntry& space, const ledger::Segment& segment)
{
    const Result<segment::Content> content = openStored(core_, space, segment);
    if (!content)
        return false;
    ChangeLog log(core_);
    for (const Change& change : content->changes) {
        TEREN_TRY(const std::optional<LoggedChange> logged, log.find(space, change.dot));
        if (!logged || logged->change != change)
            return false;
    }
    return true;
}

void CarriedIntake::count(Fate fate)
{
    switch (fate) {
    case Fate::Take:
        ++outcome_.taken;
        return;
    case Fate::Known:
        ++outcome_.known;
        return;
    case Fate::NotOurs:
        ++outcome_.notOurs;
        return;
    case Fate::Early:
        ++outcome_.early;
        return;
    case Fate::Apart:
        ++outcome_.apart;
        return;
    }
}

Status countOwnCarried(Core& core)
{
    TEREN_TRY(const std::vector<StoredSegment> all, SegmentTable(core).carried());
    for (const StoredSegment& stored : all) {
        if (!stored.own || stored.state != SegmentState::Good)
            continue;
        const ledger::SegmentHeader& header = stored.segment.head.header;
        TEREN_TRY(const std::int64_t author, core.interner.idOf(Author{header.device, header.life}));
        TEREN_CHECK(ChangeLog(core).markUnsent(stored.space, author, header.firstSeq, header.lastSeq()));
    }
    return {};
}

Status putRemovedApart(Core& core)
{
    SegmentTable segments(core);
    TEREN_TRY(const std::vector<StoredSegment> all, segments.carried());
    for (const StoredSegment& one : all) {
        // What stands before it in its chain may have taken it along.
        TEREN_TRY(const std::optional<StoredSegment> stored, segments.find(one.segment.head.hash));
        const ledger::SegmentHeader& header = one.segment.head.header;
        const bool counts
            = stored && (stored->state == SegmentState::Good || stored->state == SegmentState::Stalled);
        if (!counts || core.membership.judge(header, kAfterAll) != Verdict::Removed)
            continue;
        TEREN_CHECK(takeBack(core, one, SegmentState::Quarantined, static_cast<int>(Verdict::Removed)));
        TEREN_CHECK(Notices(core).tell(
            NoticeKind::CarriedOfRemoved,
            {header.device.hex(), std::to_string(header.firstSeq), header.space.hex()}));
    }
    return {};
}

}  // namespace teren::store
