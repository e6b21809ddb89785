// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/proto_field.h"

namespace teren::ledger {
namespace {

/// 9999-12-31T23:59:59.999Z. Later times do not print as dates, and sums of them could overflow.
constexpr std::uint64_t kInstantMax = 253'402'300'799'999;

/// Reads the four wire types that proto3 writes.
class FieldReader {
public:
    explicit FieldReader(ByteView rest) : rest_(rest) {}

    bool atEnd() const { return rest_.empty(); }

    Result<std::uint64_t> varint()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const std::uint8_t byte = rest_.front();
            rest_ = rest_.subspan(1);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80)
                return value;
        }
        return fail(Errc::Malformed, "broken number in a message");
    }

    Result<ByteView> payload(std::uint64_t wireType)
    {
        switch (wireType) {
        case 0:
            return varint().has_value() ? Result<ByteView>(ByteView()) : broken();
        case 1:
            return take(8);
        case 2: {
            TEREN_TRY(const std::uint64_t size, varint());
            return take(size);
        }
        case 5:
            return take(4);
        default:
            return broken();
        }
    }

private:
    static Result<ByteView> broken() { return fail(Errc::Malformed, "broken field in a message"); }

    Result<ByteView> take(std::uint64_t size)
    {
        if (size > rest_.size())
            return broken();
        const ByteView taken = rest_.first(static_cast<std::size_t>(size));
        rest_ = rest_.subspan(taken.size());
        return taken;
    }

    ByteView rest_;
};

}  // namespace

Status readInstant(std::uint64_t field, Instant& out)
{
    if (field > kInstantMax)
        return fail(Errc::Malformed, "a time past the year 9999");
    out = Instant(std::chrono::milliseconds(static_cast<std::int64_t>(field)));
    return {};
}

std::uint64_t instantField(Instant instant)
{
    return static_cast<std::uint64_t>(std::max<std::int64_t>(instant.time_since_epoch().count(), 0));
}

Status walkFields(ByteView message, const FieldVisitor& visit)
{
    FieldReader in(message);
    while (!in.atEnd()) {
        TEREN_TRY(const std::uint64_t tag, in.varint());
        TEREN_TRY(const ByteView payload, in.payload(tag & 7));
        TEREN_CHECK(visit(static_cast<std::uint32_t>(tag >> 3), payload));
    }
    return {};
}

}  // namespace teren::ledger
