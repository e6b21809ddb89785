// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/space_state.h"

#include "crypto/base/assert.h"

#include <algorithm>

namespace teren {
namespace {

using Outcome = ApplyReport::Outcome;

Outcome outcomeOf(CausalBuffer::Admission admission)
{
    switch (admission) {
    case CausalBuffer::Admission::Admitted:
        return Outcome::Waiting;
    case CausalBuffer::Admission::Duplicate:
        return Outcome::Duplicate;
    case CausalBuffer::Admission::Fork:
        return Outcome::Fork;
    case CausalBuffer::Admission::Full:
        return Outcome::Full;
    }
    return Outcome::Full;
}

}  // namespace

ApplyReport SpaceState::apply(Change change)
{
    ApplyReport report;
    if (const Status valid = validate(change); !valid) {
        report.outcome = Outcome::Invalid;
        report.reason = valid.error();
        return report;
    }
    const Dot dot = change.dot;
    report.outcome = admit(std::move(change));
    if (report.outcome == Outcome::Waiting) {
        report.applied = drain();
        if (held_.contains(dot))
            report.outcome = Outcome::Applied;
    }
    return report;
}

ApplyReport::Outcome SpaceState::admit(Change change)
{
    if (const Change* known = this->change(change.dot))
        return *known == change ? Outcome::Duplicate : Outcome::Fork;
    if (voids_.contains(change.dot)) {
        voided_.emplace(change.dot, std::move(change));
        return Outcome::Voided;
    }
    return outcomeOf(pending_.offer(std::move(change), applied_));
}

std::vector<Dot> SpaceState::drain()
{
    std::vector<Dot> dots;
    while (std::optional<Change> next = pending_.takeReady(applied_)) {
        dots.push_back(next->dot);
        applyReady(*std::move(next));
    }
    return dots;
}

void SpaceState::applyReady(Change change)
{
    const Dot dot = change.dot;
    VersionVector seen = teren::seenBy(change, *this, voids_);
    for (std::uint32_t index = 0; index < change.ops.size(); ++index) {
        const auto [record, added] = records_.try_emplace(change.ops[index].record);
        applyOp(record->second, change, index, seen);
        if (record->second.empty())
            records_.erase(record);
    }
    applied_.add({dot.author, voids_.advance(dot.author, dot.seq)});
    order_.push_back(dot);
    held_.emplace(dot, Held{std::move(change), std::move(seen)});
}

std::vector<Dot> SpaceState::voidRange(VoidRange range)
{
    voids_.add(range);
    for (Change& change : pending_.takeVoided(voids_))
        voided_.emplace(change.dot, std::move(change));
    if (std::ranges::any_of(order_, [this](const Dot& dot) { return voids_.contains(dot); }))
        rebuild();
    applied_.add({range.author, voids_.advance(range.author, applied_.of(range.author))});
    return drain();
}

void SpaceState::rebuild()
{
    const std::vector<Dot> order = std::exchange(order_, {});
    std::map<Dot, Held> held = std::exchange(held_, {});
    const VersionVector applied = applied_;
    records_.clear();
    for (const Dot& dot : order) {
        Change& change = held.at(dot).change;
        if (voids_.contains(dot))
            voided_.emplace(dot, std::move(change));
        else
            applyReady(std::move(change));
    }
    TEREN_ASSERT(applied_.covers(applied));
}

Dot SpaceState::nextDot(const Author& own) const
{
    return {own, applied_.of(own) + 1};
}

std::vector<Dot> SpaceState::nextContext(const Author& own) const
{
    return maximalDots(applied_, own, *this, voids_);
}

std::optional<VersionVector> SpaceState::seenBy(const Dot& dot) const
{
    const auto found = held_.find(dot);
    return found == held_.end() ? std::nullopt : std::optional(found->second.seen);
}

const RecordState* SpaceState::find(const RecordId& record) const
{
    const auto found = records_.find(record);
    return found == records_.end() ? nullptr : &found->second;
}

std::vector<Conflict> SpaceState::conflicts() const
{
    std::vector<Conflict> all;
    for (const auto& [id, record] : records_)
        std::ranges::move(conflictsOf(id, record), std::back_inserter(all));
    return all;
}

std::vector<HistoryEntry> SpaceState::history(const RecordId& record, std::string_view field) const
{
    std::vector<HistoryEntry> entries;
    for (const Dot& dot : order_) {
        const Held& held = held_.at(dot);
        for (std::uint32_t index = 0; index < held.change.ops.size(); ++index)
            if (held.change.ops[index].record == record)
                if (std::optional<FieldValue> value = valueFor(held.change, index, field))
                    entries.push_back({*std::move(value), held.seen});
    }
    return entries;
}

const Change* SpaceState::change(const Dot& dot) const
{
    if (const auto found = held_.find(dot); found != held_.end())
        return &found->second.change;
    if (const auto found = voided_.find(dot); found != voided_.end())
        return &found->second;
    return nullptr;
}

Hash SpaceState::digest() const
{
    StateDigest digest;
    for (const auto& [id, record] : records_)
        for (const auto& [field, values] : record.fields)
            for (const FieldValue& value : values.values())
                digest.add(id, field, value);
    for (const auto& [id, record] : records_)
        for (const Tombstone& tombstone : record.tombstones)
            digest.add(id, tombstone);
    return digest.finish(applied_);
}

}  // namespace teren
