// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>

// What the C++ of a test program holds in memory, to the byte: `operator new` is counted, `malloc` is not, so
// it says nothing of SQLite's caches. Link counted_heap.cpp to have it counted.
namespace teren::test {

/// Bytes that are allocated and not given back. Any thread.
std::size_t heapInUse();
/// The most that was in use at once since `forgetHeapPeak`.
std::size_t heapPeak();
void forgetHeapPeak();

}  // namespace teren::test
