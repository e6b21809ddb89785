// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/change.h"

#include "crypto/base/limits.h"
#include "crypto/base/utf8.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace teren {
namespace {

Status validateDot(const Dot& dot)
{
    if (dot.seq == 0)
        return fail(Errc::Invalid, "change number 0");
    if (dot.seq > limits::kSeqMax)
        return fail(Errc::LimitExceeded, "change number above the limit");
    return {};
}

Status validateContext(const Change& change)
{
    if (change.context.size() > limits::kContextMax)
        return fail(Errc::LimitExceeded, "context of " + std::to_string(change.context.size()) + " dots");
    const Author* previous = nullptr;
    for (const Dot& dot : change.context) {
        TEREN_CHECK(validateDot(dot));
        if (dot.author == change.dot.author)
            return fail(Errc::Invalid, "context cites its own author");
        if (previous != nullptr && *previous >= dot.author)
            return fail(Errc::Invalid, "context is not sorted by author, one dot each");
        previous = &dot.author;
    }
    return {};
}

bool isName(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, [](char c) { return c > ' ' && c <= '~'; });
}

Status validateField(const Op& op)
{
    if (op.kind == OpKind::Delete)
        return op.field.empty() ? Status{} : fail(Errc::Invalid, "a deletion names a field");
    if (!isName(op.field))
        return fail(Errc::Invalid, "a field or type name is not printable ASCII");
    const bool movesRow = op.kind == OpKind::Assign && op.field == kOrderField;
    if ((movesRow || op.kind == OpKind::Insert) && op.value.size() > limits::kOrderKeyMax)
        return fail(Errc::LimitExceeded, "an order key of " + std::to_string(op.value.size()) + " bytes");
    if (op.field.front() == '@' && !movesRow)
        return fail(Errc::Invalid, "a reserved field name");
    return {};
}

bool isKnown(OpKind kind)
{
    return kind >= OpKind::Insert && kind <= OpKind::Delete;
}

Status validateOp(const Op& op)
{
    if (op.field.size() > limits::kNameMax)
        return fail(Errc::LimitExceeded, "a name of " + std::to_string(op.field.size()) + " bytes");
    if (op.value.size() > limits::kValueMax)
        return fail(Errc::LimitExceeded, "a value of " + std::to_string(op.value.size()) + " bytes");
    if (!isKnown(op.kind))
        return {};
    TEREN_CHECK(validateField(op));
    if (!isUtf8(op.value))
        return fail(Errc::Invalid, "a value is not UTF-8");
    return {};
}

/// The order of operations inside one change must not matter, so none may undo another.
Status validateTogether(const Change& change)
{
    std::set<std::tuple<RecordId, std::string_view>> assigned;
    std::set<std::tuple<RecordId, std::string_view, std::string_view>> elements;
    std::set<RecordId> deleted;
    std::set<RecordId> edited;
    for (const Op& op : change.ops) {
        if (!isKnown(op.kind))
            continue;
        const bool isDelete = op.kind == OpKind::Delete;
        if (isDelete && !deleted.insert(op.record).second)
            return fail(Errc::Invalid, "a record is deleted twice");
        if (!isDelete)
            edited.insert(op.record);
        if (op.kind == OpKind::Insert
            && !(
                assigned.insert({op.record, kTypeField}).second
                && assigned.insert({op.record, kOrderField}).second))
            return fail(Errc::Invalid, "a row is placed twice");
        if (op.kind == OpKind::Assign && !assigned.insert({op.record, op.field}).second)
            return fail(Errc::Invalid, "a field is assigned twice");
        if ((op.kind == OpKind::SetAdd || op.kind == OpKind::SetRemove)
            && !elements.insert({op.record, op.field, textOf(op.value)}).second)
            return fail(Errc::Invalid, "a set element is added or removed twice");
    }
    if (std::ranges::any_of(deleted, [&](const RecordId& record) { return edited.contains(record); }))
        return fail(Errc::Invalid, "a record is deleted and edited at once");
    return {};
}

}  // namespace

Status validate(const Change& change)
{
    TEREN_CHECK(validateDot(change.dot));
    TEREN_CHECK(validateContext(change));
    if (change.ops.size() > limits::kOpsPerChangeMax)
        return fail(Errc::LimitExceeded, std::to_string(change.ops.size()) + " operations in one change");
    for (const Op& op : change.ops)
        TEREN_CHECK(validateOp(op));
    return validateTogether(change);
}

}  // namespace teren
