// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/files.h"

namespace teren::service {

/// Whether the name is taken, by a link that leads nowhere as well.
bool isAnythingAt(const std::filesystem::path& path);
/// @return `NotFound` if its folder is not there, `Refused` if there is something at `path` already.
Status checkNewName(const std::filesystem::path& path);
/// Writes a new file that is there whole or not at all. @return as `checkNewName`, `DiskFull`, `Disk`.
Status writeNew(platform::Files& files, const std::filesystem::path& path, ByteView bytes);
/// All of a file that people carry. @return `LimitExceeded` above `limits::kBundleMax`, `Invalid` for a
/// folder, a device or a pipe, else as `Files::open`: no link is followed.
Result<Bytes> readWhole(platform::Files& files, const std::filesystem::path& path);

}  // namespace teren::service
