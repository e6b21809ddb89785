// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/file_lock.h"

#include <functional>

namespace teren::platform {

/// A name that one run works under, as long as this object lives: a lock file beside it, which has the same
/// name and ".lock" behind it, is held, and removed at the end. So what a run that was killed left under its
/// name can be told from what another one is at work on.
class Claim {
public:
    /// Before anything is made at `path`. @return `Busy` if another run has it; `Disk`, `DiskFull` where no
    /// lock can be had.
    static Result<Claim> take(const std::filesystem::path& path);
    Claim(Claim&& other) noexcept;
    Claim& operator=(Claim&&) = delete;
    ~Claim();

private:
    Claim(FileLock lock, std::filesystem::path file) : lock_(std::move(lock)), file_(std::move(file)) {}

    FileLock lock_;
    std::filesystem::path file_;  ///< Empty when there is nothing to remove.
};

/// Removes what runs that are dead left in `folder` under names that `isOurs` knows. What cannot be claimed
/// or removed stays, so no lock means no removing.
void removeAbandoned(
    const std::filesystem::path& folder, const std::function<bool(std::string_view name)>& isOurs);

}  // namespace teren::platform
