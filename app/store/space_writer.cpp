// SPDX-License-Identifier: EUPL-1.2
#include "app/store/space_writer.h"

#include "app/store/attachment_refs.h"
#include "crypto/base/assert.h"
#include "crypto/base/limits.h"
#include "sync/merge/intent.h"

#include <algorithm>
#include <limits>

namespace teren::store {
namespace {

/// What a segment adds to its content in the worst case: padding by PADMÉ (12 %), seal, tables, contexts.
constexpr std::size_t kChangeBytesMax = limits::kSegmentBodyMax - limits::kSegmentBodyMax / 8 - 32'768;
constexpr std::size_t kOpBytes = 32;

}  // namespace

Status checkSize(std::span<const Op> ops)
{
    std::size_t bytes = 0;
    for (const Op& op : ops)
        bytes += kOpBytes + op.field.size() + op.value.size();
    if (bytes > kChangeBytesMax)
        return fail(Errc::LimitExceeded, "a change of " + std::to_string(bytes) + " bytes; save it in parts");
    return {};
}

Status SpaceWriter::load()
{
    TEREN_TRY(applied_, log_.applied(space_));
    appliedBefore_ = applied_;
    // A void counts as applied, also one that came before anything else of the space.
    for (const VoidRange& range : voids_.ranges())
        applied_.add({range.author, voids_.advance(range.author, applied_.of(range.author))});
    TEREN_TRY(nextId_, log_.nextId());
    return {};
}

// ---- changes made here ---------------------------------------------------------------------------------

Result<Dot> SpaceWriter::write(std::vector<Op> ops, const std::optional<GroupId>& group)
{
    std::set<RecordId> written;
    for (const Op& op : ops)
        written.insert(op.record);
    for (const RecordId& id : written) {
        TEREN_TRY(const LoadedRecord* target, record(id));
        completeIntent(ops, id, target->state);
    }
    TEREN_CHECK(checkSize(ops));
    Change change;
    change.stamp = core_.stamps->issue();
    change.group = group;
    change.ops = std::move(ops);
    TEREN_CHECK(rememberFrontier(applied_));
    change.context = maximalDots(applied_, core_.author(), *this, voids_);
    TEREN_CHECK(joinLargeContext(change.context, change.stamp));
    return writeOwn(std::move(change));
}

/// More people have worked apart than one change may cite: changes without operations join them first.
Status SpaceWriter::joinLargeContext(std::vector<Dot>& context, HybridStamp stamp)
{
    while (context.size() > limits::kContextMax) {
        Change join;
        join.stamp = stamp;
        join.context.assign(context.begin(), context.begin() + limits::kContextMax);
        context.erase(context.begin(), context.begin() + limits::kContextMax);
        TEREN_TRY(const Dot dot, writeOwn(std::move(join)));
        (void)dot;  // The next own change builds on it without citing it.
    }
    return {};
}

Result<Dot> SpaceWriter::reissue(Change change, const VersionVector& wasSeen)
{
    VersionVector seen;
    for (const VersionVector::Entry& entry : wasSeen.entries())
        if (const std::uint64_t here = std::min(entry.seq, applied_.of(entry.author)); here > 0)
            seen.add({entry.author, here});
    TEREN_CHECK(rememberFrontier(seen));
    change.context = maximalDots(seen, core_.author(), *this, voids_);
    TEREN_CHECK(joinLargeContext(change.context, change.stamp));
    return writeOwn(std::move(change));
}

Result<Dot> SpaceWriter::adopt(const Change& from)
{
    VersionVector seen;
    std::vector<Dot> cited = from.context;
    if (from.dot.seq > 1)
        cited.push_back({from.dot.author, from.dot.seq - 1});
    for (const Dot& dot : cited) {
        const std::optional<Dot> kept = voids_.lastKept(dot);
        // What it had seen that is not here, or does not count, was seen by nobody who reads this.
        if (!kept || !applied_.contains(*kept))
            continue;
        TEREN_TRY(const VersionVector before, log_.seenBy(space_, *kept));
        for (const VersionVector::Entry& entry : before.entries())
            seen.add({entry.author, entry.seq});
        seen.add(*kept);
    }
    Change change;
    change.stamp = core_.stamps->issue();
    change.ops = from.ops;
    std::set<RecordId> records;
    for (const Op& op : from.ops)
        records.insert(op.record);
    const std::string origin = from.dot.author.device.hex() + ":" + std::to_string(from.dot.author.life) + ":"
        + std::to_string(from.dot.seq);
    for (const RecordId& touched : records)
        change.ops.push_back({OpKind::SetAdd, touched, std::string(kAdoptedField), toBytes(viewOf(origin))});
    TEREN_CHECK(checkSize(change.ops));
    return reissue(std::move(change), seen);
}

Result<bool> SpaceWriter::isHeldUp()
{
    const Author author = core_.author();
    TEREN_TRY(const std::optional<LoggedChange> next, log_.find(space_, {author, applied_.of(author) + 1}));
    return next.has_value();
}

Result<Dot> SpaceWriter::writeOwn(Change change)
{
    const Author author = core_.author();
    change.dot = {author, applied_.of(author) + 1};
    const Dot dot = change.dot;
    TEREN_CHECK(validate(change));
    const std::size_t row = addRow(std::move(change), ChangeState::Waiting, true);
    rows_[row].logged.unsent = true;
    rows_[row].logged.sealed = false;
    TEREN_CHECK(applyRow(row));
    return dot;
}

// ---- changes from the log ------------------------------------------------------------------------------

Result<SpaceWriter::Outcome> SpaceWriter::take(Change change, bool own)
{
    if (!validate(change))
        return Outcome::Invalid;
    TEREN_TRY(const std::optional<Outcome> repeated, known(change));
    if (repeated)
        return *repeated;
    core_.stamps->observe(change.stamp);
    const Dot dot = change.dot;
    if (voids_.contains(dot)) {
        addRow(std::move(change), ChangeState::Voided, own);
        return Outcome::Voided;
    }
    if (isReady(change, applied_)) {
        TEREN_CHECK(applyRow(addRow(std::move(change), ChangeState::Waiting, own)));
        TEREN_CHECK(loadPending());
        TEREN_CHECK(drain());
        return Outcome::Applied;
    }
    TEREN_CHECK(lookForForgotten(change));
    TEREN_CHECK(loadPending());
    if (pending_.offer(change, applied_) == CausalBuffer::Admission::Full)
        return Outcome::Full;
    addRow(std::move(change), ChangeState::Waiting, own);
    return Outcome::Waiting;
}

Result<std::optional<SpaceWriter::Outcome>> SpaceWriter::known(const Change& change)
{
    const auto judge
        = [&](const Change& held) { return held == change ? Outcome::Duplicate : Outcome::Fork; };
    if (const auto row = rowOf_.find(change.dot); row != rowOf_.end())
        return std::optional(judge(rows_[row->second].logged.change));
    TEREN_TRY(const std::optional<LoggedChange> stored, log_.find(space_, change.dot));
    if (stored)
        return std::optional(judge(stored->change));
    if (applied_.contains(change.dot) && !voids_.contains(change.dot))
        return std::optional(Outcome::Duplicate);
    return std::optional<Outcome>();
}

/// Its author has seen what this device wrote, and it is not here.
Status SpaceWriter::lookForForgotten(const Change& change)
{
    const Author self = core_.author();
    for (const Dot& cited : change.context) {
        if (cited.author != self || applied_.contains(cited))
            continue;
        TEREN_TRY(const std::optional<LoggedChange> held, log_.find(space_, cited));
        citesForgotten_ = citesForgotten_ || !held;
    }
    return {};
}

Status SpaceWriter::loadPending()
{
    if (pendingLoaded_)
        return {};
    pendingLoaded_ = true;
    TEREN_TRY(std::vector<LoggedChange> waiting, log_.waiting(space_));
    for (LoggedChange& logged : waiting) {
        // They fitted when they came; nothing that is stored is ever turned away.
        pending_.offer(logged.change, applied_);
        rowOf_.emplace(logged.change.dot, rows_.size());
        rows_.push_back({std::move(logged), true, false});
    }
    return {};
}

Status SpaceWriter::drain()
{
    while (const std::optional<Change> next = pending_.takeReady(applied_))
        TEREN_CHECK(applyRow(rowOf_.at(next->dot)));
    return {};
}

std::size_t SpaceWriter::addRow(Change change, ChangeState state, bool own)
{
    Row row;
    row.logged.id = nextId_++;
    row.logged.change = std::move(change);
    row.logged.state = state;
    row.logged.own = own;
    row.logged.sealed = true;
    rowOf_.emplace(row.logged.change.dot, rows_.size());
    rows_.push_back(std::move(row));
    return rows_.size() - 1;
}

Status SpaceWriter::applyRow(std::size_t index)
{
    LoggedChange& logged = rows_[index].logged;
    const Dot dot = logged.change.dot;
    if (dot.seq > 1)
        TEREN_CHECK(remember({dot.author, dot.seq - 1}));
    for (const Dot& cited : logged.change.context)
        TEREN_CHECK(remember(cited));
    const VersionVector seen = teren::seenBy(logged.change, *this, voids_);
    logged.seen = seen;
    logged.state = ChangeState::Applied;
    rows_[index].changed = true;
    TEREN_CHECK(applyOps(logged, seen));
    applied_.add({dot.author, voids_.advance(dot.author, dot.seq)});
    seen_.insert_or_assign(dot, seen);
    ++appliedCount_;
    return {};
}

Status SpaceWriter::applyOps(const LoggedChange& logged, const VersionVector& seen)
{
    for (std::uint32_t index = 0; index < logged.change.ops.size(); ++index) {
        const Op& op = logged.change.ops[index];
        TEREN_TRY(LoadedRecord * target, record(op.record));
        target->changeIds.emplace(logged.change.dot, logged.id);
        if (op.kind == OpKind::Delete)
            target->tombstoneOps.emplace(logged.change.dot, opIdOf(logged.id, index, 0));
        applyOp(target->state, logged.change, index, seen);
        target->touched = true;
    }
    return {};
}

Result<LoadedRecord*> SpaceWriter::record(const RecordId& id)
{
    if (const auto found = loaded_.find(id); found != loaded_.end())
        return &found->second;
    TEREN_TRY(LoadedRecord loaded, records_.load(space_, id));
    return &loaded_.emplace(id, std::move(loaded)).first->second;
}

// ---- what changes had seen -----------------------------------------------------------------------------

std::optional<VersionVector> SpaceWriter::seenBy(const Dot& dot) const
{
    const auto found = seen_.find(dot);
    return found == seen_.end() ? std::nullopt : std::optional(found->second);
}

/// Fetches what the kept change behind `cited` had seen: the merge functions ask only for that.
Status SpaceWriter::remember(const Dot& cited)
{
    const std::optional<Dot> kept = voids_.lastKept(cited);
    if (!kept || seen_.contains(*kept))
        return {};
    TEREN_TRY(VersionVector seen, log_.seenBy(space_, *kept));
    seen_.emplace(*kept, std::move(seen));
    return {};
}

Status SpaceWriter::rememberFrontier(const VersionVector& applied)
{
    for (const VersionVector::Entry& entry : applied.entries())
        TEREN_CHECK(remember({entry.author, entry.seq}));
    return {};
}

// ---- rebuilding and writing ----------------------------------------------------------------------------

Status SpaceWriter::rebuild()
{
    TEREN_CHECK(load());
    applied_ = appliedBefore_ = {};
    pendingLoaded_ = true;
    // What was taken in once has its place; the bound is for what comes.
    pending_ = CausalBuffer(std::numeric_limits<std::size_t>::max());
    TEREN_CHECK(core_.db.statement("DELETE FROM applied WHERE space = ?").with(space_.row).run());
    TEREN_TRY(std::vector<LoadedRecord> cleared, records_.clear(space_));
    for (LoadedRecord& record : cleared)
        loaded_.emplace(record.id, std::move(record));
    for (const VoidRange& range : voids_.ranges())
        applied_.add({range.author, voids_.advance(range.author, 0)});
    TEREN_TRY(std::vector<LoggedChange> changes, log_.all(space_));
    for (LoggedChange& logged : changes) {
        const bool isVoid = voids_.contains(logged.change.dot);
        logged.state = isVoid ? ChangeState::Voided : ChangeState::Waiting;
        // Ours may wait from here on, and be issued again as what it was made on.
        if (isVoid || !logged.own)
            logged.seen.reset();
        if (!isVoid)
            pending_.offer(logged.change, applied_);
        rowOf_.emplace(logged.change.dot, rows_.size());
        rows_.push_back({std::move(logged), true, true});
    }
    return drain();
}

Status SpaceWriter::finish()
{
    for (auto& [id, record] : loaded_)
        if (record.touched)
            live_.emplace(id, RecordTable::liveOf(record));
    for (const Row& row : rows_)
        TEREN_CHECK(writeRow(row));
    for (const auto& [id, record] : loaded_)
        if (record.touched)
            TEREN_CHECK(records_.save(record, live_.at(id), inserted_[id]));
    return log_.saveApplied(space_, appliedBefore_, applied_);
}

Status SpaceWriter::writeRow(const Row& row)
{
    if (row.stored)
        return row.changed ? log_.updateState(row.logged) : Status{};
    TEREN_CHECK(log_.insert(space_, row.logged));
    return writeOps(row.logged);
}

Status SpaceWriter::writeOps(const LoggedChange& logged)
{
    AttachmentRefs attachments(core_.db);
    const auto put
        = [&](const Op& op, std::uint32_t index, std::string_view field, ByteView value) -> Status {
        if (op.kind == OpKind::Assign)
            TEREN_CHECK(attachments.note(space_.row, op.record, field, value));
        TEREN_TRY(const LoadedRecord* target, record(op.record));
        TEREN_TRY(const std::int64_t name, core_.interner.idOf(field));
        const std::int64_t id = opIdOf(logged.id, index, partOf(field));
        const auto live = live_.find(op.record);
        const bool isLive = live != live_.end() && live->second.contains(id);
        inserted_[op.record].insert(id);
        return log_.insertOp(id, target->row, name, op.kind, value, isLive);
    };
    for (std::uint32_t index = 0; index < logged.change.ops.size(); ++index) {
        const Op& op = logged.change.ops[index];
        if (op.kind != OpKind::Insert) {
            TEREN_CHECK(put(op, index, op.field, op.value));
            continue;
        }
        TEREN_CHECK(put(op, index, kTypeField, viewOf(op.field)));
        TEREN_CHECK(put(op, index, kOrderField, op.value));
    }
    return {};
}

}  // namespace teren::store
