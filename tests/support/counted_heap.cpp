// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/counted_heap.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace teren::test {
namespace {

std::atomic<std::size_t> inUse{0};
std::atomic<std::size_t> peak{0};

void* counted(void* memory)
{
    if (memory == nullptr)
        std::abort();
    const std::size_t size = ::malloc_usable_size(memory);
    const std::size_t all = inUse.fetch_add(size) + size;
    std::size_t most = peak.load();
    while (all > most && !peak.compare_exchange_weak(most, all)) {}
    return memory;
}

void release(void* memory) noexcept
{
    if (memory == nullptr)
        return;
    inUse.fetch_sub(::malloc_usable_size(memory));
    std::free(memory);
}

void* aligned(std::size_t size, std::align_val_t alignment)
{
    const auto to = static_cast<std::size_t>(alignment);
    return counted(std::aligned_alloc(to, (size + to - 1) / to * to));
}

}  // namespace

std::size_t heapInUse()
{
    return inUse.load();
}

std::size_t heapPeak()
{
    return peak.load();
}

void forgetHeapPeak()
{
    peak.store(inUse.load());
}

}  // namespace teren::test

// The other forms of the library end in these; under a sanitizer, which has its own, so must those that do
// not throw.
void* operator new(std::size_t size)
{
    return teren::test::counted(std::malloc(size));
}
void* operator new(std::size_t size, std::align_val_t alignment)
{
    return teren::test::aligned(size, alignment);
}
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept
{
    return teren::test::counted(std::malloc(size));
}
void operator delete(void* memory, const std::nothrow_t& /*tag*/) noexcept
{
    teren::test::release(memory);
}
void operator delete(void* memory) noexcept
{
    teren::test::release(memory);
}
void operator delete(void* memory, std::size_t /*size*/) noexcept
{
    teren::test::release(memory);
}
void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept
{
    teren::test::release(memory);
}
void operator delete(void* memory, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept
{
    teren::test::release(memory);
}
