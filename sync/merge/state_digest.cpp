// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/state_digest.h"

#include "crypto/base/assert.h"

namespace teren {

StateDigest::StateDigest()
{
    hasher_.add("teren.digest.v1");
}

void StateDigest::add(const RecordId& record, std::string_view field, const FieldValue& value)
{
    TEREN_ASSERT(!inTombstones_);
    advanceTo({record, std::string(field), value.dot, value.index});
    hasher_.add("V").add(record.bytes).addNumber(field.size()).add(field);
    addDot(value.dot);
    hasher_.addNumber(value.index).addNumber(static_cast<std::uint64_t>(value.kind));
    addStamp(value.stamp);
    hasher_.add(blake2b({value.value}));
}

void StateDigest::add(const RecordId& record, const Tombstone& tombstone)
{
    if (!inTombstones_)
        last_.reset();
    inTombstones_ = true;
    advanceTo({record, {}, tombstone.dot, 0});
    hasher_.add("T").add(record.bytes);
    addDot(tombstone.dot);
    addStamp(tombstone.stamp);
    addVector(tombstone.seen);
    hasher_.add(blake2b({tombstone.reason}));
}

Hash StateDigest::finish(const VersionVector& applied)
{
    hasher_.add("A");
    addVector(applied);
    return hasher_.finish();
}

void StateDigest::advanceTo(Place place)
{
    TEREN_ASSERT(!last_ || *last_ < place);
    last_ = std::move(place);
}

void StateDigest::addDot(const Dot& dot)
{
    hasher_.add(dot.author.device.bytes).addNumber(dot.author.life).addNumber(dot.seq);
}

void StateDigest::addStamp(HybridStamp stamp)
{
    const auto wall = stamp.wall.time_since_epoch().count();
    hasher_.addNumber(static_cast<std::uint64_t>(wall)).addNumber(stamp.tick);
}

void StateDigest::addVector(const VersionVector& vector)
{
    hasher_.addNumber(vector.entries().size());
    for (const VersionVector::Entry& entry : vector.entries())
        addDot({entry.author, entry.seq});
}

}  // namespace teren
