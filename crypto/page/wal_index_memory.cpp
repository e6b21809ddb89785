// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/wal_index_memory.h"

#include "crypto/base/assert.h"

#include <sqlite3.h>

#include <atomic>

namespace teren::page {
namespace {

static_assert(WalIndexMemory::kLockCount == SQLITE_SHM_NLOCK);

/// SQLite's WAL_RECOVER_LOCK: part of its file format, so it stays.
constexpr std::size_t kRecoverLock = 2;

constexpr std::uint32_t bit(std::size_t lock)
{
    return std::uint32_t{1} << lock;
}

}  // namespace

int WalIndexMemory::map(
    Holder& holder, std::size_t region, std::size_t size, bool extend, void volatile** out)
{
    const std::scoped_lock guard(mutex_);
    if (!holder.isAttached) {
        holder.isAttached = true;
        ++holders_;
    }
    *out = nullptr;
    if (region >= regions_.size() && !extend)
        return SQLITE_OK;
    while (region >= regions_.size())
        regions_.push_back(std::make_unique<std::byte[]>(size));
    *out = regions_[region].get();
    return SQLITE_OK;
}

int WalIndexMemory::lock(Holder& holder, std::size_t first, std::size_t count, int flags)
{
    if (first + count > kLockCount)
        return SQLITE_IOERR_SHMLOCK;
    const std::uint32_t mask = bit(first + count) - bit(first);
    const std::scoped_lock guard(mutex_);
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        release(holder, mask);
        return SQLITE_OK;
    }
    const bool isShared = (flags & SQLITE_SHM_SHARED) != 0;
    for (std::size_t i = first; i < first + count; ++i) {
        const bool isMine = ((isShared ? holder.shared : holder.exclusive) & bit(i)) != 0;
        const bool isFree = isShared ? locks_[i] >= 0 : locks_[i] == 0;
        if (!isMine && !isFree)
            return SQLITE_BUSY;
    }
    for (std::size_t i = first; i < first + count; ++i) {
        if (!isShared)
            locks_[i] = -1;
        else if ((holder.shared & bit(i)) == 0)
            ++locks_[i];
    }
    (isShared ? holder.shared : holder.exclusive) |= mask;
    return SQLITE_OK;
}

void WalIndexMemory::release(Holder& holder, std::uint32_t mask)
{
    for (std::size_t i = 0; i < kLockCount; ++i) {
        if ((mask & bit(i)) == 0)
            continue;
        if ((holder.exclusive & bit(i)) != 0)
            locks_[i] = 0;
        else if ((holder.shared & bit(i)) != 0)
            --locks_[i];
        TEREN_ASSERT(locks_[i] >= -1);
    }
    holder.shared &= ~mask;
    holder.exclusive &= ~mask;
}

void WalIndexMemory::barrier()
{
    // The mutex orders this thread with those that took it; the fence covers readers that take no lock.
    const std::scoped_lock guard(mutex_);
    std::atomic_thread_fence(std::memory_order_seq_cst);
}

void WalIndexMemory::detach(Holder& holder)
{
    const std::scoped_lock guard(mutex_);
    if (!holder.isAttached)
        return;
    release(holder, bit(kLockCount) - 1);
    holder.isAttached = false;
    if (--holders_ == 0)
        regions_.clear();
}

bool WalIndexMemory::isRecovering()
{
    const std::scoped_lock guard(mutex_);
    return locks_[kRecoverLock] < 0;
}

}  // namespace teren::page
