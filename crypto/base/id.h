// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/hex.h"
#include "crypto/base/random.h"
#include "crypto/base/result.h"

#include <algorithm>
#include <compare>
#include <functional>

namespace teren {

/// An identifier of `N` bytes that cannot be mistaken for another kind. Random or a hash, so it says nothing.
template <typename Tag, std::size_t N>
struct Id {
    static constexpr std::size_t kSize = N;

    std::array<std::uint8_t, N> bytes{};

    static Id random(RandomSource& source)
    {
        Id id;
        source.fill(id.bytes);
        return id;
    }
    /// @return `Malformed` unless `view` has exactly N bytes.
    static Result<Id> from(ByteView view)
    {
        if (view.size() != N)
            return fail(Errc::Malformed, "identifier of " + std::to_string(view.size()) + " bytes");
        Id id;
        std::ranges::copy(view, id.bytes.begin());
        return id;
    }
    /// @return `Malformed` unless `text` is 2N hex digits.
    static Result<Id> fromHex(std::string_view text)
    {
        TEREN_TRY(const Bytes bytes, teren::fromHex(text));
        return from(bytes);
    }
    std::string hex() const { return toHex(bytes); }
    ByteView view() const { return bytes; }
    bool isZero() const
    {
        return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
    }

    friend auto operator<=>(const Id&, const Id&) = default;
};

/// One data controller (a GOPS): the hash of its genesis statement.
using WorkspaceId = Id<struct WorkspaceTag, 32>;
/// A member's machine: the first half of the hash of its public keys.
using DeviceId = Id<struct DeviceTag, 16>;
/// A person who has one or more devices.
using MemberId = Id<struct MemberTag, 16>;
/// The unit of access: who is in it can read it.
using SpaceId = Id<struct SpaceTag, 16>;
/// A thing in a space, on every device, for its whole life.
using RecordId = Id<struct RecordTag, 16>;
/// Ties together the changes that one Save made in several spaces.
using GroupId = Id<struct GroupTag, 16>;
/// Says which invitation a join request answers; derived from its secret.
using InvitationId = Id<struct InvitationTag, 16>;

}  // namespace teren

template <typename Tag, std::size_t N>
struct std::hash<teren::Id<Tag, N>> {
    std::size_t operator()(const teren::Id<Tag, N>& id) const noexcept
    {
        return std::hash<std::string_view>{}(teren::textOf(id.bytes));
    }
};
