// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/file_lock.h"

namespace teren::store {

inline constexpr const char* kProfileLockFile = "profile.lock";

/// The right to use a profile's folder, held by one process at a time and taken before anything in the
/// folder is read. The lock file names the holder's program and process, and is empty when nobody has it.
class ProfileLock {
public:
    /// @return `Busy`, whose detail names the program and the process that has the profile open; `Disk`.
    static Result<ProfileLock> take(const std::filesystem::path& profile);
    /// Whether the lock file held what no holder ever writes; it is overwritten by now.
    bool wasOdd() const { return wasOdd_; }
    ProfileLock(ProfileLock&&) noexcept = default;
    ProfileLock& operator=(ProfileLock&&) = delete;
    ~ProfileLock();

private:
    ProfileLock(platform::FileLock lock, bool wasOdd) : lock_(std::move(lock)), wasOdd_(wasOdd) {}

    platform::FileLock lock_;
    bool wasOdd_;
};

}  // namespace teren::store
