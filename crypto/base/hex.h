// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

namespace teren {

/// Lower-case hex digits of `bytes`.
std::string toHex(ByteView bytes);

/// The bytes of a text of hex digits in either case. @return `Malformed` for anything else.
Result<Bytes> fromHex(std::string_view text);

}  // namespace teren
