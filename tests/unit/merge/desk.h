// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/assert.h"
#include "sync/merge/hybrid_clock.h"
#include "sync/merge/intent.h"
#include "sync/merge/space_state.h"

#include "tests/support/seeded.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace teren::test {

/// An author whose id is one number; readable in failures.
inline Author authorOf(std::uint8_t device, std::uint64_t life = 1)
{
    Author author{{}, life};
    author.device.bytes.fill(device);
    return author;
}

inline RecordId recordOf(std::uint8_t number)
{
    RecordId record;
    record.bytes.fill(number);
    return record;
}

inline Bytes text(std::string_view value)
{
    return toBytes(viewOf(value));
}

inline HybridStamp stampAt(std::int64_t milliseconds)
{
    return {Instant(std::chrono::milliseconds(milliseconds)), 0};
}

inline Op insertRow(const RecordId& record, std::string type, std::string_view order)
{
    return {OpKind::Insert, record, std::move(type), text(order)};
}

inline Op write(const RecordId& record, std::string field, std::string_view value)
{
    return {OpKind::Assign, record, std::move(field), text(value)};
}

inline Op addTo(const RecordId& record, std::string field, std::string_view element)
{
    return {OpKind::SetAdd, record, std::move(field), text(element)};
}

inline Op takeFrom(const RecordId& record, std::string field, std::string_view element)
{
    return {OpKind::SetRemove, record, std::move(field), text(element)};
}

inline Op deleteRecord(const RecordId& record, std::string_view reason = "")
{
    return {OpKind::Delete, record, {}, text(reason)};
}

/// A worker's device with a replica of one space, which writes and receives changes by hand.
class Desk {
public:
    explicit Desk(std::uint8_t device, ManualClock& clock) : author_(authorOf(device)), clock_(clock, {}) {}

    /// One Save. It takes effect here at once.
    Change save(std::vector<Op> ops)
    {
        complete(ops);
        Change change{
            state_.nextDot(author_), clock_.issue(), {}, state_.nextContext(author_), std::move(ops)};
        TEREN_ASSERT(state_.apply(change).outcome == ApplyReport::Outcome::Applied);
        return change;
    }
    ApplyReport receive(const Change& change)
    {
        clock_.observe(change.stamp);
        return state_.apply(change);
    }
    /// Goes on as a device that was restored.
    void startNewLife() { ++author_.life; }

    /// The different values in force, in the order in which they are shown.
    std::vector<std::string> values(const RecordId& record, std::string_view field) const
    {
        std::vector<std::string> shown;
        const RecordState* found = state_.find(record);
        const Register* values = found == nullptr ? nullptr : found->find(field);
        if (values != nullptr)
            for (const DistinctValue& value : values->distinctValues())
                shown.emplace_back(textOf(value.value));
        return shown;
    }
    Presence presence(const RecordId& record) const
    {
        const RecordState* found = state_.find(record);
        return found == nullptr ? Presence::Alive : found->presence();
    }

    const Author& author() const { return author_; }
    SpaceState& state() { return state_; }
    const SpaceState& state() const { return state_; }

private:
    /// As a store does before it writes. These stories also edit what nobody has inserted.
    void complete(std::vector<Op>& ops)
    {
        std::set<RecordId> written;
        for (const Op& op : ops)
            written.insert(op.record);
        for (const RecordId& id : written) {
            const RecordState* record = state_.find(id);
            if (record == nullptr)
                continue;
            const bool isSaid = std::ranges::any_of(ops, [&](const Op& op) {
                return op.record == id && (op.kind == OpKind::Insert || op.kind == OpKind::Delete);
            });
            if (!isSaid && record->presence() == Presence::Deleted && record->find(kTypeField) == nullptr)
                ops.push_back(insertRow(id, "visit", "a0"));
            completeIntent(ops, id, *record);
        }
    }

    Author author_;
    HybridClock clock_;
    SpaceState state_;
};

}  // namespace teren::test
