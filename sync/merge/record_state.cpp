// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/record_state.h"

#include "crypto/base/assert.h"

#include <algorithm>

namespace teren {
namespace {

void removeElement(RecordState& record, const Op& op, const VersionVector& seen)
{
    const auto field = record.fields.find(op.field);
    if (field == record.fields.end())
        return;
    field->second.setRemove(seen, op.value);
    if (field->second.empty())
        record.fields.erase(field);
}

}  // namespace

void bury(std::vector<Tombstone>& tombstones, Tombstone own)
{
    restore(tombstones, own.seen);
    const auto place = std::ranges::lower_bound(tombstones, own.dot, {}, &Tombstone::dot);
    TEREN_ASSERT(place == tombstones.end() || place->dot != own.dot);  // A change is applied once.
    tombstones.insert(place, std::move(own));
}

bool restore(std::vector<Tombstone>& tombstones, const VersionVector& seen)
{
    return std::erase_if(tombstones, [&](const Tombstone& stone) { return seen.contains(stone.dot); }) > 0;
}

Presence RecordState::presence() const
{
    if (tombstones.empty())
        return Presence::Alive;
    const auto hidden = [this](const FieldValue& value) {
        return std::ranges::any_of(
            tombstones, [&](const Tombstone& stone) { return stone.seen.contains(value.dot); });
    };
    const bool allHidden = std::ranges::all_of(
        fields, [&](const auto& field) { return std::ranges::all_of(field.second.values(), hidden); });
    return allHidden ? Presence::Deleted : Presence::DeletedButEdited;
}

const Register* RecordState::find(std::string_view field) const
{
    const auto found = fields.find(field);
    return found == fields.end() ? nullptr : &found->second;
}

std::vector<Conflict> conflictsOf(const RecordId& id, const RecordState& record)
{
    const Presence presence = record.presence();
    if (presence == Presence::Deleted)
        return {};
    std::vector<Conflict> conflicts;
    for (const auto& [field, values] : record.fields)
        if (field != kOrderField && values.inConflict())
            conflicts.push_back({id, Conflict::Kind::EditedApart, field});
    if (presence == Presence::DeletedButEdited)
        conflicts.push_back({id, Conflict::Kind::DeletedHereEditedThere, {}});
    return conflicts;
}

std::optional<FieldValue> valueFor(const Change& change, std::uint32_t index, std::string_view field)
{
    const Op& op = change.ops[index];
    const auto valueOf = [&](OpKind kind, ByteView bytes) {
        return FieldValue{change.dot, index, kind, change.stamp, toBytes(bytes)};
    };
    if (op.kind == OpKind::Insert && field == kTypeField)
        return valueOf(OpKind::Assign, viewOf(op.field));
    if (op.kind == OpKind::Insert && field == kOrderField)
        return valueOf(OpKind::Assign, op.value);
    if ((op.kind == OpKind::Assign || op.kind == OpKind::SetAdd) && op.field == field)
        return valueOf(op.kind, op.value);
    return std::nullopt;
}

void applyOp(RecordState& record, const Change& change, std::uint32_t index, const VersionVector& seen)
{
    const Op& op = change.ops[index];
    const auto assign = [&](std::string_view field) {
        record.fields[std::string(field)].assign(seen, *valueFor(change, index, field));
    };
    if (op.kind == OpKind::Insert)
        restore(record.tombstones, seen);
    switch (op.kind) {
    case OpKind::Insert:
        assign(kTypeField);
        assign(kOrderField);
        return;
    case OpKind::Assign:
        assign(op.field);
        return;
    case OpKind::SetAdd:
        // NOLINTNEXTLINE(bugprone-unchecked-optional-access): an operation has a value for its own field.
        record.fields[op.field].setAdd(seen, *valueFor(change, index, op.field));
        return;
    case OpKind::SetRemove:
        removeElement(record, op, seen);
        return;
    case OpKind::Delete:
        bury(record.tombstones, {change.dot, change.stamp, seen, op.value});
        return;
    }
}

}  // namespace teren
