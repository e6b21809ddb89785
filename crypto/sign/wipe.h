// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <span>

namespace teren {

/// Overwrites what was secret, in a way that no compiler leaves out. For what cannot be a `SecretKey`: texts
/// that people type. Any contiguous container of bytes or characters.
void wipeBytes(std::span<std::byte> bytes);

template <typename Container>
void wipe(Container& container)
{
    wipeBytes(std::as_writable_bytes(std::span(container)));
}

/// Overwrites what functions that have returned left on the stack, as far below the caller as most libraries
/// reach: a text that was printed went through buffers of theirs.
void wipeStack();

}  // namespace teren
