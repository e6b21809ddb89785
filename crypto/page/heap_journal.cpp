// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/heap_journal.h"

#include "crypto/base/bytes.h"

#include <sodium.h>
#include <sqlite3.h>

#include <algorithm>

namespace teren::page {
namespace {

/// SQLite allocates it and knows only its first member.
struct JournalHandle {
    sqlite3_file base;
    Bytes* bytes;
};

Bytes& bytesOf(sqlite3_file* handle)
{
    return *reinterpret_cast<JournalHandle*>(handle)->bytes;
}

int xClose(sqlite3_file* handle)
{
    Bytes* bytes = &bytesOf(handle);
    sodium_memzero(bytes->data(), bytes->size());
    delete bytes;
    handle->pMethods = nullptr;
    return SQLITE_OK;
}

int xRead(sqlite3_file* handle, void* out, int size, sqlite3_int64 offset)
{
    const Bytes& bytes = bytesOf(handle);
    const std::span room(static_cast<std::uint8_t*>(out), static_cast<std::size_t>(size));
    std::ranges::fill(room, std::uint8_t{0});
    const std::size_t begin = std::min(static_cast<std::size_t>(offset), bytes.size());
    const std::size_t count = std::min(room.size(), bytes.size() - begin);
    std::ranges::copy(std::span(bytes).subspan(begin, count), room.begin());
    return count == room.size() ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int xWrite(sqlite3_file* handle, const void* data, int size, sqlite3_int64 offset)
{
    Bytes& bytes = bytesOf(handle);
    const ByteView view(static_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size));
    const auto begin = static_cast<std::size_t>(offset);
    if (begin + view.size() > bytes.size())
        bytes.resize(begin + view.size());
    std::ranges::copy(view, bytes.begin() + static_cast<std::ptrdiff_t>(begin));
    return SQLITE_OK;
}

int xTruncate(sqlite3_file* handle, sqlite3_int64 size)
{
    Bytes& bytes = bytesOf(handle);
    bytes.resize(std::min(static_cast<std::size_t>(size), bytes.size()));
    return SQLITE_OK;
}

int xSync(sqlite3_file* /*handle*/, int /*flags*/)
{
    return SQLITE_OK;
}

int xFileSize(sqlite3_file* handle, sqlite3_int64* out)
{
    *out = static_cast<sqlite3_int64>(bytesOf(handle).size());
    return SQLITE_OK;
}

int xLock(sqlite3_file* /*handle*/, int /*level*/)
{
    return SQLITE_OK;
}

int xCheckReservedLock(sqlite3_file* /*handle*/, int* out)
{
    *out = 0;
    return SQLITE_OK;
}

int xFileControl(sqlite3_file* /*handle*/, int /*operation*/, void* /*argument*/)
{
    return SQLITE_NOTFOUND;
}

int xSectorSize(sqlite3_file* /*handle*/)
{
    return 0;
}

int xDeviceCharacteristics(sqlite3_file* /*handle*/)
{
    return 0;
}

constexpr sqlite3_io_methods kMethods{
    .iVersion = 1,
    .xClose = xClose,
    .xRead = xRead,
    .xWrite = xWrite,
    .xTruncate = xTruncate,
    .xSync = xSync,
    .xFileSize = xFileSize,
    .xLock = xLock,
    .xUnlock = xLock,
    .xCheckReservedLock = xCheckReservedLock,
    .xFileControl = xFileControl,
    .xSectorSize = xSectorSize,
    .xDeviceCharacteristics = xDeviceCharacteristics,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

}  // namespace

void attachHeapJournal(sqlite3_file* handle)
{
    static_assert(sizeof(JournalHandle) == 2 * sizeof(void*));
    auto* mine = reinterpret_cast<JournalHandle*>(handle);
    mine->bytes = new Bytes();
    mine->base.pMethods = &kMethods;
}

}  // namespace teren::page
