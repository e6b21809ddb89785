// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/power_cut_vfs.h"

#include "crypto/base/assert.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace teren::test {

namespace {

constexpr std::size_t kSector = 512;

void apply(Bytes& content, std::size_t offset, ByteView bytes)
{
    content.resize(std::max(content.size(), offset + bytes.size()));
    std::ranges::copy(bytes, content.begin() + static_cast<std::ptrdiff_t>(offset));
}

struct Handle {
    sqlite3_file base;
    PowerCutVfs* disk;
    PowerCutVfs::File* file;
};

Handle& handleOf(sqlite3_file* file)
{
    return *reinterpret_cast<Handle*>(file);
}

PowerCutVfs& diskOf(sqlite3_vfs* vfs)
{
    return *static_cast<PowerCutVfs*>(vfs->pAppData);
}

int xClose(sqlite3_file* file)
{
    handleOf(file).file->locks.erase(file);
    return SQLITE_OK;
}

int xRead(sqlite3_file* file, void* out, int amount, sqlite3_int64 at)
{
    const Bytes& content = handleOf(file).file->current;
    const auto offset = static_cast<std::size_t>(at);
    const auto wanted = static_cast<std::size_t>(amount);
    const std::size_t got = offset >= content.size() ? 0 : std::min(wanted, content.size() - offset);
    std::memset(out, 0, wanted);
    if (got > 0)
        std::memcpy(out, content.data() + offset, got);
    return got == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int xWrite(sqlite3_file* file, const void* data, int amount, sqlite3_int64 at)
{
    Handle& handle = handleOf(file);
    const int code = handle.disk->begin();
    if (code != SQLITE_OK && !handle.disk->isCutNow())
        return code;
    const auto* bytes = static_cast<const std::uint8_t*>(data);
    PowerCutVfs::File::Change change{static_cast<std::size_t>(at), Bytes(bytes, bytes + amount), false};
    apply(handle.file->current, change.offset, change.bytes);
    handle.file->unsynced.push_back(std::move(change));
    return code;
}

int xTruncate(sqlite3_file* file, sqlite3_int64 size)
{
    Handle& handle = handleOf(file);
    if (const int code = handle.disk->begin(); code != SQLITE_OK)
        return code;
    handle.file->current.resize(static_cast<std::size_t>(size));
    handle.file->unsynced.push_back({static_cast<std::size_t>(size), {}, true});
    return SQLITE_OK;
}

int xSync(sqlite3_file* file, int)
{
    Handle& handle = handleOf(file);
    if (const int code = handle.disk->begin(); code != SQLITE_OK)
        return code;
    handle.file->durable = handle.file->current;
    handle.file->unsynced.clear();
    return SQLITE_OK;
}

int xFileSize(sqlite3_file* file, sqlite3_int64* out)
{
    *out = static_cast<sqlite3_int64>(handleOf(file).file->current.size());
    return SQLITE_OK;
}

/// As far as SQLite's WAL mode needs it: who has the file alone has it alone.
int xLock(sqlite3_file* file, int level)
{
    auto& locks = handleOf(file).file->locks;
    for (const auto& [other, held] : locks) {
        const bool isApart = level < SQLITE_LOCK_EXCLUSIVE && held < SQLITE_LOCK_EXCLUSIVE;
        if (other != file && held > SQLITE_LOCK_NONE && !isApart)
            return SQLITE_BUSY;
    }
    locks[file] = std::max(locks[file], level);
    return SQLITE_OK;
}

int xUnlock(sqlite3_file* file, int level)
{
    handleOf(file).file->locks[file] = level;
    return SQLITE_OK;
}

int xCheckReservedLock(sqlite3_file*, int* out)
{
    *out = 0;
    return SQLITE_OK;
}

int xFileControl(sqlite3_file*, int, void*)
{
    return SQLITE_NOTFOUND;
}

int xSectorSize(sqlite3_file*)
{
    return static_cast<int>(kSector);
}

int xDeviceCharacteristics(sqlite3_file*)
{
    return 0;
}

constexpr sqlite3_io_methods kMethods{
    1,
    xClose,
    xRead,
    xWrite,
    xTruncate,
    xSync,
    xFileSize,
    xLock,
    xUnlock,
    xCheckReservedLock,
    xFileControl,
    xSectorSize,
    xDeviceCharacteristics,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr};

int xOpen(sqlite3_vfs* vfs, const char* name, sqlite3_file* out, int flags, int* outFlags)
{
    PowerCutVfs& disk = diskOf(vfs);
    out->pMethods = nullptr;
    if ((flags & SQLITE_OPEN_CREATE) == 0 && !disk.files().contains(name))
        return SQLITE_CANTOPEN;
    auto& file = disk.files()[name];
    if (!file)
        file = std::make_shared<PowerCutVfs::File>();
    Handle& handle = handleOf(out);
    handle.disk = &disk;
    handle.file = file.get();
    handle.base.pMethods = &kMethods;
    if (outFlags != nullptr)
        *outFlags = flags;
    return SQLITE_OK;
}

int xDelete(sqlite3_vfs* vfs, const char* name, int syncFolder)
{
    if (const int code = diskOf(vfs).begin(); code != SQLITE_OK)
        return code;
    diskOf(vfs).remove(name);
    if (syncFolder == 0)
        return SQLITE_OK;
    // The power may go between the two.
    if (const int code = diskOf(vfs).begin(); code != SQLITE_OK)
        return code;
    diskOf(vfs).syncFolder();
    return SQLITE_OK;
}

int xAccess(sqlite3_vfs* vfs, const char* name, int, int* out)
{
    *out = diskOf(vfs).files().contains(name) ? 1 : 0;
    return SQLITE_OK;
}

int xFullPathname(sqlite3_vfs*, const char* name, int size, char* out)
{
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

int xRandomness(sqlite3_vfs*, int size, char* out)
{
    std::memset(out, 4, static_cast<std::size_t>(size));
    return size;
}

int xSleep(sqlite3_vfs*, int microseconds)
{
    return microseconds;
}

int xCurrentTime(sqlite3_vfs*, double* out)
{
    *out = 2'460'000.5;
    return SQLITE_OK;
}

int xGetLastError(sqlite3_vfs*, int, char*)
{
    return 0;
}

}  // namespace

PowerCutVfs::PowerCutVfs(const char* name) : vfs_(std::make_unique<sqlite3_vfs>())
{
    vfs_->iVersion = 1;
    vfs_->szOsFile = sizeof(Handle);
    vfs_->mxPathname = 512;
    vfs_->zName = name;
    vfs_->pAppData = this;
    vfs_->xOpen = xOpen;
    vfs_->xDelete = xDelete;
    vfs_->xAccess = xAccess;
    vfs_->xFullPathname = xFullPathname;
    vfs_->xRandomness = xRandomness;
    vfs_->xSleep = xSleep;
    vfs_->xCurrentTime = xCurrentTime;
    vfs_->xGetLastError = xGetLastError;
    TEREN_ASSERT(sqlite3_vfs_register(vfs_.get(), 0) == SQLITE_OK);
}

PowerCutVfs::~PowerCutVfs()
{
    sqlite3_vfs_unregister(vfs_.get());
}

void PowerCutVfs::failFrom(std::uint64_t operation, int code)
{
    operations_ = 0;
    failFrom_ = operation;
    failCode_ = code;
}

int PowerCutVfs::begin()
{
    return ++operations_ >= failFrom_ ? failCode_ : SQLITE_OK;
}

void PowerCutVfs::remove(const std::string& name)
{
    const auto found = files_.find(name);
    if (found == files_.end())
        return;
    removed_[name] = found->second;
    files_.erase(found);
}

void PowerCutVfs::syncFolder()
{
    removed_.clear();
}

Bytes PowerCutVfs::afterCut(const File& file, SeededRandom& random, Loss loss)
{
    const auto isKept = [&random, loss] {
        return loss == Loss::Nothing || (loss != Loss::Everything && random.chance(50));
    };
    Bytes content = file.durable;
    for (const File::Change& change : file.unsynced) {
        if (change.isTruncation) {
            if (isKept())
                content.resize(change.offset);
            continue;
        }
        const ByteView bytes(change.bytes);
        for (std::size_t done = 0; done < bytes.size();) {
            const std::size_t at = change.offset + done;
            const std::size_t piece = std::min(bytes.size() - done, kSector - at % kSector);
            const bool isTorn = loss == Loss::SomeBytes && random.chance(20);
            if (isKept())
                apply(content, at, bytes.subspan(done, isTorn ? random.below(piece) : piece));
            done += piece;
        }
    }
    return content;
}

void PowerCutVfs::cut(SeededRandom& random, Loss loss)
{
    for (auto& [name, file] : removed_) {
        const bool isBack = loss == Loss::Everything || (loss != Loss::Nothing && random.chance(50));
        if (isBack && !files_.contains(name))
            files_[name] = file;
    }
    removed_.clear();
    for (auto& [name, file] : files_) {
        file->current = file->durable = afterCut(*file, random, loss);
        file->unsynced.clear();
    }
    repair();
}

std::map<std::string, Bytes> PowerCutVfs::image() const
{
    std::map<std::string, Bytes> image;
    for (const auto& [name, file] : files_)
        image[name] = file->current;
    return image;
}

void PowerCutVfs::restore(const std::map<std::string, Bytes>& image)
{
    files_.clear();
    removed_.clear();
    for (const auto& [name, bytes] : image)
        files_[name] = std::make_shared<File>(File{bytes, bytes, {}, {}});
    repair();
}

const char* PowerCutVfs::name() const
{
    return vfs_->zName;
}

bool PowerCutVfs::anyFileHolds(std::string_view word) const
{
    return std::ranges::any_of(files_, [word](const auto& entry) {
        return textOf(entry.second->current).find(word) != std::string_view::npos;
    });
}

}  // namespace teren::test
