// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace teren {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
/// A 256-bit BLAKE2b digest (RFC 7693).
using Hash = std::array<std::uint8_t, 32>;

/// The bytes of a text, for hashing and storing.
inline ByteView viewOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// The text in `bytes`, which are not checked: see utf8.h for that.
inline std::string_view textOf(ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline Bytes toBytes(ByteView view)
{
    return {view.begin(), view.end()};
}

}  // namespace teren
