// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/page_vfs.h"

#include "crypto/base/assert.h"
#include "crypto/page/file_methods.h"
#include "crypto/page/main_file.h"
#include "crypto/page/wal_file.h"

#include <sqlite3.h>

#include <atomic>
#include <map>

namespace teren::page {

static_assert(kReservedBytes == static_cast<int>(kTrailerSize));

struct PageVfs::State {
    State(std::string vfsName, SecretKey key, VaultId vault, RandomSource& random, sqlite3_vfs* baseVfs)
        : name(std::move(vfsName)),
          base(baseVfs),
          cipher(std::move(key), vault, random)
    {
    }
    /// The memory that all connections to the database at `path` share.
    std::shared_ptr<WalIndexMemory> walIndexOf(const std::string& path)
    {
        const std::scoped_lock lock(mutex);
        auto& known = walIndexes[path];
        auto index = known.lock();
        if (!index) {
            index = std::make_shared<WalIndexMemory>();
            known = index;
        }
        return index;
    }

    std::string name;
    sqlite3_vfs* base;
    PageCipher cipher;
    sqlite3_vfs vfs{};
    std::mutex mutex;
    std::map<std::string, std::weak_ptr<WalIndexMemory>> walIndexes;
};

namespace {

PageVfs::State& stateOf(sqlite3_vfs* vfs)
{
    return *static_cast<PageVfs::State*>(vfs->pAppData);
}

sqlite3_vfs* baseOf(sqlite3_vfs* vfs)
{
    return stateOf(vfs).base;
}

constexpr std::string_view kWalSuffix{"-wal"};
constexpr std::string_view kJournalSuffix{"-journal"};

int openSealed(PageVfs::State& state, const char* name, int flags, int* outFlags, SealedFile*& opened)
{
    auto base = std::make_unique<BaseFile>(state.base);
    if (const int code = base->open(name, flags, outFlags); code != SQLITE_OK)
        return code;
    std::string path(name);
    if ((flags & SQLITE_OPEN_WAL) != 0) {
        if (!path.ends_with(kWalSuffix))
            return SQLITE_CANTOPEN;
        path.resize(path.size() - kWalSuffix.size());
        opened = new WalFile(std::move(base), state.cipher, state.walIndexOf(path));
        return SQLITE_OK;
    }
    auto file = std::make_unique<MainFile>(std::move(base), state.cipher, state.walIndexOf(path));
    if (const int code = file->begin((flags & SQLITE_OPEN_READWRITE) != 0); code != SQLITE_OK)
        return code;
    opened = file.release();
    return SQLITE_OK;
}

int xOpen(sqlite3_vfs* vfs, const char* name, sqlite3_file* out, int flags, int* outFlags)
{
    out->pMethods = nullptr;
    // Anything else, temporary files and rollback journals, would have to lie in the clear.
    if (name == nullptr || (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0)
        return SQLITE_CANTOPEN;
    SealedFile* opened = nullptr;
    const int code = openSealed(stateOf(vfs), name, flags, outFlags, opened);
    if (code == SQLITE_OK)
        attach(out, opened);
    return code;
}

int xDelete(sqlite3_vfs* vfs, const char* name, int syncFolder)
{
    return baseOf(vfs)->xDelete(baseOf(vfs), name, syncFolder);
}

int xAccess(sqlite3_vfs* vfs, const char* name, int flags, int* out)
{
    const int code = baseOf(vfs)->xAccess(baseOf(vfs), name, flags, out);
    // This VFS never leaves a journal, so SQLite shall not play one back.
    if (code == SQLITE_OK && *out != 0 && std::string_view(name).ends_with(kJournalSuffix))
        return SQLITE_IOERR_CORRUPTFS;
    return code;
}

int xFullPathname(sqlite3_vfs* vfs, const char* name, int size, char* out)
{
    return baseOf(vfs)->xFullPathname(baseOf(vfs), name, size, out);
}

/// No code is loaded from files.
void* xDlOpen(sqlite3_vfs* /*vfs*/, const char* /*name*/)
{
    return nullptr;
}

void xDlError(sqlite3_vfs* /*vfs*/, int size, char* out)
{
    if (size > 0)
        *out = '\0';
}

int xRandomness(sqlite3_vfs* vfs, int size, char* out)
{
    return baseOf(vfs)->xRandomness(baseOf(vfs), size, out);
}

int xSleep(sqlite3_vfs* vfs, int microseconds)
{
    return baseOf(vfs)->xSleep(baseOf(vfs), microseconds);
}

int xCurrentTime(sqlite3_vfs* vfs, double* out)
{
    return baseOf(vfs)->xCurrentTime(baseOf(vfs), out);
}

int xGetLastError(sqlite3_vfs* vfs, int size, char* out)
{
    return baseOf(vfs)->xGetLastError(baseOf(vfs), size, out);
}

void fill(sqlite3_vfs& vfs, PageVfs::State& state)
{
    vfs.iVersion = 1;
    vfs.szOsFile = fileHandleSize();
    vfs.mxPathname = state.base->mxPathname;
    vfs.zName = state.name.c_str();
    vfs.pAppData = &state;
    vfs.xOpen = xOpen;
    vfs.xDelete = xDelete;
    vfs.xAccess = xAccess;
    vfs.xFullPathname = xFullPathname;
    vfs.xDlOpen = xDlOpen;
    vfs.xDlError = xDlError;
    vfs.xRandomness = xRandomness;
    vfs.xSleep = xSleep;
    vfs.xCurrentTime = xCurrentTime;
    vfs.xGetLastError = xGetLastError;
}

sqlite3_vfs* findBase(const std::string& name)
{
    if (!name.empty())
        return sqlite3_vfs_find(name.c_str());
    sqlite3_vfs* exclusive = sqlite3_vfs_find("unix-excl");
    return exclusive != nullptr ? exclusive : sqlite3_vfs_find(nullptr);
}

}  // namespace

PageVfs::PageVfs(std::unique_ptr<State> state) : state_(std::move(state)) {}

PageVfs::~PageVfs()
{
    for (const auto& [path, index] : state_->walIndexes)
        TEREN_ASSERT(index.expired());
    sqlite3_vfs_unregister(&state_->vfs);
}

const std::string& PageVfs::name() const
{
    return state_->name;
}

Result<std::unique_ptr<PageVfs>> PageVfs::create(
    std::string name, SecretKey key, VaultId vault, RandomSource& random, const std::string& baseVfs)
{
    sqlite3_vfs* base = findBase(baseVfs);
    if (base == nullptr)
        return fail(Errc::Disk, "no such base VFS");
    if (sqlite3_vfs_find(name.c_str()) != nullptr)
        return fail(Errc::Disk, "a VFS of this name is registered");
    auto state = std::make_unique<State>(std::move(name), std::move(key), vault, random, base);
    fill(state->vfs, *state);
    if (sqlite3_vfs_register(&state->vfs, 0) != SQLITE_OK)
        return fail(Errc::Disk, "SQLite did not register the VFS");
    return std::unique_ptr<PageVfs>(new PageVfs(std::move(state)));
}

}  // namespace teren::page
