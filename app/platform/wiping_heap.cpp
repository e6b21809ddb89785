// SPDX-License-Identifier: EUPL-1.2

// Memory that is given back is wiped first, all of it: text of a case passes through strings of Qt, of QML
// and of SQLite that know nothing of secrets, and what they let go would stay readable in the heap for as
// long as the program runs. Compiled into the program itself, whose `free` and `realloc` then stand for those
// of every library in it. On another C library than glibc, and under a sanitizer, which has a heap of its
// own, there is nothing here.

#include <cstddef>

#ifndef __has_feature
#define __has_feature(name) 0  // NOLINT(bugprone-reserved-identifier,cppcoreguidelines-macro-usage)
#endif

#if defined(__GLIBC__) && !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)              \
    && !__has_feature(memory_sanitizer)

#include <algorithm>
#include <cstring>

#include <malloc.h>

// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming,readability-inconsistent-declaration-parameter-name,cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory,cert-dcl37-c,cert-dcl51-cpp)
extern "C" {

void __libc_free(void* block);

void free(void* block)
{
    if (block != nullptr)
        ::explicit_bzero(block, ::malloc_usable_size(block));
    __libc_free(block);
}

void* realloc(void* block, std::size_t size)
{
    if (block == nullptr)
        return ::malloc(size);
    if (size == 0) {
        free(block);
        return nullptr;
    }
    const std::size_t room = ::malloc_usable_size(block);
    if (size <= room && size >= room / 2) {
        ::explicit_bzero(static_cast<char*>(block) + size, room - size);
        return block;
    }
    void* moved = ::malloc(size);
    if (moved == nullptr)
        return nullptr;
    std::memcpy(moved, block, std::min(size, room));
    free(block);
    return moved;
}
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming,readability-inconsistent-declaration-parameter-name,cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory,cert-dcl37-c,cert-dcl51-cpp)

#endif
