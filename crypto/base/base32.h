// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

namespace teren {

/// Crockford's base 32, for what people read out and type: digits and capital letters without I, L, O and U.
/// Five bits a character, the most significant first; the last character is filled up with zero bits.
std::string toBase32(ByteView bytes);

/// Reads such a text as people write it: in either case, I and L for 1, O for 0, dashes and blanks anywhere.
/// @return `Malformed` naming the first character that is never used, or if bits are left over that are not
/// zero.
Result<Bytes> fromBase32(std::string_view text);

/// The one way to write a text that `fromBase32` would read; other characters are left as they are. For
/// comparing what was typed with what was shown.
std::string normalizeBase32(std::string_view text);

}  // namespace teren
