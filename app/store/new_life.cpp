// SPDX-License-Identifier: EUPL-1.2
#include "app/store/new_life.h"

#include "app/store/applied_by.h"
#include "app/store/carried.h"
#include "app/store/notices.h"
#include "app/store/receiver.h"
#include "app/store/rows.h"
#include "crypto/base/random_number.h"

#include <algorithm>

namespace teren::store {
namespace {

/// A life that this device has not lived.
std::uint64_t drawLife(Core& core)
{
    const ledger::Membership::Device* self = core.membership.find(core.device);
    for (;;) {
        const std::uint64_t life = randomNumber(core.random);
        const bool used = life == core.keys->life
            || (self != nullptr && std::ranges::find(self->lives, life) != self->lives.end());
        if (!used && life != 0)
            return life;
    }
}

/// `seen` as it stands without the author's changes from `firstLost` on.
VersionVector withoutLost(const VersionVector& seen, const Author& author, std::uint64_t firstLost)
{
    VersionVector kept;
    for (const VersionVector::Entry& entry : seen.entries())
        kept.add({entry.author, entry.author == author ? std::min(entry.seq, firstLost - 1) : entry.seq});
    return kept;
}

/// Keeps what is replaced, as it would have been sealed.
Status setAside(
    Core& core, const SpaceEntry& space, std::span<const LoggedChange> lost, engine::LifeReason reason)
{
    segment::Content content;
    for (const LoggedChange& logged : lost)
        content.changes.push_back(logged.change);
    TEREN_TRY(const std::int64_t author, core.interner.idOf(lost.front().change.dot.author));
    const Bytes bytes = segment::encode(content);
    TEREN_CHECK(
        core.db
            .statement("INSERT INTO set_aside (space, author, first_seq, reason, content) "
                       "VALUES (?, ?, ?, ?, ?)")
            .with(space.row, author, lost.front().change.dot.seq, static_cast<int>(reason), ByteView(bytes))
            .run());
    ChangeLog log(core);
    for (const LoggedChange& logged : lost)
        TEREN_CHECK(log.remove(logged.id));
    return core.db
        .statement(
            "UPDATE segment SET state = 4 WHERE space = ? AND author = ? AND own = 1 AND number IS NULL "
            "AND state = 1 AND first_seq >= ?")
        .with(space.row, author, lost.front().change.dot.seq)
        .run();
}

struct Lost {
    SpaceEntry space;
    std::vector<LoggedChange> changes;
};

/// Up to where work of this life stays as it was sealed: it had numbers that the server has lost, colleagues
/// may have built on it, and nothing of it waits.
Result<std::uint64_t> keptUpTo(Core& core, const SpaceEntry& space)
{
    TEREN_TRY(const std::int64_t author, core.interner.idOf(core.author()));
    sql::Statement& last = core.db.statement(
        "SELECT max(first_seq + count - 1) FROM segment INDEXED BY segment_chain WHERE space = ?1 "
        "AND author = ?2 AND own = 1 AND number IS NULL AND state = 1 AND lost = 1 AND first_seq + count <= "
        "coalesce((SELECT min(seq) FROM change WHERE space = ?1 AND author = ?2 AND state = ?3), 1 << 62)");
    TEREN_TRY(
        const std::int64_t seq,
        numberOf(last.with(space.row, author, static_cast<int>(ChangeState::Waiting))));
    return static_cast<std::uint64_t>(seq);
}

Result<std::vector<Lost>> workToReplace(Core& core, engine::LifeReason reason)
{
    std::vector<Lost> all;
    ChangeLog log(core);
    for (const auto& [id, space] : core.spaces) {
        TEREN_TRY(std::vector<LoggedChange> changes, log.of(space, core.author(), ChangeLog::Which::Unsent));
        if (reason == engine::LifeReason::HeldUp) {
            TEREN_TRY(const std::uint64_t kept, keptUpTo(core, space));
            std::erase_if(
                changes, [kept](const LoggedChange& logged) { return logged.change.dot.seq <= kept; });
        }
        if (!changes.empty())
            all.push_back({space, std::move(changes)});
    }
    return all;
}

Status rebuildSpace(Core& core, const SpaceEntry& space)
{
    SpaceWriter writer(core, space);
    TEREN_CHECK(writer.rebuild());
    return writer.finish();
}

Status issueAgain(Core& core, const Lost& lost, const Author& old)
{
    SpaceWriter writer(core, lost.space);
    TEREN_CHECK(writer.load());
    const std::uint64_t firstLost = lost.changes.front().change.dot.seq;
    for (const LoggedChange& logged : lost.changes) {
        if (logged.state == ChangeState::Voided)
            continue;  // To be entered again by a person, if at all.
        const VersionVector seen = logged.seen.value_or(VersionVector{});
        TEREN_TRY(const Dot dot, writer.reissue(logged.change, withoutLost(seen, old, firstLost)));
        (void)dot;
    }
    return writer.finish();
}

NoticeKind kindOf(engine::LifeReason reason)
{
    switch (reason) {
    case engine::LifeReason::Restored:
        return NoticeKind::Restored;
    case engine::LifeReason::HeldUp:
        return NoticeKind::HeldUp;
    case engine::LifeReason::RolledBack:
        return NoticeKind::RolledBack;
    case engine::LifeReason::Forked:
        break;
    }
    return NoticeKind::InTwoPlaces;
}

/// The life in the words makes each time a notice of its own.
Status tellOf(Core& core, engine::LifeReason reason)
{
    return Notices(core).tell(kindOf(reason), {std::to_string(core.keys->life)});
}

}  // namespace

Status beginNewLife(Core& core, engine::LifeReason reason)
{
    const Author old = core.author();
    TEREN_TRY(const std::vector<Lost> lost, workToReplace(core, reason));
    for (const Lost& space : lost)
        TEREN_CHECK(setAside(core, space.space, space.changes, reason));
    core.keys->life = drawLife(core);
    core.own.lifeLost = false;
    for (const Lost& space : lost)
        TEREN_CHECK(rebuildSpace(core, space.space));
    Receiver receiver(core);
    const std::map<SpaceId, SpaceEntry> spaces = core.spaces;
    for (const auto& [id, space] : spaces)
        TEREN_CHECK(receiver.retryStalled(space));
    for (const Lost& space : lost)
        TEREN_CHECK(issueAgain(core, space, old));
    TEREN_CHECK(countOwnCarried(core));
    TEREN_CHECK(AppliedBy(core).tellAllAgain());
    TEREN_CHECK(tellOf(core, reason));
    return core.saveOwn();
}

Status leaveHeldUp(Core& core, const SpaceEntry& space)
{
    SpaceWriter writer(core, space);
    TEREN_CHECK(writer.load());
    TEREN_TRY(const bool isHeldUp, writer.isHeldUp());
    return isHeldUp ? beginNewLife(core, engine::LifeReason::HeldUp) : Status{};
}

Status leaveHeldUp(Core& core)
{
    const ledger::Membership::Device* self = core.membership.find(core.device);
    if (self == nullptr || !self->isMember())
        return {};
    TEREN_TRY(const std::int64_t author, core.interner.idOf(core.author()));
    sql::Statement& waiting
        = core.db.statement("SELECT count(*) FROM change WHERE unsent = 1 AND state = ? AND author = ?");
    TEREN_TRY(
        const std::int64_t count, numberOf(waiting.with(static_cast<int>(ChangeState::Waiting), author)));
    return count > 0 ? beginNewLife(core, engine::LifeReason::HeldUp) : Status{};
}

}  // namespace teren::store
