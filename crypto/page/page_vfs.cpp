// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/page_vfs.h"

#include "crypto/base/assert.h"
#include "crypto/page/anchor_thread.h"
#include "crypto/page/file_methods.h"
#include "crypto/page/heap_journal.h"
#include "crypto/page/main_file.h"
#include "crypto/page/wal_file.h"

#include <sqlite3.h>

#include <atomic>
#include <map>

namespace teren::page {

static_assert(kReservedBytes == static_cast<int>(kTrailerSize));

struct PageVfs::State {
    State(
        std::string vfsName, SecretKey key, VaultId vault, RandomSource& random, sqlite3_vfs* baseVfs,
        std::chrono::milliseconds anchorDelay)
        : name(std::move(vfsName)),
          base(baseVfs),
          cipher(std::move(key), vault, random),
          anchors(anchorDelay)
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

    /// What is known of the database at `path`; null if no connection has it open.
    std::shared_ptr<Freshness> freshnessOf(const std::string& path)
    {
        const std::scoped_lock lock(mutex);
        const auto found = freshness.find(path);
        return found == freshness.end() ? nullptr : found->second.lock();
    }
    int joinFreshness(const std::string& path, BaseFile& main, std::shared_ptr<Freshness>& joined);

    std::string name;
    sqlite3_vfs* base;
    PageCipher cipher;
    sqlite3_vfs vfs{};
    std::shared_ptr<Findings> findings = std::make_shared<Findings>();
    std::mutex mutex;
    std::map<std::string, std::weak_ptr<WalIndexMemory>> walIndexes;
    std::map<std::string, std::weak_ptr<Freshness>> freshness;
    AnchorThread anchors;
};

/// With the first connection to a database, reads what lies there; two that come at once wait for each other.
int PageVfs::State::joinFreshness(const std::string& path, BaseFile& main, std::shared_ptr<Freshness>& joined)
{
    const std::scoped_lock lock(mutex);
    auto& known = freshness[path];
    std::int64_t size = 0;
    if (const int code = main.size(size); code != SQLITE_OK)
        return code;
    // The header first: a file of another kind or version is told as such.
    if (const int code = size == 0 ? SQLITE_OK : MainFile::begin(main, cipher); code != SQLITE_OK)
        return code;
    joined = known.lock();
    if (joined && joined->join())
        return SQLITE_OK;
    auto self = std::make_shared<std::weak_ptr<Freshness>>();
    joined
        = std::make_shared<Freshness>(base, path, cipher, findings, [this, self] { anchors.request(*self); });
    *self = joined;
    int code = joined->begin(main);
    if (code == SQLITE_OK && size == 0)
        code = MainFile::begin(main, cipher);
    if (code != SQLITE_OK) {
        joined.reset();
        return code;
    }
    known = joined;
    TEREN_ASSERT(joined->join());
    return SQLITE_OK;
}

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

int openWal(PageVfs::State& state, std::unique_ptr<BaseFile> base, const char* name, SealedFile*& opened)
{
    std::string path(name);
    if (!path.ends_with(kWalSuffix))
        return SQLITE_CANTOPEN;
    path.resize(path.size() - kWalSuffix.size());
    auto freshness = state.freshnessOf(path);
    if (!freshness)
        return SQLITE_CANTOPEN;
    sqlite3_file* main = sqlite3_database_file_object(name);
    opened = new WalFile(
        std::move(base), state.cipher, state.walIndexOf(path), std::move(freshness),
        &sealedFileOf(main).base());
    return SQLITE_OK;
}

int openSealed(PageVfs::State& state, const char* name, int flags, int* outFlags, SealedFile*& opened)
{
    auto base = std::make_unique<BaseFile>(state.base);
    int granted = flags;
    if (const int code = base->open(name, flags, &granted); code != SQLITE_OK)
        return code;
    if (outFlags != nullptr)
        *outFlags = granted;
    if ((flags & SQLITE_OPEN_WAL) != 0)
        return openWal(state, std::move(base), name, opened);
    std::int64_t size = 0;
    if (const int code = base->size(size); code != SQLITE_OK)
        return code;
    if (size == 0 && (granted & SQLITE_OPEN_READWRITE) == 0)
        return SQLITE_NOTADB;
    std::shared_ptr<Freshness> freshness;
    if (const int code = state.joinFreshness(name, *base, freshness); code != SQLITE_OK)
        return code;
    opened = new MainFile(std::move(base), state.cipher, state.walIndexOf(name), std::move(freshness));
    return SQLITE_OK;
}

/// The journal of a database that has no page yet: what VACUUM INTO and a backup write is such a one.
bool isJournalOfNothing(PageVfs::State& state, std::string_view name)
{
    if (!name.ends_with(kJournalSuffix))
        return false;
    const auto freshness
        = state.freshnessOf(std::string(name.substr(0, name.size() - kJournalSuffix.size())));
    return freshness && freshness->pages() == 0;
}

int xOpen(sqlite3_vfs* vfs, const char* name, sqlite3_file* out, int flags, int* outFlags)
{
    out->pMethods = nullptr;
    if (name != nullptr && (flags & SQLITE_OPEN_MAIN_JOURNAL) != 0
        && isJournalOfNothing(stateOf(vfs), name)) {
        attachHeapJournal(out);
        return SQLITE_OK;
    }
    // Anything else, temporary files and rollback journals, would have to lie in the clear.
    if (name == nullptr || (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0)
        return SQLITE_CANTOPEN;
    SealedFile* opened = nullptr;
    const int code = openSealed(stateOf(vfs), name, flags, outFlags, opened);
    if (code == SQLITE_OK)
        attach(out, opened);
    return code;
}

/// Durably, if anything was written: SQLite would not wait for that, and the mark that is written afterwards
/// says that there is no log.
int deleteWal(PageVfs::State& state, const char* name)
{
    const std::string_view path(name);
    const auto freshness = state.freshnessOf(std::string(path.substr(0, path.size() - kWalSuffix.size())));
    if (!freshness)
        return state.base->xDelete(state.base, name, 1);
    if (const int code = freshness->beforeWalGoes(nullptr); code != SQLITE_OK)
        return code;
    const int code = state.base->xDelete(state.base, name, freshness->isWriting() ? 1 : 0);
    freshness->walDeleted(code == SQLITE_OK);
    return code;
}

int xDelete(sqlite3_vfs* vfs, const char* name, int syncFolder)
{
    const std::string_view path(name);
    if (path.ends_with(kWalSuffix))
        return deleteWal(stateOf(vfs), name);
    const int code = baseOf(vfs)->xDelete(baseOf(vfs), name, syncFolder);
    // A journal in memory was never there.
    return code == SQLITE_IOERR_DELETE_NOENT && path.ends_with(kJournalSuffix) ? SQLITE_OK : code;
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
    for (const auto& [path, freshness] : state_->freshness) {
        const auto open = freshness.lock();
        TEREN_ASSERT(!open || !open->join());
    }
    sqlite3_vfs_unregister(&state_->vfs);
}

const std::string& PageVfs::name() const
{
    return state_->name;
}

Status PageVfs::anchor()
{
    std::vector<std::shared_ptr<Freshness>> open;
    {
        const std::scoped_lock lock(state_->mutex);
        for (const auto& [path, freshness] : state_->freshness) {
            if (auto known = freshness.lock())
                open.push_back(std::move(known));
        }
    }
    for (const auto& freshness : open) {
        const int code = freshness->anchor();
        if (code != SQLITE_OK)
            return fail(
                code == SQLITE_FULL ? Errc::DiskFull : Errc::Disk, "cannot write the freshness anchor");
    }
    return {};
}

std::vector<std::string> PageVfs::findings() const
{
    return state_->findings->all();
}

Result<std::unique_ptr<PageVfs>> PageVfs::create(
    std::string name, SecretKey key, VaultId vault, RandomSource& random, const PageVfsOptions& options)
{
    sqlite3_vfs* base = findBase(options.baseVfs);
    if (base == nullptr)
        return fail(Errc::Disk, "no such base VFS");
    if (sqlite3_vfs_find(name.c_str()) != nullptr)
        return fail(Errc::Disk, "a VFS of this name is registered");
    auto state
        = std::make_unique<State>(std::move(name), std::move(key), vault, random, base, options.anchorDelay);
    fill(state->vfs, *state);
    if (sqlite3_vfs_register(&state->vfs, 0) != SQLITE_OK)
        return fail(Errc::Disk, "the database could not be made ready; start the program again");
    return std::unique_ptr<PageVfs>(new PageVfs(std::move(state)));
}

}  // namespace teren::page
