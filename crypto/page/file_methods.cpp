// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/file_methods.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace teren::page {
namespace {

/// SQLite allocates it and knows only its first member.
struct FileHandle {
    sqlite3_file base;
    SealedFile* file;
};

SealedFile& fileOf(sqlite3_file* handle)
{
    return *reinterpret_cast<FileHandle*>(handle)->file;
}

int xClose(sqlite3_file* handle)
{
    delete &fileOf(handle);
    handle->pMethods = nullptr;
    return SQLITE_OK;
}

int xRead(sqlite3_file* handle, void* out, int size, sqlite3_int64 offset)
{
    return fileOf(handle).read({static_cast<std::uint8_t*>(out), static_cast<std::size_t>(size)}, offset);
}

int xWrite(sqlite3_file* handle, const void* data, int size, sqlite3_int64 offset)
{
    return fileOf(handle).write(
        {static_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)}, offset);
}

int xTruncate(sqlite3_file* handle, sqlite3_int64 size)
{
    return fileOf(handle).truncate(size);
}

int xSync(sqlite3_file* handle, int flags)
{
    return fileOf(handle).sync(flags);
}

int xFileSize(sqlite3_file* handle, sqlite3_int64* out)
{
    std::int64_t size = 0;
    const int code = fileOf(handle).size(size);
    *out = size;
    return code;
}

int xLock(sqlite3_file* handle, int level)
{
    sqlite3_file* base = fileOf(handle).base().raw();
    return base->pMethods->xLock(base, level);
}

int xUnlock(sqlite3_file* handle, int level)
{
    sqlite3_file* base = fileOf(handle).base().raw();
    return base->pMethods->xUnlock(base, level);
}

int xCheckReservedLock(sqlite3_file* handle, int* out)
{
    sqlite3_file* base = fileOf(handle).base().raw();
    return base->pMethods->xCheckReservedLock(base, out);
}

bool isText(const char* text, std::string_view expected)
{
    const std::string_view given(text);
    return std::ranges::equal(given, expected, [](char left, char right) {
        return std::tolower(static_cast<unsigned char>(left)) == right;
    });
}

/// Why a PRAGMA that would leave what this VFS can keep sealed is refused; null if it may go on.
const char* refusalOf(SealedFile& file, const char* pragma, const char* value)
{
    if (value == nullptr)
        return nullptr;
    if (isText(pragma, "page_size") && !isText(value, "4096"))
        return "pages of a sealed database have 4096 bytes";
    if (isText(pragma, "locking_mode") && !isText(value, "normal"))
        return "a sealed database needs normal locking";
    if (isText(pragma, "journal_mode") && !isText(value, "wal")) {
        std::int64_t size = 0;
        const bool isNew = file.size(size) == SQLITE_OK && size == 0;
        if (!isNew || !isText(value, "memory"))
            return "a sealed database keeps its journal in a WAL";
    }
    return nullptr;
}

int answerPragma(SealedFile& file, void* argument)
{
    auto** words = static_cast<char**>(argument);
    const char* refusal = refusalOf(file, words[1], words[2]);
    if (refusal == nullptr)
        return SQLITE_NOTFOUND;
    words[0] = sqlite3_mprintf("%s", refusal);
    return SQLITE_ERROR;
}

/// Only what cannot change the layout of the file goes on to the VFS below. Size hints and chunk sizes
/// would add bytes that nothing vouches for; memory mapping would bypass this VFS.
int xFileControl(sqlite3_file* handle, int operation, void* argument)
{
    SealedFile& file = fileOf(handle);
    switch (operation) {
    case SQLITE_FCNTL_PRAGMA:
        return answerPragma(file, argument);
    case SQLITE_FCNTL_LOCKSTATE:
    case SQLITE_FCNTL_LAST_ERRNO:
    case SQLITE_FCNTL_PERSIST_WAL:
    case SQLITE_FCNTL_HAS_MOVED:
    case SQLITE_FCNTL_SYNC:
    case SQLITE_FCNTL_COMMIT_PHASETWO:
        return file.base().raw()->pMethods->xFileControl(file.base().raw(), operation, argument);
    default:
        return SQLITE_NOTFOUND;
    }
}

int xSectorSize(sqlite3_file* handle)
{
    sqlite3_file* base = fileOf(handle).base().raw();
    return base->pMethods->xSectorSize(base);
}

int xDeviceCharacteristics(sqlite3_file* /*handle*/)
{
    // Every unit is written into room of its own, so a cut spares its neighbours; without this promise SQLite
    // would split writes to the WAL. No atomic or sequential writes: units do not lie as SQLite thinks.
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int xShmMap(sqlite3_file* handle, int region, int size, int extend, void volatile** out)
{
    SealedFile& file = fileOf(handle);
    return file.walIndex().map(
        file.holder(), static_cast<std::size_t>(region), static_cast<std::size_t>(size), extend != 0, out);
}

int xShmLock(sqlite3_file* handle, int first, int count, int flags)
{
    SealedFile& file = fileOf(handle);
    return file.walIndex().lock(
        file.holder(), static_cast<std::size_t>(first), static_cast<std::size_t>(count), flags);
}

void xShmBarrier(sqlite3_file* handle)
{
    fileOf(handle).walIndex().barrier();
}

int xShmUnmap(sqlite3_file* handle, int /*deleteFlag*/)
{
    SealedFile& file = fileOf(handle);
    file.walIndex().detach(file.holder());
    return SQLITE_OK;
}

/// Version 2: shared memory, and no xFetch, so nothing is mapped.
constexpr sqlite3_io_methods kMethods{
    .iVersion = 2,
    .xClose = xClose,
    .xRead = xRead,
    .xWrite = xWrite,
    .xTruncate = xTruncate,
    .xSync = xSync,
    .xFileSize = xFileSize,
    .xLock = xLock,
    .xUnlock = xUnlock,
    .xCheckReservedLock = xCheckReservedLock,
    .xFileControl = xFileControl,
    .xSectorSize = xSectorSize,
    .xDeviceCharacteristics = xDeviceCharacteristics,
    .xShmMap = xShmMap,
    .xShmLock = xShmLock,
    .xShmBarrier = xShmBarrier,
    .xShmUnmap = xShmUnmap,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

}  // namespace

int fileHandleSize()
{
    return static_cast<int>(sizeof(FileHandle));
}

SealedFile& sealedFileOf(sqlite3_file* handle)
{
    return fileOf(handle);
}

void attach(sqlite3_file* handle, SealedFile* file)
{
    auto* mine = reinterpret_cast<FileHandle*>(handle);
    mine->file = file;
    mine->base.pMethods = &kMethods;
}

}  // namespace teren::page
