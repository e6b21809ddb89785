// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

namespace teren::wire {

/// Length (4, big-endian) and message.
inline constexpr std::size_t kFrameHeaderSize = 4;

/// @return `LimitExceeded` over `limits::kMessageMax`, `Malformed` for zero. Checked before anything is
/// allocated.
Result<std::uint32_t> decodeFrameSize(std::span<const std::uint8_t, kFrameHeaderSize> bytes);
/// Prefixes `message` with its length. @return as `decodeFrameSize` for one that no reader would take.
Result<Bytes> frame(ByteView message);

}  // namespace teren::wire
