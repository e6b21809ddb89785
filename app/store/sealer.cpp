// SPDX-License-Identifier: EUPL-1.2
#include "app/store/sealer.h"

#include "app/store/key_ring.h"
#include "crypto/base/limits.h"

#include <algorithm>

namespace teren::store {
namespace {

/// A segment holds about this much before compression, so that a slow line confirms work piece by piece.
constexpr std::size_t kContentBytes = std::size_t{512} << 10;

std::size_t weightOf(const Change& change)
{
    std::size_t bytes = 32 + change.context.size() * 8;
    for (const Op& op : change.ops)
        bytes += 8 + op.value.size();
    return bytes;
}

/// How many of `changes` make the next segment: at least one.
std::size_t runLength(std::span<const LoggedChange> changes)
{
    std::size_t bytes = 0;
    std::size_t count = 0;
    while (count < changes.size() && count < limits::kChangesPerSegmentMax) {
        bytes += weightOf(changes[count].change);
        if (count > 0 && bytes > kContentBytes)
            break;
        ++count;
    }
    return count;
}

}  // namespace

Status Sealer::sealAll()
{
    const ledger::Membership::Device* self = core_.membership.find(core_.device);
    if (self == nullptr || !self->isMember() || core_.own.lifeLost)
        return {};
    if (std::ranges::find(self->lives, core_.keys->life) == self->lives.end())
        return {};
    TEREN_TRY(const std::vector<SpaceEntry> spaces, spacesToSeal());
    for (const SpaceEntry& space : spaces)
        if (core_.membership.canRead(core_.device, space.id))
            TEREN_CHECK(core_.transact([&] { return sealSpace(space); }));
    return {};
}

Result<std::vector<SpaceEntry>> Sealer::spacesToSeal()
{
    std::vector<SpaceEntry> spaces;
    sql::Statement& rows
        = core_.db.statement("SELECT DISTINCT space FROM change WHERE unsent = 1 ORDER BY space");
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) {
        if (const SpaceEntry* space = core_.find(row.columnInt(0)))
            spaces.push_back(*space);
    }));
    return spaces;
}

Status Sealer::sealSpace(const SpaceEntry& space)
{
    const std::vector<ledger::Membership::EpochKey>& epochs = core_.membership.find(space.id)->epochs;
    const auto newest = static_cast<std::uint32_t>(epochs.size());
    TEREN_CHECK(unsealStale(space, newest));
    TEREN_TRY(
        const std::vector<LoggedChange> changes, log_.of(space, core_.author(), ChangeLog::Which::Unsealed));
    if (changes.empty())
        return {};
    Result<SecretKey> key = KeyRing(core_).find(space, newest, epochs.back().keyId);
    if (!key)
        return key.error().code == Errc::NotFound ? Status{} : std::unexpected(key.error());
    const segment::SpaceKey spaceKey{newest, epochs.back().keyId, *std::move(key)};
    TEREN_TRY(Hash previous, segments_.chainHead(space));
    for (std::span<const LoggedChange> rest = changes; !rest.empty();) {
        const std::size_t count = runLength(rest);
        TEREN_CHECK(sealRun(space, spaceKey, rest.first(count), previous));
        rest = rest.subspan(count);
    }
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(core_.author()));
    return core_.db.statement("UPDATE change SET sealed = 1 WHERE space = ? AND author = ? AND sealed = 0")
        .with(space.row, author)
        .run();
}

Status Sealer::unsealStale(const SpaceEntry& space, std::uint32_t epoch)
{
    TEREN_TRY(const std::vector<StoredSegment> unsent, segments_.unsent(space));
    bool stale = false;
    for (const StoredSegment& stored : unsent) {
        const ledger::SegmentHeader& header = stored.segment.head.header;
        const bool outdated = stored.refused && header.membershipHeight < core_.membership.height();
        stale = stale || header.epoch != epoch || outdated;
        if (stale)
            TEREN_CHECK(segments_.unseal(stored));
    }
    return {};
}

/// Halves the run until it fits: what compresses badly may be over the limit all the same.
Status Sealer::sealRun(
    const SpaceEntry& space, const segment::SpaceKey& key, std::span<const LoggedChange> run, Hash& previous)
{
    segment::Content content;
    content.seen = core_.own.head;
    content.membershipHash = core_.membership.hash();
    for (const LoggedChange& logged : run)
        content.changes.push_back(logged.change);
    const segment::Place place{
        space.kind, core_.membership.workspace(), space.id, core_.membership.height(), previous};
    Result<ledger::Segment> sealed
        = segment::sealSegment(content, place, key, core_.keys->signing, core_.random);
    if (sealed) {
        previous = sealed->head.hash;
        return store(space, *std::move(sealed));
    }
    if (sealed.error().code != Errc::LimitExceeded || run.size() < 2)
        return std::unexpected(std::move(sealed).error());
    const std::size_t half = run.size() / 2;
    TEREN_CHECK(sealRun(space, key, run.first(half), previous));
    return sealRun(space, key, run.subspan(half), previous);
}

Status Sealer::store(const SpaceEntry& space, ledger::Segment segment)
{
    StoredSegment stored;
    stored.space = space.row;
    stored.own = true;
    stored.segment = std::move(segment);
    return segments_.insert(stored);
}

}  // namespace teren::store
