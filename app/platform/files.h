// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace teren::platform {

/// A file that is being written, from its beginning on. Closed when this goes.
class OutFile {
public:
    virtual ~OutFile() = default;
    /// Adds all of `bytes`. @return `DiskFull`, `Disk`.
    virtual Status write(ByteView bytes) = 0;
    /// On return, what was written survives a power cut. @return `DiskFull`, `Disk`.
    virtual Status sync() = 0;
};

/// A file that is open for reading. Closed when this goes.
class InFile {
public:
    virtual ~InFile() = default;
    virtual Result<std::uint64_t> size() = 0;
    /// Fills `out` from `offset` on. @return `Damaged` if the file ends before, `Disk`.
    virtual Status readAt(std::uint64_t offset, std::span<std::uint8_t> out) = 0;
};

/// Plain files on a disk: a port, so that a test can fail or cut any single operation. Symbolic links are
/// never followed at the end of a path. Errors besides each call's own: `Disk`.
class Files {
public:
    virtual ~Files() = default;
    /// A new file, for its owner alone. @return `Refused` if the name is taken, `DiskFull`.
    virtual Result<std::unique_ptr<OutFile>> create(const std::filesystem::path& path) = 0;
    /// The same file, to be written on at its end; a new one if there is none. @return `Damaged` for what is
    /// no file, `DiskFull`.
    virtual Result<std::unique_ptr<OutFile>> append(const std::filesystem::path& path) = 0;
    /// @return `NotFound`; `Damaged` for what is no file.
    virtual Result<std::unique_ptr<InFile>> open(const std::filesystem::path& path) = 0;
    /// Durable once the folder is synced. Replaces what has the name `to`.
    virtual Status rename(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
    /// Durable once the folder is synced. No error if there is no such file.
    virtual Status remove(const std::filesystem::path& path) = 0;
    /// Makes a folder for its owner alone, durably, if there is none. @return `DiskFull`.
    virtual Status makeFolder(const std::filesystem::path& path) = 0;
    virtual Status syncFolder(const std::filesystem::path& path) = 0;
    /// All names in a folder, sorted; none if there is no such folder.
    virtual Result<std::vector<std::string>> names(const std::filesystem::path& folder) = 0;
    /// What this user may still write on the disk of an existing folder.
    virtual Result<std::uint64_t> freeBytes(const std::filesystem::path& folder) = 0;
};

/// Those of the operating system. Has no state.
Files& systemFiles();

}  // namespace teren::platform
