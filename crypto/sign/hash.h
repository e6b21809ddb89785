// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"

#include <initializer_list>
#include <memory>

namespace teren {

/// BLAKE2b with a 256-bit result (RFC 7693), fed piece by piece.
class Hasher {
public:
    Hasher();
    Hasher& add(ByteView bytes);
    Hasher& add(std::string_view text) { return add(viewOf(text)); }
    /// Adds an integer as 8 bytes, big-endian.
    Hasher& addNumber(std::uint64_t number);
    Hash finish();

private:
    alignas(64) std::array<std::uint8_t, 384> state_;
};

/// BLAKE2b-256 of the concatenation of `parts`. Where parts vary in length, the caller makes the
/// concatenation unambiguous: a fixed label first, fixed-size fields before the one free field.
Hash blake2b(std::initializer_list<ByteView> parts);

/// Keyed BLAKE2b-256: a message authentication code. `key` has 16 to 64 bytes.
Hash blake2bKeyed(ByteView key, std::initializer_list<ByteView> parts);

/// Compares secrets in constant time.
bool equalInConstantTime(ByteView left, ByteView right);

}  // namespace teren
