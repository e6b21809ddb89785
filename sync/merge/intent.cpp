// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/intent.h"

#include "sync/merge/reading.h"

#include <algorithm>

namespace teren {
namespace {

Bytes orderOf(const RecordState& state)
{
    const Register* order = state.find(kOrderField);
    if (order == nullptr)
        return {};
    const Reading reading = read(ReadingPolicy::Latest, *order);
    return reading.inForce ? reading.values[*reading.inForce].value : Bytes();
}

/// Inserting writes the place too, so a move of the same row goes into it.
void insertAgain(std::vector<Op>& ops, const RecordId& record, const RecordState& state)
{
    const Register* type = state.find(kTypeField);
    if (type == nullptr)
        return;
    Bytes order = orderOf(state);
    const auto move = std::ranges::find_if(ops, [&](const Op& op) {
        return op.record == record && op.kind == OpKind::Assign && op.field == kOrderField;
    });
    if (move != ops.end()) {
        order = std::move(move->value);
        ops.erase(move);
    }
    std::string typeName(textOf(type->distinctValues().front().value));
    ops.push_back({OpKind::Insert, record, std::move(typeName), std::move(order)});
}

}  // namespace

void completeIntent(std::vector<Op>& ops, const RecordId& record, const RecordState& state)
{
    bool edits = false;
    bool leavesValue = false;
    for (const Op& op : ops) {
        if (op.record != record)
            continue;
        if (op.kind == OpKind::Insert || op.kind == OpKind::Delete)
            return;  // Said in so many words.
        const bool gives = op.kind == OpKind::Assign || op.kind == OpKind::SetAdd;
        edits = edits || gives || op.kind == OpKind::SetRemove;
        leavesValue = leavesValue || gives;
    }
    if (!edits)
        return;
    const Presence presence = state.presence();
    if (presence == Presence::Deleted)
        insertAgain(ops, record, state);
    else if (presence == Presence::DeletedButEdited && !leavesValue)
        ops.push_back({OpKind::Assign, record, std::string(kOrderField), orderOf(state)});
}

}  // namespace teren
