// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/clock.h"
#include "crypto/base/result.h"

#include <algorithm>
#include <array>
#include <functional>

// Between the fields of generated protobuf messages and this project's types. For codecs only.
namespace teren::ledger {

inline std::string textFrom(ByteView bytes)
{
    return std::string(textOf(bytes));
}

inline Bytes bytesFrom(std::string_view field)
{
    return toBytes(viewOf(field));
}

/// A key, hash or signature. @return `Malformed` unless the field has exactly N bytes.
template <std::size_t N>
Status readArray(std::string_view field, std::array<std::uint8_t, N>& out)
{
    if (field.size() != N)
        return fail(
            Errc::Malformed,
            "field of " + std::to_string(field.size()) + " bytes instead of " + std::to_string(N));
    std::ranges::copy(viewOf(field), out.begin());
    return {};
}

/// An identifier. @return `Malformed` unless the field has exactly its size.
template <typename T>
Status readId(std::string_view field, T& out)
{
    return readArray(field, out.bytes);
}

/// An identifier that is left out where it would be zero.
template <typename T>
Status readOptionalId(std::string_view field, T& out)
{
    out = {};
    return field.empty() ? Status() : readId(field, out);
}

template <typename T>
std::string optionalIdText(const T& id)
{
    return id.isZero() ? std::string() : textFrom(id.bytes);
}

/// Milliseconds since 1970. @return `Malformed` past the year 9999.
Status readInstant(std::uint64_t field, Instant& out);
/// Times before 1970 are written as 1970: nothing here is older than this project.
std::uint64_t instantField(Instant instant);

/// Calls `visit` with number and payload (empty for a number) of each field of an encoded message, in order.
///
/// A parser allocates for each element of a repeated field, so a small message of empty elements becomes a
/// large object: count them with this first. @return `Malformed`, or what `visit` returned first.
using FieldVisitor = std::function<Status(std::uint32_t number, ByteView payload)>;
Status walkFields(ByteView message, const FieldVisitor& visit);

}  // namespace teren::ledger
