// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

#include <filesystem>

namespace teren::platform {

// Plain files only. Whatever else has such a name, a link, a pipe, a folder, is `Damaged`, named in the
// detail: it is neither followed nor waited for, nor removed.

/// Replaces the file at `path` by `bytes`, whole or not at all whenever the power goes, and durably so on
/// return. Passes through `path` + ".new". @return `Disk`, `DiskFull`; the former file is then unchanged.
Status writeDurably(const std::filesystem::path& path, ByteView bytes);

/// Removes a file, if it is there, durably.
Status removeDurably(const std::filesystem::path& path);

/// The content of a file. @return `NotFound`, `LimitExceeded` above `sizeMax`, `Disk`.
Result<Bytes> readWhole(const std::filesystem::path& path, std::size_t sizeMax);

/// Makes the names in a folder durable.
Status syncFolder(const std::filesystem::path& folder);

}  // namespace teren::platform
