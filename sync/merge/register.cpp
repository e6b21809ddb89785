// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/register.h"

#include "crypto/base/assert.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace teren {
namespace {

bool before(const FieldValue& left, const FieldValue& right)
{
    return std::tie(left.dot, left.index) < std::tie(right.dot, right.index);
}

bool writtenBefore(const Writing& left, const Writing& right)
{
    return std::tie(left.stamp, left.dot, left.index) < std::tie(right.stamp, right.dot, right.index);
}

}  // namespace

Register::Register(std::vector<FieldValue> values) : values_(std::move(values))
{
    TEREN_ASSERT(std::ranges::is_sorted(values_, before));
}

void Register::assign(const VersionVector& seen, FieldValue own)
{
    TEREN_ASSERT(!seen.contains(own.dot));
    std::erase_if(values_, [&](const FieldValue& value) { return seen.contains(value.dot); });
    insert(std::move(own));
}

void Register::setAdd(const VersionVector& seen, FieldValue own)
{
    TEREN_ASSERT(!seen.contains(own.dot));
    setRemove(seen, own.value);
    insert(std::move(own));
}

void Register::setRemove(const VersionVector& seen, ByteView element)
{
    std::erase_if(values_, [&](const FieldValue& value) {
        return value.kind == OpKind::SetAdd && seen.contains(value.dot)
            && std::ranges::equal(value.value, element);
    });
}

void Register::insert(FieldValue own)
{
    const auto place = std::ranges::lower_bound(values_, own, before);
    TEREN_ASSERT(place == values_.end() || before(own, *place));  // A change is applied once.
    values_.insert(place, std::move(own));
}

bool Register::inConflict() const
{
    const FieldValue* first = nullptr;
    for (const FieldValue& value : values_) {
        if (value.kind != OpKind::Assign)
            continue;
        if (first != nullptr && first->value != value.value)
            return true;
        first = &value;
    }
    return false;
}

std::vector<DistinctValue> Register::distinctValues() const
{
    std::map<Bytes, std::vector<Writing>> groups;
    for (const FieldValue& value : values_)
        groups[value.value].push_back({value.dot, value.index, value.stamp});
    std::vector<DistinctValue> distinct;
    for (auto& [value, writings] : groups) {
        std::ranges::sort(writings, writtenBefore);
        distinct.push_back({value, std::move(writings)});
    }
    std::ranges::sort(distinct, writtenBefore, [](const DistinctValue& value) -> const Writing& {
        return value.writings.front();
    });
    return distinct;
}

}  // namespace teren
