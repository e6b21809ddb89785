// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

namespace teren::segment {

/// One zstd frame (RFC 8878), level 3.
Bytes compress(ByteView plain);

/// Opens one zstd frame.
/// @param max  Not a byte more is written, whatever the frame says.
/// @return `LimitExceeded` over `max` or `limits::kZstdWindowLogMax`, `Malformed` for anything that is not
///         exactly one frame.
Result<Bytes> decompress(ByteView compressed, std::size_t max);

}  // namespace teren::segment
