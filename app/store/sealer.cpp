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

}  // namespace

bool Sealer::maySeal() const
{
    const ledger::Membership::Device* self = core_.membership.find(core_.device);
    return self != nullptr && self->isMember() && !core_.own.lifeLost
        && std::ranges::find(self->lives, core_.keys->life) != self->lives.end();
}

/// The spaces with something to seal, those with the least of it first: what a person has just saved in one
/// case does not wait for all that was entered in another. Where own work waits for what was put apart
/// meanwhile, a new life begins before it is sealed.
Result<std::vector<Sealer::Unsealed>> Sealer::unsealed()
{
    std::vector<Unsealed> found;
    if (!maySeal())
        return found;
    TEREN_TRY(const std::int64_t author, core_.interner.idOf(core_.author()));
    sql::Statement& rows = core_.db.statement(
        "SELECT space, count(*) FROM change WHERE sealed = 0 AND author = ?1 AND space NOT IN "
        "(SELECT space FROM change WHERE state = 2 AND author = ?1 AND unsent = 1) "
        "GROUP BY space ORDER BY count(*), space");
    TEREN_CHECK(eachRow(rows.with(author), [&](sql::Statement& row) {
        const SpaceEntry* space = core_.find(row.columnInt(0));
        if (space != nullptr && core_.membership.canRead(core_.device, space->id))
            found.push_back({*space, row.columnUint(1)});
    }));
    return found;
}

Result<std::uint64_t> Sealer::unsealedChanges()
{
    TEREN_TRY(const std::vector<Unsealed> spaces, unsealed());
    std::uint64_t changes = 0;
    for (const Unsealed& one : spaces)
        changes += one.changes;
    return changes;
}

Result<engine::Waiting> Sealer::sealSome(std::size_t maxBytes)
{
    TEREN_TRY(const std::vector<Unsealed> spaces, unsealed());
    if (spaces.empty())
        return engine::Waiting{};
    return core_.produce([&]() -> Result<engine::Waiting> {
        engine::Waiting step;
        std::size_t bytes = 0;
        for (const Unsealed& one : spaces) {
            if (bytes > 0 && bytes >= maxBytes) {
                step.unsealed += one.changes;
                continue;
            }
            TEREN_TRY(const std::size_t more, sealSpace(one, maxBytes - std::min(bytes, maxBytes), step));
            bytes += more;
        }
        return step;
    });
}

/// @return the bytes of content that were sealed; 0 where its key is not here.
Result<std::size_t> Sealer::sealSpace(const Unsealed& what, std::size_t maxBytes, engine::Waiting& step)
{
    const SpaceEntry& space = what.space;
    const std::vector<ledger::Membership::EpochKey>& epochs = core_.membership.find(space.id)->epochs;
    const auto newest = static_cast<std::uint32_t>(epochs.size());
    Result<SecretKey> key = KeyRing(core_).find(space, newest, epochs.back().keyId);
    if (!key && key.error().code == Errc::NotFound)
        return std::size_t{0};
    if (!key)
        return std::unexpected(key.error());
    const segment::SpaceKey spaceKey{newest, epochs.back().keyId, *std::move(key)};
    TEREN_TRY(Hash previous, segments_.chainHead(space));
    const std::uint64_t before = step.changes;
    std::size_t bytes = 0;
    do {
        TEREN_TRY(const std::vector<LoggedChange> run, nextRun(space, bytes));
        if (run.empty())
            break;
        TEREN_CHECK(sealRun(space, spaceKey, run, previous, step));
        TEREN_CHECK(log_.markSealed(space, run.front().change.dot, run.back().change.dot.seq));
    } while (bytes < maxBytes);
    step.unsealed += what.changes - (step.changes - before);
    return bytes;
}

/// What makes the next segment: at least one change, if there is one. @param weight  Its bytes are added.
Result<std::vector<LoggedChange>> Sealer::nextRun(const SpaceEntry& space, std::size_t& weight)
{
    std::size_t bytes = 0;
    std::size_t count = 0;
    TEREN_TRY(
        std::vector<LoggedChange> run, log_.firstUnsealed(space, core_.author(), [&](const Change& change) {
            const std::size_t more = weightOf(change);
            if (count == limits::kChangesPerSegmentMax || (count > 0 && bytes + more > kContentBytes))
                return false;
            bytes += more;
            ++count;
            return true;
        }));
    weight += bytes;
    return run;
}

Status Sealer::unsealStale()
{
    if (!maySeal())
        return {};
    std::vector<SpaceEntry> spaces;
    sql::Statement& rows = core_.db.statement(
        "SELECT DISTINCT space FROM change WHERE unsent = 1 AND sealed = 1 ORDER BY space");
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) {
        const SpaceEntry* space = core_.find(row.columnInt(0));
        if (space != nullptr && core_.membership.canRead(core_.device, space->id))
            spaces.push_back(*space);
    }));
    if (spaces.empty())
        return {};
    return core_.transact([&]() -> Status {
        for (const SpaceEntry& space : spaces)
            TEREN_CHECK(unsealStale(space));
        return {};
    });
}

Status Sealer::unsealStale(const SpaceEntry& space)
{
    const std::size_t epoch = core_.membership.find(space.id)->epochs.size();
    TEREN_TRY(const std::vector<StoredSegment> unsent, segments_.unsent(space));
    bool stale = false;
    for (const StoredSegment& stored : unsent) {
        const ledger::SegmentHeader& header = stored.segment.head.header;
        // What a full disk kept out is as good as it was: a carrier may still bring it.
        const bool isRefused = stored.refused && *stored.refused != wire::SegmentRefusal::NoRoom;
        const bool outdated = isRefused && header.membershipHeight < core_.membership.height();
        stale = stale || header.epoch != epoch || outdated;
        if (stale)
            TEREN_CHECK(segments_.unseal(stored));
    }
    return {};
}

/// Halves the run until it fits: what compresses badly may be over the limit all the same.
Status Sealer::sealRun(
    const SpaceEntry& space, const segment::SpaceKey& key, std::span<const LoggedChange> run, Hash& previous,
    engine::Waiting& step)
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
        step.bytes += sealed->body.size();
        step.changes += run.size();
        return store(space, *std::move(sealed));
    }
    if (sealed.error().code != Errc::LimitExceeded || run.size() < 2)
        return std::unexpected(std::move(sealed).error());
    const std::size_t half = run.size() / 2;
    TEREN_CHECK(sealRun(space, key, run.first(half), previous, step));
    return sealRun(space, key, run.subspan(half), previous, step);
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
