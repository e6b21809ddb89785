// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/result.h"

#include <filesystem>
#include <utility>

namespace teren::platform {

/// A file that at most one process holds. The system lets go of it when the process ends, however it ends.
class FileLock {
public:
    /// Makes the file if there is none. @return `Busy` if it is held, `Damaged` for what is no
    /// plain file, `Disk`.
    static Result<FileLock> take(const std::filesystem::path& path);
    FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

    /// Replaces what the file says to those who find it held.
    Status write(std::string_view text);

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

}  // namespace teren::platform
